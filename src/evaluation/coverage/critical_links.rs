//! The links of which the closing hurts most, each closed alone.
//!
//! Every link is closed as [`super::closures`] closes it, and its loss is counted in minutes over a
//! year's incidents: those added where an engine still arrives, and a stated number for each
//! incident at a demand point that is cut off beyond the link. Demand points on the link itself
//! are counted beside, and not in the loss: otherwise the ranking would list the roads with most
//! houses on them. Links on which a chosen station stands are left out, since the rule would lock
//! its engines in.
//!
//! Links one after the other whose closing has the same consequences are one stretch.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use serde::Serialize;

use crate::county::demand::DemandPoint;
use crate::expected::Expected;
use crate::expected::fleet::Fleet;
use crate::language::Language;
use crate::progress::{Unit, Work};
use crate::roads::class::RoadClass;
use crate::roads::road::RoadId;
use crate::scenario::Scenario;

use super::closing::Network;
use super::closures::{ClosureFigures, ClosureOutcome, LinkSummary};
use super::forest::Scratch;
use super::question::CoverageQuestion;

/// The links of which the closing hurts most.
#[derive(Clone, Debug, Serialize)]
pub struct CriticalLinks {
    /// What an incident at a demand point that is cut off counts in the loss.
    pub cut_off_counts_minutes: f64,
    /// Stretches of which the closing hurts anybody beyond them; those listed are the worst.
    pub stretches_that_matter: usize,
    /// Links on which a chosen station stands, which are not ranked.
    pub not_ranked: Vec<String>,
    /// The stretches, the worst first.
    pub stretches: Vec<CriticalStretch>,
}

/// Links whose closing has the same consequences, whichever of them it is.
#[derive(Clone, Debug, Serialize)]
pub struct CriticalStretch {
    /// From 1.
    pub rank: usize,
    /// The id of the town of the demand point nearest to it, to find an unnamed road by.
    pub near_town: String,
    /// Its links, in the order of the network.
    pub links: Vec<LinkSummary>,
    /// Minutes over a year's incidents: added, and counted for incidents that are cut off.
    pub loss_minutes_a_year: f64,
    /// Incidents a year at demand points that are cut off beyond it.
    pub incidents_cut_off_a_year: f64,
    /// What closing it changes.
    #[serde(flatten)]
    pub figures: ClosureFigures,
    /// The same links, as the network numbers them.
    #[serde(skip)]
    pub roads: Vec<RoadId>,
}

impl CriticalStretch {
    /// The name that most of its length has; empty when none has one.
    pub fn name(&self, language: Language) -> &str {
        let named = self.links.iter();
        let named = named.map(|link| (link.name.in_language(language), link.length_metres));
        most_of(named.filter(|(name, _)| !name.is_empty())).unwrap_or_default()
    }

    /// The class that most of its length has.
    pub fn class(&self) -> RoadClass {
        let links = self.links.iter();
        most_of(links.map(|link| (link.class, link.length_metres))).unwrap_or(RoadClass::Road)
    }

    pub fn length_metres(&self) -> f64 {
        self.links.iter().map(|link| link.length_metres).sum()
    }
}

/// What has the greatest weight; of equals, what comes last.
fn most_of<T: PartialEq + Copy>(weighted: impl Iterator<Item = (T, f64)>) -> Option<T> {
    let mut sums: Vec<(T, f64)> = Vec::new();
    for (thing, weight) in weighted {
        match sums.iter_mut().find(|(known, _)| *known == thing) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((thing, weight)),
        }
    }
    let most = sums.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    most.map(|(thing, _)| *thing)
}

/// A link with what its closing does.
struct Found {
    road: RoadId,
    figures: ClosureFigures,
    incidents_cut_off: f64,
    /// Links with the same changes have the same number.
    consequences: u64,
}

