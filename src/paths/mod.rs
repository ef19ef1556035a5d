//! Shortest times on a plain weighted digraph: nodes, arcs, whole milliseconds.
//!
//! Nothing here knows of roads. Every kernel gives the same times to the millisecond; they differ
//! in what they cost.
//!
//! | kernel | pays for |
//! | --- | --- |
//! | [`heap`] | routes, and searches that stop early |
//! | [`buckets`] | few origins, or small graphs |
//! | [`hierarchy`] and [`sweep`] | many origins, or many sets of weights, on one large graph |
//!
//! [`many_to_many::matrix`] chooses among them.
//!
//! # Example
//!
//! ```text
//!        9          From 0 to 3 the way over 1 and 2 takes 2 + 3 + 1, the direct one 9; nothing
//!   0 ------> 3     leads back.
//!   | 2       ^
//!   v    3    | 1
//!   1 ------> 2
//! ```
//!
//! ```
//! use brigade::paths::{Digraph, HeapSearch, NEVER, Seed};
//!
//! // Tail, head, milliseconds.
//! let graph = Digraph::from_arcs(4, &[(0, 3, 9), (0, 1, 2), (1, 2, 3), (2, 3, 1)]);
//! let mut search = HeapSearch::default();
//! search.run_to(&graph, &[Seed { node: 0, time: 0 }], &[3]);
//! assert_eq!(search.time(3), 6);
//!
//! let heads = graph.head();
//! let route = search.route_to(3).unwrap_or_default();
//! let nodes: Vec<u32> = route.iter().map(|arc| heads[*arc as usize]).collect();
//! assert_eq!(nodes, [1, 2, 3]);
//!
//! search.run(&graph, &[Seed { node: 3, time: 0 }]);
//! assert_eq!(search.times(), [NEVER, NEVER, NEVER, 0]);
//! ```

pub mod buckets;
pub mod digraph;
pub mod dissection;
pub mod heap;
pub mod hierarchy;
pub mod many_to_many;
mod rows;
#[cfg(test)]
mod same_times;
pub mod sweep;

pub use buckets::BucketSearch;
pub(crate) use digraph::starts;
pub use digraph::{Digraph, LIMIT, NEVER, Seed};
pub use heap::HeapSearch;
pub use hierarchy::{Hierarchy, Preparation};
pub use many_to_many::{Exits, Kernel, Prepared, choose, matrix};
pub use sweep::{LANES, Sweep, SweepTimes};
