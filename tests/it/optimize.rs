//! `brigade optimize`: the best junction of a town, worked out by hand.
//!
//! ```text
//!          a1    b1                c1        d1        side roads of 1 km
//!          |     |                 |         |
//! west --- a --- b --------------- c ------- d --- east
//!     2 km  1 km       4 km            2 km    1 km          1 km a minute
//! 100 incidents a year                           300 incidents a year
//! old station                  site m (4 km)     site e
//! ```
//! A minute of call handling and a minute of turnout. Junctions a and b are nearest to West village,
//! c and d to East village.

use std::fs;
use std::path::{Path, PathBuf};

use brigade::evaluation::seal::sealed;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::{Value, json};

use crate::small_county::{brigade, small_county};

/// The small county with side roads, its candidates in the group East.
pub(crate) fn county(folder: &Path) -> PathBuf {
    let county = small_county(folder);
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    write(
        "network/node.csv",
        "node_id,x_coord,y_coord\nwest,115.00,0\na,115.02,0\nb,115.03,0\nc,115.07,0\nd,115.09,0\n\
         east,115.10,0\na1,115.02,0.009\nb1,115.03,0.009\nc1,115.07,0.009\nd1,115.09,0.009\n",
    );
    write(
        "network/link.csv",
        "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
         1,west,a,0,2000,primary\n2,a,b,0,1000,primary\n3,b,c,0,4000,primary\n\
         4,c,d,0,2000,primary\n5,d,east,0,1000,primary\n6,a,a1,0,1000,primary\n\
         7,b,b1,0,1000,primary\n8,c,c1,0,1000,primary\n9,d,d1,0,1000,primary\n",
    );
    let edit = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(county.join(name)).unwrap();
        write(name, &text.replace(from, to));
    };
    edit("candidates.csv", ",new,", ",East,");
    edit("scenario.toml", "\"new\"", "\"East\"");
    county
}

fn optimize(county: &Path, options: &[&str]) -> assert_cmd::assert::Assert {
    brigade()
        .current_dir(county)
        .args(["optimize", "scenario.toml", "--output", "out"])
        .args(options)
        .assert()
}

fn answer(county: &Path, options: &[&str]) -> Value {
    let run = optimize(county, &[&["--format", "json"], options].concat()).success();
    serde_json::from_slice(&run.get_output().stdout).unwrap()
}

fn ids(sites: &Value) -> Vec<&str> {
    let sites = sites.as_array().unwrap();
    sites
        .iter()
        .map(|site| site["id"].as_str().unwrap())
        .collect()
}

/// From d the east is reached after 3 minutes, from c after 5; the west always after 2:
/// d (100 × 2 + 300 × 3) / 400 = 2.75 min, c 4.25, nobody new 9.5, and site e 2.
#[test]
fn the_best_junction_of_the_town_is_found_and_held_against_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let answer = answer(&county, &["--simulate", "2"]);
    assert_eq!(answer["status"], "optimal");
    assert_eq!(
        (&answer["value"], &answer["bound"]),
        (&json!(165.0), &json!(165.0))
    );
    assert_eq!(answer["gap"], 0.0);
    assert_eq!(ids(&answer["sites"]), ["j-d"]);
    assert_eq!(answer["sites"][0]["town"]["id"], "E");
    assert_eq!(answer["sites"][0]["lon"], 115.09);
    assert_eq!(answer["sites"][0]["nearest_village"]["id"], "e");
    assert_eq!(answer["sites"][0]["town_mean_response_seconds"], 180.0);
    assert_eq!(answer["best"][1]["mean_response_seconds"], 255.0);
    assert_eq!(answer["baseline_mean_response_seconds"], 570.0);
    assert_eq!(
        answer["listed"],
        json!({ "id": "e", "mean_response_seconds": 120.0 })
    );
    assert_eq!(answer["towns"][0]["candidates"], 2);
    assert_eq!(answer["main_road_junctions"], 4);
    // Beside d nothing helps: the west has its station, and c is farther from the east.
    assert_eq!(
        answer["another"],
        Value::Null,
        "beside d nothing helps, the west being reached at once"
    );
    let simulated = answer["simulated"].as_array().unwrap();
    let ranked: Vec<&Value> = simulated.iter().map(|played| &played["id"]).collect();
    assert_eq!(ranked, ["e", "j-d", "j-c", "baseline"]);
}

