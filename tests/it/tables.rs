//! What is said of tables whose columns are not those that a reader knows, and of faulty rows.

use std::fs;
use std::path::{Path, PathBuf};

use brigade::files::Source;
use brigade::language;
use brigade::scenario::Scenario;
use proptest::prelude::*;

use crate::small_county::{brigade, project, small_county, takes_calls_from_a_list};

/// Tables that a county need not have, for the county of `data/verification`.
const MORE: [(&str, &str); 8] = [
    (
        "candidates.csv",
        "id,name,name_en,lon,lat,coordinates,group,engines,apparatus,crew,profile,basis,reason\n\
         m,Middle,,115.05,0,,new,1,pumper:1,full_time,,assumed,\n",
    ),
    (
        "severities.csv",
        "type,share,needs,people,on_scene_mean,on_scene_sd,on_scene_distribution,basis\n\
         fire,1,pumper:2 tender:1,,30 min,0 s,lognormal,assumed\n",
    ),
    ("calendar.csv", "date,name\n2027-02-06,New Year\n"),
    ("times.csv", "station,demand,seconds\nwest,west,60\n"),
    (
        "extra.csv",
        "time,lon,lat,type,engines\n2027-01-01 12:00,115.00,0,rescue,1\n",
    ),
    (
        "kept_clear.csv",
        "id,name,kind,lon,lat,basis\nk,Plant,hazard,115.02,0.001,assumed\n",
    ),
    (
        "clearances.csv",
        "kind,distance,basis,source\nhazard,50 m,assumed,test\n",
    ),
    ("network/turn_restriction.csv", "restriction_id,links\n"),
];

/// Every table of the county that is refused when one of its columns is misspelt.
const TABLES: [&str; 24] = [
    "brigade_classes.csv",
    "calendar.csv",
    "candidates.csv",
    "clearances.csv",
    "demand.csv",
    "extra.csv",
    "hours.csv",
    "hydrants.csv",
    "incident_types.csv",
    "incidents.csv",
    "kept_clear.csv",
    "months.csv",
    "network/link.csv",
    "network/node.csv",
    "network/turn_restriction.csv",
    "prices.csv",
    "running_card.csv",
    "severities.csv",
    "standards.csv",
    "stations.csv",
    "times.csv",
    "towns.csv",
    "weekdays.csv",
    "seconds.csv",
];

