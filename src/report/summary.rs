//! What a leader reads in a minute: which alternative, what it gains, how sure that is.

use crate::basis::Basis;
use crate::evaluation::best::LEAST;
use crate::evaluation::comparison::{Comparison, Evaluated};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::model::{Column, Quantity};
use crate::report::outlook;
use crate::report::publication::Publication;
use crate::report::words::{
    alternative_name, by_lost, engines_added, indifference_words, minutes, standard_words, wan_yuan,
};
use crate::report::worklist::Worklist;
use crate::text;

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
        if comparison.alternatives.len() == 1 {
            return Self {
                headline: text!(language, "summary-nothing-compared"),
                points: modelled(comparison, language).into_iter().collect(),
            };
        }
        if best.is_baseline {
            return Self {
                headline: text!(language, "summary-none-better"),
                points: vec![sureness(comparison, language)],
            };
        }
        let headline = text!(
            language,
            "summary-headline",
            best = alternative_name(best, language),
            engines = engines_added(best),
        );
        let mut points = vec![gain(comparison, language)];
        points.extend(towns(comparison, language));
        points.extend(reached(publication));
        points.extend(by_lost(comparison, language));
        points.push(sureness(comparison, language));
        points.extend(cost(best, language));
        points.extend(outlook::sentences(comparison, language));
        points.extend(modelled(comparison, language));
        Self { headline, points }
    }
}

/// What it costs, where there are prices.
fn cost(best: &Evaluated, language: Language) -> Option<String> {
    let summary = best.cost.as_ref()?;
    let cost = &summary.cost;
    let [investment, running, all_in] =
        [cost.investment_yuan, cost.yearly_yuan, cost.yuan_a_year].map(wan_yuan);
    Some(match summary.yuan_a_year_per_minute {
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
    })
}

fn gain(comparison: &Comparison, language: Language) -> String {
    let (best, today) = (comparison.best(), comparison.baseline());
    let mean = |of: &Evaluated| minutes(of.county.mean_response_seconds);
    let p90 = |of: &Evaluated| minutes(of.county.p90_response_seconds);
    // A fall is read without its sign; the ends of its interval change places.
    let fall = best.difference_from_baseline.mean_response_seconds;
    let fall = fall.map(|Estimate { value, low, high }| Estimate {
        value: -value,
        low: high.map(|high| -high),
        high: low.map(|low| -low),
    });
    let column = Column::new("fall", Quantity::Minutes);
    text!(
        language,
        "summary-gain",
        mean_before = mean(today),
        mean_after = mean(best),
        fall = column.words_with_interval(&fall.into(), language),
        p90_before = p90(today),
        p90_after = p90(best),
    )
}

/// The town that gains most.
fn towns(comparison: &Comparison, language: Language) -> Option<String> {
    let (best, today) = (comparison.best(), comparison.baseline());
    let towns = today.towns.iter().zip(&best.towns);
    let change = towns.filter_map(|(before, after)| {
        let [before_mean, after_mean] =
            [before, after].map(|town| town.figures.mean_response_seconds);
        Some((&before.name, before_mean?, after_mean?))
    });
    let gain = |(_, before, after): &(_, Estimate, Estimate)| before.value - after.value;
    let (name, before, after) = change.max_by(|a, b| gain(a).total_cmp(&gain(b)))?;
    Some(text!(
        language,
        "summary-town",
        town = name.in_language(language),
        before = minutes(Some(before)),
        after = minutes(Some(after)),
    ))
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
    fn names<'c>(of: impl Iterator<Item = &'c Evaluated>, language: Language) -> Option<String> {
        let names: Vec<String> = of.map(|of| alternative_name(of, language)).collect();
        (!names.is_empty()).then(|| names.join(&text!(language, "between-sentences")))
    }
    let indifference = indifference_words(comparison, language);
    let ties = names(comparison.ties(), language).map(|ties| {
        let indifference = &*indifference;
        text!(
            language,
            "summary-others-tie",
            ties = ties,
            indifference = indifference
        )
    });
    let alike = names(comparison.not_told_apart(), language)
        .map(|alike| text!(language, "summary-others-alike", alike = alike));
    let others = match (ties, alike) {
        (None, None) => text!(language, "summary-others-distinguished"),
        (Some(ties), Some(alike)) => {
            text!(language, "summary-others-both", ties = ties, alike = alike)
        }
        (ties, alike) => ties.or(alike).unwrap_or_default(),
    };
    match comparison.best().probability_best {
        Some(sure) => text!(
            language,
            "summary-sure",
            sure = Column::new("sure", Quantity::Probability).figure(sure),
            indifference = indifference,
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
