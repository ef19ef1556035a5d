//! The links of which the closing hurts most, each closed alone.
//!
//! Every link is closed as [`super::closures`] closes it, and its loss is counted in minutes over a
//! year's incidents: those added where an engine still arrives, and a stated number for each
//! incident at a demand point that is cut off beyond the link. Demand points on the link itself
//! are counted beside, and not in the loss: otherwise the ranking would list the roads with most
//! houses on them. Links on which a chosen station stands are left out, since the rule would lock
//! its engines in.
//!
//! Links one after the other whose closing has the same consequences are one stretch.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use serde::Serialize;

use crate::brigades::StationId;
use crate::county::demand::{DemandPoint, DemandPointId};
use crate::expected::Expected;
use crate::expected::closed_roads::known_when_closed;
use crate::expected::day::PeriodId;
use crate::expected::engines::FleetStation;
use crate::expected::first_due::mean;
use crate::expected::fleet::Fleet;
use crate::expected::mix::Case;
use crate::roads::class::RoadClass;
use crate::roads::road::RoadId;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::network::{ProfileId, TimeBandId};
use crate::units::Millis;

use super::closures::{Change, ClosureFigures, LinkSummary, Outcome};
use super::forest::{Forest, Scratch};
use super::question::Question;

/// The links of which the closing hurts most.
#[derive(Clone, Debug, Serialize)]
pub struct CriticalLinks {
    /// What an incident at a demand point that is cut off counts in the loss.
    pub cut_off_counts_minutes: f64,
    /// Stretches of which the closing hurts anybody beyond them; those listed are the worst.
    pub stretches_that_matter: usize,
    /// Links on which a chosen station stands, which are not ranked.
    pub not_ranked: Vec<String>,
    /// The stretches, the worst first.
    pub stretches: Vec<CriticalStretch>,
}

/// Links whose closing has the same consequences, whichever of them it is.
#[derive(Clone, Debug, Serialize)]
pub struct CriticalStretch {
    /// Its place in the ranking, from 1.
    pub rank: usize,
    /// The id of the town of the demand point nearest to it, to find an unnamed road by.
    pub near_town: String,
    /// Its links, in the order of the network.
    pub links: Vec<LinkSummary>,
    /// Minutes over a year's incidents: added, and counted for incidents that are cut off.
    pub loss_minutes_a_year: f64,
    /// Incidents a year at demand points that are cut off beyond it.
    pub incidents_cut_off_a_year: f64,
    /// What closing it changes.
    #[serde(flatten)]
    pub figures: ClosureFigures,
    /// The same links as places in the network.
    #[serde(skip)]
    pub roads: Vec<RoadId>,
}

impl CriticalStretch {
    /// The name that most of its length has; empty when none has one.
    pub fn name(&self) -> &str {
        let named = self.links.iter().filter(|link| !link.name.is_empty());
        let named = named.map(|link| (link.name.as_str(), link.length_metres));
        most_of(named).unwrap_or_default()
    }

    /// The class that most of its length has.
    pub fn class(&self) -> RoadClass {
        let links = self.links.iter();
        most_of(links.map(|link| (link.class, link.length_metres))).unwrap_or(RoadClass::Road)
    }

    pub fn length_metres(&self) -> f64 {
        self.links.iter().map(|link| link.length_metres).sum()
    }
}

/// What has the greatest weight; of equals, what comes last.
fn most_of<T: PartialEq + Copy>(weighted: impl Iterator<Item = (T, f64)>) -> Option<T> {
    let mut sums: Vec<(T, f64)> = Vec::new();
    for (thing, weight) in weighted {
        match sums.iter_mut().find(|(known, _)| *known == thing) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((thing, weight)),
        }
    }
    let most = sums.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    most.map(|(thing, _)| *thing)
}

/// The forests of the chosen stations, and who is first by them.
pub(super) struct Network<'s> {
    expected: &'s Expected<'s>,
    fleet: &'s Fleet,
    forests: Vec<Forest<'s>>,
    /// The forests of each kind of roots.
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
                let points = driven.demand_points.iter().map(|point| (*point).into());
                let points: Vec<TripEnd> = points.collect();
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

/// A link with what its closing does.
struct Found {
    road: RoadId,
    figures: ClosureFigures,
    incidents_cut_off: f64,
    /// Links with the same changes have the same number.
    consequences: u64,
}

