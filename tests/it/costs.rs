//! Costs beside gains, in `compare` and `optimize`, worked out by hand on the small county.

use std::fs;
use std::path::Path;

use predicates::str::contains;
use serde_json::Value;

use crate::small_county::{brigade, small_county};

/// Without interest, so that a year's share of an investment is the whole divided by its life.
const PRICES: &str = "item,unit,value,life_years,basis,reason\n\
    land,yuan_per_m2,50,,assumed,test\n\
    building,yuan_per_m2,1000,50,assumed,test\n\
    engine,yuan,200000,10,assumed,test\n\
    equipment,yuan_per_person,1000,5,assumed,test\n\
    crew_full_time,yuan_per_person_year,50000,,assumed,test\n\
    upkeep_station,yuan_per_year,5000,,assumed,test\n\
    upkeep_engine,yuan_per_year,1000,,assumed,test\n\
    discount_rate,per_year,0,,assumed,test\n\
    period,years,10,,assumed,test\n";

/// Two people whatever the engines, 10 m² of land, 100 m² of building.
const CLASSES: &str = "class,name,engines,people,people_per_further_engine,land_m2,building_m2,\
    basis,reason\nI,one,1,2,0,10,100,assumed,test\n";

/// A year of a brigade with so many engines: 100,000 yuan of building over 50 years, 2,000 of
/// equipment over 5, an engine over 10, two people, the station; land lasts.
fn a_year(engines: f64) -> f64 {
    2_000.0 + 400.0 + engines * 20_000.0 + 100_000.0 + 5_000.0 + engines * 1_000.0
}

pub fn with_prices(county: &Path) {
    fs::write(county.join("prices.csv"), PRICES).unwrap();
    fs::write(county.join("brigade_classes.csv"), CLASSES).unwrap();
}

/// The answer in a file, and what was printed.
fn run(county: &Path, command: &str, file: &str, more: &[&str]) -> (Value, String) {
    let out = county.join("out");
    let run = brigade()
        .arg(command)
        .arg(county.join("scenario.toml"))
        .arg("--output")
        .arg(&out)
        .args(more)
        .assert()
        .success();
    let answer = serde_json::from_slice(&fs::read(out.join(file)).unwrap()).unwrap();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    (answer, printed)
}

#[test]
fn every_alternative_says_what_it_costs_and_what_is_got_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let (without, printed) = run(&county, "compare", "comparison.json", &["--language", "en"]);
    assert_eq!(without["alternatives"][0]["cost"], Value::Null);
    assert!(!printed.contains("investment"));
    with_prices(&county);
    let (answer, printed) = run(&county, "compare", "comparison.json", &["--language", "en"]);
    let alternatives = answer["alternatives"].as_array().unwrap();
    let of = |id: &str| alternatives.iter().find(|a| a["id"] == id).unwrap();
    // East has 50 engines and brings its 3,000 residents within 7 minutes of the call.
    let cost = &of("e")["cost"];
    assert_eq!(
        cost["investment_yuan"],
        500.0 + 100_000.0 + 50.0 * 200_000.0 + 2_000.0
    );
    assert_eq!(cost["yearly_yuan"], 100_000.0 + 5_000.0 + 50_000.0);
    assert_eq!(cost["yuan_a_year"], a_year(50.0));
    assert_eq!(cost["present_value_yuan"], 10.0 * a_year(50.0));
    assert_eq!(cost["residents_newly_covered"]["r7"], 3000.0);
    assert_eq!(
        cost["yuan_a_year_per_resident"]["r7"],
        a_year(50.0) / 3000.0
    );
    let gained = -of("e")["difference_from_baseline"]["mean_response_seconds"]["value"]
        .as_f64()
        .unwrap();
    let per_minute = cost["yuan_a_year_per_minute"].as_f64().unwrap();
    assert!((per_minute * gained / 60.0 - a_year(50.0)).abs() < 1.0);
    // What stands today gains nobody anything.
    let baseline = &of("baseline")["cost"];
    assert_eq!(baseline["residents_newly_covered"]["t4"], 0.0);
    assert_eq!(baseline["yuan_a_year_per_resident"]["t4"], Value::Null);
    assert_eq!(baseline["yuan_a_year_per_minute"], Value::Null);
    assert_eq!(of("baseline")["cost"]["yuan_a_year"], 0.0);
    assert_eq!(answer["price_basis"].as_array().unwrap().len(), 10);
    assert!(
        printed.contains("investment") && printed.contains("115.7"),
        "{printed}"
    );
    let table = fs::read_to_string(county.join("out/alternatives.csv")).unwrap();
    assert!(table.contains(",investment_yuan,yearly_yuan,yuan_a_year,"));
    assert!(
        table.contains(",10102500,155000,1157400,11574000,"),
        "{table}"
    );
}

