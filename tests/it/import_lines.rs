//! `brigade import lines` on small layers made by hand: what it writes, and how it refuses.

use std::fs;
use std::path::Path;

use assert_cmd::assert::Assert;
use brigade::files::Source;
use brigade::geography::LonLat;
use brigade::geography::datum::Datum;
use brigade::roads::class::RoadClass;
use brigade::roads::drivable::drivable_part;
use brigade::roads::gmns;
use brigade::roads::lines::mapping::Mapping;
use brigade::roads::lines::{geojson, network};
use brigade::roads::profile::Profile;
use brigade::roads::surface::Surface;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use shapefile::dbase::{FieldValue, Record, TableWriterBuilder, Unicode};
use shapefile::{Point, Polyline};

use crate::small_county::brigade;

/// ```text
///        d
///        |      G205 goes through and has a point where the village road ends; the town road ends
/// a--b---c--e   on it at b, 0.4 m off; the lane from e falls 3 m short
/// ```
pub const ROADS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"no":"G205","class":"二级","limit":60,"surface":"沥青","lanes":2},
 "geometry":{"type":"LineString","coordinates":[[115.0,23.9],[115.2,23.9],[115.3,23.9]]}},
{"type":"Feature","properties":{"no":"Y1","class":"四级","limit":"30 km/h","surface":"石头"},
 "geometry":{"type":"MultiLineString","coordinates":[[[115.2,24.0],[115.2,23.9]]]}},
{"type":"Feature","properties":{"no":"C2","class":"村道","limit":"慢"},
 "geometry":{"type":"LineString","coordinates":[[115.1,23.8],[115.1,23.899996]]}},
{"type":"Feature","properties":{"no":"L","class":"四级"},
 "geometry":{"type":"LineString","coordinates":[[115.25,23.900027],[115.25,23.95]]}},
{"type":"Feature","properties":{"class":"小路"},
 "geometry":{"type":"LineString","coordinates":[[115.0,23.9],[115.0,24.0]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[115.0,23.9]}}
]}"#;

pub const MAPPING: &str = r#"
[class]
column = "class"
default = "unclassified"
values = { "二级" = "primary", "四级" = "tertiary", "小路" = "drop" }
[speed]
column = "limit"
[surface]
column = "surface"
values = { "沥青" = "paved" }
[columns]
id = "no"
name = "no"
lanes = "lanes"
width = "宽"
"#;

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn import(folder: &Path, file: &str, more: &[&str]) -> Assert {
    brigade()
        .current_dir(folder)
        .args(["import", "lines", file, "--mapping", "mapping.toml"])
        .args(["--output", "out"])
        .args(more)
        .assert()
}

/// 0.1° north of 23.8° is 11,075.6 m, and 0.1° east at 23.9° north 10,183.0 m. Of
/// 58.2 km, the lane of 5.5 km hangs free.
#[test]
fn a_small_layer_is_joined_and_reported() {
    let folder = folder_with(&[
        ("roads.geojson", ROADS.as_bytes()),
        ("mapping.toml", MAPPING.as_bytes()),
    ]);
    import(folder.path(), "roads.geojson", &[])
        .success()
        .stdout(contains("4 of 6 features"))
        .stdout(contains("1 dropped: a point, not a line"))
        .stdout(contains("1 dropped: dropped by the mapping's `class`"))
        .stdout(contains("class by the mapping's default: `村道` ×1"))
        .stdout(contains("limit not understood: `慢` ×1"))
        .stdout(contains("surface not understood: `石头` ×1"))
        .stdout(contains("no feature has: 宽"))
        .stdout(contains("1 end on another line"))
        .stdout(contains("1 end hangs free within 5 m"))
        .stdout(contains("58.2 km drivable, 52.7 km connected"));
    let links = fs::read_to_string(folder.path().join("out/network/link.csv")).unwrap();
    let first = links.lines().nth(1).unwrap();
    assert!(
        first.starts_with("G205-1,1,2,0,10183.0,primary,60,G205,observed,2,paved,"),
        "{first}"
    );
    // The class of the village road is the mapping's default, not the layer's word.
    assert!(
        links.contains("C2-1,6,2,0,11075.2,unclassified,,C2,assumed,"),
        "{links}"
    );
    let json = fs::read_to_string(folder.path().join("out/import.json")).unwrap();
    assert!(json.contains("\"dangling_ends\": 1"), "{json}");
}

