//! Rooms that know nothing of the rest of the house: the solvers of `siting` and the shortest paths
//! of `paths` work on numbers alone, and so can be read, tested and used without roads or scenarios.

use std::fs;
use std::path::{Path, PathBuf};

/// What both rooms may use besides themselves: a listener that is told how far work is.
const LISTENER: &str = "progress";

/// Every source file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The rooms that a source names: what follows each `crate::` (or the crate's name, in examples), one
/// or several in braces.
fn rooms_named(source: &str) -> Vec<String> {
    let begins = ["crate::", "brigade::"].map(|prefix| source.match_indices(prefix));
    let mut rooms = Vec::new();
    for (begin, prefix) in begins.into_iter().flatten() {
        let rest = &source[begin + prefix.len()..];
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '*';
        let first_name = |path: &str| -> String {
            let path = path.trim_start();
            path.chars().take_while(|letter| is_name(*letter)).collect()
        };
        match rest.strip_prefix('{') {
            None => rooms.push(first_name(rest)),
            Some(braced) => {
                // A comma at the outer level begins the next path.
                let mut depth = 0;
                let mut path_begins = true;
                for (place, letter) in braced.char_indices() {
                    if path_begins {
                        rooms.push(first_name(&braced[place..]));
                    }
                    path_begins = depth == 0 && letter == ',';
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

/// Names each file of a room, and what it uses and must not.
fn trespasses(room: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    let files = sources(&folder);
    assert!(files.len() > 5, "{} has hardly a file", folder.display());
    let mut trespasses = Vec::new();
    for file in files {
        for named in rooms_named(&fs::read_to_string(&file).unwrap()) {
            if named != room && named != LISTENER {
                trespasses.push(format!("{} uses `{named}`", file.display()));
            }
        }
    }
    trespasses
}

#[test]
fn solvers_and_shortest_paths_use_no_other_room() {
    for room in ["siting", "paths"] {
        assert_eq!(trespasses(room), Vec::<String>::new());
    }
}

#[test]
fn a_room_is_seen_however_it_is_named() {
    let source = "use crate::roads::Road;\nuse crate::{progress::{Unit, Work}, scenario};\n\
                  //! [`crate::report`]\nlet a = brigade::files::read();\nuse super::rules;";
    assert_eq!(
        rooms_named(source),
        ["roads", "progress", "scenario", "report", "files"]
    );
}
