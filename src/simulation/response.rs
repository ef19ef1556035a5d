//! How an incident was answered, and who observes a replication while it is simulated.

use crate::expected::engines::FleetStation;
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, Water};
use crate::units::Millis;

/// How one incident was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// From the dispatch order until the first engine was ordered out; zero unless none stood
    /// ready.
    pub wait: Millis,
    /// Travel of the engine that arrived first.
    pub travel: Millis,
    /// Call received → first engine at the scene; [`Millis::NEVER`] when it was lost.
    pub response: Millis,
    /// Call received → last engine at the scene.
    pub full_assignment: Millis,
    /// How many engines came.
    pub sent: u16,
    /// Call received → first engine that brings water at the scene; [`Millis::NEVER`] where none came.
    pub tender: Millis,
    /// The station of the engine that arrived first, when one came.
    pub station: Option<FleetStation>,
    /// The station that is first due had no engine ready that would do when the order was given.
    pub first_due_out: bool,
    /// The station that is second due, where one is.
    pub second_due: Option<FleetStation>,
    /// Some engine came from a neighbour.
    pub is_aided: bool,
    /// How many other incidents had engines out when the order was given.
    pub others: u16,
    /// How many engines were out when the order was given.
    pub engines_out: u16,
}

impl Response {
    pub(super) const UNANSWERED: Self = Self {
        wait: Millis::NEVER,
        travel: Millis::NEVER,
        response: Millis::NEVER,
        full_assignment: Millis(0),
        sent: 0,
        tender: Millis::NEVER,
        station: None,
        first_due_out: false,
        second_due: None,
        is_aided: false,
        others: 0,
        engines_out: 0,
    };

    /// Takes down an engine that comes, after those that were ordered before it.
    #[inline]
    pub(super) fn add(
        &mut self,
        incident: &Incident,
        assignment: &Assignment,
        deployment: &Deployment,
    ) {
        self.sent += 1;
        if self.is_lost() {
            self.wait = assignment.ordered.since(incident.ordered());
        }
        let since_call = assignment.arrived().since(incident.received);
        let engine = assignment.engine;
        if since_call < self.response {
            self.response = since_call;
            self.travel = assignment.travel;
            self.station = Some(engine.station);
        }
        self.is_aided |= deployment.fleet.is_neighbour(engine.station);
        self.full_assignment = self.full_assignment.max(since_call);
        if deployment.fleet.brings_water(engine) {
            self.tender = self.tender.min(since_call);
        }
    }

    /// Call received → first water on a fire, with or without the county's hydrants: from a hydrant
    /// within reach; elsewhere from a tender or by a relay, whichever is sooner.
    pub fn first_water(&self, water: &Water, with_hydrants: bool) -> Millis {
        if water.has_hydrant && with_hydrants {
            return self.response + water.with_hydrant;
        }
        let relay = self.response + water.without_hydrant;
        if !(self.tender.is_finite() && water.with_tender.is_finite()) {
            return relay;
        }
        relay.min(self.tender + water.with_tender)
    }

    /// Whether fewer engines came than the incident needs: there are no more, or no more were ready and nobody waits.
    pub fn is_short_handed(&self, incident: &Incident) -> bool {
        self.sent < incident.engines
    }

    /// Whether no engine came.
    pub fn is_lost(&self) -> bool {
        self.response == Millis::NEVER
    }
}

/// Sees what happens in a replication while it is simulated.
pub trait Observer {
    /// An engine was sent.
    fn sent(&mut self, _: &Assignment) {}
    /// An engine on its way to an incident or back is about to be sent elsewhere: its assignment
    /// ends at [`Assignment::redirected`].
    fn redirected(&mut self, _: &Assignment) {}
    /// A ready engine goes to stand by elsewhere.
    fn relocated(&mut self, _: &Relocation) {}
    /// All engines that come to an incident have been sent.
    fn answered(&mut self, incident: &Incident, response: &Response);
}
