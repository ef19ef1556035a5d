//! Where `brigade import osm` puts people, on small towns drawn by hand.

use std::fs;
use std::path::Path;

use predicates::str::contains;
use serde_json::Value;

use crate::extracts::pbf_writer::PbfWriter;
use crate::small_county::brigade;

type Tags<'t> = &'t [(&'t str, &'t str)];

/// A map in the making, on the equator: 0.009° are 1 km.
#[derive(Default)]
struct Town<'t> {
    nodes: Vec<(i64, f64, f64, Tags<'t>)>,
    ways: Vec<(i64, Vec<i64>, Tags<'t>)>,
    groups: Vec<(i64, Vec<i64>, Tags<'t>)>,
}

const RESIDENTIAL: Tags<'static> = &[("highway", "residential")];
const HOUSE: Tags<'static> = &[("building", "house")];

impl<'t> Town<'t> {
    fn node(&mut self, lon: f64, lat: f64, tags: Tags<'t>) -> i64 {
        let id = self.nodes.len() as i64 + 1;
        self.nodes.push((id, lon, lat, tags));
        id
    }

    /// A closed way around the box with this south-western corner.
    fn outline(&mut self, [lon, lat]: [f64; 2], [width, height]: [f64; 2], tags: Tags<'t>) -> i64 {
        let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
        let mut refs: Vec<i64> = corners
            .iter()
            .map(|[east, north]| self.node(lon + east, lat + north, &[]))
            .collect();
        refs.push(refs[0]);
        self.way(refs, tags)
    }

    fn way(&mut self, refs: Vec<i64>, tags: Tags<'t>) -> i64 {
        let id = self.ways.len() as i64 + 1;
        self.ways.push((id, refs, tags));
        id
    }

    /// So many houses of 11 m × 11 m in rows of ten, 22 m apart.
    fn houses(&mut self, count: usize, [lon, lat]: [f64; 2], tags: Tags<'t>) {
        for house in 0..count {
            let (row, column) = (house / 10, house % 10);
            let at = [lon + column as f64 * 2e-4, lat + row as f64 * 2e-4];
            self.outline(at, [1e-4, 1e-4], tags);
        }
    }

    /// A road along the equator between these longitudes, and a station at its beginning.
    fn road(&mut self, from: f64, to: f64) {
        let station: Tags<'static> = &[("amenity", "fire_station"), ("name", "Station")];
        let begin = self.node(from, 0.0, station);
        let end = self.node(to, 0.0, &[]);
        self.way(vec![begin, end], RESIDENTIAL);
    }

    fn boundary(&mut self, outline: i64, tags: Tags<'t>) {
        let id = self.groups.len() as i64 + 1;
        self.groups.push((id, vec![outline], tags));
    }

    fn imported(&self, folder: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
        let mut file = PbfWriter::new().dense_nodes(&self.nodes);
        for (id, refs, tags) in &self.ways {
            file = file.way(*id, refs, tags);
        }
        for (id, ways, tags) in &self.groups {
            let members: Vec<_> = ways.iter().map(|way| ("outer", *way, 1)).collect();
            file = file.relation(*id, &members, tags);
        }
        fs::write(folder.join("town.osm.pbf"), file.finish()).unwrap();
        brigade()
            .current_dir(folder)
            .args(["import", "osm", "town.osm.pbf", "--output", "out"])
            .args(more)
            .assert()
    }
}

/// The rows of `demand.csv`: name, town and residents.
fn demand(folder: &Path) -> Vec<(String, String, u64)> {
    let text = fs::read_to_string(folder.join("out/demand.csv")).unwrap();
    let rows = text.lines().skip(1).map(|row| {
        let fields: Vec<&str> = row.split(',').collect();
        let residents = fields[5].parse().unwrap();
        (fields[1].to_owned(), fields[2].to_owned(), residents)
    });
    rows.collect()
}

fn people(folder: &Path) -> Value {
    let report = fs::read(folder.join("out/import.json")).unwrap();
    serde_json::from_slice::<Value>(&report).unwrap()["people"].clone()
}

fn residents(folder: &Path) -> u64 {
    demand(folder)
        .iter()
        .map(|(_, _, residents)| residents)
        .sum()
}

/// ```text
///     0.00       0.02       0.04       0.06       0.08°
///      S----------+----------C----------+----------     a town along 8.9 km of road
///   80 houses  60 houses  40 houses   20 houses         C: its point with 1,000 residents
/// ```
/// Two hundred houses, so 5 residents each: 400, 300, 200, 100. Four sites beside the four clusters each reach another
/// part of the town first, and four answers come of it; on one point they were the same.
#[test]
fn four_sites_in_one_town_come_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.08);
    let tags: Tags<'_> = &[("place", "town"), ("name", "T"), ("population", "1000")];
    town.node(0.04, 0.0, tags);
    for (cluster, houses) in [80, 60, 40, 20].into_iter().enumerate() {
        town.houses(houses, [0.015 + 0.02 * cluster as f64, 0.0002], HOUSE);
    }
    town.imported(folder.path(), &["--engines", "6"]).success();
    assert_eq!(residents(folder.path()), 1000);
    let points = demand(folder.path());
    assert!(points.len() >= 4, "{points:?}");
    assert!(points.iter().all(|(_, town, _)| town == "n3"), "{points:?}");

    let out = folder.path().join("out");
    let sites: String = (1..=4)
        .map(|site| {
            let lon = 0.02 * f64::from(site) - 0.004;
            format!("s{site},Site {site},{lon},0.0,new,6,assumed,test\n")
        })
        .collect();
    let head = "id,name,lon,lat,group,engines,basis,reason\n";
    fs::write(out.join("candidates.csv"), format!("{head}{sites}")).unwrap();
    let scenario = fs::read_to_string(out.join("scenario.toml")).unwrap()
        + "\n[[alternatives.choose]]\ngroup = \"new\"\ncount = 1\n";
    fs::write(out.join("scenario.toml"), scenario).unwrap();
    brigade()
        .current_dir(folder.path())
        .args(["compare", "out/scenario.toml", "--replications", "20"])
        .args(["--output", "compared"])
        .assert()
        .success();
    let answer = fs::read(folder.path().join("compared/comparison.json")).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let alternatives = answer["alternatives"].as_array().unwrap();
    let mut means: Vec<f64> = alternatives
        .iter()
        .map(|one| one["county"]["mean_response_seconds"]["value"].as_f64())
        .map(Option::unwrap)
        .collect();
    assert_eq!(means.len(), 5);
    means.sort_by(f64::total_cmp);
    for pair in means.windows(2) {
        assert!(pair[1] - pair[0] > 2.0, "{means:?}");
    }
}

