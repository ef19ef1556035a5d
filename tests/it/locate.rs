//! `brigade locate`: every model on a few sites worked out by hand, and every input that is wrong.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::small_county::brigade;

/// ```text
///            a (2)   b (1)   c (1.5)   d (1)
/// north       10      20       300      –
/// middle     150.5    20        20     400
/// south        –     310        30      40
/// ```
const TIMES: &str = "origin,destination,seconds\n\
                     north,a,10\nnorth,b,20\nnorth,c,300\nnorth,d,\n\
                     middle,a,150.5\nmiddle,b,20\nmiddle,c,20\nmiddle,d,400\n\
                     south,b,310\nsouth,c,30\nsouth,d,40\n";
const DEMAND: &str = "id,weight\na,2\nb,1\nc,1.5\nd,1\n";

fn folder(times: &str, demand: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("times.csv"), times).unwrap();
    fs::write(folder.path().join("demand.csv"), demand).unwrap();
    folder
}

fn locate(folder: &Path, options: &str) -> Command {
    let mut run = brigade();
    run.current_dir(folder)
        .args([
            "locate",
            "--travel-times",
            "times.csv",
            "--demand",
            "demand.csv",
        ])
        .args(options.split_whitespace());
    run
}

/// The answer.
fn answer(options: &str) -> Value {
    let folder = folder(TIMES, DEMAND);
    answer_in(folder.path(), options)
}

fn answer_in(folder: &Path, options: &str) -> Value {
    let run = locate(folder, options)
        .args(["--format", "json"])
        .assert()
        .success();
    serde_json::from_slice(&run.get_output().stdout).unwrap()
}

fn optimal(objective: &str, value: Value, sites: &[&str]) -> Value {
    json!({
        "format": 1,
        "status": "optimal",
        "objective": objective,
        "value": value,
        "bound": value,
        "gap": 0.0,
        "sites": sites,
    })
}

/// Sites north and south: 2 × 10 + 20 + 1.5 × 30 + 40 = 125; middle and south cost 301 at `a`
/// alone. One site: only middle reaches all, 301 + 20 + 30 + 400 = 751.
#[test]
fn p_median_weighs_the_time_to_the_nearest() {
    let two = answer("--objective p-median --p 2");
    assert_eq!(two, optimal("p-median", json!(125), &["north", "south"]));
    let one = answer("--objective p-median --p 1");
    assert_eq!(one, optimal("p-median", json!(751), &["middle"]));
}

/// With middle fixed: north and middle cost 20 + 20 + 30 + 400, middle and south 301 + 20 + 30 + 40.
#[test]
fn a_fixed_site_counts_among_p_and_a_forbidden_one_stays_out() {
    let fixed = answer("--objective p-median --p 2 --fixed middle");
    assert_eq!(fixed, optimal("p-median", json!(391), &["middle", "south"]));
    let forbidden = answer("--objective p-median --p 2 --forbid south");
    assert_eq!(
        forbidden,
        optimal("p-median", json!(470), &["north", "middle"])
    );
}

/// Within 30 s: north reaches a and b (3), middle b and c (2.5), south c (1.5), all three 4.5.
#[test]
fn mclp_counts_the_weight_within_the_threshold_and_at_it() {
    let one = answer("--objective mclp --p 1 --threshold 30");
    assert_eq!(one, optimal("mclp", json!(3), &["north"]));
    let two = answer("--objective mclp --p 2 --threshold 30 --forbid middle");
    assert_eq!(two, optimal("mclp", json!(4.5), &["north", "south"]));
    let less = answer("--objective mclp --p 2 --threshold 29.999 --forbid middle");
    assert_eq!(less["value"], json!(3));
}

#[test]
fn lscp_needs_two_sites_and_names_whom_none_reaches() {
    let all = answer("--objective lscp --threshold 40");
    assert_eq!(all, optimal("lscp", json!(2), &["north", "south"]));
    let mut some = answer("--objective lscp --threshold 20");
    assert_eq!(some["unreached"].take(), json!(["d"]));
    assert_eq!(some["value"], json!(2));
    assert_eq!(some["sites"], json!(["north", "middle"]));
}

