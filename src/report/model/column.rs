//! A column of a table, and how it words a value.

use super::quantity::Quantity;
use super::value::Value;
use crate::decimals::fixed;
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::messages::Key;
use crate::text;

/// How a column is coloured where a format can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// The smaller, the deeper.
    LessIsBetter,
    /// The larger, the deeper.
    MoreIsBetter,
    /// A change for the better below zero.
    FallIsBetter,
    /// A change for the better above zero.
    RiseIsBetter,
    /// The larger, the more urgent.
    Urgent,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is chosen by.
    pub id: &'static str,
    /// What it is repeated for: the id of a standard, the number of a step.
    pub of: Option<String>,
    /// Its head, without the unit.
    pub head: String,
    /// What tells it from its neighbours under the same head.
    pub part: Option<String>,
    /// Its head in a terminal, in two short lines with the unit; the head where there is none.
    pub short: Option<String>,
    pub quantity: Quantity,
    /// Whether its values have intervals.
    pub estimated: bool,
    /// Decimals that people read.
    pub places: usize,
    /// Decimals in CSV.
    pub csv_places: usize,
    /// Characters that it takes on a sheet.
    pub width: f64,
    pub shade: Option<Shade>,
}

impl Column {
    /// A column without a head.
    pub fn new(id: &'static str, quantity: Quantity) -> Self {
        Self {
            id,
            of: None,
            head: String::new(),
            part: None,
            short: None,
            quantity,
            estimated: false,
            places: quantity.places(),
            csv_places: quantity.csv_places(),
            width: 11.0,
            shade: None,
        }
    }

    pub fn of(self, id: impl Into<String>) -> Self {
        let of = Some(id.into());
        Self { of, ..self }
    }

    pub fn head(self, head: impl Into<String>) -> Self {
        let head = head.into();
        Self { head, ..self }
    }

    pub fn part(self, part: impl Into<String>) -> Self {
        let part = Some(part.into());
        Self { part, ..self }
    }

    pub fn short(self, short: impl Into<String>) -> Self {
        let short = Some(short.into());
        Self { short, ..self }
    }

    pub fn estimated(self) -> Self {
        let estimated = true;
        Self { estimated, ..self }
    }

    pub fn places(self, places: usize) -> Self {
        Self { places, ..self }
    }

    pub fn csv_places(self, csv_places: usize) -> Self {
        Self { csv_places, ..self }
    }

    pub fn width(self, width: f64) -> Self {
        Self { width, ..self }
    }

    pub fn shade(self, shade: Shade) -> Self {
        let shade = Some(shade);
        Self { shade, ..self }
    }

    /// Its name in CSV, which no other column of the table has: the id, what it is of, and the unit.
    pub fn name(&self) -> String {
        let unit = match self.quantity {
            Quantity::Minutes => "_min",
            Quantity::Seconds => "_s",
            Quantity::Share => "_percent",
            _ => "",
        };
        match &self.of {
            Some(of) => format!("{}_{of}{unit}", self.id),
            None => format!("{}{unit}", self.id),
        }
    }

    /// Its head with the unit behind; `part` stands apart.
    pub fn head_with(&self, unit: Option<String>, language: Language) -> String {
        match unit {
            Some(unit) => text!(language, "head-with-unit", head = &*self.head, unit = unit),
            None => self.head.clone(),
        }
    }

    /// A number of it for people, without its unit.
    pub fn figure(&self, value: f64) -> String {
        let (figure, places) = (self.quantity.figure(value), self.places);
        match self.quantity {
            Quantity::Probability if figure > 99.9 => ">99.9".to_owned(),
            Quantity::Probability if figure < 0.1 => "<0.1".to_owned(),
            _ => fixed(figure, places),
        }
    }

    /// A value of it for people, intervals left out.
    pub fn words(&self, value: &Value) -> String {
        match value {
            Value::Text(words) | Value::Term { words, .. } => words.clone(),
            Value::Number(number) => self.figure(*number),
            Value::Marked { value, mark } => self.figure(*value) + mark,
            Value::Estimate(estimate) => self.figure(estimate.value),
            Value::Missing => "–".to_owned(),
        }
    }

    /// The same with the interval in brackets, `12.3 (12.1–12.7)`, or that there is too little for one.
    pub fn words_with_interval(&self, value: &Value, language: Language) -> String {
        let words = self.words(value);
        let Value::Estimate(Estimate { low, high, .. }) = *value else {
            return words;
        };
        let (Some(low), Some(high)) = (low, high) else {
            return text!(language, "figure-too-few", figure = words);
        };
        let key = match low < 0.0 {
            // A dash would read as another minus.
            true => Key("figure-with-signed-interval"),
            false => Key("figure-with-interval"),
        };
        let [low, high] = [low, high].map(|end| self.figure(end));
        text!(language, key, figure = words, low = low, high = high)
    }
}
