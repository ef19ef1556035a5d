//! The road graph of a layer of lines.

use std::collections::{BTreeMap, HashMap};

use petgraph::unionfind::UnionFind;

use crate::basis::Basis;
use crate::geography::{LonLat, Plane, centre, length_along};
use crate::roads::gmns::to_decimetres;
use crate::roads::graph::RoadGraph;
use crate::roads::lines::mapping::Mapping;
use crate::roads::lines::noding::{self, FlatLine, Joining, NodingCounts, Piece};
use crate::roads::lines::understanding::{Described, Driven, Misunderstood, describe};
use crate::roads::lines::{Layer, LineFeature, NoLine};
use crate::roads::road::{BothWays, Junction, Road};
use crate::units::Metres;

/// The roads of a layer, and how it was read.
#[derive(Clone, Debug, Default)]
pub struct LinesNetwork {
    /// The road graph, connected or not.
    pub roads: RoadGraph,
    /// What was kept and what was not.
    pub counts: LayerCounts,
    /// How the lines were joined.
    pub noding: NodingCounts,
    /// Ends that hang free close to another line.
    pub dangling: Vec<LonLat>,
}

/// What became of the features of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerCounts {
    /// All features.
    pub features: usize,
    /// Those that became roads.
    pub kept: usize,
    /// Those that did not, by reason.
    pub dropped: BTreeMap<NoRoad, u64>,
    /// Single lines left out of features that were kept, by reason.
    pub lines_dropped: BTreeMap<NoRoad, u64>,
    /// Values that the mapping does not explain.
    pub odd: Misunderstood,
}

/// Why a feature, or a line of it, became no road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoRoad {
    NoLine(NoLine),
    /// The feature is of a class that the mapping drops.
    ByMapping,
    /// No point of it is near the county.
    Outside,
    /// Its points are one and the same.
    NoLength,
}

/// Builds the road graph of those features that have a point that is `near`.
pub fn build(layer: &Layer, mapping: &Mapping, near: impl Fn(LonLat) -> bool) -> LinesNetwork {
    let mut counts = LayerCounts {
        features: layer.features.len(),
        ..LayerCounts::default()
    };
    let mut kept: Vec<(&LineFeature, Described)> = Vec::new();
    let mut lines: Vec<(usize, Vec<LonLat>)> = Vec::new();
    for feature in &layer.features {
        match usable(feature, mapping, &near, &mut counts) {
            Err(reason) => *counts.dropped.entry(reason).or_default() += 1,
            Ok((described, usable)) => {
                counts.kept += 1;
                lines.extend(usable.into_iter().map(|line| (kept.len(), line)));
                kept.push((feature, described));
            }
        }
    }
    let Some(middle) = centre(lines.iter().flat_map(|(_, line)| line.iter().copied())) else {
        return LinesNetwork {
            counts,
            ..LinesNetwork::default()
        };
    };
    let plane = Plane::around(middle);
    let flat: Vec<FlatLine> = lines
        .iter()
        .map(|(feature, line)| FlatLine {
            points: line.iter().map(|point| plane.project(*point)).collect(),
            level: kept[*feature].1.level,
        })
        .collect();
    let mut noded = noding::node(
        &flat,
        Joining {
            tolerance: mapping.tolerance.0,
            join_crossings: mapping.join_crossings,
        },
    );
    // Between nodes that are written alike a piece has no length: they are one, and it is left out.
    let written = |at: &[f64; 2]| plane.unproject(*at).as_written();
    let positions: Vec<LonLat> = noded.nodes.iter().map(written).collect();
    let mut joined = UnionFind::new(positions.len());
    let before = noded.pieces.len();
    noded.pieces.retain(|Piece { ends, shape, .. }| {
        let [from, to] = ends.map(|end| positions[end]);
        let has_length = from != to || shape.iter().any(|at| written(at) != from);
        if !has_length {
            joined.union(ends[0], ends[1]);
        }
        has_length
    });
    noded.counts.pieces_within_tolerance += before - noded.pieces.len();
    let mut roads = RoadGraph::default();
    let mut of_joined = HashMap::new();
    let nodes: Vec<_> = (positions.iter().enumerate())
        .map(|(index, position)| {
            let next = of_joined.len() + 1;
            *of_joined.entry(joined.find(index)).or_insert_with(|| {
                let id = next.to_string();
                roads.add_junction(Junction::plain(id, *position, Basis::Observed))
            })
        })
        .collect();
    let mut pieces_of: HashMap<String, u64> = HashMap::new();
    for Piece { line, ends, shape } in noded.pieces {
        let (feature, described) = &kept[lines[line].0];
        let id = match &described.id {
            Some(id) => id.clone(),
            None => feature.number.to_string(),
        };
        let piece = pieces_of.entry(id.clone()).or_default();
        *piece += 1;
        let ends = ends.map(|end| nodes[end]);
        let [from, to] = ends.map(|end| roads.junction(end).position);
        let mut shape: Vec<LonLat> = (shape.iter().map(written))
            .skip_while(|point| *point == from)
            .collect();
        shape.dedup();
        shape.pop_if(|point| *point == to);
        let mut road = road(described, format!("{id}-{piece}"), ends, shape);
        road.length = length(&roads.line(&road));
        roads.add_road(road);
    }
    LinesNetwork {
        roads,
        counts,
        noding: noded.counts,
        dangling: noded.dangling.iter().map(written).collect(),
    }
}

