//! `brigade import osm` on small files made by hand: what it writes, and how it refuses.

use std::fs;
use std::path::Path;

use predicates::str::contains;

use crate::extracts::pbf_writer::PbfWriter;
use crate::small_county::brigade;

/// ```text
/// 1===2===3        primary road; station at 1, town at 2, village at 3; 3 to 4 one way out
///         |
///         v
///         4
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
        ])
        .way(10, &[1, 2, 3], &[("highway", "primary"), ("ref", "G235")])
        .way(11, &[3, 4], &[("highway", "service"), ("oneway", "yes")])
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

/// 0.1° north is 11,119.5 m, and 0.1° east at 23.9° north 0.91425 of it, 10,166.0 m. Of 31,451.6 m,
/// 20,332.1 m can be driven there and back: 64.65 %.
#[test]
fn a_small_county_is_written_whole() {
    let folder = folder_with("county.osm.pbf", &county());
    import(folder.path(), "county.osm.pbf", &[])
        .success()
        .stdout(contains("31.5 km drivable, 20.3 km connected"))
        .stdout(contains("64.65%"));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(
        read("network/link.csv").lines().nth(1).unwrap(),
        "10-1,1,3,0,20332.1,primary,,G235,observed,\"LINESTRING (115.000000 23.900000, \
         115.100000 23.900000, 115.200000 23.900000)\""
    );
    assert_eq!(
        read("towns.csv"),
        "id,name,name_en,lon,lat,residents,basis\n\
         n2,安流镇,,115.100000,23.900000,1700,assumed\n"
    );
    assert!(read("demand.csv").contains("n3,\"福江, 下\",n2,115.200000,23.900000,800,assumed"));
    assert!(read("stations.csv").contains("n1,安流镇消防站,,115.000000,23.900000,2,assumed,"));
    assert!(read("boundary.geojson").contains("a line around the imported roads"));
    let report: serde_json::Value = serde_json::from_str(&read("import.json")).unwrap();
    assert_eq!(report["format"], 2);
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
        .way(10, &[1, 2], &[("highway", "primary"), ("oneway", "yes")])
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
         -4.75000, 54.18000 to -4.62000, 54.25000, the extract's roads span 115.00000, 23.80000 \
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
