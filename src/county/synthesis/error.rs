//! What stops a county from being made.

use crate::files::FileError;
use crate::table::TableError;

/// What can be wrong with the sources of a county.
#[derive(Debug, thiserror::Error)]
pub enum SynthesisError {
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The figures of the procedure.
    #[error("{file}: {problem}")]
    Parameters {
        /// The file.
        file: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The outline of the county.
    #[error("{file}: {problem}")]
    Boundary {
        /// The file.
        file: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A village finds no position.
    #[error(
        "no room for {village} in the cell of {town}: lower `spacing`, widen the scales or raise \
         `most_draws` in synthesis.toml, or check the seat of {town}"
    )]
    NoRoom {
        /// The village.
        village: String,
        /// Its town.
        town: String,
    },
    /// The settlements cannot be triangulated.
    #[error("the settlements of the county cannot be triangulated: {0}; check their coordinates")]
    Triangulation(String),
}
