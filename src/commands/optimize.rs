//! `brigade optimize`: the best sites among all junctions of a scenario's towns, proven.

mod frontier;
mod robust;
mod scenario;

use clap::ValueEnum;

use super::{Failure, budget};

/// Choose sites among all main-road junctions of some towns, with proof.
///
/// One site in each town, with the least mean response time expected when every engine is at home;
/// then the best few are simulated. A junction belongs to the town of the nearest demand point. The
/// best sites are written to optimized-candidates.csv, a table for the key tables.candidates of a
/// scenario. For a ready table of travel times there is `brigade locate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    free: scenario::FreeArgs,

    /// Listed candidates that stand beside the new ones
    #[arg(long, value_name = "ID", num_args = 1..)]
    fixed: Vec<String>,

    /// What further brigades may cost a year, in yuan, each investment spread over its life
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    budget: Option<f64>,

    /// End after so many seconds with the best found so far and its gap
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,

    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Options that `brigade locate` has and this command once had
    #[arg(long = OF_LOCATE[0], aliases = &OF_LOCATE[1..], hide = true, num_args = 0..)]
    of_locate: Option<Vec<String>>,
}

/// Options for ready travel times, as they were given to this command before `brigade locate`.
const OF_LOCATE: [&str; 14] = [
    "travel-times",
    "demand",
    "objective",
    "p",
    "threshold",
    "credit",
    "backup",
    "forbid",
    "sites",
    "choose",
    "least-distance",
    "busy",
    "adjusted",
    "aside",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the scenario is wrong or the result cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        if self.of_locate.is_some() {
            let words = "`optimize` is for scenarios: for ready travel times use `brigade locate` \
                         with the same options";
            return Err(Failure::Input(words.into()));
        }
        self.free()
    }
}
