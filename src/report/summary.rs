//! What a leader reads in a minute: which alternative, what it gains, how sure that is.

use crate::basis::Basis;
use crate::evaluation::best::LEAST;
use crate::evaluation::comparison::{Comparison, Evaluated, Figures, TownFigures};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::standing::BesideBest;
use crate::language::Language;
use crate::report::cost_words::cost_range_words;
use crate::report::counted_words::of_calls;
use crate::report::model::{Column, Quantity};
use crate::report::outlook;
use crate::report::publication::Publication;
use crate::report::words::{
    alternative_name, better_words, by_lost, engines_added, lost_percent, minutes,
    ranked_figure_words, short_handed_words, standard_words, tie_words, today_is_as_good, wan_yuan,
};
use crate::report::worklist::Worklist;
use crate::text;

/// More alternatives than this are not named in one sentence.
const MAX_NAMED: usize = 12;

/// The summary in words. Every figure comes from the answer or, for demand points, from the scenario.
#[derive(Clone, Debug)]
pub(crate) struct Summary {
    /// The recommendation in one sentence.
    pub headline: String,
    /// What it gains, how sure it is, what it does not do.
    pub points: Vec<String>,
}

impl Summary {
    /// The summary of a comparison.
    pub(crate) fn of(publication: &Publication<'_>) -> Self {
        let comparison = publication.comparison;
        let language = publication.language;
        let best = comparison.best();
        if comparison.compared() == 1 {
            return Self {
                headline: text!(language, "summary-nothing-compared"),
                points: modelled(comparison, language).into_iter().collect(),
            };
        }
        if best.is_baseline {
            // Whoever answers no call has no figure, and of equals the existing stations come first.
            let headline = match best.county.mean_response_seconds {
                None => text!(language, "summary-nothing-answered"),
                Some(_) => text!(language, "summary-none-better"),
            };
            return Self {
                headline,
                points: (by_lost(comparison, language).into_iter())
                    .chain([sureness(comparison, language)])
                    .collect(),
            };
        }
        let (name, engines) = (alternative_name(best, language), engines_added(best));
        let headline = match today_is_as_good(comparison, language) {
            None => text!(language, "summary-headline", best = name, engines = engines),
            Some(but) => text!(
                language,
                "summary-headline-not-needed",
                but = but,
                best = name,
                engines = engines,
            ),
        };
        let mut points: Vec<String> = ranked_figure_words(comparison, language)
            .into_iter()
            .collect();
        points.push(gain(comparison, language));
        points.extend(towns(comparison, language));
        points.extend(reached(publication));
        points.extend(by_lost(comparison, language));
        points.extend(short_handed_words(comparison, language));
        points.push(sureness(comparison, language));
        points.extend(cost(comparison, language));
        points.extend(outlook::sentences(comparison, language));
        points.extend(modelled(comparison, language));
        Self { headline, points }
    }
}

/// What it costs, where there are prices.
fn cost(comparison: &Comparison, language: Language) -> Option<String> {
    let summary = comparison.best().cost.as_ref()?;
    let per_minute = summary.yuan_a_year_per_minute;
    let cost = &summary.cost;
    let [investment, running, all_in] =
        [cost.investment_yuan, cost.yearly_yuan, cost.yuan_a_year].map(wan_yuan);
    let words = match per_minute {
        None => text!(
            language,
            "summary-cost",
            investment = investment,
            running = running,
            all_in = all_in,
        ),
        Some(yuan) => text!(
            language,
            "summary-cost-per-minute",
            investment = investment,
            running = running,
            all_in = all_in,
            per_minute = wan_yuan(yuan),
        ),
    };
    Some(match cost_range_words(cost, language) {
        None => words,
        Some(range) => text!(language, "summary-others-both", some = words, more = range),
    })
}

fn gain(comparison: &Comparison, language: Language) -> String {
    let (best, today) = (comparison.best(), comparison.baseline());
    let mean = |of: &Evaluated| minutes(of.county.mean_response_seconds);
    let p90 = |of: &Evaluated| minutes(of.county.p90_response_seconds);
    let column = Column::new("difference", Quantity::Minutes);
    let words =
        |difference: Option<Estimate>| column.words_with_interval(&difference.into(), language);
    let difference = best.difference_from_baseline.mean_response_seconds;
    if comparison.loses_calls() {
        return text!(
            language,
            "summary-change-of-answered",
            lost_before = lost_percent(&today.county),
            lost_after = lost_percent(&best.county),
            mean_before = mean(today),
            mean_after = mean(best),
            difference = words(difference),
            p90_before = p90(today),
            p90_after = p90(best),
        );
    }
    // Ranked by another figure, the best may have a longer mean.
    if difference.is_some_and(|difference| difference.value >= 0.0) {
        return text!(
            language,
            "summary-change",
            mean_before = mean(today),
            mean_after = mean(best),
            difference = words(difference),
            p90_before = p90(today),
            p90_after = p90(best),
        );
    }
    // A fall is read without its sign; the ends of its interval change places.
    let fall = difference.map(|Estimate { value, low, high }| Estimate {
        value: -value,
        low: high.map(|high| -high),
        high: low.map(|low| -low),
    });
    text!(
        language,
        "summary-gain",
        mean_before = mean(today),
        mean_after = mean(best),
        fall = words(fall),
        p90_before = p90(today),
        p90_after = p90(best),
    )
}

