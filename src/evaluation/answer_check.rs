//! An answer read back, held against its scenario: everything that its shape does not say.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::evaluation::comparison::{
    Comparison, DISTRIBUTION_STEP, Distribution, Evaluated, Figures, ScenarioSummary,
    StandardSummary,
};
use crate::evaluation::cost::CostSummary;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::metric::Metric;
use crate::evaluation::outlook_check;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;

/// More than anything costs, or happens in a year: what is beyond is no figure of a county.
pub const MOST: f64 = 1e12;

/// Holds an answer against its scenario, whose places and roads are those of the answer.
///
/// # Errors
/// With everything that `brigade` would not have written.
pub fn check(comparison: &Comparison, scenario: &Scenario) -> Result<(), Damage> {
    let mut damage = Damage::default();
    summary(&mut damage, &comparison.scenario);
    standards(&mut damage, &comparison.standards, scenario);
    if let Err(problem) = Metric::named(&comparison.ranked_by, &scenario.standards) {
        damage.note("ranked_by", problem);
    }
    if let Some(choice) = &comparison.choice {
        damage.number("choice.indifference", choice.indifference, 0.0..=MOST);
        damage.number("choice.confidence", choice.confidence, 0.5..=1.0);
    }
    alternatives(&mut damage, comparison, scenario);
    outlook_check::check(&mut damage, comparison, scenario);
    damage.into_result()
}

/// Holds the summary of a scenario to what a scenario can be.
pub fn summary(damage: &mut Damage, summary: &ScenarioSummary) {
    let ScenarioSummary {
        start,
        years,
        replications,
        batches,
        ..
    } = summary;
    let is_day = start.parse::<jiff::civil::Date>().is_ok();
    damage.expect(
        is_day,
        "scenario.start",
        format_args!("`{start}`"),
        "a day, such as 2027-01-01",
    );
    damage.expect(*years > 0, "scenario.years", years, "at least 1");
    damage.expect(
        *replications > 0,
        "scenario.replications",
        replications,
        "at least 1",
    );
    damage.expect(*batches != Some(0), "scenario.batches", 0, "at least 1");
}

fn standards(damage: &mut Damage, found: &[StandardSummary], scenario: &Scenario) {
    let ids: Vec<&str> = found.iter().map(|standard| &standard.id[..]).collect();
    if !damage.ids(
        "standards",
        &ids,
        &ids_of_standards(scenario),
        "the standards of the scenario",
    ) {
        return;
    }
    for (place, (found, wanted)) in found.iter().zip(&scenario.standards).enumerate() {
        standard(
            damage,
            &format!("standards[{place}]"),
            found,
            &StandardSummary::of(wanted),
        );
    }
}

/// Holds a standard to that of the scenario, but for what is said of it.
pub fn standard(damage: &mut Damage, key: &str, found: &StandardSummary, wanted: &StandardSummary) {
    let here = |part: &str| format!("{key}.{part}");
    let clocks = [found.clock, wanted.clock].map(|clock| clock.word());
    damage.expect(clocks[0] == clocks[1], &here("clock"), clocks[0], clocks[1]);
    let [is, should] = [found, wanted].map(|standard| standard.threshold_seconds);
    damage.expect(
        is == should,
        &here("threshold_seconds"),
        is,
        format_args!("{should}, as in the scenario"),
    );
    let shares = [found.share, wanted.share];
    let [is, should] = shares.map(|share| share.map_or("null".to_owned(), |s| s.to_string()));
    damage.expect(
        shares[0] == shares[1],
        &here("share"),
        is,
        format_args!("{should}, as in the scenario"),
    );
}

/// Ids of the standards, in the order of the scenario.
pub fn ids_of_standards(scenario: &Scenario) -> Vec<&str> {
    scenario
        .standards
        .iter()
        .map(|standard| &standard.id[..])
        .collect()
}

fn alternatives(damage: &mut Damage, comparison: &Comparison, scenario: &Scenario) {
    let all = &comparison.alternatives;
    // The ranking has an order of its own.
    let mut ids: Vec<&str> = all.iter().map(|alternative| &alternative.id[..]).collect();
    let mut wanted: Vec<&str> = scenario.alternatives.iter().map(|of| &of.id[..]).collect();
    ids.sort_unstable();
    wanted.sort_unstable();
    damage.ids(
        "alternatives",
        &ids,
        &wanted,
        "the alternatives of the scenario",
    );
    let total: f64 = all
        .iter()
        .map(|alternative| alternative.probability_best)
        .sum();
    let sum = "alternatives[…].probability_best";
    damage.expect(
        (total - 1.0).abs() <= 1e-6,
        sum,
        format_args!("together {total}"),
        "together 1",
    );
    for (place, found) in all.iter().enumerate() {
        let key = format!("alternatives[{place}]");
        let rank = format!("{key}.rank");
        damage.expect(
            found.rank == place + 1,
            &rank,
            found.rank,
            format_args!("{}", place + 1),
        );
        let of_it = scenario.alternatives.iter().find(|of| of.id == found.id);
        if let Some(alternative) = of_it {
            evaluated(damage, &key, found, alternative, comparison, scenario);
        }
    }
}

