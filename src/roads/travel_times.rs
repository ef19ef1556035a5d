//! Travel times of fire engines from place to place: access to the road, the road with its turns,
//! access to the scene.

use std::sync::Arc;

use petgraph::graph::NodeIndex;
use rayon::prelude::*;

use crate::geography::LonLat;
use crate::roads::engine_graph::EngineGraph;
use crate::roads::graph::RoadGraph;
use crate::roads::kernels::{HeapSearch, LIMIT, Seed};
use crate::roads::profile::{Conditions, Profile, ProfileError};
use crate::roads::road::Direction;
use crate::roads::snapping::{SnappedPlace, Snapper};
use crate::units::{KmPerHour, Millis};

/// The roads as one kind of engine drives them under given conditions.
#[derive(Debug)]
pub struct Roadway {
    roads: Arc<RoadGraph>,
    graph: EngineGraph,
    snapper: Snapper,
    access_speed: KmPerHour,
}

/// Times from every origin to every destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelTimes {
    destinations: usize,
    /// Row by row: `millis[origin * destinations + destination]`.
    millis: Vec<Millis>,
}

impl TravelTimes {
    /// Times that were worked out elsewhere, row by row.
    ///
    /// # Panics
    /// When the rows are not all `destinations` long.
    #[must_use]
    pub fn from_rows(destinations: usize, millis: Vec<Millis>) -> Self {
        assert!(destinations == 0 || millis.len().is_multiple_of(destinations));
        Self {
            destinations,
            millis,
        }
    }

    /// From one origin to one destination, `NEVER` where no road leads.
    #[must_use]
    pub fn get(&self, origin: usize, destination: usize) -> Millis {
        self.from(origin)[destination]
    }

    /// From one origin to every destination.
    #[must_use]
    pub fn from(&self, origin: usize) -> &[Millis] {
        &self.millis[origin * self.destinations..(origin + 1) * self.destinations]
    }

    /// The number of destinations.
    #[must_use]
    pub fn destinations(&self) -> usize {
        self.destinations
    }
}

/// Where a trip begins or ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// At a junction.
    Junction(NodeIndex),
    /// Beside a road, or beside a junction when it lies at the very end of a road.
    Beside(SnappedPlace),
}

impl From<SnappedPlace> for Place {
    fn from(place: SnappedPlace) -> Self {
        Self::Beside(place)
    }
}

/// Where on the network a place stands.
enum Stand {
    Junction(NodeIndex),
    OnRoad(SnappedPlace),
}

/// The times from several origins at once: each place gets that of the nearest.
pub struct Field<'r> {
    roadway: &'r Roadway,
    origins: Vec<Place>,
    search: HeapSearch,
}

impl Field<'_> {
    /// The time from the nearest origin, or `NEVER`.
    #[must_use]
    pub fn time_to(&self, destination: Place) -> Millis {
        let over_junctions = self.roadway.reached(&self.search, destination);
        self.origins
            .iter()
            .map(|origin| self.roadway.without_junction(*origin, destination))
            .fold(over_junctions, Millis::min)
    }
}

/// One stretch of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The road and the direction in which it is driven.
    pub direction: Direction,
    /// The time lost in the turn into it.
    pub turn: Millis,
    /// The time along it, or along the part of it that is driven.
    pub drive: Millis,
}

/// A route, with the time of each of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// From the origin to its road.
    pub access: Millis,
    /// Road by road.
    pub legs: Vec<Leg>,
    /// From the last road to the destination.
    pub egress: Millis,
}

