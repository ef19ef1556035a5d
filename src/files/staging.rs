//! Outputs that appear whole or not at all.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::FileError;
use super::journal::{self, Move, NEW, make_folder_of, write_through};
use super::manifest::{Content, MANIFEST, Manifest, Product, Standing};
use super::run_folder::RunFolder;

/// Output of a run, written in a folder of its own inside the output folder first, and moved into place when all of
/// it is there.
///
/// Dropped without [`Staging::publish`], it leaves no trace and the earlier output as it was. What an earlier run
/// wrote as a part of the same product, and this one does not write, goes; what somebody put there or changed since
/// stays, and where it is in the way nothing is published.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    manifest: OsString,
    product: Product,
    overwrites: bool,
    run: RunFolder,
    left_out: RefCell<Vec<PathBuf>>,
    kept: Vec<PathBuf>,
}

impl Staging {
    /// Prepares output for the folder `target`, which need not be there yet.
    ///
    /// # Errors
    /// When `target` is a file, cannot be written to, or another run is writing there.
    pub fn for_folder(target: &Path, product: Product) -> Result<Self, FileError> {
        // A path that ends in nothing is the folder in which the program runs.
        let target = match target.as_os_str().is_empty() {
            true => Path::new("."),
            false => target,
        };
        if target.exists() && !target.is_dir() {
            return Err(FileError::NotAFolder {
                path: target.display().to_string(),
            });
        }
        Self::new(target, product, MANIFEST.into(), None)
    }

    /// Prepares output that is the one file `target`, and gives the name under which to write it.
    ///
    /// # Errors
    /// When `target` is a folder, a pipe or a device, its folder cannot be written to, or another run is writing it.
    pub fn for_file(target: &Path) -> Result<(Self, &OsStr), FileError> {
        let Some(name) = target.file_name().filter(|_| !target.is_dir()) else {
            return Err(FileError::NotAFile {
                path: target.display().to_string(),
            });
        };
        if target.exists() && !target.is_file() {
            return Err(FileError::NoRegularFile {
                path: target.display().to_string(),
            });
        }
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut manifest = OsString::from(".");
        manifest.push(name);
        manifest.push(".brigade.json");
        Ok((
            Self::new(folder, Product::File, manifest, Some(name))?,
            name,
        ))
    }

    fn new(
        target: &Path,
        product: Product,
        manifest: OsString,
        file: Option<&OsStr>,
    ) -> Result<Self, FileError> {
        Ok(Self {
            run: RunFolder::take(target, file)?,
            target: target.to_owned(),
            manifest,
            product,
            overwrites: false,
            left_out: RefCell::default(),
            kept: Vec::new(),
        })
    }

    /// Whether what somebody put there or changed may be lost.
    #[must_use]
    pub fn overwriting(mut self, overwrites: bool) -> Self {
        self.overwrites = overwrites;
        self
    }

    /// A file of an earlier run that stays a part of the output, as it is.
    pub fn keep(&mut self, relative: impl Into<PathBuf>) {
        self.kept.push(relative.into());
    }

    /// Refuses at once, before long work, what [`Staging::publish`] would refuse for files of an earlier run that
    /// have been changed since.
    ///
    /// # Errors
    /// When there are such files, and they may not be lost.
    pub fn refuse_changed(&self) -> Result<(), FileError> {
        let manifest = self.manifest();
        let mut changed = Vec::new();
        for path in manifest
            .files_of(self.product)
            .filter(|path| !self.kept.contains(path))
        {
            let (standing, _) = manifest.standing(&self.target, &path, self.product)?;
            if standing == Standing::Others {
                changed.push(path);
            }
        }
        self.allow_to_lose(changed)
    }

