//! Incident streams worked out by hand, for every rule of dispatch without policies.

use super::*;
use crate::county::demand::DemandPointId;
use crate::county::incident_types::IncidentTypeId;
use crate::expected::engines::{EngineId, FleetStation};
use crate::expected::fleet::{Fleet, Preference};
use crate::scenario::file::Overload;
use crate::simulation::assignment::Assignment;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, Trip};
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

pub(super) const MINUTE: u32 = 60_000;

/// One minute of turnout, no noise, on-scene time as given; the dispatch order one minute
/// after the call.
pub(super) fn piece(calls: &[(u32, u32, u16, u32)]) -> StreamPiece {
    let mut piece = StreamPiece::default();
    for (number, (minute, point, engines, on_scene)) in (0..).zip(calls) {
        piece.incidents.push(Incident {
            number,
            received: SimulatedTime(u64::from(minute * MINUTE)),
            call_handling: Millis(MINUTE),
            point: DemandPointId(*point),
            incident_type: IncidentTypeId(0),
            priority: u8::from(*point == 0),
            in_standards: true,
            engines: *engines,
            needs: [*engines as u8, 0, 0, 0, 0, 0],
            first_trip: piece.trips.len() as u32,
            water: None,
        });
        piece.trips.extend((0..*engines).map(|_| Trip {
            turnout: [1, 5, 9].map(|minutes| Millis(minutes * MINUTE)),
            traffic: 1.0,
            traffic_back: 1.0,
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
        let known = self.responses.len().max(incident.number as usize + 1);
        self.responses.resize(known, None);
        self.responses[incident.number as usize] = Some(*response);
    }
}

/// Each incident in a piece of its own, as pieces must not matter.
fn notes_of(overload: Overload, engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Notes {
    notes_of_piece(overload, engines, &piece(calls))
}

/// Both demand points have the same way to both stations; calls at point 1 are graver.
fn notes_of_piece(overload: Overload, engines: [u16; 2], whole: &StreamPiece) -> Notes {
    let order = [(4, 0), (10, 1)].map(|(minutes, station)| Preference {
        expected: Millis(minutes * MINUTE),
        station: FleetStation(station),
    });
    let deployment = Deployment::in_order(
        Fleet::alike(engines.to_vec()),
        &[order.to_vec(), order.to_vec()],
    );
    let rules = DispatchRules {
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
        dispatcher.answer(&piece, &rules, &mut notes);
    }
    dispatcher.finish(&rules, &mut notes);
    notes
}

/// ```text
/// near ---- 4 min ---- point 0 -------- 10 min -------- far
/// ```
fn responses_to(engines: [u16; 2], calls: &[(u32, u32, u16, u32)]) -> Vec<Response> {
    let notes = notes_of(Overload::Queue, engines, calls);
    notes
        .responses
        .into_iter()
        .map(|r| r.expect("answered"))
        .collect()
}

pub(super) fn minutes(span: Millis) -> u32 {
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
    let responses = responses_to([1, 1], &[(0, 0, 1, 20), (5, 0, 1, 20), (30, 0, 1, 20)]);
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
    let responses = responses_to([1, 0], &[(0, 0, 1, 20), (5, 0, 1, 20)]);
    assert_eq!(minutes(responses[1].wait), 24);
    assert_eq!(minutes(responses[1].response), 30);
}

/// Two engines, one from each station: the first is there after 6 minutes, the last after 12.
#[test]
fn a_full_assignment_comes_from_both_stations() {
    let responses = responses_to([1, 1], &[(0, 0, 2, 20)]);
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
    let responses = responses_to([1, 2], &[(0, 0, 1, 20), (5, 0, 3, 20), (7, 0, 1, 20)]);
    assert_eq!(minutes(responses[1].response), 12);
    assert_eq!(minutes(responses[1].full_assignment), 30);
    assert_eq!(minutes(responses[2].wait), 39);
    assert_eq!(minutes(responses[2].response), 51);
}

/// A needs five engines, and there are two: it takes both and waits for no more. Near's is home at 30 and goes to B,
/// called at 7, which it reaches at 30 + 1 + 4 = 35.
#[test]
fn nobody_waits_for_more_engines_than_there_are() {
    let calls = [(0, 0, 5, 20), (7, 0, 1, 20)];
    let responses = responses_to([1, 1], &calls);
    assert_eq!(responses[0].sent, 2);
    assert_eq!(minutes(responses[0].full_assignment), 12);
    let incidents = piece(&calls).incidents;
    let short: Vec<bool> = (responses.iter().zip(&incidents))
        .map(|(response, incident)| response.is_short_handed(incident))
        .collect();
    assert_eq!(short, [true, false]);
    assert_eq!(minutes(responses[1].response), 35 - 7);
}

/// A keeps near's only engine until 30. B, at 5, and C, graver, at 7, wait for it: C gets it at
/// 30 and is reached at 30 + 1 + 4 = 35; the engine leaves at 55 and is home at 59, when it goes
/// to B: 59 + 1 + 4 = 64. D, at 8 and as grave as B, comes after B: B keeps the engine until
/// 64 + 20 + 4 = 88, and D is reached at 93.
#[test]
fn the_graver_call_is_served_first_and_of_equals_the_first() {
    let calls = [(0, 0, 1, 20), (5, 0, 1, 20), (7, 1, 1, 20), (8, 0, 1, 20)];
    let responses = responses_to([1, 0], &calls);
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
    let notes = notes_of_piece(Overload::Queue, [1, 0], &whole);
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
    let notes = notes_of(Overload::Loss, [1, 1], &calls);
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
fn every_engine_is_observed_with_its_stages() {
    let notes = notes_of(Overload::Queue, [2, 1], &[(0, 0, 3, 20)]);
    let observed: Vec<(u32, u16, u32, u64, u64)> = notes
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
        observed,
        [(0, 0, 4, 6, 30), (0, 1, 4, 6, 30), (1, 0, 10, 12, 42)]
    );
}

/// Near has a ladder and two pumpers, far a ladder and a tender. A fire needs a tender and one of
/// any: of near, which is sent first, a pumper, of which it has more, and far's tender. A
/// second one needs two ladders: one from each. Then one of any: near's other pumper. For the
/// next nothing is left.
#[test]
fn each_need_is_met_by_an_engine_of_its_apparatus() {
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
    let rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Loss,
        policies: &[],
    };
    let mut notes = Notes::default();
    let mut dispatcher = Dispatcher::new(&rules);
    dispatcher.answer(&whole, &rules, &mut notes);
    dispatcher.finish(&rules, &mut notes);
    let sent: Vec<(u32, u32, usize)> = notes
        .sent
        .iter()
        .map(|assignment| {
            let engine = assignment.engine;
            (
                assignment.incident,
                engine.station.0,
                deployment.fleet.apparatus_of(engine).index(),
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
