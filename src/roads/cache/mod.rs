//! What has been worked out about a large network, kept beside it for the next run: the road graph
//! read from its tables, and its contraction for each profile.
//!
//! ```text
//! network/node.csv  link.csv  config.csv …
//! network/.brigade/roads.bin          the tables, read
//!                  contraction-….bin  the contraction of one set of nodes and arcs
//! ```
//!
//! A file of the cache begins with a line that names its version, then the SHA-256 of what it was
//! made from and that of what follows. One that does not fit (other tables, another version, cut
//! short, damaged) is passed over and made again. Files are written under another name and moved
//! into place, so that two runs may share them. Deleting the folder costs time, nothing else.

mod flat;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::files::{FileError, Source, is_plain_file};
use crate::format::hex;
use crate::paths::{Digraph, Preparation};
use crate::roads::gmns::{self, Account};
use crate::roads::graph::RoadGraph;
use crate::table::TableError;

use flat::{FlatRoads, FlatView};

/// The folder of the cache, inside that of the network.
const FOLDER: &str = ".brigade";
const ROADS: &str = "roads.bin";
const CONTRACTION: &str = "contraction-";
/// How long other runs may take to begin a file of theirs.
const PATIENCE: Duration = Duration::from_secs(2);

/// Locked by whoever begins to write a file.
const TURN: &str = "lock";
/// How the names of files begin that are being written.
const UNFINISHED: &str = ".unfinished-";

/// Smaller networks are read and searched before anybody would notice: no cache is kept of them.
const WORTH_KEEPING: usize = 10_000;

/// The first line of a file of the cache. The layout of what follows can change with every version
/// of the program, and within one version with this number.
const VERSION: &str = concat!("brigade ", env!("CARGO_PKG_VERSION"), " cache 4\n");

/// What something was made from, hashed.
pub type Key = [u8; 32];

/// The cache of one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
}

/// A network that has been read, from its tables or from the cache of them.
#[derive(Debug)]
pub struct Network {
    pub roads: Arc<RoadGraph>,
    /// How its tables were read.
    pub account: Account,
    /// What its tables hash to; none for those inside the program.
    pub tables: Option<Key>,
    /// Where more about them is kept; none for a small network, or one inside the program.
    pub cache: Option<Cache>,
    /// Why the cache could not be written, when it could not; the roads are right all the same.
    pub warning: Option<String>,
}

/// Reads the tables of a folder, or the cache of them.
///
/// # Errors
/// As [`gmns::read_with_account`].
pub fn open(network: &Source) -> Result<Network, TableError> {
    open_from(network, WORTH_KEEPING)
}

/// As [`open`], with a cache for networks of so many junctions or more.
fn open_from(network: &Source, worth_keeping: usize) -> Result<Network, TableError> {
    let only = |(roads, account), tables| Network {
        roads: Arc::new(roads),
        account,
        tables,
        cache: None,
        warning: None,
    };
    let Source::Disk(folder) = network else {
        return gmns::read_with_account(network).map(|read| only(read, None));
    };
    let cache = Cache {
        folder: folder.join(FOLDER),
    };
    // What a link leads to is somebody's, and nothing there is to be written or removed.
    let is_link = |path: &Path| {
        path.symlink_metadata()
            .is_ok_and(|there| there.is_symlink())
    };
    // What is hashed is what is parsed, though somebody may replace a table meanwhile.
    let tables = network.held(&gmns::FILES)?;
    let key = tables_key(&tables)?;
    if is_link(&cache.folder) {
        return gmns::read_with_account(&tables).map(|read| only(read, Some(key)));
    }
    let file = cache.folder.join(ROADS);
    let kept = load::<(FlatRoads, Account)>(&file, &key);
    let kept = kept.and_then(|(roads, account)| Some((roads.into_roads()?, account)));
    if let Some((roads, account)) = kept {
        return Ok(Network {
            roads: Arc::new(roads),
            account,
            tables: Some(key),
            cache: Some(cache),
            warning: None,
        });
    }
    let (roads, account) = gmns::read_with_account(&tables)?;
    drop(tables);
    if roads.graph().node_count() < worth_keeping {
        return Ok(only((roads, account), Some(key)));
    }
    let stored = cache.replace_roads(&key, &roads, &account);
    Ok(Network {
        roads: Arc::new(roads),
        account,
        tables: Some(key),
        warning: stored.err().map(|error| {
            format!(
                "{}: the cache of the network cannot be written ({error}); the next run will \
                 read the tables again",
                cache.folder.display()
            )
        }),
        cache: Some(cache),
    })
}

