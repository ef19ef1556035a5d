//! Who is there first at any location of the county, on the roads as they are or with some of them
//! closed.
//!
//! A location belongs to its nearest demand point: it is answered by that point's running card, and
//! its incidents come with that point's needs and hours.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::county::nearest::NearestPoint;
use crate::expected::Expected;
use crate::expected::assignment::Sent;
use crate::expected::first_due::FirstDue;
use crate::expected::fleet::Fleet;
use crate::expected::mix::Case;
use crate::geography::{LonLat, Plane, centre};
use crate::paths::{HeapSearch, LIMIT, NEVER, Seed};
use crate::roads::road::RoadId;
use crate::roads::snapping::SnappedPlace;
use crate::roads::travel_times::{Joint, Place, Roadway};
use crate::units::Millis;

/// Travel from some stations to every demand point and to any location of the county.
///
/// A closed road is not driven at all, not even up to a place on it; every place joins the roads
/// where it joined them before, and turns cost what they cost before.
#[derive(Debug)]
pub struct Reach<'s> {
    expected: &'s Expected<'s>,
    closed: Closed,
    /// The bands that some period of the day has, by their numbers.
    bands: BTreeMap<usize, BandReach<'s>>,
    plane: Plane,
    nearest: NearestPoint,
}

/// The roads of one time band.
#[derive(Debug)]
struct BandReach<'s> {
    /// By kind of engine.
    roadways: Vec<&'s Roadway>,
    /// By base: its times to every node and to every demand point.
    rows: BTreeMap<usize, Row>,
}

/// What a search from one station found.
#[derive(Debug)]
struct Row {
    to_node: Vec<u32>,
    to_point: Vec<Millis>,
}

/// A position, where it joins the roads of each kind of engine, and its demand point.
#[derive(Clone, Debug)]
pub struct Location {
    /// By kind of engine; none where it has no road.
    places: Vec<Option<SnappedPlace>>,
    /// Its demand point.
    pub point: usize,
}

/// Roads that are closed, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Closed(Vec<RoadId>);

impl Closed {
    /// These roads.
    #[must_use]
    pub fn new(roads: &[RoadId]) -> Self {
        let mut closed = roads.to_vec();
        closed.sort_unstable();
        Self(closed)
    }

    fn holds(&self, road: Option<RoadId>) -> bool {
        road.is_some_and(|road| self.0.binary_search(&road).is_ok())
    }
}

/// The sum of two parts of a trip; what a search cannot count is not reached.
pub fn sum(to_node: u32, rest: Millis) -> Millis {
    let time = Millis(to_node) + rest;
    if time.0 < LIMIT { time } else { Millis::NEVER }
}

impl<'s> Reach<'s> {
    /// Searches from the stations at `bases` (as in [`Scenario::bases`]) and all neighbours, with some
    /// roads `closed` besides those that the scenario closes.
    ///
    /// # Panics
    /// When the boundary has no corners, which reading it has excluded.
    ///
    /// [`Scenario::bases`]: crate::scenario::Scenario::bases
    #[must_use]
    pub fn new(expected: &'s Expected<'s>, bases: &[usize], closed: &[RoadId]) -> Self {
        let closed = Closed::new(closed);
        let fleet = Fleet::of(expected, bases);
        let mut bands = BTreeMap::new();
        for period in expected.day.periods() {
            bands
                .entry(period.band)
                .or_insert_with(|| BandReach::new(expected, &fleet, period.band, &closed));
        }
        let county = &expected.scenario.county;
        let middle = centre(county.boundary.corners()).expect("a boundary has corners");
        let plane = Plane::around(middle);
        Self {
            expected,
            closed,
            bands,
            plane,
            nearest: NearestPoint::of(county, plane),
        }
    }

    /// The station that is first at a demand point; none where no road leads.
    #[must_use]
    pub fn first_due(&self, fleet: &Fleet, point: usize) -> Option<FirstDue> {
        let expected = self.expected;
        let travel = self.travel_to(fleet, point);
        let first = |case: Case| expected.first(fleet, expected.call(point, case), &travel);
        expected.mean(fleet, expected.mix.shares(point), first)
    }

