//! From a raw map to travel times, beside `tests/independent/raw_map.py`, which reads the same map by the same
//! stated rules in another language.

use std::ffi::OsStr;

use crate::extracts::isle_of_man::named;
use crate::small_county::{self, project};

/// What the program says, and whether all agrees; `None` with a message where there is no Python.
fn independently(arguments: &[&str]) -> Option<(bool, String)> {
    let brigade = ["--brigade", env!("CARGO_BIN_EXE_brigade")];
    let arguments: Vec<&OsStr> = (brigade.iter().chain(arguments))
        .map(|argument| OsStr::new(*argument))
        .collect();
    let (is_well, said) = small_county::independently("raw_map.py", &arguments)?;
    // Exit code 1 with nothing said is a fault of the program itself.
    assert!(is_well || said.contains("differ"), "{said}");
    Some((is_well, said))
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
        let map = ["--drawn", seed];
        let Some((agrees, said)) = independently(&map) else {
            return;
        };
        assert!(agrees, "{said}");
    }
}

#[test]
fn without_its_restrictions_a_made_up_map_takes_other_times() {
    let without = ["--drawn", "1", "--without-restrictions"];
    let Some((agrees, said)) = independently(&without) else {
        return;
    };
    assert!(!agrees, "{said}");
}

#[test]
fn liechtenstein_takes_the_same_times_independently() {
    let Some(extract) = named("liechtenstein-latest.osm.pbf") else {
        return;
    };
    if let Some((agrees, said)) = independently(&[extract.to_str().unwrap()]) {
        assert!(agrees, "{said}");
    }
}