fn evaluated(
    damage: &mut Damage,
    key: &str,
    found: &Evaluated,
    alternative: &Alternative,
    comparison: &Comparison,
    scenario: &Scenario,
) {
    let here = |part: &str| format!("{key}.{part}");
    let is_baseline = alternative.sites.is_empty();
    damage.expect(
        found.is_baseline == is_baseline,
        &here("is_baseline"),
        found.is_baseline,
        is_baseline,
    );
    damage.number(&here("probability_best"), found.probability_best, 0.0..=1.0);
    let most = comparison.scenario.replications;
    let wanted = format_args!("from 1 to {most}, those of `scenario`").to_string();
    damage.expect(
        (1..=most).contains(&found.replications),
        &here("replications"),
        found.replications,
        wanted,
    );
    sites(damage, &here("sites"), found, alternative, scenario);
    stations(damage, &here("stations"), found, alternative, scenario);
    let has_water = comparison.alternatives[0].county.first_water.is_some();
    let mut judge = |part: &str, figures: &Figures, is_difference: bool| {
        check_figures(damage, &here(part), figures, scenario, is_difference);
        let has = figures.first_water.is_some();
        let wanted = "in all alternatives or in none";
        damage.expect(
            has == has_water,
            &here(&format!("{part}.first_water")),
            "not alike",
            wanted,
        );
    };
    judge("county", &found.county, false);
    judge(
        "difference_from_baseline",
        &found.difference_from_baseline,
        true,
    );
    judge("difference_from_best", &found.difference_from_best, true);
    towns(damage, &here("towns"), found, scenario);
    damage.seconds(
        &here("expected.mean_response_seconds"),
        found.expected.mean_response_seconds,
    );
    by_standard(
        damage,
        &here("expected.within"),
        &found.expected.within,
        scenario,
        0.0..=1.0,
    );
    let county = &found.county;
    let passes = [
        (0.5, &county.median_response_seconds),
        (0.9, &county.p90_response_seconds),
    ];
    curve(
        damage,
        &here("response_distribution"),
        &found.response_distribution,
        &passes,
    );
    let curves = found.first_water_distributions.as_ref();
    damage.expect(
        curves.is_some() == has_water,
        &here("first_water_distributions"),
        "not alike",
        "there where figures of first water are",
    );
    if let (Some([with, without]), Some(water)) = (curves, &county.first_water) {
        let curves = here("first_water_distributions");
        curve(
            damage,
            &format!("{curves}[0]"),
            with,
            &[(0.9, &water.p90_seconds)],
        );
        let passes = [(0.9, &water.p90_without_hydrants_seconds)];
        curve(damage, &format!("{curves}[1]"), without, &passes);
    }
    let is_priced = comparison.alternatives[0].cost.is_some();
    damage.expect(
        found.cost.is_some() == is_priced,
        &here("cost"),
        "not alike",
        "in all alternatives or in none",
    );
    if let Some(cost) = &found.cost {
        check_cost(damage, &here("cost"), cost, scenario);
    }
}

fn sites(damage: &mut Damage, key: &str, found: &Evaluated, of: &Alternative, scenario: &Scenario) {
    let ids: Vec<&str> = found.sites.iter().map(|site| &site.id[..]).collect();
    let wanted = || of.sites.iter().map(|site| &scenario.sites[*site]);
    let wanted_ids: Vec<&str> = wanted().map(|site| &site.station.id[..]).collect();
    if !damage.ids(key, &ids, &wanted_ids, "the sites of this alternative") {
        return;
    }
    for (place, (site, wanted)) in found.sites.iter().zip(wanted()).enumerate() {
        let here = |part: &str| format!("{key}[{place}].{part}");
        let station = &wanted.station;
        check_name(damage, &here(""), &site.name, &station.name);
        damage.expect(
            site.group == wanted.group,
            &here("group"),
            &site.group,
            &wanted.group,
        );
        damage.expect(
            site.engines == station.engines,
            &here("engines"),
            site.engines,
            station.engines,
        );
        let at = station.position;
        for (part, is, should) in [("lon", site.lon, at.lon), ("lat", site.lat, at.lat)] {
            damage.expect((is - should).abs() <= 1e-6, &here(part), is, should);
        }
    }
}

