use super::*;
use crate::files::{Product, Staging};
use crate::geography::datum::Datum;
use crate::roads::class::RoadClass;
use crate::roads::passage::DrivingSide;
use crate::roads::road::SizeLimits;
use std::fs;

fn folder_with(nodes: &str, links: &str) -> (tempfile::TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("node.csv"), nodes).unwrap();
    fs::write(folder.path().join("link.csv"), links).unwrap();
    let source = Source::Disk(folder.path().to_owned());
    (folder, source)
}

const NODES: &str = "node_id,x_coord,y_coord\na,115.0,23.0\nb,115.1,23.0\n";

#[test]
fn what_is_written_reads_back_the_same() {
    let (_folder, source) = folder_with(
        NODES,
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,name,\
         geometry\n\
         1,a,b,1,10500.5,primary,60,\"G205, 老路\",\"LINESTRING (115 23, 115.05 23.01, 115.1 \
         23)\"\n\
         2,b,a,0,11000,track,,,\n",
    );
    let roads = read(&source).unwrap();
    // Three open directions, and one against a one-way road.
    assert_eq!(roads.graph().edge_count(), 4);
    assert_eq!(roads.roads()[0].name, "G205, 老路");
    assert_eq!(
        roads.roads()[0].shape,
        [LonLat {
            lon: 115.05,
            lat: 23.01
        }]
    );

    let again = tempfile::tempdir().unwrap();
    let staging = Staging::for_folder(&again.path().join("copy"), Product::Network).unwrap();
    write(&roads, &staging, "network").unwrap();
    staging.publish().unwrap();
    let copy = read(&Source::Disk(again.path().join("copy/network"))).unwrap();
    assert_eq!(copy.roads(), roads.roads());
    assert!(copy.junctions().eq(roads.junctions()));
}

/// Every optional column and a forbidden turn, written in another order than it was read.
#[test]
fn everything_that_is_known_of_a_road_reads_back_the_same() {
    let (folder, source) = folder_with(
        "node_id,x_coord,y_coord,ctrl_type,barrier,max_height,max_weight,max_width,max_axle_load,\
         max_length\n\
         a,115.0,23.0,signal,,,,,,\nb,115.1,23.0,,locked_gate,2.2,3.5,2,4,6\n",
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,\
         free_speed_back,lanes,surface,width,max_height,max_weight,max_width,structure,signals_at,\
         signals_back,crossings_at,crossings_back,forward_access,backward_access,smoothness,\
         max_axle_load,max_length,driving_side,name_zh,name_en\n\
         1,a,b,1,11000,service,30,none,2,rough,3.5,3.2,7.5,2.3,bridge,50 12.5,3,11000,0,emergency,\
         closed,bad,4,6,left,大道,Main St\n\
         2,b,a,0,11000,primary,60,40,,,,,,,,,,,,,emergency,,,,,,\n\
         3,b,a,1,11000,primary,,,,,,,,,,,,,,,,,,,,,\n",
    );
    fs::write(
        folder.path().join("turn_restriction.csv"),
        "restriction_id,links,binds\n7,1+ 2+ 2-,engines\n8,1+ 2+,\n",
    )
    .unwrap();
    let roads = read(&source).unwrap();
    let [service, two_way, one_way] = roads.roads() else {
        panic!("three roads")
    };
    assert_eq!(roads.junction(service.from).limits, SizeLimits::default());
    assert_eq!(roads.junction(service.to).limits.height, Some(Metres(2.2)));
    assert_eq!(service.passage.forwards, Passage::Emergency);
    assert_eq!(service.passage.backwards, Passage::Closed);
    assert_eq!(service.free_speed.backwards, None);
    // Where only their number is said they are evenly spread.
    let metres = |places: &[f64]| places.iter().copied().map(Metres).collect::<Vec<_>>();
    assert_eq!(service.signals.forwards, metres(&[12.5, 50.0]));
    assert_eq!(service.signals.backwards, metres(&[2750.0, 5500.0, 8250.0]));
    assert_eq!(service.crossings.forwards, metres(&[11000.0]));
    assert_eq!(service.side, DrivingSide::Left);
    let name = |language: &str, name: &str| (language.to_owned(), name.to_owned());
    assert_eq!(service.names, [name("en", "Main St"), name("zh", "大道")]);
    assert!(roads.restrictions()[0].binds_engines && !roads.restrictions()[1].binds_engines);
    assert_eq!(two_way.passage.backwards, Passage::Emergency);
    assert_eq!(
        two_way.free_speed.backwards.map(|speed| speed.0),
        Some(40.0)
    );
    assert_eq!(one_way.passage.backwards, Passage::AgainstOneWay);
    assert_eq!(roads.restrictions()[0].path.len(), 3);

    let again = tempfile::tempdir().unwrap();
    let staging = Staging::for_folder(&again.path().join("copy"), Product::Network).unwrap();
    write(&roads, &staging, "network").unwrap();
    staging.publish().unwrap();
    let copy = read(&Source::Disk(again.path().join("copy/network"))).unwrap();
    assert_eq!(copy.roads(), roads.roads());
    assert_eq!(copy.restrictions(), roads.restrictions());
    assert!(copy.junctions().eq(roads.junctions()));
}

