//! Where a site or a village joins the road: the nearest point on a road, not the nearest
//! junction.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::geography::{LonLat, Plane, centre};
use crate::roads::access::Access;
use crate::roads::access_barriers::SEARCH;
use crate::roads::graph::RoadGraph;
use crate::roads::line_of_sight::LineOfSight;
use crate::roads::road::RoadId;
use crate::units::Metres;

/// A location and the point of a road at which it joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    pub road: RoadId,
    /// How far along the road the point lies: 0 at its first junction, 1 at its last.
    pub share: f64,
    /// The point itself.
    pub foot: LonLat,
    /// From the location to the point, as the crow flies.
    pub access: Metres,
}

/// One straight piece of a road, on the plane.
#[derive(Clone, Copy, Debug)]
struct Piece {
    road: RoadId,
    ends: [[f64; 2]; 2],
    /// Metres of road (on the plane) before this piece.
    before: f64,
}

impl Piece {
    /// The share of this piece at which it comes nearest to `point`.
    fn nearest_share(&self, point: [f64; 2]) -> f64 {
        let [[ax, ay], [bx, by]] = self.ends;
        let (dx, dy) = (bx - ax, by - ay);
        let square = dx * dx + dy * dy;
        if square == 0.0 {
            return 0.0;
        }
        (((point[0] - ax) * dx + (point[1] - ay) * dy) / square).clamp(0.0, 1.0)
    }

    /// As the pieces stand in the network.
    fn order(&self, other: &Self) -> Ordering {
        let by_road = self.road.cmp(&other.road);
        by_road.then_with(|| self.before.total_cmp(&other.before))
    }

    /// This piece, cut where barriers cross it and into parts of [`LONGEST_PIECE`] at most.
    fn parts(self, sight: &LineOfSight) -> impl Iterator<Item = Self> {
        let [[ax, ay], [bx, by]] = self.ends;
        let length = libm::hypot(bx - ax, by - ay);
        let mut shares = vec![0.0];
        for next in sight.crossings(self.ends).into_iter().chain([1.0]) {
            let last = shares[shares.len() - 1];
            // The last bits of a length of whole pieces make no piece more.
            let parts = ((next - last) * length / LONGEST_PIECE - 1e-6)
                .ceil()
                .max(1.0);
            shares.extend(
                (1..parts as u32).map(|part| last + (next - last) * f64::from(part) / parts),
            );
            shares.push(next);
        }
        let parts: Vec<Self> = shares
            .array_windows()
            .map(|[from, to]| Self {
                road: self.road,
                ends: [self.at(*from), self.at(*to)],
                before: self.before + from * length,
            })
            .collect();
        parts.into_iter()
    }

    /// At its ends it is exactly there: within the box of the ends, as the index expects.
    fn at(&self, share: f64) -> [f64; 2] {
        let [[ax, ay], [bx, by]] = self.ends;
        if share >= 1.0 {
            return [bx, by];
        }
        [ax + (bx - ax) * share, ay + (by - ay) * share]
    }
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let [x, y] = self.at(self.nearest_share(*point));
        let [dx, dy] = [x - point[0], y - point[1]];
        dx * dx + dy * dy
    }
}

/// An index of all roads that can be joined anywhere: those that an engine can use, but
/// expressways.
#[derive(Debug)]
pub struct Snapper {
    plane: Plane,
    /// Roads on the ground, and those on bridges and in tunnels, which are left where they end alone.
    trees: [RTree<Piece>; 2],
    /// Length of each road on the plane.
    length: Vec<f64>,
    /// Where there are barriers.
    sight: Option<LineOfSight>,
    /// How far a location may be from its road before it has none, in metres.
    reach: f64,
}

/// Where there are barriers, only the nearest point of each so long piece of road is tried.
const LONGEST_PIECE: f64 = 50.0;

