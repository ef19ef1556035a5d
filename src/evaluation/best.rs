//! How sure it is that an alternative is the best, or as good as the best, as far as chance goes.
//!
//! All alternatives face the same incident streams, so what is known after some replications is how they
//! differ, with the spread that the paired differences show. The posterior of the differences is drawn as a
//! multivariate Student's t with one degree of freedom less than replications (Chick and Inoue 2001, with
//! common random numbers): one normal number for each replication, shared by all alternatives, times what
//! the replication adds to the error of each, and one χ² for the scale. The difference of any two then has
//! the Student's t of paired replications. What no replication has shown has a normal number of each alternative
//! besides, as in the intervals of [`estimate`](crate::evaluation::estimate): where nothing happens, or once,
//! nothing is sure. Where an interval says that too little is known, no probability is said.
//!
//! In each draw those count that none is better than by more than what does not matter
//! ([`standing`](crate::evaluation::standing)); where several are as good, each of them counts, so that
//! probabilities may come to more than 1.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::distribution::special::normal_quantile;
use crate::distribution::uniform;
use crate::evaluation::metric::Metric;
use crate::evaluation::standing::{
    Indifference, Standing, each_as_good_as_the_best, loses_least, order,
};
use crate::simulation::model::Chance;
use crate::simulation::replications::Outcome;
use crate::simulation::streams::{Purpose, stream};

/// From fewer replications no probability is said: Student's t knows how wide it has to be, but where
/// differences are small beside it, what it calls sure is wrong too often (`benches/intervals/best.rs`).
pub const LEAST: usize = 5;

/// Draws of a block, which has a stream of random numbers of its own.
const BLOCK: usize = 500;
/// With 10,000 draws the standard error of a probability is at most 0.005.
const BLOCKS: usize = 20;

/// The order of alternatives, and how sure it is which is the best.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// From the best to the last, by index.
    pub order: Vec<usize>,
    /// The one that loses the smallest share of its calls.
    pub loses_least: usize,
    /// Which are as good as the best by their estimates, where enough is known for that.
    pub is_as_good: Vec<bool>,
    /// The probability, for each, that none is better by more than what does not matter; `None` from fewer
    /// replications than [`LEAST`], unless nothing is left to chance, and where too little is known of a difference.
    pub probabilities: Option<Vec<f64>>,
}

impl Ranking {
    /// Ranks alternatives by a metric.
    pub fn of(outcomes: &[Outcome], metric: Metric, indifference: Indifference, seed: u64) -> Self {
        let standings = outcomes.iter().map(|of| Standing::of(metric, of));
        let standings: Vec<Standing> = standings.collect();
        let mut order = order(&standings, indifference);
        // What was dropped on the way had fewer replications, and its figure is not to be held
        // against those of others.
        let had = |index: usize| outcomes[index].tallies.len();
        order.sort_by_key(|index| Reverse(had(*index)));
        let distances = distances(outcomes, metric, order[0]);
        let fewest = (0..outcomes.len()).map(had).min().unwrap_or(0);
        let is_certain = outcomes.iter().all(|of| of.chance == Chance::Nothing);
        let is_known = distances.iter().all(|[_, figure]| figure.is_known);
        Self {
            loses_least: loses_least(&standings),
            is_as_good: as_good_as_the_best(&distances, indifference),
            probabilities: (is_known && fewest >= LEAST || is_certain)
                .then(|| probabilities(&distances, fewest, indifference, seed)),
            order,
        }
    }
}

/// How far an alternative is from the one that ranks first, less being better.
#[derive(Clone, Debug, PartialEq)]
pub struct Distance {
    /// The estimate.
    pub value: f64,
    /// What each replication adds to its error: their squares add up to the square of the standard error.
    pub errors: Vec<f64>,
    /// The standard error of what no replication has shown.
    pub unseen: f64,
    /// Whether enough is known for an interval, or nothing differs in any replication and there were calls from
    /// wherever something may.
    pub is_known: bool,
}

impl Distance {
    /// A distance of which all that matters has been seen.
    pub fn new(value: f64, errors: Vec<f64>) -> Self {
        Self {
            value,
            errors,
            unseen: 0.0,
            is_known: true,
        }
    }

