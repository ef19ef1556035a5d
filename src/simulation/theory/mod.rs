//! What theory says of simple fleets, for `brigade verify` to hold the simulator against.
//!
//! | model | what is known |
//! | --- | --- |
//! | [`erlang`] M/M/c/c and M/M/c | share of calls lost (any distribution of service), share that waits, how long |
//! | [`priorities`] M/G/1 and M/M/c, the graver first | mean wait of each priority |
//! | [`infinite_servers`] M/G/∞ | how many are busy |
//! | [`hypercube`] | who answers what, with engines that differ in where they stand |
//! | [`stages`] | moments of stages and of their sums |
//! | [`order_statistics`] | first and last of several engines |
//! | [`one_engine`] | an engine's cycle, with policies that take it from its way |

pub mod erlang;
pub mod hypercube;
pub mod infinite_servers;
pub mod one_engine;
pub mod order_statistics;
pub mod priorities;
pub mod stages;
