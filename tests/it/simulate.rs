//! One alternative in every detail, its events and its stories, on the county of `tests/it/compare.rs`,
//! where every figure can be worked out by hand; and what a scenario can say of stages and overload.

use std::fs;
use std::path::Path;

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county, takes_calls_from_a_list};

fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn simulate(county: &Path, more: &[&str]) -> Value {
    let out = county.join("out");
    brigade()
        .arg("simulate")
        .arg(county.join("scenario.toml"))
        .arg("--output")
        .arg(&out)
        .args(more)
        .assert()
        .success();
    serde_json::from_slice(&fs::read(out.join("simulation.json")).unwrap()).unwrap()
}

/// The old station has one engine, and every incident keeps it for so many minutes.
fn one_engine_at_work(county: &Path, minutes: u32) {
    replace(&county.join("stations.csv"), ",50,", ",1,");
    let types = county.join("incident_types.csv");
    replace(&types, "1 min,0 s", &format!("{minutes} min,0 s"));
}

/// The scenario is refused with these words.
fn refused(scenario: &Path, said: &str) {
    brigade()
        .arg("simulate")
        .arg(scenario)
        .assert()
        .code(2)
        .stderr(contains(said.to_owned()));
}

fn value(figure: &Value) -> f64 {
    figure["value"]
        .as_f64()
        .unwrap_or_else(|| panic!("no value: {figure}"))
}

/// The east has its own station, the west the old one: both reach their village in two minutes,
/// nobody is ever out.
#[test]
fn every_part_of_the_county_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let answer = simulate(&county, &["--alternative", "e"]);
    assert_eq!(answer["alternative"], "e");
    assert_eq!(value(&answer["county"]["mean_response_seconds"]), 120.0);
    assert_eq!(value(&answer["county"]["first_due_out"]), 0.0);
    assert_eq!(
        answer["county"]["mean_response_first_due_out_seconds"],
        Value::Null
    );
    let towns = answer["towns"].as_array().unwrap();
    let a_year: Vec<f64> = towns
        .iter()
        .map(|t| t["incidents_a_year"].as_f64().unwrap())
        .collect();
    // 100 and 300 a year in four replications of one year: standard deviations of 5 and 9.
    assert!(
        (a_year[0] - 100.0).abs() < 20.0 && (a_year[1] - 300.0).abs() < 36.0,
        "{a_year:?}"
    );
    let whole = answer["incidents"].as_u64().unwrap();
    assert_eq!(whole as f64, 4.0 * (a_year[0] + a_year[1]));
    // Hours and months share all incidents among them, and so do the stations.
    for parts in ["hours", "months", "types"] {
        let sum: f64 = answer[parts]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["incidents_a_year"].as_f64().unwrap())
            .sum();
        assert!((sum - whole as f64 / 4.0).abs() < 1e-9, "{parts}: {sum}");
    }
    let stations = answer["stations"].as_array().unwrap();
    let east = value(&stations[1]["first_arrivals"]);
    assert!((east - a_year[1] / (a_year[0] + a_year[1])).abs() < 1e-6);
    // Out for a minute of turnout and a minute at the scene, one of 50 engines.
    let busy = value(&stations[1]["busy_share"]);
    assert!(
        (busy - a_year[1] * 2.0 / 50.0 / 525_600.0).abs() < 1e-6,
        "{busy}"
    );
}

/// One engine in the east, at work for a day and a half: when it is out, the old station comes from
/// 10 km away, in 1 + 1 + 10 minutes instead of 2.
#[test]
fn a_town_whose_engine_is_out_gets_the_next_station() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    replace(
        &county.join("candidates.csv"),
        "new,50,assumed,where",
        "new,1,assumed,where",
    );
    replace(
        &county.join("incident_types.csv"),
        "1 min,0 s",
        "2160 min,0 s",
    );
    let answer = simulate(&county, &["--alternative", "e"]);
    let east = &answer["towns"][1];
    assert_eq!(value(&east["mean_response_first_due_ready_seconds"]), 120.0);
    assert_eq!(value(&east["mean_response_first_due_out_seconds"]), 720.0);
    let relief = east["relief"].as_array().unwrap();
    assert_eq!(relief.len(), 1);
    assert_eq!(
        [&relief[0]["station"], &relief[0]["share"]],
        [&Value::from("old"), &Value::from(1.0)]
    );
    // 300 calls a year, each taking 1.5 days: Erlang's B(1, 1.23) = 0.55 of them find it out.
    let out = value(&east["first_due_out"]);
    assert!((out - 0.55).abs() < 0.04, "{out}");
    // The longest response is one of those, and its story says where the engine was.
    let worst = &answer["worst"][0];
    assert_eq!(worst["response_seconds"], 720.0);
    brigade()
        .arg("explain")
        .arg(format!("{}:{}", worst["replication"], worst["number"]))
        .arg(county.join("scenario.toml"))
        .args(["--alternative", "e", "--language", "en"])
        .assert()
        .success()
        .stdout(
            contains("expected travel 0:00, 0 of 1 engine ready")
                .and(contains("engine 1 is at East village"))
                .and(contains("turnout 1:00, travel 10:00"))
                .and(contains("First engine after 12:00")),
        );
}

#[test]
fn an_overloaded_fleet_can_lose_calls() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    one_engine_at_work(&county, 2160);
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(
        &scenario,
        text + "\n[dispatch]\nwhen_none_is_ready = \"loss\"\n",
    )
    .unwrap();
    let answer = simulate(&county, &[]);
    // 400 calls a year of a day and a half: B(1, 1.64) = 0.62.
    let lost = value(&answer["county"]["lost"]);
    assert!((lost - 0.62).abs() < 0.04, "{lost}");
    assert_eq!(answer["worst"][0]["response_seconds"], Value::Null);
}

