//! Dijkstra's search with buckets instead of a heap (Dial 1969).
//!
//! A bucket holds the nodes that are reached within one span of time, wider than the shortest arc
//! (Denardo and Fox 1979): a node may have to be looked at again while its bucket is open. Exact
//! at any width, and for arcs of no length.

use crate::paths::digraph::{Digraph, LIMIT, NEVER, Seed, key};

/// More buckets than this no longer fit into the cache.
const MAX_BUCKETS: u32 = 1 << 14;

/// The shortest times from seeds to every node; kept and used again, so that a thread allocates
/// once.
#[derive(Clone, Debug, Default)]
pub struct BucketSearch {
    time: Vec<u32>,
    /// `bucket[time >> shift]`, round and round: no arc is longer than all buckets together. Time
    /// above, node below.
    bucket: Vec<Vec<u64>>,
    /// Seeds that the search has not come to, the latest first.
    waiting: Vec<Seed>,
}

/// How wide the buckets of a graph are: `1 << shift` milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Width {
    shift: u32,
    buckets: usize,
}

impl Width {
    /// About half an arc: narrow enough that few nodes are looked at twice, wide enough that few
    /// buckets are empty.
    fn of(graph: &Digraph) -> Self {
        let usable = || graph.weight().iter().filter(|weight| **weight < LIMIT);
        let longest = usable().copied().max().unwrap_or(0);
        let sum: u64 = usable().map(|weight| u64::from(*weight)).sum();
        let half_mean = (sum / 2 / usable().count().max(1) as u64).max(1);
        let mut shift = half_mean.ilog2();
        while longest >> shift >= MAX_BUCKETS {
            shift += 1;
        }
        Self {
            shift,
            buckets: ((longest >> shift) as usize + 2).next_power_of_two(),
        }
    }
}

impl BucketSearch {
    /// Searches from `seeds` to every node.
    pub fn run(&mut self, graph: &Digraph, seeds: &[Seed]) {
        let Width { shift, buckets } = Width::of(graph);
        self.run_with(graph, seeds, shift, buckets);
    }

    fn run_with(&mut self, graph: &Digraph, seeds: &[Seed], shift: u32, buckets: usize) {
        let mask = buckets - 1;
        let index = |time: u32| (time >> shift) as usize & mask;
        self.time.clear();
        self.time.resize(graph.node_count(), NEVER);
        self.bucket.resize_with(buckets, Vec::new); // All are empty after a search.
        self.waiting.clear();
        self.waiting
            .extend(seeds.iter().filter(|seed| seed.time < LIMIT));
        self.waiting
            .sort_unstable_by_key(|seed| std::cmp::Reverse(seed.time));
        let mut open = 0;
        let mut held = 0usize;
        loop {
            if held == 0 {
                let Some(seed) = self.waiting.last() else {
                    break;
                };
                open = seed.time >> shift;
            }
            while let Some(seed) = self.waiting.pop_if(|seed| seed.time >> shift == open) {
                if seed.time < self.time[seed.node as usize] {
                    self.time[seed.node as usize] = seed.time;
                    self.bucket[index(seed.time)].push(key(seed.time, seed.node));
                    held += 1;
                }
            }
            while let Some(first) = self.bucket[open as usize & mask].pop() {
                held -= 1;
                let (time, node) = ((first >> 32) as u32, first as u32);
                if time > self.time[node as usize] {
                    continue; // An entry that a shorter way has overtaken.
                }
                for (_, head, weight) in graph.arcs_from(node) {
                    let reached = time + weight; // Both are at most LIMIT.
                    if reached < self.time[head as usize].min(LIMIT) {
                        self.time[head as usize] = reached;
                        self.bucket[index(reached)].push(key(reached, head));
                        held += 1;
                    }
                }
            }
            open += 1;
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second seed long after the search from the first has ended, and far beyond all buckets.
    ///
    /// ```text
    /// 0 --3--> 1        2 --3--> 3 <--3,000,000--- 1
    /// ```
    #[test]
    fn a_late_seed_starts_when_its_time_has_come() {
        let graph = Digraph::from_arcs(4, &[(0, 1, 3), (2, 3, 3), (1, 3, 3_000_000)]);
        let seeds = [
            Seed {
                node: 2,
                time: 2_000_000,
            },
            Seed { node: 0, time: 5 },
        ];
        let mut search = BucketSearch::default();
        search.run(&graph, &seeds);
        assert_eq!(search.times(), [5, 8, 2_000_000, 2_000_003]);
    }
}
