//! How JSON files are written, the version of its format that each begins with, and hashes as text.

use std::io::{Result, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// Version `VERSION`; it grows when what was written before can no longer be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format<const VERSION: u32>;

impl<const VERSION: u32> Serialize for Format<VERSION> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}

impl<'de, const VERSION: u32> Deserialize<'de> for Format<VERSION> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            found if found == VERSION => Ok(Self),
            found => Err(serde::de::Error::custom(format_args!(
                "this is format {found}, and this version of `brigade` reads format {VERSION}"
            ))),
        }
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON on one line.
///
/// # Errors
/// When a key is no text.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    written(value, CompactFormatter)
}

/// JSON over indented lines, for people too; lists of numbers stay on one.
///
/// # Errors
/// When a key is no text.
pub fn indented_json(value: &impl Serialize) -> serde_json::Result<String> {
    let text = written(value, PrettyFormatter::new())?;
    Ok(with_numbers_in_line(&text))
}

/// Indented JSON with each list of nothing but numbers on one line: thousands of them are no easier to read one below
/// the other. What looks like a list in a text is none.
fn with_numbers_in_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '[']) {
        let length = match rest[at..].starts_with('"') {
            true => length_of_text(&rest[at..]),
            false => 1,
        };
        let (before, after) = rest.split_at(at + length);
        out.push_str(before);
        rest = after;
        if let Some(end) = numbers(rest).filter(|_| before.ends_with('[')) {
            let list: Vec<&str> = rest[..end].split_whitespace().collect();
            out.push_str(&list.join(" "));
            rest = &rest[end..];
        }
    }
    out + rest
}

/// Where a list that has just begun ends, if it has nothing but numbers.
fn numbers(list: &str) -> Option<usize> {
    let end = list.find(|letter| !"0123456789+-.eE, \n".contains(letter))?;
    list[end..].starts_with(']').then_some(end)
}

/// How long a text in quotes is, from the first quote to the last.
fn length_of_text(from: &str) -> usize {
    let mut is_escaped = false;
    let end = from.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(from.len(), |end| end + 2)
}

fn written(value: &impl Serialize, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Unsigned(formatter));
    value.serialize(&mut serializer)?;
    String::from_utf8(text).map_err(serde::ser::Error::custom)
}

/// Writes zero without a sign: `-0.0` reads as if something were missing.
struct Unsigned<F>(F);

impl<F: Formatter> Formatter for Unsigned<F> {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> Result<()> {
        self.0.write_f64(writer, value + 0.0)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array(writer)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object_value(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(writer, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign_in_any_file() {
        let value = serde_json::json!({ "a": [-0.0, -1.5, "-0.0"], "b": {} });
        let line = r#"{"a":[0.0,-1.5,"-0.0"],"b":{}}"#;
        assert_eq!(json(&value).unwrap(), line);
        let lines = indented_json(&value).unwrap();
        let usual = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(lines, usual.replace("    -0.0,", "    0.0,"));
    }

    #[test]
    fn lists_of_numbers_stay_on_a_line_and_nothing_else_does() {
        let value = serde_json::json!({
            "counts": [1, -2.5, 3e-20],
            "empty": [],
            "rows": [[1, 2], [3]],
            "mixed": [1, null],
            "words": ["[1,\n 2]", "a \\"],
            "after": [7],
        });
        let text = indented_json(&value).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
        for line in [
            "  \"counts\": [1, -2.5, 3e-20],",
            "  \"empty\": [],",
            "    [1, 2],",
            "    [3]",
            "  \"mixed\": [",
            "    \"[1,\\n 2]\",",
            "  \"after\": [7]",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }
}
