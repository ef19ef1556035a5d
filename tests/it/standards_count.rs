//! Calls that no standard counts: they bind engines and belong to every figure but the shares within standards.

use std::fs;
use std::path::Path;

use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county};

/// The small county, where the east has 600 calls a year of a second type besides its 300 fires, and the west
/// 100 fires alone. With one station in the west, fires are reached in 2 minutes in the west and in 12 in the east.
fn with_cats(folder: &Path, in_standards: &str) -> std::path::PathBuf {
    let county = small_county(folder);
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    write(
        "demand.csv",
        "id,name,town,lon,lat,residents,rate_fire,rate_cat,basis\n\
         w,West village,W,115.00,0,1000,100,0,assumed\n\
         e,East village,E,115.10,0,3000,300,600,assumed\n",
    );
    write(
        "incident_types.csv",
        &format!(
            "id,name,per_10000_residents,engines,on_scene_mean,on_scene_sd,in_standards,basis\n\
             fire,Fire,1,1:1,1 min,0 s,,assumed\n\
             cat,Cat in a tree,1,1:1,1 min,0 s,{in_standards},assumed\n"
        ),
    );
    let hours = (0..24).map(|hour| format!("{hour},1,1\n"));
    write(
        "hours.csv",
        &("hour,fire,cat\n".to_owned() + &hours.collect::<String>()),
    );
    county
}

fn run(county: &Path, command: &str, file: &str, more: &[&str]) -> (Value, String) {
    let out = county.join(command);
    let run = brigade()
        .arg(command)
        .arg(county.join("scenario.toml"))
        .arg("--output")
        .arg(&out)
        .args(["--language", "en"])
        .args(more)
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let answer = serde_json::from_slice(&fs::read(out.join(file)).unwrap()).unwrap();
    // As one line, wherever it was folded.
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    (answer, printed)
}

fn value(figure: &Value) -> f64 {
    figure["value"]
        .as_f64()
        .unwrap_or_else(|| panic!("no value: {figure}"))
}

/// Within 7 minutes of the call are the 100 fires of the west: a quarter of the 400 fires, a tenth of the 1,000
/// calls. Whether they count or not, 1,000 calls are answered, in 11 minutes on average, and engines are out as long.
#[test]
fn a_share_within_a_standard_is_of_the_calls_that_standards_count() {
    let folder = tempfile::tempdir().unwrap();
    let of = |in_standards: &str| {
        let county = with_cats(folder.path(), in_standards);
        run(
            &county,
            "simulate",
            "simulation.json",
            &["--alternative", "baseline"],
        )
        .0
    };
    let (apart, all) = (of("no"), of("yes"));
    let within = |answer: &Value| value(&answer["county"]["within"]["r7"]);
    // Some 4,000 calls: standard deviations of 0.011 and 0.005.
    assert!((within(&apart) - 0.25).abs() < 0.04, "{}", within(&apart));
    assert!((within(&all) - 0.10).abs() < 0.02, "{}", within(&all));
    // The west met every standard before, and does now; the east none.
    for (town, share) in [(0, 1.0), (1, 0.0)] {
        assert_eq!(value(&apart["towns"][town]["within"]["r7"]), share);
    }
    // Of a type that no standard counts no share is within one.
    assert_eq!(apart["types"][1]["within"]["r7"], Value::Null);
    assert_eq!(value(&all["types"][1]["within"]["r7"]), 0.0);
    assert_eq!(apart["not_in_standards"][0]["name"], "Cat in a tree");
    assert_eq!(all["not_in_standards"], Value::Null);
    // Everything else is as if it counted.
    for figure in [
        "incidents_a_year",
        "mean_response_seconds",
        "p90_response_seconds",
        "waited",
    ] {
        assert_eq!(apart["county"][figure], all["county"][figure], "{figure}");
    }
    assert_eq!(apart["stations"], all["stations"]);
    let calls = apart["county"]["incidents_a_year"].as_f64().unwrap();
    assert!((calls - 1000.0).abs() < 80.0, "{calls}");
}

/// Without chance in any stage what is expected is 0.25 exactly; and of three alternatives, ranked by the standard,
/// the answer says in words which calls its shares are of.
#[test]
fn expected_shares_words_and_answers_leave_the_same_calls_out() {
    let folder = tempfile::tempdir().unwrap();
    let county = with_cats(folder.path(), "no");
    let by_standard = ["--rank-by", "r7"];
    let (answer, printed) = run(&county, "compare", "comparison.json", &by_standard);
    let alternatives = answer["alternatives"].as_array().unwrap();
    let of = |id: &str| alternatives.iter().find(|of| of["id"] == id).unwrap();
    assert_eq!(of("baseline")["expected"]["within"]["r7"], 0.25);
    assert_eq!(of("e")["expected"]["within"]["r7"], 1.0);
    assert_eq!(answer["sensitivity"]["gain"], 0.75);
    let said =
        "Shares within a standard are of the calls that standards count: not of Cat in a tree";
    assert!(printed.contains(said), "{printed}");
    let page = fs::read_to_string(county.join("compare/report.html")).unwrap();
    assert!(page.contains(said) && page.contains("Of the calls that standards count"));
    // Published again it is the same; with other words on what counts it is refused.
    let report = |code: i32| {
        let mut report = brigade();
        report.arg("report").arg(county.join("compare"));
        report
            .args(["--language", "en", "--force"])
            .assert()
            .code(code)
    };
    report(0);
    let file = county.join("compare/comparison.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("\"Cat in a tree\"", "\"Dog in a tree\""),
    )
    .unwrap();
    report(2).stderr(contains("not_in_standards"));
    // Where all count, nothing is said of it.
    let folder = tempfile::tempdir().unwrap();
    let county = with_cats(folder.path(), "");
    let (answer, printed) = run(&county, "compare", "comparison.json", &by_standard);
    assert_eq!(answer["not_in_standards"], Value::Null);
    assert!(!printed.contains("standards count"), "{printed}");
}

#[test]
fn what_standards_count_is_yes_or_no_and_something_counts() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |change: fn(String) -> String, said: &str| {
        let county = with_cats(folder.path(), "maybe");
        let types = county.join("incident_types.csv");
        let text = change(fs::read_to_string(&types).unwrap());
        fs::write(&types, text).unwrap();
        brigade()
            .arg("check")
            .arg(county.join("scenario.toml"))
            .assert()
            .code(2)
            .stderr(contains(said.to_owned()));
    };
    refused(
        |text| text,
        "incident_types.csv:3: column `in_standards`: `maybe`",
    );
    refused(
        |text| text.replace("0 s,,", "0 s,no,").replace("maybe", "no"),
        "no type counts in standards",
    );
}
