//! A history of calls in a small county in which nothing happens by chance, read and counted as any scenario is:
//! every figure has to be hit. The county is `data/verification`; what comes of it was worked out by hand.
//!
//! ```text
//! km       0            6        10           16
//!          west ─────── middle ── east ─────── border     a kilometre a minute
//! station  pumper                 2 pumpers    neighbour  turnout 1 min, of volunteers 10, at night twice as long,
//!          tender                 volunteers   2 min      of the neighbour 1 more; the card sends west first to east
//!
//! call    at      order  who, and when at the scene                       ready       minutes from the call
//! rescue  west    23:51  1 January, not counted: west 23:53               0:28
//! fire    east     8:01  west both 8:12, east 8:11                        9:02, 8:46  11, all 12
//! rescue  west     8:06  west is out: east 8:26, neighbours being last    9:16        21
//! rescue  east     8:11  only the neighbour: 8:19                         9:03         9
//! rescue  middle   8:21  waits until 9:03: neighbour 9:15                10:05        55
//! fire    west     8:23  graver: east from 8:46 9:06, west from 9:02 9:03 9:56, 9:38  41, all 44
//! rescue  middle  23:01  3 January: west 23:09                           23:53         9
//! rescue  west    10:01  15 February: west 10:02                         10:37         2
//! rescue  east    10:01  1 March: west 10:12                             11:02        12
//! rescue  east    10:02  west 10:13                                      11:03        12
//! rescue  east    10:03  west is out: east 10:13                         10:48        11
//! rescue  middle  10:04  east 10:18                                      10:59        15
//! rescue  east    10:05  only the neighbour: 10:13                       10:57         9
//! ```
//!
//! First due in the east is west by the card, but for a fire the first there of all that are sent, east; where the first
//! due is out, east is second due to rescues, and the neighbour, who is sooner, to fires. First water: 3 min after the
//! tender in the east (15 min), 2 min after the first engine at the hydrant in the west (43 min), and without hydrants
//! 3 min after the tender there (44 min).

use super::check::{Check, Counted, Figure, Spread, Subject, Theory, Variation};
use crate::files::Source;
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::simulation::areas::Areas;
use crate::simulation::replication_tally::{AreaTally, ReplicationTally};
use crate::simulation::replications::{Experiment, Stopped, simulate};
use crate::units::Millis;

/// The scenario inside the program.
pub(super) fn source() -> Source {
    Source::Embedded("data/verification/scenario.toml".into())
}

/// Every check of the history.
pub(super) fn checks() -> Result<Vec<Check>, Stopped> {
    let mut checks = Vec::new();
    for variation in [
        Variation::Queue,
        Variation::ByPolicies,
        Variation::StartedSeconds,
        Variation::Loss,
        Variation::Batches,
    ] {
        checks.extend(of(variation)?);
    }
    Ok(checks)
}

fn of(variation: Variation) -> Result<Vec<Check>, Stopped> {
    let scenario = Scenario::load_changed(&source(), |file| match variation {
        Variation::Queue => {}
        // Nobody has so many engines to spare.
        Variation::ByPolicies => file.dispatch.move_up = Some(50),
        Variation::StartedSeconds => {
            file.stages.call_handling.mean = Some(Millis(60_000 + MORE_MILLIS));
        }
        Variation::Loss => file.dispatch.when_none_is_ready = Overload::Loss,
        Variation::Batches => file.horizon.batches = Some(37),
    })
    .expect("the county of the verification can be read");
    let times = (scenario.travel_times()).expect("all points of it are reached");
    let experiment = Experiment::in_detail(&scenario, &times, &scenario.alternatives[0], 1);
    let outcome = simulate(&experiment)?.remove(0);
    let figures = match variation {
        Variation::Queue | Variation::ByPolicies => whole(&outcome.tallies[0], &experiment.areas),
        Variation::StartedSeconds => in_started_seconds(&outcome.tallies[0]),
        Variation::Loss => with_losses(&outcome.tallies[0]),
        Variation::Batches => in_batches(&outcome.tallies),
    };
    let checks = figures
        .into_iter()
        .map(|(counted, simulated, expected)| Check {
            theory: Theory::History,
            subject: Subject::History(variation),
            figure: Figure::Counted(counted),
            simulated,
            spread: Spread::None,
            expected,
            furthest_of: 1,
        });
    Ok(checks.collect())
}

