//! The end of every import: its files move into place, unless something would be lost.

use std::fmt::Display;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::publishing::print_written;
use crate::files::Staging;

/// Files that are named when they would be lost; of more, the number.
const NAMED: usize = 4;

/// Moves the files of an import into the folder and says what they hold. What stands there and would change is lost
/// by order only: tables are written to be worked on.
///
/// # Errors
/// When something would be lost, or a file cannot be moved.
pub(super) fn publish(
    staging: Staging,
    folder: &Path,
    overwrite: bool,
    report: &impl Display,
) -> Result<(), Failure> {
    let lost = match overwrite {
        true => Vec::new(),
        false => staging.would_replace()?,
    };
    if !lost.is_empty() {
        let named = lost
            .iter()
            .take(NAMED)
            .map(|path| path.display().to_string());
        let mut named = named.collect::<Vec<_>>().join(", ");
        if lost.len() > NAMED {
            named += &format!(" and {} more", lost.len() - NAMED);
        }
        return Err(Failure::Input(
            format!(
                "{}: {named} would be replaced, and what is in them lost; name a new folder, or add \
                 --overwrite",
                folder.display()
            )
            .into(),
        ));
    }
    let written = staging.publish()?;
    out!("{report}");
    print_written(folder, &written)?;
    Ok(())
}
