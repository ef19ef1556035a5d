use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::*;

/// The messages of the files of one language, each with its variables.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for file in FILES.files() {
        if !file
            .path()
            .to_string_lossy()
            .ends_with(&format!(".{tag}.ftl"))
        {
            continue;
        }
        let mut current = None;
        for line in file.contents_utf8().unwrap().lines() {
            if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
                let key = line.split(' ').next().unwrap().to_owned();
                current = Some(key.clone());
                let earlier = found.insert(key, BTreeSet::new());
                assert!(earlier.is_none(), "{}: {line}", file.path().display());
            }
            for (place, _) in line.match_indices('$') {
                let rest = &line[place + 1..];
                let end = rest.find(|l: char| !l.is_ascii_alphanumeric() && l != '_');
                let name = &rest[..end.unwrap_or(rest.len())];
                let key = current.as_ref().expect("a variable is part of a message");
                found.get_mut(key).unwrap().insert(name.to_owned());
            }
        }
    }
    found
}

/// What may say a message: sources, but for tests, which name keys that are none, and templates.
fn is_source(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("rs" | "html")) && !path.ends_with("tests.rs")
}

/// Every source of the program in one text.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else if is_source(&path) {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

/// What stands in quotes behind each `opening` up to `skip`, when it is the next thing there.
fn quoted_behind<'s>(source: &'s str, opening: &str, skip: &str) -> Vec<&'s str> {
    let places = source.match_indices(opening);
    let keys = places.filter_map(|(place, _)| {
        let rest = &source[place + opening.len()..];
        let rest = &rest[rest.find(skip)? + skip.len()..];
        let key = rest.trim_start().strip_prefix('"')?;
        key.split('"').next()
    });
    keys.collect()
}

#[test]
fn every_message_stands_in_both_languages_with_the_same_variables() {
    let (chinese, english) = (messages("zh"), messages("en"));
    assert!(chinese.len() > 10, "{}", chinese.len());
    for (key, variables) in &chinese {
        assert_eq!(Some(variables), english.get(key), "`{key}`");
    }
    for key in english.keys() {
        assert!(chinese.contains_key(key), "`{key}` is in English alone");
    }
}

#[test]
fn every_message_is_said_somewhere_and_none_is_missing() {
    let source = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let messages = messages("zh");
    let said: BTreeSet<&str> = quoted_behind(&source, "text!(", ",")
        .into_iter()
        .chain(quoted_behind(&source, "self.t(", ""))
        .chain(quoted_behind(&source, "Key(", ""))
        // Its documentation says `"key"`.
        .filter(|key| *key != "key")
        .collect();
    for key in &said {
        assert!(messages.contains_key(*key), "no message `{key}`");
    }
    for key in messages.keys() {
        assert!(said.contains(&key[..]), "nobody says `{key}`");
    }
}
