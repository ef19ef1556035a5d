use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};

use super::*;
use crate::files::{Product, Staging};
use crate::roads::passage::{Barrier, Control, DrivingSide, Structure};
use crate::roads::road::{BothWays, Direction, RoadId, SizeLimits, TurnRestriction};
use crate::roads::surface::{Smoothness, Surface};
use crate::roads::test_roads::network;
use crate::units::{KmPerHour, Metres, Tonnes};

/// Three roads, one of which says everything that a road can say.
fn rich() -> RoadGraph {
    let plain = network(
        3,
        &[
            (0, 1, false, 900.0),
            (1, 2, true, 800.0),
            (2, 0, false, 0.0),
        ],
    );
    let mut roads = RoadGraph::default();
    for (number, junction) in plain.junctions().enumerate() {
        let mut junction = junction.clone();
        junction.control = (number == 1).then_some(Control::Signals);
        junction.barrier = (number == 2).then_some(Barrier::EmergencyGate);
        junction.limits.height = (number == 0).then_some(Metres(2.5));
        roads.add_junction(junction);
    }
    for (number, road) in plain.roads().iter().enumerate() {
        let mut road = road.clone();
        // No road between two places is without length.
        if road.length.0 == 0.0 {
            road.length = Metres(2000.0);
        }
        if number == 0 {
            road.name = "安流, \"大道\"".to_owned();
            road.free_speed.backwards = Some(KmPerHour(60.5));
            road.lanes = Some(4);
            road.surface = Some(Surface::Gravel);
            road.width = Some(Metres(7.25));
            road.limits = SizeLimits {
                height: Some(Metres(4.5)),
                weight: Some(Tonnes(20.0)),
                width: None,
                axle_load: Some(Tonnes(9.5)),
                length: Some(Metres(7.0)),
            };
            road.structure = Some(Structure::Bridge);
            road.signals = BothWays {
                forwards: vec![Metres(30.5)],
                backwards: vec![Metres(30.5), Metres(700.0)],
            };
            road.crossings.forwards = vec![Metres(0.0), Metres(1.0), Metres(2.0)];
            road.names = vec![("en".to_owned(), "Main St".to_owned())];
            road.smoothness = Some(Smoothness::VeryBad);
            road.side = DrivingSide::Left;
            road.shape = vec![crate::roads::test_roads::metres_east(450.0)];
        }
        roads.add_road(road);
    }
    roads.add_restriction(TurnRestriction {
        id: "r".to_owned(),
        path: [0, 1]
            .map(|road| Direction {
                road: RoadId(road),
                forwards: true,
            })
            .to_vec(),
        binds_engines: true,
    });
    roads
}

fn same(a: &RoadGraph, b: &RoadGraph) -> bool {
    let edges = |roads: &RoadGraph| -> Vec<_> {
        roads
            .graph()
            .raw_edges()
            .iter()
            .map(|edge| (edge.source(), edge.target(), edge.weight))
            .collect()
    };
    a.roads() == b.roads()
        && a.junctions().eq(b.junctions())
        && a.restrictions() == b.restrictions()
        && edges(a) == edges(b)
}

fn written(roads: &RoadGraph) -> (tempfile::TempDir, Source) {
    let above = tempfile::tempdir().unwrap();
    let staging = Staging::for_folder(&above.path().join("county"), Product::Network).unwrap();
    gmns::write(roads, &staging, "network").unwrap();
    staging.publish().unwrap();
    let network = Source::Disk(above.path().join("county/network"));
    (above, network)
}

fn kept(network: &Source) -> PathBuf {
    let Source::Disk(folder) = network else {
        panic!("on disk");
    };
    folder.join(FOLDER).join(ROADS)
}

