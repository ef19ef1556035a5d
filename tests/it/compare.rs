//! The main job on a county so small that every figure can be worked out by hand.
//!
//! ```text
//! west ------ 6 km, 6 min ------ mid ---- 4 km, 4 min ---- east
//! 100 incidents a year                                     300 incidents a year
//! old station                    site m                    site e
//! ```
//! A minute of call handling and a minute of turnout, no spread, engines enough that nobody waits.
//!
//! |          | west   | east              | within 5 min of dispatch | 7 min of the call | 4 min of travel |
//! | -------- | ------ | ----------------- | ------------------------ | ----------------- | --------------- |
//! | baseline | 2 min  | 1 + 1 + 10 = 12   | west                     | west              | west            |
//! | with m   | 2 min  | 1 + 1 + 4 = 6     | all (1 + 4)              | all               | all             |
//! | with e   | 2 min  | 1 + 1 + 0 = 2     | all                      | all               | all             |

use std::fs;
use std::path::Path;

use brigade::report::formats::terminal::columns_of;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county};

pub(crate) fn compare(scenario: &Path, out: &Path, more: &[&str]) -> Value {
    brigade()
        .arg("compare")
        .arg(scenario)
        .arg("--output")
        .arg(out)
        .args(more)
        .assert()
        .success();
    serde_json::from_slice(&fs::read(out.join("comparison.json")).unwrap()).unwrap()
}

fn alternative<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let alternatives = answer["alternatives"].as_array().unwrap();
    alternatives.iter().find(|a| a["id"] == id).unwrap()
}

fn value(figure: &Value) -> f64 {
    figure["value"].as_f64().unwrap()
}

#[test]
fn the_figures_of_the_small_county_are_those_worked_out_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let answer = compare(
        &county.join("scenario.toml"),
        &folder.path().join("out"),
        &[],
    );
    let ids: Vec<&Value> = answer["alternatives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["id"])
        .collect();
    assert_eq!(ids, ["e", "m", "baseline"]);

    // Every incident within reach of the site in the east takes two minutes.
    let east = &alternative(&answer, "e")["county"];
    assert_eq!(value(&east["mean_response_seconds"]), 120.0);
    assert_eq!(value(&east["p90_response_seconds"]), 120.0);
    assert_eq!(value(&east["within"]["d5"]), 1.0);

    // 90 % is reached only with the east: 12 minutes at present, 6 with the middle site.
    let baseline = &alternative(&answer, "baseline")["county"];
    assert_eq!(value(&baseline["p90_response_seconds"]), 720.0);
    assert_eq!(value(&baseline["median_response_seconds"]), 720.0);
    let middle = &alternative(&answer, "m")["county"];
    assert_eq!(value(&middle["p90_response_seconds"]), 360.0);
    assert_eq!(value(&middle["within"]["t4"]), 1.0);

    // The baseline meets each standard in the west only, and its mean follows from that share.
    let west = value(&baseline["within"]["r7"]);
    assert!(
        (west - 0.25).abs() < 0.06,
        "a quarter of the incidents, give or take: {west}"
    );
    assert_eq!(value(&baseline["within"]["d5"]), west);
    assert_eq!(value(&baseline["within"]["t4"]), west);
    let mean = value(&baseline["mean_response_seconds"]);
    assert!(
        (mean - (120.0 * west + 720.0 * (1.0 - west))).abs() < 1e-3,
        "{mean}"
    );

    // All alternatives face the same incidents: the difference is exact, 6 minutes in the east.
    let gained = &alternative(&answer, "m")["difference_from_baseline"]["mean_response_seconds"];
    assert!(
        (value(gained) + 360.0 * (1.0 - west)).abs() < 1e-3,
        "{gained}"
    );

    // With rates known, expected figures are exact: (100 × 2 + 300 × 12) / 400 = 9.5 minutes.
    let expected = &alternative(&answer, "baseline")["expected"];
    assert_eq!(expected["mean_response_seconds"], 570.0);
    assert_eq!(expected["within"]["r7"], 0.25);

    let towns = alternative(&answer, "baseline")["towns"]
        .as_array()
        .unwrap();
    assert_eq!(value(&towns[0]["mean_response_seconds"]), 120.0);
    assert_eq!(value(&towns[1]["mean_response_seconds"]), 720.0);
}

