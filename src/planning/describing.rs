//! Describes junctions and towns, so that an answer is complete without its scenario.

use super::free_choice::FreeChoice;
use super::junctions::JunctionId;
use super::optimization::{Chosen, IdAndName, JunctionSite, NearestVillage};
use super::question::JunctionChoice;

/// A choice that is described.
pub(super) struct Description<'a>(pub(super) &'a FreeChoice);

/// To a millionth, as in `comparison.json`: the last binary place is noise.
pub(super) fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}

impl Description<'_> {
    pub(super) fn site(&self, id: JunctionId) -> JunctionSite {
        let (junction, site) = (self.0.junction(id), self.0.site(id));
        let county = &self.0.scenario.county;
        let town = &county.towns[junction.town.index()];
        let village = county.point(junction.nearest);
        JunctionSite {
            id: site.station.id.clone(),
            name: site.station.name.clone(),
            lon: junction.position.lon,
            lat: junction.position.lat,
            town: IdAndName {
                id: town.id.clone(),
                name: town.name.clone(),
            },
            nearest_village: NearestVillage {
                point: IdAndName {
                    id: village.id.clone(),
                    name: village.name.clone(),
                },
                distance_metres: (junction.distance.0 * 1000.0).round() / 1000.0,
            },
        }
    }

    pub(super) fn sites(&self, junctions: &[JunctionId]) -> Vec<JunctionSite> {
        junctions.iter().map(|id| self.site(*id)).collect()
    }

    pub(super) fn chosen(&self, choice: &JunctionChoice) -> Chosen {
        Chosen {
            mean_response_seconds: tidy(choice.mean),
            sites: self.sites(&choice.junctions),
        }
    }
}