    fn of(metric: Metric, outcome: &Outcome, best: &Outcome) -> Self {
        let sign = if metric.more_is_better() { -1.0 } else { 1.0 };
        let alike = |value: f64| Self::new(value, Vec::new());
        let Some(difference) = metric.difference(outcome, best) else {
            // Whoever answers no call has no figure, and is as good as others that answer none.
            let answers_none = metric.estimate(best, 0).is_none();
            return match answers_none {
                true => Self {
                    is_known: false,
                    ..alike(0.0)
                },
                false => alike(f64::INFINITY),
            };
        };
        let value = sign * difference.value;
        if outcome.chance == Chance::Nothing || std::ptr::eq(outcome, best) {
            return alike(value);
        }
        let replications = outcome.tallies.len().min(best.tallies.len());
        let n = replications as f64;
        let scale = sign * (n / (n - 1.0)).sqrt();
        let [of, less] = [outcome, best].map(|of| residuals(metric, of, replications));
        let pairs = of.iter().zip(&less);
        let mut errors: Vec<f64> = pairs.map(|(of, less)| scale * (of - less)).collect();
        // A draw need not add up nothing.
        let is_alike = errors.iter().all(|error| *error == 0.0);
        if is_alike {
            errors.clear();
        }
        Self {
            value,
            errors,
            unseen: metric.unseen(outcome, best).sqrt(),
            is_known: difference.low.is_some()
                || is_alike && value == 0.0 && metric.unobserved(outcome, best) == 0.0,
        }
    }

    /// How far in a draw: from a normal number for each replication, and one of its own.
    fn drawn(&self, normals: &[f64], own: f64, scale: f64) -> f64 {
        let pairs = self.errors.iter().zip(normals);
        let seen = pairs.map(|(error, normal)| error * normal).sum::<f64>();
        self.value + scale * (seen + self.unseen * own)
    }
}

/// What each of the first replications adds to the error of a figure: of a mean or a share, what its calls are
/// above it; of a percentile, how far that of its own calls is from that of all (sectioning).
fn residuals(metric: Metric, outcome: &Outcome, replications: usize) -> Vec<f64> {
    let mut sample = metric.by_replication(outcome, 0);
    let is_all = sample.sums.len() == replications;
    sample.sums.truncate(replications);
    sample.counts.truncate(replications);
    let of_all = metric.estimate(outcome, 0).filter(|_| is_all);
    let figure = of_all
        .map(|estimate| estimate.value)
        .or_else(|| sample.value());
    sample.residuals_about(figure.unwrap_or_default())
}

/// How far each alternative is from one of them, in lost calls and in the figure that ranks.
pub fn distances(outcomes: &[Outcome], metric: Metric, from: usize) -> Vec<[Distance; 2]> {
    let best = &outcomes[from];
    let distances = outcomes.iter().map(|outcome| {
        let [mut lost, figure] =
            [Metric::Lost, metric].map(|metric| Distance::of(metric, outcome, best));
        // Mostly no call can be lost.
        if outcome.loses_none() && best.loses_none() {
            lost.unseen = 0.0;
        }
        [lost, figure]
    });
    distances.collect()
}

/// Which alternatives are as good as the best by their estimates, where enough is known of how far they are from it.
fn as_good_as_the_best(distances: &[[Distance; 2]], indifference: Indifference) -> Vec<bool> {
    let standings = distances.iter().map(|[lost, figure]| Standing {
        lost: lost.value,
        figure: figure.value,
    });
    let mut is_as_good = vec![false; distances.len()];
    each_as_good_as_the_best(&standings.collect::<Vec<_>>(), indifference, |index| {
        is_as_good[index] = distances[index].iter().all(|of| of.is_known);
    });
    is_as_good
}

