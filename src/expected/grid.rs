//! When the first engine is expected everywhere in the county: the field behind the maps.

use rayon::prelude::*;

use crate::county::boundary::Boundary;
use crate::expected::fleet::Fleet;
use crate::expected::reach::{LocationByProfile, Reach};
use crate::geography::{Plane, centre};
use crate::progress::{Unit, Work};
use crate::scenario::standards::Clock;
use crate::units::Metres;

/// A grid of points over the county, and the roads they join.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Where they lie.
    pub lattice: Lattice,
    /// Where each point joins the roads, row by row from the south; where it has none, where it would.
    locations: Vec<Option<LocationByProfile>>,
    /// How far each point is from its road, over how far it may be before it has none.
    off_road: Vec<f32>,
}

/// That of a point that has no road, however near one is beyond a barrier.
const CUT_OFF: f32 = 2.0;

/// Where the points of a grid lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// The plane on which it is laid out.
    pub plane: Plane,
    /// The south-western point, in metres on the plane.
    pub south_west: [f64; 2],
    /// Metres between points.
    pub step: f64,
    /// Points from west to east.
    pub columns: usize,
    /// Points from south to north.
    pub rows: usize,
}

impl Lattice {
    /// About `across` points along the longer side of the county, and one more on each side, so
    /// that the county's edge lies between points.
    ///
    /// # Panics
    /// When the boundary has no corners, which reading it has excluded.
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

    /// The number of points.
    pub fn points(&self) -> usize {
        self.columns * self.rows
    }

    /// Where a point lies, in metres on the plane; points are counted row by row from the south.
    pub fn at(&self, point: usize) -> [f64; 2] {
        let [west, south] = self.south_west;
        let (column, row) = (point % self.columns, point / self.columns);
        [
            west + self.step * column as f64,
            south + self.step * row as f64,
        ]
    }
}

impl Grid {
    /// A grid of about `across` points along the longer side of the county, joined to the roads as
    /// `reach` finds them.
    pub fn over(reach: &Reach<'_>, boundary: &Boundary, across: usize) -> Self {
        let lattice = Lattice::over(boundary, across);
        let over_limit = |location: &Option<LocationByProfile>, limit: Metres| {
            let metres = location.as_ref()?.from_road()?;
            Some((metres.0 / limit.0) as f32)
        };
        let work = Work::new("joining the grid", lattice.points(), Unit::Count("points"));
        let (locations, off_road) = (0..lattice.points())
            .into_par_iter()
            .map(|point| {
                work.add(1);
                let position = lattice.plane.unproject(lattice.at(point));
                let limit = reach.road_limit_at(position);
                let location = reach.location(position);
                if let Some(off_road) = over_limit(&location, limit) {
                    return (location, off_road);
                }
                let anyhow = reach.location_anyhow(position);
                let off_road = over_limit(&anyhow, limit).filter(|off_road| *off_road > 1.0);
                (anyhow, off_road.unwrap_or(CUT_OFF))
            })
            .unzip();
        Self {
            lattice,
            locations,
            off_road,
        }
    }

    /// How far each point is from its road, over how far it may be before it has none: past 1 there is no
    /// road. Row by row from the south.
    pub fn off_road(&self) -> &[f32] {
        &self.off_road
    }

    /// Minutes from the call until the first engine is expected at each point, row by row from the
    /// south; infinite where none comes. Points without a road have those that a crew would take from the
    /// nearest, so that no band ends short of them.
    pub fn response_minutes(&self, reach: &Reach<'_>, fleet: &Fleet) -> Vec<f32> {
        let minutes = |location: &Option<LocationByProfile>| {
            let location = location.as_ref();
            let first = location.and_then(|location| reach.first_at(fleet, location));
            first.map_or(f32::INFINITY, |first| {
                first.time(Clock::Response).minutes() as f32
            })
        };
        self.locations.par_iter().map(minutes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brigades::StationId;
    use crate::expected::Expected;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// Two minutes of call handling and turnout come before any travel, a station makes nobody
    /// slower, and somewhere beside the station the engine is there almost at once.
    #[test]
    fn a_station_more_makes_no_point_slower() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let expected = Expected::of(&scenario);
        let stations: Vec<StationId> = scenario.stations.all().collect();
        let reach = Reach::new(&expected, &stations, &[]);
        let grid = Grid::over(&reach, &scenario.county.boundary, 60);
        let [before, after] = [0, 1].map(|index| {
            let fleet = Fleet::of_alternative(&expected, &scenario.alternatives[index]);
            grid.response_minutes(&reach, &fleet)
        });
        assert_eq!(before.len(), grid.lattice.points());
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
