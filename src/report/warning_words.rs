//! What a planner should look at, in words.

use crate::county::incident_list::OutOfOrder;
use crate::language::Language;
use crate::report::doubt_words::doubt_words;
use crate::roads::gmns::NetworkNote;
use crate::scenario::warnings::Warning;
use crate::table::UnusedColumns;
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
        Warning::NeverComplete {
            id,
            name,
            needs,
            alternatives,
            all,
            first,
            has,
        } => text!(
            language,
            "warning-never-complete",
            id = id.as_str(),
            name = name.in_language(language),
            needs = needs.as_str(),
            alternatives = *alternatives,
            all = *all,
            first = first.as_str(),
            has = has.as_str()
        ),
        Warning::NoStationToday => text!(language, "warning-no-station-today"),
        Warning::NotRead { file, meant } => text!(
            language,
            "warning-not-read",
            file = file.as_str(),
            meant = meant.as_str()
        ),
        Warning::NeverChosen {
            group,
            candidates,
            meant,
        } => {
            let idle = text!(
                language,
                "warning-never-chosen",
                group = group.as_str(),
                candidates = *candidates
            );
            match meant {
                Some(meant) => {
                    idle + &text!(language, "warning-group-meant", group = meant.as_str())
                }
                None => idle,
            }
        }
        Warning::SentOnUnrestocked => text!(language, "warning-sent-on-unrestocked"),
        Warning::ListAtMidnight {
            file,
            midnight,
            calls,
        } => text!(
            language,
            "warning-list-at-midnight",
            file = file.as_str(),
            midnight = *midnight,
            calls = *calls
        ),
        Warning::Network(note) => network_words(note, language),
        Warning::Doubt(doubt) => doubt_words(doubt, language),
        Warning::ListSorted(OutOfOrder { file, line, rows }) => text!(
            language,
            "warning-list-sorted",
            file = file.as_str(),
            line = line.to_string(),
            rows = *rows
        ),
        Warning::NotKept(error) => error.clone(),
    }
}

/// What a network leaves open, as a sentence.
pub(crate) fn network_words(note: &NetworkNote, language: Language) -> String {
    match note {
        NetworkNote::ColumnsUnused(UnusedColumns { file, columns }) => text!(
            language,
            "warning-columns-unused",
            file = file.as_str(),
            number = columns.len(),
            columns = columns.join(", ")
        ),
        NetworkNote::ClassByDefault(words) => text!(
            language,
            "warning-network-class",
            links = links(words),
            words = listed(words, language)
        ),
        NetworkNote::NotDriven(words) => text!(
            language,
            "warning-network-not-driven",
            links = links(words),
            words = listed(words, language)
        ),
        NetworkNote::ControlsUnknown(words) => text!(
            language,
            "warning-network-control",
            nodes = links(words),
            words = listed(words, language)
        ),
        NetworkNote::LengthsMeasured(count) => {
            text!(language, "warning-network-length", links = *count)
        }
        NetworkNote::DrawnBackwards(count) => {
            text!(language, "warning-network-backwards", links = *count)
        }
        NetworkNote::OneWayByDefault(count) => {
            text!(language, "warning-network-one-way", links = *count)
        }
        NetworkNote::RestrictionsLeftOut(count) => {
            text!(
                language,
                "warning-network-restrictions",
                restrictions = *count
            )
        }
    }
}

/// How often they stand together.
fn links(words: &[(String, u64)]) -> u64 {
    words.iter().map(|(_, count)| count).sum()
}

/// So many words are named.
const NAMED: usize = 12;

/// The most frequent words with their counts.
fn listed(words: &[(String, u64)], language: Language) -> String {
    let named = words.iter().take(NAMED).map(|(word, count)| {
        let word = if word.is_empty() {
            text!(language, "warning-network-no-word")
        } else {
            format!("`{word}`")
        };
        text!(
            language,
            "warning-network-word",
            word = word,
            count = *count
        )
    });
    let mut named: Vec<String> = named.collect();
    if words.len() > NAMED {
        named.push("…".to_owned());
    }
    crate::messages::list(language, &named)
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
