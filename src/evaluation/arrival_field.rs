//! When the nearest engine is expected at every spot of the county: the field behind the maps.

use rayon::prelude::*;

use crate::county::boundary::Boundary;
use crate::geography::{Plane, centre};
use crate::roads::snapping::SnappedPlace;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// A grid of spots over the county, and the roads they join.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The plane on which it is laid out.
    pub plane: Plane,
    /// The south-western spot, in metres on the plane.
    pub south_west: [f64; 2],
    /// Metres between spots.
    pub step: f64,
    /// Spots from west to east.
    pub columns: usize,
    /// Spots from south to north.
    pub rows: usize,
    /// By kind of engine: where each spot joins a road that it can use, row by row from the south;
    /// none when there is no road.
    spots: Vec<Vec<Option<SnappedPlace>>>,
}

/// Where the spots of a grid lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// The plane on which it is laid out.
    pub plane: Plane,
    /// The south-western spot, in metres on the plane.
    pub south_west: [f64; 2],
    /// Metres between spots.
    pub step: f64,
    /// Spots from west to east.
    pub columns: usize,
    /// Spots from south to north.
    pub rows: usize,
}

impl Lattice {
    /// About `across` spots along the longer side of the county, and one more on each side, so
    /// that the county's edge lies between spots.
    ///
    /// # Panics
    /// When the boundary has no corners, which reading it has excluded.
    #[must_use]
    pub fn over(boundary: &Boundary, across: usize) -> Self {
        let middle = centre(boundary.corners()).expect("a boundary has corners");
        let plane = Plane::around(middle);
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for corner in boundary.corners() {
            for (axis, metres) in plane.project(corner).into_iter().enumerate() {
                low[axis] = low[axis].min(metres);
                high[axis] = high[axis].max(metres);
            }
        }
        let longer = (high[0] - low[0]).max(high[1] - low[1]).max(1.0);
        let step = longer / across.max(2) as f64;
        let count = |axis: usize| ((high[axis] - low[axis]) / step).ceil() as usize + 3;
        Self {
            plane,
            south_west: [low[0] - step, low[1] - step],
            step,
            columns: count(0),
            rows: count(1),
        }
    }

    /// The number of spots.
    #[must_use]
    pub fn spots(&self) -> usize {
        self.columns * self.rows
    }

    /// Where a spot lies, in metres on the plane; spots are counted row by row from the south.
    #[must_use]
    pub fn at(&self, spot: usize) -> [f64; 2] {
        let [west, south] = self.south_west;
        let (column, row) = (spot % self.columns, spot / self.columns);
        [
            west + self.step * column as f64,
            south + self.step * row as f64,
        ]
    }
}

impl Grid {
    /// A grid of about `across` spots along the longer side of the county.
    ///
    /// # Panics
    /// When the boundary has no corners, which reading it has excluded.
    #[must_use]
    pub fn over(scenario: &Scenario, across: usize) -> Self {
        let lattice = Lattice::over(&scenario.county.boundary, across);
        let Lattice {
            plane,
            south_west,
            step,
            columns,
            rows,
        } = lattice;
        let spots = scenario
            .kinds
            .iter()
            .map(|kind| {
                (0..lattice.spots())
                    .into_par_iter()
                    .map(|spot| kind.roadway.nearest(plane.unproject(lattice.at(spot))))
                    .collect()
            })
            .collect();
        Self {
            plane,
            south_west,
            step,
            columns,
            rows,
            spots,
        }
    }

    /// Minutes from the call until the nearest engine is expected at each spot, row by row from
    /// the south; infinite where no road leads. Every engine is at home, every stage takes its
    /// mean.
    #[must_use]
    pub fn response_minutes(&self, scenario: &Scenario, alternative: &Alternative) -> Vec<f32> {
        let bases = scenario.bases_of(alternative);
        let before_travel = scenario.stages.call_handling.mean + scenario.stages.turnout.mean;
        let mut minutes = vec![f32::INFINITY; self.columns * self.rows];
        for (number, kind) in scenario.kinds.iter().enumerate() {
            let field = kind
                .roadway
                .field(scenario.places_of_kind(number, &bases).collect());
            let spots = self.spots[number].par_iter();
            spots.zip(&mut minutes).for_each(|(spot, minutes)| {
                let travel = spot.map_or(Millis::NEVER, |spot| field.time_to(spot.into()));
                if travel.is_finite() {
                    *minutes = minutes.min((before_travel + travel).minutes() as f32);
                }
            });
        }
        minutes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    /// Two minutes of call handling and turnout come before any travel, a station makes nobody
    /// slower, and somewhere beside the station the engine is there almost at once.
    #[test]
    fn a_station_more_makes_no_spot_slower() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let grid = Grid::over(&scenario, 60);
        let before = grid.response_minutes(&scenario, &scenario.alternatives[0]);
        let after = grid.response_minutes(&scenario, &scenario.alternatives[1]);
        assert_eq!(before.len(), grid.columns * grid.rows);
        assert!(before.iter().all(|minutes| *minutes >= 2.0));
        assert!(
            before
                .iter()
                .zip(&after)
                .all(|(before, after)| after <= before)
        );
        let nearest = before.iter().copied().fold(f32::INFINITY, f32::min);
        assert!(nearest < 6.0, "{nearest}");
    }
}
