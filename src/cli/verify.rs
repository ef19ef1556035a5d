//! `brigade verify`: the simulator against theory.

use super::console::counted;
use super::failure::Failure;
use super::options::Threads;
use super::simulating::with_progress;
use crate::evaluation::verification::Verification;
use crate::language::Language;
use crate::report::verification::text;

/// Check the simulator against theory
///
/// Erlang B and C, priorities (Cobham), M/G/infinity, the hypercube, every stage by its moments, the first
/// and last of several engines, an engine's cycle, calls by the hour, and each policy in a case that is
/// known. Prints each figure beside theory's, with how many standard errors lie between; ends with exit
/// code 1 when one is further off than chance explains, which a right program is in fewer than 1 of
/// 10,000 runs.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Everything random follows from it
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,

    /// Replications of each model, of 20,000 calls each
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(20..=10_000))]
    replications: u32,

    /// Language of the text
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    #[command(flatten)]
    threads: Threads,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When a figure is further off than chance explains.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let verification = with_progress("simulation", || {
            Verification::new(self.seed, self.replications)
        })?;
        let text = text(&verification, self.replications, self.seed, self.language);
        outln!("{text}");
        let off = verification.off();
        if off > 0 {
            let off = counted(off, "figure");
            let problem = format!("further from theory than chance explains: {off}");
            return Err(Failure::Run(problem.into()));
        }
        Ok(())
    }
}
