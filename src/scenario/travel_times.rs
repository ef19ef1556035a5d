//! The travel times of a scenario: from every station and site to every demand point, each by
//! its profile, in every time band.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::brigades::StationId;
use crate::county::demand::DemandPointId;
use crate::roads::snapping::Location;
use crate::roads::travel_times::TravelTimes;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::error::ScenarioError;
use crate::scenario::known_times::{self, Known};
use crate::scenario::network::{ProfileId, TimeBandId};
use crate::units::Millis;

/// The travel times that a scenario needs; their origins are by [`StationId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioTimes {
    /// From every station to every demand point, by time band: the scenario's first, then the others.
    in_bands: Vec<TravelTimes>,
    /// Between any two demand points, where engines are sent from the road.
    pub between_demand_points: Option<Arc<TravelTimes>>,
    /// Between any two stations, where engines stand by at others.
    pub between_stations: Option<TravelTimes>,
}

impl ScenarioTimes {
    /// From every station to every demand point in a time band.
    pub fn in_band(&self, band: TimeBandId) -> &TravelTimes {
        &self.in_bands[band.index()]
    }

    /// From a station to a demand point in a time band.
    pub fn get(&self, band: TimeBandId, from: StationId, to: DemandPointId) -> Millis {
        self.in_band(band).get(from.index(), to.index())
    }
}

impl Scenario {
    /// The travel times of the scenario.
    ///
    /// # Errors
    /// When a demand point cannot be reached from any station of some alternative that has one.
    pub fn travel_times(&self) -> Result<ScenarioTimes, ScenarioError> {
        let bands = self.network.bands.ids();
        let in_bands: Vec<TravelTimes> = bands.map(|band| self.times_in(band)).collect();
        let usual = self.network.profile(self.stations.usual_profile().0);
        let between = |ends: &[Location]| {
            let ends = trip_ends(ends);
            usual.roadway.times(&ends, &ends)
        };
        let stations: Vec<Location> = (self.stations.driving.iter())
            .map(|of| of.location.clone())
            .collect();
        let stand_by = self.rules.dispatch.move_up.is_some();
        let redirects = self.rules.dispatch.takes_times_between_points();
        let times = ScenarioTimes {
            between_demand_points: redirects.then(|| Arc::new(between(&usual.demand_points))),
            between_stations: stand_by.then(|| between(&stations)),
            in_bands,
        };
        self.check_reached(times.in_band(TimeBandId::USUAL))?;
        Ok(times)
    }

    /// Complains when a demand point is not reached from any station of some alternative that has one.
    fn check_reached(&self, times: &TravelTimes) -> Result<(), ScenarioError> {
        for alternative in &self.alternatives {
            let stations = self.stations.standing(alternative);
            if stations.is_empty() {
                // The first brigade is still to come.
                continue;
            }
            for (number, point) in self.county.demand.iter().enumerate() {
                let mut reached = stations.iter().map(|id| times.get(id.index(), number));
                if !reached.any(Millis::is_finite) {
                    return Err(ScenarioError::Unreachable {
                        file: self.about.file.clone(),
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

    /// The times in one band, each station by the roads of its profile.
    fn times_in(&self, band: TimeBandId) -> TravelTimes {
        let driving = &self.stations.driving;
        let by_profile = self.network.profiles.iter().zip((0..).map(ProfileId));
        let by_profile = by_profile.map(|(driven, profile)| {
            let of_profile = driving.iter().filter(|of| of.profile == profile);
            let origins: Vec<TripEnd> = of_profile.map(|of| TripEnd::from(&of.location)).collect();
            driven
                .in_band(band)
                .times(&origins, &trip_ends(&driven.demand_points))
        });
        let by_profile: Vec<TravelTimes> = by_profile.collect();
        let points = self.county.demand.len();
        let mut next_row = vec![0; by_profile.len()];
        let mut rows = Vec::with_capacity(driving.len() * points);
        for of in driving {
            let profile = of.profile.index();
            rows.extend_from_slice(by_profile[profile].from(next_row[profile]));
            next_row[profile] += 1;
        }
        let mut known: BTreeMap<(StationId, DemandPointId), Known> = BTreeMap::new();
        for of in &self.stations.known_times {
            let on_roads = rows[of.station.index() * points + of.point.index()];
            let time = of.time;
            known.insert((of.station, of.point), Known { on_roads, time });
        }
        if !known.is_empty() {
            for (station, row) in self.stations.all().zip(rows.chunks_mut(points)) {
                known_times::correct(&self.county, row, |point| {
                    known.get(&(station, point)).copied()
                });
            }
        }
        TravelTimes::from_rows(points, rows)
    }
}

fn trip_ends(locations: &[Location]) -> Vec<TripEnd> {
    locations.iter().map(TripEnd::from).collect()
}
