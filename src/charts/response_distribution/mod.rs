//! What share of incidents each alternative reaches by when: one line an alternative.

mod lines;
mod naming;

pub use lines::{DistributionLine, Emphasis, ThresholdMark};

use super::axis::{self, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

use lines::{BELOW_AXIS, HEAD, LEFT_AXIS, PLOT_HEIGHT, Plot, THRESHOLD_ROW, stroke};

/// The cumulative distributions of response time.
#[derive(Clone, Debug)]
pub struct ResponseDistribution {
    /// What is written around the chart.
    pub caption: Caption,
    /// Title of the axis of minutes: which stages count, from when.
    pub clock: String,
    /// One line an alternative.
    pub lines: Vec<DistributionLine>,
    /// Limits drawn as dashed lines.
    pub thresholds: Vec<ThresholdMark>,
    /// Where the axis of minutes ends; by itself at the baseline's 98th percentile.
    pub longest: Option<f64>,
}

impl ResponseDistribution {
    /// The finished chart.
    ///
    /// # Errors
    /// When no alternative reaches any incident.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    /// The same with another share on the upright axis than that of incidents.
    ///
    /// # Errors
    /// As [`Self::draw`].
    pub fn draw_as(&self, language: Language, share: &str) -> Result<Drawing, ChartError> {
        self.sheet_with(language, share)?.finish()
    }

    fn line(&self, emphasis: Emphasis) -> Option<&DistributionLine> {
        self.lines.iter().find(|line| line.emphasis == emphasis)
    }

    /// The end of the axis: past the baseline's 98th percentile and past every threshold.
    fn axis_end(&self) -> f64 {
        if let Some(longest) = self
            .longest
            .filter(|longest| longest.is_finite() && *longest > 0.0)
        {
            return longest;
        }
        let slowest = self.line(Emphasis::Baseline).or(self.lines.first());
        let percentile = slowest.and_then(|line| {
            line.minutes_for(0.98)
                .or(line.points.last().map(|(minutes, _)| *minutes))
        });
        let thresholds = self.thresholds.iter().map(|mark| mark.minutes * 1.08);
        let end = thresholds
            .chain(percentile)
            .filter(|minutes| minutes.is_finite())
            .fold(1.0, f64::max);
        let step = axis_step(end);
        (end / step).ceil() * step
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        let share = text!(language, "chart-share-reached");
        self.sheet_with(language, &share)
    }

    fn sheet_with(&self, language: Language, share: &str) -> Result<Sheet, ChartError> {
        let usable = |line: &&DistributionLine| {
            !line.points.is_empty()
                && (line.points.iter()).all(|(at, share)| at.is_finite() && share.is_finite())
        };
        let lines: Vec<&DistributionLine> = self.lines.iter().filter(usable).collect();
        if lines.is_empty() {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one alternative that reaches an incident",
            });
        }
        let longest = self.axis_end();
        let mut marks: Vec<&ThresholdMark> = (self.thresholds.iter())
            .filter(|mark| mark.minutes > 0.0 && mark.minutes <= longest)
            .collect();
        marks.sort_by(|a, b| a.minutes.total_cmp(&b.minutes));
        let above = HEAD + 12.0 + marks.len() as f64 * THRESHOLD_ROW;
        let height = above + PLOT_HEIGHT + BELOW_AXIS;
        sheet::sheet(language, &self.caption, height, |canvas, body| {
            let plot = Plot {
                space: Rect {
                    left: body.left + LEFT_AXIS,
                    top: body.top + above,
                    right: body.right - 18.0,
                    bottom: body.top + above + PLOT_HEIGHT,
                },
                longest,
            };
            self.draw_axes(canvas, &plot, body.top, share)?;
            draw_lines(canvas, &plot, &lines)?;
            naming::draw_thresholds(canvas, &plot, &marks, body)?;
            naming::name_lines(canvas, &plot, &lines, &marks)
        })
    }

    fn draw_axes(
        &self,
        canvas: &Canvas<'_>,
        plot: &Plot,
        top: f64,
        share_words: &str,
    ) -> Result<(), ChartError> {
        let space = plot.space;
        let number = Lettering::plain(theme::LABEL, theme::MUTED);
        for fifth in 0..=5 {
            let share = f64::from(fifth) / 5.0;
            let [_, y] = plot.at(0.0, share);
            canvas.line(&[[space.left, y], [space.right, y]], theme::HAIRLINE, 0.8)?;
            let words = format!("{}%", fifth * 20);
            canvas.text(&words, [space.left - 9.0, y], Align::End, number)?;
        }
        let step = axis_step(plot.longest);
        let ticks = (plot.longest / step).floor() as u32;
        for tick in 0..=ticks {
            let minutes = f64::from(tick) * step;
            let [x, y] = plot.at(minutes, 0.0);
            canvas.line(&[plot.at(minutes, 1.0), [x, y]], theme::HAIRLINE, 0.8)?;
            canvas.line(&[[x, y], [x, y + 6.0]], theme::MUTED, 1.0)?;
            let words = axis::number(minutes, 100.0);
            canvas.text(&words, [x, y + 18.0], Align::Middle, number)?;
        }
        canvas.line(
            &[[space.left, space.bottom], [space.right, space.bottom]],
            theme::MUTED,
            1.2,
        )?;
        let title = Lettering::plain(theme::BODY, theme::INK);
        let middle = [space.centre()[0], space.bottom + 45.0];
        canvas.text(&self.clock, middle, Align::Middle, title)?;
        let head = [space.left - LEFT_AXIS, top + HEAD / 2.0];
        canvas.text(share_words, head, Align::Start, title)
    }
}

/// The grey ones first, the proposed one last and on top.
fn draw_lines(
    canvas: &Canvas<'_>,
    plot: &Plot,
    lines: &[&DistributionLine],
) -> Result<(), ChartError> {
    for emphasis in [
        Emphasis::Other,
        Emphasis::Second,
        Emphasis::Baseline,
        Emphasis::Best,
    ] {
        let (ink, width, pattern) = stroke(emphasis);
        for line in lines.iter().filter(|line| line.emphasis == emphasis) {
            let path = plot.path(line);
            if pattern.is_empty() {
                canvas.line(&path, ink, width)?;
            } else {
                canvas.line(&path, theme::PAPER, width + 1.6)?;
                canvas.dashed(&path, ink, width, pattern)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four calls: 2, 4, 6 minutes and never. By 4 minutes half are reached, by 5 minutes half of
    /// the way to three quarters, and the line never passes 0.75.
    #[test]
    fn a_call_that_nobody_reaches_keeps_the_line_below_one() {
        let minutes = [6.0, 2.0, f64::INFINITY, 4.0];
        let line = DistributionLine::from_minutes("A", Emphasis::Best, &minutes);
        assert_eq!(line.points, [(2.0, 0.25), (4.0, 0.5), (6.0, 0.75)]);
        assert_eq!(line.share_within(5.0), 0.625);
        assert_eq!(line.share_within(60.0), 0.75);
        assert_eq!(line.share_within(1.0), 0.0);
        assert_eq!(line.minutes_for(0.9), None);
    }

    #[test]
    fn a_large_sample_becomes_a_few_hundred_points_and_keeps_its_end() {
        let minutes: Vec<f64> = (1..=100_000).map(f64::from).collect();
        let line = DistributionLine::from_minutes("A", Emphasis::Other, &minutes);
        assert!(line.points.len() <= 401);
        assert_eq!(line.points.last(), Some(&(100_000.0, 1.0)));
    }
}
