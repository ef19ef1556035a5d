//! What further brigades cost and bring, in which order and by which year to build, for people.

use super::tables;
use crate::decimals::fixed;
use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{BuildingOrder, Optimization, Prospect, Prospects};
use crate::report::cost_words::cost_range_words;
use crate::report::formats::terminal::table;
use crate::report::words::{minutes_to_hundredths, seconds_words};
use crate::text;

/// All of it, its lines not folded yet.
pub(super) fn text(prospects: &Prospects, of: &Optimization, language: Language) -> String {
    let standard = of.standard.name.in_language(language);
    let mut lines = vec![
        text!(language, "frontier-title", standard = standard),
        table(&tables::frontier_side_by_side(prospects, language)),
    ];
    let all = (prospects.steps.iter()).flat_map(|step| [&step.by_mean, &step.by_coverage]);
    let unproven: Vec<&Prospect> = all.filter(|prospect| !prospect.proven).collect();
    lines.push(match unproven.is_empty() {
        true => text!(language, "frontier-all-proven"),
        false => unproven_words(Key("frontier-some-unproven"), &unproven, language),
    });
    let has_costs = prospects.cost_of_each.is_some();
    if has_costs {
        lines.push(text!(language, "frontier-prices"));
        let each = prospects.cost_of_each.as_ref();
        lines.extend(each.and_then(|cost| cost_range_words(cost, language)));
    }
    if let Some(fastest) = prospects.sequences.first() {
        let sequences = tables::sequences(prospects, of.indifference_seconds, language);
        let sequences = table(&sequences);
        let has_ties = sequences.contains(tables::TIE);
        lines.extend([String::new(), text!(language, "sequence-title"), sequences]);
        if has_ties {
            let limit = seconds_words(of.indifference_seconds, language);
            lines.push(text!(language, "sequence-ties", indifference = limit));
        }
        let requested = prospects.requested.as_ref();
        lines.extend(requested.map(|requested| at_once(requested, fastest, language)));
    }
    if !prospects.phases.is_empty() {
        let mut columns = vec!["by_end_of", "new_towns"];
        if has_costs {
            columns.extend(["investment_yuan", "yearly_yuan", "present_value_yuan"]);
        }
        columns.extend(["mean_response", "share_within"]);
        lines.extend([
            String::new(),
            text!(language, "phases-title", standard = standard),
            table(&tables::phases(prospects, language).select(&columns)),
        ]);
        lines.extend(short_phases(prospects, of, language));
        let phases = prospects.phases.iter().map(|phase| &phase.then);
        let unproven: Vec<&Prospect> = phases.filter(|then| !then.proven).collect();
        if !unproven.is_empty() {
            let words = unproven_words(Key("phases-unproven"), &unproven, language);
            lines.push(words);
        }
        if has_costs {
            lines.push(text!(language, "phases-note"));
        }
    }
    lines.join("\n") + "\n"
}

/// Why some choices are not proven, and how far from the best they may be.
fn unproven_words(key: Key, unproven: &[&Prospect], language: Language) -> String {
    let gaps = unproven
        .iter()
        .map(|prospect| prospect.gap.unwrap_or(f64::INFINITY));
    let gap = gaps.fold(0.0, f64::max);
    let within = match gap.is_finite() {
        true => text!(language, "frontier-within-gap", gap = fixed(100.0 * gap, 2)),
        false => String::new(),
    };
    text!(language, key, within = within)
}

/// Phases for which too few junctions are left.
fn short_phases(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> impl Iterator<Item = String> {
    let phases = prospects.phases.iter().zip(&of.request.phases);
    phases
        .map(|(phase, requested)| (phase, phase.new_sites.len(), requested.brigades))
        .filter(|(_, built, wanted)| built < wanted)
        .map(move |(phase, built, wanted)| {
            text!(
                language,
                "phases-fewer",
                year = phase.by_end_of.to_string(),
                built = built,
                wanted = wanted
            )
        })
}

/// How much is lost by building in an order, against choosing all sites at once.
fn at_once(requested: &Prospect, fastest: &BuildingOrder, language: Language) -> String {
    // The last step is one more brigade than was asked for.
    let in_order = &fastest.steps[fastest.steps.len() - 2];
    let lost = in_order.mean_response_seconds - requested.mean_response_seconds;
    text!(
        language,
        "sequence-at-once",
        at_once = minutes_to_hundredths(requested.mean_response_seconds),
        lost = fixed(lost, 1)
    )
}
