//! What commands do alike once there is an answer: warn of characters that the charts cannot show, write
//! everything, say which files were written.

use std::path::{Path, PathBuf};

use super::console;
use super::failure::Failure;
use crate::charts::glyph_missing;
use crate::files::Staging;
use crate::report::files::files;
use crate::report::formats::File;
use crate::report::publication::Publication;
use crate::scenario::Scenario;

/// Writes everything but the answer itself.
pub(super) fn write(publication: &Publication<'_>, staging: &Staging) -> Result<(), Failure> {
    for warning in names_without_glyphs(publication.scenario) {
        console::warn(&warning);
    }
    console::phase("drawing and writing", || {
        write_files(files(publication).map_err(Failure::Run)?, staging)
    })
}

/// Writes the files that have something to say; earlier ones of the others go.
pub(super) fn write_files(
    files: impl IntoIterator<Item = File>,
    staging: &Staging,
) -> Result<(), Failure> {
    for File { path, content } in files {
        staging.write_or_leave_out(path, content)?;
    }
    Ok(())
}

/// Names on charts and maps with characters that the embedded font lacks: they are shown as 〓.
fn names_without_glyphs(scenario: &Scenario) -> Vec<String> {
    let county = &scenario.county;
    let stations = scenario.stations.all();
    let stations = stations.map(|id| &scenario.stations.station(id).name);
    let names = county.towns.iter().map(|town| &town.name).chain(stations);
    let names = names.chain([&scenario.about.name]);
    names
        .filter_map(|name| {
            let missing: String = glyph_missing(&name.local).into_iter().collect();
            (!missing.is_empty()).then(|| {
                format!(
                    "`{}`: the font of the charts has no {missing}; charts show 〓 in its place, \
                     tables and the page show the name itself",
                    name.local
                )
            })
        })
        .collect()
}

/// Says how many files were written, and where.
pub(super) fn note_written(folder: &Path, files: &[PathBuf]) {
    let files = console::counted(files.len(), "file");
    console::note(&format!("{files} in {}", folder.display()));
}

/// Lists the files that a command has written.
pub(super) fn print_written(folder: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    outln!("\nwritten to {}:", folder.display());
    for file in files {
        outln!("  {}", file.display());
    }
    Ok(())
}
