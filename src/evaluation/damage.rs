//! What is wrong with an answer in a file: every problem with the key at which it stands.

use std::fmt::{self, Display};
use std::ops::RangeInclusive;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::complaints::{of_json, plain};
use crate::evaluation::cost::Cost;
use crate::evaluation::estimate::Estimate;
use crate::geography::LonLat;
use crate::language::Name;

/// How many problems are shown; the rest are alike more often than not.
const MAX_SHOWN: usize = 20;

/// The longest time that can be simulated (50 days), in seconds.
pub const LONGEST_SECONDS: f64 = u32::MAX as f64 / 1000.0;

/// More than anything costs, or happens in a year: what is beyond is no figure of a county.
pub const MOST: f64 = 1e12;

/// A value as the file has it.
pub fn as_written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Problems of an answer, one a line: the key, what is there and what should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// The key of the part that is being checked, before the keys in it; empty for the whole answer.
    part: String,
    problems: Vec<String>,
}

impl Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not as `brigade` wrote it, or the scenario has changed since:")?;
        for problem in self.problems.iter().take(MAX_SHOWN) {
            write!(f, "\n  {problem}")?;
        }
        match self.problems.len().saturating_sub(MAX_SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

impl std::error::Error for Damage {}

impl Damage {
    /// `Err` where there is a problem.
    ///
    /// # Errors
    /// With all of them.
    pub fn into_result(self) -> Result<(), Self> {
        match self.problems.is_empty() {
            true => Ok(()),
            false => Err(self),
        }
    }

    /// Checks the part at a key: keys in `check` begin there, and the empty key is the part itself.
    pub fn inside(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        let inner = self.whole_key(key);
        let outer = std::mem::replace(&mut self.part, inner);
        check(self);
        self.part = outer;
    }

    /// Checks each item of the list at a key.
    pub fn each<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut check: impl FnMut(&mut Self, T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            self.inside(&format!("{key}[{index}]"), |damage| check(damage, item));
        }
    }

    fn whole_key(&self, key: &str) -> String {
        match (self.part.as_str(), key) {
            ("", key) => key.to_owned(),
            (part, "") => part.to_owned(),
            (part, key) if key.starts_with('[') => format!("{part}{key}"),
            (part, key) => format!("{part}.{key}"),
        }
    }

    /// Notes what is wrong at a key.
    pub fn note(&mut self, key: &str, problem: impl Display) {
        let key = self.whole_key(key);
        self.problems.push(format!("`{key}`: {problem}"));
    }

    /// Notes a value that should be another.
    pub fn expect(&mut self, good: bool, key: &str, found: impl Display, wanted: impl Display) {
        if !good {
            self.note(key, format_args!("{found}; it should be {wanted}"));
        }
    }

    /// Holds a value to the one that it should be.
    pub fn same<T: PartialEq + Display>(&mut self, key: &str, found: T, wanted: T) {
        self.expect(found == wanted, key, &found, &wanted);
    }

    /// Holds the position of what is being checked to a known one, as exactly as files give it.
    pub fn position(&mut self, [lon, lat]: [f64; 2], wanted: LonLat) {
        for (key, is, should) in [("lon", lon, wanted.lon), ("lat", lat, wanted.lat)] {
            self.expect((is - should).abs() <= 1e-6, key, is, should);
        }
    }

    /// Holds the name of what is being checked to that of the scenario.
    pub fn name(&mut self, found: &Name, wanted: &Name) {
        for (key, is, should) in [
            ("name", &found.local, &wanted.local),
            ("name_en", &found.english, &wanted.english),
        ] {
            self.same(key, format!("`{is}`"), format!("`{should}`"));
        }
    }

    /// Holds each part of the cost that is being checked to what money can be.
    pub fn cost(&mut self, cost: &Cost) {
        self.yuan("investment_yuan", cost.investment_yuan);
        self.yuan("yearly_yuan", cost.yearly_yuan);
        self.yuan("yuan_a_year", cost.yuan_a_year);
        self.yuan("present_value_yuan", cost.present_value_yuan);
        let Some(range) = cost.range else { return };
        for (key, [low, high], value) in [
            (
                "range.investment_yuan",
                range.investment_yuan,
                cost.investment_yuan,
            ),
            ("range.yuan_a_year", range.yuan_a_year, cost.yuan_a_year),
        ] {
            let is_around = (0.0..=value).contains(&low) && (value..=1e15).contains(&high);
            let wanted = format_args!("around {value}").to_string();
            self.expect(is_around, key, format_args!("[{low}, {high}]"), wanted);
        }
    }

    /// Holds an amount to what money can be.
    pub fn yuan(&mut self, key: &str, value: f64) {
        self.number(key, value, 0.0..=1e15);
    }

    /// Holds a number to its range.
    pub fn number(&mut self, key: &str, value: f64, range: RangeInclusive<f64>) {
        let (least, most) = (range.start(), range.end());
        let wanted = format_args!("a number from {least} to {most}").to_string();
        self.expect(range.contains(&value), key, value, wanted);
    }

    /// Holds a time to what can be simulated.
    pub fn seconds(&mut self, key: &str, value: f64) {
        self.number(key, value, 0.0..=LONGEST_SECONDS);
    }

    /// Holds a mean time to its range; it is missing only where nobody is reached.
    pub fn mean(&mut self, key: &str, value: Option<f64>, reaches: bool) {
        self.seconds(key, value.unwrap_or(0.0));
        let is_told = value.is_some() || !reaches;
        self.expect(is_told, key, "null", "a figure, as somebody is reached");
    }

    /// Holds an estimate and its interval to its range, and the interval to lie around it: evenly where it is
    /// a difference, as far as the range allows.
    pub fn estimate(&mut self, key: &str, estimate: &Estimate, range: RangeInclusive<f64>) {
        let Estimate { value, low, high } = *estimate;
        self.number(&format!("{key}.value"), value, range.clone());
        match (low, high) {
            (None, None) => {}
            (Some(low), Some(high)) => {
                let half = (high - value).max(value - low);
                let near = |end: f64, wanted: f64| (end - wanted).abs() <= 1e-5;
                let is_even = near(low, (value - half).max(*range.start()))
                    && near(high, (value + half).min(*range.end()));
                let is_around = low <= value && value <= high && (*range.start() >= 0.0 || is_even);
                let is_within = range.contains(&low) && range.contains(&high);
                let wanted = format!(
                    "an interval around `value`, from {} to {}",
                    range.start(),
                    range.end()
                );
                let found = format_args!("{low} to {high}").to_string();
                self.expect(is_around && is_within, key, found, wanted);
            }
            _ => self.note(
                key,
                "it has one end of its interval; both or none should stand",
            ),
        }
    }

    /// Holds a list of ids to another, each once and in the same order; `of` is what they are of.
    pub fn ids<'i>(
        &mut self,
        key: &str,
        found: impl IntoIterator<Item = &'i str>,
        wanted: impl IntoIterator<Item = &'i str>,
        of: &str,
    ) -> bool {
        let found: Vec<&str> = found.into_iter().collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        if found == wanted {
            return true;
        }
        let before = self.problems.len();
        for (index, id) in found.iter().enumerate() {
            if !wanted.contains(id) {
                self.note(key, format_args!("`{id}` is none of {of}"));
            } else if found[..index].contains(id) {
                self.note(
                    key,
                    format_args!("`{id}` stands twice; it should stand once"),
                );
            }
        }
        for id in wanted.iter().filter(|id| !found.contains(id)) {
            self.note(key, format_args!("`{id}` of {of} is missing"));
        }
        if self.problems.len() == before {
            let other = found
                .iter()
                .zip(&wanted)
                .find(|(found, wanted)| found != wanted);
            if let Some((found, wanted)) = other {
                let order = format!("`{wanted}`, in the order of {of}");
                self.expect(false, key, format_args!("`{found}`"), order);
            }
        }
        self.problems.len() == before
    }
}

