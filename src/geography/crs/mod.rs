//! What the two numbers of a position are: degrees, or metres (or feet) of a map, as a `.prj`, a `crs` of
//! GeoJSON or the `config` of a network says it.

mod earth;
mod map;
pub mod meaning;
mod proj_string;
mod projection;
mod wkt;

use crate::geography::LonLat;
use crate::geography::datum::Datum;

use earth::{Earth, axes, is_near_ellipsoid};
use map::{Map, meridian, split_zone};
use meaning::{Degrees, Meaning, SaidBy};
use proj_string::ProjString;
use wkt::Wkt;

pub use map::REPROJECT;

/// A coordinate system: how numbers become positions in WGS 84.
#[derive(Debug)]
pub struct Crs {
    pub meaning: Meaning,
    datum: Datum,
    /// The map, where the numbers are no degrees.
    map: Option<Map>,
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

/// The Mercator of web maps, by EPSG and as it was called before.
const WEB_MERCATOR: [u32; 3] = [3857, 900_913, 102_100];

impl Crs {
    /// Degrees: in the datum that was stated, or else WGS 84.
    pub fn degrees(stated: Option<Datum>) -> Self {
        Self::with(stated, Degrees::Usual)
    }

    /// Degrees of a system that is WGS 84 or near it; `stated` says of them what that cannot.
    fn with(stated: Option<Datum>, degrees: Degrees) -> Self {
        Self {
            meaning: Meaning {
                projected: None,
                degrees: stated.map_or(degrees, Degrees::Stated),
            },
            datum: stated.unwrap_or_default(),
            map: None,
        }
    }