/// The file says what is printed, but for how long it took; and the same again for the same seed.
#[test]
fn the_answer_is_a_file_that_can_be_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let options = ["--simulate", "2", "--together", "--under", "scenario.toml"];
    let file = || fs::read(county.join("out/optimization.json")).unwrap();
    let mut printed = answer(&county, &options);
    let first = file();
    assert!(
        printed
            .as_object_mut()
            .unwrap()
            .remove("elapsed_seconds")
            .is_some()
    );
    let mut written: Value = serde_json::from_slice(&first).unwrap();
    let keys = written.as_object_mut().unwrap();
    assert!(keys.remove("answer_sha256").is_some());
    assert_eq!(written, printed);
    let read: brigade::planning::Optimization = serde_json::from_slice(&first).unwrap();
    assert_eq!(sealed(&read).unwrap().into_bytes(), first);
    assert_eq!(printed["format"], 4);
    assert_eq!(printed["scenario"]["file"], "scenario.toml");
    assert_eq!(printed["request"]["under"], json!(["scenario.toml"]));
    optimize(
        &county,
        &[&options[..], &["--language", "en", "--threads", "1"]].concat(),
    )
    .success();
    assert_eq!(file(), first);
}

/// What was simulated is drawn from the two files alone: junctions that no table lists stand again where
/// they stood. A comparison that is written into the same folder later is drawn as one; what was not
/// simulated, or is about other data, is refused with the reason.
#[test]
fn an_optimized_choice_has_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let best = answer(&county, &["--simulate", "2", "--frontier", "1"]);
    let report = || {
        brigade()
            .current_dir(&county)
            .args(["report", "out", "--language", "en"])
            .assert()
    };
    report().success();
    let out = county.join("out");
    for file in [
        "report.html",
        "report.xlsx",
        "report.docx",
        "charts/arrival-best.png",
    ] {
        assert!(fs::metadata(out.join(file)).unwrap().len() > 1000, "{file}");
    }
    let frontier = fs::read_to_string(out.join("charts/frontier.svg")).unwrap();
    assert!(frontier.contains("Further brigades"), "in its language");
    let site = best["sites"][0]["id"].as_str().unwrap();
    let alternatives = fs::read_to_string(out.join("alternatives.csv")).unwrap();
    let of_site = format!(",{site},");
    assert!(alternatives.contains(&of_site), "{alternatives}");
    let stations = fs::read_to_string(out.join("map/stations.geojson")).unwrap();
    let stations: Value = serde_json::from_str(&stations).unwrap();
    let stations = stations["features"].as_array().unwrap();
    let station = stations
        .iter()
        .find(|s| s["properties"]["id"] == site)
        .unwrap();
    let lon = station["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((lon - best["sites"][0]["lon"].as_f64().unwrap()).abs() < 1e-6);
    let reason = station["properties"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("chosen by brigade optimize"), "{reason}");

    // Another format, and a network without the junction.
    let file = out.join("optimization.json");
    let written = fs::read_to_string(&file).unwrap();
    fs::write(&file, written.replacen("\"format\": 4", "\"format\": 9", 1)).unwrap();
    report().code(2).stderr(contains("format 9"));
    fs::write(&file, written.replace(site, "j-gone")).unwrap();
    let comparison = fs::read_to_string(out.join("comparison.json")).unwrap();
    fs::write(
        out.join("comparison.json"),
        comparison.replace(site, "j-gone"),
    )
    .unwrap();
    report().code(2).stderr(contains("no `j-gone` any more"));

    // A comparison in the same folder is one of its own.
    brigade()
        .current_dir(&county)
        .args(["compare", "scenario.toml", "--output", "out", "--force"])
        .assert()
        .success();
    report().success();
    optimize(&county, &["--simulate", "0", "--frontier", "0"]).success();
    report().code(2).stderr(contains("--simulate 0"));
}

