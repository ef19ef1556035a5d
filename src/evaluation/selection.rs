//! How sure it is that the best alternative is the best, and replications where they matter.
//!
//! **Probability.** The replications are as many draws from an unknown distribution of incident streams.
//! The Bayesian bootstrap (Rubin 1981) draws such distributions by giving each replication a random
//! weight; the share of draws in which an alternative comes out first is the posterior probability
//! that it is the best. All alternatives get the same weights, as they faced the same incident streams.
//!
//! **Replications.** The procedure of Kim and Nelson (2001) goes on simulating only what may still
//! be the best, and holds under common random numbers: when all others are dropped, the one that is
//! left is, with the stated confidence, not worse than the best by more than the indifference.

use crate::distribution::standard_exponential;
use crate::evaluation::metric::{Metric, Parts};
use crate::simulation::replications::{Experiment, Outcome, Stopped, simulate_more};
use crate::simulation::streams::{Purpose, stream};

/// Random weightings of the replications: the standard error of a probability is at most 0.005.
const DRAWS: u32 = 10_000;

/// The probability, for each alternative, that it is the best by a metric. The same seed gives the
/// same figures. Where replications are unequal, those that all have had count.
pub fn probabilities_of_best(outcomes: &[Outcome], metric: Metric, seed: u64) -> Vec<f64> {
    let parts: Vec<Parts> = outcomes.iter().map(|o| metric.parts(o, 0)).collect();
    let sign = if metric.more_is_better() { -1.0 } else { 1.0 };
    probabilities(&parts, sign, seed)
}

fn probabilities(parts: &[Parts], sign: f64, seed: u64) -> Vec<f64> {
    let replications = parts.iter().map(|part| part.sums.len()).min().unwrap_or(0);
    let mut wins = vec![0.0; parts.len()];
    let mut rng = stream(seed, 0, Purpose::Weights, 0);
    let mut weights = vec![0.0; replications];
    let mut values = Vec::with_capacity(parts.len());
    for _ in 0..DRAWS {
        for weight in &mut weights {
            *weight = standard_exponential(&mut rng);
        }
        values.clear();
        values.extend(parts.iter().map(|part| {
            let weighted = |list: &[f64]| -> f64 {
                list.iter()
                    .zip(&weights)
                    .map(|(figure, weight)| figure * weight)
                    .sum()
            };
            let count = weighted(&part.counts);
            if count > 0.0 {
                sign * weighted(&part.sums) / count
            } else {
                f64::INFINITY
            }
        }));
        let best = values.iter().copied().fold(f64::INFINITY, f64::min);
        let equal = values.iter().filter(|value| **value == best).count();
        for (wins, value) in wins.iter_mut().zip(&values) {
            if *value == best {
                *wins += 1.0 / equal as f64;
            }
        }
    }
    wins.iter().map(|wins| wins / f64::from(DRAWS)).collect()
}

/// When to stop simulating.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// What does not matter: a difference in the metric's own unit (seconds, or a share).
    pub indifference: f64,
    /// How sure the choice has to be.
    pub confidence: f64,
    /// No alternative is simulated more often.
    pub most: u32,
}

/// How a choice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// One alternative was left, or those left differ by less than the indifference.
    Chosen,
    /// The most replications were reached with several left.
    AtMost,
}

/// First replications of all, from which it is known how much differences vary.
pub const FIRST: u32 = 20;
/// How many more before the next look.
const ROUND: u32 = 10;

/// Simulates alternatives until one can be chosen; those that cannot be the best are dropped on the
/// way and keep the replications they have had.
///
/// # Errors
/// When it was asked to stop.
///
/// # Panics
/// When fewer than [`FIRST`] replications are allowed.
pub fn choose(
    experiment: &Experiment<'_>,
    metric: Metric,
    goal: Goal,
) -> Result<(Vec<Outcome>, Ended), Stopped> {
    let work = experiment.work();
    let mut outcomes = experiment.nothing_yet();
    let mut left: Vec<usize> = (0..outcomes.len()).collect();
    assert!(
        goal.most >= FIRST,
        "the first replications say how differences vary"
    );
    let mut replications = FIRST;
    simulate_more(experiment, &mut outcomes, &left, replications, &work)?;
    let sign = if metric.more_is_better() { -1.0 } else { 1.0 };
    let first = Screen::new(&values(&outcomes, &left, metric, sign), goal);
    loop {
        let rows = values(&outcomes, &left, metric, sign);
        let (stay, is_sure) = first.look(&left, &rows);
        left = stay;
        if left.len() <= 1 || is_sure {
            return Ok((outcomes, Ended::Chosen));
        }
        if replications >= goal.most {
            return Ok((outcomes, Ended::AtMost));
        }
        replications = (replications + ROUND).min(goal.most);
        simulate_more(experiment, &mut outcomes, &left, replications, &work)?;
    }
}

/// The figure of each replication, smaller being better; one row an alternative.
fn values(outcomes: &[Outcome], which: &[usize], metric: Metric, sign: f64) -> Vec<Vec<f64>> {
    let rows = which.iter().map(|index| {
        let parts = metric.parts(&outcomes[*index], 0);
        let pairs = parts.sums.iter().zip(&parts.counts);
        pairs
            .map(|(sum, count)| sign * sum / count.max(1.0))
            .collect()
    });
    rows.collect()
}

