//! How long something takes, or by what factor it differs, from time to time.

pub mod alias;
mod exponential;
mod normal;
pub mod special;

use rand::Rng;

use self::special::normal_quantile;

/// A quantity that is never negative. All but the constant one take numbers from the stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(f64),
    /// Without memory; given by its mean.
    Exponential(f64),
    /// Its logarithm is normal, with this mean and standard deviation.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// The gamma distribution.
    Gamma {
        /// The mean over the scale.
        shape: f64,
        /// The variance over the mean.
        scale: f64,
    },
    /// Anything between two ends is as likely.
    Uniform {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Most likely at its mode, falling in straight lines to both ends.
    Triangular {
        /// The least.
        low: f64,
        /// The most likely.
        mode: f64,
        /// The most.
        high: f64,
    },
    /// One of the values that were observed, each as likely.
    Empirical(Box<[f64]>),
}

/// The family of a distribution, as it is written in scenarios and tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Always the mean.
    Constant,
    /// By its mean.
    Exponential,
    /// By its mean and standard deviation.
    #[default]
    Lognormal,
    /// By its mean and standard deviation.
    Gamma,
    /// By its mean and standard deviation.
    Uniform,
    /// By its least, most likely and largest value.
    Triangular,
    /// By a file of observed values.
    Empirical,
}

impl std::str::FromStr for Shape {
    type Err = &'static str;

    /// The families that a mean and a standard deviation describe; the error lists them.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "constant" => Ok(Self::Constant),
            "exponential" => Ok(Self::Exponential),
            "lognormal" => Ok(Self::Lognormal),
            "gamma" => Ok(Self::Gamma),
            "uniform" => Ok(Self::Uniform),
            _ => Err("constant, exponential, lognormal, gamma or uniform"),
        }
    }
}

impl Shape {
    /// The word that scenarios use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Exponential => "exponential",
            Self::Lognormal => "lognormal",
            Self::Gamma => "gamma",
            Self::Uniform => "uniform",
            Self::Triangular => "triangular",
            Self::Empirical => "empirical",
        }
    }
}