/// The county of `data/verification` with every table that there is.
fn full_county(folder: &Path) -> PathBuf {
    let county = folder.join("county");
    let original = project("data/verification");
    for sub in ["", "network", "profiles"] {
        fs::create_dir_all(county.join(sub)).unwrap();
        for entry in fs::read_dir(original.join(sub)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, county.join(sub).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    for (file, content) in MORE {
        fs::write(county.join(file), content).unwrap();
    }
    fs::write(county.join("seconds.csv"), "seconds\n60\n").unwrap();
    for file in ["prices.csv", "brigade_classes.csv"] {
        fs::copy(project("data/wuhua").join(file), county.join(file)).unwrap();
    }
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let text = text
        .replace(
            "[tables]",
            "[tables]\ntravel_times = \"times.csv\"\nextra_incidents = \"extra.csv\"",
        )
        .replace(
            "[stages.restocking]\ndistribution = \"constant\"\nmean = \"5 min\"",
            "[stages.restocking]\ndistribution = \"empirical\"\nfile = \"seconds.csv\"",
        );
    fs::write(scenario, text).unwrap();
    county
}

fn load(county: &Path) -> Result<Scenario, String> {
    let scenario = Source::Disk(county.join("scenario.toml"));
    Scenario::load(&scenario).map_err(|error| error.to_string())
}

/// The column with one letter left out, doubled, changed, or exchanged with the next.
fn misspelt(column: &str, how: usize, at: usize, letter: char) -> String {
    let mut letters: Vec<char> = column.chars().collect();
    let at = at % letters.len();
    match how {
        0 if letters.len() > 2 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = letter,
    }
    letters.into_iter().collect()
}

#[test]
fn the_full_county_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let county = full_county(folder.path());
    let scenario = load(&county).unwrap();
    assert_eq!(scenario.rules.prices.unwrap().classes.len(), 2);
    for table in TABLES {
        assert!(county.join(table).is_file(), "{table}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whichever table and whichever letter of whichever column: it is refused by file, line and the name
    /// that was meant.
    #[test]
    fn a_misspelt_column_of_any_table_is_refused_with_the_right_name(
        table in 0..TABLES.len(),
        column in 0_usize..20,
        how in 0_usize..4,
        at in 0_usize..30,
        letter in proptest::char::range('a', 'z'),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let county = full_county(folder.path());
        let file = county.join(TABLES[table]);
        let text = fs::read_to_string(&file).unwrap();
        let (header, rows) = text.split_once('\n').unwrap();
        let mut columns: Vec<String> = header.split(',').map(str::to_owned).collect();
        let column = column % columns.len();
        let right = columns[column].clone();
        let wrong = misspelt(&right, how, at, letter);
        // GMNS has the third as well, and some languages are a letter away from English.
        let is_right = wrong == "z_coord" || language::of_column(&wrong).is_some_and(|tag| tag.len() == 2);
        // As near to the name in Chinese as to the one in English.
        let is_between = ["name_eh", "name_zn"].contains(&wrong.as_str());
        prop_assume!(!columns.contains(&wrong) && !is_right && !is_between);
        columns[column].clone_from(&wrong);
        fs::write(&file, format!("{}\n{rows}", columns.join(","))).unwrap();
        let error = load(&county).unwrap_err();
        let said = format!(
            "/{}:1: no such column as `{wrong}` is known here; did you mean `{right}`?",
            TABLES[table]
        );
        prop_assert!(error.contains(&said), "{said}\n{error}");
    }
}

#[test]
fn a_column_twice_is_refused_in_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let county = full_county(folder.path());
    for table in TABLES {
        let file = county.join(table);
        let text = fs::read_to_string(&file).unwrap();
        let twice: String = (text.lines())
            .map(|line| {
                let first = line.split(',').next().unwrap();
                format!("{line},{first}\n")
            })
            .collect();
        fs::write(&file, twice).unwrap();
        let error = load(&county).unwrap_err();
        let first = text.split([',', '\n']).next().unwrap();
        let said = format!("/{table}:1: the column `{first}` stands twice");
        assert!(error.contains(&said), "{said}\n{error}");
        fs::write(&file, text).unwrap();
    }
}

/// A network of others has columns of its own: those of GMNS are nothing to speak of, the others are
/// said once and change nothing.
#[test]
fn columns_of_another_program_are_said_to_be_unused() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let links = county.join("network/link.csv");
    let text = fs::read_to_string(&links).unwrap();
    let further: String = (text.lines().enumerate())
        .map(|(row, line)| match row {
            0 => format!("{line},capacity,osm_way_id,road_owner\n"),
            _ => format!("{line},1800,17,primary\n"),
        })
        .collect();
    fs::write(&links, further).unwrap();
    let warning = " link.csv: the columns osm_way_id, road_owner are neither known here \
                   nor of GMNS, and not used";
    for command in ["check", "coverage"] {
        let out = folder.path().join("out");
        let mut run = brigade();
        run.arg(command).arg(county.join("scenario.toml"));
        if command == "coverage" {
            run.args(["--language", "en", "--output"]).arg(out);
        }
        let output = run.assert().success().get_output().clone();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap().replace('\n', " ");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said.matches(warning).count(), 1, "{said}");
    }
}

fn refused(county: &Path) -> String {
    let scenario = county.join("scenario.toml");
    let refused = brigade().arg("check").arg(scenario).assert().code(2);
    String::from_utf8(refused.get_output().stderr.clone()).unwrap()
}

/// Four calls without a position, one of a type that is not known, one outside: named in one run, by
/// the numbers that Excel shows, though Excel ends lines with two bytes. One that is out of order is none
/// of them.
#[test]
fn all_faulty_calls_of_a_list_are_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    takes_calls_from_a_list(&county);
    let row = |day: u32| match day {
        4 | 8 | 12 | 20 => format!("2027-01-{day:02} 08:00,,0.0,fire\r\n"),
        15 => "2027-01-02 08:00,115.02,0.0,fire\r\n".to_owned(),
        17 => "2027-01-17 08:00,115.02,0.0,smoke\r\n".to_owned(),
        23 => "2027-01-23 08:00,118.0,0.0,fire\r\n".to_owned(),
        _ => format!("2027-01-{day:02} 08:00,115.02,0.0,fire\r\n"),
    };
    let list = |days: &[u32]| -> String {
        let rows: String = days.iter().map(|day| row(*day)).collect();
        format!("time,lon,lat,type\r\n{rows}")
    };
    let all: Vec<u32> = (1..=25).collect();
    fs::write(county.join("list.csv"), list(&all)).unwrap();
    let error = refused(&county);
    let lines: Vec<&str> = error.lines().collect();
    assert!(
        lines[0].ends_with(
            "list.csv: 6 rows cannot be used (column `lon` empty: 4; column `type`: 1; column `lon`: 1):"
        ),
        "{error}"
    );
    for (line, number) in lines[1..].iter().zip([5, 9, 13, 18, 21, 24]) {
        assert!(line.contains(&format!("list.csv:{number}: ")), "{error}");
    }
    let good: Vec<u32> = vec![1, 2, 3, 15, 16];
    fs::write(county.join("list.csv"), list(&good)).unwrap();
    let checked = brigade()
        .arg("check")
        .arg(county.join("scenario.toml"))
        .assert()
        .success();
    let said = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "list.csv:5: the row is earlier than the row above it; the list was sorted by time"
        ),
        "{said}"
    );
}

