//! A file or folder to read: on disk, or inside the program.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use include_dir::{Dir, include_dir};

use super::encoding::is_chinese;
use super::error::FileError;
use super::inside::is_absent;
use super::manifest::MANIFEST;
use super::run_folder;

static EMBEDDED_COUNTY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/wuhua");
static EMBEDDED_PROFILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/profiles");
static EMBEDDED_SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

static EMBEDDED_VERIFICATION: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/verification");

/// The county by which `brigade verify` holds the simulator against a history; nobody is to edit it.
const VERIFICATION: (&str, &Dir<'_>) = ("data/verification", &EMBEDDED_VERIFICATION);

/// The folders inside the program that are models for others, by their path from the project's root.
const EMBEDDED: [(&str, &Dir<'_>); 3] = [
    ("data/wuhua", &EMBEDDED_COUNTY),
    ("data/profiles", &EMBEDDED_PROFILES),
    ("scenarios", &EMBEDDED_SCENARIOS),
];

/// A file or folder to read: on disk, or inside the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// On disk.
    Disk(PathBuf),
    /// Inside the program, by its path from the project's root (`data/wuhua/towns.csv`).
    Embedded(PathBuf),
    /// In memory, under a name on disk.
    Held(Held),
}

/// A file or folder in memory: of which the content is that of one moment, whatever is written to the disk since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    path: PathBuf,
    files: Arc<BTreeMap<PathBuf, Vec<u8>>>,
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
            Self::Held(Held { path, files }) => Self::Held(Held {
                path: path.join(relative),
                files: Arc::clone(files),
            }),
        }
    }

    /// This folder with those of its files that are there, each read once: who asks for one of them gets these bytes.
    ///
    /// # Errors
    /// When a file that is there cannot be read.
    pub fn held(&self, names: &[&str]) -> Result<Self, FileError> {
        let (Self::Disk(path) | Self::Embedded(path) | Self::Held(Held { path, .. })) = self;
        let mut files = BTreeMap::new();
        for name in names {
            let file = self.join(name);
            if file.is_there() {
                files.insert(PathBuf::from(name), file.read()?.into_owned());
            }
        }
        Ok(Self::in_memory(path, files))
    }

    /// A folder of that name with these files, by their paths inside it, and no others.
    pub fn in_memory(folder: &Path, files: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, content)| (without_dots(&folder.join(path)), content));
        Self::Held(Held {
            path: folder.to_owned(),
            files: Arc::new(files.collect()),
        })
    }

    /// The one name of what is there, however its path is written.
    pub fn resolved(&self) -> Self {
        match self {
            Self::Disk(path) => Self::Disk(path.canonicalize().unwrap_or_else(|_| path.clone())),
            Self::Embedded(path) => Self::Embedded(without_dots(path)),
            Self::Held(_) => self.clone(),
        }
    }

    /// The folder that holds this file.
    pub fn folder(&self) -> Self {
        let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        match self {
            Self::Disk(path) => Self::Disk(parent(path)),
            Self::Embedded(path) => Self::Embedded(parent(path)),
            Self::Held(Held { path, files }) => Self::Held(Held {
                path: parent(path),
                files: Arc::clone(files),
            }),
        }
    }

    /// The name of the file without its folder and its ending.
    pub fn stem(&self) -> String {
        let (Self::Disk(path) | Self::Embedded(path) | Self::Held(Held { path, .. })) = self;
        path.file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }

    /// Whether there is something under this name that may be meant to be read.
    pub fn is_there(&self) -> bool {
        match self {
            // What cannot be settled or opened, as a folder or a link to nothing, is said when it is read.
            Self::Disk(path) => settled(path).is_err() || !is_absent(path),
            Self::Embedded(path) => embedded(path).is_some(),
            Self::Held(Held { path, files }) => files.contains_key(&without_dots(path)),
        }
    }

    /// The names of the files in this folder on the disk, in order; none where it cannot be read.
    pub fn file_names(&self) -> Vec<String> {
        let Self::Disk(folder) = self else {
            return Vec::new();
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.path().is_file());
        let mut names: Vec<String> = files
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The content of the file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read(&self) -> Result<Cow<'static, [u8]>, FileError> {
        match self {
            Self::Disk(path) if settled(path)?.is_dir() => Err(FileError::Missing {
                path: self.to_string(),
                hint: "this is a folder: name a file in it".to_owned(),
            }),
            // Reading a pipe or a device might never end.
            Self::Disk(path) if path.exists() && !path.is_file() => Err(FileError::NoRegularFile {
                path: self.to_string(),
            }),
            Self::Disk(path) => match fs::read(path) {
                Ok(bytes) => {
                    read().insert(path.clone());
                    Ok(Cow::Owned(bytes))
                }
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
            Self::Held(Held { path, files }) => match files.get(&without_dots(path)) {
                Some(bytes) => Ok(Cow::Owned(bytes.clone())),
                None => Err(FileError::Missing {
                    path: self.to_string(),
                    hint: neighbours(path),
                }),
            },
        }
    }

    /// The content as text: UTF-8, or GB 18030 as Excel saves plain CSV on a Chinese Windows.
    ///
    /// # Errors
    /// When the file cannot be read, or looks like a text in another encoding.
    pub fn read_text(&self) -> Result<String, FileError> {
        let bytes = self.read()?;
        if bytes.len() > LONGEST_TEXT {
            return Err(FileError::TooLong {
                path: self.to_string(),
            });
        }
        if WORKBOOKS.iter().any(|begin| bytes.starts_with(begin)) {
            return Err(FileError::Workbook {
                path: self.to_string(),
            });
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => is_chinese([&bytes[..]].into_iter())
                .then(|| {
                    let chinese = encoding_rs::GB18030;
                    chinese.decode_without_bom_handling_and_without_replacement(&bytes)
                })
                .flatten()
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

/// No table or scenario is longer, in bytes.
const LONGEST_TEXT: usize = 4_000_000_000;

/// How workbooks begin: .xlsx and .ods as a ZIP archive, .xls as a compound file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) | Self::Held(Held { path, .. }) => write!(f, "{}", path.display()),
            // Always `/`, whatever the system, since it is no path of the system.
            Self::Embedded(path) => {
                write!(f, "embedded:{}", path.to_string_lossy().replace('\\', "/"))
            }
        }
    }
}

