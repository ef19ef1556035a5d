//! Demand points that the best alternative does not reach within the standard: what the grid staff
//! (网格员) of each town look after first.

use crate::evaluation::comparison::{Comparison, StandardSummary};
use crate::evaluation::first_due::FirstDue;
use crate::report::publication::Publication;
use crate::scenario::standards::longest;
use crate::units::Millis;

/// A demand point today and with the best alternative.
#[derive(Clone, Copy, Debug)]
pub struct PlaceRow {
    /// Its number in the county's list.
    pub place: usize,
    /// First-due station today.
    pub today: FirstDue,
    /// First-due station with the best alternative.
    pub best: FirstDue,
}

/// Every demand point, in the order of the county's list.
#[must_use]
pub fn places(publication: &Publication<'_>) -> Vec<PlaceRow> {
    let Publication {
        scenario,
        times,
        comparison,
        ..
    } = publication;
    let of = |index: usize| FirstDue::of(scenario, times, &scenario.alternatives[index]);
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
#[must_use]
pub fn standard(comparison: &Comparison) -> Option<&StandardSummary> {
    let standards = &comparison.standards;
    let ranking = standards.iter().find(|s| s.id == comparison.ranked_by);
    ranking.or_else(|| {
        let of = |s: &StandardSummary| (s.clock, Millis::from_seconds(s.threshold_seconds));
        Some(&standards[longest(standards, of)?])
    })
}

/// The places beyond the standard with the best alternative: town by town, the latest first.
#[must_use]
pub fn beyond(
    publication: &Publication<'_>,
    standard: &StandardSummary,
    places: &[PlaceRow],
) -> Vec<PlaceRow> {
    let scenario = publication.scenario;
    let late = places
        .iter()
        .filter(|row| !row.best.meets(scenario, standard));
    let mut late: Vec<PlaceRow> = late.copied().collect();
    let town = |row: &PlaceRow| scenario.county.demand[row.place].town;
    late.sort_by_key(|row| (town(row), std::cmp::Reverse(row.best.travel), row.place));
    late
}
