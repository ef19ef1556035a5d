//! The rules of the OpenStreetMap importer, each on a small map drawn by hand in `osm-rules/`: the
//! sketch stands in the file.

use std::fs;
use std::io::Write;
use std::path::Path;

use brigade::roads::drivable::drivable_part;
use brigade::roads::osm::network::{self, Network};
use brigade::roads::osm::reader;
use brigade::roads::osm::restrictions::NotApplied;
use brigade::roads::passage::{Barrier, Control, Passage, Structure};
use brigade::roads::profile::Profile;
use brigade::roads::road::BothWays;
use brigade::roads::surface::Surface;
use brigade::units::{KmPerHour, Metres, Tonnes};

use crate::small_county::project;

fn map(name: &str) -> Vec<u8> {
    fs::read(project("tests/osm-rules").join(name)).unwrap()
}

fn network(name: &str) -> Network {
    let extract = reader::parse(name, &map(&format!("{name}.osm"))).unwrap();
    network::build(&extract, None)
}

/// Roads as `from-to forwards/backwards`, by junction.
fn passages(network: &Network) -> Vec<String> {
    let roads = &network.roads;
    let describe = |road: &brigade::roads::road::Road| {
        format!(
            "{}-{} {}/{}",
            roads.junction(road.from).id,
            roads.junction(road.to).id,
            road.passage.forwards,
            road.passage.backwards
        )
    };
    roads.roads().iter().map(describe).collect()
}

/// Forbidden ways as the junctions that they lead over: `1>2>4`.
fn forbidden(network: &Network) -> Vec<String> {
    let roads = &network.roads;
    let id = |node| roads.junction(node).id.clone();
    let mut forbidden: Vec<String> = roads
        .restrictions()
        .iter()
        .map(|restriction| {
            let first = restriction.path[0];
            let mut over = vec![id(roads.road(first.road).tail(first.forwards))];
            over.extend(
                restriction
                    .path
                    .iter()
                    .map(|d| id(roads.road(d.road).head(d.forwards))),
            );
            over.join(">")
        })
        .collect();
    forbidden.sort();
    forbidden
}

#[test]
fn several_members_are_understood_where_they_make_sense_and_counted_elsewhere() {
    assert_eq!(forbidden(&network("no-entry")), ["1>2>3", "4>2>3"]);
    assert_eq!(forbidden(&network("no-exit")), ["1>2>3", "1>2>4"]);
    let network = network("odd-restrictions");
    assert!(network.roads.restrictions().is_empty());
    let left_out: Vec<_> = network.counts.restrictions.left_out.into_iter().collect();
    assert_eq!(
        left_out,
        [
            (NotApplied::UnknownKind, 1),
            (NotApplied::OddMembers, 5),
            (NotApplied::NotConnected, 1),
        ]
    );
}

#[test]
fn what_is_left_out_or_not_understood_is_counted() {
    assert_eq!(network("ferry").counts.ferries, 1);
    assert_eq!(network("height-restrictor").counts.limits_at_junctions, 1);
    for (map, key, value) in [
        ("access-words", "access", "perhaps"),
        ("access-words", "emergency", "phone"),
        ("one-way-words", "oneway", "perhaps"),
        ("barrier-words", "barrier", "portcullis"),
        ("surfaces", "surface", "lava"),
        ("sizes", "maxweight", "heavy"),
        ("maxspeed", "maxspeed", "signals"),
    ] {
        let counted = network(map).counts.not_understood.of(key, value);
        // A way that is no road says nothing more about its tags.
        let expected = u64::from(value != "phone");
        assert_eq!(counted, expected, "{map}: {key}={value}");
    }
}

/// A bar bars its junction and neither of the roads that lead up to it.
#[test]
fn a_limit_at_a_point_is_one_of_its_junction() {
    let roads = network("height-restrictor").roads;
    let heights: Vec<_> = roads
        .junctions()
        .map(|junction| junction.limits.height)
        .collect();
    let [bar, bridge] = [Some(Metres(2.2)), Some(Metres(3.5))];
    assert_eq!(heights, [None, bar, None, bridge, None, None]);
    assert!(
        roads
            .roads()
            .iter()
            .all(|road| road.limits.height.is_none())
    );
}

#[test]
fn private_roads_are_open_to_engines_and_closed_ones_only_by_name() {
    assert_eq!(
        passages(&network("access")),
        [
            "1-2 open/open",
            "2-3 emergency/emergency",
            "2-5 emergency/emergency"
        ]
    );
}

#[test]
fn one_way_streets_lead_one_way_and_engines_back_where_they_may() {
    assert_eq!(
        passages(&network("one-way")),
        [
            "1-2 open/against_one_way",
            // The same as 2-1 open/emergency: a road is written from its lower number.
            "1-2 emergency/open",
            "3-2 open/against_one_way"
        ]
    );
}

#[test]
fn barriers_are_junctions_and_bollards_end_the_road() {
    let roads = network("barriers").roads;
    let barriers: Vec<_> = roads.junctions().map(|junction| junction.barrier).collect();
    assert_eq!(
        barriers,
        [
            None,
            Some(Barrier::Gate),
            Some(Barrier::Blocked),
            Some(Barrier::EmergencyGate),
            None
        ]
    );
    assert_eq!(drivable_part(&roads, &Profile::starters()).roads().len(), 2);
}

