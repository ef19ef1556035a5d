//! What the words of a network mean: those of `data/mappings/gmns.toml`, or of a `mapping.toml` beside its
//! tables.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::complaints::of_toml;
use crate::files::Source;
use crate::roads::class::RoadClass;
use crate::roads::class_mapping::{ClassColumn, ClassOrDrop};
use crate::roads::passage::Control;
use crate::table::{Row, TableError};

pub(super) const FILE: &str = "mapping.toml";

/// What holds where a network has no mapping of its own.
pub const USUAL: &str = include_str!("../../../data/mappings/gmns.toml");

/// The words of `facility_type`, `allowed_uses` and `ctrl_type`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    class: ClassColumn,
    #[serde(default)]
    uses: Uses,
    #[serde(default)]
    control: Controls,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Uses {
    /// A link that is open to these alone is no road for engines.
    #[serde(default)]
    not_driven: Vec<String>,
    /// One that is open to these alone is open to engines, though not to the public.
    #[serde(default)]
    emergency: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Controls {
    #[serde(default)]
    signal: Vec<String>,
    #[serde(default)]
    crossing: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

/// Who may drive along a link, by its `allowed_uses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Everybody,
    Emergency,
    /// No engine.
    NotDriven,
}

/// The class that a word means.
pub(super) struct Class {
    /// None where the mapping drops it.
    pub class: Option<RoadClass>,
    /// Whether the mapping lists the word.
    pub is_listed: bool,
}

impl Mapping {
    /// The mapping of a network.
    ///
    /// # Errors
    /// When its own has an unknown key or class.
    pub(super) fn of(folder: &Source) -> Result<Self, TableError> {
        let own = folder.join(FILE);
        let (file, text) = if own.is_there() {
            (own.to_string(), own.read_text()?)
        } else {
            ("data/mappings/gmns.toml".to_owned(), USUAL.to_owned())
        };
        let mapping: Self = toml::from_str(&text).map_err(|error| TableError::Mapping {
            file,
            problem: of_toml(&error),
        })?;
        Ok(mapping.with_plain_words())
    }

    fn with_plain_words(mut self) -> Self {
        let values = std::mem::take(&mut self.class.values);
        let values: BTreeMap<String, ClassOrDrop> = values
            .into_iter()
            .map(|(word, class)| (plain(&word), class))
            .collect();
        self.class.values = values;
        let lists = [
            &mut self.uses.not_driven,
            &mut self.uses.emergency,
            &mut self.control.signal,
            &mut self.control.crossing,
            &mut self.control.none,
        ];
        for word in lists.into_iter().flatten() {
            *word = plain(word);
        }
        self
    }

    /// The columns in which links may have their class.
    pub(super) fn class_columns(&self) -> Vec<&str> {
        match &self.class.column {
            Some(column) => vec![column],
            None => vec!["facility_type", "link_type_name"],
        }
    }

    /// The word of a link for its class, empty where it has none.
    pub(super) fn class_word<'r>(&self, row: &Row<'r>) -> &'r str {
        let columns = self.class_columns();
        (columns.iter())
            .find_map(|column| row.optional(column))
            .unwrap_or("")
    }

    /// What such a word means.
    pub(super) fn class(&self, word: &str) -> Class {
        match self.class.values.get(&plain(word)) {
            Some(class) => Class {
                class: class.0,
                is_listed: true,
            },
            None => Class {
                class: self.class.default.0,
                is_listed: false,
            },
        }
    }

    /// Who may drive along a link of these `allowed_uses`, words between commas, semicolons or bars.
    pub(super) fn allowed(&self, uses: &str) -> Use {
        let words: Vec<String> = uses
            .split([',', ';', '|', '/'])
            .map(plain)
            .filter(|word| !word.is_empty())
            .collect();
        let are_all = |lists: &[&[String]]| {
            !words.is_empty()
                && words
                    .iter()
                    .all(|word| lists.iter().any(|list| list.contains(word)))
        };
        let Uses {
            not_driven,
            emergency,
        } = &self.uses;
        if are_all(&[not_driven]) {
            Use::NotDriven
        } else if are_all(&[not_driven, emergency]) {
            Use::Emergency
        } else {
            Use::Everybody
        }
    }

    /// What stands at a junction, or `Err` when the word is not listed.
    pub(super) fn control(&self, word: &str) -> Result<Option<Control>, ()> {
        let word = plain(word);
        let Controls {
            signal,
            crossing,
            none,
        } = &self.control;
        if word.is_empty() || none.contains(&word) {
            Ok(None)
        } else if signal.contains(&word) {
            Ok(Some(Control::Signals))
        } else if crossing.contains(&word) {
            Ok(Some(Control::Crossing))
        } else {
            Err(())
        }
    }
}

/// A word without regard to capitals, blanks, `-` and `_`.
fn plain(word: &str) -> String {
    let kept = word.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Mapping {
        Mapping::of(&Source::Disk("no such folder".into())).unwrap()
    }

    /// `brigade` writes its own words, and has to read them as they are.
    #[test]
    fn every_class_is_called_as_it_is() {
        for word in RoadClass::known().split(", ") {
            let class = ours().class(word);
            assert!(class.is_listed, "{word}");
            assert_eq!(
                class.class.map(|class| class.to_string()).as_deref(),
                Some(word)
            );
        }
    }

    #[test]
    fn words_are_known_whatever_their_capitals_and_hyphens() {
        assert_eq!(ours().class("ARTERIAL").class, Some(RoadClass::Primary));
        assert_eq!(
            ours().class("Minor Arterial").class,
            Some(RoadClass::Secondary)
        );
        assert_eq!(ours().class("cycleway").class, None);
        assert!(!ours().class("hot").is_listed);
    }

    #[test]
    fn a_link_for_bicycles_alone_is_no_road_and_a_bus_lane_is_one_for_engines() {
        assert_eq!(ours().allowed("WALK, BIKE"), Use::NotDriven);
        assert_eq!(ours().allowed("bike;walk"), Use::NotDriven);
        assert_eq!(ours().allowed("bus;bike"), Use::Emergency);
        for open in ["", "auto, bike", "all", "truck"] {
            assert_eq!(ours().allowed(open), Use::Everybody, "{open}");
        }
    }
}
