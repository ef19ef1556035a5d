//! What the two numbers of a position are: degrees, or metres (or feet) of a map, as a `.prj`, a `crs` of
//! GeoJSON or the `config` of a network says it.

mod earth;
mod epsg;
mod wkt;

use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::geography::LonLat;
use crate::geography::datum::Datum;

use earth::Earth;
use epsg::Strip;
use wkt::Wkt;

/// A coordinate system: how numbers become positions in WGS 84.
#[derive(Debug)]
pub struct Crs {
    /// What the numbers are, in words.
    pub words: String,
    datum: Datum,
    /// The map, where the numbers are no degrees.
    map: Option<Map>,
}

#[derive(Debug)]
struct Map {
    projected: Proj,
    degrees: Proj,
    /// Where the map is a strip, with the metres of its unit.
    strip: Option<(Strip, f64)>,
}

/// Why a pair of numbers is no position.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoPosition {
    /// Taken as degrees.
    #[error("{x}, {y} is no position in degrees; {hint}")]
    NoDegrees { x: f64, y: f64, hint: String },
    /// Taken as metres of a map.
    #[error("{x}, {y} is outside the map that the coordinate system is made for; {hint}")]
    OffTheMap { x: f64, y: f64, hint: String },
}

/// What to do where a system is not converted.
pub const REPROJECT: &str = "save the data in EPSG:4490 (CGCS 2000) or EPSG:4326 (WGS 84), for example with \
                             \"Save features as\" of QGIS";

/// Farther from its central meridian no strip is used: those of UTM are 3° wide on either side, and maps of a
/// county beyond the edge carry on a little.
const WIDEST: f64 = 6.0;
/// The same in metres of easting, at the equator.
const WIDEST_METRES: f64 = WIDEST * 111_320.0;

impl Crs {
    /// Degrees: in the datum that was stated, or else what `otherwise` says, which is WGS 84.
    pub fn degrees(stated: Option<Datum>, otherwise: &str) -> Self {
        Self {
            words: match stated {
                None => otherwise.to_owned(),
                Some(Datum::Wgs84) => "WGS 84, as stated with --coordinates".to_owned(),
                Some(datum) => format!(
                    "{datum}, as stated with --coordinates; converted to WGS 84 by the public \
                     reconstruction (metres at worst)"
                ),
            },
            datum: stated.unwrap_or_default(),
            map: None,
        }
    }

    /// Whether the numbers are degrees.
    pub fn is_degrees(&self) -> bool {
        self.map.is_none()
    }

    /// What well-known text says; `stated` says of its degrees what it cannot, and `by` who says it.
    ///
    /// # Errors
    /// In words, when the text says nothing that is known here.
    pub fn of_wkt(text: &str, stated: Option<Datum>, by: &str) -> Result<Self, String> {
        let unknown = || format!("this is no coordinate system that is known here; {REPROJECT}");
        let system = Wkt::parse(text).ok_or_else(unknown)?;
        let geographic = match system.keyword.as_str() {
            "GEOGCS" => &system,
            "PROJCS" => system.child("GEOGCS").ok_or_else(unknown)?,
            _ => return Err(unknown()),
        };
        let mut crs = Self::degrees(stated, &earth_of(geographic)?.words(by));
        if system.keyword == "PROJCS" {
            crs.map = Some(map_of(&system, geographic)?);
            crs.words = format!("{}, converted to degrees: {}", system.name(), crs.words);
        }
        Ok(crs)
    }

    /// What a name says: `4326`, `EPSG:4547`, `urn:ogc:def:crs:EPSG::4326`, the address of such a name at
    /// opengis.net, `CRS84`, a string of PROJ, or well-known text.
    ///
    /// # Errors
    /// In words, when it names nothing that is converted here.
    pub fn named(text: &str, stated: Option<Datum>, by: &str) -> Result<Self, String> {
        let text = text.trim();
        let upper = text.to_uppercase();
        if upper.starts_with("GEOGCS") || upper.starts_with("PROJCS") {
            return Self::of_wkt(text, stated, by);
        }
        if text.starts_with('+') {
            return Self::of_proj(text, stated, by);
        }
        if upper.ends_with("CRS84") || upper.ends_with("CRS84H") {
            return Ok(Self::degrees(stated, &Earth::words(wgs84(), by)));
        }
        let code = text
            .rsplit([':', '/', '='])
            .next()
            .and_then(|code| code.trim().parse::<u32>().ok());
        if let Some(code) = code {
            return Self::of_epsg(code, stated, by);
        }
        match Earth::named([text].into_iter()) {
            // A projected system has the name of its degrees within its own.
            Some(earth) if !text.contains('/') && !upper.contains("ZONE") => {
                Ok(Self::degrees(stated, &earth.words(by)))
            }
            _ => Err(format!(
                "`{text}` is no system that is known here; {REPROJECT}"
            )),
        }
    }

