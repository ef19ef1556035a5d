//! The ranked table in the terminal, with what it costs and how sure it is.

use crate::decimals::fixed;
use crate::evaluation::best::LEAST;
use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::standing::BesideBest;
use crate::language::Language;
use crate::messages::Key;
use crate::report::cost_words::cost_range_words;
use crate::report::counted_words::counted_words;
use crate::report::formats::terminal::{self, folded, table};
use crate::report::model::{Column, Quantity};
use crate::report::tables::{self, Row, ranked};
use crate::report::words::{
    alternative_name, better_words, by_lost, capitalised, file_of_all, indifference_words,
    lost_percent, minutes, number, ranked_figure_words, ranked_words, ranking_standard, runs_words,
    short_handed_words, tie_words, today_is_as_good,
};
use crate::text;

/// The columns of the ranking behind the first ones; before them stands who is aided, where there is room.
const BEHIND_AIDED: [&str; 3] = ["mean_full_assignment", "behind", "probability_best"];
/// More alternatives than this are left to the files; the baseline is always shown.
const MAX_ROWS: usize = 60;
/// More standards than this are left to the files.
const MAX_STANDARDS: usize = 4;
/// So many alternatives are shown with their costs.
const MAX_COSTS: usize = 8;
/// So many standards beside costs.
const MAX_STANDARDS_OF_COSTS: usize = 3;

