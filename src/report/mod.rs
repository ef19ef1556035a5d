//! Answers as people read them. A table is specified once on a `model` and shown by `formats`, one file a
//! format; `tables` has those of a comparison, `summary` its sentences, `pictures` its charts, and
//! `files` writes everything that a comparison is published as. What they say stands in the catalogue.

mod base_map;
pub mod coverage;
mod document;
pub mod event_log;
mod expected_words;
pub mod fields;
pub mod files;
mod footnotes;
pub mod formats;
pub mod free_choice;
pub mod frontier;
pub mod itinerary;
mod map_geojson;
pub mod model;
pub mod optimization;
mod outlook;
mod page;
pub mod pictures;
pub mod plan;
pub mod publication;
pub mod robust;
pub mod simulated;
pub mod siting;
pub mod story;
mod summary;
pub mod tables;
pub mod terminal;
mod words;
mod workbook;
mod worklist;

use crate::evaluation::estimate::Estimate;

/// Minutes of an estimate in seconds, to `places` decimals; a dash where there were no incidents.
fn minutes(estimate: Option<&Estimate>, places: usize) -> String {
    estimate.map_or_else(
        || "–".to_owned(),
        |estimate| format!("{:.places$}", estimate.value / 60.0),
    )
}
