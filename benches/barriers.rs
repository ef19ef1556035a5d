//! What barriers cost on real extracts: the map of a coverage with the rivers and lakes of the extract and
//! without them, in turns in the same run.
//!
//! `cargo bench --bench barriers` prints the ratio, and fails above one and a half.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use brigade::cli::Cli;
use brigade::evaluation::coverage::coverage_of;
use brigade::evaluation::coverage::question::CoverageQuestion;
use brigade::files::Source;
use brigade::scenario::Scenario;
use brigade::scenario::standards::Clock;
use brigade::units::Millis;
use clap::Parser;

#[path = "../tests/it/extracts/isle_of_man.rs"]
#[allow(dead_code, reason = "other benches ask for the island alone")]
mod isle_of_man;

/// Pairs of runs for each extract.
const PAIRS: usize = 9;
/// What barriers may cost.
const MOST: f64 = 1.5;

/// Square kilometres within 10 minutes and without a road, and how long that took.
fn map(folder: &Path) -> ([f64; 2], Duration) {
    let file = Source::Disk(folder.join("scenario.toml"));
    let scenario = Scenario::load(&file).expect("what an import writes is right");
    let question = CoverageQuestion {
        stations: scenario.stations.of_county().collect(),
        alternative: None,
        clock: Clock::Response,
        bands: vec![5.0, 10.0, 15.0, 20.0, 30.0],
        closed: Vec::new(),
        critical: 0,
        cut_off_counts: Millis(0),
    };
    let begin = Instant::now();
    let (coverage, _) = coverage_of(&scenario, &question);
    let bands = coverage.county.by_band;
    let no_road = bands.last().map_or(0.0, |band| band.area_km2);
    (
        [bands[0].area_km2 + bands[1].area_km2, no_road],
        begin.elapsed(),
    )
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The ratio on an extract, of which the figures are printed.
fn ratio(extract: &Path) -> f64 {
    let folder = tempfile::tempdir().expect("a folder for the county");
    let [with, without] = ["with", "without"].map(|name| folder.path().join(name));
    for county in [&with, &without] {
        let (from, to) = (extract.display().to_string(), county.display().to_string());
        let command = [
            "brigade", "--quiet", "import", "osm", &from, "--output", &to,
        ];
        assert!(Cli::parse_from(command).run().is_ok(), "the import failed");
    }
    fs::remove_file(without.join("barriers.geojson")).expect("the extract has water");
    let name = extract.file_name().unwrap_or_default().to_string_lossy();
    let [(of_with, _), (of_without, _)] = [map(&with), map(&without)];
    for (words, [near, no_road]) in [("with", of_with), ("without", of_without)] {
        println!(
            "checksum: {name} {words} barriers: {near:.2} km² within 10 min, {no_road:.2} without a road"
        );
    }
    let pairs = (0..PAIRS).map(|_| {
        let [(_, with), (_, without)] = [map(&with), map(&without)];
        with.as_secs_f64() / without.as_secs_f64()
    });
    let ratio = median(pairs.collect());
    println!("{name}: a map takes {ratio:.2} times as long with barriers ({PAIRS} pairs, median)");
    ratio
}

fn main() -> ExitCode {
    let extracts = ["liechtenstein-latest.osm.pbf", "isle-of-man.osm.pbf"];
    let ratios = extracts.iter().filter_map(|name| isle_of_man::named(name));
    let ratios: Vec<f64> = ratios.map(|extract| ratio(&extract)).collect();
    if ratios.iter().all(|ratio| *ratio <= MOST) {
        ExitCode::SUCCESS
    } else {
        println!("more than {MOST} times as long");
        ExitCode::FAILURE
    }
}
