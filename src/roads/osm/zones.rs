//! Areas of the map, and which of them hold a position.

use geo::{LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::osm::OsmExtract;
use crate::roads::osm::area::Area;
use crate::roads::osm::rings::{self, Ring};

/// The area inside these ways, where all of it is in the file and closes.
pub(super) fn area_of(extract: &OsmExtract, ways: &[i64]) -> Option<Area> {
    let rings = rings::complete(extract, ways)?;
    let line = |ring: &Ring| -> LineString<f64> {
        let corner = |node: &usize| extract.nodes[*node].position;
        let corners = ring.nodes.iter().map(corner);
        corners.map(|corner| (corner.lon, corner.lat)).collect()
    };
    let polygons = match rings.as_slice() {
        [only] => MultiPolygon::new(vec![Polygon::new(line(only), Vec::new())]),
        several => rings::inside(several.iter().map(line)),
    };
    Area::of(polygons, Basis::Observed)
}

/// Areas, the smallest first.
#[derive(Debug, Default)]
pub(super) struct Zones {
    areas: Vec<Area>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Zones {
    /// These areas, of which each keeps what comes with it; what belongs to the areas is in their order.
    pub(super) fn of<T>(mut areas: Vec<(Area, T)>) -> (Self, Vec<T>) {
        areas.sort_by(|(a, _), (b, _)| a.square_metres().total_cmp(&b.square_metres()));
        let (areas, theirs): (Vec<Area>, Vec<T>) = areas.into_iter().unzip();
        let boxes = areas.iter().enumerate().filter_map(|(index, area)| {
            let [low, high] = area.corners()?;
            Some(GeomWithData::new(Rectangle::from_corners(low, high), index))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        (Self { areas, boxes }, theirs)
    }

    /// The areas that hold a position, the smallest first.
    pub(super) fn holding(&self, position: LonLat) -> Vec<usize> {
        let at = AABB::from_point([position.lon, position.lat]);
        let mut holding: Vec<usize> = self
            .boxes
            .locate_in_envelope_intersecting(&at)
            .map(|found| found.data)
            .filter(|index| self.areas[*index].holds(position))
            .collect();
        holding.sort_unstable();
        holding
    }
}
