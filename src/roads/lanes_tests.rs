use std::sync::Arc;

use super::*;
use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::access::{Access, AccessPace};
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::class::RoadClass;
use crate::roads::profile::Conditions;
use crate::roads::road::{Junction, Road};
use crate::roads::roadway::Roadway;
use crate::roads::test_roads::{at, classed, profile_with};
use crate::roads::trip::TripEnd;

/// Two parallel main roads 1200 m apart that meet 20 km east, and a street of so many metres.
///
/// ```text
///    0 ------------------------- 1         y = 1200
///         x  900 m north of y = 0
///         x  600 m
///    2 ------------------------- 3         y = 0       1-3: the way round
/// ```
fn two_roads(street: f64) -> RoadGraph {
    let primary = RoadClass::Primary;
    let drawn = classed(
        &[
            [-20_000.0, 1200.0],
            [20_000.0, 1200.0],
            [-20_000.0, 0.0],
            [20_000.0, 0.0],
            [0.0, -300.0],
            [street, -300.0],
        ],
        &[
            (0, 1, primary),
            (2, 3, primary),
            (1, 3, primary),
            (4, 5, RoadClass::Residential),
        ],
    );
    as_drawn(&drawn)
}

/// The same roads, each as long as it is drawn; and far away so many that the density of the network is judged.
fn as_drawn(drawn: &RoadGraph) -> RoadGraph {
    let mut roads = RoadGraph::default();
    for junction in drawn.junctions() {
        roads.add_junction(junction.clone());
    }
    for road in drawn.roads() {
        let [from, to] = [road.from, road.to].map(|end| drawn.graph()[end].position);
        let mut road = road.clone();
        road.length = from.distance(to);
        roads.add_road(road);
    }
    for number in 0..JUDGED_FROM {
        let ends = [0.0, 100.0].map(|north| {
            let position = at(-60_000.0 + 200.0 * number as f64, -60_000.0 + north);
            let id = format!("far {number} {north}");
            roads.add_junction(Junction::plain(id, position, Basis::Observed))
        });
        let id = format!("far {number}");
        roads.add_road(Road::plain(id, ends, RoadClass::Primary, Metres(100.0)));
    }
    roads
}

fn roadway(roads: RoadGraph, lanes: Lanes, barriers: &AccessBarriers) -> Roadway {
    let more = "[class.residential]\nspeed = \"30 km/h\"\nbasis = \"assumed\"\nreason = \"test\"\n";
    let access = Access {
        pace: AccessPace::ASSUMED,
        lanes,
        barriers,
    };
    let profile = profile_with(&[], more);
    Roadway::new(Arc::new(roads), &profile, &Conditions::default(), &access).unwrap()
}

fn seconds(roadway: &Roadway, from: LonLat, to: LonLat) -> f64 {
    let [from, to] = [from, to].map(|at| TripEnd::from(roadway.nearest(at).unwrap()));
    let time = roadway
        .times(std::slice::from_ref(&from), std::slice::from_ref(&to))
        .get(0, 0);
    let route = roadway.route(&from, &to).unwrap();
    assert_eq!(
        route.time(),
        time,
        "the route takes as long as the table says"
    );
    time.seconds()
}

/// Streets of a quarter of a kilometre on a square kilometre are 3142 m within 2 km.
#[test]
fn lanes_are_missing_where_there_are_few_streets() {
    let none = AccessBarriers::default();
    let is_missing = |street, east| {
        let roadway = roadway(two_roads(street), Lanes::ASSUMED, &none);
        roadway.nearest(at(east, 600.0)).unwrap().by_lanes.is_some()
    };
    // Of a street from 0 to the east about 1800 m are within 2 km of its beginning.
    assert!(is_missing(1500.0, 0.0));
    assert!(!is_missing(4000.0, 2000.0));
    assert!(is_missing(4000.0, -4000.0), "far from the street");
    let never = roadway(two_roads(1500.0), Lanes::NONE, &none);
    assert!(never.nearest(at(0.0, 600.0)).unwrap().by_lanes.is_none());
}

/// 16 main roads of 4 km each, 250 m apart, are 4 km on a square kilometre; 125 m apart 8 km.
#[test]
fn a_dense_network_is_complete_whatever_its_classes_say() {
    let grid = |apart: f64| {
        let lines = (4000.0 / apart) as usize;
        let ends = |line: usize| [0.0, 4000.0].map(|east| [east, line as f64 * apart]);
        let junctions: Vec<[f64; 2]> = (0..=lines).flat_map(ends).collect();
        let links = (0..=lines).map(|line| (2 * line, 2 * line + 1, RoadClass::Primary));
        let mut links: Vec<(usize, usize, RoadClass)> = links.collect();
        links.extend((0..lines).map(|line| (2 * line, 2 * line + 2, RoadClass::Primary)));
        roadway(
            as_drawn(&classed(&junctions, &links)),
            Lanes::ASSUMED,
            &AccessBarriers::default(),
        )
    };
    let is_missing = |apart| {
        let middle = grid(apart).nearest(at(2000.0, 2000.0)).unwrap();
        middle.by_lanes.is_some()
    };
    assert!(is_missing(250.0));
    assert!(!is_missing(125.0));
}