    /// The station that is first at a demand point, and the one that is second; none where no
    /// road leads.
    #[must_use]
    pub fn first_two(&self, fleet: &Fleet, point: usize) -> [Option<FirstDue>; 2] {
        let expected = self.expected;
        let travel = self.travel_to(fleet, point);
        let second = |case: Case| expected.second(fleet, expected.call(point, case), &travel);
        [
            self.first_due(fleet, point),
            expected.mean(fleet, expected.mix.shares(point), second),
        ]
    }

    /// What share of a demand point's incidents is within each standard of the scenario.
    #[must_use]
    pub fn shares_within(&self, fleet: &Fleet, point: usize) -> Vec<f64> {
        let expected = self.expected;
        let travel = self.travel_to(fleet, point);
        let mut within = vec![0.0; expected.scenario.standards.len()];
        expected.each_case(point, |case, _, share| {
            let first = expected.first(fleet, expected.call(point, case), &travel);
            let Some(first) = first else { return };
            for (within, standard) in within.iter_mut().zip(&expected.scenario.standards) {
                let handling = expected.call_handling;
                let time = (standard.clock).time(handling, first.turnout, first.travel);
                *within += if time <= standard.threshold {
                    share
                } else {
                    0.0
                };
            }
        });
        within
    }

    /// Travel times to a demand point, by station of a fleet and time band.
    fn travel_to<'t>(
        &'t self,
        fleet: &'t Fleet,
        point: usize,
    ) -> impl Fn(u16, usize) -> Millis + 't {
        move |station, band| {
            let base = fleet.bases()[usize::from(station)];
            self.bands[&band].rows[&base].to_point[point]
        }
    }

    /// Where a position joins the roads.
    #[must_use]
    pub fn location(&self, position: LonLat) -> Option<Location> {
        let point = self.nearest.at(self.plane.project(position))?.index();
        let kinds = self.expected.scenario.kinds.iter();
        Some(Location {
            places: kinds.map(|kind| kind.roadway.nearest(position)).collect(),
            point,
        })
    }

    /// The station that is first at a location, by the nearest road that its engines can use. Times that
    /// are known better than from the roads are those of demand points, and are not used here.
    #[must_use]
    pub fn first_at(&self, fleet: &Fleet, location: &Location) -> Option<FirstDue> {
        let expected = self.expected;
        let bands = self.bands.keys().copied().collect::<Vec<usize>>();
        // Each once, as every case asks for it: by band, then by station.
        let travel: Vec<Vec<Millis>> = (bands.iter())
            .map(|band| self.travel_in(&self.bands[band], fleet, location))
            .collect();
        let travel = |station: u16, band: usize| {
            let place = bands.iter().position(|known| *known == band);
            place.map_or(Millis::NEVER, |place| travel[place][usize::from(station)])
        };
        let first = |case: Case| -> Option<Sent> {
            expected.first(fleet, expected.call(location.point, case), travel)
        };
        expected.mean(fleet, expected.mix.shares(location.point), first)
    }

    /// Travel times in one band from each station of a fleet to a location.
    fn travel_in(&self, reach: &BandReach<'_>, fleet: &Fleet, location: &Location) -> Vec<Millis> {
        let scenario = self.expected.scenario;
        let kinds = reach.roadways.iter().zip(&location.places);
        let joints: Vec<Option<(Place, Vec<Joint>)>> = kinds
            .map(|(roadway, place)| {
                let place = Place::from((*place)?);
                Some((place, open_joints(roadway.joints_in(place), &self.closed)))
            })
            .collect();
        let bases = fleet.bases().iter();
        bases
            .map(|base| {
                let kind = scenario.kind_of_base[*base];
                let Some((place, joints)) = &joints[kind] else {
                    return Millis::NEVER;
                };
                let row = &reach.rows[base];
                let over_junctions = joints
                    .iter()
                    .map(|joint| sum(row.to_node[joint.node as usize], joint.time))
                    .min();
                let origin = Place::from(scenario.bases[*base]);
                let direct = beside(reach.roadways[kind], &self.closed, origin, *place);
                over_junctions.unwrap_or(Millis::NEVER).min(direct)
            })
            .collect()
    }
}

