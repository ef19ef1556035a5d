//! An answer read back, held against its scenario: everything that its shape does not say.

use std::collections::HashMap;

use crate::evaluation::comparison::{
    Comparison, Evaluated, Figures, ScenarioSummary, StandardSummary, TownFigures,
};
use crate::evaluation::damage::{Damage, MOST, as_written};
use crate::evaluation::figures_check::{
    by_standard, check_cost, check_figures, curve, ids_of_standards,
};
use crate::evaluation::metric::Metric;
use crate::evaluation::summary::not_in_standards;
use crate::evaluation::{outlook_check, ranking_check};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::inputs::BasisNote;

/// Holds an answer against its scenario, whose demand points and roads are those of the answer.
///
/// # Errors
/// With everything that `brigade` would not have written.
pub fn check(comparison: &Comparison, scenario: &Scenario) -> Result<(), Damage> {
    let mut damage = Damage::default();
    summary(&mut damage, &comparison.scenario);
    standards(&mut damage, &comparison.standards, scenario);
    let (found, wanted) = (&comparison.not_in_standards, not_in_standards(scenario));
    let problem = "not the types of incident that no standard of the scenario counts";
    if *found != wanted {
        damage.note("not_in_standards", problem);
    }
    if let Err(problem) = Metric::named(&comparison.ranked_by, &scenario.rules.standards) {
        damage.note("ranked_by", problem);
    }
    if let Some(choice) = &comparison.choice {
        damage.number("choice.confidence", choice.confidence, 0.5..=1.0);
    }
    let indifference = comparison.indifference;
    damage.number("indifference.figure", indifference.figure, 0.0..=MOST);
    damage.seconds("indifference.seconds", indifference.seconds);
    damage.number("indifference.lost", indifference.lost, 0.0..=1.0);
    basis_notes(&mut damage, "data_basis", &comparison.data_basis, scenario);
    let prices = &comparison.price_basis;
    basis_notes(&mut damage, "price_basis", prices, scenario);
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
    damage.inside("scenario", |damage| {
        let is_day = start.parse::<jiff::civil::Date>().is_ok();
        let found = format_args!("`{start}`");
        damage.expect(is_day, "start", found, "a day, such as 2027-01-01");
        damage.expect(*years > 0, "years", years, "at least 1");
        damage.expect(
            *replications > 0,
            "replications",
            replications,
            "at least 1",
        );
        damage.expect(*batches != Some(0), "batches", 0, "at least 1");
    });
}

/// Holds what an answer rests on to what the scenario rests on, but for the reasons; what is said of
/// siting alone has no figures.
pub fn basis_notes(damage: &mut Damage, key: &str, found: &[BasisNote], scenario: &Scenario) {
    let known = [
        &scenario.about.data_basis[..],
        &scenario.rules.price_basis(),
        &[BasisNote::JUNCTIONS, BasisNote::NO_NEIGHBOURS],
    ]
    .concat();
    damage.each(key, found, |damage, note| {
        let mut known = known.iter().map(|known| (&known.input, known.basis));
        if !known.any(|known| known == (&note.input, note.basis)) {
            let problem = "the scenario does not rest on this, or not with these figures";
            damage.note("", problem);
        }
    });
}

fn standards(damage: &mut Damage, found: &[StandardSummary], scenario: &Scenario) {
    let ids = found.iter().map(|standard| &standard.id[..]);
    let wanted = ids_of_standards(scenario);
    if !damage.ids("standards", ids, wanted, "the standards of the scenario") {
        return;
    }
    let pairs = found.iter().zip(&scenario.rules.standards);
    damage.each("standards", pairs, |damage, (found, wanted)| {
        standard(damage, found, &StandardSummary::of(wanted));
    });
}

/// Holds a standard to that of the scenario, but for what is said of it.
pub fn standard(damage: &mut Damage, found: &StandardSummary, wanted: &StandardSummary) {
    damage.same("clock", found.clock.word(), wanted.clock.word());
    let [is, should] = [found, wanted].map(|standard| standard.threshold_seconds);
    let words = format_args!("{should}, as in the scenario");
    damage.expect(is == should, "threshold_seconds", is, words);
    let shares = [found.share, wanted.share];
    let [is, should] = shares.map(|share| share.map_or("null".to_owned(), |s| s.to_string()));
    let words = format_args!("{should}, as in the scenario");
    damage.expect(shares[0] == shares[1], "share", is, words);
}

