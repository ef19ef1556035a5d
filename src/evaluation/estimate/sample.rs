//! What the sections of the replications add to a figure, and how much they vary.

use serde::{Deserialize, Serialize};

use crate::distribution::special::{incomplete_beta, normal_quantile, students_t_quantile};
use crate::simulation::model::Chance;

/// A figure as the sum of `sums` over that of `counts`: one entry a section, those of the first
/// replication first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Sections of a replication. Those of one place in the horizon make a stratum: they are held
    /// against each other, so that no season counts as chance.
    pub strata: usize,
    /// The upper part.
    pub sums: Vec<f64>,
    /// The lower part.
    pub counts: Vec<f64>,
    /// In what replications differ.
    pub chance: Chance,
}

impl Sample {
    /// All that was counted.
    pub fn count(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// The figure; `None` where nothing was counted.
    pub fn value(&self) -> Option<f64> {
        let count = self.count();
        (count > 0.0).then(|| self.sums.iter().sum::<f64>() / count)
    }

    /// Of the first replications alone.
    pub fn first(&self, replications: usize) -> Self {
        let sections = (replications * self.strata.max(1)).min(self.sums.len());
        Self {
            sums: self.sums[..sections].to_vec(),
            counts: self.counts[..sections].to_vec(),
            ..*self
        }
    }

    /// Adds replications that come after these.
    pub fn extend(&mut self, later: Self) {
        self.sums.extend(later.sums);
        self.counts.extend(later.counts);
    }

    /// In how many sections two samples of the same incidents differ.
    pub(super) fn differing(&self, other: &Self) -> usize {
        let of = |sample: &Self, index: usize| (sample.sums[index], sample.counts[index]);
        let sections = 0..self.sums.len().min(other.sums.len());
        sections
            .filter(|index| of(self, *index) != of(other, *index))
            .count()
    }

    /// So many sections tell how a figure varies: [`FEWEST`], or all there are. Where calls are listed, a place in the
    /// horizon that has nothing `of` them in any replication can have none.
    pub(super) fn fewest(&self, of: &[f64]) -> usize {
        let sections = match self.chance {
            Chance::Calls => of.len(),
            Chance::Stages | Chance::Nothing => {
                let strata = self.strata.max(1);
                let has_any = |stratum: &usize| {
                    let mut sections = of.iter().skip(*stratum).step_by(strata);
                    sections.any(|of| *of > 0.0)
                };
                (0..strata).filter(has_any).count() * (of.len() / strata)
            }
        };
        FEWEST.min(sections)
    }

    /// The sections in which anything was counted.
    pub fn filled(&self) -> usize {
        self.counts.iter().filter(|count| **count > 0.0).count()
    }

    /// What each section adds to the error of the figure: the residuals of a ratio estimator (Cochran,
    /// Sampling Techniques, 1977, section 6.4).
    pub(super) fn residuals(&self) -> Residuals {
        Residuals {
            strata: self.strata.max(1),
            of: self.residuals_about(self.value().unwrap_or(0.0)),
        }
    }

    /// The same where the figure is known from elsewhere.
    pub fn residuals_about(&self, figure: f64) -> Vec<f64> {
        let count = Some(self.count()).filter(|count| *count > 0.0);
        let count = count.unwrap_or(1.0);
        let pairs = self.sums.iter().zip(&self.counts);
        pairs.map(|(sum, of)| (sum - figure * of) / count).collect()
    }
}

/// What each section adds to the error of a figure.
pub(super) struct Residuals {
    strata: usize,
    of: Vec<f64>,
}

/// The variance of a figure, and with how many degrees of freedom it is known: 0 for one replication alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Variance {
    pub(super) value: f64,
    pub(super) degrees: f64,
}

/// Where replications vary by more than their sections do with so small a probability, sections hang together.
const UNLIKELY: f64 = 0.2;

