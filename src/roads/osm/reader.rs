//! Reads an extract in PBF or XML, plain or compressed.
//!
//! It is gone through up to three times: for ways, relations, and nodes that are something
//! themselves; for the outlines that a relation groups; and for the nodes along the kept ways,
//! which stand before the ways in the file.

use rayon::prelude::*;

use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::osm::gathering::{Elements, is_station_or_settlement};
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::opening::{Format, Input};
use crate::roads::osm::pbf::Pbf;
use crate::roads::osm::xml::Xml;
use crate::roads::osm::{OsmError, OsmExtract, OsmNode, Tags, outline, tags, waters};

/// Reads an extract.
///
/// # Errors
/// When the file is missing, not an extract, damaged, or of a kind that is not read here.
pub fn read(source: &Source) -> Result<OsmExtract, OsmError> {
    let file = source.to_string();
    match source {
        Source::Disk(path) if path.is_file() => read_input(&file, &Input::Disk(path)),
        _ => read_input(&file, &Input::Memory(&source.read()?)),
    }
}

/// Reads an extract from memory; `file` is the name used in errors.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<OsmExtract, OsmError> {
    read_input(file, &Input::Memory(bytes))
}

fn read_input(file: &str, input: &Input<'_>) -> Result<OsmExtract, OsmError> {
    match input.format(file)? {
        Format::Xml => assemble(&Xml { file, input }),
        Format::Pbf => {
            let bytes = input.all(file)?;
            assemble(&Pbf::new(file, &bytes)?)
        }
    }
}

fn assemble(elements: &dyn Elements) -> Result<OsmExtract, OsmError> {
    let gathered = elements.gather()?;
    let mut extract = OsmExtract {
        nodes: Vec::new(),
        ways: gathered.ways,
        relations: gathered.relations,
        read: gathered.read,
    };
    extract.relations.sort_by_key(|relation| relation.id);
    let before = extract.relations.len();
    extract.relations.dedup_by_key(|relation| relation.id);
    extract.read.duplicates += (before - extract.relations.len()) as u64;
    sort_ways(&mut extract);

    // The outlines that a relation groups carry no tags of their own.
    let mut grouped: Vec<i64> = extract
        .relations
        .iter()
        .flat_map(|relation| {
            if is_station_or_settlement(&relation.tags) {
                relation.outer_ways()
            } else if outline::is_administrative(&relation.tags) || waters::is_water_area(relation)
            {
                relation.edge_ways()
            } else {
                Vec::new()
            }
        })
        .collect();
    grouped.sort_unstable();
    grouped.dedup();
    let is_missing = |way: &i64| extract.way(*way).is_none();
    let outlines: Vec<i64> = grouped.iter().copied().filter(is_missing).collect();
    if !outlines.is_empty() {
        extract.ways.extend(elements.ways(&outlines)?);
        sort_ways(&mut extract);
    }

    let is_road = |tags: &Tags| tags::road(tags, &mut NotUnderstood::default()).is_ok();
    let mut wanted: Vec<i64> = extract
        .ways
        .par_iter()
        .filter(|way| {
            let is_drawn = way.tags.get("highway").is_none() && !way.tags.is("route", "ferry");
            // An outline may run along a way that is no road for engines.
            is_drawn || is_road(&way.tags) || grouped.binary_search(&way.id).is_ok()
        })
        .flat_map_iter(|way| way.refs.iter().copied())
        .collect();
    wanted.par_sort_unstable();
    wanted.dedup();

    let mut positions = elements.positions(&wanted)?;
    // Published extracts are sorted, and sorting takes room even then.
    if !positions.is_sorted_by_key(|(id, _)| *id) {
        positions.sort_by_key(|(id, _)| *id);
    }
    let before = positions.len();
    positions.dedup_by_key(|(id, _)| *id);
    extract.read.duplicates += (before - positions.len()) as u64;
    // What is itself of interest comes with its tags; what only matters on a road needs one.
    let mut tagged = gathered.nodes;
    tagged.retain(|node| {
        is_station_or_settlement(&node.tags) || wanted.binary_search(&node.id).is_ok()
    });
    tagged.sort_by_key(|node| node.id);
    tagged.dedup_by(|again, first| {
        // Those along a road were counted with its other nodes.
        let is_counted = wanted.binary_search(&again.id).is_ok();
        again.id == first.id && {
            extract.read.duplicates += u64::from(!is_counted);
            true
        }
    });
    drop(wanted);
    extract.nodes = merged(positions, tagged);
    Ok(extract)
}

/// Two lists by number as one: nodes along kept ways, and nodes with tags of interest.
fn merged(positions: Vec<(i64, LonLat)>, tagged: Vec<OsmNode>) -> Vec<OsmNode> {
    let mut nodes = Vec::with_capacity(positions.len() + tagged.len());
    let mut tagged = tagged.into_iter().peekable();
    for (id, position) in positions {
        while let Some(before) = tagged.next_if(|node| node.id < id) {
            nodes.push(before);
        }
        let same = tagged.next_if(|node| node.id == id);
        let tags = same.map(|node| node.tags).unwrap_or_default();
        nodes.push(OsmNode { id, position, tags });
    }
    nodes.extend(tagged);
    nodes
}

/// Sorts the ways and keeps the first of each number.
fn sort_ways(extract: &mut OsmExtract) {
    extract.ways.sort_by_key(|way| way.id);
    let before = extract.ways.len();
    extract.ways.dedup_by_key(|way| way.id);
    extract.read.duplicates += (before - extract.ways.len()) as u64;
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
