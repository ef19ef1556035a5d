//! Dispatching by the order of the demand point alone: the first engines that stand ready go, and an
//! incident is answered once they are sent.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::rules::{Departure, DispatchRules, seen};
use crate::brigades::apparatus::ByApparatus;
use crate::expected::assignment::assign;
use crate::expected::engines::{EngineId, ReadyEngines};
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, StreamPiece, Trip};
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;

/// Engines, ready and out, and incidents that wait for one.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstReady {
    ready: ReadyEngines,
    /// Engines that are out, and when they stand ready again.
    out: BinaryHeap<Reverse<(SimulatedTime, EngineId)>>,
    /// Incidents that have engines out, and until when.
    attended: Vec<(u32, SimulatedTime)>,
    /// Incidents that still need engines, the first to be served first: by priority, then by order.
    waiting: VecDeque<Waiting>,
}

/// An incident that still needs engines.
#[derive(Clone, Debug)]
struct Waiting {
    incident: Incident,
    /// All its trips.
    trips: Vec<Trip>,
    /// How many engines were sent.
    sent: u16,
    /// What it still needs.
    left: ByApparatus,
    response: Response,
}

/// An incident while engines are sent to it.
struct Open<'p> {
    incident: &'p Incident,
    /// All its trips.
    trips: &'p [Trip],
    /// How many engines were sent.
    sent: u16,
    /// What it still needs.
    left: ByApparatus,
    response: Response,
}

impl FirstReady {
    /// With every engine of a deployment at home.
    pub(super) fn new(deployment: &Deployment) -> Self {
        Self {
            ready: deployment.fleet.all_at_home(),
            ..Self::default()
        }
    }

    /// Answers the next piece of an incident stream.
    ///
    /// An engine leaves the first station of the demand point's order that has one ready, works at the
    /// scene, drives back, and stands ready again at its station. An incident for which too
    /// few stand ready takes those there are; under [`Overload::Queue`] it waits for the next that
    /// comes back: the graver one first, and of equally grave ones the first that came. It does not wait
    /// for more engines than there are.
    pub(super) fn answer(
        &mut self,
        piece: &StreamPiece,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        for incident in &piece.incidents {
            let time = incident.ordered();
            let trips = piece.trips_of(incident);
            self.take_back(Some(time), rules, observer);
            self.attended.retain(|(_, until)| *until > time);
            let mut open = Open {
                incident,
                trips,
                sent: 0,
                left: rules.deployment.can_have(incident),
                response: seen(
                    incident,
                    rules,
                    &self.ready,
                    self.out.len(),
                    self.attended.len(),
                ),
            };
            // Whoever waits is served first: he took every engine that could reach him.
            self.send(time, &mut open, rules, observer);
            if open.left == ByApparatus::default() || rules.overload == Overload::Loss {
                observer.answered(incident, &open.response);
            } else {
                let index = self
                    .waiting
                    .partition_point(|other| other.incident.priority <= incident.priority);
                let waiting = Waiting {
                    incident: *incident,
                    trips: trips.to_vec(),
                    sent: open.sent,
                    left: open.left,
                    response: open.response,
                };
                self.waiting.insert(index, waiting);
            }
        }
    }

    /// Goes on until every engine is home and nobody waits, after the last piece. An incident that
    /// no engine can ever serve is answered as it stands.
    pub(super) fn finish(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        self.take_back(None, rules, observer);
        for waiting in self.waiting.drain(..) {
            observer.answered(&waiting.incident, &waiting.response);
        }
    }

    /// Takes back the engines that stand ready by `until` (all, when there is no more to come), and
    /// sends them to the incidents that wait and that they can reach.
    fn take_back(
        &mut self,
        until: Option<SimulatedTime>,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        while let Some(Reverse((time, engine))) = self.out.peek().copied() {
            if until.is_some_and(|until| time > until) {
                break;
            }
            self.out.pop();
            self.ready.put_back(engine);
            // Of those that come back at one time, each incident is sent the first in its order.
            let is_last = || (self.out.peek()).is_none_or(|Reverse((next, _))| *next > time);
            if !self.waiting.is_empty() && is_last() {
                self.serve_waiting(time, rules, observer);
            }
        }
    }

    /// Takes down that an incident has engines out until this time at least.
    fn attend(&mut self, incident: u32, until: SimulatedTime) {
        let known = self
            .attended
            .iter_mut()
            .find(|(other, _)| *other == incident);
        match known {
            Some((_, known)) => *known = until.max(*known),
            None => self.attended.push((incident, until)),
        }
    }

    #[cold]
    fn serve_waiting(
        &mut self,
        time: SimulatedTime,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        for _ in 0..self.waiting.len() {
            let Some(mut waiting) = self.waiting.pop_front() else {
                return;
            };
            let mut open = Open {
                incident: &waiting.incident,
                trips: &waiting.trips,
                sent: waiting.sent,
                left: waiting.left,
                response: waiting.response,
            };
            self.send(time, &mut open, rules, observer);
            let Open {
                sent,
                left,
                response,
                ..
            } = open;
            if left == ByApparatus::default() {
                observer.answered(&waiting.incident, &response);
            } else {
                waiting.sent = sent;
                waiting.left = left;
                waiting.response = response;
                self.waiting.push_back(waiting);
            }
        }
    }

    /// Sends ready engines to an incident, as many as it still needs or as there are.
    #[inline]
    fn send(
        &mut self,
        time: SimulatedTime,
        open: &mut Open<'_>,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        let deployment = rules.deployment;
        let mut until = SimulatedTime(0);
        let Open {
            incident,
            trips,
            sent,
            left,
            response,
        } = open;
        let order = deployment.preferences(incident.point, time);
        let Self { ready, out, .. } = self;
        assign(
            &deployment.fleet,
            order,
            ready,
            left,
            |engine, preference, _| {
                let trip = &trips[usize::from(*sent)];
                let departure = Departure::of_ready(deployment, engine, preference, trip);
                let assignment = departure.assignment(time, incident, trip, rules.return_factor);
                response.add(incident, &assignment, deployment);
                *sent += 1;
                observer.sent(&assignment);
                let ready = assignment.ready();
                out.push(Reverse((ready, engine)));
                until = ready.max(until);
            },
        );
        if until > time {
            self.attend(open.incident.number, until);
        }
    }
}
