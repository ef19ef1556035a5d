//! Where inputs come from (a folder, or the county inside the program) and how outputs are
//! written so that a failed run leaves nothing behind.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use include_dir::{Dir, include_dir};

static EMBEDDED_COUNTY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/wuhua");
static EMBEDDED_PROFILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/profiles");
static EMBEDDED_SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The folders inside the program, by their path from the project's root.
const EMBEDDED: [(&str, &Dir<'_>); 3] = [
    ("data/wuhua", &EMBEDDED_COUNTY),
    ("data/profiles", &EMBEDDED_PROFILES),
    ("scenarios", &EMBEDDED_SCENARIOS),
];

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
    /// The text is neither UTF-8 nor GB 18030.
    #[error("{path}: the text is neither UTF-8 nor GB 18030; save it as \"CSV UTF-8\"")]
    Encoding {
        /// The file.
        path: String,
    },
}

impl FileError {
    fn io(path: &Path, source: io::Error) -> Self {
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

/// A file or folder to read: on disk, or inside the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// On disk.
    Disk(PathBuf),
    /// Inside the program, by its path from the project's root (`data/wuhua/towns.csv`).
    Embedded(PathBuf),
}

impl Source {
    /// The file that a text written by [`fmt::Display`] means.
    pub fn named(text: &str) -> Self {
        match text.strip_prefix("embedded:") {
            Some(path) => Self::Embedded(path.into()),
            None => Self::Disk(text.into()),
        }
    }

    /// What `relative` means beside files of this folder.
    pub fn join(&self, relative: impl AsRef<Path>) -> Self {
        match self {
            Self::Disk(path) => Self::Disk(path.join(relative)),
            Self::Embedded(path) => Self::Embedded(without_dots(&path.join(relative))),
        }
    }

    /// The folder that holds this file.
    pub fn folder(&self) -> Self {
        let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        match self {
            Self::Disk(path) => Self::Disk(parent(path)),
            Self::Embedded(path) => Self::Embedded(parent(path)),
        }
    }

    /// The name of the file without its folder and its ending.
    pub fn stem(&self) -> String {
        let (Self::Disk(path) | Self::Embedded(path)) = self;
        path.file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }

    /// Whether there is a file to read.
    pub fn is_file(&self) -> bool {
        match self {
            Self::Disk(path) => path.is_file(),
            Self::Embedded(path) => embedded(path).is_some(),
        }
    }

    /// The content of the file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read(&self) -> Result<Cow<'static, [u8]>, FileError> {
        match self {
            Self::Disk(path) if path.is_dir() => Err(FileError::Missing {
                path: self.to_string(),
                hint: "this is a folder: name a file in it".to_owned(),
            }),
            Self::Disk(path) => match fs::read(path) {
                Ok(bytes) => Ok(Cow::Owned(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::Missing {
                    path: self.to_string(),
                    hint: neighbours(path),
                }),
                Err(error) => Err(FileError::io(path, error)),
            },
            Self::Embedded(path) => {
                embedded(path)
                    .map(Cow::Borrowed)
                    .ok_or_else(|| FileError::Missing {
                        path: self.to_string(),
                        hint: "the program carries no file of this name".to_owned(),
                    })
            }
        }
    }

    /// The content as text: UTF-8, or GB 18030 as Excel saves plain CSV on a Chinese Windows.
    ///
    /// # Errors
    /// When the file cannot be read, or is in another encoding.
    pub fn read_text(&self) -> Result<String, FileError> {
        let bytes = self.read()?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030
                .decode_without_bom_handling_and_without_replacement(&bytes)
                .ok_or_else(|| FileError::Encoding {
                    path: self.to_string(),
                })?
                .into_owned(),
        };
        Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) => write!(f, "{}", path.display()),
            // Always `/`, whatever the system, since it is no path of the system.
            Self::Embedded(path) => {
                write!(f, "embedded:{}", path.to_string_lossy().replace('\\', "/"))
            }
        }
    }
}

/// The files that `brigade init` writes: path from the root, and content.
pub fn embedded_files() -> Vec<(PathBuf, &'static [u8])> {
    fn collect(dir: &'static Dir<'static>, root: &Path, files: &mut Vec<(PathBuf, &'static [u8])>) {
        files.extend(
            dir.files()
                .map(|file| (root.join(file.path()), file.contents())),
        );
        dir.dirs().for_each(|dir| collect(dir, root, files));
    }
    let mut files = Vec::new();
    for (root, dir) in EMBEDDED {
        collect(dir, Path::new(root), &mut files);
    }
    files.sort();
    files
}

fn embedded(path: &Path) -> Option<&'static [u8]> {
    let (root, dir) = EMBEDDED
        .into_iter()
        .find(|(root, _)| path.starts_with(root))?;
    let inside = path.strip_prefix(root).ok()?;
    // The crate keys its files with `/`, on Windows too.
    let key = inside.to_string_lossy().replace('\\', "/");
    dir.get_file(key).map(include_dir::File::contents)
}

/// `a/b/../c` as `a/c`: inside the program there is no file system to ask.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// What stands where the missing file was looked for.
fn neighbours(path: &Path) -> String {
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("."),
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return format!("the folder {} is not there either", folder.display());
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    if names.is_empty() {
        return format!("the folder {} is empty", folder.display());
    }
    let more = if names.len() > 8 { ", …" } else { "" };
    names.truncate(8);
    format!("its folder has {}{more}", names.join(", "))
}

