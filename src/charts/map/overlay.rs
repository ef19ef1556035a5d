//! What lies over the roads of a map: borders of areas, and stretches of road with their numbers.

use super::{MapSheet, Projection};
use crate::charts::canvas::{Align, Canvas, Lettering};
use crate::charts::labels::{Placer, Rect, SIDES};
use crate::charts::symbols::{EXISTING_RADIUS, PLANNED_RADIUS};
use crate::charts::{ChartError, theme};

const STRETCH_WIDTH: f64 = 4.6;
const NUMBER_RADIUS: f64 = 10.5;

impl MapSheet<'_> {
    pub(super) fn draw_overlay(
        &self,
        canvas: &Canvas<'_>,
        projection: &Projection,
    ) -> Result<(), ChartError> {
        for ring in &self.overlay.borders {
            let line: Vec<[f64; 2]> = ring.iter().map(|at| projection.metres(*at)).collect();
            canvas.line(&line, theme::PAPER, 2.6)?;
            canvas.line(&line, theme::MUTED, 1.1)?;
        }
        for dot in &self.overlay.dots {
            let at = projection.position(dot.at);
            canvas.dot(at, dot.radius + 0.7, dot.edge)?;
            canvas.dot(at, dot.radius, dot.fill)?;
        }
        for stretch in self.overlay.stretches.iter().rev() {
            let lines = stretch.lines.iter().map(|line| projection.positions(line));
            let lines: Vec<Vec<[f64; 2]>> = lines.collect();
            for line in &lines {
                canvas.line(line, theme::PAPER, STRETCH_WIDTH + 2.4)?;
            }
            for line in &lines {
                canvas.line(line, stretch.colour, STRETCH_WIDTH)?;
            }
        }
        Ok(())
    }

    /// The numbers beside the stretches, clear of stations and of each other.
    pub(super) fn draw_numbers(
        &self,
        canvas: &Canvas<'_>,
        projection: &Projection,
        frame: Rect,
        placer: &mut Placer,
    ) -> Result<(), ChartError> {
        if self.overlay.stretches.is_empty() {
            return Ok(());
        }
        for station in self.stations {
            let radius = if station.planned {
                PLANNED_RADIUS
            } else {
                EXISTING_RADIUS
            };
            placer.block(Rect::around(projection.position(station.at), radius));
        }
        let mut numbers = Vec::new();
        for stretch in &self.overlay.stretches {
            let lines = stretch.lines.iter().map(|line| projection.positions(line));
            let middle = lines.max_by(|a, b| length(a).total_cmp(&length(b)));
            let Some(middle) = middle.and_then(|line| half_way(&line)) else {
                continue;
            };
            if !frame.holds_point(middle) {
                continue;
            }
            let size = [2.0 * NUMBER_RADIUS; 2];
            let placed = placer.place(middle, STRETCH_WIDTH, size, &SIDES);
            let at = placed.map_or(middle, |placed| placed.bounds.centre());
            numbers.push((stretch, middle, at));
        }
        for (stretch, middle, at) in &numbers {
            canvas.line(&[*middle, *at], theme::PAPER, 3.4)?;
            canvas.line(&[*middle, *at], stretch.colour, 1.6)?;
        }
        // The first on top.
        for (stretch, _, at) in numbers.iter().rev() {
            canvas.dot(*at, NUMBER_RADIUS, theme::PAPER)?;
            canvas.dot(*at, NUMBER_RADIUS - 1.2, stretch.colour)?;
            let lettering = Lettering::plain(theme::LABEL - 2.5, theme::PAPER);
            canvas.text(&stretch.number.to_string(), *at, Align::Middle, lettering)?;
        }
        Ok(())
    }
}

fn length(line: &[[f64; 2]]) -> f64 {
    let pieces = line.array_windows();
    pieces
        .map(|[a, b]| libm::hypot(b[0] - a[0], b[1] - a[1]))
        .sum()
}

/// The point half-way along a line.
fn half_way(line: &[[f64; 2]]) -> Option<[f64; 2]> {
    let mut left = length(line) / 2.0;
    for [a, b] in line.array_windows() {
        let piece = libm::hypot(b[0] - a[0], b[1] - a[1]);
        if piece >= left && piece > 0.0 {
            let share = left / piece;
            return Some([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
        }
        left -= piece;
    }
    line.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// 0----------10
    ///             |      half of 16 is 8 along the first piece
    ///             6
    /// ```
    #[test]
    fn a_number_stands_half_way_along_its_road() {
        let line = [[0.0, 0.0], [10.0, 0.0], [10.0, 6.0]];
        assert_eq!(half_way(&line), Some([8.0, 0.0]));
        assert_eq!(half_way(&line[..1]), Some([0.0, 0.0]));
        assert_eq!(half_way(&[]), None);
    }
}
