//! Where the real extracts are, which stay outside the repository: above all that of the Isle of Man.

use std::path::{Path, PathBuf};

/// The extract of the Isle of Man, or `None` with a message when it is not on this machine.
pub fn extract() -> Option<PathBuf> {
    named("isle-of-man.osm.pbf")
}

/// The extract in a file of this name, or `None` with a message when it is not on this machine.
pub fn named(file: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("BRIGADE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/osm").join(file);
    if path.is_file() {
        return Some(path);
    }
    eprintln!(
        "skipped: {} is not there; set BRIGADE_SHARED to the folder that holds data/osm",
        path.display()
    );
    None
}
