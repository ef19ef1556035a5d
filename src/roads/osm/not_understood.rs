//! Tags that a rule asked for and could not read, counted by key and value.

use std::collections::BTreeMap;

/// How often each value of each key was not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct NotUnderstood(pub BTreeMap<String, BTreeMap<String, u64>>);

impl NotUnderstood {
    /// Counts one.
    pub fn count(&mut self, key: &str, value: &str) {
        let values = self.0.entry(key.to_owned()).or_default();
        *values.entry(value.to_owned()).or_default() += 1;
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Self) {
        for (key, values) in other.0 {
            let ours = self.0.entry(key).or_default();
            for (value, count) in values {
                *ours.entry(value).or_default() += count;
            }
        }
    }

    /// How often this value of this key was not understood.
    pub fn of(&self, key: &str, value: &str) -> u64 {
        self.0
            .get(key)
            .and_then(|values| values.get(value))
            .copied()
            .unwrap_or(0)
    }
}
