//! On which side traffic keeps: as a way itself says, else the smallest administrative area of the map around
//! it, else the way in which the roundabouts outside all areas are driven.

use std::collections::BTreeMap;

use geo::{Area as _, LineString};

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::osm::area::Area;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::{OsmExtract, OsmWay, Tags, outline, rings};
use crate::roads::passage::DrivingSide;

/// The key under which a way or an administrative area says it.
const KEY: &str = "driving_side";

/// The sides on which traffic keeps where a way does not say it.
#[derive(Debug)]
pub(super) struct Sides {
    /// The smallest first.
    areas: Vec<SideArea>,
    elsewhere: (DrivingSide, SideSource),
}

/// An administrative area that says on which side traffic keeps.
#[derive(Debug)]
struct SideArea {
    relation: i64,
    side: DrivingSide,
    area: Area,
}

/// How the side is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SideSource {
    /// The way says it.
    Way,
    /// The administrative area of this number says it.
    Relation(i64),
    /// So many of all roundabouts are driven clockwise.
    Roundabouts { clockwise: u64, all: u64 },
    /// Nothing says it: right.
    Assumed,
}

/// On which side traffic keeps, and what of the map was not believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideCounts {
    /// Kept ways by side, and by how that is known.
    pub ways: BTreeMap<(DrivingSide, SideSource), u64>,
    /// Areas that say a side and are not complete in the file, so that they say it of no way.
    pub incomplete: Vec<(i64, DrivingSide)>,
    /// Areas of which the roundabouts are driven as on the other side.
    pub contradicted: Vec<Contradicted>,
}

/// An area that says a side, and its roundabouts, which say the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradicted {
    pub relation: i64,
    pub side: DrivingSide,
    pub clockwise: u64,
    pub all: u64,
}

/// Roundabouts by the way in which they are driven.
#[derive(Clone, Copy, Default)]
struct Roundabouts {
    clockwise: u64,
    all: u64,
}

impl Sides {
    /// What the map as a whole says.
    pub(super) fn of(
        extract: &OsmExtract,
        odd: &mut NotUnderstood,
        counts: &mut SideCounts,
    ) -> Self {
        let mut areas = Vec::new();
        let relations = extract.relations.iter();
        for relation in relations.filter(|relation| outline::is_administrative(&relation.tags)) {
            let Some(side) = stated(&relation.tags, odd) else {
                continue;
            };
            let rings = rings::complete(extract, &relation.edge_ways());
            let area = rings.and_then(|rings| {
                let area = rings::inside(rings.iter().map(|ring| line(extract, &ring.nodes)));
                let size = area.unsigned_area();
                Some((size, Area::of(area, Basis::Observed)?))
            });
            let relation = relation.id;
            match area {
                None => counts.incomplete.push((relation, side)),
                Some((size, area)) => areas.push((
                    size,
                    SideArea {
                        relation,
                        side,
                        area,
                    },
                )),
            }
        }
        areas.sort_by(|(a, first), (b, second)| {
            a.total_cmp(b).then(first.relation.cmp(&second.relation))
        });
        let areas: Vec<SideArea> = areas.into_iter().map(|(_, area)| area).collect();

        let mut inside = vec![Roundabouts::default(); areas.len()];
        let mut outside = Roundabouts::default();
        for way in &extract.ways {
            if let Some((position, is_clockwise)) = is_driven_clockwise(extract, way) {
                let area = areas.iter().position(|of| of.area.holds(position));
                let tally = area.map_or(&mut outside, |area| &mut inside[area]);
                tally.clockwise += u64::from(is_clockwise);
                tally.all += 1;
            }
        }
        for (of, tally) in areas.iter().zip(inside) {
            if tally.side().is_some_and(|side| side != of.side) {
                counts.contradicted.push(Contradicted {
                    relation: of.relation,
                    side: of.side,
                    clockwise: tally.clockwise,
                    all: tally.all,
                });
            }
        }
        let Roundabouts { clockwise, all } = outside;
        Self {
            areas,
            elsewhere: match outside.side() {
                Some(side) => (side, SideSource::Roundabouts { clockwise, all }),
                None => (DrivingSide::Right, SideSource::Assumed),
            },
        }
    }

    /// The side on a way that has a point here.
    pub(super) fn on(
        &self,
        tags: &Tags,
        position: LonLat,
        odd: &mut NotUnderstood,
    ) -> (DrivingSide, SideSource) {
        let around = || self.areas.iter().find(|of| of.area.holds(position));
        stated(tags, odd)
            .map(|side| (side, SideSource::Way))
            .or_else(|| around().map(|of| (of.side, SideSource::Relation(of.relation))))
            .unwrap_or(self.elsewhere)
    }
}

impl Roundabouts {
    /// The side that they say, where enough of them agree.
    fn side(self) -> Option<DrivingSide> {
        let Self { clockwise, all } = self;
        let most = ASSUMED.roads.roundabouts_agree * all as f64;
        if all < ASSUMED.roads.roundabouts_needed {
            None
        } else if clockwise as f64 >= most {
            Some(DrivingSide::Left)
        } else {
            ((all - clockwise) as f64 >= most).then_some(DrivingSide::Right)
        }
    }
}

fn line(extract: &OsmExtract, nodes: &[usize]) -> LineString<f64> {
    let positions = nodes.iter().map(|node| extract.nodes[*node].position);
    positions.map(|LonLat { lon, lat }| (lon, lat)).collect()
}

