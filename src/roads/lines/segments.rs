//! The straight stretches of all lines, to be asked for those near a position.

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

/// A stretch: the line it belongs to, and which of its points it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// Index of the line.
    pub line: usize,
    /// Index of the point where it begins.
    pub at: usize,
}

/// An index of the stretches of lines in a plane of metres.
#[derive(Debug)]
pub struct Segments<'l> {
    lines: &'l [Vec<[f64; 2]>],
    tree: RTree<GeomWithData<Line<[f64; 2]>, Segment>>,
}

/// A point of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foot {
    /// The stretch.
    pub segment: Segment,
    /// Where on it, 0 at its beginning and 1 at its end.
    pub share: f64,
    /// How far from the position that was asked for, in metres.
    pub distance: f64,
}

impl<'l> Segments<'l> {
    /// Of these lines.
    pub fn of(lines: &'l [Vec<[f64; 2]>]) -> Self {
        let stretches = lines.iter().enumerate().flat_map(|(line, points)| {
            points
                .array_windows()
                .enumerate()
                .map(move |(at, [a, b])| GeomWithData::new(Line::new(*a, *b), Segment { line, at }))
        });
        Self {
            lines,
            tree: RTree::bulk_load(stretches.collect()),
        }
    }

    /// The ends of a stretch.
    pub fn ends(&self, Segment { line, at }: Segment) -> [[f64; 2]; 2] {
        [self.lines[line][at], self.lines[line][at + 1]]
    }

    /// The stretches within `radius` of `position`, sorted by line and along it.
    pub fn within(&self, position: [f64; 2], radius: f64) -> Vec<Foot> {
        let mut feet: Vec<Foot> = self
            .tree
            .locate_within_distance(position, radius * radius)
            .map(|found| {
                let segment = found.data;
                let [a, b] = self.ends(segment);
                let along = [b[0] - a[0], b[1] - a[1]];
                let square = along[0] * along[0] + along[1] * along[1];
                let dot = (position[0] - a[0]) * along[0] + (position[1] - a[1]) * along[1];
                let share = if square > 0.0 {
                    (dot / square).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let foot = [a[0] + share * along[0], a[1] + share * along[1]];
                Foot {
                    segment,
                    share,
                    distance: super::anchors::distance(foot, position),
                }
            })
            .collect();
        feet.sort_by_key(|foot| foot.segment);
        feet
    }

    /// Every point where the insides of two stretches cross, sorted; stretches that lie along one
    /// another, or touch at an end, do not cross.
    pub fn crossings(&self) -> Vec<Crossing> {
        let mut crossings = Vec::new();
        for found in &self.tree {
            let first = found.data;
            let [a, b] = self.ends(first);
            let around = AABB::from_points([&a, &b]);
            for other in self.tree.locate_in_envelope_intersecting(&around) {
                let second = other.data;
                if second <= first {
                    continue;
                }
                let [c, d] = self.ends(second);
                if let Some((position, shares)) = crossing([a, b], [c, d]) {
                    crossings.push(Crossing {
                        segments: [first, second],
                        shares,
                        position,
                    });
                }
            }
        }
        crossings.sort_by_key(|crossing| crossing.segments);
        crossings
    }
}

/// A point where two stretches cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The two, in order.
    pub segments: [Segment; 2],
    /// Where on each.
    pub shares: [f64; 2],
    /// Metres east and north.
    pub position: [f64; 2],
}

fn crossing([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> Option<([f64; 2], [f64; 2])> {
    let minus = |p: [f64; 2], q: [f64; 2]| [p[0] - q[0], p[1] - q[1]];
    let cross = |p: [f64; 2], q: [f64; 2]| p[0] * q[1] - p[1] * q[0];
    let (first, second, between) = (minus(b, a), minus(d, c), minus(c, a));
    let turn = cross(first, second);
    if turn == 0.0 {
        return None;
    }
    let shares = [cross(between, second) / turn, cross(between, first) / turn];
    let inside = shares.iter().all(|share| *share > 0.0 && *share < 1.0);
    let position = [a[0] + shares[0] * first[0], a[1] + shares[0] * first[1]];
    inside.then_some((position, shares))
}
