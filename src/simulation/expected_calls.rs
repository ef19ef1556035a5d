//! The calls to be expected from each demand point and how an alternative answers them with every engine at home:
//! of a town from which no call was simulated, all that is known.

use serde::{Deserialize, Serialize};

use crate::expected::first_due::FirstDue;
use crate::scenario::standards::Clock;
use crate::simulation::areas::Areas;
use crate::simulation::model::Model;

/// The calls to be expected from a demand point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpectedCalls {
    /// The area of its town.
    pub town: usize,
    /// How many are drawn and counted together: in a replication, or in a batch.
    pub calls: f64,
    /// Their mean response time in seconds; `None` where nobody comes.
    pub response: Option<f64>,
}

/// The calls of each demand point, counted in so many batches; `first` says who is first due at each.
pub(super) fn expected_calls(
    model: &Model,
    batches: u32,
    areas: &Areas,
    first: &[Option<FirstDue>],
) -> Vec<ExpectedCalls> {
    let mut calls = vec![0.0; first.len()];
    for process in &model.arrivals {
        let counted = process.total() - process.until(model.warm_up_days);
        for (calls, share) in calls.iter_mut().zip(process.shares()) {
            *calls += counted * share / f64::from(batches);
        }
    }
    let points = areas.town_of().iter().zip(calls).zip(first);
    let points = points.map(|((town, calls), first)| ExpectedCalls {
        town: usize::from(*town),
        calls,
        response: first.map(|first| first.seconds(Clock::Response)),
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expected::Expected;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// The calls of a year that are not in its first 31 days, in the first of four batches: as many as the rates of
    /// the remaining days say, and from each place its share.
    #[test]
    fn calls_are_those_that_are_counted_together() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        scenario.incidents.horizon.warm_up_days = 31;
        let times = scenario.travel_times().unwrap();
        let first = Expected::of(&scenario).first_due(&times, &scenario.alternatives[0]);
        let model = Model::of(&scenario);
        let areas = Areas::of(&scenario);
        let found = expected_calls(&model, 4, &areas, &first);
        let sum: f64 = found.iter().map(|of| of.calls).sum();
        let county = &scenario.county.demand;
        let a_day: f64 = county
            .iter()
            .map(|point| point.incidents_a_year())
            .sum::<f64>()
            / 365.2425;
        let days = f64::from(scenario.incidents.horizon.days - 31);
        // No type of the embedded county has seasons.
        assert!((sum / (a_day * days / 4.0) - 1.0).abs() < 1e-9, "{sum}");
        let town = |index: usize| county[index].town.index() + 1;
        let is_right = |(index, of): (usize, &ExpectedCalls)| {
            let share = county[index].incidents_a_year() / 365.2425 * days / 4.0;
            of.town == town(index) && (of.calls / share - 1.0).abs() < 1e-9 && of.response.is_some()
        };
        assert!(found.iter().enumerate().all(is_right));
    }
}
