//! How far each alternative lies behind the best, and who cannot be told apart from it: a forest plot
//! of paired differences (Lewis and Clarke 2001 on its history).

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Lettering};
use super::font::{Font, in_font};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing};
use super::town_percentiles::Interval;
use super::{ChartError, theme};
use crate::decimals::{fixed, signed};
use crate::language::Language;
use crate::text;

/// An alternative and its difference to the best.
#[derive(Clone, Debug)]
pub struct ForestRow {
    /// Its rank and name.
    pub name: String,
    /// The difference with its paired interval; more is worse.
    pub difference: Interval,
    /// What stands behind the difference where it does not matter or may be luck; empty otherwise.
    pub mark: &'static str,
}

/// The alternatives behind the best.
#[derive(Clone, Debug)]
pub struct ForestPlot {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis: which difference, in which unit.
    pub measure: String,
    /// The name of the best, at zero.
    pub best: String,
    /// The others, the best first.
    pub rows: Vec<ForestRow>,
}

const ROW: f64 = 30.0;
/// Between the lines of a name.
const LINE: f64 = theme::LABEL * 1.3;
const WIDEST_NAME: f64 = 360.0;
const HEAD: f64 = 34.0;
const BELOW_AXIS: f64 = 62.0;
const FIGURE: f64 = 190.0;

impl ForestPlot {
    /// The finished chart.
    ///
    /// # Errors
    /// When there is nothing to compare.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        let rows: Vec<&ForestRow> = (self.rows.iter())
            .filter(|row| row.difference.value.is_finite())
            .collect();
        if rows.is_empty() {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one alternative besides the best",
            });
        }
        let ends = |row: &&ForestRow| {
            let Interval { value, low, high } = row.difference;
            [value, low, high]
                .into_iter()
                .filter(|end| end.is_finite())
                .collect::<Vec<_>>()
        };
        let all: Vec<f64> = rows.iter().flat_map(ends).collect();
        let high = all.iter().copied().fold(0.0, f64::max);
        let low = all.iter().copied().fold(0.0, f64::min);
        let step = axis_step(((high - low) * 1.03).max(1e-3));
        let axis = Axis {
            low: (low / step).floor() * step,
            high: (high * 1.01 / step).ceil() * step,
            step,
        };
        let font = Font::embedded()?;
        let wrapped = |name: &str| font.wrapped(&in_font(name), theme::LABEL, WIDEST_NAME);
        let names: Vec<Vec<String>> = rows.iter().map(|row| wrapped(&row.name)).collect();
        let best = wrapped(&self.best);
        let head = HEAD + best.len().saturating_sub(1) as f64 * LINE;
        let row_height = |name: &Vec<String>| ROW + name.len().saturating_sub(1) as f64 * LINE;
        let all_rows: f64 = names.iter().map(row_height).sum();
        let height = head + all_rows + BELOW_AXIS;
        let drawn = sheet::sheet(language, &self.caption, height, |canvas, body| {
            let words = Lettering::plain(theme::LABEL, theme::INK);
            let widest = names.iter().flatten();
            let widest = widest
                .map(|name| canvas.width(name, words))
                .fold(60.0, f64::max);
            let plot = Rect {
                left: body.left + widest + 14.0,
                top: body.top + head,
                right: body.right - FIGURE,
                bottom: body.top + head + all_rows,
            };
            let x = |value: f64| plot.left + plot.width() * axis.share(value);
            axis.draw_below(canvas, plot, 1000.0, x)?;
            let zero = [[x(0.0), plot.top - 6.0], [x(0.0), plot.bottom]];
            canvas.line(&zero, theme::PROPOSED, 1.8)?;
            let bold = Lettering::plain(theme::LABEL, theme::PROPOSED).bold();
            for (above, line) in best.iter().rev().enumerate() {
                let y = plot.top - 18.0 - above as f64 * LINE;
                canvas.text(line, [x(0.0), y], Align::Start, bold)?;
            }
            let title = Lettering::plain(theme::BODY, theme::INK);
            let middle = [body.centre()[0], plot.bottom + 44.0];
            canvas.text(&self.measure, middle, Align::Middle, title)?;
            let mut top = plot.top;
            for (row, name) in rows.iter().zip(&names) {
                let y = top + row_height(name) / 2.0;
                top += row_height(name);
                let ink = if row.mark.is_empty() {
                    theme::TODAY
                } else {
                    theme::SECOND
                };
                let first = y - name.len().saturating_sub(1) as f64 / 2.0 * LINE;
                for (index, line) in name.iter().enumerate() {
                    let at = [plot.left - 12.0, first + index as f64 * LINE];
                    canvas.text(line, at, Align::End, words)?;
                }
                let Interval { value, low, high } = row.difference;
                if low.is_finite() && high.is_finite() {
                    canvas.line(&[[x(low), y], [x(high), y]], ink, 2.0)?;
                    for end in [x(low), x(high)] {
                        canvas.line(&[[end, y - 4.0], [end, y + 4.0]], ink, 1.6)?;
                    }
                }
                canvas.dot([x(value), y], 5.2, ink)?;
                // A hollow mark: it may as well be zero.
                if !row.mark.is_empty() {
                    canvas.dot([x(value), y], 2.9, theme::PAPER)?;
                }
                let figure = difference_words(row.difference, language) + row.mark;
                canvas.text(&figure, [body.right, y], Align::End, words)?;
            }
            Ok(())
        })?;
        drawn.finish()
    }
}

/// A difference with its interval, or that there is too little for one.
fn difference_words(difference: Interval, language: Language) -> String {
    let Interval { value, low, high } = difference;
    let figure = signed(value, 2);
    if !(low.is_finite() && high.is_finite()) {
        return text!(language, "figure-too-few", figure = figure);
    }
    // Even but where a difference of shares would go beyond 1: as far as it reaches.
    let half = (high - value).max(value - low);
    format!("{figure} ±{}", fixed(half, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_without_an_interval_says_so_and_none_has_no_sign() {
        let said = |value, half: f64| {
            let [low, high] = [value - half, value + half];
            difference_words(Interval { value, low, high }, Language::English)
        };
        assert_eq!(said(-0.001, 0.25), "0.00 ±0.25");
        assert_eq!(said(1.5, 0.25), "+1.50 ±0.25");
        assert_eq!(said(-0.001, f64::NAN), "0.00 (too few)");
        let at_the_end = Interval {
            value: 90.0,
            low: 40.0,
            high: 100.0,
        };
        let words = difference_words(at_the_end, Language::English);
        assert_eq!(words, "+90.00 ±50.00");
    }
}
