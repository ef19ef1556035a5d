//! How far a result hangs on each assumption: one bar each, the longest on top.

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::town_percentiles::shortened;
use super::{ChartError, theme};
use crate::decimals::fixed;
use crate::language::Language;
use crate::text;

/// The result when one assumption is another.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoEnd {
    /// What the assumption is then, such as "× 0.5".
    pub words: String,
    /// The result then.
    pub value: f64,
    /// Whether the choice would be another.
    pub overturns: bool,
}

/// One assumption.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// What is assumed.
    pub name: String,
    /// The result with less and with more of it.
    pub ends: [TornadoEnd; 2],
}

/// The assumptions one under the other.
#[derive(Clone, Debug)]
pub struct Tornado {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis.
    pub measure: String,
    /// The result as things are assumed.
    pub value: f64,
    /// The assumptions, from top to bottom.
    pub rows: Vec<TornadoRow>,
}

const ROW: f64 = 44.0;
const HEAD: f64 = 34.0;
const BELOW: f64 = 62.0;
const BAR: f64 = 11.0;

impl Tornado {
    /// The finished chart.
    ///
    /// # Errors
    /// When there is no row.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one assumption",
            });
        }
        let values = self.rows.iter().flat_map(|row| &row.ends);
        let values = values.map(|end| end.value).chain([self.value]);
        let [least, largest] = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], value| {
            [a.min(value), b.max(value)]
        });
        let span = (largest - least).max(largest.abs() * 0.02).max(1e-6);
        let step = axis_step(span * 1.5);
        let axis = Axis {
            low: ((least - span * 0.2) / step).floor() * step,
            high: ((largest + span * 0.2) / step).ceil() * step,
            step,
        };
        let height = HEAD + self.rows.len() as f64 * ROW + BELOW;
        sheet::sheet(language, &self.caption, height, |canvas, body| {
            let lettering = Lettering::plain(theme::BODY, theme::INK);
            let names = (self.rows.iter())
                .map(|row| canvas.width(&row.name, lettering))
                .fold(60.0, f64::max)
                .min(300.0);
            let plot = Rect {
                left: body.left + names + 18.0,
                top: body.top + HEAD,
                right: body.right - 10.0,
                bottom: body.top + HEAD + self.rows.len() as f64 * ROW,
            };
            let x = |value: f64| plot.left + plot.width() * axis.share(value);
            axis.draw_below(canvas, plot, 100.0, x)?;
            let middle = [plot.centre()[0], plot.bottom + 44.0];
            canvas.text(&self.measure, middle, Align::Middle, lettering)?;
            for (index, row) in self.rows.iter().enumerate() {
                let y = plot.top + (index as f64 + 0.5) * ROW;
                let shown = shortened(canvas, &row.name, lettering, names);
                canvas.text(&shown, [plot.left - 14.0, y], Align::End, lettering)?;
                self.draw_row(canvas, row, y, &x)?;
            }
            let now = x(self.value);
            canvas.line(&[[now, plot.top], [now, plot.bottom]], theme::INK, 1.4)?;
            let words = text!(language, "chart-as-assumed", value = fixed(self.value, 2));
            let above = [now, plot.top - 12.0];
            canvas.text(
                &words,
                above,
                Align::Middle,
                Lettering::plain(theme::LABEL, theme::INK),
            )
        })
    }

    fn draw_row(
        &self,
        canvas: &Canvas<'_>,
        row: &TornadoRow,
        y: f64,
        x: &dyn Fn(f64) -> f64,
    ) -> Result<(), ChartError> {
        let now = x(self.value);
        let same_side = (row.ends[0].value - self.value) * (row.ends[1].value - self.value) > 0.0;
        for (index, end) in row.ends.iter().enumerate() {
            let at = x(end.value);
            // Two ends on one side share the height of the bar, so that neither hides the other.
            let [top, bottom] = match (same_side, index) {
                (false, _) => [y - BAR, y + BAR],
                (true, 0) => [y - BAR, y],
                (true, _) => [y, y + BAR],
            };
            let bar = Rect {
                left: at.min(now),
                top,
                right: at.max(now),
                bottom,
            };
            // Less is light, more is dark: told apart without colour.
            let fill = if index == 0 {
                theme::CONTEXT
            } else {
                theme::SECOND
            };
            canvas.fill(bar, fill)?;
            let ink = if end.overturns {
                theme::PROPOSED
            } else {
                theme::INK
            };
            let mark = if end.overturns { " *" } else { "" };
            let words = format!("{}{mark}", end.words);
            let (align, aside) = if at < now || (at == now && index == 0) {
                (Align::End, -7.0)
            } else {
                (Align::Start, 7.0)
            };
            let lettering = Lettering::plain(theme::LABEL, ink).halo();
            canvas.text(&words, [at + aside, (top + bottom) / 2.0], align, lettering)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overturns_the_choice_is_marked() {
        let end = |words: &str, value, overturns| TornadoEnd {
            words: words.to_owned(),
            value,
            overturns,
        };
        let chart = Tornado {
            caption: Caption::default(),
            measure: "min gained".to_owned(),
            value: 17.0,
            rows: vec![TornadoRow {
                name: "travel".to_owned(),
                ends: [end("half", 14.0, false), end("double", 22.0, true)],
            }],
        };
        let svg = chart.sheet(Language::English).unwrap().svg;
        for words in ["half", "double *", "as assumed 17.00", "min gained"] {
            assert!(svg.contains(words), "{words} is missing");
        }
        assert!(!svg.contains("half *"));
        let nothing = Tornado {
            rows: Vec::new(),
            ..chart
        };
        assert!(matches!(
            nothing.draw(Language::English),
            Err(ChartError::Empty { .. })
        ));
    }
}