impl Distribution {
    /// The distribution of a family that a mean and a standard deviation describe.
    ///
    /// # Errors
    /// What is wrong with the two.
    pub fn of(shape: Shape, mean: f64, sd: f64) -> Result<Self, &'static str> {
        match shape {
            Shape::Constant if sd != 0.0 => Err("a constant has a standard deviation of 0"),
            Shape::Constant => Ok(Self::Constant(mean)),
            Shape::Exponential if sd != 0.0 && (sd - mean).abs() > 1e-6 * mean => Err(
                "the standard deviation of an exponential distribution is its mean; give the \
                 same, or 0",
            ),
            Shape::Exponential => Ok(Self::Exponential(mean)),
            _ if mean == 0.0 && sd > 0.0 => Err(
                "what takes 0 on average has no spread; make the deviation 0 or the mean larger",
            ),
            Shape::Lognormal => Ok(Self::lognormal(mean, sd)),
            Shape::Gamma => Ok(Self::gamma(mean, sd)),
            Shape::Uniform => Self::uniform(mean, sd).ok_or(
                "a uniform distribution of this mean and deviation would reach below 0; the \
                 deviation is at most the mean divided by 1.732",
            ),
            Shape::Triangular | Shape::Empirical => Err("no mean and deviation describe it"),
        }
    }

    /// The lognormal of this mean and standard deviation; constant where the deviation is 0.
    pub fn lognormal(mean: f64, sd: f64) -> Self {
        if sd == 0.0 || mean == 0.0 {
            return Self::Constant(mean);
        }
        let variance = libm::log1p(sd / mean * (sd / mean));
        Self::Lognormal {
            mu: libm::log(mean) - variance / 2.0,
            sigma: variance.sqrt(),
        }
    }

    /// The gamma distribution of this mean and standard deviation; constant where the deviation is
    /// 0.
    pub fn gamma(mean: f64, sd: f64) -> Self {
        if sd == 0.0 || mean == 0.0 {
            return Self::Constant(mean);
        }
        let shape = mean / sd * (mean / sd);
        let scale = mean / shape;
        // So narrow or wide that floats cannot tell.
        if !shape.is_normal() || !scale.is_normal() {
            return Self::Constant(mean);
        }
        Self::Gamma { shape, scale }
    }

    /// The uniform distribution of this mean and standard deviation, `None` where it would reach
    /// below 0.
    pub fn uniform(mean: f64, sd: f64) -> Option<Self> {
        let half = sd * 3.0_f64.sqrt();
        (half <= mean).then_some(Self::Uniform {
            low: mean - half,
            high: mean + half,
        })
    }

    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential(mean) => *mean,
            Self::Gamma { shape, scale } => shape * scale,
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Self::Uniform { low, high } => f64::midpoint(*low, *high),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// Whether every draw is the same.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Constant(_) => true,
            Self::Exponential(mean) => *mean == 0.0,
            // A mean and a deviation of 0 make a constant of these.
            Self::Lognormal { .. } | Self::Gamma { .. } => false,
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => low == high,
            Self::Empirical(values) => values.iter().all(|value| *value == values[0]),
        }
    }

    /// A draw that [`Self::finish`] has still to make what it is: many are finished together in
    /// less time than one by one.
    #[inline]
    pub fn begin(&self, rng: &mut impl Rng) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Gamma { shape, scale } => scale * gamma(*shape, rng),
            _ => uniform(rng),
        }
    }

    /// Finishes draws that were begun: by inversion, each puts a quantile in place of a share.
    pub fn finish(&self, draws: &mut [f64]) {
        match self {
            Self::Constant(_) | Self::Gamma { .. } => {}
            Self::Lognormal { mu, sigma } => {
                normal::normal_quantiles(draws);
                for draw in &mut *draws {
                    *draw = mu + sigma * *draw;
                }
                exponential::exponentials(draws);
            }
            Self::Exponential(mean) => each(draws, |share| -mean * libm::log(share)),
            Self::Uniform { low, high } => each(draws, |share| low + (high - low) * share),
            Self::Triangular { low, mode, high } => each(draws, |share| {
                let width = high - low;
                if share * width < mode - low {
                    low + (share * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - share) * width * (high - mode)).sqrt()
                }
            }),
            Self::Empirical(values) => each(draws, |share| {
                // The share is below 1, and its product with the length may still be rounded up.
                values[((share * values.len() as f64) as usize).min(values.len() - 1)]
            }),
        }
    }

    /// One draw.
    #[inline]
    pub fn draw(&self, rng: &mut impl Rng) -> f64 {
        let mut draw = [self.begin(rng)];
        self.finish(&mut draw);
        draw[0]
    }
}

fn each(draws: &mut [f64], quantile: impl Fn(f64) -> f64) {
    for draw in draws {
        *draw = quantile(*draw);
    }
}

/// A number between 0 and 1, neither of them: the middle of one of 2⁵² equal parts.
#[inline]
pub fn uniform(rng: &mut impl Rng) -> f64 {
    let from_1_to_2 = f64::from_bits(rng.next_u64() >> 12 | 1.0_f64.to_bits());
    from_1_to_2 - (1.0 - f64::EPSILON / 2.0)
}

/// A draw from the exponential distribution of mean 1.
#[inline]
pub fn standard_exponential(rng: &mut impl Rng) -> f64 {
    -libm::log(uniform(rng))
}