#[test]
fn a_graph_comes_back_from_the_cache_as_it_was() {
    let roads = rich();
    let bytes = postcard::to_stdvec(&FlatView(&roads)).unwrap();
    let read: FlatRoads = postcard::from_bytes(&bytes).unwrap();
    assert!(same(&roads, &read.into_roads().unwrap()));
    let (_above, network) = written(&roads);
    let first = open_from(&network, 1).unwrap();
    assert!(kept(&network).is_file());
    // From the cache, and not from the tables once more.
    let key = tables_key(&network).unwrap();
    assert!(load::<(FlatRoads, Account)>(&kept(&network), &key).is_some());
    let second = open_from(&network, 1).unwrap();
    assert!(same(&first.roads, &second.roads));
    assert!(same(&gmns::read(&network).unwrap(), &second.roads));
    assert_eq!(first.cache, second.cache);
}

#[test]
fn a_small_network_has_no_cache() {
    let (_above, network) = written(&rich());
    assert_eq!(open(&network).unwrap().cache, None);
    assert!(!kept(&network).exists());
}

/// The tables say another length, and the cache is made again.
#[test]
fn a_stale_cache_is_made_again() {
    let (_above, network) = written(&rich());
    open_from(&network, 1).unwrap();
    let before = fs::read(kept(&network)).unwrap();
    let Source::Disk(folder) = &network else {
        panic!("on disk");
    };
    let links = fs::read_to_string(folder.join("link.csv")).unwrap();
    fs::write(folder.join("link.csv"), links.replace(",800.0,", ",801.0,")).unwrap();
    let again = open_from(&network, 1).unwrap();
    assert_eq!(again.roads.roads()[1].length, Metres(801.0));
    assert_ne!(fs::read(kept(&network)).unwrap(), before);
}

/// Cut anywhere, or with any byte changed, the cache is passed over.
#[test]
fn a_damaged_cache_is_made_again() {
    let (_above, network) = written(&rich());
    let first = open_from(&network, 1).unwrap();
    let whole = fs::read(kept(&network)).unwrap();
    for index in 0..whole.len() {
        let mut changed = whole.clone();
        changed[index] ^= 0x20;
        for damaged in [&whole[..index], &changed] {
            fs::write(kept(&network), damaged).unwrap();
            let key = tables_key(&network).unwrap();
            assert!(load::<(FlatRoads, Account)>(&kept(&network), &key).is_none());
        }
    }
    let again = open_from(&network, 1).unwrap();
    assert!(same(&first.roads, &again.roads));
    assert_eq!(fs::read(kept(&network)).unwrap(), whole);
}

