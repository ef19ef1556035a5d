//! Names of things in the languages in which the map has them.

use crate::language::is_language;
use crate::roads::osm::Tags;

/// What stands under `name:…`, by the language after the colon (`zh`, `en`, `zh-Hant`); `name:left` and
/// `name:etymology` are in none.
pub(super) fn in_languages(tags: &Tags) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = tags
        .0
        .iter()
        .filter_map(|(key, value)| Some((key.strip_prefix("name:")?, value.trim())))
        .filter(|(language, name)| is_language(language) && !name.is_empty())
        .map(|(language, name)| (language.to_owned(), name.to_owned()))
        .collect();
    names.sort();
    names.dedup_by(|again, first| again.0 == first.0);
    names
}
