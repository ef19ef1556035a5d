use super::*;
use crate::geography::geojson_crs::of_document;

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

fn read(text: &str) -> Result<Crs, String> {
    Crs::of_wkt(text, None, "its .prj")
}

fn assert_at(position: LonLat, lon: f64, lat: f64) {
    assert!((position.lon - lon).abs() < 1e-7, "{position:?}");
    assert!((position.lat - lat).abs() < 1e-7, "{position:?}");
}

#[test]
fn degrees_of_cgcs_2000_are_taken_as_they_are_and_the_report_says_so() {
    let crs = read(CGCS).unwrap();
    assert!(crs.words.contains("within a metre"));
    let position = crs.position(115.77, 23.93).unwrap();
    assert_eq!((position.lon, position.lat), (115.77, 23.93));
    let error = crs.position(39_374_821.0, 2_648_000.0).unwrap_err();
    let error = error.to_string();
    assert!(
        error.starts_with("39374821, 2648000 is no position"),
        "{error}"
    );
    assert!(error.contains("zone 39 of the 3° strips"), "{error}");
    let exchanged = crs.position(23.93, 115.77).unwrap_err().to_string();
    assert!(exchanged.contains("seem exchanged"), "{exchanged}");
}

/// On the central meridian the northing is the length of the meridian from the equator, which for GRS 80 is
/// 2,655,288.6538 m at 24° (integrated in Python); the easting is the false one.
#[test]
fn a_three_degree_strip_becomes_degrees() {
    for projection in ["Gauss_Kruger", "Transverse_Mercator"] {
        let crs = read(&projected(CGCS, projection)).unwrap();
        assert_at(
            crs.position(39_500_000.0, 2_655_288.653_8).unwrap(),
            117.0,
            24.0,
        );
    }
    // The same by its code, and without the number of the zone by another.
    let crs = Crs::named("EPSG:4527", None, "config.csv").unwrap();
    assert_at(
        crs.position(39_500_000.0, 2_655_288.653_8).unwrap(),
        117.0,
        24.0,
    );
    let crs = Crs::named("urn:ogc:def:crs:EPSG::4548", None, "config.csv").unwrap();
    assert_at(
        crs.position(500_000.0, 2_655_288.653_8).unwrap(),
        117.0,
        24.0,
    );
}