/// Travel times that are given replace those of the roads: 3 minutes to the west instead of none.
#[test]
fn known_travel_times_replace_those_of_the_roads() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    fs::write(
        county.join("times.csv"),
        "station,demand,seconds\nold,w,180\n",
    )
    .unwrap();
    let scenario = county.join("scenario.toml");
    replace(
        &scenario,
        "[horizon]",
        "[tables]\ntravel_times = \"times.csv\"\n\n[horizon]",
    );
    let answer = simulate(&county, &[]);
    assert_eq!(value(&answer["towns"][0]["mean_response_seconds"]), 300.0);
    assert_eq!(value(&answer["towns"][1]["mean_response_seconds"]), 720.0);
    fs::write(
        county.join("times.csv"),
        "station,demand,seconds\nnew,w,180\n",
    )
    .unwrap();
    refused(&scenario, "times.csv:2: column `station`: `new`");
    fs::write(
        county.join("times.csv"),
        "station,demand,seconds\nold,w,180\nold,e,60\nold,w,181\n",
    )
    .unwrap();
    refused(&scenario, "times.csv:4: the pair is already on line 2");
    fs::write(
        county.join("times.csv"),
        "station,demand,seconds\nold,w,1e12\n",
    )
    .unwrap();
    refused(&scenario, "times.csv:2: column `seconds`: `1e12`");
    fs::write(county.join("times.csv"), "station,demand,seconds\n").unwrap();
    refused(&scenario, "times.csv: the table has no rows");
    // As the column was called before.
    fs::write(county.join("times.csv"), "base,demand,seconds\nold,w,180\n").unwrap();
    assert_eq!(simulate(&county, &[]), answer);
    fs::write(
        county.join("times.csv"),
        "base,station,demand,seconds\nold,old,w,180\n",
    )
    .unwrap();
    refused(
        &scenario,
        "times.csv:1: `base` is the former name of the column",
    );
}

/// Every event of one replication is the same on any number of threads, and adds up.
#[test]
fn the_events_of_a_replication_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let logs: Vec<String> = ["1", "2"]
        .map(|threads| {
            let log = folder.path().join(format!("log-{threads}.jsonl"));
            let log_name = log.to_str().unwrap();
            simulate(
                &county,
                &[
                    "--threads",
                    threads,
                    "--trace",
                    log_name,
                    "--trace-replication",
                    "3",
                ],
            );
            fs::read_to_string(log).unwrap()
        })
        .into();
    assert_eq!(logs[0], logs[1]);
    let events: Vec<Value> = logs[0]
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let count = |event: &str| events.iter().filter(|e| e["event"] == event).count();
    let calls = count("call");
    assert!(calls > 300, "{calls}");
    for event in ["order", "dispatched", "left", "arrived", "cleared", "ready"] {
        assert_eq!(count(event), calls, "{event}");
    }
    let times: Vec<&str> = events.iter().map(|e| e["time"].as_str().unwrap()).collect();
    assert!(times.is_sorted());
    let table = folder.path().join("log.csv");
    simulate(&county, &["--trace", table.to_str().unwrap()]);
    let table = fs::read_to_string(table).unwrap();
    assert!(
        table
            .starts_with("\u{feff}time,event,incident,type,location,engines_needed,station,engine")
    );
}

