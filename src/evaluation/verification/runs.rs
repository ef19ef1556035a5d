//! Models simulated by the same engine as a county, and what is looked at in them.

use rayon::prelude::*;

use super::check::{Check, Figure, Spread, Subject, Theory};
use crate::county::incident_types::IncidentTypeId;
use crate::distribution::Distribution;
use crate::evaluation::estimate::ratio;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::scenario::file::Overload;
use crate::simulation::arrivals::ArrivalProcess;
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::Incident;
use crate::simulation::model::{Model, SeverityModel, TypeModel};
use crate::simulation::replications::watch;
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Mean service of models in which nothing takes time but service, in seconds.
pub(super) const SERVICE: f64 = 3600.0;
/// Days before anything is counted, 240 mean services.
const WARM_UP: u32 = 10;
/// The last days, of which nothing is counted either: who waits then is not passed by those who come later.
const COOL_DOWN: u32 = 1;

/// What all models have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs {
    pub(super) seed: u64,
    pub(super) replications: u32,
    /// About how many calls are counted in one replication.
    pub(super) calls: f64,
}

/// What is simulated, and what is looked at.
pub(super) struct Trial<'a> {
    pub(super) theory: Theory,
    pub(super) subject: Subject,
    pub(super) model: Model,
    pub(super) deployment: &'a Deployment,
    pub(super) probes: Vec<Probe>,
}

/// A figure, how it is seen, and what theory says of it.
pub(super) struct Probe {
    figure: Figure,
    seen: Seen,
    expected: f64,
}

type OfCall<T> = Box<dyn Fn(&Incident, &Response) -> T + Sync>;
type OfEngine<T> = Box<dyn Fn(&Assignment) -> T + Sync>;

/// How a figure is seen.
enum Seen {
    /// The mean over the calls that have it.
    Calls(OfCall<Option<f64>>),
    /// The mean over the engines sent that have it.
    Engines(OfEngine<Option<f64>>),
    /// How many engines are out between two times, on average over time.
    Out(OfEngine<Option<[SimulatedTime; 2]>>),
    /// How many calls a day.
    CallsADay(OfCall<bool>),
    /// Engines that go to stand by elsewhere, for each call.
    MoveUps,
}

impl Probe {
    fn new(figure: Figure, expected: f64, seen: Seen) -> Self {
        Self {
            figure,
            seen,
            expected,
        }
    }

    /// The mean of a figure over the calls that have it.
    pub(super) fn of_calls(
        figure: Figure,
        expected: f64,
        seen: impl Fn(&Incident, &Response) -> Option<f64> + Sync + 'static,
    ) -> Self {
        Self::new(figure, expected, Seen::Calls(Box::new(seen)))
    }

    /// The share of calls of which something is so.
    pub(super) fn share_of_calls(
        figure: Figure,
        expected: f64,
        is_so: impl Fn(&Incident, &Response) -> bool + Sync + 'static,
    ) -> Self {
        Self::of_calls(figure, expected, move |incident, response| {
            Some(f64::from(is_so(incident, response)))
        })
    }

    /// The mean of a figure over the engines sent that have it.
    pub(super) fn of_engines(
        figure: Figure,
        expected: f64,
        seen: impl Fn(&Assignment) -> Option<f64> + Sync + 'static,
    ) -> Self {
        Self::new(figure, expected, Seen::Engines(Box::new(seen)))
    }

    /// How many engines are out between two times of their assignments, on average over time.
    pub(super) fn out(
        figure: Figure,
        expected: f64,
        between: impl Fn(&Assignment) -> Option<[SimulatedTime; 2]> + Sync + 'static,
    ) -> Self {
        Self::new(figure, expected, Seen::Out(Box::new(between)))
    }

    /// How many calls a day are of a certain sort.
    pub(super) fn calls_a_day(
        figure: Figure,
        expected: f64,
        is_of_it: impl Fn(&Incident, &Response) -> bool + Sync + 'static,
    ) -> Self {
        Self::new(figure, expected, Seen::CallsADay(Box::new(is_of_it)))
    }

    /// How many engines go to stand by elsewhere, for each call.
    pub(super) fn move_ups(expected: f64) -> Self {
        Self::new(Figure::MoveUps, expected, Seen::MoveUps)
    }
}

/// What the probes of a model came to in one replication: sums, and over what they are taken.
struct Counts<'p> {
    probes: &'p [Probe],
    sums: Vec<[f64; 2]>,
    counted: [SimulatedTime; 2],
}

impl<'p> Counts<'p> {
    fn new(probes: &'p [Probe], counted: [SimulatedTime; 2]) -> Self {
        let milliseconds = (counted[1].0 - counted[0].0) as f64;
        let over = |probe: &Probe| match probe.seen {
            Seen::Out(_) => milliseconds,
            Seen::CallsADay(_) => milliseconds / 86_400_000.0,
            Seen::Calls(_) | Seen::Engines(_) | Seen::MoveUps => 0.0,
        };
        Self {
            probes,
            sums: probes.iter().map(|probe| [0.0, over(probe)]).collect(),
            counted,
        }
    }

    fn counts(&self, time: SimulatedTime) -> bool {
        (self.counted[0]..self.counted[1]).contains(&time)
    }
}

