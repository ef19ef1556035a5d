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
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
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

    /// Whether the person who gave the path can mend it.
    pub fn is_input(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}
