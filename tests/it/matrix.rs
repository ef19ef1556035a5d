//! `brigade matrix` and `brigade route`: figures worked out by hand on the small county, and an
//! independent computation in another language on a made-up network and on the Isle of Man.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use assert_cmd::Command;
use brigade::expected::closed_roads::travel_without;
use brigade::files::Source;
use brigade::paths::Kernel;
use brigade::roads::access::{Access, AccessPace};
use brigade::roads::access_barriers::AccessBarriers;
use brigade::roads::gmns;
use brigade::roads::lanes::Lanes;
use brigade::roads::profile::{Conditions, Profile};
use brigade::roads::roadway::Roadway;
use brigade::roads::trip::TripEnd;
use brigade::units::Millis;
use petgraph::graph::NodeIndex;
use predicates::str::contains;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::small_county::{brigade, independently, project, small_scenario};

/// `brigade matrix` on a network, to be run.
fn matrix(network: &Path, origins: &Path, destinations: &Path, output: &Path) -> Command {
    let mut run = brigade();
    run.arg("matrix")
        .args(["--network".as_ref(), network])
        .args(["--origins".as_ref(), origins])
        .args(["--destinations".as_ref(), destinations])
        .args(["--output".as_ref(), output]);
    run
}

/// Compares a matrix with `tests/independent/matrix.py`; says so where there is no Python.
fn check_independently(network: &Path, profile: &Path, locations: [&Path; 2], matrix: &Path) {
    let arguments = [
        "--network".as_ref(),
        network.as_os_str(),
        "--profile".as_ref(),
        profile.as_os_str(),
        "--origins".as_ref(),
        locations[0].as_os_str(),
        "--destinations".as_ref(),
        locations[1].as_os_str(),
        "--matrix".as_ref(),
        matrix.as_os_str(),
    ];
    let Some((is_well, said)) = independently("matrix.py", &arguments) else {
        return;
    };
    assert!(is_well, "{said}");
    assert!(said.contains(" 0 differ"), "{said}");
}

/// 6 km and 4 km at 60 km/h; 557 m east of `west` (0.005°) of 11.1 km by the map, which the table
/// calls 10 km: 1/10 of the first road, 36 s; 110.574 m north of the road at 15 km/h: 26.538 s.
#[test]
fn the_times_of_the_small_county_are_those_worked_out_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "id,node_id\nwest,west\nmid,mid\n").unwrap();
    let locations =
        "id,lon,lat\n\"beside, the road\",115.005,0.001\neast,115.10,0\nfar,115.05,0.1\n";
    fs::write(at("b.csv"), locations).unwrap();
    let county = project("tests/small-county");
    let run = matrix(
        &county.join("network"),
        &at("a.csv"),
        &at("b.csv"),
        &at("m.csv"),
    )
    .args([
        "--profile".as_ref(),
        county.join("profiles/pumper.toml").as_os_str(),
    ])
    .assert()
    .success();
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        said.contains(
            "`far` is left empty: 11.1 km from the nearest usable road, and --limit is 3000 m"
        ),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(at("m.csv")).unwrap(),
        "origin,destination,seconds\n\
         west,\"beside, the road\",62.538\n\
         west,east,600.000\n\
         west,far,\n\
         mid,\"beside, the road\",350.538\n\
         mid,east,240.000\n\
         mid,far,\n"
    );
}

#[test]
fn a_wrong_table_is_named_and_the_earlier_matrix_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let network = project("tests/small-county/network");
    fs::write(at("good.csv"), "id,node_id\nw,west\n").unwrap();
    matrix(&network, &at("good.csv"), &at("good.csv"), &at("m.csv"))
        .assert()
        .success();
    let earlier = fs::read_to_string(at("m.csv")).unwrap();
    for (table, problem) in [
        (
            "id,node_id\nw,nowhere\n",
            "bad.csv:2: column `node_id`: `nowhere` is not usable; it should be a node_id of node.csv",
        ),
        (
            "id,node_id\nw,west\nw,mid\n",
            "bad.csv:3: the id `w` is already on line 2",
        ),
        ("id,lon\nw,115\n", "there is no column `lat`"),
        ("id,lon,lat\nw,23,115\n", "bad.csv:2"),
        ("id,lon,lat\n", "the table has no rows"),
        ("id,lon,lat\nw,NaN,23\n", "bad.csv:2"),
    ] {
        fs::write(at("bad.csv"), table).unwrap();
        for tables in [["bad.csv", "good.csv"], ["good.csv", "bad.csv"]] {
            let [a, b] = tables.map(at);
            let run = matrix(&network, &a, &b, &at("m.csv")).assert().code(2);
            let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
            assert!(said.contains(problem), "{said}");
            assert_eq!(fs::read_to_string(at("m.csv")).unwrap(), earlier);
        }
    }
    // Somebody's own file is seen before the work, and so before what is wrong with a table.
    fs::write(at("own.csv"), "mine").unwrap();
    let run = matrix(&network, &at("bad.csv"), &at("good.csv"), &at("own.csv")).assert();
    let said = String::from_utf8_lossy(&run.code(2).get_output().stderr).into_owned();
    assert!(said.contains("own.csv would be lost"), "{said}");
    assert_eq!(fs::read_to_string(at("own.csv")).unwrap(), "mine");
    for (option, value, problem) in [
        ("--profile", "spaceship", "no such profile"),
        (
            "--band",
            "teatime",
            "there is no time band `teatime`; the file has none",
        ),
        ("--weather", "hail", "there is no weather `hail`"),
        ("--close", "x", "the network has no link of this id"),
    ] {
        let run = matrix(&network, &at("good.csv"), &at("good.csv"), &at("n.csv"))
            .args([option, value])
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains(problem), "{said}");
    }
    for output in [Path::new("/"), folder.path()] {
        let run = matrix(&network, &at("good.csv"), &at("good.csv"), output)
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains("name a file in it"), "{said}");
    }
}

