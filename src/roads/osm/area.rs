//! The county on the map: read from GeoJSON, or drawn around what was found.

use geo::Orient as _;
use geo::orient::Direction;
use geo::{Area as _, BoundingRect, Centroid, ConvexHull, Coord, LineString, MapCoords};
use geo::{MultiPoint, MultiPolygon, Point, Polygon, Rect};
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue};
use rstar::primitives::Line;
use rstar::{AABB, RTree};

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::outlines::{self, OutlineError, Rings};
use crate::geography::{LonLat, Plane};
use crate::roads::osm::OsmError;
use crate::units::Metres;

/// One or more polygons, and how they are known.
#[derive(Clone, Debug)]
pub struct Area {
    degrees: MultiPolygon<f64>,
    basis: Basis,
    plane: Plane,
    /// The box around all of it, in metres on `plane`.
    span: Rect<f64>,
    edges: RTree<Line<[f64; 2]>>,
}

impl Area {
    /// Polygons in degrees; `None` when there are none.
    pub(super) fn of(degrees: MultiPolygon<f64>, basis: Basis) -> Option<Self> {
        // Outer rings counterclockwise, as RFC 7946 wants them, and degrees to 10⁻⁷ (1 cm), as
        // the map has them; what is drawn around places near 180° ends there.
        let degrees = degrees
            .map_coords(|point| Coord {
                x: ((point.x * 1e7).round() / 1e7).clamp(-180.0, 180.0),
                y: (point.y * 1e7).round() / 1e7,
            })
            .orient(Direction::Default);
        let middle = degrees.bounding_rect()?.center();
        let plane = Plane::around(LonLat {
            lon: middle.x,
            lat: middle.y,
        });
        let metres = degrees.map_coords(|point| plane.project(lon_lat(point)).into());
        let edges = metres
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .flat_map(LineString::lines)
            .map(|line| Line::new(line.start.into(), line.end.into()))
            .collect();
        Some(Self {
            span: metres.bounding_rect()?,
            edges: RTree::bulk_load(edges),
            degrees,
            basis,
            plane,
        })
    }

    /// Reads a boundary: a polygon or several, bare or in features; features of other kinds are
    /// passed over.
    ///
    /// # Errors
    /// When the file is missing, not GeoJSON, or holds no polygon with an area.
    pub fn read(source: &Source) -> Result<Self, OsmError> {
        let text = source.read_text()?;
        let bad = |problem: String| OsmError::Boundary {
            file: source.to_string(),
            problem,
        };
        if text.trim().is_empty() {
            return Err(bad("the file is empty".to_owned()));
        }
        let mut polygons = Vec::new();
        for rings in outlines::read(&text).map_err(|error| match error {
            OutlineError::NotGeoJson(error) => bad(format!("this is not GeoJSON ({error})")),
            OutlineError::Coordinates(_) | OutlineError::ShortPosition => bad(error.to_string()),
        })? {
            polygons.extend(polygon(rings).map_err(bad)?);
        }
        let area = MultiPolygon::new(polygons);
        if area.0.is_empty() {
            return Err(bad("there is no polygon in this boundary".to_owned()));
        }
        if area.unsigned_area() == 0.0 {
            return Err(bad("the polygon of this boundary has no area".to_owned()));
        }
        Self::of(area, Basis::Observed)
            .ok_or_else(|| bad("there is no polygon in this boundary".to_owned()))
    }

    /// The convex hull of `positions`; around less than three of them, or a straight row, a box
    /// with some 100 m to spare. `None` when there are no positions.
    pub fn around(positions: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let points: MultiPoint<f64> = positions
            .into_iter()
            .map(|position| Point::new(position.lon, position.lat))
            .collect();
        let rect = points.bounding_rect()?;
        let hull = points.convex_hull();
        let hull = if hull.unsigned_area() > 0.0 {
            hull
        } else {
            const SPARE: f64 = 0.001;
            Rect::new(
                rect.min() - Coord { x: SPARE, y: SPARE },
                rect.max() + Coord { x: SPARE, y: SPARE },
            )
            .to_polygon()
        };
        Self::of(hull.into(), Basis::Estimated)
    }

