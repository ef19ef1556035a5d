//! Where a site or a village joins the road: the nearest point on a road, not the nearest
//! junction.

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::geography::{LonLat, Plane, centre};
use crate::roads::graph::RoadGraph;
use crate::roads::road::RoadId;
use crate::units::Metres;

/// A place and the point of a road at which it joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnappedPlace {
    /// The road.
    pub road: RoadId,
    /// How far along the road the point lies: 0 at its first junction, 1 at its last.
    pub share: f64,
    /// The point itself.
    pub foot: LonLat,
    /// From the place to the point, as the crow flies.
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

    fn at(&self, share: f64) -> [f64; 2] {
        let [[ax, ay], [bx, by]] = self.ends;
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
        (x - point[0]).powi(2) + (y - point[1]).powi(2)
    }
}

/// An index of all roads that can be joined anywhere: those that an engine can use, but
/// expressways.
#[derive(Debug)]
pub struct Snapper {
    plane: Plane,
    tree: RTree<Piece>,
    /// Length of each road on the plane.
    length: Vec<f64>,
}

impl Snapper {
    /// Indexes the roads of a network that are `usable`.
    #[must_use]
    pub fn new(roads: &RoadGraph, usable: impl Fn(RoadId) -> bool) -> Self {
        let middle = centre(roads.junctions().map(|junction| junction.position));
        let plane = Plane::around(middle.unwrap_or_default());
        let mut pieces = Vec::new();
        let mut length = Vec::with_capacity(roads.roads().len());
        for (road, id) in roads.roads().iter().zip((0..).map(RoadId)) {
            let mut before = 0.0;
            let line: Vec<[f64; 2]> = roads
                .line(road)
                .into_iter()
                .map(|position| plane.project(position))
                .collect();
            for ends in line.array_windows::<2>() {
                if !road.class.is_expressway() && usable(id) {
                    pieces.push(Piece {
                        road: id,
                        ends: *ends,
                        before,
                    });
                }
                before += (ends[1][0] - ends[0][0]).hypot(ends[1][1] - ends[0][1]);
            }
            length.push(before);
        }
        Self {
            plane,
            tree: RTree::bulk_load(pieces),
            length,
        }
    }

    /// The nearest point on a road, or `None` when there is no road. Of roads equally near, the
    /// first in the network.
    #[must_use]
    pub fn nearest(&self, position: LonLat) -> Option<SnappedPlace> {
        let point = self.plane.project(position);
        let piece = self
            .tree
            .nearest_neighbors(&point)
            .into_iter()
            .min_by(|a, b| {
                (a.road, a.before)
                    .partial_cmp(&(b.road, b.before))
                    .expect("no NaN")
            })?;
        let on_piece = piece.nearest_share(point);
        let foot = self.plane.unproject(piece.at(on_piece));
        let whole = self.length[piece.road.index()];
        let [[ax, ay], [bx, by]] = piece.ends;
        let driven = piece.before + on_piece * (bx - ax).hypot(by - ay);
        Some(SnappedPlace {
            road: piece.road,
            // A road of no length has no middle.
            share: if whole > 0.0 {
                (driven / whole).clamp(0.0, 1.0)
            } else {
                0.0
            },
            foot,
            access: Metres(piece.distance_2(&point).sqrt()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::test_roads::{metres_east, network};

    /// ```text
    ///           x  200 m north of the road, 250 m along it
    /// 0 --------+------------------------ 1      1000 m
    /// ```
    #[test]
    fn a_place_joins_the_middle_of_a_road() {
        let roads = network(2, &[(0, 1, false, 1000.0)]);
        let place = LonLat {
            lat: 200.0 / 111_195.08,
            ..metres_east(250.0)
        };
        let snapped = Snapper::new(&roads, |_| true).nearest(place).unwrap();
        assert_eq!(snapped.road, RoadId(0));
        assert!((snapped.share - 0.25).abs() < 1e-6, "{snapped:?}");
        assert!((snapped.access.0 - 200.0).abs() < 0.01, "{snapped:?}");
    }

    #[test]
    fn a_network_without_roads_has_no_nearest_one() {
        assert_eq!(
            Snapper::new(&network(1, &[]), |_| true).nearest(metres_east(0.0)),
            None
        );
    }
}
