//! `brigade calibrate`: a speed on lanes that is known is found again from times, exact, noisy and partly wrong.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use predicates::str::contains;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::small_county::{brigade, project};

/// Trips on the roads of the embedded county from the nearest of its sites to each of its villages, at 22 km/h on
/// lanes.
struct Driven {
    folder: tempfile::TempDir,
    /// From, to, and seconds.
    trips: Vec<([String; 2], [String; 2], f64)>,
}

fn rows(path: &Path, columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let head = reader.headers().unwrap().clone();
    let place = |column: &&str| {
        let mut heads = head.iter();
        heads
            .position(|head| head.trim_start_matches('\u{feff}') == *column)
            .unwrap()
    };
    let places: Vec<usize> = columns.iter().map(place).collect();
    let records = reader.records().map(Result::unwrap);
    records
        .map(|row| places.iter().map(|place| row[*place].to_owned()).collect())
        .collect()
}

impl Driven {
    fn at_22_km_an_hour() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [stations, villages] = ["candidates", "demand"].map(|name| {
            let rows = rows(&county().join(format!("{name}.csv")), &["id", "lon", "lat"]);
            let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
            let text = format!("id,lon,lat\n{}\n", lines.join("\n"));
            let path = folder.path().join(format!("{name}.csv"));
            fs::write(&path, text).unwrap();
            (path, rows)
        });
        let times = folder.path().join("times.csv");
        brigade()
            .arg("matrix")
            .args(["--network".as_ref(), county().join("network").as_os_str()])
            .args(["--origins".as_ref(), stations.0.as_os_str()])
            .args(["--destinations".as_ref(), villages.0.as_os_str()])
            .args(["--lane-speed", "22 km/h", "--output"])
            .arg(&times)
            .assert()
            .success();
        let times = rows(&times, &["seconds"]);
        let times: Vec<Option<f64>> = times.iter().map(|row| row[0].parse().ok()).collect();
        let ends = |row: &Vec<String>| [row[1].clone(), row[2].clone()];
        let trips = villages.1.iter().enumerate().filter_map(|(village, to)| {
            let from = stations.1.iter().enumerate();
            let from = from.filter_map(|(station, from)| {
                Some((times[station * villages.1.len() + village]?, from))
            });
            let (seconds, from) = from.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
            Some((ends(from), ends(to), seconds))
        });
        Self {
            trips: trips.collect(),
            folder,
        }
    }

    /// What `calibrate` says of a record of these trips, with other times.
    fn said(&self, time: impl FnMut(f64) -> f64) -> String {
        let record = self.record(time);
        let mut run = brigade();
        run.arg("calibrate").arg(record);
        run.args(["--network".as_ref(), county().join("network").as_os_str()]);
        let out = run.args(["--language", "en"]).assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    }

    fn record(&self, mut time: impl FnMut(f64) -> f64) -> PathBuf {
        let mut text = "from_lon,from_lat,to_lon,to_lat,seconds\n".to_owned();
        for (from, to, seconds) in &self.trips {
            let ends = [from.join(","), to.join(",")].join(",");
            writeln!(text, "{ends},{}", time(*seconds)).unwrap();
        }
        let path = self.folder.path().join("trips.csv");
        fs::write(&path, text).unwrap();
        path
    }
}

fn county() -> PathBuf {
    project("data/wuhua")
}

/// The figures of a line of the table.
fn line(said: &str, model: &str) -> Vec<f64> {
    let line = said.lines().find(|line| line.starts_with(model)).unwrap();
    let figures = line[model.len()..].split_whitespace();
    figures.filter_map(|word| word.parse().ok()).collect()
}

/// The low and the high end of the interval.
fn interval(said: &str) -> [f64; 2] {
    let said = said.replace('\n', " ");
    let (_, after) = said.split_once("drawn anew lie from ").unwrap();
    let mut words = after.split_whitespace();
    [0, 1].map(|end| {
        words
            .nth(end)
            .unwrap()
            .trim_end_matches('.')
            .parse()
            .unwrap()
    })
}

