//! Where inputs come from (a folder, or the county inside the program) and how outputs are
//! written so that a failed run leaves nothing behind.

mod encoding;
mod error;
mod inside;
mod journal;
mod manifest;
mod run_folder;
mod source;
mod staging;

pub use encoding::is_chinese;
pub use error::FileError;
pub(crate) use inside::is_plain_file;
pub use manifest::Product;
pub use run_folder::abandon_all;
pub use source::{Source, embedded_files, read_outside};
pub use staging::Staging;
