use super::*;
use crate::geography::LonLat;
use crate::roads::drivable::drivable_part;
use crate::roads::osm::{OsmNode, Tags};
use crate::roads::profile::Profile;
use crate::roads::test_roads;

/// A map drawn by hand: nodes `1, 2, …` in steps of 1,000 m east and north of 0, 0.
#[derive(Default)]
struct Map(OsmExtract);

impl Map {
    fn with_nodes(points: &[(i64, i64)]) -> Self {
        let mut map = Self::default();
        map.0.nodes = (1..)
            .zip(points)
            .map(|(id, (east, north))| OsmNode {
                id,
                position: at(*east, *north),
                tags: Tags::default(),
            })
            .collect();
        map
    }

    fn way(mut self, id: i64, refs: &[i64], pairs: &[(&str, &str)]) -> Self {
        let mut tags = vec![("highway".to_owned(), "residential".to_owned())];
        for (key, value) in pairs {
            tags.retain(|(name, _)| name != key);
            tags.push(((*key).to_owned(), (*value).to_owned()));
        }
        self.0.ways.push(OsmWay {
            id,
            refs: refs.to_vec(),
            tags: Tags(tags.into_boxed_slice()),
        });
        self
    }

    fn network(&self) -> Network {
        build(&self.0, None)
    }

    /// Every road as `link: from-…-to`, with `>` where it is one way, by node number; bends are
    /// counted.
    fn roads(&self) -> Vec<String> {
        let roads = self.network().roads;
        roads
            .roads()
            .iter()
            .map(|road| {
                format!(
                    "{}: {} {} {} bends {}",
                    road.id,
                    roads.junction(road.from).id,
                    if road.is_one_way() { ">" } else { "=" },
                    roads.junction(road.to).id,
                    road.shape.len()
                )
            })
            .collect()
    }
}

const STEP: f64 = 1000.0;

fn at(east: i64, north: i64) -> LonLat {
    test_roads::at(east as f64 * STEP, north as f64 * STEP)
}

/// ```text
/// 1---2---3       one way of the map with a bend at 2: one road, two steps long
/// ```
#[test]
fn a_bend_is_no_junction_and_its_shape_is_kept() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (1, 1)]).way(10, &[1, 2, 3], &[]);
    assert_eq!(map.roads(), ["10-1: 1 = 3 bends 1"]);
    let roads = map.network().roads;
    let road = &roads.roads()[0];
    assert!(
        (road.length.0 - 2.0 * STEP).abs() < 0.1,
        "{:?}",
        road.length
    );
    assert_eq!(road.shape[0], at(1, 0));
}

/// ```text
///     4
///     |
/// 1---2---3       way 10 is 1-2-3, way 11 is 2-4
/// ```
#[test]
fn a_way_is_cut_where_another_joins_it() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0), (1, 1)])
        .way(10, &[1, 2, 3], &[])
        .way(11, &[2, 4], &[]);
    assert_eq!(
        map.roads(),
        [
            "10-1: 1 = 2 bends 0",
            "10-2: 2 = 3 bends 0",
            "11-1: 2 = 4 bends 0"
        ]
    );
}

/// ```text
/// 1==10==2==11==3==12==4       10 and 11 are alike, 12 has another name
/// ```
#[test]
fn ways_that_are_alike_become_one_road_and_a_change_of_name_a_junction() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0), (3, 0)])
        .way(10, &[1, 2], &[])
        .way(11, &[3, 2], &[])
        .way(12, &[3, 4], &[("name", "安流大道")]);
    assert_eq!(map.roads(), ["10-1: 1 = 3 bends 1", "12-1: 3 = 4 bends 0"]);
}

/// ```text
/// 1---2---3---4---5       class changes at 2, limit at 3, one-way begins at 4
/// ```
#[test]
fn a_change_of_class_limit_or_direction_is_a_junction() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)])
        .way(10, &[1, 2], &[("highway", "primary")])
        .way(11, &[2, 3], &[])
        .way(12, &[3, 4], &[("maxspeed", "30")])
        .way(13, &[4, 5], &[("maxspeed", "30"), ("oneway", "yes")]);
    assert_eq!(
        map.roads(),
        [
            "10-1: 1 = 2 bends 0",
            "11-1: 2 = 3 bends 0",
            "12-1: 3 = 4 bends 0",
            "13-1: 4 > 5 bends 0"
        ]
    );
}

/// ```text
/// 1-->2-->3       way 10 is drawn 2-1 and driven backwards (oneway=-1), way 11 is drawn 2-3
/// ```
#[test]
fn one_way_streets_join_in_the_direction_of_travel() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0)])
        .way(10, &[2, 1], &[("oneway", "-1")])
        .way(11, &[2, 3], &[("oneway", "yes")]);
    assert_eq!(map.roads(), ["10-1: 1 > 3 bends 1"]);
}

/// ```text
/// 3-->2-->1       the end of the lower number is the end of the road
/// ```
#[test]
fn a_one_way_street_found_from_its_end_still_leads_forwards() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0)]).way(10, &[3, 2, 1], &[("oneway", "1")]);
    assert_eq!(map.roads(), ["10-1: 3 > 1 bends 1"]);
}

