//! What towns from which no call was simulated add to the variance of a county's mean response time. Calls come as a
//! Poisson process as often as the scenario says, each worth the response that is to be expected: however alike the
//! calls are that came, they tell nothing of these.

use crate::evaluation::estimate::Sample;
use crate::simulation::expected_calls::ExpectedCalls;
use crate::simulation::replications::Outcome;

/// What they add to that of the mean of a `sample`.
pub(super) fn of_mean(outcome: &Outcome, sample: &Sample) -> f64 {
    let mean = sample.value().unwrap_or_default();
    variance(outcome, sample, |point| {
        Some(outcome.expected_calls[point].response? - mean)
    })
}

/// What they add to that of the difference of the means of two samples of as many replications.
pub(super) fn of_difference(outcomes: [&Outcome; 2], samples: [&Sample; 2]) -> f64 {
    let had = outcomes.map(|of| of.tallies.len());
    let fewer = usize::from(had[1] < had[0]);
    let [mean, less] = samples.map(|of| of.value().unwrap_or_default());
    variance(outcomes[fewer], samples[fewer], |point| {
        let [of, than] = outcomes.map(|of| of.expected_calls[point].response);
        Some((of? - than?) - (mean - less))
    })
}

/// `residual` is by how far a call of a demand point is off the figure.
fn variance(outcome: &Outcome, sample: &Sample, residual: impl Fn(usize) -> Option<f64>) -> f64 {
    let points: &[ExpectedCalls] = &outcome.expected_calls;
    let towns = points.iter().map(|of| of.town).max().unwrap_or(0);
    let is_unobserved: Vec<bool> = (0..=towns)
        .map(|town| outcome.incidents(town) == 0)
        .collect();
    let unobserved = points.iter().enumerate();
    let unobserved = unobserved.filter(|(_, of)| is_unobserved[of.town]);
    let of_one = unobserved.filter_map(|(index, of)| {
        let residual = residual(index)?;
        Some(of.calls * residual * residual)
    });
    let count = sample.count().max(1.0);
    of_one.sum::<f64>() * outcome.tallies.len() as f64 / (count * count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::replication_tally::{AreaTally, ReplicationTally};

    /// Twenty replications of ten calls of 300 s, all from the first town; from the second 0.1 calls come in each, two
    /// in all, over 200².
    fn outcome(seconds: f64, calls_of_second: u32) -> Outcome {
        let tally = |incidents| AreaTally {
            incidents,
            ..AreaTally::default()
        };
        let places = [(1, 10.0, 300.0), (2, 0.1, seconds)];
        let mut outcome = Outcome::default();
        outcome.expected_calls = (places.into_iter())
            .map(|(town, calls, response)| ExpectedCalls {
                town,
                calls,
                response: Some(response),
            })
            .collect();
        let mut replication = ReplicationTally::default();
        let calls = [10 + calls_of_second, 10, calls_of_second];
        replication.areas.extend(calls.map(tally));
        outcome.tallies.resize(20, replication);
        outcome
    }

    fn sample(seconds: f64) -> Sample {
        Sample {
            sums: vec![10.0 * seconds; 20],
            counts: vec![10.0; 20],
            ..Sample::default()
        }
    }

    /// 1,000 s from the mean, two calls add 2 × 1000² / 200²; a call, and the town is unobserved no longer.
    #[test]
    fn an_unobserved_town_adds_what_its_calls_would_vary() {
        let variance = of_mean(&outcome(1300.0, 0), &sample(300.0));
        assert!((variance - 2e6 / 4e4).abs() < 1e-9, "{variance}");
        assert_eq!(of_mean(&outcome(1300.0, 1), &sample(300.0)), 0.0);
    }

    /// 600 s between the two in the unobserved town and none elsewhere; the same 600 s everywhere, and its calls
    /// would change nothing; 600 s elsewhere alone, and they would draw the difference down.
    #[test]
    fn of_a_difference_only_what_differs_from_it_counts() {
        let [far, near] = [1300.0, 700.0].map(|seconds| outcome(seconds, 0));
        let of = |pair: [&Outcome; 2], means: [f64; 2]| {
            let [mean, less] = means.map(sample);
            of_difference(pair, [&mean, &less])
        };
        let squares = 2.0 * 600.0 * 600.0 / 4e4;
        assert!((of([&far, &near], [300.0; 2]) - squares).abs() < 1e-9);
        assert!(of([&far, &near], [900.0, 300.0]).abs() < 1e-9);
        assert!((of([&far, &far], [900.0, 300.0]) - squares).abs() < 1e-9);
    }
}
