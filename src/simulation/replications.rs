//! Every alternative against every incident stream, in parallel, with the same result on any number of
//! threads: each replication is computed for itself, and what is added up are whole numbers.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

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
use crate::simulation::histogram::{BySeries, Histogram, Series};
use crate::simulation::incident::StreamPiece;
use crate::simulation::incident_stream::IncidentStream;
use crate::simulation::model::{Chance, Model};
use crate::simulation::replication_tally::{ReplicationTally, Worst};
use crate::simulation::response::Observer;
use crate::simulation::tally::Tally;
use crate::simulation::time::SimulatedTime;

/// What the replications of one alternative came to, or the batches of the only one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// One a replication, or one a batch.
    pub tallies: Vec<ReplicationTally>,
    /// Times over all replications, by series and area.
    times: BySeries<Vec<Histogram>>,
    /// After so many replications: the times of the county, kept where another has had no more.
    earlier: Vec<(usize, BySeries<Histogram>)>,
    /// The incidents of all replications that waited longest for help.
    pub worst: Worst,
    /// In what the replications differ.
    pub chance: Chance,
    /// By demand point, the calls to be expected.
    pub expected_calls: Arc<[ExpectedCalls]>,
}

impl Outcome {
    /// Times over all replications, area by area.
    pub fn times(&self, series: Series) -> &[Histogram] {
        &self.times[series as usize]
    }

    /// Times of the county over the first replications: all, or as many as when they were kept.
    pub fn first_times(&self, series: Series, replications: usize) -> Option<&Histogram> {
        if replications == self.tallies.len() {
            return self.times(series).first();
        }
        let earlier = (self.earlier.iter()).find(|(after, _)| *after == replications);
        earlier.map(|(_, times)| &times[series as usize])
    }

    /// Keeps the times of the county as they are, since another ends with these replications and can be paired
    /// with them alone.
    pub fn keep_times(&mut self) {
        let county = self.times.each_ref().map(|times| times[0].clone());
        self.earlier.push((self.tallies.len(), county));
    }

    /// What each section came to, those of the first replication first.
    pub fn sections(&self) -> impl Iterator<Item = &ReplicationTally> {
        self.tallies.iter().flat_map(ReplicationTally::sections)
    }

    /// In how many sections each replication is counted: those of one place in the horizon are alike,
    /// as the season is the same.
    pub fn strata(&self) -> usize {
        self.tallies
            .first()
            .map_or(1, |tally| tally.sections().len())
    }

    /// Adds all replications of another to the first of this, as if they were one: what more replications come to
    /// than memory has room for. Figures of it are right; what is said of their intervals is not.
    pub fn pool(&mut self, other: &Self) {
        for (times, more) in self.times.iter_mut().zip(&other.times) {
            for (times, more) in times.iter_mut().zip(more) {
                times.merge(more);
            }
        }
        if let Some(first) = self.tallies.first_mut() {
            other.tallies.iter().for_each(|tally| first.add(tally));
        }
    }

    /// Whether every call is answered.
    pub fn loses_none(&self) -> bool {
        self.tallies.iter().all(|tally| tally.areas[0].lost == 0)
    }

    /// Incidents of an area in all replications.
    pub fn incidents(&self, area: usize) -> u64 {
        let of_area = self.tallies.iter().map(|tally| &tally.areas[area]);
        of_area.map(|tally| u64::from(tally.incidents)).sum()
    }
}

/// Incidents that are drawn before the alternatives answer them: few enough for the nearest cache.
const PIECE: usize = 256;

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
        let alternatives: Vec<&Alternative> = scenario.alternatives.iter().collect();
        Self::new(scenario, times, &alternatives)
    }

    /// One alternative of a scenario in every detail.
    pub fn in_detail(
        scenario: &'s Scenario,
        times: &ScenarioTimes,
        alternative: &Alternative,
        worst: usize,
    ) -> Self {
        let experiment = Self::new(scenario, times, &[alternative]);
        let stations = experiment.deployments[0].fleet.engines().len();
        let areas = Areas::of(scenario).with_details(scenario, stations);
        Self {
            areas,
            worst,
            ..experiment
        }
    }

    fn new(scenario: &'s Scenario, times: &ScenarioTimes, alternatives: &[&Alternative]) -> Self {
        let expected = Expected::of(scenario);
        let (model, areas) = (Model::of(scenario), Areas::of(scenario));
        let batches = scenario.incidents.horizon.batches.unwrap_or(1);
        let of_alternatives = alternatives.iter().map(|alternative| {
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
#[error("stopped after {answered} of about {of} incidents")]
pub struct Stopped {
    answered: u64,
    of: u64,
}

/// Simulates every alternative; outcomes are in the order of the deployments.
///
/// # Errors
/// When it was asked to stop.
pub fn simulate(experiment: &Experiment<'_>) -> Result<Vec<Outcome>, Stopped> {
    let mut outcomes = experiment.nothing_yet();
    let all: Vec<usize> = (0..outcomes.len()).collect();
    simulate_more(
        experiment,
        &mut outcomes,
        &all,
        experiment.replications,
        &experiment.work(),
    )?;
    Ok(outcomes)
}

/// Simulates the alternatives `which`, which have had equally many replications, until they have
/// had `replications`.
///
/// # Errors
/// When it was asked to stop: then outcomes are worth nothing.
///
/// # Panics
/// When an alternative in `which` has had others.
pub fn simulate_more(
    experiment: &Experiment<'_>,
    outcomes: &mut [Outcome],
    which: &[usize],
    replications: u32,
    work: &Work,
) -> Result<(), Stopped> {
    let Some(first) = which.first() else {
        return Ok(());
    };
    let had = outcomes[*first].tallies.len() as u32;
    let pooled: Vec<Mutex<BySeries<Vec<Histogram>>>> = which
        .iter()
        .map(|index| {
            let outcome = &mut outcomes[*index];
            assert_eq!(outcome.tallies.len() as u32, had, "replications are paired");
            Mutex::new(std::mem::take(&mut outcome.times))
        })
        .collect();
    // Few replications are shared among the threads by alternatives, each drawing the stream.
    let tasks = 4 * rayon::current_num_threads();
    let groups = tasks.div_ceil((replications.saturating_sub(had) as usize).max(1));
    let group = which.len().div_ceil(groups).max(1);
    let tallies: Vec<Vec<Vec<Vec<ReplicationTally>>>> = (had..replications.max(had))
        .into_par_iter()
        .map(|replication| {
            let groups = which.par_chunks(group).zip(pooled.par_chunks(group));
            let tallies = groups
                .map(|(which, pooled)| experiment.replicate(replication, which, pooled, work));
            tallies.collect()
        })
        .collect();
    if progress::is_stopped() {
        return Err(Stopped {
            answered: work.done(),
            of: work.of,
        });
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
    /// All of it, in incidents answered.
    pub fn work(&self) -> Work {
        let incidents = self.model.expected_incidents()
            * f64::from(self.replications)
            * self.deployments.len() as f64;
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
