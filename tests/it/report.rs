//! `brigade report`: everything that `compare` publishes, again from its answer.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use brigade::evaluation::comparison::Comparison;
use brigade::files::Source;
use brigade::planning::Optimization;
use brigade::report::optimization::junction_name;
use brigade::scenario::Scenario;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::{Value, json};

use crate::small_county::{brigade, small_county};

fn compare(scenario: &Path, out: &Path, more: &[&str]) {
    let mut command = brigade();
    command.arg("compare").arg(scenario);
    command.arg("--output").arg(out).args(more);
    command.assert().success();
}

/// Every file of a folder with its content, but for the answer itself.
fn published(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for sub in ["", "charts"] {
        // Without charts there is no folder of them.
        for entry in fs::read_dir(folder.join(sub)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            let is_answer = ["comparison.json", "brigade-manifest.json"].contains(&&*name);
            if path.is_file() && !is_answer {
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_finished_answer_is_published_again_byte_for_byte_in_either_language() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let [chinese, english, again] = ["zh", "en", "again"].map(|name| folder.path().join(name));
    compare(&scenario, &chinese, &[]);
    compare(&scenario, &english, &["--language", "en"]);
    for (language, expected) in [("en", &english), ("zh", &chinese)] {
        let mut command = brigade();
        command
            .arg("report")
            .arg(&chinese)
            .arg("--output")
            .arg(&again);
        command.args(["--language", language]).assert().success();
        let (expected, found) = (published(expected), published(&again));
        let names = |files: &[(String, Vec<u8>)]| {
            let names = files.iter().map(|(name, _)| name.clone());
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(&found), names(&expected));
        for ((name, before), (_, after)) in expected.iter().zip(&found) {
            assert!(before == after, "{name} differs in {language}");
        }
    }
    assert!(!again.join("comparison.json").exists());
}

#[test]
fn fewer_alternatives_are_shown_on_demand_and_always_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let out = folder.path().join("out");
    compare(&scenario, &out, &[]);
    let whole = fs::read_to_string(out.join("comparison.json")).unwrap();
    let mut command = brigade();
    command.arg("report").arg(&out).args(["--top", "1"]);
    command.assert().success();
    let table = fs::read_to_string(out.join("alternatives.csv")).unwrap();
    let ids: Vec<&str> = table
        .lines()
        .skip(1)
        .map(|l| l.split(',').nth(1).unwrap())
        .collect();
    assert_eq!(ids, ["e", "baseline"]);
    assert_eq!(
        fs::read_to_string(out.join("comparison.json")).unwrap(),
        whole
    );
}

/// What nothing else is worked out from, with the manifest of its folder and without.
#[test]
fn an_answer_that_was_changed_by_hand_is_published_on_demand_alone() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let [out, again] = ["out", "again"].map(|name| folder.path().join(name));
    compare(&scenario, &out, &[]);
    fs::remove_file(out.join("brigade-manifest.json")).unwrap();
    let answer = out.join("comparison.json");
    let good: Value = serde_json::from_slice(&fs::read(&answer).unwrap()).unwrap();
    let report = |more: &[&str]| {
        let mut command = brigade();
        command.arg("report").arg(&out).arg("--output").arg(&again);
        command.args(more).assert()
    };
    let edits: [Edit; 5] = [
        &|answer| answer["data_basis"] = json!([]),
        &|answer| answer["attribution"] = json!(["nobody"]),
        &|answer| answer["scenario"]["seed"] = json!(77),
        &|answer| answer["scenario"]["years"] = json!(77),
        &|answer| drop(answer.as_object_mut().unwrap().remove("sensitivity")),
    ];
    for edit in edits {
        let mut changed = good.clone();
        edit(&mut changed);
        assert_ne!(changed, good);
        fs::write(&answer, changed.to_string()).unwrap();
        report(&[]).code(2).stderr(
            contains("comparison.json: it was changed since it was written")
                .and(contains("--force")),
        );
        assert!(!again.exists());
    }
    report(&["--force"])
        .success()
        .stderr(contains("warning").and(contains("it was changed since")));
    // Laid out otherwise, it says the same.
    fs::write(&answer, good.to_string()).unwrap();
    report(&[]).success();
}

/// Options of the command line change no file: with them an answer is the scenario's own.
#[test]
fn a_scenario_that_says_something_else_by_now_is_named_key_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let out = folder.path().join("out");
    compare(&scenario, &out, &["--seed", "99", "--replications", "3"]);
    let report = |more: &[&str]| {
        let mut command = brigade();
        command.arg("report").arg(&out).args(more).assert()
    };
    report(&[]).success();
    let text = fs::read_to_string(&scenario).unwrap();
    let seed = text.lines().find(|line| line.starts_with("seed")).unwrap();
    let years = text.lines().find(|line| line.starts_with("years")).unwrap();
    let changed = text
        .replace(seed, "seed = 4321")
        .replace(years, "years = 9");
    fs::write(&scenario, changed + "\n[dispatch]\nredirect = true\n").unwrap();
    let named = || {
        contains("`dispatch` was not given and is")
            .and(contains("`horizon.years` was "))
            .and(contains("and is 9"))
            .and(contains("and is 4321"))
    };
    report(&[]).code(2).stderr(named().and(contains("--force")));
    report(&["--force"]).success().stderr(named());
}

