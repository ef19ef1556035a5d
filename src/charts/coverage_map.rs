//! Which areas are reached within which minute: prepared areas, drawn as they are.

use plotters::style::RGBColor;

use super::field::check_thresholds;
use super::legend::{Bands, up_to};
use super::map::{BaseMap, Layer, MapSheet, MapStation, NoRoad, Overlay};
use super::sheet::{Caption, Drawing};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// The map of the bands of a coverage.
#[derive(Clone, Debug)]
pub struct CoverageMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: what is timed, on which clock, in minutes.
    pub clock: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    /// The chosen stations.
    pub stations: &'a [MapStation],
    /// Rising limits between the bands in minutes.
    pub thresholds: Vec<f32>,
    /// The rings of what is reached within each limit, on the plane of `base`; a ring inside a
    /// ring is a hole.
    pub within: Vec<Vec<Vec<[f64; 2]>>>,
    /// The rings of where no engine arrives.
    pub unreached: Vec<Vec<[f64; 2]>>,
    /// The rings of where there is no road.
    pub no_road: Vec<Vec<[f64; 2]>>,
}

/// The colour of what no engine reaches.
const UNREACHED: RGBColor = theme::PAPER;

impl CoverageMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When the limits do not rise, or there is nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        check_thresholds(&self.thresholds)?;
        let colours = theme::arrival_colours(self.thresholds.len() + 1);
        let last = self.thresholds[self.thresholds.len() - 1];
        let words = up_to(&self.thresholds)
            .into_iter()
            .chain([format!("> {last}")]);
        let mut classes: Vec<(RGBColor, String)> = colours.iter().copied().zip(words).collect();
        if !self.unreached.is_empty() {
            classes.push((UNREACHED, text!(language, "not-reached")));
        }
        let no_road = NoRoad(&self.no_road);
        classes.extend(no_road.class(language));
        let layer = |(rings, colour): (&Vec<Vec<[f64; 2]>>, RGBColor)| Layer {
            rings: rings.clone(),
            colour,
        };
        // The widest area first: each nearer one covers its middle, and no seam is left between.
        let within: Vec<Layer> = self
            .within
            .iter()
            .zip(colours.iter().copied())
            .map(layer)
            .collect();
        let unreached = layer((&self.unreached, UNREACHED));
        let layers = std::iter::once(unreached)
            .chain(within.into_iter().rev())
            .chain(no_road.layer());
        MapSheet {
            base: self.base,
            stations: self.stations,
            sites: &[],
            ground: colours[colours.len() - 1],
            layers: layers.collect(),
            overlay: Overlay::default(),
            bands: Bands {
                measure: self.clock.clone(),
                classes,
            },
        }
        .paint(language, &self.caption)?
        .finish()
    }
}
