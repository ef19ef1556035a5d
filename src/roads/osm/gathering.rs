//! Which elements of an extract a county needs, the same for every format.

use crate::geography::LonLat;
use crate::roads::osm::buildings::{FoundGroup, FoundHome, home};
use crate::roads::osm::footprints::BuildingCounts;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::versions::{FoundNode, HasNumber, Numbers, Order, Version, Versioned};
use crate::roads::osm::{
    MemberKind, OsmError, OsmMember, OsmNode, OsmRelation, OsmWay, ReadCounts, Tags, landuse,
    outline, stations, waters,
};

/// The keys that the rules ask for, in full or before a `:`; all others are left in the file.
const KEYS: [&str; 64] = [
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
    "construction",
    "crossing",
    "day_on",
    "demolished",
    "direction",
    "disused",
    "driving_side",
    "emergency",
    "est_width",
    "except",
    "flooded",
    "goods",
    "hgv",
    "highway",
    "hour_on",
    "ice_road",
    "impassable",
    "junction",
    "lanes",
    "locked",
    "maxaxleload",
    "maxbogieweight",
    "maxgcweight",
    "maxheight",
    "maxlength",
    "maxspeed",
    "maxweight",
    "maxweightrating",
    "maxwidth",
    "motor_vehicle",
    "motorcar",
    "motorroad",
    "natural",
    "oneway",
    "place",
    "population",
    "psv",
    "razed",
    "removed",
    "restriction",
    "route",
    "ruins",
    "service",
    "smoothness",
    "surface",
    "tourist_bus",
    "tracktype",
    "traffic_signals",
    "tunnel",
    "type",
    "vehicle",
    "waterway",
    "width",
    "winter_road",
];

/// Keys that are asked for in full only.
const WHOLE_KEYS: [&str; 22] = [
    "ISO3166-1",
    "ISO3166-1:alpha2",
    "ISO3166-2",
    "admin_level",
    "aeroway",
    "building",
    "building:levels",
    "craft",
    "healthcare",
    "industrial",
    "landuse",
    "leisure",
    "man_made",
    "military",
    "name",
    "office",
    "power",
    "public_transport",
    "railway",
    "ref",
    "shop",
    "tourism",
];

/// Those that say where the limits of speed come from.
const SPEED_KEYS: [&str; 2] = ["source:maxspeed", "zone:maxspeed"];

/// Keys of which the forms after a `:` say nothing that a rule asks for.
const BARE_KEYS: [&str; 12] = [
    "place",
    "surface",
    "highway",
    "amenity",
    "disused",
    "boundary",
    "natural",
    "waterway",
    "construction",
    "demolished",
    "razed",
    "removed",
];

/// Whether the rules ask for this key.
pub(super) fn is_key(key: &str) -> bool {
    let is_whole = WHOLE_KEYS.binary_search(&key).is_ok() || SPEED_KEYS.contains(&key);
    if is_whole || key.starts_with("name:") {
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
    fn ways(&self, wanted: &[i64]) -> Result<Vec<Versioned<FoundWay>>, OsmError>;
    /// The nodes of these numbers, which are sorted.
    fn positions(&self, wanted: &[i64]) -> Result<Vec<FoundNode>, OsmError>;
    /// All versions of the elements of these numbers.
    fn versions(&self, wanted: &Numbers) -> Result<Vec<(MemberKind, i64, Version)>, OsmError>;
}

/// A way with the positions of its nodes, where they stand in it.
pub(super) struct FoundWay {
    pub(super) way: OsmWay,
    pub(super) positions: Vec<(i64, LonLat)>,
}

impl HasNumber for FoundWay {
    fn number(&self) -> i64 {
        self.way.id
    }
}

impl HasNumber for OsmNode {
    fn number(&self) -> i64 {
        self.id
    }
}

impl HasNumber for OsmRelation {
    fn number(&self) -> i64 {
        self.id
    }
}

/// What the first pass takes.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) read: ReadCounts,
    pub(super) nodes: Vec<Versioned<OsmNode>>,
    pub(super) ways: Vec<Versioned<FoundWay>>,
    pub(super) relations: Vec<Versioned<OsmRelation>>,
    pub(super) homes: Vec<Versioned<FoundHome>>,
    pub(super) groups: Vec<Versioned<FoundGroup>>,
    pub(super) buildings: BuildingCounts,
    pub(super) order: Order,
}

