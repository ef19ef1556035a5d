//! What an answer says beyond its figures, held against its scenario: parts, orders of building, and
//! how far the choice hangs on what was assumed.

use std::collections::BTreeMap;

use crate::evaluation::comparison::Comparison;
use crate::evaluation::damage::{Damage, MOST};
use crate::evaluation::figures_check::ids_of_standards;
use crate::evaluation::phases::{MAX_SITES, Partial, Phases, orders};
use crate::evaluation::sensitivity::{Assumption, Changed, SensitivityStudy};
use crate::scenario::Scenario;

/// Holds phases and sensitivity to the scenario and to the ranking beside them.
pub(super) fn check(damage: &mut Damage, comparison: &Comparison, scenario: &Scenario) {
    let Some(best) = comparison.alternatives.first() else {
        return;
    };
    if let Some(phases) = &comparison.phases {
        let sites: Vec<&str> = best.sites.iter().map(|site| &site.id[..]).collect();
        match sites.len() <= MAX_SITES {
            true => check_phases(damage, phases, &sites, scenario),
            false => damage.note("phases", "so many sites are not taken apart"),
        }
    }
    if let Some(study) = &comparison.sensitivity {
        check_study(damage, study, &best.id, scenario);
    }
}

fn check_phases(damage: &mut Damage, phases: &Phases, best: &[&str], scenario: &Scenario) {
    let known = ids_of_standards(scenario);
    let standard = &phases.standard;
    let wanted = format!("one of {}", known.join(", "));
    damage.expect(
        known.contains(&&standard[..]),
        "phases.standard",
        format_args!("`{standard}`"),
        wanted,
    );
    let residents: f64 = scenario
        .county
        .demand
        .iter()
        .map(|point| point.residents)
        .sum();
    let is_all = (phases.residents - residents).abs() <= 1e-3;
    damage.expect(is_all, "phases.residents", phases.residents, residents);
    let mut seen = BTreeMap::new();
    let mut part = |damage: &mut Damage, key: &str, part: &Partial| {
        check_part(damage, key, part, residents, scenario);
        let mut sites: Vec<String> = part.sites.clone();
        sites.sort_unstable();
        let figures = (
            part.yuan_a_year,
            part.mean_response_seconds,
            part.residents_within,
        );
        let first = *seen.entry(sites).or_insert(figures);
        let wanted = "the figures that the same sites have elsewhere in `phases`";
        damage.expect(
            alike(first, figures),
            key,
            format_args!("{figures:?}"),
            wanted,
        );
    };
    let frontiers = [
        ("fastest", &phases.fastest, -1.0),
        ("widest", &phases.widest, 1.0),
    ];
    for (name, frontier, sign) in frontiers {
        let key = format!("phases.{name}");
        let worth = |part: &Partial| match sign < 0.0 {
            true => -part.mean_response_seconds,
            false => part.residents_within,
        };
        for (index, of) in frontier.iter().enumerate() {
            part(damage, &format!("{key}[{index}]"), of);
        }
        let begins = frontier.first().is_some_and(|first| first.weight() == 0.0);
        damage.expect(
            begins,
            &key,
            "it begins otherwise",
            "begun with what costs nothing",
        );
        let better = |pair: &[Partial]| {
            pair[1].weight() > pair[0].weight() && worth(&pair[1]) > worth(&pair[0])
        };
        let all_better = frontier.windows(2).all(better);
        damage.expect(
            all_better,
            &key,
            "one is not dearer and better than the one before",
            "so throughout",
        );
    }
    let ways = orders(best).len();
    damage.expect(
        phases.orders.len() == ways,
        "phases.orders",
        phases.orders.len(),
        format_args!("{ways} orders of the sites of the best"),
    );
    let mut built: Vec<Vec<&str>> = Vec::new();
    for (index, order) in phases.orders.iter().enumerate() {
        let key = format!("phases.orders[{index}]");
        for (step, of) in order.iter().enumerate() {
            part(damage, &format!("{key}[{step}]"), of);
        }
        let last: Vec<&str> = order
            .last()
            .map_or(Vec::new(), |p| p.sites.iter().map(|id| &id[..]).collect());
        let grows = order.len() == best.len() + 1
            && order
                .iter()
                .enumerate()
                .all(|(step, part)| part.sites.iter().eq(last.iter().take(step)));
        damage.expect(
            grows,
            &key,
            "its steps are others",
            "nothing first, then one site more at each step",
        );
        let of_best = orders(best).contains(&last) && !built.contains(&last);
        damage.expect(
            of_best,
            &key,
            last.join(", "),
            "an order of the sites of the best, each order once",
        );
        built.push(last);
    }
}

