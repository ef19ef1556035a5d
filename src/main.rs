//! Parses the arguments, runs one command, turns an error into an exit code.

use std::process::ExitCode;

use brigade::cli::{Cli, say};
use brigade::progress;
use clap::Parser;

/// What a shell says of a program that was ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Work that can stop by itself says how far it came; a second Ctrl-C ends it where it stands.
    let interrupted = ctrlc::set_handler(|| {
        if !progress::stop() {
            std::process::exit(INTERRUPTED);
        }
    });
    if let Err(error) = interrupted {
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
