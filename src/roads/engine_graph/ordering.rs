//! In which order the nodes of an engine graph stand in memory, and in which they are contracted.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::geography::{LonLat, Plane, centre};
use crate::paths::Digraph;
use crate::paths::dissection::nested_dissection;
use crate::roads::graph::RoadGraph;

/// The junctions in an order for contraction.
pub(super) fn junction_order(roads: &RoadGraph) -> Vec<u32> {
    let graph = roads.graph();
    let links: Vec<(u32, u32, u32)> = graph
        .edge_references()
        .map(|edge| {
            (
                edge.source().index() as u32,
                edge.target().index() as u32,
                1,
            )
        })
        .collect();
    let plane = plane_of(roads);
    let position: Vec<[f64; 2]> = roads
        .junctions()
        .map(|junction| plane.project(junction.position))
        .collect();
    nested_dissection(&Digraph::from_arcs(position.len(), &links), &position)
}

fn plane_of(roads: &RoadGraph) -> Plane {
    let middle: Option<LonLat> = centre(roads.junctions().map(|junction| junction.position));
    Plane::around(middle.unwrap_or_default())
}

/// The junctions along a Z-order curve (Morton 1966) over the box around them, so that neighbours
/// on the ground are neighbours in memory.
pub(super) fn spatial_order(roads: &RoadGraph) -> Vec<NodeIndex> {
    let graph = roads.graph();
    let mut order: Vec<NodeIndex> = graph.node_indices().collect();
    let plane = plane_of(roads);
    // Whole metres from a corner far enough away for any county, or any country.
    let cell = |offset: f64| (offset + 2_147_483_648.0) as u32;
    order.sort_by_cached_key(|junction| {
        let [east, north] = plane.project(graph[*junction].position);
        spread_bits(cell(east)) | spread_bits(cell(north)) << 1
    });
    order
}

/// The bits of `value` with a gap after each, for interleaving with another.
fn spread_bits(value: u32) -> u64 {
    let mut bits = u64::from(value);
    bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff;
    bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff;
    bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}
