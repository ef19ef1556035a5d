//! Every alternative against every incident stream, in parallel, with the same result on any number of
//! threads: each replication is computed for itself, and what is added up are whole numbers.

use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::checkpoint;
use crate::expected::Expected;
use crate::progress::{self, Unit, Work};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Standard;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::areas::Areas;
use crate::simulation::audit::Audit;
use crate::simulation::batches::{Batches, Cut};
use crate::simulation::deployment::Deployment;
use crate::simulation::dispatch::{DispatchRules, Dispatcher};
use crate::simulation::expected_calls::{ExpectedCalls, expected_calls};
use crate::simulation::histogram::{BySeries, Histogram};
use crate::simulation::incident::StreamPiece;
use crate::simulation::incident_stream::IncidentStream;
use crate::simulation::model::Model;
use crate::simulation::outcome::Outcome;
use crate::simulation::replication_tally::{ReplicationTally, Worst};
use crate::simulation::response::Observer;
use crate::simulation::tally::Tally;
use crate::simulation::time::SimulatedTime;

/// Incidents that are drawn before the alternatives answer them: few enough for the nearest cache.
const PIECE: usize = 256;

/// Where what was simulated is kept, so many incidents are one step of a second or so, and so many replications at least.
const INCIDENTS_WORTH_KEEPING: f64 = 4e6;
const REPLICATIONS_TOGETHER: u32 = 8;

/// Alternatives that face the same incident streams, and how their answers are counted.
#[derive(Debug)]
pub struct Experiment<'s> {
    /// What happens.
    pub model: Model,
    /// The alternatives.
    pub deployments: Vec<Deployment>,
    /// For each of them the calls to be expected, by demand point.
    pub expected_calls: Vec<Arc<[ExpectedCalls]>>,
    /// The areas by which incidents are counted.
    pub areas: Areas,
    /// Thresholds with their clocks.
    pub standards: &'s [Standard],
    /// How often the horizon is simulated.
    pub replications: u32,
    /// In how many batches a replication is counted, each as if it were one.
    pub batches: u32,
    /// In how many sections a replication is counted, so that few replications show how much figures
    /// vary.
    pub sections: u32,
    /// How many of the incidents that waited longest are kept.
    pub worst: usize,
}

impl<'s> Experiment<'s> {
    /// All alternatives of a scenario.
    pub fn of(scenario: &'s Scenario, times: &ScenarioTimes) -> Self {
        Self::of_some(scenario, times, &scenario.alternatives)
    }

    /// One alternative of a scenario in every detail.
    pub fn in_detail(
        scenario: &'s Scenario,
        times: &ScenarioTimes,
        alternative: &Alternative,
        worst: usize,
    ) -> Self {
        let experiment = Self::of_some(scenario, times, [alternative]);
        let stations = experiment.deployments[0].fleet.engines().len();
        let areas = Areas::of(scenario).with_details(scenario, stations);
        Self {
            areas,
            worst,
            ..experiment
        }
    }

    /// Some alternatives of a scenario.
    pub fn of_some<'a>(
        scenario: &'s Scenario,
        times: &ScenarioTimes,
        alternatives: impl IntoIterator<Item = &'a Alternative>,
    ) -> Self {
        let expected = Expected::of(scenario);
        let (model, areas) = (Model::of(scenario), Areas::of(scenario));
        let batches = scenario.incidents.horizon.batches.unwrap_or(1);
        let of_alternatives = alternatives.into_iter().map(|alternative| {
            let first = expected.first_due(times, alternative);
            let calls = expected_calls(&model, batches, &areas, &first);
            (Deployment::of(&expected, times, alternative), calls.into())
        });
        let (deployments, expected_calls) = of_alternatives.unzip();
        Self {
            model,
            deployments,
            expected_calls,
            areas,
            standards: &scenario.rules.standards,
            replications: scenario.incidents.horizon.replications,
            batches,
            sections: 1,
            worst: 0,
        }
        .ending_after(scenario.incidents.horizon.replications)
    }

    /// The same where the simulation may end after so many replications, and figures rest on them.
    pub fn ending_after(self, replications: u32) -> Self {
        let days = self.model.days - self.model.warm_up_days;
        Self {
            sections: sections(days, replications),
            ..self
        }
    }
}