    fn of_epsg(code: u32, stated: Option<Datum>, by: &str) -> Result<Self, String> {
        const WEB_MERCATOR: [u32; 3] = [3857, 900_913, 102_100];
        if let Some(earth) = Earth::of_code(code) {
            return Ok(Self::degrees(stated, &earth.words(by)));
        }
        if WEB_MERCATOR.contains(&code) {
            let mut crs = Self::of_proj("+proj=merc +a=6378137 +b=6378137 +no_defs", stated, by)?;
            // The sphere of its formulas is no statement about the earth: its degrees are WGS 84.
            crs.words =
                format!("EPSG:{code} (web Mercator), converted to degrees: WGS 84, by {by}");
            return Ok(crs);
        }
        let Some((strip, degrees)) = epsg::strip(code) else {
            return Err(format!(
                "EPSG:{code} is not converted here, only the strips of UTM and Gauss–Krüger and EPSG:3857; \
                 write its PROJ string (\"+proj=…\", as epsg.io shows it) in its place, or {REPROJECT}"
            ));
        };
        let earth = Earth::of_code(degrees).map_or("", |earth| earth.name);
        let ellipsoid = if degrees == 4326 { WGS84 } else { GRS80 };
        Ok(Self {
            words: format!("EPSG:{code}, converted to degrees: {earth}, by {by}"),
            datum: stated.unwrap_or_default(),
            map: Some(map_of_strip(strip, 0.0, 1.0, ellipsoid)?),
        })
    }

    fn of_proj(text: &str, stated: Option<Datum>, by: &str) -> Result<Self, String> {
        let bad = |problem: &str| format!("`{text}`: {problem}; {REPROJECT}");
        let value = |key: &str| {
            text.split_whitespace()
                .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
        };
        if let Some(code) = value("+init") {
            return Self::named(code, stated, by);
        }
        let shift = value("+towgs84")
            .is_some_and(|shift| shift.split(',').any(|part| part.trim().parse() != Ok(0.0)));
        let earth = value("+datum").or(value("+ellps"));
        let is_near = earth.is_none_or(|earth| {
            ["wgs84", "nad83", "grs80"].contains(&earth.to_lowercase().as_str())
        });
        if shift || !is_near || value("+nadgrids").is_some_and(|grids| grids != "@null") {
            return Err(bad(
                "its earth is not WGS 84 within two metres, which would need the parameters of the survey",
            ));
        }
        let proj = |text: &str| {
            Proj::from_proj_string(text)
                .map_err(|error| bad(&format!("it cannot be used ({error})")))
        };
        let projected = proj(text)?;
        let mut crs = Self::degrees(stated, &format!("{text}, by {by}"));
        if !projected.is_latlong() {
            let sizes: Vec<&str> = text
                .split_whitespace()
                .filter(|part| {
                    ["+a=", "+b=", "+rf=", "+f=", "+R=", "+ellps=", "+datum="]
                        .iter()
                        .any(|key| part.starts_with(key))
                })
                .collect();
            crs.map = Some(Map {
                projected,
                degrees: proj(&format!("+proj=longlat {} +no_defs", sizes.join(" ")))?,
                strip: None,
            });
        }
        Ok(crs)
    }

    /// The position at `x` and `y`.
    ///
    /// # Errors
    /// When that is not on the earth, or far off the map.
    pub fn position(&self, x: f64, y: f64) -> Result<LonLat, NoPosition> {
        let position = match &self.map {
            None => Some(LonLat { lon: x, lat: y }),
            Some(map) => map.position(x, y),
        };
        match position.filter(|position| position.is_valid()) {
            Some(position) => Ok(self.datum.to_wgs84(position)),
            None => Err(match &self.map {
                None => NoPosition::NoDegrees {
                    x,
                    y,
                    hint: hint_of_degrees(x, y),
                },
                Some(map) => NoPosition::OffTheMap {
                    x,
                    y,
                    hint: map.hint(x, y),
                },
            }),
        }
    }
}

