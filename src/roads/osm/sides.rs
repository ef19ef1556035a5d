//! On which side traffic keeps: as a way itself says, else the administrative area of the map, else the way
//! in which its roundabouts are driven.

use std::collections::BTreeSet;

use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::{OsmExtract, OsmWay, Tags, outline};
use crate::roads::passage::DrivingSide;

/// The key under which a way or an administrative area says it.
const KEY: &str = "driving_side";

/// The side on which traffic keeps where a way does not say it, and how that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    pub side: Option<DrivingSide>,
    pub source: SideSource,
}

/// How the side is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SideSource {
    /// The administrative area of this number says it, or several agree.
    Relation(i64),
    /// So many of all roundabouts are driven clockwise.
    Roundabouts { clockwise: u64, all: u64 },
    /// Nothing says it: right.
    #[default]
    Assumed,
}

impl Side {
    /// What the map as a whole says.
    pub fn of(extract: &OsmExtract, odd: &mut NotUnderstood) -> Self {
        let said: Vec<_> = extract
            .relations
            .iter()
            .filter(|relation| outline::is_administrative(&relation.tags))
            .filter_map(|relation| Some((relation.id, stated(&relation.tags, odd)?)))
            .collect();
        let sides: BTreeSet<DrivingSide> = said.iter().map(|(_, side)| *side).collect();
        if let (1, Some((relation, side))) = (sides.len(), said.first()) {
            return Self {
                side: Some(*side),
                source: SideSource::Relation(*relation),
            };
        }
        let roundabouts = extract.ways.iter();
        let roundabouts = roundabouts.filter_map(|way| is_driven_clockwise(extract, way));
        let (clockwise, all) = roundabouts.fold((0, 0), |(clockwise, all), is_clockwise| {
            (clockwise + u64::from(is_clockwise), all + 1)
        });
        let most = ASSUMED.roads.roundabouts_agree * all as f64;
        let side = match clockwise {
            _ if all < ASSUMED.roads.roundabouts_needed => None,
            left if left as f64 >= most => Some(DrivingSide::Left),
            left if (all - left) as f64 >= most => Some(DrivingSide::Right),
            _ => None,
        };
        match side {
            None => Self::default(),
            Some(_) => Self {
                side,
                source: SideSource::Roundabouts { clockwise, all },
            },
        }
    }

    /// The side on a way.
    pub fn on(&self, tags: &Tags, odd: &mut NotUnderstood) -> DrivingSide {
        let said = stated(tags, odd).or(self.side);
        said.unwrap_or(DrivingSide::Right)
    }
}

fn stated(tags: &Tags, odd: &mut NotUnderstood) -> Option<DrivingSide> {
    let text = tags.get(KEY)?;
    let side = text.parse().ok();
    if side.is_none() {
        odd.count(KEY, text);
    }
    side
}

/// Whether a way that is a whole roundabout is driven clockwise; `None` for any other.
fn is_driven_clockwise(extract: &OsmExtract, way: &OsmWay) -> Option<bool> {
    let is_whole = way.refs.len() > 3 && way.refs.first() == way.refs.last();
    if !way.tags.is("junction", "roundabout") || !is_whole {
        return None;
    }
    let points = extract.points_of(&[way.id]);
    let first = points.first()?;
    // Twice the area, counter-clockwise; whatever the scale, only its sign counts.
    let area: f64 = points
        .array_windows()
        .map(|[a, b]| {
            (a.lon - first.lon) * (b.lat - first.lat) - (b.lon - first.lon) * (a.lat - first.lat)
        })
        .sum();
    let is_reversed = matches!(way.tags.get("oneway"), Some("-1" | "reverse"));
    (area != 0.0).then_some((area < 0.0) != is_reversed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::LonLat;
    use crate::roads::osm::{OsmNode, OsmRelation};

    /// A square of points, as roundabouts along it or against it.
    fn with_roundabouts(clockwise: i64, others: i64) -> OsmExtract {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let nodes = (1..).zip(corners).map(|(id, (lon, lat))| OsmNode {
            id,
            position: LonLat { lon, lat },
            tags: Tags::default(),
        });
        let way = |id| OsmWay {
            id,
            refs: if id <= clockwise {
                [1, 4, 3, 2, 1]
            } else {
                [1, 2, 3, 4, 1]
            }
            .to_vec(),
            tags: Tags::of(&[("highway", "road"), ("junction", "roundabout")]),
        };
        OsmExtract {
            nodes: nodes.collect(),
            ways: (1..=clockwise + others).map(way).collect(),
            ..OsmExtract::default()
        }
    }

    fn side(extract: &OsmExtract, way: &[(&str, &str)]) -> (DrivingSide, SideSource) {
        let mut odd = NotUnderstood::default();
        let side = Side::of(extract, &mut odd);
        (side.on(&Tags::of(way), &mut odd), side.source)
    }

    #[test]
    fn roundabouts_say_the_side_where_they_agree() {
        let roundabouts = |clockwise, all| SideSource::Roundabouts { clockwise, all };
        for (clockwise, others, expected) in [
            (9, 1, (DrivingSide::Left, roundabouts(9, 10))),
            (0, 3, (DrivingSide::Right, roundabouts(0, 3))),
            (2, 2, (DrivingSide::Right, SideSource::Assumed)),
            (2, 0, (DrivingSide::Right, SideSource::Assumed)),
        ] {
            assert_eq!(side(&with_roundabouts(clockwise, others), &[]), expected);
        }
    }

    #[test]
    fn an_area_says_it_above_roundabouts_and_a_way_above_all() {
        let mut extract = with_roundabouts(0, 5);
        let mut area = |id, side| {
            extract.relations.push(OsmRelation {
                id,
                members: Vec::new(),
                tags: Tags::of(&[
                    ("type", "boundary"),
                    ("boundary", "administrative"),
                    ("driving_side", side),
                ]),
            });
            extract.clone()
        };
        let of_area = area(7, "left");
        let by_area = (DrivingSide::Left, SideSource::Relation(7));
        assert_eq!(side(&of_area, &[]), by_area);
        let right = [("driving_side", "right")];
        assert_eq!(side(&of_area, &right).0, DrivingSide::Right);
        // Where areas disagree the roundabouts decide.
        assert_eq!(side(&area(8, "right"), &[]).0, DrivingSide::Right);
    }
}
