//! Incidents, the engines that answer them, and replications of years.
//!
//! [`model`] is what the simulation knows; [`incident_stream`] draws what happens, without knowing who
//! will answer; [`dispatch`] answers the stream with one choice of stations; [`replications`]
//! does so for every alternative and every replication, in parallel. All alternatives face the
//! same stream (common random numbers), so that their difference is not blurred by luck.
//!
//! ```text
//! Model ── IncidentStream ──→ StreamPiece ──→ Dispatcher ──→ Tally ──→ Outcome
//!                                           Deployment ┘
//! ```

pub mod areas;
pub mod arrivals;
pub mod assignment;
pub mod audit;
pub mod batches;
pub mod deployment;
pub mod dispatch;
pub mod expected_calls;
pub mod histogram;
pub mod incident;
pub mod incident_stream;
pub mod model;
pub mod outcome;
pub mod policies;
pub mod replication_tally;
pub mod replications;
pub mod response;
mod stages;
pub mod streams;
pub mod tally;
pub mod theory;
pub mod time;
pub mod trace;
