//! The quickest route from location to location, road by road.

use crate::paths::{HeapSearch, LIMIT, Seed};
use crate::roads::roadway::{Exit, Roadway, Start};
use crate::roads::trip::{Leg, Route, TripEnd};
use crate::units::Millis;

impl Roadway {
    /// The quickest route, or `None` where no way leads.
    pub fn route(&self, origin: &TripEnd, destination: &TripEnd) -> Option<Route> {
        let (origin, destination) = (self.ends(origin), self.ends(destination));
        let starts = self.setting_out(&origin);
        let seeds: Vec<Seed> = starts.iter().map(|start| start.seed).collect();
        let exits = self.arrivals(&destination);
        let mut search = HeapSearch::default();
        let targets: Vec<u32> = exits.iter().map(|exit| exit.node).collect();
        search.run_to(self.graph.digraph(), &seeds, &targets);
        let over_junctions = exits
            .iter()
            .map(|exit| (after(exit, &search), exit))
            .min_by_key(|(time, exit)| (*time, exit.node));
        let direct = self.without_junction(&origin, &destination);
        let direct = direct.min_by_key(Route::time);
        let direct_time = direct.as_ref().map_or(Millis::NEVER, Route::time);
        let Some((time, exit)) = over_junctions.filter(|(time, _)| *time < direct_time) else {
            return direct.filter(|_| direct_time.is_finite());
        };
        let arcs = search.route_to(exit.node)?;
        let first = match arcs.first() {
            Some(arc) => self.tail(*arc),
            None => exit.node,
        };
        let is_taken =
            |start: &&Start| start.seed.node == first && start.seed.time == search.time(first);
        let start = starts.iter().find(is_taken)?;
        let mut legs: Vec<Leg> = start.leg.into_iter().collect();
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
            access: start.access,
            legs,
            egress: exit.egress,
        };
        debug_assert_eq!(route.time(), time, "the legs add up");
        Some(route)
    }

    /// The node that an arc leaves.
    fn tail(&self, arc: u32) -> u32 {
        let first_out = self.graph.digraph().first_out();
        first_out.partition_point(|first| *first <= arc) as u32 - 1
    }
}

/// When a search that has reached the node of `exit` is at the destination.
fn after(exit: &Exit, search: &HeapSearch) -> Millis {
    let time = Millis(search.time(exit.node)) + Millis(exit.seed().time);
    // What a search cannot count is not reached, whichever part of the trip is the long one.
    if time.0 < LIMIT { time } else { Millis::NEVER }
}
