//! Roads, fire stations and settlements from an OpenStreetMap extract.
//!
//! [`reader`] turns the file into an [`OsmExtract`], [`network`] makes the road graph of it under
//! the rules of [`tags`], [`stations`] and [`settlements`] find where engines stand and which villages and towns
//! there are, [`people`] says how many live where, and [`area`] what belongs to the county. Everything is sorted by OpenStreetMap id,
//! so the same file gives the same tables on any number of threads.

pub mod access;
pub mod area;
pub mod assumptions;
pub mod barriers;
mod block;
mod buildings;
pub mod footprints;
mod frames;
mod gathering;
mod joining;
mod landuse;
pub mod maxspeed;
pub mod measures;
mod names;
pub mod network;
pub mod not_understood;
mod opening;
pub mod outline;
mod pbf;
#[cfg(test)]
#[allow(dead_code, reason = "the tests of the whole import use the rest")]
#[path = "../../../tests/it/extracts/pbf_writer.rs"]
mod pbf_writer;
pub mod people;
pub mod reader;
pub mod restrictions;
mod rings;
pub mod settlement_kinds;
pub mod settlements;
pub mod sides;
pub mod sites;
pub mod stations;
mod steps;
pub mod surfaces;
pub mod tables;
pub mod tags;
pub mod unusable;
mod versions;
pub mod waters;
mod wire;
mod xml;
mod zones;

use crate::files::FileError;
use crate::geography::LonLat;

use footprints::Buildings;

/// What map and report have to say when they rest on these data.
pub const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL 1.0";

/// The part of an extract that a county needs, each list sorted by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmExtract {
    /// Nodes of kept ways, and nodes that are a settlement or a fire station themselves.
    pub nodes: Vec<OsmNode>,
    /// Ways with a `highway`, the outlines of fire stations, settlements, administrative areas, waters, and land on
    /// which people live or work, rivers and canals, and the coastline.
    pub ways: Vec<OsmWay>,
    /// Fire stations, settlements and waters mapped as relations, administrative areas, and forbidden
    /// turns.
    pub relations: Vec<OsmRelation>,
    /// Buildings that people live in.
    pub buildings: Buildings,
    /// What the whole file held.
    pub read: ReadCounts,
}

/// How much was read from the file, kept or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReadCounts {
    /// All nodes.
    pub nodes: u64,
    /// All ways.
    pub ways: u64,
    /// All relations.
    pub relations: u64,
    /// Nodes without a position on the earth.
    pub nodes_without_position: u64,
    /// Elements that are deleted in the version that stands there.
    pub deleted: u64,
    /// Elements of interest of which the file holds a higher version, which was kept or is deleted.
    pub old_versions: u64,
    /// Elements of interest with the number and version of another: the first in the file was kept.
    pub duplicates: u64,
    /// Points that are placed by the ways over them alone.
    pub placed_by_ways: u64,
}

/// A point of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OsmNode {
    /// Its number, unique among nodes.
    pub id: i64,
    /// Where it is.
    pub position: LonLat,
    /// What it is.
    pub tags: Tags,
}

/// A line or an outline of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OsmWay {
    /// Its number, unique among ways.
    pub id: i64,
    /// The numbers of its nodes in order; an outline ends where it begins.
    pub refs: Vec<i64>,
    /// What it is.
    pub tags: Tags,
}

/// A group of ways that are one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct OsmRelation {
    /// Its number, unique among relations.
    pub id: i64,
    /// What it groups, in order.
    pub members: Vec<OsmMember>,
    /// What it is.
    pub tags: Tags,
}

impl OsmRelation {
    /// The ways of its outer edge.
    pub fn outer_ways(&self) -> Vec<i64> {
        self.ways_as(&["outer", ""])
    }

    /// The ways of its outer and inner edges.
    pub fn edge_ways(&self) -> Vec<i64> {
        self.ways_as(&["outer", "inner", "exclave", "enclave", ""])
    }

    fn ways_as(&self, roles: &[&str]) -> Vec<i64> {
        self.members
            .iter()
            .filter(|member| member.kind == MemberKind::Way)
            .filter(|member| roles.contains(&member.role.as_str()))
            .map(|member| member.id)
            .collect()
    }
}

/// One thing that a relation groups.
#[derive(Clone, Debug, PartialEq)]
pub struct OsmMember {
    /// What it is.
    pub kind: MemberKind,
    /// Its number among its kind.
    pub id: i64,
    /// What it is to the relation.
    pub role: String,
}

#[cfg(test)]
impl OsmMember {
    /// The ways of an outer edge.
    fn outer(ways: &[i64]) -> Vec<Self> {
        let outer = |id: &i64| Self {
            kind: MemberKind::Way,
            id: *id,
            role: "outer".to_owned(),
        };
        ways.iter().map(outer).collect()
    }
}

