//! How long the stages of a response take, as the planner wrote it.

use serde::Deserialize;

use crate::basis::Basis;
use crate::distribution::Shape;
use crate::units::{Metres, Millis};

/// The stages of a response.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagesKey {
    /// From the call to the dispatch order.
    pub call_handling: SpreadKey,
    /// From the dispatch order to the engine's leaving, with full-time crews.
    pub turnout: SpreadKey,
    /// The same with part-time crews.
    pub turnout_part_time: Option<SpreadKey>,
    /// The same with volunteers.
    pub turnout_volunteer: Option<SpreadKey>,
    /// Hours in which the turnout takes longer, or is quicker: crews asleep, or called from home.
    #[serde(default)]
    pub shift: Vec<ShiftKey>,
    /// How the ways out and back differ from the expected travel time.
    pub traffic: TrafficKey,
    /// The way back to the station.
    pub return_trip: ReturnTripKey,
    /// From an engine's being back until it stands ready: water, hoses, cylinders; no time where
    /// nothing is given.
    pub restocking: Option<SpreadKey>,
    /// How long it takes to bring water on the fire; first-water times are left out where nothing is
    /// given.
    pub water: Option<WaterKey>,
}

/// From an engine's arrival at a fire to first water.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaterKey {
    /// As far as an engine's hoses reach from a hydrant.
    pub hose_reach: Metres,
    /// Where a hydrant stands within that reach.
    pub with_hydrant: SpreadKey,
    /// Elsewhere: a relay from a pond, or tenders that go to and fro.
    pub without_hydrant: SpreadKey,
    /// Elsewhere, where an engine of the apparatus `tender` comes: from when it and another, or it alone,
    /// is there.
    pub with_tender: Option<SpreadKey>,
    /// The apparatus that brings water.
    pub tender: Option<String>,
    /// How the reach is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A duration that differs from time to time; each shape has its own keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpreadKey {
    /// Its shape: lognormal where none is given.
    #[serde(default)]
    pub distribution: Shape,
    pub mean: Option<Millis>,
    /// Its standard deviation.
    pub sd: Option<Millis>,
    /// Its least value.
    pub low: Option<Millis>,
    /// Its most likely value.
    pub mode: Option<Millis>,
    /// Its largest value.
    pub high: Option<Millis>,
    /// A table of observed values.
    pub file: Option<String>,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

impl SpreadKey {
    pub fn span(&self, key: &str) -> Option<Millis> {
        match key {
            "mean" => self.mean,
            "sd" => self.sd,
            "low" => self.low,
            "mode" => self.mode,
            "high" => self.high,
            _ => None,
        }
    }
}

/// Hours of the day with another turnout.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftKey {
    /// Its first hour.
    pub from: u8,
    /// The hour in which it is over; a shift may go past midnight.
    pub to: u8,
    /// Turnout then, over that of other hours.
    pub turnout_factor: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A factor on the travel time of each way, out and back, drawn for each: lognormal with mean 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrafficKey {
    /// Its standard deviation.
    pub sd: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// How much longer the way back takes than the way out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnTripKey {
    /// Time back over time out.
    pub factor: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}
