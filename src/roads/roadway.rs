//! The roads as one profile drives them: where it joins them, and how it sets out and arrives.

use std::sync::{Arc, OnceLock};

use petgraph::graph::NodeIndex;

use crate::geography::LonLat;
use crate::paths::{Hierarchy, Seed};
use crate::roads::access::{Access, AccessPace};
use crate::roads::cache::Cache;
use crate::roads::engine_graph::EngineGraph;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::{Conditions, Profile, ProfileError};
use crate::roads::road::{Direction, RoadId};
use crate::roads::snapping::{Location, Snapper};
use crate::roads::trip::{Connector, Leg, Route, TripEnd};
use crate::units::Millis;

/// The roads as one profile drives them under given conditions.
#[derive(Debug)]
pub struct Roadway {
    pub(super) roads: Arc<RoadGraph>,
    pub(super) graph: EngineGraph,
    snapper: Snapper,
    pace: AccessPace,
    /// Where the contraction of the graph is kept from run to run.
    pub(super) cache: Option<Cache>,
    /// Made when the first matrix asks for it.
    pub(super) hierarchy: OnceLock<Hierarchy>,
}

/// A share of a road that is no more than rounding: a location so near its end stands at the junction,
/// from which an engine may leave by any road.
const AT_THE_END: f64 = 1e-9;

/// Where on the network a location stands.
enum Stand {
    Junction(NodeIndex),
    OnRoad(Location),
}

impl Roadway {
    /// The roads as an engine of `profile` drives them.
    ///
    /// # Errors
    /// When the profile does not know the conditions, or a class of road.
    pub fn new(
        roads: Arc<RoadGraph>,
        profile: &Profile,
        conditions: &Conditions,
        access: &Access<'_>,
    ) -> Result<Self, ProfileError> {
        profile.check_classes(&roads)?;
        let graph = EngineGraph::new(&roads, &profile.under(conditions)?);
        let main_part = graph.main_part(&roads);
        let snapper = Snapper::new(&roads, |road| main_part[road.index()], access);
        Ok(Self {
            roads,
            graph,
            snapper,
            pace: access.pace,
            cache: None,
            hierarchy: OnceLock::new(),
        })
    }

    /// With a cache, in which what large matrices need is kept for the next run.
    ///
    /// Not meant for roads of which some are closed for once: each choice of them would be kept.
    pub fn with_cache(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
    }

    pub fn roads(&self) -> &RoadGraph {
        &self.roads
    }

    /// The roads with their turns and times.
    pub fn graph(&self) -> &EngineGraph {
        &self.graph
    }

    /// The point at which a location joins the nearest road that this engine can use, there and back,
    /// without crossing a barrier on the way to it; `None` where no road can be joined.
    pub fn nearest(&self, position: LonLat) -> Option<Location> {
        self.snapper.nearest(position)
    }

    /// The same, no farther away than a location may be from its road before it has none.
    pub fn nearest_in_reach(&self, position: LonLat) -> Option<Location> {
        self.snapper.nearest_in_reach(position)
    }

    /// The same whatever lies between.
    pub fn nearest_over_barriers(&self, position: LonLat) -> Option<Location> {
        self.snapper.nearest_over_barriers(position)
    }

    /// Where an engine from `origin` can be first.
    pub fn connectors_out(&self, origin: TripEnd) -> Vec<Connector> {
        let ways = self.setting_out(origin).into_iter();
        ways.map(|(seed, leg)| Connector {
            node: seed.node,
            time: Millis(seed.time),
            road: leg.map(|leg| leg.direction.road),
        })
        .collect()
    }

    /// Where an engine can be last before `destination`.
    pub fn connectors_in(&self, destination: TripEnd) -> Vec<Connector> {
        let exits = self.arrivals(destination).into_iter();
        exits
            .map(|exit| Connector {
                node: exit.node,
                time: Millis(exit.seed().time),
                road: exit.last.map(|leg| leg.direction.road),
            })
            .collect()
    }

    /// The trip between two locations that passes no junction, where there can be one: its time, and
    /// the road that is driven.
    pub fn beside(
        &self,
        origin: TripEnd,
        destination: TripEnd,
    ) -> Option<(Millis, Option<RoadId>)> {
        let route = self.direct(origin, destination)?;
        let road = route.legs.first().map(|leg| leg.direction.road);
        Some((route.time(), road))
    }

    /// The road beside which a trip ends, unless it is at a junction.
    pub fn road_of(&self, end: TripEnd) -> Option<RoadId> {
        match self.stand(end) {
            Stand::Junction(_) => None,
            Stand::OnRoad(location) => Some(location.road),
        }
    }

    /// Where an engine from `origin` can be first, and when.
    pub(super) fn departures(&self, origin: TripEnd) -> Vec<Seed> {
        let ways = self.setting_out(origin);
        ways.into_iter().map(|(seed, _)| seed).collect()
    }