#[test]
fn what_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let wrong = |more: &[&str], said: &str| {
        brigade()
            .args(["simulate", scenario.to_str().unwrap()])
            .args(more)
            .assert()
            .code(2)
            .stderr(contains(said.to_owned()));
    };
    wrong(
        &["--alternative", "x"],
        "no alternative `x`; the scenario has",
    );
    wrong(&["--trace", "log.txt"], "should end in .csv or .jsonl");
    let log = folder.path().join("log.csv");
    wrong(
        &["--trace", log.to_str().unwrap(), "--trace-replication", "4"],
        "the last replication is 3",
    );
    brigade()
        .args(["explain", "0:9999", scenario.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(contains("no 9999"));
    brigade()
        .args(["explain", "4:0", scenario.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(contains("4:0: ").and(contains("replications 0 to 3")));
    let original = fs::read_to_string(&scenario).unwrap();
    let turnout = "[stages.turnout]\nmean = \"60 s\"\nsd = \"0 s\"";
    for (stage, said) in [
        (
            "distribution = \"triangular\"\nlow = \"60 s\"\nmode = \"50 s\"\nhigh = \"70 s\"",
            "stages.turnout.mode",
        ),
        (
            "distribution = \"triangular\"\nlow = \"60 s\"",
            "`stages.turnout.mode`: it is missing",
        ),
        (
            "distribution = \"uniform\"\nmean = \"60 s\"\nsd = \"50 s\"",
            "stages.turnout.sd",
        ),
        (
            "distribution = \"gamma\"\nmean = \"60 s\"\nsd = \"5 s\"\nlow = \"1 s\"",
            "stages.turnout.low",
        ),
        ("distribution = \"empirical\"", "stages.turnout.file"),
        ("mean = \"60 s\"", "`stages.turnout.sd`: it is missing"),
        ("distribution = \"weibull\"\nmean = \"60 s\"", "weibull"),
    ] {
        let changed = original.replace(turnout, &format!("[stages.turnout]\n{stage}"));
        assert_ne!(changed, original);
        fs::write(&scenario, changed).unwrap();
        wrong(&[], said);
    }
    let observed = "[stages.turnout]\ndistribution = \"empirical\"\nfile = \"turnout.csv\"";
    fs::write(&scenario, original.replace(turnout, observed)).unwrap();
    fs::write(county.join("turnout.csv"), "seconds\n30\n90\n").unwrap();
    // 30 or 90 s of turnout, a minute of call handling: 90 or 150 s to the west.
    let answer = simulate(&county, &[]);
    let west = &answer["towns"][0];
    assert_eq!(value(&west["p90_response_seconds"]), 150.0);
    let mean = value(&west["mean_response_seconds"]);
    assert!((mean - 120.0).abs() < 8.0, "{mean}");
    fs::write(county.join("turnout.csv"), "seconds\n-1\n").unwrap();
    wrong(&[], "turnout.csv:2: column `seconds`");
}

#[test]
fn the_simulator_is_verified_from_the_command_line() {
    for (language, words) in [
        (
            "en",
            [
                "Erlang C: 5 engines, 3 erlangs",
                "(furthest of 48)",
                "fewer than 1 of 10000 runs",
            ],
        ),
        (
            "zh",
            [
                "爱尔朗 C：5 辆车，3 爱尔朗",
                "48 项中偏差最大",
                "10000 次运行中误报不到 1 次",
            ],
        ),
    ] {
        let output = brigade()
            .args(["verify", "--replications", "20", "--language", language])
            .assert()
            .success();
        let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        // A line that is too wide goes on behind a space.
        let unfolded = text.replace('\n', " ");
        for words in words {
            assert!(unfolded.contains(words), "{words}: {text}");
        }
    }
}

/// A neighbour who enters in the east and takes half an hour comes only when nobody else can: 30 min
/// of delay, a minute of call handling and one of turnout.
#[test]
fn neighbours_come_last() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    one_engine_at_work(&county, 1440);
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(&scenario, format!("{text}{}", neighbour("next"))).unwrap();
    let answer = simulate(&county, &[]);
    let east = &answer["towns"][1];
    assert_eq!(value(&east["mean_response_first_due_ready_seconds"]), 720.0);
    assert_eq!(
        value(&east["mean_response_first_due_out_seconds"]),
        32.0 * 60.0
    );
    let stations = answer["stations"].as_array().unwrap();
    assert_eq!(stations[1]["id"], "next");
    // 400 calls a year of a day each: B(1, 1.1) = 0.52 of them go to the neighbour.
    let aid = value(&stations[1]["first_arrivals"]);
    assert!((aid - 0.52).abs() < 0.04, "{aid}");
    // Who comes then is the second to be asked, and a neighbour.
    assert_eq!(value(&answer["county"]["aided"]), aid);
    assert_eq!(value(&answer["county"]["second_due"]), aid);
    assert_eq!(value(&answer["county"]["first_due_out"]), aid);
    let at_once = answer["others_at_once"].as_array().unwrap();
    let sum: f64 = at_once.iter().map(value).sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    // Most find the old station's engine out, and so another incident at least.
    assert!(value(&at_once[0]) < 1.0 - aid);
    fs::write(&scenario, format!("{text}{}", neighbour("old"))).unwrap();
    refused(&scenario, "mutual_aid[0].id");
}

/// Engines of a neighbour, enough of them, half an hour away.
fn neighbour(id: &str) -> String {
    format!(
        "\n[[mutual_aid]]\nid = \"{id}\"\nname = \"Next county\"\nlon = 115.10\nlat = 0.0\nengines = 20\n\
         delay = \"30 min\"\nbasis = \"assumed\"\nreason = \"test\"\n"
    )
}

/// The card sends the far station to the east although another is there; the west is not on it.
#[test]
fn a_running_card_comes_before_distance() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    replace(
        &scenario,
        "[horizon]",
        "[tables]\nrunning_card = \"card.csv\"\n\n[horizon]",
    );
    fs::write(county.join("card.csv"), "zone,order\nE,old e\n").unwrap();
    let answer = simulate(&county, &["--alternative", "e"]);
    assert_eq!(value(&answer["towns"][1]["mean_response_seconds"]), 720.0);
    assert_eq!(value(&answer["towns"][0]["mean_response_seconds"]), 120.0);
    for (card, said) in [
        ("E,old x", "card.csv:2: column `order`"),
        ("E,old old", "not `old` again"),
        ("X,old", "card.csv:2: column `zone`"),
    ] {
        fs::write(county.join("card.csv"), format!("zone,order\n{card}\n")).unwrap();
        refused(&scenario, said);
    }
}

/// A list of three calls instead of drawn ones: each replication has just these.
#[test]
fn a_list_of_incidents_is_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let original = fs::read_to_string(&scenario).unwrap();
    let tables = |key: &str| {
        original.replace(
            "[horizon]",
            &format!("[tables]\n{key} = \"list.csv\"\n\n[horizon]"),
        )
    };
    fs::write(&scenario, tables("incidents")).unwrap();
    let list = "time,demand_point,type,engines\n2027-01-01 08:00,w,fire,\n2027-01-01 08:10:30,e,fire,3\n\
                2027-12-31 23:59,e,fire,1\n";
    fs::write(county.join("list.csv"), list).unwrap();
    let log = folder.path().join("log.csv");
    let answer = simulate(&county, &["--trace", log.to_str().unwrap()]);
    assert_eq!(answer["incidents"], 12); // In four replications.
    let log = fs::read_to_string(log).unwrap();
    assert!(
        log.contains("2027-01-01 08:10:30,call,1,fire,e,3,,"),
        "{log}"
    );
    assert!(
        log.contains("2027-12-31 23:59:00,call,2,fire,e,1,,"),
        "{log}"
    );
    // However its rows are sorted.
    let (header, rows) = list.split_once('\n').unwrap();
    let backwards: Vec<&str> = rows.lines().rev().collect();
    let backwards = format!("{header}\n{}\n", backwards.join("\n"));
    fs::write(county.join("list.csv"), backwards).unwrap();
    assert_eq!(simulate(&county, &[]), answer);
    // As the column was called before.
    let former = list.replace("demand_point", "place");
    fs::write(county.join("list.csv"), former).unwrap();
    assert_eq!(simulate(&county, &[]), answer);
    fs::write(county.join("list.csv"), "time,place,demand_point,type\n").unwrap();
    refused(
        &scenario,
        "list.csv:1: `place` is the former name of the column",
    );
    // By position, besides the drawn ones.
    fs::write(
        county.join("list.csv"),
        "time,lon,lat,type\n2027-01-01 08:00,115.09,0.0,fire\n",
    )
    .unwrap();
    fs::write(&scenario, tables("extra_incidents")).unwrap();
    assert!(simulate(&county, &[])["incidents"].as_u64().unwrap() > 1_000);
    for (row, said) in [
        ("2027-01-01 08:00,w,smoke,1", "column `type`: `smoke`"),
        ("2027-01-01 08:00,x,fire,1", "column `demand_point`: `x`"),
        ("2026-12-31 08:00,w,fire,1", "column `time`"),
        ("2028-01-01 00:00,w,fire,1", "column `time`"),
        ("08:00,w,fire,1", "column `time`"),
        ("2027-01-01 08:00,w,fire,0", "column `engines`"),
    ] {
        fs::write(
            county.join("list.csv"),
            format!("time,demand_point,type,engines\n{row}\n"),
        )
        .unwrap();
        refused(&scenario, said);
    }
    fs::write(
        county.join("list.csv"),
        "time,lon,lat,type\n2027-01-01 08:00,100,0.0,fire\n",
    )
    .unwrap();
    refused(&scenario, "inside the county");
}