#[test]
fn a_known_speed_is_found_again() {
    let driven = Driven::at_22_km_an_hour();
    let said = driven.said(|seconds| seconds);
    assert!(said.contains("speed = \"22 km/h\""), "{said}");
    assert_eq!(interval(&said), [22.0, 22.0]);
    assert_eq!(
        line(&said, "lanes at 22 km/h, as fitted"),
        [0.0, 0.0, 1.0, 100.0]
    );
    // Faster lanes and none at all are worse than the truth, each in its direction.
    let [stated, listed] =
        ["lanes at 30 km/h, as stated", "listed roads alone"].map(|model| line(&said, model));
    assert!(stated[0] < 0.0 && stated[1] > 0.0, "{said}");
    assert!(listed[0] > 0.0 && listed[3] < 100.0, "{said}");
    let ruler = said
        .lines()
        .find(|line| line.starts_with("straight line"))
        .unwrap();
    assert!(!ruler.contains("1.00"), "{said}");
}

#[test]
fn noise_widens_the_interval_and_wrong_times_do_not_move_the_speed() {
    let driven = Driven::at_22_km_an_hour();
    let mut draw = ChaCha8Rng::seed_from_u64(7);
    // Off by up to a tenth, as likely more as less, and every tenth ten times too long.
    let mut number = 0;
    let said = driven.said(|seconds| {
        number += 1;
        let tenth = 1.0 + draw.random_range(0.0..0.1);
        let factor = if draw.random() { tenth } else { 1.0 / tenth };
        seconds * factor * if number % 10 == 0 { 10.0 } else { 1.0 }
    });
    let [low, high] = interval(&said);
    assert!(low < high && (low..=high).contains(&22.0), "{said}");
}

#[test]
fn a_record_that_says_nothing_of_lanes_is_refused_with_the_reason() {
    let driven = Driven::at_22_km_an_hour();
    let run = |record: &Path, more: &[&str]| {
        let mut run = brigade();
        run.arg("calibrate").arg(record).args(more);
        run.args(["--network".as_ref(), county().join("network").as_os_str()]);
        run.assert().code(2)
    };
    let record = driven.record(|seconds| seconds);
    run(&record, &["--no-lanes"]).stderr(contains("no trip of the record goes by unlisted lanes"));
    let text = fs::read_to_string(&record).unwrap();
    let few: Vec<&str> = text.lines().take(12).collect();
    fs::write(&record, few.join("\n")).unwrap();
    run(&record, &[]).stderr(contains("it takes 20 to say anything"));
    let wrong = text.replacen(
        "seconds\n",
        "seconds\n0,0,0,0,-5\n115.7,23.9,23.9,115.7,60\n",
        1,
    );
    fs::write(&record, wrong).unwrap();
    run(&record, &[])
        .stderr(contains("trips.csv:2"))
        .stderr(contains("trips.csv:3"))
        .stderr(contains("seem exchanged"));
    fs::write(&record, "to_lon,to_lat,seconds\n115.7,23.9,60\n").unwrap();
    run(&record, &[]).stderr(contains("from_lon"));
}

/// With a scenario a trip begins at a station by its name; minutes are as good as seconds; both languages have the same.
#[test]
fn trips_from_stations_of_a_scenario_are_read_in_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let villages = rows(&county().join("demand.csv"), &["lon", "lat"]);
    let station = &rows(&county().join("stations.csv"), &["name"])[0][0];
    let mut text = "station,to_lon,to_lat,minutes\n".to_owned();
    for village in &villages {
        writeln!(text, "{station},{},12.5", village.join(",")).unwrap();
    }
    let record = folder.path().join("trips.csv");
    fs::write(&record, text).unwrap();
    let said = ["zh", "en"].map(|language| {
        let mut run = brigade();
        run.arg("calibrate")
            .arg(&record)
            .args(["--language", language]);
        let out = run.assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    });
    for said in said {
        assert!(
            said.contains("[roads.lanes]") && said.contains("basis = \"estimated\""),
            "{said}"
        );
        assert!(said.contains(&villages.len().to_string()), "{said}");
        assert!(
            said.lines().any(|line| line.ends_with(" –")),
            "one station is the nearest: {said}"
        );
    }
}
