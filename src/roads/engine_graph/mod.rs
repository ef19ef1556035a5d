//! The road graph as one engine drives it, turns included, as a plain digraph that can be searched.
//!
//! Where nothing depends on how a junction was reached, it is one node. Where something does (a
//! delay for a turn, traffic lights, a gate, a forbidden turn), there is a node for each direction
//! by which an engine arrives, and one more for each beginning of a forbidden way over several
//! roads. An arc is a turn and the drive along the next road.

mod bearings;
mod forbidden;
mod ordering;

use std::collections::HashMap;
use std::ops::Range;

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::paths::dissection::order_by_groups;
use crate::paths::{Digraph, LIMIT, Preparation, Seed};
use crate::roads::graph::RoadGraph;
use crate::roads::passage::{Barrier, Control, DrivingSide};
use crate::roads::profile::Driving;
use crate::roads::road::{Direction, RoadId};
use crate::units::Millis;

use bearings::{Bearings, Turn};
use forbidden::{After, DirectionIndex, ForbiddenWays};
use ordering::{junction_order, spatial_order};

/// A road graph as one engine drives it.
#[derive(Clone, Debug)]
pub struct EngineGraph {
    digraph: Digraph,
    /// `drive[direction]`: the time along the whole of it, or `NEVER`.
    drive: Vec<Millis>,
    /// Directions along which an engine waits: at which shares of the road, and how long.
    waits: HashMap<DirectionIndex, Vec<(f64, Millis)>>,
    /// `arrival[direction]`: the node at its end.
    arrival: Vec<u32>,
    /// `nodes[junction]`: the nodes at which an engine is there.
    nodes: Vec<Range<u32>>,
    /// Whether a junction is one node, whichever way it was reached.
    is_plain: Vec<bool>,
    /// `arc_direction[arc]`: the direction of road that is driven after the turn.
    arc_direction: Vec<DirectionIndex>,
}

/// The part with the greatest length of road; of equals, the first.
pub fn longest_of<'p>(roads: &RoadGraph, parts: &'p [Vec<RoadId>]) -> Option<&'p Vec<RoadId>> {
    let length =
        |part: &[RoadId]| -> f64 { part.iter().map(|road| roads.road(*road).length.0).sum() };
    let lengths = parts.iter().map(|part| (length(part), part));
    let longest = lengths.rev().max_by(|(a, _), (b, _)| a.total_cmp(b));
    longest.map(|(_, part)| part)
}

/// The number of a direction of road.
fn index(direction: Direction) -> DirectionIndex {
    2 * direction.road.0 + u32::from(!direction.forwards)
}

fn direction(index: DirectionIndex) -> Direction {
    Direction {
        road: RoadId(index / 2),
        forwards: index.is_multiple_of(2),
    }
}

impl EngineGraph {
    /// The roads as `driving` drives them.
    pub fn new(roads: &RoadGraph, driving: &Driving<'_>) -> Self {
        Builder::new(roads, driving).build()
    }

    /// What is searched.
    pub fn digraph(&self) -> &Digraph {
        &self.digraph
    }

    /// The time along the whole of a road in one direction, `NEVER` where it is not driven.
    pub fn drive(&self, direction: Direction) -> Millis {
        self.drive[index(direction) as usize]
    }

    /// The time along `share` of a road in one direction that begins `from` after the junction at which it is
    /// entered: lights and crossings count where they stand.
    pub fn drive_part(&self, direction: Direction, from: f64, share: f64) -> Millis {
        let whole = self.drive(direction);
        if !whole.is_finite() {
            return Millis::NEVER;
        }
        let waits = self.waits.get(&index(direction));
        let waits = || waits.into_iter().flatten();
        let moving = waits().fold(whole, |time, (_, wait)| Millis(time.0 - wait.0));
        // As at a junction, who ends or begins at the lights does not pass them.
        let passed = waits().filter(|(at, _)| from < *at && *at < from + share);
        passed.fold(
            Millis::from_seconds(moving.seconds() * share),
            |time, (_, wait)| time + *wait,
        )
    }

    /// The direction of road that is driven in an arc of the digraph, after the turn into it.
    pub fn direction_of(&self, arc: u32) -> Direction {
        direction(self.arc_direction[arc as usize])
    }

    /// The time lost in the turn at the beginning of an arc.
    pub fn turn_of(&self, arc: u32) -> Millis {
        let drive = self.drive[self.arc_direction[arc as usize] as usize];
        Millis(self.digraph.weight()[arc as usize] - drive.0)
    }

