//! The polygons of a GeoJSON file, as those who read boundaries need them.

use geojson::{GeoJson, GeometryValue};

use crate::geography::LonLat;

/// A polygon as the file has it: the outer ring, then the holes. Nothing about it is checked: a
/// ring may be open, and a corner off the earth.
pub type Rings = Vec<Vec<LonLat>>;

/// Why there are no polygons to be had.
#[derive(Debug, thiserror::Error)]
pub enum OutlineError {
    /// The text is something else.
    #[error("{0}")]
    NotGeoJson(Box<geojson::Error>),
    /// A position lacks a degree.
    #[error("a position with less than two numbers")]
    ShortPosition,
}

/// All polygons of a geometry, a feature or a collection of them, in the order of the file; points
/// and lines are passed over.
///
/// # Errors
/// When the text is no GeoJSON, or a position has less than two numbers.
pub fn read(text: &str) -> Result<Vec<Rings>, OutlineError> {
    let document: GeoJson = text
        .parse()
        .map_err(|error| OutlineError::NotGeoJson(Box::new(error)))?;
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
        collect(&geometry.value, &mut polygons)?;
    }
    Ok(polygons)
}

fn collect(value: &GeometryValue, polygons: &mut Vec<Rings>) -> Result<(), OutlineError> {
    match value {
        GeometryValue::Polygon { coordinates } => polygons.push(rings(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                polygons.push(rings(polygon)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(&geometry.value, polygons)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn rings(polygon: &[Vec<geojson::Position>]) -> Result<Rings, OutlineError> {
    let corner = |position: &geojson::Position| match *position.as_slice() {
        [lon, lat, ..] => Ok(LonLat { lon, lat }),
        _ => Err(OutlineError::ShortPosition),
    };
    polygon
        .iter()
        .map(|ring| ring.iter().map(corner).collect())
        .collect()
}
