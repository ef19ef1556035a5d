//! Engines at one station, of which calls take one: Erlang's losses and waits, M/G/∞, and priorities.

use super::check::{Check, Dispatching, Figure, Service, Span, Subject, Theory};
use super::runs::{Probe, Runs, SERVICE, Trial, calls_a_day, deployment, type_of};
use crate::brigades::MAX_ENGINES;
use crate::distribution::{Distribution, Shape};
use crate::scenario::file::Overload;
use crate::simulation::policies::Policy;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::theory::priorities::PriorityClass;
use crate::simulation::theory::stages::Moments;
use crate::simulation::theory::{erlang, infinite_servers, priorities};

/// Every check of engines at one station.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let mut checks = Vec::new();
    for (engines, erlangs) in [(1, 0.5), (2, 1.0), (4, 3.0), (10, 8.0), (40, 35.0)] {
        checks.extend(lost(
            runs,
            Theory::ErlangB,
            engines,
            erlangs,
            Service::EXPONENTIAL,
        ));
    }
    for service in [
        Service::of(Shape::Constant, 0.0),
        Service::of(Shape::Gamma, 0.5),
        Service::of(Shape::Lognormal, 2.0),
    ] {
        checks.extend(lost(runs, Theory::Insensitivity, 4, 3.0, service));
    }
    for (engines, erlangs) in [(1, 0.5), (2, 1.0), (5, 3.0), (20, 15.0)] {
        checks.extend(waits(runs, engines, erlangs, Dispatching::FirstReady));
    }
    checks.extend(waits(runs, 2, 1.0, Dispatching::ByPolicies));
    for service in [
        Service::of(Shape::Constant, 0.0),
        Service::of(Shape::Lognormal, 1.0),
    ] {
        checks.extend(out(runs, 6.0, service));
    }
    for dispatching in [Dispatching::FirstReady, Dispatching::ByPolicies] {
        checks.extend(priorities_of_one(runs, dispatching));
        checks.extend(priorities_of_three(runs, dispatching));
    }
    checks
}

/// Policies of which none ever acts, where dispatching is by policies.
pub(super) fn policies(dispatching: Dispatching) -> Vec<Box<dyn Policy>> {
    match dispatching {
        Dispatching::FirstReady => Vec::new(),
        // No station has so many engines to spare.
        Dispatching::ByPolicies => vec![Box::new(MoveUp { from: u32::MAX })],
    }
}

/// A station of which calls take an engine for the service alone.
fn one_station(
    runs: &Runs,
    engines: u16,
    (erlangs, service): (f64, Service),
    (overload, dispatching): (Overload, Dispatching),
    (theory, subject): (Theory, Subject),
    probes: Vec<Probe>,
) -> Vec<Check> {
    let mut model = runs.model(&[vec![calls_a_day(erlangs)]], overload);
    let service = Distribution::of(service.shape, SERVICE, service.sd_over_mean * SERVICE)
        .expect("the shapes that are looked at have a mean and a deviation");
    model.types = vec![type_of(1, service)];
    model.policies = policies(dispatching);
    runs.checks(&Trial {
        theory,
        subject,
        model,
        deployment: &deployment(&[engines], &[&[(0, 0.0)]]),
        probes,
    })
}

fn lost(runs: &Runs, theory: Theory, engines: u16, erlangs: f64, service: Service) -> Vec<Check> {
    let subject = Subject::OneStation {
        engines,
        erlangs,
        service,
    };
    let lost = erlang::lost(u32::from(engines), erlangs);
    one_station(
        runs,
        engines,
        (erlangs, service),
        (Overload::Loss, Dispatching::FirstReady),
        (theory, subject),
        vec![Probe::share_of_calls(Figure::Lost, lost, |_, response| {
            response.is_lost()
        })],
    )
}

fn waits(runs: &Runs, engines: u16, erlangs: f64, dispatching: Dispatching) -> Vec<Check> {
    let service = Service::EXPONENTIAL;
    let subject = match dispatching {
        Dispatching::FirstReady => Subject::OneStation {
            engines,
            erlangs,
            service,
        },
        Dispatching::ByPolicies => Subject::QueueByPolicies { engines, erlangs },
    };
    let servers = u32::from(engines);
    let known = |figure: Option<f64>| figure.expect("less is offered than there are servers");
    // As long as the mean wait of those that wait.
    let long = 1.0 / (f64::from(engines) - erlangs);
    let probes = vec![
        Probe::share_of_calls(
            Figure::Waits,
            known(erlang::waits(servers, erlangs)),
            |_, response| response.wait.0 > 0,
        ),
        Probe::of_calls(
            Figure::MeanWait,
            known(erlang::mean_wait(servers, erlangs)),
            |_, response| Some(response.wait.seconds() / SERVICE),
        ),
        Probe::share_of_calls(
            Figure::WaitsOver(long),
            known(erlang::waits_over(servers, erlangs, long)),
            move |_, response| response.wait.seconds() / SERVICE > long,
        ),
    ];
    one_station(
        runs,
        engines,
        (erlangs, service),
        (Overload::Queue, dispatching),
        (Theory::ErlangC, subject),
        probes,
    )
}

/// So many engines that there are always some left.
fn out(runs: &Runs, erlangs: f64, service: Service) -> Vec<Check> {
    let find = |out: u32| {
        Probe::share_of_calls(
            Figure::FindOut(out),
            infinite_servers::probability(out, erlangs),
            move |_, response| u32::from(response.engines_out) == out,
        )
    };
    let mut probes: Vec<Probe> = [2, 6, 10].map(find).into();
    probes.push(Probe::out(Figure::MeanOut, erlangs, |engine| {
        Some([engine.ordered, engine.ready()])
    }));
    one_station(
        runs,
        MAX_ENGINES,
        (erlangs, service),
        (Overload::Loss, Dispatching::FirstReady),
        (
            Theory::InfiniteServers,
            Subject::EnginesToSpare { erlangs, service },
        ),
        probes,
    )
}

