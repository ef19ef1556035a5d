//! What the numbers of a layer are: degrees, or metres of a Gauss–Krüger or UTM strip, as the `.prj`
//! of a shapefile says in well-known text (WKT 1).

use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::geography::LonLat;
use crate::geography::datum::Datum;
use crate::roads::lines::LinesError;

/// How numbers become positions in WGS 84.
pub(super) struct Coordinates {
    /// What they are, in words.
    pub words: String,
    datum: Datum,
    /// The strip and its degrees, where the numbers are metres.
    strip: Option<(Proj, Proj)>,
}

impl Coordinates {
    /// Degrees: in the datum that was stated, or else what `otherwise` says, which is WGS 84.
    pub(super) fn degrees(stated: Option<Datum>, otherwise: &str) -> Self {
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
            strip: None,
        }
    }

    /// What the text of the `.prj` called `file` says; `stated` says of its degrees what it cannot.
    ///
    /// # Errors
    /// When the text says nothing that is known here.
    pub(super) fn of_prj(
        file: &str,
        text: &str,
        stated: Option<Datum>,
    ) -> Result<Self, LinesError> {
        let bad = |problem: String| LinesError::Coordinates {
            file: file.to_owned(),
            problem,
        };
        let unknown = || {
            bad(format!(
                "this is no coordinate system that is known here; {REPROJECT}"
            ))
        };
        let system = Wkt::parse(text).ok_or_else(unknown)?;
        let geographic = match system.keyword.as_str() {
            "GEOGCS" => &system,
            "PROJCS" => system.child("GEOGCS").ok_or_else(unknown)?,
            _ => return Err(unknown()),
        };
        let earth = earth(geographic).map_err(bad)?;
        let mut coordinates = Self::degrees(stated, &earth);
        if system.keyword == "PROJCS" {
            coordinates.strip = Some(strip(&system, geographic).map_err(bad)?);
            let name = system.texts.first().map_or("", String::as_str);
            coordinates.words = format!("{name}, converted to degrees: {}", coordinates.words);
        }
        Ok(coordinates)
    }

    /// The position at `x` and `y` of feature `number` of `file`.
    ///
    /// # Errors
    /// When that is not on the earth.
    pub(super) fn position(
        &self,
        file: &str,
        number: usize,
        x: f64,
        y: f64,
    ) -> Result<LonLat, LinesError> {
        let position = match &self.strip {
            None => LonLat { lon: x, lat: y },
            Some((strip, degrees)) => {
                let mut point = (x, y, 0.0);
                match transform(strip, degrees, &mut point) {
                    Ok(()) => LonLat {
                        lon: point.0.to_degrees(),
                        lat: point.1.to_degrees(),
                    },
                    Err(_) => LonLat {
                        lon: f64::NAN,
                        lat: f64::NAN,
                    },
                }
            }
        };
        if position.is_valid() {
            return Ok(self.datum.to_wgs84(position));
        }
        Err(LinesError::Projected {
            file: file.to_owned(),
            feature: number,
            x,
            y,
            hint: if self.strip.is_some() {
                "; or the .prj belongs to another layer"
            } else {
                ", or, for a shapefile, put its .prj beside it"
            },
        })
    }
}

const REPROJECT: &str = "save the layer in EPSG:4490 (CGCS 2000) or EPSG:4326 (WGS 84), for example \
                         with \"Save features as\" of QGIS";

/// What the degrees of a geographic system are, if they are WGS 84 within a metre.
fn earth(geographic: &Wkt) -> Result<String, String> {
    let datum = geographic.child("DATUM");
    let names = [Some(geographic), datum]
        .into_iter()
        .flatten()
        .filter_map(|part| part.texts.first())
        .map(|name| name.replace(|c: char| !c.is_alphanumeric(), ""))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| names.contains(word));
    let meridian = geographic
        .child("PRIMEM")
        .map_or(Some(0.0), |m| m.number(0));
    if meridian != Some(0.0) {
        return Err(format!(
            "its meridian is not that of Greenwich; {REPROJECT}"
        ));
    }
    if is(&["wgs1984", "wgs84"]) {
        Ok("WGS 84, by its .prj".to_owned())
    } else if is(&["cgcs2000", "china2000", "chinageodeticcoordinatesystem2000"]) {
        Ok("CGCS 2000, by its .prj; taken as WGS 84, which it is within a metre".to_owned())
    } else if is(&["xian", "beijing"]) {
        Err(format!(
            "Xian 1980 and Beijing 1954 lie up to 150 m off, by an amount that only the local survey \
             office knows; ask it for CGCS 2000, or {REPROJECT} and the parameters of that office"
        ))
    } else {
        Err(format!(
            "`{}` is no system that is known here; {REPROJECT}",
            geographic.texts.first().map_or("", String::as_str)
        ))
    }
}