/// Two ends are 8 cm apart, which the millionths of a degree that are written make 11 cm: within a tolerance of 10 cm
/// they are one junction, as they were drawn.
#[test]
fn ends_meet_as_they_were_drawn() {
    let layer = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"class":"二级"},
         "geometry":{"type":"LineString","coordinates":[[115.0,23.8],[115.0,23.9000004]]}},
        {"type":"Feature","properties":{"class":"二级"},
         "geometry":{"type":"LineString","coordinates":[[115.0,23.9000011],[115.0,24.0]]}}]}"#;
    let mapping = "tolerance = \"0.1 m\"\n[class]\ncolumn = \"class\"\ndefault = \"road\"\nvalues = { \"二级\" = \"primary\" }\n";
    let folder = folder_with(&[
        ("roads.geojson", layer.as_bytes()),
        ("mapping.toml", mapping.as_bytes()),
    ]);
    import(folder.path(), "roads.geojson", &[])
        .success()
        .stdout(contains("22.2 km drivable, 22.2 km connected"));
    let nodes = fs::read_to_string(folder.path().join("out/network/node.csv")).unwrap();
    assert_eq!(nodes.lines().count(), 4, "{nodes}");
}

/// Two side roads end on a road 3 cm apart, beyond the tolerance: in what is written they end at one junction, and no
/// road is without length.
#[test]
fn what_is_written_at_one_place_is_one_junction() {
    let layer = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"class":"二级"},
         "geometry":{"type":"LineString","coordinates":[[115.0,23.8],[115.0,24.0]]}},
        {"type":"Feature","properties":{"class":"二级"},
         "geometry":{"type":"LineString","coordinates":[[115.1,23.9],[115.0,23.9000001]]}},
        {"type":"Feature","properties":{"class":"二级"},
         "geometry":{"type":"LineString","coordinates":[[114.9,23.9],[115.0,23.9000004]]}}]}"#;
    let mapping = "tolerance = \"0.01 m\"\n[class]\ncolumn = \"class\"\ndefault = \"road\"\nvalues = { \"二级\" = \"primary\" }\n";
    let folder = folder_with(&[
        ("roads.geojson", layer.as_bytes()),
        ("mapping.toml", mapping.as_bytes()),
    ]);
    import(folder.path(), "roads.geojson", &[]).success();
    let read =
        |file: &str| fs::read_to_string(folder.path().join("out/network").join(file)).unwrap();
    let [nodes, links] = ["node.csv", "link.csv"].map(read);
    assert_eq!(nodes.matches("115.000000,23.900000").count(), 1, "{nodes}");
    assert_eq!(
        [nodes.lines().count(), links.lines().count()],
        [6, 5],
        "{links}"
    );
}

#[test]
fn what_is_written_reads_back_as_the_same_graph() {
    let folder = folder_with(&[
        ("roads.geojson", ROADS.as_bytes()),
        ("mapping.toml", MAPPING.as_bytes()),
    ]);
    import(folder.path(), "roads.geojson", &[]).success();
    let at = |name: &str| Source::Disk(folder.path().join(name));
    let layer = geojson::read(&at("roads.geojson"), None).unwrap();
    let mapping = Mapping::read(&at("mapping.toml")).unwrap();
    let built = network::build(&layer, &mapping, |_| true).roads;
    let built = drivable_part(&built, &Profile::starters());
    let read = gmns::read(&at("out/network")).unwrap();
    assert_eq!(read.roads(), built.roads());
    assert!(read.junctions().eq(built.junctions()));
}

