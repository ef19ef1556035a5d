//! Incidents, the engines that answer them, and replications of years.
//!
//! [`history`] draws what happens, without knowing who will answer; [`dispatch`] plays one
//! history against one choice of stations; [`replications`] does so for every alternative and
//! every replication, in parallel. All alternatives face the same history (common random numbers),
//! so that their difference is not blurred by luck.

pub mod dispatch;
pub mod history;
pub mod replications;
pub mod spread;
pub mod streams;
pub mod tally;
