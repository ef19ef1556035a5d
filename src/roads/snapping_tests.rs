use geo::Intersects as _;
use geo::line_intersection::{LineIntersection, line_intersection};
use proptest::prelude::*;

use super::*;
use crate::basis::Basis;
use crate::roads::access::AccessPace;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::passage::Structure;
use crate::roads::road::Junction;
use crate::roads::test_roads::{at, metres_east, network};

fn line(points: &[(f64, f64)]) -> Vec<LonLat> {
    points
        .iter()
        .map(|(east, north)| at(*east, *north))
        .collect()
}

fn rivers(lines: &[&[(f64, f64)]]) -> AccessBarriers {
    AccessBarriers {
        lines: lines.iter().map(|points| line(points)).collect(),
        areas: Vec::new(),
    }
}

fn lake(rings: &[&[(f64, f64)]]) -> AccessBarriers {
    AccessBarriers {
        lines: Vec::new(),
        areas: vec![rings.iter().map(|ring| line(ring)).collect()],
    }
}

/// Roads drawn as these lines, in metres east and north.
fn roads(lines: &[Vec<(f64, f64)>]) -> RoadGraph {
    let lines: Vec<Vec<LonLat>> = lines.iter().map(|points| line(points)).collect();
    drawn(&lines)
}

fn drawn(lines: &[Vec<LonLat>]) -> RoadGraph {
    let mut roads = RoadGraph::default();
    for (number, points) in lines.iter().enumerate() {
        let mut road = network(2, &[(0, 1, false, 1000.0)]).roads()[0].clone();
        let junction = |position, id: &str| {
            Junction::plain(format!("{number}{id}"), position, Basis::Observed)
        };
        road.id = number.to_string();
        road.from = roads.add_junction(junction(points[0], "a"));
        road.to = roads.add_junction(junction(points[points.len() - 1], "b"));
        road.shape = points[1..points.len() - 1].to_vec();
        roads.add_road(road);
    }
    roads
}

fn snapper(roads: &RoadGraph, barriers: &AccessBarriers) -> Snapper {
    let access = Access {
        pace: AccessPace::ASSUMED,
        lanes: Lanes::NONE,
        barriers,
    };
    Snapper::new(roads, |_| true, &access)
}

fn nearest(roads: &RoadGraph, barriers: &AccessBarriers, position: LonLat) -> Option<Foot> {
    let location = snapper(roads, barriers).nearest(position);
    location.map(|location| location.nearest)
}

fn is_near(a: Metres, b: f64) -> bool {
    (a.0 - b).abs() < 0.05
}

/// ```text
///           x  200 m north of the road, 250 m along it
/// 0 --------+------------------------ 1      1000 m
/// ```
#[test]
fn a_position_joins_the_middle_of_a_road() {
    let roads = network(2, &[(0, 1, false, 1000.0)]);
    // A river far away cuts the road into parts, and changes nothing.
    for barriers in [rivers(&[]), rivers(&[&[(0.0, 9000.0), (900.0, 9000.0)]])] {
        let snapped = nearest(&roads, &barriers, at(250.0, 200.0)).unwrap();
        assert_eq!(snapped.road, RoadId(0));
        assert!((snapped.share - 0.25).abs() < 1e-6, "{snapped:?}");
        assert!((snapped.access.0 - 200.0).abs() < 0.01, "{snapped:?}");
    }
}

/// ```text
/// r3  ~             1
///  |  ~  x         0
///  |  ~             2      two roads end at 0, 100 m from x; the third is 40 m off, behind a river
/// ```
#[test]
fn of_roads_equally_near_the_first_in_the_network_is_joined() {
    let upper = vec![(0.0, 0.0), (300.0, 300.0)];
    let lower = vec![(0.0, 0.0), (300.0, -300.0)];
    let hidden = vec![(-140.0, -20.0), (-140.0, 20.0)];
    for ways in [
        [&upper, &lower, &hidden],
        [&lower, &upper, &hidden],
        [&upper, &hidden, &lower],
        [&hidden, &lower, &upper],
    ] {
        let roads = roads(&ways.map(Clone::clone));
        let river = rivers(&[&[(-110.0, -60.0), (-110.0, 60.0)]]);
        let found = nearest(&roads, &river, at(-100.0, 0.0)).unwrap();
        assert!(is_near(found.access, 100.0), "{found:?}");
        let first = ways.iter().position(|way| *way != &hidden).unwrap();
        assert_eq!(found.road.index(), first);
    }
    // And where the nearest is seen.
    for ways in [[&upper, &lower], [&lower, &upper]] {
        let roads = roads(&ways.map(Clone::clone));
        let found = nearest(&roads, &rivers(&[]), at(-100.0, 0.0)).unwrap();
        assert_eq!(found.road, RoadId(0));
    }
}

