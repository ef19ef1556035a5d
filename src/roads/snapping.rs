//! Where a site or a village joins the road: the nearest point on a road, not the nearest
//! junction; and where lanes are missing from the network, the roads around it besides.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::geography::{LonLat, Plane, centre};
use crate::roads::access::Access;
use crate::roads::access_barriers::SEARCH;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::{Lanes, Streets};
use crate::roads::line_of_sight::LineOfSight;
use crate::roads::road::RoadId;
use crate::units::Metres;

/// The point of a road at which a location joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foot {
    pub road: RoadId,
    /// How far along the road the point lies: 0 at its first junction, 1 at its last.
    pub share: f64,
    /// The point itself.
    pub point: LonLat,
    /// From the location to the point, as the crow flies.
    pub access: Metres,
}

/// A location and where it joins the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    pub position: LonLat,
    /// On its nearest road.
    pub nearest: Foot,
    /// On other roads around it, which it reaches by unlisted lanes as it does the nearest; `None` where
    /// the network has its lanes.
    pub by_lanes: Option<Arc<[Foot]>>,
}

impl Location {
    /// Beside one road alone.
    pub fn beside(position: LonLat, nearest: Foot) -> Self {
        Self {
            position,
            nearest,
            by_lanes: None,
        }
    }

    /// All points at which it joins the network, the nearest first.
    pub fn feet(&self) -> impl Iterator<Item = &Foot> {
        let others = self.by_lanes.iter().flat_map(|feet| feet.iter());
        std::iter::once(&self.nearest).chain(others)
    }
}

/// Where something is on the plane, and how far it is from there to a road. The plane of a large county is not
/// true to scale at its edges, and its east and north not alike: distances are those around the place.
#[derive(Clone, Copy, Debug)]
struct Spot {
    point: [f64; 2],
    /// Metres that one metre of the plane is here, east and north.
    scale: [f64; 2],
}

impl Spot {
    fn new(plane: &Plane, position: LonLat) -> Self {
        Self {
            point: plane.project(position),
            scale: plane.scale_at(position),
        }
    }

    /// What is no farther than so many metres is no farther on the plane than this.
    fn farthest_on_plane(&self, metres: f64) -> f64 {
        metres / self.scale[0].min(self.scale[1])
    }

    /// Metres east and north from one point of the plane to another near here.
    fn metres(&self, [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> [f64; 2] {
        [(bx - ax) * self.scale[0], (by - ay) * self.scale[1]]
    }

    /// The share of a piece at which it comes nearest.
    fn nearest_share(&self, piece: &Piece) -> f64 {
        let [dx, dy] = self.metres(piece.ends[0], piece.ends[1]);
        let square = dx * dx + dy * dy;
        if square == 0.0 {
            return 0.0;
        }
        let [x, y] = self.metres(piece.ends[0], self.point);
        ((x * dx + y * dy) / square).clamp(0.0, 1.0)
    }

    /// Where that is.
    fn foot(&self, piece: &Piece) -> [f64; 2] {
        piece.at(self.nearest_share(piece))
    }

    /// The square of the distance of a piece.
    fn distance_2(&self, piece: &Piece) -> f64 {
        let [dx, dy] = self.metres(self.point, self.foot(piece));
        dx * dx + dy * dy
    }
}

/// One straight piece of a road, on the plane.
#[derive(Clone, Copy, Debug)]
struct Piece {
    road: RoadId,
    ends: [[f64; 2]; 2],
    /// Metres of road before this piece.
    before: f64,
    /// Metres of road on it.
    length: f64,
}

impl Piece {
    /// As the pieces stand in the network.
    fn order(&self, other: &Self) -> Ordering {
        let by_road = self.road.cmp(&other.road);
        by_road.then_with(|| self.before.total_cmp(&other.before))
    }

    /// This piece, cut where barriers cross it and into parts of [`LONGEST_PIECE`] at most.
    fn parts(self, sight: &LineOfSight) -> impl Iterator<Item = Self> {
        let length = self.length;
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
                length: (to - from) * length,
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

/// On the plane, as the index knows it.
impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let on_plane = Spot {
            point: *point,
            scale: [1.0; 2],
        };
        on_plane.distance_2(self)
    }
}

/// An index of all roads that can be joined anywhere: those that an engine can use, but
/// expressways.
#[derive(Debug)]
pub struct Snapper {
    plane: Plane,
    /// Roads on the ground, and those on bridges and in tunnels, which are left where they end alone.
    trees: [RTree<Piece>; 2],
    /// Length of each road as it is drawn.
    length: Vec<f64>,
    /// Where there are barriers.
    sight: Option<LineOfSight>,
    /// How far a location may be from its road before it has none, in metres.
    reach: f64,
    streets: Streets,
    lanes: Lanes,
}

/// Of so many directions around it a location joins one road each by unlisted lanes.
const DIRECTIONS: f64 = 8.0;

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
            let pieces = &mut pieces[usize::from(road.structure.is_some())];
            for [from, to] in roads.line(road).array_windows::<2>() {
                let length = from.distance(*to).0;
                if !road.class.is_expressway() && usable(id) {
                    let piece = Piece {
                        road: id,
                        ends: [from, to].map(|position| plane.project(*position)),
                        before,
                        length,
                    };
                    match &sight {
                        None => pieces.push(piece),
                        Some(sight) => pieces.extend(piece.parts(sight)),
                    }
                }
                before += length;
            }
            length.push(before);
        }
        Self {
            trees: pieces.map(RTree::bulk_load),
            length,
            sight,
            reach: access.pace.limit.0,
            streets: Streets::of(roads, &plane, &access.lanes),
            plane,
            lanes: access.lanes,
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
        let spot = Spot::new(&self.plane, position);
        let found = self.nearest_among(self.sight.as_ref(), &spot)?;
        let lanes_are_missing = self.streets.are_missing(spot.point);
        Some(self.located(found, position, &spot, lanes_are_missing))
    }