impl Map {
    fn position(&self, x: f64, y: f64) -> Option<LonLat> {
        let mut point = (x, y, 0.0);
        transform(&self.projected, &self.degrees, &mut point).ok()?;
        let position = LonLat {
            lon: point.0.to_degrees(),
            lat: point.1.to_degrees(),
        };
        let is_near = |(strip, unit): &(Strip, f64)| {
            let east = x * unit - strip.false_easting;
            // Degrees are no metres, though 500 km west of a central meridian they would be.
            let is_degrees = strip.false_easting > 1000.0 && (LonLat { lon: x, lat: y }).is_valid();
            !is_degrees
                && east.abs() <= WIDEST_METRES
                && (position.lon - strip.central_meridian).abs() <= WIDEST
        };
        (position.is_valid() && self.strip.as_ref().is_none_or(is_near)).then_some(position)
    }

    /// What may have happened to numbers that are no position of this map.
    fn hint(&self, x: f64, y: f64) -> String {
        if (LonLat { lon: x, lat: y }).is_valid() {
            return "these are degrees already, so the system that is stated belongs to other data"
                .to_owned();
        }
        if self.position(y, x).is_some() {
            return "easting and northing seem exchanged (surveyors write the northing first): exchange them \
                    and save again"
                .to_owned();
        }
        let Some((strip, _)) = &self.strip else {
            return format!("the system that is stated belongs to other data; {REPROJECT}");
        };
        let (zone, _) = split_zone(x);
        let has_zone = strip.false_easting >= 1e6;
        if !has_zone && zone >= 13 && self.position(x - f64::from(zone) * 1e6, y).is_some() {
            let width = if epsg::meridian(zone, 3) == strip.central_meridian {
                "3° strips"
            } else if epsg::meridian(zone, 6) == strip.central_meridian {
                "6° strips"
            } else {
                return format!(
                    "the easting begins with the number {zone} of a zone, whose central meridian is {}° (3° \
                     strips) or {}° (6°), and {}° is stated; take the system of that zone",
                    epsg::meridian(zone, 3),
                    epsg::meridian(zone, 6),
                    strip.central_meridian
                );
            };
            return format!(
                "the easting begins with the number {zone} of its zone ({width}), and a false easting of {} is \
                 stated; state {zone}500000",
                strip.false_easting
            );
        }
        let zone_stated = (strip.false_easting / 1e6).floor();
        if has_zone && self.position(x + zone_stated * 1e6, y).is_some() {
            return format!(
                "the easting lacks the number of its zone, and a false easting of {} is stated; state 500000",
                strip.false_easting
            );
        }
        format!(
            "it is more than {WIDEST}° from the central meridian {}°; the system that is stated belongs to \
             another zone or other data",
            strip.central_meridian
        )
    }
}

/// The number of a zone before an easting of Gauss–Krüger, and the easting without it.
fn split_zone(x: f64) -> (u32, f64) {
    let zone = (x / 1e6).floor();
    if (1.0..=120.0).contains(&zone) {
        (zone as u32, x - zone * 1e6)
    } else {
        (0, x)
    }
}

/// What numbers may be that are no degrees.
fn hint_of_degrees(x: f64, y: f64) -> String {
    if (LonLat { lon: y, lat: x }).is_valid() {
        return "longitude and latitude seem exchanged: degrees east come first".to_owned();
    }
    let save =
        "the layer looks projected: save it in WGS 84 or CGCS 2000 degrees (EPSG:4326, EPSG:4490)";
    let easting = [x, y].into_iter().find_map(|number| {
        let (zone, east) = split_zone(number);
        // The zones of China: 13 to 23 of six degrees, 24 to 45 of three.
        ((13..=45).contains(&zone) && (100_000.0..=900_000.0).contains(&east)).then_some(zone)
    });
    match easting {
        None => save.to_owned(),
        Some(zone) => {
            let (kind, meridian) = if zone >= 24 { ("3", 3) } else { ("6", 6) };
            format!(
                "{save}; its easting begins with {zone}, as in zone {zone} of the {kind}° strips of \
                 Gauss–Krüger (central meridian {}°)",
                epsg::meridian(zone, meridian)
            )
        }
    }
}

fn wgs84() -> &'static Earth {
    Earth::of_code(4326).expect("WGS 84 is among the systems that are known")
}

