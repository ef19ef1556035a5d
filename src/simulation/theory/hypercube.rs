//! Engines that differ in where they stand: Larson's hypercube (Larson 1974), solved exactly, and
//! its approximation (Larson 1975).
//!
//! Every combination of busy engines is a state, one bit an engine; calls lead upwards and ends of
//! service downwards:
//!
//! ```text
//! 00 ──→ 01          bit 0: engine 0 is busy
//!  │      │
//!  ↓      ↓
//! 10 ──→ 11 ──→ queue
//! ```

use crate::scenario::file::Overload;

/// Calls from several demand points, each with an order of the engines; one engine a call, service
/// exponential with the same mean everywhere.
#[derive(Clone, Debug)]
pub struct Hypercube {
    /// Calls of each point in one mean service time.
    pub offered: Vec<f64>,
    /// For each point all engines, the one sent first at the front.
    pub preferences: Vec<Vec<usize>>,
    /// The number of engines.
    pub engines: usize,
    /// What becomes of a call that finds all of them busy.
    pub overload: Overload,
}

/// What becomes of the calls in the long run.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Share of the time that each engine is busy.
    pub workload: Vec<f64>,
    /// `answered[point][engine]`: share of the calls of a point that an engine answers without a
    /// wait.
    pub answered: Vec<Vec<f64>>,
    /// Share of all calls that find every engine busy.
    pub all_busy: f64,
}

/// The most engines of which every state is looked at.
pub const MAX_ENGINES: usize = 12;

/// Rounds of the approximation before it is taken as it is.
const MAX_ROUNDS: usize = 10_000;

/// Sweeps over the states before the search for the balance is given up.
const MAX_SWEEPS: usize = 100_000;

impl Hypercube {
    fn total(&self) -> f64 {
        self.offered.iter().sum()
    }