fn stations(
    damage: &mut Damage,
    key: &str,
    found: &Evaluated,
    of: &Alternative,
    scenario: &Scenario,
) {
    let ids: Vec<&str> = found
        .stations
        .iter()
        .map(|station| &station.id[..])
        .collect();
    let fleet = scenario.fleet_of(of);
    let wanted: Vec<&str> = fleet
        .iter()
        .map(|base| &scenario.base(*base).id[..])
        .collect();
    if !damage.ids(key, &ids, &wanted, "the stations of this alternative") {
        return;
    }
    for (place, (station, base)) in found.stations.iter().zip(fleet).enumerate() {
        let here = |part: &str| format!("{key}[{place}].{part}");
        let wanted = scenario.base(base);
        check_name(damage, &here(""), &station.name, &wanted.name);
        let stands = base < scenario.stations.len();
        damage.expect(
            station.existing == stands,
            &here("existing"),
            station.existing,
            stands,
        );
        damage.expect(
            station.engines == wanted.engines,
            &here("engines"),
            station.engines,
            wanted.engines,
        );
        match &station.busy_share {
            Some(share) => damage.estimate(&here("busy_share"), share, 0.0..=2.0),
            None => damage.note(&here("busy_share"), "it is missing; it should be a share"),
        }
    }
}

/// Holds a name to that of the scenario; `key` ends in a dot.
pub fn check_name(
    damage: &mut Damage,
    key: &str,
    found: &crate::language::Name,
    wanted: &crate::language::Name,
) {
    let parts = [
        ("name", &found.local, &wanted.local),
        ("name_en", &found.english, &wanted.english),
    ];
    for (part, is, should) in parts {
        damage.expect(
            is == should,
            &format!("{key}{part}"),
            format_args!("`{is}`"),
            format_args!("`{should}`"),
        );
    }
}

fn towns(damage: &mut Damage, key: &str, found: &Evaluated, scenario: &Scenario) {
    let ids: Vec<&str> = found.towns.iter().map(|town| &town.id[..]).collect();
    let known = &scenario.county.towns;
    let wanted: Vec<&str> = known.iter().map(|town| &town.id[..]).collect();
    if !damage.ids(key, &ids, &wanted, "the towns of the scenario") {
        return;
    }
    for (place, (town, wanted)) in found.towns.iter().zip(known).enumerate() {
        let here = format!("{key}[{place}]");
        check_name(damage, &format!("{here}."), &town.name, &wanted.name);
        damage.number(
            &format!("{here}.incidents_a_year"),
            town.incidents_a_year,
            0.0..=MOST,
        );
        check_figures(damage, &here, &town.figures, scenario, false);
        let value = |estimate: &Option<Estimate>| estimate.map(|estimate| estimate.value);
        let [median, p90] = [
            &town.figures.median_response_seconds,
            &town.figures.p90_response_seconds,
        ]
        .map(value);
        let spread = town.response_spread_seconds;
        let [middle, last] = [2, 4].map(|of| spread.map(|spread| f64::from(spread[of])));
        let is_sorted = spread.is_none_or(|spread| spread.is_sorted());
        damage.expect(
            is_sorted && middle == median && last == p90,
            &format!("{here}.response_spread_seconds"),
            format_args!("{spread:?}"),
            "five times in order, the median third and the 90th percentile last",
        );
    }
}

fn check_figures(
    damage: &mut Damage,
    key: &str,
    figures: &Figures,
    scenario: &Scenario,
    is_difference: bool,
) {
    let range = |most: f64| {
        if is_difference {
            -most..=most
        } else {
            0.0..=most
        }
    };
    let (seconds, share) = (range(LONGEST_SECONDS), range(1.0));
    let mut known = vec![
        (
            "mean_response_seconds".to_owned(),
            &figures.mean_response_seconds,
            &seconds,
        ),
        (
            "median_response_seconds".to_owned(),
            &figures.median_response_seconds,
            &seconds,
        ),
        (
            "p90_response_seconds".to_owned(),
            &figures.p90_response_seconds,
            &seconds,
        ),
        (
            "mean_full_assignment_seconds".to_owned(),
            &figures.mean_full_assignment_seconds,
            &seconds,
        ),
        (
            "p90_full_assignment_seconds".to_owned(),
            &figures.p90_full_assignment_seconds,
            &seconds,
        ),
        ("waited".to_owned(), &figures.waited, &share),
    ];
    let within = figures.within.iter();
    known.extend(within.map(|(id, estimate)| (format!("within.{id}"), estimate, &share)));
    same_keys(damage, &format!("{key}.within"), &figures.within, scenario);
    all_or_none(damage, key, &known);
    if let Some(water) = &figures.first_water {
        let parts = [
            ("mean_seconds", &water.mean_seconds, &seconds),
            ("p90_seconds", &water.p90_seconds, &seconds),
            (
                "mean_without_hydrants_seconds",
                &water.mean_without_hydrants_seconds,
                &seconds,
            ),
            (
                "p90_without_hydrants_seconds",
                &water.p90_without_hydrants_seconds,
                &seconds,
            ),
            ("at_hydrant", &water.at_hydrant, &share),
        ];
        let parts = parts.map(|(part, estimate, range)| (part.to_owned(), estimate, range));
        all_or_none(damage, &format!("{key}.first_water"), &parts);
    }
}

