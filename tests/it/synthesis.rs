//! The embedded county: that its tables come from its sources, and that it is as it says.

use std::collections::{BTreeSet, HashMap};

use brigade::basis::Basis;
use brigade::county::synthesis::settlements::nearest;
use brigade::county::synthesis::sources::Sources;
use brigade::county::synthesis::spacing::squared;
use brigade::county::synthesis::synthesize;
use brigade::files::Source;
use brigade::geography::{LonLat, Plane};
use brigade::roads::gmns;
use brigade::roads::graph::RoadGraph;
use brigade::table::{Columns, Others, Table};
use petgraph::algo::{dijkstra, kosaraju_scc};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeFiltered;
use predicates::prelude::*;

use crate::small_county::{brigade, project};

fn wuhua(file: &str) -> Source {
    Source::Disk(project("data/wuhua").join(file))
}

fn sources() -> Sources {
    Sources::read(&wuhua("source")).unwrap()
}

fn roads() -> RoadGraph {
    gmns::read(&wuhua("network")).unwrap()
}

fn table(file: &str) -> Table {
    // What tests look at; the rest of each table is nothing to them.
    let known = Columns {
        required: &[],
        optional: &[
            "id",
            "lon",
            "lat",
            "town",
            "group",
            "residents",
            "engines",
            "low",
            "high",
        ],
        others: Others::Unused,
    };
    Table::read(&wuhua(file), &known).unwrap()
}

fn node(roads: &RoadGraph, id: &str) -> NodeIndex {
    let mut nodes = roads.graph().node_indices();
    nodes.find(|node| roads.junction(*node).id == id).unwrap()
}

#[test]
fn the_committed_tables_are_made_from_the_sources_to_the_last_byte() {
    let folder = tempfile::tempdir().unwrap();
    brigade()
        .arg("synthesize")
        .arg("--sources")
        .arg(project("data/wuhua/source"))
        .arg("--output")
        .arg(folder.path().join("made"))
        .assert()
        .success();
    for file in [
        "network/node.csv",
        "network/link.csv",
        "network/config.csv",
        "demand.csv",
        "hydrants.csv",
        "towns.csv",
        "boundary.geojson",
    ] {
        let made = std::fs::read(folder.path().join("made").join(file)).unwrap();
        assert!(
            made == *wuhua(file).read().unwrap(),
            "{file} differs: run `brigade synthesize --output data/wuhua` and look at the change"
        );
    }
}

/// A plane over the county, and where the seats of the towns lie on it.
fn seats_on_plane(sources: &Sources) -> (Plane, Vec<[f64; 2]>) {
    let plane = Plane::around(LonLat {
        lon: 115.65,
        lat: 23.78,
    });
    let towns = sources.towns.iter();
    let seats = towns.map(|town| plane.project(town.seat)).collect();
    (plane, seats)
}

#[test]
fn every_village_stands_in_the_county_in_the_cell_of_its_town_and_apart_from_the_others() {
    let sources = sources();
    let (plane, seats) = seats_on_plane(&sources);
    let demand = table("demand.csv");
    let mut points: Vec<[f64; 2]> = Vec::new();
    for row in demand.rows() {
        let position = row.position().unwrap();
        let point = plane.project(position);
        assert!(sources.is_inside(position), "line {}", row.line);
        let town = &sources.towns[nearest(&seats, point).unwrap()];
        assert_eq!(town.id, row.text("town").unwrap(), "line {}", row.line);
        // The plane of the procedure has its middle 0.01° elsewhere, hence 599.
        assert!(
            points
                .iter()
                .all(|other| squared(*other, point) >= 599.0 * 599.0),
            "line {}",
            row.line
        );
        points.push(point);
    }
    assert_eq!(points.len(), 451);
}

