//! The median core: every point is served by the chosen site that costs it least, and the sum of
//! weight times cost is to be as small as it can be.
//!
//! That is the p-median where costs are times, maximal covering where they are 0 within a
//! threshold and 1 beyond it, and anything between.

mod ascent;
mod counted;
mod frontier;
mod ground;
mod interchange;
mod lists;
mod search;
#[cfg(test)]
mod tests;

pub use search::{find, solve};

use super::problem::Times;

/// A median problem.
#[derive(Clone, Debug)]
pub struct Median {
    /// Cost from every site to every point.
    pub costs: Times,
    /// Weight of each point; points of weight 0 count for nothing.
    pub weight: Vec<u64>,
    /// What a point costs at most, served or not; `None` where every point has to be served.
    pub unserved: Option<u32>,
    /// Where given, costs only say which sites reach a point (any that is below `unserved`), and
    /// all that do count: the first takes the first of these amounts from what the point costs,
    /// the second the second. Each is at most the one before, the first is `unserved`.
    pub levels: Option<Vec<u32>>,
}
