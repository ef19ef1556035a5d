//! Travel times of fire engines from place to place: access to the road, the road with its turns,
//! access to the scene.

use std::sync::{Arc, OnceLock};

use petgraph::graph::NodeIndex;

use crate::geography::LonLat;
use crate::paths::{HeapSearch, Hierarchy, Kernel, LIMIT, Ready, Seed, choose, matrix};
use crate::roads::access_barriers::Access;
use crate::roads::cache::Cache;
use crate::roads::engine_graph::EngineGraph;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::{Conditions, Profile, ProfileError};
use crate::roads::road::{Direction, RoadId};
use crate::roads::snapping::{SnappedPlace, Snapper};
use crate::units::{KmPerHour, Millis};

/// The roads as one kind of engine drives them under given conditions.
#[derive(Debug)]
pub struct Roadway {
    roads: Arc<RoadGraph>,
    graph: EngineGraph,
    snapper: Snapper,
    access_speed: KmPerHour,
    /// Where the contraction of the graph is kept from run to run.
    cache: Option<Cache>,
    /// Made when the first matrix asks for it.
    hierarchy: OnceLock<Hierarchy>,
}

/// Times from every origin to every destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelTimes {
    destinations: usize,
    /// Row by row: `millis[origin * destinations + destination]`.
    millis: Vec<Millis>,
    /// From every destination to every other, where that is needed.
    between: Option<Arc<TravelTimes>>,
    /// From every origin to every other, where that is needed.
    between_origins: Option<Arc<TravelTimes>>,
    /// The same in other time bands.
    in_bands: Vec<Arc<TravelTimes>>,
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
            between: None,
            between_origins: None,
            in_bands: Vec::new(),
        }
    }

    /// The same with the times between any two destinations.
    #[must_use]
    pub fn with_times_between(mut self, between: Self) -> Self {
        self.between = Some(Arc::new(between));
        self
    }

    /// The same with the times between any two origins.
    #[must_use]
    pub fn with_times_between_origins(mut self, between: Self) -> Self {
        self.between_origins = Some(Arc::new(between));
        self
    }

    /// The times between any two origins, where they were worked out.
    #[must_use]
    pub fn between_origins(&self) -> Option<&Arc<Self>> {
        self.between_origins.as_ref()
    }

    /// The same with the times in other time bands.
    #[must_use]
    pub fn with_bands(mut self, in_bands: Vec<Arc<Self>>) -> Self {
        self.in_bands = in_bands;
        self
    }

    /// The times in a time band: 0 for this one, or else 1 more than its place among the others.
    #[must_use]
    pub fn in_band(&self, band: usize) -> &Self {
        band.checked_sub(1)
            .map_or(self, |other| &self.in_bands[other])
    }

    /// The times between any two destinations, where they were worked out.
    #[must_use]
    pub fn between_places(&self) -> Option<&Arc<Self>> {
        self.between.as_ref()
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

/// A share of a road that is no more than rounding: a place so near its end stands at the junction,
/// from which an engine may leave by any road.
const AT_THE_END: f64 = 1e-9;

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

/// A node of the digraph next to a place, and what lies between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// The node.
    pub node: u32,
    /// From the place to the node, or from the node to the place.
    pub time: Millis,
    /// The road that is driven in between, where there is one.
    pub road: Option<RoadId>,
}

