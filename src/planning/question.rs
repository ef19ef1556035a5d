//! What is asked of the junctions of main roads, and what an answer chooses.

use crate::county::towns::TownId;
use crate::roads::class::RoadClass;
#[cfg(test)]
use crate::scenario::Scenario;
use crate::scenario::error::ScenarioError;
use crate::siting::problem::ProblemError;
use crate::units::Metres;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// How many brigades in which town; each town once.
    pub towns: Vec<(TownId, usize)>,
    /// The classes of main roads.
    pub on: Vec<RoadClass>,
    /// Engines of each new brigade.
    pub engines: u16,
    /// Listed sites that stand in any case, as in [`Stations`](crate::scenario::stations::Stations).
    pub fixed: Vec<usize>,
    /// So many of the best choices are wanted.
    pub most: usize,
    /// Of two of them one town's site at least differs by so much.
    pub apart: Metres,
    /// Whether the sites of the towns are also chosen together with one more anywhere.
    pub together: bool,
}

#[cfg(test)]
impl Question {
    /// So many brigades in towns of a county, the very best choice alone being wanted.
    pub(super) fn in_towns(scenario: &Scenario, towns: &[(&str, usize)]) -> Self {
        let find = |town| crate::county::towns::find(&scenario.county.towns, town);
        let towns = towns
            .iter()
            .map(|(town, count)| (find(town).unwrap(), *count));
        Self {
            towns: towns.collect(),
            on: super::junctions::MAIN_ROADS.to_vec(),
            engines: 2,
            fixed: Vec::new(),
            most: 1,
            apart: Metres(0.0),
            together: false,
        }
    }
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// A town has too few junctions.
    #[error("{wanted} of the main-road junctions in a town are wanted, and it has {junctions}")]
    TooFewJunctions {
        /// The town.
        town: TownId,
        /// How many brigades are wanted there.
        wanted: usize,
        /// How many junctions it has.
        junctions: usize,
    },
    /// Some incidents need what no station has that reaches them.
    #[error(
        "incidents at the demand point `{point}` need engines that no station has that stands in any case \
         and reaches it, so that no mean can be told; give a station engines of that kind, or the type \
         other needs"
    )]
    Unanswered {
        /// The demand point.
        point: String,
    },
    /// Nothing ever happens.
    #[error("no incident is expected anywhere, so that no site is better than another")]
    NoIncidents,
    /// The scenario cannot be used.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The sums are too large.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

/// A choice of junctions, and the mean response time with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Places in [`FreeChoice::junctions`](super::free_choice::FreeChoice::junctions), town by town.
    pub junctions: Vec<usize>,
    /// Mean response time of all incidents, in seconds.
    pub mean: f64,
}
