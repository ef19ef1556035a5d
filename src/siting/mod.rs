//! Siting by expected times, every engine at home: what to expect of a choice of sites, and which
//! choice is best.

pub mod answer;
pub mod median;
pub mod problem;
mod rulebook;
pub mod screening;
