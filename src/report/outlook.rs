//! Sentences for the summary on what lies around the answer: which to build first, whether the choice
//! holds when assumptions change, when there is water.

use crate::evaluation::comparison::{Comparison, FirstWater};
use crate::evaluation::phases::Partial;
use crate::language::Language;
use crate::messages::Key;
use crate::report::words::{at_most, indifference_words, minutes};
use crate::text;

/// The sentences that the answer has figures for.
pub(super) fn sentences(comparison: &Comparison, language: Language) -> Vec<String> {
    [
        two_baselines(comparison, language),
        order(comparison, language),
        holds(comparison, language),
        water(comparison, language),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The same means as they are expected, and why they differ from those that are simulated: maps,
/// orders of building and sensitivity are of the expected ones.
fn two_baselines(comparison: &Comparison, language: Language) -> Option<String> {
    let [before, after] = [comparison.baseline(), comparison.best()]
        .map(|evaluated| evaluated.expected.mean_response_seconds.map(minutes));
    let after = after?;
    Some(match before {
        Some(before) => text!(language, "outlook-expected", before = before, after = after),
        None => text!(language, "outlook-expected-first", after = after),
    })
}

/// Which site to build first, where there are several.
fn order(comparison: &Comparison, language: Language) -> Option<String> {
    let orders = &comparison.phases.as_ref()?.orders;
    let (first, last) = (orders.first()?, orders.last()?);
    if orders.len() < 2 {
        return None;
    }
    let name = |id: &str| {
        let site = comparison.best().sites.iter().find(|site| site.id == id);
        site.map_or(id, |site| site.name.in_language(language))
            .to_owned()
    };
    let step = |order: &[Partial]| {
        let step = order.get(1)?;
        Some((name(step.sites.first()?), step.mean_response_seconds?))
    };
    let ((early, seconds), (late, instead)) = (step(first)?, step(last)?);
    let key = match instead - seconds <= comparison.indifference.seconds {
        true => Key("outlook-order-alike"),
        false => Key("outlook-order"),
    };
    Some(text!(
        language,
        key,
        early = early,
        minutes = minutes(seconds),
        late = late,
        instead = minutes(instead),
    ))
}

/// Whether another alternative would be best under other assumptions.
fn holds(comparison: &Comparison, language: Language) -> Option<String> {
    let study = comparison.sensitivity.as_ref()?;
    let all = study.changes().count();
    let (count, behind) = study.overturned();
    let indifference = indifference_words(comparison, language);
    if count == 0 {
        return Some(text!(
            language,
            "outlook-holds",
            all = all,
            indifference = indifference
        ));
    }
    let (key, behind) = if comparison.ranked_by == "mean" {
        (Key("outlook-overturned-seconds"), at_most(behind, 0))
    } else {
        (Key("outlook-overturned-points"), at_most(behind * 100.0, 1))
    };
    Some(text!(
        language,
        key,
        all = all,
        count = count,
        behind = behind,
        indifference = indifference,
    ))
}

/// When there is water on fires.
fn water(comparison: &Comparison, language: Language) -> Option<String> {
    let [before, after] = [comparison.baseline(), comparison.best()]
        .map(|evaluated| evaluated.county.first_water.as_ref());
    let mean = |water: &FirstWater| Some(minutes(water.mean_seconds?.value));
    let after = after?;
    let share = after.at_hydrant?.value * 100.0;
    Some(text!(
        language,
        "outlook-water",
        before = mean(before?)?,
        after = mean(after)?,
        share = format!("{share:.0}"),
        dry = minutes(after.mean_without_hydrants_seconds?.value),
    ))
}