/// North and south: 10, 20, 30, 40. Without the last tenth of 5.5 that stays; without a fifth, 1.1,
/// `d` is left behind: north and middle need 20.
#[test]
fn p_center_is_the_time_to_the_last() {
    let two = answer("--objective p-center --p 2");
    assert_eq!(two, optimal("p-center", json!(40), &["north", "south"]));
    let tenth = answer("--objective p-center --p 2 --aside 0.1");
    assert_eq!(tenth["value"], json!(40));
    let fifth = answer("--objective p-center --p 2 --aside 0.2");
    assert_eq!(fifth, optimal("p-center", json!(20), &["north", "middle"]));
    let one = answer("--objective p-center --p 1");
    assert_eq!(one["value"], json!(400));
}

/// Half of the time an engine is out. Within 30 s north reaches 3 and middle 2.5, of which b (1)
/// is the same: north twice 3 × 0.75 = 2.25, north and middle 2 × 0.5 + 0.75 + 1.5 × 0.5 = 2.5.
#[test]
fn mexclp_counts_engines_that_are_not_out() {
    // Of two that share a queue none, one or both are out a third of the time each: the second is
    // ready while the first is out in a sixth. North twice 3 × 2/3, north and middle
    // 2 × 0.5 + 2/3 + 1.5 × 0.5.
    let adjusted = answer("--objective mexclp --p 2 --threshold 30 --busy 0.5 --adjusted");
    assert_eq!(
        adjusted,
        optimal("mexclp", json!(2.416666667), &["north", "middle"])
    );
    let two = answer("--objective mexclp --p 2 --threshold 30 --busy 0.5");
    assert_eq!(two, optimal("mexclp", json!(2.5), &["north", "middle"]));
    let north = answer("--objective mexclp --p 2 --threshold 30 --busy 0.5 --forbid middle south");
    assert_eq!(north, optimal("mexclp", json!(2.25), &["north", "north"]));
}

#[test]
fn an_answer_that_is_not_there_has_a_reason() {
    let one = answer("--objective p-median --p 1 --forbid middle");
    assert_eq!(one["status"], "infeasible");
    assert_eq!((&one["value"], &one["bound"]), (&Value::Null, &Value::Null));
    assert!(
        one["reason"].as_str().unwrap().contains("so few sites"),
        "{one}"
    );
    let lost = answer("--objective p-center --p 1 --forbid middle south");
    assert_eq!(lost["unreached"], json!(["d"]));
    assert!(
        lost["reason"].as_str().unwrap().contains("the first is d"),
        "{lost}"
    );
}

#[test]
fn people_read_a_table() {
    let folder = folder(TIMES, DEMAND);
    locate(folder.path(), "--objective p-median --p 2 --language en")
        .assert()
        .success()
        .stdout(contains("optimal"))
        .stdout(contains("north, south"))
        .stdout(contains("125"));
}

#[test]
fn one_thread_and_two_give_the_same_answer() {
    let mut times = "origin,destination,seconds\n".to_owned();
    let mut demand = "id,weight\n".to_owned();
    for point in 0..200_u32 {
        demand += &format!("p{point},{}\n", point * 7 % 13 + 1);
        for site in 0..40_u32 {
            let east = (point * 37 % 100).abs_diff(site * 53 % 100);
            let north = (point * 71 % 89).abs_diff(site * 29 % 89);
            times += &format!("s{site},p{point},{}\n", east + north);
        }
    }
    let folder = folder(&times, &demand);
    for options in [
        "--objective p-median --p 6",
        "--objective mclp --p 6 --threshold 15",
        "--objective p-center --p 6",
    ] {
        let [one, two] =
            ["1", "2"].map(|n| answer_in(folder.path(), &format!("{options} --threads {n}")));
        assert_eq!(one, two);
        assert_eq!(one["status"], "optimal");
    }
}

