//! The expected arrival times behind every map of a comparison, worked out once.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::brigades::StationId;
use crate::charts::{ArrivalField, Ring};
use crate::evaluation::comparison::{Comparison, Evaluated};
use crate::expected::Expected;
use crate::expected::fleet::Fleet;
use crate::expected::grid::Grid;
use crate::expected::reach::Reach;
use crate::scenario::Scenario;

/// Grid points along the longer side of the county: some 400 m apart in a county of 80 km.
const ACROSS: usize = 200;
/// Alternatives on a chart, besides the baseline: more cannot be looked at side by side.
pub const MAX_MAPPED: usize = 6;

/// Limits of the bands of arrival maps, in minutes.
pub const ARRIVAL_BANDS: [f32; 6] = [10.0, 15.0, 20.0, 30.0, 45.0, 60.0];

/// The arrival times of the baseline and of the best alternatives.
#[derive(Debug)]
pub struct Fields {
    /// Where the grid points lie.
    pub grid: Grid,
    /// By the index of the alternative in its scenario, the baseline first, then the best.
    fields: Vec<(usize, ArrivalField)>,
    /// The rings of where there is no road, on the plane of the grid.
    pub no_road: Vec<Ring>,
}

impl Fields {
    /// Works them out for the baseline and the best `most`, or as many as charts show.
    pub fn of(scenario: &Scenario, comparison: &Comparison, most: usize) -> Self {
        let mapped = drawn(comparison, most);
        let alternatives = mapped.iter().map(|of| &scenario.alternatives[of.index]);
        let stations: BTreeSet<StationId> = alternatives
            .flat_map(|alternative| scenario.stations.standing(alternative))
            .collect();
        let expected = Expected::of(scenario);
        let reach = Reach::new(&expected, &stations.into_iter().collect::<Vec<_>>(), &[]);
        let grid = Grid::over(&reach, &scenario.county.boundary, ACROSS);
        let lattice = grid.lattice;
        let raster = |minutes: Vec<f32>| ArrivalField {
            west: lattice.south_west[0],
            south: lattice.south_west[1],
            step: lattice.step,
            columns: lattice.columns,
            rows: lattice.rows,
            minutes,
        };
        let off_road = raster(grid.off_road().to_vec());
        let boundary = scenario.county.boundary.rings();
        let boundary: Vec<Ring> = (boundary.iter())
            .map(|ring| ring.iter().map(|at| lattice.plane.project(*at)).collect())
            .collect();
        let no_road = off_road
            .any_within(&boundary, |off_road| off_road > 1.0)
            .then(|| off_road.beyond(&[1.0]));
        let fields = mapped
            .par_iter()
            .map(|evaluated| {
                let alternative = &scenario.alternatives[evaluated.index];
                let fleet = Fleet::of_alternative(&expected, alternative);
                let field = raster(grid.response_minutes(&reach, &fleet));
                (evaluated.index, field)
            })
            .collect();
        Self {
            grid,
            fields,
            no_road: no_road.into_iter().flatten().flatten().collect(),
        }
    }

    /// The field of an alternative.
    ///
    /// # Panics
    /// When the alternative is not one of those.
    pub fn of_alternative(&self, evaluated: &Evaluated) -> &ArrivalField {
        let found = self
            .fields
            .iter()
            .find(|(index, _)| *index == evaluated.index);
        &found.expect("the alternative has a map").1
    }
}

/// The alternatives that charts show beside each other: the baseline, then the best of the others.
pub fn mapped(comparison: &Comparison) -> Vec<&Evaluated> {
    best(comparison, MAX_MAPPED)
}

/// The alternatives that are drawn anywhere, where the map of the page shows the best `on_the_map`.
pub fn drawn(comparison: &Comparison, on_the_map: usize) -> Vec<&Evaluated> {
    best(comparison, on_the_map.max(MAX_MAPPED))
}

/// The baseline, then the best `most` of the others.
pub fn best(comparison: &Comparison, most: usize) -> Vec<&Evaluated> {
    let others = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    std::iter::once(comparison.baseline())
        .chain(others.take(most))
        .collect()
}