fn alternatives(damage: &mut Damage, comparison: &Comparison, scenario: &Scenario) {
    let Comparison {
        alternatives: all,
        in_brief,
        ..
    } = comparison;
    let of_scenario = scenario.alternatives.iter();
    let by_id: HashMap<&str, &Alternative> = of_scenario.map(|of| (&of.id[..], of)).collect();
    // The ranking has an order of its own.
    let in_detail = all.iter().map(|of| &of.id[..]);
    let mut ids: Vec<&str> = in_detail
        .chain(in_brief.iter().map(|of| &of.id[..]))
        .collect();
    let mut wanted: Vec<&str> = by_id.keys().copied().collect();
    ids.sort_unstable();
    wanted.sort_unstable();
    damage.ids(
        "alternatives",
        ids,
        wanted,
        "the alternatives of the scenario, in `alternatives` or `in_brief`",
    );
    if !all.iter().any(|of| of.is_baseline) {
        damage.note("alternatives", "the existing stations should stand there");
        return;
    }
    ranking_check::ranks(damage, comparison);
    ranking_check::probabilities(damage, comparison, scenario);
    damage.each("alternatives", all, |damage, found| {
        if let Some(alternative) = by_id.get(&found.id[..]) {
            evaluated(damage, found, alternative, comparison, scenario);
        }
    });
    damage.each("in_brief", in_brief, |damage, found| {
        ranking_check::brief(damage, found, comparison, scenario);
    });
}

fn evaluated(
    damage: &mut Damage,
    found: &Evaluated,
    alternative: &Alternative,
    comparison: &Comparison,
    scenario: &Scenario,
) {
    let is_baseline = alternative.sites.is_empty();
    damage.same("is_baseline", found.is_baseline, is_baseline);
    let probability = found.probability_best.unwrap_or(0.0);
    damage.number("probability_best", probability, 0.0..=1.0);
    marks(damage, found, comparison);
    ranking_check::replications(damage, found.replications, comparison);
    sites(damage, found, alternative, scenario);
    stations(damage, found, alternative, scenario);
    let first = &comparison.alternatives[0];
    let has_water = first.county.first_water.is_some();
    let mut judge = |key: &str, figures: &Figures, is_difference: bool| {
        damage.inside(key, |damage| {
            check_figures(damage, figures, scenario, is_difference);
            let has = figures.first_water.is_some();
            let wanted = "in all alternatives or in none";
            damage.expect(has == has_water, "first_water", "not alike", wanted);
        });
    };
    judge("county", &found.county, false);
    let from_baseline = &found.difference_from_baseline;
    judge("difference_from_baseline", from_baseline, true);
    judge("difference_from_best", &found.difference_from_best, true);
    towns(damage, found, scenario);
    damage.inside("expected", |damage| {
        let expected = &found.expected;
        let reaches = expected.within.values().any(|share| *share > 0.0);
        damage.mean(
            "mean_response_seconds",
            expected.mean_response_seconds,
            reaches,
        );
        by_standard(damage, "within", &expected.within, scenario, 0.0..=1.0);
    });
    let county = &found.county;
    let passes = [
        (0.5, &county.median_response_seconds),
        (0.9, &county.p90_response_seconds),
    ];
    damage.inside("response_distribution", |damage| {
        let lost = county.lost.as_ref();
        curve(damage, &found.response_distribution, lost, &passes);
    });
    let key = "first_water_distributions";
    let curves = found.first_water_distributions.as_ref();
    damage.expect(
        curves.is_some() == has_water,
        key,
        "not alike",
        "there where figures of first water are",
    );
    if let (Some(curves), Some(water)) = (curves, &county.first_water) {
        let percentiles = [&water.p90_seconds, &water.p90_without_hydrants_seconds];
        let pairs = curves.iter().zip(percentiles);
        damage.each(key, pairs, |damage, (found, percentile)| {
            curve(damage, found, None, &[(0.9, percentile)]);
        });
    }
    damage.expect(
        found.cost.is_some() == first.cost.is_some(),
        "cost",
        "not alike",
        "in all alternatives or in none",
    );
    if let Some(cost) = &found.cost {
        damage.inside("cost", |damage| check_cost(damage, cost, scenario));
    }
}