/// The ranking with what a reader needs to understand it.
pub fn text(comparison: &Comparison, language: Language) -> String {
    let rows: Vec<&Evaluated> = ranked(comparison, MAX_ROWS).collect();
    let mut alternatives = tables::alternatives(
        comparison,
        rows.iter().map(|of| Row::of(of, comparison, language)),
        first(&comparison.standards, MAX_STANDARDS),
        language,
    )
    // Alternatives lie within seconds of each other.
    .with_places("mean_response", 2);
    let behind = Column::new("behind", Quantity::Number).short(text!(
        language,
        match ranking_standard(comparison) {
            Some(_) => Key("column-behind-points-short"),
            None => Key("column-behind-seconds-short"),
        }
    ));
    alternatives.add(
        behind,
        rows.iter()
            .map(|row| behind_best(comparison, row, language)),
    );
    let shown = |ids: &[&'static str]| alternatives.select(&tables::seen(comparison, ids));
    let with_aided = shown(&[&tables::RANKED[..], &["aided"], &BEHIND_AIDED].concat());
    let mut text = table(&match terminal::fits(&with_aided) {
        true => with_aided,
        false => shown(&[&tables::RANKED[..], &BEHIND_AIDED].concat()),
    });
    let hidden = comparison.compared() - rows.len();
    for line in legend(comparison, hidden, language) {
        text.push('\n');
        text += &line;
    }
    text.push('\n');
    if comparison.best().cost.is_some() {
        text.push('\n');
        text += &costs(comparison, language);
    }
    folded(&text)
}

fn first(standards: &[StandardSummary], most: usize) -> &[StandardSummary] {
    &standards[..standards.len().min(most)]
}

/// What the best alternatives cost and what is got for it.
fn costs(comparison: &Comparison, language: Language) -> String {
    let choices = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    let first_cost = choices.clone().find_map(|of| of.cost.as_ref());
    let range = first_cost.and_then(|of| cost_range_words(&of.cost, language));
    let standards = first(&comparison.standards, MAX_STANDARDS_OF_COSTS);
    let choices = choices
        .take(MAX_COSTS)
        .map(|of| Row::of(of, comparison, language));
    let costs = tables::costs(comparison, choices, standards, language);
    let mut hidden = vec!["present_value_yuan", "residents_newly_covered"];
    if range.is_some() {
        hidden.extend(["yuan_a_year_low", "yuan_a_year_high"]);
    }
    let remark = text!(language, "ranking-costs-remark");
    let lines = [table(&costs.without(&hidden)), remark]
        .into_iter()
        .chain(range);
    lines.map(|line| line + "\n").collect()
}

/// How far an alternative is behind the best in what it is ranked by: `12.3 ±0.4`, in seconds or
/// percentage points.
fn behind_best(comparison: &Comparison, evaluated: &Evaluated, language: Language) -> String {
    if evaluated.rank == 1 {
        return "–".to_owned();
    }
    let factor = points_or_seconds(comparison);
    let difference = evaluated.difference_from_best.named(&comparison.ranked_by);
    difference.map_or_else(
        || "–".to_owned(),
        |difference| {
            let value = difference.value * factor;
            // Tenths of a second matter only where alternatives are close.
            let places = usize::from(difference.high.is_none() || value.abs() < 100.0);
            let figure = fixed(value, places);
            let Some(half) = difference.half_width() else {
                return text!(language, "figure-too-few", figure = figure);
            };
            format!("{figure} ±{}", fixed(half * factor, 1))
        },
    )
}

/// Ranked by a share, differences are read in percentage points, otherwise in seconds.
fn points_or_seconds(comparison: &Comparison) -> f64 {
    match ranking_standard(comparison) {
        Some(_) => 100.0,
        None => 1.0,
    }
}

fn legend(comparison: &Comparison, hidden: usize, language: Language) -> Vec<String> {
    let (best, baseline) = (comparison.best(), comparison.baseline());
    let ranked = ranked_words(comparison, language);
    let mut legend = vec![text!(language, "ranking-legend", ranked = ranked)];
    legend.extend(counted_words(&comparison.not_in_standards, language));
    legend.extend(by_lost(comparison, language));
    let ties = comparison.count(BesideBest::AsGood);
    if ties > 0 {
        legend.push(text!(
            language,
            "ranking-ties",
            count = ties,
            tie = tie_words(comparison, language)
        ));
    }
    let alike = comparison.count(BesideBest::NotToldApart);
    if alike > 0 {
        legend.push(text!(language, "ranking-alike", count = alike));
    }
    let unknown = comparison.count(BesideBest::Unknown);
    if unknown > 0 {
        legend.push(text!(language, "ranking-too-few", count = unknown));
    }
    if hidden > 0 {
        let file = file_of_all(comparison);
        legend.push(text!(
            language,
            "ranking-hidden",
            count = hidden,
            file = file
        ));
    }
    legend.extend(ranked_figure_words(comparison, language));
    if !best.is_baseline {
        let mean = |evaluated: &Evaluated| minutes(evaluated.county.mean_response_seconds);
        let name = alternative_name(best, language);
        legend.push(match comparison.loses_calls() {
            false => text!(
                language,
                "ranking-best",
                best = name,
                mean = mean(best),
                today = mean(baseline),
            ),
            true => text!(
                language,
                "ranking-best-of-answered",
                best = name,
                mean = mean(best),
                lost = lost_percent(&best.county),
                today = mean(baseline),
                lost_today = lost_percent(&baseline.county),
            ),
        });
    }
    legend.extend(short_handed_words(comparison, language));
    legend.extend(today_is_as_good(comparison, language));
    legend.extend(chosen(comparison, language));
    let scenario = &comparison.scenario;
    legend.push(text!(
        language,
        "ranking-run",
        runs = capitalised(&runs_words(scenario, language)),
        seed = scenario.seed.to_string(),
    ));
    legend
}

/// How sure the choice is, and which comes next to the best and those as good.
fn chosen(comparison: &Comparison, language: Language) -> Vec<String> {
    let [best, others @ ..] = &comparison.alternatives[..] else {
        return Vec::new();
    };
    if others.is_empty() {
        return Vec::new();
    }
    let sure = match best.probability_best {
        Some(sure) => text!(
            language,
            "ranking-sure",
            sure = Column::new("sure", Quantity::Probability).figure(sure),
            better = better_words(comparison, language),
        ),
        None => text!(language, "ranking-unsure", least = LEAST),
    };
    let mut sentences = vec![sure];
    // Where the next is one in brief, more cannot be said of it than its row says.
    let in_brief = comparison.in_brief.iter();
    let mut in_brief = in_brief.filter(|other| !other.ties_with_best);
    let first_in_brief = in_brief.next().map_or(usize::MAX, |other| other.rank);
    let next = others.iter().find(|other| !other.ties_with_best);
    let next = next.filter(|other| other.rank < first_in_brief);
    sentences.extend(next.and_then(|next| behind(comparison, next, language)));
    let Some(choice) = comparison.choice else {
        return sentences;
    };
    let replications = || {
        let in_brief = comparison.in_brief.iter().map(|of| of.replications);
        let in_detail = comparison.alternatives.iter().map(|of| of.replications);
        in_detail.chain(in_brief)
    };
    let [least, most] = [replications().min(), replications().max()].map(Option::unwrap_or_default);
    // As it was asked for: rounded up, 0.9999 would be certain.
    let confidence = number((choice.confidence * 1e8).round() / 1e6);
    sentences.push(match choice.reached {
        true => text!(
            language,
            "ranking-chosen",
            confidence = confidence,
            indifference = indifference_words(comparison, language),
            spent = replications().sum::<u32>(),
            most = most,
        ),
        false => text!(
            language,
            "ranking-not-chosen",
            confidence = confidence,
            most = most,
        ),
    });
    if least < most {
        sentences.push(text!(language, "ranking-left", least = least));
    }
    sentences
}

/// How far an alternative is behind the best, in lost calls where that decides.
fn behind(comparison: &Comparison, next: &Evaluated, language: Language) -> Option<String> {
    let which = match comparison.count(BesideBest::AsGood) {
        0 => text!(language, "ranking-next"),
        _ => text!(language, "ranking-next-besides-ties"),
    };
    let lost = next
        .difference_from_best
        .lost
        .map_or(0.0, |lost| lost.value);
    if lost > comparison.indifference.lost {
        let value = fixed(lost * 100.0, 1);
        let next = alternative_name(next, language);
        return Some(text!(
            language,
            "ranking-next-lost",
            which = which,
            next = next,
            value = value
        ));
    }
    let by_share = ranking_standard(comparison).is_some();
    let factor = points_or_seconds(comparison);
    let Estimate { value, low, high } = *next.difference_from_best.named(&comparison.ranked_by)?;
    // Where more is better, what lies behind is negative.
    let (value, most) = match by_share {
        true => (-value, low.map(|low| -low)),
        false => (value, high),
    };
    let [value, most] = [Some(value), most].map(|of| of.map(|of| fixed(of * factor, 1)));
    let limit = most.map(|most| text!(language, "ranking-limit", most = most));
    let key = match by_share {
        true => Key("ranking-next-points"),
        false => Key("ranking-next-seconds"),
    };
    Some(text!(
        language,
        key,
        which = which,
        next = alternative_name(next, language),
        value = value?,
        limit = limit.unwrap_or_default(),
    ))
}