/// The same layer as drawn on Amap's map lies half a kilometre off, and comes out where it belongs.
#[test]
fn a_layer_drawn_on_amap_is_moved_back() {
    let amap = |lon, lat| {
        let LonLat { lon, lat } = Datum::Gcj02.from_wgs84(LonLat { lon, lat });
        format!("[{lon},{lat}]")
    };
    let layer = format!(
        r#"{{"type":"Feature","properties":{{"class":"二级"}},
        "geometry":{{"type":"LineString","coordinates":[{},{}]}}}}"#,
        amap(115.77, 23.93),
        amap(115.77, 23.94)
    );
    let mapping = "[class]\ncolumn = \"class\"\ndefault = \"road\"\n";
    let folder = folder_with(&[
        ("roads.json", layer.as_bytes()),
        ("mapping.toml", mapping.as_bytes()),
    ]);
    import(folder.path(), "roads.json", &["--coordinates", "高德"])
        .success()
        .stdout(contains("gcj02, as stated with --coordinates"));
    let nodes = fs::read_to_string(folder.path().join("out/network/node.csv")).unwrap();
    assert!(nodes.contains("1,115.770000,23.930000"), "{nodes}");
    import(folder.path(), "roads.json", &["--coordinates", "xian80"])
        .code(2)
        .stderr(contains("gcj02 (Amap, Tencent)"));
}

const CGCS: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",
    SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],
    UNIT["Degree",0.0174532925199433]]"#;

const TABLE_MAPPING: &str = r#"
[class]
column = "DJ"
default = "unclassified"
values = { "二级" = "primary", "高速" = "motorway" }
[direction]
column = "FX"
both = ["0"]
forward = ["1"]
backward = ["2"]
"#;

/// A shapefile `roads` of two roads there and back between the same two ends: one forward, one
/// drawn forward and driven backward.
fn write_shapefile(folder: &Path, offset: [f64; 2], scale: f64) {
    let at = |x: f64, y: f64| Point::new(offset[0] + x * scale, offset[1] + y * scale);
    let table = TableWriterBuilder::with_encoding(Unicode)
        .add_character_field("DJ".try_into().unwrap(), 20)
        .add_numeric_field("FX".try_into().unwrap(), 8, 3);
    let mut writer = shapefile::Writer::from_path(folder.join("roads.shp"), table).unwrap();
    let row = |class: &str, direction: f64| {
        let mut row = Record::default();
        row.insert(
            "DJ".to_owned(),
            FieldValue::Character(Some(class.to_owned())),
        );
        row.insert("FX".to_owned(), FieldValue::Numeric(Some(direction)));
        row
    };
    for (line, row) in [
        (vec![at(0.0, 0.0), at(0.1, 0.0)], row("二级", 1.0)),
        (
            vec![at(0.0, 0.0), at(0.05, 0.05), at(0.1, 0.0)],
            row("便道", 2.0),
        ),
    ] {
        writer
            .write_shape_and_record(&Polyline::new(line), &row)
            .unwrap();
    }
}

#[test]
fn a_shapefile_with_its_table_becomes_roads() {
    let folder = folder_with(&[
        ("mapping.toml", TABLE_MAPPING.as_bytes()),
        ("roads.prj", CGCS.as_bytes()),
    ]);
    write_shapefile(folder.path(), [115.0, 23.9], 1.0);
    import(folder.path(), "roads.shp", &[])
        .success()
        .stdout(contains("CGCS 2000, by its .prj"))
        .stdout(contains("2 of 2 features"))
        .stdout(contains("2 nodes, 2 links, 2 of them one way"));
    let roads = gmns::read(&Source::Disk(folder.path().join("out/network"))).unwrap();
    let [there, back] = roads.roads() else {
        panic!("two roads")
    };
    assert_eq!(there.class, RoadClass::Primary);
    assert_eq!(there.surface, None::<Surface>);
    assert_eq!((there.from, there.to), (back.to, back.from));
}

