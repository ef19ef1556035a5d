//! The import of a whole real extract: the Isle of Man, 3.8 MB, kept outside the repository.

use std::path::Path;

use brigade::county::boundary::Boundary;
use brigade::files::Source;
use brigade::geography::LonLat;
use brigade::roads::drivable::drivable_part;
use brigade::roads::gmns;
use brigade::roads::profile::Profile;
use brigade::table::{Columns, Others, Table};

use crate::extracts::isle_of_man::extract;
use crate::small_county::brigade;

fn column(folder: &Path, file: &str, column: &str) -> Vec<String> {
    let columns = Columns {
        required: &[column],
        optional: &[],
        others: Others::Unused,
    };
    let table = Table::read(&Source::Disk(folder.join(file)), &columns).unwrap();
    table
        .rows()
        .map(|row| row.text(column).unwrap().to_owned())
        .collect()
}

#[test]
fn the_isle_of_man_is_one_connected_network_with_its_towns_and_stations() {
    let Some(extract) = extract() else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("iom");
    let run = brigade()
        .args(["import", "osm"])
        .arg(&extract)
        .arg("--output")
        .arg(&out)
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(
        printed.contains("© OpenStreetMap contributors"),
        "{printed}"
    );

    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("import.json")).unwrap()).unwrap();
    let share = report["network"]["connected_share"].as_f64().unwrap();
    assert!(share > 0.95, "{share}");

    // The state's edge lies out at sea: the outline is the coast, and nobody lives outside it.
    assert_eq!(report["outline"]["rule"], "administrative_relation");
    assert!(
        report["outline"]["source"]
            .as_str()
            .unwrap()
            .starts_with("the land of the relation 62269")
    );
    let boundary = Boundary::read(&Source::Disk(out.join("boundary.geojson"))).unwrap();
    for file in ["demand.csv", "stations.csv"] {
        for (lon, lat) in column(&out, file, "lon")
            .iter()
            .zip(column(&out, file, "lat"))
        {
            let (lon, lat) = (lon.parse().unwrap(), lat.parse().unwrap());
            assert!(
                boundary.contains(LonLat { lon, lat }),
                "{file}: {lon}, {lat}"
            );
        }
    }
    // Douglas Bay, 1 km off the promenade.
    assert!(!boundary.contains(LonLat {
        lon: -4.455,
        lat: 54.165
    }));

    let roads = gmns::read(&Source::Disk(out.join("network"))).unwrap();
    assert_eq!(
        drivable_part(&roads, &Profile::starters()).roads(),
        roads.roads()
    );
    assert!(roads.roads().iter().all(|road| road.from != road.to));
    // The island has some 1,100 km of public roads, and tracks and yards besides.
    assert!((1.5e6..2.0e6).contains(&roads.total_length().0));

    let towns = column(&out, "towns.csv", "name");
    for town in ["Douglas", "Ramsey", "Peel", "Castletown"] {
        assert!(towns.iter().any(|name| name == town), "{towns:?}");
    }
    let places = column(&out, "demand.csv", "name");
    // Onchan has a point and an edge on the map, Bride an edge only; Port St Mary is written out
    // in full on its edge.
    for village in ["Port Erin", "Port St Mary", "Onchan", "Bride"] {
        // A row, or one with a number for each cell.
        let is_of = |name: &&String| {
            let rest = name.strip_prefix(village);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let rows = places.iter().filter(is_of).count();
        assert!(rows >= 1, "{village}");
    }
    assert!(
        !places
            .iter()
            .any(|name| name.starts_with("Port Saint Mary"))
    );
    // Six stations of the island's service and the airport's own.
    assert_eq!(column(&out, "stations.csv", "id").len(), 7);
}

/// ```text
///  +--------------+
///  |  Peel        |      the box around Peel takes in its station and not Douglas, 16 km east
///  +--------------+
/// ```
#[test]
fn a_boundary_cuts_the_island_down_to_the_west() {
    let Some(extract) = extract() else { return };
    let folder = tempfile::tempdir().unwrap();
    let boundary = folder.path().join("west.geojson");
    std::fs::write(
        &boundary,
        r#"{"type":"Polygon","coordinates":
            [[[-4.75,54.18],[-4.62,54.18],[-4.62,54.25],[-4.75,54.25],[-4.75,54.18]]]}"#,
    )
    .unwrap();
    let out = folder.path().join("west");
    brigade()
        .args(["import", "osm", "--buffer", "1 km", "--boundary"])
        .arg(&boundary)
        .arg("--output")
        .arg(&out)
        .arg(&extract)
        .assert()
        .success();
    assert_eq!(column(&out, "towns.csv", "name"), ["Peel"]);
    assert_eq!(column(&out, "stations.csv", "name"), ["Peel Fire Station"]);
    let roads = gmns::read(&Source::Disk(out.join("network"))).unwrap();
    assert!(roads.total_length().0 < 4e5, "{:?}", roads.total_length());
}

/// The island's own stations and settlements as they were imported, and two sites added: the
/// whole way from the extract to the ranking.
#[test]
fn two_added_sites_are_compared_on_the_island() {
    let Some(extract) = extract() else { return };
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path().join("iom");
    brigade()
        .args(["import", "osm"])
        .arg(&extract)
        .arg("--output")
        .arg(&county)
        .assert()
        .success();
    std::fs::write(
        county.join("candidates.csv"),
        "id,name,lon,lat,group,engines,basis,reason\n\
         castletown,Castletown,-4.6530,54.0745,new,2,assumed,town without a mapped station\n\
         foxdale,Foxdale,-4.6360,54.1690,new,2,assumed,middle of the island\n",
    )
    .unwrap();
    let scenario = county.join("scenario.toml");
    let text = std::fs::read_to_string(&scenario).unwrap()
        + "\n[[alternatives.choose]]\ngroup = \"new\"\ncount = 1\n";
    std::fs::write(
        &scenario,
        text.replace("replications = 100", "replications = 20"),
    )
    .unwrap();
    let out = folder.path().join("out");
    brigade()
        .arg("compare")
        .arg(&scenario)
        .arg("--output")
        .arg(&out)
        .args(["--language", "en"])
        .assert()
        .success();
    let answer: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("comparison.json")).unwrap()).unwrap();
    let ids: Vec<&str> = answer["alternatives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alternative| alternative["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(
        *ids.last().unwrap(),
        "baseline",
        "a station more is never slower: {ids:?}"
    );
    assert!(out.join("charts/arrival-best.png").is_file());
}
