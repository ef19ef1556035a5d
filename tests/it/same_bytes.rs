//! Every command writes the same bytes whatever the number of threads, the locale, the time zone and the folder in
//! which it runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::import_lines;
use crate::optimize;
use crate::outputs::{crossing, files};

/// What differs from one run to the next.
struct Surroundings {
    threads: &'static str,
    locale: &'static str,
    zone: &'static str,
    folder: &'static str,
}

const SURROUNDINGS: [Surroundings; 3] = [
    Surroundings {
        threads: "1",
        locale: "C",
        zone: "UTC",
        folder: "a",
    },
    Surroundings {
        threads: "2",
        locale: "de_DE.UTF-8",
        zone: "Pacific/Kiritimati",
        folder: "五华 b",
    },
    Surroundings {
        threads: "7",
        locale: "zh_CN.GB18030",
        zone: "America/St_Johns",
        folder: "d/e e/f",
    },
];

/// The commands, each after those whose output it reads; and where what they print is kept.
const COMMANDS: [&[&str]; 15] = [
    &[
        "compare",
        "county/scenario.toml",
        "--replications",
        "5",
        "--output",
        "compared",
    ],
    &[
        "report",
        "compared",
        "--language",
        "en",
        "--output",
        "reported",
    ],
    &[
        "simulate",
        "county/scenario.toml",
        "--replications",
        "5",
        "--output",
        "simulated",
        "--trace",
        "trace.csv",
    ],
    &["coverage", "county/scenario.toml", "--output", "covered"],
    &[
        "optimize",
        "county/scenario.toml",
        "--simulate",
        "2",
        "--replications",
        "5",
        "--output",
        "optimized",
    ],
    &[
        "matrix",
        "--network",
        "county/network",
        "--profile",
        "county/profiles/pumper.toml",
        "--origins",
        "ends.csv",
        "--destinations",
        "ends.csv",
        "--output",
        "times.csv",
    ],
    &[
        "route",
        "--network",
        "county/network",
        "--profile",
        "county/profiles/pumper.toml",
        "west",
        "east",
        "--geojson",
        "way.geojson",
    ],
    &["import", "osm", "map.osm", "--output", "imported"],
    &[
        "import",
        "lines",
        "roads.geojson",
        "--mapping",
        "mapping.toml",
        "--output",
        "lines",
    ],
    &[
        "locate",
        "--travel-times",
        "times.csv",
        "--demand",
        "weights.csv",
        "--objective",
        "p-median",
        "--p",
        "1",
        "--format",
        "json",
    ],
    &["explain", "0:1", "county/scenario.toml"],
    &["synthesize", "--output", "made"],
    &["check", "county/scenario.toml"],
    &["verify", "--replications", "5"],
    &["init", "begun"],
];

/// All that the commands write and print in a folder.
fn written(folder: &Path, surroundings: &Surroundings) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = folder.join(surroundings.folder);
    fs::create_dir_all(&folder).unwrap();
    optimize::county(&folder);
    fs::write(folder.join("ends.csv"), "id,node_id\nw,west\ne,east\n").unwrap();
    fs::write(folder.join("weights.csv"), "id,weight\nw,1\ne,2\n").unwrap();
    fs::write(folder.join("map.osm"), crossing()).unwrap();
    fs::write(folder.join("roads.geojson"), import_lines::ROADS).unwrap();
    fs::write(folder.join("mapping.toml"), import_lines::MAPPING).unwrap();
    for (number, arguments) in COMMANDS.iter().enumerate() {
        let mut run = Command::new(env!("CARGO_BIN_EXE_brigade"));
        run.current_dir(&folder).arg("--quiet").args(*arguments);
        run.env("RAYON_NUM_THREADS", surroundings.threads);
        run.env("LC_ALL", surroundings.locale)
            .env("TZ", surroundings.zone);
        let done = run.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        // With so few replications some figure of `verify` may be too far off to tell.
        assert!(
            done.status.success() || arguments[0] == "verify",
            "{arguments:?}: {said}"
        );
        fs::write(folder.join(format!("printed-{number}.txt")), done.stdout).unwrap();
    }
    files(&folder)
}

#[test]
fn every_command_writes_the_same_bytes_in_any_surroundings() {
    let folder = tempfile::tempdir().unwrap();
    let [first, others @ ..] = SURROUNDINGS.each_ref().map(|of| written(folder.path(), of));
    for (other, of) in others.iter().zip(&SURROUNDINGS[1..]) {
        let names = |files: &[(PathBuf, Vec<u8>)]| -> Vec<PathBuf> {
            files.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(names(&first), names(other), "in {}", of.folder);
        for ((name, before), (_, after)) in first.iter().zip(other) {
            assert!(
                before == after,
                "{} differs in {}",
                name.display(),
                of.folder
            );
        }
    }
    assert!(first.len() > 150, "{} files", first.len());
}
