//! How many people live in each settlement.
//!
//! The population on the map, where there is one; of an area's population, what the settlements inside have not
//! got by themselves, shared by what is expected of each. Expected are residents by floor, as the settlements of known
//! population on this map have it, or as is assumed of the country; where too few homes are drawn, by the length of
//! streets, as those settlements have it; and otherwise, and of single households, as many as the kind of settlement
//! lets expect.

use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::people::divisions::Division;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::shares::shared_out;

/// What the map says of a settlement's people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) kind: SettlementKind,
    pub(super) population: Option<u64>,
    /// How many homes are drawn, and their floors in tenths of a square metre.
    pub(super) homes: usize,
    pub(super) floor: u64,
    /// How long its streets are, in tenths of a metre.
    pub(super) streets: u64,
}

/// How many people live in a settlement, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub residents: u64,
    pub source: TotalSource,
}

/// Where a settlement's number of residents comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TotalSource {
    /// The map.
    Map,
    /// Its share of the population of an area around it.
    Area,
    /// Its homes, and what a person has of floor.
    Floor,
    /// Its streets, and how many people live along those of other settlements on the map.
    Streets,
    /// Its kind.
    Kind,
}

/// How much floor, as it is drawn, a person has.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorRate {
    pub m2_a_resident: f64,
    pub source: FloorSource,
}

/// How it is known how much floor a person has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FloorSource {
    /// So many settlements of known population on this map.
    Settlements(usize),
    /// What people have in this country.
    Country(String),
    /// Nothing is known of the country.
    Elsewhere,
}

/// The totals of all settlements, and what they rest on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Totals {
    pub(super) of: Vec<Total>,
    pub(super) rate: FloorRate,
    /// Residents on each km of street, where enough settlements say it.
    pub(super) residents_a_km: Option<f64>,
    /// Populations of areas of which the settlements inside have more by themselves.
    pub(super) areas_below_their_settlements: u64,
    /// Populations of areas that are too large for what is inside: the file has a part of them.
    pub(super) areas_too_large: u64,
    /// Populations of areas that were shared out.
    pub(super) areas_shared: u64,
}

impl Facts {
    /// Whether its homes say where its people live.
    pub(super) fn is_drawn(self) -> bool {
        let least = ASSUMED.floor_space.least_m2 * 10.0;
        let is_enough = |people: u64| self.floor as f64 >= people as f64 * least;
        let km = self.streets as f64 / 10_000.0;
        self.homes >= self.kind.assumed().buildings
            && self.homes as f64 >= km * ASSUMED.floor_space.least_homes_a_km
            && self.population.is_none_or(is_enough)
    }

    fn is_known_by_floor(self) -> bool {
        self.is_drawn() && !self.kind.is_household()
    }

    /// How many people are expected at so many square metres for each, or so many on a km of street, and why; at
    /// least one.
    fn expected(self, m2_a_resident: f64, residents_a_km: Option<f64>) -> Total {
        let along_streets =
            residents_a_km.filter(|_| self.streets > 0 && !self.kind.is_household());
        if self.is_known_by_floor() {
            let residents = self.floor as f64 / (10.0 * m2_a_resident);
            Total {
                residents: (residents.round() as u64).max(1),
                source: TotalSource::Floor,
            }
        } else if let Some(residents_a_km) = along_streets {
            let residents = self.streets as f64 / 10_000.0 * residents_a_km;
            Total {
                residents: (residents.round() as u64).max(1),
                source: TotalSource::Streets,
            }
        } else {
            Total {
                residents: self.kind.assumed_residents(),
                source: TotalSource::Kind,
            }
        }
    }
}

