//! What is asked of the junctions of main roads, and what an answer chooses.

use super::junctions::{JunctionId, JunctionName};
use crate::brigades::crew::Crew;
use crate::brigades::{SiteId, Station};
use crate::county::towns::TownId;
use crate::evaluation::cost::Cost;
use crate::roads::class::RoadClass;
use crate::scenario::Scenario;
use crate::units::Metres;

/// More choices than this are not worked out one by one, in every state of the world.
pub const MAX_CHOICES: f64 = 3e6;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// How many brigades in which town, each town once; or so many anywhere in the county, which stands alone.
    pub towns: Vec<(Option<TownId>, usize)>,
    /// The classes of main roads.
    pub on: Vec<RoadClass>,
    /// Engines of each new brigade.
    pub engines: u16,
    /// What each is called.
    pub name: JunctionName,
    /// Listed sites that stand in any case.
    pub fixed: Vec<SiteId>,
    /// So many of the best choices are wanted.
    pub best_count: usize,
    /// Of two of them one town's site at least differs by so much.
    pub min_distance: Metres,
    /// Whether the sites of the towns are also chosen together with one more anywhere.
    pub together: bool,
}

impl Question {
    /// The costs of one brigade at a junction; `None` without prices.
    pub(super) fn cost_of_each(&self, scenario: &Scenario) -> Option<Cost> {
        let prices = scenario.rules.prices.as_ref()?;
        // Every brigade at a junction is alike, whichever station it is likened to.
        let like = scenario.stations.of_county().next()?;
        let new = Station {
            engines: self.engines,
            apparatus: Vec::new(),
            crew: Crew::FullTime,
            ..scenario.stations.station(like).clone()
        };
        Some(Cost::of(&new, prices))
    }

    /// So many brigades in towns of a county, the very best choice alone being wanted.
    #[cfg(test)]
    pub(super) fn in_towns(scenario: &Scenario, towns: &[(&str, usize)]) -> Self {
        let find = |town| crate::county::towns::find(&scenario.county.towns, town);
        let towns = towns
            .iter()
            .map(|(town, count)| (Some(find(town).unwrap()), *count));
        Self {
            towns: towns.collect(),
            on: super::junctions::MAIN_ROADS.to_vec(),
            engines: 2,
            name: |_, village| village.clone(),
            fixed: Vec::new(),
            best_count: 1,
            min_distance: Metres(0.0),
            together: false,
        }
    }
}

/// A choice of junctions, and the mean response time with it.
#[derive(Clone, Debug, PartialEq)]
pub struct JunctionChoice {
    /// The junctions, town by town.
    pub junctions: Vec<JunctionId>,
    /// Mean response time of all incidents, in seconds.
    pub mean: f64,
}