/// One engine a station, a day at each scene, and nobody waits: the fleet of one loses half of the 400
/// calls a year and more. What is lost is within no standard, and has no time: every other call from the
/// west takes 2 minutes, and from the east 2 or 12 with an engine there.
#[test]
fn a_lost_call_is_within_no_standard() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    for (file, of, by) in [
        ("stations.csv", ",50,", ",1,"),
        ("candidates.csv", ",50,", ",1,"),
        ("incident_types.csv", "1 min,0 s", "1440 min,0 s"),
    ] {
        let path = county.join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(of, by)).unwrap();
    }
    let text = fs::read_to_string(&scenario).unwrap();
    let rule = "\n[dispatch]\nwhen_none_is_ready = \"loss\"\n";
    fs::write(&scenario, text + rule).unwrap();
    let out = folder.path().join("out");
    let answer = compare(&scenario, &out, &["--language", "en"]);
    let [baseline, east] = ["baseline", "e"].map(|id| alternative(&answer, id));
    let [few, many] = [baseline, east].map(|of| value(&of["county"]["lost"]));
    assert!(few > 0.45 && many < few - 0.1, "{few} {many}");
    // With the site every call that is answered is reached within 12 minutes, from the call.
    for (of, lost) in [(baseline, few), (east, many)] {
        let county = &of["county"];
        let within = value(&county["within"]["r7"]);
        assert!(within <= 1.0 - lost, "{within} of {lost} lost");
        let shares = of["response_distribution"]["shares"].as_array().unwrap();
        let answered = shares.last().unwrap().as_f64().unwrap();
        assert!((answered - (1.0 - lost)).abs() < 2e-6, "{answered}");
        // Those within 7 minutes took 2, the others 12, and the mean is of those answered.
        let mean = (120.0 * within + 720.0 * (answered - within)) / answered;
        assert!((value(&county["mean_response_seconds"]) - mean).abs() < 0.01);
        // A difference is that of the two figures, however many calls each has answered.
        for figure in ["mean_response_seconds", "waited", "lost", "aided"] {
            let less = &of["difference_from_baseline"][figure];
            let [here, there] = [of, baseline].map(|of| value(&of["county"][figure]));
            assert!((value(less) - (here - there)).abs() < 3e-6, "{figure}");
        }
    }
    let table = fs::read_to_string(out.join("alternatives.csv")).unwrap();
    assert!(table.contains("lost_percent"), "{table}");
    brigade()
        .arg("report")
        .arg(&out)
        .args(["--language", "zh"])
        .assert()
        .success();
    let page = |out: &Path| fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page(&out).contains("无车可派比例"));
    // Where nobody is lost, people are shown no such column.
    let county = small_county(&folder.path().join("plain"));
    let out = folder.path().join("none");
    compare(&county.join("scenario.toml"), &out, &[]);
    assert!(!page(&out).contains("无车可派"));
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let outs = [("1", "a"), ("2", "b"), ("2", "c")].map(|(threads, name)| {
        let out = folder.path().join(name);
        let run = brigade()
            .args([
                "compare",
                "--replications",
                "6",
                "--threads",
                threads,
                "--output",
            ])
            .arg(&out)
            .assert()
            .success();
        (run.get_output().stdout.clone(), out)
    });
    for (printed, out) in &outs[1..] {
        assert_eq!(printed, &outs[0].0);
        for file in [
            "comparison.json",
            "alternatives.csv",
            "towns.csv",
            "charts/arrival-best.svg",
        ] {
            assert_eq!(
                fs::read(out.join(file)).unwrap(),
                fs::read(outs[0].1.join(file)).unwrap(),
                "{file}"
            );
        }
    }
}

