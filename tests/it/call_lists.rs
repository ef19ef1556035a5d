//! Lists of calls on the county of `tests/it/compare.rs`: each call is served where it is, and `check`, the run
//! and what is published say what the list holds.
//!
//! ```text
//!                        call, 100 m from the road
//! west ------ 6 km ------ mid ---- 4 km ---- east          60 km/h on the road, 15 km/h to it
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county, takes_calls_from_a_list};

/// The small county with this list in place of drawn calls.
fn county_with(folder: &Path, list: &str) -> PathBuf {
    let county = small_county(folder);
    fs::write(county.join("list.csv"), list).unwrap();
    takes_calls_from_a_list(&county);
    county
}

fn simulate(county: &Path) -> Value {
    let out = county.join("out");
    brigade()
        .args(["simulate", "scenario.toml", "--output", "out", "--language", "en"])
        .current_dir(county)
        .assert()
        .success()
        .stderr(contains(
            "listed calls: list.csv, 1 call, 1 of them at positions of their own, 100 m from the road on average \
             and 100 m at most",
        ));
    serde_json::from_slice(&fs::read(out.join("simulation.json")).unwrap()).unwrap()
}

/// 0.0009° are 100.076 m, 24.018 s at 15 km/h; 8 km of road are 480 s, call handling and turnout 60 s each.
#[test]
fn a_call_is_served_where_it_is_and_not_at_the_nearest_demand_point() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,lon,lat\n2027-03-01 12:00,fire,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    let answer = simulate(&county);
    let mean = answer["county"]["mean_response_seconds"]["value"]
        .as_f64()
        .unwrap();
    assert!((mean - 624.018).abs() < 0.01, "{mean}");
    // `route` takes the engine the same way.
    brigade()
        .args([
            "route",
            "old",
            "115.075,0.0009",
            "--scenario",
            "scenario.toml",
            "--language",
            "en",
        ])
        .current_dir(&county)
        .assert()
        .success()
        .stdout(contains("8:24"));
    // It is in the town of the nearest demand point, and no demand point itself.
    assert_eq!(answer["towns"][1]["incidents_a_year"], 1.0);
    let rests_on = answer["data_basis"].as_array().unwrap();
    let of = |input: &str| {
        rests_on
            .iter()
            .filter(|note| note["input"]["of"] == input)
            .count()
    };
    assert_eq!([of("listed-calls"), of("incident-rate")], [1, 0]);
    let points = rests_on
        .iter()
        .find(|note| note["input"]["of"] == "demand-points");
    assert_eq!(points.unwrap()["input"]["count"], 2);
}

/// The barrier lies between the call and the road, and ends so far away that no road within 1 km is open.
#[test]
fn a_call_obeys_the_limit_and_the_barriers_of_demand_points() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,lon,lat\n2027-03-01 12:00,fire,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    let barrier = r#"{"type":"LineString","coordinates":[[115.06,0.0005],[115.09,0.0005]]}"#;
    fs::write(county.join("barriers.geojson"), barrier).unwrap();
    let check = || {
        brigade()
            .args(["check", "scenario.toml"])
            .current_dir(&county)
            .assert()
    };
    check()
        .code(2)
        .stderr(contains("list.csv: the call `list.csv:2`").and(contains("barriers.geojson")));
    fs::remove_file(county.join("barriers.geojson")).unwrap();
    fs::write(
        county.join("list.csv"),
        "time,type,lon,lat\n2027-03-01 12:00,fire,115.05,0.02\n",
    )
    .unwrap();
    check()
        .code(2)
        .stderr(contains("the call `list.csv:2`").and(contains("roads.demand_limit")));
}

#[test]
fn check_describes_a_list_and_the_basis_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,demand_point\n2027-03-01 00:00,fire,w\n2027-03-02 00:00,fire,e\n\
                2027-03-04 00:00,fire,e\n";
    let county = county_with(folder.path(), list);
    let check = || {
        brigade()
            .args(["check", "scenario.toml"])
            .current_dir(&county)
            .assert()
            .success()
    };
    check()
        .stdout(contains(
            "incidents     3 listed calls, none drawn; 1 year from 2027-01-01",
        ))
        .stdout(contains(
            "list.csv  3 calls from 2027-03-01 00:00 to 2027-03-04 00:00",
        ))
        .stdout(contains("by type     fire 3"))
        .stdout(contains("by town     West 1, East 2"))
        .stdout(contains("逐起列出的警情"))
        .stdout(contains("警情率").not())
        .stdout(contains("warning: list.csv: 3 of 3 calls are at midnight"));
    // One of three at midnight may well be.
    let list = list
        .replacen("00:00", "12:00", 1)
        .replace("03-02 00:00", "03-02 13:15");
    fs::write(county.join("list.csv"), list).unwrap();
    check().stdout(contains("midnight").not());
}

/// Calls that are feared are assumed, unless the list says how they are known.
#[test]
fn a_list_says_how_it_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_with(
        folder.path(),
        "time,type,demand_point\n2027-03-01 00:00,fire,w\n",
    );
    let scenario = county.join("scenario.toml");
    let replay = fs::read_to_string(&scenario).unwrap();
    let basis = |scenario_text: &str, list: &str| {
        fs::write(&scenario, scenario_text).unwrap();
        fs::write(county.join("list.csv"), list).unwrap();
        let run = brigade()
            .args(["check", "scenario.toml"])
            .current_dir(&county)
            .assert()
            .success();
        let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        let line = said
            .lines()
            .find(|line| line.contains("逐起列出的警情"))
            .unwrap()
            .to_owned();
        line.split_whitespace().next().unwrap().to_owned()
    };
    let list = "time,type,demand_point\n2027-03-01 00:00,fire,w\n";
    let extra = replay.replace("incidents =", "extra_incidents =");
    assert_eq!(basis(&replay, list), "observed");
    assert_eq!(basis(&extra, list), "assumed");
    let modelled = "time,type,demand_point,basis\n2027-03-01 00:00,fire,w,modelled\n";
    assert_eq!(basis(&replay, modelled), "modelled");
}
