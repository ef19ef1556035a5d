//! Names of things in the languages in which the map has them.

use crate::roads::osm::Tags;

/// What stands under `name:…`, by what stands after the colon: most of it a language (`zh`, `en`, `zh-Hant`).
pub(super) fn in_languages(tags: &Tags) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = tags
        .0
        .iter()
        .filter_map(|(key, value)| Some((key.strip_prefix("name:")?, value.trim())))
        .filter(|(language, name)| !language.is_empty() && !name.is_empty())
        .map(|(language, name)| (language.to_owned(), name.to_owned()))
        .collect();
    names.sort();
    names.dedup_by(|again, first| again.0 == first.0);
    names
}
