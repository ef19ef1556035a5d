//! The outline of the county.

use geo::{Intersects, MultiPolygon};

use crate::files::{FileError, Source};
use crate::geography::LonLat;
use crate::geography::area::square_kilometres;
use crate::geography::outlines::{self, OutlineError, Rings};

/// The outline of the county, in degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    polygons: MultiPolygon<f64>,
}

/// What can be wrong with a boundary.
#[derive(Debug, thiserror::Error)]
pub enum BoundaryError {
    /// The file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not GeoJSON.
    #[error("{file}: this is not GeoJSON ({problem}); export the outline as GeoJSON in WGS 84")]
    NotGeoJson {
        file: String,
        /// What the reader stumbled over.
        problem: String,
    },
    /// Its coordinates are not understood.
    #[error("{file}: {problem}")]
    Coordinates { file: String, problem: String },
    /// It holds no area.
    #[error(
        "{file}: the boundary is empty: it holds no polygon of three or more corners; give the \
         outline of the county as a Polygon or MultiPolygon"
    )]
    Empty { file: String },
    /// Its corners are not degrees.
    #[error(
        "{file}: the corner {corner} is not on the earth; give degrees east and north (WGS 84)"
    )]
    OffTheEarth { file: String, corner: String },
}

impl Boundary {
    /// Reads the polygons of a GeoJSON file: a geometry, a feature or a collection of them.
    ///
    /// # Errors
    /// When the file is missing, is not GeoJSON, or holds no polygon.
    pub fn read(source: &Source) -> Result<Self, BoundaryError> {
        let file = source.to_string();
        let text = source.read_text()?;
        let mut polygons: Vec<geo::Polygon> = outlines::read(&text)
            .map_err(|error| {
                let (file, problem) = (file.clone(), error.to_string());
                match error {
                    OutlineError::Coordinates(_) => BoundaryError::Coordinates { file, problem },
                    _ => BoundaryError::NotGeoJson { file, problem },
                }
            })?
            .into_iter()
            .map(polygon)
            .collect();
        // Three corners and the first one again.
        polygons.retain(|polygon| polygon.exterior().0.len() >= 4);
        if polygons.is_empty() {
            return Err(BoundaryError::Empty { file });
        }
        let boundary = Self {
            polygons: MultiPolygon(polygons),
        };
        if let Some(corner) = boundary.corners().find(|corner| !corner.is_valid()) {
            return Err(BoundaryError::OffTheEarth {
                file,
                corner: corner.to_string(),
            });
        }
        Ok(boundary)
    }

    /// Whether a position lies inside or on the outline.
    pub fn contains(&self, position: LonLat) -> bool {
        self.polygons
            .intersects(&geo::Point::new(position.lon, position.lat))
    }

    /// The outline with its holes, in degrees.
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }

    /// The corners of the outer rings, ring by ring, each ring ending where it began.
    pub fn rings(&self) -> Vec<Vec<LonLat>> {
        self.polygons
            .iter()
            .map(|polygon| {
                polygon
                    .exterior()
                    .coords()
                    .map(|corner| LonLat {
                        lon: corner.x,
                        lat: corner.y,
                    })
                    .collect()
            })
            .collect()
    }

    /// The area in square kilometres.
    pub fn area_km2(&self) -> f64 {
        square_kilometres(&self.polygons, |corner| LonLat {
            lon: corner.x,
            lat: corner.y,
        })
    }

    /// All corners of the outer rings.
    pub fn corners(&self) -> impl Iterator<Item = LonLat> {
        self.rings().into_iter().flatten()
    }
}

fn polygon(rings: Rings) -> geo::Polygon {
    let mut rings = rings.into_iter().map(|ring| {
        let corners = ring.into_iter().map(|corner| (corner.lon, corner.lat));
        corners.collect::<geo::LineString>()
    });
    let exterior = rings.next().unwrap_or_else(|| geo::LineString(Vec::new()));
    geo::Polygon::new(exterior, rings.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Boundary, BoundaryError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("boundary.geojson");
        std::fs::write(&path, text).unwrap();
        Boundary::read(&Source::Disk(path))
    }

    #[test]
    fn a_square_contains_its_middle_and_not_its_neighbour() {
        let square =
            read(r#"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}"#).unwrap();
        assert!(square.contains(LonLat { lon: 1.0, lat: 1.0 }));
        assert!(!square.contains(LonLat { lon: 3.0, lat: 1.0 }));
        assert_eq!(square.rings()[0].len(), 5);
    }

    #[test]
    fn an_empty_boundary_says_what_would_be_right() {
        for text in [
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"type":"Polygon","coordinates":[]}"#,
            r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#,
        ] {
            let error = read(text).unwrap_err();
            assert!(
                matches!(error, BoundaryError::Empty { .. }),
                "{text}: {error}"
            );
        }
        assert!(matches!(read("{"), Err(BoundaryError::NotGeoJson { .. })));
    }
}
