//! Coverage of counties so small that every figure can be worked out by hand.
//!
//! ```text
//! west ------ 6 km, 6 min ------ mid ---- 4 km, 4 min ---- east
//! 1000 residents, 100 incidents a year                     3000 residents, 300 incidents
//! old station                    site m                    site e
//! ```
//! Two minutes of call handling and turnout; off the road 15 km/h, four minutes a kilometre.

use std::fs;
use std::path::Path;

use geo::{Area, Contains, Coord, LineString, MultiPolygon, Point, Polygon, Validation};
use serde_json::Value;

use crate::small_county::{brigade, small_county, small_scenario};

fn add_line(file: &Path, line: &str) {
    let mut text = fs::read_to_string(file).unwrap();
    text.push_str(line);
    text.push('\n');
    fs::write(file, text).unwrap();
}

struct Answer {
    folder: tempfile::TempDir,
    json: Value,
    printed: String,
}

impl Answer {
    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.path().join(file)).unwrap()
    }

    fn features(&self, file: &str) -> Vec<(Value, MultiPolygon)> {
        let collection: Value = serde_json::from_str(&self.read(file)).unwrap();
        assert!(collection["attribution"].is_array());
        let features = collection["features"].as_array().unwrap();
        let polygons = |feature: &Value| {
            let none = Vec::new();
            let polygons = feature["geometry"]["coordinates"]
                .as_array()
                .unwrap_or(&none);
            MultiPolygon(polygons.iter().map(polygon).collect())
        };
        features
            .iter()
            .map(|f| (f["properties"].clone(), polygons(f)))
            .collect()
    }
}

fn polygon(rings: &Value) -> Polygon {
    let ring = |ring: &Value| -> LineString {
        let corners = ring.as_array().unwrap().iter();
        corners
            .map(|at| Coord {
                x: at[0].as_f64().unwrap(),
                y: at[1].as_f64().unwrap(),
            })
            .collect()
    };
    let mut rings = rings.as_array().unwrap().iter().map(ring);
    Polygon::new(rings.next().unwrap(), rings.collect())
}

