//! What every map is drawn on.

use crate::charts::{BaseMap, MapTown};
use crate::geography::Plane;
use crate::language::Language;
use crate::report::map_roads::left_out_words;
use crate::roads::generalised::MapRoads;
use crate::scenario::Scenario;

/// Boundary and towns of a scenario, and the roads for which a picture has room.
pub(super) fn base_map(
    scenario: &Scenario,
    roads: MapRoads,
    plane: Plane,
    language: Language,
) -> BaseMap {
    let county = &scenario.county;
    BaseMap {
        plane,
        boundary: county.boundary.rings(),
        roads_left_out: left_out_words(&roads, language),
        roads: roads.lines,
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
