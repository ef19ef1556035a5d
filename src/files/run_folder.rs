//! The folder in which a run prepares its output: beside the output, held by one run at a time, and gone with it.
//!
//! A run holds the lock of a file in it. The system lets go of the lock when the run ends, however it ends, so
//! that the next one can tell a dead run's folder, restores what it had begun to move, and takes its place.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use same_file::Handle;

use super::error::FileError;
use super::inside::{exists, is_plain_file, is_trusted};
use super::journal;

const NAME: &str = ".brigade-run";
const LOCK: &str = "lock";

/// How long another run may take to move its files before nobody waits for it any more.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a folder that goes away under our hands is made again.
const TRIES: u32 = 100;

/// The folders of this process, for when it has to end at once.
static HELD: Mutex<Vec<Arc<Held>>> = Mutex::new(Vec::new());

/// Whether output of this process is in place.
static PUBLISHED: AtomicBool = AtomicBool::new(false);

fn held() -> MutexGuard<'static, Vec<Arc<Held>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Debug)]
struct Held {
    path: PathBuf,
    /// The output folder and those above it that were not there, the inner ones first.
    made: Vec<PathBuf>,
    /// Whether there is output in them.
    has_output: AtomicBool,
    /// Holds the lock; none where the file system has no locks.
    lock: Option<File>,
}

impl Held {
    fn remove_made(&self) {
        if !self.has_output.load(Ordering::Relaxed) {
            remove_made(&self.made);
        }
    }

    fn is_held(&self) -> bool {
        let lock = self.lock.as_ref();
        lock.map_or_else(
            || self.path.is_dir(),
            |lock| is_same(lock, &self.path.join(LOCK)),
        )
    }
}

/// A folder of a run that this process holds; dropped, it goes, and so do folders that were made for it alone.
#[derive(Debug)]
pub(super) struct RunFolder(Arc<Held>);

impl RunFolder {
    /// Takes the run's folder in `target`, which is made where it is not there, for all of its output or for
    /// that of one file.
    ///
    /// # Errors
    /// When another run holds it, or `target` cannot be written to.
    pub(super) fn take(target: &Path, file: Option<&OsStr>) -> Result<Self, FileError> {
        let made = missing_above(target);
        fs::create_dir_all(target).map_err(|error| FileError::output(target, error))?;
        let path = target.join(name_for(file));
        // What a dead run had begun beside it comes first, lest it undo this one.
        let taken = settle_above(&target.join(NAME))
            // What the person named, and not what the run makes of it.
            .and_then(|()| match lock(&path) {
                Err(FileError::NoOutput { source, .. }) => {
                    let named = file.map_or_else(|| target.to_owned(), |file| target.join(file));
                    Err(FileError::output(&named, source))
                }
                taken => taken,
            })
            .and_then(|lock| {
                settle(&path, target)?;
                Ok(lock)
            });
        match taken {
            Ok(lock) => {
                let folder = Arc::new(Held {
                    path,
                    made,
                    has_output: AtomicBool::new(false),
                    lock,
                });
                held().push(Arc::clone(&folder));
                Ok(Self(folder))
            }
            Err(error) => {
                remove_made(&made);
                Err(error)
            }
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0.path
    }

    /// Whether the folder is still there and this run's own.
    pub(super) fn is_held(&self) -> bool {
        self.0.is_held()
    }

    /// Does what must not be cut off by [`abandon_all`].
    pub(super) fn uninterrupted<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let _held = held();
        let done = work();
        PUBLISHED.fetch_or(done.is_ok(), Ordering::Relaxed);
        done
    }

    /// Keeps the output folder, since there is output in it.
    pub(super) fn keep_target(&self) {
        self.0.has_output.store(true, Ordering::Relaxed);
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        let mut held = held();
        held.retain(|held| !Arc::ptr_eq(held, &self.0));
        // A run that could not put everything back leaves that to the next; what is another's by now is left to it.
        if self.is_held() && !journal::is_pending(self.path()) {
            remove(self.path());
        }
        self.0.remove_made();
    }
}

