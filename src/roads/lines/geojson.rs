//! Lines from a GeoJSON file.

use std::collections::{BTreeMap, BTreeSet};

use geojson::{Feature, GeoJson, GeometryValue, JsonObject, JsonValue};

use crate::complaints::of_geojson;
use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::datum::Datum;
use crate::geography::geojson_crs;
use crate::roads::lines::{Layer, LineFeature, LinesError, NoLine, position};

/// Reads the features of a GeoJSON file, in degrees that are WGS 84 unless its `crs` says otherwise; `stated`
/// says of degrees what that cannot.
///
/// # Errors
/// When the file is missing, is not GeoJSON, says that its coordinates are something that is not converted,
/// or has some that are no positions.
pub fn read(source: &Source, stated: Option<Datum>) -> Result<Layer, LinesError> {
    let file = source.to_string();
    let text = source.read_text()?;
    let document: GeoJson = text.parse().map_err(|error| LinesError::Damaged {
        file: file.clone(),
        problem: format!(
            "this is not GeoJSON ({}); export the layer again",
            of_geojson(&error)
        ),
    })?;
    let crs =
        geojson_crs::of_document(&document, stated).map_err(|problem| LinesError::Coordinates {
            file: file.clone(),
            problem,
        })?;
    let collection = match document {
        GeoJson::FeatureCollection(collection) => collection,
        GeoJson::Feature(feature) => [feature].into_iter().collect(),
        GeoJson::Geometry(geometry) => [Feature::from(geometry)].into_iter().collect(),
    };
    let mut columns = BTreeSet::new();
    let mut features = Vec::with_capacity(collection.features.len());
    for (index, feature) in collection.features.into_iter().enumerate() {
        let number = index + 1;
        let mut lines = Vec::new();
        let mut other = NoLine::NoGeometry;
        if let Some(geometry) = &feature.geometry {
            collect(&geometry.value, &mut lines, &mut other);
        }
        let lines = if lines.is_empty() {
            Err(other)
        } else {
            let convert = |point: &geojson::Position| -> Result<LonLat, LinesError> {
                let slice = point.as_slice();
                let number_at = |index| slice.get(index).copied().unwrap_or(f64::NAN);
                position(&crs, &file, number, [0, 1].map(number_at))
            };
            Ok(lines
                .into_iter()
                .map(|line| line.iter().map(convert).collect())
                .collect::<Result<_, _>>()?)
        };
        let values = values(&feature);
        columns.extend(values.keys().cloned());
        features.push(LineFeature {
            number,
            lines,
            values,
        });
    }
    Ok(Layer {
        features,
        columns: columns.into_iter().collect(),
        is_table: false,
        text: None,
        coordinates: crs.meaning,
    })
}

fn collect<'g>(
    value: &'g GeometryValue,
    lines: &mut Vec<&'g [geojson::Position]>,
    other: &mut NoLine,
) {
    match value {
        GeometryValue::LineString { coordinates } => lines.push(coordinates),
        GeometryValue::MultiLineString { coordinates } => {
            lines.extend(coordinates.iter().map(Vec::as_slice));
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(&geometry.value, lines, other);
            }
        }
        GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => *other = NoLine::Points,
        GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. } => {
            *other = NoLine::Area;
        }
    }
}

/// The properties as text, and the feature's own id where no property is called so.
fn values(feature: &Feature) -> BTreeMap<String, String> {
    let empty = JsonObject::new();
    let properties = feature.properties.as_ref().unwrap_or(&empty);
    let mut values: BTreeMap<String, String> = properties
        .iter()
        .filter_map(|(column, value)| Some((column.clone(), text(value)?)))
        .collect();
    if let Some(id) = &feature.id {
        let id = match id {
            geojson::feature::Id::String(id) => id.clone(),
            geojson::feature::Id::Number(id) => id.to_string(),
        };
        values.entry("id".to_owned()).or_insert(id);
    }
    values
}

fn text(value: &JsonValue) -> Option<String> {
    let text = match value {
        JsonValue::Null => return None,
        JsonValue::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    Some(text).filter(|text| !text.is_empty())
}
