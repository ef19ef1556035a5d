//! Ctrl-C, and what a system sends to end a program: the run ends within a second, its earlier result stays as it
//! was, and it says how far it came.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::checkpoint;
use crate::files;
use crate::progress::{self, Told, Unit};

/// How long work that can stop by itself, and then says how far it came, has for that.
const GRACE: Duration = Duration::from_millis(600);

static ASKED: AtomicBool = AtomicBool::new(false);

static PHASE: Mutex<Option<Phase>> = Mutex::new(None);

/// What the program is doing.
struct Phase {
    name: &'static str,
    began: Instant,
    /// How much of how much is done, where the work tells it.
    done: Option<(u64, u64, Unit)>,
}

fn phase() -> MutexGuard<'static, Option<Phase>> {
    PHASE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens for what is to end the program, from here on, and ends it by `end`, which is given what is to be said.
///
/// # Errors
/// When the system does not allow it.
pub fn set_up(end: fn(&str) -> !) -> io::Result<()> {
    on_signal(move || {
        ASKED.store(true, Ordering::Relaxed);
        if progress::stop() {
            thread::sleep(GRACE);
        }
        // What has been begun to be moved is moved to its end before.
        let is_published = files::abandon_all();
        end(&match is_published {
            true => format!(
                "stopped{}; the result had been written just before",
                how_far()
            ),
            false => stopped(),
        });
    })
}

/// That the run was ended before its result was there, how far it came and what is left: also of work that stops by
/// itself, while its phase lasts.
pub(super) fn stopped() -> String {
    format!("stopped{}; {}", how_far(), nothing_written())
}

/// Calls `handle` in a thread of its own when the program is to end. What was ignored when the program began stays
/// ignored: under `nohup` a run outlasts its terminal.
#[cfg(unix)]
fn on_signal(handle: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let is_ignored = |signal: &i32| ignored.unwrap_or(0) >> (signal - 1) & 1 == 1;
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter();
    let mut signals = Signals::new(wanted.filter(|signal| !is_ignored(signal)))?;
    thread::spawn(move || signals.forever().for_each(|_| handle()));
    Ok(())
}

#[cfg(not(unix))]
fn on_signal(handle: impl Fn() + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(handle).map_err(io::Error::other)
}

/// What is left of a run that ended before its result was there.
fn nothing_written() -> &'static str {
    match checkpoint::is_kept() {
        true => {
            "no result was written, earlier results are as they were; what was done is kept, and the same command with \
             --resume goes on from there"
        }
        false => "nothing was written, earlier results are as they were",
    }
}

/// Whether somebody wanted the program to end, as a command that stopped by itself may have been asked to.
pub fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Does one phase of a command.
pub(super) fn during<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    *phase() = Some(Phase {
        name,
        began: Instant::now(),
        done: None,
    });
    let done = work();
    *phase() = None;
    done
}

/// Notes how far the work of the phase has come.
pub(super) fn hear(told: &Told<'_>) {
    if let (Some(phase), Told::Work(work)) = (&mut *phase(), told) {
        phase.done = Some((work.done(), work.of, work.unit));
    }
}

fn how_far() -> String {
    let Some(Phase { name, began, done }) = &*phase() else {
        return String::new();
    };
    let after = began.elapsed().as_secs_f64();
    let done = match done {
        Some((done, of, Unit::Count(things))) => format!(", with {done} of {of} {things} done"),
        Some((done, of, Unit::Bytes)) => {
            format!(", with {} % done", done * 100 / (*of).max(1))
        }
        None => String::new(),
    };
    format!(" in the phase \"{name}\" after {after:.1} s{done}")
}
