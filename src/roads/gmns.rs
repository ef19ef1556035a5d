//! The road graph as GMNS files (General Modeling Network Specification): `node.csv` with
//! `node_id,x_coord,y_coord` and `link.csv` with
//! `link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,geometry`.
//!
//! Lengths are metres, speeds km/h and coordinates WGS 84, as `osm2gmns` writes them. Two columns
//! of ours, `basis` in both files, say how a row is known; a file without them is taken as
//! observed.

use std::collections::HashMap;
use std::fmt::Write as _;

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::files::{FileError, Source, Staging};
use crate::geography::LonLat;
use crate::roads::class::{RoadClass, known_classes};
use crate::roads::graph::{Junction, Road, RoadGraph};
use crate::table::{Row, Table, TableError};
use crate::units::{KmPerHour, Metres};

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
        graph.add_road(Road {
            id: row.text("link_id")?.to_owned(),
            from: end("from_node_id")?,
            to: end("to_node_id")?,
            one_way: directed(&row)?,
            name: row.optional("name").unwrap_or_default().to_owned(),
            class: row
                .parse::<RoadClass>("facility_type", &format!("one of {}", known_classes()))?,
            length: Metres(row.non_negative("length")?),
            free_speed: free_speed(&row)?,
            shape: shape(&row)?,
            basis: basis_or_observed(&row)?,
        });
    }
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

fn free_speed(row: &Row<'_>) -> Result<Option<KmPerHour>, TableError> {
    if row.optional("free_speed").is_none() {
        return Ok(None);
    }
    match row.non_negative("free_speed")? {
        speed if (1.0..=300.0).contains(&speed) => Ok(Some(KmPerHour(speed))),
        _ => Err(row.bad_value("free_speed", "a speed between 1 and 300 km/h, or empty")),
    }
}

/// The points between the ends of a `LINESTRING (lon lat, lon lat, …)`.
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
        points.push(point);
    }
    if points.len() < 2 {
        return Err(bad());
    }
    points.pop();
    points.remove(0);
    Ok(points)
}

/// Writes `node.csv` and `link.csv` into the folder `folder` of an output.
///
/// Coordinates are written to 10⁻⁶ degrees (0.1 m), lengths to 0.1 m.
///
/// # Errors
/// When the files cannot be written.
pub fn write(roads: &RoadGraph, staging: &Staging, folder: &str) -> Result<(), FileError> {
    let mut nodes = String::from("node_id,x_coord,y_coord,basis\n");
    for junction in roads.junctions() {
        let LonLat { lon, lat } = junction.position;
        let id = field(&junction.id);
        writeln!(nodes, "{id},{lon:.6},{lat:.6},{}", junction.basis)
            .expect("writing to a string does not fail");
    }
    staging.write(format!("{folder}/node.csv"), nodes.as_bytes())?;

    let mut links = String::from(
        "link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,name,basis,\
         geometry\n",
    );
    for road in roads.roads() {
        let speed = road
            .free_speed
            .map_or_else(String::new, |speed| speed.0.to_string());
        write!(
            links,
            "{},{},{},{},{:.1},{},{speed},{},{},\"LINESTRING (",
            field(&road.id),
            field(&roads.junction(road.from).id),
            field(&roads.junction(road.to).id),
            u8::from(road.one_way),
            road.length.0,
            road.class,
            field(&road.name),
            road.basis,
        )
        .expect("writing to a string does not fail");
        for (place, LonLat { lon, lat }) in roads.line(road).into_iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(links, "{comma}{lon:.6} {lat:.6}").expect("writing to a string does not fail");
        }
        links.push_str(")\"\n");
    }
    staging.write(format!("{folder}/link.csv"), links.as_bytes())
}

/// A text as a CSV field, in quotes where it needs them.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(roads.graph().edge_count(), 3);
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