#[test]
fn communities_stand_nearer_to_the_seat_than_villages() {
    let sources = sources();
    let made = synthesize(&sources, 0).unwrap();
    let is_former_town = |index: usize| {
        let mut former = sources.former_towns.iter();
        former.any(|former| former.community == index)
    };
    let mean = |communities: bool| {
        let villages = sources.villages.iter().zip(&made.villages).enumerate();
        let distances: Vec<f64> = villages
            .filter(|(index, (name, _))| {
                name.is_community() == communities && !is_former_town(*index)
            })
            .map(|(_, (name, village))| village.position.distance(sources.towns[name.town].seat).0)
            .collect();
        distances.iter().sum::<f64>() / distances.len() as f64
    };
    let (communities, villages) = (mean(true), mean(false));
    assert!(
        communities < 0.5 * villages,
        "{communities} m, {villages} m"
    );
}

#[test]
fn the_residents_of_the_villages_are_those_of_the_towns_and_of_the_county() {
    let mut of_town: HashMap<String, u64> = HashMap::new();
    for row in table("demand.csv").rows() {
        *of_town
            .entry(row.text("town").unwrap().to_owned())
            .or_default() += row.parse::<u64>("residents", "a number").unwrap();
    }
    for row in table("towns.csv").rows() {
        let residents: u64 = row.parse("residents", "a number").unwrap();
        assert_eq!(of_town[row.text("id").unwrap()], residents);
    }
    assert_eq!(of_town.values().sum::<u64>(), 916_961);
}

/// 新桥, 双头 and 大田 were drawn 13.7, 7.4 and 7.1 km away, beside the seats to which they belong now.
#[test]
fn former_towns_stand_at_their_own_market_places() {
    let sources = sources();
    assert_eq!(sources.former_towns.len(), 14);
    let known = Columns {
        required: &["community"],
        optional: &["lon", "lat"],
        others: Others::Unused,
    };
    let rows = Table::read(&wuhua("source/former_towns.csv"), &known).unwrap();
    let demand = table("demand.csv");
    let mut observed = 0;
    for row in rows.rows() {
        let community = row.text("community").unwrap();
        let mut villages = demand.rows();
        let village = villages.find(|village| village.text("id").unwrap() == community);
        let position = village.unwrap().position().unwrap();
        if row.optional("lon").is_some() {
            observed += 1;
            assert_eq!(position, row.position().unwrap(), "{community}");
            let roads = roads();
            let junction = roads.junction(node(&roads, community));
            assert_eq!(junction.basis, Basis::Observed, "{community}");
        }
        for town in &sources.towns {
            let distance = position.distance(town.seat).0;
            assert!(
                distance > 3_990.0,
                "{community} is {distance} m from {}",
                town.name
            );
        }
    }
    assert_eq!(observed, 3);
}

/// The drawn villages of a town differ as a lognormal distribution with 0.6 without 2.5 % at each end does: its
/// standard deviation is 0.6 × √(1 - 2 × 1.96 × 0.05845 / 0.95) = 0.523, and the largest may be exp(2 × 1.96 × 0.6)
/// = 10.51 times the smallest. An urban community is three median villages, all in a town alike.
#[test]
fn villages_differ_in_size_as_it_is_stated() {
    let sources = sources();
    let made = synthesize(&sources, 0).unwrap();
    let (mut squares, mut count) = (0.0, 0.0);
    for town in 0..sources.towns.len() {
        let here = |communities: bool| -> Vec<f64> {
            (sources.villages.iter().zip(&made.villages))
                .filter(|(name, _)| name.town == town && name.is_community() == communities)
                .map(|(_, village)| village.residents as f64)
                .collect()
        };
        let villages = here(false);
        let [least, most] = [f64::min, f64::max].map(|of| villages.iter().copied().reduce(of));
        let (least, most) = (least.unwrap(), most.unwrap());
        assert!(
            least < most && most <= 10.52 * (least + 1.0),
            "{least} {most}"
        );
        let communities = here(true);
        let alike = communities
            .iter()
            .all(|of| (of - communities[0]).abs() <= 1.0);
        assert!(alike, "{communities:?}");
        // The logarithm of a median village of this town is known by its communities.
        let median = libm::log(communities[0] / 3.0);
        for of in &villages {
            let from_median = libm::log(*of) - median;
            squares += from_median * from_median;
        }
        count += villages.len() as f64;
    }
    let sd = (squares / count).sqrt();
    // Of 417 villages: 0.523 with a standard error of some 0.015.
    assert!((sd - 0.523).abs() < 0.045, "{sd}");
}

