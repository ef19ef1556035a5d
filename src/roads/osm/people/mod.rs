//! How many people live where: the settlements' people, spread over what the map shows of their homes.
//!
//! [`homes`] finds where the people of each settlement live (`belonging` says what belongs to which); [`totals`] says
//! how many they are; [`cells`] puts them together into demand points. A settlement that the boundary cuts has its
//! people on both sides of it, and those outside are counted.

mod belonging;
pub mod cells;
mod country;
mod divisions;
pub mod homes;
mod parts;
pub mod streets;
pub mod totals;

use rayon::prelude::*;

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::OsmExtract;
use crate::roads::osm::area::Area;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::footprints::BuildingCounts;
use crate::roads::osm::landuse::Land;
use crate::roads::osm::settlements::{Settlement, Settlements};
use crate::units::Metres;

use belonging::Belonging;
use cells::{Cut, DemandPoint};
use divisions::Divisions;
use homes::{Home, Whereabouts};
use parts::Parts;
use streets::FromRoad;
use totals::{Facts, FloorRate, Total, Totals};

/// The people of a county.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// By settlement, as the settlements are listed.
    pub points: Vec<DemandPoint>,
    /// How many people each settlement has, in the county and outside.
    pub totals: Vec<Total>,
    /// For each settlement what shows where its people live.
    pub whereabouts: Vec<Whereabouts>,
    /// How much floor a person has where that says how many there are.
    pub rate: FloorRate,
    /// Residents on each km of the streets of settlements, where enough of these say it.
    pub residents_a_km: Option<f64>,
    /// The width of a cell.
    pub cell: Metres,
    pub counts: PeopleCounts,
    pub from_road: FromRoad,
}

/// What was counted on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleCounts {
    /// Buildings that people live in.
    pub homes: u64,
    /// Those that belong to no settlement.
    pub homes_of_none: u64,
    pub buildings: BuildingCounts,
    /// Suburbs and the like with a number of people of their own, which is taken from their settlement's.
    pub parts_counted: u64,
    /// Those of which the number is not used: a larger part around them has one.
    pub parts_within_parts: u64,
    /// Populations of areas that were shared out among the settlements inside.
    pub areas_shared: u64,
    /// Those that are no more than what the settlements inside have by themselves.
    pub areas_below_their_settlements: u64,
    /// Those of which the file has a part.
    pub areas_too_large: u64,
    /// Settlements that the boundary cuts, with how many of their people live outside.
    pub cut: Vec<(String, u64)>,
}

