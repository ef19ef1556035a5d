//! `brigade` says where fire brigades should stand: it builds the road graph of a county,
//! simulates years of incidents, and ranks candidate sites by response time.
//!
//! ```text
//!  tables and maps          what is known            what is worked out             what is said
//!
//!  OSM, shapefile ─► roads ──┐
//!  demand, towns ──► county ─┼─► scenario ─┬─► expected ─────────────┐
//!  stations, sites ► brigades┘   validated │   every engine at home  │
//!                                          ├─► simulation ───────────┼─► evaluation ─┐
//!                                          │   years of incidents    │   compared    ├─► report ─► files
//!                                          └─► siting ─► planning ───┘               │   charts    screen
//!                                              proven    where to build ─────────────┘
//! ```
//!
//! # Rooms
//!
//! Each uses only those below it, and no file is in a circle with another.
//!
//! | room | job |
//! | --- | --- |
//! | [`cli`] | one file a command: reads, calls, writes |
//! | [`report`] | answers as people read them: each table filled once and shown by one file a format (terminal, CSV, workbook, document, page, GeoJSON), sentences, and the charts filled with figures |
//! | [`charts`] | one file a chart, on one shared canvas, drawn from prepared data |
//! | [`planning`] | questions of siting on a scenario: junctions as candidates, more brigades, their order and years, other states of the world, as one answer; and an instance that is given as tables |
//! | [`evaluation`] | alternatives side by side: figures with intervals, paired differences, ranking, how sure the choice is; one alternative in detail; the simulator against theory; coverage without simulation |
//! | [`simulation`] | incidents, dispatch, replications; what queueing theory says of simple fleets |
//! | [`expected`] | what to expect with every engine at home: who is sent, who is first and second, when; the only place that knows this rule |
//! | [`scenario`] | what the planner wrote, validated into one scenario |
//! | [`county`] | towns, boundary, demand points, incident rates, and how a county is synthesized |
//! | [`brigades`] | stations, engines, candidate sites |
//! | [`roads`] | the road graph: importers, speeds, snapping, travel times |
//! | [`siting`] | solvers on numbers: median and coverage models, proven; knows no scenario |
//! | [`paths`] | shortest paths on plain digraphs; knows no road |
//! | [`files`], [`format`](mod@format), [`table`] | inputs on disk or inside the program, outputs moved into place whole; the version that a JSON file begins with; CSV with line and column in every complaint |
//! | [`messages`] | what a reader sees, sentence by sentence, in both languages |
//! | [`progress`], [`checkpoint`] | how far long work is, for whoever listens; what it has come to, for the run that goes on |
//! | [`basis`], [`decimals`], [`distribution`], [`shares`], [`geography`], `ids`, [`language`], [`characters`], [`complaints`], [`units`] | how a figure is known; numbers with decimals; what differs by chance and its special functions; a whole shared out in whole numbers; positions, coordinate systems and plane; ids of things in lists; words; characters that a text may have; what readers of TOML and JSON complain of, in plain words; spans of time, lengths, speeds |
//!
//! # Invariants
//!
//! | what holds | held by |
//! | --- | --- |
//! | Without chance and without rules that move engines, with every engine at home, what is [`expected`] is what is simulated, to the millisecond: who is sent, in which order, first and last arrival | `tests/it/expected.rs` |
//! | Every shortest-path kernel equals petgraph's Dijkstra | `paths/same_times.rs` |
//! | Every solver equals exhaustive search on small instances; medians, capacities and maximum coverage also a linear program on middle ones | `siting/every_choice.rs` in the tests of each solver, `siting/linear_tests.rs`, `siting/capacity/tests.rs` |
//! | Every rule of dispatch equals a history worked out by hand | `simulation/dispatch/tests.rs`, `simulation/dispatch/policies_tests.rs`, `tests/it/dispatch_rules.rs` |
//! | Policies that never act change nothing | `simulation/dispatch/policies_tests.rs`: `a_policy_that_never_acts_changes_nothing_in_small_fleets` |
//! | Calls that nobody answers are counted as lost, and have no response time | `tests/it/simulate.rs`: `an_overloaded_fleet_can_lose_calls` |
//! | Who loses fewer calls ranks first, whatever the mean of those answered | `tests/it/compare.rs`: `who_loses_fewer_calls_is_better_whatever_the_mean` |
//! | Nobody is told to build what makes no difference, and times of answered calls stand beside the share lost | `tests/it/verdict.rs` |
//! | A share is of all calls, lost ones too, and within a standard of those that standards count; an interval of 95 % holds the truth in 93 % at least, whatever the figure | `a_lost_call_is_within_no_standard` in `tests/it/compare.rs`; `tests/it/standards_count.rs`; `benches/intervals` |
//! | The same seed gives the same bytes, whatever the threads | `threads_and_repetition_change_no_byte` in `tests/it/compare.rs`, and its like in `coverage`, `import_osm`, `locate`, `matrix`, `optimize` and `simulate`; whatever the language, `.ci/run` |
//! | What a call draws is the same alone as among others | `simulation/stages.rs`: `a_call_draws_the_same_alone_as_among_others` |
//! | Arithmetic is the same on every platform | `.clippy.toml` lets nothing but `libm` work out `exp`, `sin` and their like; `.ci/full` compares the files of a program with another C library |
//! | An answer that is read back is published again byte for byte | `tests/it/report.rs` |
//! | The simulator does what theory says: queues, stages, several engines, policies, a history worked out by hand; and faults put into it are found | `evaluation/verification`; `benches/mutations/run.py` |
//! | A probability names what it covers | `tests/it/compare.rs`: `the_probability_of_being_best_is_stated` |
//! | Each message stands in both languages with the same variables, and is said somewhere | `messages/tests.rs` |
//! | Rooms use those below them alone, and no files each other in a circle | `tests/it/rooms.rs`, `tests/it/circles.rs` |
//!
//! # Start reading here
//!
//! - **A dispatch policy** that offers engines that are out: [`simulation::policies`], whose
//!   [`Policy`](simulation::policies::Policy) is one rule a file; then `policies()` in [`simulation::model`],
//!   which makes them from the `[dispatch]` of [`scenario::file`]. One that changes who goes from home:
//!   [`expected::assignment`].
//! - **A chart:** [`charts`], one file a chart on one canvas; then [`report::pictures`], which fills it.
//! - **A column of a table:** [`report::model`], of which every table is made; then [`report::tables`], one file
//!   a table.
//! - **A solver:** [`siting`], whose example asks two of them; then [`siting::problem`] and
//!   [`siting::answer`], between which a solver stands.
//! - **Another network format:** [`roads::lines`], whose mapping of columns may already read it; then
//!   [`roads::road`] and [`roads::graph`], of which a network is made, [`roads::gmns`], in which every import
//!   writes it, and [`cli`]'s `import`, where each has a command and an account of what it read.
//!
//! How to build, test and add things is in `.github/CONTRIBUTING.md`.

// What no other crate can reach says so: then the compiler sees what nobody uses.
#![cfg_attr(not(test), warn(unreachable_pub))]
// What tests work out beside the program need not be the same on every platform.
#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        reason = "a test compares within a tolerance"
    )
)]
// The library prints and exits nowhere but in `cli`, and there through `cli::console`.
#![warn(clippy::exit, clippy::print_stdout, clippy::print_stderr)]

pub mod basis;
pub mod brigades;
pub mod characters;
pub mod charts;
pub mod checkpoint;
pub mod cli;
pub mod complaints;
pub mod county;
pub mod decimals;
pub mod distribution;
pub mod evaluation;
pub mod expected;
pub mod files;
pub mod format;
pub mod geography;
mod ids;
pub mod language;
pub mod messages;
pub mod paths;
pub mod planning;
pub mod progress;
pub mod report;
pub mod roads;
pub mod scenario;
pub mod shares;
pub mod simulation;
pub mod siting;
pub mod table;
pub mod units;
