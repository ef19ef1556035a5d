//! Every alternative against every history, in parallel, with the same result on any number of
//! threads: each replication is computed for itself, and what is added up are whole numbers.

use rayon::prelude::*;

use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::simulation::dispatch::{Deployment, Dispatcher};
use crate::simulation::history::{Historian, History};
use crate::simulation::tally::{AreaTally, ByTown, Histogram, Played};

/// What the replications of one alternative came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One row a replication: the county, then each town.
    pub tallies: Vec<Vec<AreaTally>>,
    /// Response times over all replications: the county, then each town.
    pub response: Vec<Histogram>,
    /// Full-assignment times over all replications: the county, then each town.
    pub full: Vec<Histogram>,
}

/// Answers of one alternative and replication that are held in memory at a time, over all
/// alternatives and the replications of one block.
const BLOCK: usize = 4_000_000;

/// Simulates every alternative of a scenario; outcomes are in the order of the alternatives.
///
/// `played` is told how many incidents have just been answered.
pub fn simulate(
    scenario: &Scenario,
    times: &TravelTimes,
    played: &(dyn Fn(u64) + Sync),
) -> Vec<Outcome> {
    let deployments: Vec<Deployment> = scenario
        .alternatives
        .iter()
        .map(|alternative| {
            let bases = scenario.bases_of(alternative);
            let engines = bases
                .iter()
                .map(|base| scenario.base(*base).engines)
                .collect();
            Deployment::new(times, &bases, engines, scenario.stages.return_trip.factor)
        })
        .collect();
    let towns = scenario.county.towns.len();
    let town_of: Vec<usize> = scenario
        .county
        .demand
        .iter()
        .map(|point| point.town.index())
        .collect();
    let mut outcomes = vec![
        Outcome {
            tallies: Vec::new(),
            response: vec![Histogram::default(); towns + 1],
            full: vec![Histogram::default(); towns + 1],
        };
        deployments.len()
    ];
    let historian = Historian::new(scenario);
    let replications: Vec<u32> = (0..scenario.horizon.replications).collect();
    let at_a_time = scenario.expected_incidents() as usize * deployments.len() + 1;
    for block in replications.chunks((BLOCK / at_a_time).max(1)) {
        let histories: Vec<(History, ByTown)> = block
            .par_iter()
            .map(|replication| {
                let history = historian.draw(*replication);
                let by_town = ByTown::new(&history, &town_of, towns);
                (history, by_town)
            })
            .collect();
        let pairs: Vec<(&Deployment, &(History, ByTown))> = deployments
            .iter()
            .flat_map(|deployment| histories.iter().map(move |history| (deployment, history)))
            .collect();
        let answers: Vec<Played> = pairs
            .par_iter()
            .map_init(
                || (Dispatcher::default(), Vec::new()),
                |(dispatcher, responses), (deployment, (history, by_town))| {
                    dispatcher.play(history, deployment, responses);
                    played(history.incidents.len() as u64);
                    Played::new(history, by_town, responses, &scenario.standards)
                },
            )
            .collect();
        outcomes
            .par_iter_mut()
            .zip(answers.par_chunks(histories.len()))
            .for_each(|(outcome, answers)| {
                for (answer, (_, by_town)) in answers.iter().zip(&histories) {
                    outcome.add(answer, by_town);
                }
            });
    }
    outcomes.iter_mut().for_each(Outcome::add_up_county);
    outcomes
}

impl Outcome {
    fn add(&mut self, answer: &Played, by_town: &ByTown) {
        self.tallies.push(answer.areas.clone());
        for (histograms, times) in [
            (&mut self.response, &answer.response),
            (&mut self.full, &answer.full),
        ] {
            for (histogram, times) in histograms[1..]
                .iter_mut()
                .zip(Played::town_slices(by_town, times))
            {
                times.iter().for_each(|seconds| histogram.add(*seconds));
            }
        }
    }

    /// Adds the towns up to the county, once all replications are in.
    fn add_up_county(&mut self) {
        for histograms in [&mut self.response, &mut self.full] {
            let mut county = Histogram::default();
            histograms[1..].iter().for_each(|town| county.merge(town));
            histograms[0] = county;
        }
    }
}