/// What is wrong with a former town is told by its row.
#[test]
fn a_former_town_that_is_no_community_of_its_town_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(project("data/wuhua/source"))
        .unwrap()
        .flatten()
    {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let file = folder.path().join("former_towns.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let refused = |from: &str, to: &str, said: &str| {
        assert!(text.contains(from), "{from}");
        std::fs::write(&file, text.replace(from, to)).unwrap();
        let error = Sources::read(&Source::Disk(folder.path().to_path_buf())).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(said), "{error}");
    };
    // A village of the same name is no community, and 新桥 is none of 岐岭.
    let community = "former_towns.csv:2: column `community`: `441424104200`";
    refused("441424104003", "441424104200", community);
    let town = "former_towns.csv:2: column `now_in`: `441424106`";
    refused("441424104003,441424104", "441424104003,441424106", town);
    let lat = "former_towns.csv:2: column `lat`";
    refused("115.56809,24.15277", "115.56809,", lat);
}

#[test]
fn every_road_leads_everywhere_and_every_village_and_seat_is_on_one() {
    let roads = roads();
    assert_eq!(kosaraju_scc(roads.graph()).len(), 1);
    let ids: BTreeSet<&str> = roads.junctions().map(|junction| &*junction.id).collect();
    for file in ["demand.csv", "towns.csv"] {
        for row in table(file).rows() {
            assert!(ids.contains(row.text("id").unwrap()), "{file}:{}", row.line);
        }
    }
}

/// 27 km and 45 km are published; both ways here run from seat to seat on ordinary roads: to 华城
/// through 转水 on the main road, to 棉洋 through 横陂 and 安流 and on 安普公路.
#[test]
fn road_distances_are_within_a_tenth_of_the_published_ones() {
    let roads = roads();
    let ordinary = EdgeFiltered::from_fn(roads.graph(), |edge| {
        !roads.road(edge.weight().road).class.is_expressway()
    });
    let distances = dijkstra(&ordinary, node(&roads, "441424100"), None, |edge| {
        roads.road(edge.weight().road).length.0
    });
    for (town, published) in [("441424104", 27_000.0), ("441424123", 45_000.0)] {
        let distance = distances[&node(&roads, town)];
        assert!(
            (distance / published - 1.0).abs() < 0.1,
            "{town}: {distance} m"
        );
    }
}

/// A ramp is the only kind of road whose junctions may carry an expressway and an ordinary road.
#[test]
fn an_expressway_meets_ordinary_roads_at_toll_gates_only() {
    let roads = roads();
    let sources = sources();
    let mut touches: HashMap<NodeIndex, [bool; 2]> = HashMap::new();
    for road in roads.roads() {
        for end in [road.from, road.to] {
            touches.entry(end).or_default()[usize::from(road.class.is_expressway())] = true;
        }
    }
    for (node, [ordinary, expressway]) in touches {
        let id = &roads.junction(node).id;
        assert!(
            !(ordinary && expressway) || sources.gates.contains(id),
            "{id}"
        );
    }
    // And the main line itself never: 50 m of motorway beside a village are no way in.
    for road in roads
        .roads()
        .iter()
        .filter(|road| road.class.word() == "motorway")
    {
        for end in [road.from, road.to] {
            let id = &roads.junction(end).id;
            assert!(!sources.gates.contains(id), "{id} lies on the main line");
        }
    }
}

