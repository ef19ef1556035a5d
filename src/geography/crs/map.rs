//! Numbers of a map, in metres or feet, as degrees; and what may have happened to those that are none.

use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::geography::LonLat;
use crate::geography::crs::proj_string::ProjString;

/// What to do where a system is not converted.
pub const REPROJECT: &str = "save the data in EPSG:4490 (CGCS 2000) or EPSG:4326 (WGS 84), for example with \
                             \"Save features as\" of QGIS";

/// A projected system.
#[derive(Debug)]
pub(super) struct Map {
    projected: Proj,
    degrees: Proj,
    /// Metres of its unit.
    unit: f64,
    /// What its point of origin has for coordinates, in metres.
    false_easting: f64,
    false_northing: f64,
    /// Where it is a strip of a transverse Mercator projection.
    central_meridian: Option<f64>,
}

/// So far east or west of its central meridian no strip is used: those of UTM are 3° wide on either side, and
/// maps of a county beyond the edge carry on a little; in the north some countries are one strip.
const WIDEST: f64 = 668_000.0;
/// So far from its origin no other map of a country is used, along either axis; the northing of one that is
/// read as an easting mostly lies beyond.
const FARTHEST: f64 = 5_000_000.0;

impl Map {
    /// The map of a string of PROJ whose earth has been looked at.
    ///
    /// # Errors
    /// In words, when its projection or figures cannot be used.
    pub(super) fn of(text: &ProjString<'_>) -> Result<Self, String> {
        let proj = |text: &str| {
            Proj::from_proj_string(text).map_err(|error| format!("it cannot be used ({error})"))
        };
        let projected = proj(text.text())?;
        let is_strip = matches!(
            text.value("+proj"),
            Some("utm" | "tmerc" | "etmerc" | "gstmerc")
        );
        let is_utm = text.value("+proj") == Some("utm");
        let zone = text.number("+zone").filter(|_| is_utm);
        let is_south = text.has("+south");
        let origin = |key: &str, utm: f64| match zone {
            Some(_) => utm,
            None => text.number(key).unwrap_or(0.0),
        };
        let central_meridian = zone.map_or_else(
            || text.number("+lon_0").unwrap_or(0.0),
            |zone| 6.0 * zone - 183.0,
        );
        Ok(Self {
            degrees: proj(&format!("+proj=longlat {} +no_defs", text.ellipsoid()))?,
            unit: projected.to_meter(),
            projected,
            false_easting: origin("+x_0", 500_000.0),
            false_northing: origin("+y_0", if is_south { 10_000_000.0 } else { 0.0 }),
            central_meridian: is_strip.then_some(central_meridian),
        })
    }

    pub(super) fn position(&self, x: f64, y: f64) -> Option<LonLat> {
        let east = x * self.unit - self.false_easting;
        let north = y * self.unit - self.false_northing;
        let is_near = match self.central_meridian {
            Some(_) => east.abs() <= WIDEST,
            None => east.abs() <= FARTHEST || self.is_of_the_world(),
        };
        let is_near = is_near && (north.abs() <= 2.0 * FARTHEST || self.is_of_the_world());
        if !is_near || self.is_degrees(x, y) {
            return None;
        }
        let mut point = (x, y, 0.0);
        transform(&self.projected, &self.degrees, &mut point).ok()?;
        let position = LonLat {
            lon: point.0.to_degrees(),
            lat: point.1.to_degrees(),
        };
        position.is_valid().then_some(position)
    }

    /// Whether it has no false easting and is no strip, as the Mercator of web maps.
    fn is_of_the_world(&self) -> bool {
        self.central_meridian.is_none() && self.false_easting == 0.0 && self.false_northing == 0.0
    }

    /// Degrees are no metres, though by the corner of a map's numbers they would be.
    fn is_degrees(&self, x: f64, y: f64) -> bool {
        // Where the equator meets Greenwich, both are the same.
        let is_far_from_zero =
            self.false_easting.abs() > 1000.0 || (self.is_of_the_world() && [x, y] != [0.0, 0.0]);
        is_far_from_zero && (LonLat { lon: x, lat: y }).is_valid()
    }

    /// What may have happened to numbers that are no position of this map.
    pub(super) fn hint(&self, x: f64, y: f64) -> String {
        if (LonLat { lon: x, lat: y }).is_valid() {
            return "these are degrees already, so the system that is stated belongs to other data"
                .to_owned();
        }
        if self.position(y, x).is_some() {
            return "easting and northing seem exchanged (surveyors write the northing first): exchange them \
                    and save again"
                .to_owned();
        }
        let Some(central_meridian) = self.central_meridian else {
            return format!("the system that is stated belongs to other data; {REPROJECT}");
        };
        let (zone, _) = split_zone(x);
        let has_zone = self.false_easting >= 1e6;
        if !has_zone && zone >= 13 && self.position(x - f64::from(zone) * 1e6, y).is_some() {
            let width = if meridian(zone, 3) == central_meridian {
                "3° strips"
            } else if meridian(zone, 6) == central_meridian {
                "6° strips"
            } else {
                return format!(
                    "the easting begins with the number {zone} of a zone, whose central meridian is {}° (3° \
                     strips) or {}° (6°), and {central_meridian}° is stated; take the system of that zone",
                    meridian(zone, 3),
                    meridian(zone, 6),
                );
            };
            return format!(
                "the easting begins with the number {zone} of its zone ({width}), and a false easting of {} is \
                 stated; state {zone}500000",
                self.false_easting
            );
        }
        let zone_stated = (self.false_easting / 1e6).floor();
        if has_zone && self.position(x + zone_stated * 1e6, y).is_some() {
            return format!(
                "the easting lacks the number of its zone, and a false easting of {} is stated; state 500000",
                self.false_easting
            );
        }
        format!(
            "it is more than {:.0} km from the central meridian {central_meridian}°; the system that is stated \
             belongs to another zone or other data",
            WIDEST / 1000.0
        )
    }
}

/// The number of a zone before an easting of Gauss–Krüger, and the easting without it.
pub(super) fn split_zone(x: f64) -> (u32, f64) {
    let zone = (x / 1e6).floor();
    if (1.0..=120.0).contains(&zone) {
        (zone as u32, x - zone * 1e6)
    } else {
        (0, x)
    }
}

/// The central meridian of a Gauss–Krüger zone of 3 or 6 degrees.
pub(super) fn meridian(zone: u32, width: u32) -> f64 {
    f64::from(zone * width) - if width == 6 { 3.0 } else { 0.0 }
}
