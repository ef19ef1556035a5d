//! The main roads of the source table as a network: expressways apart from ordinary roads, long
//! roads in pieces that village roads can join, every seat on a road.

use std::collections::{HashMap, HashSet};

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::geography::{LonLat, Plane};
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::road::{Junction, Road};
use crate::units::Metres;

use super::sources::{Sources, TrunkRoad};
use super::spacing::squared;

/// The network while it grows.
struct MainRoads<'s> {
    sources: &'s Sources,
    plane: Plane,
    graph: RoadGraph,
    position_of: HashMap<&'s str, (LonLat, Basis)>,
    /// Ends of ordinary roads, and toll gates, though the table may show no ordinary road there.
    ordinary: HashSet<&'s str>,
    node_of: HashMap<String, NodeIndex>,
}

/// The main roads of the county and around it.
///
/// The source table lets roads share a junction wherever their lines cross. An expressway is
/// entered at toll gates only, so every junction that it shares with an ordinary road becomes two:
/// the ordinary one keeps the id, that of the expressway has `-x` behind it, and a ramp joins
/// them where `toll_gates.csv` names the junction.
pub fn built(sources: &Sources, plane: Plane) -> RoadGraph {
    let mut roads = MainRoads::new(sources, plane);
    for road in &sources.roads {
        roads.add(road);
    }
    roads.open_gates();
    roads.reach_seats();
    roads.graph
}

impl<'s> MainRoads<'s> {
    fn new(sources: &'s Sources, plane: Plane) -> Self {
        let mut position_of = HashMap::new();
        for node in &sources.nodes {
            position_of.insert(node.id.as_str(), (node.position, Basis::Observed));
        }
        for town in &sources.towns {
            position_of.insert(town.id.as_str(), (town.seat, town.seat_basis));
        }
        let mut ordinary: HashSet<&str> = sources.gates.iter().map(String::as_str).collect();
        for road in &sources.roads {
            if !class_of(sources, road).is_expressway() {
                ordinary.extend([road.from.as_str(), road.to.as_str()]);
            }
        }
        Self {
            sources,
            plane,
            graph: RoadGraph::default(),
            position_of,
            ordinary,
            node_of: HashMap::new(),
        }
    }

    /// The junction of an end for roads of this class, made when it is first asked for.
    fn node(&mut self, end: &'s str, expressway: bool) -> NodeIndex {
        let apart = expressway && self.ordinary.contains(end);
        let id = if apart {
            format!("{end}-x")
        } else {
            end.to_owned()
        };
        let (position, basis) = self.position_of[end];
        *self.node_of.entry(id.clone()).or_insert_with(|| {
            self.graph
                .add_junction(Junction::plain(id, position, basis))
        })
    }

    /// Adds a road: an expressway whole, an ordinary road that touches the county in equal pieces.
    fn add(&mut self, road: &'s TrunkRoad) {
        let class = class_of(self.sources, road);
        let expressway = class.is_expressway();
        let (from, to) = (
            self.node(&road.from, expressway),
            self.node(&road.to, expressway),
        );
        let (start, end) = (
            self.position_of[&*road.from].0,
            self.position_of[&*road.to].0,
        );
        let figures = &self.sources.parameters.main_roads;
        let length =
            figures.detour * squared(self.plane.project(start), self.plane.project(end)).sqrt();
        let in_county = self.sources.is_inside(start) || self.sources.is_inside(end);
        let pieces = if expressway || !in_county {
            1
        } else {
            ((length / figures.piece.0).ceil() as u32).max(1)
        };
        let mut last = from;
        for piece in 1..=pieces {
            let next = if piece == pieces {
                to
            } else {
                let share = f64::from(piece) / f64::from(pieces);
                let position = LonLat {
                    lon: start.lon + share * (end.lon - start.lon),
                    lat: start.lat + share * (end.lat - start.lat),
                };
                let id = format!("{}-{}-{piece}", road.from, road.to);
                self.graph
                    .add_junction(Junction::plain(id, position, Basis::Modelled))
            };
            self.link(
                last,
                next,
                class,
                length / f64::from(pieces),
                &road.name,
                // That there is a road is observed, at best; its length is the straight line and a detour.
                road.basis.max(Basis::Estimated),
            );
            last = next;
        }
    }

    fn link(
        &mut self,
        from: NodeIndex,
        to: NodeIndex,
        class: RoadClass,
        length: f64,
        name: &str,
        basis: Basis,
    ) {
        add_link(&mut self.graph, from, to, class, length, name, basis);
    }

    /// Joins expressway and ordinary road at every toll gate.
    fn open_gates(&mut self) {
        let figures = &self.sources.parameters.main_roads;
        for gate in &self.sources.gates {
            let (below, above) = (self.node(gate, false), self.node(gate, true));
            let (class, ramp) = (figures.gate_ramp_class, figures.gate_ramp.0);
            self.link(below, above, class, ramp, "", Basis::Estimated);
        }
    }

    /// Joins every seat that has no road yet to the nearest junction of an ordinary road in the
    /// county.
    fn reach_seats(&mut self) {
        let junctions = joinable(&self.graph, self.sources);
        for town in &self.sources.towns {
            if self.node_of.contains_key(&town.id) {
                continue;
            }
            let seat = self.plane.project(town.seat);
            let distance = |node: &NodeIndex| {
                squared(
                    self.plane.project(self.graph.junction(*node).position),
                    seat,
                )
            };
            let nearest =
                (junctions.iter().copied()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
            if let Some(nearest) = nearest {
                let figures = &self.sources.parameters.main_roads;
                let length = figures.detour * distance(&nearest).sqrt();
                let seat = self.node(&town.id, false);
                self.link(
                    seat,
                    nearest,
                    figures.seat_link_class,
                    length,
                    "",
                    Basis::Estimated,
                );
            }
        }
    }
}

fn class_of(sources: &Sources, road: &TrunkRoad) -> RoadClass {
    road.class.unwrap_or(sources.parameters.main_roads.class)
}

/// Adds a straight road; link ids are numbers from 1.
pub(super) fn add_link(
    graph: &mut RoadGraph,
    from: NodeIndex,
    to: NodeIndex,
    class: RoadClass,
    length: f64,
    name: &str,
    basis: Basis,
) {
    // Two junctions may share their rounded coordinates; between them is some road all the same.
    let length = Metres(length.max(1.0));
    let id = (graph.roads().len() + 1).to_string();
    graph.add_road(Road {
        name: name.to_owned(),
        basis,
        ..Road::plain(id, [from, to], class, length)
    });
}

/// The junctions in the county where a village road may begin: those of ordinary roads, and the
/// outer side of every toll gate.
pub(super) fn joinable(graph: &RoadGraph, sources: &Sources) -> Vec<NodeIndex> {
    let mut ordinary = vec![false; graph.graph().node_count()];
    for road in graph
        .roads()
        .iter()
        .filter(|road| !road.class.is_expressway())
    {
        ordinary[road.from.index()] = true;
        ordinary[road.to.index()] = true;
    }
    graph
        .graph()
        .node_indices()
        .filter(|node| {
            let junction = graph.junction(*node);
            (ordinary[node.index()] || sources.gates.contains(&junction.id))
                && sources.is_inside(junction.position)
        })
        .collect()
}
