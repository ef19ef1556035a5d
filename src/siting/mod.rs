//! Siting by expected times, every engine at home: what to expect of a choice of sites, and which
//! choice is best.

pub mod answer;
mod branch_and_bound;
mod capacity;
mod constraints;
mod cover;
pub mod coverage;
#[cfg(test)]
mod coverage_tests;
pub mod diverse;
#[cfg(test)]
mod every_choice;
pub mod everywhere;
#[cfg(test)]
mod everywhere_tests;
#[cfg(test)]
mod linear_tests;
pub mod median;
mod node_queue;
pub mod pairs;
pub mod problem;
mod reach;
mod site_set;
mod volume;
