//! The values of a table, and what becomes one.

use crate::evaluation::estimate::Estimate;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Also in a column of numbers, where a figure has a mark.
    Text(String),
    /// What programs and people read differently: a word of a fixed list, or several items.
    Term {
        code: String,
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