/// The map would show other roads than those that were simulated.
#[test]
fn other_data_than_those_of_the_answer_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let out = folder.path().join("out");
    compare(&scenario, &out, &[]);
    let before = published(&out);
    let demand = county.join("demand.csv");
    let moved = fs::read_to_string(&demand)
        .unwrap()
        .replace(",W,115.00", ",W,115.001");
    fs::write(&demand, moved).unwrap();
    let mut command = brigade();
    command.arg("report").arg(&out).assert().code(2).stderr(
        contains("comparison.json").and(contains("have changed since this answer was worked out")),
    );
    assert!(published(&out) == before);

    fs::rename(&scenario, county.join("moved.toml")).unwrap();
    let mut command = brigade();
    command
        .arg("report")
        .arg(&out)
        .assert()
        .code(2)
        .stderr(contains("--scenario"));
    let mut command = brigade();
    command
        .arg("report")
        .arg(folder.path())
        .assert()
        .code(2)
        .stderr(contains("no answer in this folder"));
    fs::write(out.join("comparison.json"), "{\"scenario\": {").unwrap();
    let mut command = brigade();
    command
        .arg("report")
        .arg(&out)
        .assert()
        .code(2)
        .stderr(contains("not JSON"));
}

/// Whatever a table says, it arrives as text: on the page, in the pictures, in the document.
#[test]
fn a_name_that_is_a_script_arrives_as_text_everywhere() {
    const SCRIPT: &str = "<script>alert(1)</script>";
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    for (table, from, to) in [
        ("candidates.csv", "e,East", format!("e,{SCRIPT}")),
        ("towns.csv", "W,West", format!("W,{SCRIPT}</script>")),
    ] {
        let path = county.join(table);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(&path, text.replacen(from, &to, 1)).unwrap();
    }
    let out = folder.path().join("out");
    compare(&county.join("scenario.toml"), &out, &[]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(!page.contains(SCRIPT));
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
            || page.contains("&#60;script&#62;alert(1)&#60;/script&#62;")
    );
    assert!(
        page.contains("\\u003cscript>alert(1)\\u003c/script>"),
        "in the data of the map"
    );
    for entry in fs::read_dir(out.join("charts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "svg") {
            let svg = fs::read_to_string(&path).unwrap();
            assert!(!svg.contains("<script"), "{}", path.display());
        }
    }
    // The document is stored, not packed: its text can be looked for.
    let document = fs::read(out.join("report.docx")).unwrap();
    let found = |text: &str| {
        document
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(found("&lt;script&gt;alert(1)") && !found(SCRIPT));
}

/// The page asks for nothing: no address in it is fetched by itself.
#[test]
fn the_page_names_no_address_that_a_browser_would_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = small_county(folder.path()).join("scenario.toml");
    let out = folder.path().join("out");
    compare(&scenario, &out, &[]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    for part in [" src=", "<link", "@import", "url(http", "url(images"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("class=\"headline\">建议方案：East"));
    assert!(page.contains("<svg class=\"chart\""));
}

/// 𣒍 is in no Noto Sans SC: charts show 〓 with a remark, tables and the page the name itself.
#[test]
fn a_character_that_the_font_lacks_is_told_and_leaves_a_visible_mark() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let towns = county.join("towns.csv");
    let text = fs::read_to_string(&towns).unwrap();
    fs::write(&towns, text.replacen("W,West", "W,輋𣒍", 1)).unwrap();
    let out = folder.path().join("out");
    let mut command = brigade();
    command.arg("compare").arg(county.join("scenario.toml"));
    command.arg("--output").arg(&out);
    let told = contains("`輋𣒍`")
        .and(contains("has no 𣒍"))
        .and(contains("〓"));
    command.assert().success().stderr(told);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    let figures = &page[page.find("<figure").unwrap()..page.rfind("</figure>").unwrap()];
    assert!(figures.contains("輋〓") && !figures.contains('𣒍'));
    assert!(figures.contains("字库中没有的字"));
    let tables = page.replace(figures, "");
    assert!(tables.contains("輋𣒍"));
}

