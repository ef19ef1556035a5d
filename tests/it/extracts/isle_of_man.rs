//! Where the extract of the Isle of Man is, which stays outside the repository.

use std::path::{Path, PathBuf};

/// The extract, or `None` with a message when it is not on this machine.
pub fn extract() -> Option<PathBuf> {
    let shared = std::env::var_os("BRIGADE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/osm/isle-of-man.osm.pbf");
    if path.is_file() {
        return Some(path);
    }
    eprintln!(
        "skipped: {} is not there; set BRIGADE_SHARED to the folder that holds data/osm",
        path.display()
    );
    None
}
