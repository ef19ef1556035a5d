//! Ways by unlisted lanes against truth: real extracts, kept outside the repository, with only their main roads left,
//! beside all of their roads.

use std::fs;
use std::path::Path;

use brigade::roads::class::RoadClass;

use crate::extracts::isle_of_man::named;
use crate::small_county::brigade;

/// Seconds from every origin to every destination, row by row.
struct Times {
    seconds: Vec<f64>,
    destinations: usize,
}

impl Times {
    fn row(&self, origin: usize) -> &[f64] {
        &self.seconds[origin * self.destinations..(origin + 1) * self.destinations]
    }

    fn origins(&self) -> usize {
        self.seconds.len() / self.destinations
    }

    /// The origins by time, for one destination.
    fn order(&self, destination: usize) -> Vec<usize> {
        let mut origins: Vec<usize> = (0..self.origins()).collect();
        origins.sort_by(|a, b| {
            let [a, b] = [*a, *b].map(|origin| self.row(origin)[destination]);
            a.total_cmp(&b)
        });
        origins
    }

    fn first(&self, destination: usize) -> f64 {
        self.row(self.order(destination)[0])[destination]
    }
}

/// How times agree with true ones.
#[derive(Debug)]
struct Agreement {
    /// Mean of the differences of the first engine's time, by residents.
    bias: f64,
    /// Mean of their sizes.
    off: f64,
    /// The share of the true variance that is explained.
    r2: f64,
    /// For what share of residents the nearest station is the true one.
    nearest: f64,
    /// Mean rank correlation (Spearman) of the stations by place.
    rank: f64,
}

/// Origins are the seats of towns, destinations the demand points, each with its residents.
struct Extract {
    folder: tempfile::TempDir,
    residents: Vec<f64>,
}

fn squared(number: f64) -> f64 {
    number * number
}

fn column(path: &Path, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at: Vec<usize> = names
        .iter()
        .map(|name| {
            headers
                .iter()
                .position(|h| h.trim_start_matches('\u{feff}') == *name)
                .unwrap()
        })
        .collect();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| at.iter().map(|at| row[*at].to_owned()).collect())
        .collect()
}

impl Extract {
    fn import(file: &str) -> Option<Self> {
        let map = named(file)?;
        let folder = tempfile::tempdir().unwrap();
        let county = folder.path().join("county");
        let import = ["import".as_ref(), "osm".as_ref(), map.as_os_str()];
        brigade()
            .args(import)
            .arg("--output")
            .arg(&county)
            .assert()
            .success();
        for table in ["towns", "demand"] {
            let rows = column(&county.join(format!("{table}.csv")), &["id", "lon", "lat"]);
            let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
            let text = format!("id,lon,lat\n{}\n", rows.join("\n"));
            fs::write(folder.path().join(format!("{table}.csv")), text).unwrap();
        }
        let residents = column(&county.join("demand.csv"), &["residents"]);
        let residents = residents
            .iter()
            .map(|row| row[0].parse().unwrap())
            .collect();
        Some(Self { folder, residents })
    }

    /// Leaves the roads of some classes alone.
    fn keep(&self, is_kept: impl Fn(RoadClass) -> bool) {
        let network = self.folder.path().join("county/network");
        let all = fs::read_to_string(network.join("link.csv")).unwrap();
        let main = self.folder.path().join("main");
        fs::create_dir_all(&main).unwrap();
        let classes = column(&network.join("link.csv"), &["facility_type"]);
        let lines = all.lines().zip(
            std::iter::once(true).chain(
                classes
                    .iter()
                    .map(|class| is_kept(class[0].parse::<RoadClass>().unwrap())),
            ),
        );
        let kept: Vec<&str> = lines
            .filter(|(_, kept)| *kept)
            .map(|(line, _)| line)
            .collect();
        fs::write(main.join("link.csv"), kept.join("\n") + "\n").unwrap();
        for file in ["node.csv", "config.csv"] {
            fs::copy(network.join(file), main.join(file)).unwrap();
        }
    }

    fn times(&self, network: &str, more: &[&str]) -> Times {
        let folder = self.folder.path();
        brigade()
            .current_dir(folder)
            .args(["matrix", "--network", network, "--origins", "towns.csv"])
            .args(["--destinations", "demand.csv", "-o", "times.csv", "--force"])
            .args(["--limit", "10 km"])
            .args(more)
            .assert()
            .success();
        let seconds = column(&folder.join("times.csv"), &["seconds"]);
        Times {
            // Where no road leads, as on an islet, no trip is compared.
            seconds: seconds
                .iter()
                .map(|row| row[0].parse().unwrap_or(f64::INFINITY))
                .collect(),
            destinations: self.residents.len(),
        }
    }

    /// What `calibrate` says of the main roads and a record of the first engine's true times to every place.
    fn calibrated(&self, truth: &Times) -> String {
        let [towns, demand] = ["towns.csv", "demand.csv"].map(|name| {
            let ends = column(&self.folder.path().join(name), &["lon", "lat"]);
            ends.iter().map(|end| end.join(",")).collect::<Vec<_>>()
        });
        let mut record = "from_lon,from_lat,to_lon,to_lat,seconds\n".to_owned();
        for point in self.reached(&[truth]) {
            let from = &towns[truth.order(point)[0]];
            let seconds = truth.first(point);
            if seconds > 0.0 {
                record.push_str(&format!("{from},{},{seconds}\n", demand[point]));
            }
        }
        fs::write(self.folder.path().join("trips.csv"), record).unwrap();
        let run = brigade()
            .current_dir(self.folder.path())
            .args(["calibrate", "trips.csv", "--network", "main"])
            .args(["--limit", "10 km", "--language", "en"])
            .assert()
            .success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    }

