//! What the degrees of a Chinese map mean: WGS 84, or one of the two shifted systems of online maps.
//!
//! GCJ-02 (Amap, Tencent) displaces positions by some 100 to 700 m, BD-09 (Baidu) displaces those
//! once more. Neither is published by its authority. Here stands the reconstruction that has been in
//! public use since about 2013, as in `eviltransform` and `coordtransform`; against the maps
//! themselves it is off by decimetres to a few metres, far less than a demand point is wide.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

use crate::geography::LonLat;

/// The system in which a position is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Datum {
    /// Satellite positioning, OpenStreetMap; CGCS 2000 is the same within a metre.
    #[default]
    Wgs84,
    /// Amap, Tencent and every other Chinese online map but Baidu.
    Gcj02,
    /// Baidu.
    Bd09,
}

/// The words of a column `coordinates`, for error messages.
pub const KNOWN: &str = "wgs84 (also for CGCS 2000), gcj02 (Amap, Tencent) or bd09 (Baidu)";

/// The text names no system that is known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not known; it should be {KNOWN}")]
pub struct UnknownDatum(String);

impl Datum {
    /// The word that tables use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// A position of this system in WGS 84, to within 10⁻⁹ degrees (0.1 mm) of what
    /// [`Datum::from_wgs84`] undoes.
    ///
    /// Outside the box of the published method around China, GCJ-02 is WGS 84.
    pub fn to_wgs84(self, position: LonLat) -> LonLat {
        match self {
            Self::Wgs84 => position,
            Self::Gcj02 if is_shifted(position) => undo(gcj02_of_wgs84, position),
            Self::Gcj02 => position,
            Self::Bd09 => Self::Gcj02.to_wgs84(undo(bd09_of_gcj02, position)),
        }
    }

    /// A position in WGS 84 as this system gives it.
    pub fn from_wgs84(self, position: LonLat) -> LonLat {
        match self {
            Self::Wgs84 => position,
            Self::Gcj02 if is_shifted(position) => gcj02_of_wgs84(position),
            Self::Gcj02 => position,
            Self::Bd09 => bd09_of_gcj02(Self::Gcj02.from_wgs84(position)),
        }
    }
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Datum {
    type Err = UnknownDatum;

    /// Reads the words of tables and the usual other names, whatever their case and hyphens.
    fn from_str(text: &str) -> Result<Self, UnknownDatum> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_' | ':'))
            .flat_map(char::to_lowercase)
            .collect();
        match plain.as_str() {
            "wgs84"
            | "epsg4326"
            | "gps"
            | "cgcs2000"
            | "epsg4490"
            | "国家2000"
            | "大地2000"
            | "2000国家大地坐标系" => Ok(Self::Wgs84),
            "gcj02" | "amap" | "gaode" | "tencent" | "mars" | "高德" | "腾讯" | "国测局"
            | "火星" | "火星坐标" | "火星坐标系" => Ok(Self::Gcj02),
            "bd09" | "bd09ll" | "baidu" | "百度" => Ok(Self::Bd09),
            _ => Err(UnknownDatum(text.to_owned())),
        }
    }
}

/// Whether the published method shifts positions here: a box around China, sea and neighbours.
fn is_shifted(position: LonLat) -> bool {
    (72.004..=137.8347).contains(&position.lon) && (0.8293..=55.8271).contains(&position.lat)
}

/// The position that `shift` moves to `target`.
///
/// The shift itself changes by less than 2 % of a step, so each round leaves a fiftieth of the error.
fn undo(shift: fn(LonLat) -> LonLat, target: LonLat) -> LonLat {
    const CLOSE_ENOUGH: f64 = 1e-11;
    const ROUNDS: usize = 30;
    let mut position = target;
    for _ in 0..ROUNDS {
        let moved = shift(position);
        let (lon, lat) = (target.lon - moved.lon, target.lat - moved.lat);
        position.lon += lon;
        position.lat += lat;
        if lon.abs().max(lat.abs()) < CLOSE_ENOUGH {
            break;
        }
    }
    position
}