/// Some bytes of a file changed, doubled, cut out or exchanged.
fn damaged(whole: &[u8], draws: &mut SmallRng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..draws.random_range(1..4) {
        let begin = draws.random_range(0..bytes.len());
        let end = draws.random_range(begin..bytes.len().min(begin + 64)) + 1;
        match draws.random_range(0..5) {
            0 => bytes[begin] = draws.random(),
            1 => bytes[begin..end].fill(0),
            2 => drop(bytes.drain(begin..end)),
            3 => bytes.extend_from_within(begin..end),
            _ => bytes[begin..end].reverse(),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Of 10,000 damaged files of roads and contractions none gives other roads or times.
#[test]
fn ten_thousand_damaged_files_give_no_other_times() {
    let (_above, network) = written(&rich());
    let first = open_from(&network, 1).unwrap();
    let key = tables_key(&network).unwrap();
    let roads = kept(&network);
    let cache = first.cache.unwrap();
    let graph = Digraph::from_arcs(4, &[(0, 1, 7), (1, 2, 4), (2, 0, 1), (2, 3, 5), (3, 1, 2)]);
    let made = cache.preparation(&graph, || Preparation::with_order(&graph, &[3, 0, 1, 2]));
    let contraction = cache.contraction_file(&arcs_key(&graph));
    let whole = [&roads, &contraction].map(|file| fs::read(file).unwrap());
    assert!(load::<(FlatRoads, Account)>(&roads, &key).is_some());
    let mut draws = SmallRng::seed_from_u64(17);
    let mut remade = 0;
    for number in 0..10_000 {
        let of = number % 2;
        let bytes = damaged(&whole[of], &mut draws);
        let file = [&roads, &contraction][of];
        fs::write(file, &bytes).unwrap();
        let is_kept = match of {
            0 => load::<(FlatRoads, Account)>(file, &key).is_some(),
            _ => load::<Preparation>(file, &arcs_key(&graph)).is_some(),
        };
        assert!(!is_kept || bytes == whole[of], "{number}");
        // Each tenth as a run would go on.
        if number % 20 == 0 {
            let again = open_from(&network, 1).unwrap();
            assert!(same(&first.roads, &again.roads), "{number}");
            assert_eq!(again.warning, None);
            // Of roads that were made again no contraction stays.
            fs::write(&contraction, &whole[1]).unwrap();
        } else if number % 20 == 1 {
            let again = cache.preparation(&graph, || {
                remade += 1;
                Preparation::with_order(&graph, &[3, 0, 1, 2])
            });
            assert_eq!(again, made, "{number}");
        }
        if number % 20 < 2 {
            assert_eq!(
                fs::read(file).unwrap(),
                whole[of],
                "{number}: as if nothing had been"
            );
        }
    }
    assert!(remade > 490, "{remade}");
}

/// The tables are replaced while they are read: what is kept is what was read, under its own name.
#[test]
fn a_table_that_is_replaced_while_it_is_read_does_not_poison_the_cache() {
    let (_above, network) = written(&rich());
    let tables = network.held(&gmns::FILES).unwrap();
    let Source::Disk(folder) = &network else {
        panic!("on disk");
    };
    let links = fs::read_to_string(folder.join("link.csv")).unwrap();
    fs::write(folder.join("link.csv"), links.replace(",800.0,", ",801.0,")).unwrap();
    let length = |network: &Source| gmns::read(network).unwrap().roads()[1].length;
    assert_eq!(length(&tables), Metres(800.0));
    assert_eq!(length(&network), Metres(801.0));
    assert_ne!(tables_key(&tables).unwrap(), tables_key(&network).unwrap());
}

#[test]
fn what_a_run_was_writing_when_it_ended_goes() {
    let (_above, network) = written(&rich());
    open_from(&network, 1).unwrap();
    let folder = kept(&network).parent().unwrap().to_owned();
    fs::write(folder.join(".unfinished-dead"), "half").unwrap();
    let living = unfinished(&folder).unwrap();
    let names = || -> Vec<_> {
        let entries = fs::read_dir(&folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(UNFINISHED)).collect()
    };
    assert_eq!(names().len(), 1, "the dead one went");
    fs::remove_file(kept(&network)).unwrap();
    open_from(&network, 1).unwrap();
    assert_eq!(names().len(), 1, "the living one stays");
    drop(living);
}

#[test]
fn a_contraction_is_made_once_for_one_set_of_arcs() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache {
        folder: folder.path().join(FOLDER),
    };
    let graph = Digraph::from_arcs(3, &[(0, 1, 7), (1, 2, 4), (2, 0, 1)]);
    let make = || Preparation::with_order(&graph, &[0, 1, 2]);
    assert!(!cache.has_preparation(&graph));
    let made = cache.preparation(&graph, make);
    let other_times = graph.with_weights(&[1, 2, 3]);
    assert!(cache.has_preparation(&other_times));
    let kept = cache.preparation(&other_times, || panic!("it is at hand"));
    assert_eq!(kept, made);
    assert!(!cache.has_preparation(&Digraph::from_arcs(3, &[(0, 1, 7)])));
}

/// Eight threads open one network at the same time, with and without a cache.
#[test]
fn runs_that_share_a_cache_do_not_disturb_each_other() {
    let roads = rich();
    let (_above, network) = written(&roads);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let opened = open_from(&network, 1).unwrap();
                    assert_eq!(opened.warning, None);
                    assert_eq!(opened.roads.roads().len(), roads.roads().len());
                    let _ = fs::remove_file(kept(&network));
                }
            });
        }
    });
}
