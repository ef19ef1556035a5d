//! The import of OpenStreetMap extracts: how its time grows with the extract, and the memory that it
//! takes. Every bench prints a checksum once, so that a fast wrong answer is seen.
//!
//! `cargo bench --bench import` times extracts drawn by a rule, and the Isle of Man where it is at hand;
//! `cargo bench --bench import -- memory` imports a drawn extract of 100 MB and prints the peak.

use std::process::{Command, ExitCode};
use std::time::Instant;

use brigade::cli::Cli;
use brigade::files::Source;
use brigade::roads::drivable::drivable_part;
use brigade::roads::graph::RoadGraph;
use brigade::roads::osm::{OsmExtract, network, reader};
use brigade::roads::profile::Profile;
use clap::Parser;
use criterion::{BenchmarkId, Criterion, Throughput};

#[path = "../tests/it/extracts/isle_of_man.rs"]
mod isle_of_man;
mod synthetic;

use isle_of_man::extract;

/// Nodes of a drawn extract of 100 MB. A published one has fewer: it also says who drew what, and when
/// (nine bytes a node on the Isle of Man).
const NODES_OF_100_MB: usize = 12_900_000;

/// What this program is told when it is to be the import of which the memory is measured.
const MEASURED: &str = "measured-import";

fn connected_roads(extract: &OsmExtract) -> RoadGraph {
    drivable_part(&network::build(extract, None).roads, &Profile::starters())
}

fn checksum(roads: &RoadGraph) -> String {
    format!(
        "{} connected roads, {:.1} km",
        roads.roads().len(),
        roads.total_length().0 / 1000.0
    )
}

/// From the bytes of the extract to the connected road graph.
fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("import of a drawn extract");
    group.sample_size(10);
    for nodes in [10_000, 100_000, 1_000_000] {
        let bytes = synthetic::extract(nodes);
        let roads = || {
            let extract = reader::parse("drawn.osm.pbf", &bytes).expect("the extract is whole");
            let roads = connected_roads(&extract);
            (extract.read.nodes, roads)
        };
        let (read, once) = roads();
        let size = bytes.len() as f64 / 1e6;
        println!("checksum: {read} nodes, {size:.1} MB: {}", checksum(&once));
        group.throughput(Throughput::Elements(read));
        group.bench_function(BenchmarkId::new("nodes", nodes), |b| {
            b.iter(|| roads().1.roads().len());
        });
    }
    group.finish();
}

/// The same for the Isle of Man, where the extract is at hand.
fn island(c: &mut Criterion) {
    let Some(path) = extract() else { return };
    let source = Source::Disk(path);
    let read = || reader::read(&source).expect("the extract is whole");
    let extract = read();
    println!("checksum: {}", checksum(&connected_roads(&extract)));
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    group.throughput(Throughput::Elements(extract.read.nodes));
    group.bench_function("Isle of Man", |b| {
        b.iter(|| connected_roads(&read()).roads().len());
    });
    group.finish();
}

/// Imports a drawn extract of 100 MB in a process of its own, and prints what that took.
fn memory() {
    let folder = tempfile::tempdir().expect("a folder for the extract");
    let file = folder.path().join("drawn.osm.pbf");
    let bytes = synthetic::extract(NODES_OF_100_MB);
    println!("extract: {:.1} MB", bytes.len() as f64 / 1e6);
    std::fs::write(&file, bytes).expect("the folder takes the extract");
    let begin = Instant::now();
    let run = Command::new(std::env::current_exe().expect("this program has a path"))
        .arg(MEASURED)
        .arg(&file)
        .arg(folder.path().join("out"))
        .output()
        .expect("this program starts once more");
    let said = String::from_utf8_lossy(&run.stdout);
    for line in said.lines() {
        let wanted = ["read ", "roads ", "network ", "peak memory"];
        if wanted.iter().any(|begin| line.starts_with(begin)) {
            println!("{line}");
        }
    }
    print!("{}", String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "the import failed");
    println!("time: {:.1} s", begin.elapsed().as_secs_f64());
}

/// The whole command on a file, and the most memory that this process had at once.
fn measured_import(file: &str, output: &str) -> ExitCode {
    let command = ["brigade", "import", "osm", file, "--output", output];
    if let Err(failure) = Cli::parse_from(command).run() {
        eprintln!("error: {failure:?}");
        return failure.exit_code();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    match peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<f64>().ok()) {
        Some(kilobytes) => println!("peak memory: {:.0} MB", kilobytes * 1024.0 / 1e6),
        None => println!("peak memory: not known, this system has no /proc/self/status"),
    }
    ExitCode::SUCCESS
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [MEASURED, file, output] => return measured_import(file, output),
        ["memory", ..] => memory(),
        _ => {
            // Criterion's own plots need a font that plotters is not given here: it is built without
            // the system's fonts.
            let mut criterion = Criterion::default().without_plots().configure_from_args();
            growth(&mut criterion);
            island(&mut criterion);
            criterion.final_summary();
        }
    }
    ExitCode::SUCCESS
}
