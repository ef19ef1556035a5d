//! What a number in a table is, and from that its unit and decimals.

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
    pub(super) fn places(self) -> usize {
        match self {
            Self::Count | Self::Yuan => 0,
            Self::Degrees => 6,
            _ => 1,
        }
    }

    /// Decimals in a table for programs.
    pub(super) fn csv_places(self) -> usize {
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
