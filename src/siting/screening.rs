//! Each alternative at a glance: everybody is answered by the nearest station, and every stage
//! takes its mean time. The simulation differs from this both ways: engines are out, which is
//! slower, and of several engines the first to arrive counts, which is faster than the mean.

use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Clock;
use crate::units::Millis;

/// What to expect of an alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Screened {
    /// Mean response time over all incidents.
    pub mean_response: Millis,
    /// Share of incidents within each standard, in the scenario's order.
    pub within: Vec<f64>,
}

/// The travel time from the nearest of `bases` to each demand point.
#[must_use]
pub fn nearest_travel(times: &TravelTimes, bases: &[usize]) -> Vec<Millis> {
    (0..times.destinations())
        .map(|scene| {
            let nearest = bases.iter().map(|base| times.get(*base, scene)).min();
            nearest.unwrap_or(Millis::NEVER)
        })
        .collect()
}

/// Screens one alternative.
#[must_use]
pub fn screen(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Screened {
    let call_handling = scenario.stages.call_handling.mean;
    let turnout = scenario.stages.turnout.mean;
    let travel = nearest_travel(times, &scenario.bases_of(alternative));
    let mut incidents = 0.0;
    let mut response_sum = 0.0;
    let mut within = vec![0.0; scenario.standards.len()];
    for (point, travel) in scenario.county.demand.iter().zip(travel) {
        let rate = point.incidents_a_year();
        incidents += rate;
        response_sum += rate * (call_handling + turnout + travel).seconds();
        for (share, standard) in within.iter_mut().zip(&scenario.standards) {
            let time = match standard.clock {
                Clock::Response => call_handling + turnout + travel,
                Clock::Dispatch => turnout + travel,
                Clock::Travel => travel,
            };
            if time <= standard.threshold {
                *share += rate;
            }
        }
    }
    within.iter_mut().for_each(|share| *share /= incidents);
    Screened {
        mean_response: Millis::from_seconds(response_sum / incidents),
        within,
    }
}
