//! An incident with the number of engines it needs and the chance parts of every stage, without a word
//! of which stations there are.

use crate::brigades::apparatus::ByApparatus;
use crate::county::demand::DemandPointId;
use crate::county::incident_types::IncidentTypeId;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// A call for help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// Its number in the replication, by the time of the dispatch order, from 0.
    pub number: u32,
    /// When the call is received.
    pub received: SimulatedTime,
    /// From the call to the dispatch order.
    pub call_handling: Millis,
    /// Where it is.
    pub point: DemandPointId,
    pub incident_type: IncidentTypeId,
    /// Of incidents that wait, those of a lower number are served first.
    pub priority: u8,
    /// Whether standards count it.
    pub in_standards: bool,
    /// How many engines it needs; they take the trips from `first_trip` on.
    pub engines: u16,
    /// How many of each apparatus, the first being any.
    pub needs: ByApparatus,
    /// Index of its first trip in [`StreamPiece::trips`].
    pub first_trip: u32,
    /// For a fire, how long it takes to bring water on it.
    pub water: Option<Water>,
}

/// How long it takes to bring water on a fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Water {
    /// From the first engine's arrival, with a hydrant.
    pub with_hydrant: Millis,
    /// From the first engine's arrival, by a relay or to and fro.
    pub without_hydrant: Millis,
    /// From the arrival of an engine that brings water; [`Millis::NEVER`] where none does.
    pub with_tender: Millis,
    /// Whether a hydrant is within reach.
    pub has_hydrant: bool,
}

impl Incident {
    /// When the dispatch order is given.
    pub fn ordered(&self) -> SimulatedTime {
        self.received.after(self.call_handling)
    }
}

/// The chance parts of one engine's trip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Travel time to the incident over the expected one.
    pub traffic: f64,
    /// Travel time back to the station over the expected one.
    pub traffic_back: f64,
    /// From the dispatch order to the engine's leaving, by crew.
    pub turnout: [Millis; 3],
    /// From arrival to leaving the scene.
    pub on_scene: Millis,
    /// From its being back until it stands ready.
    pub restocking: Millis,
}

/// A piece of a replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamPiece {
    /// In the order in which dispatch orders are given.
    pub incidents: Vec<Incident>,
    /// The trips of all incidents.
    pub trips: Vec<Trip>,
}

impl StreamPiece {
    /// The trips of the engines that one of its incidents needs.
    pub fn trips_of(&self, incident: &Incident) -> &[Trip] {
        &self.trips[incident.first_trip as usize..][..usize::from(incident.engines)]
    }
}
