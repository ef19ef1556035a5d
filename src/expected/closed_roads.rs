//! Travel times from stations with some roads closed.
//!
//! A closed road is not driven at all, not even up to a location on it; every location joins the
//! roads where it joined them before, and turns cost what they cost before.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::brigades::StationId;
use crate::paths::{HeapSearch, LIMIT, NEVER, Seed};
use crate::roads::road::RoadId;
use crate::roads::roadway::{Ends, Roadway};
use crate::roads::trip::{Connector, TripEnd};
use crate::scenario::Scenario;
use crate::scenario::network::ProfileId;
use crate::units::Millis;

/// Roads that are closed, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Closed(Vec<RoadId>);

impl Closed {
    /// Whether no road is closed.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These roads.
    pub fn new(roads: &[RoadId]) -> Self {
        let mut closed = roads.to_vec();
        closed.sort_unstable();
        Self(closed)
    }

    pub(super) fn holds(&self, road: Option<RoadId>) -> bool {
        road.is_some_and(|road| self.0.binary_search(&road).is_ok())
    }
}

/// What a search from one station found.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) to_node: Vec<u32>,
    pub(super) to_point: Vec<Millis>,
    /// Where it began.
    pub(super) origin: Ends,
}

/// The sum of two parts of a trip; what a search cannot count is not reached.
pub fn sum(to_node: u32, rest: Millis) -> Millis {
    let time = Millis(to_node) + rest;
    if time.0 < LIMIT { time } else { Millis::NEVER }
}

/// A time that is known better than from the roads, where roads are closed: it grows by as much as that
/// along the roads does. Where no road led before, none is missed.
pub fn known_when_closed(known: Millis, open: Millis, closed: Millis) -> Millis {
    if !open.is_finite() {
        known
    } else if !closed.is_finite() {
        Millis::NEVER
    } else {
        known + Millis(closed.0.saturating_sub(open.0))
    }
}

/// What a search from each of the stations finds, by the roadway of its profile.
pub(super) fn rows(
    scenario: &Scenario,
    roadways: &[&Roadway],
    stations: &[StationId],
    closed: &Closed,
) -> BTreeMap<StationId, Row> {
    let mut rows = BTreeMap::new();
    let profiles = scenario.network.profiles.iter().zip(roadways);
    for (profile, (driven, roadway)) in (0..).map(ProfileId).zip(profiles) {
        let of_profile = stations.iter().copied();
        let of_profile = of_profile.filter(|id| scenario.stations.profile(*id) == profile);
        let stations: Vec<StationId> = of_profile.collect();
        let origins = stations.iter().map(|id| scenario.stations.location(*id));
        let origins: Vec<TripEnd> = origins.map(TripEnd::from).collect();
        let points: Vec<TripEnd> = driven.demand_points.iter().map(TripEnd::from).collect();
        let found = search(roadway, closed, &origins, &points);
        rows.extend(stations.into_iter().zip(found));
    }
    rows
}

/// Each origin's times to the nodes and to the points.
fn search(roadway: &Roadway, closed: &Closed, origins: &[TripEnd], points: &[TripEnd]) -> Vec<Row> {
    let graph = roadway.graph();
    let masked;
    let digraph = if closed.is_empty() {
        graph.digraph()
    } else {
        let open = (0..).zip(graph.digraph().weight()).map(|(arc, weight)| {
            if closed.holds(Some(graph.direction_of(arc).road)) {
                NEVER
            } else {
                *weight
            }
        });
        masked = graph.digraph().with_weights(&open.collect::<Vec<u32>>());
        &masked
    };
    let ends: Vec<(Ends, Vec<Connector>)> = points
        .par_iter()
        .map(|point| {
            let connectors = open_connectors(roadway.connectors_in(point), closed);
            (roadway.ends(point), connectors)
        })
        .collect();
    let from_each = |search: &mut HeapSearch, origin: &TripEnd| {
        let seeds: Vec<Seed> = open_connectors(roadway.connectors_out(origin), closed)
            .into_iter()
            .map(|connector| Seed {
                node: connector.node,
                time: connector.time.0,
            })
            .collect();
        search.run(digraph, &seeds);
        let origin = roadway.ends(origin);
        let to_point = ends.iter().map(|(point, connectors)| {
            let over_junctions = connectors
                .iter()
                .map(|connector| sum(search.time(connector.node), connector.time))
                .min();
            let direct = beside(roadway, closed, &origin, point);
            over_junctions.unwrap_or(Millis::NEVER).min(direct)
        });
        Row {
            to_point: to_point.collect(),
            to_node: search.times().to_vec(),
            origin,
        }
    };
    origins
        .par_iter()
        .map_init(HeapSearch::default, from_each)
        .collect()
}

/// Travel times from each origin to each point on one roadway, with some roads closed.
pub fn travel_without(
    roadway: &Roadway,
    closed: &[RoadId],
    origins: &[TripEnd],
    points: &[TripEnd],
) -> Vec<Vec<Millis>> {
    let rows = search(roadway, &Closed::new(closed), origins, points);
    rows.into_iter().map(|row| row.to_point).collect()
}

pub(super) fn open_connectors(mut connectors: Vec<Connector>, closed: &Closed) -> Vec<Connector> {
    connectors.retain(|connector| !closed.holds(connector.road));
    connectors
}

/// The time of the trip that passes no junction, or `NEVER`.
pub(super) fn beside(roadway: &Roadway, closed: &Closed, origin: &Ends, point: &Ends) -> Millis {
    let trips = roadway.beside(origin, point);
    let open = trips.filter(|(_, road)| !closed.holds(*road));
    open.map(|(time, _)| time).min().unwrap_or(Millis::NEVER)
}
