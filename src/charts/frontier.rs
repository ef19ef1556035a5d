//! What more money buys: the best that can be had for each number of further brigades, by two wishes
//! side by side.

use super::axis::{self, Axis};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::language::Language;

/// A point of a frontier.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPoint {
    /// Its cost, in the unit of the axis.
    pub cost: f64,
    /// What is had for it.
    pub value: f64,
    /// What is written beside it.
    pub label: String,
}

/// One wish against cost.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPanel {
    /// What is wished for, with its clock and unit.
    pub title: String,
    /// The best for each cost, the cheapest first.
    pub points: Vec<FrontierPoint>,
    /// The choice that was requested, which may be dearer than it need be.
    pub requested: Option<FrontierPoint>,
}

/// Two wishes side by side.
#[derive(Clone, Debug)]
pub struct FrontierChart {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axes of cost.
    pub cost: String,
    /// The panels, from left to right.
    pub panels: Vec<FrontierPanel>,
}

const HEIGHT: f64 = 430.0;
const GAP: f64 = 44.0;
const ABOVE: f64 = 40.0;
const BELOW: f64 = 58.0;
const NUMBERS: f64 = 52.0;

impl FrontierChart {
    /// The finished chart.
    ///
    /// # Errors
    /// When a panel has no point.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        if self.panels.is_empty() || self.panels.iter().any(|panel| panel.points.is_empty()) {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one point in each panel",
            });
        }
        sheet::sheet(language, &self.caption, HEIGHT, |canvas, body| {
            let count = self.panels.len() as f64;
            let width = (body.width() - GAP * (count - 1.0)) / count;
            for (number, panel) in self.panels.iter().enumerate() {
                let left = body.left + number as f64 * (width + GAP);
                let plot = Rect {
                    left: left + NUMBERS,
                    top: body.top + ABOVE,
                    right: left + width - 6.0,
                    bottom: body.bottom - BELOW,
                };
                self.draw_panel(canvas, panel, left, plot)?;
            }
            Ok(())
        })
    }

    fn draw_panel(
        &self,
        canvas: &Canvas<'_>,
        panel: &FrontierPanel,
        left: f64,
        plot: Rect,
    ) -> Result<(), ChartError> {
        let all = panel.points.iter().chain(&panel.requested);
        let across = Axis::around(all.clone().map(|point| point.cost), true);
        let up = Axis::around(all.map(|point| point.value), false);
        let at = |point: &FrontierPoint| {
            [
                plot.left + plot.width() * across.share(point.cost),
                plot.bottom - plot.height() * up.share(point.value),
            ]
        };
        let body = Lettering::plain(theme::BODY, theme::INK);
        canvas.text(&panel.title, [left, plot.top - 22.0], Align::Start, body)?;
        let number = Lettering::plain(theme::LABEL, theme::MUTED);
        up.draw_left(canvas, plot, |value| {
            plot.bottom - plot.height() * up.share(value)
        })?;
        for tick in across.ticks() {
            let x = plot.left + plot.width() * across.share(tick);
            canvas.line(
                &[[x, plot.bottom], [x, plot.bottom + 5.0]],
                theme::MUTED,
                0.8,
            )?;
            let words = axis::number(tick, 100.0);
            canvas.text(&words, [x, plot.bottom + 17.0], Align::Middle, number)?;
        }
        let middle = [plot.centre()[0], plot.bottom + 44.0];
        canvas.text(&self.cost, middle, Align::Middle, number)?;
        let line: Vec<[f64; 2]> = panel.points.iter().map(at).collect();
        canvas.line(&line, theme::TODAY, 1.6)?;
        let label = Lettering::plain(theme::LABEL, theme::INK).halo();
        // Above the line where it rises, below where it falls: never on the next stretch of it.
        let rises = line.first().map(|p| p[1]) >= line.last().map(|p| p[1]);
        let aside = |from: [f64; 2]| [from[0] - 4.0, from[1] + if rises { -15.0 } else { 17.0 }];
        for (number, (point, mark)) in panel.points.iter().zip(&line).enumerate() {
            canvas.dot(*mark, 5.4, theme::TODAY)?;
            let (align, at) = if number == 0 {
                // At the axis there is room only on the other side.
                let y = mark[1] + if rises { 7.0 } else { -7.0 };
                (Align::Start, [mark[0] + 14.0, y])
            } else {
                (Align::End, aside(*mark))
            };
            canvas.text(&point.label, at, align, label)?;
        }
        if let Some(requested) = &panel.requested {
            let mark = at(requested);
            canvas.dot(mark, 6.4, theme::PROPOSED)?;
            let ink = Lettering::plain(theme::LABEL, theme::PROPOSED).halo();
            // On the other side of the line, where nothing else is written.
            let below = [mark[0] + 9.0, mark[1] + if rises { 16.0 } else { -14.0 }];
            canvas.text(&requested.label, below, Align::Start, ink)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_without_points_is_refused() {
        let chart = FrontierChart {
            caption: Caption::default(),
            cost: String::new(),
            panels: vec![FrontierPanel {
                title: String::new(),
                points: Vec::new(),
                requested: None,
            }],
        };
        assert!(matches!(
            chart.draw(Language::Chinese),
            Err(ChartError::Empty { .. })
        ));
    }
}
