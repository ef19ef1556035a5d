//! From a raw map to travel times, beside `tests/independent/raw_map.py`, which reads the same map by the same
//! stated rules in another language.

use std::path::Path;
use std::process::{Command as Process, Stdio};

use crate::extracts::isle_of_man::named;
use crate::small_county::project;

/// What the program says, and whether all agrees; `None` with a message where there is no Python.
fn independently(arguments: &[&str]) -> Option<(bool, String)> {
    let python = Process::new("python3")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no python3 for the independent computation");
        return None;
    }
    let run = Process::new("python3")
        .arg(project("tests/independent/raw_map.py"))
        .args(["--brigade", env!("CARGO_BIN_EXE_brigade")])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    eprintln!("{said}{}", String::from_utf8_lossy(&run.stderr));
    // Exit code 1 with nothing said is a fault of the program itself.
    assert!(run.status.success() || said.contains("differ"), "{said}");
    Some((run.status.success(), said))
}

#[test]
fn the_times_worked_out_by_hand_come_out_independently() {
    let maps = project("tests/osm-rules");
    let Some((agrees, said)) = independently(&["--by-hand", maps.to_str().unwrap()]) else {
        return;
    };
    assert!(agrees && said.contains(" 0 differ"), "{said}");
}

/// Towns with every kind of tag, barrier and restriction on a lattice of streets.
#[test]
fn made_up_maps_take_the_same_times_independently() {
    for seed in ["1", "2", "3"] {
        let map = ["--drawn", seed, "--lengths", "sphere"];
        let Some((agrees, said)) = independently(&map) else {
            return;
        };
        assert!(agrees, "{said}");
    }
}

#[test]
fn without_its_restrictions_a_made_up_map_takes_other_times() {
    let map = ["--drawn", "1", "--lengths", "sphere"];
    let without = [&map[..], &["--without-restrictions"]].concat();
    let Some((agrees, said)) = independently(&without) else {
        return;
    };
    assert!(!agrees, "{said}");
}

/// The sphere of lengths is within 0.4 % of the ellipsoid there.
#[test]
fn liechtenstein_takes_the_same_times_independently() {
    let Some(extract) = named("liechtenstein-latest.osm.pbf") else {
        return;
    };
    let agrees = |extract: &Path, more: &[&str]| {
        let map = [&[extract.to_str().unwrap()], more].concat();
        if let Some((agrees, said)) = independently(&map) {
            assert!(agrees, "{said}");
        }
    };
    agrees(&extract, &["--lengths", "sphere"]);
    agrees(&extract, &["--lengths", "wgs84", "--tolerance", "0.004"]);
}
