//! Times on large road networks: every kernel on the same job in the same run, beside petgraph's
//! Dijkstra; what a hierarchy costs before it pays; and how all of it grows.
//!
//! `cargo bench --bench roads -- --quick`; a word after it chooses benches by name, `growth` the
//! table of figures that are measured once. `benches/peers/run.py` measures other programs.

#[path = "../tests/it/extracts/isle_of_man.rs"]
mod isle_of_man;

#[path = "synthetic_roads/mod.rs"]
mod synthetic_roads;

#[path = "synthetic_roads/road_graph.rs"]
mod road_graph;

use std::hint::black_box;
use std::time::Instant;

use brigade::files::Source;
use brigade::paths::{
    BucketSearch, Digraph, HeapSearch, Hierarchy, LANES, NEVER, Preparation, Seed, Sweep,
    SweepTimes, matrix,
};
use brigade::roads::drivable::drivable_part;
use brigade::roads::engine_graph::EngineGraph;
use brigade::roads::graph::RoadGraph;
use brigade::roads::osm::{network, reader};
use brigade::roads::profile::{Conditions, DEFAULT_PROFILE, Profile};
use criterion::{Criterion, criterion_group};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};

use isle_of_man::extract;
use synthetic_roads::{Network, spread};

/// The network of the job that other programs do in `benches/peers/run.py`.
const COUNTY: usize = 246_036;
const ORIGINS: usize = 50;

/// A county of the size of Wuhua, and two towns in it.
const SMALL_COUNTY: usize = 50_000;
const TWO_TOWNS: usize = 3_000;

fn at(node: u32) -> Vec<Seed> {
    vec![Seed { node, time: 0 }]
}

fn everywhere(nodes: usize) -> Vec<Vec<Seed>> {
    (0..nodes as u32).map(at).collect()
}

fn sum(times: &[u32]) -> u64 {
    let reached = times.iter().filter(|time| **time != NEVER);
    reached.map(|time| u64::from(*time)).sum()
}

/// Runs a search from each origin and keeps its times as a row.
fn rows_of(rows: &mut [u32], origins: &[u32], mut search: impl FnMut(u32, &mut [u32])) {
    let nodes = rows.len() / origins.len();
    for (row, origin) in rows.chunks_mut(nodes).zip(origins) {
        search(*origin, row);
    }
}

fn rows_by_heap(search: &mut HeapSearch, graph: &Digraph, origins: &[u32], rows: &mut [u32]) {
    rows_of(rows, origins, |origin, row| {
        search.run(graph, &at(origin));
        row.copy_from_slice(search.times());
    });
}

fn rows_by_buckets(search: &mut BucketSearch, graph: &Digraph, origins: &[u32], rows: &mut [u32]) {
    rows_of(rows, origins, |origin, row| {
        search.run(graph, &at(origin));
        row.copy_from_slice(search.times());
    });
}

fn rows_by_petgraph(peer: &DiGraph<(), u64>, origins: &[u32], rows: &mut [u32]) {
    rows_of(rows, origins, |origin, row| {
        row.fill(NEVER);
        let times = dijkstra(peer, NodeIndex::from(origin), None, |edge| *edge.weight());
        for (node, time) in times {
            row[node.index()] = time as u32;
        }
    });
}

fn rows_by_sweep(sweep: &Sweep<'_>, swept: &mut SweepTimes, origins: &[u32], rows: &mut [u32]) {
    let nodes = rows.len() / origins.len();
    for (group, rows) in origins.chunks(LANES).zip(rows.chunks_mut(LANES * nodes)) {
        let seeds: Vec<_> = group.iter().map(|origin| at(*origin)).collect();
        let mut rows: Vec<&mut [u32]> = rows.chunks_mut(nodes).collect();
        sweep.run(&seeds, swept, &mut rows);
    }
}

