//! Everything on the maps, for QGIS.

use geo::orient::{Direction, Orient};
use geo::{Area, BooleanOps, Intersects, LineString, MultiPolygon, Polygon};
use serde::Serialize;

use crate::basis::Basis;
use crate::charts::{ArrivalField, Ring};
use crate::evaluation::comparison::{Evaluated, TownFigures};
use crate::format::json;
use crate::geography::LonLat;
use crate::report::basis_words::station_reason;
use crate::report::fields::{ARRIVAL_BANDS, Fields};
use crate::report::formats::geojson::{
    Feature, FeatureCollection, Geometry, polygons, position, thousandths,
};
use crate::report::map_roads::{RoadsOfMaps, left_out_words};
use crate::report::publication::Publication;
use crate::roads::class::RoadClass;
use crate::roads::generalised::MapRoads;
use crate::scenario::standards::Clock;

/// Every layer that there can be.
pub(crate) const LAYERS: [&str; 7] = [
    "boundary",
    "roads",
    "towns",
    "stations",
    "demand-points",
    "arrival-baseline",
    "arrival-best",
];

/// The layers: name of the file without its ending, and its content.
pub(crate) fn layers(
    publication: &Publication<'_>,
    fields: &Fields,
    roads: &RoadsOfMaps<'_>,
) -> Result<Vec<(&'static str, Vec<u8>)>, serde_json::Error> {
    let comparison = publication.comparison;
    let mut layers = vec![
        ("boundary", boundary(publication)?),
        ("roads", lines(publication, &roads.of_layer())?),
        ("towns", towns(publication)?),
        ("stations", stations(publication)?),
        ("demand-points", demand_points(publication)?),
        (
            "arrival-baseline",
            arrival(publication, fields, comparison.baseline())?,
        ),
    ];
    if !comparison.best().is_baseline {
        let best = arrival(publication, fields, comparison.best())?;
        layers.push(("arrival-best", best));
    }
    Ok(layers)
}

/// A file of features.
type Layer = Result<Vec<u8>, serde_json::Error>;

/// What is said of every layer.
#[derive(Serialize)]
struct Members<'a> {
    attribution: &'a [String],
    scenario: &'a str,
    /// What is not in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
}

#[derive(Serialize)]
struct BoundaryProperties {}

#[derive(Serialize)]
struct RoadProperties {
    class: RoadClass,
}

#[derive(Serialize)]
struct TownProperties<'a> {
    id: &'a str,
    name: &'a str,
    residents: f64,
    incidents_a_year: f64,
    mean_today_minutes: Option<f64>,
    mean_best_minutes: Option<f64>,
    p90_today_minutes: Option<f64>,
    p90_best_minutes: Option<f64>,
    lost_today_percent: Option<f64>,
    lost_best_percent: Option<f64>,
    basis: Basis,
}

#[derive(Serialize)]
struct StationProperties<'a> {
    id: &'a str,
    name: &'a str,
    existing: bool,
    engines: u16,
    best_rank: Option<usize>,
    basis: Basis,
    reason: String,
}

#[derive(Serialize)]
struct DemandPointProperties<'a> {
    id: &'a str,
    name: &'a str,
    town: &'a str,
    residents: f64,
    incidents_a_year: f64,
    /// Ways there are estimated, as the network lacks its lanes.
    lanes_missing: bool,
    first_due_today: Option<&'a str>,
    today_minutes: Option<f64>,
    first_due_best: Option<&'a str>,
    best_minutes: Option<f64>,
    beyond: Option<bool>,
    standard: Option<&'a str>,
    basis: Basis,
}

#[derive(Serialize)]
struct ArrivalProperties<'a> {
    within_minutes: f32,
    clock: Clock,
    alternative: &'a str,
}

fn layer<'a, P>(
    publication: &Publication<'a>,
    features: Vec<Feature<P>>,
) -> FeatureCollection<Members<'a>, P> {
    let comparison = publication.comparison;
    FeatureCollection {
        members: Members {
            attribution: &comparison.attribution,
            scenario: comparison.scenario.name.in_language(publication.language),
            remark: None,
        },
        features,
    }
}

