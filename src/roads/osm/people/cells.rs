//! The people of a settlement, put together on a grid into demand points.

use std::collections::{BTreeMap, HashMap};

use crate::basis::Basis;
use crate::geography::{LonLat, Plane};
use crate::roads::osm::area::Area;
use crate::roads::osm::people::homes::Home;
use crate::roads::osm::people::totals::{Total, TotalSource};
use crate::roads::osm::settlements::Settlement;
use crate::shares::shared_out;
use crate::units::Metres;

/// Where incidents arise: the people of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandPoint {
    /// That of its settlement; with the cell, where that has several.
    pub id: String,
    /// That of its part, or of the settlement, with a number where several have it.
    pub name: String,
    pub names: Vec<(String, String)>,
    /// The settlement, as an index.
    pub settlement: usize,
    pub position: LonLat,
    pub residents: u64,
    pub basis: Basis,
}

/// What is put together.
pub(super) struct People<'p> {
    pub(super) settlement: &'p Settlement,
    pub(super) index: usize,
    pub(super) total: Total,
    pub(super) homes: &'p [Home],
    /// The part after which each home is called, as an index into `parts`.
    pub(super) name_of: &'p [Option<usize>],
    /// The counted part in which each home is.
    pub(super) counted_of: &'p [Option<usize>],
    pub(super) parts: &'p [Settlement],
    /// Parts with a number of people of their own.
    pub(super) counted: &'p [(usize, u64)],
}

/// The points of a settlement in the county, and how many of its people live outside.
pub(super) struct Cut {
    pub(super) points: Vec<DemandPoint>,
    pub(super) outside: u64,
}

/// Columns to the east and rows to the north of that of the settlement's centre, and whether it is of the county.
type Cell = (i64, i64, bool);