/// Every name that the embedded county's charts draw can be drawn.
#[test]
fn quiet_says_nothing_and_the_embedded_county_needs_no_warning() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |more: &[&str]| {
        let mut command = brigade();
        command.args(["compare", "--replications", "3", "--output"]);
        let run = command.arg(&out).args(more).assert().success();
        String::from_utf8(run.get_output().stderr.clone()).unwrap()
    };
    assert_eq!(run(&["--quiet"]), "");
    let told = run(&["-v"]);
    assert!(!told.contains("warning"), "{told}");
    for step in [
        "reading the scenario: ",
        "simulation: ",
        "drawing and writing: ",
        " files in ",
    ] {
        assert!(told.contains(step), "{step}: {told}");
    }
    let mut layers: Vec<String> = fs::read_dir(out.join("map"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    layers.sort();
    assert_eq!(layers.len(), 7, "{layers:?}");
    for layer in &layers {
        let text = fs::read_to_string(out.join("map").join(layer)).unwrap();
        let layer: geojson::GeoJson = text.parse().unwrap();
        let geojson::GeoJson::FeatureCollection(layer) = layer else {
            panic!("no collection of features");
        };
        assert!(!layer.features.is_empty());
        let attribution = layer.foreign_members.unwrap()["attribution"].to_string();
        assert!(attribution.contains("OpenStreetMap"));
    }
}

/// A place in JSON: keys and numbers of items.
type Place = Vec<String>;

/// A way to damage an answer: what is done where.
type Damaged = (Place, &'static str, Value);

fn parent<'v>(answer: &'v mut Value, place: &[String]) -> &'v mut Value {
    let above = &place[..place.len() - 1];
    above.iter().fold(answer, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        value => &mut value[step],
    })
}

/// A change to an answer.
type Edit<'e> = &'e dyn Fn(&mut Value);

