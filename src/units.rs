//! Spans of time, lengths and speeds, each with the unit that a person writes after the number.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

/// A span of time on the road graph and in the simulation, in whole milliseconds.
///
/// Integer, so that the length of a path does not depend on the order in which its links are
/// added. The largest value stands for "never": no path leads there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u32);

impl Millis {
    /// No path leads there.
    pub const NEVER: Self = Self(u32::MAX);

    /// The span nearest to `seconds`; negative spans become zero, longer ones than 49 days the
    /// longest finite span.
    pub fn from_seconds(seconds: f64) -> Self {
        // `as` cuts and saturates, so only NEVER itself has to be kept free.
        Self(((seconds * 1000.0 + 0.5) as u32).min(u32::MAX - 1))
    }

    /// This span so many times, as [`Millis::from_seconds`] of the product.
    pub fn times(self, factor: f64) -> Self {
        Self(((f64::from(self.0) * factor + 0.5) as u32).min(u32::MAX - 1))
    }

    /// This span in seconds.
    pub fn seconds(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// This span in minutes.
    pub fn minutes(self) -> f64 {
        f64::from(self.0) / 60_000.0
    }

    /// Whether the span ends at all.
    pub fn is_finite(self) -> bool {
        self != Self::NEVER
    }
}

/// The sum of two spans; `NEVER` stays `NEVER`.
impl std::ops::Add for Millis {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// A length in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

/// A weight in tonnes.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Tonnes(pub f64);

/// A speed in kilometres an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct KmPerHour(pub f64);

impl KmPerHour {
    /// The time to drive `length` at this speed, to the nearest millisecond.
    pub fn time_for(self, length: Metres) -> Millis {
        Millis::from_seconds(length.0 * 3.6 / self.0)
    }
}

/// What can be wrong with a quantity that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The number has no unit, or one that does not fit the quantity.
    #[error("`{text}` is not a {quantity}: write a number and its unit, such as {example}")]
    Malformed {
        /// What was written.
        text: String,
        /// What was expected, in words.
        quantity: &'static str,
        /// A value that would be accepted.
        example: &'static str,
    },
    /// The number is negative, or a speed is zero, or the value is out of range.
    #[error("`{text}` is out of range: a {quantity} is {range}")]
    OutOfRange {
        /// What was written.
        text: String,
        /// What was expected, in words.
        quantity: &'static str,
        /// The accepted range, in words.
        range: &'static str,
    },
}

/// A quantity, as a person may write it.
struct Quantity {
    word: &'static str,
    /// A value that would be accepted.
    example: &'static str,
    /// Each unit and its factor.
    units: &'static [(&'static str, f64)],
    range: RangeInclusive<f64>,
    range_in_words: &'static str,
}

const DURATION: Quantity = Quantity {
    word: "duration",
    example: "\"90 s\" or \"5 min\"",
    units: &[
        ("ms", 0.001),
        ("s", 1.0),
        ("min", 60.0),
        ("h", 3600.0),
        ("秒", 1.0),
        ("分钟", 60.0),
        ("分", 60.0),
        ("小时", 3600.0),
    ],
    range: 0.0..=14.0 * 86_400.0,
    range_in_words: "between 0 and 14 days",
};

const LENGTH: Quantity = Quantity {
    word: "length",
    example: "\"600 m\" or \"2 km\"",
    units: &[("m", 1.0), ("km", 1000.0), ("米", 1.0), ("公里", 1000.0)],
    range: 0.0..=1e8,
    range_in_words: "between 0 and 100 000 km",
};

const WEIGHT: Quantity = Quantity {
    word: "weight",
    example: "\"15 t\"",
    units: &[("t", 1.0), ("kg", 0.001), ("吨", 1.0)],
    range: 0.0..=1000.0,
    range_in_words: "between 0 and 1000 t",
};

const SPEED: Quantity = Quantity {
    word: "speed",
    example: "\"40 km/h\"",
    units: &[("km/h", 1.0), ("m/s", 3.6), ("mph", 1.609_344)],
    range: 0.1..=300.0,
    range_in_words: "between 0.1 and 300 km/h",
};

impl Quantity {
    /// The number before the unit, times the factor of that unit.
    fn parse(&self, text: &str) -> Result<f64, QuantityError> {
        let malformed = || QuantityError::Malformed {
            text: text.to_owned(),
            quantity: self.word,
            example: self.example,
        };
        let trimmed = text.trim();
        let unit_start = trimmed
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .ok_or_else(malformed)?;
        let (number, unit) = trimmed.split_at(unit_start);
        let number: f64 = number.parse().map_err(|_| malformed())?;
        let (_, factor) = self
            .units
            .iter()
            .find(|(name, _)| *name == unit.trim())
            .ok_or_else(malformed)?;
        let value = number * factor;
        if self.range.contains(&value) {
            Ok(value)
        } else {
            Err(QuantityError::OutOfRange {
                text: text.to_owned(),
                quantity: self.word,
                range: self.range_in_words,
            })
        }
    }
}

macro_rules! from_text {
    ($($type:ty: $quantity:expr => $make:expr),* $(,)?) => {$(
        impl FromStr for $type {
            type Err = QuantityError;

            fn from_str(text: &str) -> Result<Self, QuantityError> {
                $quantity.parse(text).map($make)
            }
        }
    )*};
}
from_text! {
    Millis: DURATION => Self::from_seconds,
    Metres: LENGTH => Self,
    Tonnes: WEIGHT => Self,
    KmPerHour: SPEED => Self,
}

macro_rules! deserialize_from_text {
    ($($quantity:ty),*) => {$(
        impl<'de> Deserialize<'de> for $quantity {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
deserialize_from_text!(Millis, Metres, Tonnes, KmPerHour);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_finite() {
            return f.write_str("never");
        }
        if self.0 >= 60_000 && self.0.is_multiple_of(60_000) {
            write!(f, "{} min", self.0 / 60_000)
        } else {
            write!(f, "{} s", self.seconds())
        }
    }
}

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 10_000.0 {
            write!(f, "{:.1} km", self.0 / 1000.0)
        } else {
            write!(f, "{:.0} m", self.0)
        }
    }
}

impl fmt::Display for Tonnes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t", self.0)
    }
}

impl fmt::Display for KmPerHour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} km/h", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_carry_their_unit() {
        assert_eq!("90 s".parse(), Ok(Millis(90_000)));
        assert_eq!("5 min".parse(), Ok(Millis(300_000)));
        assert_eq!("1.5h".parse(), Ok(Millis(5_400_000)));
        assert_eq!("5 分钟".parse(), Ok(Millis(300_000)));
    }

    #[test]
    fn a_number_without_unit_is_refused_and_the_error_shows_what_would_be_right() {
        let error = "90".parse::<Millis>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`90` is not a duration: write a number and its unit, such as \"90 s\" or \"5 min\""
        );
        assert!("90 m".parse::<Millis>().is_err());
        assert!("-3 s".parse::<Millis>().is_err());
        assert!("NaN s".parse::<Millis>().is_err());
    }

    #[test]
    fn a_kilometre_at_sixty_takes_a_minute() {
        assert_eq!(KmPerHour(60.0).time_for(Metres(1000.0)), Millis(60_000));
    }

    #[test]
    fn never_plus_anything_is_never() {
        assert_eq!(Millis::NEVER + Millis(5), Millis::NEVER);
    }

    #[test]
    fn a_standing_engine_has_no_speed() {
        assert!("0 km/h".parse::<KmPerHour>().is_err());
    }
}
