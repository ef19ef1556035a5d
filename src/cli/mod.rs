//! One file a command: it reads, calls and writes. What it prints goes to standard output, what
//! it has to say about the run to standard error.

/// As `print!`, but the command ends where nobody reads any more.
macro_rules! out {
    ($($words:tt)*) => { $crate::cli::console::result(format_args!($($words)*))? };
}

/// As `println!`, but the command ends where nobody reads any more.
macro_rules! outln {
    ($($words:tt)*) => {
        $crate::cli::console::result(format_args!("{}\n", format_args!($($words)*)))?
    };
}

/// As `outln!`, with each line no wider than the terminal.
macro_rules! outln_folded {
    ($($words:tt)*) => {
        out!("{}", $crate::report::formats::terminal::folded(&format!($($words)*)))
    };
}

mod calibrate;
mod check;
mod compare;
mod console;
mod coverage;
mod data_words;
mod driving;
mod explain;
mod failure;
mod import;
mod indifference;
mod init;
mod interruption;
mod locate;
mod matrix;
mod off_the_road;
mod optimize;
mod options;
mod publishing;
mod report;
mod route;
mod simulate;
mod simulating;
mod synthesize;
mod verify;

use clap::{Parser, Subcommand};

pub use console::say;
pub use failure::Failure;
pub use interruption::{is_asked as is_interrupted, set_up as listen_for_interruptions};

/// Compare sites for fire brigades by simulated response time
#[derive(Debug, Parser)]
#[command(name = "brigade", version, max_term_width = 100)]
pub struct Cli {
    /// Say nothing but the result and errors: no progress, no remarks, no warnings
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Say how long each step takes
    #[arg(long, short, global = true)]
    verbose: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Args),
    Report(report::Args),
    Simulate(simulate::Args),
    Explain(explain::Args),
    Verify(verify::Args),
    Coverage(coverage::Args),
    Check(check::Args),
    Route(route::Args),
    Matrix(matrix::Args),
    Calibrate(calibrate::Args),
    // These two have by far the most options.
    Optimize(Box<optimize::Args>),
    Locate(Box<locate::Args>),
    Init(init::Args),
    Import(import::ImportArgs),
    Synthesize(synthesize::Args),
}

impl Cli {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    /// When the input is wrong or the run fails.
    pub fn run(&self) -> Result<(), Failure> {
        console::set_up(self.quiet, self.verbose);
        match &self.command {
            Command::Compare(args) => args.run(),
            Command::Report(args) => args.run(),
            Command::Simulate(args) => args.run(),
            Command::Explain(args) => args.run(),
            Command::Verify(args) => args.run(),
            Command::Coverage(args) => args.run(),
            Command::Check(args) => args.run(),
            Command::Route(args) => args.run(),
            Command::Matrix(args) => args.run(),
            Command::Calibrate(args) => args.run(),
            Command::Optimize(args) => args.run(),
            Command::Locate(args) => args.run(),
            Command::Init(args) => args.run(),
            Command::Import(args) => args.run(),
            Command::Synthesize(args) => args.run(),
        }
    }
}
