//! The surface on which every chart is drawn: areas, lines, marks and lettering.
//!
//! `plotters` draws SVG on whole numbers, so a unit of the drawing is a tenth of a point. What its
//! SVG cannot say (round joins, halos, polygons with holes) a short style sheet adds when the text
//! is turned into outlines; see [`super::sheet`].

use std::cell::Cell;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::ChartError;
use super::font::{FAMILY, Font, SUBSTITUTE, in_font};
use super::labels::Rect;
use super::theme;
use crate::language::Language;

/// Units of the drawing in a point of the sheet.
pub(super) const UNITS: f64 = 10.0;
/// On which side of its position a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    pub(super) size: f64,
    pub(super) ink: RGBColor,
    pub(super) bold: bool,
    pub(super) halo: bool,
}

impl Lettering {
    pub(super) fn plain(size: f64, ink: RGBColor) -> Self {
        Self {
            size,
            ink,
            bold: false,
            halo: false,
        }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}

/// From the middle of a line of text down to its baseline, in heights: Chinese characters and
/// digits both reach about as far above this middle as below it.
const MIDDLE_TO_BASELINE: f64 = 0.37;
/// Line spacing in heights.
pub(super) const LEADING: f64 = 1.42;

/// Width of the outline that makes a letter bold, in heights: the embedded font has one weight.
pub(super) const BOLD_STROKE: f64 = 0.035;

/// The surface of one sheet.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    font: &'static Font,
    title: &'a str,
    substituted: Cell<bool>,
    pub(super) language: Language,
}

pub(super) fn units(value: f64) -> i32 {
    // `as` saturates and turns NaN into 0, so that no figure can break the drawing.
    (value.clamp(-1e6, 1e6) * UNITS).round() as i32
}

fn unit_points(points: &[[f64; 2]]) -> Vec<(i32, i32)> {
    let mut points: Vec<_> = points.iter().map(|[x, y]| (units(*x), units(*y))).collect();
    points.dedup();
    points
}

impl<'a> Canvas<'a> {
    pub(super) fn new(
        area: DrawingArea<SVGBackend<'a>, Shift>,
        font: &'static Font,
        title: &'a str,
        language: Language,
    ) -> Self {
        Self {
            area,
            font,
            title,
            substituted: Cell::new(false),
            language,
        }
    }

    /// Whether a character had to be replaced because the font lacks it.
    pub(super) fn has_substituted(&self) -> bool {
        self.substituted.get()
    }

    /// Closes the drawing.
    pub(super) fn finish(&self) -> Result<(), ChartError> {
        self.area.present().map_err(|error| self.failed(error))
    }

    fn failed(&self, error: impl std::fmt::Display) -> ChartError {
        ChartError::Drawing {
            title: self.title.to_owned(),
            reason: error.to_string(),
        }
    }

    /// Fills the area between rings; a ring inside a ring is a hole.
    ///
    /// `plotters` knows no holes: the rings are joined into one by ways there and back, which
    /// enclose nothing.
    pub(super) fn rings(&self, rings: &[Vec<[f64; 2]>], fill: RGBColor) -> Result<(), ChartError> {
        let mut joined = Vec::new();
        let mut start = None;
        for ring in rings.iter().filter(|ring| ring.len() > 2) {
            let ring = unit_points(ring);
            let first = ring[0];
            joined.extend(ring);
            joined.push(first);
            joined.push(*start.get_or_insert(first));
        }
        if joined.is_empty() {
            return Ok(());
        }
        self.area
            .draw(&Polygon::new(joined, fill.filled()))
            .map_err(|error| self.failed(error))
    }

    pub(super) fn fill(&self, rect: Rect, fill: RGBColor) -> Result<(), ChartError> {
        self.rings(&[rect.corners()], fill)
    }

    pub(super) fn outline(&self, rect: Rect, ink: RGBColor, width: f64) -> Result<(), ChartError> {
        let mut ring = rect.corners();
        ring.push(ring[0]);
        self.line(&ring, ink, width)
    }

    pub(super) fn line(
        &self,
        points: &[[f64; 2]],
        ink: RGBColor,
        width: f64,
    ) -> Result<(), ChartError> {
        let points = unit_points(points);
        if points.len() < 2 {
            return Ok(());
        }
        let style = ShapeStyle::from(ink).stroke_width(units(width).max(1).unsigned_abs());
        self.area
            .draw(&PathElement::new(points, style))
            .map_err(|error| self.failed(error))
    }

    /// A line of dashes; `pattern` is drawn, left out, drawn …
    pub(super) fn dashed(
        &self,
        points: &[[f64; 2]],
        ink: RGBColor,
        width: f64,
        pattern: &[f64],
    ) -> Result<(), ChartError> {
        dashes(points, pattern)
            .iter()
            .try_for_each(|dash| self.line(dash, ink, width))
    }

