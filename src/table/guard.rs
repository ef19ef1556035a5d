//! Texts that a spreadsheet would take for a formula: written with an apostrophe before them, which it takes for
//! "this is text", and read back without.

use std::borrow::Cow;

/// What a formula begins with; a spreadsheet of a Chinese or Japanese office takes the wide forms too.
const BEGINNINGS: [&str; 10] = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"];

/// A text as a field of a table that may be opened in a spreadsheet. Numbers stay as they are.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_like_formula(text.as_bytes()) && !is_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a field, whoever wrote it.
pub(crate) fn unguarded(field: &[u8]) -> &[u8] {
    match field.strip_prefix(b"'") {
        Some(text) if is_like_formula(text) => text,
        _ => field,
    }
}

/// A text as a CSV field: guarded, and in quotes where it needs them.
pub fn field(text: &str) -> Cow<'_, str> {
    let text = guarded(text);
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        text
    }
}

/// Whether a text begins as formulas do, behind apostrophes that were there before: one more tells it from its own
/// guarded form.
fn is_like_formula(text: &[u8]) -> bool {
    let begin = text.iter().take_while(|letter| **letter == b'\'').count();
    let begins = |with: &&str| text[begin..].starts_with(with.as_bytes());
    BEGINNINGS.iter().any(begins)
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_text_and_read_back_as_they_were() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-", "'-"),
            ("＝1+1", "'＝1+1"),
            ("'＠SUM(1)", "''＠SUM(1)"),
            ("－3.5", "'－3.5"),
            ("-inf", "'-inf"),
            ("'=1", "''=1"),
            ("'-3", "''-3"),
            ("-3.5", "-3.5"),
            ("+8", "+8"),
            ("'t Hof", "'t Hof"),
            ("五华", "五华"),
            ("", ""),
            ("'", "'"),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(unguarded(written.as_bytes()), text.as_bytes());
        }
        assert_eq!(field("=A,\"b\""), "\"'=A,\"\"b\"\"\"");
    }
}
