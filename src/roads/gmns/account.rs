//! What a network left open and how it was taken, for whoever uses it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::geography::crs::meaning::Meaning;
use crate::table::UnusedColumns;

/// How a network was read, where it did not say everything or not in our words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its units and coordinates, where they are not metres, km/h and degrees of WGS 84.
    pub units: Option<Units>,
    /// Words for a class that the mapping does not list, with the links that took its default; the empty word
    /// stands for none.
    pub class_by_default: BTreeMap<String, u64>,
    /// Links that are no road for engines, by the class or the uses that say so.
    pub not_driven: BTreeMap<String, u64>,
    /// Words of `ctrl_type` that the mapping does not list, with their nodes.
    pub controls: BTreeMap<String, u64>,
    /// Links without a length, which was measured along their line.
    pub lengths_measured: u64,
    /// Links whose line was drawn from their last node to their first, though nothing says so.
    pub drawn_backwards: u64,
    /// Links of which nothing says whether they are directed, taken as one way.
    pub one_way_by_default: u64,
    /// Restrictions over a link that no engine drives.
    pub restrictions_left_out: u64,
    /// Columns that are neither ours nor of the specification, by the names of their tables.
    pub columns_unused: Vec<UnusedColumns>,
    /// Links a little shorter than the straight line between their ends.
    pub shorter_than_straight: u64,
}

/// Units by their words, and what positions are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Units {
    /// Of `length`.
    pub length: String,
    /// Of widths and heights.
    pub short_length: String,
    pub speed: String,
    pub positions: Meaning,
}

/// One thing that a reader should know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkNote {
    ColumnsUnused(UnusedColumns),
    /// Words and how often they stand.
    ClassByDefault(Vec<(String, u64)>),
    NotDriven(Vec<(String, u64)>),
    ControlsUnknown(Vec<(String, u64)>),
    LengthsMeasured(u64),
    DrawnBackwards(u64),
    OneWayByDefault(u64),
    RestrictionsLeftOut(u64),
}

impl Account {
    /// What should be said whenever the network is used.
    pub fn notes(&self) -> Vec<NetworkNote> {
        let listed = |counts: &BTreeMap<String, u64>,
                      note: fn(Vec<(String, u64)>) -> NetworkNote| {
            let mut listed: Vec<(String, u64)> = counts
                .iter()
                .map(|(word, count)| (word.clone(), *count))
                .collect();
            // The most frequent first; equal ones by the alphabet, as they stand.
            listed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            (!listed.is_empty()).then(|| note(listed))
        };
        let counted = |count: u64, note: fn(u64) -> NetworkNote| (count > 0).then(|| note(count));
        [
            listed(&self.class_by_default, NetworkNote::ClassByDefault),
            listed(&self.not_driven, NetworkNote::NotDriven),
            listed(&self.controls, NetworkNote::ControlsUnknown),
            counted(self.lengths_measured, NetworkNote::LengthsMeasured),
            counted(self.drawn_backwards, NetworkNote::DrawnBackwards),
            counted(self.one_way_by_default, NetworkNote::OneWayByDefault),
            counted(self.restrictions_left_out, NetworkNote::RestrictionsLeftOut),
        ]
        .into_iter()
        .flatten()
        .chain(
            self.columns_unused
                .iter()
                .cloned()
                .map(NetworkNote::ColumnsUnused),
        )
        .collect()
    }
}

/// Counts a word once more.
pub(super) fn count(counts: &mut BTreeMap<String, u64>, word: &str) {
    *counts.entry(word.to_owned()).or_default() += 1;
}