/// The projection of a transverse Mercator strip, and the degrees below it.
fn strip(system: &Wkt, geographic: &Wkt) -> Result<(Proj, Proj), String> {
    let name = system
        .child("PROJECTION")
        .and_then(|projection| projection.texts.first())
        .map_or("", String::as_str);
    let unit = system.child("UNIT").and_then(|unit| unit.number(0));
    let is_strip = ["transverse_mercator", "gauss_kruger", "gauss_krüger"]
        .contains(&name.to_lowercase().as_str());
    if !is_strip || unit != Some(1.0) {
        return Err(format!(
            "the projection `{name}` is not converted here, only Gauss–Krüger and UTM in metres; \
             {REPROJECT}"
        ));
    }
    let parameter = |wanted: &str, otherwise: Option<f64>| {
        system
            .children
            .iter()
            .filter(|child| child.keyword == "PARAMETER")
            .find(|child| {
                let name = child.texts.first().map_or("", String::as_str);
                name.eq_ignore_ascii_case(wanted)
            })
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
    let ellipsoid = format!("+a={axis} +rf={flattening} +no_defs");
    let strip = format!(
        "+proj=etmerc +lat_0={} +lon_0={} +k_0={} +x_0={} +y_0={} {ellipsoid}",
        parameter("latitude_of_origin", Some(0.0))?,
        parameter("central_meridian", None)?,
        parameter("scale_factor", Some(1.0))?,
        parameter("false_easting", Some(0.0))?,
        parameter("false_northing", Some(0.0))?,
    );
    let proj = |text: &str| {
        Proj::from_proj_string(text)
            .map_err(|error| format!("its figures cannot be used ({error}); {REPROJECT}"))
    };
    Ok((proj(&strip)?, proj(&format!("+proj=longlat {ellipsoid}"))?))
}

/// `KEYWORD["text", 1.0, CHILD[…]]`.
#[derive(Debug, Default)]
struct Wkt {
    keyword: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
    children: Vec<Wkt>,
}

impl Wkt {
    fn parse(text: &str) -> Option<Self> {
        let (wkt, _) = Self::node(text.trim_start_matches('\u{feff}').trim(), 0)?;
        Some(wkt)
    }

    /// One node and the text after it.
    fn node(text: &str, depth: usize) -> Option<(Self, &str)> {
        const DEEPEST: usize = 16;
        let open = text.find(['[', '('])?;
        let mut wkt = Self {
            keyword: text[..open].trim().to_uppercase(),
            ..Self::default()
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if depth > DEEPEST || wkt.keyword.is_empty() || !wkt.keyword.chars().all(is_word) {
            return None;
        }
        let mut rest = text[open + 1..].trim_start();
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                let (value, after) = quoted.split_once('"')?;
                wkt.texts.push(value.to_owned());
                rest = after.trim_start();
            } else {
                let end = rest.find([',', ']', ')', '[', '('])?;
                if rest[end..].starts_with(['[', '(']) {
                    let (child, after) = Self::node(rest, depth + 1)?;
                    wkt.children.push(child);
                    rest = after.trim_start();
                } else {
                    // A word without quotes is the direction of an axis, which is of no use here.
                    wkt.numbers.extend(rest[..end].trim().parse::<f64>().ok());
                    rest = &rest[end..];
                }
            }
            if let Some(after) = rest.strip_prefix(',') {
                rest = after.trim_start();
            } else {
                return Some((wkt, rest.strip_prefix([']', ')'])?));
            }
        }
    }

    fn child(&self, keyword: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.keyword == keyword)
    }

    fn number(&self, index: usize) -> Option<f64> {
        self.numbers.get(index).copied().filter(|n| n.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CGCS: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",
        DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn projected(geographic: &str, projection: &str) -> String {
        format!(
            r#"PROJCS["CGCS2000_3_Degree_GK_Zone_39",{geographic},PROJECTION["{projection}"],
            PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],
            PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],
            PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    }

    fn read(text: &str) -> Result<Coordinates, LinesError> {
        Coordinates::of_prj("roads.prj", text, None)
    }

    #[test]
    fn degrees_of_cgcs_2000_are_taken_as_they_are_and_the_report_says_so() {
        let coordinates = read(CGCS).unwrap();
        assert!(coordinates.words.contains("within a metre"));
        let position = coordinates.position("roads.shp", 1, 115.77, 23.93).unwrap();
        assert_eq!((position.lon, position.lat), (115.77, 23.93));
        let error = coordinates.position("roads.shp", 7, 39_374_821.0, 2_648_000.0);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("feature 7: 39374821, 2648000"), "{error}");
    }

    /// On the central meridian the northing is the length of the meridian from the equator, which
    /// for GRS 80 is 2,655,288.6538 m at 24° (integrated in Python); the easting is the false one.
    #[test]
    fn a_three_degree_strip_becomes_degrees() {
        for projection in ["Gauss_Kruger", "Transverse_Mercator"] {
            let coordinates = read(&projected(CGCS, projection)).unwrap();
            let position = coordinates
                .position("roads.shp", 1, 39_500_000.0, 2_655_288.653_8)
                .unwrap();
            assert!((position.lon - 117.0).abs() < 1e-9, "{position:?}");
            assert!((position.lat - 24.0).abs() < 1e-8, "{position:?}");
        }
    }

    #[test]
    fn the_older_systems_and_other_projections_say_what_to_do() {
        let xian = CGCS.replace("China_Geodetic_Coordinate_System_2000", "Xian_1980");
        let xian = xian.replace("D_China_2000", "D_Xian_1980");
        for text in [xian.clone(), projected(&xian, "Gauss_Kruger")] {
            let error = read(&text).err().unwrap().to_string();
            assert!(error.contains("survey office"), "{error}");
        }
        let mercator = projected(CGCS, "Mercator_Auxiliary_Sphere");
        let error = read(&mercator).err().unwrap().to_string();
        assert!(error.contains("EPSG:4490"), "{error}");
    }

    #[test]
    fn a_torn_prj_is_refused_wherever_it_is_torn() {
        let whole = projected(CGCS, "Gauss_Kruger");
        for (end, _) in whole.char_indices() {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
        assert!(read(&"A[".repeat(100_000)).is_err());
    }
}