/// The same job by every kernel: all nodes of a county from 50 of them, kept as rows. One thread.
fn side_by_side(c: &mut Criterion) {
    let network = Network::new(COUNTY, 1);
    let graph = &network.digraph();
    let origins = &spread(COUNTY, ORIGINS);
    let peer = DiGraph::from_edges(graph.arcs().map(|(t, h, w)| (t, h, u64::from(w))));
    let hierarchy = Hierarchy::new(&Preparation::new(graph, &network.position), graph);
    let sweep = Sweep::forwards(&hierarchy, &everywhere(COUNTY));
    let (mut heap, mut buckets) = (HeapSearch::default(), BucketSearch::default());
    let mut swept = SweepTimes::default();
    let rows = &mut vec![0; ORIGINS * COUNTY];
    let mut group = c.benchmark_group("50 origins, 246,036 nodes");
    group.sample_size(10);
    group.bench_function("petgraph", |b| {
        b.iter(|| rows_by_petgraph(black_box(&peer), origins, rows));
    });
    println!("checksum: petgraph {}", sum(rows));
    group.bench_function("heap", |b| {
        b.iter(|| rows_by_heap(&mut heap, black_box(graph), origins, rows));
    });
    println!("checksum: heap {}", sum(rows));
    group.bench_function("buckets", |b| {
        b.iter(|| rows_by_buckets(&mut buckets, black_box(graph), origins, rows));
    });
    println!("checksum: buckets {}", sum(rows));
    group.bench_function("sweep, hierarchy ready", |b| {
        b.iter(|| rows_by_sweep(black_box(&sweep), &mut swept, origins, rows));
    });
    println!("checksum: sweep {}", sum(rows));
    let some: Vec<Vec<Seed>> = spread(COUNTY, 5_000).into_iter().map(at).collect();
    let from: Vec<Vec<Seed>> = origins.iter().map(|origin| at(*origin)).collect();
    group.bench_function("matrix to 5,000 nodes, hierarchy ready", |b| {
        b.iter(|| matrix(black_box(graph), Some(&hierarchy), &from, &some).len());
    });
    group.bench_function("the rows only written", |b| {
        b.iter(|| black_box(&mut *rows).fill(black_box(7)));
    });
    group.finish();
}

/// What there is to do before a sweep, on all threads.
fn making_ready(c: &mut Criterion) {
    let network = Network::new(COUNTY, 1);
    let graph = &network.digraph();
    let preparation = Preparation::new(graph, &network.position);
    println!(
        "contracted: {} arcs from {}, at most {} above a node",
        preparation.arc_count(),
        graph.arc_count(),
        preparation.height()
    );
    let mut group = c.benchmark_group("making ready, 246,036 nodes");
    group.sample_size(10);
    group.bench_function("preparation", |b| {
        b.iter(|| Preparation::new(black_box(graph), &network.position).arc_count());
    });
    group.bench_function("preparation in a known order", |b| {
        b.iter(|| Preparation::with_order(black_box(graph), preparation.order()).arc_count());
    });
    group.bench_function("customization", |b| {
        b.iter(|| Hierarchy::new(&preparation, black_box(graph)).arc_count());
    });
    group.finish();
}

/// Every junction of two towns to every junction of a county, on all threads.
fn two_towns(c: &mut Criterion) {
    let network = Network::new(SMALL_COUNTY, 1);
    let graph = &network.digraph();
    let preparation = Preparation::new(graph, &network.position);
    let hierarchy = &Hierarchy::new(&preparation, graph);
    // The lowest rows and the highest ones are the towns.
    let half = TWO_TOWNS as u32 / 2;
    let end = SMALL_COUNTY as u32;
    let origins: Vec<Vec<Seed>> = (0..half).chain(end - half..end).map(at).collect();
    let everywhere = &everywhere(SMALL_COUNTY);
    let villages: &Vec<Vec<Seed>> = &spread(SMALL_COUNTY, 2_000).into_iter().map(at).collect();
    let by_buckets = matrix(graph, None, &origins, villages);
    let by_sweep = matrix(graph, Some(hierarchy), &origins, villages);
    println!("checksum: {} and {}", sum(&by_buckets), sum(&by_sweep));
    let mut group = c.benchmark_group("3,000 junctions, 50,000 nodes");
    group.sample_size(10);
    group.bench_function("hierarchy ready", |b| {
        b.iter(|| matrix(graph, Some(hierarchy), black_box(&origins), everywhere).len());
    });
    group.bench_function("preparation and all", |b| {
        b.iter(|| {
            let preparation = Preparation::new(black_box(graph), &network.position);
            let hierarchy = Hierarchy::new(&preparation, graph);
            matrix(graph, Some(&hierarchy), &origins, everywhere).len()
        });
    });
    group.bench_function("buckets", |b| {
        b.iter(|| matrix(graph, None, black_box(&origins), everywhere).len());
    });
    group.bench_function("to 2,000 villages, hierarchy ready", |b| {
        b.iter(|| matrix(graph, Some(hierarchy), black_box(&origins), villages).len());
    });
    group.bench_function("to 2,000 villages, buckets", |b| {
        b.iter(|| matrix(graph, None, black_box(&origins), villages).len());
    });
    group.finish();
}

