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
    Crs::of_wkt(text, None, SaidBy::Prj)
}

/// The name of a system near WGS 84, and how far from it.
fn near(crs: &Crs) -> (&str, f64) {
    match &crs.meaning.degrees {
        Degrees::Near { name, metres, .. } => (name, *metres),
        other => panic!("{other:?}"),
    }
}

fn assert_at(position: LonLat, lon: f64, lat: f64) {
    assert!((position.lon - lon).abs() < 1e-7, "{position:?}");
    assert!((position.lat - lat).abs() < 1e-7, "{position:?}");
}

#[test]
fn degrees_of_cgcs_2000_are_taken_as_they_are_and_the_report_says_so() {
    let crs = read(CGCS).unwrap();
    assert_eq!(near(&crs), ("CGCS 2000", 1.0));
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
    let crs = Crs::named("EPSG:4527", None, SaidBy::Config).unwrap();
    assert_at(
        crs.position(39_500_000.0, 2_655_288.653_8).unwrap(),
        117.0,
        24.0,
    );
    let crs = Crs::named("urn:ogc:def:crs:EPSG::4548", None, SaidBy::Config).unwrap();
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
    let plain = Crs::named("4548", None, SaidBy::Config).unwrap();
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
        let crs = Crs::named(name, None, SaidBy::Config).unwrap();
        assert_at(
            crs.position(323_000.0, 4_698_000.0).unwrap(),
            UTM_19[0],
            UTM_19[1],
        );
    }
}

const UTM_19: [f64; 2] = [-71.151_184_655, 42.414_130_266];

/// Each figure by PROJ 9.5 (pyproj) from the degrees behind it, in the system's own datum.
#[test]
fn systems_of_countries_are_known_by_their_codes() {
    for (code, x, y, lon, lat) in [
        (2154, 652_469.023, 6_862_035.259, 2.352_2, 48.856_6),
        (3035, 4_356_099.194, 3_098_862.493, 10.5, 51.0),
        (3812, 648_679.018, 671_067.056, 4.35, 50.85),
        (25_833, 880_225.322, 7_797_150.990, 25.0, 70.0),
        (2180, 636_640.467, 483_432.201, 21.0, 52.2),
        (2193, 1_749_045.803, 5_427_521.383, 174.78, -41.29),
        (3005, 1_211_274.175, 474_734.103, -123.1, 49.25),
        (6677, -7_543.124, -35_499.182, 139.75, 35.68),
        (3006, 755_944.899, 7_085_159.012, 20.2, 63.8),
        (3414, 29_856.493, 31_372.920, 103.85, 1.3),
        (3826, 300_470.412, 2_765_870.634, 121.5, 25.0),
        (5186, 200_000.000, 544_504.123, 127.0, 37.5),
        (2276, 2_490_815.981, 6_978_211.924, -96.8, 32.8),
        (5070, 517_298.058, 1_746_411.594, -90.0, 38.6),
        (3395, 1_224_514.399, 5_749_599.546, 11.0, 46.0),
    ] {
        let crs = Crs::named(&format!("EPSG:{code}"), None, SaidBy::Config);
        let crs = crs.unwrap_or_else(|error| panic!("{error}"));
        let position = crs
            .position(x, y)
            .unwrap_or_else(|error| panic!("{code}: {error}"));
        let off = position.distance(LonLat { lon, lat }).0;
        assert!(off < 0.01, "{code}: {position:?} is {off} m off");
    }
}

#[test]
fn systems_of_older_surveys_are_refused_by_the_name_of_their_datum() {
    for (code, datum) in [
        (27_700, "OSGB_1936"),
        (28_992, "Amersfoort"),
        (31_467, "Deutsches_Hauptdreiecksnetz"),
        (2056, "CH1903+"),
        (5514, "Katastralni"),
        (2326, "Hong_Kong_1980"),
        (3405, "Vietnam_2000"),
        (4267, "North_American_Datum_1927"),
        (4807, "Greenwich"),
    ] {
        let error = Crs::named(&code.to_string(), None, SaidBy::Config).unwrap_err();
        assert!(
            error.contains(datum) && error.contains("EPSG:4326"),
            "{error}"
        );
        assert!(error.starts_with(&format!("EPSG:{code} (")), "{error}");
    }
}

/// Of the 6,184 definitions that are there, those near WGS 84 on a projection that is converted.
#[test]
fn no_definition_makes_the_reader_panic_and_most_near_ones_are_converted() {
    let all = (1024..=u32::from(u16::MAX)).map(|code| Crs::of_epsg(code, None, SaidBy::Config));
    assert!(all.flatten().count() > 2_500);
}

const PLAIN: &str = "+proj=longlat +datum=WGS84 +no_defs";