/// What the degrees of a geographic system are, if they are WGS 84 within two metres.
fn earth_of(geographic: &Wkt) -> Result<&'static Earth, String> {
    let meridian = geographic
        .child("PRIMEM")
        .map_or(Some(0.0), |m| m.number(0));
    if meridian != Some(0.0) {
        return Err(format!(
            "its meridian is not that of Greenwich; {REPROJECT}"
        ));
    }
    let a_degree = std::f64::consts::PI / 180.0;
    let unit = geographic.child("UNIT").and_then(|unit| unit.number(0));
    if unit.is_some_and(|unit| (unit - a_degree).abs() > 1e-9) {
        return Err(format!("its angles are no degrees; {REPROJECT}"));
    }
    let names = [Some(geographic), geographic.child("DATUM")];
    let names: Vec<&str> = names.into_iter().flatten().map(Wkt::name).collect();
    let plain: Vec<String> = names.iter().map(|name| earth::plain(name)).collect();
    if plain
        .iter()
        .any(|name| name.contains("xian") || name.contains("beijing"))
    {
        return Err(format!(
            "Xian 1980 and Beijing 1954 lie up to 150 m off, by an amount that only the local survey \
             office knows; ask it for CGCS 2000, or {REPROJECT} and the parameters of that office"
        ));
    }
    Earth::named(names.into_iter()).ok_or_else(|| {
        let name = geographic.name();
        format!("`{name}` is no system that is known here; {REPROJECT}")
    })
}

const WGS84: &str = "+a=6378137 +rf=298.257223563 +no_defs";
const GRS80: &str = "+a=6378137 +rf=298.257222101 +no_defs";

/// The transverse Mercator strip of a projected system.
fn map_of(system: &Wkt, geographic: &Wkt) -> Result<Map, String> {
    let name = system.child("PROJECTION").map_or("", Wkt::name);
    let unit = system.child("UNIT").and_then(|unit| unit.number(0));
    let is_strip = ["transverse_mercator", "gauss_kruger", "gauss_krüger"]
        .contains(&name.to_lowercase().as_str());
    let Some(unit) = unit.filter(|unit| is_strip && *unit > 0.0) else {
        return Err(format!(
            "the projection `{name}` is not converted here, only Gauss–Krüger and UTM; {REPROJECT}"
        ));
    };
    let parameter = |wanted: &str, otherwise: Option<f64>| {
        system
            .children
            .iter()
            .filter(|child| child.keyword == "PARAMETER")
            .find(|child| child.name().eq_ignore_ascii_case(wanted))
            .map_or(otherwise, |child| child.number(0))
            .ok_or_else(|| format!("the projection has no `{wanted}`; {REPROJECT}"))
    };
    let spheroid = geographic
        .child("DATUM")
        .and_then(|datum| datum.child("SPHEROID"))
        .and_then(|spheroid| Some((spheroid.number(0)?, spheroid.number(1)?)));
    let Some((axis, flattening)) = spheroid else {
        return Err(format!(
            "the ellipsoid has no axis and flattening; {REPROJECT}"
        ));
    };
    let strip = Strip {
        central_meridian: parameter("central_meridian", None)?,
        scale: parameter("scale_factor", Some(1.0))?,
        false_easting: parameter("false_easting", Some(0.0))? * unit,
        false_northing: parameter("false_northing", Some(0.0))? * unit,
    };
    let ellipsoid = format!("+a={axis} +rf={flattening} +no_defs");
    let origin = parameter("latitude_of_origin", Some(0.0))?;
    map_of_strip(strip, origin, unit, &ellipsoid)
}

/// A strip whose numbers are in units of so many metres, from a latitude of origin.
fn map_of_strip(strip: Strip, origin: f64, unit: f64, ellipsoid: &str) -> Result<Map, String> {
    let Strip {
        central_meridian,
        scale,
        false_easting,
        false_northing,
    } = strip;
    let projected = format!(
        "+proj=etmerc +lat_0={origin} +lon_0={central_meridian} +k_0={scale} +x_0={false_easting} \
         +y_0={false_northing} +to_meter={unit} {ellipsoid}"
    );
    let proj = |text: &str| {
        Proj::from_proj_string(text)
            .map_err(|error| format!("its figures cannot be used ({error}); {REPROJECT}"))
    };
    Ok(Map {
        projected: proj(&projected)?,
        degrees: proj(&format!("+proj=longlat {ellipsoid}"))?,
        strip: Some((strip, unit)),
    })
}

#[cfg(test)]
mod tests;
