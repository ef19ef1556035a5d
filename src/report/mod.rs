//! Answers as people read them. A table is specified once on a `model` and shown by `formats`, one file a
//! format; `tables` has those of a comparison, `summary` its sentences, `pictures` its charts, and
//! `files` writes everything that a comparison is published as. What they say stands in the catalogue.

mod base_map;
pub(crate) mod basis_words;
pub mod calibration;
mod cost_words;
mod counted_words;
pub mod coverage;
mod document;
mod doubt_words;
pub mod event_log;
mod expected_words;
pub mod fields;
pub mod files;
mod footnotes;
pub mod formats;
pub mod itinerary;
mod map_geojson;
pub mod map_roads;
pub mod model;
pub mod optimization;
mod outlook;
mod page;
pub mod pictures;
pub mod publication;
pub mod ranking;
pub mod simulated;
pub mod siting;
pub mod story;
mod summary;
pub mod tables;
pub mod verification;
pub(crate) mod warning_words;
mod words;
mod workbook;
mod worklist;
