//! The projections of well-known text, as strings of PROJ.

use crate::geography::crs::earth::plain;
use crate::geography::crs::wkt::Wkt;

/// A projection: how texts of GDAL and ESRI call it, how PROJ does, and its figures.
struct Projection {
    /// In small letters and figures only.
    names: &'static [&'static str],
    proj: &'static str,
    figures: &'static [Figure],
}

/// A figure of a projection beside its false easting and northing.
struct Figure {
    key: &'static str,
    /// The parameters that may say it, in small letters.
    names: &'static [&'static str],
    /// Where none does.
    otherwise: Option<f64>,
}

const fn figure(
    key: &'static str,
    names: &'static [&'static str],
    otherwise: Option<f64>,
) -> Figure {
    Figure {
        key,
        names,
        otherwise,
    }
}

const MERIDIANS: &[&str] = &[
    "central_meridian",
    "longitude_of_center",
    "longitude_of_origin",
];
const ORIGINS: &[&str] = &["latitude_of_origin", "latitude_of_center"];
const MERIDIAN: Figure = figure("lon_0", MERIDIANS, None);
const ORIGIN: Figure = figure("lat_0", ORIGINS, None);
const EQUATOR: Figure = figure("lat_0", ORIGINS, Some(0.0));
const SCALE: Figure = figure("k_0", &["scale_factor"], Some(1.0));
const FIRST: Figure = figure("lat_1", &["standard_parallel_1"], None);
const SECOND: Figure = figure("lat_2", &["standard_parallel_2"], None);

#[rustfmt::skip]
const PROJECTIONS: [Projection; 9] = [
    // Krüger's series (1912), good to far more than a strip.
    Projection { names: &["transversemercator", "gausskruger", "gausskrüger"], proj: "etmerc", figures: &[MERIDIAN, EQUATOR, SCALE] },
    Projection { names: &["lambertconformalconic2sp", "lambertconformalconic"], proj: "lcc", figures: &[FIRST, SECOND, ORIGIN, MERIDIAN] },
    Projection { names: &["lambertconformalconic1sp"], proj: "lcc", figures: &[figure("lat_1", ORIGINS, None), ORIGIN, MERIDIAN, SCALE] },
    Projection { names: &["albersconicequalarea", "albers"], proj: "aea", figures: &[FIRST, SECOND, ORIGIN, MERIDIAN] },
    Projection { names: &["lambertazimuthalequalarea"], proj: "laea", figures: &[ORIGIN, MERIDIAN] },
    Projection { names: &["mercator1sp"], proj: "merc", figures: &[MERIDIAN, SCALE] },
    Projection { names: &["mercator2sp", "mercator"], proj: "merc", figures: &[MERIDIAN, figure("lat_ts", &["standard_parallel_1"], None)] },
    Projection { names: &["obliquestereographic", "doublestereographic"], proj: "sterea", figures: &[ORIGIN, MERIDIAN, SCALE] },
    Projection { names: &["cassinisoldner", "cassini"], proj: "cass", figures: &[ORIGIN, MERIDIAN] },
];

/// The Mercator of web maps, whose degrees are WGS 84, though its formulas take them for those of a sphere.
pub(super) const WEB_MERCATOR: &str = "+proj=merc +a=6378137 +b=6378137 +no_defs";

/// A projected system as a string of PROJ, on an ellipsoid of a longer half axis and an inverse flattening.
///
/// # Errors
/// In words, when its projection is not converted here, or lacks a figure.
pub(super) fn of_wkt(system: &Wkt, [axis, flattening]: [f64; 2]) -> Result<String, String> {
    let unit = system.child("UNIT").and_then(|unit| unit.number(0));
    let unit = unit.filter(|unit| *unit > 0.0);
    let unit = unit.ok_or("the unit of its numbers is not said")?;
    if is_web_mercator(system) {
        return Ok(format!("{WEB_MERCATOR} +to_meter={unit}"));
    }
    let name = system.child("PROJECTION").map_or("", Wkt::name);
    let known = PROJECTIONS
        .iter()
        .find(|known| known.names.contains(&plain(name).as_str()));
    let known = known.ok_or_else(|| {
        format!(
            "the projection `{name}` is not converted here, only Gauss–Krüger and UTM (transverse Mercator), \
             Lambert's conformal conic and equal-area, Albers, Mercator, Cassini and the oblique stereographic"
        )
    })?;
    let parameter = |names: &[&str]| {
        let mut parameters = system.children.iter();
        parameters
            .find(|child| {
                child.keyword == "PARAMETER"
                    && names.contains(&child.name().to_lowercase().as_str())
            })
            .and_then(|child| child.number(0))
    };
    let mut text = format!("+proj={}", known.proj);
    for figure in known.figures {
        let value = parameter(figure.names).or(figure.otherwise);
        let value = value
            .ok_or_else(|| format!("the projection has no `{}`", figure.names.join("` or `")))?;
        text += &format!(" +{}={value}", figure.key);
    }
    for (key, name) in [("x_0", "false_easting"), ("y_0", "false_northing")] {
        let value = parameter(&[name]).unwrap_or(0.0) * unit;
        text += &format!(" +{key}={value}");
    }
    Ok(format!(
        "{text} +to_meter={unit} +a={axis} +rf={flattening} +no_defs"
    ))
}

/// GDAL writes Mercator and says in an extension, or by the name alone, that it is that of web maps.
fn is_web_mercator(system: &Wkt) -> bool {
    let projection = plain(system.child("PROJECTION").map_or("", Wkt::name));
    let name = plain(system.name());
    let is_named = name.contains("webmercator") || name.contains("pseudomercator");
    projection == "mercatorauxiliarysphere"
        || projection == "popularvisualisationpseudomercator"
        || (is_named && projection == "mercator1sp")
}
