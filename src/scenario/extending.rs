//! Scenarios that say only in what they differ from another: `extends = "wuhua.toml"`.
//!
//! Tables are joined key by key; lists are replaced whole, and so is a table that gives a `basis`, as that
//! basis and its reason belong to the figures beside it. Paths are seen from the file that gives them.

use toml::{Table, Value};

use crate::characters::{MAX_NAME, is_of_text};
use crate::complaints::{of_toml, plain};
use crate::files::Source;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::ScenarioFile;
use crate::scenario::origins::Origins;
use crate::scenario::written::{Written, written};

/// The key that names the other scenario.
const EXTENDS: &str = "extends";

/// A scenario file with all that it says, by itself or by what it extends.
struct Layered {
    file: ScenarioFile,
    /// The same as keys and values.
    keys: Table,
    origins: Origins,
}

/// Reads a scenario file, and what it extends; what decides figures, and which of them says what, is given with it.
///
/// # Errors
/// When one of the files cannot be read, does not fit, or extends itself.
pub(super) fn read(source: &Source) -> Result<(ScenarioFile, Written, Origins), ScenarioError> {
    let layered = layered(source, &mut Vec::new())?;
    Ok((layered.file, written(&layered.keys), layered.origins))
}

/// No planner stacks more files; each takes room on the stack.
const MAX_LAYERS: usize = 32;

/// `above` are the files that extend this one, each by its one name.
fn layered(source: &Source, above: &mut Vec<Source>) -> Result<Layered, ScenarioError> {
    let file = source.to_string();
    let text = source.read_text()?;
    let toml = |problem: &toml::de::Error| ScenarioError::Toml {
        file: file.clone(),
        problem: of_toml(problem),
    };
    let mut keys: Table = toml::from_str(&text).map_err(|error| toml(&error))?;
    if let Some((key, problem)) = no_text(&keys, "") {
        return Err(ScenarioError::Key { file, key, problem });
    }
    let key = |problem: String| ScenarioError::Key {
        file: file.clone(),
        key: EXTENDS.to_owned(),
        problem,
    };
    let Some(extends) = keys.remove(EXTENDS) else {
        let mut origins = Origins::new(file.clone());
        for (key, value) in &keys {
            origins.say(key.clone(), value);
        }
        // As text, so that a complaint shows the line.
        let file = toml::from_str(&text).map_err(|error| toml(&error))?;
        return Ok(Layered {
            file,
            keys,
            origins,
        });
    };
    let Value::String(extends) = extends else {
        let problem = "it should be the path of a scenario file, such as \"wuhua.toml\"";
        return Err(key(problem.to_owned()));
    };
    above.push(source.resolved());
    let other = source.folder().join(&extends);
    if !other.is_there() {
        let problem = format!("{other} is not there; name a scenario file, seen from this one");
        return Err(key(problem));
    }
    if above.contains(&other.resolved()) {
        let problem = format!("`{extends}` extends this file in turn; one of them should not");
        return Err(key(problem));
    }
    if above.len() >= MAX_LAYERS {
        let problem = format!("more than {MAX_LAYERS} scenarios extend each other in a row");
        return Err(key(problem));
    }
    let extended = layered(&other, above)?;
    let mut joined = extended.keys;
    let mut origins = extended.origins.extended_by(file.clone());
    if let Some((folder, _)) = extends.rsplit_once('/') {
        see_from(folder, &mut joined);
    }
    join(&mut joined, keys, "", &mut origins);
    let read = serde_path_to_error::deserialize(Value::Table(joined.clone()));
    let file = read.map_err(|error: serde_path_to_error::Error<toml::de::Error>| {
        let (key, problem) = (error.path().to_string(), error.into_inner());
        let problem = plain(problem.message());
        match key.as_str() {
            // What is missing or unknown at the top.
            "." => ScenarioError::Toml { file, problem },
            _ => ScenarioError::Key { file, key, problem },
        }
    })?;
    Ok(Layered {
        file,
        keys: joined,
        origins,
    })
}

/// The first key or value that is no text anybody could print, and what is wrong with it.
fn no_text(keys: &Table, path: &str) -> Option<(String, String)> {
    keys.iter().find_map(|(key, value)| {
        let here = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        match key.chars().all(is_of_text) {
            true => no_text_in(value, here),
            false => Some((here, NO_TEXT.to_owned())),
        }
    })
}

const NO_TEXT: &str = "it should be text without control characters and codes that stand for none";

fn no_text_in(value: &Value, path: String) -> Option<(String, String)> {
    match value {
        Value::Table(keys) => no_text(keys, &path),
        Value::Array(values) => (values.iter()).find_map(|value| no_text_in(value, path.clone())),
        Value::String(text) if !text.chars().all(is_of_text) => Some((path, NO_TEXT.to_owned())),
        Value::String(text) => {
            let is_name = path.ends_with("name") || path.ends_with("name_en");
            let most = if is_name { MAX_NAME } else { MAX_TEXT };
            let is_too_long = text.chars().nth(most).is_some();
            is_too_long.then(|| (path, format!("it should have {most} characters at most")))
        }
        _ => None,
    }
}

