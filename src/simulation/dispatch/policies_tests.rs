//! Incident streams worked out by hand, for every policy; and that a policy that never acts changes nothing.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::tests::{MINUTE, minutes, piece};
use super::*;
use crate::expected::Expected;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::scenario::loading::locate;
use crate::simulation::audit::Audit;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, StreamPiece};
use crate::simulation::model::Model;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::reroute::Reroute;
use crate::simulation::policies::{Need, Policy, Proposal, View};
use crate::simulation::replications::watch;
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::simulation::trace::Trace;
use crate::units::Millis;

/// Responses in minutes by the number of the incident, lost ones none, and everything that happened.
fn simulated(
    rules: &DispatchRules<'_>,
    calls: &[(u32, u32, u16, u32)],
) -> (Vec<Option<u32>>, Trace) {
    let trace = traced(rules, &piece(calls));
    let mut answered: Vec<&(Incident, Response)> = trace.answered.iter().collect();
    answered.sort_by_key(|(incident, _)| incident.number);
    let response = |r: &Response| (!r.is_lost()).then(|| minutes(r.response));
    let responses = answered.iter().map(|(_, r)| response(r)).collect();
    (responses, trace)
}

/// Everything that happens, audited.
fn traced(rules: &DispatchRules<'_>, stream: &StreamPiece) -> Trace {
    let mut trace = Trace::default();
    let mut audit = Audit::default();
    let mut dispatcher = Dispatcher::new(rules);
    let mut observer = audit.over(&mut trace);
    dispatcher.answer(stream, rules, &mut observer);
    dispatcher.finish(rules, &mut observer);
    audit.close();
    trace
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
    let mut rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &redirect,
    };
    let calls = [(0, 0, 1, 20), (33, 1, 1, 20)];
    let (responses, trace) = simulated(&rules, &calls);
    assert_eq!(responses, [Some(12), Some(3)]);
    let until: Vec<u64> = trace.sent.iter().map(|s| minute(s.ready())).collect();
    assert_eq!(until, [34, 62]);
    assert_eq!(
        trace.sent[0].redirected,
        Some(SimulatedTime(34 * u64::from(MINUTE)))
    );
    // While it is at the scene it is not sent, nor where a ready engine is earlier.
    let (responses, _) = simulated(&rules, &[(0, 0, 1, 20), (20, 1, 1, 20)]);
    assert_eq!(responses, [Some(12), Some(32)]);
    // A second engine is wanted, and none stands ready: it waits until one leaves its scene. The first
    // call took both, of which the near one leaves at 32 and is 4 from b.
    let (responses, trace) = simulated(&rules, &[(0, 0, 2, 20), (20, 1, 1, 20)]);
    assert_eq!(responses, [Some(12), Some(32 - 20 + 4)]);
    assert_eq!(trace.sent[2].ordered, SimulatedTime(32 * u64::from(MINUTE)));
    rules.policies = &[];
    assert_eq!(simulated(&rules, &calls).0, [Some(12), Some(32)]);
}

/// The same two calls with ten minutes of restocking after each trip: the engine does without on its way
/// from a, and is restocked once when it is back from b at 62.
#[test]
fn an_engine_sent_on_is_restocked_once_after_its_last_incident() {
    let deployment = along_one_road();
    let redirect: [Box<dyn Policy>; 1] = [Box::new(Redirect)];
    let rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &redirect,
    };
    let mut whole = piece(&[(0, 0, 1, 20), (33, 1, 1, 20)]);
    for trip in &mut whole.trips {
        trip.restocking = Millis(10 * MINUTE);
    }
    let trace = traced(&rules, &whole);
    let ready: Vec<u64> = trace.sent.iter().map(|s| minute(s.ready())).collect();
    assert_eq!(ready, [34, 62 + 10]);
}

/// [`along_one_road`], station 0 with a tender and station 1 with pumpers. The tender is on its way back
/// from a at 32. At b a tender and one of any apparatus are needed, ordered at 34: the tender is sent for
/// the tender, and a pumper of station 1 for the other, though the tender would be sooner there too.
#[test]
fn an_engine_on_its_way_back_goes_for_its_own_apparatus_first() {
    let mut deployment = along_one_road();
    let fleet = Fleet::alike(vec![1, 2]);
    deployment.fleet = fleet.with_apparatus(&[[0, 0, 1, 0, 0, 0], [0, 2, 0, 0, 0, 0]]);
    let redirect: [Box<dyn Policy>; 1] = [Box::new(Redirect)];
    let rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &redirect,
    };
    let mut whole = piece(&[(0, 0, 1, 20), (33, 1, 2, 20)]);
    whole.incidents[1].needs = [1, 0, 1, 0, 0, 0];
    let trace = traced(&rules, &whole);
    let arrived: Vec<(u32, u64)> = trace
        .sent_to(1)
        .map(|s| (s.engine.station.0, minute(s.arrived())))
        .collect();
    assert_eq!(arrived, [(0, 36), (1, 34 + 1 + 30)]);
}

