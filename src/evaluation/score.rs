//! What the simulation says of an alternative where it is ranked: its figure and the calls it loses, replication by
//! replication. For a mean or a share a hundredth of an [`Outcome`], so that there is room for thousands of alternatives;
//! for a percentile all times of the county besides.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::evaluation::estimate::{Estimate, Sample};
use crate::evaluation::metric::Metric;
use crate::evaluation::observed::Observed;
use crate::evaluation::unobserved_towns::UnobservedTowns;
use crate::simulation::model::Chance;
use crate::simulation::outcome::Outcome;

/// By what alternatives are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankedBy {
    /// The share of calls that are lost, which comes first.
    Lost,
    /// The figure that was asked for.
    Figure,
}

/// What ranks an alternative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Replications, or batches of the only one.
    pub replications: usize,
    /// In what replications differ.
    pub chance: Chance,
    /// In the order of [`RankedBy`].
    figures: [Scored; 2],
    unobserved: UnobservedTowns,
}

/// One figure of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Scored {
    observed: Option<Observed<'static>>,
    /// The same by whole replications, where it is by sections.
    whole: Option<Sample>,
}

impl Scored {
    fn of(metric: Metric, outcome: &Outcome) -> Self {
        let observed = metric.observe(outcome, 0, outcome.tallies.len());
        // A percentile counts what is below: of the replications it is their own percentiles.
        let is_whole = outcome.strata() == 1 && !metric.is_percentile();
        Self {
            observed: observed.map(Observed::into_owned),
            whole: (!is_whole).then(|| metric.by_replication(outcome, 0)),
        }
    }

    fn extend(&mut self, later: Self) {
        use Observed::{Mean, Share};
        match (&mut self.observed, later.observed) {
            (Some(Mean(sample)), Some(Mean(later))) | (Some(Share(sample)), Some(Share(later))) => {
                sample.extend(later);
            }
            // No percentile is a sum.
            _ => self.observed = None,
        }
        match (&mut self.whole, later.whole) {
            (Some(sample), Some(later)) => sample.extend(later),
            _ => self.whole = None,
        }
    }

    /// What the first replications say of it; a percentile is of all or of none.
    fn first(&self, replications: usize, all: usize) -> Option<Cow<'_, Observed<'static>>> {
        let observed = self.observed.as_ref()?;
        if replications == all {
            return Some(Cow::Borrowed(observed));
        }
        match observed {
            Observed::Mean(sample) => Some(Observed::Mean(sample.first(replications))),
            Observed::Share(sample) => Some(Observed::Share(sample.first(replications))),
            Observed::Percentile(_) => None,
        }
        .map(Cow::Owned)
    }
}

impl Score {
    /// What an outcome comes to, ranked by a metric.
    pub fn of(metric: Metric, outcome: &Outcome) -> Self {
        Self {
            replications: outcome.tallies.len(),
            chance: outcome.chance,
            figures: [Metric::Lost, metric].map(|metric| Scored::of(metric, outcome)),
            unobserved: match metric {
                Metric::MeanResponse => UnobservedTowns::of(outcome),
                _ => UnobservedTowns::default(),
            },
        }
    }

    /// Adds replications that come after these. A figure that is no sum of its replications is lost: a percentile.
    pub fn extend(&mut self, later: Self) {
        self.replications += later.replications;
        for (scored, later) in self.figures.iter_mut().zip(later.figures) {
            scored.extend(later);
        }
        self.unobserved.extend(&later.unobserved);
    }

    /// No more replications come, and all alternatives have had as many: what that makes needless goes.
    pub fn settle(&mut self) {
        self.unobserved.settle();
    }

    fn scored(&self, by: RankedBy) -> &Scored {
        &self.figures[by as usize]
    }

    /// The figure; `None` where nothing was counted.
    pub fn estimate(&self, by: RankedBy) -> Option<Estimate> {
        let observed = self.scored(by).observed.as_ref()?;
        let unobserved = match by {
            RankedBy::Lost => 0.0,
            RankedBy::Figure => self.unobserved.of_mean(observed.sample()),
        };
        observed.estimate(unobserved)
    }

    /// The figure less that of another, paired by the replications that both have had.
    pub fn difference(&self, by: RankedBy, other: &Self) -> Option<Estimate> {
        if std::ptr::eq(self, other) {
            return self.estimate(by).map(|_| Estimate::NO_DIFFERENCE);
        }
        let [observed, less] = self.paired(by, other)?;
        let unobserved = self.unobserved(by, other, [&observed, &less]);
        observed.difference(&less, unobserved)
    }

    /// What was not seen adds so much to the variance of a difference.
    pub fn unseen(&self, by: RankedBy, other: &Self) -> f64 {
        let Some([observed, less]) = self.paired(by, other) else {
            return 0.0;
        };
        observed.unseen(&less, self.unobserved(by, other, [&observed, &less]))
    }

    /// What towns from which no call came add to the variance of a difference of means; nothing is expected of
    /// other means than that of the response.
    pub fn of_unobserved_towns(&self, by: RankedBy, other: &Self) -> f64 {
        self.paired(by, other).map_or(0.0, |[observed, less]| {
            self.unobserved(by, other, [&observed, &less])
        })
    }

    fn unobserved(&self, by: RankedBy, other: &Self, observed: [&Observed<'_>; 2]) -> f64 {
        match by {
            RankedBy::Lost => 0.0,
            RankedBy::Figure => {
                (self.unobserved).of_difference(&other.unobserved, observed.map(Observed::sample))
            }
        }
    }

    /// Both over the replications that both have had.
    fn paired<'s>(
        &'s self,
        by: RankedBy,
        other: &'s Self,
    ) -> Option<[Cow<'s, Observed<'static>>; 2]> {
        let first = self.replications.min(other.replications);
        let of = |score: &'s Self| score.scored(by).first(first, score.replications);
        Some([of(self)?, of(other)?])
    }

    /// What each replication adds to the figure.
    pub fn by_replication(&self, by: RankedBy) -> Cow<'_, Sample> {
        let Scored { observed, whole } = self.scored(by);
        match (whole, observed) {
            (Some(whole), _) => Cow::Borrowed(whole),
            (None, Some(observed)) => Cow::Borrowed(observed.sample()),
            (None, None) => Cow::default(),
        }
    }

    /// Whether in no replication that both have had it loses fewer calls than another.
    pub fn never_loses_fewer_than(&self, other: &Self) -> bool {
        let [lost, of_other] = [self, other].map(|of| of.by_replication(RankedBy::Lost));
        (lost.sums.iter().zip(&of_other.sums)).all(|(lost, of_other)| lost >= of_other)
    }
}
