//! Alternatives side by side: figures with intervals, paired differences, the ranking.

pub mod answer_file;
pub mod arrival_field;
pub mod comparison;
pub mod cost;
pub mod coverage;
pub mod estimate;
pub mod fingerprint;
pub mod first_due;
pub mod metric;
pub mod phases;
pub mod screening;
pub mod selection;
pub mod sensitivity;
pub mod simulated;
pub mod verification;