/// The probability, for each alternative, that none is better by more than what does not matter. The same
/// seed gives the same figures.
pub fn probabilities(
    distances: &[[Distance; 2]],
    replications: usize,
    indifference: Indifference,
    seed: u64,
) -> Vec<f64> {
    let most = distances.iter().flatten().map(|of| of.errors.len()).max();
    let blocks = (0..BLOCKS as u32).into_par_iter().map(|block| {
        let mut rng = stream(seed, 0, Purpose::Ranking, block);
        let mut normals = vec![0.0; most.unwrap_or(0)];
        let mut standings = Vec::with_capacity(distances.len());
        let mut counts = vec![0_u32; distances.len()];
        for _ in 0..BLOCK {
            for normal in &mut normals {
                *normal = normal_quantile(uniform(&mut rng));
            }
            let degrees = replications.saturating_sub(1).max(1);
            let squares = (0..degrees).map(|_| {
                let normal = normal_quantile(uniform(&mut rng));
                normal * normal
            });
            let scale = (degrees as f64 / squares.sum::<f64>()).sqrt();
            standings.clear();
            let mut drawn = |distance: &Distance| {
                let own = match distance.unseen > 0.0 {
                    true => normal_quantile(uniform(&mut rng)),
                    false => 0.0,
                };
                distance.drawn(&normals, own, scale)
            };
            standings.extend(distances.iter().map(|[lost, figure]| Standing {
                lost: drawn(lost),
                figure: drawn(figure),
            }));
            each_as_good_as_the_best(&standings, indifference, |index| counts[index] += 1);
        }
        counts
    });
    let counts = blocks.reduce(
        || vec![0; distances.len()],
        |a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect(),
    );
    let draws = (BLOCK * BLOCKS) as f64;
    counts
        .iter()
        .map(|count| f64::from(*count) / draws)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Indifference = Indifference {
        figure: 0.0,
        seconds: 0.0,
        lost: 0.0,
    };

    fn distances(of: &[(f64, &[f64])]) -> Vec<[Distance; 2]> {
        let none = Distance::new(0.0, Vec::new());
        let of = of
            .iter()
            .map(|(value, errors)| Distance::new(*value, errors.to_vec()));
        of.map(|of| [none.clone(), of]).collect()
    }

    /// Of two replications one degree of freedom is left, with which Student's t is the Cauchy distribution:
    /// two standard errors away lies 1/2 − arctan(2)/π = 14.8 % of it, and beyond two less one
    /// 1/2 − arctan(1)/π = 25 %. The standard error of 10,000 draws is 0.4 %.
    #[test]
    fn a_probability_of_two_replications_is_that_of_a_cauchy_distribution() {
        let half = 0.5_f64.sqrt();
        let all = distances(&[(0.0, &[]), (2.0, &[half, -half])]);
        let shares = probabilities(&all, 2, NONE, 5);
        assert!((shares[1] - 0.148).abs() < 0.016, "{shares:?}");
        assert!((shares[0] + shares[1] - 1.0).abs() < 1e-9);
        let within_one = Indifference {
            figure: 1.0,
            ..NONE
        };
        let shares = probabilities(&all, 2, within_one, 5);
        assert!((shares[1] - 0.25).abs() < 0.018, "{shares:?}");
        // The other is no worse by more than 1 unless the second is better by more: 1/2 − arctan(3)/π.
        assert!((shares[0] - (1.0 - 0.102)).abs() < 0.013, "{shares:?}");
    }

    /// With many replications Student's t is a normal distribution: two standard errors away lies 2.3 %.
    #[test]
    fn a_probability_of_many_replications_is_that_of_a_normal_distribution() {
        let errors: Vec<f64> = (0..400)
            .map(|i| if i % 2 == 0 { 0.05 } else { -0.05 })
            .collect();
        let all = distances(&[(0.0, &[]), (2.0, &errors)]);
        let shares = probabilities(&all, 400, NONE, 5);
        assert!((shares[1] - 0.0228).abs() < 0.006, "{shares:?}");
    }

    /// What all replications do alike is no matter of chance.
    #[test]
    fn twins_are_as_good_as_each_other_and_what_is_surely_worse_is_not() {
        let spread: &[f64] = &[0.1, -0.2, 0.3];
        let all = distances(&[(0.0, spread), (0.0, spread), (7.0, spread)]);
        assert_eq!(probabilities(&all, 3, NONE, 5), [1.0, 1.0, 0.0]);
    }

    /// No replication shows a difference, and of so few calls that says little: with 99 degrees of freedom one
    /// standard error of what was not seen lies beyond in 16 %.
    #[test]
    fn what_was_never_seen_is_not_sure() {
        let mut all = distances(&[(0.0, &[]), (0.0, &[])]);
        all[1][1].unseen = 0.01;
        let half = Indifference {
            figure: 0.01,
            ..NONE
        };
        let shares = probabilities(&all, 100, half, 5);
        for share in shares {
            assert!((share - 0.841).abs() < 0.015, "{share}");
        }
    }

    /// Half a percentage point more calls lost does not matter, and two percentage points do, whatever the
    /// figure.
    #[test]
    fn who_loses_more_calls_is_not_the_best() {
        let lost = [0.0, 0.005, 0.02];
        let mut all = distances(&[(0.0, &[]), (-20.0, &[]), (-90.0, &[])]);
        for (all, lost) in all.iter_mut().zip(lost) {
            all[0].value = lost;
        }
        let indifference = Indifference {
            figure: 5.0,
            lost: 0.01,
            ..NONE
        };
        assert_eq!(probabilities(&all, 9, indifference, 5), [0.0, 1.0, 0.0]);
    }
}
