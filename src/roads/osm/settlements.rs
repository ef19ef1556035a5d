//! Where people live: the settlements of the map, and the towns to which they belong.

use crate::geography::LonLat;
use crate::roads::osm::area::{Area, middle_of_hull};
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::{OsmExtract, Tags, english_name, names};

/// One settlement, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// `n`, `w` or `r` and the number of its node, outline or group of outlines.
    pub id: String,
    /// Its name in the local language.
    pub name: String,
    /// Its name in English, empty when not known.
    pub name_en: String,
    /// Its names in languages, by language.
    pub names: Vec<(String, String)>,
    /// What it is.
    pub kind: SettlementKind,
    /// Where its centre is mapped.
    pub position: LonLat,
    /// How many people live there as the map says.
    pub population: Option<u64>,
    /// The ways of its outline, where it has one.
    pub outline: Vec<i64>,
    /// Whether its centre lies in the county.
    pub is_inside: bool,
}

/// The settlements of an extract, and for each its town.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settlements {
    /// Nodes first, then outlines without a node, then groups of outlines, each by number.
    pub all: Vec<Settlement>,
    /// Suburbs, quarters and neighbourhoods, in the same order.
    pub parts: Vec<Settlement>,
    /// Which of `all` are towns, ascending.
    pub towns: Vec<usize>,
    /// For each settlement its town, as an index into `all`.
    pub town_of: Vec<usize>,
    /// Points of settlements without a name, left out.
    pub unnamed: u64,
    /// Populations that are no number, or cannot be right, and were not believed.
    pub not_believed: Vec<NotBelieved>,
    /// Whether suburbs and the like stand for settlements, since the map has no other.
    pub parts_stand_in: bool,
}

/// A population that was not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotBelieved {
    pub name: String,
    pub kind: SettlementKind,
    /// The value on the map.
    pub population: String,
}

impl Settlements {
    /// The settlements of the extract; those inside `area`, or all, are of the county.
    pub fn of(extract: &OsmExtract, area: Option<&Area>) -> Self {
        let mut settlements = Self::default();
        let inside = |position| area.is_none_or(|area| area.holds(position));
        for node in &extract.nodes {
            let Some(kind) = SettlementKind::of(&node.tags) else {
                continue;
            };
            let is_inside = inside(node.position);
            match settlement(format!("n{}", node.id), kind, node.position, &node.tags) {
                None => settlements.unnamed += u64::from(is_inside),
                Some(settlement) => {
                    let population = node.tags.get("population");
                    if let Some(text) = population.filter(|_| settlement.population.is_none()) {
                        settlements.not_believed.push(NotBelieved {
                            name: settlement.name.clone(),
                            kind,
                            population: text.to_owned(),
                        });
                    }
                    settlements.list(kind).push(Settlement {
                        is_inside,
                        ..settlement
                    });
                }
            }
        }
        for outline in outlines(extract) {
            settlements.take_outline(outline, &inside);
        }
        if settlements.all.is_empty() {
            settlements.parts_stand_in = !settlements.parts.is_empty();
            let largest = settlements.parts.iter().map(|part| part.kind).min();
            let parts = std::mem::take(&mut settlements.parts);
            (settlements.all, settlements.parts) = parts
                .into_iter()
                .partition(|part| Some(part.kind) == largest);
        }
        settlements.towns = seats(&settlements.all);
        settlements.town_of = settlements
            .all
            .iter()
            .map(|settlement| {
                let towns = settlements.towns.iter();
                let towns = towns.map(|town| (*town, settlements.all[*town].position));
                // A settlement makes a town, so there is one.
                nearest(settlement.position, towns).unwrap_or_default()
            })
            .collect();
        settlements
    }

    /// The settlements of which the centre lies in the county.
    pub fn inside(&self) -> impl Iterator<Item = &Settlement> {
        self.all.iter().filter(|settlement| settlement.is_inside)
    }

    fn list(&mut self, kind: SettlementKind) -> &mut Vec<Settlement> {
        match kind.is_part() {
            true => &mut self.parts,
            false => &mut self.all,
        }
    }