/// Every damage of an answer: each leaf replaced and removed, each part left out, each list without its first item or with
/// it twice.
fn damages(whole: &Value, at: &Value, place: &Place, all: &mut Vec<Damaged>) {
    let inside = |step: String| [place.clone(), vec![step]].concat();
    let mut damage = |how: &'static str, change: &dyn Fn(&mut Value, &str)| {
        let mut answer = whole.clone();
        let last = place.last().unwrap();
        change(parent(&mut answer, place), last);
        all.push((place.clone(), how, answer));
    };
    let put = |value: Value| {
        move |parent: &mut Value, last: &str| match parent {
            Value::Array(items) => items[last.parse::<usize>().unwrap()] = value.clone(),
            parent => parent[last] = value.clone(),
        }
    };
    let remove = |parent: &mut Value, last: &str| match parent {
        Value::Array(items) => drop(items.remove(last.parse::<usize>().unwrap())),
        parent => drop(parent.as_object_mut().unwrap().remove(last)),
    };
    match at {
        Value::Object(parts) => {
            damage("null", &put(Value::Null));
            damage("removed", &remove);
            for (key, part) in parts {
                damages(whole, part, &inside(key.clone()), all);
            }
        }
        Value::Array(items) => {
            if !items.is_empty() {
                damage("first dropped", &put(Value::from(&items[1..])));
                damage(
                    "first doubled",
                    &put(Value::from([&items[..1], items].concat())),
                );
            }
            for (number, item) in items.iter().enumerate() {
                damages(whole, item, &inside(number.to_string()), all);
            }
        }
        leaf => {
            let others = [
                ("null", Value::Null),
                ("text", json!("x")),
                ("-1", json!(-1)),
                ("1e300", json!(1e300)),
            ];
            for (how, value) in others.into_iter().filter(|(_, value)| value != leaf) {
                damage(how, &put(value));
            }
            damage("removed", &remove);
        }
    }
}

/// Damages `file` in every way, and gives where and how `refusal` found nothing wrong: places without the
/// numbers of items, each once.
fn accepted(file: &Path, refusal: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let answer: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    assert_eq!(refusal(&answer.to_string()), None, "the answer as it is");
    let mut all = Vec::new();
    for (key, part) in answer.as_object().unwrap() {
        damages(&answer, part, &vec![key.clone()], &mut all);
    }
    assert!(all.len() > 1000);
    let mut accepted = BTreeSet::new();
    for (place, how, damaged) in all {
        let keys = place.iter().map(|step| match step.parse::<usize>() {
            Ok(_) => "*",
            Err(_) => step,
        });
        let key = keys.collect::<Vec<_>>().join(".");
        match refusal(&damaged.to_string()) {
            None => drop(accepted.insert(format!("{key}: {how}"))),
            // A person is led to the place: by its key, or by the name of what is wrong with the whole.
            Some(told) => {
                let last = place
                    .iter()
                    .rev()
                    .find(|step| step.parse::<usize>().is_err())
                    .unwrap();
                let first = &place[0];
                let led = [
                    &last[..],
                    &first[..],
                    "have changed",
                    "of one run",
                    "any more",
                    "JSON",
                ];
                assert!(
                    led.iter().any(|word| told.contains(word)),
                    "{key}, {how}: {told}"
                );
            }
        }
    }
    accepted.into_iter().collect()
}

