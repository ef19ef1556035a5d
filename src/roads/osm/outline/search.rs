//! The rules by which an outline is found, on the plane.

use std::cmp::Ordering;

use geo::indexed::IntervalTreeMultiPolygon;
use geo::{Area as _, BooleanOps as _, BoundingRect, Buffer as _, Closest, ClosestPoint};
use geo::{Contains, Coord, LineString, MultiPolygon, Point};
use geo::{Polygon, Rect, Simplify as _, unary_union};

use super::rule::{OutlineRule, is_administrative, is_coastline};
use crate::geography::closing::closing;
use crate::geography::{LonLat, Plane, centre};
use crate::roads::graph::RoadGraph;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::rings::{self, Assembly};
use crate::roads::osm::{OsmExtract, OsmRelation};
use crate::units::Metres;

/// An outline on the plane.
pub(super) struct Found {
    pub(super) area: MultiPolygon<f64>,
    pub(super) rule: OutlineRule,
    pub(super) source: String,
    pub(super) taken_in: usize,
}

/// Land within closed coastlines.
pub(super) struct Land {
    area: MultiPolygon<f64>,
    /// Pieces of coastline in the file.
    ways: usize,
    /// Stretches that do not close.
    open: u64,
}

/// Why an area of the map is not the county.
enum Unfit {
    /// It holds too little of the roads.
    Roads(f64),
    /// So many settlements or stations lie far outside.
    Settlements(usize),
}

/// What an outline has to hold, on a plane.
pub(super) struct Search<'e> {
    extract: &'e OsmExtract,
    pub(super) plane: Plane,
    /// The middle of each straight piece of road, and its length.
    pieces: Vec<(Coord<f64>, f64)>,
    length: f64,
    /// A rectangle outside which, on every side, there is as little road as an outline may leave
    /// out: an area whose box does not reach it holds too little.
    core: Rect<f64>,
    points: Vec<Point<f64>>,
}

impl<'e> Search<'e> {
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

