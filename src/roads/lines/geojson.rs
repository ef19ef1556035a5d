//! Lines from a GeoJSON file.

use std::collections::{BTreeMap, BTreeSet};

use geojson::{Feature, FeatureCollection, GeoJson, GeometryValue, JsonObject, JsonValue};

use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::datum::Datum;
use crate::roads::lines::projection::Coordinates;
use crate::roads::lines::{Layer, LineFeature, LinesError, NoLine};

/// Reads the features of a GeoJSON file, in degrees that are WGS 84 unless `stated` otherwise.
///
/// # Errors
/// When the file is missing, is not GeoJSON, says that its coordinates are something else, or has
/// some that are no degrees.
pub fn read(source: &Source, stated: Option<Datum>) -> Result<Layer, LinesError> {
    let file = source.to_string();
    let text = source.read_text()?;
    let document: GeoJson = text.parse().map_err(|error| LinesError::Damaged {
        file: file.clone(),
        problem: format!("this is not GeoJSON ({error}); export the layer again"),
    })?;
    let collection = match document {
        GeoJson::FeatureCollection(collection) => collection,
        GeoJson::Feature(feature) => [feature].into_iter().collect(),
        GeoJson::Geometry(geometry) => [Feature::from(geometry)].into_iter().collect(),
    };
    let coordinates = coordinates(&file, &collection, stated)?;
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
            let convert = |position: &geojson::Position| -> Result<LonLat, LinesError> {
                let slice = position.as_slice();
                let number_at = |index| slice.get(index).copied().unwrap_or(f64::NAN);
                coordinates.position(&file, number, number_at(0), number_at(1))
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
        coordinates: coordinates.words,
    })
}

/// What the coordinates are: files written before 2016 may have a member `crs`.
fn coordinates(
    file: &str,
    collection: &FeatureCollection,
    stated: Option<Datum>,
) -> Result<Coordinates, LinesError> {
    let name = collection
        .foreign_members
        .as_ref()
        .and_then(|members| members.get("crs"))
        .and_then(|crs| crs.pointer("/properties/name"))
        .and_then(JsonValue::as_str);
    match name {
        Some(name)
            if !["CRS84", ":4326", ":4490"]
                .iter()
                .any(|known| name.ends_with(known)) =>
        {
            Err(LinesError::Coordinates {
                file: file.to_owned(),
                problem: format!(
                    "its `crs` is `{name}`; save the layer in EPSG:4326 (WGS 84) or EPSG:4490 \
                     (CGCS 2000)"
                ),
            })
        }
        _ => Ok(Coordinates::degrees(stated, "WGS 84, as GeoJSON has it")),
    }
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
