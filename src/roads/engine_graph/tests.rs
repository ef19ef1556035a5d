use std::collections::BTreeMap;

use petgraph::algo::dijkstra;
use proptest::prelude::*;

use super::*;
use crate::paths::{HeapSearch, Hierarchy, matrix};
use crate::roads::passage::Passage;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::road::TurnRestriction;
use crate::roads::test_roads::{network, plain_profile, profile_with};

/// The oracle: petgraph's Dijkstra on a graph whose nodes are the last `memory` directions driven,
/// every one of them, with the rules of turns written down once more and simply.
fn oracle(
    roads: &RoadGraph,
    profile: &Profile,
    start: NodeIndex,
    memory: usize,
) -> Vec<Option<u64>> {
    let driving = profile.under(&Conditions::default()).unwrap();
    let delay = &profile.keys.delay;
    let drive = |d: Direction| driving.time(d.road, roads.road(d.road), d.forwards);
    let directions: Vec<Direction> = (0..roads.roads().len() as u32)
        .flat_map(|road| {
            [true, false].map(|forwards| Direction {
                road: RoadId(road),
                forwards,
            })
        })
        .filter(|d| drive(*d).is_finite())
        .collect();
    let ends = |d: &Direction| {
        let road = roads.road(d.road);
        (road.tail(d.forwards), road.head(d.forwards))
    };
    let bearings = Bearings::of(roads);
    let arms = |junction: NodeIndex| {
        let meets = |r: &crate::roads::road::Road| {
            u32::from(r.from == junction) + u32::from(r.to == junction)
        };
        roads
            .roads()
            .iter()
            .zip(0..)
            .filter(|(_, id)| directions.iter().any(|d| d.road == RoadId(*id)))
            .map(|(road, _)| meets(road))
            .sum::<u32>()
    };
    let mut graph: DiGraph<Vec<Direction>, u64> = DiGraph::new();
    let mut node_of: BTreeMap<Vec<Direction>, NodeIndex> = BTreeMap::new();
    let source = graph.add_node(Vec::new());
    // Adds an edge, and says where it leads when nothing led there before.
    let mut reach = |graph: &mut DiGraph<Vec<Direction>, u64>, from, way: Vec<Direction>, time| {
        let known = node_of.get(&way).copied();
        let node = known.unwrap_or_else(|| graph.add_node(way.clone()));
        node_of.insert(way, node);
        graph.add_edge(from, node, time);
        known.is_none().then_some(node)
    };
    let mut open = Vec::new();
    for d in directions.iter().filter(|d| ends(d).0 == start) {
        open.extend(reach(&mut graph, source, vec![*d], u64::from(drive(*d).0)));
    }
    while let Some(node) = open.pop() {
        let way = graph[node].clone();
        let last = *way.last().unwrap();
        let at = ends(&last).1;
        for next in directions.iter().filter(|d| ends(d).0 == at) {
            let mut longer = way.clone();
            longer.push(*next);
            if roads
                .restrictions()
                .iter()
                .any(|r| longer.ends_with(&r.path))
            {
                continue;
            }
            let turn = if next.road == last.road && next.forwards != last.forwards {
                delay.u_turn.time
            } else {
                let junction = roads.junction(at);
                if junction.barrier == Some(Barrier::Blocked) {
                    continue;
                }
                let lights = match junction.control {
                    Some(Control::Signals) => delay.signal.time,
                    _ => Millis(0),
                };
                let end = |d: &Direction| (d.road.index(), d.forwards);
                lights
                    + match bearings.turn(end(&last), end(next)) {
                        Turn::Left if arms(at) >= 3 => delay.left.time,
                        Turn::Right if arms(at) >= 3 => delay.right.time,
                        _ => Millis(0),
                    }
            };
            let kept = longer.len().saturating_sub(memory);
            let time = u64::from((turn + drive(*next)).0);
            open.extend(reach(&mut graph, node, longer[kept..].to_vec(), time));
        }
    }
    let times = dijkstra(&graph, source, None, |edge| *edge.weight());
    let mut best = vec![None; roads.graph().node_count()];
    best[start.index()] = Some(0);
    for (node, time) in times {
        if let Some(last) = graph[node].last() {
            let junction = &mut best[ends(last).1.index()];
            *junction = Some(junction.map_or(time, |best: u64| best.min(time)));
        }
    }
    best
}

fn seeds(roads: &RoadGraph, graph: &EngineGraph, start: NodeIndex) -> Vec<Seed> {
    let departures = graph.departures(roads, start).into_iter();
    departures
        .map(|(node, direction)| Seed {
            node,
            time: direction.map_or(0, |direction| graph.drive(direction).0),
        })
        .collect()
}

/// The time to every junction on the engine graph.
fn times(roads: &RoadGraph, graph: &EngineGraph, start: NodeIndex) -> Vec<Option<u64>> {
    let mut search = HeapSearch::default();
    search.run(graph.digraph(), &seeds(roads, graph, start));
    roads
        .graph()
        .node_indices()
        .map(|junction| {
            let reached = graph.nodes(junction).map(|node| search.time(node));
            let best = reached.min().filter(|time| *time < LIMIT).map(u64::from);
            if junction == start { Some(0) } else { best }
        })
        .collect()
}

