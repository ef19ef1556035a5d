//! The tables of a network, written.

use std::fmt::Write as _;

use crate::characters::as_name;
use crate::files::{FileError, Staging};
use crate::geography::LonLat;
use crate::language;
use crate::roads::gmns::{columns, config, restrictions};
use crate::roads::graph::RoadGraph;
use crate::table::field;

/// Writes `node.csv`, `link.csv`, `config.csv` and, where turns are forbidden, `turn_restriction.csv` into the
/// folder `folder` of an output.
///
/// Coordinates are written to 10⁻⁶ degrees (0.1 m), lengths to 0.1 m.
///
/// # Errors
/// When the files cannot be written.
pub fn write(roads: &RoadGraph, staging: &Staging, folder: &str) -> Result<(), FileError> {
    staging.write(format!("{folder}/node.csv"), nodes(roads).as_bytes())?;
    staging.write(format!("{folder}/link.csv"), links(roads).as_bytes())?;
    staging.write(
        format!("{folder}/{}", config::FILE),
        config::OURS.as_bytes(),
    )?;
    let file = format!("{folder}/{}", restrictions::FILE);
    staging.write_or_leave_out(file, restrictions::text(roads))
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
    let mut languages: Vec<&str> = roads
        .roads()
        .iter()
        .flat_map(|road| road.names.iter().map(|(language, _)| language.as_str()))
        .collect();
    languages.sort_unstable();
    languages.dedup();
    for language in &languages {
        write!(
            links,
            ",{}",
            field(&format!("{}{language}", language::NAME_IN))
        )
        .expect(TO_STRING);
    }
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
            field(&as_name(&road.name)),
            road.basis,
        )
        .expect(TO_STRING);
        let mut names = road.names.iter().peekable();
        for language in &languages {
            let name = names.next_if(|(own, _)| own == language);
            let name = name.map_or("", |(_, name)| name);
            write!(links, ",{}", field(&as_name(name))).expect(TO_STRING);
        }
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
