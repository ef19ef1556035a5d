//! Positions on the earth, and the flat plane of a county on which lengths are measured.

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

    /// The great-circle distance on a sphere of the earth's mean radius, 6,371,008.8 m (IUGG).
    pub fn distance(self, other: Self) -> Metres {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let sin_lat = libm::sin((lat_b - lat_a) / 2.0);
        let sin_lon = libm::sin((other.lon - self.lon).to_radians() / 2.0);
        let chord = sin_lat * sin_lat + libm::cos(lat_a) * libm::cos(lat_b) * sin_lon * sin_lon;
        Metres(2.0 * EARTH_RADIUS * libm::asin(chord.sqrt().min(1.0)))
    }
}

impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.5}, {:.5}", self.lon, self.lat)
    }
}

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS: f64 = 6_371_008.8;

/// The equirectangular plane around one latitude, in metres east and north of its origin.
///
/// Over a county of 100 km a length on it is within some 0.3 % of the great-circle distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    origin: LonLat,
    metres_per_degree_lon: f64,
}

const METRES_PER_DEGREE_LAT: f64 = EARTH_RADIUS * std::f64::consts::PI / 180.0;

impl Plane {
    /// The plane that touches the earth at `origin`.
    pub fn around(origin: LonLat) -> Self {
        Self {
            origin,
            metres_per_degree_lon: METRES_PER_DEGREE_LAT * libm::cos(origin.lat.to_radians()),
        }
    }

    /// Metres east and north of the origin.
    pub fn project(&self, position: LonLat) -> [f64; 2] {
        [
            (position.lon - self.origin.lon) * self.metres_per_degree_lon,
            (position.lat - self.origin.lat) * METRES_PER_DEGREE_LAT,
        ]
    }

    /// The position at `[east, north]` metres from the origin.
    pub fn unproject(&self, [east, north]: [f64; 2]) -> LonLat {
        LonLat {
            lon: self.origin.lon + east / self.metres_per_degree_lon,
            lat: self.origin.lat + north / METRES_PER_DEGREE_LAT,
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

/// The length along a line, each piece of it a great circle.
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

    #[test]
    fn a_degree_of_latitude_is_111_2_km() {
        let metres = LonLat {
            lon: 115.0,
            lat: 23.0,
        }
        .distance(LonLat {
            lon: 115.0,
            lat: 24.0,
        });
        assert!((metres.0 - 111_195.08).abs() < 0.1, "{metres:?}");
    }

    #[test]
    fn the_plane_agrees_with_the_sphere_across_a_county_and_leads_back() {
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
    }
}