impl Observer for Counts<'_> {
    fn sent(&mut self, assignment: &Assignment) {
        let is_counted = self.counts(assignment.ordered);
        let [begin, end] = self.counted;
        for (probe, [sum, count]) in self.probes.iter().zip(&mut self.sums) {
            match &probe.seen {
                Seen::Engines(seen) if is_counted => {
                    if let Some(value) = seen(assignment) {
                        *sum += value;
                        *count += 1.0;
                    }
                }
                Seen::Out(between) => {
                    if let Some([from, until]) = between(assignment) {
                        *sum += until.min(end).0.saturating_sub(from.max(begin).0) as f64;
                    }
                }
                _ => {}
            }
        }
    }

    fn relocated(&mut self, relocation: &Relocation) {
        let goes_out = relocation.to != relocation.engine.station;
        if !(goes_out && self.counts(relocation.ordered)) {
            return;
        }
        for (probe, [sum, _]) in self.probes.iter().zip(&mut self.sums) {
            if matches!(probe.seen, Seen::MoveUps) {
                *sum += 1.0;
            }
        }
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        if !self.counts(incident.received) {
            return;
        }
        for (probe, [sum, count]) in self.probes.iter().zip(&mut self.sums) {
            match &probe.seen {
                Seen::Calls(seen) => {
                    if let Some(value) = seen(incident, response) {
                        *sum += value;
                        *count += 1.0;
                    }
                }
                Seen::CallsADay(is_of_it) => *sum += f64::from(is_of_it(incident, response)),
                Seen::MoveUps => *count += 1.0,
                Seen::Engines(_) | Seen::Out(_) => {}
            }
        }
    }
}

impl Runs {
    /// The days that are counted of so many.
    pub(super) fn counted_days(days: u32) -> std::ops::Range<usize> {
        WARM_UP as usize..(days - COOL_DOWN) as usize
    }

    /// Simulates a model and holds its figures against theory.
    pub(super) fn checks(&self, trial: &Trial<'_>) -> Vec<Check> {
        let Trial {
            model, deployment, ..
        } = trial;
        let counted = [WARM_UP, model.days - COOL_DOWN].map(SimulatedTime::midnight);
        let by_replication: Vec<Vec<[f64; 2]>> = (0..self.replications)
            .into_par_iter()
            .map(|replication| {
                let mut counts = Counts::new(&trial.probes, counted);
                watch(model, deployment, replication, &mut counts);
                counts.sums
            })
            .collect();
        let numbered = trial.probes.iter().enumerate();
        let checks = numbered.map(|(number, probe)| {
            let pairs = by_replication.iter().map(|sums| sums[number].into());
            let (sums, counts): (Vec<f64>, Vec<f64>) = pairs.unzip();
            let (simulated, error) = ratio(&sums, &counts).unwrap_or((f64::NAN, f64::NAN));
            Check {
                theory: trial.theory,
                subject: trial.subject,
                figure: probe.figure,
                simulated,
                spread: Spread::StandardError(error),
                expected: probe.expected,
                furthest_of: 1,
            }
        });
        checks.collect()
    }

    /// A model in which nothing takes time but service, one engine a call: the calls a day of each point, by
    /// type.
    pub(super) fn model(&self, calls_a_day: &[Vec<f64>], overload: Overload) -> Model {
        let total: f64 = calls_a_day.iter().flatten().sum();
        let days = WARM_UP + COOL_DOWN + (self.calls / total).ceil() as u32;
        let arrivals = calls_a_day
            .iter()
            .enumerate()
            .filter_map(|(of_type, rates)| arrivals_by_hour(of_type, rates, &[1.0; 24], days));
        Model {
            seed: self.seed,
            days,
            warm_up_days: WARM_UP,
            arrivals: arrivals.collect(),
            listed: Vec::new(),
            types: vec![type_of(1, Distribution::Exponential(SERVICE)); calls_a_day.len()],
            call_handling: Distribution::Constant(0.0),
            water: None,
            turnout: [const { Distribution::Constant(0.0) }; 3],
            turnout_by_hour: [1.0; 24],
            traffic: Distribution::Constant(1.0),
            return_factor: 1.0,
            restocking: Distribution::Constant(0.0),
            overload,
            policies: Vec::new(),
        }
    }
}

/// Calls of a type, so many a day at each point, by the weights of the hours.
pub(super) fn arrivals_by_hour(
    of_type: usize,
    calls_a_day: &[f64],
    hours: &[f64; 24],
    days: u32,
) -> Option<ArrivalProcess> {
    ArrivalProcess::new(
        IncidentTypeId::at(of_type),
        of_type as u32,
        calls_a_day,
        hours,
        (0..days).map(|_| 1.0),
    )
}

/// A type of incident of which each needs one engine.
pub(super) fn type_of(priority: u8, on_scene: Distribution) -> TypeModel {
    TypeModel {
        severities: vec![severity(1.0, 1, on_scene)],
        priority,
        needs_water: false,
        in_standards: true,
    }
}

/// A share of a type that needs so many engines.
pub(super) fn severity(share: f64, engines: u8, on_scene: Distribution) -> SeverityModel {
    SeverityModel {
        share,
        needs: [engines, 0, 0, 0, 0, 0],
        on_scene,
    }
}

/// Calls a day that offer so many erlangs where nothing takes time but service.
pub(super) fn calls_a_day(erlangs: f64) -> f64 {
    erlangs * 86_400.0 / SERVICE
}

/// So many engines at each station; for each point which are sent in which order, and how far they are, in
/// seconds.
pub(super) fn deployment(engines: &[u16], orders: &[&[(usize, f64)]]) -> Deployment {
    let orders: Vec<Vec<Preference>> = orders.iter().map(|order| order_of(order)).collect();
    Deployment::in_order(Fleet::alike(engines.to_vec()), &orders)
}

pub(super) fn order_of(order: &[(usize, f64)]) -> Vec<Preference> {
    let order = order.iter().map(|(station, seconds)| Preference {
        expected: Millis::from_seconds(*seconds),
        station: FleetStation::at(*station),
    });
    order.collect()
}
