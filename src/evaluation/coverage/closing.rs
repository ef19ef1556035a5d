//! What closing one road changes: who is first at each demand point by the forests of ways from the chosen
//! stations, before and after.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::closures::Change;
use super::forest::{Forest, Scratch};
use crate::brigades::StationId;
use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::closed_roads::known_when_closed;
use crate::expected::day::PeriodId;
use crate::expected::engines::FleetStation;
use crate::expected::first_due::mean;
use crate::expected::fleet::Fleet;
use crate::expected::mix::Case;
use crate::roads::road::RoadId;
use crate::roads::trip::TripEnd;
use crate::scenario::network::{ProfileId, TimeBandId};
use crate::units::Millis;

/// The forests of the chosen stations, and who is first by them.
pub(super) struct Network<'s> {
    pub(super) expected: &'s Expected<'s>,
    fleet: &'s Fleet,
    forests: Vec<Forest<'s>>,
    /// The forests of all roots.
    of_roots: BTreeMap<Roots, Vec<usize>>,
    /// Times that are known better than from the roads, by station and demand point.
    known: BTreeMap<(StationId, DemandPointId), Millis>,
    /// From the order until the first engine is at each demand point.
    before: Vec<Millis>,
    /// By demand point, which of its needs and hours are answered with all roads open.
    answered: Vec<Vec<bool>>,
}

/// From where the ways of a forest come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Roots {
    /// From all stations of one profile in a period of the day, turnout included.
    Soonest { period: PeriodId },
    /// From one station in a time band, for where the soonest need not be the first.
    Station {
        station: FleetStation,
        band: TimeBandId,
    },
}

