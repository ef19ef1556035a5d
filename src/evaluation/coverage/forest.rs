//! The shortest-path forest from some stations with engines of one profile, and what becomes of it when
//! one link is closed.
//!
//! A time can change only where the shortest way in the forest uses the link. So only the subtrees
//! below its arcs are searched again, from the neighbours that keep their times (the growing half
//! of the dynamic search of Ramalingam and Reps 1996).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::expected::closed_roads::sum;
use crate::paths::{Digraph, HeapSearch, LIMIT, NEVER, Seed, starts};
use crate::roads::road::RoadId;
use crate::roads::roadway::{Ends, Roadway};
use crate::roads::trip::{Connector, TripEnd};
use crate::units::Millis;

/// Things of type `T` in one row, sorted by a number that begins at 0.
#[derive(Debug, Default)]
struct By<T> {
    first: Vec<u32>,
    things: Vec<T>,
}

impl<T: Copy + Ord> By<T> {
    fn new(keys: usize, mut things: Vec<(u32, T)>) -> Self {
        things.sort_unstable();
        Self {
            first: starts(keys, things.iter().map(|(key, _)| *key)),
            things: things.into_iter().map(|(_, thing)| thing).collect(),
        }
    }

    fn of(&self, key: usize) -> &[T] {
        &self.things[self.first[key] as usize..self.first[key + 1] as usize]
    }
}

/// The forest, and the ways from its nodes to the demand points.
#[derive(Debug)]
pub(super) struct Forest<'s> {
    digraph: &'s Digraph,
    /// `road[arc]`.
    road: Vec<RoadId>,
    /// `(tail, arc)` by head.
    arcs_to: By<(u32, u32)>,
    /// `(time, road)` of the stations' connectors by node.
    seeds: By<(u32, Option<RoadId>)>,
    time: Vec<u32>,
    /// The nodes so that each subtree is a stretch; `stretch[node]` is that stretch.
    order: Vec<u32>,
    stretch: Vec<Range<u32>>,
    /// The nodes at which the forest is entered by a road, by road.
    tops: By<u32>,
    /// Demand points by the nodes through which they are reached.
    points_behind: By<u32>,
    /// Demand points whose last stretch, or whole way, is along a road.
    points_on: By<u32>,
    /// `connectors[point]`.
    connectors: Vec<Vec<Connector>>,
    /// The trips that pass no junction, by demand point.
    beside: Vec<Vec<(Millis, Option<RoadId>)>>,
}

/// What a thread needs to search again; kept and used again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    time: Vec<u32>,
    /// The search in which a node was affected.
    affected_in: Vec<u32>,
    search: u32,
    queue: BinaryHeap<Reverse<(u32, u32)>>,
}

