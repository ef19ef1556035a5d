//! Where people live: the settlements of the map, and the towns to which they belong.

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::osm::area::Area;
use crate::roads::osm::{OsmExtract, Tags, english_name};

/// A kind of settlement, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// `place=city`
    City,
    /// `place=town`
    Town,
    /// `place=village`
    Village,
    /// `place=hamlet`
    Hamlet,
}

impl PlaceKind {
    /// Every kind, in order.
    pub const ALL: [Self; 4] = [Self::City, Self::Town, Self::Village, Self::Hamlet];

    /// The word on the map.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Village => "village",
            Self::Hamlet => "hamlet",
        }
    }

    /// How many residents are assumed where the map gives no number: the middle of the range that
    /// mappers use the word for, rounded down, to be replaced by the census.
    #[must_use]
    pub fn assumed_residents(self) -> u64 {
        match self {
            Self::City => 20_000,
            Self::Town => 5_000,
            Self::Village => 800,
            Self::Hamlet => 100,
        }
    }

    fn of(tags: &Tags) -> Option<Self> {
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
    /// `n` and the number of its node.
    pub id: String,
    /// Its name in the language of the place.
    pub name: String,
    /// Its name in English, empty when not known.
    pub name_en: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Where its centre is mapped.
    pub position: LonLat,
    /// How many people live there.
    pub residents: u64,
    /// How that number is known.
    pub basis: Basis,
}

/// The settlements of a county, and for each its town.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Sorted by number of node.
    pub settlements: Vec<Settlement>,
    /// Places in `settlements` that are towns, ascending.
    pub towns: Vec<usize>,
    /// For each settlement its town, as a place in `settlements`.
    pub town_of: Vec<usize>,
    /// Settlements without a name, left out.
    pub unnamed: u64,
    /// Values of `population` that are no number, replaced by an assumption.
    pub populations_not_understood: u64,
}

/// When the map has no town, so many of the largest settlements stand for towns.
const STAND_IN_TOWNS: usize = 5;

impl Places {
    /// The settlements inside `area`, or of the whole extract.
    #[must_use]
    pub fn of(extract: &OsmExtract, area: Option<&Area>) -> Self {
        let mut places = Self::default();
        for node in &extract.nodes {
            let Some(kind) = PlaceKind::of(&node.tags) else {
                continue;
            };
            if area.is_some_and(|area| !area.holds(node.position)) {
                continue;
            }
            let Some(name) = node.tags.get("name") else {
                places.unnamed += 1;
                continue;
            };
            let mapped = node.tags.get("population");
            let counted = mapped.and_then(residents);
            places.populations_not_understood += u64::from(mapped.is_some() && counted.is_none());
            places.settlements.push(Settlement {
                id: format!("n{}", node.id),
                name: name.to_owned(),
                name_en: english_name(&node.tags),
                kind,
                position: node.position,
                residents: counted.unwrap_or_else(|| kind.assumed_residents()),
                basis: if counted.is_some() {
                    Basis::Observed
                } else {
                    Basis::Assumed
                },
            });
        }
        places.towns = seats(&places.settlements);
        places.town_of = places
            .settlements
            .iter()
            .map(|settlement| {
                nearest(
                    settlement.position,
                    places
                        .towns
                        .iter()
                        .map(|town| (*town, places.settlements[*town].position)),
                )
                .expect("there is a town where there is a settlement")
            })
            .collect();
        places
    }