/// Reads a part that stands flattened in another, where the key of a fault is lost.
pub type Flattened = fn(&Value) -> Option<(Vec<Segment>, String)>;

/// The first fault of a value as `T`: where, and what.
pub fn fault_as<T: DeserializeOwned>(value: &Value) -> Option<(Vec<Segment>, String)> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let steps = error.path().iter().cloned().collect();
    Some((steps, bare(error.inner())))
}

/// An answer of the right shape; `flattened` are the parts that stand flattened in others.
///
/// # Errors
/// With the key at which the shape is wrong.
pub fn shaped<T: DeserializeOwned>(json: &str, flattened: &[Flattened]) -> Result<T, Damage> {
    let mut damage = Damage::default();
    let value: Value = serde_json::from_str(json).map_err(|problem| {
        let problem = of_json(&problem);
        damage.problems.push(format!("this is not JSON: {problem}"));
        damage.clone()
    })?;
    match serde_json::from_str(json) {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let (mut steps, problem) = fault_as::<T>(&value).unwrap_or((vec![], bare(&error)));
            // Into what is flattened, as long as the same fault is found deeper.
            while let Some(deeper) = follow(&value, &steps).and_then(|part| {
                let faults = flattened.iter().filter_map(|fault| fault(part));
                let mut same =
                    faults.filter(|(steps, found)| !steps.is_empty() && *found == problem);
                same.next()
            }) {
                steps.extend(deeper.0);
            }
            damage.note(&key_of(&steps), plain(&problem));
            Err(damage)
        }
    }
}

/// What went wrong, without the line that it is at: a key says more.
fn bare(error: &serde_json::Error) -> String {
    let problem = error.to_string();
    problem
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn follow<'v>(value: &'v Value, steps: &[Segment]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

fn key_of(steps: &[Segment]) -> String {
    let mut key = String::new();
    for step in steps {
        match step {
            Segment::Seq { .. } => key += &step.to_string(),
            _ if key.is_empty() => key = step.to_string(),
            _ => key += &format!(".{step}"),
        }
    }
    match key.is_empty() {
        true => "the whole".to_owned(),
        false => key,
    }
}
