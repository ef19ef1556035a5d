//! One file a format: each turns the same [`Table`](super::model::Table) into its own.

pub mod csv;
pub mod terminal;
