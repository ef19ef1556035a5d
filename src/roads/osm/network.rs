//! The road graph of an extract: junctions where roads meet, end or change, and between them
//! roads with the bends of the map.

use std::collections::BTreeMap;

use crate::roads::graph::RoadGraph;
use crate::roads::osm::area::Area;
use crate::roads::osm::joining::Points;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::restrictions::{self, RestrictionCounts, Wanted};
use crate::roads::osm::sides::{SideCounts, Sides};
use crate::roads::osm::steps::Steps;
use crate::roads::osm::tags::{self, RoadTags};
use crate::roads::osm::unusable::Unusable;
use crate::roads::osm::{OsmExtract, OsmWay};
use crate::units::Metres;

/// The road graph, and what was left out on the way to it.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// All roads that an engine can use, connected or not.
    pub roads: RoadGraph,
    /// What was kept and dropped.
    pub counts: NetworkCounts,
}

/// What was kept and dropped of the ways with a `highway`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkCounts {
    /// Ways with a `highway`.
    pub highways: u64,
    /// Those that became roads.
    pub kept: u64,
    /// Those that did not, by reason.
    pub unusable: BTreeMap<Unusable, u64>,
    /// Roads outside the boundary and its buffer.
    pub outside: u64,
    /// Roads of which fewer than two points are in the file.
    pub without_line: u64,
    /// Points of kept roads that are not in the file, or have no position.
    pub points_missing: u64,
    /// Ferries, which no engine is timed on.
    pub ferries: u64,
    /// Limits posted at a node where several roads meet, so that it is not clear for which.
    pub limits_at_junctions: u64,
    /// Forbidden turns, applied and left out.
    pub restrictions: RestrictionCounts,
    /// On which side traffic keeps.
    pub sides: SideCounts,
    /// Tags of kept ways and their nodes that were not understood.
    pub not_understood: NotUnderstood,
}

/// Builds the road graph; with `area`, of the roads that have a point within `buffer` of it.
pub fn build(extract: &OsmExtract, area: Option<(&Area, Metres)>) -> Network {
    let mut counts = NetworkCounts::default();
    let sides = Sides::of(extract, &mut counts.not_understood, &mut counts.sides);
    let mut steps = Steps::default();
    for way in &extract.ways {
        if way.tags.is("route", "ferry") {
            counts.ferries += 1;
        }
        if way.tags.get("highway").is_none() {
            continue;
        }
        counts.highways += 1;
        let mut odd = NotUnderstood::default();
        let tags = match tags::road(&way.tags, &mut odd) {
            Ok(tags) => tags,
            Err(reason) => {
                // Only what is odd about its kind kept it out; its other tags do not matter.
                if let Some(word) = way.tags.get("highway")
                    && odd.of("highway", word) > 0
                {
                    counts.not_understood.count("highway", word);
                }
                *counts.unusable.entry(reason).or_default() += 1;
                continue;
            }
        };
        let (lines, missing) = lines(extract, way);
        let near = |node: &usize| {
            area.is_none_or(|(area, buffer)| area.is_within(extract.nodes[*node].position, buffer))
        };
        if lines.is_empty() {
            counts.without_line += 1;
        } else if !lines.iter().flatten().any(near) {
            counts.outside += 1;
        } else {
            counts.kept += 1;
            let middle = lines[0][lines[0].len() / 2];
            let (side, source) = sides.on(&way.tags, extract.nodes[middle].position, &mut odd);
            *counts.sides.ways.entry((side, source)).or_default() += 1;
            let tags = RoadTags { side, ..tags };
            counts.points_missing += missing;
            counts.not_understood.add(odd);
            steps.add(way.id, tags, &lines);
        }
    }
    let wanted = restrictions::wanted(extract, &mut counts.restrictions);
    let mut points = Points::of(extract, &steps, &mut counts.not_understood);
    for restriction in &wanted {
        restriction.set_junctions(extract, &mut points);
    }
    let traced = wanted.iter().flat_map(Wanted::ways).collect();
    counts.limits_at_junctions += points.unclear_limits;
    let (mut roads, paths) = points.roads(&traced);
    for restriction in &wanted {
        restriction.apply(extract, &paths, &mut roads, &mut counts.restrictions);
    }
    Network { roads, counts }
}

/// The stretches of a way of which every point is in the extract, as indices into its list of nodes,
/// and how many points are missing. No straight line is drawn across a gap.
fn lines(extract: &OsmExtract, way: &OsmWay) -> (Vec<Vec<usize>>, u64) {
    let mut missing = 0;
    let mut lines = vec![Vec::new()];
    for id in &way.refs {
        match extract.nodes.binary_search_by_key(id, |node| node.id) {
            Ok(node) => {
                let line = lines.last_mut().expect("there is always a last line");
                if line.last() != Some(&node) {
                    line.push(node);
                }
            }
            Err(_) => {
                missing += 1;
                lines.push(Vec::new());
            }
        }
    }
    lines.retain(|line| line.len() >= 2);
    (lines, missing)
}

#[cfg(test)]
#[path = "network_tests.rs"]
mod tests;
