//! Parses the arguments, runs one command, turns an error into an exit code.

use std::process::ExitCode;

use brigade::cli::{Cli, listen_for_interruptions, say};
use clap::Parser;

/// What a shell says of a program that was ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

fn end(words: &str) -> ! {
    say(format_args!("{words}"));
    std::process::exit(INTERRUPTED)
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = listen_for_interruptions(end) {
        say(format_args!("error: {error}"));
        return ExitCode::FAILURE;
    }
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(error) = failure.error() {
                say(format_args!("error: {error}"));
            }
            failure.exit_code()
        }
    }
}
