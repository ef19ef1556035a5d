//! One engine that stands ready and is out in turn: what is counted in a cycle over how long a cycle lasts
//! (renewal–reward: Ross, Introduction to Probability Models, chapter 7). Calls are Poisson; those that find
//! it out are lost, unless a policy takes it from its way.

/// What becomes of the calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cycle {
    /// The share of calls that are answered.
    pub answered: f64,
    /// Mean time from order to arrival of those.
    pub response: f64,
    /// The share of those for which it was taken from its way.
    pub diverted: f64,
}

/// What a cycle consists of, in one unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneEngine {
    /// Calls in a unit of time.
    pub rate: f64,
    /// Turnout, constant.
    pub turnout: f64,
    /// Travel, constant, there as well as back.
    pub travel: f64,
    /// Mean time at the scene.
    pub on_scene: f64,
    /// Mean time from its being back until it stands ready.
    pub restocking: f64,
}

/// Mean of an exponential gap with this rate, of those that are shorter than `most`.
fn gap_below(rate: f64, most: f64) -> f64 {
    let longer = libm::exp(-rate * most);
    1.0 / rate - most * longer / (1.0 - longer)
}

/// An engine that is sent again on its way back, all calls coming from one place.
///
/// A call comes on the way back with probability q = 1 − e^(−rate × travel), each time anew, so that an
/// engine serves 1 / (1 − q) calls before it is home. Called u after it left the scene, it drives u back.
pub fn redirected(stages: &OneEngine) -> Cycle {
    let OneEngine {
        rate,
        turnout,
        travel,
        on_scene,
        restocking,
    } = *stages;
    let served = libm::exp(rate * travel);
    let again = served - 1.0;
    let turned = gap_below(rate, travel);
    let out = turnout + 2.0 * travel + restocking + served * on_scene + again * 2.0 * turned;
    Cycle {
        answered: served / (rate * (1.0 / rate + out)),
        response: (turnout + travel + again * turned) / served,
        diverted: again / served,
    }
}

/// An engine on its way to a minor call that is sent on to the first grave call, all from one place; the minor
/// call is lost then. What the engine does takes as long either way. Answers for grave and minor calls, the
/// rate of the stages being that of both, of which a share `grave` is grave.
pub fn rerouted(stages: &OneEngine, grave: f64) -> [Cycle; 2] {
    let OneEngine {
        rate,
        turnout,
        travel,
        on_scene,
        restocking,
    } = *stages;
    let way = turnout + travel;
    let cycle = 1.0 / rate + way + on_scene + travel + restocking;
    let taken = 1.0 - libm::exp(-rate * grave * way);
    let minor = 1.0 - grave;
    // In a cycle one call is answered: a grave one that came first or took the engine, or a minor one.
    let graves = grave + minor * taken;
    let sooner = gap_below(rate * grave, way);
    [
        Cycle {
            answered: graves / (rate * grave * cycle),
            response: (grave * way + minor * taken * (way - sooner)) / graves,
            diverted: minor * taken / graves,
        },
        Cycle {
            answered: minor * (1.0 - taken) / (rate * minor * cycle),
            response: way,
            diverted: 0.0,
        },
    ]
}

/// A station's only engine is out for a time `out`, constant, and another comes from `away`, a constant drive,
/// whenever the station is bare: when its own goes, and when the one that stands by, or is on its way, is sent.
/// All calls are at the station, turnout takes no time, and there are always others to come. The mean
/// response of all calls; `out` is at least `away`.
///
/// A call t after the own engine went finds the last mover under way for min(gap, t), the gap since the last call
/// being exponential, and is answered when that is there. So the mean is away − (1 − e^(−rate min(away, t))) /
/// rate, which is summed over the calls of the time out; in a cycle there are 1 + rate × out calls.
pub fn moved_up(rate: f64, out: f64, away: f64) -> f64 {
    let full = away - (1.0 - libm::exp(-rate * away)) / rate;
    let first = away * away - full / rate;
    rate * (first + (out - away) * full) / (1.0 + rate * out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gaps of rate 1 below ln 2, where half of them are: 1 − ln 2.
    #[test]
    fn short_gaps_have_the_mean_of_a_cut_exponential() {
        let half = libm::log(2.0);
        assert!((gap_below(1.0, half) - (1.0 - half)).abs() < 1e-15);
        // Few come in a short time, and then anywhere in it.
        assert!((gap_below(1e-4, 1.0) - 0.5).abs() < 1e-4);
    }

    /// Travel ln 2, rate 1: half are called on their way back, so that two calls are served in a cycle; it is
    /// called back 1 − ln 2 after it left. Out: 2 ln 2 on the way, twice 1 at the scene, and 2 (1 − ln 2) there
    /// and back, which is 4 together; with the call that is waited for, 5.
    #[test]
    fn an_engine_serves_several_calls_before_it_is_home() {
        let stages = OneEngine {
            rate: 1.0,
            turnout: 0.0,
            travel: libm::log(2.0),
            on_scene: 1.0,
            restocking: 0.0,
        };
        let cycle = redirected(&stages);
        assert!((cycle.answered - 2.0 / 5.0).abs() < 1e-15, "{cycle:?}");
        assert!((cycle.response - 0.5).abs() < 1e-15);
        assert!((cycle.diverted - 0.5).abs() < 1e-15);
    }

    /// Half of the calls are grave, one in a unit of time; the way takes ln 2, so that half of the minor calls lose
    /// their engine: of the cycle's one call, 3/4 are grave. A cycle is 1/2 + ln 2 + 1/2 + ln 2 + 0.
    #[test]
    fn a_grave_call_takes_the_engine_of_a_minor_one() {
        let travel = libm::log(2.0);
        let stages = OneEngine {
            rate: 2.0,
            turnout: 0.0,
            travel,
            on_scene: 0.5,
            restocking: 0.0,
        };
        let [grave, minor] = rerouted(&stages, 0.5);
        let cycle = 1.0 + 2.0 * travel;
        assert!((grave.answered - 0.75 / cycle).abs() < 1e-15);
        assert!((minor.answered - 0.25 / cycle).abs() < 1e-15);
        assert!((grave.diverted - 1.0 / 3.0).abs() < 1e-15);
        // Two thirds as if nobody had been before, a third sooner by 1 − ln 2.
        assert!((grave.response - (travel - (1.0 - travel) / 3.0)).abs() < 1e-15);
    }

    /// Rate 1, out for 1, as long as the way: a call at t waits 1 − (1 − e^−t) = e^−t, in all 1 − 1/e, of two
    /// calls. And a mover at once answers at once.
    #[test]
    fn who_stands_by_is_nearer_than_who_comes() {
        let mean = moved_up(1.0, 1.0, 1.0);
        assert!(
            (mean - (1.0 - libm::exp(-1.0_f64)) / 2.0).abs() < 1e-15,
            "{mean}"
        );
        assert!(moved_up(1.0, 1.0, 1e-9) < 1e-9);
    }
}
