//! What the readers of TOML and JSON complain of, in the words of people who write such files: the libraries speak of the
//! program's types.

use crate::characters::nearest;

/// The same complaint in plain words. One that is in plain words stays as it is.
pub fn plain(complaint: &str) -> String {
    if let Some(rest) = complaint.strip_prefix("missing field ") {
        return format!("the key {rest} is missing");
    }
    if let Some(rest) = complaint.strip_prefix("duplicate field ") {
        return format!("the key {rest} stands twice; leave one of them out");
    }
    if complaint.starts_with("data did not match any variant") {
        return "it is not of a kind that can stand here: mostly it should be a text in quotes, or a list of \
                them in [ ]"
            .to_owned();
    }
    if complaint.starts_with("EOF while parsing") {
        return "it ends in the middle; it may have been cut off".to_owned();
    }
    if complaint.starts_with("cannot recurse further") {
        return "it is nested too deeply".to_owned();
    }
    if complaint == "wanted string or table" {
        return "it should be a word in quotes".to_owned();
    }
    for (prefix, what) in [("unknown field `", "key"), ("unknown variant `", "word")] {
        if let Some((found, known)) = complaint
            .strip_prefix(prefix)
            .and_then(|rest| rest.split_once('`'))
        {
            return unknown(what, found, known);
        }
    }
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, wanted)) = complaint
            .strip_prefix(prefix)
            .and_then(|rest| rest.rsplit_once(", expected "))
        {
            let found = match prefix {
                "invalid length " => format!("a list of {found}"),
                _ => found_words(found),
            };
            return format!("it is {found}; it should be {}", wanted_words(wanted));
        }
    }
    complaint.to_owned()
}

/// A complaint of a reader of TOML, with the line that it shows.
pub fn of_toml(error: &toml::de::Error) -> String {
    let message = error.message();
    error
        .to_string()
        .replacen(message, &plain(message), 1)
        .trim_end()
        .to_owned()
}

/// What is said of arguments, where the language's own words for a number that is none stand in it.
pub fn of_arguments(complaint: &str) -> String {
    let whole = "it should be a whole number";
    [
        ("invalid digit found in string", whole),
        ("cannot parse integer from empty string", whole),
        (
            "number too large to fit in target type",
            "the number is too large",
        ),
        (
            "number too small to fit in target type",
            "the number is too small",
        ),
        ("invalid float literal", "it should be a number"),
        (
            "cannot parse float from empty string",
            "it should be a number",
        ),
    ]
    .iter()
    .fold(complaint.to_owned(), |words, (jargon, plain)| {
        words.replace(jargon, plain)
    })
}

/// A complaint of a reader of JSON.
pub fn of_json(error: &serde_json::Error) -> String {
    with_line(&error.to_string())
}

/// A complaint of a reader of GeoJSON, in whose words the name of the library's reader stands first.
pub fn of_geojson(error: &geojson::Error) -> String {
    let message = error.to_string();
    let complaint = [
        "Error while deserializing GeoJSON: ",
        "Error while deserializing JSON: ",
    ]
    .iter()
    .find_map(|prefix| message.strip_prefix(prefix))
    .unwrap_or(&message);
    with_line(complaint)
}

/// A complaint behind which the line stands.
fn with_line(complaint: &str) -> String {
    match complaint.rsplit_once(" at line ") {
        Some((complaint, line)) => format!("{} at line {line}", plain(complaint)),
        None => plain(complaint),
    }
}

/// A key or word that is none, with the one that is meant, or else with those that are known.
fn unknown(what: &str, found: &str, known: &str) -> String {
    // Those known stand in backticks.
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let unknown = format!("no {what} `{found}` is known here");
    if let Some(meant) = nearest(found, known.iter().copied()) {
        return format!("{unknown}; did you mean `{meant}`?");
    }
    match known.is_empty() {
        true => unknown,
        false => format!("{unknown}; known are {}", known.join(", ")),
    }
}

