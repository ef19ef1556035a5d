//! The part of this crate in the comparison with other programs that `benches/peers/run.py` makes:
//! exports the network, does the job on one thread, and prints times and sums as JSON.
//!
//! `cargo bench --bench peers -- FOLDER [NODES]`; does nothing without a folder.

#[allow(dead_code, reason = "what an engine graph needs is not used here")]
#[path = "synthetic_roads/mod.rs"]
mod synthetic_roads;

use std::hint::black_box;
use std::path::Path;

use brigade::paths::{
    BucketSearch, Digraph, HeapSearch, Hierarchy, LANES, NEVER, Preparation, Seed, Sweep,
    SweepTimes,
};
use serde_json::{Value, json};

use synthetic_roads::{Network, spread};

const ORIGINS: usize = 50;

/// Each time is the shortest of so many.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let Some(folder) = arguments.first() else {
        println!("skipped: run benches/peers/run.py, which names a folder");
        return Ok(());
    };
    let nodes = match arguments.get(1) {
        Some(nodes) => nodes.parse()?,
        None => 246_036,
    };
    let network = Network::new(nodes, 1);
    let graph = network.digraph();
    let origins = spread(nodes, ORIGINS);
    export(Path::new(folder), &network, &graph, &origins)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let figures = pool.install(|| figures(&network, &graph, &origins));
    println!("{figures}");
    Ok(())
}

/// One file an array: unsigned 32-bit numbers, positions as 64-bit floats, little-endian.
fn export(
    folder: &Path,
    network: &Network,
    graph: &Digraph,
    origins: &[u32],
) -> std::io::Result<()> {
    let numbers = [
        ("first_out", graph.first_out()),
        ("head", graph.head()),
        ("weight", graph.weight()),
        ("origins", origins),
    ];
    for (name, array) in numbers {
        let bytes: Vec<u8> = array.iter().flat_map(|n| n.to_le_bytes()).collect();
        std::fs::write(folder.join(name), bytes)?;
    }
    let position = network.position.as_flattened();
    let bytes: Vec<u8> = position.iter().flat_map(|n| n.to_le_bytes()).collect();
    std::fs::write(folder.join("position"), bytes)
}

fn figures(network: &Network, graph: &Digraph, origins: &[u32]) -> Value {
    let nodes = graph.node_count();
    let at = |node| [Seed { node, time: 0 }];
    let seeds: Vec<[Seed; 1]> = origins.iter().copied().map(at).collect();
    let everywhere: Vec<[Seed; 1]> = (0..nodes as u32).map(at).collect();
    let mut rows = vec![0; origins.len() * nodes];
    let (written, ()) = shortest(|| black_box(&mut rows).fill(7));
    let mut heap = HeapSearch::default();
    let (by_heap, ()) = shortest(|| {
        for (row, seeds) in rows.chunks_mut(nodes).zip(&seeds) {
            heap.run(graph, seeds);
            row.copy_from_slice(heap.times());
        }
    });
    let heap_sum = sum(&rows);
    let mut buckets = BucketSearch::default();
    let (by_buckets, ()) = shortest(|| {
        for (row, seeds) in rows.chunks_mut(nodes).zip(&seeds) {
            buckets.run(graph, seeds);
            row.copy_from_slice(buckets.times());
        }
    });
    let buckets_sum = sum(&rows);
    let before = cpu_seconds();
    let preparation = Preparation::new(graph, &network.position);
    let preparing = cpu_seconds() - before;
    let (customizing, hierarchy) = shortest(|| Hierarchy::new(&preparation, graph));
    let sweep = Sweep::forwards(&hierarchy, &everywhere);
    let mut swept = SweepTimes::default();
    rows.fill(0);
    let (by_sweep, ()) = shortest(|| {
        for (rows, seeds) in rows.chunks_mut(LANES * nodes).zip(seeds.chunks(LANES)) {
            let mut rows: Vec<&mut [u32]> = rows.chunks_mut(nodes).collect();
            sweep.run(seeds, &mut swept, &mut rows);
        }
    });
    json!({
        "nodes": nodes,
        "arcs": graph.arc_count(),
        "preparation": preparing,
        "customization": customizing,
        "written": written,
        "jobs": [
            {"name": "brigade heap", "seconds": by_heap, "sum": heap_sum},
            {"name": "brigade buckets", "seconds": by_buckets, "sum": buckets_sum},
            {"name": "brigade sweep", "seconds": by_sweep, "sum": sum(&rows)},
        ],
    })
}

fn sum(times: &[u32]) -> u64 {
    let reached = times.iter().filter(|time| **time != NEVER);
    reached.map(|time| u64::from(*time)).sum()
}

/// The shortest time of the processor for some work, and what the last round gave.
fn shortest<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut timed = || {
        let before = cpu_seconds();
        let done = work();
        (cpu_seconds() - before, done)
    };
    let (mut best, mut last) = timed();
    for _ in 1..ROUNDS {
        let (seconds, done) = timed();
        best = best.min(seconds);
        last = done;
    }
    (best, last)
}

/// Seconds that this process has had of the processors, as the machine may be shared.
#[cfg(unix)]
fn cpu_seconds() -> f64 {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Seconds that have passed, where the processor's are not at hand.
#[cfg(not(unix))]
fn cpu_seconds() -> f64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}
