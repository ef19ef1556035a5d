//! How far long work is, for whoever listens, and whether it should stop. Work deep in the program does
//! not know who watches; where nobody listens, telling costs nothing worth counting.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

/// What work is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things of this name, in the plural.
    Count(&'static str),
    /// Bytes of a file.
    Bytes,
}

/// What a listener hears.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// More of a piece of work is done.
    Work(&'a Work),
    /// A search has come so far: the best value yet, and what is proven of any other.
    Search(Search, Option<u64>, u64),
}

/// Hears of every piece of work and every search.
pub type Listener = dyn Fn(Told<'_>) + Send + Sync;

static LISTENERS: RwLock<Vec<Box<Listener>>> = RwLock::new(Vec::new());

/// Tells `listener` of all work from here on.
pub fn listen(listener: Box<Listener>) {
    let mut listeners = LISTENERS.write().unwrap_or_else(PoisonError::into_inner);
    listeners.push(listener);
}

fn tell(told: Told<'_>) {
    let listeners = LISTENERS.read().unwrap_or_else(PoisonError::into_inner);
    for listener in &*listeners {
        listener(told);
    }
}

/// A piece of work of known size.
#[derive(Debug)]
pub struct Work {
    /// What is being done, such as `reading the map`.
    pub name: &'static str,
    /// How much there is to do, about.
    pub of: u64,
    /// What it is counted in.
    pub unit: Unit,
    done: AtomicU64,
}

impl Work {
    /// Before any of it is done.
    pub fn new(name: &'static str, of: usize, unit: Unit) -> Self {
        Self {
            name,
            of: of as u64,
            unit,
            done: AtomicU64::new(0),
        }
    }

    /// So much more of it is done.
    pub fn add(&self, more: usize) {
        self.done.fetch_add(more as u64, Ordering::Relaxed);
        tell(Told::Work(self));
    }

    /// How much of it is done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

/// A search for the best, whose end nobody knows before its value and bound meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// What is being done, such as `siting`.
    pub name: &'static str,
    /// How many digits of its whole numbers stand behind the point; `None` where they are in units
    /// that a reader does not know.
    pub decimals: Option<u32>,
}

impl Search {
    /// It has come so far.
    pub fn tell(self, value: Option<u64>, bound: u64) {
        tell(Told::Search(self, value, bound));
    }
}

/// Whether work can stop before it is done, and whether it was asked to.
struct StopFlag(AtomicU8);

const CANNOT_STOP: u8 = 0;
const CAN_STOP: u8 = 1;
const SHOULD_STOP: u8 = 2;

static STOP: StopFlag = StopFlag(AtomicU8::new(CANNOT_STOP));

impl StopFlag {
    fn during<T>(&self, work: impl FnOnce() -> T) -> (T, bool) {
        self.0.store(CAN_STOP, Ordering::Relaxed);
        let done = work();
        let before = self.0.swap(CANNOT_STOP, Ordering::Relaxed);
        (done, before == SHOULD_STOP)
    }

    fn request(&self) -> bool {
        let (from, to) = (CAN_STOP, SHOULD_STOP);
        let changed = (self.0).compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed);
        changed.is_ok()
    }

    fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed) == SHOULD_STOP
    }
}

/// Does work that looks on its way whether it [should stop](is_stopped), and tells whether it was asked
/// to: perhaps only after it had looked for the last time.
pub fn stoppable<T>(work: impl FnOnce() -> T) -> (T, bool) {
    STOP.during(work)
}

/// Asks the work in hand to stop: false where it cannot, or was asked before.
pub fn stop() -> bool {
    STOP.request()
}

/// Whether the work in hand has been asked to stop.
pub fn is_stopped() -> bool {
    STOP.is_requested()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// A stop is asked for once, known until the work ends, however late it comes, and forgotten then. The
    /// flag is the test's own: other tests may be simulating.
    #[test]
    fn a_stop_is_not_lost_and_does_not_outlast_the_work() {
        let flag = StopFlag(AtomicU8::new(CANNOT_STOP));
        assert!(!flag.request(), "nothing that could stop");
        let work = || [flag.is_requested(), flag.request(), flag.request()];
        assert_eq!(flag.during(work), ([false, true, false], true));
        assert!(!flag.is_requested() && !flag.request());
        assert_eq!(flag.during(|| flag.is_requested()), (false, false));
    }

    static HEARD: Mutex<Vec<(u64, u64)>> = Mutex::new(Vec::new());

    #[test]
    fn whoever_listens_hears_how_much_is_done() {
        listen(Box::new(|told| match told {
            // Other tests may be at work.
            Told::Work(work) if work.name == "test" => {
                HEARD.lock().unwrap().push((work.done(), work.of));
            }
            _ => {}
        }));
        let work = Work::new("test", 10, Unit::Count("pieces"));
        work.add(3);
        work.add(7);
        assert_eq!(*HEARD.lock().unwrap(), [(3, 10), (10, 10)]);
    }
}