/// Twice as many on Mondays as on other days, none but in June: as many in all.
#[test]
fn weekdays_and_months_have_their_own_rates() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let weekdays: String = (1..=7)
        .map(|day| format!("{day},{}\n", if day == 1 { 8 } else { 1 }))
        .collect();
    fs::write(
        county.join("weekdays.csv"),
        format!("weekday,fire\n{weekdays}"),
    )
    .unwrap();
    let months: String = (1..=12)
        .map(|month| format!("{month},{}\n", u8::from(month == 6)))
        .collect();
    fs::write(county.join("months.csv"), format!("month,fire\n{months}")).unwrap();
    let log = folder.path().join("log.jsonl");
    let answer = simulate(&county, &["--trace", log.to_str().unwrap()]);
    let by_month: Vec<f64> = answer["months"]
        .as_array()
        .unwrap()
        .iter()
        .map(|month| month["incidents_a_year"].as_f64().unwrap())
        .collect();
    // June has 30 of 365 days at twelve times the rate: 394.5, standard error 10.
    assert!((by_month[5] - 394.5).abs() < 40.0, "{by_month:?}");
    assert_eq!(by_month.iter().sum::<f64>(), by_month[5]);
    // June 2027 has four Mondays, at eight times the rate of 26 other days: 32 of 58 calls.
    let log = fs::read_to_string(log).unwrap();
    let calls: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("\"call\""))
        .collect();
    let mondays = ["06-07", "06-14", "06-21", "06-28"];
    let on_mondays = calls
        .iter()
        .filter(|line| mondays.iter().any(|day| line.contains(day)))
        .count();
    let share = on_mondays as f64 / calls.len() as f64;
    assert!((share - 32.0 / 58.0).abs() < 0.1, "{share}");
    fs::write(county.join("months.csv"), "month,fire\n13,1\n").unwrap();
    refused(
        &county.join("scenario.toml"),
        "months.csv:2: column `month`: `13`",
    );
}

#[test]
fn a_queue_that_would_grow_for_ever_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    one_engine_at_work(&county, 2160);
    refused(
        &county.join("scenario.toml"),
        "1.7 engines would be out on average and there are 1",
    );
}

/// Incidents happen in two hours alike, 0 and 1 (see `hours.csv`); in the second the turnout takes
/// three minutes instead of one.
#[test]
fn a_night_shift_turns_out_later() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let hours: String = (0..24)
        .map(|hour| format!("{hour},{}\n", u8::from(hour < 2)))
        .collect();
    fs::write(county.join("hours.csv"), format!("hour,fire\n{hours}")).unwrap();
    // Orders are given a minute after the call: with none, they fall into the hour of the call.
    let scenario = county.join("scenario.toml");
    replace(
        &scenario,
        "[stages.call_handling]\nmean = \"60 s\"",
        "[stages.call_handling]\nmean = \"0 s\"",
    );
    let original = fs::read_to_string(&scenario).unwrap();
    let shift = |from: u8, to: u8, factor: &str| {
        format!(
            "[[stages.shift]]\nfrom = {from}\nto = {to}\nturnout_factor = {factor}\n\
             basis = \"assumed\"\nreason = \"test\"\n\n[roads]"
        )
    };
    fs::write(&scenario, original.replace("[roads]", &shift(1, 2, "3"))).unwrap();
    let answer = simulate(&county, &["--alternative", "e"]);
    let by_hour = answer["hours"].as_array().unwrap();
    assert_eq!(value(&by_hour[0]["mean_response_seconds"]), 60.0);
    assert_eq!(value(&by_hour[1]["mean_response_seconds"]), 180.0);
    // What is expected counts half of each.
    brigade()
        .arg("compare")
        .arg(&scenario)
        .arg("--output")
        .arg(county.join("out"))
        .assert()
        .success();
    let comparison = fs::read(county.join("out/comparison.json")).unwrap();
    let comparison: Value = serde_json::from_slice(&comparison).unwrap();
    let east = comparison["alternatives"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["id"] == "e")
        .unwrap();
    assert_eq!(east["expected"]["mean_response_seconds"], 120.0);
    for (from, to, factor, said) in [
        (24, 2, "2", "stages.shift[0].from"),
        (3, 3, "2", "stages.shift[0].to"),
        (0, 24, "2", "stages.shift[0].to"),
        (22, 6, "0", "stages.shift[0].turnout_factor"),
    ] {
        fs::write(
            &scenario,
            original.replace("[roads]", &shift(from, to, factor)),
        )
        .unwrap();
        refused(&scenario, said);
    }
}

/// What `benches/peers/run_response.py` compares with SimPy, which says 946 s with an interval of 2.2
/// s for 20 replications.
#[test]
fn the_county_of_the_peer_gives_the_peers_mean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    brigade()
        .arg("simulate")
        .arg(root.join("benches/peers/response/scenario.toml"))
        .args(["--replications", "20", "--output"])
        .arg(folder.path())
        .assert()
        .success();
    let answer = fs::read(folder.path().join("simulation.json")).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let mean = value(&answer["county"]["mean_response_seconds"]);
    assert!((mean - 946.4).abs() < 5.0, "{mean}");
}

/// The stress hour of the south: four calls, and the last one in 安流 finds its own engines out.
#[test]
fn the_stress_hour_of_the_south_is_told_call_by_call() {
    brigade()
        .args([
            "explain",
            "0:3",
            "mianyang-fire",
            "--alternative",
            "al-west+hc-cross",
        ])
        .args(["--language", "en"])
        .assert()
        .success()
        .stdout(
            contains("engines needed: 2")
                .and(contains("Anliu west fork: expected travel"))
                .and(contains("0 of 2 engines ready"))
                .and(contains("(incident 0) and back at 2027-02-06")),
        );
}

/// A stage of the scenario that always takes as long.
fn always(stage: &str, mean: &str) -> String {
    format!(
        "[stages.{stage}]\nmean = \"{mean}\"\nsd = \"0 s\"\nbasis = \"assumed\"\nreason = \"test\"\n\n\
         [roads]"
    )
}

