//! What is said of the best: beside the calls that are lost, and where it makes no difference.

use std::fs;
use std::path::Path;

use predicates::str::contains;

use crate::small_county::{brigade, small_county, small_scenario};

/// What `brigade compare` prints, and the folder that it writes.
fn compare(scenario: &Path, out: &Path, options: &[&str]) -> String {
    let mut run = brigade();
    run.args(["compare", "--language", "en", "--output"])
        .arg(out);
    let run = run.arg(scenario).args(options).env("COLUMNS", "100");
    let run = run.assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

/// On one line, so that no sentence is broken.
fn unfolded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One engine each, which is out for 15 hours: of four calls in ten nobody has one.
fn lossy(folder: &Path) {
    for (file, from, to) in [
        ("stations.csv", ",50,", ",1,"),
        ("candidates.csv", ",50,", ",1,"),
        ("incident_types.csv", "1 min,0 s", "900 min,0 s"),
        (
            "scenario.toml",
            "[horizon]",
            "[dispatch]\nwhen_none_is_ready = \"loss\"\n[horizon]",
        ),
    ] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }
}

#[test]
fn times_of_answered_calls_stand_beside_the_calls_that_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    lossy(&county);
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    let said = unfolded(&compare(&scenario, &out, &["--replications", "8"]));
    for words in [
        "mean response of answered calls",
        "% of calls lost (today",
        "better by more than 5 s, or loses fewer calls by more than 0.1 percentage points",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    for words in [
        "mean response of answered calls, min</span>",
        "<span class=\"name\">calls lost, %</span>",
        "Of those answered, the mean response time",
        "of its calls are lost instead of",
        "or loses fewer calls by more than 0.1 percentage points",
        // In appendix A, today and with the best.
        "<th colspan=\"2\">calls lost, %</th>",
        // On the map and on the charts of times.
        "calls lost {share}%",
        "of answered calls (calls lost:",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let simulated = brigade()
        .args(["simulate", "--language", "en", "--output"])
        .arg(&out)
        .arg(&scenario)
        .env("COLUMNS", "100")
        .assert()
        .success();
    let printed = String::from_utf8_lossy(&simulated.get_output().stdout).into_owned();
    let mut heads = printed.lines().filter(|line| line.starts_with("town"));
    assert!(heads.next().unwrap().contains("lost"), "{printed}");
}

/// A program that reads the tables finds the same columns, whether a call was lost or not.
#[test]
fn the_head_of_a_table_is_the_same_whatever_was_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    lossy(&county);
    let heads = |scenario: &Path, name: &str| {
        let out = folder.path().join(name);
        compare(scenario, &out, &["--replications", "2"]);
        ["alternatives.csv", "towns.csv"].map(|file| {
            let table = fs::read_to_string(out.join(file)).unwrap();
            table.lines().next().unwrap().to_owned()
        })
    };
    let without = heads(&small_scenario(), "without");
    assert_eq!(without, heads(&county.join("scenario.toml"), "lossy"));
    for head in without {
        assert!(head.contains(",lost_percent,") && head.contains(",aided_percent,"));
    }
}

/// The best is 180 s before the second and some 450 s before what stands: whether that matters, the scenario
/// says.
#[test]
fn nobody_is_told_to_build_what_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let run = |indifference: &str| {
        let out = folder.path().join(indifference);
        let options = ["--indifference", indifference];
        let said = unfolded(&compare(&small_scenario(), &out, &options));
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        let headline = page.split("class=\"headline\">").nth(1).unwrap();
        (said, headline.split("</p>").next().unwrap().to_owned())
    };
    let (said, headline) = run("5");
    assert_eq!(headline, "Recommended: East (50 more engines).");
    assert!(said.contains("Next: Middle, 180"), "{said}");
    let (said, headline) = run("200");
    assert!(headline.starts_with("Recommended: East"), "{headline}");
    assert!(
        said.contains("Besides those as good, the next is existing stations, 4"),
        "{said}"
    );
    let (said, headline) = run("900");
    let words = "The existing stations are as good as the best alternative (worse by no more than 900 s): \
                 building makes no difference that matters";
    assert!(headline.starts_with(words), "{headline}");
    assert!(said.contains(words), "{said}");
    assert!(!said.contains("next is"), "{said}");
}

/// Ten calls a year in the west and one in ten years in the east: what five years show of the east is nothing, or one
/// call, and none of it is sure.
#[test]
fn what_hardly_ever_happens_makes_nothing_sure() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let demand = county.join("demand.csv");
    let text = fs::read_to_string(&demand).unwrap();
    let rare = text
        .replace("1000,100,", "1000,10,")
        .replace("3000,300,", "3000,0.1,");
    assert_eq!(rare.lines().filter(|line| !text.contains(line)).count(), 2);
    fs::write(&demand, rare).unwrap();
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    for seed in 1..=6 {
        let seed = seed.to_string();
        let more = ["--rank-by", "r7", "--replications", "5", "--seed", &seed];
        compare(&scenario, &out, &more);
        let answer = fs::read_to_string(out.join("comparison.json")).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let alternatives = answer["alternatives"].as_array().unwrap();
        let said: Vec<Option<f64>> = alternatives
            .iter()
            .map(|of| of["probability_best"].as_f64())
            .collect();
        assert!(said.iter().flatten().all(|p| *p < 0.95), "{seed}: {said:?}");
    }
}

#[test]
fn a_confidence_is_that_of_stopping_when_sure() {
    brigade()
        .args(["compare", "--confidence", "0.9"])
        .arg(small_scenario())
        .assert()
        .code(2)
        .stderr(contains("--until-sure"));
}

/// Minutes of answered calls have no price where calls are lost: neither in the summary nor in a table or file.
#[test]
fn a_minute_of_answered_calls_has_no_price_where_calls_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    crate::costs::with_prices(&county);
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    let priced = || {
        let said = unfolded(&compare(&scenario, &out, &["--replications", "4"]));
        assert!(said.contains("investment"), "{said}");
        let answer = fs::read_to_string(out.join("comparison.json")).unwrap();
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let all = answer["alternatives"].as_array().unwrap();
        let price = |of: &serde_json::Value| of["cost"]["yuan_a_year_per_minute"].is_number();
        let in_words = "for each minute of mean response saved";
        [
            all.iter().any(price),
            page.contains("annual cost per minute of mean response saved"),
            page.contains(in_words),
        ]
    };
    assert_eq!(priced(), [true; 3]);
    lossy(&county);
    assert_eq!(priced(), [false; 3]);
}
