//! Suburbs, quarters and neighbourhoods: of which settlement each is a part, and which homes are in it.
//!
//! A part belongs to a city, town or village as a home does. It gives its homes their name; where it has a population
//! of its own, that many of the settlement's people live in it, and no more are counted.

use rayon::prelude::*;

use crate::roads::osm::OsmExtract;
use crate::roads::osm::people::belonging::Belonging;
use crate::roads::osm::people::divisions::Divisions;
use crate::roads::osm::people::homes::Home;
use crate::roads::osm::people::totals::{Total, TotalSource};
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::settlements::Settlement;
use crate::roads::osm::zones::{Zones, area_of};

/// Parts of settlements, and which homes they have.
pub(super) struct Parts {
    /// For each settlement the part after which each of its homes is called.
    pub(super) name_of: Vec<Vec<Option<usize>>>,
    /// For each settlement the counted part in which each of its homes is.
    pub(super) counted_of: Vec<Vec<Option<usize>>>,
    /// For each settlement its parts of which the people are counted.
    pub(super) counted: Vec<Vec<(usize, u64)>>,
    /// How many parts have a number that is not used: a larger part of the same settlement has one.
    pub(super) unused: u64,
}

impl Parts {
    /// Finds them. A home is in the part in whose outline it lies, or in the nearest of those that reach it, by their
    /// reach. A counted part without a home has one at its centre; and a settlement of which the total is not known
    /// has at least the people of its parts.
    pub(super) fn of(
        extract: &OsmExtract,
        settlements: &[Settlement],
        parts: &[Settlement],
        divisions: &Divisions,
        homes: &mut [Vec<Home>],
        totals: &mut [Total],
    ) -> Self {
        let is_main = |kind: SettlementKind| kind <= SettlementKind::Village;
        let has_main = settlements
            .iter()
            .any(|settlement| is_main(settlement.kind));
        let belonging = Belonging::of(extract, settlements, divisions, |kind| {
            !has_main || is_main(kind)
        });
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); settlements.len()];
        for (index, part) in parts.iter().enumerate() {
            if let Some(settlement) = belonging.settlement_at(part.position) {
                of[settlement].push(index);
            }
        }
        let population = |part: &usize| parts[*part].population;
        let mut unused = 0;
        let counted: Vec<Vec<(usize, u64)>> = of
            .iter()
            .map(|of| {
                let with_people = || of.iter().filter(|part| population(part).is_some());
                let largest = with_people().map(|part| parts[*part].kind).min();
                let used = with_people().filter(|part| Some(parts[**part].kind) == largest);
                let used = used.filter_map(|part| Some((*part, population(part)?)));
                let used: Vec<(usize, u64)> = used.collect();
                unused += (with_people().count() - used.len()) as u64;
                used
            })
            .collect();
        let outlines = parts.iter().enumerate();
        let outlines =
            outlines.filter_map(|(index, part)| Some((area_of(extract, &part.outline)?, index)));
        let (outlines, of_outline) = Zones::of(outlines.collect());
        let part_at = |home: &Home, among: &[usize]| -> Option<usize> {
            if among.is_empty() {
                return None;
            }
            let holding = outlines.holding(home.position);
            let holding = holding.into_iter().map(|outline| of_outline[outline]);
            let mut own = holding.filter(|part| among.contains(part));
            own.next().or_else(|| nearest(home, parts, among))
        };
        let assign = |among: &[Vec<usize>]| -> Vec<Vec<Option<usize>>> {
            let each = homes.par_iter().zip(among.par_iter());
            each.map(|(homes, among)| homes.iter().map(|home| part_at(home, among)).collect())
                .collect()
        };
        let mut name_of = assign(&of);
        let numbered: Vec<Vec<usize>> = counted
            .iter()
            .map(|counted| counted.iter().map(|(part, _)| *part).collect())
            .collect();
        let mut counted_of = assign(&numbered);
        for (settlement, counted) in counted.iter().enumerate() {
            for (part, _) in counted {
                if !counted_of[settlement].contains(&Some(*part)) {
                    homes[settlement].push(Home {
                        position: parts[*part].position,
                        weight: 1,
                    });
                    name_of[settlement].push(Some(*part));
                    counted_of[settlement].push(Some(*part));
                }
            }
            let in_parts: u64 = counted.iter().map(|(_, people)| people).sum();
            let total = &mut totals[settlement];
            let is_open = !matches!(total.source, TotalSource::Map | TotalSource::Area);
            if is_open && in_parts > 0 {
                let homes = homes[settlement].iter().zip(&counted_of[settlement]);
                let all: u64 = homes.clone().map(|(home, _)| home.weight).sum();
                let rest = homes.filter(|(_, part)| part.is_none());
                let rest: u64 = rest.map(|(home, _)| home.weight).sum();
                let share = rest as f64 / all.max(1) as f64;
                total.residents = (total.residents as f64 * share).round() as u64 + in_parts;
            }
        }
        Self {
            name_of,
            counted_of,
            counted,
            unused,
        }
    }
}

/// The part that reaches a home the farthest.
fn nearest(home: &Home, parts: &[Settlement], among: &[usize]) -> Option<usize> {
    let shares = among.iter().map(|part| {
        let Settlement { position, kind, .. } = &parts[*part];
        let distance = home.position.distance(*position).0;
        (distance / kind.assumed().reach.0, *part)
    });
    let nearest = shares.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    nearest
        .filter(|(share, _)| *share <= 1.0)
        .map(|(_, part)| part)
}
