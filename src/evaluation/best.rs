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
use crate::evaluation::score::{RankedBy, Score};
use crate::evaluation::standing::{
    Indifference, Standing, each_as_good_as_the_best, loses_least, order,
};
use crate::progress::{Unit, Work};
use crate::simulation::model::Chance;
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
    pub fn of(scores: &[Score], metric: Metric, indifference: Indifference, seed: u64) -> Self {
        let standings = scores.iter().map(|of| Standing::of(metric, of));
        let standings: Vec<Standing> = standings.collect();
        let mut order = order(&standings, indifference);
        // What was dropped on the way had fewer replications, and its figure is not to be held
        // against those of others.
        let had = |index: usize| scores[index].replications;
        order.sort_by_key(|index| Reverse(had(*index)));
        let distances = distances(scores, metric, order[0]);
        let fewest = (0..scores.len()).map(had).min().unwrap_or(0);
        let is_certain = scores.iter().all(|of| of.chance == Chance::Nothing);
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
    /// Between which it is, whatever the errors: never below 0 where it never does better in any replication.
    pub limits: [f64; 2],
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
            limits: [f64::NEG_INFINITY, f64::INFINITY],
            is_known: true,
        }
    }

    /// How far a score is from the best by a figure, of which less is better or with the sign turned.
    fn of(by: RankedBy, sign: f64, score: &Score, best: &Score) -> Self {
        let alike = |value: f64| Self::new(value, Vec::new());
        let Some(difference) = score.difference(by, best) else {
            // Whoever answers no call has no figure, and is as good as others that answer none.
            let answers_none = best.estimate(by).is_none();
            return match answers_none {
                true => Self {
                    is_known: false,
                    ..alike(0.0)
                },
                false => alike(f64::INFINITY),
            };
        };
        let value = sign * difference.value;
        if score.chance == Chance::Nothing || std::ptr::eq(score, best) {
            return alike(value);
        }
        let replications = score.replications.min(best.replications);
        let n = replications as f64;
        let scale = sign * (n / (n - 1.0)).sqrt();
        let [of, less] = [score, best].map(|of| residuals(by, of, replications));
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
            unseen: score.unseen(by, best).sqrt(),
            limits: [f64::NEG_INFINITY, f64::INFINITY],
            is_known: difference.low.is_some()
                || is_alike && value == 0.0 && score.of_unobserved_towns(by, best) == 0.0,
        }
    }

    /// How far in a draw: from a normal number for each replication, and one of its own.
    fn drawn(&self, normals: &[f64], own: f64, scale: f64) -> f64 {
        let pairs = self.errors.iter().zip(normals);
        let seen = pairs.map(|(error, normal)| error * normal).sum::<f64>();
        let [least, most] = self.limits;
        (self.value + scale * (seen + self.unseen * own)).clamp(least, most)
    }
}

/// What each of the first replications adds to the error of a figure: of a mean or a share, what its calls are
/// above it; of a percentile, how far that of its own calls is from that of all (sectioning).
fn residuals(by: RankedBy, score: &Score, replications: usize) -> Vec<f64> {
    let sample = score.by_replication(by);
    let is_all = sample.sums.len() == replications;
    let of_all = score.estimate(by).filter(|_| is_all);
    let first = sample.first(replications);
    let figure = of_all.map(|estimate| estimate.value);
    first.residuals_about(figure.or_else(|| first.value()).unwrap_or_default())
}

