//! Scenarios as files: the ready ones, those that extend others, a folder to begin with, and what happens
//! when a file is wrong. The figures are those of `compare`'s small county.

use std::fs;

use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use serde_json::Value;

use crate::compare::compare;
use crate::small_county::{brigade, small_county};

#[test]
fn every_ready_scenario_passes_its_check() {
    for name in [
        "wuhua",
        "baseline",
        "anliu-only",
        "huacheng-only",
        "spring-festival",
        "hedong-key-area",
        "third-brigade",
    ] {
        brigade().args(["check", name]).assert().success();
    }
}

/// A scenario in another folder that says only in what it differs: the same towns and stages, another
/// question.
#[test]
fn a_scenario_extends_another() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let questions = folder.path().join("questions");
    fs::create_dir(&questions).unwrap();
    let write = |name: &str, text: &str| fs::write(questions.join(name), text).unwrap();
    let out = folder.path().join("out");
    let whole = compare(&county.join("scenario.toml"), &out, &[]);
    write(
        "slow.toml",
        "extends = \"../county/scenario.toml\"\nname = \"slow\"\n[stages.turnout]\n\
         mean = \"90 s\"\nsd = \"0 s\"\nbasis = \"assumed\"\nreason = \"test\"\n",
    );
    write(
        "slow-still.toml",
        "extends = \"slow.toml\"\n[horizon]\nyears = 2\n",
    );
    let slow = compare(&questions.join("slow-still.toml"), &out, &[]);
    assert_eq!(slow["scenario"]["name"], "slow");
    assert_eq!(slow["scenario"]["years"], 2);
    let mean = |answer: &Value| {
        let county = &answer["alternatives"][0]["county"];
        county["mean_response_seconds"]["value"].as_f64().unwrap()
    };
    assert!((mean(&slow) - mean(&whole) - 30.0).abs() < 3.0);

    for (text, said) in [
        ("extends = \"none.toml\"\n", "bad.toml: `extends`: "),
        (
            "extends = 3\n",
            "bad.toml: `extends`: it should be the path",
        ),
        ("extends = \"bad.toml\"\n", "extends this file in turn"),
        (
            "extends = \"slow.toml\"\nseeds = 3\n",
            "bad.toml: `seeds`: no key `seeds` is known here; did you mean `seed`?",
        ),
        (
            "extends = \"slow.toml\"\n[horizon]\nyears = \"many\"\n",
            "bad.toml: `horizon.years`: it is the text \"many\"; it should be a whole number",
        ),
        (
            "extends = \"slow.toml\"\n[stages.turnout]\nmean = \"9 s\"\nbasis = \"assumed\"\n",
            "bad.toml: `stages.turnout`: the key `reason` is missing",
        ),
    ] {
        write("bad.toml", text);
        let mut run = brigade();
        let refused = run.arg("check").arg(questions.join("bad.toml")).assert();
        refused.code(2).stderr(contains(said));
    }
}