impl Cache {
    /// Whether the contraction of these nodes and arcs seems to be at hand.
    pub fn has_preparation(&self, graph: &Digraph) -> bool {
        self.contraction_file(&arcs_key(graph)).is_file()
    }

    /// The contraction of a graph, kept or else made and kept.
    ///
    /// One that cannot be written is made again by the next run.
    pub fn preparation(&self, graph: &Digraph, make: impl FnOnce() -> Preparation) -> Preparation {
        let key = arcs_key(graph);
        let file = self.contraction_file(&key);
        if let Some(preparation) = load::<Preparation>(&file, &key)
            && preparation.is_for(graph)
        {
            return preparation;
        }
        let preparation = make();
        let _ = store(&file, &key, &preparation);
        preparation
    }

    fn contraction_file(&self, key: &Key) -> PathBuf {
        self.folder
            .join(format!("{CONTRACTION}{}.bin", hex(&key[..8])))
    }

    /// Writes the roads, and takes away what was known about those before.
    fn replace_roads(&self, key: &Key, roads: &RoadGraph, account: &Account) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for entry in fs::read_dir(&self.folder)?.flatten() {
            let name = entry.file_name();
            let hash = name
                .to_str()
                .and_then(|name| name.strip_prefix(CONTRACTION));
            let hash = hash.and_then(|rest| rest.strip_suffix(".bin"));
            if hash.is_some_and(|hash| hash.len() == 16 && is_plain_file(&entry.path())) {
                // Another run may have been quicker.
                let _ = fs::remove_file(entry.path());
            }
        }
        store(&self.folder.join(ROADS), key, &(FlatView(roads), account))
    }
}

/// What the tables of a network are, byte for byte, and what their words mean where they do not say it.
fn tables_key(network: &Source) -> Result<Key, FileError> {
    let mut hash = Sha256::new();
    hash.update(gmns::USUAL_MAPPING);
    for name in gmns::FILES {
        let table = network.join(name);
        if table.is_there() {
            let bytes = table.read()?;
            hash.update(name);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(&bytes);
        }
    }
    Ok(hash.finalize().into())
}

/// Which arcs a graph has, whatever their times.
fn arcs_key(graph: &Digraph) -> Key {
    let mut hash = Sha256::new();
    for part in [graph.first_out(), graph.head()] {
        hash.update((part.len() as u64).to_le_bytes());
        let bytes: Vec<u8> = part.iter().flat_map(|word| word.to_le_bytes()).collect();
        hash.update(bytes);
    }
    hash.finalize().into()
}

/// The content of a file of the cache, if it is whole and was made from `key`.
fn load<T: DeserializeOwned>(file: &Path, key: &Key) -> Option<T> {
    // A pipe might never end.
    let bytes = is_plain_file(file).then(|| fs::read(file).ok())??;
    let rest = bytes.strip_prefix(VERSION.as_bytes())?;
    let rest = rest.strip_prefix(key.as_slice())?;
    let (digest, content) = rest.split_at_checked(size_of::<Key>())?;
    if digest != Sha256::digest(content).as_slice() {
        return None;
    }
    postcard::from_bytes(content).ok()
}

fn store(file: &Path, key: &Key, value: &impl Serialize) -> io::Result<()> {
    let folder = file.parent().expect("files of the cache stand in a folder");
    fs::create_dir_all(folder)?;
    let content = postcard::to_stdvec(value).map_err(io::Error::other)?;
    let mut beside = unfinished(folder)?;
    for part in [
        VERSION.as_bytes(),
        key,
        Sha256::digest(&content).as_slice(),
        &content,
    ] {
        beside.write_all(part)?;
    }
    beside.persist(file)?;
    Ok(())
}

/// A file to be written, locked; what runs were writing when they were ended, which nobody locks any more, goes.
fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile<fs::File>> {
    let _turn = turn(folder)?;
    for entry in fs::read_dir(folder)?.flatten() {
        let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let is_free = || fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_unfinished && is_plain_file(&entry.path()) && is_free() {
            let _ = fs::remove_file(entry.path());
        }
    }
    // Made like any other file, so that whoever may read the network may read its cache.
    let file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .make_in(folder, |path| fs::File::create_new(path))?;
    let _ = file.as_file().lock();
    Ok(file)
}

/// Begins to write when no other run does, so that none finds a file that is not locked yet.
fn turn(folder: &Path) -> io::Result<fs::File> {
    let path = folder.join(TURN);
    if path.symlink_metadata().is_ok() && !is_plain_file(&path) {
        return Err(io::Error::other(format!("{} is no file", path.display())));
    }
    let turn = fs::File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)?;
    let begin = Instant::now();
    loop {
        match turn.try_lock() {
            Err(fs::TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            locked => return locked.map(|()| turn).map_err(io::Error::from),
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