/// The engine costs from 100,000 to 300,000 yuan, and a person from 40,000 to 90,000 a year; the other prices are
/// sure. With 50 engines and two people that is from 520,000 yuan a year less to 580,000 more.
#[test]
fn costs_have_a_range_where_prices_have_one() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    with_prices(&county);
    let rows = PRICES.lines().map(|line| {
        let (item, rest) = line.split_once(',').unwrap();
        let [unit, value, rest] = rest.splitn(3, ',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let range = match item {
            "item" => "low,high",
            "engine" => "100000,300000",
            "crew_full_time" => "40000,90000",
            _ => ",",
        };
        format!("{item},{unit},{value},{range},{rest}\n")
    });
    fs::write(county.join("prices.csv"), rows.collect::<String>()).unwrap();
    let (answer, printed) = run(&county, "compare", "comparison.json", &["--language", "en"]);
    let alternatives = answer["alternatives"].as_array().unwrap();
    let cost = &alternatives.iter().find(|a| a["id"] == "e").unwrap()["cost"];
    assert_eq!(cost["yuan_a_year"], a_year(50.0));
    let [low, high] = [520_000.0, -580_000.0].map(|less| a_year(50.0) - less);
    assert_eq!(cost["range"]["yuan_a_year"][0], low);
    assert_eq!(cost["range"]["yuan_a_year"][1], high);
    let investment = cost["investment_yuan"].as_f64().unwrap();
    assert_eq!(cost["range"]["investment_yuan"][0], investment - 5e6);
    assert_eq!(cost["range"]["investment_yuan"][1], investment + 5e6);
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "An annual cost of 115.7 (10,000 yuan) is 63.7 with every price at its lowest and 173.7 with every \
                price at its highest.";
    assert!(printed.contains(said), "{printed}");
    let table = fs::read_to_string(county.join("out/alternatives.csv")).unwrap();
    assert!(table.contains(",yuan_a_year,yuan_a_year_low,yuan_a_year_high,"));
    assert!(table.contains(",1157400,637400,1737400,"), "{table}");
    let page = fs::read_to_string(county.join("out/report.html")).unwrap();
    assert!(page.contains("200000 (100000 to 300000) yuan") && page.contains(said));
    // A range that does not hold the value is damage.
    let file = county.join("out/comparison.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("637400", "1637400")).unwrap();
    let mut report = brigade();
    report.arg("report").arg(county.join("out"));
    report
        .arg("--force")
        .assert()
        .code(2)
        .stderr(contains("range.yuan_a_year"));
}

/// Junctions of main roads stand only where roads meet: one at the middle, one in the east.
fn junctions(county: &Path) {
    let write = |name: &str, text: &str| fs::write(county.join(name), text).unwrap();
    write(
        "network/node.csv",
        "node_id,x_coord,y_coord\nwest,115.00,0\nm,115.05,0\ne,115.09,0\neast,115.10,0\n\
         m1,115.05,0.009\ne1,115.09,0.009\n",
    );
    write(
        "network/link.csv",
        "link_id,from_node_id,to_node_id,directed,length,facility_type\n1,west,m,0,5000,primary\n\
         2,m,e,0,4000,primary\n3,e,east,0,1000,primary\n4,m,m1,0,1000,primary\n\
         5,e,e1,0,1000,primary\n",
    );
}

