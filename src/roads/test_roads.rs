//! Small networks for tests: junctions 1000 m apart on the equator, primary roads at 60 km/h.

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::{LonLat, Plane};
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::Profile;
use crate::roads::road::{Junction, Road};
use crate::units::Metres;

/// The position so many metres east of the origin.
pub fn metres_east(metres: f64) -> LonLat {
    at(metres, 0.0)
}

/// The position so many metres east and north of the origin.
pub fn at(east: f64, north: f64) -> LonLat {
    Plane::around(LonLat::default()).unproject([east, north])
}

/// Junction `i` stands `i` km east; links are `(from, to, one_way, metres)`.
pub fn network(nodes: usize, links: &[(usize, usize, bool, f64)]) -> RoadGraph {
    let mut roads = RoadGraph::default();
    for node in 0..nodes {
        let position = metres_east(1000.0 * node as f64);
        roads.add_junction(Junction::plain(node.to_string(), position, Basis::Observed));
    }
    for (number, (from, to, one_way, length)) in links.iter().enumerate() {
        let ends = [*from, *to].map(NodeIndex::new);
        let mut road = Road::plain(
            number.to_string(),
            ends,
            RoadClass::Primary,
            Metres(*length),
        );
        if *one_way {
            road.passage = Road::one_way(road.class);
        }
        roads.add_road(road);
    }
    roads
}

/// Junctions so many metres east and north of the origin, and links `(from, to, class)` between them.
pub fn classed(junctions: &[[f64; 2]], links: &[(usize, usize, RoadClass)]) -> RoadGraph {
    let mut roads = RoadGraph::default();
    for (number, [east, north]) in junctions.iter().enumerate() {
        let position = at(*east, *north);
        roads.add_junction(Junction::plain(
            number.to_string(),
            position,
            Basis::Observed,
        ));
    }
    for (number, (from, to, class)) in links.iter().enumerate() {
        let ends = [*from, *to].map(NodeIndex::new);
        roads.add_road(Road::plain(number.to_string(), ends, *class, Metres(100.0)));
    }
    roads
}

/// An engine that drives primary roads at 60 km/h, with these lines in place of the usual `[delay]`
/// table of no delay at all, and more at the end.
pub fn profile_with(delays: &[(&str, &str)], more: &str) -> Profile {
    const ASSUMED: &str = "basis = \"assumed\", reason = \"test\"";
    let mut text = format!(
        "name = \"test\"\n\
         [size]\nheight = \"3 m\"\nwidth = \"2.5 m\"\nweight = \"15 t\"\ncarriageway = \"3 m\"\n\
         basis = \"assumed\"\nreason = \"test\"\n\
         [class]\nprimary = {{ speed = \"60 km/h\", {ASSUMED} }}\n\
         [posted_limit]\nfactor = 1.0\nbasis = \"assumed\"\nreason = \"test\"\n\
         [delay]\n"
    );
    for key in ["signal", "crossing", "gate", "left", "right", "u_turn"] {
        let given = delays.iter().find(|(name, _)| *name == key);
        let time = given.map_or("0 s", |(_, time)| *time);
        text += &format!("{key} = {{ time = \"{time}\", {ASSUMED} }}\n");
    }
    text += &more.replace("ASSUMED", ASSUMED);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("test.toml");
    std::fs::write(&path, text).expect("the folder can be written to");
    Profile::read(&Source::Disk(path)).expect("the profile is right")
}

/// An engine that drives primary roads at 60 km/h, without any delay or exemption.
pub fn plain_profile() -> Profile {
    profile_with(&[], "")
}
