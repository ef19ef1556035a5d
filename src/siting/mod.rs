//! Siting by expected times, every engine at home: what to expect of a choice of sites, and which
//! choice is best.

pub mod answer;
pub mod median;
pub mod problem;
#[cfg(test)]
mod every_choice;
mod rulebook;
pub mod screening;