/// The totals of settlements in a country.
pub(super) fn totals(facts: &[Facts], divisions: &[Division], country: Option<&str>) -> Totals {
    let space = &ASSUMED.floor_space;
    let of_country = country.and_then(|code| Some((code, space.countries.get(code)?)));
    let assumed = FloorRate {
        m2_a_resident: of_country.map_or(space.elsewhere, |(_, m2)| *m2) / space.dwelling_share,
        source: match of_country {
            Some((code, _)) => FloorSource::Country(code.to_owned()),
            None => FloorSource::Elsewhere,
        },
    };
    let first = at_rate(facts, divisions, assumed.clone(), None);
    let of_known_people = || {
        let known = facts.iter().zip(&first.of).filter(|(facts, total)| {
            let is_known = matches!(total.source, TotalSource::Map | TotalSource::Area);
            is_known && !facts.kind.is_household()
        });
        known.filter(|(_, total)| total.residents > 0)
    };
    let on_streets = || of_known_people().filter(|(facts, _)| facts.streets > 0);
    let metres: u64 = on_streets().map(|(facts, _)| facts.streets).sum();
    let along: u64 = on_streets().map(|(_, total)| total.residents).sum();
    let is_enough = on_streets().count() >= space.settlements_needed;
    let residents_a_km = is_enough.then(|| along as f64 / (metres as f64 / 10_000.0));
    let known = || {
        of_known_people().filter(|(facts, _)| facts.is_drawn() && facts.homes >= space.homes_needed)
    };
    let residents: u64 = known().map(|(_, total)| total.residents).sum();
    let floor: u64 = known().map(|(facts, _)| facts.floor).sum();
    let settlements = known().count();
    if settlements < space.settlements_needed {
        return at_rate(facts, divisions, assumed, residents_a_km);
    }
    let of_this_map = FloorRate {
        m2_a_resident: floor as f64 / (10.0 * residents as f64),
        source: FloorSource::Settlements(settlements),
    };
    at_rate(facts, divisions, of_this_map, residents_a_km)
}

fn at_rate(
    facts: &[Facts],
    divisions: &[Division],
    rate: FloorRate,
    residents_a_km: Option<f64>,
) -> Totals {
    let expected: Vec<Total> = facts
        .iter()
        .map(|facts| facts.expected(rate.m2_a_resident, residents_a_km))
        .collect();
    // What stands at a settlement for an area is shared with the others inside.
    let mut speaks_for: Vec<Option<usize>> = vec![None; facts.len()];
    for (index, division) in divisions.iter().enumerate() {
        if let Some(speaker) = division.speaker {
            speaks_for[speaker] = Some(index);
        }
    }
    let own = |index: usize| {
        let residents = facts[index].population?;
        let source = TotalSource::Map;
        Some(Total { residents, source })
    };
    let mut known: Vec<Option<Total>> = (0..facts.len())
        .map(|index| own(index).filter(|_| speaks_for[index].is_none()))
        .collect();
    let (mut below, mut too_large, mut shared) = (0, 0, 0);
    for (index, division) in divisions.iter().enumerate() {
        let members = || division.members.iter().copied();
        // One inside speaks for a larger area: this number is a part of its.
        let is_part = members().any(|member| {
            let speaks_for = speaks_for[member];
            speaks_for.is_some_and(|other| other > index) && known[member].is_none()
        });
        let open: Vec<usize> = members()
            .filter(|member| known[*member].is_none())
            .collect();
        if is_part || open.is_empty() {
            continue;
        }
        let inside = members().filter_map(|member| known[member]);
        let inside: u64 = inside.map(|total| total.residents).sum();
        let rest = division.population.saturating_sub(inside);
        let weights: Vec<u64> = open.iter().map(|of| expected[*of].residents).collect();
        if rest == 0 {
            below += 1;
            if let Some(speaker) = division.speaker {
                known[speaker] = own(speaker);
            }
            continue;
        }
        let most = ASSUMED.settlements.most_times_expected * weights.iter().sum::<u64>();
        if !division.is_small && rest > most {
            too_large += 1;
            continue;
        }
        let is_alone = division.members.len() == 1 && division.speaker.is_some();
        shared += u64::from(!is_alone);
        for (member, residents) in open.iter().zip(shared_out(rest, &weights)) {
            let source = match is_alone {
                true => TotalSource::Map,
                false => TotalSource::Area,
            };
            known[*member] = Some(Total { residents, source });
        }
    }
    let of = known.into_iter().zip(expected);
    Totals {
        of: of
            .map(|(known, expected)| known.unwrap_or(expected))
            .collect(),
        rate,
        residents_a_km,
        areas_below_their_settlements: below,
        areas_too_large: too_large,
        areas_shared: shared,
    }
}

#[cfg(test)]
#[path = "totals_tests.rs"]
mod tests;
