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

/// 0.0009° are 99.517 m, 23.884 s at 15 km/h; 8 km of road are 480 s, call handling and turnout 60 s each.
#[test]
fn a_call_is_served_where_it_is_and_not_at_the_nearest_demand_point() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,lon,lat\n2027-03-01 12:00,fire,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    let answer = simulate(&county);
    let mean = answer["county"]["mean_response_seconds"]["value"]
        .as_f64()
        .unwrap();
    assert!((mean - 623.884).abs() < 0.01, "{mean}");
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

/// A call is at a demand point or at a position of its own; where a row says both, nobody knows which is meant.
#[test]
fn a_call_is_at_a_demand_point_or_at_a_position() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,demand_point,lon,lat\n2027-03-01 12:00,fire,e,,\n2027-03-02 12:00,fire,,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    let check = || {
        let mut run = brigade();
        run.args(["check", "scenario.toml"]).current_dir(&county);
        run
    };
    check().assert().success().stdout(contains("2 calls"));
    let both = list.replace("fire,e,,", "fire,e,115.075,0.0009");
    fs::write(county.join("list.csv"), both).unwrap();
    check().assert().code(2).stderr(contains(
        "list.csv:2: column `demand_point`: `e` is not usable",
    ));
}

/// The old station is known to take 20 min to the east, where the roads take 10: twice the 480 s of road and the 23.884 s
/// beside it to the call, whose nearest demand point that is.
#[test]
fn a_known_time_holds_in_proportion_for_calls_beside_its_demand_point() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,lon,lat\n2027-03-01 12:00,fire,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    fs::write(
        county.join("known.csv"),
        "station,demand,seconds\nold,e,1200\n",
    )
    .unwrap();
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let known = text.replace("[tables]\n", "[tables]\ntravel_times = \"known.csv\"\n");
    assert_ne!(known, text);
    fs::write(&scenario, known).unwrap();
    let answer = simulate(&county);
    let mean = answer["county"]["mean_response_seconds"]["value"]
        .as_f64()
        .unwrap();
    assert!((mean - (120.0 + 2.0 * 503.884)).abs() < 0.01, "{mean}");
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

/// The answer of a comparison, and what it prints.
fn compare(county: &Path, more: &[&str]) -> (Value, String) {
    let run = brigade()
        .args([
            "compare",
            "scenario.toml",
            "--output",
            "out",
            "--language",
            "en",
        ])
        .args(more)
        .current_dir(county)
        .assert()
        .success();
    let answer = fs::read(county.join("out/comparison.json")).unwrap();
    let printed = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    (serde_json::from_slice(&answer).unwrap(), printed)
}

/// Three calls of one hour in the east, 10 km from the old station: the two minutes of call handling and turnout, and
/// ten on the road, which a station there has not.
const AN_HOUR: &str = "time,type,demand_point\n2027-03-01 12:00,fire,e\n2027-03-01 12:20,fire,e\n\
                       2027-03-01 12:40,fire,e\n";

/// Nothing is left to chance: one replication shows what any number does, and the difference is what it is.
#[test]
fn calls_of_a_list_without_chance_are_compared_for_sure() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_with(folder.path(), AN_HOUR);
    for replications in ["1", "4", "20"] {
        let (answer, printed) = compare(&county, &["--replications", replications]);
        let today = answer["alternatives"].as_array().unwrap().last().unwrap();
        assert_eq!(today["is_baseline"], true);
        assert_eq!(today["told_apart_from_best"], true, "{replications}");
        let difference = &today["difference_from_best"]["mean_response_seconds"];
        assert!(difference["value"].as_f64().unwrap() > 590.0);
        assert_eq!(difference["low"], difference["high"]);
        assert_eq!(today["probability_best"], 0.0);
        assert_eq!(answer["alternatives"][0]["probability_best"], 1.0);
        assert!(
            !printed.contains('≈') && !printed.contains("\"?\""),
            "{printed}"
        );
        let page = fs::read_to_string(county.join("out/report.html")).unwrap();
        assert!(page.contains("Recommended: East"), "{replications}");
    }
}

/// One hour of a year fills one of the sections into which few replications are cut. From one replication nothing is
/// known of chance, and that is said; ten are ten.
#[test]
fn an_hour_is_told_apart_as_soon_as_its_replications_do() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_with(folder.path(), AN_HOUR);
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    assert!(text.contains("[stages.traffic]\nsd = 0.0"));
    fs::write(
        &scenario,
        text.replace("[stages.traffic]\nsd = 0.0", "[stages.traffic]\nsd = 0.2"),
    )
    .unwrap();
    let (answer, printed) = compare(&county, &["--replications", "10"]);
    let today = answer["alternatives"].as_array().unwrap().last().unwrap();
    assert_eq!(today["told_apart_from_best"], true);
    let difference = &today["difference_from_best"]["mean_response_seconds"];
    assert!(difference["low"].as_f64().unwrap() > 300.0, "{difference}");
    assert!(!printed.contains('≈'), "{printed}");

    let (answer, printed) = compare(&county, &["--replications", "1"]);
    let today = answer["alternatives"].as_array().unwrap().last().unwrap();
    assert_eq!(today["told_apart_from_best"], Value::Null);
    for words in [
        "\"?\": too few calls or replications to say whether as good as the best, 2 alternatives.",
        "Whether the existing stations are as good as the best alternative cannot be said",
    ] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    assert!(!printed.contains('≈'), "{printed}");
    let page = fs::read_to_string(county.join("out/report.html")).unwrap();
    for words in [
        "?: too few calls or replications to say.",
        "Too few calls or replications to say whether these are as good: ",
        "or too few",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let table = fs::read_to_string(county.join("out/alternatives.csv")).unwrap();
    let of_today = table
        .lines()
        .find(|line| line.starts_with("3,baseline,"))
        .unwrap();
    assert!(of_today.contains(",,false,"), "{of_today}");
}

