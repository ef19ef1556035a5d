//! By which rule an outline is found, and what of the map each looks at.

use crate::roads::osm::{OsmRelation, Tags};

/// What gave the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineRule {
    /// The planner.
    Given,
    /// An administrative area of the map.
    AdministrativeRelation {
        relation: NamedRelation,
        /// Whether only its land was taken, within the coastline.
        is_cut: bool,
    },
    /// The coastline of the map.
    Coastline,
    /// The roads, for want of anything better.
    AroundTheRoads,
}

/// An administrative area by its number and what the map calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRelation {
    pub id: i64,
    pub name: Option<String>,
    /// Its `admin_level`.
    pub level: Option<String>,
}

impl NamedRelation {
    pub(super) fn of(relation: &OsmRelation) -> Self {
        let tag = |key| relation.tags.get(key).map(str::to_owned);
        Self {
            id: relation.id,
            name: tag("name"),
            level: tag("admin_level"),
        }
    }
}

/// Why a rule gave no outline.
#[derive(Clone, Debug, PartialEq)]
pub enum NotUsed {
    NoRelation,
    /// So many administrative areas are there, not complete in the file, or hold too little of the roads.
    Relations {
        all: usize,
        incomplete: usize,
        small: usize,
    },
    /// So many settlements or stations lie far outside an area that holds the roads.
    OutsideRelation {
        relation: NamedRelation,
        far: usize,
    },
    NoCoastline,
    /// The land within closed coastlines holds only this share of the roads; so many stretches are open.
    RoadsOutsideCoastline {
        share: f64,
        open: u64,
    },
    /// So many settlements or stations lie far outside that land.
    OutsideCoastline {
        far: usize,
        open: u64,
    },
}

/// Whether a way of these tags is a piece of coastline.
pub(in crate::roads::osm) fn is_coastline(tags: &Tags) -> bool {
    tags.is("natural", "coastline")
}

/// Whether a relation of these tags is an administrative area.
pub(in crate::roads::osm) fn is_administrative(tags: &Tags) -> bool {
    tags.is("boundary", "administrative")
        && matches!(tags.get("type"), Some("boundary" | "multipolygon"))
}