/// Takes away all folders of this process, as it is about to end. What is being moved is moved first.
///
/// Others of its threads may still write: they find no folder any more. Says whether output is in place already.
pub fn abandon_all() -> bool {
    let mut held = held();
    for folder in held.drain(..) {
        for _ in 0..50 {
            if !folder.is_held() {
                break;
            }
            remove(&folder.path);
            std::thread::sleep(Duration::from_millis(10));
        }
        folder.remove_made();
    }
    // Nobody is to begin anew.
    std::mem::forget(held);
    PUBLISHED.load(Ordering::Relaxed)
}

/// Restores what dead runs had begun to move in any of the folders above a file, before it is read.
///
/// # Errors
/// When it cannot be restored, or another run takes very long to move its files.
pub(super) fn settle_above(file: &Path) -> Result<(), FileError> {
    let (Some(folder), name) = (file.parent(), file.file_name()) else {
        return Ok(());
    };
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    // By its one name: the program may run inside, or come by a link.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let of_file = name.map(|name| (folder.join(name_for(Some(name))), &*folder));
    let above = folder
        .ancestors()
        .map(|above| (above.join(name_for(None)), above));
    for (run, around) in of_file.into_iter().chain(above) {
        let begin = Instant::now();
        while journal::is_pending(&run) && is_trusted(&run, around) {
            match lock(&run) {
                Ok(_lock) => {
                    settle(&run, around)?;
                    remove(&run);
                }
                Err(FileError::Busy { .. }) if begin.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

fn name_for(file: Option<&OsStr>) -> OsString {
    let mut name = OsString::new();
    if let Some(file) = file {
        name.push(".");
        name.push(file);
    }
    name.push(NAME);
    name
}

/// Locks the folder of a run; makes it where it is not there. None where the file system has no locks.
fn lock(path: &Path) -> Result<Option<File>, FileError> {
    let failed = |error| FileError::output(path, error);
    let lock = path.join(LOCK);
    for _ in 0..TRIES {
        match fs::create_dir(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed(error));
            }
            _ => {}
        }
        if !is_run_folder(path) {
            break;
        }
        let open = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock);
        let file = match open {
            // The run before has just taken its folder away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            open => open.map_err(failed)?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let folder = path.parent().unwrap_or(path);
                return Err(FileError::Busy {
                    path: folder.display().to_string(),
                });
            }
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(None);
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // Locked may be a file that the run before has removed meanwhile, beside one that another made anew.
        if is_same(&file, &lock) {
            return Ok(Some(file));
        }
    }
    Err(FileError::NotARunFolder {
        path: path.display().to_string(),
    })
}

/// Whether a folder has the shape of a run's: no link, and nothing in it that no run makes. All of it will be cleared.
fn is_run_folder(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else {
        // Gone again already.
        return !exists(path);
    };
    let is_folder = fs::symlink_metadata(path).is_ok_and(|there| there.is_dir());
    is_folder
        && is_trusted(path, path.parent().unwrap_or(path))
        && entries.flatten().all(|entry| {
            let of_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match entry.file_name().to_str() {
                Some(journal::NEW | journal::OLD) => of_folder,
                Some(LOCK | journal::JOURNAL | journal::BEGUN) => is_plain_file(&entry.path()),
                _ => false,
            }
        })
}

/// Whether an open file is the one at a path.
fn is_same(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    let of_path = Handle::from_path(path);
    matches!((open, of_path), (Ok(open), Ok(of_path)) if open == of_path)
}

/// Restores what a dead run had begun to move, and clears its folder.
fn settle(path: &Path, target: &Path) -> Result<(), FileError> {
    journal::restore(path, target)?;
    clear(path).map_err(|error| FileError::io(path, error))
}

/// Removes everything in the folder of a run but its lock.
fn clear(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name() == LOCK {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

/// Removes the folder of a run, its lock last.
fn remove(path: &Path) {
    if clear(path).is_ok() {
        let _ = fs::remove_file(path.join(LOCK));
        let _ = fs::remove_dir(path);
    }
}

/// The folder and those above it that are not there, the inner ones first.
fn missing_above(folder: &Path) -> Vec<PathBuf> {
    let missing = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && fs::symlink_metadata(above).is_err());
    missing.map(Path::to_owned).collect()
}

/// Removes folders that were made for a run, where nothing is in them.
fn remove_made(made: &[PathBuf]) {
    for folder in made {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