/// The card sends the old station to the east, ten minutes away, although one stands there: to a call beside the
/// village as to one in it, 0.0001° or 11 m off, 2.7 s at 15 km/h.
#[test]
fn a_call_has_the_running_card_of_the_demand_point_nearest_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_with(folder.path(), AN_HOUR);
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let card = "[tables]\nrunning_card = \"card.csv\"\n";
    fs::write(&scenario, text.replace("[tables]\n", card)).unwrap();
    let mean = |list: &str, zone: &str| {
        fs::write(
            county.join("card.csv"),
            format!("zone,order\n{zone},old e\n"),
        )
        .unwrap();
        fs::write(county.join("list.csv"), list).unwrap();
        let (answer, _) = compare(&county, &[]);
        let all = answer["alternatives"].as_array().unwrap();
        let east = all.iter().find(|of| of["id"] == "e").unwrap();
        east["county"]["mean_response_seconds"]["value"]
            .as_f64()
            .unwrap()
    };
    let in_it = mean("time,type,demand_point\n2027-03-01 12:00,fire,e\n", "e");
    assert!(in_it > 700.0, "{in_it}");
    let beside = "time,type,lon,lat\n2027-03-01 12:00,fire,115.10,0.0001\n";
    for zone in ["e", "E"] {
        let beside = mean(beside, zone);
        assert!(
            (beside - in_it - 2.67).abs() < 0.1,
            "{zone}: {beside} {in_it}"
        );
    }
    // A zone is a town or a row of the table of demand points, and no call.
    fs::write(county.join("card.csv"), "zone,order\nlist.csv:2,old\n").unwrap();
    brigade()
        .args(["check", "scenario.toml"])
        .current_dir(&county)
        .assert()
        .code(2)
        .stderr(contains("card.csv:2: column `zone`"));
}

/// Between any two of 10,001 places there are too many times, which is said of what there is too much of.
#[test]
fn calls_at_too_many_positions_are_named_where_engines_are_redirected() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = "time,type,lon,lat\n".to_owned();
    for call in 0..9_999 {
        list += &format!(
            "2027-03-01 12:00,fire,{:.5},0\n",
            115.0 + f64::from(call) * 1e-5
        );
    }
    let county = county_with(folder.path(), &list);
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(&scenario, text + "\n[dispatch]\nredirect = true\n").unwrap();
    brigade()
        .args(["check", "scenario.toml"])
        .current_dir(&county)
        .assert()
        .code(2)
        .stderr(contains("`dispatch.redirect`").and(contains(
            "2 demand points and 9999 positions of listed calls",
        )));
}

/// What is doubted of demand points, and how far they are from roads, is not of calls; and rates that are not drawn
/// are not doubted.
#[test]
fn a_call_of_a_list_is_no_demand_point_in_what_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let list = "time,type,lon,lat\n2027-03-01 12:00,fire,115.075,0.0009\n";
    let county = county_with(folder.path(), list);
    let demand = fs::read_to_string(county.join("demand.csv")).unwrap();
    let demand = demand
        .replace("1000,100,", "1000,0,")
        .replace("3000,300,", "3000,0,");
    fs::write(county.join("demand.csv"), demand).unwrap();
    brigade()
        .args(["check", "scenario.toml"])
        .current_dir(&county)
        .assert()
        .success()
        .stdout(
            contains("0 m from demand points").and(contains("100 m on average from 1 position")),
        )
        .stdout(contains("per 10,000").not());
}

/// A second type that needs no water: no fire is listed, and so nothing is to be drawn of water.
#[test]
fn a_list_without_fires_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_with(folder.path(), &AN_HOUR.replace("fire", "rescue"));
    let types = "id,name,per_10000_residents,engines,on_scene_mean,on_scene_sd,needs_water,basis\n\
                 fire,Fire,1,1:1,1 min,0 s,yes,assumed\nrescue,Rescue,1,1:1,1 min,0 s,no,assumed\n";
    fs::write(county.join("incident_types.csv"), types).unwrap();
    let hours = fs::read_to_string(county.join("hours.csv")).unwrap();
    let hours: Vec<String> = (hours.lines().enumerate())
        .map(|(line, text)| format!("{text},{}", if line == 0 { "rescue" } else { "1" }))
        .collect();
    fs::write(county.join("hours.csv"), hours.join("\n") + "\n").unwrap();
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(&scenario, text.replace("[roads]", crate::simulate::WATER)).unwrap();
    fs::write(
        county.join("hydrants.csv"),
        "id,lon,lat,basis\nh1,115.01,0,assumed\n",
    )
    .unwrap();
    compare(&county, &[]);
    let charts = county.join("out/charts");
    assert!(charts.join("response-distribution.svg").exists());
    assert!(!charts.join("first-water.svg").exists());
    // As soon as there is a fire, it is drawn.
    fs::write(county.join("list.csv"), AN_HOUR).unwrap();
    compare(&county, &[]);
    assert!(charts.join("first-water.svg").exists());
}
