//! What a scenario file says that decides figures: kept with an answer, so that a scenario that has changed since shows,
//! key by key.

use serde_json::{Map, Value};

/// Keys with their values, nested as in the file.
pub type Written = Map<String, Value>;

/// What is said of a scenario, and where its tables are: an answer says the former itself, and what is in the tables is
/// held to it by its content.
const ASIDE: [&str; 7] = [
    "name",
    "name_en",
    "attribution",
    "map_review_number",
    "county",
    "tables",
    "extends",
];

/// Figures are the same whatever their reason, and the path of a table of observed values.
const ASIDE_INSIDE: [&str; 2] = ["reason", "file"];

/// What is kept of a scenario file, with all that it extends.
pub(super) fn written(keys: &toml::Table) -> Written {
    let keys = keys
        .iter()
        .filter(|(key, _)| !ASIDE.contains(&key.as_str()));
    let mut written = Value::Object(keys.map(|(key, of)| (key.clone(), value(of))).collect());
    // In one order, whatever that of the file.
    written.sort_all_objects();
    match written {
        Value::Object(written) => written,
        _ => Map::new(),
    }
}

fn value(of: &toml::Value) -> Value {
    match of {
        toml::Value::String(text) => text.clone().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(is) => (*is).into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(values) => values.iter().map(value).collect(),
        toml::Value::Table(keys) => {
            let keys = keys
                .iter()
                .filter(|(key, _)| !ASIDE_INSIDE.contains(&key.as_str()));
            Value::Object(keys.map(|(key, of)| (key.clone(), value(of))).collect())
        }
    }
}

/// What is no longer as it was, in words, in the order of the keys.
pub fn differences(then: &Written, now: &Written) -> Vec<String> {
    let mut differences = Vec::new();
    differ(then, now, "", &mut differences);
    differences
}

fn differ(then: &Written, now: &Written, path: &str, differences: &mut Vec<String>) {
    let more = now.keys().filter(|key| !then.contains_key(*key));
    for key in then.keys().chain(more) {
        let here = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        match (then.get(key), now.get(key)) {
            (Some(Value::Object(then)), Some(Value::Object(now))) => {
                differ(then, now, &here, differences);
            }
            (Some(then), Some(now)) if then != now => {
                let is_short = |value: &Value| !value.is_array() && !value.is_object();
                differences.push(match is_short(then) && is_short(now) {
                    true => format!("`{here}` was {then} and is {now}"),
                    false => format!("`{here}` is not what it was"),
                });
            }
            (None, Some(_)) => differences.push(format!("`{here}` was not given and is")),
            (Some(_), None) => differences.push(format!("`{here}` was given and is not")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Written {
        written(&toml::from_str(text).unwrap())
    }

    #[test]
    fn what_decides_figures_shows_by_its_key_and_what_is_said_of_it_does_not() {
        let then = of(
            "name = \"a\"\nseed = 1\ncounty = \"x\"\n[horizon]\nyears = 5\nstart = 2027-01-01\n\
             [stages.turnout]\nmean = \"60 s\"\nreason = \"so\"\n[[special_day]]\nfactor = 2.0\n",
        );
        let now = of(
            "name = \"b\"\nseed = 2\ncounty = \"y\"\n[horizon]\nstart = 2027-01-01\nyears = 10\n\
             [stages.turnout]\nmean = \"60 s\"\nreason = \"why\"\n[[special_day]]\nfactor = 3.0\n\
             [dispatch]\nmove_up = true\n",
        );
        assert_eq!(
            differences(&then, &now),
            [
                "`horizon.years` was 5 and is 10",
                "`seed` was 1 and is 2",
                "`special_day` is not what it was",
                "`dispatch` was not given and is",
            ]
        );
        assert_eq!(differences(&now, &now), [""; 0]);
    }
}
