//! How response times spread in each town: a box for today and one for the best alternative.

use plotters::style::RGBColor;

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::town_percentiles::shortened;
use super::{ChartError, theme};
use crate::language::Language;

/// The 10th, 25th, 50th, 75th and 90th percentile in minutes.
pub type Spread = [f64; 5];

/// One town, today and with the best alternative; `None` where it had no incident.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadRow {
    /// The name of the town.
    pub name: String,
    /// With the stations of today.
    pub baseline: Option<Spread>,
    /// With the best alternative.
    pub best: Option<Spread>,
}

/// The towns one under the other.
#[derive(Clone, Debug)]
pub struct TownSpread {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis: which stages count, from when.
    pub clock: String,
    /// The name of the baseline.
    pub baseline: String,
    /// The name of the best alternative.
    pub best: String,
    /// The towns: the chart puts the one with the longest median on top.
    pub rows: Vec<SpreadRow>,
}

const ROW: f64 = 46.0;
const HEAD: f64 = 44.0;
const BELOW: f64 = 62.0;
/// Half the height of a box, and how far its middle lies from that of the row.
const HALF: f64 = 7.0;
const OFFSET: f64 = 10.0;

impl TownSpread {
    /// The finished chart.
    ///
    /// # Errors
    /// When no town had an incident.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        let mut rows: Vec<&SpreadRow> = self.rows.iter().collect();
        let median = |row: &SpreadRow| row.best.or(row.baseline).map_or(-1.0, |spread| spread[2]);
        rows.sort_by(|a, b| median(b).total_cmp(&median(a)));
        let spreads = || {
            rows.iter()
                .flat_map(|row| [row.baseline, row.best])
                .flatten()
        };
        if spreads().next().is_none() {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one town with incidents",
            });
        }
        let end = spreads().map(|spread| spread[4]).fold(1.0, f64::max) * 1.02;
        let axis = Axis::up_to(end, axis_step(end));
        let height = HEAD + rows.len() as f64 * ROW + BELOW;
        sheet::sheet(language, &self.caption, height, |canvas, body| {
            let name = Lettering::plain(theme::BODY, theme::INK);
            let names = (rows.iter())
                .map(|row| canvas.width(&row.name, name))
                .fold(40.0, f64::max)
                .min(240.0);
            let plot = Rect {
                left: body.left + names + 16.0,
                top: body.top + HEAD,
                right: body.right - 12.0,
                bottom: body.top + HEAD + rows.len() as f64 * ROW,
            };
            let x = |minutes: f64| plot.left + plot.width() * axis.share(minutes);
            axis.draw_below(canvas, plot, 100.0, x)?;
            let middle = [plot.centre()[0], plot.bottom + 44.0];
            canvas.text(&self.clock, middle, Align::Middle, name)?;
            self.draw_key(canvas, body)?;
            for (index, row) in rows.iter().enumerate() {
                let y = plot.top + (index as f64 + 0.5) * ROW;
                let under = plot.top + (index + 1) as f64 * ROW;
                canvas.line(
                    &[[body.left, under], [body.right, under]],
                    theme::HAIRLINE,
                    0.6,
                )?;
                let shown = shortened(canvas, &row.name, name, names);
                canvas.text(&shown, [plot.left - 14.0, y], Align::End, name)?;
                for (spread, y, (ink, fill)) in [
                    (row.baseline, y - OFFSET, inks(false)),
                    (row.best, y + OFFSET, inks(true)),
                ] {
                    if let Some(spread) = spread {
                        draw_box(canvas, spread.map(x), y, ink, fill)?;
                    }
                }
            }
            Ok(())
        })
    }

    fn draw_key(&self, canvas: &Canvas<'_>, body: Rect) -> Result<(), ChartError> {
        let words = Lettering::plain(theme::LABEL, theme::INK);
        let y = body.top + 12.0;
        let mut left = body.left + 4.0;
        for (name, best) in [(&self.baseline, false), (&self.best, true)] {
            let (ink, fill) = inks(best);
            let spread = [0.0, 10.0, 22.0, 36.0, 48.0].map(|x| left + x);
            draw_box(canvas, spread, y, ink, fill)?;
            let room = (body.width() - 150.0) / 2.0;
            let shown = shortened(canvas, name, words, room);
            canvas.text(&shown, [left + 58.0, y], Align::Start, words)?;
            left += 58.0 + canvas.width(&shown, words) + 28.0;
        }
        Ok(())
    }
}

/// Ink and filling: a hollow box for today, a full one for the alternative.
fn inks(best: bool) -> (RGBColor, RGBColor) {
    if best {
        (theme::PROPOSED, theme::PROPOSED)
    } else {
        (theme::TODAY, theme::PAPER)
    }
}

/// A box from the first to the third quartile, with whiskers to the 10th and 90th percentile.
fn draw_box(
    canvas: &Canvas<'_>,
    [p10, p25, p50, p75, p90]: Spread,
    y: f64,
    ink: RGBColor,
    fill: RGBColor,
) -> Result<(), ChartError> {
    canvas.line(&[[p10, y], [p90, y]], ink, 1.4)?;
    for end in [p10, p90] {
        canvas.line(&[[end, y - 4.0], [end, y + 4.0]], ink, 1.4)?;
    }
    let body = Rect {
        left: p25,
        top: y - HALF,
        right: p75.max(p25 + 1.0),
        bottom: y + HALF,
    };
    canvas.fill(body, fill)?;
    canvas.outline(body, ink, 1.4)?;
    // The median has to be seen in a full box as well.
    let median = if fill == ink { theme::PAPER } else { ink };
    canvas.line(&[[p50, y - HALF], [p50, y + HALF]], median, 2.4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, median: Option<f64>) -> SpreadRow {
        let spread = median.map(|m| [0.5, 0.8, 1.0, 1.2, 1.5].map(|share| share * m));
        SpreadRow {
            name: name.to_owned(),
            baseline: spread,
            best: spread,
        }
    }

    #[test]
    fn the_slowest_town_is_on_top_and_one_without_incidents_at_the_bottom() {
        let mut chart = TownSpread {
            caption: Caption::default(),
            clock: "min".to_owned(),
            baseline: "today".to_owned(),
            best: "best".to_owned(),
            rows: vec![
                row("quick", Some(5.0)),
                row("quiet", None),
                row("slow", Some(30.0)),
            ],
        };
        let svg = chart.sheet(Language::English).unwrap().svg;
        let at = |name: &str| svg.find(name).unwrap();
        assert!(at("slow") < at("quick") && at("quick") < at("quiet"));
        chart.rows = vec![row("quiet", None)];
        assert!(matches!(
            chart.draw(Language::English),
            Err(ChartError::Empty { .. })
        ));
    }
}
