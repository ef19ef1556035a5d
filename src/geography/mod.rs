//! Positions on the earth, and the flat plane of a county on which lengths are measured.

pub mod area;
pub mod closing;
pub mod crs;
pub mod datum;
pub mod geojson_crs;
pub mod outlines;

use std::fmt;

use crate::units::Metres;

/// A position in WGS 84, in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl LonLat {
    /// Whether both degrees lie on the earth.
    pub fn is_valid(self) -> bool {
        (-180.0..=180.0).contains(&self.lon) && (-90.0..=90.0).contains(&self.lat)
    }

    /// To the 10⁻⁶ degrees (0.1 m) with which files are written: what is read again is the same.
    pub fn as_written(self) -> Self {
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        Self {
            lon: round(self.lon),
            lat: round(self.lat),
        }
    }

    /// The distance on the ellipsoid of WGS 84: its chord, exactly, and over that the arc of a circle with the
    /// earth's mean radius. Within 0.0001 % of the geodesic up to 250 km and 0.6 % up to 16,000 km; near the antipode it
    /// is up to 5 % off.
    pub fn distance(self, other: Self) -> Metres {
        let [(axis_a, north_a), (axis_b, north_b)] = [self.lat, other.lat].map(meridian);
        let sin_lon = libm::sin((other.lon - self.lon).to_radians() / 2.0);
        let (out, up) = (axis_b - axis_a, north_b - north_a);
        let square = out * out + 4.0 * axis_a * axis_b * sin_lon * sin_lon + up * up;
        let half = square.sqrt() / (2.0 * MEAN_RADIUS);
        Metres(2.0 * MEAN_RADIUS * libm::asin(half.min(1.0)))
    }
}

impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.5}, {:.5}", self.lon, self.lat)
    }
}

/// The semi-major axis of WGS 84 in metres.
const SEMI_MAJOR_AXIS: f64 = 6_378_137.0;
/// The square of the eccentricity of WGS 84.
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_317;
/// Mean radius of the earth in metres (IUGG).
const MEAN_RADIUS: f64 = 6_371_008.8;

/// The prime vertical radius of curvature at a latitude, by the sine of that.
fn prime_vertical_radius(sin_lat: f64) -> f64 {
    SEMI_MAJOR_AXIS / (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat).sqrt()
}

/// How far from the earth's axis and how far north of its equator the ellipsoid is at a latitude, in metres.
fn meridian(lat: f64) -> (f64, f64) {
    let (sin, cos) = libm::sincos(lat.to_radians());
    let prime_vertical = prime_vertical_radius(sin);
    (
        prime_vertical * cos,
        (1.0 - ECCENTRICITY_2) * prime_vertical * sin,
    )
}

/// The plane around one latitude on which a degree is as long as it is there on the ellipsoid of WGS 84, in
/// metres east and north of its origin.
///
/// At the edge of a county of 100 km a length on it is off by some 0.8 % times the tangent of the latitude: 0.35 %
/// at 24°, 1.1 % at 54°.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    origin: LonLat,
    metres_per_degree: [f64; 2],
}

impl Plane {
    /// The plane that touches the earth at `origin`.
    pub fn around(origin: LonLat) -> Self {
        let (sin, cos) = libm::sincos(origin.lat.to_radians());
        let prime_vertical = prime_vertical_radius(sin);
        let meridional = prime_vertical * prime_vertical * prime_vertical
            / (SEMI_MAJOR_AXIS * SEMI_MAJOR_AXIS)
            * (1.0 - ECCENTRICITY_2);
        Self {
            origin,
            // From metres a radian to metres a degree.
            metres_per_degree: [prime_vertical * cos, meridional].map(f64::to_radians),
        }
    }

    /// How many metres east and north one metre of the plane is at a position.
    pub fn scale_at(&self, position: LonLat) -> [f64; 2] {
        let there = Self::around(position).metres_per_degree;
        std::array::from_fn(|axis| there[axis] / self.metres_per_degree[axis])
    }

    /// Metres east and north of the origin.
    pub fn project(&self, position: LonLat) -> [f64; 2] {
        let [east, north] = self.metres_per_degree;
        [
            (position.lon - self.origin.lon) * east,
            (position.lat - self.origin.lat) * north,
        ]
    }

    /// The position at `[east, north]` metres from the origin.
    pub fn unproject(&self, [east, north]: [f64; 2]) -> LonLat {
        let [per_east, per_north] = self.metres_per_degree;
        LonLat {
            lon: self.origin.lon + east / per_east,
            lat: self.origin.lat + north / per_north,
        }
    }
}

