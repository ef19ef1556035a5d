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
pub use many_to_many::{Exits, Kernel, Ready, choose, matrix};
pub use sweep::{LANES, Sweep, SweepTimes};
