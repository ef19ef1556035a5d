//! Siting by expected times, every engine at home: what to expect of a choice of sites.

pub mod screening;