/// Roads as an engine drives them, with a node for each direction of arrival where turns cost
/// time.
fn engine(c: &mut Criterion) {
    let synthetic = Network::new(SMALL_COUNTY, 1).road_graph();
    engine_graph(c, "engine graph, 50,000 junctions", &synthetic);
    let Some(path) = extract() else { return };
    let island = reader::read(&Source::Disk(path)).expect("the extract is whole");
    let island = network::build(&island, None).roads;
    let roads = drivable_part(&island, &Profile::starters());
    engine_graph(c, "engine graph, Isle of Man", &roads);
}

fn engine_graph(c: &mut Criterion, name: &str, roads: &RoadGraph) {
    let folder = Source::Embedded("data/profiles".into());
    let source = Profile::find(DEFAULT_PROFILE, &folder).expect("the profile is embedded");
    let profile = Profile::read(&source).expect("the profile is right");
    let driving = profile
        .under(&Conditions::default())
        .expect("there are no conditions");
    let engine = EngineGraph::new(roads, &driving);
    let graph = engine.digraph();
    let preparation = engine.prepare(roads);
    let hierarchy = Hierarchy::new(&preparation, graph);
    println!(
        "{name}: {} junctions, {} nodes, {} arcs; contracted {} arcs, at most {} above a node",
        roads.graph().node_count(),
        graph.node_count(),
        graph.arc_count(),
        preparation.arc_count(),
        preparation.height()
    );
    let some: Vec<Vec<Seed>> = spread(graph.node_count(), 500)
        .into_iter()
        .map(at)
        .collect();
    let by_buckets = matrix(graph, None, &some, &some);
    let by_sweep = matrix(graph, Some(&hierarchy), &some, &some);
    println!("checksum: {} and {}", sum(&by_buckets), sum(&by_sweep));
    let mut group = c.benchmark_group(name);
    group.sample_size(10);
    group.bench_function("preparation", |b| {
        b.iter(|| engine.prepare(black_box(roads)).arc_count());
    });
    group.bench_function("customization", |b| {
        b.iter(|| Hierarchy::new(&preparation, black_box(graph)).arc_count());
    });
    group.bench_function("500 × 500, hierarchy ready", |b| {
        b.iter(|| matrix(graph, Some(&hierarchy), black_box(&some), &some).len());
    });
    group.bench_function("500 × 500, buckets", |b| {
        b.iter(|| matrix(graph, None, black_box(&some), &some).len());
    });
    group.finish();
}

/// Figures on networks of three sizes, each measured once (an hour of a larger one is better
/// spent elsewhere); a matrix is 1,000 × 1,000.
fn growth() {
    println!("nodes, arcs: preparation, customization, matrix by sweep, by buckets; checksums");
    for nodes in [10_000, 100_000, 1_000_000] {
        let network = Network::new(nodes, 1);
        let graph = network.digraph();
        let some: Vec<Vec<Seed>> = spread(nodes, 1_000).into_iter().map(at).collect();
        let (preparing, preparation) =
            timed(|| Preparation::new(black_box(&graph), &network.position));
        let (customizing, hierarchy) = timed(|| Hierarchy::new(&preparation, &graph));
        let (sweeping, swept) = timed(|| matrix(&graph, Some(&hierarchy), &some, &some));
        let (searching, searched) = timed(|| matrix(&graph, None, &some, &some));
        println!(
            "{nodes}, {}: {preparing:.2} s, {customizing:.3} s, {sweeping:.3} s, {searching:.2} s; \
             {} and {}",
            graph.arc_count(),
            sum(&swept),
            sum(&searched)
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed().as_secs_f64(), done)
}

// Criterion's own plots need a font that plotters is not given here: it is built without the
// system's fonts.
criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = side_by_side, making_ready, two_towns, engine
}

fn main() {
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    if chosen.is_empty() || chosen.iter().any(|name| name == "growth") {
        growth();
    }
    if chosen.iter().all(|name| name != "growth") {
        benches();
        Criterion::default().configure_from_args().final_summary();
    }
}