fn coverage(scenario: &Path, more: &[&str]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let run = brigade()
        .arg("coverage")
        .arg(scenario)
        .args(["--language", "en", "--output"])
        .arg(folder.path())
        .args(more)
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let json = fs::read(folder.path().join("coverage.json")).unwrap();
    Answer {
        json: serde_json::from_slice(&json).unwrap(),
        folder,
        printed,
    }
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn is_near(found: &Value, expected: f64, share: f64) {
    let found = number(found);
    assert!(
        (found / expected - 1.0).abs() < share,
        "{found} is not near {expected}"
    );
}

/// 0.05° are 5.57 km on the plane and 6 km of road: a minute of driving is 0.9277 km of map. Within
/// 7 minutes of the call, 5 of them travel: a triangle 4.638 km long and 1.25 km high on each side
/// of the road, and half a disc of 1.25 km behind its end: 5.798 + 2.454 = 8.252 km².
#[test]
fn bands_of_the_existing_station() {
    let answer = coverage(&small_scenario(), &["--bands", "3,7,12"]);
    let county = &answer.json["county"];
    let residents: Vec<f64> = county["by_band"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| number(&b["residents"]))
        .collect();
    // The west after 2 minutes, the east after 2 + 10 minutes, which is still in its band.
    assert_eq!(residents, [1000.0, 0.0, 3000.0, 0.0, 0.0, 0.0]);
    // (100 × 2 + 300 × 12) / 400 = 9.5 minutes.
    assert_eq!(number(&county["mean_seconds"]), 570.0);
    is_near(&county["area_km2"], 738.54, 1e-4);
    let area = |band: usize| number(&county["by_band"][band]["area_km2"]);
    is_near(&Value::from(area(0) + area(1)), 8.252, 0.005);
    assert_eq!([area(4), area(5)], [0.0, 0.0]);
    // 5 min of dispatch, 7 min of the call, 4 min of travel: the west only.
    for standard in ["d5", "r7", "t4"] {
        assert_eq!(number(&county["within"][standard]), 0.25, "{standard}");
        assert_eq!(number(&answer.json["towns"][0]["within"][standard]), 1.0);
    }
    // A spot belongs to the town of the nearer village: their border lies at 115.05.
    is_near(&answer.json["towns"][0]["area_km2"], 369.3, 0.005);
    assert_eq!(answer.json["grid"]["town_area_basis"], "estimated");
    for (point, seconds) in [(0, 120.0), (1, 720.0)] {
        let first = &answer.json["points"][point]["first"];
        assert_eq!(
            (&first["station"], number(&first["seconds"])),
            (&Value::from("old"), seconds)
        );
        assert!(answer.json["points"][point]["second"].is_null());
    }
    assert!(
        answer
            .printed
            .lines()
            .all(|line| line.chars().count() <= 100),
        "{}",
        answer.printed
    );
}

/// The road is 0.1° long, 11.13 km on the plane. Within 500 m of it lie 11.13 km² beside it and two half discs:
/// 11.917 km². All else has no road, and belongs to no band and no station; the east, 700 m off it, is reached
/// 2 minutes by engine and 3 on foot (200 m at 4 km/h) after the road is.
#[test]
fn past_the_last_lane_there_is_no_road() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let change = |file: &str, old: &str, new: &str| {
        let text = fs::read_to_string(county.join(file)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{file}");
        fs::write(county.join(file), text.replace(old, new)).unwrap();
    };
    change("scenario.toml", "\"30 km\"", "\"500 m\"");
    change("demand.csv", "115.10,0,3000", "115.10,0.006331,3000");
    let answer = coverage(&county.join("scenario.toml"), &["--bands", "7,12"]);
    let bands = answer.json["county"]["by_band"].as_array().unwrap();
    let reach: Vec<&str> = bands.iter().map(|b| b["reach"].as_str().unwrap()).collect();
    let reached = ["reached", "reached", "reached", "not-reached", "no-road"];
    assert_eq!(reach, reached);
    let area = |band: usize| number(&bands[band]["area_km2"]);
    is_near(&Value::from(area(0) + area(1) + area(2)), 11.917, 0.003);
    is_near(&Value::from(area(4)), 738.54 - 11.917, 1e-4);
    assert_eq!(area(3), 0.0);
    is_near(&answer.json["stations"][0]["area_km2"], 11.917, 0.003);
    // Residents have a time all the same: it is on foot for a part.
    let east = &answer.json["points"][1]["first"];
    is_near(&east["seconds"], 720.0 + 120.0 + 180.0, 0.002);
    assert_eq!(number(&bands[2]["residents"]), 3000.0);
    let no_road = |file: &str| {
        let features = answer.features(file).into_iter();
        let mut found = features.filter(|(properties, _)| properties["reach"] == "no-road");
        found.next().unwrap().1
    };
    for file in ["isochrones.geojson", "districts.geojson"] {
        assert!(no_road(file).contains(&Point::new(115.05, 0.05)), "{file}");
        assert!(
            !no_road(file).contains(&Point::new(115.05, 0.004)),
            "{file}"
        );
    }
    assert!(answer.printed.contains("No road: farther than 500 m"));
    assert!(answer.read("coverage-towns.csv").contains("no road"));
}

/// The clock moves every time by the stages before the travel.
#[test]
fn clocks_count_what_they_say() {
    let scenario = small_scenario();
    for (clock, seconds) in [("travel", 600.0), ("dispatch", 660.0), ("response", 720.0)] {
        let answer = coverage(&scenario, &["--clock", clock, "--critical", "0"]);
        assert_eq!(answer.json["clock"], clock);
        assert_eq!(
            number(&answer.json["points"][1]["first"]["seconds"]),
            seconds
        );
        assert!(answer.read("coverage-points.csv").contains(clock));
        assert!(
            answer
                .read("isochrones.geojson")
                .contains(&format!("\"clock\":\"{clock}\""))
        );
        // Standards keep their own clocks.
        assert_eq!(number(&answer.json["county"]["within"]["t4"]), 0.25);
    }
}

/// Old station and site e are 10 minutes apart and meet after 5, at 5/6 of the western link: at
/// 115.04167 degrees, 0.14167 of the county's 0.3.
#[test]
fn districts_of_two_stations() {
    let answer = coverage(&small_scenario(), &["--alternative", "e"]);
    let stations = answer.json["stations"].as_array().unwrap();
    assert_eq!(stations.len(), 2);
    for (station, residents, incidents, share) in
        [(0, 1000.0, 100.0, 0.14167), (1, 3000.0, 300.0, 0.15833)]
    {
        assert_eq!(number(&stations[station]["residents"]), residents);
        assert_eq!(number(&stations[station]["incidents_a_year"]), incidents);
        is_near(&stations[station]["area_km2"], 738.54 * share / 0.3, 0.001);
    }
    let second = &answer.json["points"][0]["second"];
    assert_eq!(
        (&second["station"], number(&second["seconds"])),
        (&Value::from("e"), 720.0)
    );
    let districts = answer.features("districts.geojson");
    let (west, east) = (Point::new(115.04, 0.05), Point::new(115.043, 0.05));
    assert!(districts[0].1.contains(&west) && !districts[0].1.contains(&east));
    assert!(districts[1].1.contains(&east) && !districts[1].1.contains(&west));
    // Nobody depends on any link: each village has its station at its junction.
    assert_eq!(
        answer.json["critical_links"]["stretches"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

/// From the middle both villages hang on one link each: 300 × 60 and 100 × 60 incident-minutes.
#[test]
fn links_are_ranked_by_what_is_lost() {
    let answer = coverage(&small_scenario(), &["--stations", "m"]);
    let stretches = answer.json["critical_links"]["stretches"]
        .as_array()
        .unwrap();
    let found: Vec<(&str, f64, f64)> = stretches
        .iter()
        .map(|s| {
            let link = s["links"][0]["id"].as_str().unwrap();
            (
                link,
                number(&s["loss_minutes_a_year"]),
                number(&s["residents_cut_off"]),
            )
        })
        .collect();
    assert_eq!(found, [("me", 18_000.0, 3000.0), ("wm", 6000.0, 1000.0)]);
    let counts = [
        "--stations",
        "m",
        "--cut-off-counts",
        "30 min",
        "--critical",
        "1",
    ];
    let answer = coverage(&small_scenario(), &counts);
    let critical = &answer.json["critical_links"];
    assert_eq!(critical["stretches_that_matter"], 2);
    assert_eq!(
        number(&critical["stretches"][0]["loss_minutes_a_year"]),
        9000.0
    );
    assert_eq!(critical["stretches"].as_array().unwrap().len(), 1);
}

/// ```text
/// west -- x -- wm ------- mid ---- me, 4 min ----- east       x: 500 residents on the link
///                            \---- m2, 9 min -----/
/// ```
/// Without `me` the east is reached 5 minutes later: 300 × 5 = 1500 a year. Without `wm` the east
/// is cut off (18 000), and the village x stands on the closed link.
#[test]
fn a_closed_link_makes_some_later_and_cuts_others_off() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    add_line(
        &county.join("network/link.csv"),
        "m2,mid,east,0,9000,primary",
    );
    add_line(
        &county.join("demand.csv"),
        "x,On the link,W,115.025,0,500,50,assumed",
    );
    let scenario = county.join("scenario.toml");

    let answer = coverage(&scenario, &["--close", "me"]);
    let closures = &answer.json["closures"];
    let figures = &closures["county"];
    assert_eq!(number(&figures["residents_later"]), 3000.0);
    assert_eq!(number(&figures["mean_added_seconds"]), 300.0);
    assert_eq!(number(&figures["added_minutes_a_year"]), 1500.0);
    assert_eq!(number(&figures["residents_cut_off"]), 0.0);
    assert_eq!(number(&closures["towns"][0]["residents_later"]), 0.0);
    assert_eq!(number(&closures["points"][0]["after_seconds"]), 1020.0);
    // The other figures are those of the open road.
    assert_eq!(number(&answer.json["points"][1]["first"]["seconds"]), 720.0);

    let answer = coverage(&scenario, &["--close", "wm"]);
    let figures = &answer.json["closures"]["county"];
    assert_eq!(number(&figures["residents_cut_off"]), 3000.0);
    assert_eq!(number(&figures["residents_on_link"]), 500.0);
    assert_eq!(number(&figures["residents_later"]), 0.0);
    let points = answer.read("closure-points.csv");
    assert!(
        points.contains("cut off") && points.contains("on the closed link"),
        "{points}"
    );

    let stretches = answer.json["critical_links"]["stretches"]
        .as_array()
        .unwrap();
    let loss = |rank: usize| {
        let link = stretches[rank]["links"][0]["id"].as_str().unwrap();
        (link, number(&stretches[rank]["loss_minutes_a_year"]))
    };
    assert_eq!([loss(0), loss(1)], [("wm", 18_000.0), ("me", 1500.0)]);
    assert_eq!(number(&stretches[0]["residents_on_link"]), 500.0);
    assert_eq!(stretches.len(), 2, "nobody drives m2 while me is open");
}

/// Links before and behind a junction at which nothing else joins hurt alike: one stretch.
#[test]
fn links_in_a_row_are_one_stretch() {
    let answer = coverage(&small_scenario(), &[]);
    let stretches = answer.json["critical_links"]["stretches"]
        .as_array()
        .unwrap();
    assert_eq!(stretches.len(), 1);
    assert_eq!(stretches[0]["links"].as_array().unwrap().len(), 2);
    assert_eq!(number(&stretches[0]["residents_cut_off"]), 3000.0);
}

/// ```text
/// nw ============ 11 km ============ ne      the other bank: 2 + 11 + 1 + 11 minutes
/// ~~~~~~~~~~~~~~ river ~~~~~~~~~~~~~ |  1 km, the only bridge
/// sw ============ 11 km ============ se
/// station at sw
/// ```
/// Opposite the station, 500 m of meadow on the near bank take 2 minutes more. Half-way between
/// the roads the time jumps from 4 minutes to 27.
#[test]
fn no_band_lies_between_the_two_banks_of_a_river() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let write = |file: &str, text: &str| fs::write(county.join(file), text).unwrap();
    write(
        "network/node.csv",
        "node_id,x_coord,y_coord\nsw,115.00,-0.0045\nse,115.10,-0.0045\nnw,115.00,0.0045\n\
         ne,115.10,0.0045\n",
    );
    write(
        "network/link.csv",
        "link_id,from_node_id,to_node_id,directed,length,facility_type\ns,sw,se,0,11000,primary\n\
         b,se,ne,0,1000,primary\nn,ne,nw,0,11000,primary\n",
    );
    write(
        "boundary.geojson",
        r#"{"type":"Polygon","coordinates":[[[114.99,-0.013],[115.11,-0.013],[115.11,0.013],[114.99,0.013],[114.99,-0.013]]]}"#,
    );
    for file in ["stations.csv", "candidates.csv", "demand.csv"] {
        let text = fs::read_to_string(county.join(file)).unwrap();
        write(
            file,
            &text
                .replace(",115.05,0,", ",115.05,0.0045,")
                .replace(",0,", ",-0.0045,"),
        );
    }
    let answer = coverage(&county.join("scenario.toml"), &["--bands", "3,5,10,15,20"]);
    let bands = answer.features("isochrones.geojson");
    let at = |lon: f64, lat: f64| -> Vec<String> {
        let holds = bands
            .iter()
            .filter(|(_, area)| area.contains(&Point::new(lon, lat)));
        holds
            .map(|(p, _)| p["band"].as_str().unwrap().to_owned())
            .collect()
    };
    for lon in [115.0005, 115.002, 115.004] {
        for step in 1..40 {
            let south = at(lon, -0.0001 * f64::from(step));
            assert!(
                south == ["0–3"] || south == ["3–5"],
                "{lon} {step}: {south:?}"
            );
            assert_eq!(at(lon, 0.0001 * f64::from(step)), ["> 20"], "{lon} {step}");
        }
    }
    // No corner of the near bank's bands lies beyond the river, west of where the banks meet.
    for (properties, area) in &bands[..2] {
        let corners = area.iter().flat_map(|polygon| polygon.exterior().coords());
        let north = corners.map(|corner| corner.y).fold(f64::MIN, f64::max);
        assert!(north <= 1e-6, "{properties} reaches {north}");
    }
    // Areas cover the county once, outer rings counter-clockwise and holes clockwise.
    let whole: f64 = bands.iter().map(|(_, area)| area.unsigned_area()).sum();
    assert!((whole / (0.12 * 0.026) - 1.0).abs() < 1e-4, "{whole}");
    let signed = |ring: &LineString| Polygon::new(ring.clone(), vec![]).signed_area();
    for polygon in bands.iter().flat_map(|(_, area)| area) {
        assert!(signed(polygon.exterior()) > 0.0);
        assert!(polygon.interiors().iter().all(|hole| signed(hole) < 0.0));
    }
}

#[test]
fn what_cannot_be_asked_says_what_would_be_right() {
    let scenario = small_scenario();
    for (args, expected) in [
        (
            &["--alternative", "zz"][..],
            &["`zz`", "baseline, m, e"][..],
        ),
        (&["--stations", "old,zz"], &["`zz`", "old, m, e"]),
        (&["--close", "zz"], &["`zz`", "link_id"]),
        (&["--bands", "10,5"], &["5 comes after 10", "5,10,15"]),
        (&["--bands", "x"], &["`x`", "5,10,15"]),
        (&["--cut-off-counts", "60"], &["\"90 s\""]),
        (&["--clock", "wall"], &["response"]),
        (&["--alternative", "m", "--stations", "m"], &["--stations"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let run = brigade()
            .arg("coverage")
            .arg(&scenario)
            .args(args)
            .arg("--output")
            .arg(&out)
            .assert()
            .code(2);
        let error = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        for part in expected {
            assert!(error.contains(part), "`{part}` is not in: {error}");
        }
        assert!(!out.exists());
    }
}

/// Every program of others can use the areas of the embedded county: no side crosses another, no ring touches itself.
#[test]
fn areas_are_valid_as_others_understand_it() {
    let county = Path::new("wuhua");
    let answer = coverage(county, &["--critical", "0"]);
    for file in ["isochrones.geojson", "districts.geojson"] {
        let features = answer.features(file);
        assert!(!features.is_empty());
        for (about, area) in features {
            assert!(area.is_valid(), "{about}: {:?}", area.check_validation());
        }
    }
}

#[test]
fn threads_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let outs = ["1", "2"].map(|threads| {
        let out = folder.path().join(threads);
        let run = brigade()
            .args([
                "coverage",
                "--alternative",
                "al-seat+hc-seat",
                "--threads",
                threads,
            ])
            .args(["--close", "373", "--output"])
            .arg(&out)
            .assert()
            .success();
        (run.get_output().stdout.clone(), out)
    });
    assert_eq!(outs[0].0, outs[1].0);
    for file in [
        "coverage.json",
        "coverage-points.csv",
        "coverage-towns.csv",
        "closures.csv",
        "closure-points.csv",
        "critical-links.csv",
        "critical-links.geojson",
        "isochrones.geojson",
        "districts.geojson",
        "charts/coverage.svg",
        "charts/districts.svg",
        "charts/critical-links.svg",
    ] {
        let [one, two] = [0, 1].map(|run: usize| fs::read(outs[run].1.join(file)).unwrap());
        assert!(one == two, "{file}");
        assert!(!one.is_empty());
        let is_table = file.ends_with(".csv");
        assert_eq!(one.starts_with("\u{feff}".as_bytes()), is_table, "{file}");
    }
    for chart in ["coverage", "districts", "critical-links"] {
        let png = fs::read(outs[0].1.join(format!("charts/{chart}.png"))).unwrap();
        assert!(png.starts_with(b"\x89PNG"), "{chart}");
    }
}