    /// The nodes at which an engine is at a junction.
    pub fn nodes(&self, junction: NodeIndex) -> Range<u32> {
        self.nodes[junction.index()].clone()
    }

    /// Where an engine is that has driven to the end of a direction of road; `None` where it
    /// cannot.
    pub fn arrival(&self, direction: Direction) -> Option<u32> {
        let node = self.arrival[index(direction) as usize];
        (node != u32::MAX).then_some(node)
    }

    /// The first nodes of an engine that stands at a junction and faces no way yet, each with the
    /// direction of road that it drives to get there.
    pub fn departures(
        &self,
        roads: &RoadGraph,
        junction: NodeIndex,
    ) -> Vec<(u32, Option<Direction>)> {
        if self.is_plain[junction.index()] {
            return vec![(self.nodes[junction.index()].start, None)];
        }
        roads
            .graph()
            .edges_directed(junction, Outgoing)
            .filter_map(|edge| Some((self.arrival(*edge.weight())?, Some(*edge.weight()))))
            .collect()
    }

    /// For every way of setting out on a direction of road: the node before the turn, and the time
    /// that the turn costs.
    pub fn turns_into(&self, roads: &RoadGraph, wanted: Direction) -> Vec<Seed> {
        let tail = roads.road(wanted.road).tail(wanted.forwards);
        let wanted = index(wanted);
        let drive = self.drive[wanted as usize];
        if !drive.is_finite() {
            return Vec::new();
        }
        self.nodes(tail)
            .flat_map(|node| {
                let arcs = self.digraph.arcs_from(node);
                arcs.filter(|(arc, _, _)| self.arc_direction[*arc as usize] == wanted)
                    .map(move |(_, _, weight)| Seed {
                        node,
                        time: weight - drive.0,
                    })
            })
            .collect()
    }

    /// Whether each road lies, in some direction, in the part of the network from which every
    /// other location of that part can be driven to and back, and that has the greatest length of road. A
    /// location that joins another road may never see an engine.
    pub fn main_part(&self, roads: &RoadGraph) -> Vec<bool> {
        let mut inside = vec![false; self.drive.len() / 2];
        for road in longest_of(roads, &self.parts()).into_iter().flatten() {
            inside[road.0 as usize] = true;
        }
        inside
    }

    /// The parts of the network within which every location can be driven to from every other, by the first
    /// node of each: the roads of each, a road once in every part in which it is driven.
    pub fn parts(&self) -> Vec<Vec<RoadId>> {
        let arcs = self.digraph.arcs().map(|(tail, head, _)| (tail, head));
        let mut graph: DiGraph<(), ()> = DiGraph::from_edges(arcs);
        // Nodes after the last one that an arc touches.
        while graph.node_count() < self.digraph.node_count() {
            graph.add_node(());
        }
        // Kosaraju's method keeps its own stack; petgraph's Tarjan calls itself once a node and overflows on
        // a network of a million.
        let components = kosaraju_scc(&graph);
        drop(graph);
        let mut part_of = vec![0u32; self.digraph.node_count()];
        for (part, nodes) in (0..).zip(&components) {
            for node in nodes {
                part_of[node.index()] = part;
            }
        }
        // Each road once in every part in which it is driven.
        let arcs = self.digraph.arcs().zip(&self.arc_direction);
        let mut driven: Vec<(u32, u32)> = arcs
            .filter_map(|((tail, head, _), direction)| {
                let [part, end] = [tail, head].map(|node| part_of[node as usize]);
                (part == end).then_some((part, direction / 2))
            })
            .collect();
        driven.sort_unstable();
        driven.dedup();
        let mut parts: Vec<&[(u32, u32)]> = driven.chunk_by(|a, b| a.0 == b.0).collect();
        parts.sort_by_key(|part| components[part[0].0 as usize].iter().min());
        let roads = parts
            .into_iter()
            .map(|part| part.iter().map(|(_, road)| RoadId(*road)).collect());
        roads.collect()
    }

    /// Contracts this graph of `roads`, whatever its times.
    ///
    /// The order is that of the junctions, which are some five times fewer than the directions
    /// by which they are reached, and have the same cuts.
    pub fn prepare(&self, roads: &RoadGraph) -> Preparation {
        let mut junction_of = vec![0; self.digraph.node_count()];
        for (junction, nodes) in (0..).zip(&self.nodes) {
            for node in nodes.clone() {
                junction_of[node as usize] = junction;
            }
        }
        let order = order_by_groups(&junction_of, &junction_order(roads));
        Preparation::with_order(&self.digraph, &order)
    }
}

