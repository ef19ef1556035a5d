//! How much the program says beside its result: nothing with `--quiet`, times with `--verbose`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

static QUIET: AtomicBool = AtomicBool::new(false);
static VERBOSE: AtomicBool = AtomicBool::new(false);

/// How much is said from here on.
pub(super) fn keep(quiet: bool, verbose: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
    VERBOSE.store(verbose, Ordering::Relaxed);
}

/// Whether only the result and errors are wanted.
pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
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
