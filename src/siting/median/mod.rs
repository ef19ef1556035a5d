//! The median core: every point is served by the chosen site that costs it least, and the sum of
//! weight times cost is to be as small as it can be.
//!
//! That is the p-median where costs are times, maximal covering where they are 0 within a
//! threshold and 1 beyond it, and anything between.

mod counted;
mod exchanges;
mod instance;
mod interchange;
mod lists;
mod perturbation;
mod problem;
mod pseudo_costs;
mod relaxation;
mod search;
#[cfg(test)]
mod tests;

pub use problem::Median;
pub use search::{find, solve};

use super::answer::{Answer, Effort};
use super::problem::{Constraints, ProblemError, Times};

/// The choice of sites with the least sum of weight times time to the nearest (p-median, Hakimi
/// 1964; ReVelle and Swain 1970). Every point with a weight has to be reached. Where sites have
/// capacities, a point is served by the sites for which the sum is least, not always by the nearest.
///
/// The value is that sum, in weight times milliseconds.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
pub fn p_median(
    times: Times,
    weight: &[u64],
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    let problem = Median {
        costs: times,
        weight: weight.to_vec(),
        unserved: None,
        levels: None,
    };
    solve(&problem, constraints, effort)
}