/// Where on the network a place stands.
enum Stand {
    Junction(NodeIndex),
    OnRoad(SnappedPlace),
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
        access: &Access<'_>,
    ) -> Result<Self, ProfileError> {
        profile.check_classes(&roads)?;
        let graph = EngineGraph::new(&roads, &profile.under(conditions)?);
        let main_part = graph.main_part();
        let snapper = Snapper::new(&roads, |road| main_part[road.index()], access.barriers);
        Ok(Self {
            roads,
            graph,
            snapper,
            access_speed: access.speed,
            cache: None,
            hierarchy: OnceLock::new(),
        })
    }

    /// With a cache, in which what large matrices need is kept for the next run.
    ///
    /// Not meant for roads of which some are closed for once: each choice of them would be kept.
    #[must_use]
    pub fn with_cache(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
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

    /// The point at which a place joins the nearest road that this engine can use, there and back,
    /// without crossing a barrier on the way to it; `None` where no road can be joined.
    #[must_use]
    pub fn nearest(&self, position: LonLat) -> Option<SnappedPlace> {
        self.snapper.nearest(position)
    }

    /// The same whatever lies between.
    #[must_use]
    pub fn nearest_over_barriers(&self, position: LonLat) -> Option<SnappedPlace> {
        self.snapper.nearest_over_barriers(position)
    }

    /// The times from every origin to every destination, by whichever kernel is done first.
    #[must_use]
    pub fn times(&self, origins: &[Place], destinations: &[Place]) -> TravelTimes {
        let nodes = self.graph.digraph().node_count();
        let kernel = choose(nodes, origins.len(), destinations.len(), self.ready());
        self.times_by(kernel, origins, destinations)
    }

    /// As [`Self::times`], by a kernel of choice: all give the same times.
    #[must_use]
    pub fn times_by(
        &self,
        kernel: Kernel,
        origins: &[Place],
        destinations: &[Place],
    ) -> TravelTimes {
        let seeds: Vec<Vec<Seed>> = origins.iter().map(|o| self.departures(*o)).collect();
        let exits: Vec<Vec<Seed>> = destinations
            .iter()
            .map(|destination| self.arrivals(*destination).iter().map(Exit::seed).collect())
            .collect();
        let hierarchy = match kernel {
            Kernel::Buckets => None,
            Kernel::Hierarchy => Some(self.hierarchy()),
        };
        let over_junctions = matrix(self.graph.digraph(), hierarchy, &seeds, &exits);
        let pairs = origins.iter().flat_map(|origin| {
            destinations
                .iter()
                .map(move |destination| (origin, destination))
        });
        let millis = over_junctions
            .into_iter()
            .zip(pairs)
            .map(|(time, (origin, destination))| {
                Millis(time).min(self.without_junction(*origin, *destination))
            })
            .collect();
        TravelTimes::from_rows(destinations.len(), millis)
    }

    /// What a matrix need not make any more.
    fn ready(&self) -> Ready {
        let is_kept = |cache: &Cache| cache.has_preparation(self.graph.digraph());
        if self.hierarchy.get().is_some() {
            Ready::Hierarchy
        } else if self.cache.as_ref().is_some_and(is_kept) {
            Ready::Preparation
        } else {
            Ready::Nothing
        }
    }

    fn hierarchy(&self) -> &Hierarchy {
        self.hierarchy.get_or_init(|| {
            let digraph = self.graph.digraph();
            let make = || self.graph.prepare(&self.roads);
            let preparation = match &self.cache {
                Some(cache) => cache.preparation(digraph, make),
                None => make(),
            };
            Hierarchy::new(&preparation, digraph)
        })
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
        let direct = self.direct(origin, destination);
        let direct_time = direct.as_ref().map_or(Millis::NEVER, Route::time);
        let Some((time, exit)) = over_junctions.filter(|(time, _)| *time < direct_time) else {
            return direct.filter(|_| direct_time.is_finite());
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

    /// Where an engine from `origin` can be first.
    #[must_use]
    pub fn joints_out(&self, origin: Place) -> Vec<Joint> {
        let ways = self.setting_out(origin).into_iter();
        ways.map(|(seed, leg)| Joint {
            node: seed.node,
            time: Millis(seed.time),
            road: leg.map(|leg| leg.direction.road),
        })
        .collect()
    }

    /// Where an engine can be last before `destination`.
    #[must_use]
    pub fn joints_in(&self, destination: Place) -> Vec<Joint> {
        let exits = self.arrivals(destination).into_iter();
        exits
            .map(|exit| Joint {
                node: exit.node,
                time: Millis(exit.seed().time),
                road: exit.last.map(|leg| leg.direction.road),
            })
            .collect()
    }

    /// The trip between two places that passes no junction, where there can be one: its time, and
    /// the road that is driven.
    #[must_use]
    pub fn beside(&self, origin: Place, destination: Place) -> Option<(Millis, Option<RoadId>)> {
        let route = self.direct(origin, destination)?;
        let road = route.legs.first().map(|leg| leg.direction.road);
        Some((route.time(), road))
    }

    /// The road beside which a place stands, unless it is at a junction.
    #[must_use]
    pub fn road_of(&self, place: Place) -> Option<RoadId> {
        match self.stand(place) {
            Stand::Junction(_) => None,
            Stand::OnRoad(place) => Some(place.road),
        }
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
            Stand::OnRoad(place) => both_ways(place)
                .into_iter()
                .filter_map(|(direction, _, after)| {
                    let drive = self.part(direction, after);
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
            Stand::OnRoad(place) => both_ways(place)
                .into_iter()
                .flat_map(|(direction, before, _)| {
                    let drive = self.part(direction, before);
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

    /// The time of the trip between two places that passes no junction, or `NEVER`.
    fn without_junction(&self, origin: Place, destination: Place) -> Millis {
        self.direct(origin, destination)
            .map_or(Millis::NEVER, |route| route.time())
    }

    /// The trip between two places that passes no junction, where there can be one.
    fn direct(&self, origin: Place, destination: Place) -> Option<Route> {
        let leg = |direction, share| Leg {
            direction,
            turn: Millis(0),
            drive: self.part(direction, share),
        };
        let leg = match (self.stand(origin), self.stand(destination)) {
            (Stand::Junction(from), Stand::Junction(to)) if from == to => None,
            (Stand::Junction(junction), Stand::OnRoad(place)) => {
                let road = self.roads.road(place.road);
                let begin = both_ways(place)
                    .into_iter()
                    .filter(|(direction, _, _)| road.tail(direction.forwards) == junction)
                    .map(|(direction, before, _)| leg(direction, before));
                Some(begin.min_by_key(|leg| leg.drive)?)
            }
            (Stand::OnRoad(from), Stand::OnRoad(to)) if from.road == to.road => {
                let direction = Direction {
                    road: to.road,
                    forwards: to.share >= from.share,
                };
                Some(leg(direction, (to.share - from.share).abs()))
            }
            _ => return None,
        };
        Some(Route {
            access: self.access(origin),
            legs: leg.into_iter().collect(),
            egress: self.access(destination),
        })
    }

    fn stand(&self, place: Place) -> Stand {
        match place {
            Place::Junction(junction) => Stand::Junction(junction),
            Place::Beside(place) if place.share < AT_THE_END => {
                Stand::Junction(self.roads.road(place.road).from)
            }
            Place::Beside(place) if place.share > 1.0 - AT_THE_END => {
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
    fn seed(&self) -> Seed {
        let last = self.last.map_or(Millis(0), |leg| leg.turn + leg.drive);
        Seed {
            node: self.node,
            time: (last + self.egress).0,
        }
    }

    fn after(&self, search: &HeapSearch) -> Millis {
        let time = Millis(search.time(self.node)) + Millis(self.seed().time);
        // What a search cannot count is not reached, whichever part of the trip is the long one.
        if time.0 < LIMIT { time } else { Millis::NEVER }
    }
}

/// The two directions in which the road of a place is driven, with the shares of it before and
/// after the place.
fn both_ways(place: SnappedPlace) -> [(Direction, f64, f64); 2] {
    let (share, rest) = (place.share, 1.0 - place.share);
    [(true, share, rest), (false, rest, share)].map(|(forwards, before, after)| {
        let road = place.road;
        (Direction { road, forwards }, before, after)
    })
}

#[cfg(test)]
#[path = "travel_times_tests.rs"]
mod tests;
