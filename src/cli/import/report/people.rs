//! The people of an import in its account: who was found, what was assumed for whom, and what cannot be right.

mod lines;

use std::collections::BTreeMap;

use crate::cli::console::number_of;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::people::People;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::settlements::Settlements;

use super::words;

/// Settlements and their people.
#[derive(Debug, serde::Serialize)]
pub(super) struct PeopleFound {
    settlements: usize,
    by_kind: BTreeMap<&'static str, usize>,
    towns: Vec<String>,
    towns_stand_in: bool,
    parts_stand_in: bool,
    unnamed_dropped: u64,
    residents: u64,
    demand_points: usize,
    cell_m: f64,
    buildings_drawn: u64,
    buildings_lived_in: u64,
    buildings_with_floors: u64,
    buildings_left_out: BTreeMap<&'static str, u64>,
    buildings_of_no_settlement: u64,
    floors_not_understood: u64,
    parts_with_people_counted: u64,
    parts_within_counted_parts: u64,
    areas_shared: u64,
    areas_below_their_settlements: u64,
    areas_too_large: u64,
    /// Settlements and their residents, by where the number of residents comes from.
    totals: BTreeMap<&'static str, Share>,
    /// The same by what shows where they live.
    whereabouts: BTreeMap<&'static str, Share>,
    floor_m2_a_resident: f64,
    floor_source: String,
    residents_a_km_of_street: Option<f64>,
    residents_of_kinds: BTreeMap<&'static str, u64>,
    populations_not_believed: Vec<String>,
    cut_by_the_boundary: BTreeMap<String, u64>,
    residents_a_km_of_road: Option<f64>,
    residents_a_building: Option<f64>,
    median_m_to_a_road: Option<f64>,
    residents_beyond_roads: u64,
    warnings: Vec<String>,
}

/// So many settlements with so many residents.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
struct Share {
    settlements: u64,
    residents: u64,
}

impl PeopleFound {
    pub(super) fn of(settlements: &Settlements, people: &People, road_km: f64) -> Self {
        let counts = &people.counts;
        let all = &settlements.all;
        let mut of_county = vec![0; all.len()];
        for point in &people.points {
            of_county[point.settlement] += point.residents;
        }
        let in_county = || {
            let each = all.iter().zip(&of_county).enumerate();
            each.filter(|(_, (settlement, residents))| settlement.is_inside || **residents > 0)
        };
        let mut by_kind = BTreeMap::new();
        let mut totals: BTreeMap<&'static str, Share> = BTreeMap::new();
        let mut whereabouts: BTreeMap<&'static str, Share> = BTreeMap::new();
        for (index, (settlement, residents)) in in_county() {
            *by_kind.entry(settlement.kind.word()).or_default() += 1;
            let source = words::total(people.totals[index].source);
            let place = words::whereabouts(people.whereabouts[index]);
            for some in [totals.entry(source), whereabouts.entry(place)] {
                let some = some.or_default();
                some.settlements += 1;
                some.residents += residents;
            }
        }
        for part in settlements.parts.iter().filter(|part| part.is_inside) {
            *by_kind.entry(part.kind.word()).or_default() += 1;
        }
        let residents = people.residents();
        let per = |of: f64| (of > 0.0 && residents > 0).then(|| tenths(residents as f64 / of));
        let towns = settlements.towns.iter().map(|town| &all[*town]);
        let not_believed = settlements.not_believed.iter();
        let mut found = Self {
            settlements: in_county().count(),
            by_kind,
            towns: towns.clone().map(|town| town.name.clone()).collect(),
            towns_stand_in: towns.clone().any(|town| town.kind > SettlementKind::Town),
            parts_stand_in: settlements.parts_stand_in,
            unnamed_dropped: settlements.unnamed,
            residents,
            demand_points: people.points.len(),
            cell_m: people.cell.0,
            buildings_drawn: counts.buildings.drawn,
            buildings_lived_in: counts.homes,
            buildings_with_floors: counts.buildings.with_floors,
            buildings_left_out: words::in_words(&counts.buildings.left_out, words::no_home),
            buildings_of_no_settlement: counts.homes_of_none,
            floors_not_understood: counts.buildings.floors_not_understood,
            parts_with_people_counted: counts.parts_counted,
            parts_within_counted_parts: counts.parts_within_parts,
            areas_shared: counts.areas_shared,
            areas_below_their_settlements: counts.areas_below_their_settlements,
            areas_too_large: counts.areas_too_large,
            totals,
            whereabouts,
            floor_m2_a_resident: tenths(people.rate.m2_a_resident),
            floor_source: words::floor(&people.rate.source),
            residents_a_km_of_street: people.residents_a_km.map(tenths),
            residents_of_kinds: SettlementKind::ALL
                .into_iter()
                .map(|kind| (kind.word(), kind.assumed_residents()))
                .collect(),
            populations_not_believed: not_believed
                .map(|not| format!("{} ({}): {}", not.name, not.kind.word(), not.population))
                .collect(),
            cut_by_the_boundary: counts.cut.iter().cloned().collect(),
            residents_a_km_of_road: per(road_km),
            residents_a_building: per(counts.homes as f64),
            median_m_to_a_road: people.from_road.median().map(|median| tenths(median.0)),
            residents_beyond_roads: people.from_road.beyond(ASSUMED.plausible.from_road),
            warnings: Vec::new(),
        };
        found.warnings = found.doubts();
        found
    }