/// No leaf of an answer can be spoilt without a word, but for free text, and for figures that are as
/// good as before.
#[test]
fn a_damaged_comparison_is_refused_wherever_it_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let file = small_county(folder.path()).join("scenario.toml");
    let out = folder.path().join("out");
    let scenario = Scenario::load(&Source::Disk(file.clone())).unwrap();
    let times = scenario.travel_times().unwrap();
    // With one in brief, and all in detail.
    for detail in ["1", "50"] {
        // From five replications a probability is said.
        compare(&file, &out, &["--replications", "5", "--detail", detail]);
        let accepted = accepted(&out.join("comparison.json"), |json| {
            let read = match Comparison::read(json, &scenario, &times) {
                Ok(read) => read,
                Err(problem) => return Some(problem.to_string()),
            };
            let changed = read.scenario.changed_since(&scenario, &[]);
            changed.first().map(|key| format!("`scenario`: {key}"))
        });
        assert_eq!(accepted, FREE_IN_A_COMPARISON, "--detail {detail}");
    }

    // What is of the right kind, and no answer.
    let good = fs::read_to_string(out.join("comparison.json")).unwrap();
    let edits: [(&str, Edit); 6] = [
        ("`alternatives`: the existing stations", &|answer| {
            answer["alternatives"] = json!([]);
        }),
        ("`alternatives`: the existing stations", &|answer| {
            let all = answer["alternatives"].as_array_mut().unwrap();
            all.retain(|of| of["is_baseline"] == false);
        }),
        ("`alternatives[1].rank`: 1; it should be 2", &|answer| {
            answer["alternatives"][1]["rank"] = json!(1);
        }),
        ("`alternatives[0].rank`: 0; it should be 1", &|answer| {
            answer["alternatives"][0]["rank"] = json!(0);
        }),
        ("`E`; it should be `W`", &|answer| {
            answer["alternatives"][2]["towns"]
                .as_array_mut()
                .unwrap()
                .reverse();
        }),
        ("`standards`: `d5` stands twice", &|answer| {
            answer["standards"][1]["id"] = json!("d5");
        }),
    ];
    for (words, edit) in edits {
        let mut answer = serde_json::from_str(&good).unwrap();
        edit(&mut answer);
        let told = Comparison::read(&answer.to_string(), &scenario, &times).unwrap_err();
        assert!(told.to_string().contains(words), "{words}: {told}");
    }
}

#[test]
fn a_damaged_optimization_is_refused_wherever_it_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_of_junctions(folder.path());
    let options = ["--simulate", "2", "--frontier", "2", "--together"];
    // From five replications a probability is said.
    optimize(&county, &[&options[..], &["--replications", "5"]].concat());
    let out = county.join("out");
    let comparison = fs::read_to_string(out.join("comparison.json")).unwrap();
    let read = |json: &str| -> Result<(), Box<dyn std::error::Error>> {
        let scenario = Scenario::load(&Source::Disk(county.join("scenario.toml")))?;
        let optimization = Optimization::read(json)?;
        let compared = Comparison::of_shape(&comparison)?;
        assert!(optimization.is_compared_in(&compared, &scenario)?);
        let scenario = optimization.simulated_scenario(&scenario, junction_name)?;
        let times = scenario.travel_times()?;
        let comparison = Comparison::read(&comparison, &scenario, &times)?;
        Ok(optimization.agrees_with(&comparison)?)
    };
    let accepted = accepted(&out.join("optimization.json"), |json| {
        read(json).err().map(|problem| problem.to_string())
    });
    assert_eq!(accepted, FREE_IN_AN_OPTIMIZATION);
}

/// The small county with side roads, whose junctions are candidates.
fn county_of_junctions(folder: &Path) -> PathBuf {
    let county = small_county(folder);
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    write(
        "network/node.csv",
        "node_id,x_coord,y_coord\nwest,115.00,0\na,115.02,0\nc,115.07,0\nd,115.09,0\neast,115.10,0\n\
         a1,115.02,0.009\nc1,115.07,0.009\nd1,115.09,0.009\n",
    );
    write(
        "network/link.csv",
        "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
         1,west,a,0,2000,primary\n2,a,c,0,5000,primary\n4,c,d,0,2000,primary\n\
         5,d,east,0,1000,primary\n6,a,a1,0,1000,primary\n8,c,c1,0,1000,primary\n9,d,d1,0,1000,primary\n",
    );
    let candidates = fs::read_to_string(county.join("candidates.csv")).unwrap();
    write("candidates.csv", &candidates.replace(",new,", ",East,"));
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    write("scenario.toml", &scenario.replace("\"new\"", "\"East\""));
    county
}

fn optimize(county: &Path, more: &[&str]) {
    let mut command = brigade();
    command
        .current_dir(county)
        .args(["optimize", "scenario.toml", "--force"]);
    command
        .args(["--output", "out"])
        .args(more)
        .assert()
        .success();
}