impl<'s> Forest<'s> {
    /// From stations, each with how long its engines take until they drive.
    pub(super) fn new(
        roadway: &'s Roadway,
        stations: &[(TripEnd, Millis)],
        points: &[TripEnd],
    ) -> Self {
        let graph = roadway.graph();
        let digraph = graph.digraph();
        let nodes = digraph.node_count();
        let roads = roadway.roads().roads().len();
        let out: Vec<Connector> = stations
            .iter()
            .flat_map(|(station, turnout)| {
                let connectors = roadway.connectors_out(station).into_iter();
                connectors.map(|connector| Connector {
                    time: connector.time + *turnout,
                    ..connector
                })
            })
            .collect();
        let seeds: Vec<Seed> = out
            .iter()
            .map(|connector| Seed {
                node: connector.node,
                time: connector.time.0,
            })
            .collect();
        let mut search = HeapSearch::default();
        search.run_to(digraph, &seeds, &[]);
        let road: Vec<RoadId> = (0..digraph.arc_count() as u32)
            .map(|arc| graph.direction_of(arc).road)
            .collect();
        let mut tails = vec![0; digraph.arc_count()];
        let mut arcs_to = Vec::with_capacity(digraph.arc_count());
        for tail in 0..nodes as u32 {
            for (arc, head, _) in digraph.arcs_from(tail) {
                tails[arc as usize] = tail;
                arcs_to.push((head, (tail, arc)));
            }
        }
        let mut children = Vec::new();
        let mut roots = Vec::new();
        let mut tops = Vec::new();
        for node in 0..nodes as u32 {
            if search.time(node) == NEVER {
                continue;
            }
            match search.arc_to(node) {
                Some(arc) => {
                    children.push((tails[arc as usize], node));
                    tops.push((road[arc as usize].0, node));
                }
                None => {
                    roots.push(node);
                    let first = out.iter().filter(|connector| {
                        connector.node == node && connector.time.0 == search.time(node)
                    });
                    tops.extend(first.filter_map(|connector| Some((connector.road?.0, node))));
                }
            }
        }
        let children = By::new(nodes, children);
        let (order, stretch) = stretches(nodes, &roots, &children);
        let connectors: Vec<Vec<Connector>> = points
            .iter()
            .map(|point| roadway.connectors_in(point))
            .collect();
        let origins: Vec<(Ends, Millis)> = stations
            .iter()
            .map(|(station, turnout)| (roadway.ends(station), *turnout))
            .collect();
        let beside: Vec<Vec<(Millis, Option<RoadId>)>> = points
            .iter()
            .map(|point| {
                let point = roadway.ends(point);
                let trips = origins.iter().flat_map(|(origin, turnout)| {
                    let trips = roadway.beside(origin, &point);
                    trips.map(|(time, road)| (time + *turnout, road))
                });
                trips.filter(|(time, _)| time.is_finite()).collect()
            })
            .collect();
        let mut points_behind = Vec::new();
        let mut points_on = Vec::new();
        for (point, (connectors, beside)) in (0..).zip(connectors.iter().zip(&beside)) {
            points_behind.extend(connectors.iter().map(|connector| (connector.node, point)));
            let last = connectors.iter().map(|connector| connector.road);
            let roads = last.chain(beside.iter().map(|(_, road)| *road));
            points_on.extend(roads.filter_map(|road| Some((road?.0, point))));
        }
        Self {
            digraph,
            road,
            arcs_to: By::new(nodes, arcs_to),
            seeds: By::new(
                nodes,
                out.iter()
                    .map(|connector| (connector.node, (connector.time.0, connector.road)))
                    .collect(),
            ),
            time: search.times().to_vec(),
            order,
            stretch,
            tops: By::new(roads, tops),
            points_behind: By::new(nodes, points_behind),
            points_on: By::new(roads, points_on),
            connectors,
            beside,
        }
    }

    /// Whether closing a road can change the time at any demand point.
    pub(super) fn matters(&self, road: RoadId) -> bool {
        !self.points_on.of(road.index()).is_empty()
            || self.affected(road).into_iter().flatten().any(|position| {
                !self
                    .points_behind
                    .of(self.order[position as usize] as usize)
                    .is_empty()
            })
    }

    /// The stretches of `order` below the arcs of a road, none within another.
    fn affected(&self, road: RoadId) -> Vec<Range<u32>> {
        let tops = self.tops.of(road.index()).iter();
        let mut ranges: Vec<Range<u32>> = tops
            .map(|node| self.stretch[*node as usize].clone())
            .collect();
        ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
        let mut covered = 0;
        ranges.retain(|range| {
            let is_new = range.end > covered;
            covered = covered.max(range.end);
            is_new
        });
        ranges
    }

