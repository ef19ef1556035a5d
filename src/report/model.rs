//! What a report shows before it is a file: tables of typed columns, filled once from an answer.
//!
//! Values stand as the answer has them: seconds, shares of one, yuan. Unit and decimals follow from the
//! [`Quantity`] of a column and from the format, one file each in [`formats`](super::formats).

use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::text;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    Text,
    /// A word or two that stay on one line.
    Word,
    /// Text over several lines.
    Prose,
    Count,
    Number,
    /// A number with all its digits, for another run to read.
    Exact,
    /// Held in seconds, shown in minutes.
    Minutes,
    Seconds,
    /// Held as a part of one, shown in per cent.
    Share,
    /// A share that people never read as 0 or 100: what is rarer than the draws can tell is not
    /// called impossible.
    Probability,
    Yuan,
    /// Held in yuan, shown to people in ten thousands, in which budgets are written.
    WanYuan,
    Degrees,
    /// Empty, to be written into.
    ToFill,
}

impl Quantity {
    /// Whether it is read rather than counted.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Word | Self::Prose | Self::ToFill)
    }

    /// In the unit of tables for programs: minutes, per cent, yuan.
    pub fn number(self, value: f64) -> f64 {
        let number = match self {
            Self::Minutes => value / 60.0,
            Self::Share | Self::Probability => value * 100.0,
            _ => value,
        };
        // Without the sign of a zero.
        number + 0.0
    }

    /// In the unit in which people read it.
    pub fn figure(self, value: f64) -> f64 {
        match self {
            Self::WanYuan => value / 10_000.0,
            _ => self.number(value),
        }
    }

    /// Decimals that people read.
    fn places(self) -> usize {
        match self {
            Self::Count | Self::Yuan => 0,
            Self::Degrees => 6,
            _ => 1,
        }
    }

    /// Decimals in a table for programs.
    fn csv_places(self) -> usize {
        match self {
            Self::Count | Self::Yuan | Self::WanYuan => 0,
            Self::Degrees => 6,
            _ => 3,
        }
    }

    /// The unit in which people read it, where it has one.
    pub fn unit(self, language: Language) -> Option<String> {
        Some(match self {
            Self::Minutes => text!(language, "unit-minutes"),
            Self::Seconds => text!(language, "unit-seconds"),
            Self::Share | Self::Probability => "%".to_owned(),
            Self::Yuan => text!(language, "unit-yuan"),
            Self::WanYuan => text!(language, "unit-wan-yuan"),
            _ => return None,
        })
    }
}

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
    /// What it is chosen by; with what it is of and its unit, its name in CSV.
    pub id: &'static str,
    /// What it is repeated for: the id of a standard.
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

    pub fn of(self, id: &str) -> Self {
        let of = Some(id.to_owned());
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
            _ => format!("{figure:.places$}"),
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

    /// The same with the interval in brackets where it is known: `12.3 (12.1–12.5)`.
    pub fn words_with_interval(&self, value: &Value, language: Language) -> String {
        let words = self.words(value);
        let Value::Estimate(Estimate {
            low: Some(low),
            high: Some(high),
            ..
        }) = value
        else {
            return words;
        };
        let [low, high] = [low, high].map(|end| self.figure(*end));
        text!(
            language,
            "figure-with-interval",
            figure = words,
            low = low,
            high = high
        )
    }

    /// The same with half the width of the interval: `12.3 ±0.2`.
    pub fn words_with_half_width(&self, value: &Value) -> String {
        let words = self.words(value);
        match value {
            Value::Estimate(Estimate {
                value,
                high: Some(high),
                ..
            }) => {
                format!("{words} ±{}", self.figure(high - value))
            }
            _ => words,
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Also in a column of numbers, where a figure has a mark.
    Text(String),
    /// A word of a fixed list: for programs, and for people.
    Term {
        code: &'static str,
        words: String,
    },
    Number(f64),
    /// A number that people see with a mark behind.
    Marked {
        value: f64,
        mark: &'static str,
    },
    Estimate(Estimate),
    Missing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Missing
        }
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<Estimate> for Value {
    fn from(estimate: Estimate) -> Self {
        Self::Estimate(estimate)
    }
}

impl From<Option<&Estimate>> for Value {
    fn from(estimate: Option<&Estimate>) -> Self {
        estimate.copied().into()
    }
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

/// Why a row stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    Best,
    Baseline,
    Late,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    pub values: Vec<Value>,
    pub emphasis: Option<Emphasis>,
}

/// A table, whatever the format in which it is shown.
#[derive(Clone, Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    /// Adds a column with its value in each row.
    pub fn add<V: Into<Value>>(&mut self, column: Column, values: impl IntoIterator<Item = V>) {
        self.columns.push(column);
        for (row, value) in self.rows.iter_mut().zip(values) {
            row.values.push(value.into());
        }
    }

    /// The rows that come first.
    pub fn first(mut self, most: usize) -> Self {
        self.rows.truncate(most);
        self
    }

    /// The columns of these ids, in this order.
    pub fn select(&self, ids: &[&str]) -> Self {
        let mut places = Vec::new();
        for id in ids {
            let all = self.columns.iter().enumerate();
            places.extend(
                all.filter(|(_, column)| column.id == *id)
                    .map(|(place, _)| place),
            );
        }
        self.at(&places)
    }

    /// All columns but those of these ids.
    pub fn without(&self, ids: &[&str]) -> Self {
        let kept = (0..self.columns.len()).filter(|place| !ids.contains(&self.columns[*place].id));
        self.at(&kept.collect::<Vec<_>>())
    }

    /// The columns at these places.
    fn at(&self, places: &[usize]) -> Self {
        let columns = places.iter().map(|place| self.columns[*place].clone());
        let rows = self.rows.iter().map(|row| Row {
            values: places
                .iter()
                .map(|place| row.values[*place].clone())
                .collect(),
            ..*row
        });
        Self {
            columns: columns.collect(),
            rows: rows.collect(),
        }
    }

    /// With so many decimals in a column.
    pub fn with_places(mut self, id: &str, places: usize) -> Self {
        let columns = self.columns.iter_mut().filter(|column| column.id == id);
        columns.for_each(|column| column.places = places);
        self
    }
}

/// A table being filled: each column stands beside what it shows of a row.
pub struct Filling<R> {
    rows: Vec<R>,
    table: Table,
}

impl<R> Filling<R> {
    /// One row for each of `rows`.
    pub fn of(rows: impl IntoIterator<Item = R>) -> Self {
        let rows: Vec<R> = rows.into_iter().collect();
        let empty = |_: &R| Row {
            values: Vec::new(),
            emphasis: None,
        };
        let table = Table {
            columns: Vec::new(),
            rows: rows.iter().map(empty).collect(),
        };
        Self { rows, table }
    }

    /// Adds a column and what it shows of each row.
    pub fn column<V: Into<Value>>(&mut self, column: Column, value: impl Fn(&R) -> V) {
        self.table.add(column, self.rows.iter().map(value));
    }

    /// Sets apart the rows that stand out.
    pub fn emphasise(&mut self, why: impl Fn(&R) -> Option<Emphasis>) {
        for (row, of) in self.table.rows.iter_mut().zip(&self.rows) {
            row.emphasis = why(of);
        }
    }

    /// The filled table.
    pub fn table(self) -> Table {
        self.table
    }
}
