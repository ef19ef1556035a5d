//! How a figure is known: every row of data says it, and every result that rests on it repeats it.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};

/// How far a figure can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Taken from a published source.
    Observed,
    /// Derived from observed figures by a stated rule.
    Estimated,
    /// Set by judgement, with the reason beside it.
    Assumed,
    /// Made by a documented procedure where nothing is known.
    Modelled,
}

impl Basis {
    /// What a table should say.
    pub const WORDS: &str = "one of observed, estimated, assumed, modelled";

    /// The word that the tables use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Estimated => "estimated",
            Self::Assumed => "assumed",
            Self::Modelled => "modelled",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Basis {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [
            Self::Observed,
            Self::Estimated,
            Self::Assumed,
            Self::Modelled,
        ]
        .into_iter()
        .find(|basis| basis.word() == text)
        .ok_or_else(|| Self::WORDS.to_owned())
    }
}

/// The word in every format, as it is read: one that numbers its variants, as that of the cache, would not be.
impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Basis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = |known| D::Error::custom(format!("`{text}` is no basis; it is {known}"));
        text.parse().map_err(unknown)
    }
}
