//! What nobody crosses on the way from a location to the road it joins: rivers, canals, lakes.
//!
//! The table is `barriers.geojson`: lines and areas in WGS 84. A location joins the nearest road that it
//! reaches straight without crossing a line or the edge of an area. What is meant by that:
//!
//! - Roads are never cut: a road that crosses a river is a bridge or a ford. A location may join it up to
//!   the line of the river, and not beyond it. What is marked as a bridge or a tunnel is joined only where no
//!   other road is so near that the location has one (`roads.on_foot.beyond`).
//! - A barrier that is touched at the end of the straight way, within 1 cm, is not crossed: neither
//!   by a location on the line itself nor by a location that joins a bridge on it. One that is touched in
//!   between is crossed, and so is one that the way runs along.
//! - An area that a location lies in does not hold it: a settlement is not built in a lake, so either
//!   the one or the other is drawn coarsely. All other barriers do. An island, as a hole of the
//!   area, lies outside of it.
//! - The search ends [`SEARCH`] from the location, or at twice the distance of the nearest road of all
//!   where that is more. A location that reaches no road until then joins none.

use geojson::{Feature, GeoJson, GeometryValue, Position};

use crate::complaints::of_geojson;
use crate::files::{FileError, Source};
use crate::geography::LonLat;
use crate::geography::crs::Crs;
use crate::geography::geojson_crs;
use crate::units::Metres;

/// How far a location looks at least for a road that no barrier hides.
pub const SEARCH: Metres = Metres(5000.0);

/// Lines and areas that nobody crosses off the roads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessBarriers {
    /// Each with at least two points.
    pub lines: Vec<Vec<LonLat>>,
    /// The outer ring of each, then its holes; each closed, with at least four points.
    pub areas: Vec<Vec<Vec<LonLat>>>,
}

/// What can be wrong with a file of barriers.
#[derive(Debug, thiserror::Error)]
pub enum BarrierError {
    /// The file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is something else.
    #[error(
        "{file}: this is not GeoJSON ({problem}); export rivers and lakes as GeoJSON in WGS 84, or \
         remove the file where there are none"
    )]
    NotGeoJson {
        file: String,
        /// What the reader stumbled over.
        problem: String,
    },
    /// Its coordinates are not understood.
    #[error("{file}: {problem}")]
    Coordinates { file: String, problem: String },
    /// A feature is no barrier.
    #[error(
        "{file}: feature {feature}: {problem}; a barrier is a LineString, MultiLineString, Polygon \
         or MultiPolygon in degrees (WGS 84)"
    )]
    Feature {
        file: String,
        /// The number of the feature, from 1.
        feature: usize,
        /// What is wrong.
        problem: String,
    },
}

impl AccessBarriers {
    /// Reads the barriers of a GeoJSON file: a geometry, a feature or a collection of them.
    ///
    /// # Errors
    /// When the file is missing, is not GeoJSON, or has a feature that is no line and no area.
    pub fn read(source: &Source) -> Result<Self, BarrierError> {
        let file = source.to_string();
        let text = source.read_text()?;
        let document: GeoJson =
            text.parse()
                .map_err(|error: geojson::Error| BarrierError::NotGeoJson {
                    file: file.clone(),
                    problem: of_geojson(&error),
                })?;
        let crs = geojson_crs::of_document(&document, None).map_err(|problem| {
            BarrierError::Coordinates {
                file: file.clone(),
                problem,
            }
        })?;
        let features = match document {
            GeoJson::Geometry(geometry) => vec![Feature::from(geometry)],
            GeoJson::Feature(feature) => vec![feature],
            GeoJson::FeatureCollection(collection) => collection.features,
        };
        let mut barriers = Self::default();
        for (number, feature) in (1..).zip(features) {
            let taken = match feature.geometry {
                Some(geometry) => barriers.take(&geometry.value, &crs),
                None => Err("it has no geometry".to_owned()),
            };
            taken.map_err(|problem| BarrierError::Feature {
                file: file.clone(),
                feature: number,
                problem,
            })?;
        }
        Ok(barriers)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.areas.is_empty()
    }

