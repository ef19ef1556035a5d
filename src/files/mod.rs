//! Where inputs come from (a folder, or the county inside the program) and how outputs are
//! written so that a failed run leaves nothing behind.

mod error;
mod source;
mod staging;

pub use error::FileError;
pub use source::{Source, embedded_files};
pub use staging::Staging;