/// From a yard 20 m beside the northern road to a village 300 m south of that and 900 m north of the southern one:
/// a drive along the northern road and 300 m by lane, which the nearest road alone gives too. From the southern
/// road the village is reached by lane, not by the way round: 900 m.
#[test]
fn a_village_reaches_the_roads_around_it() {
    let none = AccessBarriers::default();
    let with_lanes = roadway(two_roads(0.0), Lanes::ASSUMED, &none);
    let without = roadway(two_roads(0.0), Lanes::NONE, &none);
    let village = at(0.0, 900.0);
    let [north, south] = [at(-4500.0, 1200.0), at(-4500.0, 0.0)];
    // 4500 m at 60 km/h take 270 s.
    let lane = |metres: f64| {
        let time = AccessPace::ASSUMED.time_by_lanes(&Lanes::ASSUMED, Metres(metres));
        time.seconds()
    };
    let near = |a: f64, b: f64| assert!((a - b).abs() < 0.02, "{a} {b}");
    near(seconds(&with_lanes, north, village), 270.0 + lane(300.0));
    near(seconds(&with_lanes, south, village), 270.0 + lane(900.0));
    let location = with_lanes.nearest(village).unwrap();
    assert_eq!(location.feet().count(), 2);
    // Beyond its reach there is nothing to join.
    let short = Lanes {
        reach: Metres(800.0),
        ..Lanes::ASSUMED
    };
    let location = roadway(two_roads(0.0), short, &none)
        .nearest(village)
        .unwrap();
    assert_eq!(location.feet().count(), 1);
    // Where lanes are not modelled the only way is round, 24,500 and 1200 and 20,000 m, and then 300 m at 15 km/h.
    near(
        seconds(&without, south, village),
        45_700.0 / 1000.0 * 60.0 + 72.0,
    );
    // A river in between hides the southern road.
    let river = AccessBarriers {
        lines: vec![vec![at(-30_000.0, 500.0), at(19_000.0, 500.0)]],
        areas: Vec::new(),
    };
    let behind = roadway(two_roads(0.0), Lanes::ASSUMED, &river)
        .nearest(village)
        .unwrap();
    assert_eq!(behind.feet().count(), 1);
}

/// Two villages 700 m apart, neither at a listed road: straight, 400 m in 96 s and 1.3 × 300 m in 46.8 s, not by the
/// roads; but not over 3 km, nor over a river.
#[test]
fn a_short_trip_needs_no_listed_road() {
    let none = AccessBarriers::default();
    let [a, b, far] = [at(0.0, 300.0), at(0.0, 1000.0), at(3100.0, 600.0)];
    let with_lanes = roadway(two_roads(0.0), Lanes::ASSUMED, &none);
    assert!((seconds(&with_lanes, a, b) - (96.0 + 46.8)).abs() < 0.01);
    let [from, to] = [a, b].map(|at| TripEnd::from(with_lanes.nearest(at).unwrap()));
    let route = with_lanes.route(&from, &to).unwrap();
    assert!(route.legs.is_empty() && route.access.by_lanes, "{route:?}");
    let [from, to] = [a, far].map(|at| TripEnd::from(with_lanes.nearest(at).unwrap()));
    assert!(!with_lanes.route(&from, &to).unwrap().legs.is_empty());
    let river = AccessBarriers {
        lines: vec![vec![at(-30_000.0, 650.0), at(19_000.0, 650.0)]],
        areas: Vec::new(),
    };
    let across = roadway(two_roads(0.0), Lanes::ASSUMED, &river);
    assert!(seconds(&across, a, b) > 600.0, "round by the road between");
}

/// Three roads say nothing of how dense a network is.
#[test]
fn a_handful_of_roads_is_taken_as_complete() {
    let primary = RoadClass::Primary;
    let roads = classed(
        &[[-30_000.0, 0.0], [0.0, 0.0], [30_000.0, 0.0]],
        &[(0, 1, primary), (1, 2, primary)],
    );
    let alone = roadway(roads, Lanes::ASSUMED, &AccessBarriers::default());
    assert!(alone.nearest(at(0.0, 500.0)).unwrap().by_lanes.is_none());
}

#[test]
fn figures_that_no_lane_has_are_refused_by_their_key() {
    assert_eq!(Lanes::ASSUMED.check(), Ok(()));
    assert_eq!(Lanes::NONE.check(), Ok(()));
    for (lanes, key) in [
        (
            Lanes {
                detour: 0.9,
                ..Lanes::ASSUMED
            },
            "detour",
        ),
        (
            Lanes {
                detour: f64::NAN,
                ..Lanes::ASSUMED
            },
            "detour",
        ),
        (
            Lanes {
                reach: Metres(-1.0),
                ..Lanes::ASSUMED
            },
            "reach",
        ),
        (
            Lanes {
                longest: Metres(3e6),
                ..Lanes::ASSUMED
            },
            "longest",
        ),
        (
            Lanes {
                missing_below: f64::INFINITY,
                ..Lanes::ASSUMED
            },
            "missing_below",
        ),
    ] {
        assert_eq!(lanes.check().unwrap_err().0, key);
    }
}
