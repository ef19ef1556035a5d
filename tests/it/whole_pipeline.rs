//! Random small counties from their files to the ranking, beside a program that is as simple as can be and shares no
//! code with it: travel times by petgraph, every call event by event, every site tried.
//!
//! Roads of 60 km/h, 60 ms a metre; call handling and turnout 60 s each; half an hour at the scene, home as long as
//! there. Engines are few and calls come close together, so that the nearest is often out and some calls wait.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use brigade::evaluation::comparison::Comparison;
use brigade::evaluation::metric::Metric;
use brigade::files::Source;
use brigade::planning::{Inquiry, Request};
use brigade::report::optimization::junction_name;
use brigade::scenario::Scenario;
use brigade::simulation::replications::{Experiment, simulate};
use brigade::siting::answer::Effort;
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::small_county::{small_county, takes_calls_from_a_list};

const JUNCTIONS: usize = 7;
const HANDLING: u64 = 60_000;
const TURNOUT: u64 = 60_000;
const ON_SCENE: u64 = 30 * 60_000;

#[derive(Clone, Debug)]
struct County {
    /// Metres from each junction to an earlier one, and which; both ways.
    tree: Vec<(usize, u32)>,
    /// From, to, metres, whether both ways.
    more: Vec<(usize, usize, u32, bool)>,
    /// Junction and engines: those that stand, then sites.
    stations: Vec<(usize, u16)>,
    existing: usize,
    /// Junction and incidents a year.
    points: Vec<(usize, u32)>,
    /// Minutes since the call before, and the point.
    calls: Vec<(u32, usize)>,
}

fn counties() -> impl Strategy<Value = County> {
    let tree: Vec<_> = (1..JUNCTIONS)
        .map(|junction| (0..junction, 2_000u32..9_000))
        .collect();
    let road = (0..JUNCTIONS, 0..JUNCTIONS, 16_000u32..30_000, any::<bool>());
    let mut places = Vec::new();
    places.extend(0..JUNCTIONS);
    (
        tree,
        prop::collection::vec(road, 0..4),
        (
            Just(places.clone()).prop_shuffle(),
            prop::collection::vec(1u16..3, 4),
        ),
        1usize..3,
        (
            Just(places).prop_shuffle(),
            prop::collection::vec(1u32..50, 2..5),
        ),
        prop::collection::vec((0u32..90, 0usize..100), 1..30),
    )
        .prop_map(
            |(tree, more, (stand, engines), existing, (at, rates), calls)| {
                let points: Vec<_> = at.into_iter().zip(rates).collect();
                let call = |(minutes, point): (u32, usize)| (minutes, point % points.len());
                County {
                    tree,
                    more: more.into_iter().filter(|road| road.0 != road.1).collect(),
                    stations: stand.into_iter().zip(engines).collect(),
                    existing,
                    calls: calls.into_iter().map(call).collect(),
                    points,
                }
            },
        )
}

fn longitude(junction: usize) -> f64 {
    115.0 + 0.02 * junction as f64
}

impl County {
    /// Every road with its length, once for each way in which it may be driven.
    fn arcs(&self) -> Vec<(usize, usize, u32)> {
        let mut arcs = Vec::new();
        for (from, to, metres, both) in self.links() {
            arcs.push((from, to, metres));
            if both {
                arcs.push((to, from, metres));
            }
        }
        arcs
    }

    /// No road is shorter than the straight line, which is 2,227 m between neighbours.
    fn links(&self) -> Vec<(usize, usize, u32, bool)> {
        let tree = (1..)
            .zip(&self.tree)
            .map(|(from, (to, metres))| (from, *to, metres + 2_040 * (from - to) as u32, true));
        tree.chain(self.more.iter().copied()).collect()
    }

