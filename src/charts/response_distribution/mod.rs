//! What share of incidents each alternative reaches by when: one line an alternative.

mod naming;

use plotters::style::RGBColor;

use super::axis::{self, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// How strongly a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// The stations of today.
    Baseline,
    /// The alternative that is proposed.
    Best,
    /// The next in rank.
    Second,
    /// All others, as a grey background.
    Other,
}

/// One alternative's response times.
#[derive(Clone, Debug)]
pub struct DistributionLine {
    /// The name of the alternative.
    pub name: String,
    /// How strongly it is drawn.
    pub emphasis: Emphasis,
    /// Rising minutes, and the share of incidents (0 to 1) reached by then.
    pub points: Vec<(f64, f64)>,
}

impl DistributionLine {
    /// The line of a sample of response times in minutes; an infinite one counts as an incident
    /// that nobody reaches. At most 400 points are kept.
    pub fn from_minutes(name: &str, emphasis: Emphasis, minutes: &[f64]) -> Self {
        let mut sorted: Vec<f64> = (minutes.iter().copied())
            .filter(|minutes| !minutes.is_nan())
            .collect();
        sorted.sort_by(f64::total_cmp);
        let all = sorted.len();
        let stride = all.div_ceil(400).max(1);
        let points = (0..all)
            .filter(|index| index % stride == stride - 1 || *index == all - 1)
            .map(|index| (sorted[index], (index + 1) as f64 / all as f64))
            .filter(|(minutes, _)| minutes.is_finite())
            .collect();
        Self {
            name: name.to_owned(),
            emphasis,
            points,
        }
    }

    /// The share reached within `minutes`.
    fn share_within(&self, minutes: f64) -> f64 {
        let after = self.points.partition_point(|(at, _)| *at <= minutes);
        let right = self.points.get(after);
        match (
            after.checked_sub(1).map(|before| self.points[before]),
            right,
        ) {
            (None, _) => 0.0,
            (Some((_, share)), None) => share,
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * (minutes - from) / (to - from)
            }
        }
    }

    /// The minutes by which `share` of the incidents are reached, or `None` when they never are.
    fn minutes_for(&self, share: f64) -> Option<f64> {
        (self.points.iter())
            .find(|(_, reached)| *reached >= share)
            .map(|(minutes, _)| *minutes)
    }
}

/// A limit in minutes with its clock in words.
#[derive(Clone, Debug)]
pub struct ThresholdMark {
    /// The limit.
    pub minutes: f64,
    /// Its name and clock, such as "5 分钟（接到出动指令至到场）".
    pub label: String,
}

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

const PLOT_HEIGHT: f64 = 590.0;
/// Room above 100 % for the name of a line that runs close under it.
const HEADROOM: f64 = 30.0;
const LEFT_AXIS: f64 = 58.0;
const BELOW_AXIS: f64 = 62.0;
/// The title of the axis of shares stands above the labels of the limits.
const HEAD: f64 = 28.0;
const THRESHOLD_ROW: f64 = 24.0;

/// Ink, width and dashes of a line; an empty pattern is a whole line.
fn stroke(emphasis: Emphasis) -> (RGBColor, f64, &'static [f64]) {
    match emphasis {
        Emphasis::Baseline => (theme::TODAY, 3.2, &[12.0, 6.0]),
        Emphasis::Best => (theme::PROPOSED, 3.8, &[]),
        Emphasis::Second => (theme::SECOND, 2.6, &[14.0, 4.0, 2.0, 4.0]),
        Emphasis::Other => (theme::CONTEXT, 1.0, &[]),
    }
}

/// The plot and its two axes.
struct Plot {
    space: Rect,
    longest: f64,
}

impl Plot {
    fn at(&self, minutes: f64, share: f64) -> [f64; 2] {
        [
            self.space.left + self.space.width() * minutes / self.longest,
            self.space.bottom - (self.space.height() - HEADROOM) * share.clamp(0.0, 1.0),
        ]
    }

    /// A line from zero to the end of the axis, in points of the sheet.
    fn path(&self, line: &DistributionLine) -> Vec<[f64; 2]> {
        let inner = line.points.iter().filter(|(at, _)| *at < self.longest);
        std::iter::once((0.0, 0.0))
            .chain(inner.copied())
            .chain([(self.longest, line.share_within(self.longest))])
            .map(|(minutes, share)| self.at(minutes, share))
            .collect()
    }
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
