//! `brigade import osm` on small files made by hand: what it writes, and how it refuses.

use std::fs;
use std::path::Path;

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::extracts::pbf_writer::PbfWriter;
use crate::small_county::brigade;

/// ```text
/// 1===2===3        primary road; station at 1, town at 2, village at 3; 3 to 4 one way out, and from there
///         |        a motorway to 5
///         v
///         4 -> 5
/// ```
fn county() -> Vec<u8> {
    PbfWriter::new()
        .dense_nodes(&[
            (1, 115.0, 23.9, &[("amenity", "fire_station")]),
            (
                2,
                115.1,
                23.9,
                &[("place", "town"), ("name", "安流镇"), ("population", "900")],
            ),
            (
                3,
                115.2,
                23.9,
                &[("place", "village"), ("name", "福江, 下")],
            ),
            (4, 115.2, 23.8, &[]),
            (5, 115.2, 23.7, &[]),
        ])
        .way(10, &[1, 2, 3], &[("highway", "primary"), ("ref", "G235")])
        .way(11, &[3, 4], &[("highway", "service"), ("oneway", "yes")])
        .way(12, &[4, 5], &[("highway", "motorway"), ("ref", "G4")])
        .finish()
}

fn import(folder: &Path, file: &str, more: &[&str]) -> assert_cmd::assert::Assert {
    brigade()
        .current_dir(folder)
        .args(["import", "osm", file, "--output", "out"])
        .args(more)
        .assert()
}

fn folder_with(file: &str, content: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), content).unwrap();
    folder
}

/// 0.1° north is 11,075.6 m at 23.85° north and 11,075.5 m at 23.75°, and 0.1° east at 23.9° north 10,183.0 m. An
/// engine drives the one-way street back as well, and nobody the motorway without an end: of 42,517.1 m, 31,441.7 m
/// can be driven there and back, 73.95 %.
#[test]
fn a_small_county_is_written_whole() {
    let folder = folder_with("county.osm.pbf", &county());
    import(folder.path(), "county.osm.pbf", &[])
        .success()
        .stdout(contains("42.5 km drivable, 31.4 km connected"))
        .stdout(contains("73.95%"))
        .stdout(contains("  11.075 km G4 (115.20000, 23.75000)"));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(
        read("network/link.csv").lines().nth(1).unwrap(),
        "10-1,1,3,0,20366.0,primary,,G235,observed,\"LINESTRING (115.000000 23.900000, \
         115.100000 23.900000, 115.200000 23.900000)\""
    );
    assert_eq!(
        read("towns.csv"),
        "id,name,name_en,lon,lat,residents,basis\n\
         n2,安流镇,,115.100000,23.900000,1700,assumed\n"
    );
    assert!(read("demand.csv").contains("n3,\"福江, 下\",n2,115.200000,23.900000,800,assumed"));
    assert!(
        read("stations.csv").contains("n1,安流镇消防站,,115.000000,23.900000,2,full_time,assumed,")
    );
    assert!(read("dropped.geojson").contains("\"link_id\":\"12-1\""));
    assert!(read("boundary.geojson").contains("a line around the imported roads"));
    let report: serde_json::Value = serde_json::from_str(&read("import.json")).unwrap();
    assert_eq!(report["format"], 3);
    assert_eq!(
        report["attribution"],
        "© OpenStreetMap contributors, ODbL 1.0"
    );
    assert_eq!(report["outline"]["rule"], "around_the_roads");
}

