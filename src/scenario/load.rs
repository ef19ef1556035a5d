//! Whether the engines of each alternative can do the work at all.

use crate::roads::travel_times::TravelTimes;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::Overload;
use crate::scenario::{DAYS_A_YEAR, Scenario};

const SECONDS_A_YEAR: f64 = DAYS_A_YEAR * 86_400.0;

impl Scenario {
    /// How many engines are out on average when the stations `bases` answer, each call from the
    /// nearest: on ordinary days.
    #[must_use]
    pub fn offered_load(&self, times: &TravelTimes, bases: &[usize]) -> f64 {
        let restocking = self.stages.mean_restocking().seconds();
        let types = &self.county.incident_types;
        let points = self.county.demand.iter().enumerate();
        let busy = points.map(|(place, point)| {
            let nearest = bases
                .iter()
                .map(|base| (times.get(*base, place), *base))
                .min();
            let nearest = nearest.filter(|(travel, _)| travel.is_finite());
            let turnout = nearest.map_or(0.0, |(_, base)| self.mean_turnout_of(base).seconds());
            let travel = nearest.map(|(travel, _)| travel);
            let driving = travel.map_or(0.0, |t| t.seconds()) * (1.0 + self.stages.return_factor);
            let of_types = point.rates.iter().zip(types).map(|(rate, kind)| {
                let work = kind.severities.iter().map(|severity| {
                    let each = turnout + driving + severity.on_scene.mean() + restocking;
                    severity.share * f64::from(severity.engines) * each
                });
                rate * work.sum::<f64>()
            });
            of_types.sum::<f64>()
        });
        busy.sum::<f64>() / SECONDS_A_YEAR
    }

    /// Makes sure that no queue grows for ever.
    ///
    /// # Errors
    /// The first alternative of which the engines have more to do than they can.
    pub fn check_load(&self, times: &TravelTimes) -> Result<(), ScenarioError> {
        if self.dispatch.when_none_is_ready == Overload::Loss || self.is_replay {
            return Ok(());
        }
        for alternative in &self.alternatives {
            let fleet = self.fleet_of(alternative);
            let engines: u32 = fleet
                .iter()
                .map(|base| u32::from(self.base(*base).engines))
                .sum();
            let offered = self.offered_load(times, &fleet);
            if offered >= f64::from(engines) {
                return Err(ScenarioError::Key {
                    file: self.file.clone(),
                    key: "dispatch.when_none_is_ready".to_owned(),
                    problem: format!(
                        "in the alternative `{}`, {offered:.1} engines would be out on average and \
                         there are {engines}: the queue would grow for ever; give more engines, \
                         check rates (incidents a year) and on-scene times, or let calls be lost \
                         with \"loss\"",
                        alternative.id
                    ),
                });
            }
        }
        Ok(())
    }
}
