//! Questions of siting on a scenario: which junctions of main roads are best, what more brigades would
//! bring, in which order and by which year, and how a choice does in other states of the world.
//!
//! The solvers are in [`crate::siting`], which knows numbers alone.

pub mod free_choice;
pub mod frontier;
pub mod junctions;
pub mod plan;
pub mod ready;
pub mod robust;
pub mod sequence;