    /// As [`Self::departures`], each with the drive that leads there.
    pub(super) fn setting_out(&self, origin: TripEnd) -> Vec<(Seed, Option<Leg>)> {
        let access = self.access(origin);
        match self.stand(origin) {
            Stand::Junction(junction) => {
                let departures = self.graph.departures(&self.roads, junction).into_iter();
                departures
                    .map(|(node, direction)| {
                        let leg = direction.map(|direction| Leg {
                            direction,
                            turn: Millis(0),
                            drive: self.graph.drive(direction),
                        });
                        let time = access + leg.map_or(Millis(0), |leg| leg.drive);
                        (Seed { node, time: time.0 }, leg)
                    })
                    .collect()
            }
            Stand::OnRoad(location) => both_ways(location)
                .into_iter()
                .filter_map(|(direction, before, after)| {
                    let drive = self.graph.drive_part(direction, before, after);
                    let time = access + drive;
                    let node = self.graph.arrival(direction)?;
                    let leg = Leg {
                        direction,
                        turn: Millis(0),
                        drive,
                    };
                    time.is_finite()
                        .then_some((Seed { node, time: time.0 }, Some(leg)))
                })
                .collect(),
        }
    }

    /// The nodes before `destination`, and what is left from there.
    pub(super) fn arrivals(&self, destination: TripEnd) -> Vec<Exit> {
        let egress = self.access(destination);
        match self.stand(destination) {
            Stand::Junction(junction) => self
                .graph
                .nodes(junction)
                .map(|node| Exit {
                    node,
                    last: None,
                    egress,
                })
                .collect(),
            Stand::OnRoad(location) => both_ways(location)
                .into_iter()
                .flat_map(|(direction, before, _)| {
                    let drive = self.graph.drive_part(direction, 0.0, before);
                    let turns = self.graph.turns_into(&self.roads, direction).into_iter();
                    turns.map(move |turn| Exit {
                        node: turn.node,
                        last: Some(Leg {
                            direction,
                            turn: Millis(turn.time),
                            drive,
                        }),
                        egress,
                    })
                })
                .collect(),
        }
    }

    /// The time of the trip between two locations that passes no junction, or `NEVER`.
    pub(super) fn without_junction(&self, origin: TripEnd, destination: TripEnd) -> Millis {
        self.direct(origin, destination)
            .map_or(Millis::NEVER, |route| route.time())
    }

    /// The trip between two locations that passes no junction, where there can be one.
    pub(super) fn direct(&self, origin: TripEnd, destination: TripEnd) -> Option<Route> {
        let leg = |direction, from, share| Leg {
            direction,
            turn: Millis(0),
            drive: self.graph.drive_part(direction, from, share),
        };
        let leg = match (self.stand(origin), self.stand(destination)) {
            (Stand::Junction(from), Stand::Junction(to)) if from == to => None,
            (Stand::Junction(junction), Stand::OnRoad(location)) => {
                let road = self.roads.road(location.road);
                let begin = both_ways(location)
                    .into_iter()
                    .filter(|(direction, _, _)| road.tail(direction.forwards) == junction)
                    .map(|(direction, before, _)| leg(direction, 0.0, before));
                Some(begin.min_by_key(|leg| leg.drive)?)
            }
            (Stand::OnRoad(from), Stand::OnRoad(to)) if from.road == to.road => {
                let direction = Direction {
                    road: to.road,
                    forwards: to.share >= from.share,
                };
                let begin = if direction.forwards {
                    from.share
                } else {
                    1.0 - from.share
                };
                Some(leg(direction, begin, (to.share - from.share).abs()))
            }
            _ => return None,
        };
        Some(Route {
            access: self.access(origin),
            legs: leg.into_iter().collect(),
            egress: self.access(destination),
        })
    }

    fn stand(&self, end: TripEnd) -> Stand {
        match end {
            TripEnd::Junction(junction) => Stand::Junction(junction),
            TripEnd::Beside(location) if location.share < AT_THE_END => {
                Stand::Junction(self.roads.road(location.road).from)
            }
            TripEnd::Beside(location) if location.share > 1.0 - AT_THE_END => {
                Stand::Junction(self.roads.road(location.road).to)
            }
            TripEnd::Beside(location) => Stand::OnRoad(location),
        }
    }

    pub(super) fn access(&self, end: TripEnd) -> Millis {
        match end {
            TripEnd::Junction(_) => Millis(0),
            TripEnd::Beside(location) => self.pace.time(location.access),
        }
    }
}

/// A node, and what is left of a trip after it.
pub(super) struct Exit {
    pub(super) node: u32,
    pub(super) last: Option<Leg>,
    egress: Millis,
}

impl Exit {
    pub(super) fn seed(&self) -> Seed {
        let last = self.last.map_or(Millis(0), |leg| leg.turn + leg.drive);
        Seed {
            node: self.node,
            time: (last + self.egress).0,
        }
    }
}

/// The two directions in which the road of a location is driven, with the shares of it before and
/// after the location.
fn both_ways(location: Location) -> [(Direction, f64, f64); 2] {
    let (share, rest) = (location.share, 1.0 - location.share);
    [(true, share, rest), (false, rest, share)].map(|(forwards, before, after)| {
        let road = location.road;
        (Direction { road, forwards }, before, after)
    })
}
