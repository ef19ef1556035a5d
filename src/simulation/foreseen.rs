//! What is to be expected at each demand point: it tells what towns would have added from which no call came,
//! since that none was seen is not that there are none.

use crate::county::demand::DemandPointId;
use crate::simulation::areas::Areas;
use crate::simulation::deployment::Deployment;
use crate::simulation::model::Model;
use crate::simulation::time::SimulatedTime;

/// A demand point as one alternative serves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foreseen {
    /// The area of its town.
    pub town: usize,
    /// Calls that are drawn and counted in a replication, on average.
    pub calls: f64,
    /// Seconds from the call until the first engine that is sent comes when all are at home; `None` where none
    /// ever does.
    pub seconds: Option<f64>,
}

/// All demand points as an alternative serves them in the first hour of the day.
pub(super) fn foreseen(model: &Model, deployment: &Deployment, areas: &Areas) -> Vec<Foreseen> {
    let time = SimulatedTime::midnight(0);
    let calls = calls(model, areas.town_of().len());
    let points = areas.town_of().iter().zip(calls).zip(0..);
    let points = points.map(|((town, calls), point)| {
        let first = deployment.preferences(DemandPointId(point), time).first();
        Foreseen {
            town: usize::from(*town),
            calls,
            seconds: first.map(|first| {
                let engine = deployment.turnout(first.station, time) + first.expected;
                model.call_handling.mean() + engine.seconds()
            }),
        }
    });
    points.collect()
}

/// Calls of each point in a replication, as if its seasons were those of the days before anything is counted too.
fn calls(model: &Model, points: usize) -> Vec<f64> {
    let counted = f64::from(model.days - model.warm_up_days) / f64::from(model.days);
    let mut calls = vec![0.0; points];
    for process in &model.arrivals {
        for (calls, share) in calls.iter_mut().zip(process.shares()) {
            *calls += process.total() * share * counted;
        }
    }
    calls
}
