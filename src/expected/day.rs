//! The hours of a day that are alike: one time band of the roads, and one shift.

use crate::brigades::crew::Crew;
use crate::ids::id;
use crate::scenario::Scenario;
use crate::scenario::network::TimeBandId;
use crate::units::Millis;

id!(
    /// A [`Period`] of a [`Day`].
    PeriodId(u8),
    "Period"
);

/// Hours that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    pub band: TimeBandId,
    /// Turnout over that of ordinary hours.
    factor: f64,
    /// From the dispatch order until an engine leaves, by crew ([`Crew::index`]).
    turnout: [Millis; 3],
}

impl Period {
    /// From the dispatch order until an engine of a crew leaves.
    pub fn turnout(&self, crew: Crew) -> Millis {
        self.turnout[crew.index()]
    }
}

/// A day in periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    periods: Vec<Period>,
    of_hour: [PeriodId; 24],
    /// From the call to the order, in hours.
    handling: f64,
}

impl Day {
    /// The day of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let stages = &scenario.rules.stages;
        let mut periods: Vec<Period> = Vec::new();
        let of_hour = std::array::from_fn(|hour| {
            let band = scenario.network.bands.of_hour[hour];
            let factor = stages.turnout_by_hour[hour];
            let known = |period: &Period| period.band == band && period.factor == factor;
            let index = periods.iter().position(known).unwrap_or_else(|| {
                let turnout = Crew::ALL.map(|crew| {
                    let stage = stages.turnout_of(crew).unwrap_or(&stages.turnout);
                    // Rounded once, as what is drawn is.
                    Millis::from_seconds(stage.distribution.mean() * factor)
                });
                periods.push(Period {
                    band,
                    factor,
                    turnout,
                });
                periods.len() - 1
            });
            PeriodId::at(index)
        });
        Self {
            periods,
            of_hour,
            handling: stages.call_handling.mean.seconds() / 3600.0,
        }
    }

    /// The periods, that of midnight first.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    pub fn period(&self, period: PeriodId) -> &Period {
        &self.periods[period.index()]
    }

    pub fn period_ids(&self) -> impl ExactSizeIterator<Item = PeriodId> + Clone + use<> {
        PeriodId::all(self.periods.len())
    }

    #[inline]
    pub fn period_at(&self, hour: usize) -> PeriodId {
        self.of_hour[hour]
    }

    /// Which share of the orders is given in each period, where `calls` are the weights of the hours in
    /// which calls come: an order follows its call after the handling, so that some of an hour's are
    /// given in a later one.
    pub fn shares_of_orders(&self, calls: &[f64; 24]) -> Vec<f64> {
        if self.periods.len() == 1 {
            return vec![1.0];
        }
        let all: f64 = calls.iter().sum();
        let (whole, part) = (self.handling.floor() as usize, self.handling.fract());
        let mut shares = vec![0.0; self.periods.len()];
        for (hour, calls) in calls.iter().enumerate() {
            for (later, share) in [(whole, 1.0 - part), (whole + 1, part)] {
                shares[self.period_at((hour + later) % 24).index()] += calls / all * share;
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(band: u8) -> Period {
        Period {
            band: TimeBandId(band),
            factor: 1.0,
            turnout: [Millis(0); 3],
        }
    }

    /// Night from 22 to 6. All calls come between 5 and 6, and are handled in a quarter of an hour: a
    /// quarter of their orders is given by day. Handled in 25 hours more, it is the same hour of
    /// another day, one later.
    #[test]
    fn an_order_is_given_in_the_hour_after_the_handling() {
        let mut calls = [0.0; 24];
        calls[5] = 2.0;
        let day = |handling: f64| Day {
            periods: vec![period(0), period(1)],
            of_hour: std::array::from_fn(|hour| PeriodId(u8::from((6..22).contains(&hour)))),
            handling,
        };
        assert_eq!(day(0.25).shares_of_orders(&calls), [0.75, 0.25]);
        assert_eq!(day(0.0).shares_of_orders(&calls), [1.0, 0.0]);
        assert_eq!(day(25.0).shares_of_orders(&calls), [0.0, 1.0]);
    }
}
