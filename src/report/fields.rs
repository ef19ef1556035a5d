//! The expected arrival times behind every map of a comparison, worked out once.

use rayon::prelude::*;

use crate::charts::ArrivalField;
use crate::evaluation::arrival_field::Grid;
use crate::evaluation::comparison::{Comparison, Evaluated};
use crate::scenario::Scenario;

/// Spots along the longer side of the county: some 400 m apart in a county of 80 km.
const ACROSS: usize = 200;
/// Alternatives that have maps, besides the baseline: more cannot be looked at side by side.
const MOST: usize = 6;

/// The arrival times of the baseline and of the best alternatives.
#[derive(Debug)]
pub struct Fields {
    /// Where the spots lie.
    pub grid: Grid,
    /// By the index of the alternative in its scenario, the baseline first, then the best.
    fields: Vec<(usize, ArrivalField)>,
}

impl Fields {
    /// Works them out.
    #[must_use]
    pub fn of(scenario: &Scenario, comparison: &Comparison) -> Self {
        let grid = Grid::over(scenario, ACROSS);
        let fields = mapped(comparison)
            .par_iter()
            .map(|evaluated| {
                let alternative = &scenario.alternatives[evaluated.index];
                let field = ArrivalField {
                    west: grid.south_west[0],
                    south: grid.south_west[1],
                    step: grid.step,
                    columns: grid.columns,
                    rows: grid.rows,
                    minutes: grid.response_minutes(scenario, alternative),
                };
                (evaluated.index, field)
            })
            .collect();
        Self { grid, fields }
    }

    /// The field of an alternative.
    ///
    /// # Panics
    /// When the alternative is not one of [`mapped`].
    #[must_use]
    pub fn of_alternative(&self, evaluated: &Evaluated) -> &ArrivalField {
        let found = self
            .fields
            .iter()
            .find(|(index, _)| *index == evaluated.index);
        &found.expect("the alternative has a map").1
    }
}

/// The alternatives that have maps: the baseline, then the best of the others.
#[must_use]
pub fn mapped(comparison: &Comparison) -> Vec<&Evaluated> {
    let others = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    std::iter::once(comparison.baseline())
        .chain(others.take(MOST))
        .collect()
}