impl Snapper {
    /// Indexes the roads of a network that are `usable`, and the barriers between them and locations.
    pub fn new(roads: &RoadGraph, usable: impl Fn(RoadId) -> bool, access: &Access<'_>) -> Self {
        let middle = centre(roads.junctions().map(|junction| junction.position));
        let plane = Plane::around(middle.unwrap_or_default());
        let sight = LineOfSight::among(access.barriers, &plane);
        let mut pieces = [Vec::new(), Vec::new()];
        let mut length = Vec::with_capacity(roads.roads().len());
        for (road, id) in roads.roads().iter().zip((0..).map(RoadId)) {
            let mut before = 0.0;
            let line: Vec<[f64; 2]> = roads
                .line(road)
                .into_iter()
                .map(|position| plane.project(position))
                .collect();
            let pieces = &mut pieces[usize::from(road.structure.is_some())];
            for ends in line.array_windows::<2>() {
                if !road.class.is_expressway() && usable(id) {
                    let piece = Piece {
                        road: id,
                        ends: *ends,
                        before,
                    };
                    match &sight {
                        None => pieces.push(piece),
                        Some(sight) => pieces.extend(piece.parts(sight)),
                    }
                }
                before += libm::hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]);
            }
            length.push(before);
        }
        Self {
            plane,
            trees: pieces.map(RTree::bulk_load),
            length,
            sight,
            reach: access.pace.limit.0,
        }
    }

    /// The nearest point on a road that is reached straight without crossing a barrier, or `None`
    /// when there is none within the search of [`access_barriers`](crate::roads::access_barriers).
    /// Of roads equally near, the first in the network. Bridges and tunnels are joined where no other road is
    /// in reach: so near that a location has a road, and where there is none, within the search.
    ///
    /// Among barriers a road is tried at the nearest point of each of its straight pieces, cut where
    /// barriers cross them and so that none is longer than 50 m.
    pub fn nearest(&self, position: LonLat) -> Option<Location> {
        self.nearest_among(self.sight.as_ref(), position)
    }

    /// What [`nearest`](Self::nearest) finds, where that is in reach.
    pub fn nearest_in_reach(&self, position: LonLat) -> Option<Location> {
        let point = self.plane.project(position);
        self.in_sight(self.sight.as_ref(), point, self.reach)
    }

    /// The nearest point on a road as the crow flies, whatever lies between, or `None` when there is
    /// no road. Of roads equally near, the first in the network; bridges and tunnels as in [`Self::nearest`].
    pub fn nearest_over_barriers(&self, position: LonLat) -> Option<Location> {
        self.nearest_among(None, position)
    }

    /// The nearest point on a road among the barriers of `sight`: in reach, or else within the search.
    fn nearest_among(&self, sight: Option<&LineOfSight>, position: LonLat) -> Option<Location> {
        let point = self.plane.project(position);
        let find = |reach| self.in_sight(sight, point, reach);
        find(self.reach).or_else(|| find(self.search(point)?))
    }

    /// How far from a point a road is looked for at most.
    fn search(&self, point: [f64; 2]) -> Option<f64> {
        let nearest = self
            .trees
            .iter()
            .filter_map(|tree| least_distance_2(tree, point));
        Some((2.0 * nearest.min_by(f64::total_cmp)?.sqrt()).max(SEARCH.0))
    }

    /// The nearest point on a road within `reach` that nothing of `sight` hides: of bridges and tunnels only
    /// where there is no other.
    fn in_sight(
        &self,
        sight: Option<&LineOfSight>,
        point: [f64; 2],
        reach: f64,
    ) -> Option<Location> {
        let sight = sight.map(|sight| (sight, sight.areas_around(point)));
        let mut hiding = Vec::new();
        let mut is_seen = |piece: &Piece| {
            sight.as_ref().is_none_or(|(sight, open)| {
                let foot = piece.at(piece.nearest_share(point));
                sight.is_clear(point, foot, open, &mut hiding)
            })
        };
        let mut trees = self.trees.iter();
        let found = trees.find_map(|tree| first_of_nearest(tree, point, reach, &mut is_seen));
        Some(self.joined(found?, point))
    }

    fn joined(&self, piece: &Piece, point: [f64; 2]) -> Location {
        let on_piece = piece.nearest_share(point);
        let foot = self.plane.unproject(piece.at(on_piece));
        let whole = self.length[piece.road.index()];
        let [[ax, ay], [bx, by]] = piece.ends;
        let driven = piece.before + on_piece * libm::hypot(bx - ax, by - ay);
        Location {
            road: piece.road,
            // A road of no length has no middle.
            share: if whole > 0.0 {
                (driven / whole).clamp(0.0, 1.0)
            } else {
                0.0
            },
            foot,
            access: Metres(piece.distance_2(&point).sqrt()),
        }
    }
}

/// The square of the distance of the nearest piece. The tree's `nearest_neighbor` may pass it over: what it need not
/// look at is told by distances that rounding makes too short, and lines often are nearest at a corner of their box.
fn least_distance_2(tree: &RTree<Piece>, point: [f64; 2]) -> Option<f64> {
    let mut pieces = tree.nearest_neighbor_iter_with_distance_2(&point);
    pieces.next().map(|(_, square)| square)
}

/// The first of the nearest pieces within `reach` that are seen.
///
/// Mostly that is the first of all. Beyond it they are looked for in circles, each twice as wide as the last: a queue
/// of the whole tree by distance takes longer, as roads beyond a river are many.
fn first_of_nearest(
    tree: &RTree<Piece>,
    point: [f64; 2],
    reach: f64,
    mut is_seen: impl FnMut(&Piece) -> bool,
) -> Option<&Piece> {
    let mut pieces = tree.nearest_neighbor_iter_with_distance_2(&point);
    let (first, nearest) = pieces.next()?;
    if nearest > reach * reach {
        return None;
    }
    let as_near = pieces.take_while(|(_, square)| *square == nearest);
    let first = as_near.fold(first, |first, (piece, _)| {
        std::cmp::min_by(first, piece, |a, b| a.order(b))
    });
    if is_seen(first) {
        return Some(first);
    }
    // The square of the radius that is done with; no distance is negative.
    let (mut passed, mut within) = (-1.0, nearest.sqrt());
    loop {
        // A circle smaller than a piece holds hardly any.
        within = (2.0 * within).max(LONGEST_PIECE).min(reach);
        let square = within * within;
        let pieces = (tree.locate_within_distance(point, square))
            .map(|piece| Near(piece.distance_2(&point), piece))
            .filter(|piece| piece.0 > passed);
        let mut pieces: BinaryHeap<Near<'_>> = pieces.collect();
        while let Some(Near(_, piece)) = pieces.pop() {
            if is_seen(piece) {
                return Some(piece);
            }
        }
        if within >= reach {
            return None;
        }
        // What lies on the circle may have been rounded out of it: it is looked at twice rather than missed.
        passed = square * (1.0 - 1e-9);
    }
}

/// A piece and the square of its distance; the nearer, and of those the first, is the greater.
struct Near<'t>(f64, &'t Piece);

impl Ord for Near<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_distance = other.0.total_cmp(&self.0);
        by_distance.then_with(|| other.1.order(self.1))
    }
}

impl PartialOrd for Near<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Near<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Near<'_> {}

#[cfg(test)]
#[path = "snapping_tests.rs"]
mod tests;
