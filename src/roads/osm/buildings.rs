//! In which buildings of the map people live, by their tags, and how they are found in a file.
//!
//! Of each no more is kept than its middle and its floor: a file is gone through once more for the corners of
//! its homes, and again for every so many of them, so that memory does not grow with their corners.

use rayon::prelude::*;

use crate::geography::LonLat;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::footprints::{Building, BuildingCounts, Buildings, NoHome, area_and_middle};
use crate::roads::osm::tags::is_gone;
use crate::roads::osm::versions::{FoundNode, HasNumber};
use crate::roads::osm::{OsmError, Tags};

/// How many corners are looked for at once.
const CORNERS_AT_ONCE: usize = 4_000_000;

/// What the tags of a home say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Home {
    floors: f64,
    is_any: bool,
}

/// A home as it stands in the file, before it is known where its corners are.
pub(super) struct FoundHome {
    pub(super) id: i64,
    pub(super) home: Home,
    /// The numbers of its corners.
    pub(super) corners: Vec<i64>,
    /// Where they are, as far as the way says it.
    pub(super) positions: Vec<(i64, LonLat)>,
}

impl HasNumber for FoundHome {
    fn number(&self) -> i64 {
        self.id
    }
}

/// A home that is drawn by a relation.
pub(super) struct FoundGroup {
    pub(super) id: i64,
    pub(super) home: Home,
    /// The ways of its outer edge.
    pub(super) outlines: Vec<i64>,
}

impl HasNumber for FoundGroup {
    fn number(&self) -> i64 {
        self.id
    }
}

/// The home that these tags describe, counted; `None` where they are those of no building, or of one in which
/// nobody lives.
pub(super) fn home(tags: &Tags, counts: &mut BuildingCounts) -> Option<Home> {
    let kind = tags.get("building").filter(|kind| *kind != "no")?;
    counts.drawn += 1;
    match floors(kind, tags) {
        Err(reason) => {
            counts.leave_out(reason, 1);
            None
        }
        Ok(usual) => {
            let said = tags.get("building:levels").map(number_of_floors);
            counts.with_floors += u64::from(matches!(said, Some(Some(_))));
            counts.floors_not_understood += u64::from(said == Some(None));
            Some(Home {
                floors: said.flatten().unwrap_or(usual),
                is_any: kind == "yes",
            })
        }
    }
}

/// How many floors are usual in a home of these tags, or why it is none.
fn floors(kind: &str, tags: &Tags) -> Result<f64, NoHome> {
    let rules = &ASSUMED.buildings;
    let usual = rules.floors.get(kind).ok_or(NoHome::Kind)?;
    if is_gone(tags) {
        return Err(NoHome::Gone);
    }
    let is_put_to_use = |key: &String| tags.get(key).is_some_and(|value| value != "no");
    match kind == "yes" && rules.other_use.iter().any(is_put_to_use) {
        true => Err(NoHome::OtherUse),
        false => Ok(*usual),
    }
}

/// `2`, `2.5`; of several parts (`3;4`) the first.
fn number_of_floors(text: &str) -> Option<f64> {
    let floors: f64 = text.split(';').next()?.trim().parse().ok()?;
    (floors > 0.0 && floors <= ASSUMED.buildings.most_floors).then_some(floors)
}

/// The homes with their middles and floors; `corners` gives the positions of nodes by their sorted numbers.
///
/// # Errors
/// Those of `corners`.
pub(super) fn placed(
    found: &[FoundHome],
    mut counts: BuildingCounts,
    corners: impl Fn(&[i64]) -> Result<Vec<FoundNode>, OsmError>,
) -> Result<Buildings, OsmError> {
    let mut all = Vec::with_capacity(found.len());
    let mut rest = found;
    while !rest.is_empty() {
        let mut together = 0;
        let fitting = rest.iter().take_while(|home| {
            together += home.corners.len();
            together <= CORNERS_AT_ONCE
        });
        let (now, later) = rest.split_at(fitting.count().max(1));
        rest = later;
        let mut wanted: Vec<i64> = now.iter().flat_map(|home| &home.corners).copied().collect();
        wanted.par_sort_unstable();
        wanted.dedup();
        let nodes = corners(&wanted)?;
        let placed: Vec<Result<Building, NoHome>> =
            now.par_iter().map(|home| home.placed(&nodes)).collect();
        for building in placed {
            match building {
                Ok(building) => all.push(building),
                Err(reason) => counts.leave_out(reason, 1),
            }
        }
    }
    Ok(Buildings { all, counts })
}

