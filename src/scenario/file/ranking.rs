//! When alternatives are as good as each other, as the planner wrote it.

use serde::Deserialize;

use crate::units::Millis;

/// How alternatives are ranked.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingKey {
    /// Differences that do not matter.
    #[serde(default)]
    pub indifference: IndifferenceKey,
}

/// Differences that do not matter; what is not given is assumed.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IndifferenceKey {
    /// Of means and percentiles of times.
    pub time: Millis,
    /// Of shares of calls.
    pub share: f64,
    /// Of the share of calls that are lost.
    pub lost: f64,
}

impl Default for IndifferenceKey {
    /// Less than what is rounded away where times are told in tenths of a minute.
    fn default() -> Self {
        Self {
            time: Millis(5000),
            share: 0.005,
            // An engine that answers one call more in a thousand makes the mean of those answered longer by 5 s if it
            // needs 80 minutes longer than the others: more has to be told from fewer lost calls, not from the mean.
            lost: 0.001,
        }
    }
}
