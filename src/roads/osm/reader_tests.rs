use super::*;
use crate::roads::osm::ReadCounts;
use crate::roads::osm::frames::frames;
use crate::roads::osm::pbf_writer::PbfWriter;

/// ```text
/// 3 (plain node)
/// |
/// 1---2          way 10 is 1-2-3 and a road, way 11 is a building, 4 is a village, 5 was deleted
/// ```
fn village_road() -> PbfWriter {
    PbfWriter::new()
        .dense_nodes(&[
            (1, 115.0, 23.0, &[]),
            (2, 115.1, 23.0, &[("highway", "crossing")]),
            (
                4,
                115.0,
                23.2,
                &[("name", "福江"), ("source", "survey"), ("place", "village")],
            ),
            (5, 214.748_364_7, 214.748_364_7, &[("place", "village")]),
            (6, 115.3, 23.0, &[]),
        ])
        .node(3, 115.0, 23.1, &[])
        .way(
            10,
            &[1, 2, 3],
            &[("highway", "track"), ("surface", "gravel")],
        )
        .way(11, &[1, 6, 1], &[("building", "yes")])
}

fn error_of(bytes: &[u8]) -> String {
    parse("county.osm.pbf", bytes).unwrap_err().to_string()
}

#[test]
fn roads_and_their_points_are_read_and_the_rest_is_counted() {
    let extract = parse("county.osm.pbf", &village_road().finish()).unwrap();
    let ids: Vec<_> = extract.nodes.iter().map(|node| node.id).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
    let village = extract.node(4).unwrap();
    assert_eq!(village.tags.get("name"), Some("福江"));
    assert_eq!(village.tags.get("source"), None);
    assert!((village.position.lat - 23.2).abs() < 1e-9);
    assert_eq!(extract.ways.len(), 1);
    assert_eq!(extract.ways[0].refs, [1, 2, 3]);
    assert!(extract.ways[0].tags.is("highway", "track"));
    assert_eq!(
        extract.read,
        ReadCounts {
            nodes: 6,
            ways: 2,
            relations: 0,
            nodes_without_position: 1,
            ..ReadCounts::default()
        }
    );
}

#[test]
fn the_outlines_of_a_station_that_is_a_relation_are_read_with_it() {
    let bytes = PbfWriter::new()
        .dense_nodes(&[(1, 115.0, 23.0, &[]), (2, 115.1, 23.0, &[])])
        .way(10, &[1, 2], &[])
        .way(11, &[2, 1], &[])
        .relation(
            5,
            &[("outer", 10, 1), ("inner", 11, 1), ("outer", 1, 0)],
            &[("amenity", "fire_station")],
        )
        .finish();
    let extract = parse("county.osm.pbf", &bytes).unwrap();
    assert_eq!(extract.relations[0].outer_ways(), [10]);
    assert_eq!(extract.ways.len(), 1);
    assert_eq!(extract.nodes.len(), 2);
}

/// Every prefix of the file ends inside a block, a block header, or between two blocks.
#[test]
fn a_file_cut_short_anywhere_is_refused_unless_it_ends_with_a_block() {
    let bytes = village_road().finish();
    let whole: Vec<usize> = frames("county.osm.pbf", &bytes)
        .unwrap()
        .iter()
        .map(|frame| frame.begin)
        .collect();
    for length in 0..bytes.len() {
        let cut = parse("county.osm.pbf", &bytes[..length]);
        if whole.contains(&length) && length > 0 {
            assert!(cut.is_ok(), "{length}");
        } else {
            let error = cut.unwrap_err().to_string();
            assert!(error.starts_with("county.osm.pbf: "), "{error}");
        }
    }
    let error = error_of(&bytes[..bytes.len() - 1]);
    assert!(
        error.contains("cut short or damaged; fetch it again"),
        "{error}"
    );
}

/// What the XML says of its encoding is held to: in another, names would be other names or none.
#[test]
fn a_text_in_another_encoding_is_refused_by_its_name() {
    let read = |encoding: &str, name: &[u8]| {
        let begin = format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><osm><node id=\"1\" lon=\"0\" lat=\"0\">"
        );
        let tag = [b"<tag k=\"name\" v=\"", name, b"\"/></node></osm>"].concat();
        parse("answer.osm", &[begin.as_bytes(), &tag].concat())
    };
    for name in ["UTF-8", "utf-8", "US-ASCII"] {
        assert!(read(name, b"Hall").is_ok(), "{name}");
    }
    for (encoding, name) in [("ISO-8859-1", &b"Caf\xe9"[..]), ("GB18030", b"\xb0\xb2")] {
        let error = read(encoding, name).unwrap_err().to_string();
        assert!(
            error.contains(&format!("the text is in {encoding}")),
            "{error}"
        );
    }
}

