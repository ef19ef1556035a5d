//! Mean times of the incidents that were answered.

use super::figure::Estimate;
use super::sample::{NOISE, Sample, WIDEST, reach, unseen};
use crate::simulation::model::Chance;

/// The mean of so many incidents is nearly normal, however few sections they fall into.
const PLENTY: f64 = 25.0;

/// A mean of positive times with the interval of a ratio estimator on a scale of logarithms, so that the
/// longer end is where times are skewed (Law, Simulation Modeling and Analysis, 2015; delta method). None
/// where incidents are too few, or all alike. `None` without incidents. `unobserved` is what places add to the
/// variance from which none came.
pub fn mean(sample: &Sample, unobserved: f64) -> Option<Estimate> {
    let value = sample.value()?;
    if sample.chance == Chance::Nothing {
        return Some(Estimate::certain(value));
    }
    let variance = sample.residuals().variance();
    let filled = sample.filled();
    let degrees = variance.degrees.min(filled as f64 - 1.0);
    // What was alike in all incidents that came tells too little, with or without those that did not.
    let error = Some(variance.value.sqrt()).filter(|error| *error > NOISE);
    let error = error.map_or(0.0, |error| libm::hypot(error, unobserved.sqrt()));
    let is_told =
        filled >= sample.fewest(&sample.counts) || sample.count() >= PLENTY * filled as f64;
    let is_enough = is_told && error > NOISE && value > 0.0;
    let half = reach(degrees).filter(|_| is_enough);
    let factor = half.map(|reach| libm::exp(reach * error / value));
    let factor = factor.filter(|factor| *factor <= WIDEST);
    Some(Estimate::new(
        value,
        factor.map(|factor| [value / factor, value * factor]),
    ))
}

/// The difference of two means over incidents that both faced, by the linearised residuals of two ratio
/// estimators (Cochran, Sampling Techniques, 1977, section 6.18). None where the two differ in few sections.
/// Alike in all, it is known as well as if one of them had shown no difference: that none did is not that none
/// does. `unobserved` is what places add to the variance from which no incident came.
pub fn mean_difference(sample: &Sample, less: &Sample, unobserved: f64) -> Option<Estimate> {
    let value = sample.value()? - less.value()?;
    if sample.chance == Chance::Nothing {
        return Some(Estimate::certain(value));
    }
    let residuals = sample.residuals().less(&less.residuals(), [1.0; 2]);
    let differing = sample.differing(less);
    let variance = residuals.variance();
    let degrees = variance.degrees.min(differing as f64 - 1.0);
    let error = Some(variance.value.sqrt()).filter(|error| *error > NOISE);
    let unseen = (value.abs() / differing as f64, value.abs());
    let (error, most) = error.map_or(unseen, |error| (error, f64::INFINITY));
    let error = libm::hypot(error, unobserved.sqrt());
    let counts = sample.counts.iter().zip(&less.counts);
    let either: Vec<f64> = counts.map(|(of, less)| of + less).collect();
    let is_enough = differing >= sample.fewest(&either) && error > NOISE;
    let half = reach(degrees).filter(|_| is_enough);
    let half = half.map(|reach| reach * error).filter(|half| *half < most);
    Some(Estimate::new(
        value,
        half.map(|half| [value - half, value + half]),
    ))
}