#[test]
fn the_same_file_gives_the_same_tables_on_any_number_of_threads() {
    let folder = folder_with("county.osm.pbf", &county());
    let mut seen = Vec::new();
    for threads in ["1", "4"] {
        brigade()
            .current_dir(folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .args(["import", "osm", "county.osm.pbf", "--output", "out"])
            .assert()
            .success();
        let out = folder.path().join("out");
        seen.push(
            ["network/node.csv", "network/link.csv", "import.json"]
                .map(|name| fs::read(out.join(name)).unwrap()),
        );
    }
    assert_eq!(seen[0], seen[1]);
}

/// What somebody worked on after an import is not lost by the next one, but by order.
#[test]
fn an_import_replaces_nothing_unless_it_is_told_to() {
    let folder = folder_with("county.osm.pbf", &county());
    let out = folder.path().join("out");
    import(folder.path(), "county.osm.pbf", &[]).success();
    // The same again loses nothing.
    import(folder.path(), "county.osm.pbf", &[]).success();
    let restrictions = out.join("network/turn_restriction.csv");
    fs::write(&restrictions, "restriction_id,links\n1,9-9+ 9-9-\n").unwrap();
    fs::write(out.join("stations.csv"), "mine").unwrap();
    import(folder.path(), "county.osm.pbf", &[])
        .code(2)
        .stderr(contains(
            "out: network/turn_restriction.csv, stations.csv would be lost: not written by an earlier run of the same \
             command, or changed since; name another output, or replace with --force",
        ));
    assert_eq!(
        fs::read_to_string(out.join("stations.csv")).unwrap(),
        "mine"
    );
    import(folder.path(), "county.osm.pbf", &["--force"]).success();
    assert_ne!(
        fs::read_to_string(out.join("stations.csv")).unwrap(),
        "mine"
    );
    assert!(!restrictions.exists(), "it forbade turns of other roads");
}

#[test]
fn a_file_cut_short_is_refused_and_the_earlier_output_stays() {
    let whole = county();
    let folder = folder_with("county.osm.pbf", &whole[..whole.len() - 3]);
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/towns.csv"), "mine").unwrap();
    import(folder.path(), "county.osm.pbf", &[])
        .code(2)
        .stderr(contains(
            "county.osm.pbf: the file is cut short or damaged; fetch it again",
        ));
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
    assert_eq!(
        fs::read_to_string(folder.path().join("out/towns.csv")).unwrap(),
        "mine"
    );
}

#[test]
fn wrong_input_ends_with_code_2_and_leaves_no_output() {
    let no_roads = PbfWriter::new().node(1, 115.0, 23.9, &[]).finish();
    let one_way_out = PbfWriter::new()
        .dense_nodes(&[(1, 115.0, 23.9, &[]), (2, 115.1, 23.9, &[])])
        .way(10, &[1, 2], &[("highway", "motorway"), ("oneway", "yes")])
        .finish();
    // A relation whose member is of a kind that does not exist: the library panics on it.
    let odd_member = PbfWriter::new()
        .relation(5, &[("outer", 1, 7)], &[("amenity", "fire_station")])
        .finish();
    for (content, message) in [
        (&b"<html>"[..], "not an OpenStreetMap file but a web page"),
        (&b""[..], "but an empty one"),
        (
            &no_roads,
            "there is no road in this file that a fire engine can use",
        ),
        (
            &one_way_out,
            "no two junctions are connected in both directions",
        ),
        (&odd_member, "cut short or damaged"),
    ] {
        let folder = folder_with("county.osm.pbf", content);
        let run = import(folder.path(), "county.osm.pbf", &[])
            .code(2)
            .stderr(contains("error: county.osm.pbf: "))
            .stderr(contains(message));
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        assert!(!folder.path().join("out").exists(), "{message}");
    }
    let folder = folder_with("other.osm.pbf", &no_roads);
    import(folder.path(), "county.osm.pbf", &[])
        .code(2)
        .stderr(contains(
            "there is no such file; its folder has other.osm.pbf",
        ));
}

#[test]
fn a_boundary_of_another_place_says_where_both_are() {
    let folder = folder_with("county.osm.pbf", &county());
    fs::write(
        folder.path().join("peel.geojson"),
        r#"{"type":"Polygon","coordinates":
            [[[-4.75,54.18],[-4.62,54.18],[-4.62,54.25],[-4.75,54.18]]]}"#,
    )
    .unwrap();
    import(
        folder.path(),
        "county.osm.pbf",
        &["--boundary", "peel.geojson"],
    )
    .code(2)
    .stderr(contains(
        "peel.geojson: no road of county.osm.pbf lies in this boundary; the boundary spans \
         -4.75000, 54.18000 to -4.62000, 54.25000, the extract's roads span 115.00000, 23.70000 \
         to 115.20000, 23.90000",
    ));
    fs::write(folder.path().join("peel.geojson"), "").unwrap();
    import(
        folder.path(),
        "county.osm.pbf",
        &["--boundary", "peel.geojson"],
    )
    .code(2)
    .stderr(contains("peel.geojson: the file is empty; give a GeoJSON"));
    assert!(!folder.path().join("out").exists());
}