impl FoundHome {
    fn placed(&self, nodes: &[FoundNode]) -> Result<Building, NoHome> {
        let [first, .., last] = self.corners.as_slice() else {
            return Err(NoHome::NotDrawn);
        };
        let position = |id: &i64| {
            let node = nodes.binary_search_by_key(id, |node| node.id).ok();
            let in_way = || self.positions.iter().find(|(other, _)| other == id);
            node.map(|index| nodes[index].position)
                .or_else(|| in_way().map(|(_, position)| *position))
        };
        let ring: Option<Vec<LonLat>> = self.corners.iter().map(position).collect();
        let drawn = ring.filter(|_| first == last);
        let drawn = drawn.as_deref().and_then(area_and_middle);
        let (area, middle) = drawn.ok_or(NoHome::NotDrawn)?;
        let Home { floors, is_any } = self.home;
        if area < ASSUMED.buildings.least_m2 {
            return Err(NoHome::Small);
        }
        if is_any && area > ASSUMED.buildings.most_m2_of_any {
            return Err(NoHome::Large);
        }
        Ok(Building {
            middle,
            // What is larger than a number holds is as large as that.
            floor: (area * floors * 10.0).round() as u32,
            is_any,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::osm::versions::Version;

    fn seen(pairs: &[(&str, &str)]) -> (Option<Home>, BuildingCounts) {
        let mut counts = BuildingCounts::default();
        let home = home(&Tags::of(pairs), &mut counts);
        (home, counts)
    }

    #[test]
    fn people_live_in_houses_and_not_in_sheds_or_shops() {
        let house = |floors, is_any| Some(Home { floors, is_any });
        assert_eq!(seen(&[("building", "house")]).0, house(2.0, false));
        assert_eq!(seen(&[("building", "yes")]).0, house(2.0, true));
        let tall = [("building", "apartments"), ("building:levels", "7;9")];
        assert_eq!(seen(&tall).0, house(7.0, false));
        // A shop on the ground floor of a block of flats leaves it one.
        let flats = [("building", "apartments"), ("shop", "bakery")];
        assert_eq!(seen(&flats).0, house(3.0, false));
        for (tags, reason) in [
            (&[("building", "garage")][..], NoHome::Kind),
            (&[("building", "church")], NoHome::Kind),
            (&[("building", "yes"), ("shop", "bakery")], NoHome::OtherUse),
            (&[("building", "house"), ("ruins", "yes")], NoHome::Gone),
        ] {
            let (home, counts) = seen(tags);
            assert_eq!(home, None, "{tags:?}");
            assert_eq!(counts.left_out.get(&reason), Some(&1), "{tags:?}");
        }
        assert_eq!(seen(&[("building", "no")]).1.drawn, 0);
    }

    #[test]
    fn floors_that_are_no_number_are_counted_and_taken_as_usual() {
        for odd in ["0", "-1", "many", "1200"] {
            let (home, counts) = seen(&[("building", "house"), ("building:levels", odd)]);
            assert_eq!(home.map(|home| home.floors), Some(2.0), "{odd}");
            assert_eq!(counts.floors_not_understood, 1, "{odd}");
        }
    }

    /// ```text
    /// 4---3    0.0001° square on the equator: 11.13 m × 11.06 m = 123.1 m², on two floors 246.2 m²
    /// |   |
    /// 1---2    5: the corner of a shed of 1.2 m²
    /// ```
    #[test]
    fn a_home_is_its_middle_and_its_floor() {
        let node = |(id, lon, lat)| {
            let position = LonLat { lon, lat };
            FoundNode::new(id, Version::default(), Some(position))
        };
        let nodes = [
            (1, 0.0, 0.0),
            (2, 1e-4, 0.0),
            (3, 1e-4, 1e-4),
            (4, 0.0, 1e-4),
            (5, 1e-5, 1e-5),
            (6, 0.0, 1e-5),
        ]
        .map(node);
        let found = |id, corners: &[i64]| FoundHome {
            id,
            home: Home {
                floors: 2.0,
                is_any: true,
            },
            corners: corners.to_vec(),
            positions: Vec::new(),
        };
        let homes = [
            found(10, &[1, 2, 3, 4, 1]),
            found(11, &[1, 5, 6, 1]),
            found(12, &[1, 2, 3]),
            found(13, &[1, 2, 99, 1]),
        ];
        let placed = placed(&homes, BuildingCounts::default(), |wanted| {
            assert_eq!(wanted, [1, 2, 3, 4, 5, 6, 99]);
            Ok(nodes.to_vec())
        });
        let buildings = placed.unwrap();
        let [only] = buildings.all[..] else {
            panic!("{buildings:?}")
        };
        assert_eq!(only.floor, 2462);
        assert!((only.middle.lon - 5e-5).abs() < 1e-9);
        let left_out: Vec<_> = buildings.counts.left_out.into_iter().collect();
        assert_eq!(left_out, [(NoHome::NotDrawn, 2), (NoHome::Small, 1)]);
    }
}
