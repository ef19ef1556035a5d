//! Incident streams worked out by hand, for every rule.

use super::*;
use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::fleet::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::scenario::loading::locate;
use crate::simulation::assignment::{Assignment, EngineId};
use crate::simulation::audit::Audit;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, Trip};
use crate::simulation::model::Model;
use crate::simulation::policies::Policy;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::reroute::Reroute;
use crate::simulation::policies::{Choice, Need, View};
use crate::simulation::replications::watch;
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::simulation::trace::Trace;
use crate::units::Millis;

const MINUTE: u32 = 60_000;

/// One minute of turnout, no noise, on-scene time as given; the dispatch order one minute
/// after the call.
fn piece(calls: &[(u32, u32, u16, u32)]) -> StreamPiece {
    let mut piece = StreamPiece::default();
    for (number, (minute, place, engines, on_scene)) in (0..).zip(calls) {
        piece.incidents.push(Incident {
            number,
            received: SimulatedTime(u64::from(minute * MINUTE)),
            call_handling: Millis(MINUTE),
            point: DemandPointId(*place),
            kind: 0,
            priority: u8::from(*place == 0),
            engines: *engines,
            needs: [*engines as u8, 0, 0, 0, 0, 0],
            first_trip: piece.trips.len() as u32,
            water: None,
        });
        piece.trips.extend((0..*engines).map(|_| Trip {
            turnout: [1, 5, 9].map(|minutes| Millis(minutes * MINUTE)),
            traffic: 1.0,
            on_scene: Millis(on_scene * MINUTE),
            restocking: Millis(0),
        }));
    }
    piece
}

/// Takes down what happens.
#[derive(Default)]
struct Notes {
    responses: Vec<Option<Response>>,
    sent: Vec<Assignment>,
}

impl Observer for Notes {
    fn sent(&mut self, assignment: &Assignment) {
        self.sent.push(*assignment);
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        let told = self.responses.len().max(incident.number as usize + 1);
        self.responses.resize(told, None);
        self.responses[incident.number as usize] = Some(*response);
    }
}

