//! What the program has written into a folder, so that the next run can tell its files from a person's.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::FileError;
use super::inside::{is_behind_link, is_inside, is_plain_file, means_absent};
use crate::format::hex;

/// The name of the manifest of an output folder.
pub(super) const MANIFEST: &str = "brigade-manifest.json";

/// How long the name of a file can be, in bytes, on the file systems of today.
const LONGEST_NAME: usize = 255;

/// What files are a part of. A run replaces the earlier files of what it makes itself, and spares those of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// Alternatives side by side, or the best choice of sites, with its report.
    Comparison,
    /// Who is reached from a set of stations.
    Coverage,
    /// One alternative simulated.
    Simulation,
    /// A county and its roads.
    County,
    /// Roads alone.
    Network,
    /// A file that was named by itself: travel times, a way, a log of events.
    File,
}

/// What a file holds, without holding it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    bytes: u64,
    sha256: String,
}

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    product: Product,
    #[serde(flatten)]
    content: Content,
}

/// The files of the program in a folder, by their paths inside it with `/` on every system.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Manifest {
    files: BTreeMap<String, Entry>,
}

/// The manifest with words for those who read it.
#[derive(Serialize)]
struct Text<'m> {
    program: &'static str,
    about: &'static str,
    files: &'m BTreeMap<String, Entry>,
}

/// Whose a file is that stands where one is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is there.
    Nothing,
    /// An earlier run wrote it as a part of the same product, and nobody changed it since.
    Ours,
    /// Somebody's own, that of another product, or changed since it was written.
    Others,
    /// A folder.
    Folder,
}

impl Manifest {
    /// The manifest of a folder: none where there is no file that the program wrote as one.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let read = is_plain_file(path).then(|| fs::read(path).ok())?;
        let mut manifest = serde_json::from_slice::<Self>(&read?).ok()?;
        // What the program cannot have written is nothing to remove.
        let is_file = |path: &String| {
            let names = Path::new(path)
                .components()
                .map(|part| part.as_os_str().len());
            is_inside(Path::new(path))
                && !path.contains('\0')
                && path != MANIFEST
                && names.max() <= Some(LONGEST_NAME)
        };
        manifest.files.retain(|path, _| is_file(path));
        Some(manifest)
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let text = Text {
            program: concat!("brigade ", env!("CARGO_PKG_VERSION")),
            about: "Files that the program wrote here. One whose SHA-256 differs has been changed since, and is \
                    replaced with --force only.",
            files: &self.files,
        };
        serde_json::to_string_pretty(&text).expect("strings and numbers are JSON") + "\n"
    }

    /// The files of a product, as they were written.
    pub(super) fn files_of(&self, product: Product) -> impl Iterator<Item = PathBuf> {
        let files = self
            .files
            .iter()
            .filter(move |(_, entry)| entry.product == product);
        files.map(|(path, _)| PathBuf::from(path))
    }

    /// Notes what was written.
    pub(super) fn add(&mut self, relative: &Path, product: Product, content: Content) {
        self.files.insert(key(relative), Entry { product, content });
    }

    /// Forgets a file.
    pub(super) fn remove(&mut self, relative: &Path) {
        self.files.remove(&key(relative));
    }

    /// Whose the file is that stands at `relative` in `folder`; with what it holds, where it is a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn standing(
        &self,
        folder: &Path,
        relative: &Path,
        product: Product,
    ) -> Result<(Standing, Option<Content>), FileError> {
        let path = folder.join(relative);
        if is_behind_link(folder, relative) {
            return Err(FileError::BehindLink {
                path: path.display().to_string(),
            });
        }
        let there = match fs::symlink_metadata(&path) {
            Ok(there) => there,
            Err(error) if means_absent(&error) => return Ok((Standing::Nothing, None)),
            Err(error) => return Err(FileError::io(&path, error)),
        };
        if there.is_dir() {
            return Ok((Standing::Folder, None));
        }
        // A link or a pipe is somebody's, and reading a pipe might never end.
        if !there.is_file() {
            return Ok((Standing::Others, None));
        }
        let content = Content::of(&path)?;
        let entry = self.files.get(&key(relative));
        let is_ours =
            entry.is_some_and(|entry| entry.product == product && entry.content == content);
        let standing = if is_ours {
            Standing::Ours
        } else {
            Standing::Others
        };
        Ok((standing, Some(content)))
    }
}

impl Content {
    /// What a file holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of(path: &Path) -> Result<Self, FileError> {
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut read = || {
            let mut file = File::open(path)?;
            let mut buffer = vec![0; 1 << 16];
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(()),
                    more => {
                        hash.update(&buffer[..more]);
                        bytes += more as u64;
                    }
                }
            }
        };
        read().map_err(|error| FileError::io(path, error))?;
        let sha256 = hex(&hash.finalize());
        Ok(Self { bytes, sha256 })
    }
}

fn key(relative: &Path) -> String {
    let parts = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
