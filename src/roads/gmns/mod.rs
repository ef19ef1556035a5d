//! The road graph as GMNS files (General Modeling Network Specification): `node.csv` with
//! `node_id,x_coord,y_coord` and `link.csv` with
//! `link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,geometry`.
//!
//! Lengths are metres, speeds km/h and coordinates WGS 84, as `osm2gmns` writes them; a column
//! `coordinates` in either file says where they are not. Further columns say what else is known of a
//! road (`columns.rs`), and a third table which turns are forbidden (`restrictions.rs`). `basis` in both
//! files says how a row is known; a file without it is taken as observed.

mod columns;
mod restrictions;

use std::collections::HashMap;
use std::fmt::Write as _;

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::files::{FileError, Source, Staging};
use crate::geography::LonLat;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::passage::{Barrier, Control, Passage};
use crate::roads::road::{BothWays, Junction, Road};
use crate::table::{Row, Table, TableError, field};
use crate::units::Metres;

/// The files of a network; the last may be missing.
pub const FILES: [&str; 3] = ["node.csv", "link.csv", restrictions::FILE];

/// Reads `node.csv` and `link.csv` of a folder.
///
/// # Errors
/// When a file is missing, a row cannot be used, or a link names a node that is not there.
pub fn read(folder: &Source) -> Result<RoadGraph, TableError> {
    let nodes = Table::read(&folder.join("node.csv"))?;
    nodes.require_columns(&["node_id", "x_coord", "y_coord"])?;
    nodes.require_rows("each row is a junction: node_id,x_coord,y_coord")?;
    nodes.require_unique("node_id")?;
    let mut graph = RoadGraph::default();
    let mut node_of: HashMap<&str, NodeIndex> = HashMap::new();
    for row in nodes.rows() {
        let id = row.text("node_id")?;
        let node = graph.add_junction(Junction {
            id: id.to_owned(),
            position: row.position_in("x_coord", "y_coord")?,
            control: columns::word(&row, "ctrl_type", &Control::known())?,
            barrier: columns::word(&row, "barrier", &Barrier::known())?,
            limits: columns::limits(&row)?,
            basis: basis_or_observed(&row)?,
        });
        node_of.insert(id, node);
    }

    let links = Table::read(&folder.join("link.csv"))?;
    links.require_columns(&[
        "link_id",
        "from_node_id",
        "to_node_id",
        "directed",
        "length",
        "facility_type",
    ])?;
    links.require_rows("each row is a road between two nodes")?;
    links.require_unique("link_id")?;
    for row in links.rows() {
        let end = |column: &str| -> Result<NodeIndex, TableError> {
            node_of
                .get(row.text(column)?)
                .copied()
                .ok_or_else(|| row.bad_value(column, "a node_id of node.csv"))
        };
        let class: RoadClass =
            row.parse("facility_type", &format!("one of {}", RoadClass::known()))?;
        let mut road = Road {
            passage: if directed(&row)? {
                Road::one_way(class)
            } else {
                BothWays::same(Passage::Open)
            },
            name: row.optional("name").unwrap_or_default().to_owned(),
            free_speed: BothWays::same(columns::speed(&row, "free_speed")?),
            shape: shape(&row)?,
            basis: basis_or_observed(&row)?,
            ..Road::plain(
                row.text("link_id")?.to_owned(),
                [end("from_node_id")?, end("to_node_id")?],
                class,
                Metres(row.non_negative("length")?),
            )
        };
        columns::read(&row, &mut road)?;
        graph.add_road(road);
    }
    restrictions::read(folder, &mut graph)?;
    Ok(graph)
}

fn basis_or_observed(row: &Row<'_>) -> Result<Basis, TableError> {
    row.optional("basis")
        .map_or(Ok(Basis::Observed), |_| row.basis())
}

fn directed(row: &Row<'_>) -> Result<bool, TableError> {
    match row.text("directed")?.to_ascii_lowercase().as_str() {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(row.bad_value("directed", "1 (one way) or 0 (both ways)")),
    }
}

/// The points between the ends of a `LINESTRING (lon lat, lon lat, …)`, in WGS 84 whatever the
/// column `coordinates` says that they are.
fn shape(row: &Row<'_>) -> Result<Vec<LonLat>, TableError> {
    let Some(text) = row.optional("geometry") else {
        return Ok(Vec::new());
    };
    let bad = || row.bad_value("geometry", "LINESTRING (lon lat, lon lat, …) in degrees");
    let inner = text
        .strip_prefix("LINESTRING")
        .and_then(|rest| rest.trim().strip_prefix('('))
        .and_then(|rest| rest.strip_suffix(')'))
        .ok_or_else(bad)?;
    let datum = row.datum()?;
    let mut points = Vec::new();
    for pair in inner.split(',') {
        let mut numbers = pair.split_whitespace().map(str::parse::<f64>);
        let (Some(Ok(lon)), Some(Ok(lat))) = (numbers.next(), numbers.next()) else {
            return Err(bad());
        };
        let point = LonLat { lon, lat };
        if !point.is_valid() {
            return Err(bad());
        }
        points.push(datum.to_wgs84(point));
    }
    if points.len() < 2 {
        return Err(bad());
    }
    points.pop();
    points.remove(0);
    Ok(points)
}

