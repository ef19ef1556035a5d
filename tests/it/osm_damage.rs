//! Extracts that are damaged or hostile: the import ends with a message and code 2, never with a panic
//! and never with the memory of the machine.

use crate::extracts::pbf_writer::PbfWriter;
use crate::extracts::{folder_with, gzip, import, pbf, refused, xml};
use brigade::geography::LonLat;
use brigade::roads::drivable::drivable_part;
use brigade::roads::osm::area::Area;
use brigade::roads::osm::network;
use brigade::roads::osm::people::{County, People};
use brigade::roads::osm::settlements::Settlements;
use brigade::roads::osm::stations::FireStations;
use brigade::roads::osm::{reader, tables};
use brigade::roads::profile::Profile;
use proptest::prelude::*;
use proptest::sample::Index;
use std::io::Write as _;

#[test]
fn packed_data_that_does_not_unpack_is_refused_with_its_byte() {
    const CUT: &str = "the file is cut short or damaged; fetch it again (at byte 47: ";
    let mut zeros = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zeros.write_all(&[0; 1000]).unwrap();
    let zeros = zeros.finish().unwrap();
    for packed in [
        &b"this is no zlib"[..],
        &[],
        &zeros,
        &zeros[..zeros.len() / 2],
    ] {
        let mut file = PbfWriter::new();
        assert_eq!(file.bytes.len(), 47, "where the next block begins");
        file.packed_blob("OSMData", 1000, packed);
        refused(&file.finish(), CUT);
    }
}

/// The limit is set by a shell that only Unix has.
#[cfg(target_os = "linux")]
mod memory {
    use std::path::Path;

    use assert_cmd::Command;
    use predicates::prelude::PredicateBooleanExt;
    use predicates::str::contains;

    use super::*;