    /// The same on a map that is called so.
    fn on(self, map: Map, name: &str) -> Self {
        Self {
            map: Some(map),
            meaning: Meaning {
                projected: Some(name.to_owned()),
                ..self.meaning
            },
            ..self
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
    pub fn of_wkt(text: &str, stated: Option<Datum>, by: SaidBy) -> Result<Self, String> {
        let unknown = || format!("this is no coordinate system that is known here; {REPROJECT}");
        let whole = Wkt::parse(text).ok_or_else(unknown)?;
        // Heights stand beside a system of positions.
        let system = match whole.keyword.as_str() {
            "COMPD_CS" => whole.child("PROJCS").or(whole.child("GEOGCS")),
            _ => Some(&whole),
        };
        let system = system.ok_or_else(unknown)?;
        let geographic = match system.keyword.as_str() {
            "GEOGCS" => system,
            "PROJCS" => system.child("GEOGCS").ok_or_else(unknown)?,
            _ => return Err(unknown()),
        };
        let (earth, ellipsoid) = earth_of(geographic)?;
        let crs = Self::with(stated, earth.degrees(by));
        if system.keyword == "GEOGCS" {
            return Ok(crs);
        }
        let projected = projection::of_wkt(system, ellipsoid);
        let map = projected.and_then(|text| Map::of(&ProjString::new(&text)));
        let map = map.map_err(|problem| format!("{problem}; {REPROJECT}"))?;
        Ok(crs.on(map, system.name()))
    }

    /// What a name says: `4326`, `EPSG:4547`, `urn:ogc:def:crs:EPSG::4326`, the address of such a name at
    /// opengis.net, `CRS84`, a string of PROJ, or well-known text.
    ///
    /// # Errors
    /// In words, when it names nothing that is converted here.
    pub fn named(text: &str, stated: Option<Datum>, by: SaidBy) -> Result<Self, String> {
        let text = text.trim();
        let upper = text.to_uppercase();
        if ["GEOGCS", "PROJCS", "COMPD_CS"]
            .iter()
            .any(|keyword| upper.starts_with(keyword))
        {
            return Self::of_wkt(text, stated, by);
        }
        if text.starts_with('+') {
            return Self::of_proj(text, stated, by);
        }
        let unknown = || format!("`{text}` is no system that is known here; {REPROJECT}");
        let last = upper
            .rsplit([':', '/', '=', '#'])
            .next()
            .unwrap_or_default();
        if matches!(last.trim(), "CRS84" | "CRS84H") {
            return Self::of_epsg(4326, stated, by);
        }
        if let Ok(code) = last.trim().parse::<u32>() {
            // Codes of others are other systems.
            let is_of_epsg = upper.contains("EPSG") || last == upper;
            return match is_of_epsg || WEB_MERCATOR.contains(&code) {
                true => Self::of_epsg(code, stated, by),
                false => Err(unknown()),
            };
        }
        let earth = Earth::named(text).ok_or_else(unknown)?;
        Ok(Self::with(stated, earth.degrees(by)))
    }

    fn of_epsg(code: u32, stated: Option<Datum>, by: SaidBy) -> Result<Self, String> {
        let name = format!("EPSG:{code}");
        if let Some(earth) = Earth::of_code(code) {
            return Ok(Self::with(stated, earth.degrees(by)));
        }
        if WEB_MERCATOR.contains(&code) {
            let web = ProjString::new(projection::WEB_MERCATOR);
            return Ok(Self::with(stated, web.degrees(by)?)
                .on(Map::of(&web)?, &format!("{name} (web Mercator)")));
        }
        // As PostGIS has them.
        let definition = u16::try_from(code)
            .ok()
            .and_then(crs_definitions::from_code);
        let Some(definition) = definition else {
            return Err(format!(
                "{name} is not known here; write its PROJ string (\"+proj=…\", as epsg.io shows it) in its \
                 place, or {REPROJECT}"
            ));
        };
        let system = Wkt::parse(definition.wkt);
        let of_name = system.as_ref().map_or("", Wkt::name);
        let read = Self::of_wkt(definition.wkt, stated, by);
        let mut crs = read.map_err(|problem| format!("{name} ({of_name}): {problem}"))?;
        crs.meaning.projected = crs
            .meaning
            .projected
            .map(|of_name| format!("{name} ({of_name})"));
        Ok(crs)
    }

    fn of_proj(text: &str, stated: Option<Datum>, by: SaidBy) -> Result<Self, String> {
        let proj = ProjString::new(text);
        if let Some(code) = proj.value("+init") {
            return Self::named(code, stated, by);
        }
        let bad = |problem: String| format!("`{text}`: {problem}; {REPROJECT}");
        let crs = Self::with(stated, proj.degrees(by).map_err(bad)?);
        if proj.is_degrees() {
            return Ok(crs);
        }
        Ok(crs.on(Map::of(&proj).map_err(bad)?, text))
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
            let (kind, width) = if zone >= 24 { ("3", 3) } else { ("6", 6) };
            format!(
                "{save}; its easting begins with {zone}, as in zone {zone} of the {kind}° strips of \
                 Gauss–Krüger (central meridian {}°)",
                meridian(zone, width)
            )
        }
    }
}

/// What the degrees of a geographic system are, if they are WGS 84 within a few metres; and its ellipsoid, as a
/// longer half axis and an inverse flattening.
fn earth_of(geographic: &Wkt) -> Result<(&'static Earth, [f64; 2]), String> {
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
    let datum = geographic.child("DATUM");
    let names = [Some(geographic), datum].map(|named| named.map_or("", Wkt::name));
    let is_older = |name: &&str| {
        let plain = earth::plain(name);
        plain.contains("xian") || plain.contains("beijing")
    };
    if names.iter().any(is_older) {
        return Err(format!(
            "Xian 1980 and Beijing 1954 lie up to 150 m off, by an amount that only the local survey \
             office knows; ask it for CGCS 2000, or {REPROJECT} and the parameters of that office"
        ));
    }
    let other = || {
        let [system, datum] = names;
        format!(
            "its datum `{}` is not WGS 84, nor near it by a known distance (OSGB36, DHDN, Tokyo and other older \
             surveys lie up to some 100 m off, which is not converted here); {REPROJECT}",
            if datum.is_empty() { system } else { datum }
        )
    };
    let spheroid = datum.and_then(|datum| datum.child("SPHEROID"));
    let ellipsoid = spheroid.and_then(|spheroid| Some([spheroid.number(0)?, spheroid.number(1)?]));
    let ellipsoid = ellipsoid
        .ok_or_else(|| format!("its ellipsoid has no axis and flattening; {REPROJECT}"))?;
    let [axis, flattening] = ellipsoid;
    let is_moved = datum
        .and_then(|datum| datum.child("TOWGS84"))
        .is_some_and(|shift| (0..7).any(|part| shift.number(part).is_some_and(|by| by != 0.0)));
    // The datum says what the degrees are; offices call the system itself as they like.
    let earth = names.into_iter().rev().find_map(Earth::named);
    let earth = earth.ok_or_else(other)?;
    if !is_near_ellipsoid(axes(axis, flattening)) {
        return Err(format!(
            "its ellipsoid ({axis}, {flattening}) is not that of its datum `{}` but of another survey; {REPROJECT}",
            names[1]
        ));
    }
    if is_moved {
        return Err(format!(
            "its datum `{}` is moved against WGS 84 (TOWGS84), which is not converted here; {REPROJECT}",
            names[1]
        ));
    }
    Ok((earth, ellipsoid))
}

#[cfg(test)]
mod tests;
