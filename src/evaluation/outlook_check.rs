//! What an answer says beyond its figures, held against its scenario: parts, orders of building, and
//! how far the choice hangs on what was assumed.

use std::collections::BTreeMap;

use crate::evaluation::comparison::Comparison;
use crate::evaluation::damage::{Damage, MOST, as_written};
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
        damage.inside("phases", |damage| match sites.len() <= MAX_SITES {
            true => check_phases(damage, phases, &sites, scenario),
            false => damage.note("", "so many sites are not taken apart"),
        });
    }
    if let Some(study) = &comparison.sensitivity {
        damage.inside("sensitivity", |damage| {
            check_study(damage, study, comparison, scenario);
        });
    }
}

fn check_phases(damage: &mut Damage, phases: &Phases, best: &[&str], scenario: &Scenario) {
    let known = ids_of_standards(scenario);
    let standard = &phases.standard;
    damage.expect(
        known.contains(&&standard[..]),
        "standard",
        format_args!("`{standard}`"),
        format_args!("one of {}", known.join(", ")),
    );
    let points = scenario.county.demand.iter();
    let residents: f64 = points.map(|point| point.residents).sum();
    let is_all = (phases.residents - residents).abs() <= 1e-3;
    damage.expect(is_all, "residents", phases.residents, residents);
    let mut seen = BTreeMap::new();
    let mut part = |damage: &mut Damage, part: &Partial| {
        check_part(damage, part, residents, scenario);
        let mut sites: Vec<String> = part.sites.clone();
        sites.sort_unstable();
        let figures = (
            part.yuan_a_year,
            part.mean_response_seconds,
            part.residents_within,
        );
        let first = *seen.entry(sites).or_insert(figures);
        damage.expect(
            alike(first, figures),
            "",
            as_written(&figures),
            "the figures that the same sites have elsewhere in `phases`",
        );
    };
    check_frontier(
        damage,
        "fastest",
        &phases.fastest,
        &mut part,
        Partial::speed,
    );
    let wider = |part: &Partial| part.residents_within;
    check_frontier(damage, "widest", &phases.widest, &mut part, wider);
    let ways = orders(best);
    damage.expect(
        phases.orders.len() == ways.len(),
        "orders",
        phases.orders.len(),
        format_args!("{} orders of the sites of the best", ways.len()),
    );
    let mut built: Vec<Vec<&str>> = Vec::new();
    damage.each("orders", &phases.orders, |damage, order| {
        damage.each("", order, &mut part);
        let last: Vec<&str> = order
            .last()
            .map_or(Vec::new(), |p| p.sites.iter().map(|id| &id[..]).collect());
        let mut steps = order.iter().enumerate();
        let grows = order.len() == best.len() + 1
            && steps.all(|(step, part)| part.sites.iter().eq(last.iter().take(step)));
        damage.expect(
            grows,
            "",
            "its steps are others",
            "nothing first, then one site more at each step",
        );
        damage.expect(
            ways.contains(&last) && !built.contains(&last),
            "",
            last.join(", "),
            "an order of the sites of the best, each order once",
        );
        built.push(last);
    });
}

/// Holds a frontier to what makes it one: it begins with nothing, and each part is dearer and worth more
/// than the one before.
fn check_frontier(
    damage: &mut Damage,
    key: &str,
    frontier: &[Partial],
    part: &mut impl FnMut(&mut Damage, &Partial),
    worth: impl Fn(&Partial) -> f64,
) {
    damage.each(key, frontier, part);
    damage.expect(
        frontier.first().is_some_and(|first| first.weight() == 0.0),
        key,
        "it begins otherwise",
        "begun with what costs nothing",
    );
    let mut pairs = frontier.array_windows();
    damage.expect(
        pairs.all(|[a, b]| b.weight() > a.weight() && worth(b) > worth(a)),
        key,
        "one is not dearer and better than the one before",
        "so throughout",
    );
}

type PartFigures = (Option<f64>, Option<f64>, f64);

fn alike(a: PartFigures, b: PartFigures) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-3;
    let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    same(a.0, b.0) && same(a.1, b.1) && near(a.2, b.2)
}

fn check_part(damage: &mut Damage, part: &Partial, residents: f64, scenario: &Scenario) {
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
    damage.expect(is_part, "sites", found, "sites of one alternative");
    damage.yuan("yuan_a_year", part.yuan_a_year.unwrap_or(0.0));
    let reaches = part.residents_within > 0.0;
    damage.mean("mean_response_seconds", part.mean_response_seconds, reaches);
    let range = 0.0..=residents + 1e-3;
    damage.number("residents_within", part.residents_within, range);
}

fn check_study(
    damage: &mut Damage,
    study: &SensitivityStudy,
    comparison: &Comparison,
    scenario: &Scenario,
) {
    let best = &comparison.best().id;
    let indifference = comparison.indifference.figure;
    let recommended = &study.recommended;
    damage.expect(
        recommended == best,
        "recommended",
        format_args!("`{recommended}`"),
        format_args!("`{best}`, the first of `alternatives`"),
    );
    damage.number("gain", study.gain, -MOST..=MOST);
    let towns = &scenario.county.towns;
    let wanted = 2 + towns.len();
    let items = &study.items;
    damage.expect(
        items.len() == wanted,
        "items",
        items.len(),
        format_args!("{wanted}: travel times, turnout and the incidents of each town"),
    );
    let width = |changed: &[Changed; 2]| (changed[0].gain - changed[1].gain).abs();
    damage.each(
        "items",
        items.iter().enumerate(),
        |damage, (index, item)| {
            let before = &items[..index];
            let assumption = &item.assumption;
            if let Assumption::Incidents { town } = assumption
                && !towns.iter().any(|known| known.name == *town)
            {
                let problem = format_args!("the scenario has no town `{}`", town.local);
                damage.note("assumption.town", problem);
            }
            let mut before_it = before.iter();
            if let Some(first) = before_it.position(|before| before.assumption == *assumption) {
                let problem = format_args!("`items[{first}]` has it already; leave one of them");
                damage.note("assumption", problem);
            }
            let widens =
                (before.last()).is_some_and(|last| width(&item.changed) > width(&last.changed));
            damage.expect(
                !widens,
                "",
                "wider than the one before",
                "in order, the widest effect first",
            );
            damage.each("changed", &item.changed, |damage, changed| {
                damage.number("factor", changed.factor, 1e-3..=1e3);
                damage.number("gain", changed.gain, -MOST..=MOST);
                damage.number("behind", changed.behind, 0.0..=MOST);
                let overturns = changed.behind > indifference;
                damage.same("overturns", changed.overturns, overturns);
                let best = &changed.best;
                damage.expect(
                    scenario.alternatives.iter().any(|of| of.id == *best),
                    "best",
                    format_args!("`{best}`"),
                    "an alternative of the scenario",
                );
            });
        },
    );
}
