//! What is written under every chart: what was modelled or assumed, and the sources.

use crate::basis::Basis;
use crate::language::Language;
use crate::report::basis_words::input_name;
use crate::report::words::{basis_words, sources};
use crate::scenario::inputs::BasisNote;
use crate::text;

/// The footnotes that name what was modelled or assumed, and the sources.
pub(super) fn data_footnotes(
    data_basis: &[BasisNote],
    attribution: &[String],
    language: Language,
) -> Vec<String> {
    let mut footnotes = vec![basis_footnote(data_basis, language)];
    if !attribution.is_empty() {
        footnotes.push(sources(attribution, language));
    }
    footnotes
}

/// Names what was modelled and what was assumed.
fn basis_footnote(data_basis: &[BasisNote], language: Language) -> String {
    let items = |basis: Basis| {
        let mut names: Vec<String> = Vec::new();
        for note in data_basis {
            // The figures are in the tables.
            let name = input_name(&note.input, language);
            if note.basis == basis && !names.contains(&name) {
                names.push(name);
            }
        }
        crate::messages::list(language, &names)
    };
    let parts: Vec<String> = [Basis::Modelled, Basis::Assumed, Basis::Estimated]
        .into_iter()
        .map(|basis| (basis, items(basis)))
        .filter(|(_, items)| !items.is_empty())
        .map(|(basis, items)| {
            let basis = basis_words(basis, language);
            text!(language, "chart-basis-items", basis = basis, items = items)
        })
        .collect();
    if parts.is_empty() {
        return text!(language, "chart-basis-observed");
    }
    let parts = parts.join(&text!(language, "between-sentences"));
    text!(language, "chart-basis", parts = parts)
}
