//! Alternatives side by side: figures with intervals, paired differences, the ranking.

pub mod answer_check;
pub mod answer_file;
pub mod best;
pub mod brief;

pub mod comparison;
pub mod cost;
pub mod coverage;
pub mod damage;
pub mod estimate;
pub mod evaluated;
pub mod figures;
mod figures_check;
pub mod fingerprint;

pub mod metric;
pub mod observed;
mod outlook_check;
pub mod phases;
mod ranking_check;
pub mod score;
pub mod scoring;
pub mod seal;
pub mod selection;
pub mod sensitivity;
pub mod simulated;
pub mod standing;
pub mod summary;
pub mod unobserved_towns;
pub mod verification;
