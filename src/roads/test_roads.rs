//! Small networks for tests: junctions 1000 m apart on the equator, primary roads at 60 km/h.

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::road::{Junction, Road};
use crate::roads::speeds::SpeedTable;
use crate::units::Metres;

/// The position so many metres east of the origin.
pub fn metres_east(metres: f64) -> LonLat {
    LonLat {
        lon: metres / 111_195.08,
        lat: 0.0,
    }
}

/// Junction `i` stands `i` km east; links are `(from, to, one_way, metres)`.
pub fn network(nodes: usize, links: &[(usize, usize, bool, f64)]) -> RoadGraph {
    let mut roads = RoadGraph::default();
    for node in 0..nodes {
        roads.add_junction(Junction {
            id: node.to_string(),
            position: metres_east(1000.0 * node as f64),
            control: None,
            barrier: None,
            basis: Basis::Observed,
        });
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

/// Primary roads at 60 km/h, and no other class.
pub fn class_speeds() -> SpeedTable {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("speeds.csv");
    std::fs::write(
        &path,
        "facility_type,speed,basis\nprimary,60 km/h,assumed\n",
    )
    .expect("the folder can be written to");
    SpeedTable::read(&Source::Disk(path)).expect("the table is right")
}