/// Volunteers in the east leave after five minutes, or after twenty: then the old station, which is
/// there after 1 + 1 + 10 minutes, is sooner.
#[test]
fn crews_that_are_called_from_home_leave_later() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let candidates = county.join("candidates.csv");
    replace(&candidates, "engines,basis", "engines,crew,basis");
    replace(&candidates, "new,50,assumed,half", "new,50,,assumed,half");
    replace(
        &candidates,
        "new,50,assumed,wh",
        "new,50,volunteer,assumed,wh",
    );
    let scenario = county.join("scenario.toml");
    refused(
        &scenario,
        "`stages.turnout_volunteer`: it is missing, and `e`",
    );
    let original = fs::read_to_string(&scenario).unwrap();
    for (turnout, east) in [("5 min", 360.0), ("20 min", 720.0)] {
        let with = original.replace("[roads]", &always("turnout_volunteer", turnout));
        fs::write(&scenario, with).unwrap();
        let answer = simulate(&county, &["--alternative", "e"]);
        assert_eq!(value(&answer["towns"][1]["mean_response_seconds"]), east);
        assert_eq!(value(&answer["towns"][0]["mean_response_seconds"]), 120.0);
        let ranked = brigade()
            .args(["compare", scenario.to_str().unwrap(), "--output"])
            .arg(county.join("out"))
            .assert()
            .success();
        // Maps and coverage know the crews too: nothing is to be excused.
        ranked.stderr(contains("full-time").not());
        let comparison = fs::read(county.join("out/comparison.json")).unwrap();
        let comparison: Value = serde_json::from_slice(&comparison).unwrap();
        let alternatives = comparison["alternatives"].as_array().unwrap();
        let e = alternatives.iter().find(|a| a["id"] == "e").unwrap();
        // A quarter of the calls is in the west.
        let expected = 120.0 / 4.0 + east * 3.0 / 4.0;
        assert_eq!(e["expected"]["mean_response_seconds"], expected);
    }
    replace(&candidates, "volunteer", "retired");
    refused(&scenario, "candidates.csv:3: column `crew`: `retired`");
}

/// An engine is out for a minute of turnout, one at the scene and an hour of restocking.
#[test]
fn engines_are_restocked_before_they_stand_ready() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    replace(&scenario, "[roads]", &always("restocking", "1 h"));
    let log = folder.path().join("log.csv");
    let more = ["--alternative", "e", "--trace", log.to_str().unwrap()];
    let answer = simulate(&county, &more);
    let a_year = answer["towns"][1]["incidents_a_year"].as_f64().unwrap();
    let busy = value(&answer["stations"][1]["busy_share"]);
    let expected = a_year * 62.0 / 50.0 / 525_600.0;
    // What is still out when the year ends is not counted.
    assert!((busy - expected).abs() < expected / 50.0, "{busy}");
    let log = fs::read_to_string(log).unwrap();
    let count = |event: &str| log.lines().filter(|line| line.contains(event)).count();
    assert_eq!(count(",back,"), count(",ready,"));
    brigade()
        .args(["explain", "0:0", scenario.to_str().unwrap()])
        .args(["--alternative", "e", "--language", "en"])
        .assert()
        .success()
        .stdout(contains("return 0:00, restocking 60:00"));
    replace(
        &scenario,
        "[roads]",
        "[dispatch]\nredirect = true\n\n[roads]",
    );
    brigade()
        .args(["simulate", scenario.to_str().unwrap(), "--output"])
        .arg(folder.path().join("sent-on"))
        .args(["--alternative", "e", "--language", "en"])
        .assert()
        .success()
        .stderr(contains(
            "they are restocked once, after their last incident",
        ));
}

/// One call in the warm-up of 73 days and one after it: only the second counts, in 292 of 365 days.
#[test]
fn what_happens_while_the_engines_warm_up_is_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    replace(
        &county.join("candidates.csv"),
        "new,50,assumed,wh",
        "new,1,assumed,wh",
    );
    let types = county.join("incident_types.csv");
    replace(&types, "1 min,0 s", "1440 min,0 s");
    let scenario = county.join("scenario.toml");
    replace(
        &scenario,
        "replications = 4",
        "replications = 4\nwarm_up_days = 73",
    );
    takes_calls_from_a_list(&county);
    let list =
        "time,demand_point,type,engines\n2027-03-14 23:00,w,fire,1\n2027-03-15 00:00,e,fire,1\n";
    fs::write(county.join("list.csv"), list).unwrap();
    let answer = simulate(&county, &["--alternative", "e"]);
    assert_eq!(answer["incidents"], 4);
    assert_eq!(answer["towns"][0]["incidents_a_year"], 0.0);
    assert_eq!(answer["towns"][1]["incidents_a_year"], 1.25);
    // A minute of turnout and a day at the scene, of 292 days.
    let busy = value(&answer["stations"][1]["busy_share"]);
    assert!((busy - 1441.0 / (292.0 * 1440.0)).abs() < 1e-6, "{busy}");
    // The first call keeps one of 50 engines until 23:02 of the first day that counts.
    let busy = value(&answer["stations"][0]["busy_share"]);
    assert!(
        (busy - 1382.0 / (50.0 * 292.0 * 1440.0)).abs() < 1e-6,
        "{busy}"
    );
    replace(&scenario, "warm_up_days = 73", "warm_up_days = 365");
    refused(&scenario, "horizon.warm_up_days");
}

/// A festival whose date moves is named in a calendar: a thousand times as many calls on two days.
#[test]
fn moving_days_stand_in_a_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let festival = |name: &str| {
        format!(
            "[[special_day]]\nname = \"festival\"\ncalendar = \"{name}\"\nfactor = 1000\n\
             basis = \"assumed\"\nreason = \"test\"\n\n[roads]"
        )
    };
    let original = fs::read_to_string(&scenario).unwrap();
    let calendar = county.join("calendar.csv");
    fs::write(&scenario, original.replace("[roads]", &festival("清明"))).unwrap();
    refused(
        &scenario,
        "the calendar has no day `清明`; it has none at all",
    );
    let days = "date,name\n2027-02-06,春节\n2027-04-05,清明\n2027-11-05,清明\n2028-04-04,清明\n";
    fs::write(&calendar, days).unwrap();
    let answer = simulate(&county, &["--alternative", "e"]);
    let by_month = answer["months"].as_array().unwrap();
    let in_month = |month: usize| by_month[month]["incidents_a_year"].as_f64().unwrap();
    // 1.1 a day elsewhere; 1,096 on each of the two, standard error 17 over four replications.
    assert!(in_month(1) < 60.0, "{}", in_month(1));
    for month in [3, 10] {
        assert!(
            (in_month(month) - 1_127.0).abs() < 70.0,
            "{}",
            in_month(month)
        );
    }
    fs::write(&scenario, original.replace("[roads]", &festival("冬至"))).unwrap();
    refused(
        &scenario,
        "the calendar has no day `冬至`; it has 春节, 清明",
    );
    fs::write(&calendar, "date,name\nsoon,清明\n").unwrap();
    refused(&scenario, "calendar.csv:2: column `date`: `soon`");
}