impl Residuals {
    /// The variance of the figure, that between replications stratum by stratum (Cochran 1977, section
    /// 5.4). Where queues last from one section into the next, replications vary by more than that (Fisher's F
    /// test), and they alone count.
    pub(super) fn variance(&self) -> Variance {
        let sections = self.by_stratum();
        if self.strata == 1 {
            return sections;
        }
        let whole = self.of.chunks(self.strata).map(|of| of.iter().sum());
        let replications = Self {
            strata: 1,
            of: whole.collect(),
        };
        let replications = replications.by_stratum();
        let [few, many] = [&replications, &sections].map(|of| of.degrees);
        let ratio = replications.value / sections.value;
        let share = many / (many + few * ratio);
        let by_chance = incomplete_beta(share, many / 2.0, few / 2.0);
        match by_chance < UNLIKELY {
            true => replications,
            false => sections,
        }
    }

    /// Where one stratum varies far more than others, it alone tells how much: the degrees of freedom are those of
    /// Satterthwaite (Cochran 1977, section 5.4), freed of their bias (Welch 1947), so that strata that vary alike
    /// have all of theirs.
    fn by_stratum(&self) -> Variance {
        let count = self.of.len() / self.strata;
        let replications = count as f64;
        let of_stratum = |stratum: usize| {
            let residuals = || self.of.iter().skip(stratum).step_by(self.strata);
            let mean = residuals().sum::<f64>() / replications;
            residuals().map(|of| (of - mean) * (of - mean)).sum::<f64>()
        };
        let [mut sum, mut of_squares] = [0.0; 2];
        for squares in (0..self.strata).map(of_stratum) {
            sum += squares;
            of_squares += squares * squares;
        }
        let of_one = count.saturating_sub(1) as f64;
        let of_all = self.strata as f64 * of_one;
        let degrees = (of_one + 2.0) * sum * sum / of_squares - 2.0;
        Variance {
            value: sum * replications / (replications - 1.0),
            degrees: match of_squares > 0.0 {
                true => degrees.clamp(of_one, of_all),
                false => of_all,
            },
        }
    }

    /// The residuals of a figure less another that faced the same incidents.
    pub(super) fn less(&self, other: &Self, [scale, of_other]: [f64; 2]) -> Self {
        let pairs = self.of.iter().zip(&other.of);
        Self {
            strata: self.strata,
            of: pairs.map(|(a, b)| a * scale - b * of_other).collect(),
        }
    }
}

/// The sum of `sums` over that of `counts`, and its standard error over the replications, which is
/// no number for fewer than two; `None` when the counts are all zero.
pub fn ratio(sums: &[f64], counts: &[f64]) -> Option<(f64, f64)> {
    let sample = Sample {
        strata: 1,
        sums: sums.to_vec(),
        counts: counts.to_vec(),
        ..Sample::default()
    };
    Some((sample.value()?, sample.residuals().variance().value.sqrt()))
}

/// Seconds that come of rounding alone.
pub(super) const NOISE: f64 = 1e-9;

/// Fewer sections than this in which anything happens tell nothing of how it varies: of calls that come one by
/// one, intervals of some ten hold the truth in nine cases of ten (`benches/intervals`).
pub(super) const FEWEST: usize = 15;
/// What may be ten times as much or a tenth is not known.
pub(super) const WIDEST: f64 = 10.0;

/// The share of an interval's both sides that lies beyond it.
pub(super) const BEYOND: f64 = 0.025;

/// So many standard errors an interval reaches to each side; `None` without a degree of freedom.
pub(super) fn reach(degrees: f64) -> Option<f64> {
    (degrees >= 1.0).then(|| students_t_quantile(1.0 - BEYOND, degrees))
}

/// What was not seen adds so much to the variance of a difference: one more incident that the one has `worth`
/// more of, and one the other way round (Bonett and Price 2012, who add them to shares). None seen is not that
/// there are none.
pub(super) fn unseen(sample: &Sample, less: &Sample, worth: f64) -> f64 {
    let count = sample.count().min(less.count()).max(1.0);
    2.0 * (worth / count) * (worth / count)
}

