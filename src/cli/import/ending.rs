//! The end of every import: its files move into place, and it says what they hold.

use std::fmt::Display;
use std::path::Path;

use crate::characters::as_name;
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::publishing::print_written;
use crate::files::Staging;
use crate::roads::graph::RoadGraph;

/// Moves the files of an import into the folder and says what they hold.
///
/// # Errors
/// When something would be lost, or a file cannot be moved.
pub(super) fn publish(
    staging: Staging,
    folder: &Path,
    report: &impl Display,
) -> Result<(), Failure> {
    let written = console::phase("writing", || staging.publish())?;
    out!("{report}");
    print_written(folder, &written)?;
    Ok(())
}

/// Says how many names cannot stand in a table as they are.
pub(super) fn warn_of_names<'n>(names: impl Iterator<Item = &'n String>) {
    let changed = names.filter(|name| as_name(name) != **name).count();
    if changed > 0 {
        console::warn(&format!(
            "{} with characters that are no text, or of more than 255: written without them, and cut",
            console::counted(changed, "name")
        ));
    }
}

/// Names, and those by their languages.
pub(super) fn in_languages<'n, const N: usize>(
    names: [&'n String; N],
    by_language: &'n [(String, String)],
) -> impl Iterator<Item = &'n String> {
    let by_language = by_language.iter().map(|(_, name)| name);
    names.into_iter().chain(by_language)
}

/// The names of roads, in all languages.
pub(super) fn names_of(roads: &RoadGraph) -> impl Iterator<Item = &String> {
    let roads = roads.roads().iter();
    roads.flat_map(|road| in_languages([&road.name], &road.names))
}