/// The town that gains most: where calls are lost, the one that loses so many fewer for sure, from the nearer end of
/// the one interval to that of the other, by more than what does not matter; else the one whose mean falls most, of
/// those that do not lose more.
fn towns(comparison: &Comparison, language: Language) -> Option<String> {
    let (best, today) = (comparison.best(), comparison.baseline());
    let towns = || today.towns.iter().zip(&best.towns);
    let limit = comparison.indifference.lost;
    let most = |gain: &dyn Fn(&Figures, &Figures) -> Option<f64>, least: f64| {
        let gains = towns().filter_map(|(before, after)| {
            let gain = gain(&before.figures, &after.figures)?;
            (gain > least).then_some((gain, before, after))
        });
        gains.max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let mean = |town: &TownFigures| minutes(town.figures.mean_response_seconds);
    let fewer_lost =
        |before: &Figures, after: &Figures| Some(before.lost?.low? - after.lost?.high?);
    let shorter = |before: &Figures, after: &Figures| {
        let lost = [before, after].map(|of| of.lost.map_or(0.0, |lost| lost.value));
        let [was, is] = [before, after].map(|of| of.mean_response_seconds);
        (lost[1] - lost[0] <= limit).then_some(was?.value - is?.value)
    };
    let (_, before, after) = most(&fewer_lost, limit).or_else(|| most(&shorter, 0.0))?;
    let town = before.name.in_language(language);
    Some(match comparison.loses_calls() {
        false => text!(
            language,
            "summary-town",
            town = town,
            before = mean(before),
            after = mean(after),
        ),
        true => text!(
            language,
            "summary-town-lost",
            town = town,
            lost_before = lost_percent(&before.figures),
            lost_after = lost_percent(&after.figures),
            before = mean(before),
            after = mean(after),
        ),
    })
}

/// Who is within the standard before and after, and who is still not.
fn reached(publication: &Publication<'_>) -> Option<String> {
    let (comparison, language) = (publication.comparison, publication.language);
    let Worklist {
        standard,
        points,
        residents,
    } = publication.worklist.as_ref()?;
    let share = |evaluated: &Evaluated| {
        let share = evaluated.county.within.get(&standard.id)?.as_ref()?;
        Some(format!("{:.1}%", share.value * 100.0))
    };
    Some(text!(
        language,
        "summary-reached",
        calls = of_calls(&comparison.not_in_standards, language),
        standard = standard_words(standard, language),
        before = share(comparison.baseline())?,
        after = share(comparison.best())?,
        points = points.len(),
        // Chinese counts people in ten thousands.
        residents = match language {
            Language::Chinese => format!("{:.1}", residents / 10_000.0),
            Language::English => format!("{residents:.0}"),
        },
    ))
}

fn sureness(comparison: &Comparison, language: Language) -> String {
    let names = |beside_best: BesideBest| {
        let named = comparison.those(beside_best).take(MAX_NAMED);
        let names: Vec<String> = named.map(|of| alternative_name(of, language)).collect();
        let more = comparison.count(beside_best) - names.len();
        let words = names.join(&text!(language, "between-sentences"));
        match (names.is_empty(), more) {
            (true, 0) => None,
            (true, _) => Some(text!(language, "summary-only-more", more = more)),
            (false, 0) => Some(words),
            (false, _) => Some(text!(
                language,
                "summary-names-and-more",
                names = words,
                more = more
            )),
        }
    };
    let ties = names(BesideBest::AsGood).map(|ties| {
        let tie = tie_words(comparison, language);
        text!(language, "summary-others-tie", ties = ties, tie = tie)
    });
    let alike = names(BesideBest::NotToldApart)
        .map(|alike| text!(language, "summary-others-alike", alike = alike));
    let unknown = names(BesideBest::Unknown)
        .map(|unknown| text!(language, "summary-others-unknown", unknown = unknown));
    let others = [ties, alike, unknown].into_iter().flatten();
    let others = others
        .reduce(|some, more| text!(language, "summary-others-both", some = some, more = more))
        .unwrap_or_else(|| text!(language, "summary-others-distinguished"));
    match comparison.best().probability_best {
        Some(sure) => text!(
            language,
            "summary-sure",
            sure = Column::new("sure", Quantity::Probability).figure(sure),
            better = better_words(comparison, language),
            others = others,
        ),
        None => text!(language, "summary-unsure", least = LEAST, others = others),
    }
}

/// What the reader has to know before deciding on it.
fn modelled(comparison: &Comparison, language: Language) -> Option<String> {
    let mut notes = comparison.data_basis.iter();
    let rests = notes.any(|note| matches!(note.basis, Basis::Modelled | Basis::Assumed));
    rests.then(|| text!(language, "summary-modelled"))
}
