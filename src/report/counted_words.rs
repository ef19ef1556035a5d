//! Which calls a share within a standard is of, in words.

use crate::language::{Language, Name};
use crate::text;

/// Says which types no standard counts; nothing where all count.
pub(super) fn counted_words(not_in_standards: &[Name], language: Language) -> Option<String> {
    let names = not_in_standards.iter();
    let names: Vec<&str> = names.map(|name| name.in_language(language)).collect();
    let types = crate::messages::list(language, &names);
    (!names.is_empty()).then(|| text!(language, "standards-count", types = types))
}

/// Of which calls a share within a standard is: `Of all calls`.
pub(super) fn of_calls(not_in_standards: &[Name], language: Language) -> String {
    match not_in_standards.is_empty() {
        true => text!(language, "of-all-calls"),
        false => text!(language, "of-counted-calls"),
    }
}
