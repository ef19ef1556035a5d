//! Which town gains how much at the 90th percentile, and how sure that is.

use plotters::style::RGBColor;

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::language::Language;
use crate::messages::Key;
use crate::text;

/// A figure with its 95 % interval, in minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The figure; NaN or infinite when the town had no incident or is not reached.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// One town, today and with the best alternative.
#[derive(Clone, Debug)]
pub struct TownRow {
    /// The name of the town.
    pub name: String,
    /// With the stations of today.
    pub baseline: Interval,
    /// With the best alternative.
    pub best: Interval,
}

impl TownRow {
    /// Minutes saved, when both figures are known.
    fn gain(&self) -> Option<f64> {
        let gain = self.baseline.value - self.best.value;
        gain.is_finite().then_some(gain)
    }
}

/// The towns side by side.
#[derive(Clone, Debug)]
pub struct TownPercentiles {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis: which percentile, which stages count, from when.
    pub clock: String,
    /// The name of the baseline.
    pub baseline: String,
    /// The name of the best alternative.
    pub best: String,
    /// The towns, in any order: the chart puts the largest gain first.
    pub rows: Vec<TownRow>,
}

const ROW: f64 = 40.0;
const HEAD: f64 = 64.0;
const BELOW_AXIS: f64 = 62.0;
const FIGURE: f64 = 98.0;
/// Today stands a little above the middle of a row, the alternative below, so that their
/// intervals do not hide each other.
const OFFSET: f64 = 7.0;

/// Where names, plot and figures stand across the sheet.
struct Columns {
    plot: Rect,
    longest: f64,
    right: f64,
}

impl Columns {
    fn x(&self, minutes: f64) -> f64 {
        self.plot.left + self.plot.width() * (minutes / self.longest).clamp(0.0, 1.0)
    }

    /// The right edges of the three columns of figures.
    fn figures(&self) -> [f64; 3] {
        [2.0, 1.0, 0.0].map(|from_right| self.right - from_right * FIGURE)
    }
}

impl TownPercentiles {
    /// The finished chart.
    ///
    /// # Errors
    /// When there is no town.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    /// The largest gain first, towns without figures last.
    fn ordered(&self) -> Vec<&TownRow> {
        let mut rows: Vec<&TownRow> = self.rows.iter().collect();
        let gain = |row: &TownRow| row.gain().unwrap_or(f64::NEG_INFINITY);
        rows.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
        rows
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        let rows = self.ordered();
        if rows.is_empty() {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one town",
            });
        }
        let end = rows
            .iter()
            .flat_map(|row| [row.baseline, row.best])
            .flat_map(|figure| [figure.value, figure.high])
            .filter(|minutes| minutes.is_finite())
            .fold(1.0, f64::max);
        let step = axis_step(end * 1.02);
        let axis = Axis::up_to(end * 1.02, step);
        let height = HEAD + rows.len() as f64 * ROW + BELOW_AXIS;
        sheet::sheet(language, &self.caption, height, |canvas, body| {
            let name = Lettering::plain(theme::BODY, theme::INK);
            let names = (rows.iter())
                .map(|row| canvas.width(&row.name, name))
                .fold(40.0, f64::max)
                .min(240.0);
            let columns = Columns {
                plot: Rect {
                    left: body.left + names + 16.0,
                    top: body.top + HEAD,
                    right: body.right - 3.0 * FIGURE - 12.0,
                    bottom: body.top + HEAD + rows.len() as f64 * ROW,
                },
                longest: axis.high,
                right: body.right,
            };
            self.draw_head(canvas, &columns, body)?;
            self.draw_axis(canvas, &columns, axis, body)?;
            for (index, row) in rows.iter().enumerate() {
                let y = columns.plot.top + (index as f64 + 0.5) * ROW;
                let shown = shortened(canvas, &row.name, name, names);
                let at = [columns.plot.left - 14.0, y];
                canvas.text(&shown, at, Align::End, name)?;
                draw_row(canvas, &columns, row, y)?;
            }
            Ok(())
        })
    }

    /// The key of the two marks, and the heads of the figures.
    fn draw_head(
        &self,
        canvas: &Canvas<'_>,
        columns: &Columns,
        body: Rect,
    ) -> Result<(), ChartError> {
        let language = canvas.language;
        let y = body.top + 14.0;
        let mut x = body.left + 6.0;
        let words = Lettering::plain(theme::LABEL, theme::INK);
        let interval = text!(language, "chart-interval");
        for (name, best) in [(&self.baseline, false), (&self.best, true)] {
            let room = (body.width() - 60.0) / 2.0 - canvas.width(&interval, words) / 2.0;
            let shown = shortened(canvas, name, words, room);
            canvas.line(&[[x, y], [x + 30.0, y]], ink(best), 1.6)?;
            draw_mark(canvas, [x + 15.0, y], best)?;
            canvas.text(&shown, [x + 38.0, y], Align::Start, words)?;
            x += 38.0 + canvas.width(&shown, words) + 24.0;
        }
        let small = Lettering::plain(theme::LABEL, theme::MUTED);
        canvas.text(&interval, [x - 14.0, y], Align::Start, small)?;
        let heads = [Key("today"), Key("column-alternative"), Key("change")];
        for (head, right) in heads.into_iter().zip(columns.figures()) {
            let at = [right, columns.plot.top - 15.0];
            canvas.text(&text!(language, head), at, Align::End, small)?;
        }
        Ok(())
    }

    fn draw_axis(
        &self,
        canvas: &Canvas<'_>,
        columns: &Columns,
        axis: Axis,
        body: Rect,
    ) -> Result<(), ChartError> {
        let plot = columns.plot;
        let rows = (plot.height() / ROW).round() as usize;
        for row in 0..=rows {
            let y = plot.top + row as f64 * ROW;
            canvas.line(&[[body.left, y], [body.right, y]], theme::HAIRLINE, 0.6)?;
        }
        axis.draw_below(canvas, plot, 100.0, |minutes| columns.x(minutes))?;
        let title = Lettering::plain(theme::BODY, theme::INK);
        let middle = [body.centre()[0], plot.bottom + 44.0];
        canvas.text(&self.clock, middle, Align::Middle, title)
    }
}

