//! What a planner should look at, in words.

use crate::language::Language;
use crate::scenario::warnings::Warning;
use crate::text;

/// A warning as a sentence.
pub(crate) fn warning_words(warning: &Warning, language: Language) -> String {
    match warning {
        Warning::DemandOutside {
            outside,
            all,
            first,
        } => text!(
            language,
            "warning-demand-outside",
            outside = *outside,
            all = *all,
            first = first.as_str()
        ),
        Warning::StationOutside { id, name } => text!(
            language,
            "warning-station-outside",
            id = id.as_str(),
            name = name.in_language(language)
        ),
        Warning::TooNear {
            id,
            name,
            distance,
            of,
            of_id,
            source,
            asked,
        } => text!(
            language,
            "warning-too-near",
            id = id.as_str(),
            name = name.in_language(language),
            distance = format!("{:.0}", distance.0),
            of = of.as_str(),
            of_id = of_id.as_str(),
            source = source.as_str(),
            asked = format!("{:.0}", asked.0)
        ),
        Warning::SentOnUnrestocked => text!(language, "warning-sent-on-unrestocked"),
        Warning::NotKept(error) => error.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Name;
    use crate::units::Metres;

    #[test]
    fn a_warning_names_a_site_as_its_reader_does() {
        let warning = Warning::TooNear {
            id: "e".to_owned(),
            name: Name {
                local: "东".to_owned(),
                english: "East".to_owned(),
            },
            distance: Metres(12.4),
            of: "Plant".to_owned(),
            of_id: "p1".to_owned(),
            source: "second".to_owned(),
            asked: Metres(300.0),
        };
        assert_eq!(
            warning_words(&warning, Language::English),
            "`e` (East) is 12 m from Plant (`p1`); second asks for 300 m"
        );
        assert_eq!(
            warning_words(&warning, Language::Chinese),
            "`e`（东）距Plant（`p1`）12 米；second要求不小于 300 米"
        );
    }
}
