//! What queueing theory says of simple fleets, for `brigade verify` to hold the simulator against.
//!
//! | model | what is known |
//! | --- | --- |
//! | [`erlang`] M/M/c/c and M/M/c | share of calls lost (any distribution of service), share that waits, mean wait |
//! | [`infinite_servers`] M/G/∞ | how many are busy |
//! | [`hypercube`] | who answers what, with engines that differ in where they stand |

pub mod erlang;
pub mod hypercube;
pub mod infinite_servers;