/// Each incident in a piece of its own, as pieces must not matter.
fn play_by(overload: Overload, engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Notes {
    play_piece(overload, engines, &piece(calls))
}

/// Both places have the same way to both stations; calls at place 1 are graver.
fn play_piece(overload: Overload, engines: [u16; 2], whole: &StreamPiece) -> Notes {
    let order = [(4, 0), (10, 1)].map(|(minutes, station)| Preference {
        expected: Millis(minutes * MINUTE),
        station: FleetStation(station),
    });
    let deployment = Deployment::in_order(
        Fleet::alike(engines.to_vec()),
        &[order.to_vec(), order.to_vec()],
    );
    let rules = Rules {
        deployment: &deployment,
        return_factor: 1.0,
        overload,
        policies: &[],
    };
    let mut notes = Notes::default();
    let mut dispatcher = Dispatcher::new(&rules);
    for incident in &whole.incidents {
        let piece = StreamPiece {
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
        responses
            .iter()
            .map(|r| r.station.unwrap().0)
            .collect::<Vec<_>>(),
        [0, 1, 0]
    );
    assert!(responses.iter().all(|r| r.wait == Millis(0)));
    let others: Vec<u16> = responses.iter().map(|r| r.others).collect();
    assert_eq!(others, [0, 1, 1]); // A is over at 30, B not before 47.
    assert!(
        responses
            .iter()
            .all(|r| r.second_due == Some(FleetStation(1)))
    );
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
    let mut whole = piece(&[(0, 0, 1, 20), (5, 0, 1, 20)]);
    for trip in &mut whole.trips {
        trip.restocking = Millis(10 * MINUTE);
    }
    let notes = play_piece(Overload::Queue, [1, 0], &whole);
    let second = notes.responses[1].unwrap();
    assert_eq!([second.wait, second.response].map(minutes), [34, 40]);
    let day = [SimulatedTime(0), SimulatedTime::midnight(1)];
    let out = notes
        .sent
        .iter()
        .map(|assignment| assignment.out_between(day));
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
                station.0,
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
        station: FleetStation(station),
    });
    let [ladder, pumper, tender] = [1, 2, 3];
    let deployment = Deployment::in_order(
        Fleet::alike(vec![3, 2]).with_apparatus(&[[0, 1, 2, 0, 0, 0], [0, 1, 0, 1, 0, 0]]),
        &[order.to_vec()],
    );
    let mut whole = piece(&[(0, 0, 2, 20), (1, 0, 2, 20), (2, 0, 1, 20), (3, 0, 1, 20)]);
    whole.incidents[0].needs = [1, 0, 0, 1, 0, 0];
    whole.incidents[1].needs = [0, 2, 0, 0, 0, 0];
    let rules = Rules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Loss,
        policies: &[],
    };
    let mut notes = Notes::default();
    let mut dispatcher = Dispatcher::new(&rules);
    dispatcher.play(&whole, &rules, &mut notes);
    dispatcher.finish(&rules, &mut notes);
    let sent: Vec<(u32, u16, usize)> = notes
        .sent
        .iter()
        .map(|assignment| {
            let EngineId { station, number } = assignment.engine;
            (
                assignment.incident,
                station.0,
                deployment.fleet.apparatus_of(station, number),
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

/// Responses in minutes by the number of the incident, lost ones none, and everything that happened.
fn played(rules: &Rules<'_>, calls: &[(u32, u32, u16, u32)]) -> (Vec<Option<u32>>, Trace) {
    let mut trace = Trace::default();
    let mut audit = Audit::default();
    let mut dispatcher = Dispatcher::new(rules);
    let mut observer = audit.over(&mut trace);
    dispatcher.play(&piece(calls), rules, &mut observer);
    dispatcher.finish(rules, &mut observer);
    audit.close();
    let mut answered: Vec<&(Incident, Response)> = trace.answered.iter().collect();
    answered.sort_by_key(|(incident, _)| incident.number);
    let response = |r: &Response| (!r.is_lost()).then(|| minutes(r.response));
    let responses = answered.iter().map(|(_, r)| response(r)).collect();
    (responses, trace)
}

fn minute(time: SimulatedTime) -> u64 {
    time.0 / u64::from(MINUTE)
}

/// ```text
/// station 0 --- 6 min --- b --- 4 min --- a        station 1, 30 min from both
/// ```
/// with one engine each.
fn along_one_road() -> Deployment {
    let minutes_of = |minutes: u32| Millis(minutes * MINUTE);
    let order = |near: u32| {
        let of = [(near, 0), (30, 1)].map(|(minutes, station)| Preference {
            expected: minutes_of(minutes),
            station: FleetStation(station),
        });
        of.to_vec()
    };
    let between = [0, 4, 4, 0].map(minutes_of).to_vec();
    Deployment::in_order(Fleet::alike(vec![1, 1]), &[order(10), order(6)])
        .with_times_between(TravelTimes::from_rows(2, between).into())
}

/// [`along_one_road`]. A call at a, at 0: ordered at 1, left at 2, there at 12, leaves at 32, back at 42. A call at b at 33,
/// ordered at 34: the engine has done two of ten minutes, and b is four from a: 2 minutes to go, there
/// at 36; it is back in 6 after 20 at the scene, at 62. Without the rule station 1 would have come, at
/// 34 + 1 + 30.
#[test]
fn an_engine_on_its_way_back_is_sent_from_where_it_is() {
    let deployment = along_one_road();
    let redirect: [Box<dyn Policy>; 1] = [Box::new(Redirect)];
    let mut rules = Rules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &redirect,
    };
    let calls = [(0, 0, 1, 20), (33, 1, 1, 20)];
    let (responses, trace) = played(&rules, &calls);
    assert_eq!(responses, [Some(12), Some(3)]);
    let until: Vec<u64> = trace.sent.iter().map(|s| minute(s.ready())).collect();
    assert_eq!(until, [34, 62]);
    assert_eq!(
        trace.sent[0].redirected,
        Some(SimulatedTime(34 * u64::from(MINUTE)))
    );
    // While it is at the scene it is not sent, nor where a ready engine is earlier.
    let (responses, _) = played(&rules, &[(0, 0, 1, 20), (20, 1, 1, 20)]);
    assert_eq!(responses, [Some(12), Some(32)]);
    // A second engine is wanted, and none stands ready: it waits until one leaves its scene. The first
    // call took both, of which the near one leaves at 32 and is 4 from b.
    let (responses, trace) = played(&rules, &[(0, 0, 2, 20), (20, 1, 1, 20)]);
    assert_eq!(responses, [Some(12), Some(32 - 20 + 4)]);
    assert_eq!(trace.sent[2].ordered, SimulatedTime(32 * u64::from(MINUTE)));
    rules.policies = &[];
    assert_eq!(played(&rules, &calls).0, [Some(12), Some(32)]);
}

/// [`along_one_road`]. A call at a, at 0: ordered at 1, left at 2. A graver one at b at 3, ordered at 4:
/// the engine has done two of the six minutes to b and is there at 8. The call at a gets station 1's, at
/// 4 + 1 + 30. While the crew turns out it goes to b with what is left of that: for calls of the same
/// minute 1 + 1 + 6. Nobody is taken from an equally grave call, or once there.
#[test]
fn an_engine_under_way_is_sent_on_to_a_graver_incident() {
    let deployment = along_one_road();
    let reroute: [Box<dyn Policy>; 1] = [Box::new(Reroute)];
    let mut rules = Rules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &reroute,
    };
    let calls = [(0, 0, 1, 20), (3, 1, 1, 20)];
    let (responses, trace) = played(&rules, &calls);
    assert_eq!(responses, [Some(35), Some(5)]);
    let sent = trace.sent.iter();
    let sent: Vec<_> = sent
        .map(|s| (s.incident, s.engine.station.0, s.redirected.map(minute)))
        .collect();
    assert_eq!(sent, [(0, 0, Some(4)), (1, 0, None), (0, 1, None)]);
    // It left and never arrived.
    let events = trace.events();
    let of_first = events.iter().filter(|(_, incident, event)| {
        *incident == Some(0) && event.engine().is_some_and(|e| e.station.0 == 0)
    });
    let names: Vec<_> = of_first.map(|(_, _, event)| event.name()).collect();
    assert_eq!(names, ["dispatched", "left", "redirected"]);

    let same_minute = [(0, 0, 1, 20), (0, 1, 1, 20)];
    assert_eq!(played(&rules, &same_minute).0, [Some(32), Some(8)]);
    let when_there = [(0, 0, 1, 20), (11, 1, 1, 20)];
    assert_eq!(played(&rules, &when_there).0, [Some(12), Some(32)]);
    let equally_grave = [(0, 0, 1, 20), (3, 0, 1, 20)];
    assert_eq!(played(&rules, &equally_grave).0, [Some(12), Some(32)]);

    // Nobody else is there: the first call waits until the engine is back from b, at 8 + 20 + 6, or is
    // lost.
    let mut alone = along_one_road();
    alone.fleet = alone.fleet.with_engines(vec![1, 0]);
    rules.deployment = &alone;
    assert_eq!(played(&rules, &calls).0, [Some(34 + 1 + 10), Some(5)]);
    rules.overload = Overload::Loss;
    assert_eq!(played(&rules, &calls).0, [None, Some(5)]);
}

/// ```text
/// a --- 4 min --- station 0 --- 8 min --- station 1
/// ```
/// with one engine and two. A call at a at 0, ordered at 1: station 0 is bare, and one of station 1
/// leaves for it, there at 9. A second call at 5, ordered at 6: it has 3 of its 8 minutes left and 4 more
/// to a, there at 13. Or at 10, ordered at 11: it stands by and is there at 11 + 1 + 4. The first engine
/// is back at 6 + 20 + 4, when the other goes home.
#[test]
fn an_engine_stands_by_where_none_is_ready() {
    let order = [(4, 0), (12, 1)].map(|(minutes, station)| Preference {
        expected: Millis(minutes * MINUTE),
        station: FleetStation(station),
    });
    let between = [0, 8, 8, 0].map(|minutes| Millis(minutes * MINUTE));
    let deployment = Deployment::in_order(Fleet::alike(vec![1, 2]), &[order.to_vec()])
        .with_times_between_stations(between.to_vec());
    let move_up = |from: u32| -> [Box<dyn Policy>; 1] { [Box::new(MoveUp { from })] };
    let (two, three) = (move_up(2), move_up(3));
    let mut rules = Rules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &two,
    };
    let moves = |trace: &Trace| {
        let relocated = trace.relocated.iter();
        let told = relocated.map(|r| (minute(r.ordered), r.to.0, minute(r.arrives)));
        told.collect::<Vec<_>>()
    };
    let (responses, trace) = played(&rules, &[(0, 0, 1, 20)]);
    assert_eq!(responses, [Some(6)]);
    assert_eq!(moves(&trace), [(1, 0, 9), (30, 1, 38)]);
    let posted = |at: u64| {
        trace
            .posted_at(SimulatedTime(at * u64::from(MINUTE)))
            .count()
    };
    assert_eq!([1, 2, 9, 30, 31, 38].map(posted), [0, 1, 1, 1, 1, 0]);

    let (responses, trace) = played(&rules, &[(0, 0, 1, 20), (5, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(8)]);
    assert_eq!(trace.sent[1].from, None);
    let (responses, trace) = played(&rules, &[(0, 0, 1, 20), (10, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(6)]);
    assert_eq!(trace.sent[1].from, Some(FleetStation(0)));
    // It drives home from the scene.
    assert_eq!(minute(trace.sent[1].ready()), 16 + 20 + 12);

    // Two are not enough to spare one of.
    rules.policies = &three;
    let (responses, trace) = played(&rules, &[(0, 0, 1, 20), (5, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(1 + 1 + 12)]);
    assert_eq!(moves(&trace), []);
}

/// A rule that never proposes anything.
#[derive(Debug)]
struct Never;

impl Policy for Never {
    fn candidate(&self, _: &View<'_>, _: &Need) -> Option<Choice> {
        None
    }
}

/// The dispatcher that remembers every engine answers as the one that does not, of which it is a check:
/// a year of the embedded county with fifty times its incidents, so that engines are often out.
#[test]
fn a_rule_that_never_proposes_anything_changes_nothing() {
    let mut scenario = Scenario::load(&locate(None)).unwrap();
    for point in &mut scenario.county.demand {
        point.rates.iter_mut().for_each(|rate| *rate *= 50.0);
    }
    scenario.incidents.horizon.days = 365;
    let times = scenario.travel_times().unwrap();
    let deployment = Deployment::of(&Expected::of(&scenario), &times, &scenario.alternatives[3]);
    let mut model = Model::of(&scenario);
    let mut watched = |overload: Overload, policies: Vec<Box<dyn Policy>>| {
        (model.overload, model.policies) = (overload, policies);
        let mut trace = Trace::default();
        watch(&model, &deployment, 0, &mut trace);
        trace.answered.sort_by_key(|(incident, _)| incident.number);
        trace
    };
    for overload in [Overload::Queue, Overload::Loss] {
        let plain = watched(overload, Vec::new());
        let ruled = watched(overload, vec![Box::new(Never)]);
        let waited = (plain.answered.iter()).filter(|(_, response)| response.wait.0 > 0);
        assert!(waited.count() > 100 && plain.sent.len() > 1000);
        assert_eq!(plain, ruled);
    }
}
