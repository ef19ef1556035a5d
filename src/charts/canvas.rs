//! The sheet on which every chart is drawn: title above, footnotes below, the chart between.
//!
//! `plotters` draws SVG on whole numbers, so a unit of the drawing is a tenth of a point. What its
//! SVG cannot say (round joins, halos, polygons with holes) a short style sheet adds when the text
//! is turned into outlines.

use std::cell::Cell;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::ChartError;
use super::font::{FAMILY, Font, SUBSTITUTE, in_font};
use super::labels::Rect;
use super::theme;
use crate::language::Language;

/// Units of the drawing in a point of the sheet.
const UNITS: f64 = 10.0;
/// Pixels of the PNG for a point: 2000 across, 300 dots an inch on 170 mm.
const PIXELS: f32 = 2.0;

/// What is written around a chart, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// What the chart shows.
    pub title: String,
    /// The clock, the seed, the number of replications.
    pub subtitle: String,
    /// The basis of the data, the sources that must be named, the date; each begins a line.
    pub footnotes: Vec<String>,
}

/// A finished chart.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The chart with all text as outlines: it looks the same on every machine.
    pub svg: String,
    /// The same in 2000 pixels across.
    pub png: Vec<u8>,
}

/// A chart whose text is still text.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) svg: String,
    title: String,
    description: String,
}

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
const LEADING: f64 = 1.42;

/// The surface of one sheet.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    font: &'static Font,
    title: &'a str,
    substituted: Cell<bool>,
    pub(super) language: Language,
}

fn units(value: f64) -> i32 {
    // `as` saturates and turns NaN into 0, so that no figure can break the drawing.
    (value.clamp(-1e6, 1e6) * UNITS).round() as i32
}

fn unit_points(points: &[[f64; 2]]) -> Vec<(i32, i32)> {
    let mut points: Vec<_> = points.iter().map(|[x, y]| (units(*x), units(*y))).collect();
    points.dedup();
    points
}