/// How many incidents that have nothing to do with each other tell as much as the `count` there are, where
/// a share of variance `variance` is known with so many degrees of freedom: never more than there are (Korn
/// and Graubard 1998).
pub(super) fn effective_count(count: f64, share: f64, variance: Variance) -> Option<f64> {
    let loss = normal_quantile(1.0 - BEYOND) / reach(variance.degrees)?;
    let alone = share * (1.0 - share) / variance.value;
    Some(match alone.is_finite() && variance.value > 0.0 {
        true => (alone * loss * loss).min(count),
        // None of them differs from the others.
        false => count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables: 12.706 for 1 degree of freedom, 2.262 for 9, 1.984 for 99.
    #[test]
    fn an_interval_reaches_as_far_as_the_tables_say() {
        for (degrees, expected) in [(1.0, 12.706), (9.0, 2.262), (99.0, 1.984)] {
            let t = reach(degrees).unwrap();
            assert!((t - expected).abs() < 5e-4, "{degrees}: {t}");
        }
        assert_eq!(reach(0.0), None);
    }

    /// Two replications in a quiet and a busy half: the halves differ by 20, the replications by 0 and by 2.
    /// The variance of a stratum's sum is 2 × (1² + 1²) = 4; divided by the 4 that were counted, the standard
    /// error is a half.
    #[test]
    fn a_season_is_no_chance() {
        let sample = Sample {
            strata: 2,
            sums: vec![10.0, 29.0, 10.0, 31.0],
            counts: vec![1.0; 4],
            ..Sample::default()
        };
        let residuals = sample.residuals();
        let variance = residuals.variance();
        // The first half never varies, and the second has one degree of freedom.
        assert_eq!(variance.degrees, 1.0);
        assert!((variance.value - 0.25).abs() < 1e-12);
        // Without the halves it is all chance: squares of 20 and 9² + 11² over 3.
        let mixed = Sample {
            strata: 1,
            ..sample
        };
        let error = ratio(&mixed.sums, &mixed.counts).unwrap().1;
        assert!((error * error - 4.0 / 3.0 * 402.0 / 16.0).abs() < 1e-9);
    }

    /// Strata that vary alike have all degrees of freedom, and beside one that varies ten times as far the others have
    /// next to none: squares of 800 beside two of 8 are (4 + 2) × 816² / (800² + 2 × 8²) − 2 = 4.24.
    #[test]
    fn a_stratum_that_varies_most_counts_alone() {
        let degrees = |factors: [f64; 3]| {
            let around = [-2.0, 0.0, 2.0, 0.0, 0.0];
            let sums = around
                .iter()
                .flat_map(|of| factors.map(|factor| factor * of));
            let sample = Sample {
                strata: 3,
                sums: sums.collect(),
                counts: vec![1.0; 15],
                ..Sample::default()
            };
            sample.residuals().by_stratum().degrees
        };
        assert!((degrees([1.0; 3]) - 12.0).abs() < 1e-9);
        assert!((degrees([10.0, 1.0, 1.0]) - 4.2416).abs() < 1e-3);
    }

    /// Ten replications whose four sections are all high or all low: of 40 sections the variance is as that of 10
    /// replications, but the figure varies four times as much.
    #[test]
    fn sections_that_hang_together_are_no_replications() {
        let sums = (0..40).map(|section| f64::from(section / 4 % 2));
        let sample = Sample {
            strata: 4,
            sums: sums.collect(),
            counts: vec![1.0; 40],
            ..Sample::default()
        };
        let variance = sample.residuals().variance();
        assert_eq!(variance.degrees, 9.0);
        // Each replication is off by 4 / 2 of 40.
        assert!((variance.value - 10.0 / 9.0 * 10.0 * 0.05 * 0.05).abs() < 1e-12);
    }

    /// A town without incidents in a year counts by its other years.
    #[test]
    fn what_was_not_counted_has_no_figure() {
        assert_eq!(ratio(&[0.0, 30.0], &[0.0, 3.0]).unwrap().0, 10.0);
        assert_eq!(ratio(&[0.0], &[0.0]), None);
    }
}
