//! Alternatives side by side: figures with intervals, paired differences, the ranking.

pub mod answer_check;
pub mod answer_file;

pub mod comparison;
pub mod cost;
pub mod coverage;
pub mod damage;
pub mod estimate;
pub mod fingerprint;

pub mod metric;
pub mod outlook_check;
pub mod phases;
pub mod selection;
pub mod sensitivity;
pub mod simulated;
pub mod verification;