/// What is wrong, with which options, tables, and words.
fn refused(options: &str, times: &str, demand: &str, words: &str) {
    let folder = folder(times, demand);
    locate(folder.path(), options)
        .assert()
        .code(2)
        .stderr(contains(words.to_owned()));
}

#[test]
fn options_that_do_not_fit_are_named() {
    for (options, words) in [
        (
            "--objective p-median",
            "--p is missing: p-median needs a number of sites",
        ),
        (
            "--objective mclp --p 1",
            "--threshold is missing: mclp needs a time in seconds",
        ),
        ("--objective lscp", "--threshold is missing: lscp needs"),
        (
            "--objective mexclp --p 1 --threshold 5",
            "--busy is missing: mexclp needs",
        ),
        (
            "--objective p-median --p 1 --threshold 5",
            "--threshold has no meaning for p-median",
        ),
        (
            "--objective mclp --p 1 --threshold 5 --busy 0.5",
            "--busy has no meaning for mclp",
        ),
        (
            "--objective mclp --p 1 --threshold fast",
            "--threshold fast: it should be a number",
        ),
        (
            "--objective mclp --p 1 --threshold=-1",
            "--threshold -1: it should be a number",
        ),
        (
            "--objective mexclp --p 1 --threshold 5 --busy 1",
            "--busy 1: it should be a share",
        ),
        (
            "--objective p-center --p 1 --aside NaN",
            "--aside NaN: it should be a share",
        ),
        (
            "--objective p-median --p 1 --time-limit=-1",
            "--time-limit -1: it should be",
        ),
        (
            "--objective p-median --p 4",
            "times.csv has 3 sites, of which 3 may be chosen",
        ),
        (
            "--objective p-median --p 3 --forbid north",
            "--p can be 2 at most",
        ),
        (
            "--objective p-median --p 1 --fixed north south",
            "2 sites are --fixed, which count",
        ),
        (
            "--objective p-median --p 2 --fixed north --forbid north",
            "the site north is given to both --fixed and --forbid",
        ),
        (
            "--objective p-median --p 2 --fixed nowhere",
            "--fixed nowhere: no origin of times.csv has this id; there are north, middle, south",
        ),
        ("--objective p-median --p 0", "0 is not in 1.."),
        (
            "--objective nearest --p 1",
            "possible values: p-median, p-center, mclp, lscp, mexclp",
        ),
    ] {
        refused(options, TIMES, DEMAND, words);
    }
}

#[test]
fn tables_that_do_not_fit_are_named_with_their_line() {
    let header = "origin,destination,seconds\n";
    for (rows, words) in [
        (
            "n,a,-5\n",
            "times.csv:2: column `seconds`: `-5` is not usable; it should be seconds",
        ),
        ("n,a,1\nn,b,soon\n", "times.csv:3: column `seconds`: `soon`"),
        ("n,a,NaN\n", "times.csv:2: column `seconds`: `NaN`"),
        ("n,a,5000000\n", "less than 49 days"),
        (
            "n,a,1\nn,b,2\nn,a,1\n",
            "times.csv:4: the pair n,a is already on an earlier line",
        ),
        (
            "n,x,1\n",
            "times.csv:2: column `destination`: `x` is not usable; it should be an id of demand.csv",
        ),
        (
            "n,a,1\n",
            "demand.csv:3: column `id`: `b` is not usable; it should be a destination of times.csv",
        ),
        (",a,1\n", "times.csv:2: column `origin`"),
        ("n,a\n", "times.csv:2: 2 fields, but the header has 3"),
        ("", "times.csv: the table has no rows"),
    ] {
        let options = "--objective p-median --p 1";
        refused(
            options,
            &format!("{header}{rows}"),
            "id,weight\na,1\nb,1\n",
            words,
        );
    }
    refused(
        "--objective p-median --p 1",
        "from,to,time\n",
        DEMAND,
        "Known are origin, destination, seconds",
    );
    for (demand, words) in [
        (
            "id,weight\na,many\n",
            "demand.csv:2: column `weight`: `many` is not usable",
        ),
        (
            "id,weight\na,-1\n",
            "demand.csv:2: column `weight`: `-1` is not usable; it should be a number of at least 0",
        ),
        ("id,weight\na,\n", "demand.csv:2: column `weight`"),
        (
            "id,weight\na,1\na,2\n",
            "demand.csv:3: the id `a` is already on line 2",
        ),
        ("id,weight\n", "demand.csv: the table has no rows"),
        ("id\na\n", "demand.csv: there is no column `weight`"),
    ] {
        refused("--objective p-median --p 1", TIMES, demand, words);
    }
}

