//! No file uses another that uses it again, directly or by others: what a file needs can be read first.
//!
//! A file uses another where a path in it (`crate::`, `super::`, or `use` of a module of its own) ends there;
//! a name that a `mod.rs` only hands on counts as one of the file that defines it. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module: the names on the way to it from the crate.
type Module = Vec<String>;

/// The code of every file below a folder by its module, without its tests.
fn modules(folder: &Path, of: &Module, found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let within = |name: &str| [&of[..], &[name.to_owned()]].concat();
        if path.is_dir() {
            modules(&path, &within(&name), found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !name.ends_with("tests")
            && !["main", "test_roads"].contains(&name.as_str())
        {
            let is_folder = ["mod", "lib"].contains(&name.as_str());
            let module = if is_folder { of.clone() } else { within(&name) };
            let text = fs::read_to_string(&path).unwrap();
            found.insert(module, without_tests(&text));
        }
    }
}

/// The code of a file without comments and modules of tests.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut is_test = false;
    for line in text.lines() {
        match line {
            "#[cfg(test)]" => is_test = true,
            // A module of tests ends at its own brace; one in a file of its own, at once.
            "}" => is_test = false,
            // Of a module within the file, to whom the file is `super`.
            _ if line.starts_with("    use super::") => {}
            _ if is_test => is_test = !(line.starts_with("mod ") && line.ends_with(';')),
            _ => {
                code += line.split("//").next().unwrap();
                code.push('\n');
            }
        }
    }
    // The macro reaches the catalogue without naming it.
    code.replace("text!(", "crate::messages::say(")
        .replace("crate::crate::", "crate::")
}

/// The paths that begin at each `begin`, those in braces one by one: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths_from(code: &str, begin: &str) -> Vec<Vec<String>> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut paths = Vec::new();
    for (place, _) in code.match_indices(begin) {
        let before = &code[..place];
        // `pub(in crate::roads)` says who may look, and uses nothing.
        if before.ends_with(is_letter) || before.ends_with(':') || before.ends_with("(in ") {
            continue;
        }
        // What the open braces stand behind, the innermost last.
        let mut behind: Vec<Vec<String>> = Vec::new();
        let mut path: Vec<String> = Vec::new();
        let mut rest = &code[place..];
        loop {
            rest = if behind.is_empty() {
                rest
            } else {
                rest.trim_start()
            };
            let end = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
            if end > 0 {
                path.push(rest[..end].to_owned());
                rest = &rest[end..];
            } else if let Some(further) = rest.strip_prefix("::") {
                rest = further;
                continue;
            } else if let Some(further) = rest.strip_prefix('{').filter(|_| !path.is_empty()) {
                behind.push(path.clone());
                rest = further;
            } else if let Some(further) = rest.strip_prefix(',').filter(|_| !behind.is_empty()) {
                paths.push(std::mem::replace(&mut path, behind.last().unwrap().clone()));
                rest = further;
            } else if let Some(further) = rest.strip_prefix('}').filter(|_| !behind.is_empty()) {
                paths.push(std::mem::take(&mut path));
                path = behind.pop().unwrap();
                rest = further;
                if behind.is_empty() {
                    break;
                }
            } else {
                paths.push(path);
                break;
            }
            if behind.is_empty() && !rest.starts_with("::") && !rest.starts_with('{') {
                paths.push(path);
                break;
            }
        }
    }
    paths
}

/// Every path of a file, from the crate.
fn paths(module: &Module, code: &str, all: &BTreeMap<Module, String>) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = paths_from(code, "crate::")
        .into_iter()
        .map(|path| path[1..].to_vec())
        .collect();
    for path in paths_from(code, "super::") {
        let up = path.iter().take_while(|name| *name == "super").count();
        if up <= module.len() {
            found.push([&module[..module.len() - up], &path[up..]].concat());
        }
    }
    let children = all
        .keys()
        .filter(|other| other.len() == module.len() + 1 && other.starts_with(module));
    for child in children {
        let name = child.last().unwrap();
        let inside = paths_from(code, &format!("{name}::"));
        let inside = inside
            .into_iter()
            .chain(paths_from(code, &format!("self::{name}::")));
        found.extend(inside.map(|path| {
            let path: Vec<String> = path.into_iter().filter(|name| name != "self").collect();
            [&module[..], &path].concat()
        }));
    }
    found
}

