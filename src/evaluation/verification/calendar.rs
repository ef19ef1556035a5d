//! How often calls come by weekday, month and special day in a small county, which is read as any scenario is.

use super::check::{Check, Figure, Subject, Theory};
use super::history::source;
use super::runs::{Probe, Runs, Trial};
use crate::expected::Expected;
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::model::Model;

/// Days before those of each month, in a year of 365.
const BEFORE_MONTH: [usize; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// 1 January 2027 is a Friday; weekdays count from Monday.
fn weekday(day: usize) -> usize {
    (day + 4) % 7
}

fn month(day: usize) -> usize {
    BEFORE_MONTH.partition_point(|before| *before <= day) - 1
}

/// The festival of the scenario: five times as many rescues in the first town, on two days.
const FESTIVAL: [usize; 2] = [100, 101];
const FESTIVAL_FACTOR: f64 = 5.0;

/// Every check of the calendar. Weights stand in the tables of `data/verification`: of weekdays 2, 1, 2, … for fires and
/// 1, 2, … 7 for rescues; of months 1 in the first half of the year and 2 in the second for fires, and 1 more than
/// the remainder of the month by 4 for rescues.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let scenario = Scenario::load_changed(&source(), |file| {
        file.tables.incidents = None;
        file.dispatch.when_none_is_ready = Overload::Loss;
    })
    .expect("the county of the verification can be read");
    let times = (scenario.travel_times()).expect("all points of it are reached");
    let expected = Expected::of(&scenario);
    let deployment = Deployment::of(&expected, &times, &scenario.alternatives[0]);
    let mut model = Model::of(&scenario);
    model.seed = runs.seed;
    let counted = Runs::counted_days(model.days);
    // Residents of the points in ten thousands, and the calls a year of ten thousand residents, by type.
    let residents = [2.0, 1.0, 1.0];
    let a_year = [1500.0, 4500.0];
    let weekdays: [[f64; 7]; 2] = [
        std::array::from_fn(|day| if day % 2 == 0 { 2.0 } else { 1.0 }),
        std::array::from_fn(|day| (day + 1) as f64),
    ];
    let months: [[f64; 12]; 2] = [
        std::array::from_fn(|month| if month < 6 { 1.0 } else { 2.0 }),
        std::array::from_fn(|month| (1 + (month + 1) % 4) as f64),
    ];
    let mean = |weights: &[f64]| weights.iter().sum::<f64>() / weights.len() as f64;
    let rate = |of_type: usize, point: usize, day: usize| {
        let festival = match of_type == 1 && point == 0 && FESTIVAL.contains(&day) {
            true => FESTIVAL_FACTOR,
            false => 1.0,
        };
        residents[point] * a_year[of_type] / 365.2425
            * (weekdays[of_type][weekday(day)] / mean(&weekdays[of_type]))
            * (months[of_type][month(day)] / mean(&months[of_type]))
            * festival
    };
    // For each day that is counted, how many are expected of those that some days and points have.
    let share = |of_type: usize, is_of_it: &dyn Fn(usize, usize) -> bool| {
        let mut sum = 0.0;
        for day in counted.clone() {
            let points = (0..3).filter(|point| is_of_it(*point, day));
            sum += points.map(|point| rate(of_type, point, day)).sum::<f64>();
        }
        sum / counted.len() as f64
    };
    let mut probes = Vec::new();
    for of_type in 0..2 {
        probes.extend((0..7).map(|of| {
            let figure = Figure::CallsOnWeekday {
                of_type: of_type + 1,
                weekday: of + 1,
            };
            let expected = share(of_type, &|_, day| weekday(day) == of);
            Probe::calls_a_day(figure, expected, move |incident, _| {
                incident.incident_type.index() == of_type && weekday(incident.received.day()) == of
            })
        }));
        probes.extend((0..12).map(|of| {
            let figure = Figure::CallsInMonth {
                of_type: of_type + 1,
                month: of + 1,
            };
            let expected = share(of_type, &|_, day| month(day) == of);
            Probe::calls_a_day(figure, expected, move |incident, _| {
                incident.incident_type.index() == of_type && month(incident.received.day()) == of
            })
        }));
        probes.extend((0..3).map(|of| {
            let figure = Figure::CallsOfPoint {
                of_type: of_type + 1,
                point: of + 1,
            };
            let expected = share(of_type, &|point, day| {
                point == of && !FESTIVAL.contains(&day)
            });
            Probe::calls_a_day(figure, expected, move |incident, _| {
                incident.incident_type.index() == of_type
                    && incident.point.index() == of
                    && !FESTIVAL.contains(&incident.received.day())
            })
        }));
    }
    let of_calendar = probes.len();
    let is_festival = |point: usize, day: usize| point == 0 && FESTIVAL.contains(&day);
    probes.push(Probe::calls_a_day(
        Figure::CallsAtFestival,
        share(1, &is_festival),
        move |incident, _| {
            incident.incident_type.index() == 1
                && is_festival(incident.point.index(), incident.received.day())
        },
    ));
    let mut checks = runs.checks(&Trial {
        theory: Theory::Thinning,
        subject: Subject::Calendar,
        model,
        deployment: &deployment,
        probes,
    });
    let festival = checks.split_off(of_calendar);
    Check::furthest(checks)
        .into_iter()
        .chain(festival)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 February 2027 is a Monday, 31 December a Friday.
    #[test]
    fn days_have_their_weekday_and_month() {
        assert_eq!((weekday(31), month(31)), (0, 1));
        assert_eq!((weekday(30), month(30)), (6, 0));
        assert_eq!((weekday(364), month(364)), (4, 11));
    }
}