/// What was not seen adds so much to the variance of a difference of means: an incident that takes longer with the
/// one takes longer by the larger mean.
pub fn unseen_mean(sample: &Sample, less: &Sample) -> f64 {
    let means = [sample, less].map(|of| of.value().unwrap_or_default());
    unseen(sample, less, f64::max(means[0], means[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(sums: &[f64]) -> Sample {
        Sample {
            strata: 1,
            sums: sums.to_vec(),
            counts: vec![10.0; sums.len()],
            ..Sample::default()
        }
    }

    /// Ten replications in six sections, of which calls that are listed all fall into the third: ten sections can
    /// hold any, and all do. Of calls that come by chance the others could have held some.
    #[test]
    fn sections_that_can_hold_no_call_are_not_too_few() {
        let hour = |seconds: f64, chance: Chance| {
            let mut sample = Sample {
                strata: 6,
                sums: vec![0.0; 60],
                counts: vec![0.0; 60],
                chance,
            };
            for replication in 0..10 {
                let section = replication * 6 + 2;
                sample.counts[section] = 4.0;
                sample.sums[section] = 4.0 * seconds + (replication % 3) as f64;
            }
            sample
        };
        let [listed, drawn] = [Chance::Stages, Chance::Calls].map(|chance| {
            let [far, near] = [900.0, 400.0].map(|seconds| hour(seconds, chance));
            let mut near = near;
            near.sums[2] += 2.0;
            [mean(&far, 0.0), mean_difference(&far, &near, 0.0)].map(|of| of.unwrap().low)
        });
        assert_eq!(drawn, [None, None]);
        assert!(listed[0].unwrap() > 899.0, "{listed:?}");
        assert!(listed[1].unwrap() > 498.0, "{listed:?}");
    }

    /// Every one of n sections differs by 500 s: as if one of them had not, 500 / n is the standard error, and of
    /// fewer than four Student's t reaches to no difference. Where nothing is left to chance one is enough.
    #[test]
    fn a_difference_that_is_always_the_same_is_known_as_well_as_it_was_tried() {
        let alike = |sections: usize, chance: Chance| {
            let [far, near] = [9000.0, 4000.0].map(|sum| Sample {
                chance,
                ..sample(&vec![sum; sections])
            });
            let difference = mean_difference(&far, &near, 0.0).unwrap();
            assert_eq!(difference.value, 500.0);
            difference.low
        };
        assert_eq!([2, 3].map(|n| alike(n, Chance::Stages)), [None, None]);
        let low = alike(20, Chance::Stages).unwrap();
        assert!((low - (500.0 - 2.093 * 25.0)).abs() < 0.01, "{low}");
        assert_eq!(alike(20, Chance::Calls), Some(low));
        assert_eq!(alike(1, Chance::Nothing), Some(500.0));
    }

    /// Two replications with 10 incidents each and means 5 and 7: the mean is 6, the standard error of the mean
    /// 1, and with one degree of freedom the factor is exp(12.706 / 6) = 8.312.
    #[test]
    fn the_longer_end_of_a_mean_is_where_times_are_longer() {
        let mean = mean(&sample(&[50.0, 70.0]), 0.0).unwrap();
        assert_eq!(mean.value, 6.0);
        assert!((mean.low.unwrap() - 6.0 / 8.312).abs() < 1e-3, "{mean:?}");
        assert!((mean.high.unwrap() - 6.0 * 8.312).abs() < 0.01, "{mean:?}");
    }

    #[test]
    fn times_that_are_all_alike_or_few_have_no_interval() {
        assert_eq!(mean(&sample(&[60.0; 20]), 0.0).unwrap().high, None);
        assert_eq!(mean(&sample(&[30.0]), 0.0).unwrap().low, None);
        let mut few = sample(&[50.0; 20]);
        few.counts[3..].fill(0.0);
        few.sums[3..].fill(0.0);
        few.sums[0] = 70.0;
        assert_eq!(mean(&few, 0.0).unwrap().high, None);
        // Five hundred calls of three sections are enough.
        few.counts[..3].fill(500.0);
        few.sums[..3].copy_from_slice(&[2500.0, 2550.0, 2600.0]);
        assert!(mean(&few, 0.0).unwrap().high.is_some());
    }

    /// Of sixty sections five differ: what those five say of the rest is not known.
    #[test]
    fn a_difference_of_few_sections_is_not_known() {
        let first = sample(&[50.0; 60]);
        let differs = |sections: usize| {
            let mut second = first.clone();
            second.sums[..sections].fill(40.0);
            mean_difference(&first, &second, 0.0)
                .unwrap()
                .high
                .is_some()
        };
        assert!(!differs(1) && !differs(5) && differs(20));
    }

    /// The alternatives answer other numbers of calls: 10 each, and 5 each; the figures are 6 and 4. Residuals
    /// of the first are ±1/2, of the second ±1/2 as well: where they move together nothing is left, where
    /// against each other, a standard error of √2 × √(1 + 1) = 2.
    #[test]
    fn a_difference_is_one_of_two_ratios() {
        let first = sample(&[50.0, 70.0]);
        let mut second = Sample {
            counts: vec![5.0; 2],
            ..sample(&[15.0, 25.0])
        };
        assert_eq!(mean_difference(&first, &second, 0.0).unwrap().high, None);
        second.sums.reverse();
        let difference = mean_difference(&first, &second, 0.0).unwrap();
        assert_eq!(difference.value, 2.0);
        let half = difference.high.unwrap() - 2.0;
        assert!((half - 12.7062 * 2.0).abs() < 1e-3, "{half}");
    }
}