/// Streets of a made-up town with everything that costs or forbids: written as GMNS.
fn made_up_town(folder: &Path, seed: u64) {
    const SIDE: usize = 12;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut nodes = String::from("node_id,x_coord,y_coord,ctrl_type,barrier,max_weight\n");
    let mut positions = Vec::new();
    for node in 0..SIDE * SIDE {
        let mut at = |location: usize| location as f64 * 0.004 + random.random_range(0.0..0.002);
        let (lon, lat) = (115.0 + at(node % SIDE), 23.0 + at(node / SIDE));
        positions.push((lon, lat));
        let control = ["", "", "", "signal", "crossing"][random.random_range(0..5)];
        let barrier = [
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "gate",
            "emergency_gate",
            "blocked",
        ][random.random_range(0..10)];
        let weight = ["", "", "", "", "", "", "", "", "20", "7.5"][random.random_range(0..10)];
        writeln!(
            nodes,
            "{node},{lon:.6},{lat:.6},{control},{barrier},{weight}"
        )
        .unwrap();
    }
    let mut links = String::from(
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,free_speed_back,\
         surface,max_height,width,signals,crossings_back\n",
    );
    let mut ends = Vec::new();
    for node in 0..SIDE * SIDE {
        let east = (node % SIDE + 1 < SIDE).then_some(node + 1);
        let north = (node + SIDE < SIDE * SIDE).then_some(node + SIDE);
        for to in [east, north, Some(random.random_range(0..SIDE * SIDE))] {
            let Some(to) = to.filter(|_| random.random_range(0..10) > 0) else {
                continue;
            };
            let mut pick = |words: &[&'static str]| words[random.random_range(0..words.len())];
            let class = pick(&["primary", "tertiary", "residential", "track", "motorway"]);
            let directed = pick(&["0", "0", "1"]);
            let [limit, back] = [pick(&["", "30", "48.3"]), pick(&["", "20", "none"])];
            let surface = pick(&["", "", "paved", "gravel", "earth"]);
            let height = pick(&["", "", "", "", "3.2"]);
            let width = pick(&["", "", "", "", "2.5"]);
            let [signals, crossings] = [pick(&["", "", "2"]), pick(&["", "", "1"])];
            let length = pick(&["0", "123.4", "400", "431.7", "1200.5"]);
            // No road is shorter than the straight line, which a degree here makes 102.5 and 110.7 km.
            let ((lon, lat), (lon_to, lat_to)) = (positions[node], positions[to]);
            let straight = libm::hypot((lon - lon_to) * 102_600.0, (lat - lat_to) * 110_800.0);
            let length = format!("{:.1}", length.parse::<f64>().unwrap().max(straight));
            writeln!(
                links,
                "{},{node},{to},{directed},{length},{class},{limit},{back},{surface},{height},\
                 {width},{signals},{crossings}",
                ends.len()
            )
            .unwrap();
            ends.push((node, to, directed == "1"));
        }
    }
    let mut forbidden = String::from("restriction_id,links\n");
    // Ways of two and three links, whichever lead on.
    for number in 0..300 {
        let mut way = vec![(random.random_range(0..ends.len()), true)];
        for _ in 0..=number % 2 {
            let (last, forwards) = way[way.len() - 1];
            let (from, to, _) = ends[last];
            let at = if forwards { to } else { from };
            let onwards: Vec<(usize, bool)> = (0..ends.len())
                .flat_map(|link| [(link, true), (link, false)])
                .filter(|(link, forwards)| {
                    let (from, to, directed) = ends[*link];
                    (if *forwards { from } else { to }) == at && (*forwards || !directed)
                })
                .collect();
            if onwards.is_empty() {
                break;
            }
            way.push(onwards[random.random_range(0..onwards.len())]);
        }
        if way.len() > 1 {
            let way: Vec<String> = way
                .iter()
                .map(|(link, forwards)| format!("{link}{}", if *forwards { '+' } else { '-' }))
                .collect();
            writeln!(forbidden, "{number},{}", way.join(" ")).unwrap();
        }
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("node.csv"), nodes).unwrap();
    fs::write(folder.join("link.csv"), links).unwrap();
    fs::write(folder.join("turn_restriction.csv"), forbidden).unwrap();
}

#[test]
fn an_independent_computation_gives_the_same_times_in_a_made_up_town() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let network = at("network");
    made_up_town(&network, 7);
    let nodes: String = (0..144).map(|node| format!("p{node},{node}\n")).collect();
    fs::write(at("nodes.csv"), format!("id,node_id\n{nodes}")).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let mut location = |number| {
        let mut degrees = || random.random_range(0.0..0.046);
        format!(
            "q{number},{:.6},{:.6}\n",
            115.0 + degrees(),
            23.0 + degrees()
        )
    };
    let locations: String = (0..60).map(&mut location).collect();
    fs::write(at("locations.csv"), format!("id,lon,lat\n{locations}")).unwrap();
    // One engine with every exemption, and one that keeps to all rules.
    let pumper = fs::read_to_string(project("data/profiles/pumper.toml")).unwrap();
    let strict = pumper.split("[exemption]").next().unwrap();
    fs::write(at("pumper.toml"), &pumper).unwrap();
    fs::write(at("strict.toml"), strict).unwrap();
    for profile in ["pumper.toml", "strict.toml"] {
        for tables in [
            ["nodes.csv", "nodes.csv"],
            ["locations.csv", "nodes.csv"],
            ["nodes.csv", "locations.csv"],
            ["locations.csv", "locations.csv"],
        ] {
            let [origins, destinations] = tables.map(at);
            matrix(&network, &origins, &destinations, &at("m.csv"))
                .args(["--profile".as_ref(), at(profile).as_os_str()])
                .assert()
                .success();
            check_independently(
                &network,
                &at(profile),
                [&origins, &destinations],
                &at("m.csv"),
            );
        }
    }
}

