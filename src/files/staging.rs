//! Outputs that appear whole or not at all.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::FileError;
use super::inside::exists;
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
    written: RefCell<BTreeSet<PathBuf>>,
    left_out: RefCell<Vec<PathBuf>>,
    kept: Vec<PathBuf>,
}

impl Staging {
    /// Prepares output for the folder `target`, which need not be there yet.
    ///
    /// # Errors
    /// When `target` is a file, cannot be written to, or another run is writing there.
    pub fn for_folder(target: &Path, product: Product) -> Result<Self, FileError> {
        // Without dots at its end, which name a folder that is not there yet in no way that can be made; a path of
        // nothing is the folder in which the program runs.
        let target: PathBuf = target.components().collect();
        let target = match target.as_os_str().is_empty() {
            true => Path::new("."),
            false => &target,
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
        if name.to_str().is_none() {
            return Err(FileError::NoText {
                path: target.display().to_string(),
            });
        }
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
            written: RefCell::default(),
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

    /// Refuses at once, before long work, what [`Staging::publish`] would refuse: files of an earlier run that have
    /// been changed since, and somebody's under the `names` that the run's files can have.
    ///
    /// # Errors
    /// When there are such files, and they may not be lost.
    pub fn refuse_changed(&self, names: &[impl AsRef<Path>]) -> Result<(), FileError> {
        let mut changed = Vec::new();
        let manifest = self.manifest(&mut changed);
        let mut paths = self.earlier(&manifest);
        let names = names.iter().map(|name| name.as_ref().to_owned());
        paths.extend(names.filter(|name| !self.kept.contains(name)));
        for path in paths {
            let (standing, _) = manifest.standing(&self.target, &path, self.product)?;
            if standing == Standing::Others {
                changed.push(path);
            }
        }
        self.allow_to_lose(changed)
    }

    /// Refuses what [`Staging::publish`] would refuse, where one run has several outputs: all of them are to be
    /// written or none.
    ///
    /// # Errors
    /// As [`Staging::publish`], but for files that cannot be moved.
    pub fn refuse_losses(&self) -> Result<(), FileError> {
        self.changes().map(drop)
    }

    /// Whether there is nothing in the output folder yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_alone(&self) -> Result<bool, FileError> {
        let failed = |error| FileError::io(&self.target, error);
        for entry in fs::read_dir(&self.target).map_err(failed)? {
            if entry.map_err(failed)?.path() != self.run.path() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where to write the file that will stand at `relative` in the output folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn path(&self, relative: impl AsRef<Path>) -> Result<PathBuf, FileError> {
        let relative = relative.as_ref();
        // What would be made anew now would be a part of an output only.
        if !self.run.is_held() {
            return Err(self.gone());
        }
        let path = self.new_file(relative);
        make_folder_of(&path).map_err(|error| FileError::io(&self.target.join(relative), error))?;
        self.written.borrow_mut().insert(relative.to_owned());
        Ok(path)
    }

    fn new_file(&self, relative: &Path) -> PathBuf {
        self.run.path().join(NEW).join(relative)
    }

    fn gone(&self) -> FileError {
        FileError::Gone {
            path: self.target.display().to_string(),
        }
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

    /// The manifest of the output folder. Something else of its name is added to what would be lost.
    fn manifest(&self, lost: &mut Vec<PathBuf>) -> Manifest {
        let path = self.target.join(&self.manifest);
        let manifest = Manifest::read(&path);
        if manifest.is_none() && exists(&path) {
            lost.push(PathBuf::from(&self.manifest));
        }
        manifest.unwrap_or_default()
    }

    /// What earlier runs wrote as a part of the same product, but for what is kept.
    fn earlier(&self, manifest: &Manifest) -> BTreeSet<PathBuf> {
        let earlier = manifest.files_of(self.product);
        earlier.filter(|path| !self.kept.contains(path)).collect()
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

    /// Moves every file into place, takes away what earlier runs wrote and this one did not, and returns the paths of
    /// the files inside the output folder, sorted. All of it happens, or nothing.
    ///
    /// # Errors
    /// When somebody's files would be lost, or a file cannot be moved or removed, for example because it is open in
    /// Excel on Windows.
    pub fn publish(self) -> Result<Vec<PathBuf>, FileError> {
        let published: Vec<PathBuf> = self.written.borrow().iter().cloned().collect();
        let (mut moves, manifest) = self.changes()?;
        let record = PathBuf::from(&self.manifest);
        self.write(&record, manifest.text().as_bytes())?;
        moves.push(Move {
            replaces: exists(&self.target.join(&record)),
            comes: Some(Content::of(&self.new_file(&record))?),
            path: record,
        });
        for change in moves.iter().filter(|change| change.comes.is_some()) {
            let (new, there) = (self.new_file(&change.path), self.target.join(&change.path));
            let failed = |error| FileError::io(&there, error);
            write_through(&new).map_err(failed)?;
            if change.replaces {
                keep_permissions(&there, &new).map_err(failed)?;
            }
        }
        let gone = moves.iter().filter(|change| change.comes.is_none());
        let gone: Vec<PathBuf> = gone.map(|change| change.path.clone()).collect();
        if !self.run.is_held() {
            return Err(self.gone());
        }
        let run = self.run.path();
        self.run
            .uninterrupted(|| journal::publish(run, &self.target, moves))?;
        self.run.keep_target();
        self.remove_emptied(&gone);
        Ok(published)
    }

    /// What has to be moved, and the manifest that says so.
    fn changes(&self) -> Result<(Vec<Move>, Manifest), FileError> {
        let mut lost = Vec::new();
        let mut manifest = self.manifest(&mut lost);
        let mut moves = Vec::new();
        let written = self.written.borrow();
        for path in &*written {
            let (standing, there) = manifest.standing(&self.target, path, self.product)?;
            let new = self.new_file(path);
            if !exists(&new) {
                return Err(self.gone());
            }
            let comes = Content::of(&new)?;
            // What is the same already is not lost.
            if standing == Standing::Others && there.as_ref() != Some(&comes) {
                lost.push(path.clone());
            }
            manifest.add(path, self.product, comes.clone());
            moves.push(Move {
                path: path.clone(),
                replaces: self.is_replaced(path, standing)?,
                comes: Some(comes),
            });
        }
        let left_out = self.left_out.borrow();
        let mut goes = self.earlier(&manifest);
        // A folder that has the name of an earlier file is in nobody's way.
        goes.retain(|path| !self.target.join(path).is_dir());
        goes.extend(left_out.iter().cloned());
        for path in goes.difference(&written) {
            let (standing, _) = manifest.standing(&self.target, path, self.product)?;
            if standing == Standing::Others {
                lost.push(path.clone());
            }
            manifest.remove(path);
            if self.is_replaced(path, standing)? {
                moves.push(Move {
                    path: path.clone(),
                    replaces: true,
                    comes: None,
                });
            }
        }
        self.allow_to_lose(lost)?;
        Ok((moves, manifest))
    }

    /// Whether there is a file to be replaced or removed.
    fn is_replaced(&self, path: &Path, standing: Standing) -> Result<bool, FileError> {
        match standing {
            Standing::Folder => Err(FileError::FolderInTheWay {
                path: self.target.join(path).display().to_string(),
            }),
            Standing::Nothing => Ok(false),
            Standing::Ours | Standing::Others => Ok(true),
        }
    }

    /// Removes the folders in which files that went were alone.
    fn remove_emptied(&self, gone: &[PathBuf]) {
        for path in gone {
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

/// Who may read a file stays as somebody has decided, when another takes its place.
fn keep_permissions(there: &Path, new: &Path) -> io::Result<()> {
    let Ok(decided) = fs::metadata(there).map(|there| there.permissions()) else {
        return Ok(()); // A link to nothing.
    };
    // Not every file system has them.
    match fs::metadata(new)?.permissions() == decided {
        true => Ok(()),
        false => fs::set_permissions(new, decided),
    }
}

#[cfg(test)]
#[path = "staging_tests.rs"]
mod tests;