/// The kinds of thing on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// A point.
    Node,
    /// A line or outline.
    Way,
    /// A group.
    Relation,
}

/// Keys and values of one element. Not a growing list: most nodes have none, and there are many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags(pub Box<[(String, String)]>);

impl Tags {
    /// These keys and values.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Whether `key` has exactly this value.
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}

impl OsmExtract {
    /// The node of this number.
    pub fn node(&self, id: i64) -> Option<&OsmNode> {
        let index = self.nodes.binary_search_by_key(&id, |node| node.id).ok()?;
        self.nodes.get(index)
    }

    /// The positions of the points of `ways`, one way after the other, as far as they are here.
    pub fn points_of(&self, ways: &[i64]) -> Vec<LonLat> {
        ways.iter()
            .filter_map(|way| self.way(*way))
            .flat_map(|way| &way.refs)
            .filter_map(|id| self.node(*id))
            .map(|node| node.position)
            .collect()
    }

    /// The way of this number.
    pub fn way(&self, id: i64) -> Option<&OsmWay> {
        let index = self.ways.binary_search_by_key(&id, |way| way.id).ok()?;
        self.ways.get(index)
    }
}

/// The English name: `name:en`, or the name itself where it is written in Latin letters.
fn english_name(tags: &Tags) -> String {
    let latin = |name: &&str| name.chars().all(|letter| letter < '\u{250}');
    tags.get("name:en")
        .or_else(|| tags.get("name").filter(latin))
        .unwrap_or_default()
        .to_owned()
}

/// What can be wrong with an extract or the boundary that cuts it.
#[derive(Debug, thiserror::Error)]
pub enum OsmError {
    /// A file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is something else.
    #[error(
        "{file}: this is not an OpenStreetMap file{looks_like}; name an extract in PBF (.osm.pbf) \
         or XML (.osm), plain or compressed with gzip or bzip2"
    )]
    NotOsm {
        file: String,
        /// What it looks like, where that can be told.
        looks_like: String,
    },
    /// The compressed file does not unpack.
    #[error("{file}: the compressed file is cut short or damaged; fetch it again ({problem})")]
    Compression {
        file: String,
        /// What the unpacking says.
        problem: String,
    },
    /// The compressed file unpacks to more than any extract does.
    #[error(
        "{file}: the file unpacks to more than {times} times its size, which no extract does; \
         fetch it again, or unpack it yourself and name what comes of it"
    )]
    Bomb {
        file: String,
        /// The limit.
        times: u64,
    },
    /// The XML says that it is in another encoding.
    #[error(
        "{file}: the text is in {encoding}, and OpenStreetMap writes UTF-8; convert it with `iconv -f {encoding} -t \
         UTF-8` and put UTF-8 into its first line"
    )]
    Encoding { file: String, encoding: String },
    /// The file began as an extract and then went wrong.
    #[error("{file}: the file is cut short or damaged; fetch it again (at byte {byte}: {problem})")]
    Damaged {
        file: String,
        /// Where the damaged part begins.
        byte: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The file is a PBF of a kind that needs another reader.
    #[error("{file}: the file needs `{feature}`, which is not read here; name a plain extract")]
    Feature {
        file: String,
        /// The feature that its header requires.
        feature: String,
    },
    /// Its blocks are packed by a method that is hardly used.
    #[error(
        "{file}: the blocks of the file are packed with {packer}, which is not read here; pack it anew with \
         `osmium cat {file} -o plain.osm.pbf` and name that"
    )]
    Packer { file: String, packer: &'static str },
    /// Roads on both sides of 180°.
    #[error(
        "{file}: the roads lie on both sides of the meridian of 180°, across which nothing is measured here; cut \
         the extract to one side (`osmium extract -b WEST,SOUTH,180,NORTH`), or give a --boundary that lies on one"
    )]
    AcrossAntimeridian { file: String },
    /// No way can be driven.
    #[error(
        "{file}: there is no road in this file that a fire engine can use; it may be an extract of \
         something else, or one of nodes only"
    )]
    NoRoads { file: String },
    /// No two points can be driven between there and back.
    #[error(
        "{file}: the roads of this file lead nowhere and back: no two junctions are connected in \
         both directions; a larger extract or buffer may connect them"
    )]
    NotConnected { file: String },
    /// The boundary cannot be used.
    #[error("{file}: {problem}; give a GeoJSON Polygon or MultiPolygon in degrees (WGS 84)")]
    Boundary {
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Boundary and extract are of different regions.
    #[error(
        "{boundary}: no road of {file} lies in this boundary; the boundary spans {spans}, the \
         extract's roads span {roads_span}"
    )]
    BoundaryElsewhere {
        boundary: String,
        /// The extract.
        file: String,
        /// West, south, east and north of the boundary.
        spans: String,
        /// West, south, east and north of the roads.
        roads_span: String,
    },
}
