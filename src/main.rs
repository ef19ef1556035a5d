//! Parses the arguments, runs one command, turns an error into an exit code.

use std::process::ExitCode;

use brigade::cli::{Cli, is_interrupted, listen_for_interruptions, say};
use brigade::complaints::of_arguments;
use clap::Parser;

/// What a shell says of a program that was ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

fn end(words: &str) -> ! {
    say(format_args!("{words}"));
    std::process::exit(INTERRUPTED.into())
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and versions are no faults. Of what was typed, nothing is to be an order to the terminal.
        Err(error) if error.use_stderr() => {
            let words = of_arguments(&error.render().to_string());
            say(format_args!("{}", words.trim_end()));
            return ExitCode::from(2);
        }
        Err(error) => error.exit(),
    };
    if let Err(error) = listen_for_interruptions(end) {
        say(format_args!("error: {error}"));
        return ExitCode::FAILURE;
    }
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(words) = failure.words() {
                say(format_args!("{words}"));
            }
            match is_interrupted() {
                true => ExitCode::from(INTERRUPTED),
                false => failure.exit_code(),
            }
        }
    }
}