#[test]
fn a_priority_is_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let types = county.join("incident_types.csv");
    replace(&types, "engines,", "engines,priority,");
    replace(&types, "1:1,", "1:1,first,");
    refused(
        &county.join("scenario.toml"),
        "incident_types.csv:2: column `priority`: `first`",
    );
}

/// How long water takes in the east: with a hydrant, and where there is none.
pub const WATER: &str = "[stages.water]\nhose_reach = \"150 m\"\nbasis = \"assumed\"\nreason = \"test\"\n\n\
    [stages.water.with_hydrant]\nmean = \"3 min\"\nsd = \"0 s\"\nbasis = \"assumed\"\nreason = \"test\"\n\n\
    [stages.water.without_hydrant]\nmean = \"8 min\"\nsd = \"0 s\"\nbasis = \"assumed\"\nreason = \"test\"\n\n\
    [roads]";

/// Both villages are reached in two minutes; the east has a hydrant 111 m off, the west none within
/// reach: water after 2 + 3 and 2 + 8 minutes, three fires to one.
#[test]
fn first_water_depends_on_a_hydrant_within_reach() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let without = simulate(&county, &["--alternative", "e"]);
    assert_eq!(without["county"]["first_water"], Value::Null);
    replace(&scenario, "[roads]", WATER);
    refused(&scenario, "`stages.water`: no type of incident needs water");
    let types = county.join("incident_types.csv");
    replace(&types, "engines,", "engines,needs_water,");
    replace(&types, "1:1,", "1:1,maybe,");
    refused(&scenario, "column `needs_water`: `maybe`");
    replace(&types, "maybe", "yes");
    let hydrants = county.join("hydrants.csv");
    fs::write(
        &hydrants,
        "id,lon,lat,basis\n1,115.101,0,assumed\n2,115.01,0,assumed\n",
    )
    .unwrap();
    let answer = simulate(&county, &["--alternative", "e"]);
    let water = |part: &Value, figure: &str| value(&part["first_water"][figure]);
    let towns = answer["towns"].as_array().unwrap();
    let of = |id: &str| towns.iter().find(|town| town["id"] == id).unwrap();
    for (town, minutes, at_hydrant) in [("E", 5.0, 1.0), ("W", 10.0, 0.0)] {
        assert_eq!(water(of(town), "mean_seconds"), minutes * 60.0);
        assert_eq!(water(of(town), "p90_seconds"), minutes * 60.0);
        assert_eq!(water(of(town), "mean_without_hydrants_seconds"), 600.0);
        assert_eq!(water(of(town), "at_hydrant"), at_hydrant);
    }
    let share = water(&answer["county"], "at_hydrant");
    assert!((share - 0.75).abs() < 0.05, "{share}");
    let mean = water(&answer["county"], "mean_seconds");
    assert!((mean - (share * 300.0 + (1.0 - share) * 600.0)).abs() < 1e-3);
    // The story of an incident says so as well.
    brigade()
        .args(["explain", "0:0", scenario.to_str().unwrap()])
        .args(["--alternative", "e", "--language", "en"])
        .assert()
        .success()
        .stdout(contains("First water after"));
    for (table, said) in [
        ("id,lon,lat,basis\n1,115.1,95,assumed\n", "hydrants.csv:2"),
        (
            "id,lon,lat,basis\n1,115.1,0,guess\n",
            "column `basis`: `guess`",
        ),
        (
            "id,lon,lat,basis\n1,115,0,assumed\n1,115,0,assumed\n",
            "hydrants.csv:3",
        ),
        ("id,lon,basis\n1,115,assumed\n", "`lat`"),
    ] {
        fs::write(&hydrants, table).unwrap();
        refused(&scenario, said);
    }
}

/// A run of ten years is counted in twenty batches: its figures have intervals, and it is said to be one
/// run. A year has 400 incidents with one replication and with batches.
#[test]
fn one_long_run_is_counted_in_batches() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    replace(&scenario, "years = 1", "years = 10");
    replace(&scenario, "replications = 4", "replications = 1");
    let whole = simulate(&county, &[]);
    assert!(
        whole["county"]["mean_response_seconds"]
            .get("low")
            .is_none_or(Value::is_null)
    );
    replace(&scenario, "years = 10", "years = 10\nbatches = 20");
    let cut = simulate(&county, &[]);
    let mean = |answer: &Value| value(&answer["county"]["mean_response_seconds"]);
    assert_eq!(mean(&whole), mean(&cut));
    let [low, high] =
        ["low", "high"].map(|end| cut["county"]["mean_response_seconds"][end].as_f64());
    assert!(low.unwrap() < mean(&cut) && mean(&cut) < high.unwrap());
    for figure in ["incidents_a_year", "id"] {
        assert_eq!(whole["county"][figure], cut["county"][figure]);
    }
    let busy = |answer: &Value| value(&answer["stations"][0]["busy_share"]);
    assert!((busy(&whole) / busy(&cut) - 1.0).abs() < 1e-9);
    brigade()
        .arg("simulate")
        .arg(&scenario)
        .args(["--language", "en", "--output"])
        .arg(county.join("out"))
        .assert()
        .success()
        .stdout(contains("one run of 10 years in 20 batches"));
    brigade()
        .arg("simulate")
        .arg(&scenario)
        .args(["--replications", "3"])
        .assert()
        .code(2)
        .stderr(contains(
            "counts one long run in batches (`horizon.batches`)",
        ));
    replace(&scenario, "batches = 20", "batches = 1");
    refused(&scenario, "`horizon.batches`: it should be from 2 to 3653");
    replace(&scenario, "batches = 1", "batches = 2");
    replace(&scenario, "replications = 1", "replications = 4");
    refused(
        &scenario,
        "`horizon.replications`: batches are parts of one long run; it should be 1",
    );
}

