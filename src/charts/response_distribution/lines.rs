//! The lines and limits of the distribution, and the plot on which they stand.

use plotters::style::RGBColor;

use crate::charts::labels::Rect;
use crate::charts::theme;

pub(super) const PLOT_HEIGHT: f64 = 590.0;
/// Room above 100 % for the name of a line that runs close under it.
pub(super) const HEADROOM: f64 = 30.0;
pub(super) const LEFT_AXIS: f64 = 58.0;
pub(super) const BELOW_AXIS: f64 = 62.0;
/// The title of the axis of shares stands above the labels of the limits.
pub(super) const HEAD: f64 = 28.0;
pub(super) const THRESHOLD_ROW: f64 = 24.0;

/// Ink, width and dashes of a line; an empty pattern is a whole line.
pub(super) fn stroke(emphasis: Emphasis) -> (RGBColor, f64, &'static [f64]) {
    match emphasis {
        Emphasis::Baseline => (theme::TODAY, 3.2, &[12.0, 6.0]),
        Emphasis::Best => (theme::PROPOSED, 3.8, &[]),
        Emphasis::Second => (theme::SECOND, 2.6, &[14.0, 4.0, 2.0, 4.0]),
        Emphasis::Other => (theme::CONTEXT, 1.0, &[]),
    }
}

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
    pub(super) fn share_within(&self, minutes: f64) -> f64 {
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
    pub(super) fn minutes_for(&self, share: f64) -> Option<f64> {
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

/// The plot and its two axes.
pub(super) struct Plot {
    pub(super) space: Rect,
    pub(super) longest: f64,
}

impl Plot {
    pub(super) fn at(&self, minutes: f64, share: f64) -> [f64; 2] {
        [
            self.space.left + self.space.width() * minutes / self.longest,
            self.space.bottom - (self.space.height() - HEADROOM) * share.clamp(0.0, 1.0),
        ]
    }

    /// A line from zero to the end of the axis, in points of the sheet.
    pub(super) fn path(&self, line: &DistributionLine) -> Vec<[f64; 2]> {
        let inner = line.points.iter().filter(|(at, _)| *at < self.longest);
        std::iter::once((0.0, 0.0))
            .chain(inner.copied())
            .chain([(self.longest, line.share_within(self.longest))])
            .map(|(minutes, share)| self.at(minutes, share))
            .collect()
    }
}
