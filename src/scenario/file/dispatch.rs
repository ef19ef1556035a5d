//! Who is sent, and who comes from elsewhere, as the planner wrote it.

use serde::Deserialize;

use crate::basis::Basis;
use crate::units::Millis;

/// Who is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatchKey {
    /// What becomes of an incident for which no engine stands ready.
    #[serde(default)]
    pub when_none_is_ready: Overload,
    /// Engines on their way back are sent from where they are, where that is expected to be quicker:
    /// before they are restocked, which they are once, after their last incident.
    #[serde(default)]
    pub redirect: bool,
    /// Engines on their way to an incident are sent on to a graver one, where that is expected to be
    /// quicker.
    #[serde(default)]
    pub reroute: bool,
    /// Where a station has no engine ready, one comes to stand by from the nearest that has at least
    /// so many.
    #[serde(alias = "cover")]
    pub move_up: Option<u32>,
    /// How many people an engine brings: where `severities.csv` says how many are needed, further
    /// engines bring those who are missing.
    pub people_per_engine: Option<u16>,
}

impl DispatchKey {
    /// Whether engines can be sent while they are on the road between a station and an incident, which
    /// takes the times between any two demand points.
    pub fn takes_times_between_points(&self) -> bool {
        self.redirect || self.reroute
    }
}

/// Engines of a neighbouring county, which come when none of the county's stands ready.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutualAidKey {
    /// Its id, as that of a station.
    pub id: String,
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// Degrees east of where its engines enter the county, in WGS 84.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// How many engines it can send.
    pub engines: u16,
    /// From the request until they are there, besides the turnout.
    pub delay: Millis,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What becomes of an incident for which no engine stands ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overload {
    /// It waits, first come first served.
    #[default]
    Queue,
    /// Somebody else answers, who is not simulated.
    Loss,
}