#[test]
fn every_row_of_every_table_says_how_it_is_known() {
    for file in [
        "network/node.csv",
        "network/link.csv",
        "demand.csv",
        "towns.csv",
        "stations.csv",
        "candidates.csv",
        "candidates-third.csv",
        "incident_types.csv",
        "hours.csv",
        "standards.csv",
        "source/road_facts.csv",
        "source/toll_gates.csv",
        "source/added_roads.csv",
        "source/former_towns.csv",
        "source/incident_rates.csv",
        "source/price_facts.csv",
        "source/town_facts.csv",
        "source/village_facts.csv",
        "prices.csv",
        "brigade_classes.csv",
    ] {
        let table = table(file);
        assert!(table.rows().len() > 0, "{file}");
        for row in table.rows() {
            row.basis().unwrap();
        }
    }
}

#[test]
fn candidate_sites_stand_apart_in_the_cell_of_their_town_beside_an_ordinary_road() {
    let sources = sources();
    let roads = roads();
    let (plane, seats) = seats_on_plane(&sources);
    let mut of_group: HashMap<String, Vec<[f64; 2]>> = HashMap::new();
    for file in ["candidates.csv", "candidates-third.csv"] {
        for row in table(file).rows() {
            let (id, group) = (row.text("id").unwrap(), row.text("group").unwrap());
            let position = row.position().unwrap();
            let point = plane.project(position);
            assert!(sources.is_inside(position), "{id}");
            if group != "第三队" {
                let town = &sources.towns[nearest(&seats, point).unwrap()];
                assert_eq!(town.name, group, "{id}");
            }
            let to_road = roads
                .roads()
                .iter()
                .filter(|road| !road.class.is_expressway())
                .map(|road| {
                    let [from, to] =
                        [road.from, road.to].map(|end| plane.project(roads.junction(end).position));
                    to_line(point, from, to)
                })
                .fold(f64::INFINITY, f64::min);
            assert!(to_road <= 100.0, "{id}: {to_road} m");
            let others = of_group.entry(group.to_owned()).or_default();
            assert!(
                others.iter().all(|other| squared(*other, point) >= 9e4),
                "{id}"
            );
            others.push(point);
        }
    }
    assert_eq!(of_group["第三队"].len(), 13);
    assert!(of_group["安流镇"].len() >= 6 && of_group["华城镇"].len() >= 6);
}

fn to_line(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let length = squared(a, b);
    let along = if length == 0.0 {
        0.0
    } else {
        ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    }
    .clamp(0.0, 1.0);
    squared(
        point,
        [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])],
    )
    .sqrt()
}

#[test]
fn the_existing_station_can_answer_the_largest_call_and_shares_sum_to_one() {
    let stations = table("stations.csv");
    let engines: u32 = stations
        .rows()
        .next()
        .unwrap()
        .parse("engines", "a number")
        .unwrap();
    for row in table("incident_types.csv").rows() {
        let mut sum = 0.0;
        for part in row.text("engines").unwrap().split_whitespace() {
            let (number, share) = part.split_once(':').unwrap();
            assert!(number.parse::<u32>().unwrap() <= engines);
            sum += share.parse::<f64>().unwrap();
        }
        assert!((sum - 1.0).abs() < 1e-9, "line {}", row.line);
    }
}

#[test]
fn more_junctions_make_a_larger_network_in_one_piece() {
    let made = synthesize(&sources(), 5_000).unwrap();
    assert!(made.roads.graph().node_count() > 6_000);
    assert_eq!(kosaraju_scc(made.roads.graph()).len(), 1);
}

#[test]
fn a_key_that_the_procedure_does_not_know_is_refused_with_its_file_and_name() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(project("data/wuhua/source"))
        .unwrap()
        .flatten()
    {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let figures = folder.path().join("synthesis.toml");
    let text = std::fs::read_to_string(&figures).unwrap();
    std::fs::write(&figures, text.replace("piece =", "peice =")).unwrap();
    brigade()
        .arg("synthesize")
        .arg("--sources")
        .arg(folder.path())
        .arg("--output")
        .arg(folder.path().join("made"))
        .assert()
        .code(2)
        .stderr(
            predicates::str::contains("synthesis.toml").and(predicates::str::contains("peice")),
        );
    assert!(!folder.path().join("made").exists());
}
