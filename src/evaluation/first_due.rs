//! Which station is first at each demand point, and when, with every engine at home and every stage
//! at its mean.

use crate::evaluation::comparison::StandardSummary;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Clock;
use crate::units::Millis;

/// The station that is first at a demand point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstDue {
    /// The station or site, as in [`Scenario::bases`].
    pub base: usize,
    /// Its expected travel time.
    pub travel: Millis,
}

impl FirstDue {
    /// The first-due station of every demand point in an alternative; of equals, the first in the
    /// tables.
    ///
    /// # Panics
    /// When the alternative has no station, which reading it has excluded.
    #[must_use]
    pub fn of(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Vec<Self> {
        let bases = scenario.bases_of(alternative);
        let first = |place: usize| {
            let all = bases.iter().map(|base| Self {
                base: *base,
                travel: times.get(*base, place),
            });
            all.min_by_key(|first| first.travel)
                .expect("an alternative has a station")
        };
        (0..times.destinations()).map(first).collect()
    }

    /// Its expected time on a clock, in seconds.
    #[must_use]
    pub fn seconds(&self, scenario: &Scenario, clock: Clock) -> f64 {
        let stages = &scenario.stages;
        let time = clock.time(stages.call_handling.mean, stages.turnout.mean, self.travel);
        time.seconds()
    }

    /// Whether it meets a standard.
    #[must_use]
    pub fn meets(&self, scenario: &Scenario, standard: &StandardSummary) -> bool {
        self.seconds(scenario, standard.clock) <= standard.threshold_seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    /// Two minutes of call handling and turnout lie before the travel; the response clock counts
    /// both, the dispatch clock one, the travel clock none.
    #[test]
    fn the_three_clocks_differ_by_call_handling_and_turnout() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let before = FirstDue::of(&scenario, &times, &scenario.alternatives[0]);
        let after = FirstDue::of(&scenario, &times, &scenario.alternatives[1]);
        assert_eq!(before.len(), scenario.county.demand.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before.base, 0, "there is one station today");
            assert!(after.travel <= before.travel);
            let on = |clock| before.seconds(&scenario, clock);
            assert!((on(Clock::Response) - on(Clock::Dispatch) - 60.0).abs() < 1e-9);
            assert!((on(Clock::Dispatch) - on(Clock::Travel) - 60.0).abs() < 1e-9);
        }
    }
}
