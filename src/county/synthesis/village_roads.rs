//! Roads between villages, and from villages to the main roads.

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;

use crate::basis::Basis;
use crate::geography::Plane;
use crate::roads::graph::RoadGraph;

use super::error::SynthesisError;
use super::main_roads::{add_link, joinable};
use super::neighbourhood::relative_neighbours;
use super::sources::Sources;
use super::spacing::squared;

/// Adds roads between `settlements` and the junctions of ordinary roads in the county.
///
/// Candidates are the pairs of the relative neighbourhood graph, shortest first. One is kept when
/// it joins parts that had no way to each other by ordinary roads (Kruskal 1956), or when it is
/// short and has a settlement at an end.
///
/// # Errors
/// When a position is not a number.
pub fn add(
    graph: &mut RoadGraph,
    sources: &Sources,
    plane: &Plane,
    settlements: &[NodeIndex],
) -> Result<(), SynthesisError> {
    let figures = &sources.parameters.village_roads;
    let mut nodes = joinable(graph, sources);
    let first_settlement = nodes.len();
    nodes.extend_from_slice(settlements);
    let points: Vec<[f64; 2]> = (nodes.iter())
        .map(|node| plane.project(graph.junction(*node).position))
        .collect();
    let pairs = relative_neighbours(&points)
        .map_err(|error| SynthesisError::Triangulation(error.to_string()))?;

    let mut parts = UnionFind::<usize>::new(graph.graph().node_count());
    for road in graph
        .roads()
        .iter()
        .filter(|road| !road.class.is_expressway())
    {
        parts.union(road.from.index(), road.to.index());
    }
    let seats: Vec<[f64; 2]> = (sources.towns.iter())
        .map(|town| plane.project(town.seat))
        .collect();
    let in_street = |point: [f64; 2]| {
        let radius = figures.street_radius.0;
        seats
            .iter()
            .any(|seat| squared(*seat, point) <= radius * radius)
    };
    for pair in pairs {
        let (from, to) = (nodes[pair.a], nodes[pair.b]);
        let needed = parts.union(from.index(), to.index());
        // `b` is the later of the two, and settlements stand last.
        let short = pair.b >= first_settlement && pair.distance <= figures.longest.0;
        if needed || short {
            let street = in_street(points[pair.a]) && in_street(points[pair.b]);
            let class = if street {
                figures.street_class
            } else {
                figures.class
            };
            let length = figures.detour * pair.distance;
            add_link(graph, from, to, class, length, "", Basis::Modelled);
        }
    }
    Ok(())
}