impl Canvas<'_> {
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
        self.rings(&[corners(rect)], fill)
    }

    pub(super) fn outline(&self, rect: Rect, ink: RGBColor, width: f64) -> Result<(), ChartError> {
        let mut ring = corners(rect);
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

fn corners(rect: Rect) -> Vec<[f64; 2]> {
    vec![
        [rect.left, rect.top],
        [rect.right, rect.top],
        [rect.right, rect.bottom],
        [rect.left, rect.bottom],
    ]
}

/// The drawn parts of a dashed line.
fn dashes(points: &[[f64; 2]], pattern: &[f64]) -> Vec<Vec<[f64; 2]>> {
    let mut parts = Vec::new();
    let mut part: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    let (mut index, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let [mut from, to] = [pair[0], pair[1]];
        loop {
            let length = (to[0] - from[0]).hypot(to[1] - from[1]);
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

/// Draws a sheet whose chart is `body_height` high.
pub(super) fn sheet(
    language: Language,
    caption: &Caption,
    body_height: f64,
    chart: impl FnOnce(&Canvas<'_>, Rect) -> Result<(), ChartError>,
) -> Result<Sheet, ChartError> {
    let font = Font::embedded()?;
    let width = theme::WIDTH - 2.0 * theme::MARGIN;
    let wrapped = |text: &str, size: f64| font.wrapped(&in_font(text), size, width);
    let fitting = |text: &str, sizes: [f64; 2], wider: f64| {
        let fits = |size: &f64| wrapped(text, size * wider).len() <= 1;
        let size = sizes.into_iter().find(fits).unwrap_or(sizes[1]);
        (wrapped(text, size * wider), size)
    };
    // Bold letters are a little wider.
    let (title, title_size) = fitting(&caption.title, theme::TITLE, 1.01);
    let (subtitle, subtitle_size) = fitting(&caption.subtitle, theme::SUBTITLE, 1.0);
    let notes: Vec<String> = caption
        .footnotes
        .iter()
        .flat_map(|note| wrapped(note, theme::NOTE))
        .collect();
    let body_top = theme::MARGIN
        + title.len() as f64 * title_size * LEADING
        + subtitle.len() as f64 * subtitle_size * LEADING
        + 12.0;
    let body = Rect::sized(theme::MARGIN, body_top, width, body_height);
    let notes_top = body.bottom + 14.0;
    let height = notes_top + notes.len() as f64 * theme::NOTE * LEADING + theme::MARGIN;
    let size = [units(theme::WIDTH), units(height.ceil())].map(i32::unsigned_abs);

    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (size[0], size[1])).into_drawing_area();
        let canvas = Canvas {
            area,
            font,
            title: &caption.title,
            substituted: Cell::new(false),
            language,
        };
        canvas.fill(
            Rect::sized(0.0, 0.0, theme::WIDTH, height.ceil()),
            theme::PAPER,
        )?;
        chart(&canvas, body)?;
        let left = theme::MARGIN;
        let heading = Lettering::plain(title_size, theme::INK).bold();
        let below = canvas.lines(&title, [left, theme::MARGIN], heading)?;
        let line = Lettering::plain(subtitle_size, theme::MUTED);
        canvas.lines(&subtitle, [left, below], line)?;
        let small = Lettering::plain(theme::NOTE, theme::MUTED);
        canvas.lines(&notes, [left, notes_top], small)?;
        let around = [&title, &subtitle, &notes];
        if canvas.substituted.get()
            || around
                .iter()
                .any(|lines| lines.concat().contains(SUBSTITUTE))
        {
            let note = language.pick("〓：字库中没有的字", "〓: a character that the font lacks");
            let bottom = height - theme::MARGIN * 0.55;
            canvas.text(note, [theme::WIDTH - left, bottom], Align::End, small)?;
        }
        canvas
            .area
            .present()
            .map_err(|error| canvas.failed(error))?;
    }
    // `plotters` gives the size in its own units; the reader's programs expect points.
    let header = format!("width=\"{}\" height=\"{}\"", size[0], size[1]);
    let points = format!(
        "width=\"{}\" height=\"{}\"",
        f64::from(size[0]) / UNITS,
        f64::from(size[1]) / UNITS
    );
    Ok(Sheet {
        svg: svg
            .replacen(&header, &points, 1)
            .replace("\n</text>", "</text>"),
        title: caption.title.clone(),
        description: std::iter::once(&caption.subtitle)
            .chain(&caption.footnotes)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    })
}

/// Width of the outline that makes a letter bold, in heights: the embedded font has one weight.
const BOLD_STROKE: f64 = 0.035;

fn style_sheet() -> String {
    let hex = |RGBColor(r, g, b): RGBColor| format!("#{r:02X}{g:02X}{b:02X}");
    let mut css = format!(
        "polygon{{fill-rule:evenodd}} \
         polyline{{stroke-linejoin:round;stroke-linecap:round}} \
         text[fill=\"{halo}\"]{{stroke:{halo};stroke-width:0.26em;stroke-linejoin:round}}",
        halo = hex(theme::HALO)
    );
    for ink in theme::BOLD_INKS.map(hex) {
        css.push_str(&format!(
            " text[font-weight=\"bold\"][fill=\"{ink}\"]{{stroke:{ink};stroke-width:{BOLD_STROKE}em}}"
        ));
    }
    css
}

impl Sheet {
    /// Turns the text into outlines and makes the PNG.
    pub(super) fn finish(self) -> Result<Drawing, ChartError> {
        let failed = |reason: String| ChartError::Drawing {
            title: self.title.clone(),
            reason,
        };
        let options = usvg::Options {
            font_family: FAMILY.to_owned(),
            fontdb: Font::embedded()?.database(),
            style_sheet: Some(style_sheet()),
            ..usvg::Options::default()
        };
        let tree =
            usvg::Tree::from_str(&self.svg, &options).map_err(|error| failed(error.to_string()))?;
        let size = tree.size();
        let mut pixels = Pixmap::new(
            (size.width() * PIXELS).round() as u32,
            (size.height() * PIXELS).round() as u32,
        )
        .ok_or_else(|| failed("the sheet is empty or too large".to_owned()))?;
        resvg::render(
            &tree,
            Transform::from_scale(PIXELS, PIXELS),
            &mut pixels.as_mut(),
        );
        let png = pixels
            .encode_png()
            .map_err(|error| failed(error.to_string()))?;
        let outlines = tree.to_string(&usvg::WriteOptions {
            coordinates_precision: 2,
            transforms_precision: 4,
            indent: usvg::Indent::None,
            ..usvg::WriteOptions::default()
        });
        Ok(Drawing {
            svg: self.with_title(&outlines),
            png,
        })
    }

    /// Title and description for readers who hear the chart; outlining drops them.
    fn with_title(&self, outlines: &str) -> String {
        let Some(end) = outlines.find('>') else {
            return outlines.to_owned();
        };
        let (head, rest) = outlines.split_at(end);
        format!(
            "{head} role=\"img\"><title>{}</title><desc>{}</desc>{}",
            escaped(&self.title),
            escaped(&self.description),
            &rest[1..]
        )
    }
}

/// `text` as XML content; control characters, which XML forbids, become spaces.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
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

    #[test]
    fn control_characters_do_not_reach_the_file() {
        assert_eq!(escaped("a\u{0}<b>&"), "a &lt;b&gt;&amp;");
    }

    /// A square with a square hole: the middle keeps the colour of the paper.
    #[test]
    fn a_ring_in_a_ring_is_a_hole() {
        let caption = Caption::default();
        let square = |low: f64, high: f64| vec![[low, low], [high, low], [high, high], [low, high]];
        let sheet = sheet(Language::Chinese, &caption, 400.0, |canvas, _| {
            canvas.rings(&[square(100.0, 300.0), square(150.0, 250.0)], theme::INK)
        })
        .unwrap();
        let picture = Pixmap::decode_png(&sheet.finish().unwrap().png).unwrap();
        let grey = |x: u32, y: u32| picture.pixel(x * 2, y * 2).unwrap().red();
        assert_eq!(grey(200, 200), 255);
        assert_eq!(grey(125, 200), theme::INK.0);
        // No seam where the rings are joined.
        assert_eq!(grey(120, 120), theme::INK.0);
        assert_eq!(grey(160, 160), 255);
    }
}
