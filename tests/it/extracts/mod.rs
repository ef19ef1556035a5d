//! A small map as an extract in every format, and the command that imports it.

pub mod isle_of_man;
#[allow(dead_code, reason = "the tests of the reader use the rest")]
pub mod pbf_writer;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use self::pbf_writer::{PbfWriter, Tag};
use crate::small_county::brigade;

pub type Node = (i64, f64, f64, &'static [Tag<'static>]);
pub type Way = (i64, &'static [i64], &'static [Tag<'static>]);
/// A number, members of a role, a number and a kind (0 node, 1 way, 2 relation), and tags.
pub type Relation = (
    i64,
    &'static [(&'static str, i64, u64)],
    &'static [Tag<'static>],
);

/// ```text
///     4===5           2 has a gate, 3 lights, 6 a bar; from 1 over 3 one must not turn to 4
///     |   |
/// 1=2=3===6           3-6-5-4 has a name of two scripts; 7 is a town, 8 a village
/// ```
pub const NODES: [Node; 9] = [
    (1, 115.0, 23.9, &[("amenity", "fire_station")]),
    (2, 115.005, 23.9, &[("barrier", "gate")]),
    (3, 115.01, 23.9, &[("highway", "traffic_signals")]),
    (4, 115.01, 23.91, &[]),
    (5, 115.02, 23.91, &[]),
    (
        6,
        115.02,
        23.9,
        &[("highway", "crossing"), ("maxheight", "2.2")],
    ),
    (
        7,
        115.0,
        23.91,
        &[
            ("place", "town"),
            ("name", "安流 & \"Anliu\""),
            ("population", "900"),
        ],
    ),
    (8, 115.02, 23.92, &[("place", "village"), ("name", "福江")]),
    (9, 115.03, 23.92, &[]),
];

pub const WAYS: [Way; 5] = [
    (10, &[1, 2, 3], &[("highway", "primary"), ("ref", "G235")]),
    (
        11,
        &[3, 6, 5, 4],
        &[("highway", "residential"), ("name", "安流 <Anliu>")],
    ),
    (
        12,
        &[3, 4],
        &[("highway", "track"), ("tracktype", "grade2")],
    ),
    (13, &[5, 9], &[("highway", "service"), ("oneway", "yes")]),
    (14, &[8, 9, 8], &[("building", "yes")]),
];

pub const RELATIONS: [Relation; 1] = [(
    20,
    &[("from", 10, 1), ("via", 3, 0), ("to", 12, 1)],
    &[("type", "restriction"), ("restriction", "no_left_turn")],
)];

pub fn pbf(writer: PbfWriter) -> Vec<u8> {
    let file = writer.dense_nodes(&NODES).ways(&WAYS);
    let relations = RELATIONS.iter();
    relations
        .fold(file, |file, (id, members, tags)| {
            file.relation(*id, members, tags)
        })
        .finish()
}

pub fn xml() -> Vec<u8> {
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
    };
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n");
    let tags = |text: &mut String, tags: &[Tag<'_>]| {
        for (key, value) in tags {
            write!(text, "<tag k=\"{key}\" v=\"{}\"/>", escaped(value)).unwrap();
        }
    };
    for (id, lon, lat, pairs) in NODES {
        write!(text, "<node id=\"{id}\" lon=\"{lon}\" lat=\"{lat}\">").unwrap();
        tags(&mut text, pairs);
        text += "</node>\n";
    }
    for (id, refs, pairs) in WAYS {
        write!(text, "<way id=\"{id}\">").unwrap();
        for node in refs {
            write!(text, "<nd ref=\"{node}\"/>").unwrap();
        }
        tags(&mut text, pairs);
        text += "</way>\n";
    }
    for (id, members, pairs) in RELATIONS {
        write!(text, "<relation id=\"{id}\">").unwrap();
        for (role, member, kind) in members {
            let kind = ["node", "way", "relation"][*kind as usize];
            write!(
                text,
                "<member type=\"{kind}\" ref=\"{member}\" role=\"{role}\"/>"
            )
            .unwrap();
        }
        tags(&mut text, pairs);
        text += "</relation>\n";
    }
    (text + "</osm>\n").into_bytes()
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

pub fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// The command in `folder`, which holds the extract as `county.osm`.
pub fn import(folder: &Path) -> Command {
    let mut command = brigade();
    command
        .current_dir(folder)
        .args(["import", "osm", "county.osm", "--output", "out"]);
    command
}

pub fn folder_with(content: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("county.osm"), content).unwrap();
    folder
}

/// The import ends with code 2, names the file and says `message`; nothing is written.
pub fn refused(content: &[u8], message: &str) {
    let folder = folder_with(content);
    import(folder.path()).assert().code(2).stderr(
        contains("error: county.osm: ")
            .and(contains(message))
            .and(contains("panicked").not()),
    );
    assert!(!folder.path().join("out").exists(), "{message}");
}
