//! Areas on the ellipsoid of WGS 84.

use geo::{Area as _, Coord, MapCoords as _, MultiPolygon};

use super::{ECCENTRICITY_2, LonLat, SEMI_MAJOR_AXIS};

/// The area of polygons in square kilometres, whose corners are at `position`. On the cylinder of equal areas (Snyder,
/// Map Projections, 1987, 10 and 3-12), on which a side between two corners is straight.
pub fn square_kilometres(area: &MultiPolygon, position: impl Fn(Coord) -> LonLat) -> f64 {
    let on_cylinder = area.map_coords(|corner| {
        let LonLat { lon, lat } = position(corner);
        Coord {
            x: SEMI_MAJOR_AXIS * lon.to_radians(),
            y: strip(lat),
        }
    });
    on_cylinder.unsigned_area() / 1e6
}

/// Metres north of the equator on the cylinder.
fn strip(lat: f64) -> f64 {
    let eccentricity = ECCENTRICITY_2.sqrt();
    let sin = libm::sin(lat.to_radians());
    let ring = sin / (1.0 - ECCENTRICITY_2 * sin * sin);
    let rest = libm::atanh(eccentricity * sin) / eccentricity;
    SEMI_MAJOR_AXIS * (1.0 - ECCENTRICITY_2) / 2.0 * (ring + rest)
}

#[cfg(test)]
mod tests {
    use geo::orient::Direction;
    use geo::{GeodesicArea as _, LineString, Orient as _, Polygon};

    use super::*;

    /// Against Karney's solution (2013), near the equator, here and far in the north.
    #[test]
    fn areas_are_those_of_the_ellipsoid() {
        for (lon, lat) in [(0.0, 0.0), (115.65, 23.8), (25.0, 70.5), (-60.0, -45.0)] {
            for size in [1e-3, 0.1, 0.5] {
                // A kite with a hole, its sides in pieces so short that geodesics are straight.
                let ring = |size: f64| -> LineString {
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
                    let mut line: Vec<Coord> = sides
                        .flat_map(|[a, b]| {
                            let (a, b) = (at(*a), at(*b));
                            (0..200).map(move |part| a + (b - a) * (f64::from(part) / 200.0))
                        })
                        .collect();
                    line.push(line[0]);
                    LineString::new(line)
                };
                let kite = Polygon::new(ring(size), vec![ring(size / 3.0)]);
                let kite = kite.orient(Direction::Default);
                let exact = kite.geodesic_area_unsigned() / 1e6;
                let kite = MultiPolygon(vec![kite]);
                let found = square_kilometres(&kite, |at| LonLat {
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