/// What is counted, how much is found, and how much there should be.
type Row = (Counted, f64, f64);

fn minutes(milliseconds: u64) -> f64 {
    milliseconds as f64 / 60_000.0
}

fn whole(tally: &ReplicationTally, areas: &Areas) -> Vec<Row> {
    let county = &tally.areas[0];
    let of = |area: usize| f64::from(tally.areas[area].incidents);
    let count = |number: u32| f64::from(number);
    let mut rows = vec![
        (Counted::Calls, of(0), 12.0),
        (Counted::CallsInHour(8), of(areas.hours().start + 8), 5.0),
        (Counted::CallsInHour(10), of(areas.hours().start + 10), 6.0),
        (Counted::CallsInHour(23), of(areas.hours().start + 23), 1.0),
        (Counted::CallsInMonth(1), of(areas.months().start), 6.0),
        (Counted::CallsInMonth(2), of(areas.months().start + 1), 1.0),
        (Counted::CallsInMonth(3), of(areas.months().start + 2), 5.0),
        (Counted::CallsAt(1), of(1), 3.0),
        (Counted::CallsAt(2), of(2), 3.0),
        (Counted::CallsAt(3), of(3), 6.0),
        (Counted::CallsOfType(1), of(areas.types().start), 2.0),
        (Counted::CallsOfType(2), of(areas.types().start + 1), 10.0),
        (Counted::FirstBy(1), of(areas.stations().start), 5.0),
        (Counted::FirstBy(2), of(areas.stations().start + 1), 4.0),
        (Counted::FirstBy(3), of(areas.stations().start + 2), 3.0),
        (Counted::Relieved, of(areas.relief(0).start + 1), 1.0),
        (Counted::Waited, count(county.waited), 2.0),
        (Counted::FirstDueOut, count(county.first_due_out), 7.0),
        (Counted::SecondDue, count(county.second_due), 3.0),
        (Counted::ResponseSum, minutes(county.response_sum), 207.0),
        (
            Counted::ResponseSumFirstDueOut,
            minutes(county.first_due_out_sum),
            161.0,
        ),
        (Counted::FullAssignmentSum, minutes(county.full_sum), 211.0),
        // Of 2, 9, 9, 9, 11, 11, 12, 12, 15, 21, 41 and 55 minutes the 6th and the 11th (nearest rank); all whole
        // seconds, so that rounding does nothing.
        (Counted::Median, count(county.response_median) / 60.0, 11.0),
        (
            Counted::Percentile90,
            count(county.response_p90) / 60.0,
            41.0,
        ),
        (
            Counted::FullAssignmentPercentile90,
            count(county.full_p90) / 60.0,
            44.0,
        ),
        (Counted::Fires, count(county.fires), 2.0),
        (Counted::FiresAtHydrant, count(county.fires_at_hydrant), 1.0),
        (
            Counted::FirstWaterSum,
            minutes(county.first_water_sum),
            58.0,
        ),
        (
            Counted::FirstWaterSumWithoutHydrants,
            minutes(county.first_water_without_hydrants_sum),
            59.0,
        ),
        (
            Counted::FirstWaterPercentile90,
            count(county.first_water_p90) / 60.0,
            43.0,
        ),
        (Counted::Aided, count(county.aided), 3.0),
    ];
    rows.extend(within(county, [6.0, 4.0, 5.0]));
    // West: until 0:28; twice 61 and twice 36 minutes; 52, 36, 61 and 61. East: 45, 70, 70, 45 and 55. The
    // neighbour: 52, 62 and 52.
    rows.extend(out(tally, [432.0, 285.0, 166.0]));
    let others = tally.others.iter().zip([4.0, 2.0, 2.0, 3.0, 1.0, 0.0]);
    rows.extend(
        (0..)
            .zip(others)
            .map(|(number, (found, expected))| (Counted::Others(number), count(*found), expected)),
    );
    let longest = tally.worst.incidents.first();
    let longest = longest.map_or(f64::NAN, |(time, ..)| time.0.minutes());
    rows.push((Counted::Longest, longest, 55.0));
    rows
}