#[test]
fn lights_and_crossings_count_in_their_direction() {
    let roads = network("signals").roads;
    let road = &roads.roads()[0];
    let both = |forwards, backwards| BothWays {
        forwards,
        backwards,
    };
    // One step and two along the equator, to 0.1 m.
    assert_eq!(road.signals, both(vec![Metres(1112.0)], vec![]));
    let crossing = vec![Metres(2223.9)];
    assert_eq!(road.crossings, both(crossing.clone(), crossing));
    assert_eq!(roads.junction(road.to).control, Some(Control::Signals));
}

#[test]
fn forbidden_turns_are_sequences_of_roads() {
    assert_eq!(forbidden(&network("no-left-turn")), ["1>2>4"]);
    assert_eq!(
        forbidden(&network("only-straight-on")),
        ["1>2>1", "1>2>4", "1>2>5"]
    );
    assert_eq!(forbidden(&network("no-turn-via-way")), ["1>2>3>5"]);
    assert_eq!(forbidden(&network("only-via-way")), ["1>2>3>2", "1>2>3>5"]);
}

#[test]
fn restrictions_that_do_not_bind_engines_are_counted_with_their_reason() {
    let network = network("not-for-engines");
    assert!(network.roads.restrictions().is_empty());
    let left_out = &network.counts.restrictions.left_out;
    assert_eq!(left_out.values().sum::<u64>(), 5);
    assert_eq!(left_out[&NotApplied::Exempt], 2);
    assert_eq!(left_out[&NotApplied::Missing], 1);
    assert_eq!(left_out[&NotApplied::OtherVehicles], 1);
    assert_eq!(left_out[&NotApplied::Conditional], 1);
}

/// 20 mph = 32.19 km/h, written as 32.2; 12'6" = 3.81 m.
#[test]
fn everything_that_is_posted_is_read() {
    let network = network("attributes");
    let road = &network.roads.roads()[0];
    assert_eq!(road.limits.height, Some(Metres(3.81)));
    assert_eq!(road.limits.weight, Some(Tonnes(7.5)));
    assert_eq!(road.limits.width, Some(Metres(2.5)));
    assert_eq!((road.width, road.lanes), (Some(Metres(5.5)), Some(2)));
    assert_eq!(road.surface, Some(Surface::Rough));
    assert_eq!(road.structure, Some(Structure::Bridge));
    assert_eq!(road.free_speed.forwards, Some(KmPerHour(30.0)));
    assert_eq!(road.free_speed.backwards, Some(KmPerHour(32.2)));
    assert!(network.counts.not_understood.0.is_empty());
}

#[test]
fn a_track_of_earth_is_kept_and_one_of_mud_is_not() {
    let network = network("tracks");
    let surfaces: Vec<_> = network
        .roads
        .roads()
        .iter()
        .map(|road| road.surface)
        .collect();
    assert_eq!(surfaces, [Some(Surface::Paved), Some(Surface::Earth)]);
    assert!(network.roads.roads()[0].passage == BothWays::same(Passage::Open));
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_packed_file_is_read_as_what_is_in_it_whatever_its_name() {
    let plain = map("only-via-way.osm");
    let extract = reader::parse("a.pbf", &plain).unwrap();
    assert_eq!(reader::parse("a.bz2", &gzip(&plain)).unwrap(), extract);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.osm");
    fs::write(&path, bzip2(&plain)).unwrap();
    let source = brigade::files::Source::Disk(Path::new(&path).to_owned());
    assert_eq!(reader::read(&source).unwrap(), extract);
}

#[test]
fn damaged_and_foreign_files_say_what_is_wrong() {
    let plain = map("access.osm");
    let error = |bytes: &[u8]| reader::parse("x", bytes).unwrap_err().to_string();
    let packed = gzip(&plain);
    for (bytes, message) in [
        (
            &plain[..plain.len() - 8],
            "the text ends before its last element",
        ),
        (
            &packed[..packed.len() / 2],
            "the compressed file is cut short or damaged",
        ),
        (
            &gzip(b"id,name\n1,a\n"),
            "this is not an OpenStreetMap file",
        ),
        (&b"<gpx></gpx>"[..], "but a GPX file"),
        (
            &b"<osm><node id='a'/></osm>"[..],
            "<node id=\"a\">: no whole number",
        ),
        (
            &b"<osm><node id='1' lat='x'/></osm>"[..],
            "lat=\"x\", which is no number",
        ),
        // 128 MiB of zeros take 130 kB.
        (
            &gzip(&[b"<osm>".to_vec(), vec![b' '; 1 << 27]].concat()),
            "more than 200 times its size",
        ),
    ] {
        let error = error(bytes);
        assert!(error.contains(message), "{error}");
    }
    let empty = reader::parse("x", b"<osm version='0.6'/>").unwrap();
    assert!(empty.ways.is_empty());
}

#[test]
fn the_same_number_twice_and_a_position_off_the_earth_are_counted() {
    let text = "<osm><node id='1' lon='0' lat='0'/><node id='1' lon='9' lat='0'/>\
         <node id='2' lon='1' lat='0'/><node id='3' lon='500' lat='0'/>\
         <way id='5'><nd ref='1'/><nd ref='2'/><tag k='highway' v='road'/></way>\
         <way id='5'><nd ref='1'/><nd ref='2'/><tag k='highway' v='road'/></way></osm>";
    let extract = reader::parse("x", text.as_bytes()).unwrap();
    assert_eq!((extract.ways.len(), extract.nodes.len()), (1, 2));
    assert_eq!(extract.read.duplicates, 2);
    assert_eq!(extract.read.nodes_without_position, 1);
    assert!(
        extract.nodes[0].position.lon.abs() < 1e-9,
        "the first is kept"
    );
}