#[test]
fn what_is_written_is_a_table_of_candidates_with_the_same_times() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    answer(&county, &["--simulate", "2"]);
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let tables = "[tables]\ncandidates = \"out/optimized-candidates.csv\"\n\n[horizon]";
    fs::write(
        county.join("next.toml"),
        scenario.replace("[horizon]", tables),
    )
    .unwrap();
    brigade()
        .current_dir(&county)
        .args(["compare", "next.toml", "--output", "compared"])
        .assert()
        .success();
    let compared = fs::read(county.join("compared/comparison.json")).unwrap();
    let compared: Value = serde_json::from_slice(&compared).unwrap();
    let best = &compared["alternatives"][0];
    assert_eq!(best["id"], "j-d");
    assert_eq!(best["expected"]["mean_response_seconds"], 165.0);
}

/// West is not helped by a or b: the first is taken.
#[test]
fn one_of_each_of_two_towns_is_a_pair_and_two_of_one_are_a_choice_of_two() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let pair = answer(
        &county,
        &["--within", "West", "--within", "E", "--simulate", "0"],
    );
    assert_eq!(ids(&pair["sites"]), ["j-a", "j-d"]);
    assert_eq!(
        (&pair["value"], &pair["choices"]),
        (&json!(165.0), &json!(4.0))
    );
    assert_eq!(
        (&pair["listed"], &pair["simulated"]),
        (&Value::Null, &Value::Null)
    );
    let two = answer(&county, &["--within", "E", "--within", "E"]);
    assert_eq!(ids(&two["sites"]), ["j-c", "j-d"]);
    assert_eq!(
        (&two["value"], &two["choices"]),
        (&json!(165.0), &json!(1.0))
    );
    // Beside site e nothing is better than 2 minutes for all.
    let beside = answer(&county, &["--within", "W", "--fixed", "e"]);
    assert_eq!(beside["value"], 120.0);
    assert_eq!(beside["simulated"][0]["id"], "e+j-a");
}

/// Junctions c and d are 2.2 km apart. Site m is one of the group, and beside it one more is chosen.
#[test]
fn what_is_simulated_is_apart_and_what_is_fixed_is_not_chosen_again() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let ranked = |options: &[&str]| -> Vec<String> {
        let answer = answer(&county, options);
        ids(&answer["simulated"])
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        ranked(&["--min-distance", "3 km"]),
        ["e", "j-d", "baseline"]
    );
    assert_eq!(
        ranked(&["--min-distance", "2 km"]),
        ["e", "j-d", "j-c", "baseline"]
    );
    // As the options were called before.
    assert_eq!(
        ranked(&["--play", "1", "--apart", "2 km"]),
        ["e", "j-d", "baseline"]
    );
    let beside = answer(&county, &["--fixed", "m", "m"]);
    assert_eq!(
        (&beside["value"], ids(&beside["sites"])),
        (&json!(165.0), vec!["j-d"])
    );
    assert!(ranked(&["--fixed", "m"]).contains(&"m+j-d".to_owned()));
}

/// Beside one in West and d in E nothing helps: no one more is told, and in an order of building no
/// junction is built twice.
#[test]
fn no_junction_is_built_twice() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let answer = answer(
        &county,
        &["--within", "W", "--within", "E", "--simulate", "1"],
    );
    assert_eq!(answer["another"], Value::Null);
    for sequence in answer["frontier"]["sequences"].as_array().unwrap() {
        let steps = sequence["steps"].as_array().unwrap();
        let mut built = ids(&steps.last().unwrap()["sites"]);
        built.sort_unstable();
        built.dedup();
        assert_eq!(built.len(), 3, "{sequence}");
    }
}