/// The same strip in feet: its numbers are those of metres over 0.3048.
#[test]
fn a_strip_may_be_in_feet() {
    let feet = projected(CGCS, "Gauss_Kruger")
        .replace("39500000.0", "0.0")
        .replace(r#"UNIT["Meter",1.0]"#, r#"UNIT["Foot",0.3048]"#);
    let crs = read(&feet).unwrap();
    assert_at(
        crs.position(0.0, 2_655_288.653_8 / 0.3048).unwrap(),
        117.0,
        24.0,
    );
}

#[test]
fn a_strip_says_what_may_have_happened_to_its_numbers() {
    let prefixed = read(&projected(CGCS, "Gauss_Kruger")).unwrap();
    let plain = Crs::named("4548", None, "config.csv").unwrap();
    for (crs, x, y, said) in [
        (
            &prefixed,
            2_655_288.0,
            39_500_000.0,
            "northing seem exchanged",
        ),
        (
            &prefixed,
            500_000.0,
            2_655_288.0,
            "lacks the number of its zone",
        ),
        (&plain, 39_500_000.0, 2_655_288.0, "state 39500000"),
        (
            &plain,
            38_500_000.0,
            2_655_288.0,
            "whose central meridian is 114°",
        ),
        (
            &plain,
            1_900_000.0,
            2_655_288.0,
            "another zone or other data",
        ),
        (&plain, 115.77, 23.93, "degrees already"),
    ] {
        let error = crs.position(x, y).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

/// UTM zone 19 north at 323000, 4698000 (a junction of Arlington, Massachusetts), by Krüger's series in Python.
#[test]
fn strips_of_utm_are_known_by_code_and_as_a_string_of_proj() {
    for name in ["32619", "+proj=utm +zone=19 +datum=WGS84 +units=m +no_defs"] {
        let crs = Crs::named(name, None, "config.csv").unwrap();
        assert_at(
            crs.position(323_000.0, 4_698_000.0).unwrap(),
            UTM_19[0],
            UTM_19[1],
        );
    }
}

const UTM_19: [f64; 2] = [-71.151_184_655, 42.414_130_266];

/// 111,319.490793 m on the sphere of 6,378,137 m are a degree of longitude.
#[test]
fn the_mercator_of_web_maps_is_known() {
    let crs = Crs::named("EPSG:3857", None, "its `crs`").unwrap();
    assert_at(
        crs.position(111_319.490_793 * 117.0, 0.0).unwrap(),
        117.0,
        0.0,
    );
}

#[test]
fn what_is_not_converted_is_refused_by_its_name() {
    let xian = CGCS.replace("China_Geodetic_Coordinate_System_2000", "Xian_1980");
    let xian = xian.replace("D_China_2000", "D_Xian_1980");
    for text in [xian.clone(), projected(&xian, "Gauss_Kruger")] {
        let error = read(&text).unwrap_err();
        assert!(error.contains("survey office"), "{error}");
    }
    let mercator = projected(CGCS, "Mercator_Auxiliary_Sphere");
    let error = read(&mercator).unwrap_err();
    assert!(error.contains("EPSG:4490"), "{error}");
    for name in [
        "3735",
        "ESRI:102003",
        "WGS 84 / UTM zone 33N",
        "+proj=longlat +ellps=krass",
        "mars",
    ] {
        let error = Crs::named(name, None, "config.csv").unwrap_err();
        let last = name.rsplit(':').next().unwrap();
        assert!(error.contains(last), "{error}");
    }
}

#[test]
fn a_torn_prj_is_refused_wherever_it_is_torn() {
    let whole = projected(CGCS, "Gauss_Kruger");
    for (end, _) in whole.char_indices() {
        assert!(read(&whole[..end]).is_err(), "{end}");
    }
    assert!(read(&"A[".repeat(100_000)).is_err());
}

#[test]
fn every_form_of_a_crs_of_geojson_is_honoured_or_refused() {
    let of = |crs: &str| {
        let text = format!(r#"{{"type": "FeatureCollection", "features": [], "crs": {crs}}}"#);
        of_document(&text.parse().unwrap(), None)
    };
    for crs in [
        r#"{"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}"#,
        r#"{"type": "name", "properties": {"name": "EPSG:4490"}}"#,
        r#"{"type": "EPSG", "properties": {"code": 4326}}"#,
        r#"{"type": "EPSG", "properties": {"code": "4269"}}"#,
        r#"{"type": "link", "properties": {"href": "http://www.opengis.net/def/crs/EPSG/0/4326", "type": "ogcwkt"}}"#,
        r#""EPSG:4326""#,
    ] {
        assert!(of(crs).unwrap().is_degrees(), "{crs}");
    }
    let strip = of(r#"{"type": "EPSG", "properties": {"code": 4548}}"#).unwrap();
    assert_at(
        strip.position(500_000.0, 2_655_288.653_8).unwrap(),
        117.0,
        24.0,
    );
    for crs in [
        "null",
        "{}",
        r#"{"type": "name", "properties": {"name": "EPSG:2154"}}"#,
        r#"{"type": "link", "properties": {"href": "http://example.com/crs/42", "type": "proj4"}}"#,
    ] {
        let error = of(crs).unwrap_err();
        assert!(error.starts_with("its `crs` is"), "{error}");
    }
    let feature = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
        "geometry": null, "crs": {"type": "EPSG", "properties": {"code": 4548}}}]}"#;
    let error = of_document(&feature.parse().unwrap(), None).unwrap_err();
    assert!(
        error.contains("feature 1 has a `crs` of its own"),
        "{error}"
    );
}
