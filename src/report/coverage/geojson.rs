//! Areas and links for the office's map: GeoJSON (RFC 7946) in degrees of WGS 84, outer rings
//! counter-clockwise, the sources in a member of their own.

use geo::{LineString, MultiPolygon, Winding};
use serde_json::{Map, Value, json};

use crate::evaluation::coverage::critical_links::CriticalLinks;
use crate::evaluation::coverage::{Areas, Coverage};
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::report::words::band_words;
use crate::scenario::Scenario;
use crate::text;

/// The area of each band; what is later than the last limit, and what no engine reaches, come
/// last, where there is any.
pub fn isochrones(coverage: &Coverage, areas: &Areas, language: Language) -> Value {
    let features = coverage.county.by_band.iter().zip(&areas.bands);
    let limits = coverage.bands.len().saturating_sub(2);
    let features = features.enumerate().filter_map(|(number, (band, area))| {
        // Bands that the planner asked for are there even when they are empty.
        let is_empty = area.0.is_empty() && band.residents == 0.0;
        let share = band.residents / coverage.county.residents.max(f64::MIN_POSITIVE);
        (number < limits || !is_empty).then(|| {
            feature(
                polygons(&areas.plane, area),
                json!({
                    "band": band_words(band.band, language),
                    "from_minutes": band.band.from_minutes,
                    "to_minutes": band.band.to_minutes,
                    "reached": band.band.from_minutes.is_some(),
                    "clock": coverage.clock,
                    "area_km2": thousandths(band.area_km2),
                    "residents": thousandths(band.residents),
                    "residents_share": thousandths(share),
                    "incidents_a_year": thousandths(band.incidents_a_year),
                }),
            )
        })
    });
    collection(coverage, features.collect(), language)
}

/// The district of each station, and the area that no engine reaches, where there is any.
pub fn districts(coverage: &Coverage, areas: &Areas, language: Language) -> Value {
    let mut features: Vec<Value> = coverage
        .stations
        .iter()
        .zip(&areas.districts)
        .map(|(station, area)| {
            feature(
                polygons(&areas.plane, area),
                json!({
                    "station": station.id,
                    "name": station.name.in_language(language),
                    "existing": station.existing,
                    "engines": station.engines,
                    "area_km2": thousandths(station.area_km2),
                    "residents": thousandths(station.residents),
                    "incidents_a_year": thousandths(station.incidents_a_year),
                }),
            )
        })
        .collect();
    if let Some(area) = areas.districts.last().filter(|area| !area.0.is_empty()) {
        let nobody = json!({ "station": Value::Null, "name": text!(language, "not-reached") });
        features.push(feature(polygons(&areas.plane, area), nobody));
    }
    collection(coverage, features, language)
}

/// The stretches of critical links, the worst first.
pub fn critical_links(
    scenario: &Scenario,
    coverage: &Coverage,
    critical: &CriticalLinks,
    language: Language,
) -> Value {
    let features = critical.stretches.iter().map(|stretch| {
        let roads = stretch.roads.iter().map(|road| {
            let line = scenario
                .network
                .roads
                .line(scenario.network.roads.road(*road));
            Value::Array(line.into_iter().map(position).collect())
        });
        let links: Vec<&str> = stretch.links.iter().map(|link| link.id.as_str()).collect();
        feature(
            json!({ "type": "MultiLineString", "coordinates": roads.collect::<Vec<_>>() }),
            json!({
                "rank": stretch.rank,
                "links": links.join(" "),
                "name": stretch.name(),
                "class": stretch.class(),
                "near_town": stretch.near_town,
                "length_km": thousandths(stretch.length_metres() / 1000.0),
                "loss_minutes_a_year": thousandths(stretch.loss_minutes_a_year),
                "added_minutes_a_year": thousandths(stretch.figures.added_minutes_a_year),
                "residents_cut_off": thousandths(stretch.figures.residents_cut_off),
                "residents_later": thousandths(stretch.figures.residents_later),
                "residents_on_link": thousandths(stretch.figures.residents_on_link),
                "longest_added_minutes": thousandths(stretch.figures.longest_added_seconds / 60.0),
            }),
        )
    });
    collection(coverage, features.collect(), language)
}

fn collection(coverage: &Coverage, features: Vec<Value>, language: Language) -> Value {
    json!({
        "type": "FeatureCollection",
        "attribution": coverage.attribution,
        "scenario": coverage.scenario.name.in_language(language),
        "stations": super::stations(coverage, language),
        "clock": super::clock(coverage, language),
        "grid_step_metres": thousandths(coverage.grid.step_metres),
        "features": features,
    })
}

pub(in crate::report) fn feature(geometry: Value, properties: Value) -> Value {
    let mut feature = Map::new();
    feature.insert("type".to_owned(), json!("Feature"));
    feature.insert("geometry".to_owned(), geometry);
    feature.insert("properties".to_owned(), properties);
    Value::Object(feature)
}

pub(in crate::report) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0 + 0.0
}

/// A position to some 0.1 m.
pub(in crate::report) fn position(at: LonLat) -> Value {
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    json!([rounded(at.lon), rounded(at.lat)])
}

/// Null where there is no area.
pub(in crate::report) fn polygons(plane: &Plane, area: &MultiPolygon) -> Value {
    let polygons: Vec<Value> = area
        .iter()
        .filter_map(|polygon| {
            let outer = ring(plane, polygon.exterior())?;
            let holes = polygon
                .interiors()
                .iter()
                .filter_map(|hole| ring(plane, hole));
            Some(Value::Array(std::iter::once(outer).chain(holes).collect()))
        })
        .collect();
    if polygons.is_empty() {
        return Value::Null;
    }
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

/// A ring in degrees, unless rounding leaves nothing of it.
fn ring(plane: &Plane, ring: &LineString) -> Option<Value> {
    let corners = ring
        .coords()
        .map(|at| position(plane.unproject([at.x, at.y])));
    let mut corners: Vec<Value> = corners.collect();
    corners.dedup();
    let on_grid: LineString = corners
        .iter()
        .map(|at| (at[0].as_f64().unwrap_or(0.0), at[1].as_f64().unwrap_or(0.0)))
        .collect();
    let keeps_its_turn = on_grid.winding_order() == ring.winding_order();
    (corners.len() > 3 && keeps_its_turn).then_some(Value::Array(corners))
}