/// ```text
/// 1-->2<--3       two streets lead into 2: they are not one road
/// ```
#[test]
fn streets_that_run_against_each_other_are_not_joined() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (2, 0)])
        .way(10, &[1, 2], &[("oneway", "yes")])
        .way(11, &[3, 2], &[("oneway", "yes")]);
    assert_eq!(map.roads(), ["10-1: 1 > 2 bends 0", "11-1: 3 > 2 bends 0"]);
}

/// ```text
///  4<--3
///  |   ^       a roundabout, entered at 1 from 5 only: driven 1-2-3-4-1
///  v   |
///  1-->2
///  |
///  5
/// ```
#[test]
fn a_roundabout_with_one_arm_is_cut_in_two_and_can_be_left_again() {
    let map = Map::with_nodes(&[(0, 1), (1, 1), (1, 2), (0, 2), (0, 0)])
        .way(10, &[1, 2, 3, 4, 1], &[("junction", "roundabout")])
        .way(11, &[5, 1], &[]);
    assert_eq!(
        map.roads(),
        [
            "10-1: 1 > 3 bends 1",
            "10-2: 3 > 1 bends 1",
            "11-1: 1 = 5 bends 0"
        ]
    );
    let roads = map.network().roads;
    let connected = drivable_part(&roads, &Profile::starters());
    assert_eq!(connected.total_length(), roads.total_length());
}

/// ```text
///  4---3
///  |   |       a ring that meets nothing: begins at 1, cut at 3
///  1---2
/// ```
#[test]
fn a_ring_without_any_junction_is_kept() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (1, 1), (0, 1)]).way(10, &[2, 3, 4, 1, 2], &[]);
    assert_eq!(map.roads(), ["10-1: 1 = 3 bends 1", "10-2: 3 = 1 bends 1"]);
    let length = map.network().roads.total_length();
    assert!((length.0 - 4.0 * STEP).abs() < 1.0, "{length:?}");
}

/// ```text
/// 1---2   (99)   3---4       point 99 was deleted: no road is drawn across the gap
/// ```
#[test]
fn a_road_ends_where_its_points_are_missing() {
    let map = Map::with_nodes(&[(0, 0), (1, 0), (3, 0), (4, 0)])
        .way(10, &[1, 2, 99, 3, 4], &[])
        .way(11, &[99, 98], &[]);
    assert_eq!(map.roads(), ["10-1: 1 = 2 bends 0", "10-2: 3 = 4 bends 0"]);
    let counts = map.network().counts;
    assert_eq!((counts.points_missing, counts.without_line), (1, 1));
}

/// ```text
/// 1---1---2       the point 1 stands twice in a row
/// ```
#[test]
fn a_point_that_stands_twice_in_a_row_counts_once() {
    let map = Map::with_nodes(&[(0, 0), (1, 0)])
        .way(10, &[1, 1, 2], &[])
        .way(11, &[2, 2], &[]);
    assert_eq!(map.roads(), ["10-1: 1 = 2 bends 0"]);
}

/// ```text
/// 1---2---1       out and back along the same line: two roads, none from a junction to itself
/// ```
#[test]
fn a_way_that_returns_along_itself_makes_no_loop() {
    let map = Map::with_nodes(&[(0, 0), (1, 0)]).way(10, &[1, 2, 1], &[]);
    assert_eq!(map.roads(), ["10-1: 1 = 2 bends 0", "10-2: 2 = 1 bends 0"]);
}

#[test]
fn what_is_left_out_is_counted_by_reason() {
    let map = Map::with_nodes(&[(0, 0), (1, 0)])
        .way(10, &[1, 2], &[("maxspeed", "signals")])
        .way(11, &[1, 2], &[("highway", "footway")])
        .way(12, &[1, 2], &[("access", "no")])
        .way(13, &[1, 2], &[("highway", "steps"), ("maxspeed", "odd")]);
    let counts = map.network().counts;
    assert_eq!((counts.highways, counts.kept), (4, 1));
    assert_eq!(counts.unusable[&Unusable::Kind], 2);
    assert_eq!(counts.unusable[&Unusable::Closed], 1);
    // Only limits of roads that are driven matter.
    assert_eq!(counts.not_understood.of("maxspeed", "signals"), 1);
    assert_eq!(counts.not_understood.0["maxspeed"].len(), 1);
}

/// ```text
///  +----+
///  | 1--|--2           way 10 leaves the county, way 11 is 1.1 km outside, way 12 is far away
///  +----+  3--4   …   5--6
/// ```
#[test]
fn roads_within_the_buffer_of_the_boundary_are_kept_whole() {
    let map = Map::with_nodes(&[(1, 1), (3, 1), (3, 0), (4, 0), (20, 0), (21, 0)])
        .way(10, &[1, 2], &[])
        .way(11, &[3, 4], &[])
        .way(12, &[5, 6], &[]);
    let at = |east: f64, north: f64| LonLat {
        lon: east / 100.0,
        lat: north / 100.0,
    };
    let county = Area::around([at(0.0, 0.0), at(2.0, 0.0), at(2.0, 2.0), at(0.0, 2.0)]).unwrap();
    let kept = |buffer| {
        let network = build(&map.0, Some((&county, Metres(buffer))));
        let ids: Vec<_> = network.roads.roads().iter().map(|r| r.id.clone()).collect();
        (ids, network.counts.outside)
    };
    assert_eq!(kept(0.0), (vec!["10-1".to_owned()], 2));
    assert_eq!(
        kept(2000.0),
        (vec!["10-1".to_owned(), "11-1".to_owned()], 1)
    );
}
