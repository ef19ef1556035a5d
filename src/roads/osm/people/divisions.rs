//! Municipalities and other areas of the map whose population is that of all settlements inside.
//!
//! The number that stands at a town or village is that of its whole municipality, where one of its name is drawn
//! around it; so are the numbers of administrative areas, and of outlines of settlements with others inside.

use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::outline;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::settlements::Settlement;
use crate::roads::osm::zones::{Zones, area_of};
use crate::roads::osm::{OsmExtract, Tags};

/// An area of which the population is known, and the settlements inside, as indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Division {
    pub(super) population: u64,
    pub(super) members: Vec<usize>,
    /// The settlement at which that number stands.
    pub(super) speaker: Option<usize>,
    /// Whether it is a municipality or smaller, so that what belongs to it is in the file with it.
    pub(super) is_small: bool,
}

/// The areas of an extract that concern its people.
pub(super) struct Divisions {
    /// Those with a population, the smallest first.
    pub(super) with_population: Vec<Division>,
    /// Municipalities that are drawn whole.
    pub(super) municipalities: Zones,
    /// For each of these the settlements inside.
    pub(super) members: Vec<Vec<usize>>,
}

/// What is known of an area before it is known who lives there.
struct Drawn<'e> {
    name: Option<&'e str>,
    population: Option<u64>,
    is_municipality: bool,
    /// The settlement of which it is the outline.
    outline_of: Option<usize>,
}

impl Divisions {
    pub(super) fn of(extract: &OsmExtract, settlements: &[Settlement]) -> Self {
        let administrative = extract.relations.iter().filter_map(|relation| {
            let tags = &relation.tags;
            if !outline::is_administrative(tags) {
                return None;
            }
            let population = tags.get("population");
            let drawn = Drawn {
                name: tags.get("name"),
                // A whole country may live in an area.
                population: population.and_then(|text| SettlementKind::City.population(text)),
                is_municipality: is_municipality(tags),
                outline_of: None,
            };
            let matters = drawn.is_municipality || drawn.population.is_some();
            let ways = || area_of(extract, &relation.edge_ways());
            Some((matters.then(ways)??, drawn))
        });
        let outlines = settlements
            .iter()
            .enumerate()
            .filter_map(|(index, settlement)| {
                settlement.population?;
                let drawn = Drawn {
                    name: None,
                    population: None,
                    is_municipality: false,
                    outline_of: Some(index),
                };
                Some((area_of(extract, &settlement.outline)?, drawn))
            });
        let (zones, drawn) = Zones::of(administrative.chain(outlines).collect());
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); drawn.len()];
        let mut speakers: Vec<Option<usize>> = vec![None; drawn.len()];
        for (index, settlement) in settlements.iter().enumerate() {
            let holding = zones.holding(settlement.position);
            for zone in &holding {
                members[*zone].push(index);
            }
            if settlement.population.is_none() {
                continue;
            }
            let is_named = |zone: &&usize| {
                let drawn = &drawn[**zone];
                drawn.is_municipality && drawn.name == Some(&settlement.name)
            };
            let is_own = |zone: &&usize| drawn[**zone].outline_of == Some(index);
            let named = holding.iter().find(is_named);
            if let Some(zone) = named.or_else(|| holding.iter().find(is_own)) {
                speakers[*zone].get_or_insert(index);
            }
        }
        let with_population = drawn.iter().zip(&members).zip(&speakers);
        let with_population = with_population.filter_map(|((drawn, members), speaker)| {
            let said = speaker.and_then(|speaker| settlements[speaker].population);
            Some(Division {
                population: said.or(drawn.population)?,
                members: members.clone(),
                speaker: *speaker,
                is_small: drawn.is_municipality || drawn.outline_of.is_some(),
            })
        });
        let with_population = with_population.collect();
        // What is no municipality holds nobody together.
        for (drawn, members) in drawn.iter().zip(&mut members) {
            if !drawn.is_municipality {
                members.clear();
            }
        }
        Self {
            with_population,
            municipalities: zones,
            members,
        }
    }
}

fn is_municipality(tags: &Tags) -> bool {
    let level = tags.get("admin_level").and_then(|level| level.parse().ok());
    level.is_some_and(|level: u8| level >= ASSUMED.settlements.municipality_level)
}