/// The extract, imported, or `None` with a message when it is not on this machine.
fn imported_island(folder: &Path) -> Option<PathBuf> {
    let extract = crate::extracts::isle_of_man::extract()?;
    let out = folder.join("iom");
    brigade()
        .args(["import", "osm"])
        .arg(&extract)
        .args(["--output".as_ref(), out.as_os_str()])
        .assert()
        .success();
    Some(out)
}

#[test]
fn an_independent_computation_gives_the_same_times_on_the_isle_of_man() {
    let folder = tempfile::tempdir().unwrap();
    let Some(island) = imported_island(folder.path()) else {
        return;
    };
    let network = island.join("network");
    let [stations, villages] = ["stations.csv", "demand.csv"].map(|table| island.join(table));
    let first = folder.path().join("first.csv");
    let second = folder.path().join("second.csv");
    // The second program drives listed roads alone.
    matrix(&network, &stations, &villages, &first)
        .args(["--threads", "1", "--no-lanes"])
        .assert()
        .success();
    assert!(
        network.join(".brigade/roads.bin").is_file(),
        "a network of 12,000 junctions is kept"
    );
    // From the cache, and with another number of threads.
    matrix(&network, &stations, &villages, &second)
        .args(["--threads", "2", "--no-lanes"])
        .assert()
        .success();
    assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
    let profile = island.join("profiles/pumper.toml");
    check_independently(&network, &profile, [&stations, &villages], &first);
}

