//! The road graph as three flat arrays, and the shortest times on them (Dijkstra 1959).
//!
//! The search keeps time and node in one 64-bit key (time above, node below), so that the heap
//! compares one number, and numbers nodes along a Z-order curve, so that neighbours on the ground
//! are neighbours in memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::geography::{Plane, centre};
use crate::roads::graph::RoadGraph;
use crate::roads::road::{Direction, RoadId};
use crate::roads::speeds::SpeedTable;
use crate::units::Millis;

/// The road graph with times, for searching.
#[derive(Clone, Debug)]
pub struct CompactGraph {
    /// `first_out[node]..first_out[node + 1]` are the arcs that leave a node.
    first_out: Vec<u32>,
    /// `head[arc]` is the node to which an arc leads.
    head: Vec<u32>,
    /// `weight[arc]` is its time in milliseconds.
    weight: Vec<u32>,
    /// `place[junction]` is the node that stands for a junction of the road graph.
    place: Vec<u32>,
    /// `road_time[road]` is the time along the whole of a road.
    road_time: Vec<Millis>,
}

impl CompactGraph {
    /// The road graph at the speeds of `speeds`.
    #[must_use]
    pub fn new(roads: &RoadGraph, speeds: &SpeedTable) -> Self {
        let road_time: Vec<Millis> = roads.roads().iter().map(|r| speeds.time(r)).collect();
        let graph = roads.graph();
        let order = spatial_order(roads);
        let mut place = vec![0; order.len()];
        for (node, junction) in (0u32..).zip(&order) {
            place[junction.index()] = node;
        }
        let mut first_out = Vec::with_capacity(order.len() + 1);
        let mut head = Vec::with_capacity(graph.edge_count());
        let mut weight = Vec::with_capacity(graph.edge_count());
        first_out.push(0);
        for junction in order {
            for edge in graph.edges(junction) {
                let Direction { road, forwards } = *edge.weight();
                let time = road_time[road.index()];
                if time.is_finite() && roads.road(road).passage.along(forwards).is_regular() {
                    head.push(place[edge.target().index()]);
                    weight.push(time.0);
                }
            }
            first_out.push(u32::try_from(head.len()).expect("petgraph counts edges in 32 bits"));
        }
        Self {
            first_out,
            head,
            weight,
            place,
            road_time,
        }
    }

    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.first_out.len() - 1
    }

    /// The time to drive the whole of a road.
    #[must_use]
    pub fn road_time(&self, road: RoadId) -> Millis {
        self.road_time[road.index()]
    }
}

/// The junctions along a Z-order curve (Morton 1966) over the box around them.
fn spatial_order(roads: &RoadGraph) -> Vec<NodeIndex> {
    let graph = roads.graph();
    let mut order: Vec<NodeIndex> = graph.node_indices().collect();
    let Some(middle) = centre(roads.junctions().map(|junction| junction.position)) else {
        return order;
    };
    let plane = Plane::around(middle);
    // Whole metres from a corner far enough away for any county, or any country.
    let cell = |offset: f64| (offset + 2_147_483_648.0) as u32;
    order.sort_by_key(|junction| {
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

/// The shortest times from one or several starts to every junction; kept and used again, so that
/// a thread allocates once.
#[derive(Clone, Debug, Default)]
pub struct Search {
    time: Vec<u32>,
    queue: BinaryHeap<Reverse<u64>>,
}

impl Search {
    /// Searches from `starts`: junctions, and the time that has passed when the engine is there.
    pub fn run(&mut self, graph: &CompactGraph, starts: &[(NodeIndex, Millis)]) {
        let never = Millis::NEVER.0;
        self.time.clear();
        self.time.resize(graph.node_count(), never);
        self.queue.clear();
        for (junction, start) in starts {
            let node = graph.place[junction.index()];
            if start.0 < self.time[node as usize] {
                self.time[node as usize] = start.0;
                self.queue
                    .push(Reverse(u64::from(start.0) << 32 | u64::from(node)));
            }
        }
        while let Some(Reverse(key)) = self.queue.pop() {
            let (time, node) = ((key >> 32) as u32, key as u32 as usize);
            if time > self.time[node] {
                continue; // An entry that a shorter way has overtaken.
            }
            let arcs = graph.first_out[node] as usize..graph.first_out[node + 1] as usize;
            for (head, weight) in graph.head[arcs.clone()].iter().zip(&graph.weight[arcs]) {
                let reached = time.saturating_add(*weight);
                if reached < self.time[*head as usize] {
                    self.time[*head as usize] = reached;
                    self.queue
                        .push(Reverse(u64::from(reached) << 32 | u64::from(*head)));
                }
            }
        }
    }

    /// The time at which a junction is reached, or `NEVER`.
    #[must_use]
    pub fn time_to(&self, graph: &CompactGraph, junction: NodeIndex) -> Millis {
        Millis(self.time[graph.place[junction.index()] as usize])
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::dijkstra;
    use petgraph::visit::EdgeFiltered;
    use proptest::prelude::*;

    use super::*;
    use crate::roads::test_roads::{class_speeds, network};

    proptest! {
        /// petgraph's own Dijkstra is the oracle, on graphs with one-ways, parallel roads, loops,
        /// roads of no length and parts that cannot be reached.
        #[test]
        fn times_equal_petgraphs_dijkstra(
            nodes in 1usize..30,
            links in prop::collection::vec((0usize..30, 0usize..30, any::<bool>(), 0u32..5000), 0..90),
        ) {
            let links: Vec<_> = links
                .into_iter()
                .map(|(a, b, one_way, metres)| (a % nodes, b % nodes, one_way, f64::from(metres)))
                .collect();
            let roads = network(nodes, &links);
            let speeds = class_speeds();
            let compact = CompactGraph::new(&roads, &speeds);
            let mut search = Search::default();
            for start in roads.graph().node_indices() {
                search.run(&compact, &[(start, Millis(0))]);
                let open = EdgeFiltered::from_fn(roads.graph(), |edge| {
                    let Direction { road, forwards } = *edge.weight();
                    roads.road(road).passage.along(forwards).is_regular()
                });
                let oracle = dijkstra(&open, start, None, |edge| {
                    u64::from(speeds.time(roads.road(edge.weight().road)).0)
                });
                for end in roads.graph().node_indices() {
                    let expected = oracle.get(&end).map_or(Millis::NEVER, |time| Millis(*time as u32));
                    prop_assert_eq!(search.time_to(&compact, end), expected);
                }
            }
        }
    }
}
