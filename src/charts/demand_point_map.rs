//! Which demand points are reached beyond the standard, and by how much.

use plotters::style::RGBColor;

use super::field::check_thresholds;
use super::legend::{Bands, up_to};
use super::map::{BaseMap, Dot, MapSheet, MapStation, Overlay};
use super::sheet::{Caption, Drawing};
use super::{ChartError, theme};
use crate::geography::LonLat;
use crate::language::Language;
use crate::text;

/// A demand point on the map.
#[derive(Clone, Copy, Debug)]
pub struct MapDemandPoint {
    /// Where it is.
    pub at: LonLat,
    /// Minutes beyond the standard; `None` where it is within, infinite where nobody comes.
    pub beyond: Option<f64>,
    /// How many people live there: the area of its mark grows with them.
    pub residents: f64,
}

/// The map of demand points beyond the standard.
#[derive(Clone, Debug)]
pub struct DemandPointMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: beyond what, in minutes.
    pub measure: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    pub stations: &'a [MapStation],
    /// Every demand point.
    pub points: Vec<MapDemandPoint>,
    /// Rising limits between the classes, in minutes beyond.
    pub thresholds: Vec<f32>,
}

/// Sand to deep red; within is white with an edge.
const STOPS: [RGBColor; 5] = [
    RGBColor(244, 214, 178),
    RGBColor(231, 165, 121),
    RGBColor(206, 106, 72),
    RGBColor(160, 52, 40),
    RGBColor(104, 20, 26),
];
const LARGEST: f64 = 9.0;
const SMALLEST: f64 = 3.2;

impl DemandPointMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When the limits do not rise, or there is nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        check_thresholds(&self.thresholds)?;
        let classes = self.thresholds.len() + 1;
        let colour = |class: usize| STOPS[class * (STOPS.len() - 1) / (classes - 1).max(1)];
        let most = self.points.iter().map(|p| p.residents).fold(1.0, f64::max);
        let mut dots: Vec<Dot> = (self.points.iter())
            .map(|point| {
                let Some(minutes) = point.beyond else {
                    return Dot {
                        at: point.at,
                        radius: 2.4,
                        fill: theme::PAPER,
                        edge: theme::MUTED,
                    };
                };
                let limits = self.thresholds.iter();
                let passed = limits.filter(|limit| minutes > f64::from(**limit));
                let share = (point.residents / most).max(0.0);
                Dot {
                    at: point.at,
                    radius: (LARGEST * share.sqrt()).max(SMALLEST),
                    fill: colour(passed.count()),
                    edge: theme::INK,
                }
            })
            .collect();
        // The largest below: none hides another.
        dots.sort_by(|a, b| b.radius.total_cmp(&a.radius));
        let last = self.thresholds[self.thresholds.len() - 1];
        let within = text!(language, "chart-within");
        let mut words = up_to(&self.thresholds);
        words.push(format!("> {last}"));
        let legend = std::iter::once((theme::PAPER, within))
            .chain(
                words
                    .into_iter()
                    .enumerate()
                    .map(|(class, words)| (colour(class), words)),
            )
            .collect();
        MapSheet {
            base: self.base,
            stations: self.stations,
            sites: &[],
            ground: RGBColor(246, 247, 245),
            layers: Vec::new(),
            overlay: Overlay {
                dots,
                ..Overlay::default()
            },
            bands: Bands {
                measure: self.measure.clone(),
                classes: legend,
            },
        }
        .paint(language, &self.caption)?
        .finish()
    }
}