/// A file that says what cannot be is named, though another that extends it was asked for; and files that
/// extend each other in a circle are found whatever the spelling of their paths.
#[test]
fn what_is_wrong_in_an_extended_scenario_names_that_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let questions = folder.path().join("questions");
    fs::create_dir(&questions).unwrap();
    let write = |name: &str, text: &str| fs::write(questions.join(name), text).unwrap();
    write("child.toml", "extends = \"parent.toml\"\nseed = 3\n");
    let parent = "extends = \"../county/scenario.toml\"\n";
    for (said_by_parent, complaint) in [
        ("seeds = 3\n", "parent.toml: `seeds`: no key `seeds`"),
        (
            "[horizon]\nyears = 0\n",
            "parent.toml: `horizon.years`: it should be from 1",
        ),
        (
            "[[special_day]]\nname = \"fair day\"\ndates = [2027-01-05]\nfactor = 0\n\
             basis = \"assumed\"\nreason = \"test\"\n",
            "parent.toml: `special_day `fair day`: factor`: it should be from 1",
        ),
        ("[horizon\n", "parent.toml: TOML parse error at line 2"),
    ] {
        write("parent.toml", &format!("{parent}{said_by_parent}"));
        let mut run = brigade();
        let refused = run.arg("check").arg(questions.join("child.toml")).assert();
        refused.code(2).stderr(contains(complaint));
    }
    // What is missing is to be said by the file that was asked for.
    write("parent.toml", parent);
    fs::write(
        questions.join("volunteers.csv"),
        fs::read_to_string(county.join("candidates.csv"))
            .unwrap()
            .replace("engines,basis", "engines,crew,basis")
            .replace("new,50,assumed", "new,50,volunteer,assumed"),
    )
    .unwrap();
    write(
        "child.toml",
        "extends = \"parent.toml\"\n[tables]\ncandidates = \"volunteers.csv\"\n",
    );
    let mut run = brigade();
    let refused = run.arg("check").arg(questions.join("child.toml")).assert();
    let complaint = "child.toml: `stages.turnout_volunteer`: it is missing";
    refused.code(2).stderr(contains(complaint));
    write("child.toml", "extends = \"parent.toml\"\nseed = 3\n");

    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let slow = text.replacen("years = ", "years = 0 # ", 1);
    assert_ne!(slow, text);
    fs::write(&scenario, slow).unwrap();
    write("parent.toml", parent);
    let mut run = brigade();
    let refused = run.arg("check").arg(questions.join("child.toml")).assert();
    let complaint = "county/scenario.toml: `horizon.years`";
    refused.code(2).stderr(contains(complaint));

    for extends in ["./child.toml", "../questions/child.toml"] {
        write("parent.toml", &format!("extends = \"{extends}\"\n"));
        let mut run = brigade();
        let refused = run.arg("check").arg(questions.join("child.toml")).assert();
        let complaint = format!("parent.toml: `extends`: `{extends}` extends this file in turn");
        refused.code(2).stderr(contains(complaint));
    }
}

#[test]
fn init_writes_a_folder_that_can_be_run_and_never_overwrites_one() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    brigade().arg("init").arg(&mine).assert().success();
    brigade()
        .arg("check")
        .arg(mine.join("scenarios/wuhua.toml"))
        .assert()
        .success();
    brigade().arg("init").arg(&mine).assert().code(2);
}