/// What the first replications say: how much the differences vary.
struct Screen {
    /// `h²` of Kim and Nelson with their `c` of 1.
    h_squared: f64,
    /// Variance of the difference of each pair of alternatives.
    variance: Vec<Vec<f64>>,
    indifference: f64,
}

impl Screen {
    fn new(rows: &[Vec<f64>], goal: Goal) -> Self {
        let first = rows.first().map_or(0, Vec::len) as f64;
        let others = rows.len().saturating_sub(1).max(1) as f64;
        let alpha = 1.0 - goal.confidence;
        let eta = 0.5 * (libm::pow(2.0 * alpha / others, -2.0 / (first - 1.0)) - 1.0);
        Self {
            h_squared: 2.0 * eta * (first - 1.0),
            variance: rows
                .iter()
                .map(|a| rows.iter().map(|b| variance_of_difference(a, b)).collect())
                .collect(),
            indifference: goal.indifference,
        }
    }

    /// Which of `left` may still be the best, and whether the differences among them are known as
    /// well as they need to be.
    fn look(&self, left: &[usize], rows: &[Vec<f64>]) -> (Vec<usize>, bool) {
        let means: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
        let replications = rows.first().map_or(0, Vec::len) as f64;
        // How far a mean may lie above another without being dropped.
        let tolerance = |a: usize, b: usize| {
            let needed =
                self.h_squared * self.variance[a][b] / (self.indifference * self.indifference);
            (self.indifference / (2.0 * replications) * (needed - replications)).max(0.0)
        };
        let stays = |index: usize| {
            (0..left.len()).all(|other| {
                other == index || means[index] <= means[other] + tolerance(left[index], left[other])
            })
        };
        let kept: Vec<usize> = (0..left.len()).filter(|index| stays(*index)).collect();
        let is_sure = kept.iter().all(|a| {
            kept.iter()
                .all(|b| a == b || tolerance(left[*a], left[*b]) == 0.0)
        });
        (kept.into_iter().map(|index| left[index]).collect(), is_sure)
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance_of_difference(a: &[f64], b: &[f64]) -> f64 {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let mean = mean(&differences);
    let squares: f64 = differences.iter().map(|d| (d - mean) * (d - mean)).sum();
    squares / (differences.len() as f64 - 1.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::special::normal_quantile;
    use crate::distribution::uniform;

    fn parts(values: &[f64]) -> Parts {
        Parts {
            sums: values.to_vec(),
            counts: vec![1.0; values.len()],
        }
    }

    /// With two replications the weights are (w, 1 − w), w uniform: the first is better when
    /// 0 w + 3 (1 − w) < 1 w + 1 (1 − w), that is w > 2/3: in a third of the draws. The standard
    /// error of 10,000 draws is 0.0047.
    #[test]
    fn a_probability_of_two_replications_is_that_worked_out_by_hand() {
        let shares = probabilities(&[parts(&[0.0, 3.0]), parts(&[1.0, 1.0])], 1.0, 5);
        assert!((shares[0] - 1.0 / 3.0).abs() < 0.02, "{shares:?}");
        assert!((shares[0] + shares[1] - 1.0).abs() < 1e-9);
        // Where more is better, it is the other way round.
        let shares = probabilities(&[parts(&[0.0, 3.0]), parts(&[1.0, 1.0])], -1.0, 5);
        assert!((shares[0] - 2.0 / 3.0).abs() < 0.02, "{shares:?}");
    }

    #[test]
    fn twins_share_what_they_win() {
        let shares = probabilities(&[parts(&[1.0, 2.0]), parts(&[1.0, 2.0])], 1.0, 5);
        assert_eq!(shares, [0.5, 0.5]);
    }

    /// A thousand choices among three with means 0, δ and δ, with a confidence of 0.95: the first
    /// is chosen in at least 950 but for luck (standard error 7).
    #[test]
    fn a_choice_is_right_as_often_as_it_says() {
        let mut rng = stream(3, 0, Purpose::Weights, 0);
        let goal = Goal {
            indifference: 1.0,
            confidence: 0.95,
            most: 100_000,
        };
        let mut right = 0;
        let mut fewest = u32::MAX;
        for _ in 0..1000 {
            let mut rows = vec![Vec::new(); 3];
            // What all have in common is the incident stream.
            let mut draw = |rows: &mut [Vec<f64>], left: &[usize], more: u32| {
                for _ in 0..more {
                    let common = normal_quantile(uniform(&mut rng));
                    for index in left {
                        let own = normal_quantile(uniform(&mut rng));
                        let mean = if *index == 0 { 0.0 } else { 1.0 };
                        rows[*index].push(mean + 5.0 * common + 3.0 * own);
                    }
                }
            };
            let mut left = vec![0, 1, 2];
            draw(&mut rows, &left, FIRST);
            let screen = Screen::new(&rows, goal);
            loop {
                let of_left: Vec<Vec<f64>> = left.iter().map(|i| rows[*i].clone()).collect();
                let (stay, is_sure) = screen.look(&left, &of_left);
                left = stay;
                if left.len() <= 1 || is_sure {
                    break;
                }
                draw(&mut rows, &left, ROUND);
            }
            let best = left
                .iter()
                .min_by(|a, b| mean(&rows[**a]).total_cmp(&mean(&rows[**b])));
            right += u32::from(best == Some(&0));
            fewest = fewest.min(rows[1].len().min(rows[2].len()) as u32);
        }
        assert!(right >= 930, "{right}");
        assert!(fewest < 100, "what is worse is dropped early: {fewest}");
    }
}