fn stated(tags: &Tags, odd: &mut NotUnderstood) -> Option<DrivingSide> {
    let text = tags.get(KEY)?;
    let side = text.parse().ok();
    if side.is_none() {
        odd.count(KEY, text);
    }
    side
}

/// Where a way that is a whole roundabout is, and whether it is driven clockwise; `None` for any other.
fn is_driven_clockwise(extract: &OsmExtract, way: &OsmWay) -> Option<(LonLat, bool)> {
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
    (area != 0.0).then_some((*first, (area < 0.0) != is_reversed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::osm::{MemberKind, OsmMember, OsmNode, OsmRelation};

    /// A square of points, as roundabouts along it or against it; and one around it, as the edge of areas.
    fn with_roundabouts(clockwise: i64, others: i64) -> OsmExtract {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let around = [(-1.0, -1.0), (2.0, -1.0), (2.0, 2.0), (-1.0, 2.0)];
        let nodes = (1..).zip(corners.into_iter().chain(around));
        let nodes = nodes.map(|(id, (lon, lat))| OsmNode {
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
        let edge = OsmWay {
            id: EDGE,
            refs: vec![5, 6, 7, 8, 5],
            tags: Tags::default(),
        };
        OsmExtract {
            nodes: nodes.collect(),
            ways: (1..=clockwise + others).map(way).chain([edge]).collect(),
            ..OsmExtract::default()
        }
    }

    const EDGE: i64 = 1000;

    /// An area of these ways.
    fn area(id: i64, side: &str, edges: &[i64]) -> OsmRelation {
        let member = |id: &i64| OsmMember {
            kind: MemberKind::Way,
            id: *id,
            role: "outer".to_owned(),
        };
        OsmRelation {
            id,
            members: edges.iter().map(member).collect(),
            tags: Tags::of(&[
                ("type", "boundary"),
                ("boundary", "administrative"),
                ("driving_side", side),
            ]),
        }
    }

    const INSIDE: LonLat = LonLat { lon: 0.5, lat: 0.5 };
    const OUTSIDE: LonLat = LonLat { lon: 5.0, lat: 0.5 };

    fn side(
        extract: &OsmExtract,
        way: &[(&str, &str)],
        position: LonLat,
    ) -> (DrivingSide, SideSource) {
        let mut odd = NotUnderstood::default();
        let sides = Sides::of(extract, &mut odd, &mut SideCounts::default());
        sides.on(&Tags::of(way), position, &mut odd)
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
            let extract = with_roundabouts(clockwise, others);
            assert_eq!(side(&extract, &[], INSIDE), expected);
        }
    }

    #[test]
    fn an_area_says_it_of_the_ways_inside_it_and_a_way_above_all() {
        let mut extract = with_roundabouts(0, 5);
        extract.relations.push(area(7, "left", &[EDGE]));
        let by_area = (DrivingSide::Left, SideSource::Relation(7));
        assert_eq!(side(&extract, &[], INSIDE), by_area);
        // All roundabouts are inside it, so that nothing is known of what lies outside.
        let assumed = (DrivingSide::Right, SideSource::Assumed);
        assert_eq!(side(&extract, &[], OUTSIDE), assumed);
        let right = [("driving_side", "right")];
        let by_way = (DrivingSide::Right, SideSource::Way);
        assert_eq!(side(&extract, &right, INSIDE), by_way);
    }

    /// The edge of one area is not in the file, that of another does not close, a third has no members.
    #[test]
    fn an_area_that_is_not_whole_in_the_file_says_nothing_and_is_counted() {
        let mut extract = with_roundabouts(0, 3);
        extract.ways.push(OsmWay {
            id: 1001,
            refs: vec![5, 6, 7],
            tags: Tags::default(),
        });
        let parts: [&[i64]; 3] = [&[EDGE, 1002], &[1001], &[]];
        for (id, edges) in (1..).zip(parts) {
            extract.relations.push(area(id, "left", edges));
        }
        let roundabouts = SideSource::Roundabouts {
            clockwise: 0,
            all: 3,
        };
        let found = side(&extract, &[], INSIDE);
        assert_eq!(found, (DrivingSide::Right, roundabouts));
        let mut counts = SideCounts::default();
        Sides::of(&extract, &mut NotUnderstood::default(), &mut counts);
        assert_eq!(
            counts.incomplete,
            [1, 2, 3].map(|id| (id, DrivingSide::Left))
        );
        assert!(counts.contradicted.is_empty());
    }

    #[test]
    fn an_area_whose_roundabouts_are_driven_the_other_way_is_named() {
        let mut extract = with_roundabouts(1, 19);
        extract.relations.push(area(7, "left", &[EDGE]));
        let mut counts = SideCounts::default();
        Sides::of(&extract, &mut NotUnderstood::default(), &mut counts);
        let named = Contradicted {
            relation: 7,
            side: DrivingSide::Left,
            clockwise: 1,
            all: 20,
        };
        assert_eq!(counts.contradicted, [named]);
    }

    /// A square within a square, each a country.
    #[test]
    fn the_smallest_area_around_a_way_says_it() {
        let mut extract = with_roundabouts(0, 1);
        extract.relations.push(area(7, "left", &[EDGE]));
        extract.relations.push(area(8, "right", &[1]));
        let by_inner = (DrivingSide::Right, SideSource::Relation(8));
        assert_eq!(side(&extract, &[], INSIDE), by_inner);
        let between = LonLat { lon: 1.5, lat: 0.5 };
        assert_eq!(side(&extract, &[], between).0, DrivingSide::Left);
    }
}
