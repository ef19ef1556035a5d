//! Policies that move engines, in cases that theory knows: one engine that is taken from its way, and one that
//! stands by where a station is bare.

use super::check::{Check, Figure, Span, Subject, Theory};
use super::runs::{Probe, Runs, Trial, deployment, type_of};
use crate::brigades::MAX_ENGINES;
use crate::distribution::Distribution;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::file::Overload;
use crate::simulation::model::Model;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::reroute::Reroute;
use crate::simulation::theory::one_engine::{self, Cycle, OneEngine};
use crate::units::Millis;

/// Every check of policies that move engines.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let mut checks = redirect(runs);
    checks.extend(reroute(runs));
    checks.extend(move_up(runs));
    checks
}

/// From order to arrival, and how long an engine is at the scene, in seconds.
const TURNOUT: f64 = 120.0;
const TRAVEL: f64 = 1200.0;
const ON_SCENE: f64 = 1500.0;
/// Of an engine that is home; one that is sent on is not restocked before.
const RESTOCKING: f64 = 600.0;

/// One engine, calls that find it out being lost; the time at the scene is spread, and nothing else is, so that
/// where it is on its way is known.
fn one_engine(runs: &Runs, calls_a_day: &[f64], restocking: f64) -> Model {
    let rates: Vec<Vec<f64>> = calls_a_day.iter().map(|a_day| vec![*a_day]).collect();
    let mut model = runs.model(&rates, Overload::Loss);
    model.types = (1..)
        .zip(calls_a_day)
        .map(|(priority, _)| type_of(priority, Distribution::gamma(ON_SCENE, ON_SCENE / 2.0)))
        .collect();
    model.turnout[0] = Distribution::Constant(TURNOUT);
    model.restocking = Distribution::Constant(restocking);
    model
}

fn stages(calls_a_day: f64, restocking: f64) -> OneEngine {
    OneEngine {
        rate: calls_a_day / 86_400.0,
        turnout: TURNOUT,
        travel: TRAVEL,
        on_scene: ON_SCENE,
        restocking,
    }
}

/// What becomes of the calls of a priority; on its way is who is there sooner than from the station.
fn of_cycle(priority: u8, cycle: Cycle) -> Vec<Probe> {
    let mut probes = vec![
        Probe::of_calls(
            Figure::LostOf(priority),
            1.0 - cycle.answered,
            move |incident, response| {
                (incident.priority == priority).then(|| f64::from(response.is_lost()))
            },
        ),
        Probe::of_calls(
            Figure::Mean(Span::ResponseOf(priority)),
            cycle.response / 60.0,
            move |incident, response| {
                let is_of_it = incident.priority == priority && !response.is_lost();
                is_of_it.then(|| response.response.minutes())
            },
        ),
    ];
    if cycle.diverted > 0.0 {
        let from_station = Millis::from_seconds(TURNOUT + TRAVEL);
        probes.push(Probe::of_calls(
            Figure::Diverted,
            cycle.diverted,
            move |incident, response| {
                let is_of_it = incident.priority == priority && !response.is_lost();
                is_of_it.then(|| f64::from(response.response < from_station))
            },
        ));
    }
    probes
}

/// All calls come from one place, far from the station; driving on there and back takes as long.
fn diverted(runs: &Runs, subject: Subject, model: Model, probes: Vec<Probe>) -> Vec<Check> {
    let at_one_place = TravelTimes::from_rows(1, vec![Millis(0)]).into();
    let deployment = deployment(&[1], &[&[(0, TRAVEL)]]).with_times_between(at_one_place);
    runs.checks(&Trial {
        theory: Theory::Renewal,
        subject,
        model,
        deployment: &deployment,
        probes,
    })
}

fn redirect(runs: &Runs) -> Vec<Check> {
    const A_DAY: f64 = 60.0;
    let mut model = one_engine(runs, &[A_DAY], RESTOCKING);
    model.policies = vec![Box::new(Redirect)];
    let probes = of_cycle(1, one_engine::redirected(&stages(A_DAY, RESTOCKING)));
    diverted(runs, Subject::Redirect, model, probes)
}

fn reroute(runs: &Runs) -> Vec<Check> {
    const A_DAY: [f64; 2] = [20.0, 60.0];
    let mut model = one_engine(runs, &A_DAY, RESTOCKING);
    model.policies = vec![Box::new(Reroute)];
    let all = A_DAY[0] + A_DAY[1];
    let cycles = one_engine::rerouted(&stages(all, RESTOCKING), A_DAY[0] / all);
    let probes = (1..)
        .zip(cycles)
        .flat_map(|(priority, cycle)| of_cycle(priority, cycle));
    diverted(runs, Subject::Reroute, model, probes.collect())
}

/// All calls are at the station with one engine; the other has always some to spare. Who is relieved is home at
/// once, so that it is never met on the way back.
fn move_up(runs: &Runs) -> Vec<Check> {
    const A_DAY: f64 = 40.0;
    const OUT: f64 = 3600.0;
    const AWAY: f64 = 1500.0;
    let mean = one_engine::moved_up(A_DAY / 86_400.0, OUT, AWAY);
    let mut model = runs.model(&[vec![A_DAY]], Overload::Queue);
    model.types = vec![type_of(1, Distribution::Constant(OUT))];
    model.policies = vec![Box::new(MoveUp { from: 2 })];
    let at_once = Millis(1);
    let away = Millis::from_seconds(AWAY);
    let between = vec![Millis(0), at_once, away, Millis(0)];
    let deployment = deployment(&[1, MAX_ENGINES], &[&[(0, 0.0), (1, AWAY)]])
        .with_times_between_stations(between);
    let probes = vec![
        Probe::of_calls(Figure::Mean(Span::Response), mean / 60.0, |_, response| {
            Some(response.response.minutes())
        }),
        // Each call leaves the station bare, of its own engine or of the one that comes or stands by.
        Probe::move_ups(1.0),
    ];
    runs.checks(&Trial {
        theory: Theory::Renewal,
        subject: Subject::MoveUp,
        model,
        deployment: &deployment,
        probes,
    })
}
