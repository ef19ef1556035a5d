//! A grid over the county, on which coverage is looked at.

use geo::{BooleanOps, LineString, MapCoords, MultiPolygon};
use rayon::prelude::*;

use crate::county::boundary::Boundary;
use crate::expected::grid::Lattice;
use crate::geography::LonLat;
use crate::geography::area::square_kilometres;

/// The points of a grid over the county, and which of them lie in it.
#[derive(Clone, Debug)]
pub(super) struct CountyGrid {
    /// Where they lie.
    pub(super) lattice: Lattice,
    /// The county on the plane of the lattice.
    pub(super) county: MultiPolygon,
    /// Whether each point lies in the county.
    pub(super) inside: Vec<bool>,
    /// Whether each point lies in the county or is a corner of a square that its border crosses.
    pub(super) needed: Vec<bool>,
}

impl CountyGrid {
    /// Lays a grid over the county.
    pub(super) fn over(boundary: &Boundary, across: usize) -> Self {
        let lattice = Lattice::over(boundary, across);
        let on_plane = boundary.polygons().map_coords(|at| {
            let [x, y] = lattice.plane.project(LonLat {
                lon: at.x,
                lat: at.y,
            });
            geo::Coord { x, y }
        });
        // Joined with nothing, parts that overlap become one.
        let county = on_plane.union(&MultiPolygon(Vec::new()));
        let inside = inside(&lattice, &county);
        let mut needed = inside.clone();
        for ring in rings(&county) {
            for line in ring.lines() {
                mark_squares(&lattice, line, &mut needed);
            }
        }
        Self {
            lattice,
            county,
            inside,
            needed,
        }
    }

    /// The area of polygons on the plane of the lattice, in square kilometres.
    pub(super) fn square_kilometres(&self, area: &MultiPolygon) -> f64 {
        let plane = &self.lattice.plane;
        square_kilometres(area, |at| plane.unproject([at.x, at.y]))
    }

    /// What holds at every point that is needed, given its position on the plane; `None` elsewhere.
    pub(super) fn at_each<T: Send>(&self, at: impl Fn([f64; 2]) -> T + Sync) -> Vec<Option<T>> {
        (0..self.lattice.points())
            .into_par_iter()
            .map(|point| self.needed[point].then(|| at(self.lattice.at(point))))
            .collect()
    }
}

/// The outlines of the county, and of what is no part of it inside.
pub(super) fn rings(county: &MultiPolygon) -> impl Iterator<Item = &LineString> {
    let polygons = county.iter();
    polygons.flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// Which points lie in the county: row by row, by the crossings with its rings (even-odd).
fn inside(lattice: &Lattice, county: &MultiPolygon) -> Vec<bool> {
    let lines: Vec<geo::Line> = rings(county).flat_map(LineString::lines).collect();
    let row_inside = |row: usize| -> Vec<bool> {
        let [west, north] = lattice.at(row * lattice.columns);
        let mut crossings: Vec<f64> = lines
            .iter()
            .filter(|line| (line.start.y > north) != (line.end.y > north))
            .map(|line| line.start.x + line.dx() * (north - line.start.y) / line.dy())
            .collect();
        crossings.sort_by(f64::total_cmp);
        (0..lattice.columns)
            .map(|column| {
                let east = west + lattice.step * column as f64;
                crossings.partition_point(|crossing| *crossing < east) % 2 == 1
            })
            .collect()
    };
    (0..lattice.rows)
        .into_par_iter()
        .flat_map_iter(row_inside)
        .collect()
}

/// Marks the corners of the squares through which a line goes, looked at every quarter of a step.
fn mark_squares(lattice: &Lattice, line: geo::Line, needed: &mut [bool]) {
    let length = libm::hypot(line.dx(), line.dy());
    let pieces = (length / lattice.step * 4.0).ceil().max(1.0) as usize;
    for piece in 0..=pieces {
        let share = piece as f64 / pieces as f64;
        let index = |from: f64, way: f64, low: f64, count: usize| {
            let steps = (from + way * share - low) / lattice.step;
            (steps.floor().max(0.0) as usize).min(count - 2)
        };
        let column = index(
            line.start.x,
            line.dx(),
            lattice.south_west[0],
            lattice.columns,
        );
        let row = index(line.start.y, line.dy(), lattice.south_west[1], lattice.rows);
        for corner in [0, 1, lattice.columns, lattice.columns + 1] {
            needed[row * lattice.columns + column + corner] = true;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::files::Source;

    /// A county within one ring.
    fn county(ring: &str) -> Boundary {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("boundary.geojson");
        let text = format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#);
        std::fs::write(&path, text).unwrap();
        Boundary::read(&Source::Disk(path)).unwrap()
    }

    /// A square county, about 2.2 km across, around the origin.
    pub(in crate::evaluation::coverage) fn square() -> Boundary {
        county("[-0.01,-0.01],[0.01,-0.01],[0.01,0.01],[-0.01,0.01],[-0.01,-0.01]")
    }

    #[test]
    fn points_beyond_the_county_are_not_needed() {
        let grid = CountyGrid::over(&square(), 20);
        let middle = grid.lattice.plane.project(LonLat::default());
        assert!(middle[0].abs() < 1e-6);
        // From 19 to 21 points each way, as the border goes through points.
        let inside = grid.inside.iter().filter(|inside| **inside).count();
        assert!((361..=441).contains(&inside), "{inside}");
        // The half of that square to the south-west: of the other half nothing but what is beside the border.
        let half = county("[-0.01,-0.01],[0.01,-0.01],[-0.01,0.01],[-0.01,-0.01]");
        let half = CountyGrid::over(&half, 20);
        let count = |points: &[bool]| points.iter().filter(|point| **point).count();
        assert!(count(&half.inside) < count(&half.needed));
        assert!(count(&half.needed) < half.lattice.points() * 2 / 3);
    }
}
