//! Shares: of all incidents of an area, or of some of them.

use super::figure::Estimate;
use super::sample::{BEYOND, Sample, effective_count, reach, unseen};
use crate::distribution::special::beta_quantile;
use crate::simulation::model::Chance;

/// A share with the interval of Jeffreys for as many independent incidents as tell as much (Brown, Cai
/// and DasGupta 2001, with their ends where none or all count; effective numbers after Korn and Graubard
/// 1998; compared for surveys by Franco, Little, Louis and Slud 2019). It never leaves 0 to 1, and always
/// has a width. `None` without incidents.
pub fn share(sample: &Sample) -> Option<Estimate> {
    let value = sample.value()?;
    if sample.chance == Chance::Nothing {
        return Some(Estimate::certain(value));
    }
    let count = effective_count(sample.count(), value, sample.residuals().variance());
    Some(Estimate::new(
        value,
        count.map(|count| limits(value, count)),
    ))
}

fn limits(value: f64, count: f64) -> [f64; 2] {
    let (of, others) = (value * count, (1.0 - value) * count);
    let quantile = |p| beta_quantile(p, of + 0.5, others + 0.5);
    // One incident alone, or a cluster of them, might as well not have been.
    let none = 1.0 - libm::pow(BEYOND, 1.0 / count.max(1.0));
    [
        match (of > 1.0, others > 0.0) {
            (false, _) => 0.0,
            (true, true) => quantile(BEYOND),
            (true, false) => 1.0 - none,
        },
        match (others > 1.0, of > 0.0) {
            (false, _) => 1.0,
            (true, true) => quantile(1.0 - BEYOND),
            (true, false) => none,
        },
    ]
}

/// What was not seen adds so much to the variance of a difference of shares.
pub fn unseen_share(sample: &Sample, less: &Sample) -> f64 {
    unseen(sample, less, 1.0)
}

/// The difference of two shares of the same incidents. To the variance of the paired residuals comes that of
/// one more incident that the one share has and the other has not, and one the other way round, as none were
/// seen is not that there are none (Bonett and Price 2012).
pub fn share_difference(sample: &Sample, less: &Sample) -> Option<Estimate> {
    let value = sample.value()? - less.value()?;
    if sample.chance == Chance::Nothing {
        return Some(Estimate::certain(value));
    }
    let variance = sample
        .residuals()
        .less(&less.residuals(), [1.0; 2])
        .variance();
    let unseen = unseen_share(sample, less);
    let reach = reach(variance.degrees);
    let half = reach.map(|reach| reach * (variance.value + unseen).sqrt());
    let interval = half.map(|half| [value - half, value + half].map(|end| end.clamp(-1.0, 1.0)));
    Some(Estimate::new(value, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(sums: &[f64], count: f64) -> Sample {
        Sample {
            strata: 1,
            sums: sums.to_vec(),
            counts: vec![count; sums.len()],
            ..Sample::default()
        }
    }

    /// None of 100: 1 - 0.025^(1/100) = 0.036217, the limit of Clopper and Pearson.
    #[test]
    fn none_of_a_hundred_is_not_never() {
        let [none, all] = [0.0, 10.0].map(|of| share(&sample(&[of; 10], 10.0)).unwrap());
        assert_eq!((none.low, none.high), (Some(0.0), Some(0.036217)));
        assert_eq!((all.low, all.high), (Some(0.963783), Some(1.0)));
        assert_eq!(share(&sample(&[3.0], 10.0)).unwrap().low, None);
    }

    /// Half of 1,000 in ten replications. Varying as independent incidents do (a variance of 25 each), they are
    /// worth 1,000 but for the t of 9 degrees: 1000 × (1.960 / 2.262)² = 750. If they come in clusters of four
    /// (100 each), a quarter of that.
    #[test]
    fn incidents_that_come_together_count_less() {
        let spread = |by: f64| {
            let around: [f64; 10] = std::array::from_fn(|index| match index % 2 {
                0 => 50.0 - by,
                _ => 50.0 + by,
            });
            let share = share(&sample(&around, 100.0)).unwrap();
            share.high.unwrap() - share.low.unwrap()
        };
        // Ten sections have a variance of by² × 10 / 9.
        let [alone, together] = [22.5_f64.sqrt(), 90.0_f64.sqrt()].map(spread);
        let expected = 2.0 * 1.96 * (0.25_f64 / 750.0).sqrt();
        assert!((alone / expected - 1.0).abs() < 0.01, "{alone} {expected}");
        assert!((together / alone - 2.0).abs() < 0.02, "{together}");
        // Less than independent ones vary they cannot be worth.
        assert!(spread(0.0) > 2.0 * 1.96 * (0.25_f64 / 1000.0).sqrt() * 0.99);
    }

    /// Alike in all of 1,000 incidents: 2.262 × √2 / 1000 either way.
    #[test]
    fn no_difference_seen_is_not_none() {
        let same = sample(&[30.0; 10], 100.0);
        let difference = share_difference(&same, &same).unwrap();
        assert_eq!(difference.value, 0.0);
        assert!(
            (difference.high.unwrap() - 0.0032).abs() < 1e-5,
            "{difference:?}"
        );
        assert!(difference.low.unwrap() < 0.0);
        // Wide as it may be, it stays within -1 and 1.
        let [all, none] = [[1.0, 0.0], [0.0, 1.0]].map(|sums| sample(&sums, 1.0));
        let difference = share_difference(&all, &none).unwrap();
        assert_eq!((difference.low, difference.high), (Some(-1.0), Some(1.0)));
    }
}