fn collection<P: Serialize>(publication: &Publication<'_>, features: Vec<Feature<P>>) -> Layer {
    json(&layer(publication, features)).map(String::into_bytes)
}

fn point<P>(at: LonLat, properties: P) -> Feature<P> {
    Feature {
        geometry: Some(Geometry::Point(position(at))),
        properties,
    }
}

fn boundary(publication: &Publication<'_>) -> Layer {
    let county = &publication.scenario.county;
    let lines = county.boundary.rings().into_iter().map(|ring| {
        let closed = ring.iter().chain(ring.first()).map(|at| position(*at));
        Feature {
            geometry: Some(Geometry::LineString(closed.collect())),
            properties: BoundaryProperties {},
        }
    });
    collection(publication, lines.collect())
}

fn lines(publication: &Publication<'_>, roads: &MapRoads) -> Layer {
    let lines = roads.lines.iter().map(|road| {
        let line = road.line.iter().copied().map(position);
        Feature {
            geometry: Some(Geometry::LineString(line.collect())),
            properties: RoadProperties { class: road.class },
        }
    });
    let mut layer = layer(publication, lines.collect());
    layer.members.remark = left_out_words(roads, publication.language);
    json(&layer).map(String::into_bytes)
}

fn towns(publication: &Publication<'_>) -> Layer {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let (today, best) = (comparison.baseline(), comparison.best());
    let figures = today.towns.iter().zip(&best.towns);
    let points = scenario
        .county
        .towns
        .iter()
        .zip(figures)
        .map(|(town, (before, after))| {
            let minutes = |seconds: Option<f64>| seconds.map(|s| thousandths(s / 60.0));
            let mean =
                |of: &TownFigures| minutes(of.figures.mean_response_seconds.map(|e| e.value));
            let p90 = |of: &TownFigures| minutes(of.figures.p90_response_seconds.map(|e| e.value));
            let lost = |of: &TownFigures| Some(thousandths(of.figures.lost?.value * 100.0));
            point(
                town.seat,
                TownProperties {
                    id: &town.id,
                    name: town.name.in_language(language),
                    residents: thousandths(town.residents),
                    incidents_a_year: thousandths(before.incidents_a_year),
                    mean_today_minutes: mean(before),
                    mean_best_minutes: mean(after),
                    p90_today_minutes: p90(before),
                    p90_best_minutes: p90(after),
                    lost_today_percent: lost(before),
                    lost_best_percent: lost(after),
                    basis: town.basis,
                },
            )
        });
    collection(publication, points.collect())
}

/// Existing stations and candidate sites; the rank of the best alternative that has the site.
fn stations(publication: &Publication<'_>) -> Layer {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let points = scenario.stations.of_county().map(|id| {
        let station = scenario.stations.station(id);
        let existing = scenario.stations.is_existing(id);
        let chosen = comparison
            .alternatives
            .iter()
            .find(|a| a.sites.iter().any(|site| site.id == station.id));
        point(
            station.position,
            StationProperties {
                id: &station.id,
                name: station.name.in_language(language),
                existing,
                engines: station.engines,
                best_rank: chosen.filter(|_| !existing).map(|a| a.rank),
                basis: station.basis,
                reason: station_reason(&scenario.stations, id, language),
            },
        )
    });
    collection(publication, points.collect())
}