/// Mean waits, and shares that wait, of calls of three priorities.
fn of_priorities(all_out: f64, waits: &[f64]) -> Vec<Probe> {
    let of_each = (1..).zip(waits).flat_map(|(priority, wait): (u8, &f64)| {
        [
            Probe::of_calls(
                Figure::WaitsOf(priority),
                all_out,
                move |incident, response| {
                    (incident.priority == priority).then(|| f64::from(response.wait.0 > 0))
                },
            ),
            Probe::of_calls(
                Figure::Mean(Span::WaitOf(priority)),
                wait / 60.0,
                move |incident, response| {
                    (incident.priority == priority).then(|| response.wait.minutes())
                },
            ),
        ]
    });
    of_each.collect()
}

/// M/G/1: an engine is out for turnout, travel, the time at the scene, which differs by priority, the way
/// back and restocking.
fn priorities_of_one(runs: &Runs, dispatching: Dispatching) -> Vec<Check> {
    const TRAVEL: f64 = 300.0;
    const BACK: f64 = 1.4;
    const HANDLING: f64 = 90.0;
    const ERLANGS: f64 = 0.5;
    let shares = [0.3, 0.4, 0.3];
    let on_scene = [
        (
            Distribution::gamma(1200.0, 600.0),
            Moments::of(1200.0, 600.0),
        ),
        (
            Distribution::Exponential(1800.0),
            Moments::exponential(1800.0),
        ),
        (
            Distribution::Uniform {
                low: 1200.0,
                high: 6000.0,
            },
            Moments::uniform(1200.0, 6000.0),
        ),
    ];
    let turnout = Moments::of(60.0, 20.0);
    let restocking = Moments::of(600.0, 300.0);
    let out = on_scene.each_ref().map(|(_, on_scene)| -> Moments {
        let driving = Moments::constant(TRAVEL * (1.0 + BACK));
        [turnout, driving, *on_scene, restocking].into_iter().sum()
    });
    let mean: f64 = shares
        .iter()
        .zip(&out)
        .map(|(share, out)| share * out.mean)
        .sum();
    let rates = shares.map(|share| share * ERLANGS / mean);
    let classes: Vec<PriorityClass> = (rates.iter().zip(&out))
        .map(|(rate, out)| PriorityClass {
            rate: *rate,
            mean: out.mean,
            square: out.square(),
        })
        .collect();
    let waits = priorities::one_server(&classes).expect("less is offered than there are servers");
    let mut model = runs.model(&rates.map(|rate| vec![rate * 86_400.0]), Overload::Queue);
    model.types = (1..)
        .zip(on_scene)
        .map(|(priority, (on_scene, _))| type_of(priority, on_scene))
        .collect();
    model.call_handling = Distribution::Constant(HANDLING);
    model.turnout[0] = Distribution::lognormal(60.0, 20.0);
    model.return_factor = BACK;
    model.restocking = Distribution::gamma(600.0, 300.0);
    model.policies = policies(dispatching);
    let mut probes = of_priorities(ERLANGS, &waits);
    probes.extend((1..).zip(&waits).map(|(priority, wait): (u8, &f64)| {
        Probe::of_calls(
            Figure::Mean(Span::ResponseOf(priority)),
            (HANDLING + wait + turnout.mean + TRAVEL) / 60.0,
            move |incident, response| {
                (incident.priority == priority).then(|| response.response.minutes())
            },
        )
    }));
    probes.push(Probe::out(
        Figure::Workload { engine: 1 },
        ERLANGS,
        |engine| Some([engine.ordered, engine.ready()]),
    ));
    runs.checks(&Trial {
        theory: Theory::Priorities,
        subject: Subject::Priorities {
            engines: 1,
            erlangs: ERLANGS,
            dispatching,
        },
        model,
        deployment: &deployment(&[1], &[&[(0, TRAVEL)]]),
        probes,
    })
}

/// M/M/c: nothing takes time but an exponential service, one for all priorities.
fn priorities_of_three(runs: &Runs, dispatching: Dispatching) -> Vec<Check> {
    const ENGINES: u16 = 3;
    const ERLANGS: f64 = 1.5;
    let servers = u32::from(ENGINES);
    let erlangs = [0.2, 0.3, 0.5].map(|share| share * ERLANGS);
    let waits = priorities::several_servers(servers, SERVICE, &erlangs.map(|e| e / SERVICE))
        .expect("less is offered than there are servers");
    let all_out = erlang::waits(servers, ERLANGS).expect("less is offered than there are servers");
    let mut model = runs.model(
        &erlangs.map(|erlangs| vec![calls_a_day(erlangs)]),
        Overload::Queue,
    );
    model.types = [1, 2, 3]
        .map(|priority| type_of(priority, Distribution::Exponential(SERVICE)))
        .into();
    model.policies = policies(dispatching);
    runs.checks(&Trial {
        theory: Theory::Priorities,
        subject: Subject::Priorities {
            engines: ENGINES,
            erlangs: ERLANGS,
            dispatching,
        },
        model,
        deployment: &deployment(&[ENGINES], &[&[(0, 0.0)]]),
        probes: of_priorities(all_out, &waits),
    })
}