/// ```text
///  +-- municipality M -----------------+
///  |   M 500             V 100    W ?  |       W has no number and 40 houses, M 160 of them
///  +-----------------------------------+
/// ```
/// 500 is the whole municipality's: 100 live in V, and the 400 left are shared by 160 and 40 houses, 320 and 80.
#[test]
fn a_municipality_is_not_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.1);
    town.node(
        0.02,
        0.0,
        &[("place", "village"), ("name", "M"), ("population", "500")],
    );
    town.node(
        0.05,
        0.0,
        &[("place", "village"), ("name", "V"), ("population", "100")],
    );
    town.node(0.08, 0.0, &[("place", "village"), ("name", "W")]);
    for (houses, lon) in [(160, 0.02), (60, 0.05), (40, 0.08)] {
        town.houses(houses, [lon, 0.0002], HOUSE);
    }
    let edge = town.outline([-0.01, -0.01], [0.12, 0.03], &[]);
    town.boundary(
        edge,
        &[
            ("type", "boundary"),
            ("boundary", "administrative"),
            ("admin_level", "8"),
            ("name", "M"),
        ],
    );
    town.imported(folder.path(), &[])
        .success()
        .stdout(contains("500 residents:"));
    let of = |name: &str| -> u64 {
        let points = demand(folder.path()).into_iter();
        let points = points.filter(|(point, _, _)| point.split(' ').next() == Some(name));
        points.map(|(_, _, residents)| residents).sum()
    };
    assert_eq!([of("M"), of("V"), of("W")], [320, 100, 80]);
}

/// A suburb of its own 150 within the 500 of its village, and a neighbourhood that only gives its name.
#[test]
fn a_suburb_takes_its_people_from_its_village() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.06);
    town.node(
        0.01,
        0.0,
        &[("place", "village"), ("name", "V"), ("population", "500")],
    );
    town.node(
        0.04,
        0.0,
        &[("place", "suburb"), ("name", "S"), ("population", "150")],
    );
    town.node(0.011, 0.0021, &[("place", "neighbourhood"), ("name", "N")]);
    town.houses(20, [0.01, 0.0002], HOUSE);
    town.houses(60, [0.04, 0.0002], HOUSE);
    town.imported(folder.path(), &[])
        .success()
        .stdout(contains("1 suburb or other part with its own number"));
    let named = |name: &str| -> u64 {
        let points = demand(folder.path()).into_iter();
        let points = points.filter(|(point, _, _)| point.starts_with(name));
        points.map(|(_, _, residents)| residents).sum()
    };
    assert_eq!(residents(folder.path()), 500);
    assert_eq!(named("S"), 150);
    assert_eq!(named("N") + named("V"), 350);
    assert_eq!(people(folder.path())["settlements"], 1);
}