    fn write(&self, folder: &Path) -> PathBuf {
        let county = small_county(folder);
        let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
        let mut nodes = "node_id,x_coord,y_coord\n".to_owned();
        for junction in 0..JUNCTIONS {
            writeln!(nodes, "n{junction},{},0", longitude(junction)).unwrap();
        }
        let mut links =
            "link_id,from_node_id,to_node_id,directed,length,facility_type\n".to_owned();
        for (number, (from, to, metres, both)) in self.links().into_iter().enumerate() {
            let directed = u8::from(!both);
            writeln!(links, "l{number},n{from},n{to},{directed},{metres},primary").unwrap();
        }
        write("network/node.csv", &nodes);
        write("network/link.csv", &links);
        let mut stations = "id,name,lon,lat,engines,basis,reason\n".to_owned();
        let mut sites = "group,id,name,lon,lat,engines,basis,reason\n".to_owned();
        for (number, (junction, engines)) in self.stations.iter().enumerate() {
            let lon = longitude(*junction);
            let row = format!("s{number},s{number},{lon},0,{engines},assumed,test");
            match number < self.existing {
                true => writeln!(stations, "{row}").unwrap(),
                false => writeln!(sites, "new,{row}").unwrap(),
            }
        }
        write("stations.csv", &stations);
        write("candidates.csv", &sites);
        write(
            "towns.csv",
            "id,name,lon,lat,residents,basis\nT,T,115.00,0,4000,assumed\n",
        );
        let mut demand = "id,name,town,lon,lat,residents,rate_fire,basis\n".to_owned();
        for (number, (junction, rate)) in self.points.iter().enumerate() {
            let lon = longitude(*junction);
            writeln!(demand, "p{number},p{number},T,{lon},0,1000,{rate},assumed").unwrap();
        }
        write("demand.csv", &demand);
        let types = fs::read_to_string(county.join("incident_types.csv")).unwrap();
        write(
            "incident_types.csv",
            &types.replace("1 min,0 s", "30 min,0 s"),
        );
        let mut list = "time,type,demand_point\n".to_owned();
        for (minute, point) in self.calls() {
            let (day, hour, minute) = (1 + minute / 1440, minute / 60 % 24, minute % 60);
            writeln!(list, "2027-01-{day:02} {hour:02}:{minute:02},fire,p{point}").unwrap();
        }
        write("list.csv", &list);
        let boundary = "{\"type\":\"Polygon\",\"coordinates\":[[[114.9,-0.1],[115.3,-0.1],[115.3,0.1],[114.9,0.1],\
                        [114.9,-0.1]]]}";
        write("boundary.geojson", boundary);
        county
    }

    /// The junctions at which three roads or more end, where alone a brigade may be sited.
    fn where_roads_meet(&self) -> Vec<usize> {
        let mut ends = [0; JUNCTIONS];
        for (from, to, ..) in self.links() {
            ends[from] += 1;
            ends[to] += 1;
        }
        (0..JUNCTIONS)
            .filter(|junction| ends[*junction] >= 3)
            .collect()
    }

    /// Minute and point of each call.
    fn calls(&self) -> Vec<(u32, usize)> {
        let mut minute = 0;
        let calls = self.calls.iter().map(|(later, point)| {
            minute += later;
            (minute, *point)
        });
        calls.collect()
    }

    /// Milliseconds from each station, and from each junction, to each point.
    fn travel(&self) -> [Vec<Vec<u64>>; 2] {
        let mut graph = DiGraph::<(), u64>::new();
        let nodes: Vec<NodeIndex> = (0..JUNCTIONS).map(|_| graph.add_node(())).collect();
        for (from, to, metres) in self.arcs() {
            graph.add_edge(nodes[from], nodes[to], u64::from(metres) * 60);
        }
        let from = |junction: usize| -> Vec<u64> {
            let times = dijkstra(&graph, nodes[junction], None, |arc| *arc.weight());
            self.points
                .iter()
                .map(|(at, _)| times[&nodes[*at]])
                .collect()
        };
        let of_stations = self.stations.iter().map(|(junction, _)| from(*junction));
        [of_stations.collect(), (0..JUNCTIONS).map(from).collect()]
    }

    /// Mean response over the calls of the list in seconds, and how many waited, with these stations standing.
    fn answered(&self, standing: &[usize], travel: &[Vec<u64>]) -> (f64, usize) {
        // When each engine is home again.
        let mut home: Vec<(usize, u64)> = standing
            .iter()
            .flat_map(|station| {
                let engines = usize::from(self.stations[*station].1);
                std::iter::repeat_n((*station, 0), engines)
            })
            .collect();
        let order = |station: usize, point: usize| (travel[station][point], station);
        let (mut sum, mut waited) = (0, 0);
        // First come, first served: each call has the nearest engine that is home when it is ordered, or else the
        // first that comes home.
        let mut not_before = 0;
        for (minute, point) in self.calls() {
            let ordered = u64::from(minute) * 60_000 + HANDLING;
            let now = ordered.max(not_before);
            let ready = home.iter().enumerate().filter(|(_, (_, at))| *at <= now);
            let nearest = ready.min_by_key(|(_, (station, _))| order(*station, point));
            let (engine, leaves) = match nearest {
                Some((engine, _)) => (engine, now),
                None => {
                    let all = home.iter().enumerate();
                    let next = all.min_by_key(|(_, (station, at))| (*at, order(*station, point)));
                    let (engine, (_, at)) = next.unwrap();
                    (engine, *at)
                }
            };
            waited += usize::from(leaves > ordered);
            not_before = leaves;
            let (station, at) = &mut home[engine];
            let drive = travel[*station][point];
            let arrives = leaves + TURNOUT + drive;
            *at = arrives + ON_SCENE + drive;
            sum += arrives - (ordered - HANDLING);
        }
        (sum as f64 / 1000.0 / self.calls.len() as f64, waited)
    }