#[test]
fn a_string_of_proj_is_refused_where_its_earth_or_degrees_are_others() {
    for text in [
        PLAIN,
        "+proj=longlat +ellps=GRS80 +pm=greenwich +no_defs",
        "+proj=longlat +a=6378137 +rf=298.257222101",
        "+proj=tmerc +lon_0=117 +x_0=500000 +a=6378137 +b=6356752.3142 +units=m",
        "+proj=tmerc +lon_0=117 +x_0=500000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0",
        "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +no_defs",
    ] {
        let crs = Crs::named(text, None, SaidBy::Config);
        assert!(crs.is_ok(), "{text}: {crs:?}");
    }
    for (text, said) in [
        (
            "+proj=tmerc +lon_0=117 +a=6378140 +b=6356755.288",
            "older survey",
        ),
        (
            "+proj=tmerc +lon_0=117 +ellps=GRS80 +a=6378140 +rf=298.257",
            "older survey",
        ),
        ("+proj=longlat +ellps=krass", "older survey"),
        ("+proj=longlat +a=6378137", "older survey"),
        ("+proj=longlat +a=6378137 +b=6378137", "older survey"),
        ("+proj=longlat +datum=potsdam", "datum potsdam"),
        ("+proj=longlat +ellps=GRS80 +pm=paris", "Greenwich"),
        (
            "+proj=tmerc +lon_0=0 +datum=WGS84 +pm=2.337229",
            "Greenwich",
        ),
        ("+proj=longlat +R=6371000", "sphere"),
        ("+proj=tmerc +lon_0=117 +ellps=WGS84 +R_A", "sphere"),
        ("+proj=utm +zone=50", "nothing says"),
        ("+proj=longlat +datum=WGS84 +to_meter=0.9", "+to_meter=0.9"),
        ("+proj=longlat +datum=WGS84 +axis=neu", "+axis=neu"),
        ("+proj=longlat +datum=WGS84 +geoc", "+geoc"),
        ("+proj=utm +zone=50 +datum=WGS84 +axis=neu", "+axis=neu"),
        ("+proj=geocent +datum=WGS84", "centre of the earth"),
        ("+proj=longlat +ellps=GRS80 +towgs84=1,2,3", "moved"),
        ("+proj=longlat +ellps=GRS80 +nadgrids=a.gsb", "grid a.gsb"),
    ] {
        let error = Crs::named(text, None, SaidBy::Config).unwrap_err();
        assert!(error.contains(said), "{text}: {error}");
    }
    let crs = Crs::named("+proj=longlat +ellps=GRS80", None, SaidBy::Config).unwrap();
    assert_eq!(
        crs.meaning.degrees,
        Degrees::OfEllipsoid { by: SaidBy::Config }
    );
}

#[test]
fn the_datum_and_its_ellipsoid_have_to_be_those_of_the_name() {
    // Named well, on the ellipsoid of Xian 1980.
    let other = CGCS.replace("6378137.0,298.257222101", "6378140.0,298.257");
    let error = read(&other).unwrap_err();
    assert!(error.contains("D_China_2000"), "{error}");
    let moved = CGCS.replace(
        "]],\n    PRIMEM",
        "],TOWGS84[-15.8,-154.4,-82.3,0,0,0,0]],\n    PRIMEM",
    );
    let error = read(&moved).unwrap_err();
    assert!(error.contains("TOWGS84"), "{error}");
    // An office calls the system as it likes.
    let own = CGCS.replace(
        "GCS_China_Geodetic_Coordinate_System_2000",
        "GCS_User_Defined",
    );
    assert_eq!(near(&read(&own).unwrap()), ("CGCS 2000", 1.0));
}

#[test]
fn heights_beside_a_system_do_not_matter() {
    let heights = r#"VERT_CS["Yellow Sea 1985",VERT_DATUM["Huanghai",2005],UNIT["metre",1]]"#;
    let compound = format!(
        r#"COMPD_CS["with heights",{},{heights}]"#,
        projected(CGCS, "Gauss_Kruger")
    );
    let crs = read(&compound).unwrap();
    assert_at(
        crs.position(39_500_000.0, 2_655_288.653_8).unwrap(),
        117.0,
        24.0,
    );
    assert!(read(&format!(r#"COMPD_CS["heights alone",{heights}]"#)).is_err());
}

/// As ESRI, GDAL and QGIS write it.
#[test]
fn the_mercator_of_web_maps_is_known_as_a_prj() {
    let wgs84 = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    for (name, projection) in [
        (
            "WGS_1984_Web_Mercator_Auxiliary_Sphere",
            "Mercator_Auxiliary_Sphere",
        ),
        ("WGS 84 / Pseudo-Mercator", "Mercator_1SP"),
    ] {
        let text = format!(
            r#"PROJCS["{name}",{wgs84},PROJECTION["{projection}"],PARAMETER["Central_Meridian",0.0],
            PARAMETER["scale_factor",1.0],UNIT["Meter",1.0]]"#
        );
        // The sphere: y is R ln tan(45° + 12°).
        let crs = read(&text).unwrap();
        let y = 6_378_137.0 * 57.0_f64.to_radians().tan().ln();
        assert_at(
            crs.position(111_319.490_793 * 117.0, y).unwrap(),
            117.0,
            24.0,
        );
        assert_eq!(near(&crs), ("WGS 84", 0.0));
    }
}

#[test]
fn names_are_understood_in_the_forms_that_programs_write() {
    for name in [
        "http://www.opengis.net/gml/srs/epsg.xml#4326",
        "http://www.opengis.net/def/crs/EPSG/0/4326",
        "urn:x-ogc:def:crs:EPSG:4326",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "OGC:CRS84",
        "epsg:4326",
        "4326",
        "WGS 84",
    ] {
        let crs = Crs::named(name, None, SaidBy::GeoJsonCrs).unwrap();
        assert!(crs.meaning.is_wgs84(), "{name}");
    }
}

/// 111,319.490793 m on the sphere of 6,378,137 m are a degree of longitude.
#[test]
fn the_mercator_of_web_maps_is_known() {
    let crs = Crs::named("EPSG:3857", None, SaidBy::GeoJsonCrs).unwrap();
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
    let oblique = projected(CGCS, "Hotine_Oblique_Mercator");
    let error = read(&oblique).unwrap_err();
    assert!(error.contains("EPSG:4490"), "{error}");
    for name in [
        "32768",
        "ESRI:102003",
        "NKG:4326",
        "WGS 84 / UTM zone 33N",
        "NAD_1983_StatePlane_Texas_North_Central_FIPS_4202",
        "mars",
    ] {
        let error = Crs::named(name, None, SaidBy::Config).unwrap_err();
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
        r#"{"type": "name", "properties": {"name": "EPSG:27700"}}"#,
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
