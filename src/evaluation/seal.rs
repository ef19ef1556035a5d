//! The seal of an answer: the SHA-256 of all that its file says, so that a change by hand shows even where every figure
//! agrees, and without the manifest of its folder.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::format::{hex, indented_json};

/// The key of the seal, the last of the file.
const KEY: &str = "answer_sha256";

/// What shows that an answer is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error(
        "it has no `answer_sha256`: an older version of `brigade` wrote it, or somebody took it out"
    )]
    Missing,
    #[error(
        "it was changed since it was written: what it says does not have the SHA-256 of `answer_sha256`"
    )]
    Broken,
}

/// The text of an answer's file, with its seal.
///
/// # Errors
/// Never in practice: every key is a text.
pub fn sealed(answer: &impl Serialize) -> serde_json::Result<String> {
    let mut text = indented_json(answer)?;
    let seal = digest(serde_json::from_str(&text)?);
    // Into the text, as lists that stand on one line would not come through a value as they are.
    let inside = text.strip_suffix("\n}").unwrap_or(&text).len();
    text.truncate(inside);
    text += &format!(",\n  \"{KEY}\": \"{seal}\"\n}}");
    Ok(text)
}

/// Holds the text of an answer to its seal. Spaces and the order of keys are no part of what it says.
///
/// # Errors
/// When it has none, or says something else by now.
pub fn check(json: &str) -> Result<(), SealError> {
    let mut answer: Value = serde_json::from_str(json).map_err(|_| SealError::Broken)?;
    let keys = answer.as_object_mut().ok_or(SealError::Missing)?;
    let seal = keys.remove(KEY).ok_or(SealError::Missing)?;
    match seal == digest(answer) {
        true => Ok(()),
        false => Err(SealError::Broken),
    }
}

fn digest(mut answer: Value) -> String {
    answer.sort_all_objects();
    hex(&Sha256::digest(answer.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_changed_or_taken_out_shows_and_spaces_do_not() {
        let answer = json!({ "b": [0.1, -0.0, 1e300], "a": { "z": "}", "y": {} }, "c": {} });
        let text = sealed(&answer).unwrap();
        assert_eq!(check(&text), Ok(()));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["c"], json!({}));
        assert_eq!(check(&value.to_string()), Ok(()));
        let mut reordered = value.clone();
        reordered.sort_all_objects();
        assert_eq!(check(&reordered.to_string()), Ok(()));
        for (key, changed) in [("b", json!([0.1])), ("a", json!(null)), (KEY, json!("00"))] {
            let mut other = value.clone();
            other[key] = changed;
            assert_eq!(check(&other.to_string()), Err(SealError::Broken), "{key}");
            other.as_object_mut().unwrap().shift_remove(key);
            let wanted = match key {
                KEY => SealError::Missing,
                _ => SealError::Broken,
            };
            assert_eq!(check(&other.to_string()), Err(wanted), "{key}");
        }
    }
}