/// Builds an [`EngineGraph`].
struct Builder<'b> {
    roads: &'b RoadGraph,
    driving: &'b Driving<'b>,
    drive: Vec<Millis>,
    forbidden: ForbiddenWays,
    /// The beginnings of forbidden ways that end at each junction.
    beginnings: Vec<Vec<(u32, Vec<DirectionIndex>)>>,
    bearings: Option<Bearings>,
    /// Roads that meet at each junction; a turn costs time where three or more do.
    arms: Vec<u32>,
}

impl<'b> Builder<'b> {
    fn new(roads: &'b RoadGraph, driving: &'b Driving<'b>) -> Self {
        let mut drive = Vec::with_capacity(2 * roads.roads().len());
        let mut arms = vec![0; roads.graph().node_count()];
        for (road, id) in roads.roads().iter().zip((0..).map(RoadId)) {
            let times = [true, false].map(|forwards| driving.time(id, road, forwards));
            if times.iter().any(|time| time.is_finite()) {
                arms[road.from.index()] += 1;
                arms[road.to.index()] += 1;
            }
            // What takes longer than a search can count is not driven at all.
            drive.extend(times.map(|time| if time.0 < LIMIT { time } else { Millis::NEVER }));
        }
        let ignored = driving
            .keys
            .exemption
            .forbidden_turns
            .as_ref()
            .is_some_and(|key| key.allowed);
        let binding = roads.restrictions().iter();
        let binding = binding.filter(|restriction| restriction.binds_engines || !ignored);
        let forbidden = ForbiddenWays::new(
            binding.map(|restriction| restriction.path.iter().map(|d| index(*d)).collect()),
        );
        let mut beginnings = vec![Vec::new(); roads.graph().node_count()];
        for (number, way) in (0..).zip(forbidden.beginnings()) {
            if way.iter().all(|d| drive[*d as usize].is_finite()) {
                let last = direction(way[way.len() - 1]);
                let end = roads.road(last.road).head(last.forwards);
                beginnings[end.index()].push((number, way.to_vec()));
            }
        }
        let delay = &driving.keys.delay;
        let turns_cost = delay.left.time.0 > 0 || delay.right.time.0 > 0;
        Self {
            roads,
            driving,
            drive,
            forbidden,
            beginnings,
            bearings: turns_cost.then(|| Bearings::of(roads)),
            arms,
        }
    }

    fn build(self) -> EngineGraph {
        let graph = self.roads.graph();
        let is_plain = self.plain_junctions();
        let mut arrival = vec![u32::MAX; self.drive.len()];
        let mut nodes = vec![0..0; graph.node_count()];
        let mut ways: Vec<Vec<DirectionIndex>> = Vec::new();
        let beginning_count = self.forbidden.beginnings().count();
        let mut beginning_node = vec![u32::MAX; beginning_count];
        let order = spatial_order(self.roads);
        for junction in &order {
            let first = ways.len() as u32;
            if is_plain[junction.index()] {
                ways.push(Vec::new());
            }
            for arriving in self.arriving(*junction) {
                if is_plain[junction.index()] {
                    arrival[arriving as usize] = first;
                } else {
                    arrival[arriving as usize] = ways.len() as u32;
                    ways.push(vec![arriving]);
                }
            }
            for (number, way) in &self.beginnings[junction.index()] {
                beginning_node[*number as usize] = ways.len() as u32;
                ways.push(way.clone());
            }
            nodes[junction.index()] = first..ways.len() as u32;
        }
        let mut arcs = Vec::new();
        let mut arc_direction = Vec::new();
        for junction in order {
            let leaving: Vec<DirectionIndex> = self.leaving(junction);
            for node in nodes[junction.index()].clone() {
                let way = &ways[node as usize];
                for next in &leaving {
                    let (turn, after) = match way.last() {
                        None => (0, After::Arrival),
                        Some(last) => match self.turn(junction, *last, *next) {
                            None => continue,
                            Some(turn) => (turn.0, self.forbidden.after(way, *next)),
                        },
                    };
                    let head = match after {
                        After::Forbidden => continue,
                        After::Arrival => arrival[*next as usize],
                        After::Beginning(number) => beginning_node[number as usize],
                    };
                    let weight = turn.saturating_add(self.drive[*next as usize].0);
                    if weight < LIMIT {
                        arcs.push((node, head, weight));
                        arc_direction.push(*next);
                    }
                }
            }
        }
        let waits = self.waits();
        EngineGraph {
            digraph: Digraph::from_arcs(ways.len(), &arcs),
            drive: self.drive,
            waits,
            arrival,
            nodes,
            is_plain,
            arc_direction,
        }
    }

