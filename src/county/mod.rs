//! The county: its towns, its boundary, where its people live and how often they call for help.

pub mod boundary;
pub mod clearances;
pub mod demand;
pub mod hydrants;
pub mod incident_list;
pub mod incident_types;
pub mod nearest;
pub mod synthesis;
pub mod towns;

use boundary::Boundary;
use clearances::Clearance;
use demand::{DemandPoint, DemandPointId};
use hydrants::Hydrant;
use incident_types::IncidentType;
use towns::Town;

/// A county as its tables describe it.
#[derive(Clone, Debug)]
pub struct County {
    /// The towns, in the order of their table.
    pub towns: Vec<Town>,
    /// The outline.
    pub boundary: Boundary,
    /// The types of incident, in the order of their table.
    pub incident_types: Vec<IncidentType>,
    /// Where incidents arise, in the order of their table; behind them the places of listed calls
    /// ([`incident_list`]), where nobody lives and none are drawn.
    pub demand: Vec<DemandPoint>,
    /// How many of them are of the table.
    pub in_table: usize,
    /// Of each place of listed calls the demand point nearest to it.
    pub nearest_to_places: Vec<DemandPointId>,
    /// Its public fire hydrants; none where it has no table of them.
    pub hydrants: Vec<Hydrant>,
    /// Places from which stations keep their distance; none where it has no table of them.
    pub clearances: Vec<Clearance>,
}

impl County {
    /// The demand points and the places of listed calls, with their ids.
    pub fn points(&self) -> impl Iterator<Item = (DemandPointId, &DemandPoint)> {
        DemandPointId::all(self.demand.len()).zip(&self.demand)
    }

    /// The demand points of the table, without places of listed calls.
    pub fn demand_points(&self) -> &[DemandPoint] {
        &self.demand[..self.in_table]
    }

    /// Whether it is a place of listed calls.
    pub fn is_of_a_list(&self, id: DemandPointId) -> bool {
        id.index() >= self.in_table
    }

    /// The demand point in whose town a point lies and by whose running card it is served: itself, or that nearest to
    /// a place of listed calls.
    pub fn demand_point_of(&self, id: DemandPointId) -> DemandPointId {
        let place = id.index().checked_sub(self.in_table);
        place.map_or(id, |place| self.nearest_to_places[place])
    }

    pub fn point(&self, id: DemandPointId) -> &DemandPoint {
        &self.demand[id.index()]
    }
}
