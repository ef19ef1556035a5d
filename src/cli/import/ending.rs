//! The end of every import: its files move into place, and it says what they hold.

use std::fmt::Display;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::publishing::print_written;
use crate::files::Staging;

/// Moves the files of an import into the folder and says what they hold.
///
/// # Errors
/// When something would be lost, or a file cannot be moved.
pub(super) fn publish(
    staging: Staging,
    folder: &Path,
    report: &impl Display,
) -> Result<(), Failure> {
    let written = staging.publish()?;
    out!("{report}");
    print_written(folder, &written)?;
    Ok(())
}
