//! `[roads]`: how locations join the roads, and what the roads are like.

use serde::Deserialize;

use crate::basis::Basis;
use crate::roads::access::AccessPace;
use crate::roads::lanes::Lanes;
use crate::units::{KmPerHour, Metres};

/// How locations join the roads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadsKey {
    /// The speed between a location and the road it joins.
    pub access_speed: KmPerHour,
    /// Where there is no road any more.
    #[serde(default)]
    pub on_foot: OnFootKey,
    /// Ways by lanes that the network does not list.
    pub lanes: Option<LanesKey>,
    /// A station or site farther than this from any road is refused.
    pub site_limit: Metres,
    /// A demand point farther than this from any road is refused.
    pub demand_limit: Metres,
    /// The profile of engines at stations that name none, as a file of the folder `profiles`.
    pub profile: Option<String>,
    /// The time band, as the profile names it; a free road where none is given.
    pub band: Option<String>,
    /// Hours of the day with another time band: the morning rush, the night. Maps and expected figures
    /// are means over the hours of the calls.
    #[serde(default)]
    pub hours: Vec<HoursKey>,
    /// The weather, as the profile names it; dry where none is given.
    pub weather: Option<String>,
    /// Links of the network that are closed: a landslide, a bridge out.
    #[serde(default)]
    pub close: Vec<String>,
}

/// Where there is no road any more, and crews go on foot.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnFootKey {
    /// A location farther than this from every road has none.
    pub beyond: Metres,
    /// The speed past it.
    pub speed: KmPerHour,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

impl Default for OnFootKey {
    fn default() -> Self {
        let AccessPace { limit, on_foot, .. } = AccessPace::ASSUMED;
        Self {
            beyond: limit,
            speed: on_foot,
            basis: Basis::Assumed,
            reason: String::new(),
        }
    }
}

/// Ways by lanes that no table lists, where they are missing from the network; what is not said is assumed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanesKey {
    /// Their length over the straight line.
    pub detour: Option<f64>,
    /// How fast an engine drives there.
    pub speed: Option<KmPerHour>,
    /// How far a location reaches the roads around it.
    pub reach: Option<Metres>,
    /// How long a trip by lanes alone may be.
    pub longest: Option<Metres>,
    /// Kilometres of streets on a square kilometre below which lanes are missing; 0 where none are.
    pub missing_below: Option<f64>,
    /// How they are known.
    pub basis: Basis,
    /// Why they are so.
    pub reason: String,
}

impl RoadsKey {
    /// How fast crews are between a location and its road.
    pub fn pace(&self) -> AccessPace {
        AccessPace {
            driven: self.access_speed,
            limit: self.on_foot.beyond,
            on_foot: self.on_foot.speed,
        }
    }

    /// How ways by unlisted lanes are modelled.
    ///
    /// # Errors
    /// The key that is out of range, and what would be right.
    pub fn lanes(&self) -> Result<Lanes, (&'static str, String)> {
        let usual = Lanes::ASSUMED;
        let Some(given) = &self.lanes else {
            return Ok(usual);
        };
        let lanes = Lanes {
            detour: given.detour.unwrap_or(usual.detour),
            speed: given.speed.unwrap_or(usual.speed),
            reach: given.reach.unwrap_or(usual.reach),
            longest: given.longest.unwrap_or(usual.longest),
            missing_below: given.missing_below.unwrap_or(usual.missing_below),
        };
        lanes.check().map(|()| lanes)
    }
}

/// Hours of the day with a time band.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursKey {
    /// The first hour.
    pub from: u8,
    /// The hour in which they are over; they may go past midnight.
    pub to: u8,
    /// The time band, as the profile names it.
    pub band: String,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}
