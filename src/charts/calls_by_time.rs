//! When calls come: by hour of the day and by month.

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// Calls a year by hour and by month.
#[derive(Clone, Debug)]
pub struct CallsByTime {
    /// What is written around the chart.
    pub caption: Caption,
    /// Calls a year in each hour, from midnight.
    pub hours: [f64; 24],
    /// Calls in each month of a year.
    pub months: [f64; 12],
}

const PANEL: f64 = 300.0;
const HEAD: f64 = 46.0;
const BELOW: f64 = 46.0;
const LEFT: f64 = 56.0;

impl CallsByTime {
    /// The finished chart.
    ///
    /// # Errors
    /// When there are no calls.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        if self.hours.iter().sum::<f64>().is_nan() || self.hours.iter().sum::<f64>() <= 0.0 {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one call a year",
            });
        }
        let each = HEAD + PANEL + BELOW;
        let drawn = sheet::sheet(
            language,
            &self.caption,
            2.0 * each + 12.0,
            |canvas, body| {
                let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
                let months: Vec<String> = (1..=12)
                    .map(|month| text!(language, "chart-month", month = month))
                    .collect();
                let by_hour = text!(language, "chart-by-hour");
                let by_month = text!(language, "chart-by-month");
                panel(canvas, body, body.top, &by_hour, &hours, &self.hours)?;
                panel(
                    canvas,
                    body,
                    body.top + each + 12.0,
                    &by_month,
                    &months,
                    &self.months,
                )
            },
        )?;
        drawn.finish()
    }
}

fn panel(
    canvas: &Canvas<'_>,
    body: Rect,
    top: f64,
    title: &str,
    names: &[String],
    values: &[f64],
) -> Result<(), ChartError> {
    let words = Lettering::plain(theme::BODY, theme::INK);
    canvas.text(title, [body.left, top + 14.0], Align::Start, words)?;
    let plot = Rect {
        left: body.left + LEFT,
        top: top + HEAD,
        right: body.right,
        bottom: top + HEAD + PANEL,
    };
    let most = values.iter().copied().fold(0.0, f64::max);
    let step = axis_step(most * 1.5);
    let axis = Axis {
        low: 0.0,
        high: (most / step).ceil().max(1.0) * step,
        step,
    };
    let y = |value: f64| plot.bottom - plot.height() * value / axis.high;
    let small = Lettering::plain(theme::LABEL, theme::MUTED);
    axis.draw_left(canvas, plot, y)?;
    let each = plot.width() / values.len() as f64;
    for (index, (value, name)) in values.iter().zip(names).enumerate() {
        let left = plot.left + (index as f64 + 0.14) * each;
        let bar = Rect {
            left,
            top: y(*value),
            right: left + each * 0.72,
            bottom: plot.bottom,
        };
        canvas.fill(bar, theme::SECOND)?;
        let below = [bar.centre()[0], plot.bottom + 17.0];
        canvas.text(name, below, Align::Middle, small)?;
    }
    canvas.line(
        &[[plot.left, plot.bottom], [plot.right, plot.bottom]],
        theme::MUTED,
        1.2,
    )
}