    fn line(&self, nodes: &[usize]) -> LineString<f64> {
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

    fn check(&self, area: &MultiPolygon<f64>) -> Result<(), Unfit> {
        let road_share = self.road_share(area);
        if road_share < ASSUMED.outline.road_share {
            return Err(Unfit::Roads(road_share));
        }
        let beyond = self.outside(area);
        let far = beyond.iter().filter(|(point, edge)| {
            let [dx, dy] = [point.x() - edge.x(), point.y() - edge.y()];
            dx.hypot(dy) > ASSUMED.outline.beyond_edge.0
        });
        match far.count() {
            0 => Ok(()),
            far => Err(Unfit::Settlements(far)),
        }
    }

    /// The settlements and stations outside an area, each with the nearest point of its edge.
    fn outside(&self, area: &MultiPolygon<f64>) -> Vec<(Point<f64>, Point<f64>)> {
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

    /// The land of the file.
    pub(super) fn land(&self) -> Land {
        let ways = self
            .extract
            .ways
            .iter()
            .filter(|way| is_coastline(&way.tags));
        let ways: Vec<i64> = ways.map(|way| way.id).collect();
        let assembly = Assembly::of(self.extract, &ways);
        // Land is on the left of the line as it is drawn: a ring counterclockwise is an island.
        let (mut islands, mut waters) = (Vec::new(), Vec::new());
        for ring in &assembly.rings {
            let line = self.line(&ring.nodes);
            let turns_left = Polygon::new(line.clone(), Vec::new()).signed_area() > 0.0;
            if turns_left == ring.is_against {
                waters.push(line);
            } else {
                islands.push(line);
            }
        }
        let around = rings::inside(islands.clone());
        // A ring of water that no land encloses is the sea on all sides of nothing.
        waters.retain(|water| {
            water
                .0
                .first()
                .is_some_and(|corner| around.contains(corner))
        });
        Land {
            area: rings::inside(islands.into_iter().chain(waters)),
            ways: ways.len(),
            open: assembly.open,
        }
    }

    /// Rule 1.
    pub(super) fn administrative(&self, land: &Land, not_used: &mut Vec<String>) -> Option<Found> {
        let relations = self.extract.relations.iter();
        let relations: Vec<_> = relations.filter(|r| is_administrative(&r.tags)).collect();
        if relations.is_empty() {
            not_used.push("the file has no administrative area".to_owned());
            return None;
        }
        let (mut incomplete, mut small) = (0usize, 0usize);
        let mut candidates = Vec::new();
        for relation in relations.iter().copied() {
            let ways = relation.edge_ways();
            let is_there = |way: &i64| self.extract.way(*way).is_some();
            if ways.is_empty() || !ways.iter().all(is_there) {
                incomplete += 1;
                continue;
            }
            if !self.reaches_the_core(&ways) {
                small += 1;
                continue;
            }
            let assembly = Assembly::of(self.extract, &ways);
            if assembly.missing > 0 || assembly.open > 0 {
                incomplete += 1;
                continue;
            }
            let rings = assembly.rings.iter().map(|ring| self.line(&ring.nodes));
            candidates.push((relation, rings::inside(rings)));
        }
        let size = |area: &MultiPolygon<f64>| area.unsigned_area();
        candidates.sort_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)));
        let mut with_settlements_outside = Vec::new();
        let mut found = None;
        for (relation, area) in candidates {
            match self.check(&area) {
                Err(Unfit::Roads(_)) => small += 1,
                Err(Unfit::Settlements(far)) => with_settlements_outside.push((relation, far)),
                Ok(()) => {
                    found = Some((relation, area));
                    break;
                }
            }
        }
        if let Some((relation, area)) = found {
            return Some(self.within_land(relation, area, land));
        }
        let limits = &ASSUMED.outline;
        let percent = limits.road_share * 100.0;
        not_used.push(format!(
            "of {} administrative areas {incomplete} are not complete in the file, and {small} hold \
             less than {percent:.0} % of the roads",
            relations.len(),
        ));
        for (relation, far) in with_settlements_outside {
            not_used.push(format!(
                "{} holds {percent:.0} % of the roads, but {far} settlements or stations lie more \
                 than {} outside it; where it is the county, give it as --boundary",
                named(relation),
                limits.beyond_edge,
            ));
        }
        None
    }

    /// An administrative area, or the land of it where that holds the same.
    fn within_land(&self, relation: &OsmRelation, area: MultiPolygon<f64>, land: &Land) -> Found {
        let on_land = self.with_roads(area.intersection(&land.area));
        let is_island = self.check(&on_land).is_ok();
        let (area, source) = if is_island {
            (on_land, format!("the land of {}", named(relation)))
        } else {
            (area, named(relation))
        };
        self.finished(area, OutlineRule::AdministrativeRelation, source)
    }

    /// Rule 2.
    pub(super) fn coastline(&self, land: &Land, not_used: &mut Vec<String>) -> Option<Found> {
        if land.ways == 0 {
            not_used.push("the file has no coastline".to_owned());
            return None;
        }
        let area = self.with_roads(land.area.clone());
        let open = land.open;
        match self.check(&area) {
            Ok(()) => {
                let source = "the land within the coastline".to_owned();
                Some(self.finished(area, OutlineRule::Coastline, source))
            }
            Err(Unfit::Roads(share)) => {
                not_used.push(format!(
                    "the land within closed coastlines holds {:.1} % of the roads ({open} stretches \
                     of coastline do not close in the file)",
                    share * 100.0
                ));
                None
            }
            Err(Unfit::Settlements(far)) => {
                not_used.push(format!(
                    "{far} settlements or stations lie more than {} from the land within closed \
                     coastlines ({open} stretches of coastline do not close in the file)",
                    ASSUMED.outline.beyond_edge
                ));
                None
            }
        }
    }

    /// Rule 3.
    pub(super) fn around_the_roads(&self, roads: &RoadGraph) -> Found {
        let on_plane = |position| self.plane.project(position);
        let lines = roads.roads().iter().map(|road| {
            let line = roads.line(road).into_iter();
            line.map(on_plane).collect::<Vec<_>>()
        });
        let points = self.points.iter().map(|point| vec![[point.x(), point.y()]]);
        let lines: Vec<Vec<[f64; 2]>> = lines.chain(points).collect();
        let limits = &ASSUMED.outline;
        Found {
            area: closing(&lines, limits.gap.0, limits.margin.0),
            rule: OutlineRule::AroundTheRoads,
            source: format!(
                "a line around the imported roads, settlements and stations, at least {} from \
                 them, gaps of up to {} closed",
                Metres(limits.margin.0 / 2.0),
                Metres(limits.gap.0 * 2.0),
            ),
            taken_in: 0,
        }
    }

    /// The parts of an area that have some road, or a settlement or station: no rocks in the sea.
    fn with_roads(&self, area: MultiPolygon<f64>) -> MultiPolygon<f64> {
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

    /// The area as it is written: simplified so that nothing is cut off, and with the settlements and
    /// stations taken in that lie outside.
    fn finished(&self, area: MultiPolygon<f64>, rule: OutlineRule, source: String) -> Found {
        let limits = &ASSUMED.outline;
        // Moved outwards first by as much as the simplified line can come inwards; a simplified
        // line may cross itself, which the union with nothing mends.
        let simple = area
            .buffer(limits.tolerance.0)
            .simplify(limits.tolerance.0)
            .union(&MultiPolygon::new(Vec::new()));
        let before = self.outside(&area).len();
        let area = if self.outside(&simple).len() > before {
            area
        } else {
            simple
        };
        let outside = self.outside(&area);
        let bridges = outside.iter().map(|(point, edge)| {
            let way = LineString::new(vec![point.0, edge.0]);
            way.buffer(limits.spare.0)
        });
        let parts: Vec<MultiPolygon<f64>> = std::iter::once(area).chain(bridges).collect();
        let mut area = unary_union(&parts);
        // Inlets whose mouth the outward move has closed are not worth a hole.
        let least = (10.0 * limits.tolerance.0).powi(2);
        for part in &mut area {
            let exterior = part.exterior().clone();
            let mut holes = part.interiors().to_vec();
            holes.retain(|hole| Polygon::new(hole.clone(), Vec::new()).unsigned_area() > least);
            *part = Polygon::new(exterior, holes);
        }
        Found {
            area,
            rule,
            source,
            taken_in: outside.len(),
        }
    }

    /// Whether the box around `ways` can hold as much road as it should.
    fn reaches_the_core(&self, ways: &[i64]) -> bool {
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

fn named(relation: &OsmRelation) -> String {
    let name = relation.tags.get("name").unwrap_or("without a name");
    match relation.tags.get("admin_level") {
        Some(level) => format!("the relation {} ({name}, admin_level {level})", relation.id),
        None => format!("the relation {} ({name})", relation.id),
    }
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
