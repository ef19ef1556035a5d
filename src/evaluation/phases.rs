//! What less money would buy, and in which order to spend it: every part of every alternative, with
//! all engines at home and every stage at its mean.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::brigades::SiteId;
use crate::evaluation::cost::Cost;
use crate::expected::Expected;
use crate::progress::{Unit, Work};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::longest;
use crate::scenario::travel_times::ScenarioTimes;
use crate::units::Millis;

/// Parts of the alternatives that are worth their money, and the orders of building the best one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phases {
    /// Id of the standard within which residents are counted.
    pub standard: String,
    /// All residents.
    pub residents: f64,
    /// The choices that no cheaper one equals in mean response time, the cheapest first.
    pub fastest: Vec<Partial>,
    /// The choices that no cheaper one equals in residents within the standard, the cheapest first.
    pub widest: Vec<Partial>,
    /// What stands after each step of building the best alternative, in every order of its sites:
    /// the order that is fastest along the way first.
    pub orders: Vec<Vec<Partial>>,
}

/// Some sites beside the existing stations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    /// Ids of the sites; of an order, in the order of building.
    pub sites: Vec<String>,
    /// What they cost a year, where there are prices.
    pub yuan_a_year: Option<f64>,
    /// Mean response time; `None` where nobody is reached.
    pub mean_response_seconds: Option<f64>,
    /// Residents within the standard.
    pub residents_within: f64,
}

impl Partial {
    /// What grows with how fast it is.
    pub(super) fn speed(&self) -> f64 {
        -self.mean_response_seconds.unwrap_or(f64::INFINITY)
    }

    /// By which choices are set against each other: their cost, or how many sites they have.
    pub fn weight(&self) -> f64 {
        self.yuan_a_year.unwrap_or(self.sites.len() as f64)
    }
}

/// Sites of an alternative whose parts and orders are all looked at.
pub(super) const MAX_SITES: usize = 5;

/// Works out parts and orders. `None` where no alternative has a site, or one has more sites than
/// can be taken apart.
pub fn phases(scenario: &Scenario, times: &ScenarioTimes, best: &Alternative) -> Option<Phases> {
    let standard = longest(&scenario.rules.standards, |s| (s.clock, s.threshold))?;
    let most = scenario.alternatives.iter().map(|a| a.sites.len()).max()?;
    if most == 0 || most > MAX_SITES {
        return None;
    }
    let expected = Expected::of(scenario);
    let part = |sites: &[SiteId]| {
        let alternative = Alternative {
            id: String::new(),
            sites: sites.to_vec(),
        };
        let glance = expected.at_a_glance(times, &alternative);
        let stations = sites
            .iter()
            .map(|site| &scenario.stations.site(*site).station);
        Partial {
            yuan_a_year: scenario.rules.prices.as_ref().map(|prices| {
                let costs = stations.clone().map(|station| Cost::of(station, prices));
                costs.sum::<Cost>().yuan_a_year.round()
            }),
            sites: stations.map(|station| station.id.clone()).collect(),
            mean_response_seconds: glance.mean_response.map(Millis::seconds),
            residents_within: glance.residents_within[standard],
        }
    };
    let parts: BTreeSet<Vec<SiteId>> = (scenario.alternatives.iter())
        .flat_map(|alternative| subsets(&alternative.sites))
        .collect();
    let parts: Vec<Vec<SiteId>> = parts.into_iter().collect();
    let work = Work::new("phases", parts.len(), Unit::Count("choices"));
    let parts = parts.par_iter().map(|sites| {
        let part = part(sites);
        work.add(1);
        part
    });
    let parts: Vec<Partial> = parts.collect();
    let mut orders: Vec<Vec<Partial>> = orders(&best.sites)
        .into_iter()
        .map(|order| (0..=order.len()).map(|step| part(&order[..step])).collect())
        .collect();
    // Before the first is built, all orders are alike.
    let along = |order: &[Partial]| -> f64 {
        let means = order.iter().filter_map(|part| part.mean_response_seconds);
        means.sum()
    };
    orders.sort_by(|a, b| along(a).total_cmp(&along(b)));
    Some(Phases {
        standard: scenario.rules.standards[standard].id.clone(),
        residents: scenario.county.demand.iter().map(|p| p.residents).sum(),
        fastest: frontier(&parts, Partial::speed),
        widest: frontier(&parts, |part| part.residents_within),
        orders,
    })
}

/// Every order of some things, each once where some are alike.
pub fn orders<T: Copy + PartialEq>(things: &[T]) -> Vec<Vec<T>> {
    if things.is_empty() {
        return vec![Vec::new()];
    }
    let mut orders = Vec::new();
    for (index, first) in things.iter().enumerate() {
        if things[..index].contains(first) {
            continue;
        }
        let rest = [&things[..index], &things[index + 1..]].concat();
        for mut order in self::orders(&rest) {
            order.insert(0, *first);
            orders.push(order);
        }
    }
    orders
}

