//! Where the first brigade of a county may stand: a proposal to begin with.

use std::collections::BTreeSet;

use crate::geography::LonLat;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::settlements::Settlements;

/// A site in a town, at a junction.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedSite {
    pub id: String,
    /// The name of its town.
    pub name: String,
    /// The same in English, empty when not known.
    pub name_en: String,
    pub position: LonLat,
}

/// A site at the junction nearest to the middle of each town, of those with most residents, in the order of the
/// settlements.
pub fn proposed(
    settlements: &Settlements,
    residents_of: impl Fn(usize) -> u64,
    roads: &RoadGraph,
) -> Vec<ProposedSite> {
    let rules = &ASSUMED.sites;
    let inside = settlements.towns.iter().copied();
    let inside = inside.filter(|town| settlements.all[*town].is_inside);
    let mut towns: Vec<usize> = inside.collect();
    // The sort is stable: of towns alike the first.
    towns.sort_by_key(|town| std::cmp::Reverse(residents_of(*town)));
    towns.truncate(rules.most);
    towns.sort_unstable();
    let mut taken = BTreeSet::new();
    let sites = towns.into_iter().filter_map(|town| {
        let town = &settlements.all[town];
        let distance = |at: LonLat| at.distance(town.position).0;
        let junctions = roads
            .junctions()
            .map(|junction| junction.position)
            .enumerate();
        let (number, position) =
            junctions.min_by(|(_, a), (_, b)| distance(*a).total_cmp(&distance(*b)))?;
        // Two towns may have one junction nearest.
        (distance(position) <= rules.to_the_road.0 && taken.insert(number)).then(|| ProposedSite {
            id: format!("site-{}", town.id),
            name: town.name.clone(),
            name_en: town.name_en.clone(),
            position,
        })
    });
    sites.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::osm::network::build;
    use crate::roads::osm::{OsmExtract, OsmNode, OsmWay, Tags};

    /// A road from 115° over 115.02° (2 km on) to 115.04°, and three towns: 200 m from its middle, as far on the other
    /// side, and 10 km away.
    #[test]
    fn towns_have_a_site_at_the_next_junction() {
        let node = |id, lon, lat, tags: &[(&str, &str)]| OsmNode {
            id,
            position: LonLat { lon, lat },
            tags: Tags::of(tags),
        };
        let town = |id, lon, lat, name, people| {
            let tags = [("place", "town"), ("name", name), ("population", people)];
            node(id, lon, lat, &tags)
        };
        let way = |id, refs: &[i64]| OsmWay {
            id,
            refs: refs.to_vec(),
            tags: Tags::of(&[("highway", "residential")]),
        };
        let extract = OsmExtract {
            nodes: vec![
                node(1, 115.0, 0.0, &[]),
                node(2, 115.02, 0.0, &[]),
                node(3, 115.04, 0.0, &[]),
                node(4, 115.02, 0.01, &[]),
                town(7, 115.02, -0.0018, "south", "2000"),
                town(8, 115.02, 0.0019, "north", "3000"),
                town(9, 115.02, -0.1, "far", "9000"),
            ],
            ways: vec![way(1, &[1, 2, 3]), way(2, &[2, 4])],
            ..OsmExtract::default()
        };
        let settlements = Settlements::of(&extract, None);
        let roads = build(&extract, None).roads;
        let found = proposed(&settlements, |_| 1, &roads);
        let sites: Vec<(&str, [f64; 2])> = (found.iter())
            .map(|site| (&*site.name, [site.position.lon, site.position.lat]))
            .collect();
        // North's nearest junction is that of south, which comes first.
        assert_eq!(sites, [("south", [115.02, 0.0])]);
        assert_eq!(found[0].id, "site-n7");
    }
}