/// Whether positions lie on both sides of the meridian of 180°, across which a plane cannot be laid here: they
/// span more than half of the earth.
pub fn is_across_antimeridian(positions: impl IntoIterator<Item = LonLat>) -> bool {
    let span = positions.into_iter().fold(None, |span, position| {
        let lon = position.lon;
        let [west, east] = span.unwrap_or([lon; 2]);
        Some([lon.min(west), lon.max(east)])
    });
    span.is_some_and(|[west, east]: [f64; 2]| east - west > 180.0)
}

/// The point at half the length of a line; `None` of no points.
pub fn halfway(line: &[LonLat]) -> Option<LonLat> {
    let mut left = length_along(line).0 / 2.0;
    for [a, b] in line.array_windows() {
        let piece = a.distance(*b).0;
        if piece > 0.0 && left <= piece {
            let share = left / piece;
            return Some(LonLat {
                lon: a.lon + share * (b.lon - a.lon),
                lat: a.lat + share * (b.lat - a.lat),
            });
        }
        left -= piece;
    }
    line.last().copied()
}

/// The length along a line, each piece of it a geodesic.
pub fn length_along(line: &[LonLat]) -> Metres {
    Metres(line.array_windows().map(|[a, b]| a.distance(*b).0).sum())
}

/// The middle of the box around `positions`, or `None` when there are none.
pub fn centre(positions: impl IntoIterator<Item = LonLat>) -> Option<LonLat> {
    let mut bounds: Option<[f64; 4]> = None;
    for LonLat { lon, lat } in positions {
        let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
        bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    }
    bounds.map(|[west, south, east, north]| LonLat {
        lon: (west + east) / 2.0,
        lat: (south + north) / 2.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against Karney's solution (2013), which is right to nanometres.
    #[test]
    fn distances_are_those_of_the_ellipsoid() {
        let places = [
            (0.0, 0.0),
            (115.65, 23.8),
            (9.55, 47.14),
            (-4.5, 54.2),
            (27.9, -71.0),
            (0.0, 89.9),
        ];
        for (lon, lat) in places {
            for (east, north, off) in [
                (1e-5, 0.0, 1e-6),
                (0.0, 1e-5, 1e-6),
                (1e-4, -1e-4, 1e-6),
                (0.3, -0.2, 1e-6),
                (0.0, -2.5, 1e-6),
                (2.5, -0.01, 1e-6),
                (90.0, -60.0, 6e-3),
                (120.0, -60.0, 6e-3),
                (174.6, 0.0, 5e-2),
            ] {
                let (a, b) = (LonLat { lon, lat }, [lon + east, lat + north]);
                let b = LonLat {
                    lon: b[0],
                    lat: b[1].clamp(-90.0, 90.0),
                };
                let [from, to] = [a, b].map(|at| geo::Point::new(at.lon, at.lat));
                let exact = geo::Distance::distance(&geo::Geodesic, from, to);
                let found = a.distance(b).0;
                assert!(
                    (found - exact).abs() <= off * exact + 1e-8,
                    "{a} to {b}: {found} instead of {exact}"
                );
                assert_eq!(found.to_bits(), b.distance(a).0.to_bits());
            }
        }
    }

    #[test]
    fn what_is_at_one_place_is_at_no_distance() {
        let place = LonLat {
            lon: 115.65,
            lat: 23.8,
        };
        assert_eq!(place.distance(place).0, 0.0);
    }

    #[test]
    fn the_plane_agrees_with_the_ellipsoid_across_a_county_and_leads_back() {
        let plane = Plane::around(LonLat {
            lon: 115.65,
            lat: 23.8,
        });
        let (a, b) = (
            LonLat {
                lon: 115.4,
                lat: 23.6,
            },
            LonLat {
                lon: 115.9,
                lat: 24.1,
            },
        );
        let ([ax, ay], [bx, by]) = (plane.project(a), plane.project(b));
        let flat = libm::hypot(bx - ax, by - ay);
        assert!((flat / a.distance(b).0 - 1.0).abs() < 0.003);
        assert!(plane.unproject([bx, by]).distance(b).0 < 1e-6);
        // Near its origin it is the ellipsoid.
        for (east, north) in [(1e-3, 0.0), (0.0, 1e-3)] {
            let near = LonLat {
                lon: 115.65 + east,
                lat: 23.8 + north,
            };
            let [x, y] = plane.project(near);
            let exact = plane.origin.distance(near).0;
            assert!((libm::hypot(x, y) / exact - 1.0).abs() < 1e-6);
        }
    }
}