/// [`along_one_road`]. A call at a, at 0: ordered at 1, left at 2. A graver one at b at 3, ordered at 4:
/// the engine has done two of the six minutes to b and is there at 8. The call at a gets station 1's, at
/// 4 + 1 + 30. While the crew turns out it goes to b with what is left of that: for calls of the same
/// minute 1 + 1 + 6. Nobody is taken from an equally grave call, or once there.
#[test]
fn an_engine_under_way_is_sent_on_to_a_graver_incident() {
    let deployment = along_one_road();
    let reroute: [Box<dyn Policy>; 1] = [Box::new(Reroute)];
    let mut rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &reroute,
    };
    let calls = [(0, 0, 1, 20), (3, 1, 1, 20)];
    let (responses, trace) = simulated(&rules, &calls);
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
    assert_eq!(simulated(&rules, &same_minute).0, [Some(32), Some(8)]);
    let when_there = [(0, 0, 1, 20), (11, 1, 1, 20)];
    assert_eq!(simulated(&rules, &when_there).0, [Some(12), Some(32)]);
    let equally_grave = [(0, 0, 1, 20), (3, 0, 1, 20)];
    assert_eq!(simulated(&rules, &equally_grave).0, [Some(12), Some(32)]);

    // Nobody else is there: the first call waits until the engine is back from b, at 8 + 20 + 6, or is
    // lost.
    let mut alone = along_one_road();
    alone.fleet = alone.fleet.with_engines(vec![1, 0]);
    rules.deployment = &alone;
    assert_eq!(simulated(&rules, &calls).0, [Some(34 + 1 + 10), Some(5)]);
    rules.overload = Overload::Loss;
    assert_eq!(simulated(&rules, &calls).0, [None, Some(5)]);
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
    let mut rules = DispatchRules {
        deployment: &deployment,
        return_factor: 1.0,
        overload: Overload::Queue,
        policies: &two,
    };
    let moves = |trace: &Trace| {
        let relocated = trace.relocated.iter();
        let moves = relocated.map(|r| (minute(r.ordered), r.to.0, minute(r.arrives)));
        moves.collect::<Vec<_>>()
    };
    let (responses, trace) = simulated(&rules, &[(0, 0, 1, 20)]);
    assert_eq!(responses, [Some(6)]);
    assert_eq!(moves(&trace), [(1, 0, 9), (30, 1, 38)]);
    let posted = |at: u64| {
        trace
            .posted_at(SimulatedTime(at * u64::from(MINUTE)))
            .count()
    };
    assert_eq!([1, 2, 9, 30, 31, 38].map(posted), [0, 1, 1, 1, 1, 0]);

    let (responses, trace) = simulated(&rules, &[(0, 0, 1, 20), (5, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(8)]);
    assert_eq!(trace.sent[1].from, None);
    let (responses, trace) = simulated(&rules, &[(0, 0, 1, 20), (10, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(6)]);
    assert_eq!(trace.sent[1].from, Some(FleetStation(0)));
    // It drives home from the scene.
    assert_eq!(minute(trace.sent[1].ready()), 16 + 20 + 12);

    // Two are not enough to spare one of.
    rules.policies = &three;
    let (responses, trace) = simulated(&rules, &[(0, 0, 1, 20), (5, 0, 1, 20)]);
    assert_eq!(responses, [Some(6), Some(1 + 1 + 12)]);
    assert_eq!(moves(&trace), []);
}

/// A rule that never proposes anything.
#[derive(Debug)]
struct Never;

impl Policy for Never {
    fn proposal(&self, _: &View<'_>, _: &Need) -> Option<Proposal> {
        None
    }
}

/// What happens in a piece without policies, and with one that never acts.
fn without_and_with_never(
    deployment: &Deployment,
    overload: Overload,
    piece: &StreamPiece,
) -> [Trace; 2] {
    let never: [Box<dyn Policy>; 1] = [Box::new(Never)];
    [&[][..], &never[..]].map(|policies| {
        let rules = DispatchRules {
            deployment,
            return_factor: 1.0,
            overload,
            policies,
        };
        let (mut dispatcher, mut trace) = (Dispatcher::new(&rules), Trace::default());
        dispatcher.answer(piece, &rules, &mut trace);
        dispatcher.finish(&rules, &mut trace);
        // Those of whom somebody may still be taken away are answered later.
        trace.answered.sort_by_key(|(incident, _)| incident.number);
        trace
    })
}

/// A pumper 4 min away, a tender 10 min away, and a fire that needs a tender and one of any apparatus: the
/// nearer station is sent first, so that its pumper takes the first trip, of 20 min at the scene, and the
/// tender the second, of 40.
#[test]
fn engines_take_trips_in_the_order_of_their_stations_with_policies_too() {
    let order = [(4, 0), (10, 1)].map(|(minutes, station)| Preference {
        expected: Millis(minutes * MINUTE),
        station: FleetStation(station),
    });
    let fleet = Fleet::alike(vec![1, 1]).with_apparatus(&[[0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0]]);
    let deployment = Deployment::in_order(fleet, &[order.to_vec()]);
    let mut whole = piece(&[(0, 0, 2, 20)]);
    whole.incidents[0].needs = [1, 0, 1, 0, 0, 0];
    whole.trips[1].on_scene = Millis(40 * MINUTE);
    for trace in without_and_with_never(&deployment, Overload::Queue, &whole) {
        let sent = trace.sent.iter();
        let sent: Vec<(u32, u64)> = sent
            .map(|s| (s.engine.station.0, minute(s.cleared())))
            .collect();
        assert_eq!(sent, [(0, 1 + 1 + 4 + 20), (1, 1 + 1 + 10 + 40)]);
    }
}

/// Stations with engines of some apparatus, in random order at random distances of whole minutes, so that
/// engines often come back at one time; calls that need several engines, and often more than are ready.
#[test]
fn a_policy_that_never_acts_changes_nothing_in_small_fleets() {
    let station = prop::array::uniform3(0u8..3);
    let orders = prop::collection::vec((0usize..6, prop::array::uniform3(1u32..8)), 2);
    let call = (0u32..6, 0u32..2, prop::array::uniform3(0u8..3), 1u32..9);
    let fleets = (
        prop::array::uniform3(station),
        orders,
        prop::collection::vec(call, 1..16),
        any::<bool>(),
    );
    let sent = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config::with_source_file(file!()));
    let run = runner.run(&fleets, |(engines, orders, calls, waits)| {
        let counts = engines.map(|[any, first, second]| [any, first, second, 0, 0, 0]);
        let all = counts.map(|counts| counts.iter().map(|count| u16::from(*count)).sum());
        let orders: Vec<Vec<Preference>> = (orders.iter())
            .map(|(begin, minutes)| {
                // Whoever is sent first need not be the nearest: a running card.
                let stations = (0..3).map(|next| if begin % 2 == 0 { next } else { 2 - next });
                let stations = stations.map(|station| (station + begin / 2) % 3);
                stations
                    .map(|station| Preference {
                        expected: Millis(minutes[station] * MINUTE),
                        station: FleetStation::at(station),
                    })
                    .collect()
            })
            .collect();
        let fleet = Fleet::alike(all.to_vec()).with_apparatus(&counts);
        let deployment = Deployment::in_order(fleet, &orders);
        let mut now = 0;
        let needed = |[any, first, second]: [u8; 3]| u16::from(any.max(1) + first + second);
        let rows: Vec<(u32, u32, u16, u32)> = (calls.iter())
            .map(|(later, point, needs, on_scene)| {
                now += later;
                (now, *point, needed(*needs), *on_scene)
            })
            .collect();
        let mut whole = piece(&rows);
        for (incident, (_, _, [any, first, second], _)) in whole.incidents.iter_mut().zip(&calls) {
            incident.needs = [(*any).max(1), *first, *second, 0, 0, 0];
        }
        for (trip, longer) in whole.trips.iter_mut().zip((0..4).cycle()) {
            trip.on_scene = trip.on_scene + Millis(longer * MINUTE);
        }
        let overload = if waits {
            Overload::Queue
        } else {
            Overload::Loss
        };
        let [plain, ruled] = without_and_with_never(&deployment, overload, &whole);
        sent.set(sent.get() + plain.sent.len());
        prop_assert_eq!(plain, ruled);
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    assert!(sent.get() > 1000, "{sent:?}");
}

/// The dispatcher that remembers every engine answers as the one that does not, of which it is a check:
/// a year of the embedded county with sixteen times its incidents, so that engines are often out.
#[test]
fn a_policy_that_never_acts_changes_nothing_in_a_county() {
    let mut scenario = Scenario::load(&locate(None)).unwrap();
    for point in &mut scenario.county.demand {
        point.rates.iter_mut().for_each(|rate| *rate *= 16.0);
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
