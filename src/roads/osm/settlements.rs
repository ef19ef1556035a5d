//! Where people live: the settlements of the map, and the towns to which they belong.

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::osm::area::{Area, middle_of_hull};
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::{OsmExtract, Tags, english_name, names};

/// A kind of settlement, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettlementKind {
    /// `place=city`
    City,
    /// `place=town`
    Town,
    /// `place=village`
    Village,
    /// `place=hamlet`
    Hamlet,
}

impl SettlementKind {
    /// Every kind, in order.
    pub const ALL: [Self; 4] = [Self::City, Self::Town, Self::Village, Self::Hamlet];

    /// The word on the map.
    pub fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Village => "village",
            Self::Hamlet => "hamlet",
        }
    }

    /// How many residents are assumed where the map gives no number.
    pub fn assumed_residents(self) -> u64 {
        let residents = &ASSUMED.residents;
        match self {
            Self::City => residents.city,
            Self::Town => residents.town,
            Self::Village => residents.village,
            Self::Hamlet => residents.hamlet,
        }
    }

    /// The kind of settlement that these tags describe, if any.
    pub fn of(tags: &Tags) -> Option<Self> {
        let word = tags.get("place")?;
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    fn is_seat(self) -> bool {
        matches!(self, Self::City | Self::Town)
    }
}

/// One settlement.
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
    /// How many people live there.
    pub residents: u64,
    /// How that number is known.
    pub basis: Basis,
}

/// The settlements of a county, and for each its town.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settlements {
    /// Nodes first, then outlines without a node, then groups of outlines, each by number.
    pub all: Vec<Settlement>,
    /// Which of `all` are towns, ascending.
    pub towns: Vec<usize>,
    /// For each settlement its town, as an index into `all`.
    pub town_of: Vec<usize>,
    /// Points of settlements without a name, left out.
    pub unnamed: u64,
    /// Values of `population` that are no number, replaced by an assumption.
    pub populations_not_understood: u64,
}

impl Settlements {
    /// The settlements inside `area`, or of the whole extract.
    pub fn of(extract: &OsmExtract, area: Option<&Area>) -> Self {
        let mut settlements = Self::default();
        let inside = |position| area.is_none_or(|area| area.holds(position));
        for node in &extract.nodes {
            if SettlementKind::of(&node.tags).is_none() || !inside(node.position) {
                continue;
            }
            match settlement(format!("n{}", node.id), node.position, &node.tags) {
                None => settlements.unnamed += 1,
                Some(settlement) => {
                    let is_counted = settlement.basis == Basis::Observed;
                    if node.tags.get("population").is_some() && !is_counted {
                        settlements.populations_not_understood += 1;
                    }
                    settlements.all.push(settlement);
                }
            }
        }
        for outline in outlines(extract) {
            settlements.take_outline(outline, &inside);
        }
        settlements.towns = seats(&settlements.all);
        settlements.town_of = settlements
            .all
            .iter()
            .map(|settlement| {
                nearest(
                    settlement.position,
                    settlements
                        .towns
                        .iter()
                        .map(|town| (*town, settlements.all[*town].position)),
                )
                .expect("there is a town where there is a settlement")
            })
            .collect();
        settlements
    }

    /// Adds a settlement that is mapped by its outline, unless it is there already: a settlement
    /// inside the outline, or one of its name close by. That one takes the outline's number of
    /// residents when it has none and nobody else lives inside.
    fn take_outline(&mut self, outline: Outline<'_>, inside: &dyn Fn(LonLat) -> bool) {
        let (Some(position), Some(hull)) = (
            middle_of_hull(&outline.points),
            Area::around(outline.points.iter().copied()),
        ) else {
            return;
        };
        let Some(drawn) = settlement(outline.id, position, outline.tags) else {
            return;
        };
        let is_namesake = |other: &Settlement| {
            other.name == drawn.name
                && other.position.distance(position).0 <= ASSUMED.settlements.namesake.0
        };
        let known: Vec<usize> = (0..self.all.len())
            .filter(|index| {
                let other = &self.all[*index];
                hull.holds(other.position) || is_namesake(other)
            })
            .collect();
        match known.as_slice() {
            [] if inside(position) => self.all.push(drawn),
            [only] => {
                let only = &mut self.all[*only];
                let learns = only.basis == Basis::Assumed && drawn.basis == Basis::Observed;
                if learns && only.name == drawn.name {
                    only.residents = drawn.residents;
                    only.basis = Basis::Observed;
                }
            }
            _ => {}
        }
    }

