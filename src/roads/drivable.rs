//! What of a road graph engines can drive, there and back, and what is left out of it: by the rules by which
//! their times are worked out, exemptions and sizes included.

use std::collections::HashMap;

use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue};
use petgraph::unionfind::UnionFind;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::geography::{LonLat, Plane, centre, halfway};
use crate::roads::engine_graph::{EngineGraph, longest_of};
use crate::roads::graph::RoadGraph;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::road::RoadId;
use crate::units::Metres;

/// Roads that no engine drives there and back, and that hang together.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// In the order of the graph that they are left out of.
    pub roads: Vec<RoadId>,
    pub length: Metres,
    pub name: NameOf,
    /// The middle of its longest road.
    pub position: LonLat,
}

/// By what name a stretch of roads is found on the map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOf {
    /// That of its longest road with a name.
    Own(String),
    /// The nearest of a road or settlement.
    Near(String),
    /// Nothing has a name.
    Nothing,
}

/// Whether each road is driven, there and back, by an engine of one of these profiles, and hangs together with
/// those of the others: a part that one engine alone reaches, beyond a bridge that none may cross, belongs to
/// another network. Of the longest part of each profile that one counts with which all of them together drive
/// most; the others then drive what shares most road with it.
///
/// # Panics
/// Never: what a profile may lack is asked for under no conditions.
pub fn driven(roads: &RoadGraph, profiles: &[Profile]) -> Vec<bool> {
    let parts_of = |profile: &Profile| {
        let driving = profile.under(&Conditions::default());
        let driving = driving.expect("no band and no weather is asked for");
        EngineGraph::new(roads, &driving).parts()
    };
    let parts: Vec<Vec<Vec<RoadId>>> = profiles.iter().map(parts_of).collect();
    let anchors = parts.iter().filter_map(|parts| longest_of(roads, parts));
    let together = anchors.map(|anchor| driven_with(roads, &parts, anchor));
    // Of equals, that of the first profile.
    let together: Vec<(f64, Vec<bool>)> = together.collect();
    let most = together.into_iter().rev();
    let most = most.max_by(|(a, _), (b, _)| a.total_cmp(b));
    most.map_or_else(|| vec![false; roads.roads().len()], |(_, driven)| driven)
}

/// What engines drive together with the part `anchor`, and the length of it, summed over the engines.
fn driven_with(
    roads: &RoadGraph,
    parts: &[Vec<Vec<RoadId>>],
    anchor: &[RoadId],
) -> (f64, Vec<bool>) {
    let mut is_anchor = vec![false; roads.roads().len()];
    for road in anchor {
        is_anchor[road.0 as usize] = true;
    }
    let mut driven = is_anchor.clone();
    let length = |road: &RoadId| roads.road(*road).length.0;
    let mut sum = 0.0;
    for parts in parts {
        let shared = |part: &Vec<RoadId>| -> f64 {
            let shared = part.iter().filter(|road| is_anchor[road.0 as usize]);
            shared.map(length).sum()
        };
        let of_profile = parts.iter().map(|part| (shared(part), part));
        let of_profile = of_profile.filter(|(shared, _)| *shared > 0.0);
        // Of equals, the one with the first node.
        let of_profile = of_profile.rev().max_by(|(a, _), (b, _)| a.total_cmp(b));
        for road in of_profile.into_iter().flat_map(|(_, part)| part) {
            sum += length(road);
            driven[road.0 as usize] = true;
        }
    }
    (sum, driven)
}

/// The part of a graph that engines of these profiles drive, there and back.
pub fn drivable_part(roads: &RoadGraph, profiles: &[Profile]) -> RoadGraph {
    roads.part(&driven(roads, profiles))
}

