//! Rooms use those below them alone, in the order in which `src/lib.rs` lists them; and the solvers of
//! `siting` and the shortest paths of `paths` know nothing of the rest of the house: they work on numbers,
//! and so can be read, tested and used without roads or scenarios.

use std::fs;
use std::path::{Path, PathBuf};

/// What those two may use besides themselves: a listener that is told how far work is.
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

/// The rooms as the documentation of the crate lists them, from the top: those of one row together.
fn listed() -> Vec<Vec<String>> {
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let lib = fs::read_to_string(lib).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    rows.map(|row| {
        // The prefix ends inside the first pair of backticks.
        let names = row.split(" |").next().unwrap().split('`').step_by(2);
        names.map(str::to_owned).collect()
    })
    .collect()
}

/// Whether a source climbs out of its room with `super::`: `depth` is how many modules deep it is.
fn climbs_out(source: &str, depth: usize) -> bool {
    let mut rest = source;
    while let Some(begin) = rest.find("super::") {
        rest = &rest[begin..];
        let mut climbed = 0;
        while let Some(further) = rest.strip_prefix("super::") {
            (rest, climbed) = (further, climbed + 1);
        }
        if climbed >= depth {
            return true;
        }
    }
    false
}

#[test]
fn rooms_use_those_below_them_alone() {
    let rows = listed();
    let row_of = |room: &str| rows.iter().position(|row| row.iter().any(|r| r == room));
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut trespasses = Vec::new();
    let mut seen = 0;
    for file in sources(&src) {
        let below = file.strip_prefix(&src).unwrap();
        let first = below.components().next().unwrap().as_os_str();
        let room = first.to_str().unwrap().trim_end_matches(".rs").to_owned();
        if ["lib", "main"].contains(&&room[..]) {
            continue;
        }
        let own = row_of(&room).unwrap_or_else(|| panic!("src/lib.rs does not list `{room}`"));
        let text = fs::read_to_string(&file).unwrap();
        seen += 1;
        for named in rooms_named(&text) {
            // A name that is no room is an item of the crate, such as a macro.
            if row_of(&named).is_some_and(|row| row < own) {
                trespasses.push(format!("{} uses `{named}`", below.display()));
            }
        }
        let depth = below.components().count();
        // Tests in a file are a module deeper.
        let code = text.split("mod tests {").next().unwrap();
        if climbs_out(code, depth - usize::from(below.ends_with("mod.rs"))) {
            trespasses.push(format!("{} climbs out of its room", below.display()));
        }
    }
    assert!(seen > 200, "{seen} files");
    assert_eq!(trespasses, Vec::<String>::new());
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
    assert!(climbs_out("use super::super::roads::Road;", 2));
    assert!(!climbs_out("use super::rules; use super::*;", 2));
}
