//! Which alternatives are better than others, and which are as good as the best: the one rule by which
//! alternatives are ranked, ties are told and the probability of being best is counted.
//!
//! An engine that is far away answers calls that would be lost without it, and so makes the times of
//! those that are answered longer. Therefore the share of calls that are lost comes first, and the
//! figure decides only among those that lose as many.
//!
//! Where differences up to a limit do not matter, "as good as" is not transitive: A may be as good as B,
//! B as C, and A better than C. An order takes classes: the first has all that lose as few as the one that
//! loses least, the second begins with the least of the rest, and so on; within a class the figure decides.
//! So nobody stands before one that loses fewer by more than what does not matter.

use serde::{Deserialize, Serialize};

use crate::evaluation::metric::Metric;
use crate::evaluation::score::{RankedBy, Score};
use crate::scenario::file::IndifferenceKey;

/// Differences that do not matter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indifference {
    /// In the figure by which alternatives are ranked: seconds, or a share.
    pub figure: f64,
    /// In times.
    pub seconds: f64,
    /// In the share of calls that are lost.
    pub lost: f64,
}

impl Indifference {
    /// That of a scenario for a figure to rank by.
    pub fn of(metric: Metric, wanted: IndifferenceKey) -> Self {
        // Of what alternatives can be ranked by, more is better of shares alone.
        let figure = match metric.more_is_better() {
            true => wanted.share,
            false => wanted.time.seconds(),
        };
        Self {
            figure,
            seconds: wanted.time.seconds(),
            lost: wanted.lost,
        }
    }
}

/// How an alternative does; less is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The share of calls that are lost.
    pub lost: f64,
    /// The figure by which alternatives are ranked, turned where more is better.
    pub figure: f64,
}

impl Standing {
    /// How an alternative does by a metric; whoever answers no call has no figure.
    pub fn of(metric: Metric, score: &Score) -> Self {
        let value = |by: RankedBy| score.estimate(by).map(|estimate| estimate.value);
        let figure =
            value(RankedBy::Figure).map_or(f64::INFINITY, |value| match metric.more_is_better() {
                true => -value,
                false => value,
            });
        Self {
            lost: value(RankedBy::Lost).unwrap_or_default(),
            figure,
        }
    }
}

/// The alternatives from the best to the last, by index; of equals, the first comes first.
pub fn order(standings: &[Standing], indifference: Indifference) -> Vec<usize> {
    let mut by_lost: Vec<usize> = (0..standings.len()).collect();
    by_lost.sort_by(|a, b| standings[*a].lost.total_cmp(&standings[*b].lost));
    let mut order = Vec::with_capacity(standings.len());
    let mut rest = &by_lost[..];
    while let Some(least) = rest.first() {
        let limit = standings[*least].lost + indifference.lost;
        let (class, worse) = rest.split_at(rest.partition_point(|of| standings[*of].lost <= limit));
        let mut class = class.to_vec();
        class.sort_by(|a, b| {
            let figures = [a, b].map(|of| standings[*of].figure);
            figures[0].total_cmp(&figures[1]).then(a.cmp(b))
        });
        order.extend(class);
        rest = worse;
    }
    order
}

/// Calls `take` with each alternative that none is better than by more than what does not matter: the best,
/// and those that are as good.
pub fn each_as_good_as_the_best(
    standings: &[Standing],
    indifference: Indifference,
    mut take: impl FnMut(usize),
) {
    let least = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
    let lost = least(&mut standings.iter().map(|of| of.lost)) + indifference.lost;
    let among = || standings.iter().enumerate().filter(|of| of.1.lost <= lost);
    let figure = least(&mut among().map(|of| of.1.figure)) + indifference.figure;
    for (index, _) in among().filter(|of| of.1.figure <= figure) {
        take(index);
    }
}

/// The alternative that loses the smallest share of its calls; of equals, the first.
pub fn loses_least(standings: &[Standing]) -> usize {
    let least =
        (0..standings.len()).min_by(|a, b| standings[*a].lost.total_cmp(&standings[*b].lost));
    least.unwrap_or(0)
}