/// Which part of the extract is the county.
#[derive(Clone, Copy, Debug)]
pub enum County<'a> {
    /// That in the boundary: who lives outside belongs to another.
    Boundary(&'a Area),
    /// All of it, of which an outline was found: what lies outside is a fringe in which nobody lives.
    Outline(Option<&'a Area>),
}

impl People {
    /// The people of the settlements; `roads` are those that engines drive.
    pub fn of(
        extract: &mut OsmExtract,
        settlements: &Settlements,
        county: County<'_>,
        roads: &RoadGraph,
    ) -> Self {
        let (boundary, outline) = match county {
            County::Boundary(boundary) => (Some(boundary), None),
            County::Outline(outline) => (None, outline),
        };
        let buildings = std::mem::take(&mut extract.buildings);
        let all = &settlements.all;
        let land = Land::of(extract);
        let buildings = homes::lived_in(buildings, &land, outline);
        let divisions = Divisions::of(extract, all);
        let belonging = Belonging::of(extract, all, &divisions, |_| true);
        let mut homes = homes::buildings(&buildings.all, &belonging, all.len());
        let streets = homes::streets(roads, &belonging, outline, all.len());
        let facts: Vec<Facts> = all
            .iter()
            .zip(homes.iter().zip(&streets))
            .map(|(settlement, (homes, streets))| Facts {
                kind: settlement.kind,
                population: settlement.population,
                homes: homes.len(),
                floor: homes.iter().map(|home| home.weight).sum(),
                streets: streets.iter().map(|home| home.weight).sum(),
            })
            .collect();
        let positions: Vec<LonLat> = all.iter().map(|settlement| settlement.position).collect();
        let country = country::of(extract, &positions);
        let totals = totals::totals(&facts, &divisions.with_population, country.as_deref());
        let is_drawn: Vec<bool> = facts.iter().map(|facts| facts.is_drawn()).collect();
        let placed: usize = homes.iter().map(Vec::len).sum();
        let whereabouts =
            homes::otherwise(&mut homes, &is_drawn, &belonging, &land, streets, outline);
        for (homes, settlement) in homes.iter_mut().zip(all) {
            if homes.is_empty() {
                homes.push(Home {
                    position: settlement.position,
                    weight: 1,
                });
            }
        }

        let mut counts = PeopleCounts {
            homes: buildings.all.len() as u64,
            homes_of_none: (buildings.all.len() - placed) as u64,
            buildings: buildings.counts,
            areas_shared: totals.areas_shared,
            areas_below_their_settlements: totals.areas_below_their_settlements,
            areas_too_large: totals.areas_too_large,
            ..PeopleCounts::default()
        };
        let Totals {
            mut of,
            rate,
            residents_a_km,
            ..
        } = totals;
        let parts = Parts::of(
            extract,
            all,
            &settlements.parts,
            &divisions,
            &mut homes,
            &mut of,
        );
        counts.parts_counted = parts.counted.iter().map(Vec::len).sum::<usize>() as u64;
        counts.parts_within_parts = parts.unused;
        let at_width = |width: Metres| -> Vec<Cut> {
            (0..all.len())
                .into_par_iter()
                .map(|index| {
                    let people = cells::People {
                        settlement: &all[index],
                        index,
                        total: of[index],
                        homes: &homes[index],
                        name_of: &parts.name_of[index],
                        counted_of: &parts.counted_of[index],
                        parts: &settlements.parts,
                        counted: &parts.counted[index],
                    };
                    people.points(boundary, width)
                })
                .collect()
        };
        let rules = &ASSUMED.demand_points;
        let mut cell = rules.cell;
        let mut cut = at_width(cell);
        let count = |cut: &[Cut]| cut.iter().map(|cut| cut.points.len()).sum::<usize>();
        while count(&cut) > rules.most && cell.0 < rules.widest.0 {
            cell = Metres(cell.0 * 2.0);
            cut = at_width(cell);
        }
        let is_cut = |(cut, _): &(&Cut, &Settlement)| cut.outside > 0 && !cut.points.is_empty();
        let cut_apart = cut.iter().zip(all).filter(is_cut);
        let named = |(cut, settlement): (&Cut, &Settlement)| (settlement.name.clone(), cut.outside);
        counts.cut = cut_apart.map(named).collect();
        let points: Vec<DemandPoint> = cut.into_iter().flat_map(|cut| cut.points).collect();
        Self {
            from_road: FromRoad::of(&points, roads),
            points,
            totals: of,
            whereabouts,
            rate,
            residents_a_km,
            cell,
            counts,
        }
    }

    /// All residents of the county.
    pub fn residents(&self) -> u64 {
        self.points.iter().map(|point| point.residents).sum()
    }

    /// The residents of `town` of the county, and how their number is known: as its weakest part, and as an estimate
    /// at best when it has several.
    pub fn residents_of(&self, town: usize, settlements: &Settlements) -> (u64, Basis) {
        let those = || {
            let points = self.points.iter();
            points.filter(|point| settlements.town_of[point.settlement] == town)
        };
        let weakest = those().map(|point| point.basis).max();
        let basis = match weakest.unwrap_or(Basis::Observed) {
            Basis::Observed if those().count() > 1 => Basis::Estimated,
            basis => basis,
        };
        (those().map(|point| point.residents).sum(), basis)
    }
}
