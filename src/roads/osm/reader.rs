//! Reads an extract in PBF or XML, plain or compressed.
//!
//! It is gone through up to five times: for ways, relations, and nodes that are something
//! themselves; where it is not sorted strictly, for later versions of these; for the outlines that a
//! relation groups; for the corners of homes, of which the middles are kept; and for the nodes along the
//! kept ways, which stand before the ways in the file.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::osm::buildings::{self, FoundGroup, FoundHome};
use crate::roads::osm::footprints::Buildings;
use crate::roads::osm::gathering::{Elements, FoundWay, is_station_or_settlement};
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::opening::{Format, Input};
use crate::roads::osm::pbf::Pbf;
use crate::roads::osm::versions::{
    FoundNode, Highest, Numbers, Version, Versioned, highest, highest_nodes,
};
use crate::roads::osm::xml::Xml;
use crate::roads::osm::{
    MemberKind, OsmError, OsmExtract, OsmNode, OsmWay, ReadCounts, Tags, landuse, outline, tags,
    waters,
};

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
    let mut gathered = elements.gather()?;
    let mut read = gathered.read;
    if gathered.order.is_broken() {
        let kept = Numbers::of(&gathered.nodes, &gathered.ways, &gathered.relations);
        let kept = kept.and(&gathered.homes, &gathered.groups);
        let highest = Highest::of(elements.versions(&kept)?);
        highest.keep(MemberKind::Node, &mut gathered.nodes, &mut read);
        highest.keep(MemberKind::Way, &mut gathered.ways, &mut read);
        highest.keep(MemberKind::Relation, &mut gathered.relations, &mut read);
        // What counts of buildings is how many are homes, and not how often each stands in the file.
        let uncounted = &mut ReadCounts::default();
        highest.keep(MemberKind::Way, &mut gathered.homes, uncounted);
        highest.keep(MemberKind::Relation, &mut gathered.groups, uncounted);
    }
    let mut homes = highest(gathered.homes, &mut ReadCounts::default());
    let groups = highest(gathered.groups, &mut ReadCounts::default());
    let mut on_ways = Vec::new();
    let mut extract = OsmExtract {
        nodes: Vec::new(),
        ways: ways(gathered.ways, &mut on_ways, &mut read),
        relations: highest(gathered.relations, &mut read),
        buildings: Buildings::default(),
        read,
    };

    // The outlines that a relation groups carry no tags of their own.
    let mut grouped: Vec<i64> = extract
        .relations
        .iter()
        .flat_map(|relation| {
            if is_station_or_settlement(&relation.tags) {
                relation.outer_ways()
            } else if outline::is_administrative(&relation.tags)
                || waters::is_water_area(relation)
                || landuse::is_land(&relation.tags)
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
    let of_groups = || groups.iter().flat_map(|group| &group.outlines);
    let mut outlines: Vec<i64> = grouped.iter().chain(of_groups()).copied().collect();
    outlines.retain(is_missing);
    outlines.sort_unstable();
    outlines.dedup();
    if !outlines.is_empty() {
        let found = elements.ways(&outlines)?;
        let (grouped, others): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|found| grouped.binary_search(&found.element.way.id).is_ok());
        homes.extend(drawn_by_groups(&groups, &grouped, &others, &homes));
        let outlines = ways(grouped, &mut on_ways, &mut extract.read);
        extract.ways.extend(outlines);
        extract.ways.sort_by_key(|way| way.id);
    }
    extract.buildings = buildings::placed(&homes, gathered.buildings, |corners| {
        let mut nodes = elements.positions(corners)?;
        highest_nodes(&mut nodes, &mut ReadCounts::default());
        Ok(nodes)
    })?;
    drop(homes);

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
    highest_nodes(&mut positions, &mut extract.read);
    place_by_ways(&mut positions, on_ways, &wanted, &mut extract.read);
    // What is itself of interest comes with its tags; what only matters on a road needs one.
    let mut tagged = gathered.nodes;
    let is_wanted = |id: i64| wanted.binary_search(&id).is_ok();
    tagged.retain(|found| {
        let OsmNode { id, tags, .. } = &found.element;
        is_station_or_settlement(tags) || is_wanted(*id)
    });
    // Those along a road were counted with its other nodes.
    let (along, apart): (Vec<_>, Vec<_>) = tagged
        .into_iter()
        .partition(|found| is_wanted(found.element.id));
    let mut tagged = highest(along, &mut ReadCounts::default());
    tagged.extend(highest(apart, &mut extract.read));
    tagged.sort_by_key(|node| node.id);
    drop(wanted);
    extract.nodes = merged(positions, tagged);
    Ok(extract)
}