    /// The residents of all settlements of `town`, and how the sum is known: as its weakest part,
    /// and as an estimate at best when it has several.
    #[must_use]
    pub fn residents_of(&self, town: usize) -> (u64, Basis) {
        let parts = || {
            self.settlements
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
    #[must_use]
    pub fn nearest(&self, position: LonLat) -> Option<&Settlement> {
        let all = self
            .settlements
            .iter()
            .enumerate()
            .map(|(index, settlement)| (index, settlement.position));
        nearest(position, all).map(|index| &self.settlements[index])
    }
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
    let of_kind = |wanted: &dyn Fn(PlaceKind) -> bool| -> Vec<usize> {
        (0..settlements.len())
            .filter(|index| wanted(settlements[*index].kind))
            .collect()
    };
    let seats = of_kind(&PlaceKind::is_seat);
    if !seats.is_empty() {
        return seats;
    }
    let Some(largest) = settlements.iter().map(|settlement| settlement.kind).min() else {
        return Vec::new();
    };
    let mut stand_ins = of_kind(&|kind| kind == largest);
    stand_ins.sort_by_key(|index| std::cmp::Reverse(settlements[*index].residents));
    stand_ins.truncate(STAND_IN_TOWNS);
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
    // No city has 100 million; a slip of the keyboard should not decide where engines stand.
    (number <= 100_000_000).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::osm::OsmNode;

    fn place(id: i64, lon: f64, pairs: &[(&str, &str)]) -> OsmNode {
        OsmNode {
            id,
            position: LonLat { lon, lat: 24.0 },
            tags: Tags(
                pairs
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                    .collect(),
            ),
        }
    }

    fn places(nodes: Vec<OsmNode>) -> Places {
        let extract = OsmExtract {
            nodes,
            ..OsmExtract::default()
        };
        Places::of(&extract, None)
    }

    /// ```text
    /// longitude 115.0      115.1          115.3      115.4
    ///           安流 town    福江 village     (unnamed)  梅林 town
    ///           12 345     800 assumed               5000 assumed
    /// ```
    #[test]
    fn a_village_belongs_to_the_nearest_town_and_counts_among_its_residents() {
        let places = places(vec![
            place(
                1,
                115.0,
                &[
                    ("place", "town"),
                    ("name", "安流镇"),
                    ("name:en", "Anliu"),
                    ("population", "12 345"),
                ],
            ),
            place(2, 115.1, &[("place", "village"), ("name", "福江")]),
            place(3, 115.3, &[("place", "hamlet")]),
            place(4, 115.4, &[("place", "town"), ("name", "梅林镇")]),
            place(5, 115.4, &[("place", "locality"), ("name", "坳背")]),
        ]);
        assert_eq!(places.settlements.len(), 3);
        assert_eq!(places.unnamed, 1);
        assert_eq!(places.towns, [0, 2]);
        assert_eq!(places.town_of, [0, 0, 2]);
        assert_eq!(places.residents_of(0), (13_145, Basis::Assumed));
        assert_eq!(places.residents_of(2), (5_000, Basis::Assumed));
        assert_eq!(places.settlements[0].name_en, "Anliu");
        assert_eq!(places.settlements[0].basis, Basis::Observed);
    }

    #[test]
    fn without_a_town_the_largest_villages_stand_for_towns() {
        let mut nodes: Vec<_> = (1..=6)
            .map(|id| {
                let residents = (id * 100).to_string();
                let tags = [
                    ("place", "village"),
                    ("name", "v"),
                    ("population", residents.as_str()),
                ];
                place(id, 115.0 + id as f64, &tags)
            })
            .collect();
        nodes.push(place(9, 115.0, &[("place", "hamlet"), ("name", "h")]));
        // Village 1 with 100 residents is the sixth and smallest.
        assert_eq!(places(nodes).towns, [1, 2, 3, 4, 5]);
        let hamlet = vec![place(9, 115.0, &[("place", "hamlet"), ("name", "h")])];
        assert_eq!(places(hamlet).towns, [0]);
        assert!(places(Vec::new()).towns.is_empty());
    }

    #[test]
    fn a_sum_of_counted_residents_is_an_estimate() {
        let counted = |id, lon, kind| {
            place(
                id,
                lon,
                &[("place", kind), ("name", "x"), ("population", "10")],
            )
        };
        let places = places(vec![
            counted(1, 115.0, "town"),
            counted(2, 115.1, "hamlet"),
            counted(3, 116.0, "town"),
        ]);
        assert_eq!(places.residents_of(0), (20, Basis::Estimated));
        assert_eq!(places.residents_of(2), (10, Basis::Observed));
    }

    #[test]
    fn populations_are_read_as_people_write_them() {
        assert_eq!(residents("12345"), Some(12_345));
        assert_eq!(residents("12,345"), Some(12_345));
        assert_eq!(residents("0"), Some(0));
        for odd in ["", "about 300", "1.2e4", "-5", "99999999999"] {
            assert_eq!(residents(odd), None, "{odd}");
        }
    }
}