#[test]
fn a_workbook_under_the_name_of_a_table_is_recognised() {
    let workbook = "PK\u{3}\u{4}\u{14}\0\u{6}\0,a\nb";
    let options = "--objective p-median --p 1";
    refused(options, workbook, DEMAND, "times.csv: this is a workbook");
    refused(options, TIMES, workbook, "demand.csv: this is a workbook");
}

#[test]
fn a_missing_file_is_named_with_its_neighbours() {
    let folder = folder(TIMES, DEMAND);
    fs::rename(
        folder.path().join("times.csv"),
        folder.path().join("time.csv"),
    )
    .unwrap();
    locate(folder.path(), "--objective p-median --p 1")
        .assert()
        .code(2)
        .stderr(contains(
            "times.csv: there is no such file; its folder has demand.csv, time.csv",
        ));
}

#[test]
fn a_table_with_a_byte_order_mark_columns_in_another_order_and_quotes_is_read() {
    let times = "\u{feff}seconds,destination,origin\r\n7,\"a, east\",安流\r\n";
    let folder = folder(times, "\u{feff}weight,id\r\n0.5,\"a, east\"\r\n");
    let answer = answer_in(folder.path(), "--objective p-median --p 1");
    assert_eq!(answer, optimal("p-median", json!(3.5), &["安流"]));
}

/// Two sites up, one down, so far apart that north and south are 20 km, the others 10.
const SITES: &str = "id,group,cost,lon,lat\nsouth,down,2,115,24.0\nmiddle,up,5.5,115,24.09\n\
                     north,up,3,115,24.18\n";

/// North with south comes to 20 + 20 + 45 + 40, middle with south to 301 + 20 + 30 + 40, north with
/// middle to 20 + 20 + 30 + 400, middle alone to 301 + 20 + 30 + 400.
#[test]
fn groups_budget_and_distance_are_kept() {
    let folder = folder(TIMES, DEMAND);
    fs::write(folder.path().join("sites.csv"), SITES).unwrap();
    let chosen = |options: &str| {
        let options = format!("--objective p-median --sites sites.csv {options}");
        let answer = answer_in(folder.path(), &options);
        (answer["value"].clone(), answer["sites"].clone())
    };
    let north_south = (json!(125), json!(["north", "south"]));
    let middle_south = (json!(391), json!(["middle", "south"]));
    assert_eq!(chosen("--budget 5"), north_south);
    assert_eq!(chosen("--p 2 --budget 5.0"), north_south);
    // Middle stands today: closing it saves what the two others cost.
    let kept = chosen("--budget 5.5 --fixed middle");
    assert_eq!(kept, (json!(751), json!(["middle"])));
    assert_eq!(chosen("--budget 5.5"), north_south);
    assert_eq!(chosen("--p 2 --choose up=1 --choose down=1"), north_south);
    assert_eq!(
        chosen("--p 2 --choose up=2"),
        (json!(470), json!(["north", "middle"]))
    );
    assert_eq!(
        chosen("--p 1 --budget 5.5"),
        (json!(751), json!(["middle"]))
    );
    assert_eq!(chosen("--p 2 --least-distance 15km"), north_south);
    fs::write(
        folder.path().join("sites.csv"),
        SITES.replace("24.18", "24.05"),
    )
    .unwrap();
    assert_eq!(chosen("--p 2 --least-distance 7km"), middle_south);
    let poor = answer_in(
        folder.path(),
        "--objective p-median --sites sites.csv --budget 4.9",
    );
    assert_eq!(poor["status"], "infeasible");
}