/// Overpass ends what it could not finish properly, with a remark.
#[test]
fn an_answer_that_a_server_broke_off_is_refused() {
    let node = r#"<node id="1" lon="0" lat="0"/>"#;
    let read = |rest: &str| {
        let text = format!(r#"<osm version="0.6">{node}{rest}</osm>"#);
        parse("answer.osm", text.as_bytes())
    };
    assert!(read("<note>from a server</note>").is_ok());
    let error = read("<remark>runtime error: Query timed out</remark>").unwrap_err();
    assert!(error.to_string().contains("<remark>"), "{error}");
}

/// Every byte of the file in turn is replaced by others: the reader may accept or refuse what
/// comes of it, but always comes back.
#[test]
fn a_damaged_file_never_stops_the_program() {
    let bytes = village_road()
        .relation(
            5,
            &[("outer", 10, 1)],
            &[("amenity", "fire_station"), ("name", "x")],
        )
        .finish();
    for index in 0..bytes.len() {
        for replacement in [0x00, 0x01, 0x7f, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[index] = replacement;
            let _ = parse("county.osm.pbf", &damaged);
        }
    }
}

#[test]
fn a_member_of_unknown_type_is_damage_not_a_panic() {
    let bytes = PbfWriter::new()
        .relation(5, &[("outer", 10, 9)], &[("amenity", "fire_station")])
        .finish();
    let error = error_of(&bytes);
    assert!(error.contains("type makes no sense"), "{error}");
}

#[test]
fn a_tag_that_points_nowhere_is_damage_and_not_a_way_without_tags() {
    // One way (id 1) with key 7 and value 8 in a block of which the table has one empty string:
    // block { table { "" } group { ways { id 1, keys [7], vals [8] } } }
    let way = [0x08, 1, 0x12, 1, 7, 0x1a, 1, 8];
    let mut block = vec![0x0a, 2, 0x0a, 0, 0x12, way.len() as u8 + 2];
    block.extend([0x1a, way.len() as u8]);
    block.extend(way);
    let mut file = PbfWriter::new();
    file.blob("OSMData", &block);
    let error = error_of(&file.finish());
    assert!(error.contains("table of strings"), "{error}");
}

#[test]
fn a_block_of_impossible_size_is_refused_before_it_is_read() {
    let mut bytes = village_road().finish();
    // A header that announces 2 GiB - 1: type "OSMData" (9 bytes), then field 3.
    let mut header = vec![0x0a, 7];
    header.extend(b"OSMData");
    header.extend([0x18, 0xff, 0xff, 0xff, 0xff, 0x07]);
    bytes.extend((header.len() as u32).to_be_bytes());
    bytes.extend(header);
    let error = error_of(&bytes);
    assert!(error.contains("a block of impossible size"), "{error}");
}

#[test]
fn a_block_header_without_its_type_is_not_taken_for_a_block_of_another_type() {
    let mut bytes = village_road().finish();
    // Field 3 alone: a block of 0 bytes.
    bytes.extend([0, 0, 0, 2, 0x18, 0]);
    let error = error_of(&bytes);
    assert!(error.contains("a block header without its type"), "{error}");
}

#[test]
fn a_block_whose_type_is_no_text_is_not_passed_over() {
    let mut bytes = village_road().finish();
    // Type FF, size 0.
    bytes.extend([0, 0, 0, 5, 0x0a, 1, 0xff, 0x18, 0]);
    let error = error_of(&bytes);
    assert!(
        error.contains("a block header that cannot be read"),
        "{error}"
    );
}

#[test]
fn other_files_are_recognised_by_their_first_bytes() {
    assert!(error_of(b"").contains("this is not an OpenStreetMap file but an empty one"));
    assert!(error_of(b"<html><body/></html>").contains("but a web page"));
    assert!(error_of(b"<osmChange/>").contains("but one of changes (.osc)"));
    assert!(
        error_of(b"BZh91AY&SY and more").contains("the compressed file is cut short or damaged")
    );
    assert!(error_of(b"PK\x03\x04 and more").contains("but a ZIP file"));
    assert!(error_of(b"id,name\n1,a\n").contains("this is not an OpenStreetMap file;"));
    // A file of blocks that does not begin with a header.
    let mut no_header = PbfWriter::without_header();
    no_header.blob("OSMData", &[]);
    assert!(error_of(&no_header.finish()).contains("this is not an OpenStreetMap file;"));
}

#[test]
fn a_file_that_needs_another_reader_names_the_feature() {
    let bytes = PbfWriter::requiring(&["OsmSchema-V0.6", "Sort.Type_then_Spiral"]).finish();
    assert_eq!(
        error_of(&bytes),
        "county.osm.pbf: the file needs `Sort.Type_then_Spiral`, which is not read here; name a plain \
         extract"
    );
}

/// ```text
/// 1---2===3      version 2 of way 10 is a street, version 3 of way 11 is a wall, version 2 of way 12
///                deletes it; node 3 moved from 115.2 to 115.3, node 4 is deleted
/// ```
/// Way 10 is there three times, once in an older version and once more in the one that counts; node 3 twice.
#[test]
fn the_highest_version_counts_in_any_order_and_a_deleted_one_goes() {
    const ROAD: (&str, &str) = ("highway", "track");
    const STREET: (&str, &str) = ("highway", "residential");
    const WALL: (&str, &str) = ("barrier", "wall");
    type Add = fn(PbfWriter) -> PbfWriter;
    let parts: [Add; 10] = [
        |file| file.way_version(10, (2, true), &[1, 2, 3], &[STREET]),
        |file| file.way_version(10, (1, true), &[1, 2], &[ROAD]),
        |file| file.way_version(10, (2, true), &[1, 2, 3], &[STREET]),
        |file| file.way_version(11, (2, true), &[1, 2], &[ROAD]),
        |file| file.way_version(11, (3, true), &[1, 2], &[WALL]),
        |file| file.way_version(12, (1, true), &[1, 2], &[ROAD]),
        |file| file.way_version(12, (2, false), &[], &[]),
        |file| file.node_version(3, (1, true), [115.2, 23.0]),
        |file| file.node_version(3, (4, true), [115.3, 23.0]),
        |file| file.node_version(2, (9, false), [115.1, 23.0]),
    ];
    let requiring = ["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"];
    let empty = || PbfWriter::requiring(&requiring).node_version(1, (1, true), [115.0, 23.0]);
    let forwards = parts.iter().fold(empty(), |file, part| part(file));
    let backwards = parts.iter().rev().fold(empty(), |file, part| part(file));
    let [forwards, backwards] =
        [forwards, backwards].map(|file| parse("county.osm.pbf", &file.finish()).unwrap());
    assert_eq!(forwards, backwards);
    let ways: Vec<_> = forwards
        .ways
        .iter()
        .map(|way| (way.id, &way.refs))
        .collect();
    assert_eq!(ways, [(10, &vec![1, 2, 3])]);
    assert!(forwards.ways[0].tags.is("highway", "residential"));
    let nodes: Vec<_> = forwards.nodes.iter().map(|node| node.id).collect();
    assert_eq!(nodes, [1, 3]);
    assert!((forwards.node(3).unwrap().position.lon - 115.3).abs() < 1e-9);
    let read = forwards.read;
    assert_eq!(
        (read.deleted, read.duplicates, read.old_versions),
        (2, 1, 4)
    );
}

#[test]
fn versions_of_text_files_count_as_well() {
    let text = "<osm><node id='1' version='-1' lat='0' lon='115'/><node id='2' version='2' lat='0' lon='116'/>\
                <node id='2' version='10' lat='0' lon='117'/>\
                <way id='5' version='9'><nd ref='1'/><nd ref='2'/><tag k='highway' v='track'/></way>\
                <way id='5' version='10'><nd ref='2'/><nd ref='1'/><tag k='highway' v='primary'/></way>\
                <relation id='7' version='2'><tag k='type' v='restriction'/></relation>\
                <relation id='7' version='3' visible='false'/></osm>";
    let extract = parse("county.osm", text.as_bytes()).unwrap();
    assert_eq!(extract.ways[0].refs, [2, 1]);
    assert!(extract.ways[0].tags.is("highway", "primary"));
    assert_eq!(extract.node(2).unwrap().position.lon, 117.0);
    assert!(extract.relations.is_empty());
    assert_eq!(extract.read.old_versions, 3);
}

/// Way 10 says where nodes 1 and 2 are; node 2 stands in the file itself as well, and counts from there.
#[test]
fn positions_that_stand_in_ways_are_read() {
    let nodes = [(1, 115.0, 23.0), (2, 115.1, 23.0)];
    let pbf = PbfWriter::requiring(&["OsmSchema-V0.6", "DenseNodes", "LocationsOnWays"])
        .dense_nodes(&[(2, 115.15, 23.0, &[("barrier", "gate")])])
        .located_way(10, &nodes, &[("highway", "track")])
        .finish();
    let xml = "<osm><node id='2' lat='23' lon='115.15'><tag k='barrier' v='gate'/></node>\
               <way id='10'><bounds minlat='23'/><nd ref='1' lat='23' lon='115'/>\
               <nd ref='2' lat='23' lon='115.1'/><tag k='highway' v='track'/></way>\
               <relation id='3'><member type='way' ref='10' role='outer'><nd lat='23' lon='115'/></member>\
               <tag k='type' v='restriction'/></relation></osm>";
    for bytes in [&pbf[..], xml.as_bytes()] {
        let extract = parse("county.osm", bytes).unwrap();
        let nodes = extract.nodes.iter();
        let nodes: Vec<_> = nodes
            .map(|node| (node.id, node.position.as_written().lon))
            .collect();
        assert_eq!(nodes, [(1, 115.0), (2, 115.15)]);
        assert_eq!(extract.read.placed_by_ways, 1);
    }
}

#[test]
fn blocks_packed_with_lz4_and_zstd_are_read_and_others_say_what_to_do() {
    // A header and a block of one way, as they are unpacked.
    let plain = PbfWriter::new()
        .way(10, &[1, 2], &[("highway", "track")])
        .finish();
    let plain = frames("plain", &plain).unwrap();
    let blocks: Vec<_> = plain
        .iter()
        .map(|frame| frame.unpacked("plain").unwrap())
        .collect();
    let packed = |field: u64, size: fn(usize) -> u64, pack: fn(&[u8]) -> Vec<u8>| {
        let mut file = PbfWriter::without_header();
        for (kind, content) in ["OSMHeader", "OSMData"].iter().zip(&blocks) {
            file.blob_packed_by(field, kind, size(content.len()), &pack(content));
        }
        parse("county.osm.pbf", &file.finish())
    };
    let right = |length| length as u64;
    let lz4: fn(&[u8]) -> Vec<u8> = lz4_flex::block::compress;
    let zstd: fn(&[u8]) -> Vec<u8> = |content| {
        ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Uncompressed)
    };
    for found in [packed(6, right, lz4), packed(7, right, zstd)] {
        assert_eq!(found.unwrap().ways[0].refs, [1, 2]);
    }
    // Sizes that cannot be: too much for so few bytes, for any block, and not what comes out.
    let sizes: [fn(usize) -> u64; 3] = [
        |length| 255 * length as u64 + 2550,
        |_| u64::MAX,
        |length| length as u64 + 1,
    ];
    for size in sizes {
        for (field, pack) in [(6, lz4), (7, zstd)] {
            let error = packed(field, size, pack).unwrap_err().to_string();
            assert!(error.contains("damaged"), "{error}");
        }
    }
    for (field, packer) in [(4, "lzma"), (5, "bzip2")] {
        let error = packed(field, right, <[u8]>::to_vec)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(packer) && error.contains("osmium cat county.osm.pbf -o"),
            "{error}"
        );
    }
}

#[test]
fn the_order_of_the_file_does_not_show() {
    let one = PbfWriter::new()
        .dense_nodes(&[(1, 115.0, 23.0, &[]), (2, 115.1, 23.0, &[])])
        .way(10, &[1, 2], &[("highway", "road")])
        .way(11, &[2, 1], &[("highway", "road")]);
    let other = PbfWriter::new()
        .way(11, &[2, 1], &[("highway", "road")])
        .way(10, &[1, 2], &[("highway", "road")])
        .dense_nodes(&[(2, 115.1, 23.0, &[]), (1, 115.0, 23.0, &[])]);
    assert_eq!(
        parse("a", &one.finish()).unwrap(),
        parse("b", &other.finish()).unwrap()
    );
}
