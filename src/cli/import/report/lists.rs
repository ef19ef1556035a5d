//! Lists in the account of an import, as lines and parts of a line.

use crate::cli::console::number_of;

/// How many names of a list the text shows; `import.json` has all.
const SHOWN: usize = 8;

/// Lines for what there is at least one of.
pub(super) fn where_any(counts: &[(u64, [&str; 2])]) -> Vec<String> {
    let there = counts.iter().filter(|(number, _)| *number > 0);
    there
        .map(|(number, words)| number_of(*number, *words))
        .collect()
}

/// The first names of a list, and how many more there are.
pub(super) fn first_of(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).map(String::as_str);
    let shown: Vec<&str> = shown.collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
