//! Who answers: the first engines that stand ready by the order of the place, and what happens
//! when there are none.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::brigades::apparatus::ByKind;
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::history::{History, Incident, Moment, Trip};
use crate::simulation::model::Model;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::{Policy, View};
use crate::simulation::sending::{EngineId, Observer, Response, Sending};
use crate::units::Millis;

/// Engines, ready and out, and incidents that wait for one.
#[derive(Clone, Debug, Default)]
pub struct Dispatcher {
    /// One bit for each engine of a station that stands ready.
    ready: Vec<u64>,
    /// Engines that are out, and when they stand ready again.
    out: BinaryHeap<Reverse<(Moment, EngineId)>>,
    /// The engines that are out, and when each leaves its scene: only where a rule asks.
    away: Vec<Sending>,
    clearing: BinaryHeap<Reverse<(Moment, EngineId)>>,
    /// Incidents that have engines out, and until when.
    attended: Vec<(u32, Moment)>,
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
    left: ByKind,
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
    left: ByKind,
    response: Response,
}

/// One alternative under the rules of the model.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'m> {
    /// The engines and their order.
    pub deployment: &'m Deployment,
    /// What it takes from the model.
    pub return_factor: f64,
    /// What becomes of an incident for which no engine stands ready.
    pub overload: Overload,
    /// Who is sent, where it is not simply the first that stands ready.
    pub policy: Option<&'m dyn Policy>,
}

impl<'m> Rules<'m> {
    /// The rules of a model for an alternative.
    #[must_use]
    pub fn new(model: &Model, deployment: &'m Deployment) -> Self {
        Self {
            deployment,
            return_factor: model.return_factor,
            overload: model.overload,
            policy: model.redirects.then_some(&Redirect),
        }
    }
}

impl Dispatcher {
    /// With every engine of a deployment at home.
    #[must_use]
    pub fn new(deployment: &Deployment) -> Self {
        let all = |engines: &u16| u64::MAX.checked_shr(64 - u32::from(*engines)).unwrap_or(0);
        Self {
            ready: deployment.engines().iter().map(all).collect(),
            ..Self::default()
        }
    }

    /// Plays the next piece of a history.
    ///
    /// An engine leaves the first station of the place's order that has one ready, works at the
    /// scene, drives back, and stands ready again at its own station. An incident for which too
    /// few stand ready takes those there are; under [`Overload::Queue`] it waits for the next that
    /// comes back: the graver one first, and of equally grave ones the first that came.
    pub fn play(&mut self, piece: &History, rules: &Rules<'_>, observer: &mut impl Observer) {
        for incident in &piece.incidents {
            let moment = incident.ordered();
            self.take_back(Some(moment), rules, observer);
            self.attended.retain(|(_, until)| *until > moment);
            let trips =
                &piece.trips[incident.first_trip as usize..][..usize::from(incident.engines)];
            let asked = rules.deployment.preferences(incident.place, moment);
            let mut open = Open {
                incident,
                trips,
                sent: 0,
                left: incident.needs,
                response: Response {
                    first_due_out: asked
                        .first()
                        .is_none_or(|first| self.ready[usize::from(first.station)] == 0),
                    engines_out: self.out.len() as u16,
                    others: self.attended.len() as u16,
                    ..Response::UNANSWERED
                },
            };
            // Whoever waits is served first: he took every engine that could reach him.
            self.send(moment, &mut open, rules, observer);
            if open.sent == incident.engines || rules.overload == Overload::Loss {
                observer.answered(incident, &open.response);
            } else {
                let place = self
                    .waiting
                    .partition_point(|other| other.incident.priority <= incident.priority);
                let waiting = Waiting {
                    incident: *incident,
                    trips: trips.to_vec(),
                    sent: open.sent,
                    left: open.left,
                    response: open.response,
                };
                self.waiting.insert(place, waiting);
            }
        }
    }

