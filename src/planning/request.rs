//! What is asked of a scenario, as it is given.

use serde::{Deserialize, Serialize};

use super::phasing::Phase;
use crate::roads::class::RoadClass;

/// What is asked, as it is given; what is left out is what the scenario says, or the usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The town of each brigade that is wanted, by id or name.
    pub within: Vec<String>,
    /// Classes of road that make a junction a candidate.
    pub on: Vec<RoadClass>,
    /// Engines of each new brigade.
    pub engines: Option<u16>,
    /// Ids of listed candidates that stand beside the new ones.
    pub fixed: Vec<String>,
    /// How many of the best choices are simulated.
    pub simulated_choices: usize,
    /// Of two of them one town's site at least differs by so much.
    pub min_distance_metres: f64,
    /// Whether the sites are also chosen together with one more anywhere.
    pub together: bool,
    /// Up to how many further brigades are set against their cost.
    pub frontier: usize,
    /// Id of the standard within which residents are counted.
    pub standard: Option<String>,
    /// What further brigades may cost a year.
    pub budget: Option<f64>,
    /// How many brigades stand by the end of which year.
    pub phases: Vec<Phase>,
    /// Other states of the world.
    pub under: Vec<String>,
}
