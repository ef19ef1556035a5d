//! The ranking of an answer read back: ranks, how sure the choice is, and the alternatives in brief.

use crate::evaluation::best::LEAST;
use crate::evaluation::brief::Brief;
use crate::evaluation::comparison::{Comparison, Evaluated};
use crate::evaluation::damage::{Damage, LONGEST_SECONDS, as_written};
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::simulation::model::{Chance, Model};

/// From 1 on in both lists, the best in detail and the others in brief; the baseline is in detail wherever it ranks.
pub(super) fn ranks(damage: &mut Damage, comparison: &Comparison) {
    let (all, in_brief) = (&comparison.alternatives, &comparison.in_brief);
    let late = all
        .last()
        .filter(|last| last.is_baseline && last.rank > all.len());
    let late = late.map_or(usize::MAX, |last| last.rank.min(comparison.compared()));
    let mut ranks = (1..).filter(|rank| *rank != late);
    damage.each("alternatives", all, |damage, found| {
        let is_late = found.is_baseline && late != usize::MAX;
        let next = if is_late { Some(late) } else { ranks.next() };
        damage.same("rank", found.rank, next.unwrap_or(late));
    });
    damage.each("in_brief", in_brief, |damage, found| {
        damage.same("rank", found.rank, ranks.next().unwrap_or(late));
    });
}

/// In each draw at least one is the best; from too few replications nothing is said of any.
pub(super) fn probabilities(damage: &mut Damage, comparison: &Comparison, scenario: &Scenario) {
    let in_detail = comparison.alternatives.iter();
    let in_detail = in_detail.map(|of| (of.replications, of.probability_best));
    let in_brief = comparison.in_brief.iter();
    let in_brief = in_brief.map(|of| (of.replications, of.probability_best));
    let all: Vec<(u32, Option<f64>)> = in_detail.chain(in_brief).collect();
    let key = "alternatives[…].probability_best";
    let fewest = all.iter().map(|of| of.0).min().unwrap_or(0);
    let counted = comparison.scenario.batches.unwrap_or(fewest) as usize;
    let said = all.iter().filter_map(|of| of.1);
    if counted < LEAST && Model::of(scenario).chance() != Chance::Nothing {
        let wanted = format_args!("null in all, as there are fewer than {LEAST} replications");
        damage.expect(said.count() == 0, key, "a figure", wanted);
        return;
    }
    if said.clone().count() == 0 {
        // Too little is known of a difference.
        return;
    }
    let is_said = said.clone().count() == all.len();
    damage.expect(is_said, key, "null", "a figure in all or in none");
    let total: f64 = said.sum();
    let wanted = "together at least 1";
    damage.expect(
        total >= 1.0 - 1e-6,
        key,
        format_args!("together {total}"),
        wanted,
    );
}

/// What is said of an alternative in brief.
pub(super) fn brief(
    damage: &mut Damage,
    found: &Brief,
    comparison: &Comparison,
    scenario: &Scenario,
) {
    damage.number(
        "probability_best",
        found.probability_best.unwrap_or(0.0),
        0.0..=1.0,
    );
    replications(damage, found.replications, comparison);
    let standards = &scenario.rules.standards;
    let most = match standards.iter().any(|of| of.id == comparison.ranked_by) {
        true => 1.0,
        false => LONGEST_SECONDS,
    };
    let loses = |of: &Evaluated| of.county.lost.is_some_and(|lost| lost.value > 0.0);
    let can_lose = scenario.rules.dispatch.when_none_is_ready == Overload::Loss
        || comparison.alternatives.iter().any(loses);
    let most_lost = f64::from(u8::from(can_lose));
    let figures = [
        ("figure", &found.figure, 0.0..=most),
        ("lost", &found.lost, 0.0..=most_lost),
        (
            "difference_from_baseline",
            &found.difference_from_baseline,
            -most..=most,
        ),
        (
            "difference_from_best",
            &found.difference_from_best,
            -most..=most,
        ),
    ];
    // Without calls, where all are lost, and where none had all its engines there is no figure.
    let has_figure = |of: &Evaluated| of.county.named(&comparison.ranked_by).is_some();
    let answers_none = found.lost.is_some_and(|lost| lost.value >= 1.0);
    let best_has = has_figure(comparison.best());
    let may_be_missing = [
        answers_none || !best_has || comparison.ranked_by.starts_with("full-"),
        true,
        found.figure.is_none() || !has_figure(comparison.baseline()),
        found.figure.is_none() || !best_has,
    ];
    for ((key, figure, range), may_be_missing) in figures.into_iter().zip(may_be_missing) {
        match figure {
            Some(figure) => damage.estimate(key, figure, range),
            None if may_be_missing => {}
            None => damage.note(key, "it is missing; it should be a figure"),
        }
    }
    let difference = found.difference_from_best;
    let matters = difference.is_some_and(|of| of.value.abs() > comparison.indifference.figure);
    marks(
        damage,
        [found.ties_with_best, matters],
        found.told_apart_from_best,
        // How many more it loses is not said in brief.
        difference.is_some_and(|of| of.low.is_some()) && !comparison.loses_calls(),
    );
    let has_prices = scenario.rules.prices.is_some();
    let wanted = "there where the scenario has prices, and nowhere else";
    damage.expect(found.cost.is_some() == has_prices, "cost", "not so", wanted);
    if let Some(cost) = &found.cost {
        damage.inside("cost", |damage| damage.cost(cost));
    }
}

/// What is said of an alternative beside the best is in keeping with how far it is behind: with whether its difference
/// matters, and `is_known` with an interval.
pub(super) fn marks(
    damage: &mut Damage,
    [ties_with_best, matters]: [bool; 2],
    told_apart: Option<bool>,
    is_known: bool,
) {
    damage.expect(
        !ties_with_best || told_apart == Some(false),
        "told_apart_from_best",
        as_written(&told_apart),
        "false: it ties with the best",
    );
    damage.expect(
        told_apart.is_some() || !is_known,
        "told_apart_from_best",
        "null",
        "true or false: the difference from the best has an interval",
    );
    damage.expect(
        !ties_with_best || !matters,
        "ties_with_best",
        "true",
        "false: the difference from the best matters",
    );
}

/// No alternative had more replications than the one that had most.
pub(super) fn replications(damage: &mut Damage, found: u32, comparison: &Comparison) {
    let most = comparison.scenario.replications;
    damage.expect(
        (1..=most).contains(&found),
        "replications",
        found,
        format_args!("from 1 to {most}, those of `scenario`"),
    );
}
