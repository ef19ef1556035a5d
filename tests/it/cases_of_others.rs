//! The cases of networks, layers and lists that were collected outside the repository, each as its README says it
//! should go.

use std::fs;
use std::path::{Path, PathBuf};

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::small_county::{brigade, takes_calls_from_a_list};

/// A copy of a folder below the shared one, or `None` with a message when it is not on this machine.
fn copy_of(folder: &str) -> Option<tempfile::TempDir> {
    let shared = std::env::var_os("BRIGADE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let original = shared.join(folder);
    if !original.is_dir() {
        eprintln!(
            "skipped: {} is not there; set BRIGADE_SHARED to the folder that holds cases and data",
            original.display()
        );
        return None;
    }
    let copy = tempfile::tempdir().unwrap();
    copy_files(&original, copy.path());
    Some(copy)
}

fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_files(&path, &target);
        } else {
            // Content alone, as the original may be read-only.
            fs::write(target, fs::read(&path).unwrap()).unwrap();
        }
    }
}

/// 0.967 mile at 25 mph are 139.2 s.
#[test]
fn the_units_of_a_config_table_are_read() {
    let Some(case) = copy_of("cases/field/09-gmns-config-units") else {
        return;
    };
    brigade()
        .args([
            "matrix",
            "--network",
            "network",
            "--origins",
            "A.csv",
            "--destinations",
            "B.csv",
        ])
        .args(["--output", "M.csv"])
        .current_dir(case.path())
        .assert()
        .success();
    let times = fs::read_to_string(case.path().join("M.csv")).unwrap();
    let seconds = times.lines().nth(1).unwrap().rsplit(',').next().unwrap();
    let seconds: f64 = seconds.parse().unwrap();
    // The profile drives at the limit, or below it: a mile a minute is not 0.139 s.
    assert!((130.0..200.0).contains(&seconds), "{times}");
}

#[test]
fn lengths_in_km_are_refused() {
    let Some(case) = copy_of("cases/faults/01-unit-slip-km") else {
        return;
    };
    brigade()
        .args(["compare", "scenario.toml"])
        .current_dir(case.path())
        .assert()
        .code(2)
        .stderr(contains("seem to be in kilometre"));
}

/// Both state miles in their `config.csv` and are in feet; with feet, the intersection has two links that are
/// shorter than the straight line between their ends.
#[test]
fn the_examples_of_the_specification_load_or_say_why_not() {
    for (network, with_feet) in [
        ("Freeway_Interchange", None),
        (
            "Cambridge_Intersection",
            Some("`7761` is 88 m long, and the straight line between its ends 151 m"),
        ),
    ] {
        let Some(case) = copy_of(&format!("data/gmns/{network}")) else {
            return;
        };
        let write = |file: &str, text: &str| fs::write(case.path().join(file), text).unwrap();
        write("A.csv", "id,node_id\na,11\n");
        let matrix = || {
            brigade()
                .args([
                    "matrix",
                    "--network",
                    ".",
                    "--origins",
                    "A.csv",
                    "--destinations",
                    "A.csv",
                ])
                .args(["--output", "M.csv"])
                .current_dir(case.path())
                .assert()
        };
        matrix()
            .code(2)
            .stderr(contains("are read in mile, and seem to be in foot"));
        let config = fs::read_to_string(case.path().join("config.csv")).unwrap();
        write("config.csv", &config.replace(",mile,", ",foot,"));
        match with_feet {
            None => matrix().success(),
            Some(said) => matrix().code(2).stderr(contains(said)),
        };
    }
}

#[test]
fn layers_of_arcgis_and_of_other_continents_are_read() {
    for (case, layers) in [
        (
            "17-cpg-labels-of-arcgis",
            [
                ("1252", "windows-1252, by its .cpg"),
                ("88591", "windows-1252, by its .cpg"),
                // Its class is written 二級, which the mapping of the case does not list.
                ("950", "`二級` ×2"),
                ("ANSI_1252", "windows-1252, by its .cpg"),
                ("ISO_88591", "windows-1252, by its .cpg"),
            ],
        ),
        (
            "18-nad83-and-etrs89",
            [
                ("etrs89", "ETRS89, by its .prj; taken as WGS 84"),
                ("gda94", "GDA94, by its .prj; taken as WGS 84"),
                ("jgd2011", "JGD2011, by its .prj; taken as WGS 84"),
                ("nad83", "NAD83, by its .prj; taken as WGS 84"),
                ("sirgas2000", "SIRGAS 2000, by its .prj; taken as WGS 84"),
            ],
        ),
    ] {
        let Some(case) = copy_of(&format!("cases/field/{case}")) else {
            return;
        };
        for (layer, said) in layers {
            brigade()
                .args([
                    "import",
                    "lines",
                    &format!("{layer}/roads.shp"),
                    "--mapping",
                    "map.toml",
                ])
                .args(["--output", "county", "--force"])
                .current_dir(case.path())
                .assert()
                .success()
                .stdout(contains(said).and(contains("départementale").not()));
        }
    }
}

/// The call lies on the south bank of the river, as the station does: some 6 minutes, not 80.
#[test]
fn a_call_is_served_on_its_own_bank() {
    let Some(case) = copy_of("cases/field/04-incident-across-river") else {
        return;
    };
    let county = case.path().join("county");
    brigade()
        .args([
            "import",
            "osm",
            "county.osm",
            "--output",
            "county",
            "--engines",
            "9",
            "-q",
        ])
        .current_dir(case.path())
        .assert()
        .success();
    fs::copy(case.path().join("list.csv"), county.join("list.csv")).unwrap();
    takes_calls_from_a_list(&county);
    brigade()
        .args(["simulate", "scenario.toml", "--output", "out"])
        .current_dir(&county)
        .assert()
        .success();
    let answer = fs::read(county.join("out/simulation.json")).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let mean = answer["county"]["mean_response_seconds"]["value"]
        .as_f64()
        .unwrap();
    assert!((240.0..600.0).contains(&mean), "{mean}");
}

#[test]
fn check_sees_the_list() {
    let Some(case) = copy_of("cases/field/08-check-does-not-see-the-list") else {
        return;
    };
    brigade()
        .args(["check", "scenario.toml"])
        .current_dir(case.path())
        .assert()
        .success()
        .stdout(contains("1 listed call, none drawn"))
        .stdout(contains("1 call from 2027-02-06 14:00 to 2027-02-06 14:00"))
        .stdout(contains("警情率").not());
}
