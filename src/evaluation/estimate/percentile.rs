//! Percentiles of times, in whole seconds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::figure::Estimate;
use super::sample::{BEYOND, NOISE, Sample, effective_count, reach};
use crate::distribution::special::normal_quantile;
use crate::simulation::histogram::Histogram;
use crate::simulation::model::Chance;

/// The times of which a percentile is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked<'h> {
    /// The share below the percentile.
    pub q: f64,
    /// All times.
    pub pooled: Cow<'h, Histogram>,
    /// How many of each section are at or below the percentile.
    pub below: Sample,
    /// What is not known of that, as sections count in steps: a variance of the share below.
    pub unknown: f64,
}

impl Ranked<'_> {
    /// The same with times of its own.
    pub fn into_owned(self) -> Ranked<'static> {
        Ranked {
            pooled: Cow::Owned(self.pooled.into_owned()),
            ..self
        }
    }
}

/// A percentile, its interval, and from a share to seconds.
struct Known {
    value: f64,
    interval: Option<[f64; 2]>,
    /// Seconds that an error of the share below is worth.
    seconds_a_share: f64,
}

/// A percentile with the interval of Woodruff (1952): that of the share below, turned over by the
/// distribution of all times; in ranks, of as many independent incidents as tell as much (Korn and Graubard
/// 1998). None where incidents are so few that the longest may lie below. `None` without incidents.
pub fn percentile(ranked: &Ranked<'_>) -> Option<Estimate> {
    let known = known(ranked)?;
    Some(Estimate::new(known.value, known.interval))
}

fn known(ranked: &Ranked<'_>) -> Option<Known> {
    let Ranked { q, ref pooled, .. } = *ranked;
    let value = f64::from(pooled.percentile(q)?);
    if ranked.below.chance == Chance::Nothing {
        return Some(Known {
            value,
            interval: Some([value; 2]),
            seconds_a_share: 0.0,
        });
    }
    let mut variance = ranked.below.residuals().variance();
    variance.value += ranked.unknown;
    let all = pooled.total() as f64;
    let count = effective_count(all, q, variance);
    let without = Known {
        value,
        interval: None,
        seconds_a_share: 0.0,
    };
    let Some(count) = count else {
        return Some(without);
    };
    // The shortest or the longest of so many may lie on the wrong side of the percentile.
    if libm::pow(q, count) > BEYOND || libm::pow(1.0 - q, count) > BEYOND {
        return Some(without);
    }
    let normal = normal_quantile(1.0 - BEYOND);
    let half = normal * (count * q * (1.0 - q)).sqrt();
    // Quantiles of the binomial distribution after Cornish and Fisher (1937).
    let middle = count * q + (normal * normal - 1.0) * (1.0 - 2.0 * q) / 6.0 + 0.5;
    let [low, high] = [middle - half, middle + half].map(|rank| rank / count * all);
    let second = |rank: f64| {
        let rank = rank.clamp(1.0, all) as u64;
        pooled.of_rank(rank).map(f64::from)
    };
    let interval = [second(low.floor())?, second(high.ceil())?];
    Some(Known {
        value,
        interval: Some(interval),
        seconds_a_share: (interval[1] - interval[0]) * count / (2.0 * half),
    })
}

/// The difference of two percentiles over incidents that both faced, by their linearised residuals
/// (Francisco and Fuller 1991): an error of the share below is worth as many seconds as in the interval
/// of each. Where the two never moved against each other, they are known no better than each by itself.
pub fn percentile_difference(ranked: &Ranked<'_>, less: &Ranked<'_>) -> Option<Estimate> {
    let [of, other] = [known(ranked)?, known(less)?];
    let scales = [&of, &other].map(|known| known.seconds_a_share);
    let residuals = ranked.below.residuals();
    let variance = residuals.less(&less.below.residuals(), scales).variance();
    let unknown = ranked.unknown * scales[0] * scales[0] + less.unknown * scales[1] * scales[1];
    let error = (variance.value + unknown).sqrt();
    let value = of.value - other.value;
    let half = of.interval.zip(other.interval).and_then(|intervals| {
        if error > NOISE || value == 0.0 {
            return Some(reach(variance.degrees)? * error);
        }
        let [a, b] = [intervals.0, intervals.1].map(|[low, high]| (high - low) / 2.0);
        Some((a * a + b * b).sqrt())
    });
    Some(Estimate::new(
        value,
        half.map(|half| [value - half, value + half]),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Times of 1, 2, … seconds, in turn to ten replications.
    fn ranked(pooled: &Histogram, q: f64) -> Ranked<'_> {
        let count = pooled.total() as f64;
        Ranked {
            q,
            pooled: Cow::Borrowed(pooled),
            below: Sample {
                strata: 1,
                sums: vec![q * count / 10.0; 10],
                counts: vec![count / 10.0; 10],
                ..Sample::default()
            },
            unknown: 0.0,
        }
    }

    fn times(count: u32) -> Histogram {
        let mut times = Histogram::default();
        (1..=count).for_each(|seconds| times.add(seconds));
        times
    }

    /// Of 1,000 independent times the 90th percentile lies at 900 ± 1.96 √(1000 × 0.9 × 0.1) = 18.6, but for
    /// the skew of the binomial distribution; ranks are rounded outward.
    #[test]
    fn the_ends_of_a_percentile_are_ranks() {
        let thousand = times(1000);
        let ninth = percentile(&ranked(&thousand, 0.9)).unwrap();
        assert_eq!(
            (ninth.value, ninth.low, ninth.high),
            (900.0, Some(881.0), Some(919.0))
        );
    }

    /// 0.9³⁵ = 0.025: of fewer the longest may well lie below the 90th percentile; 0.5⁶ < 0.025 for the median.
    #[test]
    fn of_few_times_there_is_no_percentile_to_be_sure_of() {
        for (count, q, is_known) in [
            (30, 0.9, false),
            (40, 0.9, true),
            (5, 0.5, false),
            (10, 0.5, true),
        ] {
            let times = times(count);
            let found = percentile(&ranked(&times, q)).unwrap();
            assert_eq!(found.high.is_some(), is_known, "{count}");
        }
    }

    #[test]
    fn a_percentile_does_not_differ_from_itself() {
        let thousand = times(1000);
        let ninth = ranked(&thousand, 0.9);
        let difference = percentile_difference(&ninth, &ninth).unwrap();
        assert_eq!((difference.value, difference.low), (0.0, Some(0.0)));
    }
}
