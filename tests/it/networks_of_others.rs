//! GMNS networks in the units and words of others: every command reads them alike.

use std::fs;
use std::path::Path;

use predicates::str::contains;

use crate::small_county::{brigade, small_county};

/// The links of the small county in miles: 6,000 and 4,000 m.
const MILES: &str = "link_id,from_node_id,to_node_id,directed,length,facility_type,lanes\n\
                     wm,west,mid,false,3.728227153,ARTERIAL,2.0\n\
                     me,mid,east,0,2.485484769,primary,\n\
                     cw,mid,east,1,2.5,cycleway,0\n";

fn county_in_miles(folder: &Path) -> std::path::PathBuf {
    let county = small_county(folder);
    let write = |file: &str, text: &str| fs::write(county.join(file), text).unwrap();
    write("network/link.csv", MILES);
    write(
        "network/config.csv",
        "dataset_name,short_length,long_length,speed,crs\nx,foot,mile,mph,4326\n",
    );
    county
}

/// 10 km at 60 km/h are 600 s; the east waits for them behind a minute each of handling and turnout.
#[test]
fn matrix_route_and_compare_read_miles_alike() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_in_miles(folder.path());
    let warned = "1 link of the network is no road for engines (`cycleway`: 1) and left out";
    fs::write(county.join("a.csv"), "id,node_id\na,west\n").unwrap();
    fs::write(county.join("b.csv"), "id,node_id\nb,east\n").unwrap();
    brigade()
        .args([
            "matrix",
            "--network",
            "network",
            "--origins",
            "a.csv",
            "--destinations",
            "b.csv",
        ])
        .args(["--output", "m.csv"])
        .current_dir(&county)
        .assert()
        .success()
        .stderr(contains(warned));
    let times = fs::read_to_string(county.join("m.csv")).unwrap();
    assert_eq!(times, "origin,destination,seconds\na,b,600.000\n");
    brigade()
        .args([
            "route",
            "west",
            "east",
            "--network",
            "network",
            "--language",
            "en",
        ])
        .current_dir(&county)
        .assert()
        .success()
        .stdout(contains("10:00"))
        .stderr(contains(warned));
    brigade()
        .args([
            "simulate",
            "scenario.toml",
            "--output",
            "out",
            "--language",
            "en",
        ])
        .current_dir(&county)
        .assert()
        .success()
        .stderr(contains(warned));
    let answer = fs::read(county.join("out/simulation.json")).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["towns"][1]["mean_response_seconds"]["value"], 720.0);
    brigade()
        .args(["check", "scenario.toml"])
        .current_dir(&county)
        .assert()
        .success()
        .stdout(contains("lengths in mile, widths in foot, speeds in mph"));
    // The same figures as metres are refused by each, with the unit that they seem to be in.
    fs::remove_file(county.join("network/config.csv")).unwrap();
    let likely = "seem to be in mile: state `long_length` in config.csv";
    for arguments in [
        &[
            "matrix",
            "--network",
            "network",
            "--origins",
            "a.csv",
            "--destinations",
            "b.csv",
            "--output",
            "m.csv",
        ][..],
        &["route", "west", "east", "--network", "network"],
        &["compare", "scenario.toml"],
        &["check", "scenario.toml"],
    ] {
        brigade()
            .args(arguments)
            .current_dir(&county)
            .assert()
            .code(2)
            .stderr(contains("2 of 2 links cannot be right"))
            .stderr(contains("line 2: `wm` is 3.728 m long"))
            .stderr(contains(likely));
    }
}