#[test]
fn the_embedded_county_ranks_42_pairs_and_the_baseline_and_draws_its_charts() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    brigade()
        .args([
            "compare",
            "--replications",
            "5",
            "--language",
            "zh",
            "--output",
        ])
        .arg(&out)
        .assert()
        .success();
    let answer: Value =
        serde_json::from_slice(&fs::read(out.join("comparison.json")).unwrap()).unwrap();
    let alternatives = answer["alternatives"].as_array().unwrap();
    assert_eq!(alternatives.len(), 43);
    let means: Vec<f64> = alternatives
        .iter()
        .map(|a| value(&a["county"]["mean_response_seconds"]))
        .collect();
    assert!(means.is_sorted(), "{means:?}");
    for chart in [
        "arrival-baseline",
        "arrival-best",
        "minutes-gained",
        "response-distribution",
        "town-p90",
    ] {
        let png = fs::read(out.join(format!("charts/{chart}.png"))).unwrap();
        assert!(png.starts_with(b"\x89PNG"), "{chart}");
    }
}

/// Ranked by another figure than the mean, that figure is said of the best and of today.
#[test]
fn the_headline_says_the_figure_that_ranks() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let out = folder.path().join("out");
    let said = |rank_by: &str| {
        let mut run = brigade();
        run.arg("compare").arg(&scenario).arg("--output").arg(&out);
        run.args(["--language", "en", "--rank-by", rank_by]);
        let run = run.assert().success();
        let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
        // The lines are folded.
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let by_p90 = "Best by 90th percentile of the response time: East, 2.0 min (today 12.0 min).";
    assert!(said("p90").contains(by_p90), "{}", said("p90"));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains(by_p90));
    assert!(
        said("d5").contains("% of the calls (today "),
        "{}",
        said("d5")
    );
    assert!(!said("mean").contains("Best by"));
}

/// The fire in 棉洋镇 is in the history: its town has more incidents than on ordinary days.
#[test]
fn the_spring_festival_has_more_incidents_in_mianyang() {
    let folder = tempfile::tempdir().unwrap();
    let incidents = |scenario: &str| {
        let out = folder.path().join(scenario);
        brigade()
            .args(["compare", scenario, "--replications", "20", "--output"])
            .arg(&out)
            .assert()
            .success();
        let answer: Value =
            serde_json::from_slice(&fs::read(out.join("comparison.json")).unwrap()).unwrap();
        let towns = answer["alternatives"][0]["towns"]
            .as_array()
            .unwrap()
            .clone();
        let town = towns.iter().find(|town| town["name"] == "棉洋镇").unwrap();
        town["incidents_a_year"].as_f64().unwrap()
    };
    // 49,352 residents × 1.9 fires per 10,000 = 9.4 a year, 0.0257 a day: × 59 more on one day
    // and × 2 more on three, 1.67 a year. Ordinary incidents are the same draws in both.
    let more = incidents("spring-festival") - incidents("wuhua");
    assert!((more - 1.67).abs() < 0.6, "{more}");
}

/// Once in 5,000 years a call comes: nothing is known of any site, and no choice is sure.
#[test]
fn without_calls_no_choice_is_sure() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    with_rates(&county, ["0.0001"; 2]);
    let more = ["--until-sure", "--replications", "40"];
    let scenario = county.join("scenario.toml");
    let answer = compare(&scenario, &folder.path().join("out"), &more);
    assert_eq!(answer["choice"]["reached"], false);
    for alternative in answer["alternatives"].as_array().unwrap() {
        assert_eq!(alternative["replications"], 40);
        assert_eq!(alternative["ties_with_best"], false);
        let is_first = alternative["rank"] == 1;
        let told_apart = &alternative["told_apart_from_best"];
        assert!(is_first || told_apart.is_null(), "{alternative}");
    }
    let out = folder.path().join("out");
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("无法判断哪个方案最优"));
    // The same in brief, and read back.
    compare(&scenario, &out, &["--detail", "1", "--replications", "2"]);
    brigade().arg("report").arg(&out).assert().success();
}

/// West and east with so many calls a year, in a county that may be changed.
fn with_rates(county: &Path, [west, east]: [&str; 2]) {
    let demand = fs::read_to_string(county.join("demand.csv")).unwrap();
    let rates = demand
        .replace(",1000,100,", &format!(",1000,{west},"))
        .replace(",3000,300,", &format!(",3000,{east},"));
    assert_ne!(rates, demand);
    fs::write(county.join("demand.csv"), rates).unwrap();
}

