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

mod check;
mod compare;
mod console;
mod coverage;
mod driving;
mod explain;
mod import;
mod init;
mod locate;
mod matrix;
mod optimize;
mod publishing;
mod report;
mod route;
mod simulate;
mod simulating;
mod synthesize;
mod verify;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::files::FileError;
use crate::scenario::error::ScenarioError;
use crate::table::TableError;

/// Compares sites for fire brigades by simulated arrival time.
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
            Command::Optimize(args) => args.run(),
            Command::Locate(args) => args.run(),
            Command::Init(args) => args.run(),
            Command::Import(args) => args.run(),
            Command::Synthesize(args) => args.run(),
        }
    }
}

/// Works on so many threads from here on; on one for each processor where none are named.
fn use_threads(threads: Option<u16>) -> Result<(), Failure> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(failed)
}

/// An amount of money on the command line.
fn budget(text: &str) -> Result<f64, String> {
    let yuan = text.parse().ok();
    yuan.filter(|yuan: &f64| *yuan > 0.0 && yuan.is_finite())
        .ok_or_else(|| "it should be an amount in yuan above 0, such as 3000000".to_owned())
}

/// How long a search may take at most.
fn time_limit(seconds: Option<f64>) -> Result<Option<Duration>, Failure> {
    let limit = |seconds: f64| {
        Duration::try_from_secs_f64(seconds).map_err(|_| {
            let words = "it should be a number of seconds of at least 0, such as 60";
            Failure::Input(format!("--time-limit {seconds}: {words}").into())
        })
    };
    seconds.map(limit).transpose()
}

/// A run that failed for a reason of its own.
fn failed(error: impl Error + Send + Sync + 'static) -> Failure {
    Failure::Run(Box::new(error))
}

/// Why a command ended without its result.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong: the person who wrote it can mend it.
    Input(Box<dyn Error + Send + Sync>),
    /// The run failed: a disk is full, a file is locked.
    Run(Box<dyn Error + Send + Sync>),
    /// Nobody reads the result any more, which is no fault.
    NobodyReads,
}

impl Failure {
    /// 2 for wrong input, 1 for a failed run, 0 where there is no fault.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Input(_) => ExitCode::from(2),
            Self::Run(_) => ExitCode::from(1),
            Self::NobodyReads => ExitCode::SUCCESS,
        }
    }

    /// The error itself, where there is one.
    pub fn error(&self) -> Option<&(dyn Error + Send + Sync)> {
        match self {
            Self::Input(error) | Self::Run(error) => Some(error.as_ref()),
            Self::NobodyReads => None,
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        if error.is_input() {
            Self::Input(Box::new(error))
        } else {
            Self::Run(Box::new(error))
        }
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match error {
            TableError::File(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        if error.is_input() {
            Self::Input(Box::new(error))
        } else {
            Self::Run(Box::new(error))
        }
    }
}