/// A draw from the gamma distribution of scale 1, by the rejection of Marsaglia and Tsang (2000).
fn gamma(shape: f64, rng: &mut impl Rng) -> f64 {
    if shape < 1.0 {
        return gamma(shape + 1.0, rng) * libm::pow(uniform(rng), 1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let normal = normal_quantile(uniform(rng));
        let share = uniform(rng);
        let root = 1.0 + c * normal;
        let v = root * root * root;
        if v > 0.0 && libm::log(share) < normal * normal / 2.0 + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Mean and standard deviation of 200,000 draws.
    fn drawn(distribution: &Distribution) -> [f64; 2] {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let draws: Vec<f64> = (0..200_000).map(|_| distribution.draw(&mut rng)).collect();
        assert!(draws.iter().all(|draw| *draw >= 0.0));
        let mean = draws.iter().sum::<f64>() / 200_000.0;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 199_999.0;
        [mean, variance.sqrt()]
    }

    /// The standard error of a mean is at most 80 / √200,000 = 0.18; that of a standard deviation
    /// some 1 % where the fourth moment is large.
    #[test]
    fn draws_have_the_stated_mean_and_deviation() {
        let triangular = Distribution::Triangular {
            low: 30.0,
            mode: 60.0,
            high: 120.0,
        };
        for (distribution, mean, sd) in [
            (Distribution::lognormal(60.0, 20.0), 60.0, 20.0),
            (Distribution::gamma(60.0, 40.0), 60.0, 40.0),
            // Of a shape below 1.
            (Distribution::gamma(60.0, 80.0), 60.0, 80.0),
            (Distribution::Exponential(60.0), 60.0, 60.0),
            (Distribution::uniform(60.0, 20.0).unwrap(), 60.0, 20.0),
            // (a + b + c) / 3; √((a² + b² + c² − ab − ac − bc) / 18)
            (triangular, 70.0, 18.708),
            (Distribution::Empirical([40.0, 80.0].into()), 60.0, 20.0),
        ] {
            assert!(
                (distribution.mean() - mean).abs() < 1e-9,
                "{distribution:?}"
            );
            let [got_mean, got_sd] = drawn(&distribution);
            assert!(
                (got_mean - mean).abs() < 0.6,
                "{distribution:?}: {got_mean}"
            );
            assert!(
                (got_sd - sd).abs() < 0.02 * sd,
                "{distribution:?}: {got_sd}"
            );
        }
    }

    #[test]
    fn draws_that_are_finished_together_are_those_of_one_by_one() {
        for distribution in [
            Distribution::lognormal(60.0, 20.0),
            Distribution::gamma(60.0, 40.0),
        ] {
            let mut rng = ChaCha8Rng::seed_from_u64(1);
            let one_by_one: Vec<f64> = (0..100).map(|_| distribution.draw(&mut rng)).collect();
            let mut rng = ChaCha8Rng::seed_from_u64(1);
            let mut together: Vec<f64> = (0..100).map(|_| distribution.begin(&mut rng)).collect();
            distribution.finish(&mut together);
            for (one, other) in one_by_one.iter().zip(together) {
                assert!((one - other).abs() <= 4.0 * f64::EPSILON * one);
            }
        }
    }

    /// Of bits that are all 0 or all 1, too: their logarithms are finite.
    #[test]
    fn a_share_is_never_0_or_1() {
        struct Always(u64);
        impl rand::TryRng for Always {
            type Error = std::convert::Infallible;
            fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
                Ok(self.0 as u32)
            }
            fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
                Ok(self.0)
            }
            fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
                bytes.fill(self.0 as u8);
                Ok(())
            }
        }
        let [least, most] = [0, u64::MAX].map(|bits| uniform(&mut Always(bits)));
        assert!(least > 0.0 && most < 1.0);
        assert_eq!(least, 1.0 - most);
    }

    #[test]
    fn without_deviation_every_draw_is_the_mean() {
        for constant in [
            Distribution::lognormal(60.0, 0.0),
            Distribution::gamma(60.0, 0.0),
        ] {
            assert_eq!(constant, Distribution::Constant(60.0));
        }
        assert_eq!(
            Distribution::lognormal(0.0, 0.0),
            Distribution::Constant(0.0)
        );
        assert_eq!(Distribution::uniform(10.0, 6.0), None);
    }
}
