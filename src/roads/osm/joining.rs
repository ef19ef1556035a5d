//! From steps to roads: steps joined at the points where one road leads through, until a junction.

use std::collections::{HashMap, HashSet};

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::geography::length_along;
use crate::roads::gmns::to_decimetres;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::steps::{Step, Steps};
use crate::roads::osm::{OsmExtract, barriers, measures};
use crate::roads::passage::{Barrier, Control};
use crate::roads::road::{BothWays, Direction, Junction, Road, SizeLimits};

/// The points of the map, the steps that meet at each, and what stands there.
pub(super) struct Points<'a> {
    extract: &'a OsmExtract,
    steps: &'a Steps,
    /// Steps at node `n`: `step_at[first_step[n]..first_step[n + 1]]`.
    first_step: Vec<u32>,
    step_at: Vec<u32>,
    /// Points that are junctions whatever meets there.
    is_junction: Vec<bool>,
    barriers: HashMap<usize, Barrier>,
    controls: HashMap<usize, (Control, BothWays<bool>)>,
    /// Limits where one road leads through. What stands behind a bar stays within reach from its
    /// other side, so the bar is a junction and limits neither of its roads.
    limits: HashMap<usize, SizeLimits>,
    /// How many limits stand where several roads meet, so that it is not clear for which.
    pub(super) unclear_limits: u64,
}

/// A road to be: its points and steps in driving order, its earliest step, by which roads are
/// sorted, and the step from which it has its tags.
struct Piece {
    first_step: u32,
    nodes: Vec<u32>,
    steps: Vec<u32>,
}

/// Where the steps of some ways went.
pub(super) struct Paths {
    ways: HashMap<i64, Vec<(Step, Direction)>>,
}

impl Paths {
    /// The steps of a way, in order, each with the direction of road that leads along it from its
    /// `from` to its `to`.
    pub(super) fn of_way(&self, id: i64) -> Option<&[(Step, Direction)]> {
        self.ways.get(&id).map(Vec::as_slice)
    }
}

impl<'a> Points<'a> {
    pub(super) fn of(extract: &'a OsmExtract, steps: &'a Steps, odd: &mut NotUnderstood) -> Self {
        let mut first_step = vec![0u32; extract.nodes.len() + 1];
        for step in &steps.steps {
            first_step[step.from() + 1] += 1;
            first_step[step.to() + 1] += 1;
        }
        for node in 0..extract.nodes.len() {
            first_step[node + 1] += first_step[node];
        }
        let mut next = first_step.clone();
        let mut step_at = vec![0u32; steps.steps.len() * 2];
        for (index, step) in (0u32..).zip(&steps.steps) {
            for node in [step.from(), step.to()] {
                step_at[next[node] as usize] = index;
                next[node] += 1;
            }
        }
        let mut points = Self {
            extract,
            steps,
            first_step,
            step_at,
            is_junction: vec![false; extract.nodes.len()],
            barriers: HashMap::new(),
            controls: HashMap::new(),
            limits: HashMap::new(),
            unclear_limits: 0,
        };
        for (index, node) in extract.nodes.iter().enumerate() {
            if node.tags.0.is_empty() || points.steps_at(index).is_empty() {
                continue;
            }
            if let Some(barrier) = barriers::barrier(&node.tags, odd) {
                points.barriers.insert(index, barrier);
                points.is_junction[index] = true;
            }
            if let Some(control) = barriers::control(&node.tags) {
                points.controls.insert(index, control);
            }
            let limits = measures::limits(&node.tags, odd);
            if limits != SizeLimits::default() {
                if points.steps_at(index).len() <= 2 {
                    points.limits.insert(index, limits);
                    points.is_junction[index] = true;
                } else {
                    points.unclear_limits += 1;
                }
            }
        }
        points
    }

    /// Makes a point a junction.
    pub(super) fn set_junction(&mut self, node: usize) {
        self.is_junction[node] = true;
    }

    fn steps_at(&self, node: usize) -> &[u32] {
        &self.step_at[self.first_step[node] as usize..self.first_step[node + 1] as usize]
    }

    /// Whether one road leads through `node` unchanged, so that no junction is needed there.
    fn is_passed(&self, node: usize) -> bool {
        let &[a, b] = self.steps_at(node) else {
            return false;
        };
        !self.is_junction[node] && self.steps.is_same_road(a as usize, b as usize, node)
    }

    /// The road that begins at `start` with `step` and ends at the next junction, or where it
    /// began.
    fn trace(&self, start: usize, step: u32, used: &mut [bool]) -> Piece {
        let mut piece = Piece {
            first_step: step,
            nodes: vec![start as u32],
            steps: Vec::new(),
        };
        let (mut step, mut at) = (step, start);
        loop {
            used[step as usize] = true;
            piece.first_step = piece.first_step.min(step);
            at = self.steps.other_end(step as usize, at);
            piece.nodes.push(at as u32);
            piece.steps.push(step);
            if at == start || !self.is_passed(at) {
                break;
            }
            match self.steps_at(at).iter().find(|next| !used[**next as usize]) {
                Some(next) => step = *next,
                None => break,
            }
        }
        piece
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut used = vec![false; self.steps.steps.len()];
        let mut pieces = Vec::new();
        // Second round: rings without any junction, each begun at its point of the lowest id.
        for on_ring in [false, true] {
            for node in 0..self.extract.nodes.len() {
                if self.is_passed(node) != on_ring {
                    continue;
                }
                for step in self.steps_at(node) {
                    if used[*step as usize] {
                        continue;
                    }
                    let mut piece = self.trace(node, *step, &mut used);
                    let step = *step as usize;
                    if self.steps.is_one_way(step) && self.steps.steps[step].to() == node {
                        piece.nodes.reverse();
                        piece.steps.reverse();
                    }
                    pieces.extend(without_loop(piece));
                }
            }
        }
        pieces.sort_by_key(|piece| piece.first_step);
        pieces
    }