#[test]
fn a_theme_colours_the_charts_of_further_brigades_too() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_of_junctions(folder.path());
    optimize(&county, &["--simulate", "1", "--frontier", "2"]);
    let mut command = brigade();
    command.current_dir(&county);
    command.args(["report", "out", "--theme", "grey"]);
    command.assert().success();
    for chart in ["frontier", "arrival-baseline"] {
        let svg = fs::read_to_string(county.join(format!("out/charts/{chart}.svg"))).unwrap();
        let colours: Vec<&str> = svg.split("=\"#").skip(1).map(|rest| &rest[..6]).collect();
        // The halo of labels is white but for one step of blue, for the style sheet to find it.
        let is_grey = |colour: &&str| {
            let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            part(0).abs_diff(part(2)) <= 1 && part(2).abs_diff(part(4)) <= 1
        };
        assert!(colours.len() > 10, "{chart}");
        assert!(colours.iter().all(is_grey), "{chart}");
    }
}

/// Every way to give the wrong thing is told with what is expected, ends with 2, and writes nothing.
#[test]
fn what_is_no_answer_is_told_with_what_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    let county = county_of_junctions(folder.path());
    optimize(&county, &["--simulate", "2", "--frontier", "0"]);
    let out = county.join("out");
    let refused = |given: &str, words: &[&str]| {
        let before = published(&out);
        let mut command = brigade();
        let run = command
            .current_dir(&county)
            .args(["report", given])
            .assert()
            .code(2);
        let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        for word in words {
            assert!(told.contains(word), "{word}: {told}");
        }
        assert!(!told.contains("panicked"), "{told}");
        assert!(published(&out) == before);
    };
    let mut command = brigade();
    command.current_dir(&county).args(["report", "out"]);
    command.assert().success();
    refused("out/comparison.json", &["this is a file", "such as out"]);
    refused("nowhere", &["no such folder", "name the folder"]);
    fs::create_dir(county.join("empty")).unwrap();
    refused("empty", &["no answer in this folder", "name the folder"]);

    let [comparison, optimization] =
        ["comparison.json", "optimization.json"].map(|file| out.join(file));
    let [compared, optimized] =
        [&comparison, &optimization].map(|file| fs::read_to_string(file).unwrap());
    let edited = |json: &str, edit: &dyn Fn(&mut Value)| {
        let mut answer = serde_json::from_str(json).unwrap();
        edit(&mut answer);
        serde_json::to_string(&answer).unwrap()
    };
    let damaged = edited(&compared, &|answer| {
        answer["alternatives"][1]["towns"][1]["mean_response_seconds"]["value"] = json!(-1);
        answer["standards"][0]["threshold_seconds"] = json!(1e300);
    });
    fs::write(&comparison, damaged).unwrap();
    let keys = [
        "`standards[0].threshold_seconds`",
        "`alternatives[1].towns[1].mean_response_seconds.value`: -1",
    ];
    refused("out", &keys);
    let damaged = edited(&compared, &|answer| {
        answer["alternatives"][1]["towns"][1]["mean_response_seconds"]["value"] = json!("x");
    });
    fs::write(&comparison, damaged).unwrap();
    refused(
        "out",
        &[
            "`alternatives[1].towns[1].mean_response_seconds.value`: it is ",
            "it should be a number",
        ],
    );

    // Junctions are never better known than planning knows them.
    let trusted = edited(&compared, &|answer| {
        let mut notes = answer["data_basis"].as_array_mut().unwrap().iter_mut();
        let junctions = notes.find(|note| note["input"]["of"] == "junctions");
        junctions.unwrap()["basis"] = json!("observed");
    });
    fs::write(&comparison, trusted).unwrap();
    refused("out", &["`data_basis[", "does not rest on this"]);

    // Of two runs: by the alternatives, and by their figures alone.
    let fewer = edited(&compared, &|answer| {
        drop(answer["alternatives"].as_array_mut().unwrap().remove(1));
    });
    fs::write(&comparison, fewer).unwrap();
    refused(
        "out",
        &["optimization.json", "not of one run", "comparison.json"],
    );
    optimize(
        &county,
        &["--simulate", "2", "--frontier", "0", "--seed", "8"],
    );
    fs::write(&comparison, &compared).unwrap();
    refused("out", &["not of one run", "another seed"]);
    fs::remove_file(&comparison).unwrap();
    fs::write(&optimization, &optimized).unwrap();
    refused(
        "out",
        &[
            "4 alternatives were simulated",
            "comparison.json",
            "is missing",
        ],
    );
    optimize(&county, &["--simulate", "0", "--frontier", "0"]);
    refused("out", &["--simulate 0"]);
}

