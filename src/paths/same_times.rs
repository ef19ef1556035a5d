//! Every kernel gives petgraph's times, on graphs with one-ways, parallel arcs, loops, arcs of no
//! length, closed arcs and parts that cannot be reached.

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;

use super::many_to_many::matrix;
use super::*;

/// A graph, positions for its nodes, and nodes to start from and to go to.
#[derive(Clone, Debug)]
struct Case {
    graph: Digraph,
    position: Vec<[f64; 2]>,
    origins: Vec<Vec<Seed>>,
    destinations: Vec<Vec<Seed>>,
}

/// Short times often, so that many ways are equal; long ones, closed ones and none at all.
fn weight() -> impl Strategy<Value = u32> {
    prop_oneof![
        4 => 0u32..4,
        4 => 0u32..90_000,
        1 => Just(0),
        1 => LIMIT / 3..LIMIT,
        1 => Just(NEVER),
    ]
}

fn case(most_nodes: usize) -> impl Strategy<Value = Case> {
    (1..most_nodes).prop_flat_map(|nodes| {
        let node = 0..nodes as u32;
        let seed = (node.clone(), weight()).prop_map(|(node, time)| Seed { node, time });
        let ends = prop::collection::vec(prop::collection::vec(seed.boxed(), 0..4), 0..40).boxed();
        (
            prop::collection::vec((node.clone(), node, weight()), 0..4 * nodes),
            prop::collection::vec((0i8..9, 0i8..9), nodes),
            ends.clone(),
            ends,
        )
            .prop_map(move |(arcs, points, origins, destinations)| Case {
                graph: Digraph::from_arcs(nodes, &arcs),
                position: points
                    .into_iter()
                    .map(|(east, north)| [f64::from(east), f64::from(north)])
                    .collect(),
                origins,
                destinations,
            })
    })
}

/// petgraph's Dijkstra from a node that is joined to the seeds.
fn oracle(graph: &Digraph, seeds: &[Seed]) -> Vec<u32> {
    let count = graph.node_count() as u32;
    let mut peer = DiGraph::<(), u64>::new();
    for _ in 0..=count {
        peer.add_node(());
    }
    let start = NodeIndex::new(count as usize);
    let seeds = seeds.iter().map(|seed| (count, seed.node, seed.time));
    for (tail, head, weight) in graph.arcs().chain(seeds) {
        if weight < LIMIT {
            peer.add_edge(tail.into(), head.into(), u64::from(weight));
        }
    }
    let times = dijkstra(&peer, start, None, |edge| *edge.weight());
    (0..count)
        .map(|node| match times.get(&NodeIndex::from(node)) {
            Some(time) if *time < u64::from(LIMIT) => *time as u32,
            _ => NEVER,
        })
        .collect()
}

/// The matrix by the oracle.
fn expected_matrix(case: &Case) -> Vec<u32> {
    let mut expected = Vec::new();
    for origin in &case.origins {
        let times = oracle(&case.graph, origin);
        for exits in &case.destinations {
            let best = exits
                .iter()
                .map(|exit| u64::from(times[exit.node as usize]) + u64::from(exit.time))
                .filter(|time| *time < u64::from(LIMIT))
                .min();
            expected.push(best.map_or(NEVER, |time| time as u32));
        }
    }
    expected
}

fn assert_same(case: &Case) -> Result<(), TestCaseError> {
    let Case { graph, .. } = case;
    let nodes = graph.node_count();
    // Prepared for other times, as it will be when speeds change.
    let unit = graph.with_weights(&vec![1; graph.arc_count()]);
    let preparation = Preparation::new(&unit, &case.position);
    let hierarchy = Hierarchy::new(&preparation, graph);
    let mut heap = HeapSearch::default();
    let mut buckets = BucketSearch::default();
    let mut swept = SweepTimes::default();
    let all: Vec<[Seed; 1]> = (0..nodes as u32)
        .map(|node| [Seed { node, time: 0 }])
        .collect();
    let forwards = Sweep::forwards(&hierarchy, &all);
    let backwards = Sweep::backwards(&hierarchy, &all);
    let turned_round = graph.reversed();
    for group in case.origins.chunks(LANES) {
        let mut rows = vec![vec![0; nodes]; group.len()];
        let mut rows: Vec<&mut [u32]> = rows.iter_mut().map(Vec::as_mut_slice).collect();
        forwards.run(group, &mut swept, &mut rows);
        for (row, seeds) in rows.iter().zip(group) {
            let expected = oracle(graph, seeds);
            heap.run(graph, seeds);
            prop_assert_eq!(heap.times(), &expected, "heap");
            buckets.run(graph, seeds);
            prop_assert_eq!(buckets.times(), &expected, "buckets");
            prop_assert_eq!(&**row, &expected, "sweep");
        }
        backwards.run(group, &mut swept, &mut rows);
        for (row, seeds) in rows.iter().zip(group) {
            prop_assert_eq!(&**row, &oracle(&turned_round, seeds), "backwards");
        }
    }
    let expected = expected_matrix(case);
    let [origins, destinations] = [&case.origins, &case.destinations];
    prop_assert_eq!(&matrix(graph, None, origins, destinations), &expected);
    let by_sweep = matrix(graph, Some(&hierarchy), origins, destinations);
    prop_assert_eq!(&by_sweep, &expected);
    Ok(())
}

/// The arcs of the route to every node add up to its time.
fn assert_routes(case: &Case) -> Result<(), TestCaseError> {
    let graph = &case.graph;
    let arcs: Vec<_> = graph.arcs().collect();
    let mut search = HeapSearch::default();
    for (seeds, exits) in case.origins.iter().zip(&case.destinations) {
        let targets: Vec<u32> = exits.iter().map(|exit| exit.node).collect();
        search.run_to(graph, seeds, &targets);
        let expected = oracle(graph, seeds);
        for target in targets {
            let time = expected[target as usize];
            prop_assert_eq!(search.time(target), time);
            let Some(route) = search.route_to(target) else {
                prop_assert_eq!(time, NEVER);
                continue;
            };
            let mut at = target;
            let mut driven = 0;
            for arc in route.into_iter().rev() {
                let (tail, head, weight) = arcs[arc as usize];
                prop_assert_eq!(head, at);
                driven += weight;
                at = tail;
            }
            let started = |seed: &Seed| seed.node == at && seed.time.saturating_add(driven) == time;
            prop_assert!(seeds.iter().any(started));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_kernel_gives_petgraphs_times(case in case(30)) {
        assert_same(&case)?;
        assert_routes(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Large enough to be divided, and dense enough not to be peeled away.
    #[test]
    fn every_kernel_gives_petgraphs_times_on_divided_graphs(case in case(400)) {
        assert_same(&case)?;
    }
}