/// Spoils one file of the small county, and expects exit code 2, a text in the error, and the
/// earlier output as it was.
fn refused(file: &str, from: &str, to: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("comparison.json"), "earlier").unwrap();
    let path = county.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let run = brigade()
        .arg("compare")
        .arg(county.join("scenario.toml"))
        .arg("--output")
        .arg(&out)
        .assert()
        .code(2);
    let error = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for part in expected {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
    assert!(!error.contains("panicked"), "{error}");
    assert_eq!(
        fs::read_to_string(out.join("comparison.json")).unwrap(),
        "earlier"
    );
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

#[test]
fn wrong_input_is_refused_with_file_and_key_and_leaves_the_earlier_output() {
    refused(
        "scenario.toml",
        "seed = 7",
        "sed = 7",
        &[
            "scenario.toml",
            "no key `sed` is known here; did you mean `seed`?",
        ],
    );
    refused(
        "scenario.toml",
        "\"60 s\"",
        "\"60\"",
        &["scenario.toml", "\"90 s\" or \"5 min\""],
    );
    refused(
        "scenario.toml",
        "county = \".\"",
        "county = \"gone\"",
        &["incident_types.csv", "no such file"],
    );
    refused(
        "scenario.toml",
        "group = \"new\"",
        "group = \"old\"",
        &["`alternatives`", "the groups are new"],
    );
    refused(
        "scenario.toml",
        "years = 1",
        "years = 0",
        &["`horizon.years`"],
    );
    refused(
        "candidates.csv",
        "m,Middle,115.05,0",
        "m,Middle,115.05,0.05",
        &["candidates.csv", "`m`", "roads.site_limit"],
    );
    refused(
        "candidates.csv",
        "e,East",
        "m,East",
        &["candidates.csv:3", "already on line 2"],
    );
    refused(
        "demand.csv",
        "1000,100,",
        "1000,-100,",
        &["demand.csv:2", "`rate_fire`", "at least 0"],
    );
    refused(
        "demand.csv",
        ",W,115.00",
        ",X,115.00",
        &["demand.csv:2", "`town`", "`X`"],
    );
    refused(
        "network/link.csv",
        "me,mid,east,0",
        "me,east,mid,1",
        &[
            "demand point `e`",
            "that its engines can use there and back",
        ],
    );
    // The network: a link to nowhere, numbers that are none, ids that stand twice.
    for (file, from, to, expected) in [
        (
            "link.csv",
            "me,mid,east",
            "me,mid,ost",
            "link.csv:3: column `to_node_id`: `ost` is not usable; it should be a node_id",
        ),
        (
            "link.csv",
            "me,mid",
            "wm,mid",
            "link.csv:3: the id `wm` is already on line 2",
        ),
        (
            "link.csv",
            "0,6000,",
            "0,NaN,",
            "link.csv:2: column `length`: `NaN` is not usable; it should be a number of at least 0",
        ),
        ("link.csv", "0,6000,", "0,inf,", "`inf` is not usable"),
        ("link.csv", "0,6000,", "0,-6000,", "`-6000` is not usable"),
        ("link.csv", "0,6000,", "0,,", "link.csv:2: column `length`"),
        (
            "link.csv",
            "0,6000,",
            "both,6000,",
            "1 (one way) or 0 (both ways)",
        ),
        (
            "link.csv",
            ",primary\nme",
            "\nme",
            "link.csv:2: 5 fields, but the header has 6",
        ),
        (
            "link.csv",
            ",length,",
            ",laenge,",
            "there is no column `length`",
        ),
        (
            "node.csv",
            "mid,115.05",
            "west,115.05",
            "node.csv:3: the id `west` is already on line 2",
        ),
        (
            "node.csv",
            "mid,115.05",
            "mid,NaN",
            "node.csv:3: column `x_coord`: `NaN`",
        ),
        (
            "node.csv",
            "mid,115.05,0",
            "mid,0,115.05",
            "longitude and latitude seem exchanged",
        ),
        (
            "node.csv",
            "mid,115.05",
            "mid,515.05",
            "node.csv:3: column `x_coord`: `515.05`",
        ),
    ] {
        refused(&format!("network/{file}"), from, to, &[expected]);
    }
    refused(
        "profiles/pumper.toml",
        "\"60 km/h\"",
        "\"-60 km/h\"",
        &["pumper.toml: TOML parse error at line", "out of range"],
    );
    refused(
        "profiles/pumper.toml",
        "primary =",
        "secondary =",
        &["pumper.toml", "no speed for `primary`"],
    );
    refused(
        "scenario.toml",
        "access_speed",
        "band = \"noon\"\naccess_speed",
        &["pumper.toml", "no time band `noon`"],
    );
    refused(
        "scenario.toml",
        "access_speed",
        "close = [\"xx\"]\naccess_speed",
        &["network", "no link `xx` to close"],
    );
    refused(
        "boundary.geojson",
        "[[[114.9,-0.1],[115.2,-0.1],[115.2,0.1],[114.9,0.1],[114.9,-0.1]]]",
        "[]",
        &["boundary.geojson", "empty"],
    );
    refused(
        "stations.csv",
        ",50,",
        ",0,",
        &["stations.csv:2", "`engines`", "at least 1"],
    );
    refused(
        "incident_types.csv",
        "1:1",
        "200:1",
        &["incident_types.csv:2", "`engines`"],
    );
    refused(
        "hours.csv",
        "23,1",
        "22,1",
        &["hours.csv:25", "already on line 24"],
    );
}

/// ```text
/// west ---- mid ~|~ east     a river 111 m west of the village `e`, whose road ends 223 m before it
/// ```
#[test]
fn a_village_behind_a_river_is_refused_with_the_table_of_barriers() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let check = || {
        let run = brigade()
            .arg("check")
            .arg(county.join("scenario.toml"))
            .assert();
        let output = run.get_output().clone();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let nodes = fs::read_to_string(county.join("network/node.csv")).unwrap();
    fs::write(
        county.join("network/node.csv"),
        nodes.replace("east,115.10,0", "east,115.098,0"),
    )
    .unwrap();
    let (code, said) = check();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("barriers"), "{said}");

    let barriers = county.join("barriers.geojson");
    let river = r#"{"type":"LineString","coordinates":[[115.099,-1],[115.099,1]]}"#;
    fs::write(&barriers, river).unwrap();
    let (code, said) = check();
    assert_eq!(code, Some(2), "{said}");
    for part in [
        "demand.csv: the demand point `e`",
        "is 223 m from the nearest road",
        "but behind a barrier of ",
        "barriers.geojson; on its own side there is none within 5000 m",
        "`roads.demand_limit` allows 1000 m",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }

    // One that ends is no barrier, and is counted.
    fs::write(&barriers, river.replace("-1]", "0.5]")).unwrap();
    let (code, said) = check();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("barriers      1 line and 0 areas"), "{said}");

    fs::write(&barriers, r#"{"type":"Point","coordinates":[115,0]}"#).unwrap();
    let (code, said) = check();
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("barriers.geojson: feature 1: a Point is no barrier"),
        "{said}"
    );

    // A table that is named has to be there.
    fs::remove_file(&barriers).unwrap();
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    fs::write(
        county.join("scenario.toml"),
        scenario + "\n[tables]\nbarriers = \"rivers.geojson\"\n",
    )
    .unwrap();
    let (code, said) = check();
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("rivers.geojson: there is no such file"),
        "{said}"
    );
}