/// What is known of a feature's road, and its lines in the direction of traffic; or why it is none.
fn usable(
    feature: &LineFeature,
    mapping: &Mapping,
    near: impl Fn(LonLat) -> bool,
    counts: &mut LayerCounts,
) -> Result<(Described, Vec<Vec<LonLat>>), NoRoad> {
    let lines = feature
        .lines
        .as_ref()
        .map_err(|reason| NoRoad::NoLine(*reason))?;
    // Before the mapping, so that no value is counted of what lies elsewhere.
    if !lines.iter().flatten().any(|point| near(*point)) && lines.iter().any(|l| !l.is_empty()) {
        return Err(NoRoad::Outside);
    }
    let described = describe(mapping, &feature.values, &mut counts.odd).ok_or(NoRoad::ByMapping)?;
    let mut usable = Vec::with_capacity(lines.len());
    for line in lines {
        // As it was drawn: what rounding moves apart would no longer meet within the tolerance.
        let mut line = line.clone();
        line.dedup();
        if described.driven == Driven::Backwards {
            line.reverse();
        }
        let written = line.iter().map(|point| point.as_written());
        if line
            .first()
            .is_some_and(|first| written.clone().any(|at| at != first.as_written()))
        {
            usable.push(line);
        }
    }
    if usable.is_empty() {
        return Err(NoRoad::NoLength);
    }
    if usable.len() < lines.len() {
        let left_out = counts.lines_dropped.entry(NoRoad::NoLength).or_default();
        *left_out += (lines.len() - usable.len()) as u64;
    }
    Ok((described, usable))
}

fn road(
    described: &Described,
    id: String,
    ends: [petgraph::graph::NodeIndex; 2],
    shape: Vec<LonLat>,
) -> Road {
    let mut road = Road {
        name: described.name.clone(),
        free_speed: BothWays::same(described.free_speed),
        lanes: described.lanes,
        surface: described.surface,
        width: described.width,
        limits: described.limits,
        structure: described.structure,
        shape,
        basis: if described.is_class_known {
            Basis::Observed
        } else {
            Basis::Assumed
        },
        ..Road::plain(id, ends, described.class, Metres(0.0))
    };
    if described.driven != Driven::BothWays {
        road.passage = Road::one_way(described.class);
    }
    road
}

/// The length along a line, to 0.1 m as `link.csv` has it.
fn length(line: &[LonLat]) -> Metres {
    to_decimetres(length_along(line).0)
}
