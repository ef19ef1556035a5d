//! Public fire hydrants, and the demand points that have one within reach of an engine's hoses.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::basis::Basis;
use crate::county::demand::DemandPoint;
use crate::files::Source;
use crate::geography::{LonLat, Plane, centre};
use crate::table::{Columns, Table, TableError};
use crate::units::Metres;

/// A public fire hydrant.
#[derive(Clone, Debug, PartialEq)]
pub struct Hydrant {
    /// Its number or name.
    pub id: String,
    /// Where it stands.
    pub position: LonLat,
    /// How that is known.
    pub basis: Basis,
}

/// What a table of hydrants has.
pub const COLUMNS: Columns<'_> = Columns::of(&["id", "lon", "lat", "basis"]);

/// Reads `hydrants.csv`: `id,lon,lat,basis`. A table without rows is a county without hydrants.
///
/// # Errors
/// When a row cannot be used or an id stands twice.
pub fn read(source: &Source) -> Result<Vec<Hydrant>, TableError> {
    let table = Table::read(source, &COLUMNS)?;
    table.each(&["id"], |row| {
        Ok(Hydrant {
            id: row.text("id")?.to_owned(),
            position: row.position()?,
            basis: row.basis()?,
        })
    })
}

/// For each demand point whether a hydrant stands within `reach` of it, in a straight line.
pub fn in_reach(hydrants: &[Hydrant], points: &[DemandPoint], reach: Metres) -> Vec<bool> {
    let plane =
        Plane::around(centre(points.iter().map(|point| point.position)).unwrap_or_default());
    let standing = hydrants
        .iter()
        .map(|hydrant| GeomWithData::new(plane.project(hydrant.position), hydrant.position));
    let standing = RTree::bulk_load(standing.collect());
    points
        .iter()
        .map(|point| {
            // The plane finds those near, with 1 % more as its scale changes on the way to them; how far they are, is
            // measured on the globe.
            let near = plane.project(point.position);
            let [east, north] = plane.scale_at(point.position);
            let on_plane = 1.01 * reach.0 / east.min(north);
            standing
                .locate_within_distance(near, on_plane * on_plane)
                .any(|hydrant| point.position.distance(hydrant.data).0 <= reach.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::towns::TownId;
    use crate::language::Name;

    fn point(lon: f64, lat: f64) -> DemandPoint {
        DemandPoint {
            id: format!("{lon}"),
            name: Name {
                local: String::new(),
                english: String::new(),
            },
            town: TownId(0),
            position: LonLat { lon, lat },
            residents: 1.0,
            rates: vec![1.0],
            basis: Basis::Assumed,
        }
    }

    /// A thousandth of a degree of latitude is 111 m, of longitude at 24° north 102 m.
    #[test]
    fn a_hydrant_is_in_reach_within_the_length_of_the_hoses() {
        let hydrant = Hydrant {
            id: "1".to_owned(),
            position: LonLat {
                lon: 115.7,
                lat: 24.0,
            },
            basis: Basis::Assumed,
        };
        let points = [
            point(115.7, 24.0),
            point(115.7, 24.001),
            point(115.701, 24.0),
            point(115.701, 24.001),
        ];
        let reach = |metres| in_reach(std::slice::from_ref(&hydrant), &points, Metres(metres));
        assert_eq!(reach(120.0), [true, true, true, false]);
        assert_eq!(reach(105.0), [true, false, true, false]);
        assert_eq!(in_reach(&[], &points, Metres(1e9)), [false; 4]);
    }

    /// A county from 60° to 70.5° north, in whose far north a degree of longitude is 37.3 km, and on its plane 48 km: a
    /// hydrant 112 m east is farther on the plane than one 130 m north.
    #[test]
    fn the_nearest_hydrant_is_that_of_the_globe() {
        let at = |lon: f64, lat: f64| Hydrant {
            id: String::new(),
            position: LonLat { lon, lat },
            basis: Basis::Assumed,
        };
        let points = [point(25.0, 60.0), point(25.0, 70.5)];
        let hydrants = [at(25.003, 70.5), at(25.0, 70.501_165)];
        let found = in_reach(&hydrants, &points, Metres(115.0));
        assert_eq!(found, [false, true]);
    }
}
