//! Engines each alone at its station: Larson's hypercube knows who answers what.

use super::check::{Check, Figure, Subject, Theory};
use super::runs::{Probe, Runs, Trial, calls_a_day};
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::theory::hypercube::Hypercube;
use crate::units::Millis;

/// Pairs of point and engine that are seen less often in a replication are too far from normal.
const OFTEN: f64 = 100.0;

/// Every check against the hypercube.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let fleets = [
        (3, 5, 0.5, Overload::Loss),
        (5, 9, 0.7, Overload::Queue),
        (8, 12, 0.6, Overload::Loss),
        (12, 20, 0.8, Overload::Loss),
    ];
    let checks = fleets.map(|(engines, points, load, overload)| {
        engines_alone(runs, engines, points, load, overload)
    });
    checks.into_iter().flatten().collect()
}

/// The load is erlangs for each engine.
fn engines_alone(
    runs: &Runs,
    engines: usize,
    points: usize,
    load: f64,
    overload: Overload,
) -> Vec<Check> {
    let cube = uneven(engines, points, load, overload);
    let answer = cube.exact().expect("few engines, and more than is offered");
    let orders: Vec<Vec<Preference>> = cube
        .preferences
        .iter()
        .map(|order| {
            let stations = order.iter().map(|engine| Preference {
                expected: Millis(0),
                station: FleetStation::at(*engine),
            });
            stations.collect()
        })
        .collect();
    let all_out = match overload {
        Overload::Loss => Figure::Lost,
        Overload::Queue => Figure::Waits,
    };
    let mut probes = vec![Probe::share_of_calls(
        all_out,
        answer.all_busy,
        |_, response| response.is_lost() || response.wait.0 > 0,
    )];
    let workloads = answer.workload.iter().enumerate();
    probes.extend(workloads.map(|(engine, workload)| {
        let figure = Figure::Workload { engine: engine + 1 };
        Probe::out(figure, *workload, move |out| {
            (out.engine.station.index() == engine).then(|| [out.ordered, out.ready()])
        })
    }));
    let total: f64 = cube.offered.iter().sum();
    let pairs = answer.answered.iter().enumerate();
    let pairs = pairs.flat_map(|(point, shares)| {
        let calls = runs.calls * cube.offered[point] / total;
        let shares = shares.iter().enumerate();
        let often = shares.filter(move |(_, share)| calls * **share >= OFTEN);
        often.map(move |(engine, share)| {
            let figure = Figure::AnsweredBy {
                point: point + 1,
                engine: engine + 1,
            };
            Probe::of_calls(figure, *share, move |incident, response| {
                let is_by = response.station.map(FleetStation::index) == Some(engine);
                (incident.point.index() == point).then(|| f64::from(is_by && response.wait.0 == 0))
            })
        })
    });
    probes.extend(pairs);
    let rates = cube.offered.iter().map(|erlangs| calls_a_day(*erlangs));
    let mut checks = runs.checks(&Trial {
        theory: Theory::Hypercube,
        subject: Subject::ManyStations {
            engines,
            points,
            erlangs_each: load,
            overload,
        },
        model: runs.model(&[rates.collect()], overload),
        deployment: &Deployment::in_order(Fleet::alike(vec![1; engines]), &orders),
        probes,
    });
    let pairs = checks.split_off(1 + engines);
    checks.extend(Check::furthest(pairs));
    checks
}

/// Demand points around a circle with uneven rates, engines at uneven distances on it; each point is
/// served by the nearest engine first.
fn uneven(engines: usize, points: usize, load: f64, overload: Overload) -> Hypercube {
    let at = |point: usize| point as f64 / points as f64;
    let stands = |engine: usize| (engine as f64 * 0.618_034).fract();
    let around = |a: f64, b: f64| {
        let distance = (a - b).abs();
        distance.min(1.0 - distance)
    };
    let weights: Vec<f64> = (0..points).map(|point| (1 + point % 4) as f64).collect();
    let total: f64 = weights.iter().sum();
    let whole = load * engines as f64;
    Hypercube {
        offered: weights
            .iter()
            .map(|weight| whole * weight / total)
            .collect(),
        preferences: (0..points)
            .map(|point| {
                let mut order: Vec<usize> = (0..engines).collect();
                order.sort_by(|a, b| {
                    around(stands(*a), at(point)).total_cmp(&around(stands(*b), at(point)))
                });
                order
            })
            .collect(),
        engines,
        overload,
    }
}
