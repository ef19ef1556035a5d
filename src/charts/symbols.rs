//! How stations, sites, towns, roads and the boundary look, on the map and in its legend.

use plotters::style::RGBColor;

use crate::charts::canvas::Canvas;
use crate::charts::labels::Rect;
use crate::charts::{ChartError, theme};
use crate::language::Language;
use crate::messages::Key;
use crate::roads::class::{Importance, RoadClass};
use crate::text;

/// What a mark on the map stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Existing,
    Planned,
    Site,
    Town,
    Expressway,
    MainRoad,
    MinorRoad,
    Boundary,
}

/// How a class of road is drawn.
pub(super) fn symbol_of(class: RoadClass) -> Symbol {
    match class.importance() {
        Importance::Expressway => Symbol::Expressway,
        Importance::Main => Symbol::MainRoad,
        Importance::Minor => Symbol::MinorRoad,
    }
}

/// Width of a rural road where there are few.
const RURAL_WIDTH: f64 = 0.7;
/// The largest share of a map that rural roads may ink.
const RURAL_INK: f64 = 0.03;
pub(super) const EXISTING_RADIUS: f64 = 7.5;
pub(super) const PLANNED_RADIUS: f64 = 10.5;
pub(super) const SITE_RADIUS: f64 = 4.2;
pub(super) const TOWN_RADIUS: f64 = 3.2;

impl Symbol {
    pub(super) fn words(self, language: Language) -> String {
        let key = match self {
            Self::Existing => Key("symbol-existing"),
            Self::Planned => Key("symbol-planned"),
            Self::Site => Key("symbol-site"),
            Self::Town => Key("symbol-town"),
            Self::Expressway => Key("symbol-expressway"),
            Self::MainRoad => Key("symbol-main-road"),
            Self::MinorRoad => Key("symbol-minor-road"),
            Self::Boundary => Key("symbol-boundary"),
        };
        text!(language, key)
    }

    pub(super) fn draw_at(self, canvas: &Canvas<'_>, at: [f64; 2]) -> Result<(), ChartError> {
        let diamond = |radius: f64| {
            let [x, y] = at;
            vec![
                [x, y - radius],
                [x + radius, y],
                [x, y + radius],
                [x - radius, y],
            ]
        };
        match self {
            Self::Existing => {
                canvas.fill(Rect::around(at, EXISTING_RADIUS), theme::PAPER)?;
                canvas.fill(Rect::around(at, EXISTING_RADIUS - 1.5), theme::TODAY)
            }
            Self::Planned => {
                canvas.rings(&[diamond(PLANNED_RADIUS + 2.0)], theme::PAPER)?;
                canvas.rings(&[diamond(PLANNED_RADIUS)], theme::PROPOSED)?;
                canvas.rings(&[diamond(PLANNED_RADIUS * 0.36)], theme::PAPER)
            }
            Self::Site => {
                canvas.dot(at, SITE_RADIUS, theme::PROPOSED)?;
                canvas.dot(at, SITE_RADIUS - 1.3, theme::PAPER)
            }
            Self::Town => {
                canvas.dot(at, TOWN_RADIUS + 1.0, theme::PAPER)?;
                canvas.dot(at, TOWN_RADIUS, theme::INK)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn draw_line(
        self,
        canvas: &Canvas<'_>,
        lines: &[Vec<[f64; 2]>],
    ) -> Result<(), ChartError> {
        let all = |ink: RGBColor, width: f64| {
            lines
                .iter()
                .try_for_each(|line| canvas.line(line, ink, width))
        };
        match self {
            Self::Expressway => {
                all(theme::ROAD, 4.4)?;
                all(theme::PAPER, 2.0)
            }
            Self::MainRoad => {
                all(theme::PAPER, 3.2)?;
                all(theme::ROAD, 1.8)
            }
            Self::MinorRoad => all(theme::RURAL_ROAD, RURAL_WIDTH),
            Self::Boundary => {
                all(theme::PAPER, 4.0)?;
                all(theme::INK, 1.8)
            }
            _ => Ok(()),
        }
    }

    /// The symbol in the legend.
    pub(super) fn draw_key(self, canvas: &Canvas<'_>, space: Rect) -> Result<(), ChartError> {
        let [x, y] = space.centre();
        self.draw_at(canvas, [x, y])?;
        self.draw_line(canvas, &[vec![[space.left, y], [space.right, y]]])
    }
}

/// Rural roads thinner the more there are, so that a dense network does not hide the bands.
pub(super) fn rural_width(lines: &[Vec<[f64; 2]>], frame: Rect) -> f64 {
    let length: f64 = (lines.iter())
        .flat_map(|line| line.windows(2))
        .map(|pair| libm::hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]))
        .sum();
    (RURAL_INK * frame.width() * frame.height() / length.max(1.0)).clamp(0.3, RURAL_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On 100 × 100 points 3 % are 300 square points: 100 points of road stay 0.7 wide, 600 are
    /// drawn 0.5 wide, 6000 as thin as print allows.
    #[test]
    fn a_dense_network_is_drawn_thinner() {
        let frame = Rect::sized(0.0, 0.0, 100.0, 100.0);
        let roads = |count: usize| vec![vec![[0.0, 50.0], [100.0, 50.0]]; count];
        assert!((rural_width(&roads(1), frame) - RURAL_WIDTH).abs() < 1e-9);
        assert!((rural_width(&roads(6), frame) - 0.5).abs() < 1e-9);
        assert!((rural_width(&roads(60), frame) - 0.3).abs() < 1e-9);
        assert!((rural_width(&[], frame) - RURAL_WIDTH).abs() < 1e-9);
    }
}
