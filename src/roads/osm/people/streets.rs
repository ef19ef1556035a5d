//! How far people live from the nearest road.

use rstar::RTree;
use rstar::primitives::Line;

use crate::geography::{Plane, centre};
use crate::roads::graph::RoadGraph;
use crate::roads::osm::people::cells::DemandPoint;
use crate::units::Metres;

/// Residents by their distance to the nearest road, the nearest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FromRoad(Vec<(f64, u64)>);

impl FromRoad {
    pub(super) fn of(points: &[DemandPoint], roads: &RoadGraph) -> Self {
        let Some(middle) = centre(points.iter().map(|point| point.position)) else {
            return Self::default();
        };
        let plane = Plane::around(middle);
        let pieces = roads.roads().iter().flat_map(|road| {
            let line = roads.line(road);
            let ends = line.array_windows().map(|[a, b]| [*a, *b]);
            ends.collect::<Vec<_>>()
        });
        let pieces = pieces.map(|[a, b]| Line::new(plane.project(a), plane.project(b)));
        let pieces = RTree::bulk_load(pieces.collect());
        let distance = |point: &DemandPoint| {
            let at = plane.project(point.position);
            let nearest = pieces.nearest_neighbor_iter_with_distance_2(&at).next();
            let square = nearest.map_or(f64::INFINITY, |(_, square)| square);
            (square.sqrt(), point.residents)
        };
        let mut by_distance: Vec<(f64, u64)> = points.iter().map(distance).collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self(by_distance)
    }

    /// The distance within which half of the people live; `None` where there are none.
    pub fn median(&self) -> Option<Metres> {
        let all: u64 = self.0.iter().map(|(_, residents)| residents).sum();
        let mut before = 0;
        let half = self.0.iter().find(|(_, residents)| {
            before += residents;
            2 * before >= all && before > 0
        });
        half.map(|(distance, _)| Metres(*distance))
    }

    /// How many people live farther away than that.
    pub fn beyond(&self, far: Metres) -> u64 {
        let beyond = self.0.iter().filter(|(distance, _)| *distance > far.0);
        beyond.map(|(_, residents)| residents).sum()
    }
}