/// So many sections all replications together are cut into: with them, the quantile of Student's t is within
/// some 3 % of that of the normal distribution.
const SECTIONS: u32 = 60;
/// A section is no shorter than this: what is out at its ends is little beside what happens within.
const SHORTEST_SECTION_DAYS: u32 = 7;

/// In how many sections a replication is counted; one alone has nothing to be held against.
fn sections(days: u32, replications: u32) -> u32 {
    if replications < 2 {
        return 1;
    }
    let most = days / SHORTEST_SECTION_DAYS;
    SECTIONS.div_ceil(replications).min(most).max(1)
}

/// Hands the incident stream of a replication to `take`, piece by piece.
fn each_piece(
    model: &Model,
    replication: u32,
    mut take: impl FnMut(&StreamPiece) -> ControlFlow<()>,
) {
    let mut stream = IncidentStream::new(model, replication);
    let mut piece = StreamPiece::default();
    loop {
        stream.draw(&mut piece, PIECE);
        if piece.incidents.is_empty() || take(&piece).is_break() {
            return;
        }
    }
}

/// Simulates one replication of one alternative before an observer.
pub fn watch(
    model: &Model,
    deployment: &Deployment,
    replication: u32,
    observer: &mut impl Observer,
) {
    let rules = DispatchRules::new(model, deployment);
    let mut dispatcher = Dispatcher::new(&rules);
    each_piece(model, replication, |piece| {
        dispatcher.answer(piece, &rules, observer);
        ControlFlow::Continue(())
    });
    dispatcher.finish(&rules, observer);
}

/// A simulation was asked to stop, and so has no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was asked to stop")]
pub struct Stopped;

/// Simulates every alternative; outcomes are in the order of the deployments.
///
/// # Errors
/// When it was asked to stop.
pub fn simulate(experiment: &Experiment<'_>) -> Result<Vec<Outcome>, Stopped> {
    let work = experiment.work();
    let mut outcomes = experiment.nothing_yet();
    let all: Vec<usize> = (0..outcomes.len()).collect();
    let part = experiment.replications_worth_keeping();
    for begin in (0..experiment.replications).step_by(part as usize) {
        let replications = begin..experiment.replications.min(begin.saturating_add(part));
        let later = experiment.step(
            || experiment.name_of(&replications),
            replications.len(),
            &work,
            || {
                let mut outcomes = experiment.nothing_yet();
                simulate_more(experiment, &mut outcomes, &all, replications.clone(), &work)?;
                Ok(outcomes)
            },
        )?;
        for (outcome, later) in outcomes.iter_mut().zip(later) {
            outcome.extend(later);
        }
    }
    Ok(outcomes)
}

/// Simulates these replications of the alternatives `which`, and adds them to those that they have had.
///
/// # Errors
/// When it was asked to stop: then outcomes are worth nothing.
pub fn simulate_more(
    experiment: &Experiment<'_>,
    outcomes: &mut [Outcome],
    which: &[usize],
    replications: Range<u32>,
    work: &Work,
) -> Result<(), Stopped> {
    let pooled: Vec<Mutex<BySeries<Vec<Histogram>>>> = which
        .iter()
        .map(|index| Mutex::new(std::mem::take(&mut outcomes[*index].times)))
        .collect();
    // Few replications are shared among the threads by alternatives, each drawing the stream.
    let tasks = 4 * rayon::current_num_threads();
    let groups = tasks.div_ceil(replications.len().max(1));
    let group = which.len().div_ceil(groups).max(1);
    let tallies: Vec<Vec<Vec<Vec<ReplicationTally>>>> = replications
        .into_par_iter()
        .map(|replication| {
            let groups = which.par_chunks(group).zip(pooled.par_chunks(group));
            let tallies = groups
                .map(|(which, pooled)| experiment.replicate(replication, which, pooled, work));
            tallies.collect()
        })
        .collect();
    if progress::is_stopped() {
        return Err(Stopped);
    }
    for (index, pooled) in which.iter().zip(pooled) {
        outcomes[*index].times = pooled.into_inner().unwrap_or_else(PoisonError::into_inner);
    }
    for replication in tallies {
        for (index, tallies) in which.iter().zip(replication.into_iter().flatten()) {
            for tally in tallies {
                outcomes[*index].worst.merge(&tally.worst);
                outcomes[*index].tallies.push(tally);
            }
        }
    }
    Ok(())
}