fn gcj02_of_wgs84(LonLat { lon, lat }: LonLat) -> LonLat {
    // Krasovsky 1940, the ellipsoid of Beijing 1954.
    const SEMI_MAJOR: f64 = 6_378_245.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (lon - 105.0, lat - 35.0);
    // A sum of waves: their heights in metres, their lengths in degrees.
    let wave = |height: f64, degrees: f64| height * libm::sin(PI * degrees) * 2.0 / 3.0;
    let ripple = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    let (sin, cos) = libm::sincos(lat.to_radians());
    let flattening = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let along_parallel = SEMI_MAJOR / flattening.sqrt() * cos;
    let along_meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / libm::pow(flattening, 1.5);
    LonLat {
        lon: lon + (east / along_parallel).to_degrees(),
        lat: lat + (north / along_meridian).to_degrees(),
    }
}

fn bd09_of_gcj02(LonLat { lon, lat }: LonLat) -> LonLat {
    const WAVES: f64 = PI * 3000.0 / 180.0;
    let radius = libm::hypot(lon, lat) + 0.000_02 * libm::sin(lat * WAVES);
    let angle = libm::atan2(lat, lon) + 0.000_003 * libm::cos(lon * WAVES);
    LonLat {
        lon: radius * libm::cos(angle) + 0.0065,
        lat: radius * libm::sin(angle) + 0.006,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat { lon, lat }
    }

    fn assert_close(a: LonLat, b: LonLat) {
        assert!((a.lon - b.lon).abs() < 1e-9, "{a:?} {b:?}");
        assert!((a.lat - b.lat).abs() < 1e-9, "{a:?} {b:?}");
    }

    /// The pairs that `coordtransform` (wandergis, JavaScript) prints for its example in Beijing.
    #[test]
    fn the_shifts_are_those_of_the_public_reconstruction() {
        let beijing = at(116.404, 39.915);
        assert_close(
            Datum::Gcj02.from_wgs84(beijing),
            at(116.410_244_499_169_38, 39.916_404_281_501_64),
        );
        assert_close(
            bd09_of_gcj02(beijing),
            at(116.410_369_493_710_29, 39.921_336_993_510_21),
        );
    }

    /// Worked out a second time in Python: 水寨, WGS 84 (115.77, 23.93), is (115.774747722,
    /// 23.927331784) in GCJ-02, 482 m east and 297 m south, and (115.781242121, 23.933419731) in
    /// BD-09.
    #[test]
    fn amap_shows_wuhua_half_a_kilometre_to_the_south_east() {
        let shuizhai = at(115.77, 23.93);
        let amap = at(115.774_747_722, 23.927_331_784);
        assert_close(Datum::Gcj02.from_wgs84(shuizhai), amap);
        assert!((shuizhai.distance(amap).0 - 567.0).abs() < 1.0);
        assert_close(Datum::Gcj02.to_wgs84(amap), shuizhai);
        let baidu = at(115.781_242_121, 23.933_419_731);
        assert_close(Datum::Bd09.to_wgs84(baidu), shuizhai);
    }

    #[test]
    fn outside_china_nothing_is_shifted() {
        let peel = at(-4.69, 54.22);
        assert_eq!(Datum::Gcj02.to_wgs84(peel), peel);
        assert_eq!(Datum::Gcj02.from_wgs84(peel), peel);
    }

    #[test]
    fn the_names_that_offices_use_are_understood() {
        for (text, datum) in [
            ("WGS-84", Datum::Wgs84),
            ("CGCS2000", Datum::Wgs84),
            ("GCJ-02", Datum::Gcj02),
            ("高德", Datum::Gcj02),
            ("百度", Datum::Bd09),
        ] {
            assert_eq!(text.parse(), Ok(datum));
            assert_eq!(datum.word().parse(), Ok(datum));
        }
        // Baidu's Mercator metres and the two older systems of the survey are something else.
        for text in ["bd09mc", "beijing54", "xian80", ""] {
            assert!(text.parse::<Datum>().is_err());
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(lon in 73.0..135.0, lat in 4.0..53.0) {
            for datum in [Datum::Gcj02, Datum::Bd09] {
                let back = datum.to_wgs84(datum.from_wgs84(at(lon, lat)));
                prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9);
            }
        }
    }
}
