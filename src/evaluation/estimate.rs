//! Figures with the interval in which the truth lies with 95 % confidence, over replications.

use crate::distribution::special::students_t_quantile;

/// A figure and its 95 % confidence interval; one replication alone gives no interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

impl Estimate {
    /// The figure of all replications together: the sum of `sums` over the sum of `counts`, with
    /// the interval of a ratio estimator (Law, Simulation Modeling and Analysis, 2015; Crane and
    /// Iglehart 1975). `None` when the counts are all zero.
    pub fn of_ratio(sums: &[f64], counts: &[f64]) -> Option<Self> {
        let (value, error) = ratio(sums, counts)?;
        let half = students_t(sums.len()).map(|t| t * error);
        Some(Self::around(value, half))
    }

    /// The difference of two figures of all replications together, `upper` less `lower`, with the
    /// interval of the difference of two ratio estimators paired by replication: what each adds to
    /// the one less what it adds to the other (linearised residuals: Cochran, Sampling Techniques,
    /// 1977, section 6.19). `None` when the counts of either are all zero.
    pub fn of_difference(
        [upper_sums, upper_counts]: [&[f64]; 2],
        [lower_sums, lower_counts]: [&[f64]; 2],
    ) -> Option<Self> {
        let upper = residuals(upper_sums, upper_counts)?;
        let lower = residuals(lower_sums, lower_counts)?;
        let residuals: Vec<f64> = (upper.1.iter().zip(&lower.1)).map(|(u, l)| u - l).collect();
        let half = students_t(residuals.len()).map(|t| t * error_of(&residuals));
        Some(Self::around(upper.0 - lower.0, half))
    }

    /// A figure of all replications together, with the interval that the same figure of each
    /// replication alone gives: sectioning (Asmussen and Glynn, Stochastic Simulation, 2007,
    /// section III.5; Nakayama 2014).
    pub fn by_sections(value: f64, sections: &[f64]) -> Self {
        let count = sections.len() as f64;
        let squares: f64 = sections
            .iter()
            .map(|part| (part - value) * (part - value))
            .sum();
        let half =
            students_t(sections.len()).map(|t| t * (squares / (count * (count - 1.0))).sqrt());
        Self::around(value, half)
    }

    fn around(value: f64, half: Option<f64>) -> Self {
        Self {
            value: tidy(value),
            low: half.map(|half| tidy(value - half)),
            high: half.map(|half| tidy(value + half)),
        }
    }

    /// Whether the interval leaves out zero: a difference that is more than luck.
    pub fn excludes_zero(&self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low > 0.0 || high < 0.0,
            _ => false,
        }
    }
}

/// The sum of `sums` over that of `counts`, and its standard error over the replications, which is
/// no number for fewer than two; `None` when the counts are all zero.
pub fn ratio(sums: &[f64], counts: &[f64]) -> Option<(f64, f64)> {
    let (value, residuals) = residuals(sums, counts)?;
    Some((value, error_of(&residuals)))
}

/// The sum of `sums` over that of `counts`, and what each replication adds to its error.
fn residuals(sums: &[f64], counts: &[f64]) -> Option<(f64, Vec<f64>)> {
    let count: f64 = counts.iter().sum();
    if count <= 0.0 {
        return None;
    }
    let value = sums.iter().sum::<f64>() / count;
    let pairs = sums.iter().zip(counts);
    let residuals = pairs.map(|(sum, of)| (sum - value * of) / count).collect();
    Some((value, residuals))
}

/// The standard error of a figure to whose error the replications add `residuals`.
fn error_of(residuals: &[f64]) -> f64 {
    let replications = residuals.len() as f64;
    let squares: f64 = residuals.iter().map(|residual| residual * residual).sum();
    (squares * replications / (replications - 1.0)).sqrt()
}

/// To a millionth, so that files do not show noise of the last binary place; no negative zero.
pub(super) fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}

/// The 97.5 % quantile of Student's t for so many replications, `None` for fewer than two.
fn students_t(replications: usize) -> Option<f64> {
    if replications < 2 {
        return None;
    }
    Some(students_t_quantile(0.975, replications as f64 - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables: 12.706 for 1 degree of freedom, 2.262 for 9, 1.984 for 99.
    #[test]
    fn students_t_agrees_with_the_tables() {
        for (replications, expected) in [(2, 12.706), (10, 2.262), (100, 1.984)] {
            let t = students_t(replications).unwrap();
            assert!((t - expected).abs() < 5e-4, "{replications}: {t}");
        }
        assert_eq!(students_t(1), None);
    }

    /// Two replications with 10 incidents each and means 5 and 7: the mean is 6, the standard
    /// deviation of the means √2, the half-width 12.706 × √2 / √2.
    #[test]
    fn equal_counts_give_the_interval_of_the_mean() {
        let estimate = Estimate::of_ratio(&[50.0, 70.0], &[10.0, 10.0]).unwrap();
        assert_eq!(estimate.value, 6.0);
        assert!(
            (estimate.high.unwrap() - 18.706).abs() < 1e-3,
            "{estimate:?}"
        );
        let sections = Estimate::by_sections(6.0, &[5.0, 7.0]);
        assert!((sections.low.unwrap() + 6.706).abs() < 1e-3, "{sections:?}");
    }

    #[test]
    fn a_town_without_incidents_in_a_year_counts_by_its_other_years() {
        let estimate = Estimate::of_ratio(&[0.0, 30.0], &[0.0, 3.0]).unwrap();
        assert_eq!(estimate.value, 10.0);
        assert_eq!(Estimate::of_ratio(&[0.0], &[0.0]), None);
    }

    #[test]
    fn one_replication_gives_no_interval() {
        let estimate = Estimate::of_ratio(&[30.0], &[3.0]).unwrap();
        assert_eq!((estimate.value, estimate.low), (10.0, None));
        assert!(!estimate.excludes_zero());
    }
}