/// 100 × 100 random junctions: 10,000 pairs, for an engine that may do everything and one that
/// keeps to the rules.
#[test]
fn the_kernels_give_the_same_times_on_the_isle_of_man() {
    let folder = tempfile::tempdir().unwrap();
    let Some(island) = imported_island(folder.path()) else {
        return;
    };
    let roads = Arc::new(gmns::read(&Source::Disk(island.join("network"))).unwrap());
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut junctions = || -> Vec<TripEnd> {
        (0..100)
            .map(|_| random.random_range(0..roads.graph().node_count()))
            .map(|node| TripEnd::Junction(NodeIndex::new(node)))
            .collect()
    };
    let [origins, destinations] = [junctions(), junctions()];
    let pumper = fs::read_to_string(project("data/profiles/pumper.toml")).unwrap();
    for (name, text) in [
        ("pumper.toml", pumper.as_str()),
        ("strict.toml", pumper.split("[exemption]").next().unwrap()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let profile = Profile::read(&Source::Disk(folder.path().join(name))).unwrap();
        let conditions = Conditions::default();
        let access = Access {
            pace: AccessPace::ASSUMED,
            lanes: Lanes::ASSUMED,
            barriers: &AccessBarriers::default(),
        };
        let roadway = Roadway::new(roads.clone(), &profile, &conditions, &access).unwrap();
        let by = |kernel| roadway.times_by(kernel, &origins, &destinations);
        let buckets = by(Kernel::Buckets);
        assert_eq!(buckets, by(Kernel::Hierarchy));
        // With the heap; and for some, street by street.
        let mut reached = 0;
        let by_heap = travel_without(&roadway, &[], &origins, &destinations);
        for (row, origin) in origins.iter().enumerate() {
            for (column, by_heap) in by_heap[row].iter().enumerate() {
                let time = buckets.get(row, column);
                assert_eq!(*by_heap, time);
                reached += usize::from(time.is_finite());
            }
            let route = roadway.route(origin, &destinations[row]);
            let time = route.map_or(Millis::NEVER, |route| route.time());
            assert_eq!(time, buckets.get(row, row));
        }
        assert!(reached > 8000, "{reached} of 10,000 pairs are reached");
    }
}

/// The streets of a route, their times and what they add up to.
#[test]
fn a_route_shows_its_streets_and_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let line = folder.path().join("line.geojson");
    let scenario = small_scenario();
    let route = |from: &str, to: &str| {
        let mut run = brigade();
        run.args(["route", from, to, "--language", "en"]);
        run
    };
    let run = route("old", "East village")
        .args(["--scenario".as_ref(), scenario.as_os_str()])
        .args(["--geojson".as_ref(), line.as_os_str()])
        .assert()
        .success();
    let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(
        said.contains("10:00 (min:s) of travel, 10.00 km by road"),
        "{said}"
    );
    let answer: serde_json::Value = serde_json::from_slice(&fs::read(&line).unwrap()).unwrap();
    let feature = &answer["features"][0];
    assert_eq!(feature["properties"]["seconds"], 600.0);
    assert_eq!(
        feature["properties"]["streets"][0]["link_ids"],
        serde_json::json!(["wm", "me"])
    );
    assert_eq!(
        feature["geometry"]["coordinates"],
        serde_json::json!([[115.0, 0.0], [115.05, 0.0], [115.1, 0.0]])
    );
    // By node and by degrees on the network alone; half the second road: 2 km, 2 min.
    let network = project("tests/small-county/network");
    let profile = project("tests/small-county/profiles/pumper.toml");
    let on_network = |from: &str, to: &str| {
        let mut run = route(from, to);
        run.args(["--network".as_ref(), network.as_os_str()]);
        run.args(["--profile".as_ref(), profile.as_os_str()]);
        run
    };
    let run = on_network("mid", "115.075,0").assert().success();
    let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(
        said.contains("2:00 (min:s) of travel, 2.00 km by road"),
        "{said}"
    );
    for (from, to, problem) in [
        (
            "mid",
            "nowhere",
            "nowhere: this is not a node_id or LON,LAT",
        ),
        (
            "mid",
            "-115.05,10",
            "and --limit is 3000 m; is it LON,LAT in wgs84?",
        ),
    ] {
        let run = on_network(from, to).assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains(problem), "{said}");
    }
    let run = on_network("west", "east")
        .args(["--close", "me"])
        .assert()
        .code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("no road leads from west to east"), "{said}");
}

/// ```text
/// ---------------- road
///    ~~~~~~~~~     river, 3.3 km long
///        x         33 m from the river and 88 m from the road, which it sees 1670 × 88 / 33 m away
/// ```
#[test]
fn who_is_behind_a_river_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let river = r#"{"type":"LineString","coordinates":[[115.06,-0.0005],[115.09,-0.0005]]}"#;
    fs::write(at("river.geojson"), river).unwrap();
    fs::write(at("a.csv"), "id,node_id\nwest,west\n").unwrap();
    fs::write(at("b.csv"), "id,lon,lat\nx,115.075,-0.0008\n").unwrap();
    let network = project("tests/small-county/network");
    let said = "88 m from the nearest usable road, but behind a barrier; on its own side the nearest is 4474 m away, \
                and --limit is 1000 m";
    matrix(&network, &at("a.csv"), &at("b.csv"), &at("m.csv"))
        .args(["--limit", "1 km", "--barriers"])
        .arg(at("river.geojson"))
        .assert()
        .success()
        .stderr(contains(format!("`x` is left empty: {said}")));
    brigade()
        .args([
            "route",
            "west",
            "115.075,-0.0008",
            "--limit",
            "1 km",
            "--network",
        ])
        .arg(&network)
        .arg("--barriers")
        .arg(at("river.geojson"))
        .assert()
        .code(2)
        .stderr(contains(said));
}
