//! Siting by expected times, every engine at home: what a choice of sites can do at best.

pub mod screening;