fn demand_points(publication: &Publication<'_>) -> Layer {
    let Publication {
        scenario, language, ..
    } = *publication;
    let worklist = publication.worklist.as_ref();
    let standard = worklist.map(|worklist| worklist.standard);
    let rows = &publication.points;
    let roads = scenario
        .network
        .profile(scenario.stations.usual_profile().0);
    let points = rows.iter().map(|row| {
        let demand_point = &scenario.county.demand[row.point.index()];
        let town = &scenario.county.towns[demand_point.town.index()];
        let due = [row.today, row.best];
        let minutes =
            due.map(|due| due.map(|due| thousandths(due.seconds(Clock::Response) / 60.0)));
        let [today, best] =
            due.map(|due| due.map(|due| &scenario.stations.station(due.station).id[..]));
        point(
            demand_point.position,
            DemandPointProperties {
                id: &demand_point.id,
                name: demand_point.name.in_language(language),
                town: town.name.in_language(language),
                residents: thousandths(demand_point.residents),
                incidents_a_year: thousandths(demand_point.incidents_a_year()),
                lanes_missing: roads.lacks_lanes(row.point),
                first_due_today: today,
                today_minutes: minutes[0],
                first_due_best: best,
                best_minutes: minutes[1],
                beyond: standard.map(|standard| !standard.is_met(row.best)),
                standard: standard.map(|standard| standard.id.as_str()),
                basis: demand_point.basis,
            },
        )
    });
    collection(publication, points.collect())
}

/// What is expected to be reached within each limit, but where there is no road; each area holds those
/// before it.
fn arrival(publication: &Publication<'_>, fields: &Fields, evaluated: &Evaluated) -> Layer {
    let field: &ArrivalField = fields.of_alternative(evaluated);
    let areas = field.within(&ARRIVAL_BANDS).into_iter().zip(ARRIVAL_BANDS);
    // The widest first: QGIS draws the nearer ones on top.
    let no_road = area(fields.no_road.clone());
    let reached = |rings| {
        let within = area(rings);
        if no_road.0.is_empty() {
            within
        } else {
            within.difference(&no_road)
        }
    };
    let features = areas.rev().map(|(rings, minutes)| Feature {
        geometry: polygons(&fields.grid.lattice.plane, &reached(rings)),
        properties: ArrivalProperties {
            within_minutes: minutes,
            clock: Clock::Response,
            alternative: &evaluated.id,
        },
    });
    collection(publication, features.collect())
}

/// Rings as areas. The widest ring is an outer one, and every ring that turns the other way is a hole
/// of the smallest outer ring around it.
fn area(rings: Vec<Ring>) -> MultiPolygon {
    let mut found: Vec<Polygon> = rings
        .into_iter()
        .map(|ring| {
            let line: LineString = ring.into_iter().map(|[x, y]| (x, y)).collect();
            Polygon::new(line, Vec::new())
        })
        .collect();
    found.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let turn = found
        .first()
        .map_or(0.0, |widest| widest.signed_area().signum());
    let (mut outer, holes): (Vec<Polygon>, Vec<Polygon>) = found
        .into_iter()
        .partition(|polygon| polygon.signed_area().signum() == turn);
    let shells = outer.clone();
    for hole in holes {
        let Some(corner) = hole.exterior().points().next() else {
            continue;
        };
        if let Some(around) = shells.iter().rposition(|shell| shell.intersects(&corner)) {
            outer[around].interiors_push(hole.exterior().clone());
        }
    }
    MultiPolygon(outer).orient(Direction::Default)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// +-----------+
    /// | +---+     |     a hole, and an island in the hole
    /// | |[] |     |
    /// | +---+     |
    /// +-----------+
    /// ```
    #[test]
    fn a_hole_belongs_to_the_smallest_ring_around_it_and_an_island_stands_alone() {
        let square = |low: f64, high: f64, is_hole: bool| {
            let mut ring = vec![
                [low, low],
                [high, low],
                [high, high],
                [low, high],
                [low, low],
            ];
            if is_hole {
                ring.reverse();
            }
            ring
        };
        let rings = vec![
            square(300.0, 400.0, false),
            square(200.0, 500.0, true),
            square(0.0, 1000.0, false),
        ];
        let holes: Vec<usize> = area(rings)
            .iter()
            .map(|part| part.interiors().len())
            .collect();
        assert_eq!(holes, [1, 0]);
    }
}
