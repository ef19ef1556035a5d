//! Areas on the ellipsoid of WGS 84.

use geo::{Coord, LineString, MultiPolygon};

use super::{ECCENTRICITY_2, LonLat, SEMI_MAJOR_AXIS};

/// The area of polygons in square kilometres, whose corners are at `position` and whose sides are straight in degrees,
/// as those of GeoJSON are (RFC 7946, 3.1.1).
pub fn square_kilometres(area: &MultiPolygon, position: impl Fn(Coord) -> LonLat) -> f64 {
    let of = |ring: &LineString| within(ring.coords().map(|corner| position(*corner)));
    let polygons = area.iter().map(|polygon| {
        let holes: f64 = polygon.interiors().iter().map(of).sum();
        of(polygon.exterior()) - holes
    });
    polygons.sum::<f64>() / 1e6
}

/// The area within a closed ring in square metres: that between each side and the parallel of the first corner.
fn within(mut ring: impl Iterator<Item = LonLat>) -> f64 {
    let Some(first) = ring.next() else {
        return 0.0;
    };
    let base = zone(first.lat);
    let mut last = first;
    let mut area = 0.0;
    for corner in ring {
        // The mean over the side, by the quadrature of Gauss and Legendre with three points.
        let at = |share: f64| zone(last.lat + share * (corner.lat - last.lat)) - base;
        let off = 0.15_f64.sqrt();
        let mean = (5.0 * at(0.5 - off) + 8.0 * at(0.5) + 5.0 * at(0.5 + off)) / 18.0;
        area += (corner.lon - last.lon).to_radians() * mean;
        last = corner;
    }
    area.abs()
}

/// The area between the equator and a parallel, for each radian of longitude (Snyder, Map Projections, 1987, 3-12).
fn zone(lat: f64) -> f64 {
    let eccentricity = ECCENTRICITY_2.sqrt();
    let sin = libm::sin(lat.to_radians());
    let ring = sin / (1.0 - ECCENTRICITY_2 * sin * sin);
    let rest = libm::atanh(eccentricity * sin) / eccentricity;
    SEMI_MAJOR_AXIS * SEMI_MAJOR_AXIS * (1.0 - ECCENTRICITY_2) / 2.0 * (ring + rest)
}

#[cfg(test)]
mod tests {
    use geo::orient::Direction;
    use geo::{GeodesicArea as _, Orient as _, Polygon};

    use super::*;

    /// Against Karney's solution (2013), near the equator, here and far in the north: his sides are geodesics, and so
    /// each of ours is cut for him into pieces so short that they are straight in degrees too.
    #[test]
    fn areas_are_those_of_the_ellipsoid() {
        for (lon, lat) in [(0.0, 0.0), (115.65, 23.8), (25.0, 70.5), (-60.0, -45.0)] {
            for size in [1e-3, 0.1, 3.0] {
                let ring = |size: f64, parts: u32| -> LineString {
                    let corners = [
                        (-1.0, 0.2),
                        (0.1, -1.0),
                        (1.0, 0.0),
                        (0.0, 1.0),
                        (-1.0, 0.2),
                    ];
                    let at = |(x, y): (f64, f64)| Coord {
                        x: lon + size * x,
                        y: lat + size * y,
                    };
                    let sides = corners.array_windows::<2>();
                    let cut = sides.flat_map(|[a, b]| {
                        let (a, b) = (at(*a), at(*b));
                        (0..parts)
                            .map(move |part| a + (b - a) * (f64::from(part) / f64::from(parts)))
                    });
                    let mut line: Vec<Coord> = cut.collect();
                    line.push(line[0]);
                    LineString::new(line)
                };
                let kite = |parts| {
                    let kite = Polygon::new(ring(size, parts), vec![ring(size / 3.0, parts)]);
                    kite.orient(Direction::Default)
                };
                let exact = kite(2000).geodesic_area_unsigned() / 1e6;
                let found = square_kilometres(&MultiPolygon(vec![kite(1)]), |at| LonLat {
                    lon: at.x,
                    lat: at.y,
                });
                assert!(
                    (found / exact - 1.0).abs() < 1e-6,
                    "{lat} {size}: {found} {exact}"
                );
            }
        }
    }
}
