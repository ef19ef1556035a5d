//! Replications where they matter: the procedure of Kim and Nelson (2001) goes on simulating only what may
//! still be the best, and holds under common random numbers: when all others are dropped, the one that is
//! left is, with the stated confidence, not worse than the best by more than the indifference.

use rayon::prelude::*;

use crate::evaluation::metric::Metric;
use crate::evaluation::score::{RankedBy, Score};
use crate::evaluation::scoring::Scoring;
use crate::simulation::replications::Stopped;

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
    scoring: &Scoring<'_>,
    metric: Metric,
    goal: Goal,
) -> Result<(Vec<Score>, Ended), Stopped> {
    let mut left: Vec<usize> = scoring.alternatives().collect();
    assert!(
        goal.most >= FIRST,
        "the first replications say how differences vary"
    );
    let mut scores = scoring.score(&left, 0..FIRST)?;
    let go_on = |scores: &mut [Score], left: &[usize], had: u32| {
        let replications = had..(had + ROUND).min(goal.most);
        let later = scoring.score(left, replications.clone())?;
        for (index, later) in left.iter().zip(later) {
            scores[*index].extend(later);
        }
        Ok(replications.end)
    };
    let mut had = FIRST;
    // Without a call nothing is known of how differences vary.
    while !scores.iter().all(has_figure) {
        if had >= goal.most {
            return Ok((scores, Ended::AtMost));
        }
        had = go_on(&mut scores, &left, had)?;
    }
    let sign = if metric.more_is_better() { -1.0 } else { 1.0 };
    let first = Screen::new(values(&scores, &left, sign), scores.clone(), goal);
    loop {
        let rows = values(&scores, &left, sign);
        let (stay, is_sure) = first.look(&left, &rows);
        left = stay;
        if left.len() <= 1 || is_sure {
            return Ok((scores, Ended::Chosen));
        }
        if had >= goal.most {
            return Ok((scores, Ended::AtMost));
        }
        had = go_on(&mut scores, &left, had)?;
    }
}

fn has_figure(score: &Score) -> bool {
    score.by_replication(RankedBy::Figure).value().is_some()
}

/// What each replication says of the figure, smaller being better: the figure of all, and what the calls of the
/// replication are above it (a ratio estimator's linearised values, of which the figure is the mean; Cochran 1977,
/// section 6.4). One row an alternative.
fn values(scores: &[Score], which: &[usize], sign: f64) -> Vec<Vec<f64>> {
    let rows = which.iter().map(|index| {
        let sample = scores[*index].by_replication(RankedBy::Figure);
        let replications = sample.sums.len() as f64;
        let figure = sample.value().unwrap_or_default();
        let above = sample.residuals_about(figure).into_iter();
        above
            .map(|above| sign * (figure + replications * above))
            .collect()
    });
    rows.collect()
}

/// What the first replications say: how much the differences vary.
struct Screen {
    /// `h²` of Kim and Nelson with their `c` of 1.
    h_squared: f64,
    /// What each replication says of each alternative.
    rows: Vec<Vec<f64>>,
    /// What ranked them by then; in tests empty, where all that matters has been seen.
    scores: Vec<Score>,
    indifference: f64,
}

impl Screen {
    fn new(rows: Vec<Vec<f64>>, scores: Vec<Score>, goal: Goal) -> Self {
        let first = rows.first().map_or(0, Vec::len) as f64;
        let others = rows.len().saturating_sub(1).max(1) as f64;
        let alpha = 1.0 - goal.confidence;
        let eta = 0.5 * (libm::pow(2.0 * alpha / others, -2.0 / (first - 1.0)) - 1.0);
        Self {
            h_squared: 2.0 * eta * (first - 1.0),
            rows,
            scores,
            indifference: goal.indifference,
        }
    }

