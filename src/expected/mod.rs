//! What to expect with every engine at home and every stage at its mean: who is sent to a call, who is
//! there first and second, and when.
//!
//! The one place that knows this rule. Who is sent follows dispatch: the stations on the running card
//! in its order, then the county's others by turnout and travel, then the neighbours with their delay, of
//! equals the first in the tables; each gives the engines that do for what is still needed. First due
//! is the first of them to arrive. Turnout is that of each crew in the hour of the order, travel that of
//! the hour's time band. Preference lists of the simulation, coverage, maps, districts, worklists,
//! sensitivity, closures, the load check and the times that sites are chosen by all ask here.
//!
//! **Invariant** (`tests/it/expected.rs`): where every stage is constant, rules that move engines are
//! off and one call comes at a time, the simulation sends the engines that are expected here, in their
//! order, and they arrive as expected to the millisecond. With chance the two differ both ways: engines
//! are out, which is slower, and of several engines the first to arrive counts, which is faster than
//! the mean. What shows both says so.
//!
//! | file | job |
//! | --- | --- |
//! | [`day`] | the hours that are alike: time band and shift |
//! | [`engines`] | engines by station and number, and sets of them |
//! | [`fleet`] | the stations of an alternative with their engines, and in which order they are sent |
//! | [`assignment`] | which engines are sent, and when they arrive |
//! | [`mix`] | in which hours and with which needs incidents come at a demand point |
//! | [`first_due`] | first and second due at a demand point, and the mean over its incidents |
//! | [`before_travel`] | call handling and turnout |
//! | [`at_a_glance`] | a whole alternative: mean response, shares within the standards |
//! | [`columns`] | the same as a table of times, for solvers that know numbers alone |
//! | [`reach`], [`grid`] | the same at any location of the county, with roads open or closed |
//! | [`closed_roads`] | travel times from stations with some roads closed |
//! | [`load`] | how many engines are out on average |

pub mod assignment;
pub mod at_a_glance;
pub mod before_travel;
pub mod closed_roads;
pub mod columns;
pub mod day;
pub mod engines;
pub mod first_due;
pub mod fleet;
pub mod grid;
pub mod load;
pub mod mix;
pub mod reach;

use crate::scenario::Scenario;
use crate::units::Millis;

use day::Day;
use mix::Mix;

/// What is to be expected in a scenario, whoever stands where.
#[derive(Debug)]
pub struct Expected<'s> {
    pub scenario: &'s Scenario,
    /// The hours that are alike.
    pub day: Day,
    /// In which of them, and with which needs, incidents come.
    pub mix: Mix,
    /// From the call to the dispatch order.
    pub call_handling: Millis,
}

impl<'s> Expected<'s> {
    pub fn of(scenario: &'s Scenario) -> Self {
        let day = Day::of(scenario);
        Self {
            scenario,
            mix: Mix::of(scenario, &day),
            day,
            call_handling: scenario.rules.stages.call_handling.mean,
        }
    }
}
