//! Demand points that the best alternative does not reach within the standard: what the grid staff
//! (网格员) of each town look after first.

use std::cmp::Reverse;

use crate::county::County;
use crate::county::demand::DemandPointId;
use crate::evaluation::comparison::{Comparison, StandardSummary};
use crate::expected::first_due::FirstDue;
use crate::scenario::Scenario;
use crate::scenario::standards::{Clock, longest};
use crate::units::Millis;

/// A demand point today and with the best alternative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointRow {
    pub point: DemandPointId,
    /// First-due station today; none where nobody comes.
    pub today: Option<FirstDue>,
    /// First-due station with the best alternative.
    pub best: Option<FirstDue>,
}

/// Every demand point of the county's table, in its order.
pub(crate) fn points(
    county: &County,
    today: &[Option<FirstDue>],
    best: &[Option<FirstDue>],
) -> Vec<PointRow> {
    let rows = DemandPointId::all(county.in_table).zip(today.iter().zip(best));
    rows.map(|(point, (today, best))| PointRow {
        point,
        today: *today,
        best: *best,
    })
    .collect()
}

/// Demand points beyond a standard with the best alternative.
#[derive(Clone, Debug)]
pub(crate) struct Worklist<'a> {
    /// The standard that ranks, where one does; otherwise the longest from the call, or else the longest
    /// of all.
    pub standard: &'a StandardSummary,
    /// Town by town, the latest first.
    pub points: Vec<PointRow>,
    /// How many people live there.
    pub residents: f64,
}

impl<'a> Worklist<'a> {
    /// Those of `points` that are beyond; `None` without standards.
    pub(crate) fn of(
        scenario: &Scenario,
        comparison: &'a Comparison,
        points: &[PointRow],
    ) -> Option<Self> {
        let standard = standard(comparison)?;
        let demand = &scenario.county.demand;
        let late = points.iter().filter(|row| !standard.is_met(row.best));
        let mut late: Vec<PointRow> = late.copied().collect();
        let arrival = |row: &PointRow| {
            let best = row.best.map(|best| best.time(Clock::Dispatch));
            best.unwrap_or(Millis::NEVER)
        };
        late.sort_by_key(|row| {
            let town = demand[row.point.index()].town;
            (town, Reverse(arrival(row)), row.point)
        });
        Some(Self {
            standard,
            // Without the sign of an empty sum.
            residents: 0.0
                + late
                    .iter()
                    .map(|row| demand[row.point.index()].residents)
                    .sum::<f64>(),
            points: late,
        })
    }
}

fn standard(comparison: &Comparison) -> Option<&StandardSummary> {
    let standards = &comparison.standards;
    let ranking = standards.iter().find(|s| s.id == comparison.ranked_by);
    ranking.or_else(|| {
        let of = |s: &StandardSummary| (s.clock, Millis::from_seconds(s.threshold_seconds));
        Some(&standards[longest(standards, of)?])
    })
}