    /// Plays on until every engine is home and nobody waits, after the last piece. An incident that
    /// no engine can ever serve is answered as it stands.
    pub fn finish(&mut self, rules: &Rules<'_>, observer: &mut impl Observer) {
        self.take_back(None, rules, observer);
        for waiting in self.waiting.drain(..) {
            observer.answered(&waiting.incident, &waiting.response);
        }
    }

    /// Takes back the engines that stand ready by `until` (all, when there is no more to come),
    /// and sends each to the incident that waits longest and that it can reach.
    fn take_back(
        &mut self,
        until: Option<Moment>,
        rules: &Rules<'_>,
        observer: &mut impl Observer,
    ) {
        while let Some(Reverse((moment, engine))) = self.out.peek().copied() {
            let before = until.map_or(moment, |until| until.min(moment));
            if self.serve_from_scenes(before, rules, observer) {
                continue;
            }
            if until.is_some_and(|until| moment > until) {
                break;
            }
            self.out.pop();
            self.away.retain(|sending| sending.engine != engine);
            let ready = &mut self.ready[usize::from(engine.station)];
            debug_assert_eq!(*ready >> engine.number & 1, 0, "an engine is in one place");
            *ready |= 1 << engine.number;
            if !self.waiting.is_empty() {
                self.serve_waiting(moment, rules, observer);
            }
        }
    }

    /// Takes down that an incident has engines out until this moment at least.
    fn attend(&mut self, incident: u32, until: Moment) {
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
    fn serve_waiting(&mut self, moment: Moment, rules: &Rules<'_>, observer: &mut impl Observer) {
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
            self.send(moment, &mut open, rules, observer);
            let Open {
                sent,
                left,
                response,
                ..
            } = open;
            if sent == waiting.incident.engines {
                observer.answered(&waiting.incident, &response);
            } else {
                waiting.sent = sent;
                waiting.left = left;
                waiting.response = response;
                self.waiting.push_back(waiting);
            }
        }
    }

    /// Serves whoever waits when the next engine leaves its scene by `until`, where a rule sends
    /// engines from there; whether there was one.
    fn serve_from_scenes(
        &mut self,
        until: Moment,
        rules: &Rules<'_>,
        observer: &mut impl Observer,
    ) -> bool {
        let Some(Reverse((moment, _))) = self.clearing.peek().copied() else {
            return false;
        };
        if moment > until {
            return false;
        }
        self.clearing.pop();
        if !self.waiting.is_empty() {
            self.serve_waiting(moment, rules, observer);
        }
        true
    }

    /// Sends ready engines to an incident, as many as it still needs or as there are.
    #[inline]
    fn send(
        &mut self,
        moment: Moment,
        open: &mut Open<'_>,
        rules: &Rules<'_>,
        observer: &mut impl Observer,
    ) {
        if let Some(policy) = rules.policy {
            return self.send_by(policy, moment, open, rules, observer);
        }
        let deployment = rules.deployment;
        let mut until = Moment(0);
        let preferences = deployment.preferences(open.incident.place, moment);
        for (rank, preference) in (0..).zip(preferences) {
            let station = preference.station;
            // Engines of a kind go to the needs for it, before those for any take them.
            for kind in (0..deployment.kinds()).rev() {
                while open.left[kind] > 0 {
                    let ready = &mut self.ready[usize::from(station)];
                    let Some(number) = deployment.sent_for(station, *ready, kind) else {
                        break;
                    };
                    *ready &= !(1 << number);
                    open.left[kind] -= 1;
                    let leg = Leg {
                        engine: EngineId {
                            station,
                            number: number as u16,
                        },
                        rank,
                        expected: preference.expected,
                        home: preference.expected,
                        from_station: true,
                    };
                    let sending = open.sending(moment, &leg, rules);
                    observer.sent(&sending);
                    let ready = sending.ready();
                    self.out.push(Reverse((ready, sending.engine)));
                    until = ready.max(until);
                }
            }
            if open.sent == open.incident.engines {
                break;
            }
        }
        if until > moment {
            self.attend(open.incident.number, until);
        }
    }

