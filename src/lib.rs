//! `brigade` says where fire brigades should stand: it builds the road graph of a county,
//! simulates years of incidents, and ranks candidate sites by arrival time.
//!
//! The rooms, each using only those below it:
//!
//! | room | job |
//! | --- | --- |
//! | [`cli`] | one file a command: reads, calls, writes |
//! | [`report`] | one file a format: terminal, CSV, workbook, document, page, GeoJSON, JSON, and the charts of a comparison or a coverage |
//! | [`charts`] | one file a chart, on one shared canvas, drawn from prepared data |
//! | [`planning`] | questions of siting on a scenario: junctions as candidates, more brigades, their order and years, other states of the world, as one answer; and of ready tables |
//! | [`evaluation`] | alternatives side by side: figures with intervals, paired differences, ranking, how sure the choice is; one alternative in detail; the simulator against theory; coverage without simulation |
//! | [`simulation`] | incidents, dispatch, replications; what queueing theory says of simple fleets |
//! | [`expected`] | what to expect with every engine at home: who is sent, who is first and second, when; the only place that knows this rule |
//! | [`scenario`] | what the planner wrote, validated into one scenario |
//! | [`county`] | towns, boundary, demand points, incident rates, and how a county is synthesized |
//! | [`brigades`] | stations, engines, candidate sites |
//! | [`roads`] | the road graph: importers, speeds, snapping, travel times |
//! | [`siting`] | solvers on numbers: median and coverage models, proven; knows no scenario |
//! | [`paths`] | shortest paths on plain digraphs; knows no road |
//! | [`files`], [`table`] | inputs on disk or inside the program, outputs moved into place whole; CSV with line and column in every complaint |
//! | [`progress`] | how far long work is, for whoever listens |
//! | [`basis`], [`distribution`], [`geography`], `ids`, [`language`], [`units`] | how a figure is known; what differs by chance; positions and plane; ids of things in lists; words; spans of time, lengths, speeds |

pub mod basis;
pub mod brigades;
pub mod charts;
pub mod cli;
pub mod county;
pub mod distribution;
pub mod evaluation;
pub mod expected;
pub mod files;
pub mod geography;
mod ids;
pub mod language;
pub mod paths;
pub mod planning;
pub mod progress;
pub mod report;
pub mod roads;
pub mod scenario;
pub mod simulation;
pub mod siting;
pub mod table;
pub mod units;