/// All sites do alike in the west, and a call of a hundred comes from the east: the site there is 6 s ahead on
/// average, which matters. In 20 years of this seed no such call comes, and no choice is sure.
#[test]
fn no_choice_by_means_is_sure_while_the_town_that_decides_has_had_no_call() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    with_rates(&county, ["10", "0.1"]);
    let more = [
        "--seed",
        "13",
        "--replications",
        "20",
        "--indifference",
        "3",
    ];
    let out = folder.path().join("out");
    let answer = compare(&county.join("scenario.toml"), &out, &more);
    let alternatives = answer["alternatives"].as_array().unwrap();
    for alternative in alternatives {
        assert_eq!(alternative["towns"][1]["id"], "E");
        assert_eq!(alternative["towns"][1]["incidents_a_year"], 0.0);
        assert!(alternative["probability_best"].is_null(), "{alternative}");
        assert_eq!(alternative["ties_with_best"], false);
        let told_apart = &alternative["told_apart_from_best"];
        assert!(alternative["rank"] == 1 || told_apart.is_null());
    }
    let behind = &alternatives[2]["difference_from_best"]["mean_response_seconds"];
    assert_eq!(value(behind), 0.0);
    assert!(behind["high"].is_null(), "{behind}");
    // What the program does not know either is read back.
    brigade().arg("report").arg(&out).assert().success();
}

/// Six minutes lie between the sites, and nothing but the share of the east varies: after the first 20
/// replications one is chosen, and it is sure.
#[test]
fn replications_are_spent_until_the_choice_is_sure() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let more = ["--until-sure", "--replications", "400"];
    let answer = compare(&scenario, &folder.path().join("out"), &more);
    assert_eq!(answer["choice"]["reached"], true);
    assert_eq!(answer["alternatives"][0]["id"], "e");
    assert_eq!(answer["alternatives"][0]["probability_best"], 1.0);
    for alternative in answer["alternatives"].as_array().unwrap() {
        assert_eq!(alternative["replications"], 20);
    }
    brigade()
        .arg("compare")
        .arg(&scenario)
        .args(["--until-sure", "--replications", "4"])
        .assert()
        .code(2)
        .stderr(contains("at least 20 replications"));
    brigade()
        .arg("compare")
        .arg(&scenario)
        .args([
            "--until-sure",
            "--indifference",
            "0",
            "--replications",
            "40",
        ])
        .assert()
        .code(2)
        .stderr(contains("--until-sure").and(contains("above 0")));
    brigade()
        .arg("compare")
        .arg(&scenario)
        .args(["--until-sure", "--rank-by", "p90", "--replications", "40"])
        .assert()
        .code(2)
        .stderr(contains("--until-sure").and(contains("a percentile is none")));
}

/// Without chance in the stages the probability is that of the draws of place alone: `e` is never
/// behind. From four replications nothing is said of it.
#[test]
fn the_probability_of_being_best_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    let answer = compare(&scenario, &out, &["--replications", "5"]);
    for (language, covers, unsaid) in [
        (
            "en",
            "alone, not errors in the data)",
            "that takes at least 5",
        ),
        ("zh", "（只计仿真的随机性，不含数据误差）", "不足 5，"),
    ] {
        for (replications, said) in [("5", covers), ("4", unsaid)] {
            brigade()
                .args(["compare", scenario.to_str().unwrap(), "--output"])
                .arg(&out)
                .args(["--language", language, "--replications", replications])
                .assert()
                .success()
                .stdout(contains(said));
        }
    }
    assert_eq!(answer["choice"], Value::Null);
    let shares = |answer: &Value| -> Vec<Value> {
        let alternatives = answer["alternatives"].as_array().unwrap();
        let shares = alternatives.iter().map(|of| of["probability_best"].clone());
        shares.collect()
    };
    assert_eq!(shares(&answer), [1.0, 0.0, 0.0]);
    let answer = compare(&scenario, &out, &[]);
    assert_eq!(shares(&answer), vec![Value::Null; 3]);
}