/// In the strip of 114° of CGCS 2000 the northing of 23.9° is about 2,644.2 km.
#[test]
fn a_shapefile_in_a_gauss_kruger_strip_becomes_degrees() {
    let prj = format!(
        r#"PROJCS["CGCS2000_3_Degree_GK_CM_114E",{CGCS},PROJECTION["Gauss_Kruger"],
        PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],
        PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],
        PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
    );
    let folder = folder_with(&[
        ("mapping.toml", TABLE_MAPPING.as_bytes()),
        ("roads.prj", prj.as_bytes()),
    ]);
    write_shapefile(folder.path(), [500_000.0, 2_644_000.0], 100_000.0);
    import(folder.path(), "roads.shp", &[])
        .success()
        .stdout(contains("converted to degrees"));
    let nodes = fs::read_to_string(folder.path().join("out/network/node.csv")).unwrap();
    assert!(nodes.contains("1,114.000000,23.89"), "{nodes}");
    // Without the .prj the numbers are no degrees.
    fs::remove_file(folder.path().join("roads.prj")).unwrap();
    import(folder.path(), "roads.shp", &["--coordinates", "wgs84"])
        .code(2)
        .stderr(contains("feature 1: 500000, 2644000").and(contains("looks projected")));
}

/// é is one byte in the western code page of Windows and two in UTF-8, as which the shapefile is written.
#[test]
fn the_code_page_of_a_table_is_that_of_its_cpg_or_of_its_header() {
    const DRIVER: usize = 29;
    let mapping = TABLE_MAPPING.replace(r#""二级" = "primary""#, r#""départ" = "secondary""#);
    let nad = CGCS
        .replace(
            "China_Geodetic_Coordinate_System_2000",
            "North_American_1983",
        )
        .replace("D_China_2000", "D_North_American_1983");
    let folder = folder_with(&[
        ("mapping.toml", mapping.as_bytes()),
        ("roads.prj", nad.as_bytes()),
    ]);
    write_shapefile(folder.path(), [115.0, 23.9], 1.0);
    let dbf = folder.path().join("roads.dbf");
    let mut bytes = fs::read(&dbf).unwrap();
    let at =
        |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).position(|of| of == text).unwrap();
    let begin = at(&bytes, "二级".as_bytes());
    bytes[begin..begin + 6].copy_from_slice(b"d\xe9part");
    let begin = at(&bytes, "便道".as_bytes());
    bytes[begin..begin + 6].copy_from_slice(b"d\xe9part");
    for (cpg, driver, said) in [
        (Some("ANSI 1252"), 0x57, "windows-1252, by its .cpg"),
        (Some("88591"), 0x57, "windows-1252, by its .cpg"),
        (None, 0x03, "windows-1252, by the header of its .dbf"),
        (None, 0x57, "windows-1252, by its look"),
    ] {
        bytes[DRIVER] = driver;
        fs::write(&dbf, &bytes).unwrap();
        let file = folder.path().join("roads.cpg");
        match cpg {
            Some(label) => fs::write(&file, label).unwrap(),
            None => fs::remove_file(&file).unwrap_or_default(),
        }
        import(folder.path(), "roads.shp", &["--force"])
            .success()
            .stdout(contains(said))
            .stdout(contains(
                "NAD83, by its .prj; taken as WGS 84, from which it is up to 4 m away",
            ));
        let roads = gmns::read(&Source::Disk(folder.path().join("out/network"))).unwrap();
        assert_eq!(roads.roads()[0].class, RoadClass::Secondary, "{said}");
    }
    fs::write(folder.path().join("roads.cpg"), "Klingon").unwrap();
    import(folder.path(), "roads.shp", &[])
        .code(2)
        .stderr(contains(
            "`Klingon` is no code page that is known; it should be UTF-8, GBK (936)",
        ));
}

