//! The problem that the median core solves.

use crate::siting::problem::Times;

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