/// What is said of an alternative beside the best is in keeping with how far it is behind.
fn marks(damage: &mut Damage, found: &Evaluated, comparison: &Comparison) {
    let told_apart = found.told_apart_from_best;
    let of_itself = found.rank == 1 && (found.ties_with_best || told_apart != Some(false));
    let wanted = "false: it is the best";
    damage.expect(
        !of_itself,
        "ties_with_best, told_apart_from_best",
        format_args!("{}, {}", found.ties_with_best, as_written(&told_apart)),
        wanted,
    );
    let difference = |key: &str| found.difference_from_best.named(key);
    let is_known = |key: &str| difference(key).is_some_and(|of| of.low.is_some());
    let matters = |key: &str, limit: f64| difference(key).is_some_and(|of| of.value.abs() > limit);
    let (figure, limits) = (&comparison.ranked_by[..], comparison.indifference);
    let matters = matters(figure, limits.figure) || matters("lost", limits.lost);
    ranking_check::marks(
        damage,
        [found.ties_with_best, matters],
        told_apart,
        is_known(figure) && is_known("lost"),
    );
}

fn sites(damage: &mut Damage, found: &Evaluated, of: &Alternative, scenario: &Scenario) {
    let ids = found.sites.iter().map(|site| &site.id[..]);
    let wanted = || of.sites.iter().map(|site| scenario.stations.site(*site));
    let wanted_ids = wanted().map(|site| &site.station.id[..]);
    if !damage.ids("sites", ids, wanted_ids, "the sites of this alternative") {
        return;
    }
    let pairs = found.sites.iter().zip(wanted());
    damage.each("sites", pairs, |damage, (site, wanted)| {
        let station = &wanted.station;
        damage.name(&site.name, &station.name);
        damage.same("group", &site.group, &wanted.group);
        damage.same("engines", site.engines, station.engines);
        damage.position([site.lon, site.lat], station.position);
    });
}

fn stations(damage: &mut Damage, found: &Evaluated, of: &Alternative, scenario: &Scenario) {
    let ids = found.stations.iter().map(|station| &station.id[..]);
    let fleet = scenario.stations.fleet(of);
    let wanted = fleet
        .iter()
        .map(|id| &scenario.stations.station(*id).id[..]);
    if !damage.ids("stations", ids, wanted, "the stations of this alternative") {
        return;
    }
    let pairs = found.stations.iter().zip(fleet);
    damage.each("stations", pairs, |damage, (station, id)| {
        let wanted = scenario.stations.station(id);
        damage.name(&station.name, &wanted.name);
        let existing = scenario.stations.is_existing(id);
        damage.same("existing", station.existing, existing);
        damage.same("engines", station.engines, wanted.engines);
        match &station.busy_share {
            Some(share) => damage.estimate("busy_share", share, 0.0..=2.0),
            None => damage.note("busy_share", "it is missing; it should be a share"),
        }
    });
}

fn towns(damage: &mut Damage, found: &Evaluated, scenario: &Scenario) {
    let ids = found.towns.iter().map(|town| &town.id[..]);
    let known = &scenario.county.towns;
    let wanted = known.iter().map(|town| &town.id[..]);
    if !damage.ids("towns", ids, wanted, "the towns of the scenario") {
        return;
    }
    let pairs = found.towns.iter().zip(known);
    damage.each("towns", pairs, |damage, (town, wanted)| {
        damage.name(&town.name, &wanted.name);
        damage.number("incidents_a_year", town.incidents_a_year, 0.0..=MOST);
        check_figures(damage, &town.figures, scenario, false);
        spread(damage, town);
    });
}

/// The spread of a town is in keeping with the percentiles beside it.
fn spread(damage: &mut Damage, town: &TownFigures) {
    let figures = [
        &town.figures.median_response_seconds,
        &town.figures.p90_response_seconds,
    ];
    let [median, p90] = figures.map(|estimate| estimate.map(|estimate| estimate.value));
    let spread = town.response_spread_seconds;
    let [middle, last] = [2, 4].map(|of| spread.map(|spread| f64::from(spread[of])));
    let is_sorted = spread.is_none_or(|spread| spread.is_sorted());
    damage.expect(
        is_sorted && middle == median && last == p90,
        "response_spread_seconds",
        as_written(&spread),
        "five times in order, the median third and the 90th percentile last",
    );
}