    /// How far a location at this position may be from its road before it has none: where lanes are missing, as far as
    /// they reach.
    pub fn reach_at(&self, position: LonLat) -> Metres {
        let spot = Spot::new(&self.plane, position);
        Metres(self.reach_where(self.streets.are_missing(spot.point)))
    }

    fn reach_where(&self, lanes_are_missing: bool) -> f64 {
        match lanes_are_missing {
            true => self.reach.max(self.lanes.reach.0),
            false => self.reach,
        }
    }

    /// What [`nearest`](Self::nearest) finds, where that is in reach.
    pub fn nearest_in_reach(&self, position: LonLat) -> Option<Location> {
        let spot = Spot::new(&self.plane, position);
        let lanes_are_missing = self.streets.are_missing(spot.point);
        let reach = self.reach_where(lanes_are_missing);
        let found = self.in_sight(self.sight.as_ref(), &spot, reach)?;
        Some(self.located(found, position, &spot, lanes_are_missing))
    }

    /// The nearest point on a road as the crow flies, whatever lies between, or `None` when there is
    /// no road. Of roads equally near, the first in the network; bridges and tunnels as in [`Self::nearest`].
    pub fn nearest_over_barriers(&self, position: LonLat) -> Option<Foot> {
        let spot = Spot::new(&self.plane, position);
        let found = self.nearest_among(None, &spot)?;
        Some(self.foot(found, position, &spot))
    }

    /// Whether nobody crosses a barrier on the straight line from one position to another; an area that holds
    /// either does not hide the other.
    pub fn is_clear(&self, from: LonLat, to: LonLat) -> bool {
        self.sight.as_ref().is_none_or(|sight| {
            let [from, to] = [from, to].map(|position| self.plane.project(position));
            let mut open = sight.areas_around(from);
            open.extend(sight.areas_around(to));
            sight.is_clear(from, to, &open, &mut Vec::new())
        })
    }

    /// The nearest piece of road among the barriers of `sight`: in reach, or else within the search.
    fn nearest_among(&self, sight: Option<&LineOfSight>, spot: &Spot) -> Option<&Piece> {
        let find = |reach| self.in_sight(sight, spot, reach);
        find(self.reach).or_else(|| find(self.search(spot)?))
    }

    /// How far from a spot a road is looked for at most.
    fn search(&self, spot: &Spot) -> Option<f64> {
        let trees = self.trees.iter();
        let nearest = trees.filter_map(|tree| Some(nearest_of_all(tree, spot)?.0));
        Some((2.0 * nearest.min_by(f64::total_cmp)?.sqrt()).max(SEARCH.0))
    }

    /// The nearest piece within `reach` that nothing of `sight` hides: of bridges and tunnels only where there is no
    /// other.
    fn in_sight(&self, sight: Option<&LineOfSight>, spot: &Spot, reach: f64) -> Option<&Piece> {
        let sight = sight.map(|sight| (sight, sight.areas_around(spot.point)));
        let mut hiding = Vec::new();
        let mut is_seen = |piece: &Piece| {
            sight.as_ref().is_none_or(|(sight, open)| {
                sight.is_clear(spot.point, spot.foot(piece), open, &mut hiding)
            })
        };
        let mut trees = self.trees.iter();
        trees.find_map(|tree| first_of_nearest(tree, spot, reach, &mut is_seen))
    }

    /// A location whose nearest piece of road is known, with the roads around it where lanes are missing.
    fn located(
        &self,
        piece: &Piece,
        position: LonLat,
        spot: &Spot,
        lanes_are_missing: bool,
    ) -> Location {
        Location {
            position,
            nearest: self.foot(piece, position, spot),
            by_lanes: lanes_are_missing.then(|| self.around(piece.road, position, spot)),
        }
    }