/// Fiji's road across the meridian of 180°: distances are not measured across it.
#[test]
fn roads_on_both_sides_of_180_degrees_are_refused_in_words() {
    let across = PbfWriter::new()
        .dense_nodes(&[
            (1, 179.98, -16.5, &[]),
            (2, 180.0, -16.5, &[]),
            (3, -179.98, -16.5, &[("place", "village"), ("name", "V")]),
        ])
        .way(10, &[1, 2, 3], &[("highway", "residential")])
        .finish();
    let folder = folder_with("fiji.osm.pbf", &across);
    import(folder.path(), "fiji.osm.pbf", &[])
        .code(2)
        .stderr(contains(
            "fiji.osm.pbf: the roads lie on both sides of the meridian of 180°",
        ))
        .stderr(contains("osmium extract -b"));
    assert!(!folder.path().join("out").exists());
    // Up to the meridian all is well, and what is drawn around ends there.
    let up_to = PbfWriter::new()
        .dense_nodes(&[(1, 179.98, -16.5, &[]), (2, 180.0, -16.5, &[])])
        .way(10, &[1, 2], &[("highway", "residential")])
        .finish();
    let folder = folder_with("fiji.osm.pbf", &up_to);
    import(folder.path(), "fiji.osm.pbf", &[]).success();
    let boundary = fs::read_to_string(folder.path().join("out/boundary.geojson")).unwrap();
    assert!(
        boundary.contains("180.0") && !boundary.contains("180.00"),
        "{boundary}"
    );
}

/// ```text
/// 1==10=2==11=3       bridge 10 carries 5 t an axle, 11 lets 7 m pass: too little for the pumper of 10 t and
///                     8.5 m, 11 enough for the light engine of 6 m; traffic keeps left on either
/// ```
#[test]
fn roads_that_an_engine_is_too_large_for_are_listed_with_length_and_name() {
    let map = PbfWriter::new()
        .dense_nodes(&[
            (1, 115.0, 0.0, &[]),
            (2, 115.01, 0.0, &[]),
            (3, 115.02, 0.0, &[]),
        ])
        .way(
            10,
            &[1, 2],
            &[
                ("highway", "residential"),
                ("name", "Old Bridge"),
                ("name:zh", "老桥"),
                ("bridge", "yes"),
                ("maxaxleload", "5"),
                ("driving_side", "left"),
            ],
        )
        .way(
            11,
            &[2, 3],
            &[
                ("highway", "residential"),
                ("maxlength", "7"),
                ("driving_side", "left"),
            ],
        )
        .finish();
    let folder = folder_with("county.osm.pbf", &map);
    import(folder.path(), "county.osm.pbf", &[])
        .success()
        .stdout(contains(
            "the profile `pumper` is too large for 2.2 km, and for 0 bars or signs at points",
        ))
        .stdout(contains("  1.113 km Old Bridge: 5 t an axle"))
        .stdout(contains("  1.113 km near Old Bridge: 7 m long"))
        .stdout(contains("too large for 0.0 km").not())
        .stdout(contains("traffic keeps left on 2 ways, as the ways say"));
    let links = fs::read_to_string(folder.path().join("out/network/link.csv")).unwrap();
    let head = links.lines().next().unwrap();
    for column in ["name_zh", "driving_side", "max_axle_load", "max_length"] {
        assert!(head.contains(column), "{head}");
    }
    assert!(links.contains("Old Bridge,observed,老桥,"), "{links}");
}