/// The same over the contraction of the graph, from all junctions to all.
fn times_by_hierarchy(roads: &RoadGraph, graph: &EngineGraph) -> Vec<Option<u64>> {
    let hierarchy = Hierarchy::new(&graph.prepare(roads), graph.digraph());
    let junctions = || roads.graph().node_indices();
    let origins: Vec<_> = junctions()
        .map(|start| seeds(roads, graph, start))
        .collect();
    let exit = |node| Seed { node, time: 0 };
    let destinations: Vec<_> = junctions()
        .map(|junction| graph.nodes(junction).map(exit).collect())
        .collect();
    let times = matrix(graph.digraph(), Some(&hierarchy), &origins, &destinations);
    let pairs = times.into_iter().enumerate();
    let count = destinations.len();
    pairs
        .map(
            |(pair, time)| match (pair / count == pair % count, time < LIMIT) {
                (true, _) => Some(0), // Whoever is there need not go round the block to be there.
                (false, reached) => reached.then_some(u64::from(time)),
            },
        )
        .collect()
}

/// A network of the parts that a random test draws.
fn drawn(
    nodes: usize,
    links: &[(usize, usize, bool, u32)],
    ways: &[Vec<usize>],
    controls: &[(usize, bool)],
) -> RoadGraph {
    let links: Vec<_> = links
        .iter()
        .map(|(a, b, one_way, metres)| (a % nodes, b % nodes, *one_way, f64::from(*metres)))
        .collect();
    let plain = network(nodes, &links);
    // Junctions not in a row, so that there are turns to both sides; some with lights or blocked.
    let mut roads = RoadGraph::default();
    for (index, junction) in plain.junctions().enumerate() {
        let mut junction = junction.clone();
        junction.position.lat = f64::from((index * 7 % 5) as u32) / 100.0;
        for (_, blocked) in controls.iter().filter(|(node, _)| node % nodes == index) {
            if *blocked {
                junction.barrier = Some(Barrier::Blocked);
            } else {
                junction.control = Some(Control::Signals);
            }
        }
        roads.add_junction(junction);
    }
    for road in plain.roads() {
        roads.add_road(road.clone());
    }
    // Each forbidden way: a first direction, then whichever road leads on.
    for (number, choices) in ways.iter().enumerate() {
        let edges: Vec<Direction> = roads.graph().edge_weights().copied().collect();
        if edges.is_empty() {
            break;
        }
        let mut path = vec![edges[choices[0] % edges.len()]];
        for choice in &choices[1..] {
            let last = path[path.len() - 1];
            let at = roads.road(last.road).head(last.forwards);
            let onwards: Vec<Direction> =
                roads.graph().edges(at).map(|edge| *edge.weight()).collect();
            match onwards.get(choice % onwards.len().max(1)) {
                Some(next) => path.push(*next),
                None => break,
            }
        }
        if path.len() >= 2 {
            roads.add_restriction(TurnRestriction {
                id: number.to_string(),
                path,
                binds_engines: number.is_multiple_of(2),
            });
        }
    }
    roads
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// With one-ways, parallel roads, loops, roads of no length, lights, blocked junctions, turns
    /// that cost time and forbidden ways of two and three roads, for an engine that keeps to the
    /// rules and one that drives against one-way streets.
    #[test]
    fn times_equal_petgraphs_dijkstra_on_the_whole_expanded_graph(
        nodes in 1usize..7,
        links in prop::collection::vec((0usize..7, 0usize..7, any::<bool>(), 0u32..3000), 0..9),
        ways in prop::collection::vec(prop::collection::vec(0usize..50, 2..4), 0..6),
        controls in prop::collection::vec((0usize..7, any::<bool>()), 0..3),
        turns_cost in any::<bool>(),
        daring in any::<bool>(),
    ) {
        let roads = drawn(nodes, &links, &ways, &controls);
        let costs = [("signal", "8 s"), ("left", "7 s"), ("right", "3 s"), ("u_turn", "20 s")];
        let exemption = if daring {
            "[exemption]\nagainst_one_way = { speed = \"15 km/h\", ASSUMED }\n"
        } else {
            ""
        };
        let profile = profile_with(if turns_cost { &costs } else { &[] }, exemption);
        let graph = EngineGraph::new(&roads, &profile.under(&Conditions::default()).unwrap());
        let by_hierarchy = times_by_hierarchy(&roads, &graph);
        for (start, swept) in roads.graph().node_indices().zip(by_hierarchy.chunks(nodes)) {
            let right = oracle(&roads, &profile, start, 3);
            prop_assert_eq!(times(&roads, &graph, start), right.clone());
            prop_assert_eq!(swept, right);
        }
    }
}

/// ```text
/// 0 === 1 === 2      no turn costs anything: three junctions, three nodes
/// ```
#[test]
fn a_junction_where_turning_is_free_is_one_node() {
    let roads = network(3, &[(0, 1, false, 100.0), (1, 2, false, 100.0)]);
    let profile = plain_profile();
    let graph = EngineGraph::new(&roads, &profile.under(&Conditions::default()).unwrap());
    assert_eq!(graph.digraph().node_count(), 3);
    let costly = profile_with(&[("u_turn", "20 s")], "");
    let graph = EngineGraph::new(&roads, &costly.under(&Conditions::default()).unwrap());
    // One node for every direction that arrives.
    assert_eq!(graph.digraph().node_count(), 4);
}

/// ```text
/// 0 === 1 ---> 2       whoever goes to 2 never comes back
/// ```
#[test]
fn a_trap_is_not_in_the_main_part() {
    let mut roads = network(3, &[(0, 1, false, 100.0), (1, 2, true, 100.0)]);
    assert_eq!(roads.roads()[1].passage.backwards, Passage::AgainstOneWay);
    let profile = plain_profile();
    let main = |roads: &RoadGraph| {
        EngineGraph::new(roads, &profile.under(&Conditions::default()).unwrap()).main_part(roads)
    };
    assert_eq!(main(&roads), [true, false]);
    roads = network(3, &[(0, 1, false, 100.0), (1, 2, false, 100.0)]);
    assert_eq!(main(&roads), [true, true]);
}