/// The homes of which a relation groups the outlines, each outline for itself, unless it is a home already.
fn drawn_by_groups(
    groups: &[FoundGroup],
    grouped: &[Versioned<FoundWay>],
    others: &[Versioned<FoundWay>],
    homes: &[FoundHome],
) -> Vec<FoundHome> {
    let is_home = |id: i64| homes.binary_search_by_key(&id, |home| home.id).is_ok();
    let mut outlines: Vec<(i64, &FoundGroup)> = groups
        .iter()
        .flat_map(|group| group.outlines.iter().map(move |way| (*way, group)))
        .filter(|(way, _)| !is_home(*way))
        .collect();
    outlines.sort_by_key(|(way, group)| (*way, group.id));
    outlines.dedup_by_key(|(way, _)| *way);
    let mut ways: Vec<&Versioned<FoundWay>> = grouped.iter().chain(others).collect();
    ways.sort_by_key(|found| (found.element.way.id, Reverse(found.version)));
    ways.dedup_by_key(|found| found.element.way.id);
    let drawn = outlines.into_iter().filter_map(|(id, group)| {
        let at = ways.binary_search_by_key(&id, |found| found.element.way.id);
        let found = ways[at.ok()?];
        (!found.version.is_deleted).then(|| FoundHome {
            id,
            home: group.home,
            corners: found.element.way.refs.clone(),
            positions: found.element.positions.clone(),
        })
    });
    drawn.collect()
}

/// The ways that count, and the positions that stand in them.
fn ways(
    found: Vec<Versioned<FoundWay>>,
    on_ways: &mut Vec<(i64, LonLat)>,
    read: &mut ReadCounts,
) -> Vec<OsmWay> {
    let ways = highest(found, read).into_iter();
    ways.map(|FoundWay { way, positions }| {
        on_ways.extend(positions);
        way
    })
    .collect()
}

/// Adds the nodes that have their position in ways alone.
fn place_by_ways(
    nodes: &mut Vec<FoundNode>,
    mut on_ways: Vec<(i64, LonLat)>,
    wanted: &[i64],
    read: &mut ReadCounts,
) {
    let has_node = |id: &i64| nodes.binary_search_by_key(id, |node| node.id).is_ok();
    on_ways.retain(|(id, _)| wanted.binary_search(id).is_ok() && !has_node(id));
    on_ways.sort_by_key(|(id, _)| *id);
    on_ways.dedup_by_key(|(id, _)| *id);
    if on_ways.is_empty() {
        return;
    }
    read.placed_by_ways += on_ways.len() as u64;
    let placed = |(id, position)| FoundNode::new(id, Version::default(), Some(position));
    nodes.extend(on_ways.into_iter().map(placed));
    nodes.sort_by_key(|node| node.id);
}

/// Two lists by number as one: nodes along kept ways, and nodes with tags of interest.
fn merged(positions: Vec<FoundNode>, tagged: Vec<OsmNode>) -> Vec<OsmNode> {
    let mut nodes = Vec::with_capacity(positions.len() + tagged.len());
    let mut tagged = tagged.into_iter().peekable();
    for FoundNode { id, position, .. } in positions {
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

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