/// An escape sequence in a name would be carried out by the terminal that shows it.
#[test]
fn control_characters_are_refused_and_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let towns = county.join("towns.csv");
    let text = fs::read_to_string(&towns).unwrap();
    fs::write(&towns, text.replace(",West,", ",We\u{1b}[31mst,")).unwrap();
    let error = load(&county).unwrap_err();
    let said = "towns.csv:2: column `name`: `We\\u{1b}[31mst` is not usable";
    assert!(error.contains(said), "{error}");
    assert!(!error.contains('\u{1b}'));
}

/// A line of a table replaced by another, and what `check` says.
fn refused_with(table: &str, line: &str, other: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let file = county.join(table);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(line), "{text}");
    fs::write(&file, text.replacen(line, other, 1)).unwrap();
    refused(&county)
}

/// C1 controls are orders to some terminals, and overrides of direction have what follows read backwards.
#[test]
fn orders_and_overrides_among_higher_codes_are_refused_too() {
    for code in ['\u{9b}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2028}'] {
        let error = refused_with("towns.csv", ",West,", &format!(",We{code}st,"));
        assert!(error.contains("towns.csv:2: column `name`"), "{error}");
        assert!(!error.contains(code), "{error}");
    }
    // Letters whose bytes begin alike are letters.
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let towns = county.join("towns.csv");
    let text = fs::read_to_string(&towns).unwrap();
    fs::write(&towns, text.replacen(",West,", ",Wést – “Ã”,", 1)).unwrap();
    load(&county).unwrap();
}

/// Sums of them would no longer be numbers.
#[test]
fn numbers_beyond_all_measure_are_refused_with_the_cell() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let months: String = (1..=12).map(|month| format!("{month},1e308\n")).collect();
    fs::write(county.join("months.csv"), format!("month,fire\n{months}")).unwrap();
    let error = refused(&county);
    assert!(
        error.contains("months.csv:2: column `fire`: `1e308`"),
        "{error}"
    );
    assert!(error.contains("at most 1000000000000"), "{error}");
    fs::write(
        county.join("months.csv"),
        format!("month,fire\n{}", months.replace("1e308", "0")),
    )
    .unwrap();
    let error = refused(&county);
    assert!(
        error.contains("months.csv: all weights of `fire` are 0"),
        "{error}"
    );
    assert!(!error.contains("no rows"), "{error}");
}

#[test]
fn the_degree_that_is_off_the_earth_is_the_one_that_is_named() {
    let line = fs::read_to_string(project("tests/small-county/towns.csv")).unwrap();
    let row = line.lines().nth(1).unwrap();
    let [lon, lat] = ["lon", "lat"].map(|name| {
        let head = line.lines().next().unwrap();
        let place = head
            .split(',')
            .position(|column| column.trim_start_matches('\u{feff}') == name);
        row.split(',').nth(place.unwrap()).unwrap().to_owned()
    });
    let with = |degrees: &str, other: &str| {
        row.replacen(&format!(",{degrees},"), &format!(",{other},"), 1)
    };
    let error = refused_with("towns.csv", row, &with(&lon, "190"));
    assert!(error.contains("column `lon`: `190`"), "{error}");
    let error = refused_with("towns.csv", row, &with(&lat, "200"));
    assert!(error.contains("column `lat`: `200`"), "{error}");
}

/// What stands under the name of a table that a county need not have is meant, though it cannot be read.
#[cfg(unix)]
#[test]
fn a_table_that_cannot_be_opened_is_not_taken_for_one_that_is_not_there() {
    for name in [
        "months.csv",
        "hydrants.csv",
        "kept_clear.csv",
        "prices.csv",
        "barriers.geojson",
        "network/turn_restriction.csv",
        "profiles/pumper.toml",
    ] {
        for make in [
            |path: &Path| std::os::unix::fs::symlink("gone", path),
            |path: &Path| fs::create_dir(path),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let county = small_county(folder.path());
            let path = county.join(name);
            let _ = fs::remove_file(&path);
            make(&path).unwrap();
            let error = refused(&county);
            assert!(
                error.contains(path.file_name().unwrap().to_str().unwrap()),
                "{name}: {error}"
            );
        }
    }
}

/// Rules are checked also where no place has to be kept clear of yet.
#[test]
fn distances_that_nobody_uses_yet_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    fs::write(
        county.join("clearances.csv"),
        "kind,distance,basis,source\nhazard,-1 m,assumed,test\n",
    )
    .unwrap();
    let error = refused(&county);
    assert!(
        error.contains("clearances.csv:2: column `distance`"),
        "{error}"
    );
}
