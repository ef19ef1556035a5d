//! `brigade verify`: the simulator against theory.

use super::failure::Failure;
use crate::evaluation::verification::{Check, LIMIT, checks};
use crate::report::formats::terminal::{align, empty_table};

/// Holds the simulator against theory: Erlang B and C, M/G/infinity, the hypercube, and the
/// insensitivity of losses to how service is spread.
///
/// Prints each figure beside theory's, with how many standard errors lie between; ends with exit
/// code 1 when one is further off than luck explains.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Everything random follows from it
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,

    /// Replications of each model, of 20,000 calls each
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(20..=10_000))]
    replications: u32,

    /// Threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When a figure is further off than luck explains.
    pub(super) fn run(&self) -> Result<(), Failure> {
        super::options::use_threads(self.threads)?;
        let checks = checks(self.seed, self.replications);
        outln!("{}", table(&checks));
        let off = checks.iter().filter(|check| !check.holds()).count();
        outln!(
            "{} of {} figures within {LIMIT} standard errors of theory ({} replications, seed {}).",
            checks.len() - off,
            checks.len(),
            self.replications,
            self.seed
        );
        if off > 0 {
            let problem = format!("{off} figures are further from theory than luck explains");
            return Err(Failure::Run(problem.into()));
        }
        Ok(())
    }
}

/// Models as headings, figures below them.
fn table(checks: &[Check]) -> String {
    let mut table = empty_table();
    table.set_header(["figure", "simulated", "± 1 s.e.", "theory", "z", ""]);
    let mut model = "";
    for check in checks {
        if check.case != model {
            model = &check.case;
            table.add_row([format!("{}: {model}", check.theory)]);
        }
        table.add_row([
            format!("  {}", check.figure),
            format!("{:.5}", check.simulated),
            format!("{:.5}", check.standard_error),
            format!("{:.5}", check.expected),
            format!("{:+.2}", check.z()),
            if check.holds() { "" } else { "OFF" }.to_owned(),
        ]);
    }
    align(&mut table, &[0]);
    table.trim_fmt()
}
