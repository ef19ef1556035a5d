//! The roads as one profile drives them: where it joins them, and how it sets out and arrives.

use std::sync::{Arc, OnceLock};

use petgraph::graph::NodeIndex;

use crate::geography::LonLat;
use crate::paths::{Hierarchy, Seed};
use crate::roads::access::{Access, AccessPace};
use crate::roads::cache::Cache;
use crate::roads::engine_graph::EngineGraph;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::{Lanes, YARDS};
use crate::roads::profile::{Conditions, Profile, ProfileError};
use crate::roads::road::{Direction, RoadId};
use crate::roads::snapping::{Foot, Location, Snapper};
use crate::roads::trip::{Connector, Leg, OffRoad, Route, TripEnd};
use crate::units::{KmPerHour, Metres, Millis};

/// The roads as one profile drives them under given conditions.
#[derive(Debug)]
pub struct Roadway {
    pub(super) roads: Arc<RoadGraph>,
    pub(super) graph: EngineGraph,
    snapper: Snapper,
    pace: AccessPace,
    lanes: Lanes,
    /// Where the contraction of the graph is kept from run to run.
    pub(super) cache: Option<Cache>,
    /// Made when the first matrix asks for it.
    pub(super) hierarchy: OnceLock<Hierarchy>,
}

/// A share of a road that is no more than rounding: a location so near its end stands at the junction,
/// from which an engine may leave by any road.
const AT_THE_END: f64 = 1e-9;

/// Where on the network a trip begins or ends, once it has left its place or before it comes to it.
#[derive(Clone, Copy, Debug)]
enum Stand {
    Junction(NodeIndex),
    OnRoad(Foot),
}

/// All that is known of one end of a trip.
#[derive(Debug)]
pub struct Ends {
    stands: Vec<(Stand, OffRoad)>,
    /// Where it is, if ways by unlisted lanes lead from there.
    on_lanes: Option<LonLat>,
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
            lanes: access.lanes,
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

    /// How ways by unlisted lanes are modelled.
    pub fn lanes(&self) -> Lanes {
        self.lanes
    }