/// How an alternative stands beside the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BesideBest {
    /// It is the best.
    Itself,
    /// As good by its estimates.
    AsGood,
    /// Perhaps as good, though its estimates are worse.
    NotToldApart,
    /// Too little is known to say.
    Unknown,
    /// Worse, for sure.
    Worse,
}

impl BesideBest {
    /// From what an answer says of it.
    pub fn of(rank: usize, ties_with_best: bool, told_apart_from_best: Option<bool>) -> Self {
        match (rank, ties_with_best, told_apart_from_best) {
            (1, _, _) => Self::Itself,
            (_, true, _) => Self::AsGood,
            (_, false, Some(false)) => Self::NotToldApart,
            (_, false, None) => Self::Unknown,
            (_, false, Some(true)) => Self::Worse,
        }
    }
}

/// Whether an alternative is worse than the best by more than what does not matter and more than luck: for
/// sure it loses more calls than the one that loses least, or it loses no fewer than the best and has a worse figure
/// for sure. `None` where it hangs on a difference of which too little is known for an interval.
pub fn is_told_apart(
    metric: Metric,
    of: &Score,
    [least, best]: [&Score; 2],
    indifference: Indifference,
) -> Option<bool> {
    // The least by which it may be worse.
    let worse_by = |by: RankedBy, than: &Score| {
        let difference = of.difference(by, than)?;
        match by == RankedBy::Figure && metric.more_is_better() {
            true => difference.high.map(|high| -high),
            false => difference.low,
        }
    };
    // Both face the same calls: where it never loses fewer, no width of an interval says that it may.
    let loses_more_than = |than: &Score| {
        let by = worse_by(RankedBy::Lost, than);
        match of.never_loses_fewer_than(than) {
            true => Some(by.unwrap_or(0.0).max(0.0)),
            false => by,
        }
    };
    let loses_more = loses_more_than(least).map(|by| by > indifference.lost);
    let loses_no_fewer = loses_more_than(best).map(|by| by >= -indifference.lost);
    let is_worse = worse_by(RankedBy::Figure, best).map(|by| by > indifference.figure);
    match (loses_more, loses_no_fewer, is_worse) {
        (Some(true), _, _) | (_, Some(true), Some(true)) => Some(true),
        (None, _, _) => None,
        (_, Some(false), _) | (_, _, Some(false)) => Some(false),
        (_, None, _) | (_, _, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::outcome::Outcome;
    use crate::simulation::replication_tally::{AreaTally, ReplicationTally};

    const INDIFFERENCE: Indifference = Indifference {
        figure: 5.0,
        seconds: 5.0,
        lost: 0.01,
    };

    fn standings<const N: usize>(of: [(f64, f64); N]) -> [Standing; N] {
        of.map(|(lost, figure)| Standing { lost, figure })
    }

    fn as_good(standings: &[Standing]) -> Vec<usize> {
        let mut found = Vec::new();
        each_as_good_as_the_best(standings, INDIFFERENCE, |index| found.push(index));
        found
    }

    #[test]
    fn without_lost_calls_the_figure_is_the_order() {
        let all = standings([(0.0, 104.0), (0.0, 100.0), (0.0, 106.0), (0.0, 100.0)]);
        assert_eq!(order(&all, INDIFFERENCE), [1, 3, 0, 2]);
        assert_eq!(as_good(&all), [0, 1, 3]);
    }

    /// The fourth is fastest, as it answers the near calls alone. The first and the second lose as many as
    /// each other; the third is beside the second but not beside the first, which loses least.
    #[test]
    fn who_loses_fewer_calls_comes_first_and_then_the_figure() {
        let all = standings([(0.2, 900.0), (0.208, 800.0), (0.215, 700.0), (0.6, 300.0)]);
        assert_eq!(order(&all, INDIFFERENCE), [1, 0, 2, 3]);
        assert_eq!(as_good(&all), [1]);
    }

    /// Nobody answers a call: no figure, and all are lost.
    #[test]
    fn who_answers_none_is_last() {
        let all = standings([(1.0, f64::INFINITY), (0.5, 900.0)]);
        assert_eq!(order(&all, INDIFFERENCE), [1, 0]);
        let none = standings([(1.0, f64::INFINITY), (1.0, f64::INFINITY)]);
        assert_eq!(order(&none, INDIFFERENCE), [0, 1]);
        assert_eq!(as_good(&none), [0, 1]);
    }

    /// Of a hundred calls in each of five replications the best loses none, and the slower one more or fewer of the last:
    /// that it loses some makes it no better.
    #[test]
    fn who_is_slower_and_never_loses_fewer_is_told_apart() {
        let outcome = |lost: u32, seconds: u64| {
            let mut outcome = Outcome::default();
            outcome.tallies.extend((0..5).map(|replication| {
                let lost = if replication == 4 { lost } else { 0 };
                let mut tally = ReplicationTally::default();
                tally.areas.push(AreaTally {
                    incidents: 100,
                    lost,
                    response_sum: seconds * 1000 * u64::from(100 - lost) + 100 * replication,
                    ..AreaTally::default()
                });
                tally
            }));
            Score::of(Metric::MeanResponse, &outcome)
        };
        let best = outcome(0, 600);
        for lost in [0, 1, 3] {
            let slower = outcome(lost, 900);
            let told = is_told_apart(Metric::MeanResponse, &slower, [&best, &best], INDIFFERENCE);
            assert_eq!(told, Some(true), "{lost}");
        }
        // Whoever loses fewer in some replication may be better.
        let loses = outcome(3, 600);
        let slower = outcome(0, 900);
        let told = is_told_apart(
            Metric::MeanResponse,
            &slower,
            [&slower, &loses],
            INDIFFERENCE,
        );
        assert_eq!(told, Some(false));
    }

    /// Of a hundred calls in each of ten replications, one more or less in turn, the first loses 7, the second 30 and
    /// the third 45. Up to 30 in a hundred not mattering, the first two are one class, of which the second is quicker;
    /// the third is quickest of all and loses no more than that beside the second, but not beside the first.
    #[test]
    fn who_is_of_a_worse_class_is_told_apart_from_the_best() {
        let outcome = |lost: u32, seconds: u64| {
            let mut outcome = Outcome::default();
            outcome.tallies.extend((0..10).map(|replication| {
                let lost = lost + replication % 2;
                let mut tally = ReplicationTally::default();
                tally.areas.push(AreaTally {
                    incidents: 100,
                    lost,
                    response_sum: seconds * 1000 * u64::from(100 - lost)
                        + seconds * u64::from(replication),
                    ..AreaTally::default()
                });
                tally
            }));
            Score::of(Metric::MeanResponse, &outcome)
        };
        let all = [outcome(7, 900), outcome(30, 600), outcome(45, 300)];
        let indifference = Indifference {
            lost: 0.3,
            ..INDIFFERENCE
        };
        let metric = Metric::MeanResponse;
        let standings = all.each_ref().map(|of| Standing::of(metric, of));
        assert_eq!(order(&standings, indifference), [1, 0, 2]);
        assert_eq!(loses_least(&standings), 0);
        let told_apart = |index: usize, indifference| {
            is_told_apart(metric, &all[index], [&all[0], &all[1]], indifference)
        };
        assert_eq!(told_apart(2, indifference), Some(true));
        assert_eq!(told_apart(0, indifference), Some(true));
        let looser = Indifference {
            lost: 0.4,
            ..indifference
        };
        assert_eq!(told_apart(2, looser), Some(false));
    }

    proptest::proptest! {
        /// Who loses less by more than what does not matter comes earlier; who is first is as good as
        /// the best.
        #[test]
        fn an_order_never_puts_whoever_loses_more_before_whoever_loses_less(
            all in proptest::collection::vec((0.0..0.1, 0.0..50.0), 1..12),
        ) {
            let all: Vec<Standing> =
                all.into_iter().map(|(lost, figure)| Standing { lost, figure }).collect();
            let order = order(&all, INDIFFERENCE);
            for (rank, index) in order.iter().enumerate() {
                for later in &order[rank..] {
                    assert!(all[*index].lost <= all[*later].lost + INDIFFERENCE.lost);
                }
            }
            assert!(as_good(&all).contains(&order[0]));
        }
    }
}
