//! Which station is first where, and by when: shortest travel times from every chosen station,
//! with all engines at home, on the roads as they are or with some of them closed.

use rayon::prelude::*;

use crate::geography::LonLat;
use crate::paths::{HeapSearch, LIMIT, NEVER, Seed};
use crate::roads::road::RoadId;
use crate::roads::travel_times::{Joint, Place, Roadway};
use crate::scenario::Scenario;
use crate::units::Millis;

/// A station, and the time its engine takes to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The travel time.
    pub travel: Millis,
    /// The station, as a place in the list of chosen ones; of equals the first counts.
    pub station: usize,
}

/// Travel from the chosen stations to every demand point and to any spot of the county.
///
/// A closed road is not driven at all, not even up to a place on it; every place joins the roads
/// where it joined them before, and turns cost what they cost before.
#[derive(Debug)]
pub struct Reach<'s> {
    kinds: Vec<KindReach<'s>>,
    /// `travel[station][point]`.
    travel: Vec<Vec<Millis>>,
}

/// The stations with one kind of engine, and the first of them at every node.
#[derive(Debug)]
struct KindReach<'s> {
    roadway: &'s Roadway,
    closed: Closed,
    stations: Vec<(usize, Place)>,
    first: Vec<Option<Due>>,
}

/// Roads that are closed, by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Closed(Vec<RoadId>);

impl Closed {
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
pub(super) fn sum(to_node: u32, rest: Millis) -> Millis {
    let time = Millis(to_node) + rest;
    if time.0 < LIMIT { time } else { Millis::NEVER }
}

impl<'s> Reach<'s> {
    /// Searches from the stations at `bases` (as in [`Scenario::bases`]) with some roads `closed`
    /// besides those that the scenario closes.
    #[must_use]
    pub fn new(scenario: &'s Scenario, bases: &[usize], closed: &[RoadId]) -> Self {
        let closed = Closed::new(closed);
        let mut travel = vec![Vec::new(); bases.len()];
        let mut kinds = Vec::new();
        for (number, kind) in scenario.kinds.iter().enumerate() {
            let stations: Vec<(usize, Place)> = bases
                .iter()
                .enumerate()
                .filter(|(_, base)| scenario.kind_of_base[**base] == number)
                .map(|(station, base)| (station, Place::from(scenario.bases[*base])))
                .collect();
            if stations.is_empty() {
                continue;
            }
            let roadway = &kind.roadway;
            let scenes: Vec<Place> = kind.scenes.iter().map(|scene| (*scene).into()).collect();
            let (first, rows) = search(roadway, &closed, &stations, &scenes);
            for ((station, _), row) in stations.iter().zip(rows) {
                travel[*station] = row;
            }
            kinds.push(KindReach {
                roadway,
                closed: closed.clone(),
                stations,
                first,
            });
        }
        Self { kinds, travel }
    }

    /// The station that is first at a demand point, and the one that is second; none where no
    /// road leads.
    #[must_use]
    pub fn first_two(&self, point: usize) -> [Option<Due>; 2] {
        let mut due: Vec<Due> = self
            .travel
            .iter()
            .enumerate()
            .map(|(station, row)| Due {
                travel: row[point],
                station,
            })
            .filter(|due| due.travel.is_finite())
            .collect();
        due.sort_unstable();
        [due.first().copied(), due.get(1).copied()]
    }

    /// The station that is first at any position, by the nearest road that its engines can use.
    #[must_use]
    pub fn first_at(&self, position: LonLat) -> Option<Due> {
        let of_kinds = self.kinds.iter().filter_map(|kind| kind.first_at(position));
        of_kinds.min()
    }
}

/// The first station at every node, and each station's times to the scenes.
pub(super) fn search(
    roadway: &Roadway,
    closed: &Closed,
    stations: &[(usize, Place)],
    scenes: &[Place],
) -> (Vec<Option<Due>>, Vec<Vec<Millis>>) {
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
    let from_each = |search: &mut HeapSearch, (_, origin): &(usize, Place)| {
        let seeds: Vec<Seed> = open_joints(roadway.joints_out(*origin), closed)
            .into_iter()
            .map(|joint| Seed {
                node: joint.node,
                time: joint.time.0,
            })
            .collect();
        search.run(digraph, &seeds);
        let scenes = scenes.iter().zip(&joints);
        let row = scenes
            .map(|(scene, joints)| {
                let over_junctions = joints
                    .iter()
                    .map(|joint| sum(search.time(joint.node), joint.time))
                    .min();
                let direct = beside(roadway, closed, *origin, *scene);
                over_junctions.unwrap_or(Millis::NEVER).min(direct)
            })
            .collect::<Vec<Millis>>();
        (search.times().to_vec(), row)
    };
    let mut first = vec![None; digraph.node_count()];
    let mut rows = Vec::with_capacity(stations.len());
    // A few at a time, so that memory does not grow with the number of stations.
    for some in stations.chunks(rayon::current_num_threads().max(1)) {
        let found: Vec<_> = some
            .par_iter()
            .map_init(HeapSearch::default, from_each)
            .collect();
        for ((station, _), (times, row)) in some.iter().zip(found) {
            for (first, time) in first.iter_mut().zip(times) {
                let due = Due {
                    travel: Millis(time),
                    station: *station,
                };
                if time != NEVER && first.is_none_or(|first| due < first) {
                    *first = Some(due);
                }
            }
            rows.push(row);
        }
    }
    (first, rows)
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

impl KindReach<'_> {
    fn first_at(&self, position: LonLat) -> Option<Due> {
        let place = Place::from(self.roadway.nearest(position)?);
        let joints = open_joints(self.roadway.joints_in(place), &self.closed);
        let over_junctions = joints.iter().filter_map(|joint| {
            let due = self.first[joint.node as usize]?;
            let travel = sum(due.travel.0, joint.time);
            Some(Due { travel, ..due })
        });
        let direct = self.stations.iter().map(|(station, origin)| Due {
            travel: beside(self.roadway, &self.closed, *origin, place),
            station: *station,
        });
        over_junctions
            .chain(direct)
            .filter(|due| due.travel.is_finite())
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    /// Every station of the embedded county, to every village: as the matrix of travel times.
    #[test]
    fn with_all_roads_open_the_times_are_those_of_the_matrix() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let bases: Vec<usize> = (0..scenario.bases.len()).collect();
        let reach = Reach::new(&scenario, &bases, &[]);
        for base in bases {
            assert_eq!(reach.travel[base], times.from(base));
        }
    }

    /// A spot at a village is reached when the village is.
    #[test]
    fn a_spot_at_a_demand_point_is_reached_when_the_point_is() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let bases: Vec<usize> = (0..scenario.bases.len()).step_by(3).collect();
        let reach = Reach::new(&scenario, &bases, &[]);
        for (number, point) in scenario.county.demand.iter().enumerate() {
            let [first, second] = reach.first_two(number);
            let first = first.unwrap();
            assert_eq!(reach.first_at(point.position), Some(first), "{}", point.id);
            assert!(second.unwrap() > first);
            assert_ne!(second.unwrap().station, first.station);
        }
    }
}