    /// What cannot be right about the people.
    fn doubts(&self) -> Vec<String> {
        let rules = &ASSUMED.plausible;
        let mut doubts = Vec::new();
        if self.settlements == 0 {
            return doubts;
        }
        if self.residents == 0 {
            doubts.push("nobody lives in the settlements of this map".to_owned());
        }
        let km = self.residents_a_km_of_road;
        if let Some(few) = km.filter(|km| *km < rules.least_per_km) {
            doubts.push(format!(
                "residents a km of road: {few}, fewer than in the emptiest countries ({}): settlements or their \
                 numbers are missing on this map; write towns and people into towns.csv and demand.csv",
                rules.least_per_km
            ));
        }
        if let Some(many) = km.filter(|km| *km > rules.most_per_km) {
            doubts.push(format!(
                "residents a km of road: {many}, more than in any city ({}): roads are missing, or a population \
                 is that of more than its settlement; look at demand.csv",
                rules.most_per_km
            ));
        }
        let building = self.residents_a_building;
        if let Some(few) = building.filter(|of| *of < rules.least_per_building) {
            doubts.push(format!(
                "residents a building that people could live in: {few}, too few ({} at least): settlements or \
                 their numbers are missing on this map; write people into demand.csv",
                rules.least_per_building
            ));
        }
        if let Some(many) = building.filter(|of| *of > rules.most_per_building) {
            doubts.push(format!(
                "residents a building that people live in: {many}, too many ({} at most): most buildings are \
                 missing on this map, and people stand where some are drawn",
                rules.most_per_building
            ));
        }
        if self.buildings_lived_in == 0 {
            doubts.push(
                "the map has no building that people live in: they stand on residential land, along streets, or at \
                 the centre of their settlement"
                    .to_owned(),
            );
        }
        if self.residents_beyond_roads > 0 {
            doubts.push(format!(
                "{} farther than {} from every road that engines drive there and back: a scenario refuses them until \
                 their road is in the network, or demand_limit of its [roads] is larger",
                number_of(
                    self.residents_beyond_roads,
                    ["resident lives", "residents live"]
                ),
                rules.from_road
            ));
        }
        doubts
    }

    /// Whether nobody's settlement is known.
    pub(super) fn is_empty(&self) -> bool {
        self.settlements == 0
    }

    pub(super) fn unnamed_dropped(&self) -> u64 {
        self.unnamed_dropped
    }

    pub(in crate::cli::import) fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// To a tenth, so that a report does not change with the last bit of a sum.
fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