impl CriticalLinks {
    /// Closes every link alone, and ranks them.
    pub fn new(expected: &Expected<'_>, fleet: &Fleet, question: &Question) -> Self {
        let scenario = expected.scenario;
        let stations = question.stations.iter();
        let mut locked: Vec<RoadId> = stations
            .filter_map(|id| {
                let driven = scenario.network.profile(scenario.stations.profile(*id));
                let at = scenario.stations.location(*id);
                driven.roadway.road_of(at.into())
            })
            .collect();
        locked.sort_unstable();
        locked.dedup();
        let network = Network::new(expected, fleet);
        let roads: Vec<RoadId> = (0..)
            .map(RoadId)
            .take(scenario.network.roads.roads().len())
            .collect();
        let found: Vec<Found> = roads
            .into_par_iter()
            .filter(|road| locked.binary_search(road).is_err())
            .filter(|road| network.forests.iter().any(|forest| forest.matters(*road)))
            .map_init(Vec::new, |scratch, road| network.found(road, scratch))
            .flatten()
            .collect();
        let counts = question.cut_off_counts.minutes();
        let mut stretches = joined(scenario, found, counts);
        stretches.sort_by(|a, b| {
            let loss = b.loss_minutes_a_year.total_cmp(&a.loss_minutes_a_year);
            let cut_off = b
                .figures
                .residents_cut_off
                .total_cmp(&a.figures.residents_cut_off);
            loss.then(cut_off).then(a.roads.cmp(&b.roads))
        });
        let stretches_that_matter = stretches.len();
        stretches.truncate(question.critical);
        for (stretch, rank) in stretches.iter_mut().zip(1..) {
            stretch.rank = rank;
        }
        Self {
            cut_off_counts_minutes: counts,
            stretches_that_matter,
            not_ranked: locked
                .into_iter()
                .map(|road| scenario.network.roads.road(road).id.clone())
                .collect(),
            stretches,
        }
    }
}

impl Network<'_> {
    /// The link, unless its closing hurts nobody beyond it.
    fn found(&self, road: RoadId, scratch: &mut Vec<Scratch>) -> Option<Found> {
        let changes = self.close(road, scratch);
        let scenario = self.expected.scenario;
        let demand = &scenario.county.demand;
        let cut_off = changes.iter().filter(|c| c.outcome == Outcome::CutOff);
        let incidents_cut_off = cut_off
            .map(|c| demand[c.point.index()].incidents_a_year())
            .sum();
        let figures = ClosureFigures::of(scenario, changes.iter());
        let hurts = changes
            .iter()
            .any(|change| change.outcome != Outcome::OnLink);
        let mut hasher = DefaultHasher::new();
        changes.hash(&mut hasher);
        hurts.then(|| Found {
            road,
            figures,
            incidents_cut_off,
            consequences: hasher.finish(),
        })
    }
}

/// Links with the same consequences made one stretch, in the order of their first links.
fn joined(scenario: &Scenario, found: Vec<Found>, counts: f64) -> Vec<CriticalStretch> {
    let mut place: HashMap<u64, usize> = HashMap::new();
    let mut stretches: Vec<CriticalStretch> = Vec::new();
    for link in found {
        let at = *place.entry(link.consequences).or_insert(stretches.len());
        if at == stretches.len() {
            stretches.push(CriticalStretch {
                rank: 0,
                near_town: near_town(scenario, link.road),
                links: Vec::new(),
                loss_minutes_a_year: link.figures.added_minutes_a_year
                    + counts * link.incidents_cut_off,
                incidents_cut_off_a_year: link.incidents_cut_off,
                figures: link.figures,
                roads: Vec::new(),
            });
        }
        stretches[at]
            .links
            .push(LinkSummary::of(scenario, link.road));
        stretches[at].roads.push(link.road);
    }
    stretches
}

/// The id of the town of the demand point that is nearest to the middle of a road.
fn near_town(scenario: &Scenario, road: RoadId) -> String {
    let line = scenario
        .network
        .roads
        .line(scenario.network.roads.road(road));
    let middle = line[line.len() / 2];
    let far = |point: &&DemandPoint| point.position.distance(middle).0;
    let nearest = scenario
        .county
        .demand
        .iter()
        .min_by(|a, b| far(a).total_cmp(&far(b)));
    let town = nearest.map(|point| &scenario.county.towns[point.town.index()]);
    town.map_or_else(String::new, |town| town.id.clone())
}

#[cfg(test)]
#[path = "critical_links_tests.rs"]
mod tests;