/// All figures of an area are there, or none, where nothing happened.
fn all_or_none(
    damage: &mut Damage,
    key: &str,
    figures: &[(String, &Option<Estimate>, &RangeInclusive<f64>)],
) {
    let any = figures.iter().any(|(_, estimate, _)| estimate.is_some());
    for (part, estimate, range) in figures {
        let key = format!("{key}.{part}");
        match estimate {
            Some(estimate) => damage.estimate(&key, estimate, (*range).clone()),
            None if any => {
                damage.note(&key, "it is missing, and other figures beside it are there")
            }
            None => {}
        }
    }
}

fn same_keys<T>(damage: &mut Damage, key: &str, found: &BTreeMap<String, T>, scenario: &Scenario) {
    let ids: Vec<&str> = found.keys().map(|id| &id[..]).collect();
    let mut wanted = ids_of_standards(scenario);
    wanted.sort_unstable();
    damage.ids(key, &ids, &wanted, "the standards of the scenario");
}

fn by_standard(
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

/// A curve that never falls, ends with all, and passes each share at the percentile beside it.
fn curve(
    damage: &mut Damage,
    key: &str,
    found: &Distribution,
    passes: &[(f64, &Option<Estimate>)],
) {
    let (step, shares) = (found.step_seconds, &found.shares);
    let wanted = DISTRIBUTION_STEP;
    damage.expect(step == wanted, &format!("{key}.step_seconds"), step, wanted);
    let key = format!("{key}.shares");
    for (place, share) in shares.iter().enumerate() {
        damage.number(&format!("{key}[{place}]"), *share, 0.0..=1.0);
    }
    let falls = (1..shares.len()).find(|place| shares[*place] < shares[place - 1]);
    if let Some(place) = falls {
        damage.expect(
            false,
            &format!("{key}[{place}]"),
            shares[place],
            "no less than the one before",
        );
    }
    let last = shares.last().copied().unwrap_or(1.0);
    damage.expect(
        last == 1.0,
        &key,
        format_args!("{last} at the end"),
        "1 at the end",
    );
    for (share, percentile) in passes {
        let Some(percentile) = percentile else {
            continue;
        };
        // Shares are rounded to a millionth.
        let step = f64::from(DISTRIBUTION_STEP);
        let [before, after] = [
            ((percentile.value - 1.0) / step).floor(),
            (percentile.value / step).ceil(),
        ]
        .map(|place| shares.get(place.max(0.0) as usize).copied());
        let is_passed = after.is_some_and(|after| after >= share - 2e-6)
            && (percentile.value < 1.0 || before.is_some_and(|before| before <= share + 2e-6));
        let at = format!("{share} at {} s, as beside it", percentile.value);
        damage.expect(is_passed, &key, "it is another curve", at);
    }
}

fn check_cost(damage: &mut Damage, key: &str, found: &CostSummary, scenario: &Scenario) {
    let cost = &found.cost;
    for (part, yuan) in [
        ("investment_yuan", cost.investment_yuan),
        ("yearly_yuan", cost.yearly_yuan),
        ("yuan_a_year", cost.yuan_a_year),
        ("present_value_yuan", cost.present_value_yuan),
        (
            "yuan_a_year_per_minute",
            found.yuan_a_year_per_minute.unwrap_or(0.0),
        ),
    ] {
        damage.number(&format!("{key}.{part}"), yuan, 0.0..=1e15);
    }
    let newly = &found.residents_newly_covered;
    by_standard(
        damage,
        &format!("{key}.residents_newly_covered"),
        newly,
        scenario,
        -MOST..=MOST,
    );
    let each = &found.yuan_a_year_per_resident;
    let key = format!("{key}.yuan_a_year_per_resident");
    same_keys(damage, &key, each, scenario);
    for (id, yuan) in each {
        let key = format!("{key}.{id}");
        damage.number(&key, yuan.unwrap_or(0.0), 0.0..=1e15);
        let gains = newly.get(id).is_some_and(|residents| *residents > 0.0);
        let wanted = "there where residents are newly covered, and null elsewhere";
        damage.expect(
            yuan.is_some() == gains,
            &key,
            format_args!("{yuan:?}"),
            wanted,
        );
    }
}
