//! The legend under a map: the bands in minutes, then what the symbols mean.

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::{Align, Canvas, Lettering};
use super::font::{Font, in_font};
use super::labels::Rect;
use super::symbols::Symbol;
use super::theme;
use crate::language::Language;

/// The colours of a map and what they stand for.
#[derive(Clone)]
pub(super) struct Bands {
    /// What is measured, on which clock, in which unit.
    pub(super) measure: String,
    /// Colour and words of each band, in the order of the legend.
    pub(super) classes: Vec<(RGBColor, String)>,
}

const SWATCH_HEIGHT: f64 = 22.0;
const WIDEST_SWATCH: f64 = 130.0;
const ROW: f64 = 30.0;
const KEY: f64 = 36.0;
const BETWEEN: f64 = 18.0;

/// A symbol of the legend with the upper left corner of its place.
struct Item {
    symbol: Symbol,
    words: String,
    at: [f64; 2],
}

/// A legend whose lines are already counted.
pub(super) struct Legend {
    measure: Vec<String>,
    classes: Vec<(RGBColor, String)>,
    items: Vec<Item>,
    pub(super) height: f64,
}

fn heading() -> Lettering {
    Lettering::plain(theme::BODY, theme::INK).bold()
}

impl Legend {
    /// Lays the legend out on `width`.
    pub(super) fn new(
        language: Language,
        bands: Bands,
        symbols: &[Symbol],
        width: f64,
    ) -> Result<Self, ChartError> {
        let font = Font::embedded()?;
        let measure = font.wrapped(&in_font(&bands.measure), theme::BODY * 1.04, width);
        let scale_top = 8.0 + measure.len() as f64 * theme::BODY * 1.42 + 4.0;
        let scale_height = if bands.classes.is_empty() {
            0.0
        } else {
            SWATCH_HEIGHT + theme::LABEL * 1.42 + 12.0
        };
        let mut at = [0.0, scale_top + scale_height];
        let mut items = Vec::new();
        for symbol in symbols {
            let words = symbol.words(language);
            let needed = KEY + font.width(&words, theme::LABEL);
            if at[0] > 0.0 && at[0] + needed > width {
                at = [0.0, at[1] + ROW];
            }
            items.push(Item {
                symbol: *symbol,
                words,
                at,
            });
            at[0] += needed + BETWEEN;
        }
        Ok(Self {
            measure,
            classes: bands.classes,
            items,
            height: at[1] + ROW,
        })
    }

    /// Draws it from `top` of `space` down.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, space: Rect) -> Result<(), ChartError> {
        let below = canvas.lines(&self.measure, [space.left, space.top + 8.0], heading())?;
        let top = below + 4.0;
        let each = (space.width() / self.classes.len().max(1) as f64).min(WIDEST_SWATCH);
        let label = Lettering::plain(theme::LABEL, theme::INK);
        // Many bands are narrow: their words shrink to what the widest of them needs.
        let widest = (self.classes.iter())
            .map(|(_, words)| canvas.width(words, label))
            .fold(1.0, f64::max);
        let class = Lettering {
            size: theme::LABEL * ((each - 6.0) / widest).min(1.0),
            ..label
        };
        for (index, (colour, words)) in self.classes.iter().enumerate() {
            let swatch = Rect::sized(space.left + index as f64 * each, top, each, SWATCH_HEIGHT);
            canvas.fill(swatch, *colour)?;
            canvas.outline(swatch, theme::MUTED, 0.6)?;
            let middle = [
                swatch.centre()[0],
                swatch.bottom + 4.0 + theme::LABEL * 0.71,
            ];
            canvas.text(words, middle, Align::Middle, class)?;
        }
        for item in &self.items {
            let left = space.left + item.at[0];
            let middle = space.top + item.at[1] + ROW / 2.0;
            item.symbol
                .draw_key(canvas, Rect::sized(left, middle - 8.0, KEY - 8.0, 16.0))?;
            canvas.text(&item.words, [left + KEY, middle], Align::Start, label)?;
        }
        Ok(())
    }
}

/// The words of bands that rise through `thresholds`, all but the last: "≤ 5", "5–10", …
pub(super) fn up_to(thresholds: &[f32]) -> Vec<String> {
    thresholds
        .iter()
        .enumerate()
        .map(|(index, upper)| match index.checked_sub(1) {
            None => format!("≤ {upper}"),
            Some(before) => format!("{}–{upper}", thresholds[before]),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_named_by_their_limits() {
        assert_eq!(up_to(&[5.0, 7.5, 10.0]), ["≤ 5", "5–7.5", "7.5–10"]);
        assert!(up_to(&[]).is_empty());
    }

    #[test]
    fn symbols_that_do_not_fit_begin_a_new_row() {
        let bands = || Bands {
            measure: "分钟".to_owned(),
            classes: vec![],
        };
        let symbols = [Symbol::Existing, Symbol::Planned, Symbol::Site];
        let wide = Legend::new(Language::Chinese, bands(), &symbols, 900.0).unwrap();
        let narrow = Legend::new(Language::Chinese, bands(), &symbols, 150.0).unwrap();
        assert!((narrow.height - wide.height - 2.0 * ROW).abs() < 1e-9);
    }
}
