//! Lanes that no table lists: where they are missing from a network, and how long a way by them takes.
//!
//! Open roads of a rural county are often main roads alone. A village then hangs on one road, and
//! from one end of it to the other the only way leads far around. Where the network says that lanes are
//! missing, a location reaches several roads around it, and a short trip need not touch a listed road at all:
//! the way is the straight line times a detour, driven at a local speed.
//!
//! Lanes are missing around a location when streets ([`is_local`](crate::roads::class::RoadClass::is_local)) within
//! [`AROUND`] are fewer than [`Lanes::missing_below`] says, and roads of all classes fewer than [`COMPLETE_AT`]; a handful
//! of roads ([`JUDGED_FROM`]) says nothing of its density. A complete network has streets wherever people live; there
//! nothing changes.
//!
//! The defaults bring times on the main roads alone of two countries nearer to those on all of their roads
//! (Liechtenstein and the Isle of Man, OpenStreetMap; `tests/it/lanes.rs` repeats it). A detour of 1.3 is also what is
//! found of whole networks: 1.2 for towns (Newell 1980), 1.26 for South Korea and 1.4 for its most mountainous province
//! (Kim et al. 2015).

use std::collections::HashMap;

use crate::geography::Plane;
use crate::roads::access_barriers::SEARCH;
use crate::roads::graph::RoadGraph;
use crate::units::{KmPerHour, Metres, Millis};

/// How ways by unlisted lanes are modelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes {
    /// The length of such a way over the straight line.
    pub detour: f64,
    /// How fast an engine drives there, past the yards at either end.
    pub speed: KmPerHour,
    /// How far a location reaches roads around it, besides its nearest, straight.
    pub reach: Metres,
    /// How long a trip by lanes alone may be, straight.
    pub longest: Metres,
    /// Kilometres of streets on a square kilometre below which lanes are missing.
    pub missing_below: f64,
}

/// A network of fewer roads is taken as complete: so few say nothing of how dense it is.
pub const JUDGED_FROM: usize = 100;

/// So is one of which all roads together are shorter.
pub const JUDGED_FROM_LENGTH: Metres = Metres(50_000.0);

/// Kilometres of roads of any class on a square kilometre from which a network is complete, whatever its classes say:
/// main roads alone come to 3.1 in the middle of the densest town that was tried.
pub const COMPLETE_AT: f64 = 5.0;

/// So far from a location streets are counted.
pub const AROUND: Metres = Metres(2000.0);

/// Beyond this a trip by lanes alone is no short one, in metres.
const LONGEST_OF_ALL: f64 = 20_000.0;

/// So much of a way at each door is yards, driven as elsewhere between a place and its road.
pub(super) const YARDS: Metres = Metres(200.0);

impl Lanes {
    /// Where nothing else is said.
    pub const ASSUMED: Self = Self {
        detour: 1.3,
        speed: KmPerHour(30.0),
        reach: Metres(1000.0),
        longest: Metres(3000.0),
        missing_below: 0.25,
    };

    /// None are ever missing.
    pub const NONE: Self = Self {
        missing_below: 0.0,
        ..Self::ASSUMED
    };