    /// The residents of all settlements of `town`, and how the sum is known: as its weakest part,
    /// and as an estimate at best when it has several.
    pub fn residents_of(&self, town: usize) -> (u64, Basis) {
        let parts = || {
            self.all
                .iter()
                .zip(&self.town_of)
                .filter(|(_, of)| **of == town)
                .map(|(settlement, _)| settlement)
        };
        let weakest = parts().map(|part| part.basis).max();
        let basis = match weakest.unwrap_or(Basis::Observed) {
            Basis::Observed if parts().count() > 1 => Basis::Estimated,
            basis => basis,
        };
        (parts().map(|part| part.residents).sum(), basis)
    }

    /// The settlement nearest to `position`.
    pub fn nearest(&self, position: LonLat) -> Option<&Settlement> {
        let all = self
            .all
            .iter()
            .enumerate()
            .map(|(index, settlement)| (index, settlement.position));
        nearest(position, all).map(|index| &self.all[index])
    }
}

/// A settlement that is mapped by its edge.
struct Outline<'a> {
    id: String,
    tags: &'a Tags,
    points: Vec<LonLat>,
}

fn outlines(extract: &OsmExtract) -> Vec<Outline<'_>> {
    let ways = extract
        .ways
        .iter()
        .filter(|way| {
            SettlementKind::of(&way.tags).is_some() && way.refs.first() == way.refs.last()
        })
        .map(|way| Outline {
            id: format!("w{}", way.id),
            tags: &way.tags,
            points: extract.points_of(&[way.id]),
        });
    let relations = extract
        .relations
        .iter()
        .filter(|relation| SettlementKind::of(&relation.tags).is_some())
        .map(|relation| Outline {
            id: format!("r{}", relation.id),
            tags: &relation.tags,
            points: extract.points_of(&relation.outer_ways()),
        });
    ways.chain(relations).collect()
}

/// The settlement of these tags, or `None` when it has no name or is none.
fn settlement(id: String, position: LonLat, tags: &Tags) -> Option<Settlement> {
    let kind = SettlementKind::of(tags)?;
    let counted = tags.get("population").and_then(residents);
    Some(Settlement {
        id,
        name: tags.get("name")?.to_owned(),
        name_en: english_name(tags),
        names: names::in_languages(tags),
        kind,
        position,
        residents: counted.unwrap_or_else(|| kind.assumed_residents()),
        basis: if counted.is_some() {
            Basis::Observed
        } else {
            Basis::Assumed
        },
    })
}

/// The first of the nearest.
fn nearest(position: LonLat, candidates: impl Iterator<Item = (usize, LonLat)>) -> Option<usize> {
    candidates
        .map(|(index, candidate)| (index, position.distance(candidate).0))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}

/// Cities and towns; where there are none, the largest settlements of the largest kind.
fn seats(settlements: &[Settlement]) -> Vec<usize> {
    let of_kind = |wanted: &dyn Fn(SettlementKind) -> bool| -> Vec<usize> {
        (0..settlements.len())
            .filter(|index| wanted(settlements[*index].kind))
            .collect()
    };
    let seats = of_kind(&SettlementKind::is_seat);
    if !seats.is_empty() {
        return seats;
    }
    let Some(largest) = settlements.iter().map(|settlement| settlement.kind).min() else {
        return Vec::new();
    };
    let mut stand_ins = of_kind(&|kind| kind == largest);
    stand_ins.sort_by_key(|index| std::cmp::Reverse(settlements[*index].residents));
    stand_ins.truncate(ASSUMED.settlements.stand_in_towns);
    stand_ins.sort_unstable();
    stand_ins
}

/// A `population` as people write it: `12345`, `12 345`, `12,345`.
fn residents(text: &str) -> Option<u64> {
    let digits: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | ',' | '\'' | '\u{a0}' | '\u{202f}'))
        .collect();
    let number = digits.parse().ok()?;
    // A slip of the keyboard should not decide where engines stand.
    (number <= ASSUMED.residents.most).then_some(number)
}

#[cfg(test)]
#[path = "settlements_tests.rs"]
mod tests;
