//! What every map is drawn on.

use crate::charts::{BaseMap, MapRoad, MapTown};
use crate::geography::Plane;
use crate::language::Language;
use crate::scenario::Scenario;

/// Boundary, roads and towns of a scenario.
pub(super) fn base_map(scenario: &Scenario, plane: Plane, language: Language) -> BaseMap {
    let county = &scenario.county;
    let roads = &scenario.network.roads;
    BaseMap {
        plane,
        boundary: county.boundary.rings(),
        roads: roads
            .roads()
            .iter()
            .map(|road| MapRoad {
                class: road.class,
                line: roads.line(road),
            })
            .collect(),
        towns: county
            .towns
            .iter()
            .map(|town| MapTown {
                name: town.name.in_language(language).to_owned(),
                at: town.seat,
                weight: town.residents,
            })
            .collect(),
        review_number: scenario.about.map_review_number.clone(),
    }
}
