//! Means and variances of the stages of a response, and of their sums: those of independent stages add up. And
//! how many take longer than a given time, where that takes no more than e to a power.

/// Mean and variance of a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    pub mean: f64,
    pub variance: f64,
}

impl Moments {
    pub const fn constant(mean: f64) -> Self {
        Self {
            mean,
            variance: 0.0,
        }
    }

    pub const fn exponential(mean: f64) -> Self {
        Self::of(mean, mean)
    }

    /// Of this mean and standard deviation, whatever the family.
    pub const fn of(mean: f64, sd: f64) -> Self {
        Self {
            mean,
            variance: sd * sd,
        }
    }

    pub fn uniform(low: f64, high: f64) -> Self {
        Self {
            mean: f64::midpoint(low, high),
            variance: squared(high - low) / 12.0,
        }
    }

    pub fn triangular(low: f64, mode: f64, high: f64) -> Self {
        let squares = low * low + mode * mode + high * high;
        let products = low * mode + low * high + mode * high;
        Self {
            mean: (low + mode + high) / 3.0,
            variance: (squares - products) / 18.0,
        }
    }

    /// Of values each of which is as likely.
    pub fn of_values(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares = values.iter().map(|value| squared(value - mean));
        Self {
            mean,
            variance: squares.sum::<f64>() / count,
        }
    }

    /// The same so many times as long.
    pub fn times(self, factor: f64) -> Self {
        Self {
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
        }
    }

    pub fn square(self) -> f64 {
        self.mean * self.mean + self.variance
    }
}

/// Of independent times that follow each other.
impl std::iter::Sum for Moments {
    fn sum<I: Iterator<Item = Self>>(stages: I) -> Self {
        stages.fold(Self::constant(0.0), |sum, stage| Self {
            mean: sum.mean + stage.mean,
            variance: sum.variance + stage.variance,
        })
    }
}

/// A number times itself.
pub fn squared(number: f64) -> f64 {
    number * number
}

/// The share of exponential times above `time`.
pub fn exponential_over(mean: f64, time: f64) -> f64 {
    libm::exp(-time / mean)
}

/// The same of gamma distributed ones that are sums of `count` exponential times: fewer than so many are over
/// by then (Erlang 1909).
pub fn erlang_over(count: u32, mean: f64, time: f64) -> f64 {
    let x = time * f64::from(count) / mean;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..count {
        term *= x / f64::from(k);
        sum += term;
    }
    sum * libm::exp(-x)
}

/// Of a triangular distribution, `time` being above the mode.
pub fn triangular_over([low, mode, high]: [f64; 3], time: f64) -> f64 {
    squared(high - time) / ((high - low) * (high - mode))
}

/// The share of a normal distribution more than one standard deviation above its mean.
pub const OVER_ONE_DEVIATION: f64 = 0.158_655_253_931_457_05;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_independent_stages_add_up() {
        let sum: Moments = [Moments::uniform(0.0, 6.0), Moments::exponential(2.0)]
            .into_iter()
            .sum();
        // 36 / 12 + 2²
        assert_eq!((sum.mean, sum.variance), (5.0, 7.0));
        assert_eq!(sum.square(), 32.0);
        assert_eq!(Moments::of(2.0, 1.0).times(3.0), Moments::of(6.0, 3.0));
        // (0 + 0 + 6) / 3; 36 / 18.
        let triangular = Moments::triangular(0.0, 0.0, 6.0);
        assert_eq!((triangular.mean, triangular.variance), (2.0, 2.0));
        let values = Moments::of_values(&[1.0, 3.0]);
        assert_eq!((values.mean, values.variance), (2.0, 1.0));
    }

    /// One exponential of mean 1 beyond ln 2, a half; two beyond their mean of 2: (1 + 2) e⁻²; a quarter of
    /// the falling half of a triangle from its middle on.
    #[test]
    fn shares_beyond_a_time_are_those_of_the_books() {
        let half = exponential_over(1.0, libm::log(2.0));
        assert!((half - 0.5).abs() < 1e-15);
        assert!((erlang_over(1, 1.0, 0.7) - exponential_over(1.0, 0.7)).abs() < 1e-15);
        assert!((erlang_over(2, 2.0, 2.0) - 3.0 * libm::exp(-2.0_f64)).abs() < 1e-15);
        assert_eq!(triangular_over([0.0, 2.0, 4.0], 3.0), 0.125);
    }
}
