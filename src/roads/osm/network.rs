//! The road graph of an extract: junctions where roads meet, end or change, and between them
//! roads with the bends of the map.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::area::Area;
use crate::roads::osm::tags::{self, Driven, MaxSpeed, RoadTags, Unusable};
use crate::roads::osm::{OsmExtract, OsmWay};
use crate::roads::passage::Passage;
use crate::roads::road::{BothWays, Junction, Road};
use crate::units::Metres;

/// The road graph, and what was left out on the way to it.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// All roads that an engine can use, connected or not.
    pub roads: RoadGraph,
    /// What was kept and dropped.
    pub counts: NetworkCounts,
}

/// What was kept and dropped of the ways with a `highway`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkCounts {
    /// Ways with a `highway`.
    pub highways: u64,
    /// Those that became roads.
    pub kept: u64,
    /// Those that did not, by reason.
    pub unusable: BTreeMap<Unusable, u64>,
    /// Roads outside the boundary and its buffer.
    pub outside: u64,
    /// Roads of which fewer than two points are in the file.
    pub without_line: u64,
    /// Points of kept roads that are not in the file, or have no position.
    pub points_missing: u64,
    /// Values of `maxspeed` that are no speed, and how often each occurs.
    pub speeds_not_understood: BTreeMap<String, u64>,
}

/// Builds the road graph; with `area`, of the roads that have a point within `buffer` of it.
#[must_use]
pub fn build(extract: &OsmExtract, area: Option<(&Area, Metres)>) -> Network {
    let mut counts = NetworkCounts::default();
    let mut steps = Steps::default();
    for way in &extract.ways {
        if way.tags.get("highway").is_none() {
            continue;
        }
        counts.highways += 1;
        let tags = match tags::road(&way.tags) {
            Ok(tags) => tags,
            Err(reason) => {
                *counts.unusable.entry(reason).or_default() += 1;
                continue;
            }
        };
        let (lines, missing) = lines(extract, way);
        let near = |node: &usize| {
            area.is_none_or(|(area, buffer)| area.is_within(extract.nodes[*node].position, buffer))
        };
        if lines.is_empty() {
            counts.without_line += 1;
        } else if !lines.iter().flatten().any(near) {
            counts.outside += 1;
        } else {
            counts.kept += 1;
            counts.points_missing += missing;
            count_speed(way, &mut counts.speeds_not_understood);
            steps.add(way.id, tags, &lines);
        }
    }
    Network {
        roads: Merging::new(extract, &steps).roads(),
        counts,
    }
}

fn count_speed(way: &OsmWay, not_understood: &mut BTreeMap<String, u64>) {
    if let Some(text) = way.tags.get("maxspeed")
        && text.parse::<MaxSpeed>().is_err()
    {
        *not_understood.entry(text.to_owned()).or_default() += 1;
    }
}

/// The stretches of a way of which every point is in the extract, as places in its list of nodes,
/// and how many points are missing. No straight line is drawn across a gap.
fn lines(extract: &OsmExtract, way: &OsmWay) -> (Vec<Vec<usize>>, u64) {
    let mut missing = 0;
    let mut lines = vec![Vec::new()];
    for id in &way.refs {
        match extract.nodes.binary_search_by_key(id, |node| node.id) {
            Ok(node) => {
                let line = lines.last_mut().expect("there is always a last line");
                if line.last() != Some(&node) {
                    line.push(node);
                }
            }
            Err(_) => {
                missing += 1;
                lines.push(Vec::new());
            }
        }
    }
    lines.retain(|line| line.len() >= 2);
    (lines, missing)
}

/// A straight piece of road between two neighbouring points of a way; a one-way one leads from
/// `from` to `to`.
struct Step {
    from: usize,
    to: usize,
    way: usize,
}

/// All steps, in the order of the ways.
#[derive(Default)]
struct Steps {
    ways: Vec<(i64, RoadTags)>,
    steps: Vec<Step>,
}

impl Steps {
    fn add(&mut self, id: i64, tags: RoadTags, lines: &[Vec<usize>]) {
        let way = self.ways.len();
        let backwards = tags.driven == Driven::Backwards;
        for line in lines {
            self.steps.extend(line.windows(2).map(|pair| match *pair {
                [from, to] if backwards => Step {
                    from: to,
                    to: from,
                    way,
                },
                [from, to] => Step { from, to, way },
                _ => unreachable!("windows of two"),
            }));
        }
        self.ways.push((id, tags));
    }

    fn is_one_way(&self, step: usize) -> bool {
        self.ways[self.steps[step].way].1.driven != Driven::BothWays
    }

    /// Whether nothing that a table would show changes from one step to the other.
    fn is_same_road(&self, a: usize, b: usize) -> bool {
        let (a_tags, b_tags) = (
            &self.ways[self.steps[a].way].1,
            &self.ways[self.steps[b].way].1,
        );
        a_tags.class == b_tags.class
            && a_tags.name == b_tags.name
            && a_tags.free_speed == b_tags.free_speed
            && self.is_one_way(a) == self.is_one_way(b)
    }

    fn other_end(&self, step: usize, node: usize) -> usize {
        let Step { from, to, .. } = self.steps[step];
        if from == node { to } else { from }
    }
}

