//! Demand points that the best alternative does not reach within the standard: what the grid staff
//! (网格员) of each town look after first.

use crate::evaluation::comparison::{Comparison, StandardSummary};
use crate::expected::first_due::FirstDue;
use crate::scenario::Scenario;
use crate::scenario::standards::{Clock, longest};
use crate::units::Millis;

/// A demand point today and with the best alternative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointRow {
    /// Its index in the county's list.
    pub point: usize,
    /// First-due station today; none where nobody comes.
    pub today: Option<FirstDue>,
    /// First-due station with the best alternative.
    pub best: Option<FirstDue>,
}

/// Every demand point, in the order of the county's list.
pub(crate) fn points(today: &[Option<FirstDue>], best: &[Option<FirstDue>]) -> Vec<PointRow> {
    let rows = today.iter().zip(best).enumerate();
    rows.map(|(point, (today, best))| PointRow {
        point,
        today: *today,
        best: *best,
    })
    .collect()
}

/// The standard by which a demand point is on the list: the one that ranks, where one does; otherwise the
/// longest from the call, or else the longest of all.
pub(crate) fn standard(comparison: &Comparison) -> Option<&StandardSummary> {
    let standards = &comparison.standards;
    let ranking = standards.iter().find(|s| s.id == comparison.ranked_by);
    ranking.or_else(|| {
        let of = |s: &StandardSummary| (s.clock, Millis::from_seconds(s.threshold_seconds));
        Some(&standards[longest(standards, of)?])
    })
}

/// Those beyond the standard with the best alternative: town by town, the latest first.
pub(crate) fn beyond(
    scenario: &Scenario,
    standard: &StandardSummary,
    points: &[PointRow],
) -> Vec<PointRow> {
    let late = points.iter().filter(|row| !standard.is_met(row.best));
    let mut late: Vec<PointRow> = late.copied().collect();
    let town = |row: &PointRow| scenario.county.demand[row.point].town;
    let arrival = |row: &PointRow| {
        let best = row.best.map(|best| best.time(Clock::Dispatch));
        best.unwrap_or(Millis::NEVER)
    };
    late.sort_by_key(|row| (town(row), std::cmp::Reverse(arrival(row)), row.point));
    late
}

/// How many people live there.
pub(crate) fn residents(scenario: &Scenario, points: &[PointRow]) -> f64 {
    let residents = |row: &PointRow| scenario.county.demand[row.point].residents;
    points.iter().map(residents).sum()
}