impl Route {
    /// The time of the whole.
    #[must_use]
    pub fn time(&self) -> Millis {
        let legs = self.legs.iter().map(|leg| leg.turn + leg.drive);
        legs.fold(self.access, |sum, leg| sum + leg) + self.egress
    }
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
        access_speed: KmPerHour,
    ) -> Result<Self, ProfileError> {
        profile.check_classes(&roads)?;
        let graph = EngineGraph::new(&roads, &profile.under(conditions)?);
        let main_part = graph.main_part();
        let snapper = Snapper::new(&roads, |road| main_part[road.index()]);
        Ok(Self {
            roads,
            graph,
            snapper,
            access_speed,
        })
    }

    /// The roads.
    #[must_use]
    pub fn roads(&self) -> &RoadGraph {
        &self.roads
    }

    /// The roads with their turns and times.
    #[must_use]
    pub fn graph(&self) -> &EngineGraph {
        &self.graph
    }

    /// The point at which a place joins the nearest road that this engine can use, there and back.
    #[must_use]
    pub fn nearest(&self, position: LonLat) -> Option<SnappedPlace> {
        self.snapper.nearest(position)
    }

    /// Searches from every origin to every destination, in parallel.
    #[must_use]
    pub fn times(&self, origins: &[Place], destinations: &[Place]) -> TravelTimes {
        let millis = origins
            .par_iter()
            .map_init(HeapSearch::default, |search, origin| {
                search.run(self.graph.digraph(), &self.departures(*origin));
                destinations
                    .iter()
                    .map(|destination| {
                        self.reached(search, *destination)
                            .min(self.without_junction(*origin, *destination))
                    })
                    .collect::<Vec<_>>()
            })
            .flatten_iter()
            .collect();
        TravelTimes::from_rows(destinations.len(), millis)
    }

    /// The times from all `origins` at once.
    #[must_use]
    pub fn field(&self, origins: Vec<Place>) -> Field<'_> {
        let seeds: Vec<Seed> = origins.iter().flat_map(|o| self.departures(*o)).collect();
        let mut search = HeapSearch::default();
        search.run(self.graph.digraph(), &seeds);
        Field {
            roadway: self,
            origins,
            search,
        }
    }

    /// The quickest route, or `None` where no road leads.
    #[must_use]
    pub fn route(&self, origin: Place, destination: Place) -> Option<Route> {
        let seeds = self.departures(origin);
        let exits = self.arrivals(destination);
        let mut search = HeapSearch::default();
        let targets: Vec<u32> = exits.iter().map(|exit| exit.node).collect();
        search.run_to(self.graph.digraph(), &seeds, &targets);
        let over_junctions = exits
            .iter()
            .map(|exit| (exit.after(&search), exit))
            .min_by_key(|(time, exit)| (*time, exit.node));
        let (access, egress) = (self.access(origin), self.access(destination));
        let direct = self.without_junction(origin, destination);
        let (time, exit) = match over_junctions {
            Some((time, exit)) if time < direct => (time, exit),
            _ if direct.is_finite() => {
                let legs = self.direct_leg(origin, destination, direct).into_iter();
                return Some(Route {
                    access,
                    legs: legs.collect(),
                    egress,
                });
            }
            _ => return None,
        };
        let arcs = search.route_to(exit.node)?;
        let first = match arcs.first() {
            Some(arc) => self.tail(*arc),
            None => exit.node,
        };
        let mut legs: Vec<Leg> = self
            .first_leg(origin, first, search.time(first))
            .into_iter()
            .collect();
        legs.extend(arcs.iter().map(|arc| {
            let direction = self.graph.direction_of(*arc);
            Leg {
                direction,
                turn: self.graph.turn_of(*arc),
                drive: self.graph.drive(direction),
            }
        }));
        legs.extend(exit.last);
        let route = Route {
            access,
            legs,
            egress,
        };
        debug_assert_eq!(route.time(), time, "the legs add up");
        Some(route)
    }

    /// The node that an arc leaves.
    fn tail(&self, arc: u32) -> u32 {
        let first_out = self.graph.digraph().first_out();
        first_out.partition_point(|first| *first <= arc) as u32 - 1
    }

    /// The part of a road by which `node` is first reached at `time`, where there is one.
    fn first_leg(&self, origin: Place, node: u32, time: u32) -> Option<Leg> {
        self.setting_out(origin)
            .into_iter()
            .find(|(seed, _)| seed.node == node && seed.time == time)
            .and_then(|(_, leg)| leg)
    }

    fn direct_leg(&self, origin: Place, destination: Place, whole: Millis) -> Option<Leg> {
        let access = self.access(origin) + self.access(destination);
        let (road, forwards) = match (self.stand(origin), self.stand(destination)) {
            (Stand::OnRoad(from), Stand::OnRoad(to)) => (to.road, to.share >= from.share),
            (Stand::Junction(from), Stand::OnRoad(to)) => {
                let drive = Millis(whole.0 - access.0);
                let starts_here = self.roads.road(to.road).from == from;
                let forwards = Direction {
                    road: to.road,
                    forwards: true,
                };
                (
                    to.road,
                    starts_here && self.part(forwards, to.share) == drive,
                )
            }
            _ => return None,
        };
        Some(Leg {
            direction: Direction { road, forwards },
            turn: Millis(0),
            drive: Millis(whole.0 - access.0),
        })
    }

    /// Where an engine from `origin` can be first, and when.
    fn departures(&self, origin: Place) -> Vec<Seed> {
        let ways = self.setting_out(origin);
        ways.into_iter().map(|(seed, _)| seed).collect()
    }

    /// As [`Self::departures`], each with the drive that leads there.
    fn setting_out(&self, origin: Place) -> Vec<(Seed, Option<Leg>)> {
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
            Stand::OnRoad(place) => [true, false]
                .into_iter()
                .filter_map(|forwards| {
                    let direction = Direction {
                        road: place.road,
                        forwards,
                    };
                    let rest = if forwards {
                        1.0 - place.share
                    } else {
                        place.share
                    };
                    let drive = self.part(direction, rest);
                    let time = access + drive;
                    let node = self.graph.arrival(direction)?;
                    time.is_finite().then_some((
                        Seed { node, time: time.0 },
                        Some(Leg {
                            direction,
                            turn: Millis(0),
                            drive,
                        }),
                    ))
                })
                .collect(),
        }
    }

    /// The nodes before `destination`, and what is left from there.
    fn arrivals(&self, destination: Place) -> Vec<Exit> {
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
            Stand::OnRoad(place) => [true, false]
                .into_iter()
                .flat_map(|forwards| {
                    let direction = Direction {
                        road: place.road,
                        forwards,
                    };
                    let share = if forwards {
                        place.share
                    } else {
                        1.0 - place.share
                    };
                    let drive = self.part(direction, share);
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

    /// The time at which `destination` is reached over a junction after a search.
    fn reached(&self, search: &HeapSearch, destination: Place) -> Millis {
        let exits = self.arrivals(destination);
        let times = exits.iter().map(|exit| exit.after(search));
        times.min().unwrap_or(Millis::NEVER)
    }

    /// The trip between two places that passes no junction, or `NEVER`.
    fn without_junction(&self, origin: Place, destination: Place) -> Millis {
        let along = |direction, share| self.part(direction, share);
        let drive = match (self.stand(origin), self.stand(destination)) {
            (Stand::Junction(from), Stand::Junction(to)) if from == to => Millis(0),
            (Stand::Junction(junction), Stand::OnRoad(place)) => {
                let road = self.roads.road(place.road);
                let begin = |forwards: bool, share| {
                    let direction = Direction {
                        road: place.road,
                        forwards,
                    };
                    let starts_here = road.tail(forwards) == junction;
                    if starts_here {
                        along(direction, share)
                    } else {
                        Millis::NEVER
                    }
                };
                begin(true, place.share).min(begin(false, 1.0 - place.share))
            }
            (Stand::OnRoad(from), Stand::OnRoad(to)) if from.road == to.road => {
                let direction = Direction {
                    road: to.road,
                    forwards: to.share >= from.share,
                };
                along(direction, (to.share - from.share).abs())
            }
            _ => Millis::NEVER,
        };
        self.access(origin) + drive + self.access(destination)
    }

    fn stand(&self, place: Place) -> Stand {
        match place {
            Place::Junction(junction) => Stand::Junction(junction),
            Place::Beside(place) if place.share <= 0.0 => {
                Stand::Junction(self.roads.road(place.road).from)
            }
            Place::Beside(place) if place.share >= 1.0 => {
                Stand::Junction(self.roads.road(place.road).to)
            }
            Place::Beside(place) => Stand::OnRoad(place),
        }
    }

    /// The time along a share of a road.
    fn part(&self, direction: Direction, share: f64) -> Millis {
        let whole = self.graph.drive(direction);
        if whole.is_finite() {
            Millis::from_seconds(whole.seconds() * share)
        } else {
            Millis::NEVER
        }
    }

    fn access(&self, place: Place) -> Millis {
        match place {
            Place::Junction(_) => Millis(0),
            Place::Beside(place) => self.access_speed.time_for(place.access),
        }
    }
}

/// A node, and what is left of a trip after it.
struct Exit {
    node: u32,
    last: Option<Leg>,
    egress: Millis,
}

impl Exit {
    fn after(&self, search: &HeapSearch) -> Millis {
        let last = self.last.map_or(Millis(0), |leg| leg.turn + leg.drive);
        let time = Millis(search.time(self.node)) + last + self.egress;
        // What a search cannot count is not reached, whichever part of the trip is the long one.
        if time.0 < LIMIT { time } else { Millis::NEVER }
    }
}

#[cfg(test)]
#[path = "travel_times_tests.rs"]
mod tests;
