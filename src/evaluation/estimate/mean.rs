//! Mean times of the incidents that were answered.

use super::figure::Estimate;
use super::sample::{FEWEST, Sample, WIDEST, reach};

/// The mean of so many incidents is nearly normal, however few sections they fall into.
const PLENTY: f64 = 25.0;
/// Seconds that come of rounding alone.
const NOISE: f64 = 1e-9;

/// A mean of positive times with the interval of a ratio estimator on a scale of logarithms, so that the
/// longer end is where times are skewed (Law, Simulation Modeling and Analysis, 2015; delta method). None
/// where incidents are too few, or all alike. `None` without incidents.
pub fn mean(sample: &Sample) -> Option<Estimate> {
    let value = sample.value()?;
    let variance = sample.residuals().variance();
    let filled = sample.filled();
    let degrees = variance.degrees.min(filled as f64 - 1.0);
    let error = variance.value.sqrt();
    let is_told =
        filled >= FEWEST.min(sample.counts.len()) || sample.count() >= PLENTY * filled as f64;
    let is_enough = is_told && error > 0.0 && value > 0.0;
    let half = reach(degrees).filter(|_| is_enough);
    let factor = half.map(|reach| libm::exp(reach * error / value));
    let factor = factor.filter(|factor| *factor <= WIDEST);
    Some(Estimate::new(
        value,
        factor.map(|factor| [value / factor, value * factor]),
    ))
}

/// The difference of two means over incidents that both faced, by the linearised residuals of two ratio
/// estimators (Cochran, Sampling Techniques, 1977, section 6.18). None where the two differ in few sections, or
/// alike in all.
pub fn mean_difference(sample: &Sample, less: &Sample) -> Option<Estimate> {
    let value = sample.value()? - less.value()?;
    let residuals = sample.residuals().less(&less.residuals(), [1.0; 2]);
    let differing = sample.differing(less);
    let variance = residuals.variance();
    let degrees = variance.degrees.min(differing as f64 - 1.0);
    let error = variance.value.sqrt();
    let is_enough = differing >= FEWEST.min(sample.counts.len()) && error > NOISE;
    let half = reach(degrees).filter(|_| is_enough);
    let half = half.map(|reach| reach * error);
    Some(Estimate::new(
        value,
        half.map(|half| [value - half, value + half]),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(sums: &[f64]) -> Sample {
        Sample {
            strata: 1,
            sums: sums.to_vec(),
            counts: vec![10.0; sums.len()],
        }
    }

    /// Two replications with 10 incidents each and means 5 and 7: the mean is 6, the standard error of the mean
    /// 1, and with one degree of freedom the factor is exp(12.706 / 6) = 8.312.
    #[test]
    fn the_longer_end_of_a_mean_is_where_times_are_longer() {
        let mean = mean(&sample(&[50.0, 70.0])).unwrap();
        assert_eq!(mean.value, 6.0);
        assert!((mean.low.unwrap() - 6.0 / 8.312).abs() < 1e-3, "{mean:?}");
        assert!((mean.high.unwrap() - 6.0 * 8.312).abs() < 0.01, "{mean:?}");
    }

    #[test]
    fn times_that_are_all_alike_or_few_have_no_interval() {
        assert_eq!(mean(&sample(&[60.0; 20])).unwrap().high, None);
        assert_eq!(mean(&sample(&[30.0])).unwrap().low, None);
        let mut few = sample(&[50.0; 20]);
        few.counts[3..].fill(0.0);
        few.sums[3..].fill(0.0);
        few.sums[0] = 70.0;
        assert_eq!(mean(&few).unwrap().high, None);
        // Five hundred calls of three sections are enough.
        few.counts[..3].fill(500.0);
        few.sums[..3].copy_from_slice(&[2500.0, 2550.0, 2600.0]);
        assert!(mean(&few).unwrap().high.is_some());
    }

    /// Of sixty sections five differ: what those five say of the rest is not known.
    #[test]
    fn a_difference_of_few_sections_is_not_known() {
        let first = sample(&[50.0; 60]);
        let differs = |sections: usize| {
            let mut second = first.clone();
            second.sums[..sections].fill(40.0);
            mean_difference(&first, &second).unwrap().high.is_some()
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
        assert_eq!(mean_difference(&first, &second).unwrap().high, None);
        second.sums.reverse();
        let difference = mean_difference(&first, &second).unwrap();
        assert_eq!(difference.value, 2.0);
        let half = difference.high.unwrap() - 2.0;
        assert!((half - 12.7062 * 2.0).abs() < 1e-3, "{half}");
    }
}
