//! Turn restrictions: relations that forbid a way through a junction (`no_left_turn`), or all ways
//! but one (`only_straight_on`), as sequences of roads that must not be driven.
//!
//! ```text
//! no_…    from, via, to                 from → to is forbidden
//! only_…  from, via node, to            from → every other exit of the junction is forbidden
//! only_…  from, via ways v w, to        from v → every exit but w, from v w → every exit but to
//! ```
//!
//! A restriction that does not hold for engines, of which a member is not a road here, or whose way nobody
//! drives anyway, is left out and counted with its reason. Of several `from` (`no_entry`) or `to` (`no_exit`)
//! those that are roads count.

use std::collections::BTreeMap;

use crate::roads::graph::RoadGraph;
use crate::roads::osm::joining::{Paths, Points};
use crate::roads::osm::steps::Step;
use crate::roads::osm::{MemberKind, OsmExtract, OsmRelation};
use crate::roads::passage::Passage;
use crate::roads::road::{Direction, TurnRestriction};

/// How many restrictions were applied, by kind, and left out, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestrictionCounts {
    /// Restrictions that forbid at least one turn here.
    pub applied: BTreeMap<String, u64>,
    /// Restrictions that do not, by reason.
    pub left_out: BTreeMap<NotApplied, u64>,
}

/// Why a restriction forbids no turn here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotApplied {
    /// It holds at certain times only.
    Conditional,
    OtherVehicles,
    /// Engines are exempt.
    Exempt,
    UnknownKind,
    /// It needs one `from`, one `to`, and one node or some other ways as `via`.
    OddMembers,
    /// A member is not a road of this network.
    Missing,
    NotConnected,
    /// A member leads through the via, so that its side is not clear.
    Ambiguous,
    NotDrivable,
}

impl RestrictionCounts {
    fn leave_out(&mut self, reason: NotApplied) {
        *self.left_out.entry(reason).or_default() += 1;
    }
}

const KINDS: [&str; 10] = [
    "no_left_turn",
    "no_right_turn",
    "no_straight_on",
    "no_u_turn",
    "no_entry",
    "no_exit",
    "only_left_turn",
    "only_right_turn",
    "only_straight_on",
    "only_u_turn",
];

/// A restriction on engines, its members sorted by role.
pub(super) struct Wanted {
    id: i64,
    kind: String,
    from: Vec<i64>,
    to: Vec<i64>,
    via: Via,
    /// Whether it names emergency vehicles.
    binds_engines: bool,
}

enum Via {
    Node(i64),
    Ways(Vec<i64>),
}

/// The restrictions of the extract that hold for engines.
pub(super) fn wanted(extract: &OsmExtract, counts: &mut RestrictionCounts) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for relation in &extract.relations {
        if relation.tags.is("type", "restriction") {
            match Wanted::of(relation) {
                Ok(restriction) => wanted.push(restriction),
                Err(reason) => counts.leave_out(reason),
            }
        }
    }
    wanted
}

impl Wanted {
    fn of(relation: &OsmRelation) -> Result<Self, NotApplied> {
        let tags = &relation.tags;
        // The word for engines by name stands above that for all.
        let for_engines = tags.get("restriction:emergency");
        if for_engines.is_some_and(|kind| matches!(kind, "none" | "no")) {
            return Err(NotApplied::Exempt);
        }
        let kind = [
            "restriction",
            "restriction:motor_vehicle",
            "restriction:vehicle",
        ]
        .into_iter()
        .find_map(|key| tags.get(key));
        let Some(kind) = for_engines.or(kind) else {
            let is_conditional = tags.0.iter().any(|(key, _)| key.ends_with(":conditional"));
            let is_narrow = tags
                .0
                .iter()
                .any(|(key, _)| key.starts_with("restriction:"));
            return Err(match (is_conditional, is_narrow) {
                (true, _) => NotApplied::Conditional,
                (_, true) => NotApplied::OtherVehicles,
                _ => NotApplied::UnknownKind,
            });
        };
        if ["hour_on", "day_on"]
            .into_iter()
            .any(|key| tags.get(key).is_some())
        {
            return Err(NotApplied::Conditional);
        }
        let exempt = |except: &str| {
            except
                .split(';')
                .any(|word| matches!(word.trim(), "emergency" | "motor_vehicle" | "vehicle"))
        };
        if for_engines.is_none() && tags.get("except").is_some_and(exempt) {
            return Err(NotApplied::Exempt);
        }
        if !KINDS.contains(&kind) {
            return Err(NotApplied::UnknownKind);
        }
        let with_role = |role: &str, kind: MemberKind| -> Vec<i64> {
            let members = relation.members.iter();
            members
                .filter(|member| member.kind == kind && member.role == role)
                .map(|member| member.id)
                .collect()
        };
        let from = with_role("from", MemberKind::Way);
        let to = with_role("to", MemberKind::Way);
        let nodes = with_role("via", MemberKind::Node);
        let ways = with_role("via", MemberKind::Way);
        let via = match (nodes.as_slice(), ways.as_slice()) {
            ([node], []) => Via::Node(*node),
            ([], [_, ..]) => Via::Ways(ways),
            _ => return Err(NotApplied::OddMembers),
        };
        let fits = match kind {
            "no_entry" => !from.is_empty() && to.len() == 1,
            "no_exit" => from.len() == 1 && !to.is_empty(),
            _ => from.len() == 1 && to.len() == 1,
        };
        // Nobody turns into the way that is driven already.
        let turns = |via: &Via| match via {
            Via::Node(_) => true,
            Via::Ways(ways) => !from.iter().chain(&to).any(|way| ways.contains(way)),
        };
        if !fits || !turns(&via) {
            return Err(NotApplied::OddMembers);
        }
        Ok(Self {
            id: relation.id,
            kind: kind.to_owned(),
            from,
            to,
            via,
            binds_engines: for_engines.is_some(),
        })
    }