/// With `m` a call takes 5 minutes on average and with `e` 2, today 9.5: where 300 s do not matter, `m` is
/// as good as `e`, and today is not.
#[test]
fn differences_that_do_not_matter_are_ties() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    let options = ["--replications", "5", "--indifference", "300"];
    let answer = compare(&scenario, &out, &options);
    let of = |key: &str| -> Vec<Value> {
        let alternatives = answer["alternatives"].as_array().unwrap();
        alternatives.iter().map(|of| of[key].clone()).collect()
    };
    assert_eq!(of("ties_with_best"), [false, true, false]);
    assert_eq!(of("told_apart_from_best"), [false, false, true]);
    assert_eq!(of("probability_best"), [1.0, 1.0, 0.0]);
    assert_eq!(answer["indifference"]["figure"], 300.0);
    brigade()
        .args(["compare", scenario.to_str().unwrap(), "--output"])
        .arg(&out)
        .args(options)
        .args(["--language", "en"])
        .assert()
        .success()
        .stdout(contains("a tie with the best").and(contains("2 =")))
        .stdout(contains(
            "Besides those as good, the next is existing stations, 4",
        ));
    // But for what the file said, and the seal of the whole.
    let answer = |mut answer: Value| {
        let keys = answer.as_object_mut().unwrap();
        assert!(keys.remove("answer_sha256").is_some());
        assert!(
            keys["scenario"]
                .as_object_mut()
                .unwrap()
                .remove("written")
                .is_some()
        );
        answer
    };
    let json = fs::read(out.join("comparison.json")).unwrap();
    let json = answer(serde_json::from_slice(&json).unwrap());
    let text = fs::read_to_string(&scenario).unwrap();
    let in_file = |key: &str| {
        fs::write(
            &scenario,
            format!("{text}\n[ranking]\nindifference = {{ {key} }}\n"),
        )
        .unwrap();
    };
    in_file("time = \"5 min\"");
    let in_file_json = compare(&scenario, &out, &["--replications", "5"]);
    assert_eq!(answer(in_file_json), json);
    for (wrong, said) in [
        ("share = 1.5", "ranking.indifference.share"),
        ("share = nan", "ranking.indifference.share"),
        ("lost = 50", "ranking.indifference.lost"),
        ("time = \"-5 s\"", "`-5 s` is out of range"),
        ("seconds = 5", "no key `seconds` is known here"),
    ] {
        in_file(wrong);
        brigade()
            .args(["compare", scenario.to_str().unwrap()])
            .assert()
            .code(2)
            .stderr(contains(said));
    }
    fs::write(&scenario, &text).unwrap();
    for (option, rank_by) in [("-1", "mean"), ("101", "r7"), ("nan", "mean")] {
        brigade()
            .args(["compare", scenario.to_str().unwrap(), "--rank-by", rank_by])
            .arg(format!("--indifference={option}"))
            .assert()
            .code(2)
            .stderr(contains("--indifference"));
    }
}

