//! What lies inside an output folder, and is the program's to touch.

use std::fs;
use std::io;
use std::path::{Component, Path};

/// Whether a path leads by names to something inside a folder, and nowhere else.
pub(super) fn is_inside(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Whether one of the folders between `folder` and the file at `relative` is a link: then the file lies elsewhere.
pub(super) fn is_behind_link(folder: &Path, relative: &Path) -> bool {
    let mut between = relative
        .ancestors()
        .skip(1)
        .filter(|part| !part.as_os_str().is_empty());
    between.any(|part| {
        let there = fs::symlink_metadata(folder.join(part));
        there.is_ok_and(|there| there.file_type().is_symlink())
    })
}

/// Whether a file of the disk is there itself, and no link, pipe or device, which might never end.
pub(crate) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file())
}

/// Whether anything is there, a link that leads nowhere too.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether nothing stands under a path: neither a file nor a folder or a link, wherever it leads, nor what cannot be
/// looked at.
pub(super) fn is_absent(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| means_absent(&error))
}

/// Whether an error says that nothing is there, be it that a folder above is missing or is a file.
pub(super) fn means_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Whether a folder belongs to who runs the program, or to whom the folder around it belongs: what another has put
/// there is nobody's to obey.
#[cfg(unix)]
pub(super) fn is_trusted(folder: &Path, around: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let Ok(owner) = fs::symlink_metadata(folder).map(|there| there.uid()) else {
        return false;
    };
    let of_around = fs::metadata(around).map(|there| there.uid());
    owner == rustix::process::geteuid().as_raw() || of_around.is_ok_and(|around| around == owner)
}

#[cfg(not(unix))]
pub(super) fn is_trusted(_folder: &Path, _around: &Path) -> bool {
    true
}
