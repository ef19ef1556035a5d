//! How much the program says beside its result: nothing with `--quiet`, times with `--verbose`.

use std::io::{ErrorKind, IsTerminal as _, Write as _, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

use crate::progress::{self, Unit};

static QUIET: AtomicBool = AtomicBool::new(false);
static VERBOSE: AtomicBool = AtomicBool::new(false);

/// The line of the step that is being done.
static CURRENT: Mutex<Option<ProgressBar>> = Mutex::new(None);

fn current() -> MutexGuard<'static, Option<ProgressBar>> {
    CURRENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says on the line of the step how far it is.
pub(super) fn tell(message: String) {
    if let Some(line) = &*current() {
        line.set_message(message);
    }
}

/// Shows on the line of the step how far a piece of its work is.
fn show(name: &'static str, done: u64, of: u64, unit: Unit) {
    let Some(line) = &*current() else {
        return;
    };
    if line.length() != Some(of) {
        let template = match unit {
            Unit::Pieces => "{msg} {bar:20} {human_pos}/{human_len}, {rate}, {eta} left",
            Unit::Bytes => "{msg} {bar:20} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            line.set_style(with_rate(style));
        }
        // A second piece of work within the step begins anew, with a rate of its own.
        line.set_position(0);
        line.reset_eta();
        line.set_length(of);
        line.set_message(name);
    }
    line.set_position(done);
}

/// A style that knows `rate`: whole pieces a second.
pub(super) fn with_rate(style: ProgressStyle) -> ProgressStyle {
    style.with_key(
        "rate",
        |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let rate = HumanCount(state.per_sec() as u64);
            // Nobody hears of what cannot be written on the line.
            write!(text, "{rate}/s").unwrap_or_default();
        },
    )
}

/// How much is said from here on.
pub(super) fn keep(quiet: bool, verbose: bool) {
    progress::listen(Box::new(show));
    QUIET.store(quiet, Ordering::Relaxed);
    VERBOSE.store(verbose, Ordering::Relaxed);
}

/// Whether only the result and errors are wanted.
pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Writes a result to standard output. Where nobody reads it any more (`| head`) the program ends: what
/// belongs into files is there by then.
pub(super) fn result(words: std::fmt::Arguments<'_>) {
    let Err(error) = std::io::stdout().write_fmt(words) else {
        return;
    };
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    eprintln!("error: the result cannot be written: {error}");
    std::process::exit(1);
}

/// Says something about the run on standard error.
pub(super) fn say(text: &str) {
    if !is_quiet() {
        eprintln!("{text}");
    }
}

/// Says what a planner should look at.
pub(super) fn warn(text: &str) {
    say(&format!("warning: {text}"));
}

/// Says how long a step took, when that is wanted.
pub(super) fn took(step: &str, since: Instant) {
    if VERBOSE.load(Ordering::Relaxed) {
        eprintln!("{step}: {:.2} s", since.elapsed().as_secs_f64());
    }
}

/// One line on how far it has come, where a person is watching.
pub(super) fn line() -> ProgressBar {
    if is_quiet() || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
    let line = ProgressBar::new_spinner();
    if let Ok(style) = style {
        line.set_style(style);
    }
    line.enable_steady_tick(Duration::from_millis(200));
    line
}

/// Does one step with its name and time shown while it lasts, where a person is watching; with its rate
/// and the time that is left, where the work tells how far it is.
pub(super) fn step<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let line = line();
    line.set_message(name);
    *current() = Some(line.clone());
    let done = work();
    *current() = None;
    line.finish_and_clear();
    took(name, started);
    done
}
