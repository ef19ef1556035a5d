//! One file a format: each turns the same [`Table`](super::model::Table) into its own.

pub mod csv;
pub mod docx;
pub mod geojson;
pub mod html;
pub mod sheet;
pub mod terminal;
