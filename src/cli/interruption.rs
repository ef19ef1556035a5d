//! Ctrl-C: a run ends at once, leaves nothing half-written, and says how far it came.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Failure, failed};

static ASKED: AtomicBool = AtomicBool::new(false);
static LISTENING: AtomicBool = AtomicBool::new(false);

/// From here on Ctrl-C only asks to stop. A second one ends the program where it stands.
pub(super) fn listen() -> Result<(), Failure> {
    if LISTENING.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let listening = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    listening.map_err(failed)
}

/// Whether somebody has asked to stop.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// The end of a run that was stopped.
pub(super) fn stopped(done: u64, of: Option<u64>) -> Failure {
    let of = of.map_or_else(String::new, |of| format!(" of about {of}"));
    let problem = format!(
        "stopped after {done}{of} incidents; nothing was written, earlier results are as they were"
    );
    Failure::Run(problem.into())
}