    /// The same by a rule, one engine after the other.
    #[cold]
    fn send_by(
        &mut self,
        policy: &dyn Policy,
        moment: Moment,
        open: &mut Open<'_>,
        rules: &Rules<'_>,
        observer: &mut impl Observer,
    ) {
        let deployment = rules.deployment;
        let place = open.incident.place;
        for kind in (0..deployment.kinds()).rev() {
            while open.left[kind] > 0 {
                let view = View {
                    moment,
                    place,
                    ready: &self.ready,
                    away: &self.away,
                    deployment,
                };
                let Some(choice) = policy.choose(&view, kind) else {
                    break;
                };
                let engine = choice.engine;
                match choice.away {
                    None => self.ready[usize::from(engine.station)] &= !(1 << engine.number),
                    Some(away) => self.redirect(away, moment, observer),
                }
                open.left[kind] -= 1;
                let preferences = deployment.preferences(place, moment).iter();
                let rank = preferences
                    .take_while(|preference| preference.station != engine.station)
                    .count();
                let leg = Leg {
                    engine,
                    rank: rank as u16,
                    expected: choice.expected,
                    home: deployment
                        .expected(engine.station, place, moment)
                        .unwrap_or(choice.expected),
                    from_station: choice.away.is_none(),
                };
                let sending = open.sending(moment, &leg, rules);
                observer.sent(&sending);
                self.out.push(Reverse((sending.ready(), engine)));
                self.clearing.push(Reverse((sending.cleared(), engine)));
                self.away.push(sending);
                self.attend(open.incident.number, sending.ready());
            }
        }
    }

    /// Takes an engine from its way back.
    fn redirect(&mut self, away: usize, moment: Moment, observer: &mut impl Observer) {
        let mut sending = self.away.swap_remove(away);
        sending.redirected = Some(moment);
        observer.redirected(&sending);
        self.out
            .retain(|Reverse((_, engine))| *engine != sending.engine);
        // Whether others are still out for the incident that it comes from.
        let others = self.away.iter();
        let others = others.filter(|other| other.incident == sending.incident);
        let until = others.map(Sending::ready).max().unwrap_or(moment);
        self.attended
            .retain(|(incident, _)| *incident != sending.incident);
        if until > moment {
            self.attended.push((sending.incident, until));
        }
    }
}

/// One engine's way to an incident.
struct Leg {
    engine: EngineId,
    /// The place of its station in the order of the place.
    rank: u16,
    /// Expected travel time from where it is.
    expected: Millis,
    /// Expected travel time from its station.
    home: Millis,
    /// Whether its crew has yet to turn out.
    from_station: bool,
}

impl Open<'_> {
    /// Sends an engine with the next of the trips.
    #[inline]
    fn sending(&mut self, moment: Moment, leg: &Leg, rules: &Rules<'_>) -> Sending {
        let incident = self.incident;
        let deployment = rules.deployment;
        let station = leg.engine.station;
        let trip = &self.trips[usize::from(self.sent)];
        let travel = leg.expected.times(trip.traffic);
        let turnout = match leg.from_station {
            true => trip.turnout[deployment.crew(station).index()] + deployment.delay(station),
            false => Millis(0),
        };
        let sending = Sending {
            incident: incident.number,
            place: incident.place,
            engine: leg.engine,
            ordered: moment,
            turnout,
            travel,
            on_scene: trip.on_scene,
            way_back: leg.home.times(trip.traffic).times(rules.return_factor),
            restocking: trip.restocking,
            redirected: None,
        };
        let since_call = sending.arrived().since(incident.received);
        let response = &mut self.response;
        if since_call < response.response {
            response.response = since_call;
            response.travel = travel;
            response.station = station;
            response.rank = leg.rank;
        }
        response.is_aided |= deployment.is_aid(station);
        response.full_assignment = response.full_assignment.max(since_call);
        if self.sent == 0 {
            response.wait = moment.since(incident.ordered());
        }
        self.sent += 1;
        sending
    }
}

#[cfg(test)]
mod tests;
