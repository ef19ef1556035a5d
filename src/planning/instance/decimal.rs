//! Numbers as people write them, kept exactly: so many tenths, hundredths or thousandths.

use std::fmt;

/// So many places are kept at most; further ones are rounded.
const MAX_PLACES: u32 = 12;

/// A number of at least zero: `units` divided by ten so many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The number without its point.
    pub units: u128,
    /// How many digits stand behind the point.
    pub places: u32,
}

impl Decimal {
    /// Reads a number of at least zero, with a point or an exponent or neither; `None` for
    /// anything else.
    pub fn read(text: &[u8]) -> Option<Self> {
        let mut number = Self {
            units: 0,
            places: 0,
        };
        let (mut digits, mut behind) = (0, false);
        for byte in text.strip_prefix(b"+").unwrap_or(text) {
            match byte {
                b'0'..=b'9' if behind && number.places == MAX_PLACES => {
                    // Only whether it rounds up.
                    if digits != u32::MAX && *byte >= b'5' {
                        number.units += 1;
                    }
                    digits = u32::MAX;
                }
                b'0'..=b'9' => {
                    if number.units > 10_u128.pow(30) {
                        return None;
                    }
                    number.units = number.units * 10 + u128::from(byte - b'0');
                    number.places += u32::from(behind);
                    digits += 1;
                }
                b'.' if !behind => behind = true,
                b'e' | b'E' if digits > 0 => return Self::with_exponent(text),
                _ => return None,
            }
        }
        (digits > 0).then_some(number.shortest())
    }

    fn with_exponent(text: &[u8]) -> Option<Self> {
        let number: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
        if !(0.0..1e30).contains(&number) {
            return None;
        }
        Self::read(format!("{number:.12}").as_bytes())
    }

    /// The same number with no zeros at the end.
    pub fn shortest(mut self) -> Self {
        while self.places > 0 && self.units.is_multiple_of(10) {
            self.units /= 10;
            self.places -= 1;
        }
        self
    }

    /// The number in whole units of so many places; half a unit is rounded up.
    pub fn in_units_of(self, places: u32) -> u128 {
        match places.checked_sub(self.places) {
            Some(more) => self.units.saturating_mul(10_u128.pow(more)),
            None => {
                let by = 10_u128.pow(self.places - places);
                (self.units + by / 2) / by
            }
        }
    }

    /// The nearest floating-point number, which is written with the same digits as long as there
    /// are no more than 15.
    pub fn nearest(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::INFINITY)
    }
}

/// With the digits that it has: whole where it is whole.
impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shortest = self.shortest();
        match u64::try_from(shortest.units) {
            Ok(whole) if shortest.places == 0 => serializer.serialize_u64(whole),
            _ => serializer.serialize_f64(shortest.nearest()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { units, places } = self.shortest();
        let one = 10_u128.pow(places);
        write!(f, "{}", units / one)?;
        if places > 0 {
            write!(f, ".{:0width$}", units % one, width = places as usize)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_was_read() {
        for text in ["0", "12.5", "480", "0.001", "123456789.25"] {
            assert_eq!(Decimal::read(text.as_bytes()).unwrap().to_string(), text);
        }
        assert_eq!(Decimal::read(b"12.50").unwrap().to_string(), "12.5");
        assert_eq!(Decimal::read(b"1.5e2").unwrap().to_string(), "150");
        assert_eq!(Decimal::read(b".5").unwrap().to_string(), "0.5");
        assert_eq!(
            Decimal::read(b"0.12345678901251").unwrap().to_string(),
            "0.123456789013"
        );
    }

    #[test]
    fn what_is_no_number_of_at_least_zero_is_refused() {
        for text in [
            "", "-1", "NaN", "inf", "1,5", "1.2.3", "e5", ".", "12 s", "1e99",
        ] {
            assert_eq!(Decimal::read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn thousandths_are_rounded_half_up() {
        let millis = |text: &str| Decimal::read(text.as_bytes()).unwrap().in_units_of(3);
        assert_eq!(millis("62.687"), 62_687);
        assert_eq!(millis("0.0004"), 0);
        assert_eq!(millis("0.0005"), 1);
        assert_eq!(millis("7"), 7_000);
    }
}