/// One incident in ten thousand years, or a thousand an hour: d is the best junction, and the mean is
/// exact, also where the towns call at odd rates.
#[test]
fn however_few_incidents_there_are_the_mean_is_exact() {
    for [west, east] in [
        ["0.00003", "0.00007"],
        ["2600000", "6100000"],
        ["1.0000301", "2.99999"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let county = county(folder.path());
        let demand = fs::read_to_string(county.join("demand.csv")).unwrap();
        let demand = demand.replace(",100,assumed", &format!(",{west},assumed"));
        let demand = demand.replace(",300,assumed", &format!(",{east},assumed"));
        fs::write(county.join("demand.csv"), demand).unwrap();
        let [west, east] = [west, east].map(|rate| rate.parse::<f64>().unwrap());
        // Nobody waits: what cannot be done is lost.
        let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
        let scenario = scenario + "\n[dispatch]\nwhen_none_is_ready = \"loss\"\n";
        fs::write(county.join("scenario.toml"), scenario).unwrap();
        let answer = answer(&county, &["--simulate", "0", "--frontier", "1"]);
        assert_eq!(ids(&answer["sites"]), ["j-d"]);
        let mean = (west * 120.0 + east * 180.0) / (west + east);
        let value = answer["value"].as_f64().unwrap();
        assert!((value - mean).abs() < 1e-6, "{value} {mean}");
    }
}

/// One of West alone is b, 7 km from the east: (100 × 2 + 300 × 9) / 400 = 7.25 min. With one more,
/// which is d, it does not matter.
#[test]
fn sites_that_are_chosen_together_with_one_more_are_no_worse() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let west = answer(&county, &["--within", "W", "--together", "--simulate", "0"]);
    assert_eq!(
        (&west["value"], ids(&west["sites"])),
        (&json!(435.0), vec!["j-b"])
    );
    assert_eq!(west["another"]["mean_response_seconds"], 165.0);
    assert_eq!(west["together"]["mean_response_seconds"], 165.0);
    assert_eq!(west["together"]["proven"], true);
    let sites = ids(&west["together"]["sites"]);
    assert!(sites.len() == 2 && sites.contains(&"j-d"), "{sites:?}");
    optimize(
        &county,
        &["--within", "W", "--together", "--language", "en"],
    )
    .success()
    .stdout(contains("Chosen together with one more: 2.75 min (proven)"));
}

#[test]
fn an_answer_without_time_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let answer = answer(&county, &["--time-limit", "0"]);
    assert_eq!(
        (&answer["status"], &answer["value"]),
        (&json!("unknown"), &Value::Null)
    );
    optimize(&county, &["--time-limit", "0"])
        .success()
        .stdout(contains("限时内没有找到方案"));
}

#[test]
fn the_answer_is_printed_in_both_languages_within_100_columns() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let chinese = optimize(&county, &[])
        .success()
        .stdout(contains("已证明最优"));
    let english = optimize(&county, &["--language", "en"])
        .success()
        .stdout(contains(
            "Proven: no other choice is faster. Mean response 2.75 min, bound 2.75",
        ))
        .stdout(contains(
            "Best of the listed candidates, e, 2.00 min: 45.0 s slower",
        ))
        .stdout(contains("115.09000  0.00000"));
    for run in [chinese, english] {
        let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        for line in text.lines() {
            let wide = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
            assert!(line.chars().map(wide).sum::<usize>() <= 100, "{line}");
        }
    }
}

/// Ready travel times were once asked of this command, whatever stood beside them.
#[test]
fn options_of_locate_are_sent_there() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    for options in [
        "--travel-times M.csv --demand D.csv --objective p-median --p 5",
        "--travel-times=M.csv --demand=D.csv --objective=mclp --threshold=480 --p=5 --format json",
        "--objective mclp",
        "--within East --credit 300=100 --credit 600=50",
        "--backup 0.5 --fixed e --time-limit 1",
        "--forbid a b --sites S.csv --choose north=1 --least-distance 2km --budget 5",
        "--busy 0.3 --adjusted",
        "--aside 0.05",
    ] {
        brigade()
            .current_dir(&county)
            .arg("optimize")
            .args(options.split(' '))
            .assert()
            .code(2)
            .stderr(
                "error: `optimize` is for scenarios: for ready travel times use `brigade locate` \
                     with the same options\n",
            );
    }
    let help = brigade().args(["optimize", "--help"]).assert().success();
    let help = String::from_utf8(help.get_output().stdout.clone()).unwrap();
    assert!(!help.contains("--travel-times"), "{help}");
    brigade().arg("--help").assert().success().stdout(contains(
        "locate      Choose sites for a ready table of travel times, with proof",
    ));
}

