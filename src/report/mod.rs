//! The answer, one file a format: the table in the terminal, CSV for Excel, JSON with everything,
//! GeoJSON for the office's map, and the charts filled with the figures of a comparison or of a
//! coverage.

pub mod costs;
pub mod coverage;
pub mod csv_tables;
pub mod event_log;
pub mod free_choice;
pub mod frontier;
pub mod itinerary;
pub mod pictures;
pub mod simulated;
pub mod siting;
pub mod story;
pub mod terminal;

use crate::evaluation::estimate::Estimate;

/// Minutes of an estimate in seconds, to `places` decimals; a dash where there were no incidents.
fn minutes(estimate: Option<&Estimate>, places: usize) -> String {
    estimate.map_or_else(
        || "–".to_owned(),
        |estimate| format!("{:.places$}", estimate.value / 60.0),
    )
}
