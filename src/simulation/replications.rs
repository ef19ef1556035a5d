//! Every alternative against every history, in parallel, with the same result on any number of
//! threads: each replication is computed for itself, and what is added up are whole numbers.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Standard;
use crate::simulation::areas::Areas;
use crate::simulation::deployment::Deployment;
use crate::simulation::dispatch::{Dispatcher, Observer, Rules};
use crate::simulation::histogram::Histogram;
use crate::simulation::history::{Historian, History, Moment};
use crate::simulation::model::Model;
use crate::simulation::tally::{Played, Tally, Worst};

/// What the replications of one alternative came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One a replication.
    pub played: Vec<Played>,
    /// Response times over all replications, area by area.
    pub response: Vec<Histogram>,
    /// Full-assignment times over all replications, area by area.
    pub full: Vec<Histogram>,
    /// The incidents of all replications that waited longest for help.
    pub worst: Worst,
}

impl Outcome {
    /// Incidents of an area in all replications.
    #[must_use]
    pub fn incidents(&self, area: usize) -> u64 {
        let of_area = self.played.iter().map(|played| &played.areas[area]);
        of_area.map(|tally| u64::from(tally.incidents)).sum()
    }
}

/// Incidents that are drawn before the alternatives answer them: few enough for the nearest cache.
const PIECE: usize = 256;

/// Alternatives that face the same histories, and how their answers are counted.
#[derive(Debug)]
pub struct Experiment<'s> {
    /// What happens.
    pub model: Model,
    /// The alternatives.
    pub deployments: Vec<Deployment>,
    /// The areas by which incidents are counted.
    pub areas: Areas,
    /// Thresholds with their clocks.
    pub standards: &'s [Standard],
    /// How often the horizon is simulated.
    pub replications: u32,
    /// How many of the incidents that waited longest are kept.
    pub worst: usize,
}

impl<'s> Experiment<'s> {
    /// All alternatives of a scenario.
    #[must_use]
    pub fn of(scenario: &'s Scenario, times: &TravelTimes) -> Self {
        Self {
            model: Model::of(scenario),
            deployments: scenario
                .alternatives
                .iter()
                .map(|alternative| Deployment::of(scenario, times, alternative))
                .collect(),
            areas: Areas::of(scenario),
            standards: &scenario.standards,
            replications: scenario.horizon.replications,
            worst: 0,
        }
    }

    /// One alternative of a scenario in every detail.
    #[must_use]
    pub fn in_detail(
        scenario: &'s Scenario,
        times: &TravelTimes,
        alternative: &Alternative,
        worst: usize,
    ) -> Self {
        let deployment = Deployment::of(scenario, times, alternative);
        Self {
            areas: Areas::of(scenario).with_details(scenario, deployment.engines().len()),
            deployments: vec![deployment],
            worst,
            ..Self::of(scenario, times)
        }
    }

    /// Plays one replication of the first alternative before an observer.
    pub fn watch(&self, replication: u32, observer: &mut impl Observer) {
        let rules = Rules::new(&self.model, &self.deployments[0]);
        let mut dispatcher = Dispatcher::new(&self.deployments[0]);
        let mut historian = Historian::new(&self.model, replication);
        let mut piece = History::default();
        loop {
            historian.draw(&mut piece, PIECE);
            if piece.incidents.is_empty() {
                break;
            }
            dispatcher.play(&piece, &rules, observer);
        }
        dispatcher.finish(&rules, observer);
    }
}

/// Simulates every alternative; outcomes are in the order of the deployments.
///
/// `told` is told how many incidents have just been answered.
#[must_use]
pub fn simulate(experiment: &Experiment<'_>, told: &(dyn Fn(u64) + Sync)) -> Vec<Outcome> {
    let Experiment {
        model,
        deployments,
        areas,
        standards,
        replications,
        worst,
    } = experiment;
    let replications = *replications;
    let pooled: Vec<Mutex<[Vec<Histogram>; 2]>> = deployments
        .iter()
        .map(|_| {
            let empty = || vec![Histogram::default(); areas.count()];
            Mutex::new([empty(), empty()])
        })
        .collect();
    // Few replications are shared among the threads by alternatives, each drawing the history.
    let tasks = 4 * rayon::current_num_threads();
    let groups = tasks.div_ceil((replications as usize).max(1));
    let group = deployments.len().div_ceil(groups).max(1);
    let counted = [
        Moment::midnight(model.warm_up_days),
        Moment::midnight(model.days),
    ];
    let played: Vec<Vec<Vec<Played>>> = (0..replications)
        .into_par_iter()
        .map(|replication| {
            let groups = deployments.par_chunks(group).zip(pooled.par_chunks(group));
            let played = groups.map(|(deployments, pooled)| {
                let mut rows: Vec<_> = deployments
                    .iter()
                    .map(|deployment| {
                        let stations = deployment.engines().len();
                        (
                            Rules::new(model, deployment),
                            Dispatcher::new(deployment),
                            Tally::new(areas, standards, counted, stations, (replication, *worst)),
                        )
                    })
                    .collect();
                let mut historian = Historian::new(model, replication);
                let mut piece = History::default();
                loop {
                    historian.draw(&mut piece, PIECE);
                    if piece.incidents.is_empty() {
                        break;
                    }
                    for (rules, dispatcher, tally) in &mut rows {
                        dispatcher.play(&piece, rules, tally);
                    }
                    told((piece.incidents.len() * rows.len()) as u64);
                }
                let closed = rows.into_iter().zip(pooled);
                let closed = closed.map(|((rules, mut dispatcher, mut tally), pooled)| {
                    dispatcher.finish(&rules, &mut tally);
                    let [response, full] =
                        &mut *pooled.lock().unwrap_or_else(PoisonError::into_inner);
                    tally.close(response, full)
                });
                closed.collect::<Vec<Played>>()
            });
            played.collect()
        })
        .collect();
    let mut outcomes: Vec<Outcome> = pooled
        .into_iter()
        .map(|pooled| {
            let [response, full] = pooled.into_inner().unwrap_or_else(PoisonError::into_inner);
            Outcome {
                played: Vec::with_capacity(played.len()),
                response,
                full,
                worst: Worst {
                    incidents: Vec::new(),
                    most: *worst,
                },
            }
        })
        .collect();
    for replication in played {
        for (outcome, played) in outcomes.iter_mut().zip(replication.into_iter().flatten()) {
            outcome.worst.merge(&played.worst);
            outcome.played.push(played);
        }
    }
    outcomes
}
