//! How far a long piece of work is. Work deep in the program does not know who watches; where nobody
//! listens, telling costs nothing worth counting.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// What work is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Pieces of any kind.
    Pieces,
    /// Bytes of a file.
    Bytes,
}

/// Is told what is done, how much of it, of how much at most, and in which unit.
pub type Listener = dyn Fn(&'static str, u64, u64, Unit) + Send + Sync;

static LISTENER: OnceLock<Box<Listener>> = OnceLock::new();

/// Tells `listener` of all work from here on. Only the first that is given listens.
pub fn listen(listener: Box<Listener>) {
    let _ = LISTENER.set(listener);
}

/// A piece of work of known size.
#[derive(Debug)]
pub struct Work {
    name: &'static str,
    of: u64,
    unit: Unit,
    done: AtomicU64,
}

impl Work {
    /// Before any of it is done.
    #[must_use]
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
        if let Some(listener) = LISTENER.get() {
            let before = self.done.fetch_add(more as u64, Ordering::Relaxed);
            listener(self.name, before + more as u64, self.of, self.unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static TOLD: Mutex<Vec<(u64, u64)>> = Mutex::new(Vec::new());

    #[test]
    fn whoever_listens_hears_how_much_is_done() {
        listen(Box::new(|name, done, of, _| {
            // Other tests may be at work.
            if name == "test" {
                TOLD.lock().unwrap().push((done, of));
            }
        }));
        let work = Work::new("test", 10, Unit::Pieces);
        work.add(3);
        work.add(7);
        assert_eq!(*TOLD.lock().unwrap(), [(3, 10), (10, 10)]);
    }
}
