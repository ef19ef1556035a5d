//! The arrival times of several alternatives side by side, each as a small map of the same scale.

use super::canvas::{Align, Lettering};
use super::field::{ArrivalField, Ring, check_thresholds};
use super::font::{Font, in_font};
use super::labels::Rect;
use super::legend::{Bands, Legend, up_to};
use super::map::{BaseMap, Layer, MapSheet, MapStation, NoRoad, Overlay};
use super::sheet::{self, Caption, Drawing};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// One of the small maps.
#[derive(Clone, Debug)]
pub struct SmallMap<'a> {
    /// Rank, name and main figure.
    pub title: String,
    /// The stations of the alternative; their names are not written.
    pub stations: Vec<MapStation>,
    /// Minutes to every point.
    pub field: &'a ArrivalField,
}

/// The maps side by side.
#[derive(Clone, Debug)]
pub struct SmallMultiples<'a> {
    /// What is written around the maps.
    pub caption: Caption,
    /// Title of the legend.
    pub clock: String,
    /// Boundary and roads.
    pub base: &'a BaseMap,
    /// The maps, in their order.
    pub maps: Vec<SmallMap<'a>>,
    /// The rings of where there is no road, on the plane of `base`.
    pub no_road: &'a [Ring],
    /// Rising limits between the bands in minutes.
    pub thresholds: Vec<f32>,
}

const COLUMNS: usize = 3;
const GAP: f64 = 14.0;
const MIN_TITLE_LINES: usize = 2;

impl SmallMultiples<'_> {
    /// The finished sheet.
    ///
    /// # Errors
    /// When a field does not fit its size, the limits do not rise, or there is no map.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        check_thresholds(&self.thresholds)?;
        let colours = theme::arrival_colours(self.thresholds.len() + 1);
        let last = self.thresholds[self.thresholds.len() - 1];
        let over = text!(language, "chart-later-or-never", minutes = last.to_string());
        let bands = || Bands {
            measure: self.clock.clone(),
            classes: colours
                .iter()
                .copied()
                .zip(up_to(&self.thresholds).into_iter().chain([over.clone()]))
                .chain(NoRoad(self.no_road).class(language))
                .collect(),
        };
        let sheets: Vec<MapSheet<'_>> = (self.maps.iter())
            .map(|map| {
                map.field.check()?;
                let layers = map.field.within(&self.thresholds).into_iter().zip(&colours);
                let layers = layers.map(|(rings, colour)| Layer {
                    rings,
                    colour: *colour,
                });
                Ok(MapSheet {
                    base: self.base,
                    stations: &map.stations,
                    sites: &[],
                    ground: colours[colours.len() - 1],
                    layers: layers.rev().chain(NoRoad(self.no_road).layer()).collect(),
                    overlay: Overlay::default(),
                    bands: bands(),
                })
            })
            .collect::<Result<_, ChartError>>()?;
        let Some(first) = sheets.first() else {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one alternative",
            });
        };
        let [wide, tall] = first.size(&self.caption.title)?;
        let width = theme::WIDTH - 2.0 * theme::MARGIN;
        let each = (width - GAP * (COLUMNS as f64 - 1.0)) / COLUMNS as f64;
        let map_height = (each * tall / wide).clamp(each * 0.6, each * 1.7);
        let font = Font::embedded()?;
        let titles: Vec<Vec<String>> = (self.maps.iter())
            .map(|map| font.wrapped(&in_font(&map.title), theme::LABEL, each))
            .collect();
        let title_lines = titles.iter().map(Vec::len).max().unwrap_or(0);
        let title_lines = title_lines.max(MIN_TITLE_LINES) as f64;
        let title_height = title_lines * theme::LABEL * 1.42 + 4.0;
        let rows = sheets.len().div_ceil(COLUMNS) as f64;
        let height = rows * (map_height + title_height + GAP);
        let legend = Legend::new(language, bands(), &first.station_symbols(), width)?;
        let drawn = sheet::sheet(
            language,
            &self.caption,
            height + legend.height,
            |canvas, body| {
                let small = Lettering::plain(theme::LABEL, theme::INK);
                for (index, (sheet, title)) in sheets.iter().zip(&titles).enumerate() {
                    let left = body.left + (index % COLUMNS) as f64 * (each + GAP);
                    let row = (index / COLUMNS) as f64;
                    let top = body.top + row * (map_height + title_height + GAP);
                    for (line, words) in title.iter().enumerate() {
                        let y = top + (line as f64 + 0.5) * theme::LABEL * 1.42;
                        canvas.text(words, [left, y], Align::Start, small)?;
                    }
                    let frame = Rect::sized(left, top + title_height, each, map_height);
                    sheet.draw_small(canvas, frame, &self.caption.title)?;
                }
                let below = Rect {
                    top: body.top + height,
                    ..body
                };
                legend.draw(canvas, below)
            },
        )?;
        drawn.finish()
    }
}