    /// The nearest point of a road in each direction in which any road but `nearest` is within the reach of lanes
    /// and in sight. Bridges and tunnels are not joined.
    fn around(&self, nearest: RoadId, position: LonLat, spot: &Spot) -> Arc<[Foot]> {
        let reach = self.lanes.reach.0;
        let on_plane = spot.farthest_on_plane(reach);
        let open = self
            .sight
            .as_ref()
            .map(|sight| sight.areas_around(spot.point));
        let sight = self.sight.as_ref().zip(open.as_ref());
        let mut hiding = Vec::new();
        let pieces = self.trees[0].locate_within_distance(spot.point, on_plane * on_plane);
        let mut pieces: Vec<Near<'_>> = pieces
            .map(|piece| Near(spot.distance_2(piece), piece))
            .filter(|piece| piece.0 <= reach * reach && piece.1.road != nearest)
            .collect();
        pieces.sort_by(|a, b| b.cmp(a));
        let mut taken = [false; DIRECTIONS as usize];
        let mut found: Vec<Foot> = Vec::new();
        for Near(_, piece) in pieces {
            let foot = spot.foot(piece);
            let direction = direction(spot.metres(spot.point, foot));
            let is_new = !taken[direction] && found.iter().all(|foot| foot.road != piece.road);
            let is_seen = |(sight, open): (&LineOfSight, &Vec<usize>)| {
                sight.is_clear(spot.point, foot, open, &mut hiding)
            };
            if is_new && sight.is_none_or(is_seen) {
                taken[direction] = true;
                found.push(self.foot(piece, position, spot));
            }
        }
        found.into()
    }

    fn foot(&self, piece: &Piece, position: LonLat, spot: &Spot) -> Foot {
        let on_piece = spot.nearest_share(piece);
        let point = self.plane.unproject(piece.at(on_piece));
        let whole = self.length[piece.road.index()];
        let driven = piece.before + on_piece * piece.length;
        Foot {
            road: piece.road,
            // A road of no length has no middle.
            share: if whole > 0.0 {
                (driven / whole).clamp(0.0, 1.0)
            } else {
                0.0
            },
            point,
            access: position.distance(point),
        }
    }
}

/// The number of the direction, east and north being given.
fn direction([east, north]: [f64; 2]) -> usize {
    let turn = libm::atan2(north, east) / std::f64::consts::TAU + 0.5;
    ((turn * DIRECTIONS) as usize).min(DIRECTIONS as usize - 1)
}

/// What rounding may make of a square of distances.
const ROUNDING: f64 = 1e-9;

/// The nearest piece, of equals the first in the network, and the square of its distance. What is nearest on the
/// plane comes first, and pieces that are farther on it are looked at while they may be nearer.
///
/// The tree's `nearest_neighbor` may pass it over: what it need not look at is told by distances that rounding makes
/// too short, and lines often are nearest at a corner of their box.
fn nearest_of_all<'t>(tree: &'t RTree<Piece>, spot: &Spot) -> Option<(f64, &'t Piece)> {
    let mut nearest: Option<Near<'_>> = None;
    for (piece, on_plane) in tree.nearest_neighbor_iter_with_distance_2(&spot.point) {
        if let Some(Near(square, _)) = nearest {
            let farthest = spot.farthest_on_plane(square.sqrt());
            if on_plane > farthest * farthest * (1.0 + ROUNDING) {
                break;
            }
        }
        let found = Near(spot.distance_2(piece), piece);
        nearest = nearest.into_iter().chain([found]).max();
    }
    nearest.map(|Near(square, piece)| (square, piece))
}

/// The first of the nearest pieces within `reach` that are seen.
///
/// Mostly that is the first of all. Beyond it they are looked for in circles, each twice as wide as the last: a queue
/// of the whole tree by distance takes longer, as roads beyond a river are many.
fn first_of_nearest<'t>(
    tree: &'t RTree<Piece>,
    spot: &Spot,
    reach: f64,
    mut is_seen: impl FnMut(&Piece) -> bool,
) -> Option<&'t Piece> {
    let (nearest, first) = nearest_of_all(tree, spot)?;
    if nearest > reach * reach {
        return None;
    }
    if is_seen(first) {
        return Some(first);
    }
    // The square of the radius that is done with; no distance is negative.
    let (mut passed, mut within) = (-1.0, nearest.sqrt());
    loop {
        // A circle smaller than a piece holds hardly any.
        within = (2.0 * within).max(LONGEST_PIECE).min(reach);
        let square = within * within;
        let on_plane = spot.farthest_on_plane(within);
        let pieces = (tree.locate_within_distance(spot.point, on_plane * on_plane))
            .map(|piece| Near(spot.distance_2(piece), piece))
            .filter(|piece| piece.0 > passed && piece.0 <= square);
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
        passed = square * (1.0 - ROUNDING);
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
