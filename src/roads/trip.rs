//! A trip of an engine: where it begins and ends, and the route between.

use petgraph::graph::NodeIndex;

use crate::roads::road::{Direction, RoadId};
use crate::roads::snapping::{Foot, Location};
use crate::units::{Metres, Millis};

/// Where a trip begins or ends.
#[derive(Clone, Debug, PartialEq)]
pub enum TripEnd {
    /// At a junction.
    Junction(NodeIndex),
    /// Beside a road, or beside a junction when it lies at the very end of a road.
    Beside(Location),
}

impl From<&Location> for TripEnd {
    fn from(location: &Location) -> Self {
        Self::Beside(location.clone())
    }
}

impl From<Location> for TripEnd {
    fn from(location: Location) -> Self {
        Self::Beside(location)
    }
}

/// A node of the digraph next to a location, and what lies between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connector {
    pub node: u32,
    /// From the location to the node, or from the node to the location.
    pub time: Millis,
    /// The road that is driven in between, where there is one.
    pub road: Option<RoadId>,
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

/// The way between a location and the point of a road, or from location to location off the roads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffRoad {
    /// The point of the road, where there is one.
    pub foot: Option<Foot>,
    /// As the crow flies.
    pub straight: Metres,
    pub time: Millis,
    /// Whether it leads by lanes that the network does not list.
    pub by_lanes: bool,
}

impl OffRoad {
    /// At a junction, or where nothing is left.
    pub const NONE: Self = Self {
        foot: None,
        straight: Metres(0.0),
        time: Millis(0),
        by_lanes: false,
    };
}

/// A route, with the time of each of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From the origin to its road, or to the destination where no listed road is driven.
    pub access: OffRoad,
    /// Road by road.
    pub legs: Vec<Leg>,
    /// From the last road to the destination.
    pub egress: OffRoad,
}

impl Route {
    /// The time of the whole.
    pub fn time(&self) -> Millis {
        let legs = self.legs.iter().map(|leg| leg.turn + leg.drive);
        legs.fold(self.access.time, |sum, leg| sum + leg) + self.egress.time
    }
}
