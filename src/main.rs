//! Parses the arguments, runs one command, turns an error into an exit code.

use std::process::ExitCode;

use brigade::cli::Cli;
use clap::Parser;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {}", failure.error());
            failure.exit_code()
        }
    }
}