    /// Has engines drive at another speed on lanes; where lanes are missing, and which roads they lead to, stays.
    pub fn set_lane_speed(&mut self, speed: KmPerHour) {
        self.lanes.speed = speed;
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

    /// How far a location at this position may be from its road before it has none.
    pub fn road_limit_at(&self, position: LonLat) -> Metres {
        self.snapper.reach_at(position)
    }

    /// The nearest road whatever lies between.
    pub fn nearest_over_barriers(&self, position: LonLat) -> Option<Foot> {
        self.snapper.nearest_over_barriers(position)
    }

    /// Where an engine from `origin` can be first.
    pub fn connectors_out(&self, origin: &TripEnd) -> Vec<Connector> {
        let ways = self.setting_out(&self.ends(origin)).into_iter();
        ways.map(|start| Connector {
            node: start.seed.node,
            time: Millis(start.seed.time),
            road: start.leg.map(|leg| leg.direction.road),
        })
        .collect()
    }

    /// Where an engine can be last before `destination`.
    pub fn connectors_in(&self, destination: &TripEnd) -> Vec<Connector> {
        let exits = self.arrivals(&self.ends(destination)).into_iter();
        exits
            .map(|exit| Connector {
                node: exit.node,
                time: Millis(exit.seed().time),
                road: exit.last.map(|leg| leg.direction.road),
            })
            .collect()
    }

    /// The trips between two locations that pass no junction: the time of each, and the listed road that is
    /// driven, where one is.
    pub fn beside<'e>(
        &'e self,
        origin: &'e Ends,
        destination: &'e Ends,
    ) -> impl Iterator<Item = (Millis, Option<RoadId>)> + 'e {
        let routes = self.without_junction(origin, destination);
        let road = |route: &Route| route.legs.first().map(|leg| leg.direction.road);
        routes.map(move |route| (route.time(), road(&route)))
    }

    /// The road beside which a trip ends, unless it is at a junction.
    pub fn road_of(&self, end: &TripEnd) -> Option<RoadId> {
        match end {
            TripEnd::Junction(_) => None,
            TripEnd::Beside(location) => match self.stand(&location.nearest) {
                Stand::Junction(_) => None,
                Stand::OnRoad(foot) => Some(foot.road),
            },
        }
    }

    /// All that is known of one end of a trip.
    pub fn ends(&self, end: &TripEnd) -> Ends {
        match end {
            TripEnd::Junction(junction) => Ends {
                stands: vec![(Stand::Junction(*junction), OffRoad::NONE)],
                on_lanes: None,
            },
            TripEnd::Beside(location) => Ends {
                stands: (location.feet())
                    .map(|foot| (self.stand(foot), self.off_road(location, foot)))
                    .collect(),
                on_lanes: location.by_lanes.is_some().then_some(location.position),
            },
        }
    }

    /// How an engine sets out: the first nodes at which it can be, and when.
    pub(super) fn setting_out(&self, origin: &Ends) -> Vec<Start> {
        let starts = |(stand, access): &(Stand, OffRoad)| self.starts_at(*stand, *access);
        origin.stands.iter().flat_map(starts).collect()
    }

    fn starts_at(&self, stand: Stand, access: OffRoad) -> Vec<Start> {
        match stand {
            Stand::Junction(junction) => {
                let departures = self.graph.departures(&self.roads, junction).into_iter();
                departures
                    .map(|(node, direction)| {
                        let leg = direction.map(|direction| Leg {
                            direction,
                            turn: Millis(0),
                            drive: self.graph.drive(direction),
                        });
                        let time = access.time + leg.map_or(Millis(0), |leg| leg.drive);
                        let seed = Seed { node, time: time.0 };
                        Start { seed, access, leg }
                    })
                    .collect()
            }
            Stand::OnRoad(foot) => both_ways(foot)
                .into_iter()
                .filter_map(|(direction, before, after)| {
                    let drive = self.graph.drive_part(direction, before, after);
                    let time = access.time + drive;
                    let node = self.graph.arrival(direction)?;
                    let leg = Some(Leg {
                        direction,
                        turn: Millis(0),
                        drive,
                    });
                    let seed = Seed { node, time: time.0 };
                    time.is_finite().then_some(Start { seed, access, leg })
                })
                .collect(),
        }
    }

    /// The nodes before a destination, and what is left from there.
    pub(super) fn arrivals(&self, destination: &Ends) -> Vec<Exit> {
        let exits = |(stand, egress): &(Stand, OffRoad)| self.exits_to(*stand, *egress);
        destination.stands.iter().flat_map(exits).collect()
    }

    fn exits_to(&self, stand: Stand, egress: OffRoad) -> Vec<Exit> {
        match stand {
            Stand::Junction(junction) => self
                .graph
                .nodes(junction)
                .map(|node| Exit {
                    node,
                    last: None,
                    egress,
                })
                .collect(),
            Stand::OnRoad(foot) => both_ways(foot)
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

    /// The trips between two locations that pass no junction: along one road, or by lanes alone.
    pub(super) fn without_junction<'e>(
        &'e self,
        origin: &'e Ends,
        destination: &'e Ends,
    ) -> impl Iterator<Item = Route> + 'e {
        let pairs = origin.stands.iter().flat_map(|from| {
            let stands = destination.stands.iter();
            stands.map(move |to| (from, to))
        });
        let along = pairs.filter_map(|((from, access), (to, egress))| {
            Some(Route {
                access: *access,
                legs: self.along_one_road(*from, *to)?.into_iter().collect(),
                egress: *egress,
            })
        });
        along.chain(self.by_lanes(origin, destination))
    }

    /// The road that is driven between two places at which no junction lies between them, if any is.
    fn along_one_road(&self, from: Stand, to: Stand) -> Option<Option<Leg>> {
        let leg = |direction, from, share| Leg {
            direction,
            turn: Millis(0),
            drive: self.graph.drive_part(direction, from, share),
        };
        match (from, to) {
            (Stand::Junction(from), Stand::Junction(to)) if from == to => Some(None),
            (Stand::Junction(junction), Stand::OnRoad(foot)) => {
                let road = self.roads.road(foot.road);
                let begin = both_ways(foot)
                    .into_iter()
                    .filter(|(direction, _, _)| road.tail(direction.forwards) == junction)
                    .map(|(direction, before, _)| leg(direction, 0.0, before));
                Some(Some(begin.min_by_key(|leg| leg.drive)?))
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
                let share = (to.share - from.share).abs();
                Some(Some(leg(direction, begin, share)))
            }
            _ => None,
        }
    }

    /// The trip by unlisted lanes alone, where they are missing at both ends and it is short enough.
    fn by_lanes(&self, origin: &Ends, destination: &Ends) -> Option<Route> {
        let (from, to) = (origin.on_lanes?, destination.on_lanes?);
        let straight = from.distance(to);
        (straight <= self.lanes.longest && self.snapper.is_clear(from, to)).then(|| Route {
            access: OffRoad {
                foot: None,
                straight,
                time: self.pace.time_off_roads(&self.lanes, straight),
                by_lanes: true,
            },
            legs: Vec::new(),
            egress: OffRoad::NONE,
        })
    }

    fn stand(&self, foot: &Foot) -> Stand {
        if foot.share < AT_THE_END {
            Stand::Junction(self.roads.road(foot.road).from)
        } else if foot.share > 1.0 - AT_THE_END {
            Stand::Junction(self.roads.road(foot.road).to)
        } else {
            Stand::OnRoad(*foot)
        }
    }

    /// The way between a location and one of its roads.
    fn off_road(&self, location: &Location, foot: &Foot) -> OffRoad {
        let straight = foot.access;
        let lanes = location.by_lanes.as_ref().map(|_| self.lanes);
        OffRoad {
            foot: Some(*foot),
            straight,
            time: match lanes {
                Some(lanes) => self.pace.time_by_lanes(&lanes, straight),
                None => self.pace.time(straight),
            },
            by_lanes: lanes.is_some() && straight > YARDS,
        }
    }
}

/// A way of setting out: the node that is first reached, and how.
pub(super) struct Start {
    pub(super) seed: Seed,
    pub(super) access: OffRoad,
    pub(super) leg: Option<Leg>,
}

/// A node, and what is left of a trip after it.
pub(super) struct Exit {
    pub(super) node: u32,
    pub(super) last: Option<Leg>,
    pub(super) egress: OffRoad,
}

impl Exit {
    pub(super) fn seed(&self) -> Seed {
        let last = self.last.map_or(Millis(0), |leg| leg.turn + leg.drive);
        Seed {
            node: self.node,
            time: (last + self.egress.time).0,
        }
    }
}

/// The two directions in which the road of a location is driven, with the shares of it before and
/// after the location.
fn both_ways(foot: Foot) -> [(Direction, f64, f64); 2] {
    let (share, rest) = (foot.share, 1.0 - foot.share);
    [(true, share, rest), (false, rest, share)].map(|(forwards, before, after)| {
        let road = foot.road;
        (Direction { road, forwards }, before, after)
    })
}
