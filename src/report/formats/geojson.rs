//! GeoJSON (RFC 7946) in degrees of WGS 84, outer rings counter-clockwise; what is said of the whole
//! stands in members of its own.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::orient::Direction;
use geo::{BoundingRect as _, Contains as _, LineString, MultiPolygon, Orient as _};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};
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

/// An area in degrees as others can use it: no side crosses another, and no outer ring touches itself. Worked out in
/// the whole millionths of a degree that are written, as rounding folds rings over. None where there is no area.
pub fn polygons(plane: &Plane, area: &MultiPolygon) -> Option<Geometry> {
    let area = area.orient(Direction::Default);
    let rings = area.iter().flat_map(|polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.map(|ring| in_millionths(plane, ring))
    });
    let rings: Vec<IntContour> = rings.collect();
    let mut overlay =
        Overlay::with_contours_custom(&rings, &[], IntOverlayOptions::ogc(), Solver::default());
    // Of what is folded over, rings of the other turn cut out as much as is there twice.
    let polygons = with_holes_within(overlay.overlay(OverlayRule::Subject, FillRule::Positive));
    let polygons: Vec<Vec<_>> = (polygons.iter())
        .map(|rings| rings.iter().map(|ring| in_degrees(ring)).collect())
        .collect();
    (!polygons.is_empty()).then_some(Geometry::MultiPolygon(polygons))
}

/// The same outer rings, each hole with the smallest that holds it: with many rings beside each other, the overlay gives
/// some to others.
fn with_holes_within(polygons: IntShapes) -> IntShapes {
    let (outer, holes): (Vec<IntContour>, Vec<IntShape>) = (polygons.into_iter())
        .filter_map(|mut rings| (!rings.is_empty()).then(|| (rings.remove(0), rings)))
        .unzip();
    // In halves of a millionth, so that the middle of a side is whole.
    let halves = |ring: &IntContour| -> geo::LineString<i64> {
        let corners = ring.iter().chain(ring.first());
        corners
            .map(|at| (2 * i64::from(at.x), 2 * i64::from(at.y)))
            .collect()
    };
    let shells: Vec<(geo::LineString<i64>, Option<geo::Rect<i64>>)> = (outer.iter().map(halves))
        .map(|ring| (ring.clone(), ring.bounding_rect()))
        .collect();
    let is_within = |hole: &geo::LineString<i64>, (shell, span): &(_, Option<geo::Rect<i64>>)| {
        let (Some(span), Some(of_hole)) = (span, hole.bounding_rect()) else {
            return false;
        };
        let middles = hole.lines().map(|side| (side.start + side.end) / 2);
        let mut places = middles.map(|at| coord_pos_relative_to_ring(at, shell));
        span.contains(&of_hole)
            && places.find(|place| *place != CoordPos::OnBoundary) == Some(CoordPos::Inside)
    };
    let mut polygons: IntShapes = outer.iter().map(|ring| vec![ring.clone()]).collect();
    for hole in holes.into_iter().flatten() {
        let ring = halves(&hole);
        let around = (0..outer.len()).filter(|index| is_within(&ring, &shells[*index]));
        if let Some(smallest) = around.min_by_key(|index| twice_area(&outer[*index])) {
            polygons[smallest].push(hole);
        }
    }
    polygons
}

fn twice_area(ring: &IntContour) -> i128 {
    let sides = ring.iter().zip(ring.iter().cycle().skip(1));
    let cross = |(a, b): (&IntPoint, &IntPoint)| {
        i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
    };
    sides.map(cross).sum::<i128>().abs()
}

fn in_millionths(plane: &Plane, ring: &LineString) -> IntContour {
    let corners = ring.coords().map(|at| {
        let [lon, lat] =
            position(plane.unproject([at.x, at.y])).map(|of| (of * 1e6).round() as i32);
        IntPoint::new(lon, lat)
    });
    corners.collect()
}

/// A ring in degrees, which ends where it began.
fn in_degrees(ring: &[IntPoint]) -> Vec<[f64; 2]> {
    let corners = ring.iter().chain(ring.first());
    corners
        .map(|at| [at.x, at.y].map(|of| f64::from(of) / 1e6))
        .collect()
}

#[cfg(test)]
mod tests {
    use geo::Polygon;

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

    /// ```text
    /// +-------+           +-------+
    /// |   A   |           |       +---     the eastern part of B is a spike, 2 cm wide, which rounding folds
    /// +-------+-------+   |   B   |        over
    ///         |   A   |   +-------+
    ///         +-------+
    /// ```
    /// One ring that touches itself is two squares, and of the spike nothing is left.
    #[test]
    fn a_ring_that_touches_itself_is_two_areas_and_a_spike_is_none() {
        let rings = |ring: &[(f64, f64)]| {
            let Some(Geometry::MultiPolygon(polygons)) = written(ring) else {
                panic!("there are areas");
            };
            let corners = |rings: &Vec<Vec<[f64; 2]>>| rings.iter().map(Vec::len).collect();
            polygons.iter().map(corners).collect::<Vec<Vec<usize>>>()
        };
        let touching = [
            (200.0, 200.0),
            (0.0, 200.0),
            (0.0, 400.0),
            (200.0, 400.0),
            (200.0, 200.0),
            (400.0, 200.0),
            (400.0, 0.0),
            (200.0, 0.0),
            (200.0, 200.0),
        ];
        assert_eq!(rings(&touching), [[5], [5]]);
        let spiked = [
            (0.0, 0.0),
            (200.0, 0.0),
            (200.0, 100.1),
            (300.0, 100.11),
            (250.0, 100.12),
            (200.0, 100.12),
            (200.0, 200.0),
            (0.0, 200.0),
            (0.0, 0.0),
        ];
        assert_eq!(rings(&spiked), [[5]]);
    }

    /// ```text
    /// +-----------+
    /// | +-----+   |     a hole, an island in it with a hole of its own, and a shell beside them all: whichever ring the
    /// | | [o] |   |     holes were given to, each goes to the smallest around it
    /// | +-----+   |  []
    /// +-----------+
    /// ```
    #[test]
    fn a_hole_goes_to_the_smallest_ring_around_it() {
        let square = |low: i32, high: i32| -> IntContour {
            let corners = [(low, low), (high, low), (high, high), (low, high)];
            corners.map(|(x, y)| IntPoint::new(x, y)).to_vec()
        };
        let (all, hole, island, eye) = (
            square(0, 90),
            square(10, 60),
            square(20, 50),
            square(20, 40),
        );
        let beside = square(100, 110);
        let given = vec![
            vec![beside.clone(), hole.clone()],
            vec![all.clone(), eye.clone()],
            vec![island.clone()],
        ];
        let right = vec![vec![beside], vec![all, hole], vec![island, eye]];
        assert_eq!(with_holes_within(given), right);
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
