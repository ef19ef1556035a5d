//! `brigade report`: everything that `compare` publishes, again from its answer.

use std::fs;
use std::path::Path;

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

#[path = "small-county/mod.rs"]
mod small_county;

use small_county::{brigade, small_county};

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
        for entry in fs::read_dir(folder.join(sub)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            if path.is_file() && name != "comparison.json" {
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
        .stderr(contains("no such file"));
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