#[test]
fn what_cannot_be_asked_is_said_with_what_can() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let refused = |options: &[&str], text: &str| {
        optimize(&county, options).code(2).stderr(contains(text));
        assert!(!county.join("out").exists(), "{options:?}");
    };
    refused(
        &["--within", "North"],
        "--within: there is no town `North`; the towns are West, East",
    );
    refused(
        &["--within", "East", "--on", "motorway"],
        "--within: 1 brigades are wanted in East, which has 0 junctions",
    );
    refused(
        &["--on", "street"],
        "it should be a class of road: motorway",
    );
    refused(
        &["--fixed", "x"],
        "--fixed x: no candidate of scenario.toml has this id; there are m, e",
    );
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let choose = "[[alternatives.choose]]\ngroup = \"East\"\n";
    let write = |text: &str| fs::write(county.join("scenario.toml"), text).unwrap();
    write(&scenario.replace(choose, ""));
    write(&scenario.replace("\"East\"", "\"new\""));
    let candidates = fs::read_to_string(county.join("candidates.csv")).unwrap();
    fs::write(
        county.join("candidates.csv"),
        candidates.replace(",East,", ",new,"),
    )
    .unwrap();
    refused(&[], "`alternatives.choose`");
}

/// In the other state the east's people live at c, fewer of them call: c 2.00 min, d 3.00. As asked d
/// takes 2.75 and c 4.25. So d regrets at most 60 s and c 90; with that state counting twice, c is
/// better on average, 2.75 to 2.92.
#[test]
fn one_choice_is_held_against_several_states() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    fs::write(
        county.join("moved.csv"),
        "id,name,town,lon,lat,residents,rate_fire,basis\n\
         w,West village,W,115.00,0,1000,100,assumed\ne,East village,E,115.07,0,1000,100,assumed\n",
    )
    .unwrap();
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let moved = scenario.replace("[horizon]", "[tables]\ndemand = \"moved.csv\"\n\n[horizon]");
    fs::write(county.join("moved.toml"), moved).unwrap();
    let under = ["--under", "moved.toml", "--under", "moved.toml"];
    let options = [&["--within", "East"], &under[..]].concat();
    let robust = &answer(&county, &options)["robust"];
    let minutes = |judged: &Value, state: usize| {
        judged["mean_response_seconds"][state].as_f64().unwrap() / 60.0
    };
    let moved = json!({ "scenario": "moved.toml" });
    assert_eq!(robust["states"], json!(["as-requested", moved, moved]));
    for (key, site, means, worst) in [
        ("least_average", "j-c", [4.25, 2.0, 2.0], 90.0),
        ("least_regret", "j-d", [2.75, 3.0, 3.0], 60.0),
    ] {
        let judged = &robust[key];
        assert_eq!(judged["sites"][0], site);
        assert_eq!([0, 1, 2].map(|state| minutes(judged, state)), means);
        assert_eq!(judged["worst_regret_seconds"], worst);
    }
    let table = fs::read_to_string(county.join("out/robustness.csv")).unwrap();
    assert!(
        table.contains("moved.toml,least_regret,j-d,3.000,60.0"),
        "{table}"
    );
    let printed = optimize(&county, &[&options[..], &["--language", "en"]].concat()).success();
    printed.stdout(contains(
        "minimax regret: j-d; worst regret 60.0 s, average 2.92 min",
    ));
    // On average d is 10 s behind c, by the worst regret c 30 s behind d.
    for (indifference, as_good) in [("5", [0, 0]), ("10", [1, 0]), ("30", [1, 1])] {
        let options = [&options[..], &["--indifference", indifference]].concat();
        let robust = &answer(&county, &options)["robust"];
        let found = ["as_good_on_average", "as_good_by_regret"].map(|key| &robust[key]);
        assert_eq!(found, as_good, "{indifference}");
    }
    let options = [&options[..], &["--indifference", "10", "--language", "en"]].concat();
    let printed = optimize(&county, &options).success();
    printed.stdout(
        contains("On average 1 other choice is as good as the best (worse by no more than 10 s), the best")
            .and(contains("3.00 (60.0)")),
    );
    let options = [
        "--within",
        "East",
        "--under",
        "moved.toml",
        "--indifference",
        "60",
    ];
    optimize(&county, &options)
        .success()
        .stdout(contains("3.00 (60.0 =)"));
    let refused = optimize(&county, &["--within", "East", "--indifference", "100000"]).code(2);
    refused.stderr(contains(
        "--indifference: it should be from 0 to 86400 seconds",
    ));
    // d is 1.5 min better as asked, c is 1 min better moved: c is best where that is so in more than
    // three fifths of the time.
    for (state, site, average) in [
        ("moved.toml@0.55", "j-d", 0.45 * 165.0 + 0.55 * 180.0),
        ("moved.toml@0.65", "j-c", 0.35 * 255.0 + 0.65 * 120.0),
    ] {
        let asked = answer(&county, &["--within", "East", "--under", state]);
        let best = &asked["robust"]["least_average"];
        assert_eq!(best["sites"][0], site);
        let found = best["average_mean_response_seconds"].as_f64().unwrap();
        assert!((found - average).abs() < 1e-9, "{found} for {average}");
    }
    let half = ["--under", "moved.toml@0.5", "--under", "moved.toml"];
    let refused = optimize(&county, &[&["--within", "East"], &half[..]].concat()).code(2);
    refused.stderr(contains(
        "shares of time are given to every state or to none",
    ));
    let whole = ["--within", "East", "--under", "moved.toml@1"];
    let refused = optimize(&county, &whole).code(2);
    refused.stderr(contains("together are less than 1"));
    // Without other states the table of an earlier run goes.
    answer(&county, &["--within", "East"]);
    assert!(!county.join("out/robustness.csv").exists());

    let refused = |state: &str, text: &str| {
        let options = ["--within", "East", "--under", state];
        optimize(&county, &options)
            .code(2)
            .stderr(contains(text.to_owned()));
    };
    refused("snow=much", "--under snow=much: `snow` is no condition");
    refused("close=99", "there is no link `99` to close");
    refused("weather=hail", "there is no weather `hail`");
    refused("other.toml", "other.toml: there is no such file");
    let fewer = "id,name,town,lon,lat,residents,rate_fire,basis\n\
                 w,West village,W,115.00,0,1000,100,assumed\n";
    fs::write(county.join("moved.csv"), fewer).unwrap();
    refused(
        "moved.toml",
        "its demand points are not those of scenario.toml",
    );
}