/// A county from 60° to 70.5° north, whose middle knows degrees of longitude that are 1.27 times as long as in
/// its far north: there one road passes 110 m east of a place and one 120 m north of it, beside a lake with a
/// third road 60 m away on its other bank.
#[test]
fn what_is_near_is_measured_around_the_place() {
    let here = LonLat {
        lon: 25.0,
        lat: 70.5,
    };
    let plane = Plane::around(here);
    let off = |east: f64, north: f64| plane.unproject([east, north]);
    let south = |lat: f64| LonLat { lon: 25.0, lat };
    let roads = drawn(&[
        vec![south(60.0), south(60.1)],
        vec![off(-300.0, 120.0), off(300.0, 120.0)],
        vec![off(110.0, -300.0), off(110.0, 100.0)],
        vec![off(-300.0, -60.0), off(90.0, -60.0)],
    ]);
    let lake = AccessBarriers {
        lines: Vec::new(),
        areas: vec![vec![
            [
                (-900.0, -50.0),
                (105.0, -50.0),
                (105.0, -10.0),
                (-900.0, -10.0),
            ]
            .map(|(east, north)| off(east, north))
            .to_vec(),
        ]],
    };
    let found = nearest(&roads, &lake, here).unwrap();
    assert_eq!(found.road, RoadId(2), "{found:?}");
    assert!((found.access.0 - 110.0).abs() < 0.01, "{found:?}");
    assert!((found.share - 0.75).abs() < 1e-5, "{found:?}");
    let over = snapper(&roads, &lake).nearest_over_barriers(here).unwrap();
    assert!(over.road == RoadId(3) && is_near(over.access, 60.0));
    // Within reach as it is measured here.
    let reach = |metres| {
        let access = Access {
            pace: AccessPace {
                limit: Metres(metres),
                ..AccessPace::ASSUMED
            },
            lanes: Lanes::NONE,
            barriers: &lake,
        };
        let snapper = Snapper::new(&roads, |_| true, &access);
        snapper
            .nearest_in_reach(here)
            .map(|found| found.nearest.road)
    };
    assert_eq!([109.0, 111.0].map(reach), [None, Some(RoadId(2))]);
}

#[test]
fn a_network_without_roads_has_no_nearest_one() {
    assert_eq!(
        nearest(&network(1, &[]), &rivers(&[]), metres_east(0.0)),
        None
    );
}

/// ```text
/// 0 ------------------------- road 0
/// ~~~~~~~~~~~~~~~~~~~~~~~~~~~ river, 30 m south of it
///              x              50 m from road 0, 400 m from road 1
///
/// 1 ------------------------- road 1
/// ```
#[test]
fn a_village_joins_the_road_of_its_own_bank() {
    let roads = roads(&[
        vec![(0.0, 450.0), (1000.0, 450.0)],
        vec![(0.0, 0.0), (1000.0, 0.0)],
    ]);
    let village = at(500.0, 400.0);
    let over = nearest(&roads, &rivers(&[]), village).unwrap();
    assert!(over.road == RoadId(0) && is_near(over.access, 50.0));
    let river = rivers(&[&[(-9000.0, 420.0), (9000.0, 420.0)]]);
    let near_side = nearest(&roads, &river, village).unwrap();
    assert!(
        near_side.road == RoadId(1) && is_near(near_side.access, 400.0),
        "{near_side:?}"
    );
    assert!((near_side.share - 0.5).abs() < 1e-6, "{near_side:?}");
    assert_eq!(
        snapper(&roads, &river)
            .nearest_over_barriers(village)
            .unwrap()
            .road,
        RoadId(0)
    );
}

/// ```text
///  0 =========================    bridge, 10 m north of x
///               x
///  1 -------------------------    street, 300 m south of x, or too far for x to have it as its road
/// ```
#[test]
fn a_bridge_is_joined_only_where_no_other_road_is_in_reach() {
    let with_street_at = |south: f64| {
        let plain = roads(&[
            vec![(-500.0, 10.0), (500.0, 10.0)],
            vec![(-500.0, -south), (500.0, -south)],
        ]);
        let mut carried = RoadGraph::default();
        for junction in plain.junctions() {
            carried.add_junction(junction.clone());
        }
        for (number, road) in plain.roads().iter().enumerate() {
            let mut road = road.clone();
            road.structure = (number == 0).then_some(Structure::Bridge);
            carried.add_road(road);
        }
        carried
    };
    let (none, river) = (
        AccessBarriers::default(),
        rivers(&[&[(-9e3, 5e3), (9e3, 5e3)]]),
    );
    for barriers in [&none, &river] {
        let joins = |south| nearest(&with_street_at(south), barriers, at(0.0, 0.0)).unwrap();
        assert_eq!(joins(300.0).road, RoadId(1));
        assert!(is_near(joins(300.0).access, 300.0));
        assert_eq!(joins(501.0).road, RoadId(0));
    }
    // A street that a river hides is out of reach.
    let between = rivers(&[&[(-9e3, -100.0), (9e3, -100.0)]]);
    let joined = nearest(&with_street_at(300.0), &between, at(0.0, 0.0)).unwrap();
    assert_eq!(joined.road, RoadId(0));
}