fn ink(best: bool) -> RGBColor {
    if best { theme::PROPOSED } else { theme::TODAY }
}

/// A hollow circle for today, a full one for the alternative: told apart without colour.
fn draw_mark(canvas: &Canvas<'_>, at: [f64; 2], best: bool) -> Result<(), ChartError> {
    canvas.dot(at, 6.2, ink(best))?;
    if best {
        return Ok(());
    }
    canvas.dot(at, 3.6, theme::PAPER)
}

fn draw_row(
    canvas: &Canvas<'_>,
    columns: &Columns,
    row: &TownRow,
    y: f64,
) -> Result<(), ChartError> {
    if row.gain().is_some() {
        let [from, to] = [row.baseline.value, row.best.value].map(|minutes| columns.x(minutes));
        let band = Rect {
            left: from.min(to),
            top: y - OFFSET,
            right: from.max(to),
            bottom: y + OFFSET,
        };
        canvas.fill(band, theme::HAIRLINE)?;
    }
    for (figure, best, y) in [
        (row.baseline, false, y - OFFSET),
        (row.best, true, y + OFFSET),
    ] {
        if figure.low.is_finite() && figure.high.is_finite() {
            let [low, high] = [figure.low, figure.high].map(|minutes| columns.x(minutes));
            canvas.line(&[[low, y], [high, y]], ink(best), 1.6)?;
            for end in [low, high] {
                canvas.line(&[[end, y - 3.5], [end, y + 3.5]], ink(best), 1.6)?;
            }
        }
        if figure.value.is_finite() {
            draw_mark(canvas, [columns.x(figure.value), y], best)?;
        }
    }
    let figures = [
        (figure_words(row.baseline.value), theme::TODAY),
        (figure_words(row.best.value), theme::PROPOSED),
        (change_words(row.gain()), theme::INK),
    ];
    for ((words, ink), right) in figures.into_iter().zip(columns.figures()) {
        let lettering = Lettering::plain(theme::LABEL, ink);
        canvas.text(&words, [right, y], Align::End, lettering)?;
    }
    Ok(())
}

fn figure_words(minutes: f64) -> String {
    if minutes.is_finite() {
        format!("{minutes:.1}")
    } else {
        "—".to_owned()
    }
}

fn change_words(gain: Option<f64>) -> String {
    match gain {
        None => "—".to_owned(),
        Some(gain) if gain.abs() < 0.05 => "0.0".to_owned(),
        Some(gain) if gain > 0.0 => format!("−{gain:.1}"),
        Some(gain) => format!("+{:.1}", -gain),
    }
}

/// `text`, or its beginning and an ellipsis where it does not fit.
pub(super) fn shortened(
    canvas: &Canvas<'_>,
    text: &str,
    lettering: Lettering,
    width: f64,
) -> String {
    if canvas.width(text, lettering) <= width {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while short.pop().is_some() {
        let with_mark = format!("{short}…");
        if canvas.width(&with_mark, lettering) <= width {
            return with_mark;
        }
    }
    "…".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, baseline: f64, best: f64) -> TownRow {
        let figure = |value| Interval {
            value,
            low: value - 1.0,
            high: value + 1.0,
        };
        TownRow {
            name: name.to_owned(),
            baseline: figure(baseline),
            best: figure(best),
        }
    }

    #[test]
    fn the_largest_gain_comes_first_and_towns_without_figures_last() {
        let chart = TownPercentiles {
            caption: Caption::default(),
            clock: String::new(),
            baseline: String::new(),
            best: String::new(),
            rows: vec![
                row("无", f64::NAN, 3.0),
                row("小", 20.0, 19.0),
                row("大", 30.0, 12.0),
                row("慢", 20.0, 21.0),
            ],
        };
        let names: Vec<&str> = chart
            .ordered()
            .iter()
            .map(|row| row.name.as_str())
            .collect();
        assert_eq!(names, ["大", "小", "慢", "无"]);
    }

    #[test]
    fn fewer_minutes_carry_a_minus_sign() {
        assert_eq!(change_words(Some(3.24)), "−3.2");
        assert_eq!(change_words(Some(-1.0)), "+1.0");
        assert_eq!(change_words(Some(0.01)), "0.0");
        assert_eq!(change_words(None), "—");
        assert_eq!(figure_words(f64::INFINITY), "—");
    }
}