fn alike(a: (Option<f64>, f64, f64), b: (Option<f64>, f64, f64)) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-3;
    let same_cost = match (a.0, b.0) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    same_cost && near(a.1, b.1) && near(a.2, b.2)
}

fn check_part(damage: &mut Damage, key: &str, part: &Partial, residents: f64, scenario: &Scenario) {
    let count = |ids: &[&str], id: &str| ids.iter().filter(|other| **other == id).count();
    let sites: Vec<&str> = part.sites.iter().map(|id| &id[..]).collect();
    let is_part = scenario.alternatives.iter().any(|alternative| {
        let all = alternative
            .sites
            .iter()
            .map(|site| &scenario.stations.site(*site).station.id[..]);
        let all: Vec<&str> = all.collect();
        sites.iter().all(|id| count(&sites, id) <= count(&all, id))
    });
    let found = sites.join(", ");
    damage.expect(
        is_part,
        &format!("{key}.sites"),
        found,
        "sites of one alternative",
    );
    let yuan = part.yuan_a_year.unwrap_or(0.0);
    damage.yuan(&format!("{key}.yuan_a_year"), yuan);
    damage.seconds(
        &format!("{key}.mean_response_seconds"),
        part.mean_response_seconds,
    );
    damage.number(
        &format!("{key}.residents_within"),
        part.residents_within,
        0.0..=residents + 1e-3,
    );
}

fn check_study(damage: &mut Damage, study: &SensitivityStudy, best: &str, scenario: &Scenario) {
    let recommended = &study.recommended;
    damage.expect(
        recommended == best,
        "sensitivity.recommended",
        format_args!("`{recommended}`"),
        format_args!("`{best}`, the first of `alternatives`"),
    );
    damage.number("sensitivity.gain", study.gain, -MOST..=MOST);
    let towns = &scenario.county.towns;
    let wanted = 2 + towns.len();
    let items = &study.items;
    damage.expect(
        items.len() == wanted,
        "sensitivity.items",
        items.len(),
        format_args!("{wanted}: travel times, turnout and the incidents of each town"),
    );
    let width = |changed: &[Changed; 2]| (changed[0].gain - changed[1].gain).abs();
    for (index, item) in items.iter().enumerate() {
        let key = format!("sensitivity.items[{index}]");
        let assumption = &item.assumption;
        if let Assumption::Incidents { town } = assumption
            && !towns.iter().any(|known| known.name == *town)
        {
            let problem = format_args!("the scenario has no town `{}`", town.local);
            damage.note(&format!("{key}.assumption.town"), problem);
        }
        let mut before = items[..index].iter();
        let is_second = before.any(|before| before.assumption == *assumption);
        damage.expect(
            !is_second,
            &key,
            format_args!("{assumption:?} a second time"),
            "there once",
        );
        let widens = index > 0 && width(&item.changed) > width(&items[index - 1].changed);
        damage.expect(
            !widens,
            &key,
            "wider than the one before",
            "in order, the widest effect first",
        );
        for (end, changed) in item.changed.iter().enumerate() {
            let key = format!("{key}.changed[{end}]");
            damage.number(&format!("{key}.factor"), changed.factor, 1e-3..=1e3);
            damage.number(&format!("{key}.gain"), changed.gain, -MOST..=MOST);
            damage.number(&format!("{key}.behind"), changed.behind, 0.0..=MOST);
            let best = &changed.best;
            let is_known = scenario.alternatives.iter().any(|of| of.id == *best);
            damage.expect(
                is_known,
                &format!("{key}.best"),
                format_args!("`{best}`"),
                "an alternative of the scenario",
            );
        }
    }
}