/// One engine, whose calls keep it out for a day and a half; all calls come from the west, where it stands. Today
/// it answers in two minutes what it can, which is B(1, 1.64) = 62 % lost; with an engine at `m` 34 % are
/// lost and those answered from there take eight minutes. The mean is worse, and the choice is right.
#[test]
fn who_loses_fewer_calls_is_better_whatever_the_mean() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let replace = |file: &str, from: &str, to: &str| {
        let path = county.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replace(from, to)).unwrap();
    };
    replace("stations.csv", ",50,", ",1,");
    replace("candidates.csv", ",50,", ",1,");
    replace("incident_types.csv", "1 min,0 s", "2160 min,0 s");
    replace("demand.csv", "1000,100,", "1000,400,");
    replace("demand.csv", "3000,300,", "3000,0,");
    // A third site where the engine stands now.
    replace(
        "candidates.csv",
        "m,Middle",
        "w,West,115.00,0,new,1,assumed,beside it\nm,Middle",
    );
    let loss = "\n[dispatch]\nwhen_none_is_ready = \"loss\"\n[horizon]";
    replace("scenario.toml", "\n[horizon]", loss);
    let (scenario, out) = (county.join("scenario.toml"), folder.path().join("out"));
    for seed in 1..6 {
        let seed = seed.to_string();
        let options = ["--replications", "5", "--language", "en", "--seed", &seed];
        let answer = compare(&scenario, &out, &options);
        let alternatives = answer["alternatives"].as_array().unwrap();
        let today = alternatives.last().unwrap();
        assert_eq!(today["is_baseline"], true, "seed {seed}");
        assert_eq!(today["probability_best"], 0.0);
        assert_eq!(today["told_apart_from_best"], true);
        // Of those that lose as many the one that stands nearest.
        assert_eq!(alternatives[0]["id"], "w");
        let mean = |id: &str| value(&alternative(&answer, id)["county"]["mean_response_seconds"]);
        assert_eq!(value(&today["county"]["mean_response_seconds"]), 120.0);
        assert!(mean("m") > 150.0);
    }
    brigade()
        .args(["compare", scenario.to_str().unwrap(), "--until-sure"])
        .args(["--replications", "40"])
        .assert()
        .code(2)
        .stderr(contains("--until-sure: calls can be lost"));
    // What is said of the figure that ranks says nothing of lost calls.
    let options = ["--rank-by", "r7", "--indifference", "60"];
    let answer = compare(&scenario, &out, &options);
    assert_eq!(answer["indifference"]["figure"], 0.6);
    assert_eq!(answer["indifference"]["lost"], 0.001);
    brigade()
        .args([
            "compare",
            scenario.to_str().unwrap(),
            "--language",
            "en",
            "--output",
        ])
        .arg(&out)
        .assert()
        .success()
        .stdout(contains("Calls are lost: who loses fewer ranks first"));
}

/// Whoever reads the table has gone, as with `| head`: the files are there, and nothing is said.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("brigade"))
        .args(["compare", "tests/small-county/scenario.toml", "--output"])
        .arg(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(ended.status.success());
    assert!(folder.path().join("report.html").exists());
}

/// 500 s are 8.33 minutes to a reader, wherever they stand.
#[test]
fn a_threshold_of_no_whole_minutes_is_read_to_a_hundredth() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let standards = county.join("standards.csv");
    let table = fs::read_to_string(&standards).unwrap();
    let table = table.replace("r7,7 min,response,7 min", "r7,quick,response,500 s");
    fs::write(&standards, table).unwrap();
    for language in ["zh", "en"] {
        for command in ["compare", "coverage"] {
            let out = folder.path().join(format!("{command}-{language}"));
            let mut run = brigade();
            run.current_dir(&county).args([command, "scenario.toml"]);
            run.args(["--language", language, "--output"]).arg(&out);
            let run = run.assert().success();
            let mut texts = vec![run.get_output().stdout.clone()];
            let page = fs::read(out.join("report.html"));
            texts.extend(page.ok());
            for chart in fs::read_dir(out.join("charts")).unwrap() {
                texts.push(fs::read(chart.unwrap().path()).unwrap());
            }
            let texts: Vec<_> = texts
                .iter()
                .map(|text| String::from_utf8_lossy(text))
                .collect();
            assert!(texts[0].contains("8.33"), "{command}: {}", texts[0]);
            assert!(
                texts.iter().all(|text| !text.contains("8.333")),
                "{command}"
            );
        }
    }
}

#[test]
fn what_is_printed_fits_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    for (width, language) in [(60, "zh"), (60, "en"), (80, "zh"), (80, "en"), (100, "en")] {
        let in_language = ["--language", language];
        for (command, options) in [
            (&["compare"][..], &in_language[..]),
            (&["coverage"], &in_language),
            (&["simulate"], &in_language),
            (&["explain", "0:0"], &in_language),
            (&["check"], &[]),
        ] {
            let mut run = brigade();
            run.current_dir(&county).args(command);
            run.arg("scenario.toml").args(options);
            let run = run.env("COLUMNS", width.to_string()).assert().success();
            let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
            for line in printed.lines() {
                assert!(columns_of(line) <= width, "{command:?}: {line}");
            }
        }
    }
}