/// How far each alternative is from one of them, in lost calls and in the figure that ranks.
pub fn distances(scores: &[Score], metric: Metric, from: usize) -> Vec<[Distance; 2]> {
    let best = &scores[from];
    let sign = if metric.more_is_better() { -1.0 } else { 1.0 };
    let distances = scores.par_iter().map(|score| {
        let of = |by: RankedBy, sign: f64| Distance::of(by, sign, score, best);
        let [mut lost, figure] = [of(RankedBy::Lost, 1.0), of(RankedBy::Figure, sign)];
        // As in the rule by which alternatives are told apart: both face the same calls, and where one never loses
        // fewer, no spread says that it may.
        if score.never_loses_fewer_than(best) {
            lost.limits[0] = 0.0;
        }
        if best.never_loses_fewer_than(score) {
            lost.limits[1] = 0.0;
        }
        // Mostly no call can be lost.
        if lost.limits == [0.0; 2] {
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
    let hopeless = Hopeless::of(distances, indifference);
    let work = Work::new("ranking", BLOCK * BLOCKS, Unit::Count("draws"));
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
            let length = length(&normals);
            let mut own_of = |distance: &Distance| match distance.unseen > 0.0 {
                true => normal_quantile(uniform(&mut rng)),
                false => 0.0,
            };
            standings.extend(distances.iter().enumerate().map(|(index, [lost, figure])| {
                let own = [lost, figure].map(&mut own_of);
                Standing {
                    lost: lost.drawn(&normals, own[0], scale),
                    figure: match hopeless.is(index, figure, scale * length, scale * own[1]) {
                        true => f64::INFINITY,
                        false => figure.drawn(&normals, own[1], scale),
                    },
                }
            }));
            each_as_good_as_the_best(&standings, indifference, |index| counts[index] += 1);
        }
        work.add(BLOCK);
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

fn length(of: &[f64]) -> f64 {
    of.iter().map(|of| of * of).sum::<f64>().sqrt()
}

/// Who is so far behind in a draw that it need not be worked out: of thousands of alternatives nearly all.
struct Hopeless {
    /// No draw has a best that is worse than this by more than what does not matter.
    limit: f64,
    /// The length of the errors of each, beside which no sum of them times normal numbers is longer than the length
    /// of those numbers (Cauchy and Schwarz).
    lengths: Vec<f64>,
}

impl Hopeless {
    fn of(distances: &[[Distance; 2]], indifference: Indifference) -> Self {
        let is_certain = |of: &Distance| of.errors.is_empty() && of.unseen == 0.0;
        let none_differs = |[lost, _]: &[Distance; 2]| is_certain(lost) && lost.value == 0.0;
        // Where calls are lost the figure does not decide alone.
        let decides = distances.iter().all(none_differs);
        let certain = distances.iter().map(|[_, figure]| figure);
        let certain = certain.filter(|figure| decides && is_certain(figure));
        let best = certain
            .map(|figure| figure.value)
            .fold(f64::INFINITY, f64::min);
        Self {
            limit: best + indifference.figure,
            lengths: distances
                .iter()
                .map(|[_, figure]| length(&figure.errors))
                .collect(),
        }
    }

    /// Whether an alternative's figure is beyond the limit, whatever the normal numbers of this length.
    fn is(&self, index: usize, figure: &Distance, length: f64, own: f64) -> bool {
        let most = self.lengths[index] * length + figure.unseen * own.abs();
        // The rounding of both sums is far less.
        let rounding = 1e-9 * (figure.value.abs() + most);
        figure.value - most - rounding > self.limit
    }
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

    /// Forty alternatives from 0 to 39 behind with errors of all sizes: those that need not be drawn change no
    /// probability, which is seen where a call lost by none but one keeps all from being left out.
    #[test]
    fn who_is_hopeless_need_not_be_drawn() {
        let errors = |of: usize| -> Vec<f64> {
            let error = |i: usize| ((i * (of + 3)) % 7) as f64 / 40.0 - 0.075;
            (0..12).map(error).collect()
        };
        let of: Vec<Vec<f64>> = (0..40)
            .map(|of| if of == 0 { Vec::new() } else { errors(of) })
            .collect();
        let of: Vec<(f64, &[f64])> = (of.iter().enumerate())
            .map(|(i, of)| (i as f64, &of[..]))
            .collect();
        let all = distances(&of);
        let within_one = Indifference {
            figure: 1.0,
            ..NONE
        };
        let hopeless = Hopeless::of(&all, within_one);
        let count = (0..40)
            .filter(|of| hopeless.is(*of, &all[*of][1], 4.0, 0.0))
            .count();
        assert!((20..39).contains(&count), "{count}");
        let mut none_left_out = all.clone();
        none_left_out[39][0].value = 1e-12;
        let loose = Indifference {
            lost: 1.0,
            ..within_one
        };
        let [quick, slow] = [&all, &none_left_out].map(|of| probabilities(of, 12, loose, 5));
        assert_eq!(quick, slow);
        assert!(quick[1] > 0.0 && quick[1] < 1.0);
    }

    /// What all replications do alike is no matter of chance.
    #[test]
    fn twins_are_as_good_as_each_other_and_what_is_surely_worse_is_not() {
        let spread: &[f64] = &[0.1, -0.2, 0.3];
        let all = distances(&[(0.0, spread), (0.0, spread), (7.0, spread)]);
        assert_eq!(probabilities(&all, 3, NONE, 5), [1.0, 1.0, 0.0]);
    }

    /// In no replication it loses fewer calls, and of its spread that says nothing: as many as the other, or more.
    #[test]
    fn who_never_loses_fewer_is_in_no_draw_better() {
        let spread: &[f64] = &[0.4, -0.5, 0.1];
        let mut all = distances(&[(0.0, &[]), (0.0, &[])]);
        all[1][0] = Distance::new(0.1, spread.to_vec());
        let share = |all: &[[Distance; 2]]| probabilities(all, 3, NONE, 5)[0];
        assert!(share(&all) < 0.9);
        all[1][0].limits[0] = 0.0;
        assert_eq!(share(&all), 1.0);
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
