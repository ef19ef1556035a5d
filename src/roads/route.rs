//! The quickest route from location to location, road by road.

use crate::paths::{HeapSearch, LIMIT};
use crate::roads::roadway::{Exit, Roadway};
use crate::roads::trip::{Leg, Route, TripEnd};
use crate::units::Millis;

impl Roadway {
    /// The quickest route, or `None` where no road leads.
    pub fn route(&self, origin: TripEnd, destination: TripEnd) -> Option<Route> {
        let seeds = self.departures(origin);
        let exits = self.arrivals(destination);
        let mut search = HeapSearch::default();
        let targets: Vec<u32> = exits.iter().map(|exit| exit.node).collect();
        search.run_to(self.graph.digraph(), &seeds, &targets);
        let over_junctions = exits
            .iter()
            .map(|exit| (after(exit, &search), exit))
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

    /// The node that an arc leaves.
    fn tail(&self, arc: u32) -> u32 {
        let first_out = self.graph.digraph().first_out();
        first_out.partition_point(|first| *first <= arc) as u32 - 1
    }

    /// The part of a road by which `node` is first reached at `time`, where there is one.
    fn first_leg(&self, origin: TripEnd, node: u32, time: u32) -> Option<Leg> {
        self.setting_out(origin)
            .into_iter()
            .find(|(seed, _)| seed.node == node && seed.time == time)
            .and_then(|(_, leg)| leg)
    }
}

/// When a search that has reached the node of `exit` is at the destination.
fn after(exit: &Exit, search: &HeapSearch) -> Millis {
    let time = Millis(search.time(exit.node)) + Millis(exit.seed().time);
    // What a search cannot count is not reached, whichever part of the trip is the long one.
    if time.0 < LIMIT { time } else { Millis::NEVER }
}