/// Beside e, which is fixed, the west is reached after 2 minutes from anywhere and the east too. In
/// the other scenario e stands first in the list of candidates, and in a third it is missing.
#[test]
fn what_is_fixed_is_found_by_its_id_in_every_state() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let other = scenario.replace(
        "[horizon]",
        "[tables]\ncandidates = [\"others.csv\"]\n\n[horizon]",
    );
    write("other.toml", &other);
    let candidates = fs::read_to_string(county.join("candidates.csv")).unwrap();
    let (head, rows) = candidates.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    write("others.csv", &format!("{head}\n{}\n", rows.join("\n")));
    let options = ["--within", "W", "--fixed", "e", "--under", "other.toml"];
    let robust = &answer(&county, &options)["robust"];
    let means = &robust["least_regret"]["mean_response_seconds"];
    assert_eq!(means, &json!([120.0, 120.0]));

    rows.retain(|row| !row.starts_with("e,"));
    write("others.csv", &format!("{head}\n{}\n", rows.join("\n")));
    let refused = "--under other.toml: it has no candidate `e`, which --fixed names";
    optimize(&county, &options)
        .code(2)
        .stderr(contains(refused));
}

/// What the scenario says is asked where the command line says nothing, and what it cannot mean is told
/// by its key.
#[test]
fn a_scenario_says_where_sites_are_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let write = |keys: &str| {
        let siting = format!("{scenario}\n[siting]\n{keys}\n");
        fs::write(county.join("scenario.toml"), siting).unwrap();
    };
    write("within = \"W\"\nfixed = [\"e\"]\nengines = 3\nstandard = \"d5\"");
    let said = answer(&county, &["--simulate", "0"]);
    write("");
    let options = [
        "--within",
        "W",
        "--fixed",
        "e",
        "--engines",
        "3",
        "--standard",
        "d5",
    ];
    let given = answer(&county, &[&options[..], &["--simulate", "0"]].concat());
    for part in ["sites", "value", "towns", "frontier", "listed"] {
        assert_eq!(said[part], given[part], "{part}");
    }
    write("within = [\"W\", \"East\"]");
    assert_eq!(
        answer(&county, &["--simulate", "0"])["towns"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let east = answer(&county, &["--simulate", "0", "--within", "East"]);
    assert_eq!(ids(&east["sites"]), ["j-d"]);

    for (keys, words) in [
        (
            "within = \"North\"",
            "scenario.toml: `siting.within`: there is no town `North`",
        ),
        (
            "fixed = [\"x\"]",
            "scenario.toml: `siting.fixed`: x: no candidate",
        ),
        ("engines = 0", "`siting.engines`: it should be from 1 to"),
        (
            "on = [\"street\"]",
            "`street` is no class of road; it is motorway",
        ),
        (
            "standard = \"none\"",
            "scenario.toml: `siting.standard`: none: ",
        ),
        ("town = \"W\"", "no key `town` is known here"),
    ] {
        write(keys);
        optimize(&county, &[]).code(2).stderr(contains(words));
    }
}

/// Beside d one more brigade brings nothing, and at c neither; beside c, d brings a minute and a half for
/// the east's three quarters of all incidents.
#[test]
fn one_more_brigade_is_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let west = answer(&county, &["--within", "W"]);
    let simulated = &west["another_simulated_difference_seconds"];
    let expected = west["another"]["mean_response_seconds"].as_f64().unwrap()
        - west["value"].as_f64().unwrap();
    assert!(expected < -100.0);
    // All is as expected in a county without chance, but for how many of the incidents are the east's.
    let [value, low, high] = ["value", "low", "high"].map(|end| simulated[end].as_f64().unwrap());
    assert!(low < value && value < high);
    assert!((value / expected - 1.0).abs() < 0.1, "{value} {expected}");
    assert!(
        answer(&county, &["--simulate", "0"])["another_simulated_difference_seconds"].is_null()
    );
    let printed = optimize(&county, &["--within", "W", "--language", "en"]).success();
    printed.stdout(contains(format!(
        "Simulated: {:.1} s faster (95% interval",
        -value
    )));
}