#[test]
fn a_missing_scenario_and_an_unknown_figure_name_what_would_be_right() {
    let run = brigade().args(["compare", "no-such.toml"]).assert().code(2);
    let error = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(
        error.contains("no-such.toml: there is no such file"),
        "{error}"
    );
    let run = brigade()
        .args(["compare", "--rank-by", "best"])
        .assert()
        .code(2);
    let error = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(error.contains("mean, median, p90"), "{error}");
}

/// A slip in the name of a scenario of the program shows which there are.
#[test]
fn a_name_that_is_no_scenario_shows_those_of_the_program() {
    brigade()
        .args(["compare", "wuhau"])
        .assert()
        .code(2)
        .stderr(contains("wuhau: there is no such file").and(contains("spring-festival")));
}

/// Each by a slip: an optional table under a name that nobody reads, and a candidate of a group of its own.
#[test]
fn what_is_given_and_takes_no_part_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let warned = || {
        let mut run = brigade();
        let run = run.arg("check").arg(county.join("scenario.toml"));
        let run = run.assert().success();
        let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
        // The lines are folded.
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(!warned().contains("is not read"));
    for name in ["hydrant.csv", "price.csv", "months.csv.bak", "towns2.csv"] {
        fs::write(county.join(name), "id\n").unwrap();
    }
    let candidates = county.join("candidates.csv");
    let text = fs::read_to_string(&candidates).unwrap();
    fs::write(&candidates, text.replace("115.10,0,new,", "115.10,0,nwe,")).unwrap();
    let said = warned();
    for words in [
        "hydrant.csv is not read: a table of this kind is called `hydrants.csv`",
        "price.csv is not read: a table of this kind is called `prices.csv`",
        "one candidate of the group `nwe` stands in no alternative",
        "did you mean the group `new`?",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(said.matches("is not read").count(), 2, "{said}");
}

/// A table as a spreadsheet may save it.
#[test]
fn a_table_parted_by_semicolons_and_a_workbook_are_told_from_a_faulty_one() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let towns = county.join("towns.csv");
    let text = fs::read_to_string(&towns).unwrap();
    for (content, said) in [
        (text.replace(',', ";").into_bytes(), "parted by semicolons"),
        (text.replace(',', "\t").into_bytes(), "parted by tabs"),
        (b"PK\x03\x04\x14\x00\xff\xfe".to_vec(), "this is a workbook"),
    ] {
        fs::write(&towns, content).unwrap();
        let mut run = brigade();
        let run = run.arg("check").arg(county.join("scenario.toml")).assert();
        run.code(2)
            .stderr(contains("towns.csv").and(contains(said)));
    }
}
