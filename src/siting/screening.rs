//! Each alternative at a glance: everybody is answered by the station that is there soonest, and every
//! stage takes its mean time. The simulation differs from this both ways: engines are out, which is
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
    /// Residents within each standard.
    pub residents_within: Vec<f64>,
}

/// Screens one alternative.
#[must_use]
pub fn screen(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Screened {
    let call_handling = scenario.stages.call_handling.mean;
    let bases = scenario.bases_of(alternative);
    let mut incidents = 0.0;
    let mut response_sum = 0.0;
    let mut within = vec![0.0; scenario.standards.len()];
    let mut residents_within = within.clone();
    for (scene, point) in scenario.county.demand.iter().enumerate() {
        let soonest = bases.iter().map(|base| {
            let (turnout, travel) = (scenario.mean_turnout_of(*base), times.get(*base, scene));
            // Where no road leads, the sum would not be longer than everything else.
            let arrival = if travel.is_finite() {
                turnout + travel
            } else {
                travel
            };
            (arrival, turnout, travel)
        });
        let (_, turnout, travel) =
            soonest
                .min()
                .unwrap_or((Millis::NEVER, Millis(0), Millis::NEVER));
        let rate = point.incidents_a_year();
        incidents += rate;
        response_sum += rate * (call_handling + turnout + travel).seconds();
        let sums = within.iter_mut().zip(&mut residents_within);
        for ((share, residents), standard) in sums.zip(&scenario.standards) {
            let time = match standard.clock {
                Clock::Response => call_handling + turnout + travel,
                Clock::Dispatch => turnout + travel,
                Clock::Travel => travel,
            };
            if time <= standard.threshold {
                *share += rate;
                *residents += point.residents;
            }
        }
    }
    within.iter_mut().for_each(|share| *share /= incidents);
    Screened {
        mean_response: Millis::from_seconds(response_sum / incidents),
        within,
        residents_within,
    }
}