    /// The road graph, and where the steps of the ways of these numbers went: of all ways, they would
    /// take as much room as the roads.
    pub(super) fn roads(self, traced: &HashSet<i64>) -> (RoadGraph, Paths) {
        let pieces = self.pieces();
        let mut graph = RoadGraph::default();
        let junctions = self.junctions(&pieces, &mut graph);
        let mut pieces_of_way = vec![0u32; self.steps.ways.len()];
        let mut direction_of = HashMap::new();
        for piece in pieces {
            let way = self.steps.steps[piece.first_step as usize].way();
            pieces_of_way[way] += 1;
            let id = format!("{}-{}", self.steps.ways[way].id, pieces_of_way[way]);
            let road = graph.add_road(self.road(id, &piece, &junctions));
            for (step, start) in piece.steps.iter().zip(&piece.nodes) {
                let step = *step as usize;
                if !traced.contains(&self.steps.way(step).id) {
                    continue;
                }
                let forwards = self.steps.steps[step].from == *start;
                direction_of.insert(step, Direction { road, forwards });
            }
        }
        let step = |index: usize| {
            let direction = direction_of.get(&index)?;
            Some((self.steps.steps[index], *direction))
        };
        let ways = self.steps.ways.iter();
        let ways = ways.filter(|way| traced.contains(&way.id));
        let ways = ways.map(|way| (way.id, way.steps.clone().filter_map(step).collect()));
        (
            graph,
            Paths {
                ways: ways.collect(),
            },
        )
    }

    fn junctions(&self, pieces: &[Piece], graph: &mut RoadGraph) -> Vec<NodeIndex> {
        let mut junctions = vec![NodeIndex::end(); self.extract.nodes.len()];
        for piece in pieces {
            for node in [piece.nodes[0], piece.nodes[piece.nodes.len() - 1]] {
                junctions[node as usize] = NodeIndex::new(0);
            }
        }
        for (index, node) in self.extract.nodes.iter().enumerate() {
            if junctions[index] != NodeIndex::end() {
                junctions[index] = graph.add_junction(Junction {
                    id: node.id.to_string(),
                    position: node.position,
                    control: self.controls.get(&index).map(|(control, _)| *control),
                    barrier: self.barriers.get(&index).copied(),
                    limits: self.limits.get(&index).copied().unwrap_or_default(),
                    basis: Basis::Observed,
                });
            }
        }
        junctions
    }

    fn road(&self, id: String, piece: &Piece, junctions: &[NodeIndex]) -> Road {
        let Piece { nodes, steps, .. } = piece;
        let first = self.steps.steps[steps[0] as usize];
        let tags = self.steps.ways[first.way()].tags.clone();
        let tags = if first.from == nodes[0] {
            tags
        } else {
            tags.reversed()
        };
        let line: Vec<_> = nodes
            .iter()
            .map(|node| self.extract.nodes[*node as usize].position)
            .collect();
        let mut road = Road {
            passage: tags.passage,
            name: tags.name,
            free_speed: tags.free_speed,
            lanes: tags.lanes,
            names: tags.names,
            surface: tags.surface,
            smoothness: tags.smoothness,
            side: tags.side,
            width: tags.width,
            limits: tags.limits,
            structure: tags.structure,
            shape: line[1..line.len() - 1].to_vec(),
            ..Road::plain(
                id,
                [nodes[0], nodes[nodes.len() - 1]].map(|node| junctions[node as usize]),
                tags.class,
                length_along(&line),
            )
        };
        let mut along = 0.0;
        for (index, node) in nodes.iter().enumerate().skip(1) {
            along += line[index - 1].distance(line[index]).0;
            let is_end = index == nodes.len() - 1;
            if !is_end && let Some((control, holds)) = self.controls.get(&(*node as usize)) {
                let step = steps[index - 1] as usize;
                let is_along = self.steps.steps[step].from == nodes[index - 1];
                let holds = if is_along == self.steps.way(step).is_turned {
                    holds.reversed()
                } else {
                    *holds
                };
                let places = match control {
                    Control::Signals => &mut road.signals,
                    Control::Crossing => &mut road.crossings,
                };
                let place = to_decimetres(along);
                places.forwards.extend(holds.forwards.then_some(place));
                places.backwards.extend(holds.backwards.then_some(place));
            }
        }
        road
    }
}

/// A road that ends where it begins, cut in two at its middle point: a road from a junction to
/// itself has no direction, and readers of network files trip over it.
fn without_loop(piece: Piece) -> Vec<Piece> {
    if piece.nodes.first() != piece.nodes.last() {
        return vec![piece];
    }
    let middle = piece.nodes.len() / 2;
    let part = |nodes: &[u32], steps: &[u32]| Piece {
        first_step: piece.first_step,
        nodes: nodes.to_vec(),
        steps: steps.to_vec(),
    };
    vec![
        part(&piece.nodes[..=middle], &piece.steps[..middle]),
        part(&piece.nodes[middle..], &piece.steps[middle..]),
    ]
}