/// All three points are 水寨 (115.77, 23.93) and points 0.01° north of it, drawn on Amap's map.
#[test]
fn nodes_and_lines_drawn_on_a_shifted_map_come_out_in_wgs_84() {
    let amap = |lat| {
        let LonLat { lon, lat } = Datum::Gcj02.from_wgs84(LonLat { lon: 115.77, lat });
        [lon, lat]
    };
    let [[x0, y0], [x1, y1], [x2, y2]] = [23.93, 23.94, 23.95].map(amap);
    let (_folder, source) = folder_with(
        &format!("node_id,x_coord,y_coord,coordinates\na,{x0},{y0},gcj02\nb,115.77,23.95,\n"),
        &format!(
            "link_id,from_node_id,to_node_id,directed,length,facility_type,coordinates,\
             geometry\n\
             1,a,b,0,2224,primary,gcj02,\"LINESTRING ({x0} {y0}, {x1} {y1}, {x2} {y2})\"\n"
        ),
    );
    let roads = read(&source).unwrap();
    for (point, lat) in roads
        .line(&roads.roads()[0])
        .iter()
        .zip([23.93, 23.94, 23.95])
    {
        assert!(
            point.distance(LonLat { lon: 115.77, lat }).0 < 0.01,
            "{point}"
        );
    }
}

#[test]
fn a_forbidden_turn_over_links_that_do_not_meet_is_refused() {
    let (folder, source) = folder_with(
        NODES,
        "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
         1,a,b,0,11000,primary\n",
    );
    let restrictions = folder.path().join("turn_restriction.csv");
    fs::write(&restrictions, "restriction_id,links\n7,1+ 1+\n").unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("turn_restriction.csv:2: column `links`: `1+ 1+`"),
        "{error}"
    );
}

#[test]
fn lights_beyond_the_end_of_their_link_are_refused() {
    let (_folder, source) = folder_with(
        NODES,
        "link_id,from_node_id,to_node_id,directed,length,facility_type,signals_at\n\
         1,a,b,0,11000,primary,20 11001\n",
    );
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("link.csv:2: column `signals_at`: `20 11001`"),
        "{error}"
    );
}

#[test]
fn nodes_on_both_sides_of_180_degrees_are_refused() {
    let nodes = "node_id,x_coord,y_coord\na,179.99,-16.5\nb,-179.99,-16.5\n";
    let links = "link_id,from_node_id,to_node_id,directed,length,facility_type\n1,a,b,0,9,road\n";
    let (_folder, source) = folder_with(nodes, links);
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("node.csv:3: column `x_coord`: `-179.99`"),
        "{error}"
    );
    assert!(error.contains("180°"), "{error}");
}

#[test]
fn a_link_to_nowhere_names_its_line() {
    let (_folder, source) = folder_with(
        NODES,
        "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
         1,a,z,0,11000,primary\n",
    );
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.ends_with(
            "link.csv:2: column `to_node_id`: `z` is not usable; it should be a node_id of \
             node.csv"
        ),
        "{error}"
    );
}

const HEAD: &str = "link_id,from_node_id,to_node_id,directed,length,facility_type\n";

#[test]
fn a_class_of_others_is_understood_or_counted_as_not_known() {
    let (_folder, source) = folder_with(
        NODES,
        &format!(
            "{HEAD}1,a,b,0,11000,ARTERIAL\n2,a,b,1,11000,hot\n3,a,b,1,11000,\n4,a,b,1,11000,cycleway\n"
        ),
    );
    let (roads, account) = read_with_account(&source).unwrap();
    let classes: Vec<RoadClass> = roads.roads().iter().map(|road| road.class).collect();
    assert_eq!(
        classes,
        [RoadClass::Primary, RoadClass::Road, RoadClass::Road]
    );
    let bases: Vec<Basis> = roads.roads().iter().map(|road| road.basis).collect();
    assert_eq!(bases, [Basis::Observed, Basis::Assumed, Basis::Assumed]);
    assert_eq!(
        account.notes(),
        [
            NetworkNote::ClassByDefault(vec![(String::new(), 1), ("hot".to_owned(), 1)]),
            NetworkNote::NotDriven(vec![("cycleway".to_owned(), 1)]),
        ]
    );
}

