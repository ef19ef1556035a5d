//! How many minutes after the call the first engine stands where, for one alternative.

use super::field::{ArrivalField, Ring, check_thresholds};
use super::legend::{Bands, up_to};
use super::map::{BaseMap, Layer, MapSheet, MapStation, NoRoad, Overlay};
use super::sheet::{Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::geography::LonLat;
use crate::language::Language;
use crate::text;

/// The map of arrival times of one alternative.
#[derive(Clone, Debug)]
pub struct ArrivalMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: what is timed, on which clock, in minutes.
    pub clock: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    /// The stations of the alternative.
    pub stations: &'a [MapStation],
    /// The candidate sites, drawn without names.
    pub sites: &'a [LonLat],
    /// Minutes to every point, on the plane of `base`.
    pub field: &'a ArrivalField,
    /// The rings of where there is no road, on the plane of `base`.
    pub no_road: &'a [Ring],
    /// Rising limits between the bands in minutes; past the last one is the band "over".
    pub thresholds: Vec<f32>,
}

impl ArrivalMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When the field does not fit its size, the thresholds do not rise, or there is
    /// nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        self.field.check()?;
        check_thresholds(&self.thresholds)?;
        let colours = theme::arrival_colours(self.thresholds.len() + 1);
        let ground = colours[self.thresholds.len()];
        let no_road = NoRoad(self.no_road);
        // The widest area first: each nearer one covers its middle, and no seam is left between.
        let layers = (self.field.within(&self.thresholds).into_iter())
            .zip(&colours)
            .map(|(rings, colour)| Layer {
                rings,
                colour: *colour,
            })
            .rev()
            .chain(no_road.layer())
            .collect();
        let last = self.thresholds[self.thresholds.len() - 1];
        let never = |minutes: f32| !minutes.is_finite();
        let over = if self.field.any_within(&self.base.outlines(), never) {
            text!(language, "chart-later-or-never", minutes = last.to_string())
        } else {
            format!("> {last}")
        };
        let classes = (colours.into_iter())
            .zip(up_to(&self.thresholds).into_iter().chain([over]))
            .chain(no_road.class(language))
            .collect();
        MapSheet {
            base: self.base,
            stations: self.stations,
            sites: self.sites,
            ground,
            layers,
            overlay: Overlay::default(),
            bands: Bands {
                measure: self.clock.clone(),
                classes,
            },
        }
        .paint(language, &self.caption)
    }
}