impl<'s> Network<'s> {
    pub(super) fn new(expected: &'s Expected<'s>, fleet: &'s Fleet) -> Self {
        let scenario = expected.scenario;
        let roots = roots(expected, fleet);
        let forests: Vec<(Roots, Forest<'s>)> = roots
            .into_par_iter()
            .flat_map_iter(|roots| {
                let profiles = ProfileId::all(scenario.network.profiles.len());
                profiles.map(move |profile| (roots, profile))
            })
            .filter_map(|(roots, profile)| {
                let driven = scenario.network.profile(profile);
                let (band, stations) = match roots {
                    Roots::Soonest { period } => {
                        let all = FleetStation::all(fleet.stations().len())
                            .collect::<Vec<FleetStation>>();
                        (expected.day.period(period).band, all)
                    }
                    Roots::Station { station, band } => (band, vec![station]),
                };
                let of_profile = stations.into_iter().filter_map(|station| {
                    let id = fleet.station(station);
                    let turnout = match roots {
                        Roots::Soonest { period } => fleet.turnout(station, period),
                        Roots::Station { .. } => Millis(0),
                    };
                    let at = TripEnd::from(scenario.stations.location(id));
                    (scenario.stations.profile(id) == profile).then_some((at, turnout))
                });
                let of_profile: Vec<(TripEnd, Millis)> = of_profile.collect();
                let points: Vec<TripEnd> = driven.demand_points.iter().map(TripEnd::from).collect();
                let forest = || Forest::new(driven.in_band(band), &of_profile, &points);
                (!of_profile.is_empty()).then(|| (roots, forest()))
            })
            .collect();
        let mut of_roots: BTreeMap<Roots, Vec<usize>> = BTreeMap::new();
        for ((roots, _), number) in forests.iter().zip(0..) {
            of_roots.entry(*roots).or_default().push(number);
        }
        let known = scenario.stations.known_times.iter();
        let mut network = Self {
            expected,
            fleet,
            forests: forests.into_iter().map(|(_, forest)| forest).collect(),
            of_roots,
            known: known
                .map(|known| ((known.station, known.point), known.time))
                .collect(),
            before: Vec::new(),
            answered: Vec::new(),
        };
        let points = DemandPointId::all(scenario.county.demand.len());
        let open = points.map(|point| {
            let before = |forest: usize| network.forests[forest].before(point.index());
            let arrivals = network.arrivals(point, before);
            let answered = arrivals.iter().map(|(_, arrival)| arrival.is_finite());
            let reached = arrivals.iter().copied();
            let before = mean(reached.filter(|(_, arrival)| arrival.is_finite()));
            (before, answered.collect::<Vec<bool>>())
        });
        (network.before, network.answered) = open.collect::<Vec<_>>().into_iter().unzip();
        network
    }

    /// From the order until the first engine is at a demand point, for each of its needs and hours with
    /// the share that it has, `time` giving that of each forest.
    fn arrivals(&self, point: DemandPointId, time: impl Fn(usize) -> Millis) -> Vec<(f64, Millis)> {
        let expected = self.expected;
        let least = |roots: Roots, time: &dyn Fn(usize) -> Millis| {
            let forests = self.of_roots.get(&roots).into_iter().flatten();
            let times = forests.map(|forest| time(*forest));
            times.min().unwrap_or(Millis::NEVER)
        };
        let cases = expected.mix.cases().iter();
        let shares = cases
            .zip(expected.mix.shares(point))
            .filter(|(_, share)| **share > 0.0);
        let mut roots = self.of_roots.keys();
        let by_station = roots.any(|roots| matches!(roots, Roots::Station { .. }));
        let arrival = |case: &Case| {
            if !by_station {
                let period = case.period;
                return least(Roots::Soonest { period }, &time);
            }
            let travel = |station, band| {
                let roots = Roots::Station { station, band };
                let on_roads = least(roots, &time);
                let known = self.known.get(&(self.fleet.station(station), point));
                known.map_or(on_roads, |known| {
                    let open = least(roots, &|forest| self.forests[forest].before(point.index()));
                    known_when_closed(*known, open, on_roads)
                })
            };
            let call = expected.call(point, *case);
            let first = expected.first(self.fleet, call, travel);
            first.map_or(Millis::NEVER, |first| first.arrival())
        };
        shares
            .map(|(case, share)| (*share, arrival(case)))
            .collect()
    }

    /// Whether any way leads along a road.
    pub(super) fn matters(&self, road: RoadId) -> bool {
        self.forests.iter().any(|forest| forest.matters(road))
    }

    /// What closing one road changes, in the order of the demand points.
    pub(super) fn close(&self, road: RoadId, scratch: &mut Vec<Scratch>) -> Vec<Change> {
        scratch.resize_with(self.forests.len(), Scratch::default);
        let mut points = Vec::new();
        for (forest, scratch) in self.forests.iter().zip(&mut *scratch) {
            forest.close(road, scratch, &mut points);
        }
        points.sort_unstable();
        points.dedup();
        points
            .into_iter()
            .filter_map(|point| {
                let id = DemandPointId(point);
                let point = id.index();
                let after = self.arrivals(id, |forest| {
                    self.forests[forest].after(point, road, &scratch[forest])
                });
                // Of what nobody answered before, nothing is taken away.
                let after = after.into_iter().zip(&self.answered[point]);
                let after = after.filter_map(|(part, was_answered)| was_answered.then_some(part));
                let times = [self.before[point], mean(after)];
                Change::of(self.expected.scenario, &[road], id, times)
            })
            .collect()
    }
}

/// The forests that are needed. Where every engine does for everything, no card goes before time and
/// nobody comes from beyond the county, the soonest is the first, and one forest a period tells it.
fn roots(expected: &Expected<'_>, fleet: &Fleet) -> Vec<Roots> {
    let scenario = expected.scenario;
    let periods = expected.day.periods();
    if !expected.mix.depends_on_needs() && scenario.stations.known_times.is_empty() {
        return (expected.day.period_ids())
            .map(|period| Roots::Soonest { period })
            .collect();
    }
    let mut bands: Vec<TimeBandId> = periods.iter().map(|period| period.band).collect();
    bands.sort_unstable();
    bands.dedup();
    let stations = FleetStation::all(fleet.stations().len());
    stations
        .flat_map(|station| bands.iter().map(move |band| (station, *band)))
        .map(|(station, band)| Roots::Station { station, band })
        .collect()
}

#[cfg(test)]
#[path = "closing_tests.rs"]
mod tests;
