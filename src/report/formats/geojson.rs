//! GeoJSON (RFC 7946) in degrees of WGS 84, outer rings counter-clockwise; what is said of the whole
//! stands in members of its own.

use geo::{Area as _, LineString, MultiPolygon, Polygon};
use serde::Serialize;

use crate::geography::{LonLat, Plane};

/// Features, and what is said of them all.
#[derive(Serialize)]
#[serde(tag = "type")]
pub struct FeatureCollection<M, P> {
    #[serde(flatten)]
    pub members: M,
    pub features: Vec<Feature<P>>,
}

/// A shape and what is said of it.
#[derive(Serialize)]
#[serde(tag = "type")]
pub struct Feature<P> {
    /// None where there is no area.
    pub geometry: Option<Geometry>,
    pub properties: P,
}

/// A shape.
#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    MultiLineString(Vec<Vec<[f64; 2]>>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

pub fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0 + 0.0
}

/// A position to some 0.1 m.
pub fn position(at: LonLat) -> [f64; 2] {
    let LonLat { lon, lat } = at.as_written();
    [lon, lat]
}

/// None where there is no area.
pub fn polygons(plane: &Plane, area: &MultiPolygon) -> Option<Geometry> {
    let polygons = area.iter().filter_map(|polygon| {
        let outer = ring(plane, polygon.exterior())?;
        let holes = polygon.interiors().iter();
        let holes = holes.filter_map(|hole| ring(plane, hole));
        Some(std::iter::once(outer).chain(holes).collect())
    });
    let polygons: Vec<Vec<_>> = polygons.collect();
    (!polygons.is_empty()).then_some(Geometry::MultiPolygon(polygons))
}

/// A ring in degrees, unless rounding leaves nothing of it.
fn ring(plane: &Plane, ring: &LineString) -> Option<Vec<[f64; 2]>> {
    let corners = ring.coords();
    let corners = corners.map(|at| position(plane.unproject([at.x, at.y])));
    let mut corners: Vec<[f64; 2]> = corners.collect();
    corners.dedup();
    let turn = |ring: LineString| Polygon::new(ring, Vec::new()).signed_area().signum();
    // By the area: at a single corner, rounding can leave no turn to see.
    let keeps_its_turn = turn(corners.iter().copied().collect()) == turn(ring.clone());
    (corners.len() > 3 && keeps_its_turn).then_some(corners)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// a +-------------------+ b
    ///   | the last metre    |
    ///   | of the west side, |     its corners are 2 cm apart and fall on one meridian
    ///   +-------------------+
    /// ```
    #[test]
    fn an_area_stays_though_rounding_straightens_its_westmost_corner() {
        let plane = Plane::around(LonLat {
            lon: 115.0,
            lat: 0.0,
        });
        let ring = vec![
            (0.0, 0.0),
            (500.0, 0.0),
            (500.0, 400.0),
            (0.0, 400.0),
            (-0.02, 200.0),
            (0.0, 0.0),
        ];
        let area = MultiPolygon(vec![Polygon::new(LineString::from(ring), Vec::new())]);
        let Some(Geometry::MultiPolygon(written)) = polygons(&plane, &area) else {
            panic!("nothing is left of 20 hectares");
        };
        assert_eq!(written[0][0].len(), 6);
    }

    #[test]
    fn a_sliver_of_which_rounding_leaves_nothing_is_no_area() {
        let plane = Plane::around(LonLat {
            lon: 115.0,
            lat: 0.0,
        });
        let sliver = vec![
            (0.0, 0.0),
            (500.0, 0.0),
            (500.0, 0.01),
            (0.0, 0.01),
            (0.0, 0.0),
        ];
        let area = MultiPolygon(vec![Polygon::new(LineString::from(sliver), Vec::new())]);
        assert!(polygons(&plane, &area).is_none());
    }
}
