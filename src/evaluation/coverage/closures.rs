//! What closing some links changes: who waits longer, by how much, and who is cut off.
//!
//! A closed road is not driven at all, not even up to a point on it. Demand points that stand on it
//! are distinguished from those beyond it: they may still be reached on foot from one end.

use serde::Serialize;

use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::first_due::FirstDue;
use crate::expected::fleet::Fleet;
use crate::expected::reach::Reach;
use crate::language::Name;
use crate::roads::class::RoadClass;
use crate::roads::road::RoadId;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::standards::Clock;
use crate::units::Millis;

use super::question::CoverageQuestion;

/// What closing some links changes.
#[derive(Clone, Debug, Serialize)]
pub struct Closures {
    /// The links that are closed, besides those that the scenario closes.
    pub links: Vec<LinkSummary>,
    /// The whole county.
    pub county: ClosureFigures,
    pub towns: Vec<TownClosure>,
    /// The demand points that are worse off, in the order of their table.
    pub points: Vec<PointClosure>,
}

/// A link of the network.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkSummary {
    pub id: String,
    /// Its name or number, empty when not known.
    #[serde(flatten)]
    pub name: Name,
    pub class: RoadClass,
    pub length_metres: f64,
}

/// What a closure changes in an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ClosureFigures {
    /// Residents of demand points that are still reached, and later.
    pub residents_later: f64,
    /// How much later on average over those residents.
    pub mean_added_seconds: Option<f64>,
    /// How much later at most.
    pub longest_added_seconds: f64,
    /// Minutes added over a year's incidents at demand points that are still reached.
    pub added_minutes_a_year: f64,
    /// Residents of demand points beyond the closed links that no engine reaches any more.
    pub residents_cut_off: f64,
    /// Residents of demand points that stand on the closed links themselves.
    pub residents_on_link: f64,
}

/// What a closure changes in a town.
#[derive(Clone, Debug, Serialize)]
pub struct TownClosure {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    pub residents: f64,
    /// The change.
    #[serde(flatten)]
    pub figures: ClosureFigures,
}

/// What happens to a demand point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosureOutcome {
    /// An engine arrives, and later.
    Later,
    /// No engine arrives.
    CutOff,
    /// It stands on the closed link itself.
    OnLink,
}

/// A demand point that is worse off.
#[derive(Clone, Debug, Serialize)]
pub struct PointClosure {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// The id of its town.
    pub town: String,
    pub residents: f64,
    /// The time to the first engine before, on the clock.
    pub before_seconds: f64,
    /// The time after; none when no engine arrives.
    pub after_seconds: Option<f64>,
    /// What happens to it.
    pub outcome: ClosureOutcome,
}

/// A demand point before and after: from the order until the first engine is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Change {
    pub point: DemandPointId,
    pub before: Millis,
    pub after: Millis,
    pub outcome: ClosureOutcome,
}

impl Change {
    /// The change at a demand point, where there is one.
    pub(super) fn of(
        scenario: &Scenario,
        closed: &[RoadId],
        point: DemandPointId,
        [before, after]: [Millis; 2],
    ) -> Option<Self> {
        // Nobody lives where calls are listed.
        if after <= before || scenario.county.is_of_a_list(point) {
            return None;
        }
        let on_link = || {
            scenario.network.profiles.iter().any(|driven| {
                let at = TripEnd::from(&driven.demand_points[point.index()]);
                let road = driven.roadway.road_of(&at);
                road.is_some_and(|road| closed.contains(&road))
            })
        };
        let outcome = if after.is_finite() {
            ClosureOutcome::Later
        } else if on_link() {
            ClosureOutcome::OnLink
        } else {
            ClosureOutcome::CutOff
        };
        Some(Self {
            point,
            before,
            after,
            outcome,
        })
    }
}

impl ClosureFigures {
    /// The sum of some changes.
    pub(super) fn of<'c>(scenario: &Scenario, changes: impl Iterator<Item = &'c Change>) -> Self {
        let mut figures = Self::default();
        let mut added = 0.0;
        for change in changes {
            let point = scenario.county.point(change.point);
            match change.outcome {
                ClosureOutcome::Later => {
                    let seconds = f64::from(change.after.0 - change.before.0) / 1000.0;
                    figures.residents_later += point.residents;
                    figures.longest_added_seconds = figures.longest_added_seconds.max(seconds);
                    figures.added_minutes_a_year += seconds / 60.0 * point.incidents_a_year();
                    added += seconds * point.residents;
                }
                ClosureOutcome::CutOff => figures.residents_cut_off += point.residents,
                ClosureOutcome::OnLink => figures.residents_on_link += point.residents,
            }
        }
        figures.mean_added_seconds =
            (figures.residents_later > 0.0).then(|| added / figures.residents_later);
        figures
    }
}

impl LinkSummary {
    /// A link of the scenario's network.
    pub fn of(scenario: &Scenario, link: RoadId) -> Self {
        let road = scenario.network.roads.road(link);
        Self {
            id: road.id.clone(),
            name: road.name_in_languages(),
            class: road.class,
            length_metres: road.length.0,
        }
    }
}

impl Closures {
    /// Closes the links of the question; `first` is the first station at each demand point before.
    pub fn new(
        expected: &Expected<'_>,
        fleet: &Fleet,
        question: &CoverageQuestion,
        first: &[Option<FirstDue>],
    ) -> Self {
        let scenario = expected.scenario;
        let closed = &question.closed;
        let reach = Reach::new(expected, &question.stations, closed);
        let points = (0..).map(DemandPointId).zip(first);
        let due = points.map(|(point, first)| {
            let after = reach.first_due(fleet, point);
            // Cut off also where only those do not come any more who answered some of its needs.
            let answered = first.map_or(0.0, |first| first.answered);
            [*first, after.filter(|after| after.answered >= answered)]
        });
        let due: Vec<[Option<FirstDue>; 2]> = due.collect();
        let on = |due: Option<FirstDue>, clock| due.map_or(Millis::NEVER, |due| due.time(clock));
        let changes: Vec<Change> = (0..)
            .map(DemandPointId)
            .zip(&due)
            .filter_map(|(point, due)| {
                let arrivals = due.map(|due| on(due, Clock::Dispatch));
                Change::of(scenario, closed, point, arrivals)
            })
            .collect();
        let county = &scenario.county;
        let town_of = |change: &Change| county.point(change.point).town.index();
        let towns = county
            .towns
            .iter()
            .enumerate()
            .map(|(number, town)| TownClosure {
                id: town.id.clone(),
                name: town.name.clone(),
                residents: county
                    .demand
                    .iter()
                    .filter(|point| point.town.index() == number)
                    .map(|point| point.residents)
                    .sum(),
                figures: ClosureFigures::of(
                    scenario,
                    changes.iter().filter(|change| town_of(change) == number),
                ),
            });
        let points = changes.iter().map(|change| {
            let point = county.point(change.point);
            let [before, after] = due[change.point.index()].map(|due| on(due, question.clock));
            PointClosure {
                id: point.id.clone(),
                name: point.name.clone(),
                town: county.towns[point.town.index()].id.clone(),
                residents: point.residents,
                before_seconds: before.seconds(),
                after_seconds: after.is_finite().then(|| after.seconds()),
                outcome: change.outcome,
            }
        });
        Self {
            links: closed
                .iter()
                .map(|link| LinkSummary::of(scenario, *link))
                .collect(),
            county: ClosureFigures::of(scenario, changes.iter()),
            towns: towns.collect(),
            points: points.collect(),
        }
    }
}
