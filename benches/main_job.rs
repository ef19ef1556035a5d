//! The main job and its kernels, each beside a peer measured in the same run. Every bench prints
//! a checksum once, so that a fast wrong answer is seen.

use std::hint::black_box;

use brigade::charts::Theme;
use brigade::evaluation::comparison::Comparison;
use brigade::evaluation::metric::Metric;
use brigade::language::Language;
use brigade::paths::{BucketSearch, HeapSearch, NEVER, Seed};
use brigade::report::fields::{Fields, MAX_MAPPED};
use brigade::report::map_roads::RoadsOfMaps;
use brigade::report::pictures;
use brigade::report::publication::Publication;
use brigade::scenario::Scenario;
use brigade::scenario::loading::locate;
use brigade::simulation::replications::{Experiment, simulate};
use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, EdgeReference, NodeIndex};

fn embedded() -> Scenario {
    Scenario::load(&locate(None)).expect("the embedded county is right")
}

/// `brigade compare` on the embedded county, without writing: reading, travel times, 43
/// alternatives × 100 replications × 3 years, ranking, and all charts.
fn compare(c: &mut Criterion) {
    let mut group = c.benchmark_group("compare");
    group.sample_size(10);
    group.bench_function("embedded county, simulated and ranked", |b| {
        b.iter(|| black_box(answer()).1.alternatives.len());
    });
    let (scenario, comparison) = answer();
    println!(
        "checksum: best {} at {:?}",
        comparison.best().id,
        comparison.best().county.mean_response_seconds
    );
    let times = scenario.travel_times().expect("every village is reached");
    let publication = Publication::new(
        &scenario,
        &times,
        &comparison,
        Language::Chinese,
        Theme::default(),
        MAX_MAPPED,
    );
    group.bench_function("embedded county, all charts", |b| {
        b.iter(|| {
            let fields = Fields::of(&scenario, &comparison, MAX_MAPPED);
            let roads = RoadsOfMaps::of(&scenario, fields.grid.lattice.plane);
            pictures::draw_all(&publication, &fields, &roads)
                .expect("the charts are drawn")
                .len()
        });
    });
    group.finish();
}

fn answer() -> (Scenario, Comparison) {
    let scenario = embedded();
    let times = scenario.travel_times().expect("every village is reached");
    let outcomes = simulate(&Experiment::of(&scenario, &times)).expect("nobody stops it");
    let comparison = Comparison::new(&scenario, &times, &outcomes, Metric::MeanResponse);
    (scenario, comparison)
}

/// One to all on the embedded county: two kernels beside petgraph's Dijkstra on the same arcs.
fn one_to_all(c: &mut Criterion) {
    let scenario = embedded();
    let graph = scenario.network.profiles[0].roadway.graph().digraph();
    let peer = DiGraph::<(), u64>::from_edges(graph.arcs().map(|(t, h, w)| (t, h, u64::from(w))));
    let (start, seeds) = (NodeIndex::new(0), [Seed { node: 0, time: 0 }]);
    let (mut heap, mut buckets) = (HeapSearch::default(), BucketSearch::default());
    heap.run(graph, &seeds);
    buckets.run(graph, &seeds);
    let sum = |times: &[u32]| -> u64 {
        let reached = times.iter().filter(|time| **time != NEVER);
        reached.map(|time| u64::from(*time)).sum()
    };
    let cost = |edge: EdgeReference<'_, u64>| *edge.weight();
    let theirs: u64 = dijkstra(&peer, start, None, cost).values().sum();
    println!(
        "checksum: heap {}, buckets {}, petgraph {theirs}",
        sum(heap.times()),
        sum(buckets.times())
    );
    let mut group = c.benchmark_group("one to all");
    group.bench_function("heap", |b| b.iter(|| heap.run(black_box(graph), &seeds)));
    group.bench_function("buckets", |b| {
        b.iter(|| buckets.run(black_box(graph), &seeds));
    });
    group.bench_function("petgraph", |b| {
        b.iter(|| dijkstra(black_box(&peer), start, None, cost).len());
    });
    group.finish();
}

// Criterion's own plots need a font that plotters is not given here: it is built without the
// system's fonts.
criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = compare, one_to_all
}
criterion_main!(benches);