/// Beside d nothing helps, so a second brigade changes nothing. In the embedded county, which has prices,
/// what is paid in a later year is worth less by the discount rate of 5 %.
#[test]
fn brigades_are_planned_year_by_year() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let phases = ["--simulate", "0", "--phase", "2026=1", "--phase", "2028=1"];
    let asked = answer(&county, &phases);
    let stages = asked["frontier"]["phases"].as_array().unwrap();
    let years: Vec<u64> = stages
        .iter()
        .map(|s| s["by_end_of"].as_u64().unwrap())
        .collect();
    assert_eq!(years, [2026, 2028]);
    assert_eq!(stages[0]["new_sites"], json!(ids(&asked["sites"])));
    let means = stages
        .iter()
        .map(|stage| &stage["then"]["mean_response_seconds"]);
    assert_eq!(means.collect::<Vec<_>>(), [165.0, 165.0]);
    assert_eq!(stages[1]["then"]["sites"].as_array().unwrap().len(), 2);
    assert_eq!(stages[1]["investment_yuan"], Value::Null);
    // Three of the four junctions are left after the first phase.
    let too_many = ["--phase", "2026=1", "--phase", "2028=5"];
    let english = ["--simulate", "0", "--language", "en"];
    optimize(&county, &[&english[..], &too_many].concat())
        .success()
        .stdout(contains(
            "By the end of 2028 only 3 of 5 new brigades have a junction: no other is left.",
        ));

    let run = brigade()
        .current_dir(folder.path())
        .args([
            "optimize",
            "--simulate",
            "0",
            "--frontier",
            "1",
            "--format",
            "json",
        ])
        .args(["--phase", "2026=2", "--phase", "2028=1"])
        .assert()
        .success();
    let asked: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let stages = asked["frontier"]["phases"].as_array().unwrap();
    let cost = &asked["frontier"]["steps"][1]["cost"];
    let yuan = |of: &Value, key: &str| of[key].as_f64().unwrap();
    let [first, second] = [&stages[0], &stages[1]];
    assert_eq!(
        yuan(first, "investment_yuan"),
        2.0 * yuan(cost, "investment_yuan")
    );
    assert_eq!(
        yuan(second, "investment_yuan"),
        yuan(cost, "investment_yuan")
    );
    assert_eq!(yuan(second, "yearly_yuan"), 3.0 * yuan(cost, "yearly_yuan"));
    let worth = yuan(cost, "present_value_yuan") * (2.0 + 1.0 / (1.05 * 1.05));
    assert!((yuan(second, "present_value_yuan") - worth).abs() < 2.0);
    let mean = &second["then"]["mean_response_seconds"];
    assert_eq!(mean, &asked["another"]["mean_response_seconds"]);
    let csv = fs::read_to_string(folder.path().join("out/optimized/phases.csv")).unwrap();
    assert_eq!(csv.lines().count(), 3);

    for (phases, words) in [
        (["2026=2", "2028=1"], "of 1 brigades; give 2026=1"),
        (["2026=1", "2026=1"], "--phase 2026: it is not after 2026"),
    ] {
        let options = phases.iter().flat_map(|phase| ["--phase", phase]);
        let refused = optimize(&county, &options.collect::<Vec<_>>()).code(2);
        refused.stderr(contains(words));
    }
    let refused = optimize(&county, &["--phase", "2026"]).code(2);
    refused.stderr(contains("a year and how many new brigades, such as 2026=2"));
}