    /// Adds a settlement that is mapped by its outline, unless it is there already: one of its name inside the
    /// outline or close by, or one as large inside. One of its name takes the outline, and its number of residents
    /// where it has none.
    fn take_outline(&mut self, outline: Outline<'_>, inside: &dyn Fn(LonLat) -> bool) {
        let (Some(position), Some(hull)) = (
            middle_of_hull(&outline.points),
            Area::around(outline.points.iter().copied()),
        ) else {
            return;
        };
        let Some(drawn) = settlement(outline.id, outline.kind, position, outline.tags) else {
            return;
        };
        let list = self.list(drawn.kind);
        let is_namesake = |other: &Settlement| {
            let is_near = || other.position.distance(position).0 <= ASSUMED.settlements.namesake.0;
            other.name == drawn.name && (hull.holds(other.position) || is_near())
        };
        let namesakes: Vec<usize> = (0..list.len())
            .filter(|index| is_namesake(&list[*index]))
            .collect();
        let is_as_large = |other: &Settlement| other.kind <= drawn.kind;
        match namesakes.as_slice() {
            [] => {
                let mut others = list.iter().filter(|other| is_as_large(other));
                if !others.any(|other| hull.holds(other.position)) {
                    list.push(Settlement {
                        is_inside: inside(position),
                        outline: outline.ways,
                        ..drawn
                    });
                }
            }
            [only] => {
                let only = &mut list[*only];
                only.population = only.population.or(drawn.population);
                if only.outline.is_empty() {
                    only.outline = outline.ways;
                }
            }
            _ => {}
        }
    }

    /// The settlement of the county nearest to `position`.
    pub fn nearest(&self, position: LonLat) -> Option<&Settlement> {
        let all = self.all.iter().enumerate();
        let inside = all.filter(|(_, settlement)| settlement.is_inside);
        let inside = inside.map(|(index, settlement)| (index, settlement.position));
        nearest(position, inside).map(|index| &self.all[index])
    }
}

/// A settlement that is mapped by its edge.
struct Outline<'a> {
    id: String,
    kind: SettlementKind,
    tags: &'a Tags,
    ways: Vec<i64>,
    points: Vec<LonLat>,
}

fn outlines(extract: &OsmExtract) -> Vec<Outline<'_>> {
    let outline = |id, tags, ways: Vec<i64>| {
        Some(Outline {
            id,
            kind: SettlementKind::of(tags)?,
            tags,
            points: extract.points_of(&ways),
            ways,
        })
    };
    let ways = extract
        .ways
        .iter()
        .filter(|way| way.refs.first() == way.refs.last())
        .filter_map(|way| outline(format!("w{}", way.id), &way.tags, vec![way.id]));
    let relations = extract.relations.iter().filter_map(|relation| {
        SettlementKind::of(&relation.tags)?;
        let id = format!("r{}", relation.id);
        outline(id, &relation.tags, relation.outer_ways())
    });
    ways.chain(relations).collect()
}

/// The settlement of these tags, inside the county, or `None` when it has no name.
fn settlement(
    id: String,
    kind: SettlementKind,
    position: LonLat,
    tags: &Tags,
) -> Option<Settlement> {
    let population = tags.get("population");
    Some(Settlement {
        id,
        name: tags.get("name")?.to_owned(),
        name_en: english_name(tags),
        names: names::in_languages(tags),
        kind,
        position,
        population: population.and_then(|text| kind.population(text)),
        outline: Vec::new(),
        is_inside: true,
    })
}

/// The first of the nearest.
fn nearest(position: LonLat, candidates: impl Iterator<Item = (usize, LonLat)>) -> Option<usize> {
    candidates
        .map(|(index, candidate)| (index, position.distance(candidate).0))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}

/// Cities and towns; where there are none, the largest settlements of the largest kind; of those in the county, or of
/// all where none is in it.
fn seats(settlements: &[Settlement]) -> Vec<usize> {
    let is_any_inside = settlements.iter().any(|settlement| settlement.is_inside);
    let those = || {
        let all = settlements.iter().enumerate();
        all.filter(|(_, settlement)| settlement.is_inside || !is_any_inside)
    };
    let of_kind = |wanted: &dyn Fn(SettlementKind) -> bool| -> Vec<usize> {
        let wanted = those().filter(|(_, settlement)| wanted(settlement.kind));
        wanted.map(|(index, _)| index).collect()
    };
    let seats = of_kind(&SettlementKind::is_seat);
    if !seats.is_empty() {
        return seats;
    }
    let Some(largest) = those().map(|(_, settlement)| settlement.kind).min() else {
        return Vec::new();
    };
    let mut stand_ins = of_kind(&|kind| kind == largest);
    let residents = |index: &usize| {
        let settlement = &settlements[*index];
        let assumed = || settlement.kind.assumed_residents();
        settlement.population.unwrap_or_else(assumed)
    };
    stand_ins.sort_by_key(|index| std::cmp::Reverse(residents(index)));
    stand_ins.truncate(ASSUMED.settlements.stand_in_towns);
    stand_ins.sort_unstable();
    stand_ins
}

#[cfg(test)]
#[path = "settlements_tests.rs"]
mod tests;
