//! Shares of the time.

use super::figure::Estimate;
use super::sample::{Sample, WIDEST, reach};
use crate::simulation::model::Chance;

/// A share of the time, with an interval on the scale of log odds, which never leaves 0 to 1. None where the
/// engines were hardly ever out. `None` without time.
pub fn busy_share(sample: &Sample) -> Option<Estimate> {
    let value = sample.value()?;
    if sample.chance == Chance::Nothing {
        return Some(Estimate::certain(value));
    }
    let variance = sample.residuals().variance();
    let out = sample.sums.iter().filter(|busy| **busy > 0.0).count();
    let degrees = variance.degrees.min(out as f64 - 1.0);
    let error = variance.value.sqrt();
    let is_enough = out >= sample.fewest(&sample.sums) && error > 0.0;
    let half = reach(degrees).filter(|_| is_enough && value > 0.0 && value < 1.0);
    let factor = half.map(|reach| libm::exp(reach * error / (value * (1.0 - value))));
    let interval = factor.filter(|factor| *factor <= WIDEST).map(|factor| {
        let odds = value / (1.0 - value);
        [odds / factor, odds * factor].map(|odds| odds / (1.0 + odds))
    });
    Some(Estimate::new(value, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tenth of the time, 1 % more or less from one to the other of ten replications: the odds are 1 to 9,
    /// the standard error 0.01 × √(10 / 9) / √10 and its reach on the scale of log odds 2.262 × 0.00333 / 0.09.
    #[test]
    fn a_share_of_the_time_lies_within_its_odds() {
        let sums = (0..10).map(|index| if index % 2 == 0 { 9.0 } else { 11.0 });
        let sample = Sample {
            strata: 1,
            sums: sums.collect(),
            counts: vec![100.0; 10],
            ..Sample::default()
        };
        let share = busy_share(&sample).unwrap();
        let odds = libm::exp(2.2622 * 0.01 / 3.0 / 0.09) / 9.0;
        assert!(
            (share.high.unwrap() - odds / (1.0 + odds)).abs() < 1e-5,
            "{share:?}"
        );
        let idle = Sample {
            sums: vec![0.0; 10],
            ..sample
        };
        assert_eq!(busy_share(&idle).unwrap().high, None);
    }
}
