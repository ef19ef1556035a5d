//! The polygons of a GeoJSON file, as those who read boundaries need them.

use geojson::{GeoJson, GeometryValue};

use crate::complaints::of_geojson;
use crate::geography::LonLat;
use crate::geography::crs::Crs;
use crate::geography::geojson_crs;

/// A polygon as the file has it: the outer ring, then the holes. Nothing about it is checked: a
/// ring may be open, and a corner off the earth.
pub type Rings = Vec<Vec<LonLat>>;

/// Why there are no polygons to be had.
#[derive(Debug, thiserror::Error)]
pub enum OutlineError {
    /// The text is something else.
    #[error("{0}")]
    NotGeoJson(String),
    /// The coordinates are in a system that is not converted, or off its map.
    #[error("{0}")]
    Coordinates(String),
    /// A position lacks a degree.
    #[error("a position with less than two numbers")]
    ShortPosition,
}

/// All polygons of a geometry, a feature or a collection of them, in the order of the file; points
/// and lines are passed over. What a `crs` says of the coordinates is honoured.
///
/// # Errors
/// When the text is no GeoJSON, its `crs` is not converted, or a position has less than two numbers.
pub fn read(text: &str) -> Result<Vec<Rings>, OutlineError> {
    let document: GeoJson = text
        .parse()
        .map_err(|error| OutlineError::NotGeoJson(of_geojson(&error)))?;
    let crs = geojson_crs::of_document(&document, None).map_err(OutlineError::Coordinates)?;
    let geometries = match document {
        GeoJson::Geometry(geometry) => vec![geometry],
        GeoJson::Feature(feature) => feature.geometry.into_iter().collect(),
        GeoJson::FeatureCollection(collection) => collection
            .features
            .into_iter()
            .filter_map(|feature| feature.geometry)
            .collect(),
    };
    let mut polygons = Vec::new();
    for geometry in &geometries {
        collect(&geometry.value, &crs, &mut polygons)?;
    }
    Ok(polygons)
}

fn collect(
    value: &GeometryValue,
    crs: &Crs,
    polygons: &mut Vec<Rings>,
) -> Result<(), OutlineError> {
    match value {
        GeometryValue::Polygon { coordinates } => polygons.push(rings(coordinates, crs)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                polygons.push(rings(polygon, crs)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(&geometry.value, crs, polygons)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn rings(polygon: &[Vec<geojson::Position>], crs: &Crs) -> Result<Rings, OutlineError> {
    let corner = |position: &geojson::Position| match *position.as_slice() {
        [lon, lat, ..] if crs.is_degrees() => Ok(LonLat { lon, lat }),
        [x, y, ..] => {
            let position = crs.position(x, y);
            position.map_err(|problem| OutlineError::Coordinates(problem.to_string()))
        }
        _ => Err(OutlineError::ShortPosition),
    };
    polygon
        .iter()
        .map(|ring| ring.iter().map(corner).collect())
        .collect()
}