/// What stands there, as the libraries name it.
fn found_words(found: &str) -> String {
    let quoted = found.split('`').nth(1).unwrap_or(found);
    match found.split([' ', '`']).next().unwrap_or_default() {
        "string" => format!("the text {}", found.trim_start_matches("string ")),
        "integer" | "floating" => format!("the number {quoted}"),
        "boolean" => quoted.to_owned(),
        "map" | "struct" | "newtype" => "a table of keys".to_owned(),
        "sequence" | "tuple" => "a list".to_owned(),
        "null" | "unit" | "Option" => "nothing".to_owned(),
        _ => found.to_owned(),
    }
}

/// What should stand there.
fn wanted_words(wanted: &str) -> String {
    let whole = |most: u64| format!("a whole number from 0 to {most}");
    match wanted {
        "u8" => whole(u8::MAX.into()),
        "u16" => whole(u16::MAX.into()),
        "u32" => whole(u32::MAX.into()),
        "u64" | "usize" => "a whole number of at least 0".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" | "bool" => "true or false, without quotes".to_owned(),
        "a string" | "string" | "str" | "a borrowed string" => "a text in quotes".to_owned(),
        "a sequence" => "a list in [ ]".to_owned(),
        "a map" => "a table of keys".to_owned(),
        other if other.starts_with("struct ") => "a table of keys".to_owned(),
        other if other.starts_with("enum ") => "a word in quotes".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is read to be refused")]
    struct Keys {
        years: u16,
        name: String,
        #[serde(default)]
        share: f64,
        #[serde(default)]
        is_open: bool,
        #[serde(default)]
        towns: Vec<String>,
        #[serde(default)]
        word: Option<Word>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        Queue,
        Loss,
    }

    #[test]
    fn no_type_of_the_program_reaches_a_reader() {
        let good = "years = 3\nname = \"a\"\n";
        let _: Keys = toml::from_str(good).unwrap();
        for (text, said) in [
            (
                "years = \"ten\"",
                "it is the text \"ten\"; it should be a whole number from 0 to 65535",
            ),
            (
                "years = -3\nname = \"a\"",
                "it is the number -3; it should be a whole number from 0 to 65535",
            ),
            (
                "years = 1.5\nname = \"a\"",
                "it is the number 1.5; it should be a whole number from 0 to 65535",
            ),
            ("years = 3", "the key `name` is missing"),
            (
                "years = 3\nname = 4",
                "it is the number 4; it should be a text in quotes",
            ),
            (
                "years = 3\nname = [\"a\"]",
                "it is a list; it should be a text in quotes",
            ),
            (
                "yaers = 3\nname = \"a\"",
                "no key `yaers` is known here; did you mean `years`?",
            ),
            (
                "population = 3",
                "no key `population` is known here; known are years, name, share, is_open, towns, word",
            ),
            (
                "years = 3\nname = \"a\"\nshare = \"half\"",
                "it is the text \"half\"; it should be a number",
            ),
            (
                "years = 3\nname = \"a\"\nis_open = \"yes\"",
                "it is the text \"yes\"; it should be true or false, without quotes",
            ),
            (
                "years = 3\nname = \"a\"\ntowns = \"W\"",
                "it is the text \"W\"; it should be a list in [ ]",
            ),
            (
                "years = 3\nname = \"a\"\nword = \"los\"",
                "no word `los` is known here; did you mean `loss`?",
            ),
            (
                "years = 3\nname = \"a\"\nword = 3",
                "it should be a word in quotes",
            ),
        ] {
            let error = toml::from_str::<Keys>(text).unwrap_err();
            let words = of_toml(&error);
            assert!(words.ends_with(said), "{text}: {words}");
        }
        let json = serde_json::from_str::<Keys>("{\"years\":null}").unwrap_err();
        let words = plain(json.to_string().split(" at line").next().unwrap());
        assert_eq!(
            words,
            "it is nothing; it should be a whole number from 0 to 65535"
        );
    }
}