    /// Whether `position` lies in it.
    pub fn holds(&self, position: LonLat) -> bool {
        let point @ [east, north] = self.plane.project(position);
        let (min, max) = (self.span.min(), self.span.max());
        let is_in_span = (min.x..=max.x).contains(&east) && (min.y..=max.y).contains(&north);
        let is_on_edge = || {
            let mut at_hand = self.edges.locate_within_distance(point, 0.0);
            at_hand.next().is_some()
        };
        if !is_in_span || is_on_edge() {
            return false;
        }
        // Inside are the points from which an odd number of edges is crossed on the way out.
        let way_out = AABB::from_corners(point, [max.x, north]);
        let edges = self.edges.locate_in_envelope_intersecting(&way_out);
        let crossed = edges.filter(|edge| {
            let ([x, y], [end_x, end_y]) = (edge.from, edge.to);
            (y > north) != (end_y > north) && x + (north - y) / (end_y - y) * (end_x - x) > east
        });
        crossed.count() % 2 == 1
    }

    /// Whether `position` lies in it or at most `buffer` from its edge.
    pub fn is_within(&self, position: LonLat, buffer: Metres) -> bool {
        let point @ [east, north] = self.plane.project(position);
        let (min, max) = (self.span.min(), self.span.max());
        if east < min.x - buffer.0
            || east > max.x + buffer.0
            || north < min.y - buffer.0
            || north > max.y + buffer.0
        {
            return false;
        }
        self.holds(position)
            || self
                .edges
                .locate_within_distance(point, buffer.0 * buffer.0)
                .next()
                .is_some()
    }

    /// Its size.
    pub(super) fn square_metres(&self) -> f64 {
        let metres = self
            .degrees
            .map_coords(|point| self.plane.project(lon_lat(point)).into());
        metres.unsigned_area()
    }

    /// The south-western and the north-eastern corner of the box around it, in degrees.
    pub(super) fn corners(&self) -> Option<[[f64; 2]; 2]> {
        let rect = self.degrees.bounding_rect()?;
        Some([rect.min().into(), rect.max().into()])
    }

    /// West, south, east and north in words.
    pub fn span(&self) -> String {
        let rect = self.degrees.bounding_rect();
        rect.map_or_else(String::new, |rect| {
            format!("{} to {}", lon_lat(rect.min()), lon_lat(rect.max()))
        })
    }

    /// The boundary as GeoJSON, with `note` on where it comes from.
    pub fn geojson(&self, note: &str) -> String {
        let value = match self.degrees.0.as_slice() {
            [polygon] => GeometryValue::from(polygon),
            _ => GeometryValue::from(&self.degrees),
        };
        let mut feature = Feature {
            geometry: Some(Geometry::new(value)),
            ..Feature::default()
        };
        feature.set_property("basis", self.basis.word());
        feature.set_property("note", note);
        let collection = FeatureCollection {
            bbox: None,
            features: vec![feature],
            foreign_members: None,
        };
        GeoJson::from(collection).to_string() + "\n"
    }
}

/// The middle of an outline of the map, or of its points when it encloses nothing.
pub fn middle(outline: &[LonLat]) -> Option<LonLat> {
    let line: LineString<f64> = outline
        .iter()
        .map(|position| (position.lon, position.lat))
        .collect();
    let centroid = Polygon::new(line.clone(), Vec::new())
        .centroid()
        .or_else(|| line.centroid())?;
    Some(lon_lat(centroid.into()))
}

/// The middle of the hull of `positions`.
pub fn middle_of_hull(positions: &[LonLat]) -> Option<LonLat> {
    let points: MultiPoint<f64> = positions
        .iter()
        .map(|position| Point::new(position.lon, position.lat))
        .collect();
    points
        .convex_hull()
        .centroid()
        .map(|centroid| lon_lat(centroid.into()))
}

fn lon_lat(point: Coord<f64>) -> LonLat {
    LonLat {
        lon: point.x,
        lat: point.y,
    }
}

