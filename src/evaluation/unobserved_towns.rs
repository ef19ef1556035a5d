//! What towns from which no call was simulated add to the variance of a county's mean response time. Calls come as a
//! Poisson process as often as the scenario says, each worth the response that is to be expected: however alike the
//! calls are that came, they tell nothing of these.

use serde::{Deserialize, Serialize};

use crate::evaluation::estimate::Sample;
use crate::simulation::expected_calls::ExpectedCalls;
use crate::simulation::outcome::Outcome;

/// The calls to be expected from towns of which the first replications had none. All alternatives face the same
/// calls, and so have the same towns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnobservedTowns {
    replications: usize,
    /// By area: how many replications there were before the first call.
    silent: Vec<usize>,
    /// The calls to be expected of the towns that had none in the first replication.
    points: Vec<ExpectedCalls>,
}

impl UnobservedTowns {
    /// Those of an outcome.
    pub fn of(outcome: &Outcome) -> Self {
        let points = outcome.expected_calls.iter();
        let areas = points.clone().map(|of| of.town + 1).max().unwrap_or(0);
        let had_none = |town: usize| {
            let mut tallies = outcome.tallies.iter();
            let first = tallies.position(|tally| tally.areas[town].incidents > 0);
            first.unwrap_or(outcome.tallies.len())
        };
        let silent: Vec<usize> = (0..areas).map(had_none).collect();
        let points = points.filter(|of| silent[of.town] > 0).copied();
        Self {
            replications: outcome.tallies.len(),
            points: points.collect(),
            silent,
        }
    }

    /// Adds replications that come after these.
    pub fn extend(&mut self, later: &Self) {
        for (silent, later) in self.silent.iter_mut().zip(&later.silent) {
            if *silent == self.replications {
                *silent += later;
            }
        }
        self.replications += later.replications;
    }

    /// No more replications come and none is left out: of towns that had a call nothing more is asked.
    pub fn settle(&mut self) {
        let silent = &self.silent;
        self.points
            .retain(|of| silent[of.town] >= self.replications);
    }

    /// What they add to the variance of the mean of a `sample`.
    pub fn of_mean(&self, sample: &Sample) -> f64 {
        let mean = sample.value().unwrap_or_default();
        let residual = |of: &ExpectedCalls| Some(of.response? - mean);
        self.variance(self.replications, sample, self.points.iter().map(residual))
    }

    /// What they add to that of the difference of the means of two samples of as many replications.
    pub fn of_difference(&self, other: &Self, samples: [&Sample; 2]) -> f64 {
        let [mean, less] = samples.map(|of| of.value().unwrap_or_default());
        let pairs = self.points.iter().zip(&other.points);
        let residuals =
            pairs.map(|(of, than)| Some((of.response? - than.response?) - (mean - less)));
        let (fewer, sample) = match other.replications < self.replications {
            true => (other.replications, samples[1]),
            false => (self.replications, samples[0]),
        };
        self.variance(fewer, sample, residuals)
    }

    /// `residuals` are by how far a call of each demand point is off the figure.
    fn variance(
        &self,
        replications: usize,
        sample: &Sample,
        residuals: impl Iterator<Item = Option<f64>>,
    ) -> f64 {
        let unobserved = self.points.iter().zip(residuals);
        let unobserved = unobserved.filter(|(of, _)| self.silent[of.town] >= replications);
        let of_one = unobserved.filter_map(|(of, residual)| {
            let residual = residual?;
            Some(of.calls * residual * residual)
        });
        let count = sample.count().max(1.0);
        of_one.sum::<f64>() * replications as f64 / (count * count)
    }
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
        let of_mean = |outcome: &Outcome| UnobservedTowns::of(outcome).of_mean(&sample(300.0));
        let variance = of_mean(&outcome(1300.0, 0));
        assert!((variance - 2e6 / 4e4).abs() < 1e-9, "{variance}");
        assert_eq!(of_mean(&outcome(1300.0, 1)), 0.0);
    }

    /// 600 s between the two in the unobserved town and none elsewhere; the same 600 s everywhere, and its calls
    /// would change nothing; 600 s elsewhere alone, and they would draw the difference down.
    #[test]
    fn of_a_difference_only_what_differs_from_it_counts() {
        let [far, near] = [1300.0, 700.0].map(|seconds| outcome(seconds, 0));
        let of = |pair: [&Outcome; 2], means: [f64; 2]| {
            let [mean, less] = means.map(sample);
            let [towns, others] = pair.map(UnobservedTowns::of);
            towns.of_difference(&others, [&mean, &less])
        };
        let squares = 2.0 * 600.0 * 600.0 / 4e4;
        assert!((of([&far, &near], [300.0; 2]) - squares).abs() < 1e-9);
        assert!(of([&far, &near], [900.0, 300.0]).abs() < 1e-9);
        assert!((of([&far, &far], [900.0, 300.0]) - squares).abs() < 1e-9);
    }

    /// Nothing in the first ten replications, and in the next ten nothing or a call: 20 silent ones, or 10.
    #[test]
    fn replications_that_come_later_go_on_with_the_silence() {
        let [first, silent, heard] = [0, 0, 1].map(|calls| {
            let mut outcome = outcome(1300.0, calls);
            outcome.tallies.truncate(10);
            UnobservedTowns::of(&outcome)
        });
        let all = UnobservedTowns::of(&outcome(1300.0, 0));
        let [mut both, mut ended] = [first.clone(), first];
        both.extend(&silent);
        assert_eq!(both, all);
        ended.extend(&heard);
        assert_eq!(ended.of_mean(&sample(300.0)), 0.0);
    }
}
