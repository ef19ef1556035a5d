//! The rules by which an outline is found, on the plane.

use geo::{Area as _, BooleanOps as _, Buffer as _, Contains, LineString, MultiPolygon, Polygon};
use geo::{Simplify as _, unary_union};

use super::contents::{Contents, Unfit};
use super::rule::{NamedRelation, NotUsed, OutlineRule, is_administrative, is_coastline};
use crate::geography::closing::closing;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::OsmRelation;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::rings::{self, Assembly};

/// An outline on the plane.
pub(super) struct Found {
    pub(super) area: MultiPolygon<f64>,
    pub(super) rule: OutlineRule,
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

/// The land of the file.
pub(super) fn land(contents: &Contents<'_>) -> Land {
    let ways = contents
        .extract
        .ways
        .iter()
        .filter(|way| is_coastline(&way.tags));
    let ways: Vec<i64> = ways.map(|way| way.id).collect();
    let assembly = Assembly::of(contents.extract, &ways);
    // Land is on the left of the line as it is drawn: a ring counterclockwise is an island.
    let (mut islands, mut waters) = (Vec::new(), Vec::new());
    for ring in &assembly.rings {
        let line = contents.line(&ring.nodes);
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
pub(super) fn administrative(
    contents: &Contents<'_>,
    land: &Land,
    not_used: &mut Vec<NotUsed>,
) -> Option<Found> {
    let relations = contents.extract.relations.iter();
    let relations: Vec<_> = relations.filter(|r| is_administrative(&r.tags)).collect();
    if relations.is_empty() {
        not_used.push(NotUsed::NoRelation);
        return None;
    }
    let (mut incomplete, mut small) = (0usize, 0usize);
    let mut candidates = Vec::new();
    for relation in relations.iter().copied() {
        let ways = relation.edge_ways();
        let is_there = |way: &i64| contents.extract.way(*way).is_some();
        if ways.is_empty() || !ways.iter().all(is_there) {
            incomplete += 1;
            continue;
        }
        if !contents.reaches_the_core(&ways) {
            small += 1;
            continue;
        }
        let Some(rings) = rings::complete(contents.extract, &ways) else {
            incomplete += 1;
            continue;
        };
        let rings = rings.iter().map(|ring| contents.line(&ring.nodes));
        candidates.push((relation, rings::inside(rings)));
    }
    let size = |area: &MultiPolygon<f64>| area.unsigned_area();
    candidates.sort_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)));
    let mut with_settlements_outside = Vec::new();
    let mut found = None;
    for (relation, area) in candidates {
        match contents.check(&area) {
            Err(Unfit::Roads(_)) => small += 1,
            Err(Unfit::Settlements(far)) => with_settlements_outside.push((relation, far)),
            Ok(()) => {
                found = Some((relation, area));
                break;
            }
        }
    }
    if let Some((relation, area)) = found {
        return Some(within_land(contents, relation, area, land));
    }
    not_used.push(NotUsed::Relations {
        all: relations.len(),
        incomplete,
        small,
    });
    let outside = with_settlements_outside.into_iter();
    not_used.extend(outside.map(|(relation, far)| NotUsed::OutsideRelation {
        relation: NamedRelation::of(relation),
        far,
    }));
    None
}

/// An administrative area, or the land of it where that holds the same.
fn within_land(
    contents: &Contents<'_>,
    relation: &OsmRelation,
    area: MultiPolygon<f64>,
    land: &Land,
) -> Found {
    let on_land = contents.with_roads(area.intersection(&land.area));
    let is_cut = contents.check(&on_land).is_ok();
    let rule = OutlineRule::AdministrativeRelation {
        relation: NamedRelation::of(relation),
        is_cut,
    };
    finished(contents, if is_cut { on_land } else { area }, rule)
}

/// Rule 2.
pub(super) fn coastline(
    contents: &Contents<'_>,
    land: &Land,
    not_used: &mut Vec<NotUsed>,
) -> Option<Found> {
    if land.ways == 0 {
        not_used.push(NotUsed::NoCoastline);
        return None;
    }
    let area = contents.with_roads(land.area.clone());
    let open = land.open;
    match contents.check(&area) {
        Ok(()) => return Some(finished(contents, area, OutlineRule::Coastline)),
        Err(Unfit::Roads(share)) => {
            not_used.push(NotUsed::RoadsOutsideCoastline { share, open });
        }
        Err(Unfit::Settlements(far)) => not_used.push(NotUsed::OutsideCoastline { far, open }),
    }
    None
}

/// Rule 3.
pub(super) fn around_the_roads(contents: &Contents<'_>, roads: &RoadGraph) -> Found {
    let on_plane = |position| contents.plane.project(position);
    let lines = roads.roads().iter().map(|road| {
        let line = roads.line(road).into_iter();
        line.map(on_plane).collect::<Vec<_>>()
    });
    let points = contents
        .points
        .iter()
        .map(|point| vec![[point.x(), point.y()]]);
    let lines: Vec<Vec<[f64; 2]>> = lines.chain(points).collect();
    let limits = &ASSUMED.outline;
    Found {
        area: closing(&lines, limits.gap.0, limits.margin.0),
        rule: OutlineRule::AroundTheRoads,
        taken_in: 0,
    }
}

/// The area as it is written: simplified so that nothing is cut off, and with the settlements and
/// stations taken in that lie outside.
fn finished(contents: &Contents<'_>, area: MultiPolygon<f64>, rule: OutlineRule) -> Found {
    let limits = &ASSUMED.outline;
    // Moved outwards first by as much as the simplified line can come inwards; a simplified
    // line may cross itself, which the union with nothing mends.
    let simple = area
        .buffer(limits.tolerance.0)
        .simplify(limits.tolerance.0)
        .union(&MultiPolygon::new(Vec::new()));
    let before = contents.outside(&area).len();
    let area = if contents.outside(&simple).len() > before {
        area
    } else {
        simple
    };
    let outside = contents.outside(&area);
    let bridges = outside.iter().map(|(point, edge)| {
        let way = LineString::new(vec![point.0, edge.0]);
        way.buffer(limits.spare.0)
    });
    let parts: Vec<MultiPolygon<f64>> = std::iter::once(area).chain(bridges).collect();
    let mut area = unary_union(&parts);
    // Inlets whose mouth the outward move has closed are not worth a hole.
    let side = 10.0 * limits.tolerance.0;
    let least = side * side;
    for part in &mut area {
        let exterior = part.exterior().clone();
        let mut holes = part.interiors().to_vec();
        holes.retain(|hole| Polygon::new(hole.clone(), Vec::new()).unsigned_area() > least);
        *part = Polygon::new(exterior, holes);
    }
    Found {
        area,
        rule,
        taken_in: outside.len(),
    }
}
