//! What every way of dispatching needs: the rules under which engines go, one engine's way to an incident,
//! and what is to be seen when the order is given.

use crate::expected::engines::{EngineId, FleetStation, ReadyEngines};
use crate::expected::fleet::Preference;
use crate::scenario::file::Overload;
use crate::simulation::assignment::Assignment;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, Trip};
use crate::simulation::model::Model;
use crate::simulation::policies::Policy;
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// One alternative under the rules of the model.
#[derive(Clone, Copy, Debug)]
pub struct DispatchRules<'m> {
    /// The engines and their order.
    pub deployment: &'m Deployment,
    /// What it takes from the model.
    pub return_factor: f64,
    /// What becomes of an incident for which no engine stands ready.
    pub overload: Overload,
    /// Who is sent, where it is not simply the first that stands ready.
    pub policies: &'m [Box<dyn Policy>],
}

impl<'m> DispatchRules<'m> {
    /// The rules of a model for an alternative.
    pub fn new(model: &'m Model, deployment: &'m Deployment) -> Self {
        Self {
            deployment,
            return_factor: model.return_factor,
            overload: model.overload,
            policies: &model.policies,
        }
    }
}

/// How one engine departs for an incident.
pub(super) struct Departure {
    pub(super) engine: EngineId,
    /// The station that it leaves, `None` where it is on the road.
    pub(super) from: Option<FleetStation>,
    /// From the order until it leaves.
    pub(super) turnout: Millis,
    /// Expected travel time from where it is.
    pub(super) expected: Millis,
    /// Expected travel time from its station.
    pub(super) home: Millis,
}

impl Departure {
    /// The way of an engine that stands ready at its station.
    #[inline]
    pub(super) fn of_ready(
        deployment: &Deployment,
        engine: EngineId,
        preference: &Preference,
        trip: &Trip,
    ) -> Self {
        Self {
            engine,
            from: Some(engine.station),
            turnout: turnout(deployment, engine.station, trip),
            expected: preference.expected,
            home: preference.expected,
        }
    }

    pub(super) fn assignment(
        &self,
        time: SimulatedTime,
        incident: &Incident,
        trip: &Trip,
        back: f64,
    ) -> Assignment {
        Assignment {
            incident: incident.number,
            point: incident.point,
            priority: incident.priority,
            engine: self.engine,
            from: self.from,
            ordered: time,
            turnout: self.turnout,
            travel: self.expected.times(trip.traffic),
            on_scene: trip.on_scene,
            way_back: self.home.times(trip.traffic_back).times(back),
            restocking: trip.restocking,
            redirected: None,
        }
    }
}

/// How long the crew of a station takes from the order until it leaves.
#[inline]
pub(super) fn turnout(deployment: &Deployment, station: FleetStation, trip: &Trip) -> Millis {
    trip.turnout[deployment.fleet.crew(station).index()] + deployment.fleet.delay(station)
}

/// What is to be seen when the order is given, nobody having been sent.
#[inline]
pub(super) fn seen(
    incident: &Incident,
    rules: &DispatchRules<'_>,
    ready: &ReadyEngines,
    out: usize,
    others: usize,
) -> Response {
    let deployment = rules.deployment;
    let [first, second] = deployment.due(incident);
    let can_send = |station: FleetStation| {
        let ready = ready.at(station);
        !ready.is_empty() && deployment.fleet.can_send(station, ready, &incident.needs)
    };
    Response {
        first_due_out: !first.is_some_and(can_send),
        second_due: second,
        engines_out: out as u16,
        others: others as u16,
        ..Response::UNANSWERED
    }
}