    /// Mean response to be expected in seconds, where `nearest` says how far the nearest is from each point.
    fn expected(&self, nearest: impl Fn(usize) -> u64) -> f64 {
        let points = self.points.iter().enumerate();
        let [mut sum, mut all] = [0.0; 2];
        for (point, (_, rate)) in points {
            let seconds = (HANDLING + TURNOUT + nearest(point)) as f64 / 1000.0;
            sum += f64::from(*rate) * seconds;
            all += f64::from(*rate);
        }
        sum / all
    }
}

/// Ids of the alternatives from the best, with what the oracle says of each.
fn ranked(county: &County, travel: &[Vec<u64>]) -> Vec<(String, f64, usize)> {
    let existing: Vec<usize> = (0..county.existing).collect();
    let today = county.answered(&existing, travel);
    let mut all = vec![("baseline".to_owned(), today.0, today.1)];
    for site in county.existing..county.stations.len() {
        let (mean, waited) = county.answered(&[&existing[..], &[site]].concat(), travel);
        all.push((format!("s{site}"), mean, waited));
    }
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    all
}

#[test]
fn a_slow_program_that_shares_no_code_comes_to_the_same() {
    let config = Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let [waited_in_all, one_way, sited] = [0; 3].map(Cell::new);
    TestRunner::new(config)
        .run(&counties(), |county| {
            let folder = tempfile::tempdir().unwrap();
            let files = county.write(folder.path());
            let source = Source::Disk(files.join("scenario.toml"));
            let [from_stations, from_junctions] = county.travel();

            // Where one more brigade is best, every junction tried.
            let scenario = Scenario::load(&source).unwrap();
            let nearest = |standing: &[usize], point: usize| {
                let times = standing
                    .iter()
                    .map(|station| from_stations[*station][point]);
                times.min().unwrap()
            };
            let existing: Vec<usize> = (0..county.existing).collect();
            let request = Request {
                within: vec!["T".to_owned()],
                on: Vec::new(),
                engines: None,
                fixed: Vec::new(),
                simulated_choices: 0,
                min_distance_metres: 0.0,
                together: false,
                frontier: 0,
                standard: None,
                budget: None,
                phases: Vec::new(),
                under: Vec::new(),
            };
            let inquiry = Inquiry::new(request, &scenario, &source, junction_name).unwrap();
            let chosen = inquiry.choose(&scenario, &Effort::default());
            let means = county.where_roads_meet().into_iter().map(|junction| {
                county.expected(|point| {
                    nearest(&existing, point).min(from_junctions[junction][point])
                })
            });
            match means.min_by(f64::total_cmp) {
                None => prop_assert!(chosen.is_err(), "no roads meet anywhere"),
                Some(best) => {
                    let chosen = chosen.unwrap();
                    let today = county.expected(|point| nearest(&existing, point));
                    let baseline = chosen.baseline.expect("a station stands");
                    prop_assert!((baseline - today).abs() < 1e-6, "{} {today}", baseline);
                    let found = chosen.best[0].mean;
                    prop_assert!((found - best).abs() < 1e-6, "{found} {best}");
                    sited.set(sited.get() + 1);
                }
            }

            // What becomes of every call.
            takes_calls_from_a_list(&files);
            let scenario = Scenario::load(&source).unwrap();
            let times = scenario.travel_times().unwrap();
            let outcomes = simulate(&Experiment::of(&scenario, &times)).unwrap();
            let comparison = Comparison::new(&scenario, &times, &outcomes, Metric::MeanResponse);
            let all = ranked(&county, &from_stations);
            waited_in_all.set(waited_in_all.get() + all.iter().map(|of| of.2).sum::<usize>());
            one_way.set(one_way.get() + county.more.iter().filter(|road| !road.3).count());
            for (found, (_, mean, _)) in comparison.alternatives.iter().zip(&all) {
                let of_it = all.iter().find(|of| of.0 == found.id).unwrap();
                let figure = found.county.mean_response_seconds.unwrap().value;
                prop_assert!(
                    (figure - of_it.1).abs() < 1e-6,
                    "{}: {figure}, not {}",
                    found.id,
                    of_it.1
                );
                // Of equals any may come first.
                prop_assert!(
                    (of_it.1 - mean).abs() < 1e-6,
                    "{} is not in its place",
                    found.id
                );
                let share = found.county.waited.unwrap().value;
                let wanted = of_it.2 as f64 / county.calls.len() as f64;
                prop_assert!(
                    (share - wanted).abs() < 1e-6,
                    "{}: {share} wait, not {wanted}",
                    found.id
                );
            }
            prop_assert_eq!(comparison.alternatives.len(), all.len());
            Ok(())
        })
        .unwrap();
    // What makes it hard did happen.
    let hard = [waited_in_all.get(), one_way.get(), sited.get()];
    assert!(
        hard.iter()
            .zip([100, 20, 30])
            .all(|(is, least)| *is > least),
        "{hard:?}"
    );
}