/// ```text
///        |        bridge, the only road, from 300 m north of the river to 300 m south
///  x ~~~~|~~~~    the river; x is 400 m west of the bridge and 10 m north of the river
///        |
/// ```
///
/// As the crow flies x joins the bridge 10 m north of the river, and one 5 m south of the river joins
/// it south of it. From a position on the river itself the way to the middle of the bridge would run
/// along the river: it joins the end of the nearest part, 50 m from the middle.
#[test]
fn a_bridge_is_joined_from_either_bank_up_to_the_river() {
    let roads = roads(&[vec![(0.0, 300.0), (0.0, -300.0)]]);
    let river = rivers(&[&[(-2000.0, 0.0), (2000.0, 0.0)]]);
    for (north, share) in [
        (10.0, 290.0 / 600.0),
        (0.0, 250.0 / 600.0),
        (-5.0, 305.0 / 600.0),
    ] {
        let snapped = nearest(&roads, &river, at(-400.0, north)).unwrap();
        assert!((snapped.share - share).abs() < 1e-4, "{north}: {snapped:?}");
    }
    // The river bends around x: only the bridge over the river itself can be reached, 400 m east
    // and 60 m south.
    let bend = rivers(&[&[
        (-2000.0, 60.0),
        (-300.0, 60.0),
        (0.0, -60.0),
        (2000.0, -60.0),
    ]]);
    let snapped = nearest(&roads, &bend, at(-400.0, -10.0)).unwrap();
    assert!((snapped.share - 360.0 / 600.0).abs() < 1e-4, "{snapped:?}");
}

/// A pond of 40 m beside the village hides the nearest point of a long straight road, and not the
/// road: one of its parts of 50 m is seen past the pond.
#[test]
fn a_pond_does_not_hide_a_whole_road() {
    let roads = roads(&[vec![(0.0, 0.0), (1000.0, 0.0)]]);
    let pond = lake(&[&[
        (480.0, 40.0),
        (520.0, 40.0),
        (520.0, 60.0),
        (480.0, 60.0),
        (480.0, 40.0),
    ]]);
    let snapped = nearest(&roads, &pond, at(500.0, 100.0)).unwrap();
    assert!((100.0..125.0).contains(&snapped.access.0), "{snapped:?}");
}

/// ```text
/// +-----------------+
/// |  a   +---+      |     a lies in the lake, which does not hold it; b on an island, which does:
/// |      | b |      |     the road is 600 m from the lake's middle and no road is on the island
/// |      +---+      |
/// +-----------------+
/// ------------------- road
/// ```
#[test]
fn a_lake_does_not_hold_who_is_drawn_in_it_but_whom_it_surrounds() {
    let roads = roads(&[vec![(-1000.0, -600.0), (1000.0, -600.0)]]);
    let square = |half: f64| {
        [
            (-half, -half),
            (half, -half),
            (half, half),
            (-half, half),
            (-half, -half),
        ]
    };
    let lake = lake(&[&square(500.0), &square(100.0)]);
    let in_lake = nearest(&roads, &lake, at(-300.0, 0.0)).unwrap();
    assert!(is_near(in_lake.access, 600.0), "{in_lake:?}");
    assert_eq!(nearest(&roads, &lake, at(0.0, 0.0)), None);
    // Where the way leads over the island, its edge is open as well.
    let north = nearest(&roads, &lake, at(0.0, 300.0)).unwrap();
    assert!(is_near(north.access, 900.0), "{north:?}");
}

/// The only road without a river before it is 6 km away. A village 100 m from the other one looks
/// 5 km far and joins none; one 3.5 km from it looks 7 km far.
#[test]
fn the_search_ends_where_it_is_said_to_end() {
    let roads = roads(&[
        vec![(0.0, 0.0), (1000.0, 0.0)],
        vec![(0.0, 6100.0), (1000.0, 6100.0)],
        vec![(0.0, -9000.0), (1000.0, -9000.0)],
    ]);
    let river = rivers(&[
        &[(-90_000.0, 50.0), (90_000.0, 50.0)],
        &[(-90_000.0, -50.0), (90_000.0, -50.0)],
    ]);
    assert_eq!(nearest(&roads, &river, at(500.0, 100.0)), None);
    let far = nearest(&roads, &river, at(500.0, -3500.0)).unwrap();
    assert!(is_near(far.access, 5500.0), "{far:?}");
}