/// The files of the disk that have been read.
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn read() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The files of the disk that have been read so far and stand outside a folder, by their names as they were given.
pub fn read_outside(folder: &Path) -> Vec<PathBuf> {
    let resolved = |path: &Path| path.canonicalize().ok();
    let Some(folder) = resolved(folder) else {
        return Vec::new();
    };
    let is_outside = |path: &&PathBuf| resolved(path).is_none_or(|path| !path.starts_with(&folder));
    read().iter().filter(is_outside).cloned().collect()
}

/// The files of which is known that no dead run has left any half moved beside them.
static SETTLED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The path, when nothing above it is half moved any more.
fn settled(path: &Path) -> Result<&Path, FileError> {
    let mut settled = SETTLED.lock().unwrap_or_else(PoisonError::into_inner);
    if !settled.contains(path) {
        run_folder::settle_above(path)?;
        settled.insert(path.to_owned());
    }
    Ok(path)
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
    // What `synthesize` notes of its own files says nothing of those that are written here.
    files.retain(|(path, _)| path.file_name() != Some(OsStr::new(MANIFEST)));
    files.sort();
    files
}

fn embedded(path: &Path) -> Option<&'static [u8]> {
    let (root, dir) = EMBEDDED
        .into_iter()
        .chain([VERIFICATION])
        .find(|(root, _)| path.starts_with(root))?;
    let inside = path.strip_prefix(root).ok()?;
    // The crate keys its files with `/`, on Windows too.
    let key = inside.to_string_lossy().replace('\\', "/");
    dir.get_file(key).map(include_dir::File::contents)
}

/// `a/./b/../c` as `a/c`: in memory there is no file system to ask.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if plain.file_name().is_some() => {
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
    fn a_workbook_under_the_name_of_a_table_is_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("towns.csv");
        for begin in WORKBOOKS {
            fs::write(&path, [begin, b"\x14\x00\x06\x00\xff\xfe"].concat()).unwrap();
            let error = Source::Disk(path.clone()).read_text().unwrap_err();
            assert!(
                error.to_string().contains("save the sheet as CSV"),
                "{error}"
            );
        }
    }

    /// "Café Müller" in Latin-1 would be other characters in GB 18030.
    #[test]
    fn a_western_table_in_another_encoding_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latin.csv");
        fs::write(&path, b"Caf\xe9s de M\xfcller").unwrap();
        let error = Source::Disk(path).read_text().unwrap_err();
        assert!(error.to_string().contains("save it as UTF-8"), "{error}");
    }
}
