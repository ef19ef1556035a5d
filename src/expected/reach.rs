//! Who is there first at any location of the county, on the roads as they are or with some of them
//! closed.
//!
//! A location belongs to its nearest demand point: it is answered by that point's running card, and
//! its incidents come with that point's needs and hours.

use std::collections::BTreeMap;

use crate::brigades::StationId;
use crate::county::demand::DemandPointId;
use crate::county::nearest::NearestPoint;
use crate::expected::Expected;
use crate::expected::assignment::Sent;
use crate::expected::closed_roads::{
    self, Closed, Row, beside, known_when_closed, open_connectors, sum,
};
use crate::expected::engines::FleetStation;
use crate::expected::first_due::FirstDue;
use crate::expected::fleet::Fleet;
use crate::expected::mix::Case;
use crate::geography::{LonLat, Plane, centre};
use crate::roads::road::RoadId;
use crate::roads::roadway::{Ends, Roadway};
use crate::roads::snapping::Location;
use crate::roads::trip::{Connector, TripEnd};
use crate::scenario::Scenario;
use crate::scenario::known_times::{self, Known};
use crate::scenario::network::{ProfileId, TimeBandId};
use crate::scenario::standards::Clock;
use crate::units::{Metres, Millis};

/// Travel from some stations to every demand point and to any location of the county.
#[derive(Debug)]
pub struct Reach<'s> {
    expected: &'s Expected<'s>,
    closed: Closed,
    /// The bands that some period of the day has, by their numbers.
    bands: BTreeMap<TimeBandId, BandReach<'s>>,
    plane: Plane,
    nearest: NearestPoint,
}

/// The roads of one time band.
#[derive(Debug)]
struct BandReach<'s> {
    /// By profile.
    roadways: Vec<&'s Roadway>,
    /// By station: its times to every node and to every demand point.
    rows: BTreeMap<StationId, Row>,
    /// By station and demand point: what is known better than from the roads.
    known: BTreeMap<(StationId, DemandPointId), Known>,
}

/// How the incidents of a demand point are answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What share of them is.
    pub share: f64,
    /// The sum over that share of the time to the first engine.
    pub seconds: f64,
    /// What share of those that standards count is within each standard of the scenario.
    pub within: Vec<f64>,
}

/// A position, where it joins the roads of each profile, and its demand point.
#[derive(Clone, Debug)]
pub struct LocationByProfile {
    /// By profile; none where it has no road.
    locations: Vec<Option<Location>>,
    pub point: DemandPointId,
}

impl LocationByProfile {
    /// Whether there is a road that any engine could come by.
    pub fn has_road(&self) -> bool {
        self.locations.iter().any(Option::is_some)
    }

    /// How far the nearest of its roads is.
    pub fn from_road(&self) -> Option<Metres> {
        let joined = self.locations.iter().flatten();
        let metres = joined.map(|location| location.nearest.access.0);
        metres.min_by(f64::total_cmp).map(Metres)
    }
}

impl<'s> Reach<'s> {
    /// Searches from these stations and all neighbours, with some roads `closed` besides those that the
    /// scenario closes.
    ///
    /// # Panics
    /// When the boundary has no corners, which reading it has excluded.
    pub fn new(expected: &'s Expected<'s>, standing: &[StationId], closed: &[RoadId]) -> Self {
        let closed = Closed::new(closed);
        let fleet = Fleet::of(expected, standing);
        let mut bands = BTreeMap::new();
        for period in expected.day.periods() {
            bands
                .entry(period.band)
                .or_insert_with(|| BandReach::new(expected, &fleet, period.band, &closed));
        }
        let county = &expected.scenario.county;
        let middle = centre(county.boundary.corners()).expect("a boundary has corners");
        let plane = Plane::around(middle);
        Self {
            expected,
            closed,
            bands,
            plane,
            nearest: NearestPoint::of(county, plane),
        }
    }

    /// The station that is first at a demand point; none where no road leads.
    pub fn first_due(&self, fleet: &Fleet, point: DemandPointId) -> Option<FirstDue> {
        let expected = self.expected;
        let travel = self.travel_to(fleet, point);
        let first = |case: Case| expected.first(fleet, expected.call(point, case), &travel);
        expected.mean(fleet, expected.mix.shares(point), first)
    }

