//! Siting by expected times, every engine at home: what to expect of a choice of sites, and which
//! choice is best.

pub mod answer;
mod apart;
mod capacity;
mod cover;
pub mod coverage;
#[cfg(test)]
mod coverage_tests;
#[cfg(test)]
mod every_choice;
pub mod everywhere;
#[cfg(test)]
mod everywhere_tests;
pub mod free_choice;
pub mod frontier;
pub mod junctions;
#[cfg(test)]
mod linear_tests;
pub mod median;
pub mod pairs;
pub mod plan;
pub mod problem;
mod reach;
pub mod ready;
pub mod robust;
mod rulebook;
pub mod screening;
pub mod sequence;
mod site_set;