    /// The long run, exactly: the balance of all states to a part in 10¹³. `None` when there are
    /// more than [`MAX_ENGINES`], a queue would grow for ever, or the balance is not found.
    pub fn exact(&self) -> Option<Answer> {
        let total = self.total();
        let utilization = total / self.engines as f64;
        let queues = self.overload == Overload::Queue;
        if self.engines > MAX_ENGINES || (queues && utilization >= 1.0) {
            return None;
        }
        let states = 1_usize << self.engines;
        let full = states - 1;
        // `into[state]`: the rate of calls that lead to it from each state with one engine less.
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); states];
        for state in 0..full {
            for (point, rate) in self.offered.iter().enumerate() {
                let engine = self.first_free(point, state)?;
                let to = state | 1 << engine;
                match into[to].iter_mut().find(|(from, _)| *from == state) {
                    Some((_, sum)) => *sum += rate,
                    None => into[to].push((state, *rate)),
                }
            }
        }
        // Gauss–Seidel, from the product form of equal engines.
        let mut share = vec![1.0 / states as f64; states];
        let mut is_balanced = false;
        for _ in 0..MAX_SWEEPS {
            let mut change: f64 = 0.0;
            for state in 0..states {
                let busy = f64::from(state.count_ones());
                let from_calls: f64 = into[state]
                    .iter()
                    .map(|(from, rate)| share[*from] * rate)
                    .sum();
                let free = (0..self.engines).filter(|engine| state >> engine & 1 == 0);
                let from_ends: f64 = free.map(|engine| share[state | 1 << engine]).sum();
                // The full state gives to the queue what it gets back from it.
                let leaves = if state == full { busy } else { total + busy };
                let value = (from_calls + from_ends) / leaves;
                change = change.max((value - share[state]).abs() / value);
                share[state] = value;
            }
            let sum: f64 = share.iter().sum();
            share.iter_mut().for_each(|value| *value /= sum);
            // What is no number is not balanced, and `max` passes it over.
            is_balanced = change < 1e-13 && sum.is_finite();
            if is_balanced {
                break;
            }
        }
        if !is_balanced {
            return None;
        }
        // States with a queue: the full one, and then each longer by a factor.
        let queued = if queues {
            share[full] * utilization / (1.0 - utilization)
        } else {
            0.0
        };
        let scale = 1.0 / (1.0 + queued);
        let queued = queued * scale;
        share.iter_mut().for_each(|value| *value *= scale);
        let mut answer = Answer {
            workload: (0..self.engines)
                .map(|engine| {
                    let busy = (0..states).filter(|state| state >> engine & 1 == 1);
                    busy.map(|state| share[state]).sum::<f64>() + queued
                })
                .collect(),
            answered: vec![vec![0.0; self.engines]; self.offered.len()],
            all_busy: share[full] + queued,
        };
        for (point, answered) in answer.answered.iter_mut().enumerate() {
            for (state, share) in share.iter().enumerate().take(full) {
                answered[self.first_free(point, state)?] += share;
            }
        }
        Some(answer)
    }

    fn first_free(&self, point: usize, state: usize) -> Option<usize> {
        let order = self.preferences.get(point)?;
        order
            .iter()
            .copied()
            .find(|engine| state >> engine & 1 == 0)
    }

    /// The long run by the approximation that takes engines for busy or free independently, put
    /// right by what Erlang's model of equal engines says of such combinations (Larson 1975). Quick
    /// for any number of engines. `None` for calls that wait, which it does not know, or when the
    /// rounds come to no end.
    pub fn approximate(&self) -> Option<Answer> {
        if self.overload == Overload::Queue {
            return None;
        }
        let engines = self.engines;
        let total = self.total();
        let lost = super::erlang::lost(engines as u32, total);
        let utilization = total * (1.0 - lost) / engines as f64;
        let correction: Vec<f64> = (0..engines)
            .map(|busy| correction(engines, total, utilization, busy))
            .collect();
        let mut workload = vec![utilization; engines];
        let mut is_settled = false;
        for _ in 0..MAX_ROUNDS {
            // Calls that reach each engine while it is free, and so keep it busy.
            let mut reached = vec![0.0; engines];
            for (rate, order) in self.offered.iter().zip(&self.preferences) {
                let mut before = *rate;
                for (rank, engine) in order.iter().enumerate() {
                    reached[*engine] += correction[rank] * before;
                    before *= workload[*engine];
                }
            }
            let mut next: Vec<f64> = reached.iter().map(|calls| calls / (1.0 + calls)).collect();
            // Together they do what is not lost.
            let sum: f64 = next.iter().sum();
            let scale = utilization * engines as f64 / sum;
            for workload in &mut next {
                *workload = (*workload * scale).min(1.0);
            }
            let change = next.iter().zip(&workload).map(|(a, b)| (a - b).abs());
            let change = change.fold(0.0, f64::max);
            workload = next;
            is_settled = change < 1e-12;
            if is_settled {
                break;
            }
        }
        if !is_settled || workload.iter().any(|workload| workload.is_nan()) {
            return None;
        }
        let answered = self.preferences.iter().map(|order| {
            let mut answered = vec![0.0; engines];
            let mut before = 1.0;
            for (rank, engine) in order.iter().enumerate() {
                answered[*engine] = correction[rank] * before * (1.0 - workload[*engine]);
                before *= workload[*engine];
            }
            // What is not lost is answered by somebody.
            let sum: f64 = answered.iter().sum();
            answered
                .iter_mut()
                .for_each(|share| *share *= (1.0 - lost) / sum);
            answered
        });
        let answered = answered.collect();
        Some(Answer {
            workload,
            answered,
            all_busy: lost,
        })
    }
}

impl Answer {
    /// The mean of `time(point, engine)` over the calls that are answered without a wait, points
    /// weighing as much as they offer.
    pub fn mean_time(&self, offered: &[f64], time: impl Fn(usize, usize) -> f64) -> f64 {
        let mut sum = 0.0;
        let mut calls = 0.0;
        for (point, (rate, answered)) in offered.iter().zip(&self.answered).enumerate() {
            for (engine, share) in answered.iter().enumerate() {
                sum += rate * share * time(point, engine);
                calls += rate * share;
            }
        }
        sum / calls
    }
}

