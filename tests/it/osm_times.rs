//! What two engines make of each map in `osm-rules/`, from the tags of OpenStreetMap to seconds. The
//! times stand in `osm-rules/times.csv`, worked out by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use brigade::files::Source;
use brigade::roads::access::{Access, AccessPace};
use brigade::roads::access_barriers::AccessBarriers;
use brigade::roads::graph::RoadGraph;
use brigade::roads::lanes::Lanes;
use brigade::roads::osm::{network, reader};
use brigade::roads::profile::{Conditions, Profile};
use brigade::roads::roadway::Roadway;
use brigade::roads::trip::TripEnd;
use brigade::units::{KmPerHour, Millis};

use crate::small_county::project;

fn folder() -> PathBuf {
    project("tests/osm-rules")
}

fn roads(map: &str) -> RoadGraph {
    let source = Source::Disk(folder().join(format!("{map}.osm")));
    network::build(&reader::read(&source).unwrap(), None).roads
}

/// A row of `times.csv`, which says what stands in it.
#[derive(serde::Deserialize)]
struct Row {
    map: String,
    from: String,
    to: String,
    bound: String,
    exempt: String,
    why: String,
}

fn rows() -> Vec<Row> {
    let mut table = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(folder().join("times.csv"))
        .unwrap();
    table.deserialize().map(Result::unwrap).collect()
}

/// What a sum such as `2 x 111.195 + 16` or a word comes to, as [`driven`] writes it.
fn worked_out(sum: &str) -> String {
    let number = |text: &str| -> f64 { text.trim().parse().unwrap() };
    let part = |part: &str| match (part.split_once('x'), part.split_once('/')) {
        (Some((a, b)), _) => number(a) * number(b),
        (_, Some((a, b))) => number(a) / number(b),
        _ => number(part),
    };
    match sum {
        "never" | "gone" => sum.to_owned(),
        sum => format!("{:.3}", sum.split('+').map(part).sum::<f64>()),
    }
}

/// The time that an engine takes from one junction to another, in seconds.
fn driven(roadway: &Roadway, from: &str, to: &str) -> String {
    let roads = roadway.roads();
    let position_of = |id: &str| {
        let mut nodes = roads.graph().node_indices();
        nodes.find(|node| roads.junction(*node).id == id)
    };
    let (Some(from), Some(to)) = (position_of(from), position_of(to)) else {
        return "gone".to_owned();
    };
    let [from, to] = [from, to].map(TripEnd::Junction);
    let time = roadway
        .times(std::slice::from_ref(&from), std::slice::from_ref(&to))
        .get(0, 0);
    let route = roadway.route(&from, &to);
    assert_eq!(route.map_or(Millis::NEVER, |route| route.time()), time);
    if time.is_finite() {
        format!("{:.3}", time.seconds())
    } else {
        "never".to_owned()
    }
}

#[test]
fn engines_take_the_times_worked_out_by_hand() {
    let [bound, exempt] = ["bound.toml", "exempt.toml"]
        .map(|file| Profile::read(&Source::Disk(folder().join(file))).unwrap());
    let rows = rows();
    let mut wrong = Vec::new();
    for of_map in rows.chunk_by(|a, b| a.map == b.map) {
        let roads = Arc::new(roads(&of_map[0].map));
        let roadway = |profile| {
            let (roads, conditions) = (Arc::clone(&roads), Conditions::default());
            let access = Access {
                pace: AccessPace {
                    driven: KmPerHour(10.0),
                    ..AccessPace::ASSUMED
                },
                lanes: Lanes::NONE,
                barriers: &AccessBarriers::default(),
            };
            Roadway::new(roads, profile, &conditions, &access).unwrap()
        };
        let (by_bound, by_exempt) = (roadway(&bound), roadway(&exempt));
        for row in of_map {
            let Row {
                map, from, to, why, ..
            } = row;
            let same = row.exempt == "same";
            let of_exempt = if same { &row.bound } else { &row.exempt };
            for (engine, roadway, sum) in [
                ("bound", &by_bound, &row.bound),
                ("exempt", &by_exempt, of_exempt),
            ] {
                let (driven, expected) = (driven(roadway, from, to), worked_out(sum));
                if driven != expected {
                    wrong.push(format!(
                        "{map} {from}-{to} {engine}: {driven}, not {sum} = {expected} ({why})"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_map_has_its_times() {
    let maps: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "osm"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let timed: BTreeSet<String> = rows().into_iter().map(|row| row.map).collect();
    assert_eq!(maps, timed);
}

#[test]
fn a_step_of_the_maps_is_as_long_as_the_table_says() {
    // As `times.csv` says, which the roads of these maps are held to.
    let step = 1_111.950_8;
    for map in ["bridge", "classes", "height-restrictor", "ferry"] {
        for road in roads(map).roads() {
            let steps = (road.length.0 / step).round();
            assert!((road.length.0 - steps * step).abs() < 1e-3, "{map}");
        }
    }
}
