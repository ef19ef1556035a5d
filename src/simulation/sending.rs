//! What a dispatcher tells: which engine was sent where, and how an incident was answered.

use crate::county::demand::DemandPointId;
use crate::simulation::deployment::Deployment;
use crate::simulation::history::{Incident, Moment, Water};
use crate::units::Millis;

/// An engine of an alternative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EngineId {
    /// Its station, by its place in the alternative.
    pub station: u16,
    /// Its number there, from 0.
    pub number: u16,
}

/// An engine sent to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Number of the incident.
    pub incident: u32,
    /// Where that is.
    pub place: DemandPointId,
    /// Which engine.
    pub engine: EngineId,
    /// How grave that is, the gravest having the lowest number.
    pub priority: u8,
    /// The station that it leaves, by its place in the alternative; `None` where it is on the road
    /// already.
    pub from: Option<u16>,
    /// When it is ordered out.
    pub ordered: Moment,
    /// From then until it leaves.
    pub turnout: Millis,
    /// From then until it arrives.
    pub travel: Millis,
    /// From then until it leaves the scene.
    pub on_scene: Millis,
    /// From then until it is back at its station.
    pub way_back: Millis,
    /// From then until it stands ready.
    pub restocking: Millis,
    /// When it was sent elsewhere, on its way there or on its way back.
    pub redirected: Option<Moment>,
}

/// A ready engine on its way to a station to stand by there, or back to its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// Which engine.
    pub engine: EngineId,
    /// The station that it comes from, by its place in the alternative.
    pub from: u16,
    /// The station that it goes to.
    pub to: u16,
    /// When it is ordered there.
    pub ordered: Moment,
    /// When it left `from`, or would have where it turned round on its way there.
    pub left: Moment,
    /// When it is there.
    pub arrives: Moment,
}

impl Sending {
    /// When it leaves.
    #[must_use]
    pub fn left(&self) -> Moment {
        self.ordered.after(self.turnout)
    }

    /// When it arrives at the scene.
    #[must_use]
    pub fn arrived(&self) -> Moment {
        self.left().after(self.travel)
    }

    /// When it leaves the scene.
    #[must_use]
    pub fn cleared(&self) -> Moment {
        self.arrived().after(self.on_scene)
    }

    /// When it is back at its station.
    #[must_use]
    pub fn back(&self) -> Moment {
        self.cleared().after(self.way_back)
    }

    /// When it stands ready again, or is sent elsewhere.
    #[must_use]
    pub fn ready(&self) -> Moment {
        self.redirected
            .unwrap_or_else(|| self.back().after(self.restocking))
    }

    /// For how many milliseconds the engine is out between two moments.
    #[inline]
    #[must_use]
    pub fn out_between(&self, [from, until]: [Moment; 2]) -> u64 {
        let until = self.ready().min(until).0;
        until.saturating_sub(self.ordered.max(from).0)
    }
}

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
    /// Call received → last required engine at the scene.
    pub full_assignment: Millis,
    /// Call received → first engine that brings water at the scene; [`Millis::NEVER`] where none came.
    pub tender: Millis,
    /// The station of the engine that arrived first; `u16::MAX` when none came.
    pub station: u16,
    /// The station that is first due had no engine ready that would do when the order was given.
    pub first_due_out: bool,
    /// The station that is second due; `u16::MAX` where none is.
    pub second_due: u16,
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
        tender: Millis::NEVER,
        station: u16::MAX,
        first_due_out: false,
        second_due: u16::MAX,
        is_aided: false,
        others: 0,
        engines_out: 0,
    };

    /// Takes down an engine that comes, after those that were ordered before it.
    #[inline]
    pub(super) fn add(&mut self, incident: &Incident, sending: &Sending, deployment: &Deployment) {
        if self.is_lost() {
            self.wait = sending.ordered.since(incident.ordered());
        }
        let since_call = sending.arrived().since(incident.received);
        let engine = sending.engine;
        if since_call < self.response {
            self.response = since_call;
            self.travel = sending.travel;
            self.station = engine.station;
        }
        self.is_aided |= deployment.fleet.is_aid(engine.station);
        self.full_assignment = self.full_assignment.max(since_call);
        if deployment.fleet.brings_water(engine.station, engine.number) {
            self.tender = self.tender.min(since_call);
        }
    }

    /// Call received → first water on a fire, with or without the county's hydrants: from a hydrant
    /// within reach; elsewhere from a tender or by a relay, whichever is sooner.
    #[must_use]
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

    /// Whether no engine came.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.response == Millis::NEVER
    }
}

/// What is told of a replication while it is played.
pub trait Observer {
    /// An engine was sent.
    fn sent(&mut self, _: &Sending) {}
    /// An engine on its way to an incident or back is about to be sent elsewhere: what was told of it
    /// ends at [`Sending::redirected`].
    fn redirected(&mut self, _: &Sending) {}
    /// A ready engine goes to stand by elsewhere.
    fn relocated(&mut self, _: &Relocation) {}
    /// All engines that come to an incident have been sent.
    fn answered(&mut self, incident: &Incident, response: &Response);
}