/// A time that is known better than from the roads, where roads are closed: it grows by as much as that
/// along the roads does. Where no road led before, none is missed.
#[must_use]
pub fn known_when_closed(known: Millis, open: Millis, closed: Millis) -> Millis {
    if !open.is_finite() {
        known
    } else if !closed.is_finite() {
        Millis::NEVER
    } else {
        known + Millis(closed.0.saturating_sub(open.0))
    }
}

impl<'s> BandReach<'s> {
    fn new(expected: &Expected<'s>, fleet: &Fleet, band: usize, closed: &Closed) -> Self {
        let scenario = expected.scenario;
        let kinds = scenario.kinds.iter();
        let roadways: Vec<&Roadway> = kinds.map(|kind| kind.in_band(band)).collect();
        let mut rows = BTreeMap::new();
        for (number, kind) in scenario.kinds.iter().enumerate() {
            let bases: Vec<usize> = (fleet.bases().iter().copied())
                .filter(|base| scenario.kind_of_base[*base] == number)
                .collect();
            let scenes: Vec<Place> = kind.scenes.iter().map(|scene| (*scene).into()).collect();
            let origins = bases.iter().map(|base| Place::from(scenario.bases[*base]));
            let found = search(
                roadways[number],
                closed,
                &origins.collect::<Vec<_>>(),
                &scenes,
            );
            rows.extend(bases.into_iter().zip(found));
        }
        let mut reach = Self { roadways, rows };
        reach.take_known(expected, closed);
        reach
    }

    /// Puts in the times that are known better than from the roads. Where roads are closed, such a
    /// time grows by as much as that along the roads does.
    fn take_known(&mut self, expected: &Expected<'s>, closed: &Closed) {
        let scenario = expected.scenario;
        let of_rows = |rows: &BTreeMap<usize, Row>, base: usize, place: usize| {
            rows.get(&base).map(|row| row.to_point[place])
        };
        let known = scenario.known_times.iter();
        let known = known.filter(|known| self.rows.contains_key(&known.base));
        let known: Vec<_> = known.copied().collect();
        if known.is_empty() {
            return;
        }
        let open = (!closed.0.is_empty()).then(|| {
            let mut bases: Vec<usize> = known.iter().map(|known| known.base).collect();
            bases.sort_unstable();
            bases.dedup();
            let roads = bases.into_iter().map(|base| {
                let kind = scenario.kind_of_base[base];
                let scenes = scenario.kinds[kind].scenes.iter();
                let scenes: Vec<Place> = scenes.map(|scene| (*scene).into()).collect();
                let origin = [Place::from(scenario.bases[base])];
                let found = search(self.roadways[kind], &Closed::default(), &origin, &scenes);
                (base, found)
            });
            let rows =
                roads.flat_map(|(base, found)| found.into_iter().map(move |row| (base, row)));
            rows.collect::<BTreeMap<usize, Row>>()
        });
        let times: Vec<Millis> = (known.iter())
            .map(|known| {
                let roads = |rows| of_rows(rows, known.base, known.place).unwrap_or(Millis::NEVER);
                let now = roads(&self.rows);
                let before = open.as_ref().map(roads);
                before.map_or(known.time, |before| {
                    known_when_closed(known.time, before, now)
                })
            })
            .collect();
        for (known, time) in known.into_iter().zip(times) {
            if let Some(row) = self.rows.get_mut(&known.base) {
                row.to_point[known.place] = time;
            }
        }
    }
}

