//! A tight outline around lines: the morphological closing of their surroundings.

use contour::ContourBuilder;
use geo::{BooleanOps as _, LineString, MultiPolygon, Polygon};

/// What lies within `gap` of the lines, holes filled, and then drawn back to `margin` from them
/// (closing; Serra 1982): bays and valleys narrower than twice `gap` belong to it, wider ones do
/// not. Both are metres on the plane of the lines; a line may be a single point.
///
/// Worked out on a raster of a quarter of `margin`, or coarser where the lines span more than 2,000
/// steps: then `gap` and `margin` are at least 10 and 2 of them. Every point of the lines lies
/// inside, at least half of `margin` from the edge. Empty without lines.
pub fn closing(lines: &[Vec<[f64; 2]>], gap: f64, margin: f64) -> MultiPolygon<f64> {
    let points = || {
        lines
            .iter()
            .flatten()
            .filter(|p| p[0].is_finite() && p[1].is_finite())
    };
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points() {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    if low[0] > high[0] {
        return MultiPolygon::new(Vec::new());
    }
    let longer = (high[0] - low[0]).max(high[1] - low[1]);
    let step = (margin / 4.0).max(longer / MAX_STEPS).max(1.0);
    let margin = margin.max(2.0 * step);
    let gap = gap.max(margin + 8.0 * step);
    let reach = (gap / step).ceil() as usize + 1;
    // Around the lines as much as the gap reaches, and a frame of outside.
    let corner = low.map(|low| low - step * (reach + 2) as f64);
    let count = |axis: usize| ((high[axis] - low[axis]) / step).ceil() as usize + 2 * reach + 5;
    let raster = Raster {
        columns: count(0),
        rows: count(1),
    };

    let mut is_line = vec![false; raster.cells()];
    let cell = |[x, y]: [f64; 2]| {
        let index = |value: f64, axis: usize| ((value - corner[axis]) / step).round() as usize;
        index(y, 1) * raster.columns + index(x, 0)
    };
    for point in points() {
        is_line[cell(*point)] = true;
    }
    for [[ax, ay], [bx, by]] in lines.iter().flat_map(|line| line.array_windows::<2>()) {
        let (dx, dy) = (bx - ax, by - ay);
        // Both ends are finite, so the length is.
        let parts = (libm::hypot(dx, dy) / (step / 2.0)).ceil();
        if parts.is_finite() {
            for part in 1..parts as usize {
                let share = part as f64 / parts;
                is_line[cell([ax + dx * share, ay + dy * share])] = true;
            }
        }
    }

    let near: Vec<bool> = raster
        .distances(&is_line, reach)
        .iter()
        .map(|distance| distance * step <= gap)
        .collect();
    let outside = raster.outside(&near);
    // Every outside cell is farther than `gap` from every line.
    let field: Vec<f64> = raster
        .distances(&outside, reach)
        .iter()
        .map(|distance| distance * step - (gap - margin))
        .collect();
    // The builder puts the first value half a step inside its grid.
    let rings = ContourBuilder::new(raster.columns, raster.rows, true)
        .x_origin(corner[0] - step / 2.0)
        .y_origin(corner[1] - step / 2.0)
        .x_step(step)
        .y_step(step)
        .lines(&field, &[0.0])
        .unwrap_or_default()
        .into_iter()
        .flat_map(|line| line.into_inner().0)
        .map(|ring: LineString<f64>| Polygon::new(ring, Vec::new()));
    MultiPolygon::new(rings.collect()).union(&MultiPolygon::new(Vec::new()))
}

/// The most steps of the raster along the longer side of the lines.
const MAX_STEPS: f64 = 2000.0;

struct Raster {
    columns: usize,
    rows: usize,
}

impl Raster {
    fn cells(&self) -> usize {
        self.columns * self.rows
    }

    /// From every cell to the nearest of `sources`, in cells, as far as `reach`; farther ones have
    /// more than that.
    fn distances(&self, sources: &[bool], reach: usize) -> Vec<f64> {
        let far = reach + 1;
        // In its own column first, then over the columns within reach.
        let mut along = vec![far; self.cells()];
        for column in 0..self.columns {
            let up = (0..self.rows).map(|row| row * self.columns + column);
            let down = up.clone().rev();
            for cells in [
                Box::new(up) as Box<dyn Iterator<Item = usize>>,
                Box::new(down),
            ] {
                let mut since = far;
                for cell in cells {
                    since = if sources[cell] {
                        0
                    } else {
                        (since + 1).min(far)
                    };
                    along[cell] = along[cell].min(since);
                }
            }
        }
        let square = |length: usize| (length * length) as u64;
        let mut distances = Vec::with_capacity(self.cells());
        for row in along.chunks_exact(self.columns) {
            for column in 0..self.columns {
                let from = column.saturating_sub(reach);
                let to = (column + reach).min(self.columns - 1);
                let nearest = (from..=to)
                    .map(|other| square(column.abs_diff(other)) + square(row[other]))
                    .min()
                    .unwrap_or(u64::MAX);
                distances.push((nearest as f64).sqrt());
            }
        }
        distances
    }

    /// What can be reached from the corner without stepping on `near`.
    fn outside(&self, near: &[bool]) -> Vec<bool> {
        let mut outside = vec![false; self.cells()];
        let mut open = vec![0];
        outside[0] = true;
        while let Some(cell) = open.pop() {
            let (row, column) = (cell / self.columns, cell % self.columns);
            let neighbours = [
                (row > 0).then(|| cell - self.columns),
                (row + 1 < self.rows).then(|| cell + self.columns),
                (column > 0).then(|| cell - 1),
                (column + 1 < self.columns).then(|| cell + 1),
            ];
            for next in neighbours.into_iter().flatten() {
                if !near[next] && !outside[next] {
                    outside[next] = true;
                    open.push(next);
                }
            }
        }
        outside
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, Contains as _, Point};
    use proptest::prelude::*;

    use super::*;

    /// A line of 10 km with a margin of 200 m: 400 m × 10 km and half a disc at each end.
    #[test]
    fn a_straight_road_is_outlined_at_the_margin() {
        let outline = closing(&[vec![[0.0, 0.0], [10_000.0, 0.0]]], 1000.0, 200.0);
        assert_eq!(outline.0.len(), 1);
        let expected = 400.0 * 10_000.0 + std::f64::consts::PI * 200.0 * 200.0;
        let area = outline.unsigned_area();
        assert!((area / expected - 1.0).abs() < 0.3, "{area} {expected}");
        assert!(outline.contains(&Point::new(5000.0, 100.0)));
        assert!(!outline.contains(&Point::new(5000.0, 400.0)));
    }

    /// ```text
    ///  |             |
    ///  |   a     b   |      two roads 1.5 km apart, joined in the south: the land between them
    ///  +-------------+      belongs to them; 6 km apart it does not
    /// ```
    #[test]
    fn narrow_bays_belong_to_the_outline_and_wide_ones_do_not() {
        let u = |width: f64| {
            vec![vec![
                [0.0, 8000.0],
                [0.0, 0.0],
                [width, 0.0],
                [width, 8000.0],
            ]]
        };
        let middle = |width: f64| Point::new(width / 2.0, 5000.0);
        assert!(closing(&u(1500.0), 1000.0, 200.0).contains(&middle(1500.0)));
        assert!(!closing(&u(6000.0), 1000.0, 200.0).contains(&middle(6000.0)));
    }

    #[test]
    fn a_ring_of_roads_has_no_hole_and_nothing_has_no_outline() {
        let ring = vec![
            [0.0, 0.0],
            [9000.0, 0.0],
            [9000.0, 9000.0],
            [0.0, 9000.0],
            [0.0, 0.0],
        ];
        let outline = closing(&[ring], 1000.0, 200.0);
        assert!(outline.contains(&Point::new(4500.0, 4500.0)));
        assert!(outline.iter().all(|polygon| polygon.interiors().is_empty()));
        assert!(closing(&[], 1000.0, 200.0).0.is_empty());
        assert!(
            closing(&[vec![[f64::NAN, 0.0]]], 1000.0, 200.0)
                .0
                .is_empty()
        );
    }

    proptest! {
        /// However the roads lie, each of their points is at least half the margin inside.
        #[test]
        fn no_road_is_cut_off(
            lines in prop::collection::vec(
                prop::collection::vec((-9000.0..9000.0f64, -9000.0..9000.0f64), 1..4),
                1..6,
            ),
        ) {
            let lines: Vec<Vec<[f64; 2]>> = lines
                .into_iter()
                .map(|line| line.into_iter().map(|(x, y)| [x, y]).collect())
                .collect();
            let outline = closing(&lines, 1000.0, 200.0);
            let check = |[x, y]: [f64; 2]| {
                [(0.0, 0.0), (95.0, 0.0), (-95.0, 0.0), (0.0, 95.0), (0.0, -95.0)]
                    .iter()
                    .all(|(dx, dy)| outline.contains(&Point::new(x + dx, y + dy)))
            };
            for line in &lines {
                for point in line {
                    prop_assert!(check(*point));
                }
                for [a, b] in line.array_windows::<2>() {
                    for part in 0..=20 {
                        let share = f64::from(part) / 20.0;
                        prop_assert!(check([0, 1].map(|axis| a[axis] + (b[axis] - a[axis]) * share)));
                    }
                }
            }
        }
    }
}