impl Experiment<'_> {
    /// Incidents of so many replications of so many alternatives, about.
    fn incidents(&self, replications: usize, alternatives: usize) -> f64 {
        self.model.expected_incidents() * replications as f64 * alternatives as f64
    }

    /// A step that a checkpoint keeps, of so many replications; what was kept by earlier work counts as done.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn step<T: Serialize + DeserializeOwned>(
        &self,
        name: impl FnOnce() -> String,
        replications: usize,
        work: &Work,
        simulated: impl FnOnce() -> Result<T, Stopped>,
    ) -> Result<T, Stopped> {
        let before = work.done();
        let result = checkpoint::step(name, simulated)?;
        if work.done() == before {
            work.add(self.incidents(replications, self.deployments.len()) as usize);
        }
        Ok(result)
    }

    /// So many replications are a step: a second or so, and work for several threads.
    fn replications_worth_keeping(&self) -> u32 {
        let replications =
            INCIDENTS_WORTH_KEEPING / self.incidents(1, self.deployments.len()).max(1.0);
        (replications as u32).max(REPLICATIONS_TOGETHER)
    }

    /// What tells these replications from those of other experiments on one question.
    fn name_of(&self, replications: &Range<u32>) -> String {
        let fleets = self.deployments.iter().map(Deployment::fingerprint);
        format!("{:?} of {:?}", replications, fleets.collect::<Vec<_>>())
    }

    /// All of it, in incidents answered.
    pub fn work(&self) -> Work {
        self.work_of(self.deployments.len())
    }

    /// The same of so many alternatives.
    pub fn work_of(&self, alternatives: usize) -> Work {
        let incidents = self.incidents(self.replications as usize, alternatives);
        Work::new("simulating", incidents as usize, Unit::Count("incidents"))
    }

    /// Before the first replication.
    pub fn nothing_yet(&self) -> Vec<Outcome> {
        let outcomes = self.expected_calls.iter().map(|of| Outcome {
            expected_calls: Arc::clone(of),
            tallies: Vec::new(),
            times: std::array::from_fn(|_| vec![Histogram::default(); self.areas.count()]),
            earlier: Vec::new(),
            worst: Worst {
                incidents: Vec::new(),
                most: self.worst,
            },
            chance: self.model.chance(),
        });
        outcomes.collect()
    }

    /// One replication of some alternatives.
    fn replicate(
        &self,
        replication: u32,
        which: &[usize],
        pooled: &[Mutex<BySeries<Vec<Histogram>>>],
        work: &Work,
    ) -> Vec<Vec<ReplicationTally>> {
        let model = &self.model;
        let counted = [model.warm_up_days, model.days].map(SimulatedTime::midnight);
        let cut = match self.batches > 1 {
            true => Cut::Batches(self.batches),
            false => Cut::Sections(self.sections),
        };
        let mut rows: Vec<_> = which
            .iter()
            .map(|index| {
                let deployment = &self.deployments[*index];
                let stations = deployment.fleet.engines().len();
                let kept = (replication, self.worst);
                let rules = DispatchRules::new(model, deployment);
                (
                    rules,
                    Dispatcher::new(&rules),
                    Batches::new(counted, cut, |counted| {
                        Tally::new(&self.areas, self.standards, counted, stations, kept)
                    }),
                    Audit::default(),
                )
            })
            .collect();
        each_piece(model, replication, |piece| {
            for (rules, dispatcher, tally, audit) in &mut rows {
                if cfg!(debug_assertions) {
                    dispatcher.answer(piece, rules, &mut audit.over(tally));
                } else {
                    dispatcher.answer(piece, rules, tally);
                }
            }
            work.add(piece.incidents.len() * rows.len());
            if progress::is_stopped() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        rows.into_iter()
            .zip(pooled)
            .map(|((rules, mut dispatcher, mut tally, mut audit), pooled)| {
                if cfg!(debug_assertions) {
                    dispatcher.finish(&rules, &mut audit.over(&mut tally));
                    audit.close();
                } else {
                    dispatcher.finish(&rules, &mut tally);
                }
                let mut pooled = pooled.lock().unwrap_or_else(PoisonError::into_inner);
                tally.close(&mut pooled)
            })
            .collect()
    }
}