/// Each origin's times to the nodes and to the scenes.
fn search(roadway: &Roadway, closed: &Closed, origins: &[Place], scenes: &[Place]) -> Vec<Row> {
    let graph = roadway.graph();
    let masked;
    let digraph = if closed.0.is_empty() {
        graph.digraph()
    } else {
        let open = (0..).zip(graph.digraph().weight()).map(|(arc, weight)| {
            if closed.holds(Some(graph.direction_of(arc).road)) {
                NEVER
            } else {
                *weight
            }
        });
        masked = graph.digraph().with_weights(&open.collect::<Vec<u32>>());
        &masked
    };
    let joints: Vec<Vec<Joint>> = scenes
        .par_iter()
        .map(|scene| open_joints(roadway.joints_in(*scene), closed))
        .collect();
    let from_each = |search: &mut HeapSearch, origin: &Place| {
        let seeds: Vec<Seed> = open_joints(roadway.joints_out(*origin), closed)
            .into_iter()
            .map(|joint| Seed {
                node: joint.node,
                time: joint.time.0,
            })
            .collect();
        search.run(digraph, &seeds);
        let scenes = scenes.iter().zip(&joints);
        let to_point = scenes.map(|(scene, joints)| {
            let over_junctions = joints
                .iter()
                .map(|joint| sum(search.time(joint.node), joint.time))
                .min();
            let direct = beside(roadway, closed, *origin, *scene);
            over_junctions.unwrap_or(Millis::NEVER).min(direct)
        });
        Row {
            to_point: to_point.collect(),
            to_node: search.times().to_vec(),
        }
    };
    origins
        .par_iter()
        .map_init(HeapSearch::default, from_each)
        .collect()
}

/// Travel times from each origin to each scene on one roadway, with some roads closed.
#[must_use]
pub fn travel_without(
    roadway: &Roadway,
    closed: &[RoadId],
    origins: &[Place],
    scenes: &[Place],
) -> Vec<Vec<Millis>> {
    let rows = search(roadway, &Closed::new(closed), origins, scenes);
    rows.into_iter().map(|row| row.to_point).collect()
}

fn open_joints(mut joints: Vec<Joint>, closed: &Closed) -> Vec<Joint> {
    joints.retain(|joint| !closed.holds(joint.road));
    joints
}

/// The time of the trip that passes no junction, or `NEVER`.
fn beside(roadway: &Roadway, closed: &Closed, origin: Place, scene: Place) -> Millis {
    match roadway.beside(origin, scene) {
        Some((time, road)) if !closed.holds(road) => time,
        _ => Millis::NEVER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// Every station of the embedded county, to every village: as the matrix of travel times.
    #[test]
    fn with_all_roads_open_the_times_are_those_of_the_matrix() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let bases: Vec<usize> = (0..scenario.bases.len()).collect();
        let expected = Expected::of(&scenario);
        let reach = Reach::new(&expected, &bases, &[]);
        for base in bases {
            assert_eq!(reach.bands[&0].rows[&base].to_point, times.from(base));
        }
    }

    /// A location at a village is reached when the village is.
    #[test]
    fn a_location_at_a_demand_point_is_reached_when_the_point_is() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let bases: Vec<usize> = (0..scenario.bases.len()).step_by(3).collect();
        let expected = Expected::of(&scenario);
        let fleet = Fleet::of(&expected, &bases);
        let reach = Reach::new(&expected, &bases, &[]);
        for (number, point) in scenario.county.demand.iter().enumerate() {
            let [first, second] = reach.first_two(&fleet, number);
            let (first, second) = (first.unwrap(), second.unwrap());
            let location = reach.location(point.position).unwrap();
            assert_eq!(location.point, number);
            let at = reach.first_at(&fleet, &location);
            assert_eq!(at, Some(first), "{}", point.id);
            let clock = crate::scenario::standards::Clock::Dispatch;
            assert!(second.time(clock) >= first.time(clock));
            assert_ne!(second.station, first.station);
        }
    }
}
