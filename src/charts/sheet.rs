//! A whole chart: title, chart, footnotes, and how it becomes outlines and pixels.

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg;

use super::ChartError;
use super::canvas::{Align, BOLD_STROKE, Canvas, LEADING, Lettering, UNITS, units};
use super::font::{FAMILY, Font, SUBSTITUTE, in_font};
use super::labels::Rect;
use super::theme::{self, Theme, hex};
use crate::characters::is_of_text;
use crate::language::Language;
use crate::text;

/// Pixels of the PNG for a point: 2000 across, 300 dots an inch on 170 mm.
const PIXELS: f32 = 2.0;
/// Metres across on A4 between the margins.
const PRINTED_WIDTH: f64 = 0.17;

/// What is written around a chart, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// What the chart shows.
    pub title: String,
    /// The clock, the seed, the number of replications.
    pub subtitle: String,
    /// The basis of the data, the sources that must be named, the date; each begins a line.
    pub footnotes: Vec<String>,
    /// In which colours it is drawn.
    pub theme: Theme,
}

/// A finished chart.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The chart with all text as outlines: it looks the same on every machine.
    pub svg: String,
    /// The same with text as text, to stand in a web page beside [`page_style`]: small, searchable,
    /// and set in whatever font the reader's machine has.
    pub page_svg: String,
    /// The same in 2000 pixels across.
    pub png: Vec<u8>,
}

/// A chart whose text is still text.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) svg: String,
    title: String,
    description: String,
    theme: Theme,
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
        let canvas = Canvas::new(area, font, &caption.title, language);
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
        if canvas.has_substituted()
            || around
                .iter()
                .any(|lines| lines.concat().contains(SUBSTITUTE))
        {
            let note = text!(language, "chart-character-missing");
            let bottom = height - theme::MARGIN * 0.55;
            canvas.text(&note, [theme::WIDTH - left, bottom], Align::End, small)?;
        }
        canvas.finish()?;
    }
    // `plotters` gives the size in its own units; the reader's programs expect points.
    let header = format!("width=\"{}\" height=\"{}\"", size[0], size[1]);
    let points = format!(
        "width=\"{}\" height=\"{}\"",
        f64::from(size[0]) / UNITS,
        f64::from(size[1]) / UNITS
    );
    Ok(Sheet {
        svg: (caption.theme.redrawn(&svg))
            .replacen(&header, &points, 1)
            .replace("\n</text>", "</text>"),
        theme: caption.theme,
        title: caption.title.clone(),
        description: std::iter::once(&caption.subtitle)
            .chain(&caption.footnotes)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    })
}

/// What a page needs in a style sheet for the charts that stand in it.
pub fn page_style(theme: Theme) -> String {
    // Each rule for charts alone: the page has texts of its own.
    let rules = style_sheet(theme).replace("} ", "}\n.chart ");
    let best = hex(theme.colour(theme::PROPOSED));
    format!(
        ":root {{ --best: {best}; }}\n.chart {rules}\n.chart text{{font-family:\"{FAMILY}\",\"Microsoft YaHei\",\"PingFang SC\",\"Noto Sans CJK SC\",sans-serif}}"
    )
}

fn style_sheet(theme: Theme) -> String {
    let mut css = format!(
        "polygon{{fill-rule:evenodd}} \
         polyline{{stroke-linejoin:round;stroke-linecap:round}} \
         text[fill=\"{halo}\"]{{stroke:{halo};stroke-width:0.26em;stroke-linejoin:round}}",
        halo = hex(theme::HALO)
    );
    for ink in theme::BOLD_INKS.map(|ink| hex(theme.colour(ink))) {
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
            style_sheet: Some(style_sheet(self.theme)),
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
        pixels.fill(Color::WHITE);
        resvg::render(
            &tree,
            Transform::from_scale(PIXELS, PIXELS),
            &mut pixels.as_mut(),
        );
        let png = opaque_png(&pixels).map_err(|error| failed(error.to_string()))?;
        let outlines = tree.to_string(&usvg::WriteOptions {
            coordinates_precision: 2,
            transforms_precision: 4,
            indent: usvg::Indent::None,
            ..usvg::WriteOptions::default()
        });
        Ok(Drawing {
            svg: self.with_title(&outlines),
            page_svg: self.in_a_page(),
            png,
        })
    }

    fn in_a_page(&self) -> String {
        let label = escaped(&self.title).replace('"', "&quot;");
        let head = format!("<svg class=\"chart\" role=\"img\" aria-label=\"{label}\" ");
        self.svg.replacen("<svg ", &head, 1)
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

/// The picture without transparency, told to be 170 mm wide, so that a text processor does not
/// have to guess its size from the pixels.
fn opaque_png(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (pixels.width(), pixels.height());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat colours repeat whole rows: unfiltered they pack smallest, and in half the time.
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let pixels_per_metre = (f64::from(width) / PRINTED_WIDTH).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: pixels_per_metre,
        yppu: pixels_per_metre,
        unit: png::Unit::Meter,
    }));
    let colours: Vec<u8> = (pixels.data().chunks_exact(4))
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(file)
}

/// `text` as XML content; characters that XML forbids become spaces.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() || !is_of_text(c) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

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