#[test]
fn a_mapping_beside_the_network_counts_instead() {
    let (folder, source) = folder_with(
        NODES,
        &format!("{HEAD}1,a,b,0,11000,hot\n2,a,b,0,11000,primary\n"),
    );
    let mapping = folder.path().join("mapping.toml");
    fs::write(
        &mapping,
        "[class]\ndefault = \"drop\"\n[class.values]\nHot = \"tertiary\"\n",
    )
    .unwrap();
    let roads = read(&source).unwrap();
    assert_eq!(roads.roads().len(), 1);
    assert_eq!(roads.roads()[0].class, RoadClass::Tertiary);
    fs::write(&mapping, "[klass]\n").unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("mapping.toml: ") && error.contains("no key `klass` is known here"),
        "{error}"
    );
}

/// 0.967 mile are 1556.2 m, 25 mph are 40.2336 km/h, 12 feet 3.6576 m.
#[test]
fn units_are_those_of_the_config_table() {
    let (folder, source) = folder_with(
        "node_id,x_coord,y_coord,ctrl_type\na,-71.0,42.0,signal\nb,-71.0,42.014,4_stop\n",
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,width,lanes\n\
         1,a,b,False,0.967,primary,25,12,1.0\n",
    );
    let config = folder.path().join("config.csv");
    fs::write(
        &config,
        "dataset_name,short_length,long_length,speed,crs,geometry_field_format\nx,foot,mile,mph,4326,WKT\n",
    )
    .unwrap();
    let (roads, account) = read_with_account(&source).unwrap();
    let road = &roads.roads()[0];
    assert!((road.length.0 - 0.967 * 1609.344).abs() < 1e-9);
    assert!((road.free_speed.forwards.unwrap().0 - 40.2336).abs() < 1e-9);
    assert!((road.width.unwrap().0 - 3.6576).abs() < 1e-9);
    assert_eq!(road.lanes, Some(1));
    assert!(!road.is_one_way());
    let units = account.units.unwrap();
    assert_eq!(
        [units.length, units.short_length, units.speed],
        ["mile", "foot", "mph"]
    );
    assert!(account.controls.is_empty());
    fs::write(&config, "long_length,speed\nfurlong,mph\n").unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("config.csv:2: column `long_length`: `furlong`") && error.contains("mile"),
        "{error}"
    );
    fs::write(&config, "crs\n27700\n").unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("EPSG:27700 (OSGB 1936") && error.contains("EPSG:4326"),
        "{error}"
    );
}

/// A strip of UTM, of which 500000 m east are the central meridian and 0 north the equator: 10 km of it are
/// 10 km/0.9996 of the earth.
#[test]
fn nodes_and_lines_of_a_strip_become_degrees() {
    let (folder, source) = folder_with(
        "node_id,x_coord,y_coord\na,500000,0\nb,500000,10000\n",
        "link_id,from_node_id,to_node_id,directed,length,facility_type,geometry\n\
         1,a,b,0,10.1,primary,\"LINESTRING(500000 0,500100 5000, 500000 10000)\"\n",
    );
    let config = folder.path().join("config.csv");
    fs::write(&config, "long_length,speed,crs\nkm,km/h,EPSG:32650\n").unwrap();
    let roads = read(&source).unwrap();
    let line = roads.line(&roads.roads()[0]);
    assert!(
        (line[0].lon - 117.0).abs() < 1e-9 && line[0].lat.abs() < 1e-9,
        "{line:?}"
    );
    assert!((line[0].distance(line[2]).0 / 10_000.0 - 1.0).abs() < 0.01);
    assert!((line[1].lon - 117.0) > 0.0008, "{line:?}");
    assert!((roads.roads()[0].length.0 - 10_100.0).abs() < 1e-9);
    // The same numbers in another zone are somewhere else, and those of degrees are none of a strip.
    fs::write(&config, "crs\n4548\n").unwrap();
    fs::write(folder.path().join("node.csv"), NODES).unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("node.csv:2") && error.contains("degrees already"),
        "{error}"
    );
}

