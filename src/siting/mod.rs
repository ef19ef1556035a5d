//! Where to put sites: solvers on numbers, each answer with a proof of how good it is.
//!
//! Given are the [times](problem::Times) from candidate sites to demand points, what each point weighs,
//! and the [constraints](problem::Constraints) a choice has to keep; what comes back is an [`Answer`](answer::Answer):
//! the chosen sites, what they are worth, and a bound that no choice beats. Nothing here knows of
//! roads, scenarios or engines' ways.
//!
//! | model | asks for |
//! | --- | --- |
//! | [`median`] | the least sum of weight times time (p-median), with capacities or without |
//! | [`maximum_coverage`] | as much demand as possible within a threshold; with backup, credit that shrinks, engines that are out |
//! | [`set_cover`] | as few sites as possible that reach everybody |
//! | [`p_center`] | the shortest time within which everybody is reached |
//! | [`pairs`] | p-median with one site from each of two long lists, every pair looked at |
//! | [`diverse`] | the k best choices that are not all alike |
//!
//! `median` and `maximum_coverage` are one search: `branch_and_bound` divides, `volume` bounds. `set_cover`
//! and `p_center` ask another, `set_cover_search`, whether so many sites reach so much. `feasibility` says
//! what follows from what is fixed, for both.
//!
//! # Example
//!
//! Three sites and four points along a road; point 3 weighs as much as all others together.
//!
//! ```text
//! point    0---1---2-------3        a dash is a minute; sites 0, 1, 2 are at points 0, 1, 3
//! weight   1   1   1       3
//! ```
//!
//! ```
//! use brigade::siting::answer::{Effort, Status};
//! use brigade::siting::maximum_coverage::most_reached;
//! use brigade::siting::median::p_median;
//! use brigade::siting::problem::{Constraints, Times};
//!
//! let minutes = |time: u32| time * 60_000;
//! let times = [[0, 3, 6, 13], [3, 0, 3, 10], [13, 10, 7, 0]].concat();
//! let times = Times::new(4, times.into_iter().map(minutes).collect());
//! let weight = [1, 1, 1, 3];
//! let effort = Effort::default();
//!
//! // Sites 1 and 2 (at points 1 and 3): 3 + 0 + 3 + 0 minutes.
//! let median = p_median(times.clone(), &weight, &Constraints::most(2), &effort)?;
//! assert_eq!((median.status, median.sites), (Status::Optimal, vec![1, 2]));
//! assert_eq!((median.value, median.bound), (Some(6 * 60_000), 6 * 60_000));
//!
//! // Half of all are within four minutes of one site: points 0 to 2 of site 1, or point 3 of site 2.
//! let covered = most_reached(&times, &weight, minutes(4), &Constraints::most(1), &effort)?;
//! assert_eq!((covered.value, covered.bound), (Some(3), 3));
//! # Ok::<(), brigade::siting::problem::ProblemError>(())
//! ```

pub mod answer;
mod branch_and_bound;
mod capacity;
pub mod diverse;
#[cfg(test)]
mod every_choice;
mod feasibility;
#[cfg(test)]
mod linear_tests;
pub mod maximum_coverage;
#[cfg(test)]
mod maximum_coverage_tests;
pub mod median;
mod node_queue;
pub mod p_center;
pub mod pairs;
pub mod problem;
mod reach;
pub mod set_cover;
mod set_cover_search;
mod site_set;
mod volume;
mod within_reach;
#[cfg(test)]
mod within_reach_tests;
