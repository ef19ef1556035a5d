//! Which elements of an extract a county needs, the same for every format.

use crate::geography::LonLat;
use crate::roads::osm::settlements::SettlementKind;
use crate::roads::osm::{
    OsmError, OsmMember, OsmNode, OsmRelation, OsmWay, ReadCounts, Tags, outline, stations, waters,
};

/// The keys that the rules ask for, in full or before a `:`; all others are left in the file.
const KEYS: [&str; 47] = [
    "abandoned",
    "access",
    "amenity",
    "area",
    "barrier",
    "bollard",
    "boundary",
    "bridge",
    "bus",
    "coach",
    "crossing",
    "day_on",
    "direction",
    "disused",
    "emergency",
    "est_width",
    "except",
    "goods",
    "hgv",
    "highway",
    "hour_on",
    "junction",
    "lanes",
    "maxheight",
    "maxspeed",
    "maxweight",
    "maxwidth",
    "motor_vehicle",
    "motorcar",
    "motorroad",
    "natural",
    "oneway",
    "place",
    "population",
    "psv",
    "restriction",
    "route",
    "ruins",
    "service",
    "surface",
    "tracktype",
    "traffic_signals",
    "tunnel",
    "type",
    "vehicle",
    "waterway",
    "width",
];

/// Keys that are asked for in full only.
const WHOLE_KEYS: [&str; 6] = [
    "admin_level",
    "name",
    "name:en",
    "ref",
    "source:maxspeed",
    "zone:maxspeed",
];

/// Keys of which the forms after a `:` say nothing that a rule asks for.
const BARE_KEYS: [&str; 8] = [
    "place", "surface", "highway", "amenity", "disused", "boundary", "natural", "waterway",
];

/// Whether the rules ask for this key.
pub(super) fn is_key(key: &str) -> bool {
    if WHOLE_KEYS.contains(&key) {
        return true;
    }
    match key.split_once(':') {
        None => KEYS.binary_search(&key).is_ok(),
        Some((base, _)) => KEYS.binary_search(&base).is_ok() && !BARE_KEYS.contains(&base),
    }
}

/// A file of elements that can be gone through several times.
pub(super) trait Elements {
    /// What is of interest for its own tags.
    fn gather(&self) -> Result<Gathered, OsmError>;
    /// The ways of these numbers, which are sorted.
    fn ways(&self, wanted: &[i64]) -> Result<Vec<OsmWay>, OsmError>;
    /// The numbers and positions of the nodes of these numbers, which are sorted.
    fn positions(&self, wanted: &[i64]) -> Result<Vec<(i64, LonLat)>, OsmError>;
}

/// What the first pass takes.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) read: ReadCounts,
    pub(super) nodes: Vec<OsmNode>,
    pub(super) ways: Vec<OsmWay>,
    pub(super) relations: Vec<OsmRelation>,
}

impl Gathered {
    pub(super) fn add(&mut self, part: Self) {
        self.read.nodes += part.read.nodes;
        self.read.ways += part.read.ways;
        self.read.relations += part.read.relations;
        self.read.nodes_without_position += part.read.nodes_without_position;
        self.nodes.extend(part.nodes);
        self.ways.extend(part.ways);
        self.relations.extend(part.relations);
    }

    pub(super) fn take_node(&mut self, id: i64, position: Option<LonLat>, tags: Tags) {
        self.read.nodes += 1;
        match position {
            None => self.read.nodes_without_position += 1,
            Some(position) => {
                if is_station_or_settlement(&tags) || is_on_road(&tags) {
                    self.nodes.push(OsmNode { id, position, tags });
                }
            }
        }
    }

    pub(super) fn take_way(&mut self, id: i64, tags: Tags, refs: impl FnOnce() -> Vec<i64>) {
        self.read.ways += 1;
        let of_interest = tags.get("highway").is_some()
            || is_station_or_settlement(&tags)
            || tags.is("route", "ferry")
            || outline::is_coastline(&tags)
            || waters::is_river(&tags)
            || waters::is_water(&tags);
        if of_interest {
            let refs = refs();
            self.ways.push(OsmWay { id, refs, tags });
        }
    }

    pub(super) fn take_relation(
        &mut self,
        id: i64,
        tags: Tags,
        members: impl FnOnce() -> Vec<OsmMember>,
    ) {
        self.read.relations += 1;
        if is_station_or_settlement(&tags)
            || tags.is("type", "restriction")
            || outline::is_administrative(&tags)
            || waters::is_water(&tags)
        {
            let members = members();
            self.relations.push(OsmRelation { id, members, tags });
        }
    }
}

/// Whether these tags are those of a fire station or a settlement.
pub(super) fn is_station_or_settlement(tags: &Tags) -> bool {
    stations::is_station(tags) || SettlementKind::of(tags).is_some()
}

/// Whether a node of these tags matters to a road that leads over it.
fn is_on_road(tags: &Tags) -> bool {
    const KEYS: [&str; 7] = [
        "barrier",
        "maxheight",
        "maxheight:physical",
        "maxweight",
        "maxwidth",
        "maxwidth:physical",
        "crossing",
    ];
    matches!(tags.get("highway"), Some("traffic_signals" | "crossing"))
        || KEYS.into_iter().any(|key| tags.get(key).is_some())
}

/// `None` for a position that is not on the earth: deleted nodes come out at latitude 214.7.
pub(super) fn position(lon: f64, lat: f64) -> Option<LonLat> {
    Some(LonLat { lon, lat }).filter(|position| position.is_valid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_asked_for_with_their_directions() {
        assert!(KEYS.is_sorted());
        for key in ["oneway", "oneway:emergency", "maxspeed:forward", "name:en"] {
            assert!(is_key(key), "{key}");
        }
        for key in ["name:zh", "building", "surface:note", "source"] {
            assert!(!is_key(key), "{key}");
        }
    }
}