/// North has room for half of b besides a: the other half goes to south, 310 instead of 20 s away.
#[test]
fn no_site_serves_more_than_its_capacity() {
    let folder = folder(TIMES, DEMAND);
    let sites = "id,capacity\nnorth,2.5\nmiddle,0\nsouth,3\n";
    fs::write(folder.path().join("sites.csv"), sites).unwrap();
    let shared = answer_in(
        folder.path(),
        "--objective p-median --p 2 --sites sites.csv",
    );
    let mut expected = optimal("p-median", json!(125 + 145), &["north", "south"]);
    expected["loads"] = json!({"north": 2.5, "south": 3});
    assert_eq!(shared, expected);
    locate(
        folder.path(),
        "--objective p-median --p 2 --sites sites.csv --language en",
    )
    .assert()
    .success()
    .stdout(contains("served     north 2.5, south 3"));
    fs::write(
        folder.path().join("sites.csv"),
        sites.replace("2.5", "2.49"),
    )
    .unwrap();
    let full = answer_in(
        folder.path(),
        "--objective p-median --p 2 --sites sites.csv",
    );
    assert_eq!(full["status"], "infeasible");
    let reason = full["reason"].as_str().unwrap();
    assert!(reason.contains("has room for all"), "{reason}");
    // Within 30 s north reaches a and b, south c; d is out of reach.
    let reached = answer_in(
        folder.path(),
        "--objective mclp --threshold 30 --p 2 --sites sites.csv",
    );
    assert_eq!(reached["value"], json!(2.4 + 1.5));
}

#[test]
fn what_is_wrong_with_a_table_of_sites_is_said() {
    let folder = folder(TIMES, DEMAND);
    let refused = |options: &str, sites: &str, words: &str| {
        fs::write(folder.path().join("sites.csv"), sites).unwrap();
        let options = format!("--objective p-median {options}");
        locate(folder.path(), &options)
            .assert()
            .code(2)
            .stderr(contains(words.to_owned()));
    };
    let with = |options: &str| format!("--sites sites.csv {options}");
    refused("--p 1 --budget 5", SITES, "--budget needs --sites");
    for (options, words) in [
        (
            "--budget 1",
            "--budget 1 buys no site: the cheapest costs 2",
        ),
        (
            "--p 1 --choose west=1",
            "--choose west: sites.csv has no site in this group; there are down, up",
        ),
        (
            "--p 1 --choose down=2",
            "--choose down=2: the group has 1 sites",
        ),
        (
            "--p 2 --choose up=1 --choose up=2",
            "--choose up: the group is asked about twice",
        ),
        (
            "--p 1 --choose down",
            "--choose down: it should be a group and how many of it",
        ),
    ] {
        refused(&with(options), SITES, words);
    }
    for (sites, words) in [
        (
            "id,cost\nnorth,1\nmiddle,1\n",
            "the site `south` of the travel times has no row",
        ),
        (
            "id,cost\nnorth,1\nmiddle,1\nsouth,free\n",
            "sites.csv:4: column `cost`: `free`",
        ),
        (
            "id,cost\nnorth,1\nmiddle,1\neast,1\n",
            "sites.csv:4: column `id`: `east`",
        ),
        (
            "id,group\nnorth,a\nmiddle,a\nsouth,a\n",
            "--budget needs a column `cost`, and sites.csv has none",
        ),
    ] {
        refused(&with("--budget 5"), sites, words);
    }
    let bare = "id\nnorth\nmiddle\nsouth\n";
    refused(
        &with("--p 1 --least-distance 1km"),
        bare,
        "--least-distance needs columns `lon` and `lat`",
    );
    let room = "id,capacity\nnorth,1\nmiddle,1\nsouth,-1\n";
    refused(&with("--p 1"), room, "sites.csv:4: column `capacity`: `-1`");
    fs::write(folder.path().join("sites.csv"), room.replace('-', "")).unwrap();
    let counted = "--objective mexclp --busy 0.1 --p 1 --threshold 5 --sites sites.csv";
    (locate(folder.path(), counted).assert().code(2))
        .stderr(contains("sites.csv: column `capacity` has no meaning"));
}

