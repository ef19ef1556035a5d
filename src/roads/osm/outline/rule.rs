//! By which rule an outline is found, and what of the map each looks at.

use crate::roads::osm::Tags;

/// What gave the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutlineRule {
    /// The planner.
    Given,
    /// An administrative area of the map.
    AdministrativeRelation,
    /// The coastline of the map.
    Coastline,
    /// The roads, for want of anything better.
    AroundTheRoads,
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