/// `None` for a polygon without any ring.
fn polygon(rings: Rings) -> Result<Option<Polygon<f64>>, String> {
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        if let Some(LonLat { lon, lat }) = ring.iter().find(|corner| !corner.is_valid()) {
            return Err(format!("{lon}, {lat} is no position in degrees"));
        }
        if ring.len() < 4 {
            return Err(format!(
                "an outline of {} points encloses nothing; it needs at least 4, the last the same \
                 as the first",
                ring.len()
            ));
        }
        lines.push(ring.iter().map(|corner| (corner.lon, corner.lat)).collect());
    }
    let mut lines = lines.into_iter();
    Ok(lines
        .next()
        .map(|exterior| Polygon::new(exterior, lines.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":
        [[[115.0,23.0],[115.1,23.0],[115.1,23.1],[115.0,23.1],[115.0,23.0]]]}"#;

    fn read(text: &str) -> Result<Area, OsmError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("boundary.geojson");
        std::fs::write(&path, text).unwrap();
        Area::read(&Source::Disk(path))
    }

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat { lon, lat }
    }

    /// ```text
    /// 23.1 +-------+
    ///      |   a   |  b        c      b is 0.01° east of the edge, 1.02 km at this latitude
    /// 23.0 +-------+
    ///    115.0   115.1 115.11
    /// ```
    #[test]
    fn a_buffer_of_two_kilometres_takes_in_what_lies_one_kilometre_outside() {
        let area = read(SQUARE).unwrap();
        let (a, b, c) = (at(115.05, 23.05), at(115.11, 23.05), at(115.2, 23.05));
        assert!(area.holds(a) && !area.holds(b));
        assert!(area.is_within(a, Metres(0.0)));
        assert!(area.is_within(b, Metres(2000.0)));
        assert!(!area.is_within(b, Metres(1000.0)));
        assert!(!area.is_within(c, Metres(2000.0)));
    }

    #[test]
    fn a_boundary_may_be_bare_a_feature_or_one_of_a_collection() {
        let feature = format!(r#"{{"type":"Feature","properties":null,"geometry":{SQUARE}}}"#);
        let point = r#"{"type":"Feature","properties":{},
            "geometry":{"type":"Point","coordinates":[1,2]}}"#;
        let collection =
            format!(r#"{{"type":"FeatureCollection","features":[{point},{feature}]}}"#);
        for text in [SQUARE, feature.as_str(), collection.as_str()] {
            assert!(read(text).unwrap().holds(at(115.05, 23.05)));
        }
    }

    #[test]
    fn a_boundary_that_bounds_nothing_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "the file is empty"),
            ("county", "this is not GeoJSON"),
            (
                r#"{"type":"FeatureCollection","features":[]}"#,
                "there is no polygon",
            ),
            (
                r#"{"type":"Point","coordinates":[1,2]}"#,
                "there is no polygon",
            ),
            (
                r#"{"type":"Polygon","coordinates":[]}"#,
                "there is no polygon",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[1,2],[1,2]]]}"#,
                "an outline of 2 points",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[1,2],[1,3],[1,4],[1,2]]]}"#,
                "has no area",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[4e6,2],[1,3],[1,4],[4e6,2]]]}"#,
                "4000000, 2 is no position",
            ),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains("boundary.geojson: "), "{error}");
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let hull = Area::around([at(115.0, 23.0), at(115.1, 23.0), at(115.0, 23.1)]).unwrap();
        let text = hull.geojson("drawn around the roads");
        assert!(text.contains(r#""basis":"estimated""#), "{text}");
        let again = read(&text).unwrap();
        assert!(again.holds(at(115.03, 23.03)) && !again.holds(at(115.09, 23.09)));
    }

    #[test]
    fn a_single_straight_road_still_gets_a_boundary() {
        let area = Area::around([at(115.0, 23.0), at(115.1, 23.0)]).unwrap();
        assert!(area.holds(at(115.1, 23.0)));
        assert!(Area::around([]).is_none());
    }
}