/// People live neither in garages nor among works; where no house is drawn they live on residential land, and where
/// that is not drawn either, along their streets.
#[test]
fn people_stand_where_the_map_shows_homes() {
    let village: Tags<'_> = &[("place", "village"), ("name", "V"), ("population", "200")];
    let stand = |town: &mut Town<'_>| -> (Value, Vec<(String, String, u64)>) {
        let folder = tempfile::tempdir().unwrap();
        town.road(0.0, 0.01);
        town.node(0.0, 0.0, village);
        town.imported(folder.path(), &[]).success();
        (people(folder.path()), demand(folder.path()))
    };
    let mut works = Town::default();
    works.houses(30, [0.001, 0.0002], &[("building", "yes")]);
    works.houses(30, [0.006, 0.0002], &[("building", "yes")]);
    works.outline([0.005, 0.0], [0.004, 0.004], &[("landuse", "industrial")]);
    works.houses(30, [0.001, 0.002], &[("building", "garage")]);
    let (account, points) = stand(&mut works);
    assert_eq!(account["buildings_drawn"], 90);
    assert_eq!(account["buildings_lived_in"], 30);
    assert_eq!(points.iter().map(|(_, _, of)| of).sum::<u64>(), 200);
    assert!(account["whereabouts"]["in buildings"].is_object());

    let mut land = Town::default();
    land.outline([0.003, 0.0], [0.006, 0.003], &[("landuse", "residential")]);
    let (account, points) = stand(&mut land);
    assert!(account["whereabouts"]["on residential land"].is_object());
    assert!(points.len() > 2, "{points:?}");
    let warnings = account["warnings"].to_string();
    assert!(
        warnings.contains("no building that people live in"),
        "{warnings}"
    );

    let (account, points) = stand(&mut Town::default());
    assert!(account["whereabouts"]["along streets"].is_object());
    assert!(points.len() > 2, "{points:?}");
    assert_eq!(points.iter().map(|(_, _, of)| of).sum::<u64>(), 200);
}

/// The boundary takes the western half of a town of 120 houses and 800 residents.
#[test]
fn a_boundary_through_a_town_says_how_many_live_outside() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.06);
    town.node(
        0.02,
        0.0,
        &[("place", "town"), ("name", "T"), ("population", "800")],
    );
    town.houses(60, [0.02, 0.0002], HOUSE);
    town.houses(60, [0.04, 0.0002], HOUSE);
    fs::write(
        folder.path().join("west.geojson"),
        r#"{"type":"Polygon","coordinates":[[[-0.01,-0.01],[0.03,-0.01],[0.03,0.01],[-0.01,0.01],[-0.01,-0.01]]]}"#,
    )
    .unwrap();
    town.imported(folder.path(), &["--boundary", "west.geojson"])
        .success()
        .stdout(contains(
            "400 residents outside the boundary, of 1 settlement that it cuts: T 400",
        ));
    assert_eq!(residents(folder.path()), 400);
}

/// As in an extract of a city of which the outline of a hamlet alone is in the file: many roads, and hardly anybody.
#[test]
fn too_few_people_for_the_roads_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.9);
    town.node(0.0, 0.0, &[("place", "hamlet"), ("name", "H")]);
    town.imported(folder.path(), &[])
        .success()
        .stderr(contains("warning: residents a km of road: 1, fewer"))
        .stdout(contains("by kind of settlement (1 settlement)"));
}

/// Numbers that cannot be right, and a map without anybody.
#[test]
fn populations_that_cannot_be_right_are_named_and_nobody_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::default();
    town.road(0.0, 0.01);
    town.node(
        0.0,
        0.0,
        &[
            ("place", "hamlet"),
            ("name", "H"),
            ("population", "4000000"),
        ],
    );
    town.node(
        0.01,
        0.0,
        &[("place", "village"), ("name", "V"), ("population", "0")],
    );
    town.imported(folder.path(), &[]).success().stdout(contains(
        "2 populations not believed: H (hamlet): 4000000, V (village): 0",
    ));
    assert_eq!(residents(folder.path()), 900);

    let folder = tempfile::tempdir().unwrap();
    let mut nobody = Town::default();
    nobody.road(0.0, 0.01);
    nobody.houses(30, [0.001, 0.0002], HOUSE);
    nobody
        .imported(folder.path(), &[])
        .success()
        .stdout(contains(
            "30 buildings that people live in, of no settlement",
        ))
        .stdout(contains("the map has no village or town where people live"));
}
