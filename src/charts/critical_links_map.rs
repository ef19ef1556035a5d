//! Which links hurt most when they are closed: drawn thick, with their ranks.

use super::legend::Bands;
use super::map::{BaseMap, MapSheet, MapStation, Overlay, Stretch};
use super::sheet::{Caption, Drawing};
use super::{ChartError, theme};
use crate::geography::LonLat;
use crate::language::Language;
use crate::text;

/// The map of critical links.
#[derive(Clone, Debug)]
pub struct CriticalLinksMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: by what the links are ranked.
    pub measure: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    /// The chosen stations.
    pub stations: &'a [MapStation],
    /// The stretches, the worst first; they are numbered from 1.
    pub stretches: &'a [CriticalLine],
}

/// A stretch of road.
#[derive(Clone, Debug)]
pub struct CriticalLine {
    /// Its links as they lie.
    pub lines: Vec<Vec<LonLat>>,
    /// Whether closing it cuts anybody off.
    pub cuts_off: bool,
}

impl CriticalLinksMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When there is nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        let colour = |cuts_off| {
            if cuts_off {
                theme::PROPOSED
            } else {
                theme::SECOND
            }
        };
        let words = [
            (true, text!(language, "chart-cuts-off")),
            (false, text!(language, "chart-way-round")),
        ];
        let classes = words
            .into_iter()
            .filter(|(cuts_off, _)| self.stretches.iter().any(|s| s.cuts_off == *cuts_off))
            .map(|(cuts_off, words)| (colour(cuts_off), words))
            .collect();
        let stretches = self
            .stretches
            .iter()
            .zip(1..)
            .map(|(stretch, number)| Stretch {
                lines: stretch.lines.clone(),
                number,
                colour: colour(stretch.cuts_off),
            });
        MapSheet {
            base: self.base,
            stations: self.stations,
            sites: &[],
            ground: theme::DISTRICTS[0],
            layers: Vec::new(),
            overlay: Overlay {
                stretches: stretches.collect(),
                ..Overlay::default()
            },
            bands: Bands {
                measure: self.measure.clone(),
                classes,
            },
        }
        .paint(language, &self.caption)?
        .finish()
    }
}