    fn take(&mut self, value: &GeometryValue, crs: &Crs) -> Result<(), String> {
        match value {
            GeometryValue::LineString { coordinates } => self.lines.push(line(coordinates, crs)?),
            GeometryValue::MultiLineString { coordinates } => {
                for coordinates in coordinates {
                    self.lines.push(line(coordinates, crs)?);
                }
            }
            GeometryValue::Polygon { coordinates } => self.areas.push(rings(coordinates, crs)?),
            GeometryValue::MultiPolygon { coordinates } => {
                for coordinates in coordinates {
                    self.areas.push(rings(coordinates, crs)?);
                }
            }
            other => return Err(format!("a {} is no barrier", other.type_name())),
        }
        Ok(())
    }
}

fn line(positions: &[Position], crs: &Crs) -> Result<Vec<LonLat>, String> {
    if positions.len() < 2 {
        return Err("a line of less than two points".to_owned());
    }
    positions
        .iter()
        .map(|position| match *position.as_slice() {
            [x, y, ..] => crs.position(x, y).map_err(|problem| problem.to_string()),
            _ => Err("a position with less than two numbers".to_owned()),
        })
        .collect()
}

fn rings(polygon: &[Vec<Position>], crs: &Crs) -> Result<Vec<Vec<LonLat>>, String> {
    if polygon.is_empty() {
        return Err("an area without any ring".to_owned());
    }
    let ring = |positions: &Vec<Position>| {
        let ring = line(positions, crs)?;
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(
                "a ring has at least four points, and the last is the same as the first".to_owned(),
            );
        }
        Ok(ring)
    };
    polygon.iter().map(ring).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<AccessBarriers, BarrierError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("barriers.geojson");
        std::fs::write(&path, text).unwrap();
        AccessBarriers::read(&Source::Disk(path))
    }

    fn collection(geometries: &[&str]) -> String {
        let features: Vec<String> = geometries
            .iter()
            .map(|g| format!(r#"{{"type":"Feature","properties":null,"geometry":{g}}}"#))
            .collect();
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        )
    }

    #[test]
    fn lines_and_areas_are_read_in_all_their_forms() {
        let barriers = read(&collection(&[
            r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3,9]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[2,0],[0,2],[0,0]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[0,2],[0,0]]]]}"#,
        ]))
        .unwrap();
        assert_eq!((barriers.lines.len(), barriers.areas.len()), (3, 2));
        assert!(read(&collection(&[])).unwrap().is_empty());
        let bare = read(r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#).unwrap();
        assert_eq!(bare.lines.len(), 1);
    }

    #[test]
    fn a_feature_that_is_no_barrier_is_named_with_its_file() {
        let good = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
        for (bad, problem) in [
            (
                r#"{"type":"Point","coordinates":[0,0]}"#,
                "a Point is no barrier",
            ),
            (
                r#"{"type":"LineString","coordinates":[[0,0]]}"#,
                "a line of less than two points",
            ),
            (
                r#"{"type":"LineString","coordinates":[[0,0],[4e6,1]]}"#,
                "4000000, 1 is no position in degrees",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[2,0],[0,2],[1,1]]]}"#,
                "the last is the same as the first",
            ),
            (
                r#"{"type":"Polygon","coordinates":[]}"#,
                "an area without any ring",
            ),
            ("null", "it has no geometry"),
        ] {
            let error = read(&collection(&[good, bad])).unwrap_err().to_string();
            assert!(error.contains("barriers.geojson: feature 2: "), "{error}");
            assert!(error.contains(problem), "{error}");
        }
        let error = read("river").unwrap_err().to_string();
        assert!(
            error.contains("barriers.geojson: this is not GeoJSON"),
            "{error}"
        );
    }
}
