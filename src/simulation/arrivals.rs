//! When and where incidents of a type arise.

use rand::Rng;

use crate::county::incident_types::IncidentTypeId;
use crate::distribution::alias::AliasTable;

/// A Poisson process of incidents of one type, with a rate that follows the day and the hour.
#[derive(Debug)]
pub struct ArrivalProcess {
    pub incident_type: IncidentTypeId,
    /// By this its calls are named
    /// ([`CallName::source`](crate::simulation::streams::CallName::source)).
    pub source: u32,
    /// Where incidents arise.
    points: AliasTable,
    /// Incidents expected from the first midnight to each of the following.
    expected: Vec<f64>,
    /// Running sums of the shares of the hours of a day, the last 1.
    hours: [f64; 24],
    /// For each part of a day's incidents the first hour that has some of it: where the search for
    /// the hour begins (the guide table of Chen and Asau 1974).
    guide: [u8; GUIDES],
}

/// Parts of a day's incidents: enough that few have more than two hours.
const GUIDES: usize = 128;

/// Milliseconds of a day and an hour.
const DAY: f64 = 86_400_000.0;
const HOUR: f64 = 3_600_000.0;

impl ArrivalProcess {
    /// A process with `rates[point]` incidents a day, times a factor for each day; `None` when
    /// there are never any.
    pub fn new(
        incident_type: IncidentTypeId,
        source: u32,
        rates: &[f64],
        hours: &[f64; 24],
        days: impl Iterator<Item = f64>,
    ) -> Option<Self> {
        let a_day: f64 = rates.iter().sum();
        let mut sum = 0.0;
        let mut expected = vec![0.0];
        expected.extend(days.map(|factor| {
            sum += a_day * factor;
            sum
        }));
        if sum <= 0.0 {
            return None;
        }
        let total: f64 = hours.iter().sum();
        let mut running = 0.0;
        let mut hours = hours.map(|share| {
            running += share;
            running / total
        });
        hours[23] = 1.0;
        let guide = std::array::from_fn(|part| {
            let begin = part as f64 / GUIDES as f64;
            hours.partition_point(|end| *end <= begin).min(23) as u8
        });
        Some(Self {
            incident_type,
            source,
            points: AliasTable::new(rates)?,
            expected,
            hours,
            guide,
        })
    }

    /// Incidents expected in all days.
    pub fn total(&self) -> f64 {
        self.expected.last().copied().unwrap_or(0.0)
    }

    /// The time, in milliseconds from the first midnight, by which so many incidents are
    /// expected; `day` is where the search begins and then where it ended. `None` after the end.
    pub(super) fn time(&self, expected: f64, day: &mut usize) -> Option<f64> {
        while expected >= *self.expected.get(*day + 1)? {
            *day += 1;
        }
        let [begin, end] = [self.expected[*day], self.expected[*day + 1]];
        let share = (expected - begin) / (end - begin);
        // The first hour whose end is later; the share is below 1 but for rounding.
        let part = (share * GUIDES as f64) as u32 as usize;
        let mut hour = usize::from(self.guide[part.min(GUIDES - 1)]);
        while hour < 23 && self.hours[hour] <= share {
            hour += 1;
        }
        let before = if hour == 0 { 0.0 } else { self.hours[hour - 1] };
        let of_hour = ((share - before) / (self.hours[hour] - before)).clamp(0.0, 1.0);
        Some(*day as f64 * DAY + (hour as f64 + of_hour) * HOUR)
    }

    /// Incidents expected in the first days.
    pub(super) fn until(&self, days: u32) -> f64 {
        self.expected
            .get(days as usize)
            .copied()
            .unwrap_or(self.total())
    }

    /// The share of each point in the incidents.
    pub(super) fn shares(&self) -> Vec<f64> {
        self.points.shares()
    }

    /// Where an incident arises.
    pub(super) fn point(&self, rng: &mut impl Rng) -> u32 {
        self.points.draw(rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two incidents a day, the second day none, the third four: a third of those of a day fall
    /// into its first hour, the others into its last.
    #[test]
    fn a_time_is_where_the_expected_number_is_reached() {
        let mut hours = [0.0; 24];
        hours[0] = 1.0;
        hours[23] = 2.0;
        let days = [1.0, 0.0, 2.0];
        let process =
            ArrivalProcess::new(IncidentTypeId(0), 0, &[0.5, 1.5], &hours, days.into_iter())
                .unwrap();
        assert_eq!(process.total(), 6.0);
        let mut day = 0;
        let hours_at = |expected, day: &mut usize| {
            let time = process.time(expected, day)?;
            Some((time / HOUR * 1e6).round() / 1e6)
        };
        assert_eq!(hours_at(1.0 / 3.0, &mut day), Some(0.5));
        // Two thirds of the day's two are still to come in the hour from 23.
        assert_eq!(hours_at(4.0 / 3.0, &mut day), Some(23.5));
        // The second day has none.
        assert_eq!(hours_at(2.0 + 2.0 / 3.0, &mut day), Some(48.5));
        assert_eq!(hours_at(6.0, &mut day), None);
    }

    #[test]
    fn a_process_without_incidents_is_none() {
        assert!(
            ArrivalProcess::new(IncidentTypeId(0), 0, &[0.0], &[1.0; 24], [1.0].into_iter())
                .is_none()
        );
        assert!(
            ArrivalProcess::new(IncidentTypeId(0), 0, &[1.0], &[1.0; 24], [0.0].into_iter())
                .is_none()
        );
    }
}
