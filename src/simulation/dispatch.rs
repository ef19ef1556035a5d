//! Who answers: the nearest engines that stand ready, and a queue when there are none.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::roads::travel_times::TravelTimes;
use crate::simulation::history::{History, Incident, Moment};
use crate::units::Millis;

/// The stations of one alternative, and from which of them each place is reached first.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Engines at each station.
    engines: Vec<u16>,
    /// For each place, one entry for every station that reaches it, by travel time and then by
    /// the order of the stations.
    nearest: Vec<(Millis, u16)>,
    /// `first[place]..first[place + 1]` are the entries of a place.
    first: Vec<u32>,
    /// Time back over time out.
    return_factor: f64,
}

impl Deployment {
    /// The stations `bases` (rows of `times`), with so many engines each.
    #[must_use]
    pub fn new(
        times: &TravelTimes,
        bases: &[usize],
        engines: Vec<u16>,
        return_factor: f64,
    ) -> Self {
        let mut nearest = Vec::with_capacity(bases.len() * times.destinations());
        let mut first = vec![0];
        for place in 0..times.destinations() {
            let start = nearest.len();
            nearest.extend(
                (0..)
                    .zip(bases)
                    .map(|(station, base)| (times.get(*base, place), station))
                    .filter(|(time, _)| time.is_finite()),
            );
            nearest[start..].sort_unstable();
            first.push(nearest.len() as u32);
        }
        Self {
            engines,
            nearest,
            first,
            return_factor,
        }
    }

    fn nearest(&self, place: usize) -> &[(Millis, u16)] {
        &self.nearest[self.first[place] as usize..self.first[place + 1] as usize]
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
    /// Call received → first engine at the scene.
    pub response: Millis,
    /// Call received → last required engine at the scene.
    pub full_assignment: Millis,
    /// The station of the engine that arrived first.
    pub station: u16,
}

impl Response {
    const UNANSWERED: Self = Self {
        wait: Millis::NEVER,
        travel: Millis::NEVER,
        response: Millis::NEVER,
        full_assignment: Millis(0),
        station: u16::MAX,
    };
}

/// Engines, ready and out, and incidents that wait for one.
#[derive(Debug, Default)]
pub struct Dispatcher {
    ready: Vec<u16>,
    /// Engines that are out: when they stand ready again, and at which station.
    out: BinaryHeap<Reverse<(Moment, u16)>>,
    /// Incidents that still need engines, first come first served: index, engines sent so far.
    waiting: VecDeque<(usize, u16)>,
}

impl Dispatcher {
    /// Plays a history: `responses[i]` becomes the answer to `history.incidents[i]`.
    ///
    /// An engine leaves the nearest station that has one ready, works at the scene, drives back,
    /// and stands ready again at its own station. An incident for which too few stand ready takes
    /// those there are and waits, first come first served, for the next that comes back.
    ///
    /// # Panics
    /// When a place is reached from no station, which [`crate::scenario::Scenario::travel_times`]
    /// has excluded.
    pub fn play(
        &mut self,
        history: &History,
        deployment: &Deployment,
        responses: &mut Vec<Response>,
    ) {
        self.ready.clone_from(&deployment.engines);
        self.out.clear();
        self.waiting.clear();
        responses.clear();
        responses.resize(history.incidents.len(), Response::UNANSWERED);
        for (index, incident) in history.incidents.iter().enumerate() {
            self.take_back(Some(incident.ordered()), history, deployment, responses);
            // Whoever waits is served first: he took every engine that could reach him.
            let sent = self.send(
                incident.ordered(),
                0,
                incident,
                history,
                deployment,
                &mut responses[index],
            );
            if sent < incident.engines {
                self.waiting.push_back((index, sent));
            }
        }
        self.take_back(None, history, deployment, responses);
        debug_assert!(
            self.waiting.is_empty(),
            "every incident is answered in the end"
        );
    }

    /// Takes back the engines that stand ready by `until` (all, when there is no more to come),
    /// and sends each to the incident that waits longest and that it can reach.
    fn take_back(
        &mut self,
        until: Option<Moment>,
        history: &History,
        deployment: &Deployment,
        responses: &mut [Response],
    ) {
        while let Some(Reverse((moment, station))) = self.out.peek().copied() {
            if until.is_some_and(|until| moment > until) {
                break;
            }
            self.out.pop();
            self.ready[usize::from(station)] += 1;
            self.serve_waiting(moment, history, deployment, responses);
        }
    }

    fn serve_waiting(
        &mut self,
        moment: Moment,
        history: &History,
        deployment: &Deployment,
        responses: &mut [Response],
    ) {
        for _ in 0..self.waiting.len() {
            let Some((index, sent)) = self.waiting.pop_front() else {
                return;
            };
            let incident = &history.incidents[index];
            let sent = self.send(
                moment,
                sent,
                incident,
                history,
                deployment,
                &mut responses[index],
            );
            if sent < incident.engines {
                self.waiting.push_back((index, sent));
            }
        }
    }

    /// Sends the nearest ready engines to an incident that has `sent` already; returns how many it
    /// has now.
    fn send(
        &mut self,
        moment: Moment,
        mut sent: u16,
        incident: &Incident,
        history: &History,
        deployment: &Deployment,
        response: &mut Response,
    ) -> u16 {
        for (expected, station) in deployment.nearest(incident.place.index()) {
            while sent < incident.engines && self.ready[usize::from(*station)] > 0 {
                self.ready[usize::from(*station)] -= 1;
                let trip = history.trips[incident.first_trip as usize + usize::from(sent)];
                let travel = Millis::from_seconds(expected.seconds() * trip.traffic);
                let way_back = Millis::from_seconds(travel.seconds() * deployment.return_factor);
                let arrived = moment.after(trip.turnout).after(travel);
                let since_call = arrived.since(incident.received);
                if since_call < response.response {
                    response.response = since_call;
                    response.travel = travel;
                    response.station = *station;
                }
                response.full_assignment = response.full_assignment.max(since_call);
                if sent == 0 {
                    response.wait = moment.since(incident.ordered());
                }
                let home = arrived.after(trip.on_scene).after(way_back);
                self.out.push(Reverse((home, *station)));
                sent += 1;
            }
        }
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::demand::DemandId;
    use crate::simulation::history::Trip;

    const MINUTE: u32 = 60_000;

    /// One minute of turnout, no noise, on-scene time as given; the dispatch order one minute
    /// after the call.
    fn history(calls: &[(u32, u32, u16, u32)]) -> History {
        let mut history = History::default();
        for (minute, place, engines, on_scene) in calls {
            history.incidents.push(Incident {
                received: Moment(u64::from(minute * MINUTE)),
                call_handling: Millis(MINUTE),
                place: DemandId(*place),
                kind: 0,
                engines: *engines,
                first_trip: history.trips.len() as u32,
            });
            history.trips.extend((0..*engines).map(|_| Trip {
                turnout: Millis(MINUTE),
                traffic: 1.0,
                on_scene: Millis(on_scene * MINUTE),
            }));
        }
        history
    }

    /// ```text
    /// near ---- 4 min ---- place 0 -------- 10 min -------- far
    /// ```
    fn play(engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Vec<Response> {
        let times = TravelTimes::from_rows(1, vec![Millis(4 * MINUTE), Millis(10 * MINUTE)]);
        let deployment = Deployment::new(&times, &[0, 1], engines.to_vec(), 1.0);
        let mut responses = Vec::new();
        Dispatcher::default().play(&history(calls), &deployment, &mut responses);
        responses
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
}
