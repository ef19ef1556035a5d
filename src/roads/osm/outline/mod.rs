//! The outline of a county for which none is given: an administrative area of the map, an island,
//! or a line drawn tightly around the roads.
//!
//! The first rule that applies gives it:
//!
//! 1. The smallest complete relation with `boundary=administrative` that holds 90 % of the length
//!    of road, and within 300 m all settlements and stations. Where the file has the coastline
//!    around them, only the land of it: the edge of a state lies far out at sea.
//! 2. The land within the closed rings of `natural=coastline` (land lies on the left), with the
//!    same conditions.
//! 3. What lies near the roads, settlements and stations ([`closing`](crate::geography::closing::closing)).
//!
//! The figures are those of [`ASSUMED`](crate::roads::osm::assumptions::ASSUMED). An outline from the map is moved outwards by 20 m and
//! simplified by as much, so that nothing is cut off, and settlements and stations that still lie
//! outside are taken in.

mod contents;
mod rule;
mod search;

use geo::{Coord, MapCoords};

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::OsmExtract;
use crate::roads::osm::area::Area;

use contents::{Contents, pieces, share};
pub use rule::{NamedRelation, NotUsed, OutlineRule};
pub(super) use rule::{is_administrative, is_coastline};

/// Where an outline comes from, for the report.
#[derive(Clone, Debug)]
pub struct OutlineAccount {
    /// What gave it.
    pub rule: OutlineRule,
    /// The share of the length of connected road inside it.
    pub road_share: f64,
    /// Settlements and stations a little outside the line of the map that were taken in.
    pub taken_in: usize,
    /// Why the rules before it did not apply.
    pub not_used: Vec<NotUsed>,
}

/// An outline of the county, and where it comes from.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The county.
    pub area: Area,
    /// Where it comes from.
    pub account: OutlineAccount,
}

impl Outline {
    /// The planner's own boundary.
    pub fn given(area: Area, roads: &RoadGraph) -> Self {
        let inside: f64 = pieces(roads)
            .filter(|(middle, _)| area.holds(*middle))
            .map(|(_, length)| length)
            .sum();
        let whole: f64 = pieces(roads).map(|(_, length)| length).sum();
        Self {
            area,
            account: OutlineAccount {
                rule: OutlineRule::Given,
                road_share: share(inside, whole),
                taken_in: 0,
                not_used: Vec::new(),
            },
        }
    }

    /// The outline of everything that was imported: `roads`, and the settlements and stations at
    /// `points`. `None` when there is nothing at all.
    pub fn find(extract: &OsmExtract, roads: &RoadGraph, points: &[LonLat]) -> Option<Self> {
        let contents = Contents::new(extract, roads, points)?;
        let mut not_used = Vec::new();
        let land = search::land(&contents);
        let found = search::administrative(&contents, &land, &mut not_used)
            .or_else(|| search::coastline(&contents, &land, &mut not_used))
            .unwrap_or_else(|| search::around_the_roads(&contents, roads));
        let area = found.area.map_coords(|corner| {
            let LonLat { lon, lat } = contents.plane.unproject([corner.x, corner.y]);
            Coord { x: lon, y: lat }
        });
        let basis = match found.rule {
            OutlineRule::AroundTheRoads => Basis::Estimated,
            _ => Basis::Observed,
        };
        Some(Self {
            area: Area::of(area, basis)?,
            account: OutlineAccount {
                rule: found.rule,
                road_share: contents.road_share(&found.area),
                taken_in: found.taken_in,
                not_used,
            },
        })
    }
}
