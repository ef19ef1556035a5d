//! Several engines a call, to spare: the first to arrive is the least of independent times and the last the
//! greatest, which order statistics know.

use super::check::{Check, Figure, Span, Subject, Theory};
use super::runs::{Probe, Runs, Trial, deployment, order_of, severity};
use crate::brigades::MAX_ENGINES;
use crate::distribution::{Distribution, Shape};
use crate::expected::fleet::Fleet;
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::model::TypeModel;
use crate::simulation::response::Response;
use crate::simulation::theory::order_statistics::{
    first_exponential, first_of_two, first_uniform, last_exponential,
};
use crate::simulation::theory::stages::squared;
use crate::units::Millis;

/// Every check of several engines a call.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let mut checks = of_one_station(runs, Shape::Exponential);
    checks.extend(of_one_station(runs, Shape::Uniform));
    checks.extend(of_two_stations(runs));
    checks
}

/// Calls a day: few enough that a station never has too few engines.
const A_DAY: f64 = 100.0;

fn needing(engines: u8) -> Vec<TypeModel> {
    vec![TypeModel {
        severities: vec![severity(1.0, engines, Distribution::Exponential(1800.0))],
        priority: 1,
        needs_water: false,
        in_standards: true,
    }]
}

/// Mean and variance of a time of the response, in minutes, of which mean and variance are known in seconds.
fn of_response(
    span: Span,
    [mean, variance]: [f64; 2],
    time: fn(&Response) -> Millis,
) -> [Probe; 2] {
    let mean = mean / 60.0;
    [
        Probe::of_calls(Figure::Mean(span), mean, move |_, response| {
            Some(time(response).minutes())
        }),
        Probe::of_calls(
            Figure::Variance(span),
            variance / 3600.0,
            move |_, response| Some(squared(time(response).minutes() - mean)),
        ),
    ]
}

/// Three engines of one station, equally far, each with its own turnout.
fn of_one_station(runs: &Runs, shape: Shape) -> Vec<Check> {
    const ENGINES: u8 = 3;
    const TRAVEL: f64 = 240.0;
    const MEAN: f64 = 300.0;
    let count = u32::from(ENGINES);
    let (turnout, [first, last]) = match shape {
        Shape::Uniform => {
            let high = 2.0 * MEAN;
            let [mean, variance] = first_uniform(count, high);
            let last = [high - mean, variance];
            (
                Distribution::Uniform { low: 0.0, high },
                [[mean, variance], last],
            )
        }
        _ => (
            Distribution::Exponential(MEAN),
            [
                first_exponential(count, MEAN),
                last_exponential(count, MEAN),
            ],
        ),
    };
    let mut model = runs.model(&[vec![A_DAY]], Overload::Queue);
    model.types = needing(ENGINES);
    model.turnout[0] = turnout;
    let arrives = |[mean, variance]: [f64; 2]| [TRAVEL + mean, variance];
    let mut probes = Vec::from(of_response(Span::Response, arrives(first), |response| {
        response.response
    }));
    probes.extend(of_response(
        Span::FullAssignment,
        arrives(last),
        |response| response.full_assignment,
    ));
    runs.checks(&Trial {
        theory: Theory::OrderStatistics,
        subject: Subject::SeveralEngines {
            engines: ENGINES,
            turnout: shape,
        },
        model,
        deployment: &deployment(&[MAX_ENGINES], &[&[(0, TRAVEL)]]),
        probes,
    })
}

/// Two engines of different apparatus, of which each of two stations has one: the second drives longer, and now and
/// then is there first.
fn of_two_stations(runs: &Runs) -> Vec<Check> {
    const TRAVEL: [f64; 2] = [240.0, 420.0];
    const MEAN: f64 = 300.0;
    let [first, second_wins] = first_of_two(MEAN, TRAVEL[1] - TRAVEL[0]);
    let first = TRAVEL[0] + first;
    // Both together come to what they come to one by one.
    let last = TRAVEL.iter().map(|travel| travel + MEAN).sum::<f64>() - first;
    let mut model = runs.model(&[vec![A_DAY]], Overload::Queue);
    model.types = needing(2);
    model.types[0].severities[0].needs = [0, 1, 1, 0, 0, 0];
    model.turnout[0] = Distribution::Exponential(MEAN);
    let minutes = |time: Millis| Some(time.minutes());
    let probes = vec![
        Probe::of_calls(
            Figure::Mean(Span::Response),
            first / 60.0,
            move |_, response| minutes(response.response),
        ),
        Probe::of_calls(
            Figure::Mean(Span::FullAssignment),
            last / 60.0,
            move |_, response| minutes(response.full_assignment),
        ),
        Probe::of_calls(
            Figure::Mean(Span::Travel),
            (TRAVEL[0] + second_wins * (TRAVEL[1] - TRAVEL[0])) / 60.0,
            move |_, response| minutes(response.travel),
        ),
        Probe::share_of_calls(
            Figure::AnsweredBy {
                point: 1,
                engine: 2,
            },
            second_wins,
            |_, response| response.station.is_some_and(|station| station.0 == 1),
        ),
    ];
    let all = MAX_ENGINES as u8;
    let fleet = Fleet::alike(vec![MAX_ENGINES; 2])
        .with_apparatus(&[[0, all, 0, 0, 0, 0], [0, 0, all, 0, 0, 0]]);
    let order = order_of(&[(0, TRAVEL[0]), (1, TRAVEL[1])]);
    runs.checks(&Trial {
        theory: Theory::OrderStatistics,
        subject: Subject::TwoStations,
        model,
        deployment: &Deployment::in_order(fleet, &[order]),
        probes,
    })
}
