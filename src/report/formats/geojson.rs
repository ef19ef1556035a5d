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
    // By the area: at a single corner, rounding can leave no turn to see.
    let turn = |ring: LineString| {
        let area = Polygon::new(ring, Vec::new()).signed_area();
        area.partial_cmp(&0.0).filter(|turn| turn.is_ne())
    };
    let before = turn(ring.clone());
    let keeps_its_turn = before.is_some() && turn(corners.iter().copied().collect()) == before;
    (corners.len() > 3 && keeps_its_turn).then_some(corners)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(ring: &[(f64, f64)]) -> Option<Geometry> {
        let plane = Plane::around(LonLat {
            lon: 115.0,
            lat: 0.0,
        });
        let ring = LineString::from(ring.to_vec());
        polygons(&plane, &MultiPolygon(vec![Polygon::new(ring, Vec::new())]))
    }

    /// ```text
    /// +-------------------+
    /// |                   |     the west side bends by 2 cm, where the south side meets it, and is
    /// +-------------------+     straight in degrees: its southern end is left as a spike
    /// |
    /// ```
    #[test]
    fn an_area_stays_though_rounding_straightens_its_westmost_corner() {
        let bent = [
            (0.0, 0.0),
            (0.02, 200.0),
            (500.0, 200.0),
            (500.0, 400.0),
            (0.0, 400.0),
            (0.0, 0.0),
        ];
        assert!(written(&bent).is_some(), "nothing is left of 10 hectares");
    }

    #[test]
    fn a_sliver_of_which_rounding_leaves_nothing_is_no_area() {
        let sliver = [
            (0.0, 0.0),
            (250.0, 0.0),
            (500.0, 0.0),
            (500.0, 0.01),
            (250.0, 0.01),
            (0.0, 0.01),
            (0.0, 0.0),
        ];
        assert!(written(&sliver).is_none());
    }
}