/// Every fire needs a pumper and a tender; the east's site has pumpers alone. In the west both are there
/// after 2 minutes and the tender gives water 5 later, before a relay would at 10. In the east the
/// tender comes from the west after 12, and a relay is sooner.
#[test]
fn a_tender_brings_water_where_no_hydrant_is() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    for table in ["stations.csv", "candidates.csv"] {
        replace(&county.join(table), "engines,", "engines,apparatus,");
    }
    let stations = county.join("stations.csv");
    replace(&stations, ",50,", ",50,pumper:25 tender:25,");
    let candidates = county.join("candidates.csv");
    for site in ["half", "where"] {
        let from = format!("new,50,assumed,{site}");
        replace(
            &candidates,
            &from,
            &format!("new,50,pumper:50,assumed,{site}"),
        );
    }
    let types = county.join("incident_types.csv");
    replace(&types, "engines,", "engines,needs_water,");
    replace(&types, "1:1,", "1:1,yes,");
    let severities = "type,share,needs,on_scene_mean,on_scene_sd,basis\n\
                      fire,1,pumper:1 tender:1,1 min,0 s,assumed\n";
    fs::write(county.join("severities.csv"), severities).unwrap();
    let tender = "tender = \"tender\"\n\n[stages.water.with_tender]\nmean = \"5 min\"\nsd = \"0 s\"\n\
                  basis = \"assumed\"\nreason = \"test\"\n\n[stages.water.with_hydrant]";
    replace(
        &scenario,
        "[roads]",
        &WATER.replace("[stages.water.with_hydrant]", tender),
    );
    let answer = simulate(&county, &["--alternative", "e"]);
    let towns = answer["towns"].as_array().unwrap();
    for (id, minutes) in [("W", 2.0 + 5.0), ("E", 2.0 + 8.0)] {
        let town = towns.iter().find(|town| town["id"] == id).unwrap();
        let mean = value(&town["first_water"]["mean_seconds"]);
        assert_eq!(mean, minutes * 60.0, "{id}");
    }
    let told = |incident: &str| {
        let mut command = brigade();
        command.args(["explain", incident, scenario.to_str().unwrap()]);
        command.args(["--alternative", "e", "--language", "en"]);
        let told = command.assert().success();
        let text = String::from_utf8(told.get_output().stdout.clone()).unwrap();
        // As one line, wherever it was folded.
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let western = (0..50).map(|number| told(&format!("0:{number}")));
    let western = western
        .into_iter()
        .find(|told| told.contains("West village"));
    assert!(western.unwrap().contains(
        "First water after 7:00 from the call, 5:00 after arrival: no hydrant is within reach, \
         water comes from a tender."
    ));

    replace(&scenario, "tender = \"tender\"", "tender = \"tanker\"");
    refused(
        &scenario,
        "`stages.water.tender`: no station or site has the apparatus `tanker`; the column \
         `apparatus` names pumper, tender",
    );
    replace(&scenario, "tender = \"tanker\"\n", "");
    refused(&scenario, "`stages.water.tender`: it is missing");
}

/// The old station in the west has pumpers and two ladders, the new one in the east ladders: who has to
/// have what decides who comes from where.
#[test]
fn the_apparatus_decides_who_comes() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let severities = county.join("severities.csv");
    let header = "type,share,needs,on_scene_mean,on_scene_sd,basis\n";
    let write = |rows: &str| fs::write(&severities, format!("{header}{rows}")).unwrap();
    for table in ["stations.csv", "candidates.csv"] {
        replace(&county.join(table), "engines,", "engines,apparatus,");
    }
    replace(&county.join("stations.csv"), ",50,", ",50,pumper:50,");
    replace(
        &county.join("candidates.csv"),
        "new,50,assumed,half",
        "new,50,ladder:50,assumed,half",
    );
    replace(
        &county.join("candidates.csv"),
        "new,50,assumed,where",
        "new,50,ladder:50,assumed,where",
    );
    write("fire,1,ladder:1,1 min,0 s,assumed\n");
    // The existing station alone has no ladder: nobody ever comes.
    brigade()
        .args(["check", scenario.to_str().unwrap()])
        .assert()
        .success()
        .stdout(
            contains("ladder:1")
                .and(contains("`baseline`"))
                .and(contains("pumper:50")),
        );
    let answer = simulate(&county, &[]);
    assert_eq!(value(&answer["county"]["lost"]), 1.0);
    replace(
        &county.join("stations.csv"),
        ",50,pumper:50,",
        ",52,pumper:50 ladder:2,",
    );
    // Now the west has ladders, too; when they are out, one of the east comes.
    let answer = simulate(&county, &["--alternative", "e"]);
    let mean = value(&answer["county"]["mean_response_seconds"]);
    assert!((120.0..122.0).contains(&mean), "{mean}");
    write("fire,0.5,ladder:2,1 min,0 s,assumed\nfire,0.5,ladder:1 pumper:1,30 min,0 s,assumed\n");
    let answer = simulate(&county, &["--alternative", "e"]);
    let towns = answer["towns"].as_array().unwrap();
    let of = |id: &str| towns.iter().find(|town| town["id"] == id).unwrap();
    // In the east two ladders are there after 2 minutes, or one and a pumper of the west after 12.
    let east = value(&of("E")["mean_full_assignment_seconds"]);
    assert!((east - 420.0).abs() < 40.0, "{east}");
    // The west has both, and seldom has to ask the east for a ladder.
    let west = value(&of("W")["mean_full_assignment_seconds"]);
    assert!((120.0..140.0).contains(&west), "{west}");
    brigade()
        .args(["explain", "0:0", scenario.to_str().unwrap()])
        .args(["--alternative", "e", "--language", "en"])
        .assert()
        .success()
        .stdout(contains("of them ladder").and(contains("(ladder) of")));
    for (rows, said) in [
        (
            "fire,0,ladder:1,1 min,0 s,assumed\n",
            "the shares of `fire` sum to 0;",
        ),
        (
            "fire,0.5,ladder:1,1 min,0 s,assumed\n",
            "the shares of `fire` sum to 0.5",
        ),
        (
            "flood,1,ladder:1,1 min,0 s,assumed\n",
            "severities.csv:2: column `type`: `flood`",
        ),
        (
            "fire,1,ladder,1 min,0 s,assumed\n",
            "severities.csv:2: column `needs`: `ladder`",
        ),
        (
            "fire,1,,1 min,0 s,assumed\n",
            "severities.csv:2: column `needs`",
        ),
        (
            "fire,1,a:1 b:1 c:1 d:1,1 min,0 s,assumed\n",
            "6 apparatus are told apart",
        ),
    ] {
        write(rows);
        refused(&scenario, said);
    }
    fs::remove_file(&severities).unwrap();
    replace(
        &county.join("stations.csv"),
        "pumper:50 ladder:2",
        "pumper:50",
    );
    refused(&scenario, "stations.csv:2: column `apparatus`: `pumper:50`");
}