/// The roads that are not `driven`, by stretches that hang together, the longest first. Where a stretch has no
/// name of its own it is called by the nearest of the roads and of `named`.
pub fn left_out(roads: &RoadGraph, driven: &[bool], named: &[(String, LonLat)]) -> Vec<LeftOut> {
    let mut is_driven_at = vec![false; roads.graph().node_count()];
    for (road, _) in roads
        .roads()
        .iter()
        .zip(driven)
        .filter(|(_, driven)| **driven)
    {
        is_driven_at[road.from.index()] = true;
        is_driven_at[road.to.index()] = true;
    }
    // Roads hang together where they meet apart from those that are driven.
    let mut parts = UnionFind::<u32>::new(roads.roads().len());
    let mut road_at = HashMap::new();
    let out = || (0..).map(RoadId).zip(roads.roads()).zip(driven);
    let out = || out().filter(|(_, driven)| !**driven).map(|(road, _)| road);
    for (id, road) in out() {
        for end in [road.from, road.to] {
            if !is_driven_at[end.index()] {
                parts.union(id.0, *road_at.entry(end).or_insert(id.0));
            }
        }
    }
    let mut by_part: HashMap<u32, Vec<RoadId>> = HashMap::new();
    for (id, _) in out() {
        by_part.entry(parts.find_mut(id.0)).or_default().push(id);
    }
    let names = Names::of(roads, named);
    let mut left_out: Vec<LeftOut> = by_part
        .into_values()
        .map(|ids| {
            let position = longest(roads, ids.iter().copied());
            let position = position.map(|id| middle(roads, id)).unwrap_or_default();
            let has_name = |id: &RoadId| !roads.road(*id).name.is_empty();
            let name = match longest(roads, ids.iter().copied().filter(has_name)) {
                Some(id) => NameOf::Own(roads.road(id).name.clone()),
                None => names.near(position),
            };
            LeftOut {
                length: Metres(ids.iter().map(|id| roads.road(*id).length.0).sum()),
                roads: ids,
                name,
                position,
            }
        })
        .collect();
    left_out.sort_by(|a, b| {
        let by_length = b.length.0.total_cmp(&a.length.0);
        by_length.then_with(|| a.roads.cmp(&b.roads))
    });
    left_out
}

/// The longest of some roads; of equals, the first.
fn longest(roads: &RoadGraph, ids: impl Iterator<Item = RoadId>) -> Option<RoadId> {
    ids.max_by(|a, b| {
        let [first, second] = [a, b].map(|id| roads.road(*id).length.0);
        first.total_cmp(&second).then(b.cmp(a))
    })
}

/// What is left out as GeoJSON: each road as a line, with the number of its stretch, from 1 as they are listed.
/// Whose data it is stands in every line, where that is said.
pub fn geojson(roads: &RoadGraph, left_out: &[LeftOut], attribution: Option<&str>) -> String {
    let features = (1..).zip(left_out).flat_map(|(number, stretch)| {
        let line = move |id: &RoadId| {
            let road = roads.road(*id);
            let line = roads.line(road).into_iter();
            let line = line.map(LonLat::as_written);
            let line: Vec<Vec<f64>> = line.map(|p| vec![p.lon, p.lat]).collect();
            let mut feature = Feature::from(Geometry::new(GeometryValue::new_line_string(line)));
            feature.set_property("stretch", number);
            feature.set_property("stretch_m", stretch.length.0.round());
            feature.set_property("link_id", road.id.as_str());
            feature.set_property("name", road.name.as_str());
            feature.set_property("class", road.class.word());
            feature.set_property("length_m", (road.length.0 * 10.0).round() / 10.0);
            if let Some(attribution) = attribution {
                feature.set_property("attribution", attribution);
            }
            feature
        };
        stretch.roads.iter().map(line)
    });
    let collection = FeatureCollection {
        bbox: None,
        features: features.collect(),
        foreign_members: None,
    };
    GeoJson::from(collection).to_string() + "\n"
}

/// The point at half the length of a road's line.
pub fn middle(roads: &RoadGraph, id: RoadId) -> LonLat {
    halfway(&roads.line(roads.road(id))).unwrap_or_default()
}

/// Roads and settlements with a name, to be found by where they are.
pub struct Names<'n> {
    plane: Plane,
    tree: RTree<GeomWithData<[f64; 2], &'n str>>,
}

impl<'n> Names<'n> {
    pub fn of(roads: &'n RoadGraph, named: &'n [(String, LonLat)]) -> Self {
        let middle_of_all = centre(roads.junctions().map(|junction| junction.position));
        let plane = Plane::around(middle_of_all.unwrap_or_default());
        let of_roads = (0..).map(RoadId).zip(roads.roads());
        let of_roads = of_roads
            .filter(|(_, road)| !road.name.is_empty())
            .map(|(id, road)| (road.name.as_str(), middle(roads, id)));
        let settlements = named
            .iter()
            .map(|(name, position)| (name.as_str(), *position));
        let points = settlements
            .chain(of_roads)
            .map(|(name, position)| GeomWithData::new(plane.project(position), name))
            .collect();
        let tree = RTree::bulk_load(points);
        Self { plane, tree }
    }