impl CriticalLinks {
    /// Closes every link alone, and ranks them.
    pub fn new(expected: &Expected<'_>, fleet: &Fleet, question: &CoverageQuestion) -> Self {
        let scenario = expected.scenario;
        let stations = question.stations.iter();
        let mut locked: Vec<RoadId> = stations
            .filter_map(|id| {
                let driven = scenario.network.profile(scenario.stations.profile(*id));
                let at = scenario.stations.location(*id);
                driven.roadway.road_of(&at.into())
            })
            .collect();
        locked.sort_unstable();
        locked.dedup();
        let network = Network::new(expected, fleet);
        let roads: Vec<RoadId> = (0..)
            .map(RoadId)
            .take(scenario.network.roads.roads().len())
            .collect();
        let work = Work::new("closing roads", roads.len(), Unit::Count("roads"));
        let found: Vec<Found> = roads
            .into_par_iter()
            .inspect(|_| work.add(1))
            .filter(|road| locked.binary_search(road).is_err())
            .filter(|road| network.matters(*road))
            .map_init(Vec::new, |scratch, road| found(&network, road, scratch))
            .flatten()
            .collect();
        let counts = question.cut_off_counts.minutes();
        let mut stretches = joined(scenario, found, counts);
        stretches.sort_by(|a, b| {
            let loss = b.loss_minutes_a_year.total_cmp(&a.loss_minutes_a_year);
            let cut_off = b
                .figures
                .residents_cut_off
                .total_cmp(&a.figures.residents_cut_off);
            loss.then(cut_off).then(a.roads.cmp(&b.roads))
        });
        let stretches_that_matter = stretches.len();
        stretches.truncate(question.critical);
        for (stretch, rank) in stretches.iter_mut().zip(1..) {
            stretch.rank = rank;
        }
        Self {
            cut_off_counts_minutes: counts,
            stretches_that_matter,
            not_ranked: locked
                .into_iter()
                .map(|road| scenario.network.roads.road(road).id.clone())
                .collect(),
            stretches,
        }
    }
}

/// The link, unless its closing hurts nobody beyond it.
fn found(network: &Network<'_>, road: RoadId, scratch: &mut Vec<Scratch>) -> Option<Found> {
    let changes = network.close(road, scratch);
    let scenario = network.expected.scenario;
    let demand = &scenario.county.demand;
    let cut_off = changes
        .iter()
        .filter(|c| c.outcome == ClosureOutcome::CutOff);
    let incidents_cut_off = cut_off
        .map(|c| demand[c.point.index()].incidents_a_year())
        .sum();
    let figures = ClosureFigures::of(scenario, changes.iter());
    let hurts = changes
        .iter()
        .any(|change| change.outcome != ClosureOutcome::OnLink);
    let mut hasher = DefaultHasher::new();
    changes.hash(&mut hasher);
    hurts.then(|| Found {
        road,
        figures,
        incidents_cut_off,
        consequences: hasher.finish(),
    })
}

/// Links with the same consequences made one stretch, in the order of their first links.
fn joined(scenario: &Scenario, found: Vec<Found>, counts: f64) -> Vec<CriticalStretch> {
    let mut index_of: HashMap<u64, usize> = HashMap::new();
    let mut stretches: Vec<CriticalStretch> = Vec::new();
    for link in found {
        let at = *index_of.entry(link.consequences).or_insert(stretches.len());
        if at == stretches.len() {
            stretches.push(CriticalStretch {
                rank: 0,
                near_town: near_town(scenario, link.road),
                links: Vec::new(),
                loss_minutes_a_year: link.figures.added_minutes_a_year
                    + counts * link.incidents_cut_off,
                incidents_cut_off_a_year: link.incidents_cut_off,
                figures: link.figures,
                roads: Vec::new(),
            });
        }
        stretches[at]
            .links
            .push(LinkSummary::of(scenario, link.road));
        stretches[at].roads.push(link.road);
    }
    stretches
}

/// The id of the town of the demand point that is nearest to the middle of a road.
fn near_town(scenario: &Scenario, road: RoadId) -> String {
    let line = scenario
        .network
        .roads
        .line(scenario.network.roads.road(road));
    let middle = line[line.len() / 2];
    let far = |point: &&DemandPoint| point.position.distance(middle).0;
    let nearest = scenario
        .county
        .demand
        .iter()
        .min_by(|a, b| far(a).total_cmp(&far(b)));
    let town = nearest.map(|point| &scenario.county.towns[point.town.index()]);
    town.map_or_else(String::new, |town| town.id.clone())
}
