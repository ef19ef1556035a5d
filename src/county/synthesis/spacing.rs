//! Points that keep a distance from one another.

use std::collections::HashMap;

/// Points on the plane, none nearer to another than the spacing.
///
/// A grid of cells as wide as the spacing: only the nine cells around a point can hold one that is
/// too near.
#[derive(Clone, Debug)]
pub struct Spaced {
    spacing: f64,
    cells: HashMap<[i64; 2], Vec<[f64; 2]>>,
}

impl Spaced {
    /// No points yet; `spacing` in metres, above zero.
    pub fn new(spacing: f64) -> Self {
        Self {
            spacing,
            cells: HashMap::new(),
        }
    }

    /// The cell of a point: column, row.
    pub fn cell(&self, point: [f64; 2]) -> [i64; 2] {
        point.map(|metres| (metres / self.spacing).floor() as i64)
    }

    /// Takes the point in unless it is too near to an earlier one; says whether it did.
    pub fn insert(&mut self, point: [f64; 2]) -> bool {
        let [column, row] = self.cell(point);
        let free = (-1..=1).all(|east| {
            (-1..=1).all(|north| {
                self.cells
                    .get(&[column + east, row + north])
                    .is_none_or(|points| {
                        points
                            .iter()
                            .all(|other| squared(*other, point) >= self.spacing * self.spacing)
                    })
            })
        });
        if free {
            self.cells.entry([column, row]).or_default().push(point);
        }
        free
    }
}

/// The square of the distance between two points on the plane.
pub fn squared([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// a ---- 599 ---- b        b is refused
    /// a ---- 600 ------- c     c is taken
    /// ```
    #[test]
    fn a_point_on_the_spacing_is_taken_and_one_below_it_is_not() {
        let mut points = Spaced::new(600.0);
        assert!(points.insert([0.0, 0.0]));
        assert!(!points.insert([-599.0, 0.0]));
        assert!(points.insert([0.0, -600.0]));
    }
}