/// A layer of OpenStreetMap as QGIS saves it, without the keys that no road of it has; lanes as a number
/// with decimals, in web Mercator. 1,113.19 m of that are 0.01°.
#[test]
fn the_mapping_for_openstreetmap_does_without_keys_that_a_layer_lacks() {
    let run = brigade()
        .args(["import", "lines", "--example-mapping", "osm"])
        .assert()
        .success();
    let folder = folder_with(&[
        ("mapping.toml", &run.get_output().stdout),
        (
            "roads.geojson",
            br#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},
            "features":[{"type":"Feature","properties":{"highway":"primary","lanes":2.0},
            "geometry":{"type":"LineString","coordinates":[[0,0],[1113.194908,0]]}}]}"#,
        ),
    ]);
    import(folder.path(), "roads.geojson", &[])
        .success()
        .stdout(contains("EPSG:3857 (web Mercator), converted to degrees"))
        .stdout(contains("no feature has: ").and(contains("surface")));
    let roads = gmns::read(&Source::Disk(folder.path().join("out/network"))).unwrap();
    assert_eq!(roads.roads()[0].lanes, Some(2));
    assert_eq!(roads.junctions().nth(1).unwrap().position.lon, 0.01);
}

/// Degrees north first, of a layer in Europe: only the boundary shows it.
#[test]
fn exchanged_axes_are_seen_where_the_boundary_shows_them() {
    let folder = folder_with(&[
        ("mapping.toml", b"[class]\ndefault = \"primary\"\n"),
        (
            "boundary.geojson",
            br#"{"type":"Polygon","coordinates":[[[9,47],[10,47],[10,48],[9,48],[9,47]]]}"#,
        ),
        (
            "roads.geojson",
            br#"{"type":"LineString","coordinates":[[47.2,9.5],[47.3,9.6]]}"#,
        ),
    ]);
    import(
        folder.path(),
        "roads.geojson",
        &["--boundary", "boundary.geojson"],
    )
    .code(2)
    .stderr(contains(
        "with longitude and latitude exchanged 1 would lie within the boundary",
    ));
}

#[test]
fn a_shapefile_without_one_of_its_files_says_which() {
    let folder = folder_with(&[("mapping.toml", TABLE_MAPPING.as_bytes())]);
    write_shapefile(folder.path(), [115.0, 23.9], 1.0);
    import(folder.path(), "roads.shp", &[])
        .code(2)
        .stderr(contains("roads.prj: ").and(contains("--coordinates wgs84")));
    import(folder.path(), "roads.shp", &["--coordinates", "wgs84"]).success();
    fs::write(folder.path().join("roads.prj"), CGCS).unwrap();
    for extension in ["dbf", "shx"] {
        let path = folder.path().join(format!("roads.{extension}"));
        let content = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        import(folder.path(), "roads.shp", &[])
            .code(2)
            .stderr(contains(format!(
                "roads.{extension}: a shapefile needs this file"
            )));
        fs::write(&path, content).unwrap();
    }
    // Cut short anywhere, each file is refused or read whole, and nothing panics.
    for extension in ["shp", "shx", "dbf", "prj"] {
        let path = folder.path().join(format!("roads.{extension}"));
        let content = fs::read(&path).unwrap();
        for end in (0..content.len()).step_by(content.len() / 6) {
            fs::write(&path, &content[..end]).unwrap();
            let run = import(folder.path(), "roads.shp", &[]).code(2);
            let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
            assert!(
                !said.contains("panicked") && said.contains("roads."),
                "{said}"
            );
        }
        fs::write(&path, content).unwrap();
    }
}

