//! Land on which people live, and land on which they work, as the map draws it.

use crate::roads::osm::area::Area;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::zones::{Zones, area_of};
use crate::roads::osm::{OsmExtract, Tags};

/// The land of an extract by what it is used for.
pub(super) struct Land {
    /// Residential land.
    pub(super) homes: Vec<Area>,
    /// Land of work, on which a building of any kind is no home.
    pub(super) work: Zones,
}

/// Whether it matters to people what land of these tags is used for.
pub(super) fn is_land(tags: &Tags) -> bool {
    is_residential(tags) || is_of_work(tags)
}

fn is_residential(tags: &Tags) -> bool {
    tags.is("landuse", "residential")
}

fn is_of_work(tags: &Tags) -> bool {
    let works = &ASSUMED.buildings.land_of_work;
    let land_use = tags.get("landuse");
    land_use.is_some_and(|land_use| works.iter().any(|work| work == land_use))
}

impl Land {
    /// What is drawn whole.
    pub(super) fn of(extract: &OsmExtract) -> Self {
        let those = |wanted: fn(&Tags) -> bool| -> Vec<Area> {
            let ways = extract.ways.iter();
            let ways = ways.filter(|way| wanted(&way.tags) && way.refs.first() == way.refs.last());
            let ways = ways.map(|way| vec![way.id]);
            let relations = extract.relations.iter();
            let relations = relations.filter(|relation| wanted(&relation.tags));
            let relations = relations.map(|relation| relation.edge_ways());
            let outlines = ways.chain(relations);
            outlines
                .filter_map(|ways| area_of(extract, &ways))
                .collect()
        };
        let works = those(is_of_work).into_iter().map(|area| (area, ()));
        Self {
            homes: those(is_residential),
            work: Zones::of(works.collect()).0,
        }
    }
}