/// How many orders of building are as good as the first at every step: their means, in seconds, are longer by
/// no more than what does not matter.
pub fn orders_as_good(orders: &[Vec<f64>], indifference: f64) -> usize {
    let [first, others @ ..] = orders else {
        return 0;
    };
    let is_as_good = |order: &&Vec<f64>| {
        let mut steps = order.iter().zip(first);
        steps.all(|(mean, of_first)| *mean <= of_first + indifference)
    };
    others.iter().filter(is_as_good).count()
}

/// Every choice of some of the sites, none and all among them.
fn subsets<T: Copy + Ord>(sites: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    (0_u32..1 << sites.len()).map(|chosen| {
        let numbered = sites.iter().enumerate();
        let mut subset: Vec<T> = numbered
            .filter(|(index, _)| chosen >> index & 1 == 1)
            .map(|(_, site)| *site)
            .collect();
        subset.sort_unstable();
        subset
    })
}

/// The parts that are worth more than every one that costs no more (the Pareto frontier), the
/// cheapest first; of equals the first.
fn frontier(parts: &[Partial], worth: impl Fn(&Partial) -> f64) -> Vec<Partial> {
    let mut sorted: Vec<&Partial> = parts.iter().collect();
    sorted.sort_by(|a, b| {
        let by_cost = a.weight().total_cmp(&b.weight());
        by_cost.then(worth(b).total_cmp(&worth(a)))
    });
    let mut frontier: Vec<Partial> = Vec::new();
    for part in sorted {
        if frontier.last().is_none_or(|last| worth(part) > worth(last)) {
            frontier.push(part.clone());
        }
    }
    frontier
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    #[test]
    fn an_order_is_as_good_when_no_step_is_slower_by_what_matters() {
        let orders = [
            vec![600.0, 500.0, 400.0],
            vec![600.0, 505.0, 400.0],
            vec![600.0, 505.5, 400.0],
            vec![600.0, 490.0, 410.0],
        ];
        assert_eq!(orders_as_good(&orders, 5.0), 1);
        assert_eq!(orders_as_good(&orders, 10.0), 3);
        assert_eq!(orders_as_good(&[], 5.0), 0);
    }

    fn part(yuan: f64, mean: f64) -> Partial {
        Partial {
            sites: Vec::new(),
            yuan_a_year: Some(yuan),
            mean_response_seconds: Some(mean),
            residents_within: 0.0,
        }
    }

    #[test]
    fn what_is_dearer_and_no_faster_is_not_on_the_frontier() {
        let parts = [
            part(2.0, 20.0),
            part(0.0, 40.0),
            part(1.0, 30.0),
            part(1.0, 25.0),
            part(1.5, 25.0),
            part(3.0, 21.0),
        ];
        let frontier = frontier(&parts, Partial::speed);
        let kept: Vec<_> = frontier
            .iter()
            .map(|part| (part.weight(), -part.speed()))
            .collect();
        assert_eq!(kept, [(0.0, 40.0), (1.0, 25.0), (2.0, 20.0)]);
    }

    /// The frontier ends at the fastest of all pairs, and each order goes from nothing to the best.
    #[test]
    fn the_parts_of_the_embedded_county() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let best = &scenario.alternatives[7];
        let phases = phases(&scenario, &times, best).unwrap();
        let fastest = phases.fastest.last().unwrap();
        let least = scenario.alternatives.iter().map(|alternative| {
            Expected::of(&scenario)
                .at_a_glance(&times, alternative)
                .mean_response
                .map_or(f64::INFINITY, Millis::seconds)
        });
        assert_eq!(
            fastest.mean_response_seconds,
            Some(least.fold(f64::INFINITY, f64::min))
        );
        assert_eq!(phases.fastest[0].sites.len(), 0);
        assert_eq!(phases.fastest[1].sites.len(), 1);
        assert_eq!(phases.orders.len(), 2);
        for order in &phases.orders {
            assert_eq!(order[0].sites.len(), 0);
            assert_eq!(order[2].sites.len(), 2);
            assert_eq!(order[0], phases.fastest[0]);
        }
        assert!(
            phases.orders[0][1].mean_response_seconds < phases.orders[1][1].mean_response_seconds
        );
    }

    #[test]
    fn a_set_has_all_its_subsets() {
        let all: BTreeSet<Vec<usize>> = subsets(&[7, 3]).collect();
        assert_eq!(
            all.into_iter().collect::<Vec<_>>(),
            [vec![], vec![3], vec![3, 7], vec![7]]
        );
    }

    #[test]
    fn alike_things_are_not_ordered_twice() {
        let [a, b] = ['a', 'b'];
        assert_eq!(
            orders(&[a, a, b]),
            [vec![a, a, b], vec![a, b, a], vec![b, a, a]]
        );
    }
}