/// The file in which a path ends, when names that are handed on are followed.
fn file_of(path: &[String], all: &BTreeMap<Module, String>, depth: usize) -> Option<Module> {
    let known = |end: &usize| all.contains_key(&path[..*end]);
    let end = (1..=path.len()).rev().find(known)?;
    let module = path[..end].to_vec();
    let Some(name) = path.get(end).filter(|_| depth < 5) else {
        return Some(module);
    };
    let handed_on = all[&module]
        .split(';')
        .filter(|item| {
            item.trim_start().starts_with("use ")
                || item.contains("pub use ")
                || item.contains(") use ")
        })
        .flat_map(|item| paths(&module, item, all))
        .find(|handed| handed.last() == Some(name) && handed[..] != path[..=end]);
    match handed_on {
        Some(handed) => file_of(&handed, all, depth + 1),
        None => Some(module),
    }
}

/// Which files each uses.
fn uses(all: &BTreeMap<Module, String>) -> BTreeMap<&Module, BTreeSet<Module>> {
    let used = all.iter().map(|(module, code)| {
        let files = paths(module, code, all);
        let mut files: BTreeSet<Module> = files
            .iter()
            .filter_map(|path| file_of(path, all, 0))
            .collect();
        files.remove(module);
        (module, files)
    });
    used.collect()
}

/// The files that use themselves by others.
fn circles(uses: &BTreeMap<&Module, BTreeSet<Module>>) -> Vec<String> {
    let comes_back = |start: &Module| {
        let mut next: Vec<&Module> = uses[start].iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(module) = next.pop() {
            if module == start {
                return true;
            }
            if seen.insert(module) {
                next.extend(&uses[module]);
            }
        }
        false
    };
    let within = uses.keys().filter(|module| comes_back(module));
    within.map(|module| module.join("::")).collect()
}

#[test]
fn files_use_each_other_in_no_circle() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = BTreeMap::new();
    modules(&src, &Module::new(), &mut all);
    // The crate names its rooms, which is no use of them.
    all.remove(&Module::new());
    assert!(all.len() > 250, "{} files", all.len());
    let uses = uses(&all);
    let arrows: usize = uses.values().map(BTreeSet::len).sum();
    assert!(arrows > 800, "{arrows} arrows");
    assert_eq!(circles(&uses), Vec::<String>::new());
}

#[test]
fn a_circle_is_seen_however_it_is_named() {
    let house = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(module, code)| {
            let module: Module = module.split("::").map(str::to_owned).collect();
            (module, (*code).to_owned())
        });
        files.collect::<BTreeMap<_, _>>()
    };
    let seen = |files: &[(&str, &str)]| circles(&uses(&house(files)));
    let none: [&str; 0] = [];
    assert_eq!(
        without_tests(
            "#[cfg(test)]\nmod samples;\nuse a;\n#[cfg(test)]\nmod tests {\n    x\n}\nb // c\n"
        ),
        "use a;\nb \n"
    );
    assert_eq!(seen(&[("a", "use crate::b::B;"), ("b", "fn f() {}")]), none);
    assert_eq!(
        seen(&[("a", "use crate::b::B;"), ("b", "fn f() { crate::a::g() }")]),
        ["a", "b"]
    );
    // A name that is handed on is one of the file that defines it.
    let handed = [
        ("a", "pub mod b;\npub mod c;\npub use c::C;"),
        ("a::b", "use super::C;"),
        ("a::c", "pub struct C;"),
    ];
    assert_eq!(seen(&handed), none);
    assert_eq!(
        seen(&[
            handed[0],
            handed[1],
            ("a::c", "use crate::{x::Y, a::b::{self, B}};")
        ]),
        ["a::b", "a::c"]
    );
    assert_eq!(
        seen(&[
            ("a", "mod b;\nfn f() { b::g() }\npub fn h() {}"),
            ("a::b", "use super::h;")
        ]),
        ["a", "a::b"]
    );
}
