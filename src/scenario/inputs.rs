//! What an answer rests on: each input with how it is known. `report` says it in words.

use serde::{Deserialize, Serialize};

use crate::basis::Basis;
use crate::brigades::prices::Item;
use crate::distribution::Shape;
use crate::language::Name;

/// An input, how it is known, and why it is so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BasisNote {
    pub input: Input,
    pub basis: Basis,
    /// Why it is so, or where it comes from.
    pub reason: String,
}

impl BasisNote {
    /// Sites at junctions are made by a procedure that knows the roads alone.
    pub const JUNCTIONS: Self = Self {
        input: Input::Junctions,
        basis: Basis::Modelled,
        reason: String::new(),
    };

    /// What a reader has to know where neighbours may be sent, whom siting does not count.
    pub const NO_NEIGHBOURS: Self = Self {
        input: Input::NoNeighbours,
        basis: Basis::Assumed,
        reason: String::new(),
    };
}

/// An input with the figures by which a reader knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Input {
    Roads {
        km: f64,
    },
    /// Speeds and delays of a profile.
    Speeds {
        profile: Name,
        count: usize,
    },
    /// Seats and residents of towns.
    Towns {
        count: usize,
    },
    /// Positions and residents of demand points.
    DemandPoints {
        count: usize,
    },
    IncidentRate {
        incident_type: Name,
        /// A year.
        per_10_000_residents: f64,
    },
    /// Calls that are listed one by one.
    ListedCalls {
        file: String,
        calls: usize,
        /// Those with a position of their own.
        at_positions: usize,
        /// From such a position to its road.
        mean_access_metres: f64,
        most_access_metres: f64,
    },
    Station {
        #[serde(flatten)]
        name: Name,
        engines: u16,
    },
    /// Engines of a neighbouring county.
    MutualAid {
        #[serde(flatten)]
        name: Name,
        engines: u16,
        delay_seconds: f64,
    },
    /// Places that stations keep clear of.
    Clearances {
        count: usize,
    },
    Sites {
        count: usize,
    },
    Stage {
        stage: StageName,
        distribution: Shape,
        mean_seconds: f64,
        sd_seconds: Option<f64>,
    },
    /// Turnout in some hours of the day, over that of the others.
    TurnoutShift {
        from: u8,
        to: u8,
        factor: f64,
    },
    /// Hours of the day in which the roads have a time band.
    TimeBand {
        from: u8,
        to: u8,
        band: String,
    },
    /// From where there is no road, and crews go on foot.
    OnFoot {
        beyond_metres: f64,
        km_h: f64,
    },
    /// Ways by lanes that the network does not list, around some of the demand points.
    Lanes {
        detour: f64,
        km_h: f64,
        points: usize,
        of_points: usize,
    },
    HoseReach {
        metres: f64,
    },
    Hydrants {
        count: usize,
    },
    /// Standard deviation of the factor on each trip's travel time.
    TravelSpread {
        sd: f64,
    },
    /// Time back over time out.
    Return {
        factor: f64,
    },
    RateMultiplier {
        town: Name,
        factor: f64,
    },
    SpecialDay {
        day: String,
        factor: f64,
    },
    Price {
        item: Item,
        value: f64,
        /// Between what it may lie.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<[f64; 2]>,
    },
    BrigadeClass {
        #[serde(flatten)]
        name: Name,
        people: f64,
        land_m2: f64,
        building_m2: f64,
    },
    /// Sites at junctions of main roads.
    Junctions,
    /// Siting counts no neighbours.
    NoNeighbours,
}

/// A stage, as the scenario's file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    CallHandling,
    Turnout,
    TurnoutPartTime,
    TurnoutVolunteer,
    Restocking,
    /// To first water, with a hydrant in reach.
    WithHydrant,
    /// To first water, without one.
    WithoutHydrant,
    /// To first water, by a tender.
    WithTender,
}