/// Output of a run, written beside its folder first and moved into place when all of it is there.
///
/// Dropped without [`Staging::publish`], it leaves no trace and the earlier output as it was.
/// Files of other names in the folder are never touched, but for those that an earlier run wrote and
/// this one has nothing to say on ([`Staging::leave_out`]).
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    folder: tempfile::TempDir,
    left_out: RefCell<Vec<PathBuf>>,
}

impl Staging {
    /// Prepares output for the folder `target`, which need not be there yet.
    ///
    /// # Errors
    /// When `target` is a file, or the folder above it cannot be written to.
    pub fn for_folder(target: &Path) -> Result<Self, FileError> {
        if target.exists() && !target.is_dir() {
            return Err(FileError::NotAFolder {
                path: target.display().to_string(),
            });
        }
        // In the folder above, so that moving into place stays on one file system.
        let above = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ if target.is_dir() => target,
            _ => Path::new("."),
        };
        fs::create_dir_all(above).map_err(|error| FileError::io(above, error))?;
        let folder = tempfile::Builder::new()
            .prefix(".brigade-")
            .tempdir_in(above)
            .map_err(|error| FileError::io(above, error))?;
        Ok(Self {
            target: target.to_owned(),
            folder,
            left_out: RefCell::default(),
        })
    }

    /// Prepares output that is the one file `target`, and gives the name under which to write it.
    ///
    /// # Errors
    /// When `target` is a folder, or its folder cannot be written to.
    pub fn for_file(target: &Path) -> Result<(Self, &OsStr), FileError> {
        let Some(name) = target.file_name().filter(|_| !target.is_dir()) else {
            return Err(FileError::NotAFile {
                path: target.display().to_string(),
            });
        };
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        Ok((Self::for_folder(folder)?, name))
    }

    /// Where to write the file that will stand at `relative` in the output folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn path(&self, relative: impl AsRef<Path>) -> Result<PathBuf, FileError> {
        let path = self.folder.path().join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| FileError::io(parent, error))?;
        }
        Ok(path)
    }

    /// Writes one file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, relative: impl AsRef<Path>, content: &[u8]) -> Result<(), FileError> {
        let path = self.path(relative)?;
        fs::write(&path, content).map_err(|error| FileError::io(&path, error))
    }

    /// A file that this run might have written and does not: an earlier one of its name would be
    /// taken for a part of the new output, and goes when that is published.
    pub fn leave_out(&self, relative: impl Into<PathBuf>) {
        self.left_out.borrow_mut().push(relative.into());
    }

    /// Moves every file into place, replacing files of the same name, and returns their paths
    /// inside the output folder, sorted.
    ///
    /// # Errors
    /// When a file cannot be moved or removed, for example because it is open in Excel on Windows.
    pub fn publish(self) -> Result<Vec<PathBuf>, FileError> {
        let mut published = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| FileError::io(&folder, error))? {
                let path = entry.map_err(|error| FileError::io(&folder, error))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(relative) = path.strip_prefix(self.folder.path()) {
                    published.push(relative.to_owned());
                }
            }
        }
        published.sort();
        for relative in &published {
            let place = self.target.join(relative);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent).map_err(|error| FileError::io(parent, error))?;
            }
            fs::rename(self.folder.path().join(relative), &place)
                .map_err(|error| FileError::io(&place, error))?;
        }
        for relative in self.left_out.borrow().iter() {
            let place = self.target.join(relative);
            match fs::remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(FileError::io(&place, error));
                }
                _ => {}
            }
        }
        Ok(published)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_names_its_neighbours() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("towns.csv"), "").unwrap();
        let error = Source::Disk(folder.path().join("town.csv"))
            .read()
            .unwrap_err();
        assert!(
            error.to_string().ends_with("its folder has towns.csv"),
            "{error}"
        );
    }

    #[test]
    fn a_table_saved_by_excel_on_a_chinese_windows_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gbk.csv");
        fs::write(&path, [0xb0, 0xb2, 0xc1, 0xf7]).unwrap(); // 安流 in GBK
        assert_eq!(Source::Disk(path).read_text().unwrap(), "安流");
    }

    #[test]
    fn dropped_staging_leaves_the_earlier_output_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("a.txt"), "earlier").unwrap();
        let staging = Staging::for_folder(&out).unwrap();
        staging.write("a.txt", b"half").unwrap();
        drop(staging);
        assert_eq!(fs::read_to_string(out.join("a.txt")).unwrap(), "earlier");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_run_leaves_out_does_not_stay_from_an_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for content in [Some("first"), None, Some("third")] {
            let staging = Staging::for_folder(&out).unwrap();
            staging.write("always.csv", b"").unwrap();
            match content {
                Some(content) => staging.write("a.csv", content.as_bytes()).unwrap(),
                None => staging.leave_out("a.csv"),
            }
            staging.leave_out("never.csv");
            staging.publish().unwrap();
            let there = fs::read_to_string(out.join("a.csv")).ok();
            assert_eq!(there.as_deref(), content);
            assert!(out.join("always.csv").is_file());
        }
    }

    #[test]
    fn published_files_replace_their_namesakes_and_spare_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("notes.txt"), "mine").unwrap();
        let staging = Staging::for_folder(&out).unwrap();
        staging.write("charts/a.svg", b"<svg/>").unwrap();
        assert_eq!(staging.publish().unwrap(), [PathBuf::from("charts/a.svg")]);
        assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "mine");
        assert_eq!(
            fs::read_to_string(out.join("charts/a.svg")).unwrap(),
            "<svg/>"
        );
    }
}