    /// Files of a few bytes that announce more than a machine has, or unpack to it, imported with half a
    /// gigabyte of address space: an allocation of what is announced would end the program.
    #[test]
    fn what_a_file_announces_is_not_allocated() {
        const HALF_A_GIGABYTE: &str = "524288";
        let limited = |folder: &Path| {
            Command::new("sh")
                .current_dir(folder)
                .env("RAYON_NUM_THREADS", "2")
                .args(["-c", "ulimit -v $0 && exec \"$@\"", HALF_A_GIGABYTE])
                .arg(assert_cmd::cargo::cargo_bin("brigade"))
                .args(["import", "osm", "county.osm", "--output", "out"])
                .assert()
        };
        limited(folder_with(&pbf(PbfWriter::new().packed())).path()).success();
        let varint = |mut number: u64| {
            let mut bytes = Vec::new();
            while number >= 0x80 {
                bytes.push(number as u8 | 0x80);
                number >>= 7;
            }
            bytes.push(number as u8);
            bytes
        };
        let data = |content: &[u8]| {
            let mut file = PbfWriter::new();
            file.blob("OSMData", content);
            file.finish()
        };
        let mut huge_block = PbfWriter::new().finish();
        let mut header = vec![0x0a, 7];
        header.extend(b"OSMData");
        header.push(0x18); // the size of the block that follows
        header.extend(varint(2_147_483_647));
        huge_block.extend((header.len() as u32).to_be_bytes());
        huge_block.extend(header);
        let huge_header = [&PbfWriter::new().finish()[..], &[0xff; 4], b"OSMData"].concat();
        // A block of 2^40 bytes, by the field that says what it unpacks to; it unpacks to nothing.
        let mut huge_unpacked = PbfWriter::new();
        huge_unpacked.packed_blob("OSMData", 1 << 40, &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
        let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        for _ in 0..1024 {
            bomb.write_all(&vec![0; 1 << 20]).unwrap();
        }
        let mut zeros = PbfWriter::new();
        zeros.packed_blob("OSMData", 1 << 20, &bomb.finish().unwrap());
        // Almost 32 MiB of `unit`, packed, in fields in fields: 0x12 is a group of a block, in it 0x12 dense
        // nodes, 0x1a a way, 0x22 a relation.
        let full = |fields: &[u8], unit: &[u8]| {
            let filling = unit.repeat(((32 << 20) - 64) / unit.len());
            let field = |inner: Vec<u8>, field: &u8| {
                let length = varint(inner.len() as u64);
                [vec![*field], length, inner].concat()
            };
            let content = fields.iter().rev().fold(filling, field);
            let mut file = PbfWriter::new().packed();
            file.blob("OSMData", &[&[0x0a, 2, 0x0a, 0][..], &content].concat());
            file.finish()
        };
        let block = b"\0\0\0\x0b\x0a\x07OSMData\x18\x06\x0a\x04\x0a\x02\x0a\0";
        let blocks = [PbfWriter::new().finish(), block.repeat(2 << 20)].concat();
        for (what, content) in [
            ("16 million groups", full(&[], &[0x12, 0])),
            ("16 million strings", full(&[0x0a], &[0x0a, 0])),
            ("8 million ways", full(&[0x12], &[0x1a, 2, 0x08, 1])),
            (
                "5 million dense nodes",
                full(&[0x12, 0x12], &[0x08, 2, 0x40, 2, 0x48, 2]),
            ),
            (
                "4 million members",
                full(&[0x12, 0x22], &[0x08, 1, 0x40, 0, 0x48, 2, 0x50, 1]),
            ),
            ("2 million blocks", blocks),
            ("a block", huge_block),
            ("a header", huge_header),
            ("what a block unpacks to", huge_unpacked.finish()),
            ("a block that unpacks to 1 GiB", zeros.finish()),
            // Field 1 of a block, the table of strings, and field 2, a group, each of 2^40 bytes.
            (
                "the table of strings",
                data(&[vec![0x0a], varint(1 << 40)].concat()),
            ),
            (
                "a group",
                data(&[vec![0x0a, 2, 0x0a, 0, 0x12], varint(1 << 40)].concat()),
            ),
        ] {
            let folder = folder_with(&content);
            limited(folder.path())
                .code(2)
                .stderr(contains("error: county.osm: ").and(contains("alloc").not()));
            assert!(!folder.path().join("out").exists(), "{what}");
        }
    }
}

/// All of an import but its report and its files.
fn imported(content: &[u8]) -> Option<Vec<u8>> {
    let mut extract = reader::parse("county.osm", content).ok()?;
    let network = network::build(&extract, None);
    let connected = drivable_part(&network.roads, &Profile::starters());
    let around = Area::around(connected.junctions().map(|junction| junction.position));
    let settlements = Settlements::of(&extract, around.as_ref());
    let stations = FireStations::of(&extract, around.as_ref(), &settlements);
    let county = County::Outline(around.as_ref());
    let people = People::of(&mut extract, &settlements, county, &connected);
    let on_earth = |position: &LonLat| position.is_valid();
    assert!(extract.nodes.iter().all(|node| on_earth(&node.position)));
    assert!(connected.total_length().0.is_finite());
    Some(
        [
            tables::stations(&stations, 2, |_| "full_time", |_| String::new()),
            tables::towns(&settlements, &people),
            tables::demand(&settlements, &people),
            around.map_or_else(Vec::new, |area| area.geojson("test").into_bytes()),
        ]
        .concat(),
    )
}

/// A few bytes changed, and the file perhaps cut.
fn damage() -> impl Strategy<Value = (Vec<(Index, u8)>, Option<Index>)> {
    let changes = prop::collection::vec((any::<Index>(), any::<u8>()), 0..6);
    (changes, prop::option::weighted(0.3, any::<Index>()))
}

fn damaged(whole: &[u8], changes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    let mut content = whole.to_vec();
    for (index, byte) in changes {
        let index = index.index(content.len());
        content[index] = *byte;
    }
    if let Some(cut) = cut {
        content.truncate(cut.index(whole.len()));
    }
    content
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Bytes changed and the end cut off, in every format: the import may refuse or accept what is
    /// left, but comes back, and says the same when asked again.
    #[test]
    fn random_damage_never_stops_the_program((changes, cut) in damage()) {
        let text = xml();
        for whole in [pbf(PbfWriter::new()), pbf(PbfWriter::new().packed()), gzip(&text), text] {
            let content = damaged(&whole, &changes, cut);
            prop_assert_eq!(imported(&content), imported(&content));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, ..ProptestConfig::default() })]

    /// The same through the command itself, which also reports and writes.
    #[test]
    fn random_damage_ends_the_command_with_a_message_or_a_result((changes, cut) in damage()) {
        for whole in [pbf(PbfWriter::new()), xml()] {
            let folder = folder_with(&damaged(&whole, &changes, cut));
            let output = import(folder.path()).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            prop_assert!(!said.contains("panicked"), "{}", said);
            match output.status.code() {
                Some(0) => prop_assert!(folder.path().join("out/import.json").is_file()),
                Some(2) => prop_assert!(said.starts_with("error: county.osm: "), "{}", said),
                code => prop_assert!(false, "{:?}: {}", code, said),
            }
        }
    }
}