fn on_plane(points: &[(i32, i32)]) -> Vec<(f64, f64)> {
    // Whole metres at some distance from each other, so that many lines touch.
    let metres = |value: i32| f64::from(value) * 40.0;
    points
        .iter()
        .map(|(x, y)| (metres(*x), metres(*y)))
        .collect()
}

/// A line of two or three different points on a lattice.
fn lattice_line() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0..12i32, 0..12i32), 2..4)
        .prop_map(|mut points| {
            points.dedup();
            points
        })
        .prop_filter("two points", |points| points.len() > 1)
        .prop_map(|points| on_plane(&points))
}

/// The distance of the nearest road as everybody would work it out: every part of every road of
/// at most 50 m between barriers, every barrier.
fn by_hand(
    roads: &[Vec<(f64, f64)>],
    rivers: &[Vec<(f64, f64)>],
    position: (f64, f64),
) -> Option<f64> {
    let barriers: Vec<geo::Line> = rivers
        .iter()
        .flat_map(|river| river.windows(2))
        .map(|ends| geo::Line::new(ends[0], ends[1]))
        .collect();
    let mut best: Option<f64> = None;
    for ends in roads.iter().flat_map(|road| road.windows(2)) {
        let (a, b) = (ends[0], ends[1]);
        let length = libm::hypot(b.0 - a.0, b.1 - a.1);
        let mut crossings: Vec<f64> = barriers
            .iter()
            .filter_map(
                |barrier| match line_intersection(geo::Line::new(a, b), *barrier)? {
                    LineIntersection::SinglePoint { intersection, .. } => {
                        Some(libm::hypot(intersection.x - a.0, intersection.y - a.1))
                    }
                    LineIntersection::Collinear { .. } => None,
                },
            )
            .filter(|along| (0.01..length - 0.01).contains(along))
            .collect();
        crossings.sort_by(f64::total_cmp);
        let mut cuts = vec![0.0];
        for along in crossings {
            if along - cuts[cuts.len() - 1] * length > 0.01 {
                cuts.push(along / length);
            }
        }
        cuts.push(1.0);
        for cut in cuts.windows(2) {
            let parts = ((cut[1] - cut[0]) * length / 50.0 - 1e-6).ceil().max(1.0) as u32;
            for part in 0..parts {
                let share =
                    |part: u32| cut[0] + (cut[1] - cut[0]) * f64::from(part) / f64::from(parts);
                let (from, to) = (share(part), share(part + 1));
                let whole = ((position.0 - a.0) * (b.0 - a.0) + (position.1 - a.1) * (b.1 - a.1))
                    / (length * length);
                let on = whole.clamp(from, to);
                let foot = (a.0 + (b.0 - a.0) * on, a.1 + (b.1 - a.1) * on);
                let access = libm::hypot(foot.0 - position.0, foot.1 - position.1);
                let inwards = |from: (f64, f64), to: (f64, f64)| {
                    let share = 0.01 / access;
                    (
                        from.0 + (to.0 - from.0) * share,
                        from.1 + (to.1 - from.1) * share,
                    )
                };
                let way = geo::Line::new(inwards(position, foot), inwards(foot, position));
                let is_clear = access <= 0.02 || !barriers.iter().any(|b| way.intersects(b));
                if is_clear && best.is_none_or(|best| access < best) {
                    best = Some(access);
                }
            }
        }
    }
    best
}

proptest! {
    /// Positions lie off the lattice, so that no way runs exactly through the end of a barrier.
    #[test]
    fn the_nearest_visible_road_is_the_one_found_by_hand(
        lines in prop::collection::vec(lattice_line(), 1..6),
        barriers in prop::collection::vec(lattice_line(), 0..8),
        position in (0.0..440.0f64, 0.0..440.0f64),
    ) {
        let graph = roads(&lines);
        let slices: Vec<&[(f64, f64)]> = barriers.iter().map(Vec::as_slice).collect();
        let found = nearest(&graph, &rivers(&slices), at(position.0, position.1));
        let expected = by_hand(&lines, &barriers, position);
        let in_reach = snapper(&graph, &rivers(&slices)).nearest_in_reach(at(position.0, position.1));
        let in_reach = in_reach.map(|location| location.nearest);
        prop_assert_eq!(in_reach, found.filter(|found| found.access <= AccessPace::ASSUMED.limit));
        match (found, expected) {
            (Some(found), Some(expected)) => {
                prop_assert!((found.access.0 - expected).abs() < 0.01, "{found:?} {expected}");
            }
            (found, expected) => prop_assert_eq!(found.map(|f| f.access.0), expected),
        }
    }
}
