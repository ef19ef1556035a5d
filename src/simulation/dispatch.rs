//! Who answers: the first engines that stand ready by the order of the place, and what happens
//! when there are none.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::brigades::apparatus::ByKind;
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::history::{History, Incident, Moment, Trip};
use crate::simulation::model::Model;
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
    /// Which engine.
    pub engine: EngineId,
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
}

impl Sending {
    /// When it arrives at the scene.
    #[must_use]
    pub fn arrived(&self) -> Moment {
        self.ordered.after(self.turnout).after(self.travel)
    }

    /// When it stands ready again.
    #[must_use]
    pub fn ready(&self) -> Moment {
        let back = self.arrived().after(self.on_scene).after(self.way_back);
        back.after(self.restocking)
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
    /// The station of the engine that arrived first; `u16::MAX` when none came.
    pub station: u16,
    /// The station that is asked first for this place had no engine ready when the order was
    /// given.
    pub first_due_out: bool,
    /// The place of the station that came first in the order in which stations are asked, from 0.
    pub rank: u16,
    /// Some engine came from a neighbour.
    pub is_aided: bool,
    /// How many other incidents had engines out when the order was given.
    pub others: u16,
    /// How many engines were out when the order was given.
    pub engines_out: u16,
}

impl Response {
    const UNANSWERED: Self = Self {
        wait: Millis::NEVER,
        travel: Millis::NEVER,
        response: Millis::NEVER,
        full_assignment: Millis(0),
        station: u16::MAX,
        first_due_out: false,
        rank: u16::MAX,
        is_aided: false,
        others: 0,
        engines_out: 0,
    };

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
    /// All engines that come to an incident have been sent.
    fn answered(&mut self, incident: &Incident, response: &Response);
}

/// Engines, ready and out, and incidents that wait for one.
#[derive(Clone, Debug, Default)]
pub struct Dispatcher {
    /// One bit for each engine of a station that stands ready.
    ready: Vec<u64>,
    /// Engines that are out, and when they stand ready again.
    out: BinaryHeap<Reverse<(Moment, EngineId)>>,
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
}

impl<'m> Rules<'m> {
    /// The rules of a model for an alternative.
    #[must_use]
    pub fn new(model: &Model, deployment: &'m Deployment) -> Self {
        Self {
            deployment,
            return_factor: model.return_factor,
            overload: model.overload,
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
            let asked = rules.deployment.preferences(incident.place.index());
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
            if until.is_some_and(|until| moment > until) {
                break;
            }
            self.out.pop();
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

    /// Sends ready engines to an incident, as many as it still needs or as there are.
    #[inline]
    fn send(
        &mut self,
        moment: Moment,
        open: &mut Open<'_>,
        rules: &Rules<'_>,
        observer: &mut impl Observer,
    ) {
        let incident = open.incident;
        let response = &mut open.response;
        let deployment = rules.deployment;
        let mut until = Moment(0);
        for (rank, preference) in (0..).zip(deployment.preferences(incident.place.index())) {
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
                    let number = number as u16;
                    let trip = &open.trips[usize::from(open.sent)];
                    let travel = preference.expected.times(trip.traffic);
                    let sending = Sending {
                        incident: incident.number,
                        engine: EngineId { station, number },
                        ordered: moment,
                        turnout: trip.turnout[deployment.crew(station).index()]
                            + deployment.delay(station),
                        travel,
                        on_scene: trip.on_scene,
                        way_back: travel.times(rules.return_factor),
                        restocking: trip.restocking,
                    };
                    let since_call = sending.arrived().since(incident.received);
                    if since_call < response.response {
                        response.response = since_call;
                        response.travel = travel;
                        response.station = station;
                        response.rank = rank;
                    }
                    response.is_aided |= deployment.is_aid(station);
                    response.full_assignment = response.full_assignment.max(since_call);
                    if open.sent == 0 {
                        response.wait = moment.since(incident.ordered());
                    }
                    observer.sent(&sending);
                    let ready = sending.ready();
                    self.out.push(Reverse((ready, sending.engine)));
                    until = ready.max(until);
                    open.sent += 1;
                }
            }
            if open.sent == incident.engines {
                break;
            }
        }
        if until > moment {
            self.attend(incident.number, until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::demand::DemandId;
    use crate::simulation::deployment::Preference;

    const MINUTE: u32 = 60_000;

    /// One minute of turnout, no noise, on-scene time as given; the dispatch order one minute
    /// after the call.
    fn history(calls: &[(u32, u32, u16, u32)]) -> History {
        let mut history = History::default();
        for (number, (minute, place, engines, on_scene)) in (0..).zip(calls) {
            history.incidents.push(Incident {
                number,
                received: Moment(u64::from(minute * MINUTE)),
                call_handling: Millis(MINUTE),
                place: DemandId(*place),
                kind: 0,
                priority: if *place == 0 { 1 } else { 0 },
                engines: *engines,
                needs: [*engines as u8, 0, 0, 0, 0, 0],
                first_trip: history.trips.len() as u32,
                water: None,
            });
            history.trips.extend((0..*engines).map(|_| Trip {
                turnout: [1, 5, 9].map(|minutes| Millis(minutes * MINUTE)),
                traffic: 1.0,
                on_scene: Millis(on_scene * MINUTE),
                restocking: Millis(0),
            }));
        }
        history
    }

    /// Takes down what happens.
    #[derive(Default)]
    struct Notes {
        responses: Vec<Option<Response>>,
        sent: Vec<Sending>,
    }

    impl Observer for Notes {
        fn sent(&mut self, sending: &Sending) {
            self.sent.push(*sending);
        }

        fn answered(&mut self, incident: &Incident, response: &Response) {
            let told = self.responses.len().max(incident.number as usize + 1);
            self.responses.resize(told, None);
            self.responses[incident.number as usize] = Some(*response);
        }
    }

    /// Each incident in a piece of its own, as pieces must not matter.
    fn play_by(overload: Overload, engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Notes {
        play_history(overload, engines, &history(calls))
    }

    /// Both places have the same way to both stations; calls at place 1 are graver.
    fn play_history(overload: Overload, engines: [u16; 2], whole: &History) -> Notes {
        let order = [(4, 0), (10, 1)].map(|(minutes, station)| Preference {
            expected: Millis(minutes * MINUTE),
            station,
        });
        let deployment = Deployment::in_order(engines.to_vec(), &[order.to_vec(), order.to_vec()]);
        let rules = Rules {
            deployment: &deployment,
            return_factor: 1.0,
            overload,
        };
        let mut notes = Notes::default();
        let mut dispatcher = Dispatcher::new(&deployment);
        for incident in &whole.incidents {
            let piece = History {
                incidents: vec![*incident],
                trips: whole.trips.clone(),
            };
            dispatcher.play(&piece, &rules, &mut notes);
        }
        dispatcher.finish(&rules, &mut notes);
        notes
    }

    /// ```text
    /// near ---- 4 min ---- place 0 -------- 10 min -------- far
    /// ```
    fn play(engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Vec<Response> {
        let notes = play_by(Overload::Queue, engines, calls);
        notes
            .responses
            .into_iter()
            .map(|r| r.expect("answered"))
            .collect()
    }

    fn minutes(span: Millis) -> u32 {
        assert_eq!(span.0 % MINUTE, 0);
        span.0 / MINUTE
    }

    /// ```text
    /// minute    0 1 2     6            26      30
    /// call A    |h|t|drive|--- scene ---|--back--|     near's engine, home at 30
    /// call B      at 5: |h|t|---- 10 min ----|         near is empty: far's engine
    /// call C      at 30: near's engine is home at 30, the order is given at 31
    /// ```
    /// A: 1 + 1 + 4 = 6. B: 1 + 1 + 10 = 12. C: 6 again.
    #[test]
    fn a_second_call_is_answered_from_further_away_until_the_engine_is_back() {
        let responses = play([1, 1], &[(0, 0, 1, 20), (5, 0, 1, 20), (30, 0, 1, 20)]);
        let times: Vec<u32> = responses.iter().map(|r| minutes(r.response)).collect();
        assert_eq!(times, [6, 12, 6]);
        assert_eq!(
            responses.iter().map(|r| r.station).collect::<Vec<_>>(),
            [0, 1, 0]
        );
        assert!(responses.iter().all(|r| r.wait == Millis(0)));
        let others: Vec<u16> = responses.iter().map(|r| r.others).collect();
        assert_eq!(others, [0, 1, 1]); // A is over at 30, B not before 47.
        let ranks: Vec<u16> = responses.iter().map(|r| r.rank).collect();
        assert_eq!(ranks, [0, 1, 0]);
    }

    /// ```text
    /// minute    0 1 2     6            26      30 31    35
    /// call A    |h|t|drive|--- scene ---|--back--|              home at 30
    /// call B      at 5, ordered at 6: waits ...  |t|drive|      24 minutes of waiting
    /// ```
    /// B: 1 + 24 + 1 + 4 = 30.
    #[test]
    fn a_call_waits_when_no_engine_is_ready() {
        let responses = play([1, 0], &[(0, 0, 1, 20), (5, 0, 1, 20)]);
        assert_eq!(minutes(responses[1].wait), 24);
        assert_eq!(minutes(responses[1].response), 30);
    }

    /// Two engines, one from each station: the first is there after 6 minutes, the last after 12.
    #[test]
    fn a_full_assignment_comes_from_both_stations() {
        let responses = play([1, 1], &[(0, 0, 2, 20)]);
        assert_eq!(minutes(responses[0].response), 6);
        assert_eq!(minutes(responses[0].full_assignment), 12);
    }

    /// A takes near's only engine until 30; B (3 engines) gets far's two at once and the third
    /// when near's is home: 30 + 1 + 4 = 35, which is 30 minutes after its call at 5. C, called at
    /// 7 and waiting behind B, gets the first engine that is home after that: far's two are out
    /// from 6, there at 17, leave at 37, are home at 47; near's second trip is home at 59. C is
    /// reached at 47 + 1 + 10 = 58, which is 51 minutes after its call.
    #[test]
    fn waiting_incidents_are_served_first_come_first_served() {
        let responses = play([1, 2], &[(0, 0, 1, 20), (5, 0, 3, 20), (7, 0, 1, 20)]);
        assert_eq!(minutes(responses[1].response), 12);
        assert_eq!(minutes(responses[1].full_assignment), 30);
        assert_eq!(minutes(responses[2].wait), 39);
        assert_eq!(minutes(responses[2].response), 51);
    }

    /// A keeps near's only engine until 30. B, at 5, and C, graver, at 7, wait for it: C gets it at
    /// 30 and is reached at 30 + 1 + 4 = 35; the engine leaves at 55 and is home at 59, when it goes
    /// to B: 59 + 1 + 4 = 64. D, at 8 and as grave as B, comes after B: B keeps the engine until
    /// 64 + 20 + 4 = 88, and D is reached at 93.
    #[test]
    fn the_graver_call_is_served_first_and_of_equals_the_first() {
        let calls = [(0, 0, 1, 20), (5, 0, 1, 20), (7, 1, 1, 20), (8, 0, 1, 20)];
        let responses = play([1, 0], &calls);
        let times: Vec<u32> = responses.iter().map(|r| minutes(r.response)).collect();
        assert_eq!(times, [6, 64 - 5, 35 - 7, 93 - 8]);
    }

    /// As a call that waits, but the engine that is home at 30 has to be made ready until 40.
    #[test]
    fn an_engine_that_is_restocked_is_not_sent_before_it_is_ready() {
        let mut whole = history(&[(0, 0, 1, 20), (5, 0, 1, 20)]);
        for trip in &mut whole.trips {
            trip.restocking = Millis(10 * MINUTE);
        }
        let notes = play_history(Overload::Queue, [1, 0], &whole);
        let second = notes.responses[1].unwrap();
        assert_eq!([second.wait, second.response].map(minutes), [34, 40]);
        let day = [Moment(0), Moment::midnight(1)];
        let out = notes.sent.iter().map(|sending| sending.out_between(day));
        assert_eq!(out.sum::<u64>(), 2 * u64::from(39 * MINUTE));
    }

    /// A takes near's engine until 30, B far's, which is ordered at 6 and home at 1 + 10 + 20 + 10
    /// minutes later, at 47; C, at 10, finds none and is lost; D, at 46, is ordered at 47.
    #[test]
    fn a_call_is_lost_when_no_engine_is_ready_and_none_may_wait() {
        let calls = [(0, 0, 1, 20), (5, 0, 1, 20), (10, 0, 1, 20), (46, 0, 2, 20)];
        let notes = play_by(Overload::Loss, [1, 1], &calls);
        let responses: Vec<Response> = notes.responses.into_iter().flatten().collect();
        assert_eq!(
            responses.iter().map(Response::is_lost).collect::<Vec<_>>(),
            [false, false, true, false]
        );
        assert_eq!(minutes(responses[3].full_assignment), 12);
        let out: Vec<bool> = responses.iter().map(|r| r.first_due_out).collect();
        assert_eq!(out, [false, true, true, false]);
    }

    /// Two engines are sent from near, in the order of their numbers, and one from far; every stage
    /// follows the one before.
    #[test]
    fn every_engine_is_told_with_its_stages() {
        let notes = play_by(Overload::Queue, [2, 1], &[(0, 0, 3, 20)]);
        let told: Vec<(u16, u16, u32, u64, u64)> = notes
            .sent
            .iter()
            .map(|s| {
                let minute = u64::from(MINUTE);
                let EngineId { station, number } = s.engine;
                (
                    station,
                    number,
                    minutes(s.travel),
                    s.arrived().0 / minute,
                    s.ready().0 / minute,
                )
            })
            .collect();
        assert_eq!(
            told,
            [(0, 0, 4, 6, 30), (0, 1, 4, 6, 30), (1, 0, 10, 12, 42)]
        );
    }

    /// Near has a ladder and two pumpers, far a ladder and a tender. A fire needs a tender and one of
    /// any kind: of near, which is asked first, a pumper, of which it has more, and far's tender. A
    /// second one needs two ladders: one from each. Then one of any kind: near's other pumper. For the
    /// next nothing is left.
    #[test]
    fn each_need_is_met_by_an_engine_of_its_kind() {
        let order = [(4, 0), (10, 1)].map(|(minutes, station)| Preference {
            expected: Millis(minutes * MINUTE),
            station,
        });
        let [ladder, pumper, tender] = [1, 2, 3];
        let deployment = Deployment::in_order(vec![3, 2], &[order.to_vec()])
            .with_kinds(&[[0, 1, 2, 0, 0, 0], [0, 1, 0, 1, 0, 0]]);
        let mut whole = history(&[(0, 0, 2, 20), (1, 0, 2, 20), (2, 0, 1, 20), (3, 0, 1, 20)]);
        whole.incidents[0].needs = [1, 0, 0, 1, 0, 0];
        whole.incidents[1].needs = [0, 2, 0, 0, 0, 0];
        let rules = Rules {
            deployment: &deployment,
            return_factor: 1.0,
            overload: Overload::Loss,
        };
        let mut notes = Notes::default();
        let mut dispatcher = Dispatcher::new(&deployment);
        dispatcher.play(&whole, &rules, &mut notes);
        dispatcher.finish(&rules, &mut notes);
        let sent: Vec<(u32, u16, usize)> = notes
            .sent
            .iter()
            .map(|sending| {
                let EngineId { station, number } = sending.engine;
                (
                    sending.incident,
                    station,
                    deployment.kind_of(station, number),
                )
            })
            .collect();
        assert_eq!(
            sent,
            [
                (0, 0, pumper),
                (0, 1, tender),
                (1, 0, ladder),
                (1, 1, ladder),
                (2, 0, pumper)
            ]
        );
        let lost = notes.responses.iter().map(|r| r.unwrap().is_lost());
        assert_eq!(lost.collect::<Vec<_>>(), [false, false, false, true]);
    }
}
