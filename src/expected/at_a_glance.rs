//! Each alternative at a glance: what to expect of it over all incidents of the county.

use crate::expected::Expected;
use crate::expected::assignment::Sent;
use crate::expected::first_due::travel_to;
use crate::expected::fleet::Fleet;
use crate::scenario::alternatives::Alternative;
use crate::scenario::travel_times::ScenarioTimes;
use crate::units::Millis;

/// What to expect of an alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Mean response time over all incidents that are reached; `None` where none is.
    pub mean_response: Option<Millis>,
    /// Share of the incidents that standards count within each, in the scenario's order.
    pub within: Vec<f64>,
    /// Residents within each standard, those of each demand point by the share of its incidents that
    /// are, of those that standards count.
    pub residents_within: Vec<f64>,
}

impl Expected<'_> {
    /// One alternative at a glance.
    pub fn at_a_glance(&self, times: &ScenarioTimes, alternative: &Alternative) -> Glance {
        let scenario = self.scenario;
        let fleet = Fleet::of_alternative(self, alternative);
        let (mut in_standards, mut reached, mut response) = (0.0, 0.0, 0.0);
        let mut within = vec![0.0; scenario.rules.standards.len()];
        let mut residents_within = within.clone();
        for (point, demand) in scenario.county.points() {
            let travel = travel_to(times, &fleet, point);
            for (case, all, counted) in self.mix.weights(point) {
                in_standards += counted.incidents;
                let first = self.first(&fleet, self.call(point, case), &travel);
                let Some(Sent {
                    turnout, travel, ..
                }) = first
                else {
                    continue;
                };
                reached += all.incidents;
                response += all.incidents * (self.call_handling + turnout + travel).seconds();
                let sums = within.iter_mut().zip(&mut residents_within);
                for ((of_incidents, of_residents), standard) in sums.zip(&scenario.rules.standards)
                {
                    if standard.is_met(self.call_handling, turnout, travel) {
                        *of_incidents += counted.incidents;
                        *of_residents += demand.residents * counted.share;
                    }
                }
            }
        }
        if in_standards > 0.0 {
            within.iter_mut().for_each(|share| *share /= in_standards);
        }
        Glance {
            mean_response: (reached > 0.0).then(|| Millis::from_seconds(response / reached)),
            within,
            residents_within,
        }
    }
}
