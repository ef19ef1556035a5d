//! Extracts in every format, whole and wrong: the same tables come of each that is whole, and what is
//! wrong is counted in the report or ends the import with code 2.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::extracts::pbf_writer::PbfWriter;
use crate::extracts::{bzip2, folder_with, gzip, import, pbf, refused, xml};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

/// The content of every file that an import writes, by its path.
fn written(content: &[u8]) -> BTreeMap<String, Vec<u8>> {
    fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let folder = folder_with(content);
    import(folder.path()).assert().success();
    let (root, mut files) = (folder.path().join("out"), BTreeMap::new());
    collect(&root, &root, &mut files);
    files
}

#[test]
fn the_same_map_gives_the_same_bytes_in_every_format() {
    let (plain, text) = (pbf(PbfWriter::new()), xml());
    let expected = written(&plain);
    assert!(expected.len() > 10, "{:?}", expected.keys());
    let nodes = String::from_utf8_lossy(&expected["network/node.csv"]).into_owned();
    assert!(
        nodes.contains("ctrl_type,barrier,max_height,basis"),
        "{nodes}"
    );
    assert!(expected.contains_key("network/turn_restriction.csv"));
    for (format, content) in [
        ("packed PBF", pbf(PbfWriter::new().packed())),
        ("PBF in gzip", gzip(&plain)),
        ("XML", text.clone()),
        ("XML in gzip", gzip(&text)),
        ("XML in bzip2", bzip2(&text)),
    ] {
        let found = written(&content);
        for (file, content) in &expected {
            assert_eq!(
                String::from_utf8_lossy(&found[file]),
                String::from_utf8_lossy(content),
                "{format}: {file}"
            );
        }
        assert_eq!(found.len(), expected.len(), "{format}");
    }
}

#[test]
fn a_file_cut_short_is_refused_in_every_format() {
    let text = xml();
    let (of_gzip, of_bzip2) = (gzip(&text), bzip2(&text));
    let packed = pbf(PbfWriter::new().packed());
    for (whole, message) in [
        (&text, "the file is cut short or damaged; fetch it again"),
        (&of_gzip, "the compressed file is cut short or damaged"),
        (&of_bzip2, "the compressed file is cut short or damaged"),
        (&packed, "the file is cut short or damaged; fetch it again"),
    ] {
        refused(&whole[..whole.len() / 2], message);
        refused(&whole[..whole.len() - 9], message);
    }
}

#[test]
fn an_extract_without_roads_or_of_roads_for_nobody_is_refused() {
    const NO_ROAD: &str = "there is no road in this file that a fire engine can use";
    refused(b"<osm version=\"0.6\"/>", NO_ROAD);
    refused(
        b"<osm><node id=\"1\" lon=\"115\" lat=\"23\"/></osm>",
        NO_ROAD,
    );
    let stairs = "<osm><node id='1' lon='115' lat='23'/><node id='2' lon='115' lat='23.1'/>\
         <way id='3'><nd ref='1'/><nd ref='2'/><tag k='highway' v='steps'/></way></osm>";
    refused(stairs.as_bytes(), NO_ROAD);
    // Every road names points that are not there.
    let nowhere =
        "<osm><way id='3'><nd ref='1'/><nd ref='2'/><tag k='highway' v='road'/></way></osm>";
    refused(nowhere.as_bytes(), NO_ROAD);
}

#[test]
fn a_boundary_that_is_broken_or_holds_no_road_is_refused_for_pbf_and_xml() {
    let elsewhere =
        r#"{"type":"Polygon","coordinates":[[[-4.7,54],[-4.6,54],[-4.6,54.1],[-4.7,54]]]}"#;
    for content in [pbf(PbfWriter::new()), xml()] {
        let folder = folder_with(&content);
        for (boundary, message) in [
            (elsewhere, "no road of county.osm lies in this boundary"),
            (&elsewhere[..40], "this is not GeoJSON"),
            ("", "the file is empty"),
            ("{}", "this is not GeoJSON"),
            ("\u{0}\u{0}", "this is not GeoJSON"),
            (
                r#"{"type":"Polygon","coordinates":[[[1e999,0],[1,0],[1,1],[1e999,0]]]}"#,
                "this is not GeoJSON",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[500000,2644000],[1,0],[1,1],[0,0]]]}"#,
                "500000, 2644000 is no position in degrees",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0],[1],[2],[0]]]}"#,
                "a position with less than two numbers",
            ),
            (
                r#"{"type":"LineString","coordinates":[[115,23],[116,24]]}"#,
                "there is no polygon in this boundary",
            ),
        ] {
            fs::write(folder.path().join("edge.geojson"), boundary).unwrap();
            import(folder.path())
                .args(["--boundary", "edge.geojson"])
                .assert()
                .code(2)
                .stderr(
                    contains("error: edge.geojson: ")
                        .and(contains(message))
                        .and(contains("panicked").not()),
                );
            assert!(!folder.path().join("out").exists(), "{message}");
        }
    }
}

/// ```text
/// 1===2===3   99       3 stands at 200° east, 99 is not in the file, 2 and way 10 stand there twice
/// ```
#[test]
fn what_can_be_left_out_is_counted_in_the_report() {
    let way = (10, &[1, 2, 99][..], &[("highway", "road")][..]);
    let as_pbf = PbfWriter::new()
        .dense_nodes(&[
            (1, 115.0, 23.0, &[]),
            (2, 115.1, 23.0, &[]),
            (2, 116.0, 24.0, &[]),
            (3, 200.0, 23.0, &[]),
        ])
        .ways(&[way, way])
        .way(11, &[2, 3], &[("highway", "road")])
        .finish();
    let way =
        "<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='99'/><tag k='highway' v='road'/></way>";
    let as_xml = format!(
        "<osm><node id='1' lon='115' lat='23'/><node id='2' lon='115.1' lat='23'/>\
         <node id='2' lon='116' lat='24'/><node id='3' lon='200' lat='23'/>{way}{way}\
         <way id='11'><nd ref='2'/><nd ref='3'/><tag k='highway' v='road'/></way></osm>"
    );
    for content in [as_pbf, as_xml.into_bytes()] {
        let folder = folder_with(&content);
        import(folder.path()).assert().success().stdout(
            contains("4 nodes (1 without a position)")
                .and(contains("1 of 2 ways with a highway"))
                .and(contains("1 way: fewer than two of its points in the file"))
                .and(contains("1 point of a road is not in the file"))
                .and(contains("2 elements left out: another has the same number")),
        );
    }
}
