//! What can go wrong with a file as a whole.

use std::io;
use std::path::Path;

/// What can go wrong with a file as a whole.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file is not there.
    #[error("{path}: there is no such file; {hint}")]
    Missing {
        /// The file that was looked for.
        path: String,
        /// What the reader can do.
        hint: String,
    },
    /// The file is longer than any table or scenario.
    #[error("{path}: this is longer than 4 GB, and no table or scenario; name another file")]
    TooLong {
        /// The file.
        path: String,
    },
    /// The operating system refused.
    #[error("{path}: {}", words(source))]
    Io {
        /// The file or folder.
        path: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// No output can be made under the path that was given.
    #[error("{path}: {}", words_of_output(source))]
    NoOutput {
        /// The output folder, or the run's own in it.
        path: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// The output path is taken by something that is not a folder.
    #[error("{path}: this is a file, and the output needs a folder; name another with --output")]
    NotAFolder {
        /// The path that was given.
        path: String,
    },
    /// The output path is that of a folder, or of nothing.
    #[error("{path}: this is a folder, and the output is one file; name a file in it")]
    NotAFile {
        /// The path that was given.
        path: String,
    },
    /// A folder stands where a file of the output goes.
    #[error(
        "{path}: this is a folder, and a file of this name is to be written; move it, or name another output"
    )]
    FolderInTheWay {
        /// The folder.
        path: String,
    },
    /// Files of somebody would be lost.
    #[error(
        "{folder}: {} would be lost: not written by an earlier run of the same command, or changed since; name \
         another output, or replace with --force",
        named(files)
    )]
    WouldBeLost {
        /// The output folder.
        folder: String,
        /// Which, inside the folder.
        files: Vec<String>,
    },
    /// Another run is writing there.
    #[error("{path}: another run is writing here; wait until it is done, or name another output")]
    Busy {
        /// The output folder.
        path: String,
    },
    /// What says which files were being moved is not what the program wrote.
    #[error(
        "{path}: a run was ended while it moved its files, and its account of them is damaged; look at the files beside \
         it, then remove its folder"
    )]
    NoJournal {
        /// The account.
        path: String,
    },
    /// Files were being moved, one could not be, and another could not be moved back.
    #[error(
        "{path}: the files are half moved, as one can be moved neither into place nor back ({problem}); mend that, and \
         the next run restores the earlier output"
    )]
    HalfMoved {
        /// The output folder.
        path: String,
        /// What was in the way.
        problem: Box<FileError>,
    },
    /// A folder in which a file of the output goes is a link.
    #[error(
        "{path}: a folder of this path is a link to elsewhere; name the folder itself as the output, or remove the link"
    )]
    BehindLink {
        /// The file.
        path: String,
    },
    /// What a run was preparing is no longer there.
    #[error(
        "{path}: the output folder was moved or cleared while the run was writing; nothing was written, start it again"
    )]
    Gone {
        /// The output folder.
        path: String,
    },
    /// The name of an output is no text.
    #[error("{path}: the name is not in UTF-8; name another file")]
    NoText {
        /// The file.
        path: String,
    },
    /// The name under which a run prepares its output is taken.
    #[error(
        "{path}: this is the name of the folder in which a run prepares its output, and something else is there; move it"
    )]
    NotARunFolder {
        /// What is there.
        path: String,
    },
    /// What is named is neither a file nor a folder.
    #[error(
        "{path}: this is a pipe or a device, and a file is needed; save what it gives in a file and name that"
    )]
    NoRegularFile {
        /// What was named.
        path: String,
    },
    /// A text is needed, and this is what a spreadsheet saves of itself.
    #[error(
        "{path}: this is a workbook of a spreadsheet (such as .xlsx), whatever its name; open it and save the sheet as \
         CSV (in Excel \"CSV UTF-8\")"
    )]
    Workbook {
        /// The file.
        path: String,
    },
    /// The text is not UTF-8, and does not look like Chinese in GB 18030.
    #[error(
        "{path}: the text is not UTF-8, and does not look like Chinese in GB 18030; save it as UTF-8 (in Excel \"CSV \
         UTF-8\")"
    )]
    Encoding {
        /// The file.
        path: String,
    },
}

impl FileError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            source,
        }
    }

    /// What keeps an output from being begun: the path is wrong, but where the disk is full or fails.
    pub(super) fn output(path: &Path, source: io::Error) -> Self {
        match output_problem(source.kind()) {
            Some(_) => Self::NoOutput {
                path: path.display().to_string(),
                source,
            },
            None => Self::io(path, source),
        }
    }

    /// Whether the person who gave the path can mend it.
    pub fn is_input(&self) -> bool {
        !matches!(
            self,
            Self::Io { .. }
                | Self::Busy { .. }
                | Self::NoJournal { .. }
                | Self::HalfMoved { .. }
                | Self::Gone { .. }
        )
    }
}

/// What the operating system said, where its words are too few with what can be done.
fn words(error: &io::Error) -> String {
    use io::ErrorKind;
    let can_be_done = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; make room, or name an output elsewhere"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "this is on a medium that is read only; name an output elsewhere"
        }
        ErrorKind::PermissionDenied => {
            "permission denied; where a program such as Excel has the file open, close it, else ask its owner"
        }
        ErrorKind::InvalidFilename => "the name is too long, or no name of a file",
        ErrorKind::NotADirectory => "a part of this path is a file, and should be a folder",
        ErrorKind::CrossesDevices => {
            "this is a link or mount point to another file system; name an output there itself"
        }
        _ => {
            let said = error.to_string();
            let words = said.split(" (os error").next().unwrap_or_default();
            return with_code(words, error);
        }
    };
    with_code(can_be_done, error)
}

/// Why nothing can be written under a path, where that is the path's fault.
fn output_problem(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind;
    Some(match kind {
        ErrorKind::PermissionDenied => "nothing may be written here",
        ErrorKind::ReadOnlyFilesystem => "this is on a medium that is read only",
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => {
            "the name is too long, or no name of a file"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a part of this path is a file, and should be a folder"
        }
        ErrorKind::NotFound | ErrorKind::Unsupported => "no folder or file can be made here",
        _ => return None,
    })
}

fn words_of_output(error: &io::Error) -> String {
    let problem = output_problem(error.kind()).unwrap_or_default();
    with_code(&format!("{problem}; name another output"), error)
}

/// The number by which a system's administrator finds the error.
fn with_code(words: &str, error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(code) => format!("{words} (system error {code})"),
        None => words.to_owned(),
    }
}

/// Files that are named; of more, the number.
const NAMED: usize = 4;

fn named(files: &[String]) -> String {
    let named = files[..files.len().min(NAMED)].join(", ");
    match files.len().checked_sub(NAMED) {
        Some(more @ 1..) => format!("{named} and {more} more"),
        _ => named,
    }
}
