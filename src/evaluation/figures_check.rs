//! Figures of an answer read back: in their ranges, all there, and in keeping with each other.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::evaluation::cost::CostSummary;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS, MOST, as_written};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::figures::{CumulativeShares, DISTRIBUTION_STEP, Figures};
use crate::scenario::Scenario;

/// Holds the figures of an area, or differences of such, to their ranges and to each other: there are
/// no shares without incidents, and no times where all were lost.
pub(super) fn check_figures(
    damage: &mut Damage,
    figures: &Figures,
    scenario: &Scenario,
    is_difference: bool,
) {
    let range = |most: f64| match is_difference {
        true => -most..=most,
        false => 0.0..=most,
    };
    let (seconds, share) = (range(LONGEST_SECONDS), range(1.0));
    let times = [
        (
            "mean_response_seconds",
            &figures.mean_response_seconds,
            &seconds,
        ),
        (
            "median_response_seconds",
            &figures.median_response_seconds,
            &seconds,
        ),
        (
            "p90_response_seconds",
            &figures.p90_response_seconds,
            &seconds,
        ),
    ];
    // Those answered may all have had too few engines.
    let full = [
        (
            "mean_full_assignment_seconds",
            &figures.mean_full_assignment_seconds,
            &seconds,
        ),
        (
            "p90_full_assignment_seconds",
            &figures.p90_full_assignment_seconds,
            &seconds,
        ),
    ];
    let mut shares = vec![
        ("waited", &figures.waited, &share),
        ("lost", &figures.lost, &share),
        ("aided", &figures.aided, &share),
        ("short_handed", &figures.short_handed, &share),
    ];
    same_keys(damage, "within", &figures.within, scenario);
    let within: Vec<(String, _)> = (figures.within.iter())
        .map(|(id, estimate)| (format!("within.{id}"), estimate))
        .collect();
    shares.extend(
        within
            .iter()
            .map(|(key, estimate)| (&**key, *estimate, &share)),
    );
    all_or_none(damage, &full);
    match figures.lost.is_some_and(|lost| lost.value >= 1.0) || is_difference {
        true => {
            all_or_none(damage, &shares);
            all_or_none(damage, &times);
        }
        false => all_or_none(damage, &[&times[..], &shares].concat()),
    }
    if let Some(water) = &figures.first_water {
        let without = &water.mean_without_hydrants_seconds;
        let p90_without = &water.p90_without_hydrants_seconds;
        let parts = [
            ("mean_seconds", &water.mean_seconds, &seconds),
            ("p90_seconds", &water.p90_seconds, &seconds),
            ("mean_without_hydrants_seconds", without, &seconds),
            ("p90_without_hydrants_seconds", p90_without, &seconds),
            ("at_hydrant", &water.at_hydrant, &share),
        ];
        damage.inside("first_water", |damage| all_or_none(damage, &parts));
    }
}

/// All figures of an area are there, or none, where nothing happened.
fn all_or_none(damage: &mut Damage, figures: &[(&str, &Option<Estimate>, &RangeInclusive<f64>)]) {
    let any = figures.iter().any(|(_, estimate, _)| estimate.is_some());
    for (key, estimate, range) in figures {
        match estimate {
            Some(estimate) => damage.estimate(key, estimate, (*range).clone()),
            None if any => {
                damage.note(key, "it is missing, and other figures beside it are there");
            }
            None => {}
        }
    }
}

/// Ids of the standards, in the order of the scenario.
pub(super) fn ids_of_standards(scenario: &Scenario) -> Vec<&str> {
    scenario
        .rules
        .standards
        .iter()
        .map(|standard| &standard.id[..])
        .collect()
}

fn same_keys<T>(damage: &mut Damage, key: &str, found: &BTreeMap<String, T>, scenario: &Scenario) {
    let mut wanted = ids_of_standards(scenario);
    wanted.sort_unstable();
    let ids = found.keys().map(String::as_str);
    damage.ids(key, ids, wanted, "the standards of the scenario");
}

pub(super) fn by_standard(
    damage: &mut Damage,
    key: &str,
    found: &BTreeMap<String, f64>,
    scenario: &Scenario,
    range: RangeInclusive<f64>,
) {
    same_keys(damage, key, found, scenario);
    for (id, value) in found {
        damage.number(&format!("{key}.{id}"), *value, range.clone());
    }
}

/// A curve that never falls, ends with all that were answered, and passes each share of them at the
/// percentile beside it.
pub(super) fn curve(
    damage: &mut Damage,
    found: &CumulativeShares,
    lost: Option<&Estimate>,
    passes: &[(f64, &Option<Estimate>)],
) {
    damage.same("step_seconds", found.step_seconds, DISTRIBUTION_STEP);
    let shares = &found.shares;
    damage.each("shares", shares, |damage, share| {
        damage.number("", *share, 0.0..=1.0);
    });
    let falls = (1..shares.len()).find(|index| shares[*index] < shares[index - 1]);
    if let Some(index) = falls {
        let key = format!("shares[{index}]");
        damage.expect(false, &key, shares[index], "no less than the one before");
    }
    let answered = 1.0 - lost.map_or(0.0, |lost| lost.value);
    let last = shares.last().copied().unwrap_or(answered);
    damage.expect(
        (last - answered).abs() <= 1.5e-6,
        "shares",
        format_args!("{last} at the end"),
        format_args!("{answered} at the end, the share answered"),
    );
    for (share, percentile) in passes {
        let share = share * answered;
        let Some(percentile) = percentile else {
            continue;
        };
        // Shares are rounded to a millionth.
        let step = f64::from(DISTRIBUTION_STEP);
        let [before, after] = [
            ((percentile.value - 1.0) / step).floor(),
            (percentile.value / step).ceil(),
        ]
        .map(|index| shares.get(index.max(0.0) as usize).copied());
        let is_passed = after.is_some_and(|after| after >= share - 2e-6)
            && (percentile.value < 1.0 || before.is_some_and(|before| before <= share + 2e-6));
        let at = format_args!("{share} at {} s, as beside it", percentile.value);
        damage.expect(is_passed, "shares", "it is another curve", at);
    }
}

pub(super) fn check_cost(damage: &mut Damage, found: &CostSummary, scenario: &Scenario) {
    damage.cost(&found.cost);
    let minute = found.yuan_a_year_per_minute.unwrap_or(0.0);
    damage.yuan("yuan_a_year_per_minute", minute);
    let newly = &found.residents_newly_covered;
    let key = "residents_newly_covered";
    by_standard(damage, key, newly, scenario, -MOST..=MOST);
    let each = &found.yuan_a_year_per_resident;
    let key = "yuan_a_year_per_resident";
    same_keys(damage, key, each, scenario);
    for (id, yuan) in each {
        let key = format!("{key}.{id}");
        damage.yuan(&key, yuan.unwrap_or(0.0));
        let gains = newly.get(id).is_some_and(|residents| *residents > 0.0);
        damage.expect(
            yuan.is_some() == gains,
            &key,
            as_written(yuan),
            "there where residents are newly covered, and null elsewhere",
        );
    }
}
