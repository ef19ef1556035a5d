//! Outputs that appear whole or not at all.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::FileError;

/// Output of a run, written beside its folder first and moved into place when all of it is there.
///
/// Dropped without [`Staging::publish`], it leaves no trace and the earlier output as it was.
/// Files of other names in the folder are never touched, but for those that an earlier run wrote and
/// this one has nothing to say on ([`Staging::write_or_leave_out`]).
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

    /// A file that this run might have written and does not: an earlier one of its name would be
    /// taken for a part of the new output, and goes when that is published.
    fn leave_out(&self, relative: impl Into<PathBuf>) {
        self.left_out.borrow_mut().push(relative.into());
    }

    /// The files, sorted, that stand in the output folder and would not be the same after [`Staging::publish`]:
    /// somebody may have worked on them.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn would_replace(&self) -> Result<Vec<PathBuf>, FileError> {
        let read = |path: &Path| match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|error| FileError::io(path, error)),
        };
        let mut replaced = Vec::new();
        for relative in self.written()? {
            let there = read(&self.target.join(&relative))?;
            if there.is_some() && there != read(&self.folder.path().join(&relative))? {
                replaced.push(relative);
            }
        }
        let left_out = self.left_out.borrow();
        let removed = left_out
            .iter()
            .filter(|path| self.target.join(path).exists());
        replaced.extend(removed.cloned());
        replaced.sort();
        Ok(replaced)
    }

    /// The paths of all files inside the output folder, sorted.
    fn written(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut written = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| FileError::io(&folder, error))? {
                let path = entry.map_err(|error| FileError::io(&folder, error))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(relative) = path.strip_prefix(self.folder.path()) {
                    written.push(relative.to_owned());
                }
            }
        }
        written.sort();
        Ok(written)
    }

    /// Moves every file into place, replacing files of the same name, and returns their paths
    /// inside the output folder, sorted.
    ///
    /// # Errors
    /// When a file cannot be moved or removed, for example because it is open in Excel on Windows.
    pub fn publish(self) -> Result<Vec<PathBuf>, FileError> {
        let published = self.written()?;
        let left_out = self.left_out.borrow();
        // Before the first is moved, so that no output is half new.
        for target in published
            .iter()
            .chain(&*left_out)
            .map(|file| self.target.join(file))
        {
            if target.is_dir() {
                return Err(FileError::FolderInTheWay {
                    path: target.display().to_string(),
                });
            }
        }
        for relative in &published {
            let target = self.target.join(relative);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(|error| FileError::io(parent, error))?;
            }
        }
        for relative in &published {
            let target = self.target.join(relative);
            fs::rename(self.folder.path().join(relative), &target)
                .map_err(|error| FileError::io(&target, error))?;
        }
        for relative in left_out.iter() {
            let target = self.target.join(relative);
            match fs::remove_file(&target) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(FileError::io(&target, error));
                }
                _ => {}
            }
        }
        drop(left_out);
        Ok(published)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// A folder of somebody else stands where one of the files is to go.
    #[test]
    fn no_file_is_moved_where_one_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir_all(out.join("b.csv")).unwrap();
        fs::write(out.join("a.csv"), "earlier").unwrap();
        for left_out in [false, true] {
            let staging = Staging::for_folder(&out).unwrap();
            staging.write("a.csv", b"new").unwrap();
            let content = (!left_out).then_some("new");
            staging.write_or_leave_out("b.csv", content).unwrap();
            let error = staging.publish().unwrap_err();
            assert!(error.to_string().contains("b.csv"), "{error}");
            assert_eq!(fs::read_to_string(out.join("a.csv")).unwrap(), "earlier");
        }
    }

    #[test]
    fn what_a_run_leaves_out_does_not_stay_from_an_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for content in [Some("first"), None, Some("third")] {
            let staging = Staging::for_folder(&out).unwrap();
            staging.write("always.csv", b"").unwrap();
            staging.write_or_leave_out("a.csv", content).unwrap();
            staging
                .write_or_leave_out("never.csv", None::<&str>)
                .unwrap();
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
