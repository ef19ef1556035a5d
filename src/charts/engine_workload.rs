//! How much of the time the engines of each station are out, today and with the best alternative.

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing};
use super::town_percentiles::{Interval, shortened};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// A station and the share of time that one of its engines is out, in per cent.
#[derive(Clone, Debug)]
pub struct WorkloadRow {
    /// Its name and engines.
    pub name: String,
    /// Today; NaN where it does not stand yet.
    pub today: Interval,
    /// With the best alternative.
    pub best: Interval,
}

/// The workload of the engines.
#[derive(Clone, Debug)]
pub struct EngineWorkload {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis.
    pub measure: String,
    /// The name of the best alternative.
    pub best: String,
    /// The stations.
    pub rows: Vec<WorkloadRow>,
}

const ROW: f64 = 58.0;
const BAR: f64 = 18.0;
const HEAD: f64 = 40.0;
const BELOW_AXIS: f64 = 62.0;
const FIGURE: f64 = 96.0;

impl EngineWorkload {
    /// The finished chart.
    ///
    /// # Errors
    /// When no station has engines.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        let figures = self.rows.iter().flat_map(|row| [row.today, row.best]);
        let most = figures
            .flat_map(|figure| [figure.value, figure.high])
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max);
        if self.rows.is_empty() || most <= 0.0 {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one station whose engines go out",
            });
        }
        let step = axis_step(most * 1.05);
        let axis = Axis::up_to(most * 1.02, step);
        let height = HEAD + self.rows.len() as f64 * ROW + BELOW_AXIS;
        let drawn = sheet::sheet(language, &self.caption, height, |canvas, body| {
            let words = Lettering::plain(theme::LABEL, theme::INK);
            let names = (self.rows.iter())
                .map(|row| canvas.width(&row.name, words))
                .fold(60.0, f64::max)
                .min(330.0);
            let plot = Rect {
                left: body.left + names + 14.0,
                top: body.top + HEAD,
                right: body.right - FIGURE,
                bottom: body.top + HEAD + self.rows.len() as f64 * ROW,
            };
            let x = |value: f64| plot.left + plot.width() * axis.share(value).clamp(0.0, 1.0);
            let mut left = body.left + 6.0;
            let today = text!(language, "today");
            for (name, ink) in [(&today, theme::TODAY), (&self.best, theme::PROPOSED)] {
                canvas.fill(Rect::sized(left, body.top + 8.0, 24.0, 12.0), ink)?;
                canvas.text(name, [left + 32.0, body.top + 14.0], Align::Start, words)?;
                left += 32.0 + canvas.width(name, words) + 28.0;
            }
            axis.draw_below(canvas, plot, 1000.0, x)?;
            let title = Lettering::plain(theme::BODY, theme::INK);
            let middle = [body.centre()[0], plot.bottom + 44.0];
            canvas.text(&self.measure, middle, Align::Middle, title)?;
            for (index, row) in self.rows.iter().enumerate() {
                let y = plot.top + (index as f64 + 0.5) * ROW;
                let name = shortened(canvas, &row.name, words, names);
                canvas.text(&name, [plot.left - 12.0, y], Align::End, words)?;
                for (figure, ink, y) in [
                    (row.today, theme::TODAY, y - BAR / 2.0 - 1.0),
                    (row.best, theme::PROPOSED, y + BAR / 2.0 + 1.0),
                ] {
                    if !figure.value.is_finite() {
                        continue;
                    }
                    let bar = Rect {
                        left: plot.left,
                        top: y - BAR / 2.0,
                        right: x(figure.value),
                        bottom: y + BAR / 2.0,
                    };
                    canvas.fill(bar, ink)?;
                    if figure.low.is_finite() && figure.high.is_finite() {
                        let ends = [[x(figure.low), y], [x(figure.high), y]];
                        canvas.line(&ends, theme::PAPER, 4.0)?;
                        canvas.line(&ends, theme::INK, 1.6)?;
                    }
                    let number = format!("{:.2}%", figure.value);
                    let lettering = Lettering::plain(theme::LABEL, ink);
                    canvas.text(&number, [body.right, y], Align::End, lettering)?;
                }
            }
            canvas.line(
                &[[plot.left, plot.top], [plot.left, plot.bottom]],
                theme::MUTED,
                1.2,
            )
        })?;
        drawn.finish()
    }
}
