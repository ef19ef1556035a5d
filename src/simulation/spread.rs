//! Quantities that differ from time to time around a stated mean.

use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

use crate::units::Millis;

/// A lognormal quantity given by its mean and standard deviation; constant where the deviation
/// is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    mean: f64,
    /// Mean of the logarithm, for a mean of 1.
    mu: f64,
    /// Standard deviation of the logarithm.
    sigma: f64,
}

impl Lognormal {
    /// The lognormal of this mean and standard deviation, in whatever unit both are.
    #[must_use]
    pub fn new(mean: f64, sd: f64) -> Self {
        let variance = if mean > 0.0 {
            (1.0 + (sd / mean).powi(2)).ln()
        } else {
            0.0
        };
        Self {
            mean,
            mu: -variance / 2.0,
            sigma: variance.sqrt(),
        }
    }

    /// The lognormal of a duration, in seconds.
    #[must_use]
    pub fn of_duration(mean: Millis, sd: Millis) -> Self {
        Self::new(mean.seconds(), sd.seconds())
    }

    /// One draw; it takes a number from the stream even where the quantity is constant, so that
    /// changing a spread does not shift the draws that follow.
    pub fn draw(&self, rng: &mut impl Rng) -> f64 {
        let normal: f64 = rng.sample(StandardNormal);
        self.mean * (self.mu + self.sigma * normal).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::streams::{Purpose, stream};

    #[test]
    fn draws_have_the_stated_mean_and_deviation() {
        let spread = Lognormal::new(60.0, 20.0);
        let mut rng = stream(1, 0, Purpose::Stages, 0);
        let draws: Vec<f64> = (0..200_000).map(|_| spread.draw(&mut rng)).collect();
        let mean = draws.iter().sum::<f64>() / 200_000.0;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 199_999.0;
        // Standard error of the mean: 20 / sqrt(200,000) = 0.045.
        assert!((mean - 60.0).abs() < 0.2, "{mean}");
        assert!((variance.sqrt() - 20.0).abs() < 0.3, "{variance}");
    }

    #[test]
    fn without_deviation_every_draw_is_the_mean() {
        let mut rng = stream(1, 0, Purpose::Stages, 0);
        assert_eq!(Lognormal::new(60.0, 0.0).draw(&mut rng), 60.0);
        assert_eq!(Lognormal::new(0.0, 0.0).draw(&mut rng), 0.0);
    }
}