    /// The numbers of its ways.
    pub(super) fn ways(&self) -> impl Iterator<Item = i64> {
        let via = match &self.via {
            Via::Node(_) => &[][..],
            Via::Ways(ways) => ways,
        };
        let members = self.from.iter().chain(&self.to).chain(via);
        members.copied()
    }

    /// Makes the points where it begins and ends junctions.
    pub(super) fn set_junctions(&self, extract: &OsmExtract, points: &mut Points<'_>) {
        let nodes: Vec<i64> = match &self.via {
            Via::Node(node) => vec![*node],
            Via::Ways(ways) => {
                let ways = ways.iter().filter_map(|way| extract.way(*way));
                ways.flat_map(|way| [way.refs.first(), way.refs.last()])
                    .flatten()
                    .copied()
                    .collect()
            }
        };
        for node in nodes {
            if let Some(node) = index_of(extract, node) {
                points.set_junction(node);
            }
        }
    }

    /// Forbids its turns.
    pub(super) fn apply(
        &self,
        extract: &OsmExtract,
        paths: &Paths,
        roads: &mut RoadGraph,
        counts: &mut RestrictionCounts,
    ) {
        match self.forbidden(extract, paths, roads) {
            Ok(forbidden) => {
                *counts.applied.entry(self.kind.clone()).or_default() += 1;
                for path in forbidden {
                    roads.add_restriction(TurnRestriction {
                        id: self.id.to_string(),
                        path,
                        binds_engines: self.binds_engines,
                    });
                }
            }
            Err(reason) => counts.leave_out(reason),
        }
    }

    fn forbidden(
        &self,
        extract: &OsmExtract,
        paths: &Paths,
        roads: &RoadGraph,
    ) -> Result<Vec<Vec<Direction>>, NotApplied> {
        let mut forbidden = Vec::new();
        let has_several = self.from.len() + self.to.len() > 2;
        let mut nothing = NotApplied::NotDrivable;
        for from in &self.from {
            for to in &self.to {
                let path = match self.path(extract, paths, *from, *to) {
                    Ok(path) => path,
                    Err(NotApplied::Missing) if has_several => {
                        nothing = NotApplied::Missing;
                        continue;
                    }
                    Err(reason) => return Err(reason),
                };
                if !path.iter().all(|direction| is_driven(roads, *direction)) {
                    continue;
                }
                if self.kind.starts_with("no_") {
                    forbidden.push(path);
                    continue;
                }
                // With a via node the turn out of `from` itself is bound; with via ways only
                // what follows once the first of them is taken.
                let first = match self.via {
                    Via::Node(_) => 1,
                    Via::Ways(_) => 2,
                };
                for length in first..path.len() {
                    let last = path[length - 1];
                    let at = roads.road(last.road).head(last.forwards);
                    for edge in roads.graph().edges(at) {
                        if *edge.weight() != path[length] {
                            let mut other = path[..length].to_vec();
                            other.push(*edge.weight());
                            forbidden.push(other);
                        }
                    }
                }
            }
        }
        if forbidden.is_empty() {
            return Err(nothing);
        }
        forbidden.sort_by_key(|path| {
            path.iter()
                .map(|d| (d.road, d.forwards))
                .collect::<Vec<_>>()
        });
        Ok(forbidden)
    }

