//! Rules by which engines are sent from elsewhere than their station, or stand by at another: what they
//! do to a county, its log and its stories.

use std::fs;
use std::path::{Path, PathBuf};

use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county};

/// The small county with few engines that are long at the scene; half of its incidents are graver.
fn busy_county(folder: &Path, old: u32, east: u32) -> PathBuf {
    let county = small_county(folder);
    let edit = |name: &str, edits: &[(&str, &str)]| {
        let mut text = fs::read_to_string(county.join(name)).unwrap();
        for (from, to) in edits {
            assert!(text.contains(from), "{from} in {name}");
            text = text.replace(from, to);
        }
        fs::write(county.join(name), text).unwrap();
    };
    edit("stations.csv", &[(",50,", &format!(",{old},"))]);
    edit("candidates.csv", &[(",50,", &format!(",{east},"))]);
    edit(
        "incident_types.csv",
        &[
            ("basis\n", "basis,priority\n"),
            (
                "1 min,0 s,assumed",
                "300 min,0 s,assumed,1\ncat,Cat,1,1:1,300 min,0 s,assumed,2",
            ),
        ],
    );
    edit(
        "demand.csv",
        &[
            ("rate_fire", "rate_fire,rate_cat"),
            (",100,assumed", ",100,100,assumed"),
            (",300,assumed", ",300,300,assumed"),
        ],
    );
    edit("hours.csv", &[("fire", "fire,cat"), (",1\n", ",1,1\n")]);
    county
}

fn with_rule(county: &Path, rule: &str) -> PathBuf {
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let file = county.join("ruled.toml");
    fs::write(&file, format!("{scenario}\n[dispatch]\n{rule}\n")).unwrap();
    file
}

fn simulate(scenario: &Path, alternative: &str, more: &[&str]) -> Value {
    let out = scenario.with_extension("out");
    brigade()
        .arg("simulate")
        .arg(scenario)
        .args(["--alternative", alternative, "--output"])
        .arg(&out)
        .args(more)
        .assert()
        .success();
    serde_json::from_slice(&fs::read(out.join("simulation.json")).unwrap()).unwrap()
}

fn mean_minutes(part: &Value) -> f64 {
    part["mean_response_seconds"]["value"].as_f64().unwrap() / 60.0
}

/// The incident of the first event of a name in the log of a run, and the log.
fn first_event(scenario: &Path, alternative: &str, event: &str) -> (String, Vec<String>) {
    let log = scenario.with_extension("csv");
    simulate(scenario, alternative, &["--trace", log.to_str().unwrap()]);
    let log = fs::read_to_string(log).unwrap();
    let mut lines = log.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let found = lines.find(|line| line[column("event")] == event).unwrap();
    let incident = found[column("incident")].to_owned();
    (incident, found.into_iter().map(str::to_owned).collect())
}

/// One engine for everything: the grave calls are answered earlier, the others later.
#[test]
fn a_graver_call_takes_an_engine_that_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let county = busy_county(folder.path(), 1, 1);
    let plain = simulate(&county.join("scenario.toml"), "baseline", &[]);
    assert!(plain.get("moved").is_none());
    let scenario = with_rule(&county, "reroute = true");
    let ruled = simulate(&scenario, "baseline", &[]);
    assert_eq!(plain["incidents"], ruled["incidents"]);
    let moved = &ruled["moved"];
    assert!(moved["rerouted_a_year"].as_f64().unwrap() > 1.0, "{moved}");
    assert_eq!(moved["redirected_a_year"], 0.0);
    let [grave, other] = [0, 1].map(|kind: usize| {
        let of = |answer: &Value| mean_minutes(&answer["types"][kind]);
        of(&ruled) - of(&plain)
    });
    assert!(grave < 0.0 && other > 0.0, "{grave} {other}");
    assert_eq!(ruled, simulate(&scenario, "baseline", &["--threads", "1"]));

    let (incident, _) = first_event(&scenario, "baseline", "redirected");
    for (language, words) in [
        (
            "en",
            "engine 1 of Old station is diverted to a more serious incident",
        ),
        ("zh", "未到场，改派更重的警情"),
    ] {
        brigade()
            .args(["explain", &format!("0:{incident}")])
            .arg(&scenario)
            .args(["--alternative", "baseline", "--language", language])
            .assert()
            .success()
            .stdout(contains(words));
    }
}

/// One engine in the west and three in the east: while the western is out, one of the east stands by
/// there, and the west is reached sooner.
#[test]
fn an_engine_stands_by_at_a_bare_station() {
    let folder = tempfile::tempdir().unwrap();
    let county = busy_county(folder.path(), 1, 3);
    let plain = simulate(&county.join("scenario.toml"), "e", &[]);
    // As the key was called before.
    let former = simulate(&with_rule(&county, "cover = 2"), "e", &["--language", "en"]);
    let scenario = with_rule(&county, "move_up = 2");
    let ruled = simulate(&scenario, "e", &["--language", "en"]);
    // But for the name of the key.
    let results = |answer: &Value| {
        let mut answer = answer.clone();
        let written = answer["scenario"]
            .as_object_mut()
            .unwrap()
            .remove("written");
        assert!(written.is_some());
        answer
    };
    assert_eq!(results(&ruled), results(&former));
    assert!(ruled["moved"]["moved_up_a_year"].as_f64().unwrap() > 10.0);
    let west = |answer: &Value| mean_minutes(&answer["towns"][0]);
    assert!(west(&ruled) < west(&plain));
    assert_eq!(ruled, simulate(&scenario, "e", &["--threads", "1"]));

    let (_, line) = first_event(&scenario, "e", "relocated");
    // It has no incident, and goes to the old station.
    assert_eq!(line[1..], ["relocated", "", "", "old", "", "e", "1"]);
}

#[test]
fn a_rule_that_means_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    for (rule, said) in [
        (
            "move_up = 0",
            "`dispatch.move_up`: it should be how many engines",
        ),
        ("move_up = -1", "it should be a whole number"),
        (
            "rerute = true",
            "no key `rerute` is known here; did you mean `reroute`?",
        ),
    ] {
        brigade()
            .arg("simulate")
            .arg(with_rule(&county, rule))
            .assert()
            .code(2)
            .stderr(contains(said));
    }
}