impl Gathered {
    pub(super) fn add(&mut self, part: Self) {
        self.read.nodes += part.read.nodes;
        self.read.ways += part.read.ways;
        self.read.relations += part.read.relations;
        self.read.nodes_without_position += part.read.nodes_without_position;
        self.read.deleted += part.read.deleted;
        self.nodes.extend(part.nodes);
        self.ways.extend(part.ways);
        self.relations.extend(part.relations);
        self.homes.extend(part.homes);
        self.groups.extend(part.groups);
        self.buildings.add(&part.buildings);
        self.order.add(part.order);
    }

    pub(super) fn take_node(
        &mut self,
        id: i64,
        version: Version,
        position: Option<LonLat>,
        tags: Tags,
    ) {
        self.read.nodes += 1;
        self.order.next(MemberKind::Node, id);
        if version.is_deleted {
            self.read.deleted += 1;
            return;
        }
        match position {
            None => self.read.nodes_without_position += 1,
            Some(position) => {
                if is_station_or_settlement(&tags) || is_on_road(&tags) {
                    let element = OsmNode { id, position, tags };
                    self.nodes.push(Versioned { version, element });
                }
            }
        }
    }

    pub(super) fn take_way(
        &mut self,
        version: Version,
        id: i64,
        tags: Tags,
        rest: impl FnOnce() -> (Vec<i64>, Vec<(i64, LonLat)>),
    ) {
        self.read.ways += 1;
        self.order.next(MemberKind::Way, id);
        if version.is_deleted {
            self.read.deleted += 1;
            return;
        }
        let of_interest = tags.get("highway").is_some()
            || is_station_or_settlement(&tags)
            || tags.is("route", "ferry")
            || outline::is_coastline(&tags)
            || waters::is_river(&tags)
            || waters::is_water(&tags)
            || landuse::is_land(&tags);
        let home = home(&tags, &mut self.buildings);
        if !of_interest && home.is_none() {
            return;
        }
        let (refs, positions) = rest();
        if let Some(home) = home {
            let element = FoundHome {
                id,
                home,
                corners: refs.clone(),
                positions: positions.clone(),
            };
            self.homes.push(Versioned { version, element });
        }
        if of_interest {
            let way = OsmWay { id, refs, tags };
            let element = FoundWay { way, positions };
            self.ways.push(Versioned { version, element });
        }
    }

    pub(super) fn take_relation(
        &mut self,
        version: Version,
        id: i64,
        tags: Tags,
        members: impl FnOnce() -> Vec<OsmMember>,
    ) {
        self.read.relations += 1;
        self.order.next(MemberKind::Relation, id);
        if version.is_deleted {
            self.read.deleted += 1;
            return;
        }
        let of_interest = is_station_or_settlement(&tags)
            || tags.is("type", "restriction")
            || outline::is_administrative(&tags)
            || waters::is_water(&tags)
            || landuse::is_land(&tags);
        let home = home(&tags, &mut self.buildings);
        if !of_interest && home.is_none() {
            return;
        }
        let relation = OsmRelation {
            id,
            members: members(),
            tags,
        };
        if let Some(home) = home {
            let outlines = relation.outer_ways();
            let element = FoundGroup { id, home, outlines };
            self.groups.push(Versioned { version, element });
        }
        if of_interest {
            let element = relation;
            self.relations.push(Versioned { version, element });
        }
    }
}

/// Whether these tags are those of a fire station or a settlement.
pub(super) fn is_station_or_settlement(tags: &Tags) -> bool {
    stations::is_station(tags) || SettlementKind::of(tags).is_some()
}

/// Whether a node of these tags matters to a road that leads over it.
fn is_on_road(tags: &Tags) -> bool {
    let is_sign = |key: &str| {
        let key = key.split(':').next().unwrap_or_default();
        matches!(key, "barrier" | "crossing") || key.starts_with("max") && key != "maxspeed"
    };
    matches!(tags.get("highway"), Some("traffic_signals" | "crossing"))
        || tags.0.iter().any(|(key, _)| is_sign(key))
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
        assert!(KEYS.is_sorted() && WHOLE_KEYS.is_sorted());
        for key in ["oneway", "oneway:emergency", "maxspeed:forward", "name:zh"] {
            assert!(is_key(key), "{key}");
        }
        for key in ["building:colour", "surface:note", "source"] {
            assert!(!is_key(key), "{key}");
        }
    }
}
