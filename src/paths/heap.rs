//! Dijkstra's search (1959) with a binary heap.
//!
//! Time and node share one 64-bit key (time above, node below), so that the heap compares one
//! number, and nodes reached at the same time are settled in the order of their ids.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::paths::digraph::{Digraph, LIMIT, NEVER, Seed, key};

/// No arc leads to a node that is a seed, or was not reached.
const NO_ARC: u32 = u32::MAX;

/// The shortest times from seeds to every node; kept and used again, so that a thread allocates
/// once.
#[derive(Clone, Debug, Default)]
pub struct HeapSearch {
    time: Vec<u32>,
    /// The arc by which a node was reached and the node where it begins; empty after `run`.
    reached_by: Vec<(u32, u32)>,
    wanted: Vec<bool>,
    queue: BinaryHeap<Reverse<u64>>,
}

impl HeapSearch {
    /// Searches from `seeds` to every node.
    pub fn run(&mut self, graph: &Digraph, seeds: &[Seed]) {
        self.reached_by.clear();
        self.search::<false>(graph, seeds, usize::MAX);
    }

    /// Searches from `seeds` until every one of `targets` is settled, or whatever can be reached,
    /// and keeps the arcs for [`Self::route_to`]. The times of other nodes need not be the
    /// shortest.
    pub fn run_to(&mut self, graph: &Digraph, seeds: &[Seed], targets: &[u32]) {
        self.reached_by.clear();
        self.reached_by
            .resize(graph.node_count(), (NO_ARC, u32::MAX));
        self.wanted.clear();
        self.wanted.resize(graph.node_count(), false);
        let mut left = 0;
        for target in targets {
            left += usize::from(!self.wanted[*target as usize]);
            self.wanted[*target as usize] = true;
        }
        self.search::<true>(graph, seeds, left);
    }

    fn search<const ROUTES: bool>(&mut self, graph: &Digraph, seeds: &[Seed], mut left: usize) {
        self.time.clear();
        self.time.resize(graph.node_count(), NEVER);
        self.queue.clear();
        for seed in seeds {
            if seed.time < self.time[seed.node as usize].min(LIMIT) {
                self.time[seed.node as usize] = seed.time;
                self.queue.push(Reverse(key(seed.time, seed.node)));
            }
        }
        while let Some(Reverse(key_of_first)) = self.queue.pop() {
            let (time, node) = ((key_of_first >> 32) as u32, key_of_first as u32);
            if time > self.time[node as usize] {
                continue; // An entry that a shorter way has overtaken.
            }
            if ROUTES && std::mem::take(&mut self.wanted[node as usize]) {
                left -= 1;
                if left == 0 {
                    break;
                }
            }
            for (arc, head, weight) in graph.arcs_from(node) {
                let reached = time + weight; // Both are at most LIMIT.
                if reached < self.time[head as usize].min(LIMIT) {
                    self.time[head as usize] = reached;
                    if ROUTES {
                        self.reached_by[head as usize] = (arc, node);
                    }
                    self.queue.push(Reverse(key(reached, head)));
                }
            }
        }
    }

    /// The time at which `node` is reached, or [`NEVER`].
    pub fn time(&self, node: u32) -> u32 {
        self.time[node as usize]
    }

    /// The time at which every node is reached, or [`NEVER`].
    pub fn times(&self) -> &[u32] {
        &self.time
    }

    /// The arc by which `node` was reached in [`Self::run_to`]; none for a seed's node, and for
    /// one that was not reached.
    pub fn arc_to(&self, node: u32) -> Option<u32> {
        let (arc, _) = self.reached_by.get(node as usize)?;
        (*arc != NO_ARC).then_some(*arc)
    }

    /// The arcs from a seed to `node`, in the order in which they are driven, after
    /// [`Self::run_to`]. None when `node` was not reached; no arc at all at a seed.
    pub fn route_to(&self, mut node: u32) -> Option<Vec<u32>> {
        if self.time(node) == NEVER {
            return None;
        }
        let mut route = Vec::new();
        while let Some((arc, tail)) = self.reached_by.get(node as usize)
            && *arc != NO_ARC
        {
            route.push(*arc);
            node = *tail;
        }
        route.reverse();
        Some(route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// 0 --1--> 1 --1--> 3 --5--> 4
    ///  \--1--> 2 --1--/
    /// ```
    #[test]
    fn a_route_among_equals_goes_by_the_smaller_node() {
        let graph = Digraph::from_arcs(5, &[(0, 2, 1), (0, 1, 1), (1, 3, 1), (2, 3, 1), (3, 4, 5)]);
        let mut search = HeapSearch::default();
        search.run_to(&graph, &[Seed { node: 0, time: 10 }], &[3, 3]);
        assert_eq!(search.time(3), 12);
        assert_eq!(search.route_to(3), Some(vec![1, 2]));
        assert_eq!(search.route_to(0), Some(vec![]));
        assert_eq!(search.arc_to(3), Some(2));
        assert_eq!(search.time(4), NEVER, "the search stopped at 3");
        assert_eq!(search.route_to(4), None);
    }

    /// A path as long as the limit is no path, and neither is an arc that is.
    #[test]
    fn what_takes_as_long_as_the_limit_is_never_reached() {
        let arcs = [(0, 1, LIMIT - 1), (1, 2, 1), (0, 3, NEVER)];
        let mut search = HeapSearch::default();
        search.run(&Digraph::from_arcs(4, &arcs), &[Seed { node: 0, time: 0 }]);
        assert_eq!(search.times(), [0, LIMIT - 1, NEVER, NEVER]);
    }
}
