//! The best choices in the simulation, beside what stands and the best of what is listed.

use super::free_choice::FreeChoice;
use super::inquiry::Inquiry;
use super::junctions::JunctionId;
use super::optimization::SimulatedRank;
use super::question::JunctionChoice;
use crate::brigades::{Site, SiteId};
use crate::evaluation::comparison::Comparison;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::metric::Metric;
use crate::expected::load::check_load;
use crate::roads::snapping::Location;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::error::ScenarioError;
use crate::scenario::inputs::BasisNote;
use crate::scenario::stations::Stations;
use crate::simulation::outcome::Outcome;
use crate::simulation::replications::Experiment;

/// What the simulation says.
#[derive(Debug)]
pub struct Trial {
    /// The existing stations, the best of the list and the best choices.
    pub comparison: Comparison,
    /// By how many seconds one more brigade beside the best choice changes the mean response time.
    pub another: Option<Estimate>,
}

impl Trial {
    /// The ranking in short.
    pub(super) fn ranking(&self) -> Vec<SimulatedRank> {
        ranking(&self.comparison)
    }
}

/// The ranking of a comparison in short.
pub(super) fn ranking(comparison: &Comparison) -> Vec<SimulatedRank> {
    let simulated = comparison.alternatives.iter().map(|of| SimulatedRank {
        id: of.id.clone(),
        rank: of.rank,
        mean_response_seconds: of.county.mean_response_seconds,
        p90_response_seconds: of.county.p90_response_seconds,
        difference_from_best_seconds: of.difference_from_best.mean_response_seconds,
        ties_with_best: of.ties_with_best,
        probability_best: of.probability_best,
    });
    simulated.collect()
}

impl Inquiry {
    /// Simulates the existing stations, the best of the listed candidates and the best choices, as many
    /// as are asked for; `None` where none is. `simulate` runs an experiment and shows how far it is.
    ///
    /// # Errors
    /// When a demand point is not reached, engines have more to do than they can, or `simulate` ends early.
    pub fn simulate<E: From<ScenarioError>>(
        &self,
        scenario: &Scenario,
        choice: &FreeChoice,
        simulate: impl Fn(&Experiment<'_>) -> Result<Vec<Outcome>, E>,
    ) -> Result<Option<Trial>, E> {
        if self.request.simulated_choices == 0 {
            return Ok(None);
        }
        let best = &choice.best[..choice.best.len().min(self.request.simulated_choices)];
        let listed = (choice.listed.as_ref())
            .map(|listed| scenario.alternatives[listed.alternative].clone());
        let best: Vec<Vec<JunctionId>> = best.iter().map(|best| best.junctions.clone()).collect();
        let fixed = &self.question.fixed;
        let simulated = with_choices(scenario, fixed, listed, &brigades_of(choice), &best);
        let times = simulated.travel_times()?;
        check_load(&simulated, &times)?;
        let outcomes = simulate(&Experiment::of(&simulated, &times))?;
        let comparison = Comparison::new(&simulated, &times, &outcomes, Metric::MeanResponse);
        let another = match &choice.another {
            Some(another) => {
                let with_more = with_another(&simulated, choice, another);
                let times = with_more.travel_times()?;
                let outcomes = simulate(&Experiment::of(&with_more, &times))?;
                Metric::MeanResponse.difference(&outcomes[1], &outcomes[0])
            }
            None => None,
        };
        Ok(Some(Trial {
            comparison,
            another,
        }))
    }
}

/// The scenario with the junctions of the best choices behind its sites, in the order of the network,
/// and with the existing stations, the best of the list and the best choices as alternatives; of the `brigades`
/// one could stand at each junction.
pub(super) fn with_choices(
    scenario: &Scenario,
    fixed: &[SiteId],
    listed: Option<Alternative>,
    brigades: &[(Site, Location)],
    best: &[Vec<JunctionId>],
) -> Scenario {
    let mut simulated: Vec<JunctionId> = best.iter().flatten().copied().collect();
    simulated.sort_unstable();
    simulated.dedup();
    let first = scenario.stations.sites.len();
    let added = simulated
        .iter()
        .map(|junction| brigades[junction.index()].clone());
    let stations = with_usual(&scenario.stations, added.collect());
    let mut alternatives = vec![Alternative::baseline()];
    alternatives.extend(listed);
    for choice in best {
        let new = choice
            .iter()
            .map(|junction| first + simulated.partition_point(|simulated| simulated < junction))
            .map(SiteId::at);
        let sites: Vec<SiteId> = fixed.iter().copied().chain(new).collect();
        let ids = sites
            .iter()
            .map(|site| &stations.site(*site).station.id[..]);
        alternatives.push(Alternative {
            id: ids.collect::<Vec<_>>().join("+"),
            sites,
        });
    }
    let mut about = scenario.about.clone();
    about.data_basis.push(BasisNote::JUNCTIONS);
    Scenario {
        about,
        stations,
        alternatives,
        ..scenario.clone()
    }
}

/// The scenario with the best choice, and the best choice with one more, as alternatives.
fn with_another(scenario: &Scenario, choice: &FreeChoice, another: &JunctionChoice) -> Scenario {
    // After the existing stations alone and the best of the list.
    let best = scenario.alternatives[1 + usize::from(choice.listed.is_some())].clone();
    let first = scenario.stations.sites.len();
    let more = (first..first + another.junctions.len()).map(SiteId::at);
    let with_more = Alternative {
        id: "another".to_owned(),
        sites: best.sites.iter().copied().chain(more).collect(),
    };
    let brigades = brigades_of(choice);
    let added = another.junctions.iter();
    let added = added.map(|junction| brigades[junction.index()].clone());
    Scenario {
        stations: with_usual(&scenario.stations, added.collect()),
        alternatives: vec![best, with_more],
        ..scenario.clone()
    }
}

/// A brigade at each junction, and where it joins the roads.
fn brigades_of(choice: &FreeChoice) -> Vec<(Site, Location)> {
    let brigades = choice.sites.iter().zip(&choice.junctions);
    brigades
        .map(|(site, junction)| (site.clone(), junction.location.clone()))
        .collect()
}

/// Stations with more sites, whose engines are of the usual profile.
fn with_usual(stations: &Stations, added: Vec<(Site, Location)>) -> Stations {
    stations.with_sites(added, stations.usual_profile().0)
}