    /// The roads from the last piece of `from` over the via to the first piece of `to`.
    fn path(
        &self,
        extract: &OsmExtract,
        paths: &Paths,
        from: i64,
        to: i64,
    ) -> Result<Vec<Direction>, NotApplied> {
        match &self.via {
            Via::Node(node) => {
                let node = index_of(extract, *node).ok_or(NotApplied::Missing)?;
                let arriving = reversed(leaving(paths, from, node)?);
                Ok(vec![arriving, leaving(paths, to, node)?])
            }
            Via::Ways(ways) => {
                // The first via way may be driven either way; the one that leads on is meant.
                let steps = paths.of_way(ways[0]).ok_or(NotApplied::Missing)?;
                let mut found = Err(NotApplied::NotConnected);
                for start in ends(steps).ok_or(NotApplied::NotConnected)? {
                    let path = along(paths, from, ways, to, start);
                    found = match (found, path) {
                        (Ok(_), Ok(_)) => return Err(NotApplied::Ambiguous),
                        (Ok(path), Err(_)) | (Err(_), Ok(path)) => Ok(path),
                        (Err(NotApplied::NotConnected), Err(reason)) | (Err(reason), Err(_)) => {
                            Err(reason)
                        }
                    };
                }
                found
            }
        }
    }
}

fn along(
    paths: &Paths,
    from: i64,
    via: &[i64],
    to: i64,
    start: usize,
) -> Result<Vec<Direction>, NotApplied> {
    let mut path = vec![reversed(leaving(paths, from, start)?)];
    let mut at = start;
    for way in via {
        let steps = paths.of_way(*way).ok_or(NotApplied::Missing)?;
        let [first, last] = ends(steps).ok_or(NotApplied::NotConnected)?;
        let is_forwards = match at {
            at if at == first => true,
            at if at == last => false,
            _ => return Err(NotApplied::NotConnected),
        };
        let mut step = |from: usize, to: usize, along: Direction| {
            let (next, direction) = if from == at {
                (to, along)
            } else if to == at {
                (from, reversed(along))
            } else {
                return Err(NotApplied::NotConnected);
            };
            at = next;
            if path.last() != Some(&direction) {
                path.push(direction);
            }
            Ok(())
        };
        if is_forwards {
            steps
                .iter()
                .try_for_each(|(s, along)| step(s.from(), s.to(), *along))?;
        } else {
            steps
                .iter()
                .rev()
                .try_for_each(|(s, along)| step(s.from(), s.to(), *along))?;
        }
    }
    path.push(leaving(paths, to, at)?);
    Ok(path)
}

/// The two ends of a way that is one line.
fn ends(steps: &[(Step, Direction)]) -> Option<[usize; 2]> {
    let (first, last) = (&steps.first()?.0, &steps.last()?.0);
    if steps.len() == 1 {
        return Some([first.from(), first.to()]);
    }
    let second = &steps[1].0;
    let before = &steps[steps.len() - 2].0;
    let free = |step: &Step, next: &Step| {
        if step.from() == next.from() || step.from() == next.to() {
            step.to()
        } else {
            step.from()
        }
    };
    Some([free(first, second), free(last, before)])
}

/// The road by which one leaves `node` along `way`.
fn leaving(paths: &Paths, way: i64, node: usize) -> Result<Direction, NotApplied> {
    let steps = paths.of_way(way).ok_or(NotApplied::Missing)?;
    let mut out = steps.iter().filter_map(|(step, along)| {
        if step.from() == node {
            Some(*along)
        } else if step.to() == node {
            Some(reversed(*along))
        } else {
            None
        }
    });
    let first = out.next().ok_or(NotApplied::NotConnected)?;
    if out.next().is_some() {
        return Err(NotApplied::Ambiguous);
    }
    Ok(first)
}

fn reversed(direction: Direction) -> Direction {
    Direction {
        forwards: !direction.forwards,
        ..direction
    }
}

fn is_driven(roads: &RoadGraph, direction: Direction) -> bool {
    roads.road(direction.road).passage.along(direction.forwards) != Passage::Closed
}

fn index_of(extract: &OsmExtract, node: i64) -> Option<usize> {
    extract
        .nodes
        .binary_search_by_key(&node, |node| node.id)
        .ok()
}