/// The line of link 1 stands in `geometry.csv` and runs from b to a; it is some 10.5 km long.
#[test]
fn a_line_of_another_table_is_measured_and_turned_round() {
    let (folder, source) = folder_with(
        NODES,
        "link_id,from_node_id,to_node_id,dir_flag,length,geometry_id,facility_type\n\
         1,a,b,1,,9,primary\n2,b,a,1,11000,,primary\n",
    );
    fs::write(
        folder.path().join("geometry.csv"),
        "geometry_id,geometry\n9,\"linestring z (115.1 23 5, 115.05 23.01 6, 115 23 7)\"\n",
    )
    .unwrap();
    let (roads, account) = read_with_account(&source).unwrap();
    let road = &roads.roads()[0];
    assert!(
        (10_400.0..10_600.0).contains(&road.length.0),
        "{:?}",
        road.length
    );
    assert_eq!(road.basis, Basis::Estimated);
    assert!(road.is_one_way());
    assert_eq!(
        account.notes(),
        [
            NetworkNote::LengthsMeasured(1),
            NetworkNote::DrawnBackwards(1),
            NetworkNote::OneWayByDefault(2),
        ]
    );
    fs::write(
        folder.path().join("geometry.csv"),
        "geometry_id,geometry\n8,POINT (1 2)\n",
    )
    .unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("link.csv:2: column `geometry_id`: `9`"),
        "{error}"
    );
}

/// The nodes are 10,236 m apart.
#[test]
fn lengths_in_another_unit_are_refused_all_at_once_with_the_likely_one() {
    for (length, unit) in [("10.5", "kilometre"), ("6.6", "mile")] {
        let rows: String = (1..=25)
            .map(|id| format!("{id},a,b,0,{length},primary\n"))
            .collect();
        let (_folder, source) = folder_with(NODES, &format!("{HEAD}{rows}"));
        let error = read(&source).unwrap_err().to_string();
        assert!(
            error.contains("link.csv: 25 of 25 links cannot be right\n  line 2: `1` is"),
            "{error}"
        );
        assert!(
            error.contains("line 21:") && !error.contains("line 22:"),
            "{error}"
        );
        assert!(error.contains("\n  and 5 more\n"), "{error}");
        assert!(
            error.contains(&format!("seem to be in {unit}: state `long_length`")),
            "{error}"
        );
    }
    // 34,450 feet are 10.5 km: longer than the line, which a single road can be, though not half of them.
    let feet = |links: u32| -> String {
        let rows: String = (1..=links)
            .map(|id| format!("{id},a,b,0,34450,primary\n"))
            .collect();
        format!("{HEAD}{rows}")
    };
    let (_folder, source) = folder_with(NODES, &feet(10));
    let error = read(&source).unwrap_err().to_string();
    assert!(error.contains("seem to be in foot"), "{error}");
    let (_folder, source) = folder_with(NODES, &feet(9));
    assert!(read(&source).is_ok());
}

/// As the examples of the specification, which state miles and are in feet.
#[test]
fn a_unit_that_is_stated_wrongly_is_refused_too() {
    let (folder, source) = folder_with(NODES, &format!("{HEAD}1,a,b,0,34450,primary\n"));
    fs::write(
        folder.path().join("config.csv"),
        "long_length,speed\nmile,mph\n",
    )
    .unwrap();
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("are read in mile, and seem to be in foot"),
        "{error}"
    );
}

#[test]
fn a_link_somewhat_shorter_than_the_straight_line_is_counted_and_a_shorter_one_refused() {
    let of = |length: u32| folder_with(NODES, &format!("{HEAD}1,a,b,0,{length},primary\n"));
    let (_folder, source) = of(7000);
    let (_, account) = read_with_account(&source).unwrap();
    assert_eq!(account.shorter_than_straight, 1);
    let (_folder, source) = of(6800);
    assert!(read(&source).is_err());
    let (_folder, source) = of(10_210);
    assert_eq!(
        read_with_account(&source).unwrap().1.shorter_than_straight,
        0
    );
}

#[test]
fn a_line_that_leaves_its_nodes_is_refused() {
    let of = |lon: &str| {
        folder_with(
            NODES,
            &format!(
                "link_id,from_node_id,to_node_id,directed,length,facility_type,geometry\n\
                 1,a,b,0,11000,primary,\"LINESTRING ({lon} 23, 115.1 23)\"\n"
            ),
        )
    };
    // 0.0009 degrees are 92 m here, 0.0011 are 113 m.
    let (_folder, source) = of("115.0009");
    assert!(read(&source).is_ok());
    let (_folder, source) = of("115.0011");
    let error = read(&source).unwrap_err().to_string();
    assert!(
        error.contains("line 2: the line of `1` begins or ends 113 m from its node"),
        "{error}"
    );
    assert!(error.contains("of another map"), "{error}");
}
