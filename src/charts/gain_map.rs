//! Where the best alternative saves how many minutes against the baseline.

use super::field::{ArrivalField, Ring, check_thresholds};
use super::legend::Bands;
use super::map::{BaseMap, Layer, MapSheet, MapStation, NoRoad, Overlay};
use super::sheet::{Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::geography::LonLat;
use crate::language::Language;
use crate::text;

/// The map of minutes gained.
#[derive(Clone, Debug)]
pub struct GainMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: what is saved, on which clock, in minutes.
    pub clock: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    /// The stations of the best alternative.
    pub stations: &'a [MapStation],
    /// The candidate sites, drawn without names.
    pub sites: &'a [LonLat],
    /// Baseline minus alternative, in minutes: infinite where only the alternative arrives, NaN
    /// where neither does. Below zero the alternative is slower.
    pub gain: &'a ArrivalField,
    /// The rings of where there is no road, on the plane of `base`.
    pub no_road: &'a [Ring],
    /// Rising limits between the bands in minutes, all above zero; less than the first counts as
    /// no gain.
    pub thresholds: Vec<f32>,
}

impl GainMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When the field does not fit its size, the thresholds do not rise from above zero, or there
    /// is nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        self.gain.check()?;
        check_thresholds(&self.thresholds)?;
        let first = self.thresholds[0];
        if first <= 0.0 {
            return Err(ChartError::Thresholds {
                given: self.thresholds.clone(),
                most: theme::MAX_BANDS,
            });
        }
        let colours = theme::gain_colours(self.thresholds.len() + 1);
        let mut layers: Vec<Layer> = (self.gain.beyond(&self.thresholds).into_iter())
            .zip(&colours[1..])
            .map(|(rings, colour)| Layer {
                rings,
                colour: *colour,
            })
            .collect();
        let mut classes: Vec<_> = colours.iter().copied().zip(self.words(language)).collect();
        let slower = |minutes: f32| minutes <= -first;
        if self.gain.any_within(&self.base.outlines(), slower) {
            layers.extend(self.gain.within(&[-first]).into_iter().map(|rings| Layer {
                rings,
                colour: theme::LOSS,
            }));
            let slower = text!(language, "chart-slower", minutes = first.to_string());
            classes.insert(0, (theme::LOSS, slower));
        }
        let no_road = NoRoad(self.no_road);
        layers.extend(no_road.layer());
        classes.extend(no_road.class(language));
        MapSheet {
            base: self.base,
            stations: self.stations,
            sites: self.sites,
            ground: colours[0],
            layers,
            overlay: Overlay::default(),
            bands: Bands {
                measure: self.clock.clone(),
                classes,
            },
        }
        .paint(language, &self.caption)
    }

    /// The words of the bands: "< 1 (none)", "1–5", …, "≥ 20".
    fn words(&self, language: Language) -> Vec<String> {
        let least = self.thresholds[0].to_string();
        let mut words = vec![text!(language, "chart-no-gain", minutes = least)];
        let between = self.thresholds.windows(2);
        words.extend(between.map(|pair| format!("{}–{}", pair[0], pair[1])));
        words.push(format!("≥ {}", self.thresholds[self.thresholds.len() - 1]));
        words
    }
}