    /// The nearest name; of those equally near the first in order of letters.
    pub fn near(&self, position: LonLat) -> NameOf {
        let nearest = self.tree.nearest_neighbors(&self.plane.project(position));
        let name = nearest.into_iter().map(|point| point.data).min();
        name.map_or(NameOf::Nothing, |name| NameOf::Near(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::passage::Barrier;
    use crate::roads::test_roads::{metres_east, network, profile_with};
    use crate::units::Tonnes;

    /// 200,000 junctions in a row: deeper than a thread's stack is, if each one is a call.
    #[test]
    fn a_long_road_with_many_junctions_is_driven_whole() {
        let links: Vec<_> = (0..200_000).map(|n| (n, n + 1, false, 100.0)).collect();
        let roads = network(200_001, &links);
        let part = drivable_part(&roads, &[profile_with(&[], "")]);
        assert_eq!(part.graph().node_count(), 200_001);
    }

    const DARES: &str = "[exemption]\n\
                         against_one_way = { speed = \"20 km/h\", ASSUMED }\n";

    /// ```text
    /// 0 === 1 ---> 2 === 3 =x= 4 === 5      one way from 1 to 2, bollards at 4
    /// ```
    /// An engine that dares the one-way street the wrong way has 0 to 4; one that keeps to it has 2 to 4 and
    /// not the street. Behind the bollards nobody drives, and up to them everybody.
    #[test]
    fn what_is_driven_there_and_back_follows_the_engine() {
        let plain = network(
            6,
            &[
                (0, 1, false, 900.0),
                (1, 2, true, 1000.0),
                (2, 3, false, 1000.0),
                (3, 4, false, 1000.0),
                (4, 5, false, 500.0),
            ],
        );
        let mut roads = RoadGraph::default();
        for (number, junction) in plain.junctions().enumerate() {
            let mut junction = junction.clone();
            junction.barrier = (number == 4).then_some(Barrier::Blocked);
            roads.add_junction(junction);
        }
        for (number, road) in plain.roads().iter().enumerate() {
            let mut road = road.clone();
            road.name = if number == 2 { "Main" } else { "" }.to_owned();
            roads.add_road(road);
        }
        let [keeps, dares] = ["", DARES].map(|more| profile_with(&[], more));
        let of = |profiles: &[&Profile]| {
            let profiles: Vec<Profile> =
                profiles.iter().map(|profile| (*profile).clone()).collect();
            driven(&roads, &profiles)
        };
        assert_eq!(of(&[&dares]), [true, true, true, true, false]);
        let by_rules = [false, false, true, true, false];
        assert_eq!(of(&[&keeps]), by_rules);
        assert_eq!(of(&[&keeps, &dares]), [true, true, true, true, false]);

        let out = left_out(&roads, &by_rules, &[]);
        let stretches: Vec<_> = out.iter().map(|o| (o.roads.clone(), o.length.0)).collect();
        assert_eq!(
            stretches,
            [
                (vec![RoadId(0), RoadId(1)], 1900.0),
                (vec![RoadId(4)], 500.0)
            ]
        );
        assert_eq!(out[0].name, NameOf::Near("Main".to_owned()));
        let village = [("Village".to_owned(), out[1].position)];
        let named = left_out(&roads, &by_rules, &village);
        assert_eq!(named[1].name, NameOf::Near("Village".to_owned()));
    }

    /// ```text
    /// 0 === 1 =x= 2 === 3      0 to 1: 1030 m; no engine crosses the bridge to 2; beyond it 1110 m for 12 t
    /// ```
    /// The light engine drives most beyond the bridge, and the heavy one only before it: together they drive
    /// before it, whichever is named first.
    #[test]
    fn what_engines_drive_hangs_together() {
        let mut roads = network(4, &[]);
        let plain = network(
            4,
            &[
                (0, 1, false, 1030.0),
                (1, 2, false, 20.0),
                (2, 3, false, 1110.0),
            ],
        );
        for (number, road) in plain.roads().iter().enumerate() {
            let mut road = road.clone();
            road.limits.weight = [None, Some(3.0), Some(12.0)][number].map(Tonnes);
            roads.add_road(road);
        }
        let heavy = profile_with(&[], "");
        let mut light = heavy.clone();
        light.keys.size.weight = Tonnes(10.0);
        for profiles in [[light.clone(), heavy.clone()], [heavy, light]] {
            assert_eq!(driven(&roads, &profiles), [true, false, false]);
        }
    }

    /// 1000 m to the east in one piece, on by 20 m in two more, and 20 m back: half of 1040 m is 520 m east.
    #[test]
    fn the_middle_of_a_road_is_at_half_its_length() {
        let mut roads = network(2, &[]);
        let mut road = network(2, &[(0, 1, false, 1030.0)]).roads()[0].clone();
        road.shape = [1000.0, 1010.0, 1020.0].map(metres_east).to_vec();
        let id = roads.add_road(road);
        let off = middle(&roads, id).distance(metres_east(520.0));
        assert!(off.0 < 0.1, "{off}");
    }
}