    /// Where an engine waits along the roads that it drives.
    fn waits(&self) -> HashMap<DirectionIndex, Vec<(f64, Millis)>> {
        let driven = (0..).zip(&self.drive).filter(|(_, time)| time.is_finite());
        driven
            .filter_map(|(number, _)| {
                let Direction { road, forwards } = direction(number);
                let waits = self.driving.waits(self.roads.road(road), forwards);
                let waits: Vec<_> = waits.filter(|(_, wait)| wait.0 > 0).collect();
                (!waits.is_empty()).then_some((number, waits))
            })
            .collect()
    }

    /// Junctions at which nothing depends on how they were reached.
    fn plain_junctions(&self) -> Vec<bool> {
        let delay = &self.driving.keys.delay;
        let turning = delay.u_turn.time.0 > 0 || self.bearings.is_some();
        let mut plain: Vec<bool> = self
            .roads
            .graph()
            .node_indices()
            .map(|junction| !turning && self.passing(junction) == Some(Millis(0)))
            .collect();
        for watched in self.forbidden.watched() {
            let Direction { road, forwards } = direction(watched);
            plain[self.roads.road(road).head(forwards).index()] = false;
        }
        plain
    }

    fn arriving(&self, junction: NodeIndex) -> Vec<DirectionIndex> {
        self.driven(junction, Incoming)
    }

    fn leaving(&self, junction: NodeIndex) -> Vec<DirectionIndex> {
        self.driven(junction, Outgoing)
    }

    fn driven(&self, junction: NodeIndex, side: petgraph::Direction) -> Vec<DirectionIndex> {
        let edges = self.roads.graph().edges_directed(junction, side);
        let mut driven: Vec<DirectionIndex> = edges
            .map(|edge| index(*edge.weight()))
            .filter(|direction| self.drive[*direction as usize].is_finite())
            .collect();
        driven.sort_unstable();
        driven
    }

    /// The time lost in passing a junction whichever way, or `None` where nothing passes.
    fn passing(&self, junction: NodeIndex) -> Option<Millis> {
        let delay = &self.driving.keys.delay;
        let junction = self.roads.junction(junction);
        if !self.driving.fits(&junction.limits) {
            return None;
        }
        let control = match junction.control {
            None => Millis(0),
            Some(Control::Signals) => delay.signal.time,
            Some(Control::Crossing) => delay.crossing.time,
        };
        let barrier = match junction.barrier {
            None => Millis(0),
            Some(Barrier::Gate) => delay.gate.time,
            Some(Barrier::PrivateGate) => delay.private_gate().time,
            Some(Barrier::LockedGate) => delay.locked_gate().time,
            Some(Barrier::EmergencyGate) => {
                self.driving.keys.exemption.emergency_gates.as_ref()?.time
            }
            Some(Barrier::Blocked) => return None,
        };
        Some(control + barrier)
    }

    /// The time lost in a turn, or `None` where it cannot be driven. What is forbidden is not
    /// looked at here.
    fn turn(
        &self,
        junction: NodeIndex,
        from: DirectionIndex,
        to: DirectionIndex,
    ) -> Option<Millis> {
        let delay = &self.driving.keys.delay;
        if from == to ^ 1 {
            // Turning round is done before the gate, and before the lights.
            return Some(delay.u_turn.time);
        }
        let passing = self.passing(junction)?;
        let turning = match &self.bearings {
            Some(bearings) if self.arms[junction.index()] >= 3 => {
                let end = |index| {
                    let Direction { road, forwards } = direction(index);
                    (road.index(), forwards)
                };
                // `left` is the turn across the oncoming traffic.
                let side = self.roads.road(direction(from).road).side;
                match (bearings.turn(end(from), end(to)), side) {
                    (Turn::Straight, _) => Millis(0),
                    (Turn::Left, DrivingSide::Right) | (Turn::Right, DrivingSide::Left) => {
                        delay.left.time
                    }
                    (Turn::Right, DrivingSide::Right) | (Turn::Left, DrivingSide::Left) => {
                        delay.right.time
                    }
                }
            }
            _ => Millis(0),
        };
        Some(passing + turning)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
