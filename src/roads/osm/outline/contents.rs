//! What an outline has to hold, on the plane: roads, settlements and stations.

use std::cmp::Ordering;

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{
    BoundingRect, Closest, ClosestPoint, Contains as _, Coord, LineString, MultiPolygon, Point,
    Rect,
};

use crate::geography::{LonLat, Plane, centre};
use crate::roads::graph::RoadGraph;
use crate::roads::osm::OsmExtract;
use crate::roads::osm::assumptions::ASSUMED;

/// Why an area of the map is not the county.
pub(super) enum Unfit {
    /// It holds too little of the roads.
    Roads(f64),
    /// So many settlements or stations lie far outside.
    Settlements(usize),
}

/// What an outline has to hold, on a plane.
pub(super) struct Contents<'e> {
    pub(super) extract: &'e OsmExtract,
    pub(super) plane: Plane,
    /// The middle of each straight piece of road, and its length.
    pieces: Vec<(Coord<f64>, f64)>,
    length: f64,
    /// A rectangle outside which, on every side, there is as little road as an outline may leave
    /// out: an area whose box does not reach it holds too little.
    core: Rect<f64>,
    pub(super) points: Vec<Point<f64>>,
}

impl<'e> Contents<'e> {
    pub(super) fn new(
        extract: &'e OsmExtract,
        roads: &RoadGraph,
        points: &[LonLat],
    ) -> Option<Self> {
        let junctions = roads.junctions().map(|junction| junction.position);
        let plane = Plane::around(centre(junctions.chain(points.iter().copied()))?);
        let on_plane = |position| Coord::from(plane.project(position));
        let pieces: Vec<(Coord<f64>, f64)> = pieces(roads)
            .map(|(middle, length)| (on_plane(middle), length))
            .collect();
        let length = pieces.iter().map(|(_, length)| length).sum();
        let points: Vec<Point<f64>> = points.iter().map(|p| on_plane(*p).into()).collect();
        Some(Self {
            core: core(&pieces, length),
            extract,
            plane,
            pieces,
            length,
            points,
        })
    }

    pub(super) fn line(&self, nodes: &[usize]) -> LineString<f64> {
        let corners = nodes.iter().map(|node| {
            let position = self.extract.nodes[*node].position;
            Coord::from(self.plane.project(position))
        });
        corners.collect()
    }

    pub(super) fn road_share(&self, area: &MultiPolygon<f64>) -> f64 {
        let index = IntervalTreeMultiPolygon::new(area);
        let inside = self
            .pieces
            .iter()
            .filter(|(middle, _)| index.contains(middle));
        share(inside.map(|(_, length)| length).sum(), self.length)
    }

    pub(super) fn check(&self, area: &MultiPolygon<f64>) -> Result<(), Unfit> {
        let road_share = self.road_share(area);
        if road_share < ASSUMED.outline.road_share {
            return Err(Unfit::Roads(road_share));
        }
        let beyond = self.outside(area);
        let far = beyond.iter().filter(|(point, edge)| {
            let [dx, dy] = [point.x() - edge.x(), point.y() - edge.y()];
            libm::hypot(dx, dy) > ASSUMED.outline.beyond_edge.0
        });
        match far.count() {
            0 => Ok(()),
            far => Err(Unfit::Settlements(far)),
        }
    }

    /// The settlements and stations outside an area, each with the nearest point of its edge.
    pub(super) fn outside(&self, area: &MultiPolygon<f64>) -> Vec<(Point<f64>, Point<f64>)> {
        let index = IntervalTreeMultiPolygon::new(area);
        self.points
            .iter()
            .filter(|point| !index.contains(*point))
            .map(|point| match area.closest_point(point) {
                Closest::SinglePoint(edge) | Closest::Intersection(edge) => (*point, edge),
                Closest::Indeterminate => (*point, *point),
            })
            .collect()
    }

    /// The parts of an area that have some road, or a settlement or station: no rocks in the sea.
    pub(super) fn with_roads(&self, area: MultiPolygon<f64>) -> MultiPolygon<f64> {
        let parts = area.0.into_iter().filter(|part| {
            let part = MultiPolygon::new(vec![part.clone()]);
            let Some(span) = part.bounding_rect() else {
                return false;
            };
            let index = IntervalTreeMultiPolygon::new(&part);
            let holds = |at: &Coord<f64>| is_in(span, *at) && index.contains(at);
            self.pieces.iter().any(|(middle, _)| holds(middle))
                || self.points.iter().any(|point| holds(&point.0))
        });
        MultiPolygon::new(parts.collect())
    }

    /// Whether the box around `ways` can hold as much road as it should.
    pub(super) fn reaches_the_core(&self, ways: &[i64]) -> bool {
        let points = self.extract.points_of(ways);
        let line: LineString<f64> = points
            .into_iter()
            .map(|position| Coord::from(self.plane.project(position)))
            .collect();
        line.bounding_rect().is_some_and(|span| {
            let (low, high) = (self.core.min(), self.core.max());
            is_in(span, low) && is_in(span, high)
        })
    }
}

fn is_in(span: Rect<f64>, at: Coord<f64>) -> bool {
    let (low, high) = (span.min(), span.max());
    low.x <= at.x && at.x <= high.x && low.y <= at.y && at.y <= high.y
}

/// The rectangle west of which lies at most the share of road that an outline may leave out, and so
/// on each side.
fn core(pieces: &[(Coord<f64>, f64)], length: f64) -> Rect<f64> {
    let left_out = length * (1.0 - ASSUMED.outline.road_share);
    let edge = |along: &dyn Fn(&Coord<f64>) -> f64, order: fn(&f64, &f64) -> Ordering| {
        let mut values: Vec<(f64, f64)> = pieces.iter().map(|(at, l)| (along(at), *l)).collect();
        values.sort_by(|a, b| order(&a.0, &b.0));
        let mut passed = 0.0;
        values
            .into_iter()
            .find(|(_, length)| {
                passed += length;
                passed > left_out
            })
            .map_or(0.0, |(value, _)| value)
    };
    let rising: fn(&f64, &f64) -> Ordering = f64::total_cmp;
    let falling: fn(&f64, &f64) -> Ordering = |a, b| b.total_cmp(a);
    Rect::new(
        Coord {
            x: edge(&|at| at.x, rising),
            y: edge(&|at| at.y, rising),
        },
        Coord {
            x: edge(&|at| at.x, falling),
            y: edge(&|at| at.y, falling),
        },
    )
}

/// The middle of each straight piece of road, and its length in metres.
pub(super) fn pieces(roads: &RoadGraph) -> impl Iterator<Item = (LonLat, f64)> {
    roads.roads().iter().flat_map(|road| {
        let line = roads.line(road);
        let pieces: Vec<_> = line
            .array_windows()
            .map(|[a, b]| {
                let middle = LonLat {
                    lon: (a.lon + b.lon) / 2.0,
                    lat: (a.lat + b.lat) / 2.0,
                };
                (middle, a.distance(*b).0)
            })
            .collect();
        pieces
    })
}

/// To six digits, so that a report does not change with the last bit of a sum.
pub(super) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 {
        (part / whole * 1e6).round() / 1e6
    } else {
        1.0
    }
}
