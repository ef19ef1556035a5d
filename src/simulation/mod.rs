//! Incidents, the engines that answer them, and replications of years.
//!
//! [`model`] is what the simulation knows; [`history`] draws what happens, without knowing who
//! will answer; [`dispatch`] plays a history against one choice of stations; [`replications`]
//! does so for every alternative and every replication, in parallel. All alternatives face the
//! same history (common random numbers), so that their difference is not blurred by luck.
//!
//! ```text
//! Model ── Historian ──→ History ──→ Dispatcher ──→ Tally ──→ Outcome
//!                                   Deployment ┘
//! ```

pub mod areas;
pub mod audit;
pub mod batches;
pub mod deployment;
pub mod dispatch;
pub mod histogram;
pub mod history;
pub mod model;
pub mod policies;
pub mod replications;
pub mod sending;
pub mod streams;
pub mod tally;
pub mod theory;
pub mod trace;
