//! The answer, one file a format: the table in the terminal, CSV for Excel, JSON with everything, the
//! workbook, the document and the page, GeoJSON for the office's map, and the charts filled with the
//! figures of a comparison or of a coverage. `publication` puts them together.

pub mod coverage;
pub mod document;
pub mod event_log;
mod expected_words;
pub mod fields;
pub mod files;
pub mod formats;
pub mod free_choice;
pub mod frontier;
pub mod itinerary;
pub mod map_geojson;
pub mod model;
pub mod optimization;
mod outlook;
pub mod page;
pub mod pictures;
pub mod plan;
pub mod publication;
pub mod robust;
pub mod simulated;
pub mod siting;
pub mod story;
pub mod summary;
pub mod tables;
pub mod terminal;
mod words;
pub mod workbook;
pub mod worklist;

use crate::evaluation::estimate::Estimate;

/// Minutes of an estimate in seconds, to `places` decimals; a dash where there were no incidents.
fn minutes(estimate: Option<&Estimate>, places: usize) -> String {
    estimate.map_or_else(
        || "–".to_owned(),
        |estimate| format!("{:.places$}", estimate.value / 60.0),
    )
}