    /// Where to write the file that will stand at `relative` in the output folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn path(&self, relative: impl AsRef<Path>) -> Result<PathBuf, FileError> {
        let relative = relative.as_ref();
        let path = self.run.path().join(NEW).join(relative);
        make_folder_of(&path).map_err(|error| FileError::io(&self.target.join(relative), error))?;
        Ok(path)
    }

    /// Writes one file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, relative: impl AsRef<Path>, content: &[u8]) -> Result<(), FileError> {
        let relative = relative.as_ref();
        let path = self.path(relative)?;
        fs::write(&path, content).map_err(|error| FileError::io(&self.target.join(relative), error))
    }

    /// Writes a file that has something to say, and leaves out one that has nothing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_or_leave_out(
        &self,
        relative: impl AsRef<Path>,
        content: Option<impl AsRef<[u8]>>,
    ) -> Result<(), FileError> {
        match content {
            Some(content) => self.write(relative, content.as_ref())?,
            None => self.leave_out(relative.as_ref()),
        }
        Ok(())
    }

    /// A file that this run might have written and does not: one of its name would be taken for a part of the
    /// output, whoever wrote it.
    fn leave_out(&self, relative: impl Into<PathBuf>) {
        self.left_out.borrow_mut().push(relative.into());
    }

    fn manifest(&self) -> Manifest {
        Manifest::read(&self.target.join(&self.manifest))
    }

    fn allow_to_lose(&self, mut files: Vec<PathBuf>) -> Result<(), FileError> {
        if self.overwrites || files.is_empty() {
            return Ok(());
        }
        files.sort();
        let files = files.iter().map(|path| path.display().to_string());
        Err(FileError::WouldBeLost {
            folder: self.target.display().to_string(),
            files: files.collect(),
        })
    }

    /// The paths of all files inside the output folder, sorted.
    fn written(&self) -> Result<Vec<PathBuf>, FileError> {
        let new = self.run.path().join(NEW);
        let mut written = Vec::new();
        let mut folders = vec![new.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Err(_) if folder == new && !new.exists() => break,
                entries => entries.map_err(|error| FileError::io(&folder, error))?,
            };
            for entry in entries {
                let path = entry.map_err(|error| FileError::io(&folder, error))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(relative) = path.strip_prefix(&new) {
                    written.push(relative.to_owned());
                }
            }
        }
        written.sort();
        Ok(written)
    }

    /// Moves every file into place, takes away what earlier runs wrote and this one did not, and returns the paths of
    /// the files inside the output folder, sorted. All of it happens, or nothing.
    ///
    /// # Errors
    /// When somebody's files would be lost, or a file cannot be moved or removed, for example because it is open in
    /// Excel on Windows.
    pub fn publish(mut self) -> Result<Vec<PathBuf>, FileError> {
        let published = self.written()?;
        let mut manifest = self.manifest();
        let earlier = manifest.files_of(self.product);
        let stale: BTreeSet<PathBuf> = earlier
            .chain(self.left_out.take())
            .filter(|path| !published.contains(path) && !self.kept.contains(path))
            .collect();
        let mut moves = self.changes(&published, &stale, &mut manifest)?;
        let record = PathBuf::from(&self.manifest);
        self.write(&record, manifest.text().as_bytes())?;
        moves.push(Move {
            replaces: self.target.join(&record).symlink_metadata().is_ok(),
            path: record,
            comes: true,
        });
        for file in moves.iter().filter(|file| file.comes) {
            let path = self.path(&file.path)?;
            write_through(&path)
                .map_err(|error| FileError::io(&self.target.join(&file.path), error))?;
        }
        let run = self.run.path();
        self.run
            .uninterrupted(|| journal::publish(run, &self.target, moves))?;
        self.run.keep_target();
        self.remove_emptied(&stale);
        Ok(published)
    }

    /// What has to be moved; it is noted in the manifest.
    fn changes(
        &self,
        published: &[PathBuf],
        stale: &BTreeSet<PathBuf>,
        manifest: &mut Manifest,
    ) -> Result<Vec<Move>, FileError> {
        let mut moves = Vec::new();
        let mut lost = Vec::new();
        let come = published.iter().map(|path| (path, true));
        for (path, comes) in come.chain(stale.iter().map(|path| (path, false))) {
            let (standing, there) = manifest.standing(&self.target, path, self.product)?;
            let new = match comes {
                true => Some(Content::of(&self.path(path)?)?),
                false => None,
            };
            match standing {
                Standing::Folder => {
                    return Err(FileError::FolderInTheWay {
                        path: self.target.join(path).display().to_string(),
                    });
                }
                // What is the same already is not lost.
                Standing::Others if there.is_none() || there != new => lost.push(path.clone()),
                _ => {}
            }
            match new {
                Some(new) => manifest.add(path, self.product, new),
                None => manifest.remove(path),
            }
            let replaces = standing != Standing::Nothing;
            if comes || replaces {
                moves.push(Move {
                    path: path.clone(),
                    replaces,
                    comes,
                });
            }
        }
        self.allow_to_lose(lost)?;
        Ok(moves)
    }

    /// Removes the folders in which stale files were alone.
    fn remove_emptied(&self, stale: &BTreeSet<PathBuf>) {
        for path in stale {
            for folder in path
                .ancestors()
                .skip(1)
                .filter(|folder| !folder.as_os_str().is_empty())
            {
                if fs::remove_dir(self.target.join(folder)).is_err() {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "staging_tests.rs"]
mod tests;