    /// The station that is first at a demand point, and the one that is second; none where no
    /// road leads.
    pub fn first_two(&self, fleet: &Fleet, point: DemandPointId) -> [Option<FirstDue>; 2] {
        let expected = self.expected;
        let travel = self.travel_to(fleet, point);
        let second = |case: Case| expected.second(fleet, expected.call(point, case), &travel);
        [
            self.first_due(fleet, point),
            expected.mean(fleet, expected.mix.shares(point), second),
        ]
    }

    /// How the incidents of a demand point are answered, times being on a clock.
    pub fn answered(&self, fleet: &Fleet, point: DemandPointId, clock: Clock) -> Answered {
        let expected = self.expected;
        let standards = &expected.scenario.rules.standards;
        let travel = self.travel_to(fleet, point);
        let mut answered = Answered {
            share: 0.0,
            seconds: 0.0,
            within: vec![0.0; standards.len()],
        };
        for (case, all, counted) in expected.mix.weights(point) {
            let first = expected.first(fleet, expected.call(point, case), &travel);
            let Some(Sent {
                turnout, travel, ..
            }) = first
            else {
                continue;
            };
            let handling = expected.call_handling;
            answered.share += all.share;
            answered.seconds += all.share * clock.time(handling, turnout, travel).seconds();
            for (within, standard) in answered.within.iter_mut().zip(standards) {
                let is_met = standard.is_met(handling, turnout, travel);
                *within += if is_met { counted.share } else { 0.0 };
            }
        }
        answered
    }

    /// Travel times to a demand point, by station of a fleet and time band.
    fn travel_to<'t>(
        &'t self,
        fleet: &'t Fleet,
        point: DemandPointId,
    ) -> impl Fn(FleetStation, TimeBandId) -> Millis + 't {
        move |station, band| self.bands[&band].rows[&fleet.station(station)].to_point[point.index()]
    }

    /// Where a position joins the roads, as far as it has any. `None` where there is no demand point.
    pub fn location(&self, position: LonLat) -> Option<LocationByProfile> {
        self.joined(position, |roadway| roadway.nearest_in_reach(position))
    }

    /// How far a position may be from its road before it has none.
    pub fn road_limit_at(&self, position: LonLat) -> Metres {
        let driven = self.expected.scenario.network.profile(ProfileId(0));
        driven.roadway.road_limit_at(position)
    }

    /// Where a position would join the roads, were there a way to the nearest.
    pub fn location_anyhow(&self, position: LonLat) -> Option<LocationByProfile> {
        self.joined(position, |roadway| {
            let foot = roadway.nearest_over_barriers(position)?;
            Some(Location::beside(position, foot))
        })
    }

    fn joined(
        &self,
        position: LonLat,
        join: impl Fn(&Roadway) -> Option<Location>,
    ) -> Option<LocationByProfile> {
        let point = self.nearest.at(self.plane.project(position))?;
        let profiles = self.expected.scenario.network.profiles.iter();
        Some(LocationByProfile {
            locations: profiles.map(|driven| join(&driven.roadway)).collect(),
            point,
        })
    }

    /// The station that is first at a location, by the nearest road that its engines can use. Where the
    /// time to its demand point is known better than from the roads, that to the location is longer or
    /// shorter in proportion.
    pub fn first_at(&self, fleet: &Fleet, location: &LocationByProfile) -> Option<FirstDue> {
        let expected = self.expected;
        let bands = self.bands.keys().copied().collect::<Vec<TimeBandId>>();
        // Each once, as every case asks for it: by band, then by station.
        let travel: Vec<Vec<Millis>> = (bands.iter())
            .map(|band| self.travel_in(&self.bands[band], fleet, location))
            .collect();
        let travel = |station: FleetStation, band: TimeBandId| {
            let index = bands.iter().position(|known| *known == band);
            index.map_or(Millis::NEVER, |index| travel[index][station.index()])
        };
        let first = |case: Case| -> Option<Sent> {
            expected.first(fleet, expected.call(location.point, case), travel)
        };
        expected.mean(fleet, expected.mix.shares(location.point), first)
    }

    /// Travel times in one band from each station of a fleet to a location.
    fn travel_in(
        &self,
        reach: &BandReach<'_>,
        fleet: &Fleet,
        location: &LocationByProfile,
    ) -> Vec<Millis> {
        let scenario = self.expected.scenario;
        let by_profile = reach.roadways.iter().zip(&location.locations);
        let ends: Vec<Option<(Ends, Vec<Connector>)>> = by_profile
            .map(|(roadway, location)| {
                let end = TripEnd::from(location.as_ref()?);
                let connectors = open_connectors(roadway.connectors_in(&end), &self.closed);
                Some((roadway.ends(&end), connectors))
            })
            .collect();
        let stations = fleet.stations().iter();
        stations
            .map(|station| {
                let profile = scenario.stations.profile(*station).index();
                let Some((end, connectors)) = &ends[profile] else {
                    return Millis::NEVER;
                };
                let row = &reach.rows[station];
                let over_junctions = connectors
                    .iter()
                    .map(|connector| sum(row.to_node[connector.node as usize], connector.time))
                    .min();
                let direct = beside(reach.roadways[profile], &self.closed, &row.origin, end);
                let time = over_junctions.unwrap_or(Millis::NEVER).min(direct);
                let known = reach.known.get(&(*station, location.point));
                known.map_or(time, |known| known.corrects(time))
            })
            .collect()
    }
}