/// A chemical plant 222 m from d: 200 m let it stand, 300 m leave only c for the east, and the longer
/// distance holds.
#[test]
fn a_junction_too_near_to_a_hazard_is_no_candidate() {
    let folder = tempfile::tempdir().unwrap();
    let county = county(folder.path());
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    let best = || {
        let answer = answer(&county, &["--within", "East", "--simulate", "0"]);
        ids(&answer["sites"]).join(" ")
    };
    let rule = "kind,distance,basis,source\nhazardous,200 m,observed,first\n";
    write("clearances.csv", rule);
    assert_eq!(best(), "j-d");
    let places = "id,name,kind,lon,lat,basis\np1,Plant,hazardous,115.088,0,assumed\n";
    write("kept_clear.csv", places);
    assert_eq!(best(), "j-d");
    write(
        "clearances.csv",
        &format!("{rule}hazardous,300 m,observed,second\n"),
    );
    assert_eq!(best(), "j-c");
    // A listed candidate there is not left out, but nobody overlooks it.
    write("kept_clear.csv", &places.replace("115.088", "115.1"));
    let options = ["--within", "East", "--simulate", "0", "--language", "en"];
    optimize(&county, &options).success().stderr(contains(
        "`e` (East) is 0 m from Plant (`p1`); second asks for 300 m",
    ));
    let refused = |text: &str| {
        optimize(&county, &["--within", "East"])
            .code(2)
            .stderr(contains(text.to_owned()));
    };
    write("kept_clear.csv", &places.replace("hazardous", "noisy"));
    refused("kept_clear.csv:2: column `kind`: `noisy`");
    write(
        "clearances.csv",
        "kind,distance,basis,source\nhazardous,far,observed,x\n",
    );
    refused("clearances.csv:2: column `distance`: `far`");
    fs::remove_file(county.join("clearances.csv")).unwrap();
    refused("clearances.csv");
}
