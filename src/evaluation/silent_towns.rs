//! What towns add to the variance of a county's mean time from which no call came: calls come as a Poisson process
//! as often as the scenario says, each worth as much as is to be expected. However alike the calls are that came,
//! they tell nothing of these.

use crate::evaluation::estimate::Sample;
use crate::simulation::replications::Outcome;

/// What they add to that of the mean of a `sample`.
pub(super) fn of_mean(outcome: &Outcome, sample: &Sample) -> f64 {
    let mean = sample.value().unwrap_or_default();
    variance(outcome, sample, |point| {
        Some(outcome.foreseen[point].seconds? - mean)
    })
}

/// What they add to that of the difference of the means of two samples of as many replications.
pub(super) fn of_difference(outcomes: [&Outcome; 2], samples: [&Sample; 2]) -> f64 {
    let had = outcomes.map(|of| of.tallies.len());
    let fewer = usize::from(had[1] < had[0]);
    variance(outcomes[fewer], samples[fewer], |point| {
        let [of, less] = outcomes.map(|of| of.foreseen[point].seconds);
        Some(of? - less?)
    })
}

fn variance(outcome: &Outcome, sample: &Sample, worth: impl Fn(usize) -> Option<f64>) -> f64 {
    let towns = outcome.foreseen.iter().map(|point| point.town);
    let is_silent: Vec<bool> = (0..=towns.max().unwrap_or(0))
        .map(|town| outcome.incidents(town) == 0)
        .collect();
    let points = outcome.foreseen.iter().enumerate();
    let silent = points.filter(|(_, point)| is_silent[point.town]);
    let of_one = silent.filter_map(|(index, point)| {
        let worth = worth(index)?;
        Some(point.calls * worth * worth)
    });
    let count = sample.count().max(1.0);
    of_one.sum::<f64>() * outcome.tallies.len() as f64 / (count * count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::foreseen::Foreseen;
    use crate::simulation::replication_tally::{AreaTally, ReplicationTally};

    /// Twenty replications of ten calls, all from the first town; from the second 0.1 calls come in each, two in all.
    /// Each takes 1,000 s longer than the mean with the one and 600 s longer than with the other: squares of
    /// 2 × 1000² and 2 × 600² over 200². A call from the second town, and it is silent no longer.
    #[test]
    fn a_silent_town_adds_what_its_calls_would_vary() {
        let outcome = |seconds: f64, calls_of_second: u32| {
            let tally = |incidents| AreaTally {
                incidents,
                ..AreaTally::default()
            };
            let places = [(1, 10.0, 300.0), (2, 0.1, seconds)];
            let mut outcome = Outcome::default();
            outcome.foreseen = (places.into_iter())
                .map(|(town, calls, seconds)| Foreseen {
                    town,
                    calls,
                    seconds: Some(seconds),
                })
                .collect();
            let mut replication = ReplicationTally::default();
            let calls = [10 + calls_of_second, 10, calls_of_second];
            replication.areas.extend(calls.map(tally));
            outcome.tallies.resize(20, replication);
            outcome
        };
        let sample = Sample {
            sums: vec![3000.0; 20],
            counts: vec![10.0; 20],
            ..Sample::default()
        };
        let [far, near] = [1300.0, 700.0].map(|seconds| outcome(seconds, 0));
        assert!((of_mean(&far, &sample) - 2e6 / 4e4).abs() < 1e-9);
        let of_two = of_difference([&far, &near], [&sample; 2]);
        assert!((of_two - 0.72e6 / 4e4).abs() < 1e-9);
        assert_eq!(of_mean(&outcome(1300.0, 1), &sample), 0.0);
    }
}