impl<'s> BandReach<'s> {
    fn new(expected: &Expected<'s>, fleet: &Fleet, band: TimeBandId, closed: &Closed) -> Self {
        let scenario = expected.scenario;
        let profiles = scenario.network.profiles.iter();
        let roadways: Vec<&Roadway> = profiles.map(|driven| driven.in_band(band)).collect();
        let mut rows = closed_roads::rows(scenario, &roadways, fleet.stations(), closed);
        let known = known_times(scenario, &roadways, &rows, closed);
        for (station, row) in &mut rows {
            known_times::correct(&scenario.county, &mut row.to_point, |point| {
                known.get(&(*station, point)).copied()
            });
        }
        Self {
            roadways,
            rows,
            known,
        }
    }
}

/// The times from the stations of `rows` that are known better than from the roads, with some roads closed.
fn known_times(
    scenario: &Scenario,
    roadways: &[&Roadway],
    rows: &BTreeMap<StationId, Row>,
    closed: &Closed,
) -> BTreeMap<(StationId, DemandPointId), Known> {
    let known = scenario.stations.known_times.iter();
    let known: Vec<_> = known
        .filter(|known| rows.contains_key(&known.station))
        .collect();
    let opened;
    let open = if closed.is_empty() || known.is_empty() {
        rows
    } else {
        let mut stations: Vec<StationId> = known.iter().map(|known| known.station).collect();
        stations.sort_unstable();
        stations.dedup();
        opened = closed_roads::rows(scenario, roadways, &stations, &Closed::default());
        &opened
    };
    let known = known.into_iter().map(|known| {
        let [before, on_roads] =
            [open, rows].map(|rows| rows[&known.station].to_point[known.point.index()]);
        let time = known_when_closed(known.time, before, on_roads);
        ((known.station, known.point), Known { on_roads, time })
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::scenario::loading::locate;

    /// Every station of the embedded county, to every village: as the matrix of travel times.
    #[test]
    fn with_all_roads_open_the_times_are_those_of_the_matrix() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let stations: Vec<StationId> = scenario.stations.all().collect();
        let expected = Expected::of(&scenario);
        let reach = Reach::new(&expected, &stations, &[]);
        for station in stations {
            let row = times.in_band(TimeBandId::USUAL).from(station.index());
            assert_eq!(reach.bands[&TimeBandId::USUAL].rows[&station].to_point, row);
        }
    }

    /// A location at a village is reached when the village is.
    #[test]
    fn a_location_at_a_demand_point_is_reached_when_the_point_is() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let stations: Vec<StationId> = scenario.stations.all().step_by(3).collect();
        let expected = Expected::of(&scenario);
        let fleet = Fleet::of(&expected, &stations);
        let reach = Reach::new(&expected, &stations, &[]);
        for (id, point) in scenario.county.points() {
            let [first, second] = reach.first_two(&fleet, id);
            let (first, second) = (first.unwrap(), second.unwrap());
            let location = reach.location(point.position).unwrap();
            assert_eq!(location.point, id);
            let at = reach.first_at(&fleet, &location);
            assert_eq!(at, Some(first), "{}", point.id);
            let clock = Clock::Dispatch;
            assert!(second.time(clock) >= first.time(clock));
            assert_ne!(second.station, first.station);
        }
    }
}
