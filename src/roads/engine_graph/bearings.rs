//! Which way a turn goes: straight on, left, right.
//!
//! Bearings are those of the first and last pieces of the roads on the plane around their junction.

use std::f64::consts::{PI, TAU};

use crate::geography::{LonLat, Plane};
use crate::roads::graph::RoadGraph;

/// A change of bearing of less than this (45°) is driving straight on.
const STRAIGHT: f64 = PI / 4.0;

/// Where a turn leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// On, by less than 45° to either side.
    Straight,
    Left,
    Right,
}

/// The bearings at both ends of every road.
#[derive(Clone, Debug)]
pub(super) struct Bearings {
    /// By road: at its first junction, and at its last; radians, driven forwards.
    ends: Vec<[f64; 2]>,
}

impl Bearings {
    /// Of every road of a network.
    pub(super) fn of(roads: &RoadGraph) -> Self {
        let bearing = |[a, b]: [LonLat; 2], junction: LonLat| {
            let [from, to] = [a, b].map(|at| Plane::around(junction).project(at));
            libm::atan2(to[1] - from[1], to[0] - from[0])
        };
        let ends = roads
            .roads()
            .iter()
            .map(|road| {
                let line = roads.line(road);
                // The first piece with a length: points may coincide.
                let mut pieces = line.array_windows::<2>().filter(|[a, b]| a != b);
                let first = pieces.next();
                let last = pieces.next_back().or(first);
                [
                    first.map_or(0.0, |piece| bearing(*piece, piece[0])),
                    last.map_or(0.0, |piece| bearing(*piece, piece[1])),
                ]
            })
            .collect();
        Self { ends }
    }

    /// The turn from the end of one direction of road into the beginning of another.
    pub(super) fn turn(&self, from: (usize, bool), to: (usize, bool)) -> Turn {
        let arriving = match from {
            (road, true) => self.ends[road][1],
            (road, false) => self.ends[road][0] + PI,
        };
        let leaving = match to {
            (road, true) => self.ends[road][0],
            (road, false) => self.ends[road][1] + PI,
        };
        // Counter-clockwise from straight on, between -180° and 180°.
        let change = (leaving - arriving + PI).rem_euclid(TAU) - PI;
        if change.abs() < STRAIGHT {
            Turn::Straight
        } else if change > 0.0 {
            Turn::Left
        } else {
            Turn::Right
        }
    }
}