impl People<'_> {
    /// Puts them together on cells of this width; those outside `county` are counted.
    pub(super) fn points(&self, county: Option<&Area>, width: Metres) -> Cut {
        let plane = Plane::around(self.settlement.position);
        let is_inside = |position| county.is_none_or(|county| county.holds(position));
        // The centre stands in the middle of its cell.
        let step = |metres: f64| (metres / width.0 + 0.5).floor() as i64;
        let cell_of = |home: &Home| -> Cell {
            let [east, north] = plane.project(home.position);
            (step(north), step(east), is_inside(home.position))
        };
        let mut residents: BTreeMap<Cell, u64> = BTreeMap::new();
        let mut homes_in: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
        let cells: Vec<Cell> = self.homes.iter().map(cell_of).collect();
        for (index, cell) in cells.iter().enumerate() {
            homes_in.entry(*cell).or_default().push(index);
        }
        for (people, of_group) in self.groups() {
            let mut weights: BTreeMap<Cell, u64> = BTreeMap::new();
            for index in of_group {
                // Nobody is lost where all homes weigh nothing.
                *weights.entry(cells[index]).or_default() += self.homes[index].weight.max(1);
            }
            let shares: Vec<u64> = weights.values().copied().collect();
            for (cell, share) in weights.keys().zip(shared_out(people, &shares)) {
                *residents.entry(*cell).or_default() += share;
            }
        }
        residents.retain(|_, residents| *residents > 0);
        let outside = residents.iter().filter(|((.., is_inside), _)| !is_inside);
        let outside = outside.map(|(_, residents)| residents).sum();
        residents.retain(|(.., is_inside), _| *is_inside);
        let is_one = residents.len() == 1 && outside == 0;
        let basis = self.basis(is_one);
        let mut cells: Vec<(Cell, u64)> = residents.into_iter().collect();
        cells.sort_by_key(|((row, column, _), _)| (row * row + column * column, *row, *column));
        let named: Vec<Option<usize>> = cells
            .iter()
            .map(|(cell, _)| self.part_of_most(&homes_in[cell]))
            .collect();
        let mut of_name: HashMap<Option<usize>, usize> = HashMap::new();
        for part in &named {
            *of_name.entry(*part).or_default() += 1;
        }
        let mut number: HashMap<Option<usize>, usize> = HashMap::new();
        let points = cells
            .into_iter()
            .zip(named)
            .map(|((cell, residents), part)| {
                let number = number.entry(part).or_default();
                *number += 1;
                let number = (of_name[&part] > 1).then_some(*number);
                let namesake = part.map_or(self.settlement, |part| &self.parts[part]);
                let numbered = |name: &String| match number {
                    Some(number) => format!("{name} {number}"),
                    None => name.clone(),
                };
                let names = namesake.names.iter();
                let (row, column, _) = cell;
                DemandPoint {
                    id: match is_one {
                        true => self.settlement.id.clone(),
                        false => format!("{}-{}", self.settlement.id, directions(column, row)),
                    },
                    name: numbered(&namesake.name),
                    names: names
                        .map(|(language, name)| (language.clone(), numbered(name)))
                        .collect(),
                    settlement: self.index,
                    position: self.middle(&homes_in[&cell], &plane),
                    residents,
                    basis,
                }
            });
        Cut {
            points: points.collect(),
            outside,
        }
    }

    /// How the points are known, at worst.
    fn basis(&self, is_one: bool) -> Basis {
        let is_at_centre =
            matches!(self.homes, [only] if only.position == self.settlement.position);
        match self.total.source {
            TotalSource::Map if is_one && is_at_centre => Basis::Observed,
            TotalSource::Map | TotalSource::Area => Basis::Estimated,
            TotalSource::Floor | TotalSource::Streets | TotalSource::Kind => Basis::Assumed,
        }
    }

    /// People, and the homes in which they live: those of each counted part, and the rest. Where the parts have more
    /// than the whole, they have it all, and nobody lives elsewhere.
    fn groups(&self) -> Vec<(u64, Vec<usize>)> {
        let of = |part: usize| -> Vec<usize> {
            let homes = self.counted_of.iter().enumerate();
            let homes = homes.filter(|(_, of)| **of == Some(part));
            homes.map(|(index, _)| index).collect()
        };
        let with_homes = self
            .counted
            .iter()
            .map(|(part, people)| (of(*part), *people));
        let mut groups: Vec<(Vec<usize>, u64)> =
            with_homes.filter(|(homes, _)| !homes.is_empty()).collect();
        let others = self.counted_of.iter().enumerate();
        let others = others.filter(|(_, part)| part.is_none());
        let others: Vec<usize> = others.map(|(index, _)| index).collect();
        let in_parts: u64 = groups.iter().map(|(_, people)| people).sum();
        let whole = self.total.residents;
        if !others.is_empty() && in_parts < whole {
            groups.push((others, whole - in_parts));
        }
        let people: Vec<u64> = groups.iter().map(|(_, people)| *people).collect();
        let people = shared_out(whole, &people);
        let homes = groups.into_iter().map(|(homes, _)| homes);
        people.into_iter().zip(homes).collect()
    }

    /// The part in which most of these homes are.
    fn part_of_most(&self, homes: &[usize]) -> Option<usize> {
        let mut weights: BTreeMap<Option<usize>, u64> = BTreeMap::new();
        for home in homes {
            *weights.entry(self.name_of[*home]).or_default() += self.homes[*home].weight;
        }
        let most = weights.into_iter().max_by_key(|(_, weight)| *weight);
        most.and_then(|(part, _)| part)
    }

    /// The home nearest to the weighted middle of these: on land, and on the bank on which they are.
    fn middle(&self, homes: &[usize], plane: &Plane) -> LonLat {
        let (mut all, mut middle) = (0.0, [0.0; 2]);
        for home in homes {
            let Home { position, weight } = self.homes[*home];
            let weight = weight.max(1) as f64;
            let at = plane.project(position);
            all += weight;
            middle = [middle[0] + weight * at[0], middle[1] + weight * at[1]];
        }
        let distance = |home: &usize| {
            let [east, north] = plane.project(self.homes[*home].position);
            libm::hypot(east - middle[0] / all, north - middle[1] / all)
        };
        let nearest = homes
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.map_or(self.settlement.position, |home| self.homes[*home].position)
    }
}

/// Cells to the east or west and to the north or south: `2e1n`.
fn directions(column: i64, row: i64) -> String {
    let east = if column < 0 { 'w' } else { 'e' };
    let north = if row < 0 { 's' } else { 'n' };
    format!("{}{east}{}{north}", column.abs(), row.abs())
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
