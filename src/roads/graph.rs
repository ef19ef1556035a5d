//! The road graph as people think of it: junctions, and roads between them.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::class::RoadClass;
use crate::units::{KmPerHour, Metres};

/// A place where roads meet or end.
#[derive(Clone, Debug, PartialEq)]
pub struct Junction {
    /// Its `node_id` in the source.
    pub id: String,
    /// Where it is.
    pub position: LonLat,
    /// How it is known.
    pub basis: Basis,
}

/// A stretch of road between two junctions.
#[derive(Clone, Debug, PartialEq)]
pub struct Road {
    /// Its `link_id` in the source.
    pub id: String,
    /// The junction where it begins.
    pub from: NodeIndex,
    /// The junction where it ends.
    pub to: NodeIndex,
    /// Whether it may be driven from `from` to `to` only.
    pub one_way: bool,
    /// Its name or number, empty when not known.
    pub name: String,
    /// Its class.
    pub class: RoadClass,
    /// Its length along the ground.
    pub length: Metres,
    /// The posted limit, where known.
    pub free_speed: Option<KmPerHour>,
    /// Points between the two junctions, in order.
    pub shape: Vec<LonLat>,
    /// How it is known.
    pub basis: Basis,
}

/// Index of a [`Road`] in [`RoadGraph::roads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoadId(pub u32);

impl RoadId {
    /// Position in [`RoadGraph::roads`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One direction of a road: an edge of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Direction {
    /// The road.
    pub road: RoadId,
    /// Whether it is driven from its first junction to its last.
    pub forwards: bool,
}

/// Junctions and roads; a two-way road is two edges of the graph and one [`Road`].
#[derive(Clone, Debug, Default)]
pub struct RoadGraph {
    graph: DiGraph<Junction, Direction>,
    roads: Vec<Road>,
}

impl RoadGraph {
    /// Adds a junction.
    pub fn add_junction(&mut self, junction: Junction) -> NodeIndex {
        self.graph.add_node(junction)
    }

    /// Adds a road and its one or two directions.
    ///
    /// # Panics
    /// When an end of it is not a junction of this graph, or there are 2³² roads already.
    pub fn add_road(&mut self, road: Road) -> RoadId {
        let id = RoadId(u32::try_from(self.roads.len()).expect("fewer than 2^32 roads"));
        let direction = |forwards| Direction { road: id, forwards };
        self.graph.add_edge(road.from, road.to, direction(true));
        if !road.one_way {
            self.graph.add_edge(road.to, road.from, direction(false));
        }
        self.roads.push(road);
        id
    }

    /// The graph itself, for petgraph's algorithms.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Junction, Direction> {
        &self.graph
    }

    /// The roads in the order in which they were added.
    #[must_use]
    pub fn roads(&self) -> &[Road] {
        &self.roads
    }

    /// One road.
    #[must_use]
    pub fn road(&self, id: RoadId) -> &Road {
        &self.roads[id.index()]
    }

    /// The junctions in the order in which they were added.
    pub fn junctions(&self) -> impl Iterator<Item = &Junction> {
        self.graph.node_weights()
    }

    /// One junction.
    #[must_use]
    pub fn junction(&self, node: NodeIndex) -> &Junction {
        &self.graph[node]
    }

    /// The line of a road from its first junction to its last.
    #[must_use]
    pub fn line(&self, road: &Road) -> Vec<LonLat> {
        let mut line = Vec::with_capacity(road.shape.len() + 2);
        line.push(self.graph[road.from].position);
        line.extend_from_slice(&road.shape);
        line.push(self.graph[road.to].position);
        line
    }

    /// The length of all roads, each counted once.
    #[must_use]
    pub fn total_length(&self) -> Metres {
        Metres(self.roads.iter().map(|road| road.length.0).sum())
    }

    /// The part in which every junction can be reached from every other, and that has the
    /// greatest length of road.
    #[must_use]
    pub fn largest_strong_component(&self) -> Self {
        // Kosaraju's method keeps its own stack; petgraph's Tarjan calls itself once a junction and
        // overflows on a network of a million.
        let components = kosaraju_scc(&self.graph);
        let mut component_of = vec![0usize; self.graph.node_count()];
        for (component, nodes) in components.iter().enumerate() {
            for node in nodes {
                component_of[node.index()] = component;
            }
        }
        let inside = |road: &Road| {
            let component = component_of[road.from.index()];
            (component == component_of[road.to.index()]).then_some(component)
        };
        let mut length = vec![0.0; components.len()];
        for road in &self.roads {
            if let Some(component) = inside(road) {
                length[component] += road.length.0;
            }
        }
        let Some(largest) = (0..length.len()).max_by(|a, b| length[*a].total_cmp(&length[*b]))
        else {
            return Self::default();
        };
        let mut part = Self::default();
        let mut new_index = vec![NodeIndex::end(); self.graph.node_count()];
        for node in self.graph.node_indices() {
            if component_of[node.index()] == largest {
                new_index[node.index()] = part.add_junction(self.graph[node].clone());
            }
        }
        for road in &self.roads {
            if inside(road) == Some(largest) {
                part.add_road(Road {
                    from: new_index[road.from.index()],
                    to: new_index[road.to.index()],
                    ..road.clone()
                });
            }
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn junction(id: &str) -> Junction {
        Junction {
            id: id.to_owned(),
            position: LonLat::default(),
            basis: Basis::Observed,
        }
    }

    fn road(id: &str, from: NodeIndex, to: NodeIndex, one_way: bool) -> Road {
        Road {
            id: id.to_owned(),
            from,
            to,
            one_way,
            name: String::new(),
            class: RoadClass::Primary,
            length: Metres(100.0),
            free_speed: None,
            shape: Vec::new(),
            basis: Basis::Observed,
        }
    }

    /// ```text
    /// a === b ---> c        c is a trap: one way in, none out
    /// ```
    #[test]
    fn a_road_that_only_leads_out_is_not_in_the_strong_component() {
        let mut roads = RoadGraph::default();
        let [a, b, c] = ["a", "b", "c"].map(|id| roads.add_junction(junction(id)));
        roads.add_road(road("ab", a, b, false));
        roads.add_road(road("bc", b, c, true));
        let part = roads.largest_strong_component();
        assert_eq!(part.graph().node_count(), 2);
        assert_eq!(part.roads().len(), 1);
        assert_eq!(part.graph().edge_count(), 2);
        assert_eq!(part.total_length(), Metres(100.0));
    }

    /// 200,000 junctions in a row: deeper than a thread's stack is, if each one is a call.
    #[test]
    fn a_long_road_with_many_junctions_is_one_component() {
        let mut roads = RoadGraph::default();
        let mut last = roads.add_junction(junction("start"));
        for _ in 0..200_000 {
            let next = roads.add_junction(junction(""));
            roads.add_road(road("", last, next, false));
            last = next;
        }
        let part = roads.largest_strong_component();
        assert_eq!(part.graph().node_count(), 200_001);
    }
}
