//! A county from a map with one fire station or none runs as it was imported, in the order that the import prints.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::small_county::brigade;

/// Three roads that meet at 115.02°, a town 500 m from there and a village at the end of one, and what else is mapped.
fn map(more: &str) -> String {
    let nodes = [
        (1, 115.0, 0.0),
        (2, 115.02, 0.0),
        (3, 115.04, 0.0),
        (4, 115.02, 0.03),
    ];
    let nodes: String = (nodes.iter())
        .map(|(id, lon, lat)| format!("<node id='{id}' lon='{lon}' lat='{lat}'/>"))
        .collect();
    let road = "<tag k='highway' v='secondary'/>";
    let ways: String = [(10, 1), (11, 3), (12, 4)]
        .map(|(id, end)| format!("<way id='{id}'><nd ref='2'/><nd ref='{end}'/>{road}</way>"))
        .concat();
    let settlement = |id: i32, at: &str, kind: &str, name: &str, people: u32| {
        format!(
            "<node id='{id}' {at}><tag k='place' v='{kind}'/><tag k='name' v='{name}'/>\
             <tag k='population' v='{people}'/></node>"
        )
    };
    let town = settlement(22, "lon='115.0155' lat='-0.0005'", "town", "Town", 5000);
    let village = settlement(23, "lon='115.02' lat='0.0295'", "village", "Village", 500);
    format!("<osm version='0.6'>{nodes}{town}{village}{more}{ways}</osm>")
}

fn station(name: &str) -> String {
    format!(
        "<node id='20' lon='115.001' lat='0.0005'><tag k='amenity' v='fire_station'/>\
         <tag k='name' v='{name}'/></node>"
    )
}

/// Imports a map and runs the commands that the import prints, each with its output beside; what `compare` and `optimize`
/// answer.
fn run(folder: &Path, map: &str) -> [Value; 2] {
    fs::write(folder.join("map.osm"), map).unwrap();
    let imported = brigade()
        .current_dir(folder)
        .args(["import", "osm", "map.osm", "--output", "c"])
        .assert()
        .success();
    let printed = String::from_utf8(imported.get_output().stdout.clone()).unwrap();
    let commands: Vec<Vec<&str>> = (printed.lines())
        .filter_map(|line| line.strip_prefix("  brigade "))
        .map(|command| command.split(' ').collect())
        .collect();
    let names: Vec<&str> = commands.iter().map(|command| command[0]).collect();
    assert_eq!(names, ["check", "compare", "coverage", "optimize"]);
    for command in &commands {
        brigade()
            .current_dir(folder)
            .args(command)
            .assert()
            .success();
    }
    ["comparison.json", "optimized/optimization.json"].map(|file| {
        let text = fs::read(folder.join("out").join(file)).unwrap();
        serde_json::from_slice(&text).unwrap()
    })
}

/// A building fire can need six engines, and there are two: it has these, and counts as a call with too few.
#[test]
fn with_one_station_calls_take_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let [comparison, optimized] = run(folder.path(), &map(&station("S")));
    let alternatives = comparison["alternatives"].as_array().unwrap();
    assert_eq!(alternatives.len(), 1);
    let county = &alternatives[0]["county"];
    assert_eq!(county["lost"]["value"], 0.0);
    // 0.06 of 2.9 building fires and 0.035 of 1.7 others of 15.7 calls need three engines or more: 15 in a thousand, of
    // some 2,600 calls.
    let short = county["short_handed"]["value"].as_f64().unwrap();
    assert!((0.005..0.025).contains(&short), "{short}");
    // One more stands at the one junction.
    assert_eq!(optimized["towns"][0]["anywhere"], true);
    assert_eq!(optimized["best"][0]["sites"][0]["id"], "j-2");
    assert!(optimized["baseline_mean_response_seconds"].is_number());
}

/// Where nobody stands, the question is where the first brigade goes.
#[test]
fn without_a_station_the_first_brigade_is_sought() {
    let folder = tempfile::tempdir().unwrap();
    let [comparison, optimized] = run(folder.path(), &map(""));
    let alternatives = comparison["alternatives"].as_array().unwrap();
    let best = &alternatives[0];
    assert_eq!(best["id"], "site-n22");
    assert_eq!(best["county"]["lost"]["value"], 0.0);
    assert!(best["county"]["mean_response_seconds"].is_object());
    let baseline = &alternatives[1];
    assert_eq!(baseline["is_baseline"], true);
    assert_eq!(baseline["county"]["lost"]["value"], 1.0);
    assert_eq!(baseline["county"]["mean_response_seconds"], Value::Null);
    assert_eq!(optimized["baseline_mean_response_seconds"], Value::Null);
    assert_eq!(optimized["best"][0]["sites"][0]["id"], "j-2");
    let steps = optimized["frontier"]["steps"].as_array().unwrap();
    assert_eq!(steps[0]["brigades"], 1);
    // That nobody stands is said once, and not again of each type of call.
    let mut check = brigade();
    let check = check
        .current_dir(folder.path())
        .args(["check", "c/scenario.toml"]);
    let said = String::from_utf8(check.assert().success().get_output().stdout.clone()).unwrap();
    assert_eq!(said.matches("no station stands today").count(), 1, "{said}");
    assert!(!said.contains("`baseline` has any:0"), "{said}");
    // And all of it is published again.
    brigade()
        .current_dir(folder.path())
        .args(["report", "out"])
        .assert()
        .success();
}

#[test]
fn a_brigade_that_is_called_from_home_leaves_later() {
    let folder = tempfile::tempdir().unwrap();
    let mean = |name: &str| {
        let [comparison, _] = run(folder.path(), &map(&station(name)));
        let alternatives = comparison["alternatives"].as_array().unwrap();
        let baseline = alternatives.iter().find(|of| of["is_baseline"] == true);
        let mean = &baseline.unwrap()["county"]["mean_response_seconds"]["value"];
        mean.as_f64().unwrap()
    };
    let [called, on_duty] = ["Freiwillige Feuerwehr", "Feuerwache"].map(mean);
    // Five minutes rather than one, and one engine rather than two for calls that come together.
    assert!(called - on_duty > 4.0 * 60.0 - 5.0, "{called} {on_duty}");
    assert!(called - on_duty < 5.0 * 60.0, "{called} {on_duty}");
}