/// Joins steps into roads.
struct Merging<'a> {
    extract: &'a OsmExtract,
    steps: &'a Steps,
    /// Steps at node `n`: `step_at[first_step[n]..first_step[n + 1]]`.
    first_step: Vec<u32>,
    step_at: Vec<u32>,
}

/// A road to be: its points in driving order, and its earliest step, by which roads are sorted.
struct Piece {
    first_step: usize,
    nodes: Vec<usize>,
}

impl<'a> Merging<'a> {
    fn new(extract: &'a OsmExtract, steps: &'a Steps) -> Self {
        let mut first_step = vec![0u32; extract.nodes.len() + 1];
        for step in &steps.steps {
            first_step[step.from + 1] += 1;
            first_step[step.to + 1] += 1;
        }
        for node in 0..extract.nodes.len() {
            first_step[node + 1] += first_step[node];
        }
        let mut next = first_step.clone();
        let mut step_at = vec![0u32; steps.steps.len() * 2];
        for (index, step) in (0u32..).zip(&steps.steps) {
            for node in [step.from, step.to] {
                step_at[next[node] as usize] = index;
                next[node] += 1;
            }
        }
        Self {
            extract,
            steps,
            first_step,
            step_at,
        }
    }

    fn steps_at(&self, node: usize) -> &[u32] {
        &self.step_at[self.first_step[node] as usize..self.first_step[node + 1] as usize]
    }

    /// Whether one road leads through `node` unchanged, so that no junction is needed there.
    fn is_passed(&self, node: usize) -> bool {
        let &[a, b] = self.steps_at(node) else {
            return false;
        };
        let (a, b) = (a as usize, b as usize);
        let arrives = |step: usize| self.steps.steps[step].to == node;
        self.steps.is_same_road(a, b) && (!self.steps.is_one_way(a) || arrives(a) != arrives(b))
    }

    /// The road that begins at `start` with `step` and ends at the next junction, or where it
    /// began.
    fn trace(&self, start: usize, step: usize, used: &mut [bool]) -> Piece {
        let mut piece = Piece {
            first_step: step,
            nodes: vec![start],
        };
        let (mut step, mut at) = (step, start);
        loop {
            used[step] = true;
            piece.first_step = piece.first_step.min(step);
            at = self.steps.other_end(step, at);
            piece.nodes.push(at);
            if at == start || !self.is_passed(at) {
                break;
            }
            match self.steps_at(at).iter().find(|next| !used[**next as usize]) {
                Some(next) => step = *next as usize,
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
                for step in self.steps_at(node).iter().map(|step| *step as usize) {
                    if used[step] {
                        continue;
                    }
                    let mut piece = self.trace(node, step, &mut used);
                    if self.steps.is_one_way(step) && self.steps.steps[step].to == node {
                        piece.nodes.reverse();
                    }
                    pieces.extend(without_loop(piece));
                }
            }
        }
        pieces.sort_by_key(|piece| piece.first_step);
        pieces
    }

    fn roads(&self) -> RoadGraph {
        let pieces = self.pieces();
        let mut graph = RoadGraph::default();
        let mut junctions = vec![NodeIndex::end(); self.extract.nodes.len()];
        for piece in &pieces {
            for node in [piece.nodes[0], piece.nodes[piece.nodes.len() - 1]] {
                junctions[node] = NodeIndex::new(0);
            }
        }
        for (junction, node) in junctions.iter_mut().zip(&self.extract.nodes) {
            if *junction != NodeIndex::end() {
                *junction = graph.add_junction(Junction {
                    id: node.id.to_string(),
                    position: node.position,
                    control: None,
                    barrier: None,
                    basis: Basis::Observed,
                });
            }
        }
        let mut pieces_of_way = vec![0u32; self.steps.ways.len()];
        for Piece { first_step, nodes } in pieces {
            let way = self.steps.steps[first_step].way;
            let (way_id, tags) = &self.steps.ways[way];
            pieces_of_way[way] += 1;
            let line: Vec<_> = nodes
                .iter()
                .map(|node| self.extract.nodes[*node].position)
                .collect();
            graph.add_road(Road {
                passage: if tags.driven == Driven::BothWays {
                    BothWays::same(Passage::Open)
                } else {
                    Road::one_way(tags.class)
                },
                name: tags.name.clone(),
                free_speed: BothWays::same(tags.free_speed),
                shape: line[1..line.len() - 1].to_vec(),
                ..Road::plain(
                    format!("{way_id}-{}", pieces_of_way[way]),
                    [nodes[0], nodes[nodes.len() - 1]].map(|node| junctions[node]),
                    tags.class,
                    Metres(
                        line.windows(2)
                            .map(|pair| pair[0].distance(pair[1]).0)
                            .sum(),
                    ),
                )
            });
        }
        graph
    }
}

/// A road that ends where it begins, cut in two at its middle point: a road from a junction to
/// itself has no direction, and readers of network files trip over it.
fn without_loop(piece: Piece) -> Vec<Piece> {
    if piece.nodes.first() != piece.nodes.last() {
        return vec![piece];
    }
    let middle = piece.nodes.len() / 2;
    [&piece.nodes[..=middle], &piece.nodes[middle..]]
        .map(|nodes| Piece {
            first_step: piece.first_step,
            nodes: nodes.to_vec(),
        })
        .into()
}

#[cfg(test)]
#[path = "network_tests.rs"]
mod tests;