    /// Searches again without a road, and adds the demand points whose times may differ.
    pub(super) fn close(&self, road: RoadId, scratch: &mut Scratch, points: &mut Vec<u32>) {
        let nodes = self.digraph.node_count();
        if scratch.time.len() != nodes || scratch.search == u32::MAX {
            *scratch = Scratch::default();
            scratch.time.resize(nodes, NEVER);
            scratch.affected_in.resize(nodes, 0);
        }
        scratch.search += 1;
        points.extend(self.points_on.of(road.index()));
        let affected = || self.affected(road).into_iter().flatten();
        for position in affected() {
            let node = self.order[position as usize];
            scratch.affected_in[node as usize] = scratch.search;
            scratch.time[node as usize] = NEVER;
            points.extend(self.points_behind.of(node as usize));
        }
        let is_affected =
            |scratch: &Scratch, node: u32| scratch.affected_in[node as usize] == scratch.search;
        for position in affected() {
            let node = self.order[position as usize];
            let from_stations = self.seeds.of(node as usize).iter();
            let from_stations = from_stations
                .filter(|(_, by)| *by != Some(road))
                .map(|(time, _)| *time);
            let from_neighbours =
                self.arcs_to
                    .of(node as usize)
                    .iter()
                    .filter_map(|(tail, arc)| {
                        let before = self.time[*tail as usize];
                        let open = self.road[*arc as usize] != road;
                        (open && before != NEVER && !is_affected(scratch, *tail))
                            .then(|| before + self.digraph.weight()[*arc as usize])
                    });
            let time = from_stations.chain(from_neighbours).min().unwrap_or(NEVER);
            if time < LIMIT {
                scratch.time[node as usize] = time;
                scratch.queue.push(Reverse((time, node)));
            }
        }
        while let Some(Reverse((time, node))) = scratch.queue.pop() {
            if time > scratch.time[node as usize] {
                continue;
            }
            for (arc, head, weight) in self.digraph.arcs_from(node) {
                let reached = time + weight; // Both are at most LIMIT.
                if self.road[arc as usize] != road
                    && is_affected(scratch, head)
                    && reached < scratch.time[head as usize].min(LIMIT)
                {
                    scratch.time[head as usize] = reached;
                    scratch.queue.push(Reverse((reached, head)));
                }
            }
        }
    }

    /// When the first engine is at a demand point.
    pub(super) fn before(&self, point: usize) -> Millis {
        self.travel(point, None, |node| self.time[node as usize])
    }

    /// The same without a road that was closed last.
    pub(super) fn after(&self, point: usize, road: RoadId, scratch: &Scratch) -> Millis {
        self.travel(point, Some(road), |node| {
            if scratch.affected_in[node as usize] == scratch.search {
                scratch.time[node as usize]
            } else {
                self.time[node as usize]
            }
        })
    }

    fn travel(&self, point: usize, closed: Option<RoadId>, time: impl Fn(u32) -> u32) -> Millis {
        let is_open = |road: Option<RoadId>| closed.is_none() || road != closed;
        let over_junctions = self.connectors[point]
            .iter()
            .filter(|connector| is_open(connector.road))
            .map(|connector| sum(time(connector.node), connector.time));
        let beside = self.beside[point].iter().filter(|(_, road)| is_open(*road));
        let times = over_junctions.chain(beside.map(|(time, _)| *time));
        times.min().unwrap_or(Millis::NEVER)
    }
}

/// The nodes of the forest so that every subtree is one stretch, and that stretch of each node.
fn stretches(nodes: usize, roots: &[u32], children: &By<u32>) -> (Vec<u32>, Vec<Range<u32>>) {
    let mut order = Vec::with_capacity(nodes);
    let mut stretch = vec![0..0; nodes];
    // A node is left when it comes up the second time.
    let mut stack: Vec<(u32, bool)> = roots.iter().rev().map(|root| (*root, false)).collect();
    while let Some((node, leaving)) = stack.pop() {
        if leaving {
            stretch[node as usize].end = order.len() as u32;
            continue;
        }
        stretch[node as usize].start = order.len() as u32;
        order.push(node);
        stack.push((node, true));
        stack.extend(
            children
                .of(node as usize)
                .iter()
                .map(|child| (*child, false)),
        );
    }
    (order, stretch)
}