/// An incident that needs seven people takes two engines of six, though one would do.
#[test]
fn as_many_engines_go_as_bring_the_people_who_are_needed() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let severities = county.join("severities.csv");
    let header = "type,share,needs,people,on_scene_mean,on_scene_sd,basis\n";
    let write = |rows: &str| fs::write(&severities, format!("{header}{rows}")).unwrap();
    let needs = |people: &str| {
        write(&format!("fire,1,any:1,{people},1 min,0 s,assumed\n"));
    };
    needs("7");
    refused(
        &scenario,
        "`dispatch.people_per_engine`: severities.csv says how many people",
    );
    let keyed = |each: u32| format!("[dispatch]\npeople_per_engine = {each}\n\n[roads]");
    replace(&scenario, "[roads]", &keyed(6));
    let trace = |rows: usize| {
        let file = folder.path().join("trace.csv");
        let traced = ["--trace", file.to_str().unwrap()];
        let answer = simulate(&county, &[&["--alternative", "e"], &traced[..]].concat());
        let events = fs::read_to_string(file).unwrap();
        let sent = events
            .lines()
            .filter(|line| line.contains(",dispatched,"))
            .count();
        let calls = events
            .lines()
            .filter(|line| line.contains(",call,"))
            .count();
        assert!(calls > 0);
        assert_eq!(sent, rows * calls, "{answer}");
    };
    trace(2);
    needs("6");
    trace(1);
    needs("13");
    trace(3);
    needs("");
    refused(&scenario, "`dispatch.people_per_engine`: it has no meaning");
    needs("601");
    refused(
        &scenario,
        "an incident of type `fire` needs 601 people, more than 100 engines",
    );
    needs("many");
    refused(&scenario, "severities.csv:2: column `people`: `many`");
    needs("7");
    replace(&scenario, "people_per_engine = 6", "people_per_engine = 0");
    refused(
        &scenario,
        "`dispatch.people_per_engine`: it should be at least 1",
    );
}

/// One engine in the west for both villages, ten minutes apart, always wanted: sent from its way back it
/// saves turnout and road, and is out for less. On any number of threads the same.
#[test]
fn engines_are_redirected_on_their_way_back_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    one_engine_at_work(&county, 300);
    let usual = simulate(&county, &[]);
    replace(
        &scenario,
        "[roads]",
        "[dispatch]\nredirect = true\n\n[roads]",
    );
    let redirected = simulate(&county, &[]);
    assert_eq!(usual["incidents"], redirected["incidents"]);
    for figure in ["mean_response_seconds", "waited"] {
        let [before, after] = [&usual, &redirected].map(|a| value(&a["county"][figure]));
        assert!(after < before, "{figure}: {before} {after}");
    }
    let busy = |answer: &Value| value(&answer["stations"][0]["busy_share"]);
    assert!(busy(&redirected) < busy(&usual));
    assert_eq!(redirected, simulate(&county, &["--threads", "1"]));
    // Somewhere in the log an engine is redirected, and its story says so.
    let log = county.join("events.csv");
    let trace = ["--trace", log.to_str().unwrap()];
    simulate(&county, &trace);
    let log = fs::read_to_string(&log).unwrap();
    let event = log.lines().find(|line| line.contains(",redirected,"));
    let header: Vec<&str> = log.lines().next().unwrap().split(',').collect();
    let incident = header
        .iter()
        .position(|column| *column == "incident")
        .unwrap();
    let incident = event.unwrap().split(',').nth(incident).unwrap();
    brigade()
        .args([
            "explain",
            &format!("0:{incident}"),
            scenario.to_str().unwrap(),
        ])
        .args(["--language", "en"])
        .assert()
        .success()
        .stdout(contains("diverted on its way back at"));
}

/// At night the roads are driven at half the speed: the west is reached after 1 + 1 minutes and no road,
/// the east, 10 km off, after 12 by day and 22 by night.
#[test]
fn each_hour_is_driven_by_its_time_band() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let profile = county.join("profiles/pumper.toml");
    let bands = "[band]\nday = { factor = 1.0, basis = \"assumed\", reason = \"test\" }\n\
                 night = { factor = 0.5, basis = \"assumed\", reason = \"test\" }\n\n[delay]";
    replace(&profile, "[delay]", bands);
    let hours = |from: &str, to: &str, band: &str| {
        format!(
            "[[roads.hours]]\nfrom = {from}\nto = {to}\nband = \"{band}\"\nbasis = \"assumed\"\n\
             reason = \"test\"\n"
        )
    };
    let original = fs::read_to_string(&scenario).unwrap();
    let write = |more: &str| fs::write(&scenario, format!("{original}\n{more}")).unwrap();
    write(&hours("22", "6", "night"));
    let answer = simulate(&county, &[]);
    let towns = answer["towns"].as_array().unwrap();
    let of = |id: &str| towns.iter().find(|town| town["id"] == id).unwrap();
    assert_eq!(value(&of("W")["mean_response_seconds"]), 120.0);
    // All hours are alike in calls: 8 of 24 are night.
    let east = value(&of("E")["mean_response_seconds"]) / 60.0;
    assert!(
        (east - (16.0 * 12.0 + 8.0 * 22.0) / 24.0).abs() < 0.3,
        "{east}"
    );
    for (hour, minutes) in [(0, 22.0), (5, 22.0), (6, 12.0), (21, 12.0), (22, 22.0)] {
        let p90 = &answer["hours"][hour]["p90_response_seconds"];
        assert_eq!(value(p90), minutes * 60.0, "hour {hour}");
    }
    for (more, said) in [
        (
            hours("22", "6", "dusk"),
            "there is no time band `dusk`; the file has day, night",
        ),
        (
            hours("24", "6", "night"),
            "`roads.hours[0].from`: it should be an hour",
        ),
        (
            hours("6", "6", "night"),
            "`roads.hours[0].to`: it should be another hour",
        ),
        (
            hours("0", "6", "night") + &hours("5", "7", "day"),
            "`roads.hours[1].from`: no hour should be named twice",
        ),
    ] {
        write(&more);
        refused(&scenario, said);
    }
}
