//! `brigade` says where fire brigades should stand: it builds the road graph of a county,
//! simulates years of incidents, and ranks candidate sites by arrival time.
//!
//! The rooms, each using only those below it:
//!
//! | room | job |
//! | --- | --- |
//! | [`commands`] | one file a command: reads, calls, writes |
//! | [`charts`] | one file a chart, on one shared canvas |
//! | [`county`] | towns, boundary, demand points, incident rates |
//! | [`roads`] | the road graph: importers, speeds, snapping, travel times |
//! | [`files`], [`table`] | inputs on disk or inside the program, outputs moved into place whole; CSV with line and column in every complaint |
//! | [`basis`], [`geography`], [`language`], [`units`] | how a figure is known; positions and plane; spans of time, lengths, speeds |

pub mod basis;
pub mod charts;
pub mod commands;
pub mod county;
pub mod files;
pub mod geography;
pub mod language;
pub mod roads;
pub mod table;
pub mod units;
