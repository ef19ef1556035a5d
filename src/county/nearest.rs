//! To which demand point a location belongs: the nearest one. Towns have no outlines, so a location
//! is in the town of its demand point, and is answered as that is.

use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use crate::county::County;
use crate::county::demand::DemandPointId;
use crate::geography::Plane;

/// The demand points of a county on a plane.
#[derive(Debug)]
pub struct NearestPoint {
    points: RTree<GeomWithData<[f64; 2], usize>>,
}

impl NearestPoint {
    pub fn of(county: &County, plane: Plane) -> Self {
        let points = county.demand_points().iter().enumerate();
        let points = points
            .map(|(number, point)| GeomWithData::new(plane.project(point.position), number))
            .collect();
        Self {
            points: RTree::bulk_load(points),
        }
    }

    /// The demand point to which a position on the plane belongs, of points equally near the first in
    /// the table; `None` where there are none.
    pub fn at(&self, at: [f64; 2]) -> Option<DemandPointId> {
        let far = |point: &GeomWithData<[f64; 2], usize>| point.distance_2(&at);
        let nearest = self.points.nearest_neighbors(&at).into_iter();
        let nearest = nearest.min_by(|a, b| far(a).total_cmp(&far(b)).then(a.data.cmp(&b.data)));
        nearest.map(|point| DemandPointId(point.data as u32))
    }
}