    /// Variance of the difference of two alternatives in one replication, with what none has shown. Worked out when
    /// it is asked for: of ten thousand alternatives all pairs would take a gigabyte.
    fn variance(&self, a: usize, b: usize) -> f64 {
        let [of, other] = [a, b].map(|index| &self.rows[index]);
        let pair = self.scores.get(a).zip(self.scores.get(b));
        let unseen = pair.map_or(0.0, |(a, b)| a.unseen(RankedBy::Figure, b));
        variance_of_difference(of, other) + of.len() as f64 * unseen
    }

    /// Which of `left` may still be the best, and whether the differences among them are known as
    /// well as they need to be.
    fn look(&self, left: &[usize], rows: &[Vec<f64>]) -> (Vec<usize>, bool) {
        let means: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
        let replications = rows.first().map_or(0, Vec::len) as f64;
        // How far a mean may lie above another without being dropped.
        let tolerance = |a: usize, b: usize| {
            let needed =
                self.h_squared * self.variance(a, b) / (self.indifference * self.indifference);
            (self.indifference / (2.0 * replications) * (needed - replications)).max(0.0)
        };
        // Beside the best so far most are dropped at once.
        let mut best_first: Vec<usize> = (0..left.len()).collect();
        best_first.sort_by(|a, b| means[*a].total_cmp(&means[*b]));
        let stays = |index: usize| {
            let mut others = best_first.iter().filter(|other| **other != index);
            others.all(|other| means[index] <= means[*other] + tolerance(left[index], left[*other]))
        };
        let kept = (0..left.len()).into_par_iter();
        let kept: Vec<usize> = kept.filter(|index| stays(*index)).collect();
        let is_sure = kept.par_iter().all(|a| {
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
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;
    use crate::simulation::replications::{Experiment, simulate};
    use crate::simulation::streams::{Purpose, stream};

    /// What is dropped on the way is held against the same replications of those that had more, percentiles too.
    #[test]
    fn who_was_dropped_is_paired_with_the_same_replications() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        scenario.incidents.horizon.days = 240;
        scenario.incidents.horizon.replications = 60;
        let times = scenario.travel_times().unwrap();
        let metric = Metric::MeanResponse;
        let scoring = Scoring::new(&scenario, &times, metric, FIRST);
        let all: Vec<usize> = (0..scenario.alternatives.len()).collect();
        let had = |of: &Score| of.replications;
        let mut chosen = [2.0, 4.0, 8.0].into_iter().map(|indifference| {
            let goal = Goal {
                indifference,
                confidence: 0.95,
                most: 60,
            };
            choose(&scoring, metric, goal).unwrap().0
        });
        let scores = chosen.find(|of| of.iter().any(|of| had(of) > FIRST as usize));
        drop(chosen);
        let scores = scores.expect("some are dropped later than others");
        let dropped = scores.iter().position(|of| had(of) == FIRST as usize);
        let dropped = dropped.expect("today is dropped at once");
        let most = scores.iter().map(had).max().unwrap();
        let last = scores.iter().position(|of| had(of) == most).unwrap();
        let outcomes = scoring.outcomes(&all, &scores).unwrap();
        let of_scores = |index: usize| Score::of(metric, &outcomes[index]);
        assert!((0..all.len()).all(|index| of_scores(index) == scores[index]));
        let mut experiment = Experiment::of(&scenario, &times).ending_after(FIRST);
        experiment.replications = FIRST;
        let alone = simulate(&experiment).unwrap();
        for metric in [Metric::P90Response, Metric::MeanResponse] {
            let paired = metric.difference(&outcomes[dropped], &outcomes[last]);
            assert_eq!(paired, metric.difference(&alone[dropped], &alone[last]));
            assert!(paired.unwrap().low.is_some());
            let [of_all, of_first] =
                [&outcomes[last], &alone[last]].map(|of| metric.estimate(of, 0));
            assert_ne!(of_all, of_first);
        }
    }

    /// A thousand choices among three with means 0, δ and δ, with a confidence of 0.95: the first
    /// is chosen in at least 950 but for luck (standard error 7).
    #[test]
    fn a_choice_is_right_as_often_as_it_says() {
        let mut rng = stream(3, 0, Purpose::Ranking, 0);
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
            let screen = Screen::new(rows.clone(), Vec::new(), goal);
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