/// Calls within each standard.
fn within(county: &AreaTally, expected: [f64; 3]) -> Vec<Row> {
    let standards = county.within.iter().zip(expected);
    let rows = (1..).zip(standards).map(|(standard, (found, expected))| {
        (Counted::Within(standard), f64::from(*found), expected)
    });
    rows.collect()
}

/// Minutes that the engines of each station were out.
fn out(tally: &ReplicationTally, minutes_out: [f64; 3]) -> Vec<Row> {
    let stations = tally.busy.iter().zip(minutes_out);
    let rows = (1..)
        .zip(stations)
        .map(|(station, (found, expected))| (Counted::Out(station), minutes(*found), expected));
    rows.collect()
}

/// So much longer the control room takes where seconds are started: rounded to the nearest, it would be none.
const MORE_MILLIS: u32 = 400;

/// Every response is longer by so much, and nothing else is. Percentiles count the started second as whole; sums
/// and standards do not round, and two calls were reached within 11 minutes to the second.
fn in_started_seconds(tally: &ReplicationTally) -> Vec<Row> {
    let county = &tally.areas[0];
    let seconds = |number: u32| f64::from(number) / 60.0;
    let started = |minutes: f64| (minutes * 60.0 + 1.0) / 60.0;
    let mut rows = vec![
        (Counted::ResponseSum, minutes(county.response_sum), 207.08),
        (Counted::FullAssignmentSum, minutes(county.full_sum), 211.08),
        (
            Counted::Median,
            seconds(county.response_median),
            started(11.0),
        ),
        (
            Counted::Percentile90,
            seconds(county.response_p90),
            started(41.0),
        ),
        (
            Counted::FullAssignmentPercentile90,
            seconds(county.full_p90),
            started(44.0),
        ),
        (
            Counted::FirstWaterPercentile90,
            seconds(county.first_water_p90),
            started(43.0),
        ),
    ];
    rows.extend(within(county, [4.0, 4.0, 5.0]));
    rows
}

/// The two that waited find nobody then and are lost.
fn with_losses(tally: &ReplicationTally) -> Vec<Row> {
    let county = &tally.areas[0];
    let count = |number: u32| f64::from(number);
    let mut rows = vec![
        (Counted::Calls, count(county.incidents), 12.0),
        (Counted::Lost, count(county.lost), 2.0),
        (Counted::Waited, count(county.waited), 0.0),
        (Counted::Aided, count(county.aided), 2.0),
        (Counted::FirstDueOut, count(county.first_due_out), 7.0),
        (Counted::ResponseSum, minutes(county.response_sum), 111.0),
        (
            Counted::ResponseSumFirstDueOut,
            minutes(county.first_due_out_sum),
            65.0,
        ),
        // The 5th and the 9th of ten.
        (Counted::Median, count(county.response_median) / 60.0, 11.0),
        (
            Counted::Percentile90,
            count(county.response_p90) / 60.0,
            15.0,
        ),
        (Counted::Fires, count(county.fires), 1.0),
        (
            Counted::FirstWaterSum,
            minutes(county.first_water_sum),
            15.0,
        ),
    ];
    rows.extend(within(county, [6.0, 4.0, 4.0]));
    rows.extend(out(tally, [360.0, 215.0, 104.0]));
    rows
}

/// Batches of 364 / 37 = 9.84 days: the calls of January fall into the first, that of February, 44.4 days after the first
/// counted midnight, into the fifth, and those of March, 58.4 days after it, shortly before the end of the sixth.
fn in_batches(tallies: &[ReplicationTally]) -> Vec<Row> {
    let calls = |batch: usize| {
        let tally = tallies.get(batch - 1);
        tally.map_or(f64::NAN, |tally| f64::from(tally.areas[0].incidents))
    };
    let mut rows = vec![(Counted::Batches, tallies.len() as f64, 37.0)];
    rows.extend(
        [(1, 6.0), (2, 0.0), (5, 1.0), (6, 5.0), (7, 0.0)]
            .map(|(batch, expected)| (Counted::CallsInBatch(batch), calls(batch), expected)),
    );
    rows.extend(
        tallies
            .get(5)
            .iter()
            .flat_map(|tally| out(tally, [122.0, 100.0, 52.0])),
    );
    rows
}
