//! Demand points that the best alternative does not reach within the standard: what the grid staff
//! (网格员) of each town look after first.

use crate::evaluation::comparison::{Comparison, StandardSummary};
use crate::expected::Expected;
use crate::expected::first_due::FirstDue;
use crate::scenario::Scenario;
use crate::scenario::standards::{Clock, longest};
use crate::scenario::travel_times::ScenarioTimes;
use crate::units::Millis;

/// A demand point today and with the best alternative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceRow {
    /// Its number in the county's list.
    pub place: usize,
    /// First-due station today; none where nobody comes.
    pub today: Option<FirstDue>,
    /// First-due station with the best alternative.
    pub best: Option<FirstDue>,
}

/// Every demand point, in the order of the county's list.
pub(crate) fn places(
    scenario: &Scenario,
    times: &ScenarioTimes,
    comparison: &Comparison,
) -> Vec<PlaceRow> {
    let expected = Expected::of(scenario);
    let of = |index: usize| expected.first_due(times, &scenario.alternatives[index]);
    let today = of(comparison.baseline().index);
    let best = of(comparison.best().index);
    today
        .into_iter()
        .zip(best)
        .enumerate()
        .map(|(place, (today, best))| PlaceRow { place, today, best })
        .collect()
}

/// The standard by which a place is on the list: the one that ranks, where one does; otherwise the
/// longest from the call, or else the longest of all.
pub(crate) fn standard(comparison: &Comparison) -> Option<&StandardSummary> {
    let standards = &comparison.standards;
    let ranking = standards.iter().find(|s| s.id == comparison.ranked_by);
    ranking.or_else(|| {
        let of = |s: &StandardSummary| (s.clock, Millis::from_seconds(s.threshold_seconds));
        Some(&standards[longest(standards, of)?])
    })
}

/// The places beyond the standard with the best alternative: town by town, the latest first.
pub(crate) fn beyond(
    scenario: &Scenario,
    standard: &StandardSummary,
    places: &[PlaceRow],
) -> Vec<PlaceRow> {
    let late = places.iter().filter(|row| !standard.is_met(row.best));
    let mut late: Vec<PlaceRow> = late.copied().collect();
    let town = |row: &PlaceRow| scenario.county.demand[row.place].town;
    let arrival = |row: &PlaceRow| {
        let best = row.best.map(|best| best.time(Clock::Dispatch));
        best.unwrap_or(Millis::NEVER)
    };
    late.sort_by_key(|row| (town(row), std::cmp::Reverse(arrival(row)), row.place));
    late
}
