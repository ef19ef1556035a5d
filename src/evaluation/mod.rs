//! Alternatives side by side: figures with intervals, paired differences, the ranking.

pub mod answer_check;
pub mod answer_file;
pub mod best;

pub mod comparison;
pub mod cost;
pub mod coverage;
pub mod damage;
pub mod estimate;
pub mod figures;
mod figures_check;
pub mod fingerprint;

pub mod metric;
mod outlook_check;
pub mod phases;
pub mod selection;
pub mod sensitivity;
pub mod simulated;
pub mod standing;
pub mod summary;
mod unobserved_towns;
pub mod verification;