/// Writes `node.csv`, `link.csv` and, where turns are forbidden, `turn_restriction.csv` into the
/// folder `folder` of an output.
///
/// Coordinates are written to 10⁻⁶ degrees (0.1 m), lengths to 0.1 m.
///
/// # Errors
/// When the files cannot be written.
pub fn write(roads: &RoadGraph, staging: &Staging, folder: &str) -> Result<(), FileError> {
    staging.write(format!("{folder}/node.csv"), nodes(roads).as_bytes())?;
    staging.write(format!("{folder}/link.csv"), links(roads).as_bytes())?;
    if let Some(restrictions) = restrictions::text(roads) {
        let file = format!("{folder}/{}", restrictions::FILE);
        staging.write(file, restrictions.as_bytes())?;
    }
    Ok(())
}

fn nodes(roads: &RoadGraph) -> String {
    let optional: Vec<_> = columns::OF_NODES
        .iter()
        .filter(|column| roads.junctions().any(|j| !(column.value)(j).is_empty()))
        .collect();
    let mut nodes = String::from("node_id,x_coord,y_coord");
    for column in &optional {
        write!(nodes, ",{}", column.name).expect(TO_STRING);
    }
    nodes += ",basis\n";
    for junction in roads.junctions() {
        let LonLat { lon, lat } = junction.position;
        write!(nodes, "{},{lon:.6},{lat:.6}", field(&junction.id)).expect(TO_STRING);
        for column in &optional {
            write!(nodes, ",{}", (column.value)(junction)).expect(TO_STRING);
        }
        writeln!(nodes, ",{}", junction.basis).expect(TO_STRING);
    }
    nodes
}

const TO_STRING: &str = "writing to a string does not fail";

fn links(roads: &RoadGraph) -> String {
    let optional: Vec<_> = columns::OF_LINKS
        .iter()
        .filter(|column| roads.roads().iter().any(|r| !(column.value)(r).is_empty()))
        .collect();
    let mut links = String::from(
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,name,basis",
    );
    for column in &optional {
        write!(links, ",{}", column.name).expect(TO_STRING);
    }
    links += ",geometry\n";
    for road in roads.roads() {
        let speed = road.free_speed.forwards;
        write!(
            links,
            "{},{},{},{},{:.1},{},{},{},{}",
            field(&road.id),
            field(&roads.junction(road.from).id),
            field(&roads.junction(road.to).id),
            u8::from(road.is_one_way()),
            road.length.0,
            road.class,
            speed.map_or_else(String::new, |speed| speed.0.to_string()),
            field(&road.name),
            road.basis,
        )
        .expect(TO_STRING);
        for column in &optional {
            write!(links, ",{}", (column.value)(road)).expect(TO_STRING);
        }
        links += ",\"LINESTRING (";
        for (index, LonLat { lon, lat }) in roads.line(road).into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(links, "{comma}{lon:.6} {lat:.6}").expect(TO_STRING);
        }
        links += ")\"\n";
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::datum::Datum;
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
        let staging = Staging::for_folder(&again.path().join("copy")).unwrap();
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
            "node_id,x_coord,y_coord,ctrl_type,barrier,max_height,max_weight,max_width\n\
             a,115.0,23.0,signal,,,,\nb,115.1,23.0,,gate,2.2,3.5,2\n",
            "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,\
             free_speed_back,lanes,surface,width,max_height,max_weight,max_width,structure,signals,\
             signals_back,crossings,crossings_back,forward_access,backward_access\n\
             1,a,b,1,100,service,30,none,2,rough,3.5,3.2,7.5,2.3,bridge,1,2,3,4,emergency,closed\n\
             2,b,a,0,100,primary,60,40,,,,,,,,,,,,,emergency\n\
             3,b,a,1,100,primary,,,,,,,,,,,,,,,\n",
        );
        fs::write(
            folder.path().join("turn_restriction.csv"),
            "restriction_id,links\n7,1+ 2+ 2-\n",
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
        assert_eq!(two_way.passage.backwards, Passage::Emergency);
        assert_eq!(
            two_way.free_speed.backwards.map(|speed| speed.0),
            Some(40.0)
        );
        assert_eq!(one_way.passage.backwards, Passage::AgainstOneWay);
        assert_eq!(roads.restrictions()[0].path.len(), 3);

        let again = tempfile::tempdir().unwrap();
        let staging = Staging::for_folder(&again.path().join("copy")).unwrap();
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
             1,a,b,0,100,primary\n",
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
    fn a_link_to_nowhere_names_its_line() {
        let (_folder, source) = folder_with(
            NODES,
            "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
             1,a,z,0,100,primary\n",
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

    #[test]
    fn an_unknown_class_lists_the_known_ones() {
        let (_folder, source) = folder_with(
            NODES,
            "link_id,from_node_id,to_node_id,directed,length,facility_type\n\
             1,a,b,0,100,motorweg\n",
        );
        let error = read(&source).unwrap_err().to_string();
        assert!(error.contains("one of motorway, motorway_link"), "{error}");
    }
}
