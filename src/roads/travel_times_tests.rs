use std::sync::Arc;

use petgraph::graph::NodeIndex;

use super::*;
use crate::geography::LonLat;
use crate::roads::access::{Access, AccessPace};
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::Lanes;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::road::{BothWays, Direction, RoadId, TurnRestriction};
use crate::roads::snapping::{Foot, Location};
use crate::roads::test_roads::{at, metres_east, network, plain_profile, profile_with};
use crate::units::{KmPerHour, Metres};

fn roadway(roads: RoadGraph, profile: &Profile) -> Roadway {
    let access = Access {
        pace: AccessPace {
            driven: KmPerHour(6.0),
            ..AccessPace::ASSUMED
        },
        lanes: Lanes::NONE,
        barriers: &AccessBarriers::default(),
    };
    Roadway::new(Arc::new(roads), profile, &Conditions::default(), &access).unwrap()
}

fn beside(foot: Foot) -> TripEnd {
    TripEnd::Beside(Location::beside(foot.point, foot))
}

fn time(from: LonLat, to: LonLat) -> Millis {
    let roads = network(3, &[(0, 1, false, 1000.0), (1, 2, false, 1000.0)]);
    let roadway = roadway(roads, &plain_profile());
    let [from, to] = [from, to].map(|position| TripEnd::from(roadway.nearest(position).unwrap()));
    let route = roadway.route(&from, &to).unwrap();
    let time = roadway
        .times(std::slice::from_ref(&from), std::slice::from_ref(&to))
        .get(0, 0);
    assert_eq!(
        route.time(),
        time,
        "the route takes as long as the table says"
    );
    time
}

/// ```text
///      o  100 m                x  50 m        access at 6 km/h: 36 s per 60 m
/// 0 ---+---------- 1 ----------+---- 2        1000 m each at 60 km/h: 60 s
///     250                     1750
/// ```
/// 100 m = 60 s, then 750 m = 45 s and 750 m = 45 s, then 50 m = 30 s: 180 s.
#[test]
fn both_access_legs_and_parts_of_two_roads_are_counted() {
    let whole = time(at(250.0, 100.0), at(1750.0, 50.0));
    assert!(whole.0.abs_diff(180_000) <= 3, "{whole:?}");
}

/// 500 m on one road at 60 km/h: 30 s, without a detour over a junction.
#[test]
fn two_locations_on_one_road_need_no_junction() {
    let whole = time(at(250.0, 0.0), at(750.0, 0.0));
    assert!(whole.0.abs_diff(30_000) <= 3, "{whole:?}");
}

/// ```text
/// 0 ---> 1 ---> 2 ---> 0        1000 m each, one-way: 60 s
/// ```
#[test]
fn a_one_way_road_is_driven_backwards_only_by_whoever_dares_it() {
    let ring = [
        (0, 1, true, 1000.0),
        (1, 2, true, 1000.0),
        (2, 0, true, 1000.0),
    ];
    let onwards = |profile: &Profile| {
        let roadway = roadway(network(3, &ring), profile);
        let [from, to] = [750.0, 250.0].map(|east| {
            beside(Foot {
                road: RoadId(0),
                share: east / 1000.0,
                point: metres_east(east),
                access: Metres(0.0),
            })
        });
        roadway
            .times(std::slice::from_ref(&from), std::slice::from_ref(&to))
            .get(0, 0)
    };
    // Round the whole ring but 500 m: 2500 m = 150 s.
    assert_eq!(onwards(&plain_profile()), Millis(150_000));
    // 500 m at 15 km/h: 120 s.
    let daring = "[exemption]\nagainst_one_way = { speed = \"15 km/h\", ASSUMED }\n";
    assert_eq!(onwards(&profile_with(&[], daring)), Millis(120_000));
}

/// ```text
///             3
///             |  road 2
/// 0 --------- 1 --------- 2          1000 m each: 60 s
///    road 0      road 1
/// ```
/// The turn from road 0 into road 2 is forbidden: on to 2, back (a U-turn of 30 s at the dead
/// end), and from the other side into road 2: 60 + 60 + 30 + 60 + 60 s. With delays of 10 s for
/// left turns and 5 s for right turns the last turn costs 5 s more.
#[test]
fn a_forbidden_turn_is_driven_round() {
    let mut roads = network(
        4,
        &[
            (0, 1, false, 1000.0),
            (1, 2, false, 1000.0),
            (1, 3, false, 1000.0),
        ],
    );
    let along = |road, forwards| Direction {
        road: crate::roads::road::RoadId(road),
        forwards,
    };
    roads.add_restriction(TurnRestriction {
        id: "no turn".to_owned(),
        path: vec![along(0, true), along(2, true)],
        binds_engines: false,
    });
    let [from, to] = [0, 3].map(|node| TripEnd::Junction(NodeIndex::new(node)));
    let time = |profile: &Profile| {
        let roadway = roadway(roads.clone(), profile);
        let time = roadway
            .times(std::slice::from_ref(&from), std::slice::from_ref(&to))
            .get(0, 0);
        assert_eq!(roadway.route(&from, &to).unwrap().time(), time);
        time
    };
    let u_turn = ("u_turn", "30 s");
    assert_eq!(time(&profile_with(&[u_turn], "")), Millis(270_000));
    let ignoring = "[exemption]\nforbidden_turns = { allowed = true, ASSUMED }\n";
    assert_eq!(time(&profile_with(&[u_turn], ignoring)), Millis(120_000));
}

/// ```text
/// 0 ---------- L 400 m ------- C 700 m ---- 1       lights of 8 s, a crossing of 2 s; 60 km/h
/// ```
/// From 0 to 390 m 23.4 s, to 410 m 24.6 + 8 s, to 710 m 42.6 + 8 + 2 s. Back from 1 to 710 m 17.4 s, and to
/// 390 m 36.6 + 2 s: the lights stop who drives forwards. From 390 m to 410 m 1.2 + 8 s, from the lights
/// themselves 0.6 s.
#[test]
fn lights_and_crossings_cost_time_where_they_stand() {
    let mut roads = RoadGraph::default();
    let plain = network(2, &[(0, 1, false, 1000.0)]);
    for junction in plain.junctions() {
        roads.add_junction(junction.clone());
    }
    let mut road = plain.roads()[0].clone();
    road.signals.forwards = vec![Metres(400.0)];
    road.crossings = BothWays {
        forwards: vec![Metres(700.0)],
        backwards: vec![Metres(700.0)],
    };
    roads.add_road(road);
    let profile = profile_with(&[("signal", "8 s"), ("crossing", "2 s")], "");
    let roadway = roadway(roads, &profile);
    let at = |metres: f64| {
        beside(Foot {
            road: RoadId(0),
            share: metres / 1000.0,
            point: LonLat::default(),
            access: Metres(0.0),
        })
    };
    for (from, to, seconds) in [
        (0.0, 390.0, 23.4),
        (0.0, 410.0, 32.6),
        (0.0, 710.0, 52.6),
        (0.0, 1000.0, 70.0),
        (1000.0, 710.0, 17.4),
        (1000.0, 390.0, 38.6),
        (390.0, 410.0, 9.2),
        (400.0, 410.0, 0.6),
        (390.0, 400.0, 0.6),
    ] {
        let [from_end, to_end] = [from, to].map(at);
        let time = roadway
            .times(
                std::slice::from_ref(&from_end),
                std::slice::from_ref(&to_end),
            )
            .get(0, 0);
        assert_eq!(time, Millis::from_seconds(seconds), "{from}-{to}");
        assert_eq!(roadway.route(&from_end, &to_end).unwrap().time(), time);
    }
}