/// Larson's `Q(N, ρ, j)`: how much more often than by chance `busy` engines named beforehand are
/// busy and the next is free, in Erlang's model.
fn correction(engines: usize, offered: f64, utilization: f64, busy: usize) -> f64 {
    // Shares of the states with k busy engines, but for a factor.
    let mut weight = 1.0;
    let weights: Vec<f64> = (0..=engines)
        .map(|k| {
            if k > 0 {
                weight *= offered / k as f64;
            }
            weight
        })
        .collect();
    let all: f64 = weights.iter().sum();
    // Of the engines drawn one by one, the first `busy` are among the k and the next is not.
    let together: f64 = (busy..engines)
        .map(|k| {
            let drawn: f64 = (0..busy)
                .map(|i| (k - i) as f64 / (engines - i) as f64)
                .product();
            let next = (engines - k) as f64 / (engines - busy) as f64;
            weights[k] / all * drawn * next
        })
        .sum();
    let alone = libm::pow(utilization, busy as f64) * (1.0 - utilization);
    // So rare that floats do not hold it: it weighs nothing.
    if alone > 0.0 { together / alone } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::theory::erlang;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-10
    }

    /// Two engines, two points that prefer one each, half an erlang from the first and one from the
    /// second. With p the shares of 00, 01, 10, 11 (bit 0 the first engine):
    ///
    /// ```text
    /// 00: 1.5 p00 = p01 + p10
    /// 01: 2.5 p01 = 0.5 p00 + p11
    /// 10: 2.5 p10 = 1.0 p00 + p11
    /// 11: 2 p11   = 1.5 p01 + 1.5 p10
    /// ```
    /// p01 + p10 = 1.5 p00 and p11 = 1.125 p00, so p01 = 0.65 p00, p10 = 0.85 p00, and p00 is
    /// 1 / 3.625.
    #[test]
    fn two_engines_and_two_points_are_as_worked_out_by_hand() {
        let cube = Hypercube {
            offered: vec![0.5, 1.0],
            preferences: vec![vec![0, 1], vec![1, 0]],
            engines: 2,
            overload: Overload::Loss,
        };
        let answer = cube.exact().unwrap();
        assert!(close(answer.all_busy, 1.125 / 3.625), "{answer:?}");
        assert!(close(answer.workload[0], 1.775 / 3.625), "{answer:?}");
        assert!(close(answer.workload[1], 1.975 / 3.625), "{answer:?}");
        // The first point gets its nearer engine in 00 and 10.
        assert!(close(answer.answered[0][0], 1.85 / 3.625), "{answer:?}");
        assert!(close(answer.answered[0][1], 0.65 / 3.625), "{answer:?}");
        // A minute from the nearer engine, five from the other: the second point gets its nearer in 00
        // and 01, in 1.65 of 3.625, and the other in 10, in 0.85.
        let time = |point: usize, engine: usize| if point == engine { 1.0 } else { 5.0 };
        let nearer = 0.5 * 1.85 + 1.65;
        let other = 0.5 * 0.65 + 0.85;
        let expected = (nearer + 5.0 * other) / (nearer + other);
        assert!(close(answer.mean_time(&[0.5, 1.0], time), expected));
    }

    /// Equal engines sent in every order alike are Erlang's, whatever becomes of the rest.
    #[test]
    fn equal_engines_are_erlangs() {
        let preferences: Vec<Vec<usize>> = (0..5)
            .map(|first| (0..5).map(|k| (first + k) % 5).collect())
            .collect();
        let mut cube = Hypercube {
            offered: vec![0.6; 5],
            preferences,
            engines: 5,
            overload: Overload::Loss,
        };
        let lost = erlang::lost(5, 3.0);
        for answer in [cube.exact().unwrap(), cube.approximate().unwrap()] {
            assert!(close(answer.all_busy, lost), "{answer:?}");
            for workload in &answer.workload {
                assert!(close(*workload, 3.0 * (1.0 - lost) / 5.0), "{answer:?}");
            }
        }
        cube.overload = Overload::Queue;
        let answer = cube.exact().unwrap();
        assert!(
            close(answer.all_busy, erlang::waits(5, 3.0).unwrap()),
            "{answer:?}"
        );
        assert!(close(answer.workload[2], 0.6), "{answer:?}");
        cube.offered = vec![1.0; 5];
        assert_eq!(cube.exact(), None);
    }

    /// What is answered or lost is all that was offered, and the approximation is within 3 points
    /// of the truth on uneven fleets.
    #[test]
    fn the_approximation_is_near() {
        for seed in 0..20_u64 {
            let mut state = seed * 2_654_435_761 + 1;
            let mut draw = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f64 / 2_147_483_648.0
            };
            let preferences = (0..8)
                .map(|_| {
                    let mut order: Vec<(f64, usize)> = (0..6).map(|e| (draw(), e)).collect();
                    order.sort_by(|a, b| a.0.total_cmp(&b.0));
                    order.into_iter().map(|(_, engine)| engine).collect()
                })
                .collect();
            let cube = Hypercube {
                offered: (0..8).map(|_| draw() * 0.8).collect(),
                preferences,
                engines: 6,
                overload: Overload::Loss,
            };
            let exact = cube.exact().unwrap();
            let quick = cube.approximate().unwrap();
            let worked: f64 = exact.workload.iter().sum();
            assert!(
                close(worked, cube.total() * (1.0 - exact.all_busy)),
                "{exact:?}"
            );
            for answered in &exact.answered {
                let sum: f64 = answered.iter().sum();
                assert!(close(sum, 1.0 - exact.all_busy));
            }
            for (a, b) in exact.workload.iter().zip(&quick.workload) {
                assert!((a - b).abs() < 0.03, "{exact:?} {quick:?}");
            }
        }
    }
}
