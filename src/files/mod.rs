//! Where inputs come from (a folder, or the county inside the program) and how outputs are
//! written so that a failed run leaves nothing behind.

mod encoding;
mod error;
mod source;
mod staging;

pub use encoding::is_chinese;
pub use error::FileError;
pub use source::{Source, embedded_files};
pub use staging::Staging;