/// Free text, figures that no other in the file gives away, and whole parts that an answer may lack.
///
/// Of all of these the seal tells, which is looked at after everything that can be named.
const FREE_IN_A_COMPARISON: &[&str] = &[
    "alternatives.*.sites.*.reason: text",
    "answer_sha256: -1",
    "answer_sha256: 1e300",
    "answer_sha256: null",
    "answer_sha256: removed",
    "answer_sha256: text",
    "data_basis.*.reason: text",
    "data_basis.*: removed",
    "data_basis: first doubled",
    "data_basis: first dropped",
    "phases.fastest.*.yuan_a_year: removed",
    "phases.fastest.*: removed",
    "phases.orders.*.*.yuan_a_year: removed",
    "phases.widest.*.yuan_a_year: removed",
    "phases.widest.*: removed",
    "phases: null",
    "phases: removed",
    "scenario.brigade_version: text",
    "scenario.file: text",
    "scenario.name: text",
    "scenario.name_en: text",
    "sensitivity.gain: -1",
    "sensitivity.items.*.changed.*.gain: -1",
    "sensitivity: null",
    "sensitivity: removed",
    "standards.*.name: text",
    "standards.*.name_en: text",
    "standards.*.share: removed",
    "standards.*.source: text",
];

/// The same, and what is null where it is not known. What is null in a good answer can be left out.
const FREE_IN_AN_OPTIMIZATION: &[&str] = &[
    "another: removed",
    "another_simulated_difference_seconds: removed",
    "answer_sha256: -1",
    "answer_sha256: 1e300",
    "answer_sha256: null",
    "answer_sha256: removed",
    "answer_sha256: text",
    "brigade.profile: removed",
    "choices: 1e300",
    "data_basis.*.reason: text",
    "data_basis.*: removed",
    "data_basis: first doubled",
    "data_basis: first dropped",
    "frontier.cost_of_each: removed",
    "frontier.requested.cost: removed",
    "frontier.requested.gap: null",
    "frontier.requested.gap: removed",
    "frontier.requested: null",
    "frontier.requested: removed",
    "frontier.steps.*.by_coverage.cost: removed",
    "frontier.steps.*.by_coverage.gap: null",
    "frontier.steps.*.by_coverage.gap: removed",
    "frontier.steps.*.by_coverage.sites.*: removed",
    "frontier.steps.*.by_coverage.sites: first dropped",
    "frontier.steps.*.by_mean.cost: removed",
    "frontier.steps.*.by_mean.gap: null",
    "frontier.steps.*.by_mean.gap: removed",
    "frontier.steps.*.by_mean.sites.*: removed",
    "frontier.steps.*.by_mean.sites: first dropped",
    "frontier.steps.*.cost: removed",
    "frontier.steps.*: removed",
    "frontier: null",
    "frontier: removed",
    "gap: null",
    "gap: removed",
    "objective: text",
    "request.budget: removed",
    "request.engines: removed",
    "request.standard: removed",
    "robust: removed",
    "scenario.brigade_version: text",
    "scenario.file: text",
    "scenario.name: text",
    "scenario.name_en: text",
    "sites.*.town_mean_response_seconds: null",
    "sites.*.town_mean_response_seconds: removed",
    "standard.name: text",
    "standard.name_en: text",
    "standard.share: removed",
    "standard.source: text",
    "together: null",
    "together: removed",
];
