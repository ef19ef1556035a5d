//! What is simulated, as the planner wrote it: the span, and when and where incidents are more frequent.

use serde::Deserialize;

use crate::basis::Basis;

/// The span that is simulated.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HorizonKey {
    /// Its first day.
    pub start: toml::value::Datetime,
    /// How many years it lasts.
    pub years: u16,
    /// How often it is simulated, with other random draws each time.
    pub replications: u32,
    /// The first days, which are simulated but not counted, until the engines are as busy as they will
    /// be.
    #[serde(default)]
    pub warm_up_days: u32,
    /// One long replication is counted in so many batches of equal length, each as if it were a
    /// replication (batch means: Law and Carson 1979).
    pub batches: Option<u32>,
}

/// A town's rates times a factor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateMultiplierKey {
    /// Id or name of the town.
    pub town: String,
    /// Types of incident; all where none is given.
    #[serde(default)]
    pub types: Vec<String>,
    pub factor: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// Days on which incidents are more frequent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDayKey {
    /// What happens then.
    pub name: String,
    /// The days.
    #[serde(default)]
    pub dates: Vec<toml::value::Datetime>,
    /// Days of the calendar (`tables.calendar`) that have this name: a festival that moves.
    pub calendar: Option<String>,
    /// Id or name of the town; the whole county where none is given.
    pub town: Option<String>,
    /// Types of incident; all where none is given.
    #[serde(default)]
    pub types: Vec<String>,
    /// The rate of such a day over that of an ordinary one; at least 1.
    pub factor: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}