/// Today 2 minutes in the west and 12 in the east, so 9.5 on average and a quarter of the residents
/// within 7; one brigade at e: 3 minutes in the east, 2.75 on average, everybody within.
#[test]
fn the_frontier_sets_cost_against_what_it_buys() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    junctions(&county);
    with_prices(&county);
    let options = [
        "--within",
        "E",
        "--engines",
        "1",
        "--simulate",
        "0",
        "--language",
        "en",
    ];
    let (answer, printed) = run(&county, "optimize", "optimization.json", &options);
    let answer = &answer["frontier"];
    let steps = answer["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 3); // None, one, and as many as there are junctions.
    let mean = |step: usize| {
        steps[step]["by_mean"]["mean_response_seconds"]
            .as_f64()
            .unwrap()
    };
    let share = |step: usize| steps[step]["by_coverage"]["share_within"].as_f64().unwrap();
    assert_eq!([mean(0), mean(1), mean(2)], [570.0, 165.0, 165.0]);
    assert_eq!([share(0), share(1), share(2)], [0.25, 1.0, 1.0]);
    assert_eq!(answer["standard"], "r7");
    assert_eq!(steps[1]["by_mean"]["sites"][0]["id"], "j-e");
    assert_eq!(steps[1]["by_mean"]["proven"], true);
    assert_eq!(steps[0]["cost"]["yuan_a_year"], 0.0);
    assert_eq!(steps[2]["cost"]["yuan_a_year"], 2.0 * a_year(1.0));
    assert_eq!(answer["requested"]["mean_response_seconds"], 165.0);
    assert!(printed.contains("Every figure is proven"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 100));
    for file in ["frontier.csv", "charts/frontier.svg", "charts/frontier.png"] {
        assert!(county.join("out").join(file).is_file(), "{file}");
    }
    // The money is enough for one brigade and no more, or not for one.
    let budget = |yuan: f64| {
        [&options[..], &["--budget", &format!("{yuan}")]]
            .concat()
            .join(" ")
    };
    let with = budget(1.5 * a_year(1.0));
    let with: Vec<&str> = with.split(' ').collect();
    let (answer, _) = run(&county, "optimize", "optimization.json", &with);
    assert_eq!(answer["frontier"]["steps"].as_array().unwrap().len(), 2);
    let refused = |options: &str, said: &str| {
        brigade()
            .arg("optimize")
            .arg(county.join("scenario.toml"))
            .args(options.split(' '))
            .assert()
            .code(2)
            .stderr(contains(said.to_owned()));
    };
    refused(&budget(100_000.0), "1 brigades cost 128400 yuan a year");
    refused(
        &format!("{} --standard x", options.join(" ")),
        "there are d5, r7, t4",
    );
    refused(
        &format!("{} --budget=-1", options.join(" ")),
        "an amount in yuan above 0",
    );
    // What nobody asks for is not left from before.
    let none = [&options[..], &["--frontier", "0"]].concat();
    brigade()
        .arg("optimize")
        .arg(county.join("scenario.toml"))
        .arg("--output")
        .arg(county.join("out"))
        .args(none)
        .assert()
        .success();
    for file in ["frontier.csv", "charts/frontier.svg"] {
        assert!(!county.join("out").join(file).exists(), "{file}");
    }
    fs::remove_file(county.join("prices.csv")).unwrap();
    refused(&budget(1e6), "--budget needs prices");
    let (answer, printed) = run(&county, "optimize", "optimization.json", &options);
    assert_eq!(answer["frontier"]["steps"][1]["cost"], Value::Null);
    assert!(!printed.contains("yuan"), "{printed}");
}

#[test]
fn what_is_wrong_with_prices_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    with_prices(&county);
    let refused = |said: &str| {
        brigade()
            .arg("check")
            .arg(county.join("scenario.toml"))
            .assert()
            .code(2)
            .stderr(contains(said.to_owned()));
    };
    let candidates = fs::read_to_string(county.join("candidates.csv")).unwrap();
    let crews = candidates
        .replace("engines,basis", "engines,crew,basis")
        .replace("50,assumed", "50,volunteer,assumed");
    fs::write(county.join("candidates.csv"), crews).unwrap();
    let scenario = fs::read_to_string(county.join("scenario.toml")).unwrap();
    let turnout = "[stages.turnout_volunteer]\nmean = \"5 min\"\nsd = \"0 s\"\nbasis = \"assumed\"\n\
                   reason = \"test\"\n\n[roads]";
    fs::write(
        county.join("scenario.toml"),
        scenario.replace("[roads]", turnout),
    )
    .unwrap();
    refused("has no row `crew_volunteer`, and `m` has such a crew");
    fs::write(county.join("candidates.csv"), candidates).unwrap();
    fs::remove_file(county.join("brigade_classes.csv")).unwrap();
    refused("brigade_classes.csv: there is no such file");
    fs::write(county.join("brigade_classes.csv"), CLASSES).unwrap();
    fs::write(
        county.join("prices.csv"),
        PRICES.replace("engine,yuan,", "engine,wan,"),
    )
    .unwrap();
    refused("prices.csv:4: column `unit`: `wan`");
}