    /// Finds the figure that no lane has.
    ///
    /// # Errors
    /// Its key, and what is right.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let ranges = [
            ("detour", self.detour, 1.0..=5.0, "times the straight line"),
            ("reach", self.reach.0, 0.0..=SEARCH.0, "metres"),
            ("longest", self.longest.0, 0.0..=LONGEST_OF_ALL, "metres"),
            (
                "missing_below",
                self.missing_below,
                0.0..=100.0,
                "kilometres of streets on a square kilometre",
            ),
        ];
        let wrong = ranges
            .into_iter()
            .find(|(_, value, range, _)| !range.contains(value));
        wrong.map_or(Ok(()), |(key, value, range, unit)| {
            let [least, most] = [range.start(), range.end()];
            Err((
                key,
                format!("{value} is not between {least} and {most} {unit}"),
            ))
        })
    }

    /// The time by lanes from one door over so long a straight line; `yard_speed` is that beside a road.
    pub(super) fn time_from_door(&self, yard_speed: KmPerHour, straight: Metres) -> Millis {
        self.time(yard_speed, YARDS, straight)
    }

    /// The same from door to door.
    pub(super) fn time_door_to_door(&self, yard_speed: KmPerHour, straight: Metres) -> Millis {
        self.time(yard_speed, Metres(2.0 * YARDS.0), straight)
    }

    fn time(&self, yard_speed: KmPerHour, yards: Metres, straight: Metres) -> Millis {
        let yards = Metres(straight.0.min(yards.0));
        let beyond = Metres((straight.0 - yards.0) * self.detour);
        let time = yard_speed.time_for(yards);
        if beyond.0 > 0.0 {
            time + self.speed.time_for(beyond)
        } else {
            time
        }
    }
}

/// The side of a cell in which streets are counted, in metres.
const CELL: f64 = 250.0;

/// How long streets and all roads are, cell by cell.
#[derive(Debug)]
pub(super) struct Streets {
    cells: HashMap<[i32; 2], [f64; 2]>,
    /// The cells within [`AROUND`] of a location in the middle one, the nearest first.
    around: Vec<[i32; 2]>,
    /// So many metres of streets, or of all roads, are enough.
    enough: [f64; 2],
}

impl Streets {
    /// The streets of a network on a plane.
    pub(super) fn of(roads: &RoadGraph, plane: &Plane, lanes: &Lanes) -> Self {
        let mut cells: HashMap<[i32; 2], [f64; 2]> = HashMap::new();
        for road in roads.roads() {
            let is_street = f64::from(u8::from(road.class.is_local()));
            for [from, to] in roads.line(road).array_windows::<2>() {
                let ends = [from, to].map(|position| plane.project(*position));
                let length = from.distance(*to).0;
                // A long piece counts in every cell that it crosses.
                let parts = (length / CELL).ceil().max(1.0);
                for part in 0..parts as u32 {
                    let share = (f64::from(part) + 0.5) / parts;
                    let at =
                        [0, 1].map(|axis| ends[0][axis] * (1.0 - share) + ends[1][axis] * share);
                    let [streets, all] = cells.entry(cell(at)).or_default();
                    *streets += is_street * length / parts;
                    *all += length / parts;
                }
            }
        }
        let is_judged =
            roads.roads().len() >= JUDGED_FROM && roads.total_length() >= JUDGED_FROM_LENGTH;
        let radius = (AROUND.0 / CELL) as i32;
        let mut around: Vec<[i32; 2]> = (-radius..=radius)
            .flat_map(|x| (-radius..=radius).map(move |y| [x, y]))
            .filter(|[x, y]| x * x + y * y <= radius * radius)
            .collect();
        around.sort_by_key(|[x, y]| (x * x + y * y, *x, *y));
        let area = std::f64::consts::PI * (AROUND.0 / 1000.0) * (AROUND.0 / 1000.0);
        Self {
            cells,
            around,
            enough: match is_judged {
                true => [lanes.missing_below, COMPLETE_AT].map(|km| km * 1000.0 * area),
                false => [0.0; 2],
            },
        }
    }

    /// Whether there are too few around a point of the plane for the network to be complete there.
    pub(super) fn are_missing(&self, point: [f64; 2]) -> bool {
        let [x, y] = cell(point);
        let mut found = [0.0; 2];
        !self.around.iter().any(|[dx, dy]| {
            let here = self.cells.get(&[x + dx, y + dy]).unwrap_or(&[0.0; 2]);
            found = [found[0] + here[0], found[1] + here[1]];
            found[0] >= self.enough[0] || found[1] >= self.enough[1]
        })
    }
}

fn cell(point: [f64; 2]) -> [i32; 2] {
    point.map(|metres| (metres / CELL).floor() as i32)
}

#[cfg(test)]
#[path = "lanes_tests.rs"]
mod tests;
