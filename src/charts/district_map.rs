//! Which station is first where.

use std::collections::HashMap;

use plotters::style::RGBColor;

use super::legend::Bands;
use super::map::{BaseMap, Layer, MapSheet, MapStation, NoRoad, Overlay};
use super::sheet::{Caption, Drawing};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// The map of first-due districts. Each is labelled at its station, not by a legend of colours.
#[derive(Clone, Debug)]
pub struct DistrictMap<'a> {
    /// What is written around the map.
    pub caption: Caption,
    /// Title of the legend: by what a district is bounded.
    pub measure: String,
    /// Boundary, roads and towns.
    pub base: &'a BaseMap,
    /// The districts, with their stations.
    pub districts: &'a [District],
    /// The rings of where no engine arrives, on the plane of `base`.
    pub unreached: Vec<Vec<[f64; 2]>>,
    /// The rings of where there is no road.
    pub no_road: Vec<Vec<[f64; 2]>>,
}

/// The district of a station.
#[derive(Clone, Debug)]
pub struct District {
    /// The station, named as the district shall be labelled.
    pub station: MapStation,
    /// Its rings on the plane; a ring inside a ring is a hole.
    pub rings: Vec<Vec<[f64; 2]>>,
}

impl DistrictMap<'_> {
    /// The finished map.
    ///
    /// # Errors
    /// When there is nothing to draw.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        let rings: Vec<&[Vec<[f64; 2]>]> = self
            .districts
            .iter()
            .map(|district| district.rings.as_slice())
            .collect();
        let colours = colours(&rings);
        let layers = self
            .districts
            .iter()
            .zip(colours)
            .map(|(district, colour)| Layer {
                rings: district.rings.clone(),
                colour,
            });
        let unreached = Layer {
            rings: self.unreached.clone(),
            colour: theme::PAPER,
        };
        let stations: Vec<MapStation> = self
            .districts
            .iter()
            .map(|district| district.station.clone())
            .collect();
        let borders = self.districts.iter().flat_map(|district| &district.rings);
        let no_road = NoRoad(&self.no_road);
        let not_reached =
            (!self.unreached.is_empty()).then(|| (theme::PAPER, text!(language, "not-reached")));
        let classes = not_reached.into_iter().chain(no_road.class(language));
        MapSheet {
            base: self.base,
            stations: &stations,
            sites: &[],
            ground: theme::PAPER,
            layers: layers.chain([unreached]).chain(no_road.layer()).collect(),
            overlay: Overlay {
                borders: borders.map(|ring| closed(ring)).collect(),
                ..Overlay::default()
            },
            bands: Bands {
                measure: self.measure.clone(),
                classes: classes.collect(),
            },
        }
        .paint(language, &self.caption)?
        .finish()
    }
}

fn closed(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    ring.iter().copied().chain(ring.first().copied()).collect()
}

/// A colour for each district, as far in grey as can be from those of its neighbours: districts
/// that share corners.
fn colours(districts: &[&[Vec<[f64; 2]>]]) -> Vec<RGBColor> {
    let mut at: HashMap<[i64; 2], Vec<usize>> = HashMap::new();
    for (number, rings) in districts.iter().enumerate() {
        for point in rings.iter().flatten() {
            let here = at
                .entry(point.map(|metres| metres.round() as i64))
                .or_default();
            if here.last() != Some(&number) {
                here.push(number);
            }
        }
    }
    let mut is_neighbour = vec![vec![false; districts.len()]; districts.len()];
    for here in at.values() {
        for a in here {
            for b in here.iter().filter(|b| *b != a) {
                is_neighbour[*a][*b] = true;
            }
        }
    }
    let mut chosen: Vec<usize> = Vec::with_capacity(districts.len());
    for is_near in &is_neighbour {
        let apart = |colour: usize| {
            let taken = chosen.iter().enumerate();
            let near = taken.filter(|(other, _)| is_near[*other]);
            near.map(|(_, taken)| taken.abs_diff(colour))
                .min()
                .unwrap_or(usize::MAX)
        };
        let used = |colour: usize| chosen.iter().filter(|taken| **taken == colour).count();
        let best = (0..theme::DISTRICTS.len())
            .max_by_key(|colour| {
                let few = std::cmp::Reverse(used(*colour));
                // Two steps of grey are enough; then the colour that is used least, and the lighter.
                (apart(*colour).min(2), few, std::cmp::Reverse(*colour))
            })
            .unwrap_or(0);
        chosen.push(best);
    }
    chosen
        .into_iter()
        .map(|colour| theme::DISTRICTS[colour])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// +---+---+---+
    /// | a | b | c |     a and c have no corner in common
    /// +---+---+---+
    /// ```
    #[test]
    fn neighbours_differ_by_two_steps_of_grey() {
        let square = |west: f64| {
            vec![vec![
                [west, 0.0],
                [west + 9.0, 0.0],
                [west + 9.0, 9.0],
                [west, 9.0],
            ]]
        };
        let [a, b, c] = [square(0.0), square(9.0), square(18.0)];
        let found = colours(&[&a, &b, &c]);
        let step = |colour: &RGBColor| theme::DISTRICTS.iter().position(|d| d == colour).unwrap();
        assert!(step(&found[0]).abs_diff(step(&found[1])) >= 2);
        assert!(step(&found[1]).abs_diff(step(&found[2])) >= 2);
    }
}
