//! The roads of the maps of one run: the same network, chosen for each scale at which it is shown.

use crate::charts::metres_a_point;
use crate::geography::Plane;
use crate::language::Language;
use crate::roads::generalised::{Generaliser, MapRoads};
use crate::scenario::Scenario;
use crate::text;

/// Points of roads in the page: a few megabytes, which a browser still moves about smoothly. And in a picture, whose
/// scale nobody knows where a county has no boundary.
const MAX_PAGE_POINTS: usize = 300_000;
/// Points of roads in a layer for QGIS: some 20 MB.
const MAX_LAYER_POINTS: usize = 600_000;

/// How much closer than a picture the closest map is.
const CLOSEST: f64 = 4.0;

/// The network of a scenario, ready for its maps.
pub struct RoadsOfMaps<'a> {
    network: Generaliser<'a>,
    /// At the scale of a picture.
    metres_a_point: f64,
}

impl<'a> RoadsOfMaps<'a> {
    /// For maps on this plane.
    pub fn of(scenario: &'a Scenario, plane: Plane) -> Self {
        let metres_a_point = metres_a_point(&plane, &scenario.county.boundary.rings());
        Self {
            network: Generaliser::new(&scenario.network.roads, plane, metres_a_point / CLOSEST),
            metres_a_point,
        }
    }

    /// Those of the charts.
    pub(super) fn of_pictures(&self) -> MapRoads {
        self.network.at(self.metres_a_point, MAX_PAGE_POINTS)
    }

    /// Those of maps side by side on a sheet, a third as wide.
    pub(super) fn of_small_pictures(&self) -> MapRoads {
        self.network.at(self.metres_a_point * 3.0, MAX_PAGE_POINTS)
    }

    /// Those of the map in the page, into which a reader can look twice as close.
    pub(super) fn of_page(&self) -> MapRoads {
        self.network.at(self.metres_a_point / 2.0, MAX_PAGE_POINTS)
    }

    /// Those of the layer for QGIS, closer still.
    pub(super) fn of_layer(&self) -> MapRoads {
        self.network
            .at(self.metres_a_point / CLOSEST, MAX_LAYER_POINTS)
    }
}

/// How many roads a map leaves out, where it does.
pub(super) fn left_out_words(roads: &MapRoads, language: Language) -> Option<String> {
    (roads.left_out > 0).then(|| {
        text!(
            language,
            "map-roads-left-out",
            left = roads.left_out,
            all = roads.of
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_says_how_many_roads_it_leaves_out() {
        let roads = |left_out| MapRoads {
            lines: Vec::new(),
            left_out,
            of: 1_303_981,
        };
        assert_eq!(left_out_words(&roads(0), Language::English), None);
        let words = left_out_words(&roads(1_063_217), Language::English).unwrap();
        assert!(words.contains("1063217 of 1303981 roads"), "{words}");
    }
}