/// How long a reason or a path may be, in characters.
const MAX_TEXT: usize = 10_000;

/// Puts keys over those of what is extended; `path` leads to where they stand.
fn join(below: &mut Table, above: Table, path: &str, origins: &mut Origins) {
    for (key, value) in above {
        let here = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) if !above.contains_key("basis") => {
                origins.share(&here);
                join(below, above, &here, origins);
            }
            (_, value) => {
                origins.say(here, &value);
                below.insert(key, value);
            }
        }
    }
}

/// Makes all paths, which are seen from `folder`, to be seen from where that is named.
fn see_from(folder: &str, keys: &mut Table) {
    if let Some(county) = keys.get_mut("county") {
        see_path_from(folder, county);
    }
    for value in tables_in(keys, "tables").flat_map(|tables| tables.iter_mut()) {
        see_path_from(folder, value.1);
    }
    for stages in tables_in(keys, "stages") {
        see_files_from(folder, stages);
    }
}

fn tables_in<'t>(keys: &'t mut Table, name: &str) -> impl Iterator<Item = &'t mut Table> {
    keys.get_mut(name).and_then(Value::as_table_mut).into_iter()
}

/// The tables of observed spans, at whatever depth.
fn see_files_from(folder: &str, stages: &mut Table) {
    for (key, value) in stages {
        match value {
            Value::Table(table) => see_files_from(folder, table),
            value if key == "file" => see_path_from(folder, value),
            _ => {}
        }
    }
}

fn see_path_from(folder: &str, value: &mut Value) {
    match value {
        Value::String(path) if !std::path::Path::new(path.as_str()).is_absolute() => {
            *path = format!("{folder}/{path}");
        }
        Value::Array(paths) => paths
            .iter_mut()
            .for_each(|path| see_path_from(folder, path)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_row_of_files_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = |number: usize| folder.path().join(format!("{number}.toml"));
        for number in 0..2000 {
            let text = format!("extends = \"{}.toml\"\n", number + 1);
            std::fs::write(path(number), text).unwrap();
        }
        std::fs::write(path(2000), "").unwrap();
        let error = read(&Source::Disk(path(0))).unwrap_err().to_string();
        assert!(error.contains("more than 32"), "{error}");
    }

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn keys_are_joined_and_lists_and_figures_with_a_basis_replaced() {
        let mut below = table(
            "name = \"a\"\nattribution = [\"x\", \"y\"]\n[horizon]\nyears = 3\nreplications = 9\n\
             [stages.turnout]\nmean = \"60 s\"\nsd = \"9 s\"\nbasis = \"assumed\"\n\
             [stages.traffic]\nsd = 0.1\nbasis = \"assumed\"\n",
        );
        let above = table(
            "name = \"b\"\nattribution = [\"z\"]\n[horizon]\nyears = 1\n\
             [stages.turnout]\nlow = \"30 s\"\nbasis = \"observed\"\n",
        );
        let mut origins = Origins::new("below.toml".to_owned());
        for (key, value) in &below {
            origins.say(key.clone(), value);
        }
        let mut origins = origins.extended_by("above.toml".to_owned());
        join(&mut below, above, "", &mut origins);
        let joined = table(
            "name = \"b\"\nattribution = [\"z\"]\n[horizon]\nyears = 1\nreplications = 9\n\
             [stages.turnout]\nlow = \"30 s\"\nbasis = \"observed\"\n[stages.traffic]\nsd = 0.1\nbasis = \"assumed\"\n",
        );
        assert_eq!(below, joined);
        for (key, file) in [
            ("name", "above.toml"),
            ("horizon.years", "above.toml"),
            ("horizon.replications", "below.toml"),
            ("attribution[0]", "above.toml"),
            ("stages.turnout.mean", "above.toml"),
            ("stages.traffic.sd", "below.toml"),
            // What nobody says is missing in the file that was asked for.
            ("seed", "above.toml"),
            ("horizon.start", "above.toml"),
            ("stages.turnout_volunteer", "above.toml"),
            // Unless in a figure, which is of one file.
            ("stages.traffic.mean", "below.toml"),
        ] {
            assert_eq!(origins.file_of(key), file, "{key}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_file_that_gives_them() {
        let mut keys = table(
            "county = \"../c\"\n[tables]\ntowns = \"t.csv\"\ncandidates = [\"a.csv\", \"/b.csv\"]\n\
             [stages.water.with_hydrant]\nfile = \"w.csv\"\n",
        );
        see_from("../other", &mut keys);
        let seen = table(
            "county = \"../other/../c\"\n[tables]\ntowns = \"../other/t.csv\"\n\
             candidates = [\"../other/a.csv\", \"/b.csv\"]\n\
             [stages.water.with_hydrant]\nfile = \"../other/w.csv\"\n",
        );
        assert_eq!(keys, seen);
    }
}