/// From north a is worth 2 × 50 % and b 1 × 50 % within 20 s, c 1.5 × 40 % within 300: 2.1; from middle
/// 0.8 + 0.5 + 0.75; from south 0.6 + 0.4.
#[test]
fn credit_shrinks_with_time() {
    let chosen = answer("--objective mclp --p 1 --credit 300=40 --credit 20=50");
    assert_eq!(chosen["sites"], json!(["north"]));
    assert_eq!(chosen["value"], json!(2.1));
    assert_eq!(chosen["status"], "optimal");
}

/// Within 20 s north reaches a and b, middle b and c: 2 + 1 + 1.5, and half of b again.
#[test]
fn a_second_site_within_reach_counts_as_backup() {
    let chosen = answer("--objective mclp --p 2 --threshold 20 --backup 0.5");
    assert_eq!(chosen["sites"], json!(["north", "middle"]));
    assert_eq!(chosen["value"], json!(5));
}

#[test]
fn credit_and_backup_are_refused_where_they_have_no_meaning() {
    let folder = folder(TIMES, DEMAND);
    for (options, words) in [
        (
            "mclp --p 1 --credit 20",
            "--credit 20: it should be seconds and whole per cent",
        ),
        (
            "mclp --p 1 --credit 20=150",
            "--credit 20=150: it should be",
        ),
        (
            "mclp --p 1 --credit 20=10 --credit 30=50",
            "worth no more than every shorter span",
        ),
        (
            "p-median --p 1 --credit 20=50",
            "--credit has no meaning for p-median",
        ),
        (
            "lscp --threshold 20 --backup 0.5",
            "--backup has no meaning for lscp",
        ),
        (
            "mclp --p 1 --threshold 20 --backup 2",
            "--backup 2: it should be a share from 0 to 1",
        ),
    ] {
        locate(folder.path(), &format!("--objective {options}"))
            .assert()
            .code(2)
            .stderr(contains(words));
    }
}

/// One millionth of a millionth is something, and 29 of 100 are 0.29 of them.
#[test]
fn little_weights_count_and_shares_are_whole() {
    let folder = folder(
        "origin,destination,seconds\na,x,100\na,y,1000\nb,x,200\nb,y,300\n",
        "id,weight\nx,1000000\ny,0.00001\n",
    );
    let answer = answer_in(folder.path(), "--objective p-center --p 1");
    assert_eq!(
        (&answer["value"], &answer["sites"]),
        (&json!(300), &json!(["b"]))
    );
    let mut times = "origin,destination,seconds\n".to_owned();
    let mut demand = "id,weight\n".to_owned();
    for point in 0..100 {
        let seconds = if point < 29 { 900 } else { 60 };
        writeln!(times, "a,p{point},{seconds}").unwrap();
        writeln!(demand, "p{point},1").unwrap();
    }
    let folder = self::folder(&times, &demand);
    for (aside, value) in [("0.29", 60), ("0.28", 900)] {
        let options = format!("--objective p-center --p 1 --aside {aside}");
        let answer = answer_in(folder.path(), &options);
        assert_eq!(answer["value"], value, "{aside}");
    }
}

/// A sum that does not fit is refused, and does not wrap.
#[test]
fn a_sum_that_is_too_large_is_refused() {
    refused(
        "--objective p-median --p 1",
        "origin,destination,seconds\na,x,4000000\n",
        "id,weight\nx,17179869183\n",
        "all weights together times the largest cost are too much",
    );
}