    pub(super) fn dot(
        &self,
        [x, y]: [f64; 2],
        radius: f64,
        fill: RGBColor,
    ) -> Result<(), ChartError> {
        self.area
            .draw(&Circle::new(
                (units(x), units(y)),
                units(radius),
                fill.filled(),
            ))
            .map_err(|error| self.failed(error))
    }

    /// Writes on one line with the middle of its height at `y`.
    pub(super) fn text(
        &self,
        text: &str,
        [x, y]: [f64; 2],
        align: Align,
        lettering: Lettering,
    ) -> Result<(), ChartError> {
        let shown = in_font(text);
        if shown.trim().is_empty() {
            return Ok(());
        }
        if shown.contains(SUBSTITUTE) && !text.contains(SUBSTITUTE) {
            self.substituted.set(true);
        }
        let horizontal = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        // `VPos::Bottom` lifts the text by 0.5 ex, which is a quarter of its height.
        let baseline = y + (MIDDLE_TO_BASELINE + 0.25) * lettering.size;
        let write = |ink: RGBColor, bold: bool| {
            let style = if bold {
                FontStyle::Bold
            } else {
                FontStyle::Normal
            };
            // The SVG of `plotters` sets text at 1 / 1.24 of the size it is given.
            let size = lettering.size * UNITS * 1.24;
            let style = TextStyle::from(FontDesc::new(FontFamily::Name(FAMILY), size, style))
                .color(&ink)
                .pos(Pos::new(horizontal, VPos::Bottom));
            self.area
                .draw(&Text::new(
                    shown.clone(),
                    (units(x), units(baseline)),
                    style,
                ))
                .map_err(|error| self.failed(error))
        };
        if lettering.halo {
            write(theme::HALO, false)?;
        }
        write(lettering.ink, lettering.bold)
    }

    /// The width of `text` as [`Self::text`] writes it.
    pub(super) fn width(&self, text: &str, lettering: Lettering) -> f64 {
        let bold = if lettering.bold { BOLD_STROKE } else { 0.0 };
        self.font.width(&in_font(text), lettering.size) + bold * lettering.size
    }

    /// Writes lines from `top` down and says where the next would begin.
    pub(super) fn lines(
        &self,
        lines: &[String],
        [left, top]: [f64; 2],
        lettering: Lettering,
    ) -> Result<f64, ChartError> {
        let height = lettering.size * LEADING;
        for (index, line) in lines.iter().enumerate() {
            let middle = top + (index as f64 + 0.5) * height;
            self.text(line, [left, middle], Align::Start, lettering)?;
        }
        Ok(top + lines.len() as f64 * height)
    }
}

/// The drawn parts of a dashed line.
fn dashes(points: &[[f64; 2]], pattern: &[f64]) -> Vec<Vec<[f64; 2]>> {
    let mut parts = Vec::new();
    let mut part: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    let (mut index, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let [mut from, to] = [pair[0], pair[1]];
        loop {
            let length = libm::hypot(to[0] - from[0], to[1] - from[1]);
            let drawn = index % 2 == 0;
            if length.is_nan() || length <= left {
                left -= if length.is_nan() { 0.0 } else { length };
                if drawn {
                    part.push(to);
                }
                break;
            }
            let share = left / length;
            from = [
                from[0] + (to[0] - from[0]) * share,
                from[1] + (to[1] - from[1]) * share,
            ];
            if drawn {
                part.push(from);
                parts.push(std::mem::take(&mut part));
            } else {
                part = vec![from];
            }
            index += 1;
            left = pattern[index % pattern.len()];
        }
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// 0    4  6    10
    /// |====|  |====|      4 drawn, 2 left out
    /// ```
    #[test]
    fn a_dashed_line_keeps_its_pattern_round_corners() {
        let straight = dashes(&[[0.0, 0.0], [10.0, 0.0]], &[4.0, 2.0]);
        assert_eq!(straight[0], [[0.0, 0.0], [4.0, 0.0]]);
        assert_eq!(straight[1], [[6.0, 0.0], [10.0, 0.0]]);
        let bent = dashes(&[[0.0, 0.0], [3.0, 0.0], [3.0, 7.0]], &[4.0, 2.0]);
        assert_eq!(bent[0], [[0.0, 0.0], [3.0, 0.0], [3.0, 1.0]]);
        assert_eq!(bent[1], [[3.0, 3.0], [3.0, 7.0]]);
    }

    #[test]
    fn no_coordinate_can_break_the_drawing() {
        assert_eq!(units(f64::NAN), 0);
        assert_eq!(units(f64::INFINITY), 10_000_000);
        assert_eq!(units(1.26), 13);
    }
}
