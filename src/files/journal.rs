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
use super::manifest::is_inside;

/// The files to come, inside the folder of the run.
pub(super) const NEW: &str = "new";
const OLD: &str = "old";
const JOURNAL: &str = "journal.json";

/// One file that changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Move {
    /// Its path inside the output folder.
    pub path: PathBuf,
    /// Whether a file of this name is there already.
    pub replaces: bool,
    /// Whether a new one comes; else the earlier one goes.
    pub comes: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    moves: Vec<Move>,
    /// Folders inside the output folder that were not there, the outer ones first.
    made: Vec<PathBuf>,
}

/// Whether files were being moved when the run of this folder ended, or still are.
pub(super) fn is_pending(run: &Path) -> bool {
    run.join(JOURNAL).is_file()
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
    let beside = run.join("journal.new");
    let text = serde_json::to_vec(&journal).expect("paths of the program are text");
    let written = fs::write(&beside, text).and_then(|()| write_through(&beside));
    written.map_err(|error| FileError::io(&beside, error))?;
    let path = run.join(JOURNAL);
    fs::rename(&beside, &path).map_err(|error| FileError::io(&path, error))?;
    match move_all(run, target, &journal) {
        Ok(()) => fs::remove_file(&path).map_err(|error| FileError::io(&path, error)),
        Err(error) => {
            restore(run, target)?;
            Err(error)
        }
    }
}

fn move_all(run: &Path, target: &Path, journal: &Journal) -> Result<(), FileError> {
    for made in &journal.made {
        let folder = target.join(made);
        fs::create_dir(&folder).map_err(|error| FileError::io(&folder, error))?;
    }
    for Move {
        path,
        replaces,
        comes,
    } in &journal.moves
    {
        let at = target.join(path);
        let failed = |error| FileError::io(&at, error);
        if *replaces {
            let kept = run.join(OLD).join(path);
            make_folder_of(&kept).map_err(failed)?;
            fs::rename(&at, kept).map_err(failed)?;
        }
        if *comes {
            fs::rename(run.join(NEW).join(path), &at).map_err(failed)?;
        }
    }
    Ok(())
}

/// Puts everything back as it was before, where files were being moved.
///
/// # Errors
/// When a file cannot be moved back; the next try goes on from there.
pub(super) fn restore(run: &Path, target: &Path) -> Result<(), FileError> {
    let path = run.join(JOURNAL);
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        read => read.map_err(|error| FileError::io(&path, error))?,
    };
    // It was renamed into place when it was whole: anything else is not the program's, and nothing is moved by it.
    let journal = serde_json::from_slice::<Journal>(&text).ok();
    let journal = journal.filter(|journal| {
        let mut paths = journal
            .moves
            .iter()
            .map(|file| &file.path)
            .chain(&journal.made);
        paths.all(|path| is_inside(path))
    });
    let Some(journal) = journal else {
        return Err(FileError::NoJournal {
            path: path.display().to_string(),
        });
    };
    for Move {
        path,
        replaces,
        comes,
    } in journal.moves.iter().rev()
    {
        let at = target.join(path);
        let failed = |error| FileError::io(&at, error);
        let kept = run.join(OLD).join(path);
        let is_moved = *comes && !exists(&run.join(NEW).join(path));
        if *replaces && exists(&kept) {
            fs::rename(kept, &at).map_err(failed)?;
        } else if !replaces && is_moved && exists(&at) {
            fs::remove_file(&at).map_err(failed)?;
        }
    }
    for made in journal.made.iter().rev() {
        // Not there yet, or somebody has put a file into it since.
        let _ = fs::remove_dir(target.join(made));
    }
    fs::remove_file(&path).map_err(|error| FileError::io(&path, error))
}

/// The folders that the files to come need and that are not there.
fn missing_folders(target: &Path, moves: &[Move]) -> Vec<PathBuf> {
    let mut missing = Vec::new();
    for Move { path, .. } in moves.iter().filter(|file| file.comes) {
        let mut above: Vec<&Path> = path.ancestors().skip(1).collect();
        above.reverse();
        for folder in above {
            if !exists(&target.join(folder)) && !missing.iter().any(|known| known == folder) {
                missing.push(folder.to_owned());
            }
        }
    }
    missing
}

/// Whether anything is there, a link that leads nowhere too.
fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
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