#[test]
fn wrong_input_ends_with_code_2_and_leaves_no_output() {
    let xian = CGCS.replace("China_Geodetic_Coordinate_System_2000", "Xian_1980");
    let xian = xian.replace("D_China_2000", "D_Xian_1980");
    let folder = folder_with(&[
        ("mapping.toml", TABLE_MAPPING.as_bytes()),
        ("roads.prj", xian.as_bytes()),
        ("page.geojson", b"<html>"),
        ("roads.kml", b""),
        (
            "empty.json",
            br#"{"type":"FeatureCollection","features":[]}"#,
        ),
        (
            "mercator.geojson",
            br#"{"type":"FeatureCollection","features":[],
            "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}}}"#,
        ),
        (
            "one-way.geojson",
            r#"{"type":"Feature","properties":{"DJ":"高速","FX":1},
            "geometry":{"type":"LineString","coordinates":[[115,23],[115.1,23]]}}"#
                .as_bytes(),
        ),
        (
            "metres.geojson",
            br#"{"type":"Feature","properties":{"DJ":"x"},
            "geometry":{"type":"LineString","coordinates":[[500000,2644000],[500010,2644000]]}}"#,
        ),
    ]);
    write_shapefile(folder.path(), [115.0, 23.9], 1.0);
    for (file, message) in [
        ("roads.shp", "ask it for CGCS 2000"),
        ("page.geojson", "this is not GeoJSON"),
        ("roads.kml", "ends in .geojson, .json or .shp"),
        (
            "empty.json",
            "`class.column` names the column `DJ`, but empty.json has no columns",
        ),
        (
            "mercator.geojson",
            "EPSG:27700 (OSGB 1936 / British National Grid)",
        ),
        ("one-way.geojson", "lead nowhere and back"),
        (
            "metres.geojson",
            "feature 1: 500000, 2644000 is no position",
        ),
        ("other.shp", "there is no such file"),
    ] {
        import(folder.path(), file, &[])
            .code(2)
            .stderr(contains(message).and(contains("panicked").not()));
        assert!(!folder.path().join("out").exists(), "{file}");
    }
}

/// A shapefile of 100 bytes is a header and no shape, and its table a header and no row.
#[test]
fn a_shapefile_without_shapes_is_empty_and_one_without_bytes_is_damaged() {
    let folder = folder_with(&[
        ("mapping.toml", TABLE_MAPPING.as_bytes()),
        ("roads.prj", CGCS.as_bytes()),
    ]);
    let table = TableWriterBuilder::with_encoding(Unicode)
        .add_character_field("DJ".try_into().unwrap(), 20)
        .add_numeric_field("FX".try_into().unwrap(), 8, 3);
    let shp = folder.path().join("roads.shp");
    let writer = shapefile::Writer::from_path(&shp, table).unwrap();
    let (shapes, rows): ([Polyline; 0], [Record; 0]) = ([], []);
    writer
        .write_shapes_and_records(shapes.iter().zip(rows.iter()))
        .unwrap();
    assert_eq!(fs::metadata(&shp).unwrap().len(), 100);
    import(folder.path(), "roads.shp", &[])
        .code(2)
        .stderr(contains(
            "roads.shp: the layer is empty: it has no features",
        ));
    for extension in ["shp", "shx", "dbf", "prj"] {
        let path = folder.path().join(format!("roads.{extension}"));
        let content = fs::read(&path).unwrap();
        fs::write(&path, b"").unwrap();
        import(folder.path(), "roads.shp", &[])
            .code(2)
            .stderr(contains("error: roads.").and(contains("panicked").not()));
        fs::write(&path, content).unwrap();
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn the_example_mappings_can_be_used() {
    for kind in ["china", "osm"] {
        let run = brigade()
            .args(["import", "lines", "--example-mapping", kind])
            .assert()
            .success();
        let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        Mapping::parse(kind.to_owned(), &text).unwrap();
    }
    brigade().args(["import", "lines"]).assert().code(2);
}
