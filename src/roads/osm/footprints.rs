//! Buildings that people live in: where each is, and how much floor it has.

use std::collections::BTreeMap;

use crate::geography::{LonLat, Plane};

/// Buildings that people live in, each once, by number, and what was left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Buildings {
    pub all: Vec<Building>,
    pub counts: BuildingCounts,
}

/// A building that people live in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Building {
    /// The middle of its outline.
    pub middle: LonLat,
    /// Its floors together, in tenths of a square metre: whole numbers, so that sums do not depend on their order.
    pub floor: u32,
    /// Whether it is drawn as any building, which may be no home on land where people work.
    pub is_any: bool,
}

/// How many buildings there are, and in how many nobody lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildingCounts {
    /// All that are drawn by an outline.
    pub drawn: u64,
    /// Those in which nobody lives, by the reason.
    pub left_out: BTreeMap<NoHome, u64>,
    /// Homes of which the map gives the floors.
    pub with_floors: u64,
    /// Values of `building:levels` that are no number of floors.
    pub floors_not_understood: u64,
}

/// Why nobody is taken to live in a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoHome {
    /// Of a kind in which nobody lives.
    Kind,
    /// Put to another use by its tags.
    OtherUse,
    /// In ruins or out of use.
    Gone,
    /// Not drawn whole.
    NotDrawn,
    /// Too small for a home.
    Small,
    /// Of no kind, and too large for a home.
    Large,
    /// Of no kind, on land where people work.
    LandOfWork,
    /// Outside the county's outline.
    Outside,
}

impl BuildingCounts {
    pub(super) fn leave_out(&mut self, reason: NoHome, buildings: u64) {
        if buildings > 0 {
            *self.left_out.entry(reason).or_default() += buildings;
        }
    }

    pub(super) fn add(&mut self, part: &Self) {
        self.drawn += part.drawn;
        self.with_floors += part.with_floors;
        self.floors_not_understood += part.floors_not_understood;
        for (reason, buildings) in &part.left_out {
            self.leave_out(*reason, *buildings);
        }
    }
}

/// The area inside a ring in square metres, and its middle; `None` where it encloses nothing.
pub fn area_and_middle(ring: &[LonLat]) -> Option<(f64, LonLat)> {
    let plane = Plane::around(*ring.first()?);
    let corners: Vec<[f64; 2]> = ring.iter().map(|corner| plane.project(*corner)).collect();
    let around = corners.iter().zip(corners.iter().cycle().skip(1));
    let (mut twice, mut east, mut north) = (0.0, 0.0, 0.0);
    for ([x, y], [next_x, next_y]) in around {
        let cross = x * next_y - next_x * y;
        twice += cross;
        east += (x + next_x) * cross;
        north += (y + next_y) * cross;
    }
    let middle = plane.unproject([east / (3.0 * twice), north / (3.0 * twice)]);
    (twice != 0.0 && middle.is_valid()).then(|| (twice.abs() / 2.0, middle))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On the equator a thousandth of a degree is 111.32 m east and 110.57 m north.
    #[test]
    fn an_outline_has_its_area_whichever_way_it_is_drawn() {
        let at = |lon: f64, lat: f64| LonLat { lon, lat };
        let mut ring = vec![
            at(0.0, 0.0),
            at(0.001, 0.0),
            at(0.001, 0.001),
            at(0.0, 0.001),
            at(0.0, 0.0),
        ];
        for _ in 0..2 {
            let (area, middle) = area_and_middle(&ring).unwrap();
            assert!((area - 111.32 * 110.57).abs() < 1.0, "{area}");
            assert!(middle.distance(at(0.0005, 0.0005)).0 < 0.01, "{middle}");
            ring.reverse();
        }
        assert_eq!(area_and_middle(&ring[..2]), None);
        assert_eq!(area_and_middle(&[]), None);
    }
}
