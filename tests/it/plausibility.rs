//! Well-formed nonsense: each kind is said once, with its file, its line and what it probably is.

use std::fs;
use std::path::Path;

use brigade::files::Source;
use brigade::scenario::Scenario;
use brigade::scenario::warnings::Warning;

use crate::small_county::{brigade, project, small_county, small_scenario};

/// Replaces a text that stands in a file of the county.
fn edit(county: &Path, file: &str, from: &str, to: &str) {
    let path = county.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// What `check` prints of the county, as one line.
fn checked(county: &Path) -> String {
    let scenario = county.join("scenario.toml");
    let run = brigade().arg("check").arg(scenario).assert().success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Said once in a county of which the rest is as it was.
fn said_of(change: impl FnOnce(&Path), warning: &str) {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    change(&county);
    let said = checked(&county);
    assert_eq!(said.matches(warning).count(), 1, "{warning}\n{said}");
}

#[test]
fn nothing_is_doubted_of_counties_that_are_as_they_should_be() {
    let scenarios = fs::read_dir(project("scenarios")).unwrap();
    let scenarios = scenarios.map(|entry| entry.unwrap().path());
    let scenarios = scenarios.filter(|path| path.extension().is_some_and(|of| of == "toml"));
    for scenario in scenarios.chain([small_scenario()]) {
        let warnings = Scenario::load(&Source::Disk(scenario.clone()));
        for warning in warnings.unwrap().about.warnings {
            assert!(
                !matches!(warning, Warning::Doubt(_)),
                "{}: {warning:?}",
                scenario.display()
            );
        }
    }
}

#[test]
fn an_engine_of_65_yuan_is_one_of_650_000() {
    let prices = |county: &Path| {
        for file in ["prices.csv", "brigade_classes.csv"] {
            fs::copy(project("data/wuhua").join(file), county.join(file)).unwrap();
        }
        edit(
            county,
            "prices.csv",
            "engine,yuan,650000,400000,900000",
            "engine,yuan,65,40,90",
        );
    };
    let warning = "prices.csv:4: `engine` is 65 yuan; from 20000 to 50000000 is plausible. It is \
                   probably given in 10,000 yuan";
    said_of(prices, warning);
}

#[test]
fn a_stage_longer_than_an_hour_is_probably_in_another_unit() {
    said_of(
        |county| {
            edit(
                county,
                "scenario.toml",
                "mean = \"60 s\"",
                "mean = \"61 min\"",
            );
        },
        "scenario.toml: `stages.turnout` takes 61 min on average; up to 60 min is plausible",
    );
    said_of(
        |county| edit(county, "incident_types.csv", "1 min,0 s", "25 h,0 s"),
        "incident_types.csv:2: engines are 25 h at a scene of the type `fire` on average",
    );
}

#[test]
fn a_code_that_a_spreadsheet_rewrote_is_known() {
    said_of(
        |county| {
            edit(
                county,
                "demand.csv",
                "e,East village",
                "4.41424E+11,East village",
            );
        },
        "demand.csv:3: the id `4.41424E+11` is what a spreadsheet makes of a long code. Its digits",
    );
    said_of(
        |county| edit(county, "network/link.csv", "me,mid", "1.2E+9,mid"),
        "network/link.csv:3: the id `1.2E+9` is what a spreadsheet",
    );
}

#[test]
fn geometry_elsewhere_is_probably_exchanged_or_of_another_county() {
    said_of(
        |county| {
            for (from, to) in [("114.9", "14.9"), ("115.2", "15.2")] {
                edit(county, "boundary.geojson", from, to);
            }
        },
        "boundary.geojson: 2 of 2 demand points lie outside this boundary; it is probably that of \
         another county",
    );
    said_of(
        |county| {
            let hydrants = "id,lon,lat,basis\nh1,115.01,0,assumed\nh2,0,67.5,assumed\n\
                            h3,0,67.6,assumed\n";
            fs::write(county.join("hydrants.csv"), hydrants).unwrap();
        },
        "hydrants.csv:3: `h2` is",
    );
}

/// Four hamlets within 300 m of the middle of West, and one 11 km away.
#[test]
fn a_village_far_from_its_town_has_probably_another_town() {
    said_of(
        |county| {
            let hamlets: String = (1..=4)
                .map(|hamlet| format!("h{hamlet},Hamlet,W,115.00{hamlet},0,0,0,assumed\n"))
                .collect();
            let far = "far,Far,W,115.10,0,0,0,assumed\n";
            let row = "e,East village";
            edit(county, "demand.csv", row, &format!("{hamlets}{far}{row}"));
        },
        "demand.csv:7: `far` (Far) is 10.8 km from the middle of West, and half of this town's demand \
         points are within 0.223 km. A digit",
    );
}

#[test]
fn a_town_has_the_residents_of_its_demand_points() {
    said_of(
        |county| {
            edit(
                county,
                "towns.csv",
                "E,East,115.10,0,3000",
                "E,East,115.10,0,3400",
            );
        },
        "towns.csv:3: East has 3400 residents here and 3000 in its demand points. One of the two",
    );
}

/// 12 s for 11.13 km; a minute is the least that is reckoned with: 668 km/h.
#[test]
fn known_times_in_minutes_are_too_fast() {
    said_of(
        |county| {
            let times = "station,demand,seconds\nold,w,1\nold,e,12\n";
            fs::write(county.join("times.csv"), times).unwrap();
            let tables = "[tables]\ntravel_times = \"times.csv\"\n\n[horizon]";
            edit(county, "scenario.toml", "[horizon]", tables);
        },
        "times.csv:3: from `old` to `e` an engine would drive at 668 km/h in a straight line; 130 is \
         the most that is plausible. Times should be seconds; they are probably minutes",
    );
}

/// 5.57 km as the crow flies, drawn with a bend: 6.2 km; 20,341 feet.
#[test]
fn a_link_is_as_long_as_its_line() {
    said_of(
        |county| {
            let links = "link_id,from_node_id,to_node_id,directed,length,facility_type,geometry\n\
                wm,west,mid,0,20341,primary,\"LINESTRING (115 0, 115.025 0.0123, 115.05 0)\"\n\
                me,mid,east,0,5570,primary,\n";
            fs::write(county.join("network/link.csv"), links).unwrap();
        },
        "network/link.csv:2: the link `wm` is 20341 m long, and its line 6195 m. Lengths should be \
         metres",
    );
}

#[test]
fn speeds_that_cannot_be_are_in_another_unit() {
    said_of(
        |county| {
            let links = "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed\n\
                         wm,west,mid,0,6000,primary,16.7\nme,mid,east,0,5560,primary,22.2\n";
            fs::write(county.join("network/link.csv"), links).unwrap();
        },
        "network/link.csv: half of the motorways to secondary roads have a free_speed of 16.7 km/h \
         or less; 30 and more is plausible",
    );
    said_of(
        |county| edit(county, "profiles/pumper.toml", "60 km/h", "200 km/h"),
        "pumper.toml: engines drive at 200 km/h by `class.primary`; from 3 to 130 is plausible",
    );
    said_of(
        |county| edit(county, "scenario.toml", "15 km/h", "150 km/h"),
        "scenario.toml: `roads.access_speed` is 150 km/h; from 1 to 60 is plausible",
    );
}

/// 30,300 calls a year of 4,000 people; 4,000 people in less than a hectare; towns of 0.2.
#[test]
fn densities_that_cannot_be_are_of_another_unit() {
    said_of(
        |county| edit(county, "demand.csv", "1000,100,", "1000,30000,"),
        "incident_types.csv: 75750 incidents a year for every 10,000 residents; from 0.1 to 3000 is",
    );
    said_of(
        |county| {
            for (from, to) in [
                ("114.9", "115.00000"),
                ("115.2", "115.1"),
                ("0.1", "0.000001"),
            ] {
                edit(county, "boundary.geojson", from, to);
            }
        },
        "boundary.geojson: the county inside this boundary has 1624",
    );
    said_of(
        |county| {
            for file in ["demand.csv", "towns.csv"] {
                edit(county, file, ",1000,", ",0.1,");
                edit(county, file, ",3000,", ",0.3,");
            }
        },
        "demand.csv: towns have 0.2 residents each on average; 100 and more is plausible. Residents \
         are probably given in 10,000",
    );
}

/// Every run says it, and once.
#[test]
fn a_run_says_what_check_says() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    edit(
        &county,
        "towns.csv",
        "E,East,115.10,0,3000",
        "E,East,115.10,0,3400",
    );
    for (language, warning) in [
        ("en", "East has 3400 residents here"),
        ("zh", "East在此表为 3400 人，其需求点合计 3000 人"),
    ] {
        for command in ["compare", "coverage"] {
            let run = brigade()
                .arg(command)
                .arg(county.join("scenario.toml"))
                .args(["--language", language, "--output"])
                .arg(folder.path().join(command))
                .assert()
                .success();
            let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
            assert_eq!(said.matches(warning).count(), 1, "{said}");
        }
    }
}
