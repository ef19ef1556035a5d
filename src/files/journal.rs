//! Moves files into a folder all together or not at all.
//!
//! ```text
//! out/a.svg                 the earlier file
//! out/.brigade-run/new/a.svg     what replaces it
//!                  old/a.svg     where the earlier one waits until all are in place
//!                  journal.json  what is moved, from before the first move until after the last
//! ```
//!
//! While there is a journal, the earlier output can be restored from it, whenever a run was ended. Removing it is
//! what makes the new output the output.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::FileError;
use super::inside::{exists, is_behind_link, is_inside, is_plain_file};
use super::manifest::Content;

/// The files to come, inside the folder of the run.
pub(super) const NEW: &str = "new";
pub(super) const OLD: &str = "old";
pub(super) const JOURNAL: &str = "journal.json";
/// The journal before it is whole.
pub(super) const BEGUN: &str = "journal.new";

/// One file that changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Move {
    /// Its path inside the output folder.
    pub path: PathBuf,
    /// Whether a file of this name is there already.
    pub replaces: bool,
    /// What comes; without it, the earlier file goes.
    pub comes: Option<Content>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    moves: Vec<Move>,
    /// Folders inside the output folder that were not there, the outer ones first.
    made: Vec<PathBuf>,
}

/// Whether files were being moved when the run of this folder ended, or still are.
pub(super) fn is_pending(run: &Path) -> bool {
    is_plain_file(&run.join(JOURNAL))
}

/// Moves all of it, or nothing.
///
/// # Errors
/// When a file cannot be moved, for example because it is open in Excel on Windows: then all is as it was.
pub(super) fn publish(run: &Path, target: &Path, moves: Vec<Move>) -> Result<(), FileError> {
    let journal = Journal {
        made: missing_folders(target, &moves),
        moves,
    };
    let begun = run.join(BEGUN);
    let text = serde_json::to_vec(&journal).expect("paths of the program are text");
    let written = fs::write(&begun, text).and_then(|()| write_through(&begun));
    written.map_err(|error| FileError::io(&begun, error))?;
    let path = run.join(JOURNAL);
    fs::rename(&begun, &path).map_err(|error| FileError::io(&path, error))?;
    match move_all(run, target, &journal) {
        Ok(()) => fs::remove_file(&path).map_err(|error| FileError::io(&path, error)),
        Err(error) => {
            restore(run, target).map_err(|problem| FileError::HalfMoved {
                path: target.display().to_string(),
                problem: Box::new(problem),
            })?;
            Err(error)
        }
    }
}

fn move_all(run: &Path, target: &Path, journal: &Journal) -> Result<(), FileError> {
    for made in &journal.made {
        let folder = target.join(made);
        fs::create_dir(&folder).map_err(|error| FileError::io(&folder, error))?;
    }
    for change in &journal.moves {
        let at = target.join(&change.path);
        let failed = |error| FileError::io(&at, error);
        if change.replaces {
            let kept = run.join(OLD).join(&change.path);
            make_folder_of(&kept).map_err(failed)?;
            fs::rename(&at, kept).map_err(failed)?;
        }
        if change.comes.is_some() {
            fs::rename(run.join(NEW).join(&change.path), &at).map_err(failed)?;
        }
    }
    Ok(())
}

/// Puts everything back as it was before, where files were being moved. What somebody has put in the place of a file
/// since stays.
///
/// # Errors
/// When a file cannot be moved back; the next try goes on from there.
pub(super) fn restore(run: &Path, target: &Path) -> Result<(), FileError> {
    if !is_pending(run) {
        return Ok(());
    }
    let path = run.join(JOURNAL);
    let text = fs::read(&path).map_err(|error| FileError::io(&path, error))?;
    // It was renamed into place when it was whole: anything else is not the program's, and nothing is moved by it.
    let journal = serde_json::from_slice::<Journal>(&text).ok();
    let journal = journal.filter(|journal| {
        let moved = journal.moves.iter().map(|change| &change.path);
        let is_in_target = |path: &PathBuf| is_inside(path) && !is_behind_link(target, path);
        moved.chain(&journal.made).all(is_in_target)
    });
    let Some(journal) = journal else {
        return Err(FileError::NoJournal {
            path: path.display().to_string(),
        });
    };
    for change in journal.moves.iter().rev() {
        put_back(run, target, change)?;
    }
    for made in journal.made.iter().rev() {
        // Not there yet, or somebody has put a file into it since.
        let _ = fs::remove_dir(target.join(made));
    }
    fs::remove_file(&path).map_err(|error| FileError::io(&path, error))
}

fn put_back(run: &Path, target: &Path, change: &Move) -> Result<(), FileError> {
    let at = target.join(&change.path);
    let failed = |error| FileError::io(&at, error);
    let kept = run.join(OLD).join(&change.path);
    let new = run.join(NEW).join(&change.path);
    if exists(&at) {
        // It is what came, or somebody's.
        let came = change.comes.as_ref().filter(|_| !exists(&new));
        let is_what_came = match came {
            Some(came) if is_plain_file(&at) => Content::of(&at)? == *came,
            _ => false,
        };
        if !is_what_came {
            return Ok(());
        }
    }
    if change.replaces {
        if exists(&kept) {
            make_folder_of(&at).map_err(failed)?;
            fs::rename(kept, &at).map_err(failed)?;
        }
    } else if exists(&at) {
        fs::remove_file(&at).map_err(failed)?;
    }
    Ok(())
}

/// The folders that the files to come need and that are not there.
fn missing_folders(target: &Path, moves: &[Move]) -> Vec<PathBuf> {
    let mut missing = Vec::new();
    for change in moves.iter().filter(|change| change.comes.is_some()) {
        let mut above: Vec<&Path> = change.path.ancestors().skip(1).collect();
        above.reverse();
        for folder in above {
            if !exists(&target.join(folder)) && !missing.iter().any(|known| known == folder) {
                missing.push(folder.to_owned());
            }
        }
    }
    missing
}

/// Makes the folder in which a file is to stand.
pub(super) fn make_folder_of(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Waits until a file is on the disk, so that a power cut leaves no name without its content.
pub(super) fn write_through(path: &Path) -> io::Result<()> {
    // Windows writes through a handle that may write alone.
    fs::File::options().write(true).open(path)?.sync_all()
}
