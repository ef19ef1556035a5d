//! The travel times of a scenario: from every station and site to every demand point, each for its own
//! kind of engine, in every time band.

use std::sync::Arc;

use crate::roads::snapping::Location;
use crate::roads::travel_times::TravelTimes;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::error::ScenarioError;

/// The travel times that a scenario needs; their origins are as in [`Scenario::bases`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioTimes {
    /// From every base to every demand point, by time band: the scenario's own first, then the others.
    in_bands: Vec<TravelTimes>,
    /// Between any two demand points, where engines are sent from the road.
    pub between_demand_points: Option<Arc<TravelTimes>>,
    /// Between any two bases, where engines stand by at others.
    pub between_stations: Option<TravelTimes>,
}

impl ScenarioTimes {
    /// From every base to every demand point in a time band: 0 for the scenario's own, or else 1 more
    /// than its place among the others.
    #[must_use]
    pub fn in_band(&self, band: usize) -> &TravelTimes {
        &self.in_bands[band]
    }
}

impl Scenario {
    /// The travel times of the scenario.
    ///
    /// # Errors
    /// When a demand point cannot be reached from any station of some alternative.
    pub fn travel_times(&self) -> Result<ScenarioTimes, ScenarioError> {
        let bands = 0..=self.bands.others.len();
        let in_bands: Vec<TravelTimes> = bands.map(|band| self.times_in(band)).collect();
        let usual = &self.kinds[self.usual_kind().0];
        let between = |ends: &[Location]| {
            let ends = trip_ends(ends);
            usual.roadway.times(&ends, &ends)
        };
        let redirects = self.dispatch.takes_times_between_places();
        let times = ScenarioTimes {
            between_demand_points: redirects.then(|| Arc::new(between(&usual.scenes))),
            between_stations: self.dispatch.cover.map(|_| between(&self.bases)),
            in_bands,
        };
        self.check_reached(times.in_band(0))?;
        Ok(times)
    }

    /// Complains when a demand point is not reached from any station of some alternative.
    fn check_reached(&self, times: &TravelTimes) -> Result<(), ScenarioError> {
        for alternative in &self.alternatives {
            let bases = self.bases_of(alternative);
            for (number, point) in self.county.demand.iter().enumerate() {
                if !bases
                    .iter()
                    .any(|base| times.get(*base, number).is_finite())
                {
                    return Err(ScenarioError::Unreachable {
                        file: self.file.clone(),
                        point: point.id.clone(),
                        name: point.name.local.clone(),
                        alternative: alternative.id.clone(),
                        position: point.position,
                    });
                }
            }
        }
        Ok(())
    }

    /// The times in one band, each base by the roads of its kind of engine.
    fn times_in(&self, band: usize) -> TravelTimes {
        let all: Vec<usize> = (0..self.bases.len()).collect();
        let by_kind = self.kinds.iter().enumerate().map(|(number, kind)| {
            let origins: Vec<TripEnd> = self.places_of_kind(number, &all).collect();
            kind.in_band(band).times(&origins, &trip_ends(&kind.scenes))
        });
        let by_kind: Vec<TravelTimes> = by_kind.collect();
        let mut next_row = vec![0; self.kinds.len()];
        let mut rows = Vec::with_capacity(all.len() * self.county.demand.len());
        for kind in &self.kind_of_base {
            rows.extend_from_slice(by_kind[*kind].from(next_row[*kind]));
            next_row[*kind] += 1;
        }
        for known in &self.known_times {
            rows[known.base * self.county.demand.len() + known.place] = known.time;
        }
        TravelTimes::from_rows(self.county.demand.len(), rows)
    }
}

fn trip_ends(locations: &[Location]) -> Vec<TripEnd> {
    locations
        .iter()
        .map(|location| (*location).into())
        .collect()
}
