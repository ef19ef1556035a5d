//! What a simulation says of one figure of an area, section by section: enough for its estimate, and for how far it
//! is from that of another alternative.

use serde::{Deserialize, Serialize};

use crate::evaluation::estimate::{self, Estimate, Ranked, Sample};
use crate::simulation::model::Chance;

/// A figure by how it is computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Observed<'o> {
    /// The mean of times.
    Mean(Sample),
    /// A share of incidents.
    Share(Sample),
    /// A percentile of times.
    Percentile(Ranked<'o>),
}

impl Observed<'_> {
    /// The figure; `unobserved` is what towns from which no call came add to the variance of a mean.
    pub fn estimate(&self, unobserved: f64) -> Option<Estimate> {
        match self {
            Self::Mean(sample) => estimate::mean(sample, unobserved),
            Self::Share(sample) => estimate::share(sample),
            Self::Percentile(ranked) => estimate::percentile(ranked),
        }
    }

    /// The figure less another of the same kind, over the same incidents.
    pub fn difference(&self, less: &Observed<'_>, unobserved: f64) -> Option<Estimate> {
        match (self, less) {
            (Self::Mean(sample), Observed::Mean(less)) => {
                estimate::mean_difference(sample, less, unobserved)
            }
            (Self::Share(sample), Observed::Share(less)) => {
                estimate::share_difference(sample, less)
            }
            (Self::Percentile(ranked), Observed::Percentile(less)) => {
                estimate::percentile_difference(ranked, less)
            }
            _ => None,
        }
    }

    /// What was not seen adds so much to the variance of a difference; of percentiles that is in the ranks.
    pub fn unseen(&self, less: &Observed<'_>, unobserved: f64) -> f64 {
        match (self, less) {
            _ if self.sample().chance == Chance::Nothing => 0.0,
            (Self::Mean(sample), Observed::Mean(less)) => {
                estimate::unseen_mean(sample, less) + unobserved
            }
            (Self::Share(sample), Observed::Share(less)) => estimate::unseen_share(sample, less),
            _ => 0.0,
        }
    }

    /// What each section adds to it; of a percentile, how many are below.
    pub fn sample(&self) -> &Sample {
        match self {
            Self::Mean(sample) | Self::Share(sample) => sample,
            Self::Percentile(ranked) => &ranked.below,
        }
    }

    /// The same with what it borrows.
    pub fn into_owned(self) -> Observed<'static> {
        match self {
            Self::Mean(sample) => Observed::Mean(sample),
            Self::Share(sample) => Observed::Share(sample),
            Self::Percentile(ranked) => Observed::Percentile(ranked.into_owned()),
        }
    }
}
