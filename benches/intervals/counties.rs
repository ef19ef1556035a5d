//! The counties on which intervals are tried: quiet, busy, one that loses calls, and one where towns have none.

use brigade::scenario::Scenario;
use brigade::scenario::file::Overload;
use brigade::scenario::loading::locate;

/// A county, and what it is called.
pub struct County {
    pub name: &'static str,
    pub scenario: Scenario,
}

/// So many times the embedded county's calls, over as much less time. The queue of its six engines is
/// steady with the first, and they lose calls with the second.
const BUSY: u32 = 8;
const LOSSY: u32 = 16;
/// So many times fewer calls, and in the first town as many times fewer once more: in a year most towns have none,
/// and the first has none in the longest experiment.
const SPARSE: f64 = 60.0;

pub fn all() -> Vec<County> {
    let quiet = || Scenario::load(&locate(None)).expect("the embedded county is right");
    let busy = |factor: u32, overload| {
        let mut scenario = quiet();
        for point in &mut scenario.county.demand {
            point
                .rates
                .iter_mut()
                .for_each(|rate| *rate *= f64::from(factor));
        }
        scenario.incidents.horizon.days /= factor;
        scenario.rules.dispatch.when_none_is_ready = overload;
        scenario
    };
    let sparse = || {
        let mut scenario = quiet();
        for point in &mut scenario.county.demand {
            let fewer = if point.town.index() == 0 {
                SPARSE * SPARSE
            } else {
                SPARSE
            };
            point.rates.iter_mut().for_each(|rate| *rate /= fewer);
        }
        scenario
    };
    vec![
        County {
            name: "quiet",
            scenario: quiet(),
        },
        County {
            name: "busy",
            scenario: busy(BUSY, Overload::Queue),
        },
        County {
            name: "lossy",
            scenario: busy(LOSSY, Overload::Loss),
        },
        County {
            name: "sparse",
            scenario: sparse(),
        },
    ]
}