    /// The demand points that are reached in all of these.
    fn reached(&self, of: &[&Times]) -> Vec<usize> {
        let is_reached = |point: &usize| {
            of.iter().all(|times| {
                (0..times.origins()).all(|origin| times.row(origin)[*point].is_finite())
            })
        };
        (0..self.residents.len()).filter(is_reached).collect()
    }

    fn agreement(&self, truth: &Times, found: &Times) -> Agreement {
        let points = self.reached(&[truth, found]);
        let all: f64 = points.iter().map(|point| self.residents[*point]).sum();
        let mean = |of: &dyn Fn(usize) -> f64| -> f64 {
            points
                .iter()
                .map(|point| self.residents[*point] / all * of(*point))
                .sum()
        };
        let off = |point: usize| found.first(point) - truth.first(point);
        let middle = mean(&|point| truth.first(point));
        let variance = mean(&|point| squared(truth.first(point) - middle));
        let ranks = |point: usize| {
            let [a, b] = [truth, found].map(|times| times.order(point));
            let n = a.len() as f64;
            let squares: f64 = (a.iter().enumerate())
                .map(|(rank, origin)| {
                    let other = b.iter().position(|o| o == origin).unwrap();
                    squared(rank as f64 - other as f64)
                })
                .sum();
            1.0 - 6.0 * squares / (n * (n * n - 1.0))
        };
        Agreement {
            bias: mean(&off),
            off: mean(&|point| off(point).abs()),
            r2: 1.0 - mean(&|point| squared(off(point))) / variance,
            nearest: mean(&|point| {
                f64::from(u8::from(truth.order(point)[0] == found.order(point)[0]))
            }),
            rank: points.iter().map(|point| ranks(*point)).sum::<f64>() / points.len() as f64,
        }
    }
}

fn is_main(class: RoadClass) -> bool {
    !class.is_local() && class != RoadClass::Unclassified
}

/// With the main roads alone: nearer to the times on all roads with lanes than without. Gives both.
fn improves(extract: &Extract, is_kept: impl Fn(RoadClass) -> bool) -> [Agreement; 2] {
    extract.keep(is_kept);
    let truth = extract.times("county/network", &["--no-lanes"]);
    let agreements = [vec!["--no-lanes"], vec![]]
        .map(|more| extract.agreement(&truth, &extract.times("main", &more)));
    for (name, of) in ["without lanes", "with lanes   "].iter().zip(&agreements) {
        println!(
            "{name}: first engine {:+.0} s, {:.0} s off, R² {:.3}; nearest {:.1} %, rank {:.4}",
            of.bias,
            of.off,
            of.r2,
            100.0 * of.nearest,
            of.rank
        );
    }
    let said = extract.calibrated(&truth);
    println!("{said}");
    // Times of trips that the speed was not fitted to are nearer with it than with the stated one.
    let [stated, fitted] = ["as stated", "as fitted"].map(|how| {
        let is_of = |line: &&str| line.starts_with("lanes at") && line.contains(how);
        let line = said.lines().find(is_of).unwrap();
        let figures = line.split(how).nth(1).unwrap().split_whitespace();
        let off: f64 = figures.map(|word| word.parse().unwrap()).nth(1).unwrap();
        off
    });
    assert!(fitted <= stated, "{said}");
    agreements
}

/// On a complete network nothing changes: neither the mean by a thousandth, nor more than a few places.
fn is_unchanged(extract: &Extract) {
    let [before, after] =
        [vec!["--no-lanes"], vec![]].map(|more| extract.times("county/network", &more));
    let points = extract.reached(&[&before, &after]);
    let sum = |times: &Times| -> f64 {
        points
            .iter()
            .map(|point| extract.residents[*point] * times.first(*point))
            .sum()
    };
    let change = sum(&after) / sum(&before) - 1.0;
    let changed = points.iter().filter(|point| {
        let differs = |origin| before.row(origin)[**point] != after.row(origin)[**point];
        (0..before.origins()).any(differs)
    });
    let changed = changed.count();
    println!(
        "all roads: mean {:+.5} %, {changed} of {} places",
        100.0 * change,
        points.len()
    );
    assert!(change.abs() < 0.001, "{change}");
    assert!(
        changed * 100 <= points.len(),
        "{changed} of {}",
        points.len()
    );
}

#[test]
fn liechtenstein_on_its_main_roads() {
    let Some(extract) = Extract::import("liechtenstein-latest.osm.pbf") else {
        return;
    };
    is_unchanged(&extract);
    let [without, with] = improves(&extract, is_main);
    assert!(with.r2 > without.r2 + 0.1 && with.r2 > 0.7, "{with:?}");
    assert!(with.off < 0.7 * without.off, "{with:?}");
    assert!(
        with.nearest > without.nearest && with.rank > without.rank,
        "{with:?}"
    );
    assert!(with.bias.abs() < 45.0, "{with:?}");
}

/// It has main roads enough for most of its people: the spread becomes less, the order of its four stations hardly
/// changes, and times are a little short.
#[test]
fn the_isle_of_man_on_its_main_roads() {
    let Some(extract) = Extract::import("isle-of-man.osm.pbf") else {
        return;
    };
    is_unchanged(&extract);
    let [without, with] = improves(&extract, is_main);
    assert!(with.r2 > without.r2 + 0.05 && with.r2 > 0.9, "{with:?}");
    assert!(with.nearest >= without.nearest, "{with:?}");
    assert!(with.rank > without.rank - 0.01, "{with:?}");
    assert!(with.bias.abs() < 45.0, "{with:?}");
}
