//! An answer read back, held against its scenario: everything that its shape does not say.

use crate::evaluation::comparison::{
    Comparison, Evaluated, Figures, ScenarioSummary, StandardSummary,
};
use crate::evaluation::damage::{Damage, MOST};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::figures_check::{
    by_standard, check_cost, check_figures, curve, ids_of_standards,
};
use crate::evaluation::metric::Metric;
use crate::evaluation::outlook_check;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::inputs::{BasisNote, Input};

/// Holds an answer against its scenario, whose demand points and roads are those of the answer.
///
/// # Errors
/// With everything that `brigade` would not have written.
pub fn check(comparison: &Comparison, scenario: &Scenario) -> Result<(), Damage> {
    let mut damage = Damage::default();
    summary(&mut damage, &comparison.scenario);
    standards(&mut damage, &comparison.standards, scenario);
    if let Err(problem) = Metric::named(&comparison.ranked_by, &scenario.rules.standards) {
        damage.note("ranked_by", problem);
    }
    if let Some(choice) = &comparison.choice {
        damage.number("choice.indifference", choice.indifference, 0.0..=MOST);
        damage.number("choice.confidence", choice.confidence, 0.5..=1.0);
    }
    basis_notes(&mut damage, "data_basis", &comparison.data_basis, scenario);
    basis_notes(
        &mut damage,
        "price_basis",
        &comparison.price_basis,
        scenario,
    );
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

/// Holds what an answer rests on to what the scenario rests on, but for the reasons; what is said of
/// siting alone has no figures.
pub fn basis_notes(damage: &mut Damage, key: &str, found: &[BasisNote], scenario: &Scenario) {
    let known = [
        &scenario.about.data_basis[..],
        &scenario.rules.price_basis(),
    ]
    .concat();
    for (index, note) in found.iter().enumerate() {
        let is_known = matches!(note.input, Input::Junctions | Input::NoNeighbours)
            || known
                .iter()
                .any(|known| known.input == note.input && known.basis == note.basis);
        if !is_known {
            damage.note(
                &format!("{key}[{index}]"),
                "the scenario does not rest on this, or not with these figures",
            );
        }
    }
}

fn standards(damage: &mut Damage, found: &[StandardSummary], scenario: &Scenario) {
    let ids = found.iter().map(|standard| &standard.id[..]);
    let wanted = ids_of_standards(scenario);
    if !damage.ids("standards", ids, wanted, "the standards of the scenario") {
        return;
    }
    for (index, (found, wanted)) in found.iter().zip(&scenario.rules.standards).enumerate() {
        let key = format!("standards[{index}]");
        standard(damage, &key, found, &StandardSummary::of(wanted));
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

fn alternatives(damage: &mut Damage, comparison: &Comparison, scenario: &Scenario) {
    let all = &comparison.alternatives;
    // The ranking has an order of its own.
    let mut ids: Vec<&str> = all.iter().map(|alternative| &alternative.id[..]).collect();
    let mut wanted: Vec<&str> = scenario.alternatives.iter().map(|of| &of.id[..]).collect();
    ids.sort_unstable();
    wanted.sort_unstable();
    damage.ids(
        "alternatives",
        ids,
        wanted,
        "the alternatives of the scenario",
    );
    let total: f64 = all.iter().map(|of| of.probability_best).sum();
    let sum = "alternatives[…].probability_best";
    damage.expect(
        (total - 1.0).abs() <= 1e-6,
        sum,
        format_args!("together {total}"),
        "together 1",
    );
    for (index, found) in all.iter().enumerate() {
        let key = format!("alternatives[{index}]");
        let rank = format!("{key}.rank");
        damage.same(&rank, found.rank, index + 1);
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
    damage.same(&here("is_baseline"), found.is_baseline, is_baseline);
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
    let ids = found.sites.iter().map(|site| &site.id[..]);
    let wanted = || of.sites.iter().map(|site| scenario.stations.site(*site));
    let wanted_ids = wanted().map(|site| &site.station.id[..]);
    if !damage.ids(key, ids, wanted_ids, "the sites of this alternative") {
        return;
    }
    for (index, (site, wanted)) in found.sites.iter().zip(wanted()).enumerate() {
        let key = format!("{key}[{index}]");
        let here = |part: &str| format!("{key}.{part}");
        let station = &wanted.station;
        damage.name(&key, &site.name, &station.name);
        damage.same(&here("group"), &site.group, &wanted.group);
        damage.same(&here("engines"), site.engines, station.engines);
        damage.position(&key, [site.lon, site.lat], station.position);
    }
}

fn stations(
    damage: &mut Damage,
    key: &str,
    found: &Evaluated,
    of: &Alternative,
    scenario: &Scenario,
) {
    let ids = found.stations.iter().map(|station| &station.id[..]);
    let fleet = scenario.stations.fleet(of);
    let wanted = fleet
        .iter()
        .map(|id| &scenario.stations.station(*id).id[..]);
    if !damage.ids(key, ids, wanted, "the stations of this alternative") {
        return;
    }
    for (index, (station, id)) in found.stations.iter().zip(fleet).enumerate() {
        let key = format!("{key}[{index}]");
        let here = |part: &str| format!("{key}.{part}");
        let wanted = scenario.stations.station(id);
        damage.name(&key, &station.name, &wanted.name);
        let stands = scenario.stations.is_existing(id);
        damage.same(&here("existing"), station.existing, stands);
        damage.same(&here("engines"), station.engines, wanted.engines);
        match &station.busy_share {
            Some(share) => damage.estimate(&here("busy_share"), share, 0.0..=2.0),
            None => damage.note(&here("busy_share"), "it is missing; it should be a share"),
        }
    }
}

fn towns(damage: &mut Damage, key: &str, found: &Evaluated, scenario: &Scenario) {
    let ids = found.towns.iter().map(|town| &town.id[..]);
    let known = &scenario.county.towns;
    let wanted = known.iter().map(|town| &town.id[..]);
    if !damage.ids(key, ids, wanted, "the towns of the scenario") {
        return;
    }
    for (index, (town, wanted)) in found.towns.iter().zip(known).enumerate() {
        let here = format!("{key}[{index}]");
        damage.name(&here, &town.name, &wanted.name);
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
