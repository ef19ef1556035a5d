//! Simulated time.

use crate::units::Millis;

/// A time within the horizon, in milliseconds from its first midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimulatedTime(pub u64);

impl SimulatedTime {
    /// The midnight after so many days.
    pub fn midnight(days: u32) -> Self {
        Self(u64::from(days) * 86_400_000)
    }

    /// Its day, the first being 0.
    pub fn day(self) -> usize {
        (self.0 / 86_400_000) as usize
    }

    /// Its hour of the day.
    pub fn hour(self) -> usize {
        (self.0 / 3_600_000 % 24) as usize
    }

    /// So much later.
    pub fn after(self, span: Millis) -> Self {
        Self(self.0 + u64::from(span.0))
    }

    /// The span from an earlier time; at most 49 days.
    pub fn since(self, earlier: Self) -> Millis {
        Millis(u32::try_from(self.0 - earlier.0).unwrap_or(u32::MAX - 1))
    }
}
