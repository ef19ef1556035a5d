//! The figures by which alternatives are judged.

use std::borrow::Cow;

use crate::evaluation::estimate::{Estimate, Ranked, Sample};
use crate::evaluation::observed::Observed;
use crate::evaluation::unobserved_towns::UnobservedTowns;
use crate::scenario::standards::Standard;
use crate::simulation::histogram::{Histogram, Series};
use crate::simulation::outcome::Outcome;
use crate::simulation::replication_tally::{AreaTally, ReplicationTally};

/// A figure of an alternative in an area. Times are in seconds, shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Mean response time.
    MeanResponse,
    /// Median response time.
    MedianResponse,
    /// 90th percentile of the response time.
    P90Response,
    /// Share of the incidents that standards count within one, by its index in the scenario.
    Within(usize),
    /// Mean full-assignment time, of incidents that had all engines.
    MeanFullAssignment,
    /// 90th percentile of the full-assignment time.
    P90FullAssignment,
    /// Share of all incidents that waited for an engine.
    Waited,
    /// Share of all incidents that no engine answered.
    Lost,
    /// Share of all incidents to which a neighbour sent engines.
    Aided,
    /// Share of all incidents that had fewer engines than they need.
    ShortHanded,
    /// Mean first-water time of fires.
    MeanFirstWater,
    /// 90th percentile of the first-water time.
    P90FirstWater,
    /// Mean first-water time of fires if there were no hydrants in the county.
    MeanFirstWaterWithoutHydrants,
    /// 90th percentile of that.
    P90FirstWaterWithoutHydrants,
    /// Share of fires that have a hydrant within reach.
    AtHydrant,
}

/// How a figure is computed: as a ratio of sums, or as a percentile.
#[derive(Clone, Copy)]
enum Formula {
    Mean(fn(&AreaTally) -> f64),
    Share(fn(&AreaTally) -> u32),
    Within(usize),
    Percentile {
        of: Series,
        q: f64,
        section: fn(&AreaTally) -> u32,
    },
}

impl Metric {
    /// The metric of a name on the command line: `mean`, `median`, `p90`, `full-mean`, `full-p90`
    /// or the id of a standard.
    ///
    /// # Errors
    /// The names that would have been right.
    pub fn named(name: &str, standards: &[Standard]) -> Result<Self, String> {
        let fixed = [
            ("mean", Self::MeanResponse),
            ("median", Self::MedianResponse),
            ("p90", Self::P90Response),
            ("full-mean", Self::MeanFullAssignment),
            ("full-p90", Self::P90FullAssignment),
        ];
        if let Some((_, metric)) = fixed.iter().find(|(known, _)| *known == name) {
            return Ok(*metric);
        }
        if let Some(standard) = standards.iter().position(|standard| standard.id == name) {
            return Ok(Self::Within(standard));
        }
        let known: Vec<&str> = fixed
            .iter()
            .map(|(known, _)| *known)
            .chain(standards.iter().map(|standard| standard.id.as_str()))
            .collect();
        Err(format!(
            "`{name}` is no figure to rank by; there are {}",
            known.join(", ")
        ))
    }

    /// Its name in files; [`Metric::named`] finds those by which alternatives can be ranked.
    pub fn name(self, standards: &[Standard]) -> &str {
        match self {
            Self::MeanResponse => "mean",
            Self::MedianResponse => "median",
            Self::P90Response => "p90",
            Self::MeanFullAssignment => "full-mean",
            Self::P90FullAssignment => "full-p90",
            Self::Waited => "waited",
            Self::Lost => "lost",
            Self::Aided => "aided",
            Self::ShortHanded => "short-handed",
            Self::MeanFirstWater => "water-mean",
            Self::P90FirstWater => "water-p90",
            Self::MeanFirstWaterWithoutHydrants => "water-mean-without-hydrants",
            Self::P90FirstWaterWithoutHydrants => "water-p90-without-hydrants",
            Self::AtHydrant => "at-hydrant",
            Self::Within(standard) => &standards[standard].id,
        }
    }

    /// Whether it is a percentile: not a mean over replications.
    pub fn is_percentile(self) -> bool {
        matches!(self.formula(), Formula::Percentile { .. })
    }

    /// Whether more is better.
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::Within(_))
    }

    fn formula(self) -> Formula {
        let p90 = |of, section| Formula::Percentile {
            of,
            q: 0.9,
            section,
        };
        match self {
            Self::MeanResponse => Formula::Mean(|area| area.response_sum as f64 / 1000.0),
            Self::MeanFullAssignment => Formula::Mean(|area| area.full_sum as f64 / 1000.0),
            Self::Waited => Formula::Share(|area| area.waited),
            Self::Lost => Formula::Share(|area| area.lost),
            Self::Aided => Formula::Share(|area| area.aided),
            Self::ShortHanded => Formula::Share(|area| area.short_handed),
            Self::Within(standard) => Formula::Within(standard),
            Self::MedianResponse => Formula::Percentile {
                of: Series::Response,
                q: 0.5,
                section: |area| area.response_median,
            },
            Self::P90Response => p90(Series::Response, |area| area.response_p90),
            Self::P90FullAssignment => p90(Series::FullAssignment, |area| area.full_p90),
            Self::MeanFirstWater => Formula::Mean(|area| area.first_water_sum as f64 / 1000.0),
            Self::MeanFirstWaterWithoutHydrants => {
                Formula::Mean(|area| area.first_water_without_hydrants_sum as f64 / 1000.0)
            }
            Self::AtHydrant => Formula::Share(|area| area.fires_at_hydrant),
            Self::P90FirstWater => p90(Series::FirstWater, |area| area.first_water_p90),
            Self::P90FirstWaterWithoutHydrants => p90(Series::FirstWaterWithoutHydrants, |area| {
                area.first_water_without_hydrants_p90
            }),
        }
    }

    /// The figure of an area: 0 is the county, the others are the towns. `None` when the area had
    /// no incidents.
    pub fn estimate(self, outcome: &Outcome, area: usize) -> Option<Estimate> {
        let observed = self.observe(outcome, area, outcome.tallies.len())?;
        let unobserved = match self {
            Self::MeanResponse if area == 0 => {
                UnobservedTowns::of(outcome).of_mean(observed.sample())
            }
            _ => 0.0,
        };
        observed.estimate(unobserved)
    }

    /// The county's figure of `outcome` less that of `other`, paired by replication: both faced the same
    /// incidents. Of unequal replications those that both have had are paired.
    pub fn difference(self, outcome: &Outcome, other: &Outcome) -> Option<Estimate> {
        if std::ptr::eq(outcome, other) {
            let figure = self.estimate(outcome, 0);
            return figure.map(|_| Estimate::NO_DIFFERENCE);
        }
        let paired = outcome.tallies.len().min(other.tallies.len());
        let [observed, less] = [outcome, other].map(|of| self.observe(of, 0, paired));
        let (observed, less) = (observed?, less?);
        let unobserved = match self {
            Self::MeanResponse => {
                let [towns, others] = [outcome, other].map(UnobservedTowns::of);
                towns.of_difference(&others, [observed.sample(), less.sample()])
            }
            _ => 0.0,
        };
        observed.difference(&less, unobserved)
    }

    /// What the first replications say of the figure of an area; `None` where a percentile is of no incident.
    pub fn observe(
        self,
        outcome: &Outcome,
        area: usize,
        replications: usize,
    ) -> Option<Observed<'_>> {
        let sample = || self.sample(outcome, area, replications);
        Some(match self.formula() {
            Formula::Mean(_) => Observed::Mean(sample()),
            Formula::Share(_) | Formula::Within(_) => Observed::Share(sample()),
            Formula::Percentile { of, q, .. } => {
                let pooled = match replications == outcome.tallies.len() {
                    true => &outcome.times(of)[area],
                    false => outcome.first_times(of, replications)?,
                };
                Observed::Percentile(ranked(outcome, area, pooled, (of, q), replications)?)
            }
        })
    }

    /// What each section of the first replications adds to a mean or a share.
    fn sample(self, outcome: &Outcome, area: usize, replications: usize) -> Sample {
        let strata = outcome.strata();
        let areas = || {
            let sections = outcome.sections().take(replications * strata);
            sections.map(|section| &section.areas[area])
        };
        Sample {
            strata,
            sums: areas().map(|area| self.of_area(area)).collect(),
            counts: areas()
                .map(|area| f64::from(self.of_how_many(area)))
                .collect(),
            chance: outcome.chance,
        }
    }

    /// What each replication adds to the figure of an area.
    pub fn by_replication(self, outcome: &Outcome, area: usize) -> Sample {
        let areas = || outcome.tallies.iter().map(|tally| &tally.areas[area]);
        let counts = areas().map(|area| self.of_how_many(area));
        // A percentile counts once, however many incidents it is of.
        let most = match self.formula() {
            Formula::Percentile { .. } => 1,
            _ => u32::MAX,
        };
        Sample {
            strata: 1,
            sums: areas().map(|area| self.of_area(area)).collect(),
            counts: counts.map(|count| f64::from(count.min(most))).collect(),
            chance: outcome.chance,
        }
    }

    /// What counts of the incidents of an area: their sum, or their percentile.
    fn of_area(self, area: &AreaTally) -> f64 {
        match self.formula() {
            Formula::Mean(sum) => sum(area),
            Formula::Share(count) => f64::from(count(area)),
            Formula::Within(standard) => f64::from(area.within[standard]),
            Formula::Percentile { section, .. } => f64::from(section(area)),
        }
    }

    /// The incidents of an area that the figure is about: a share is one of all, but within a standard of those
    /// that standards count; and what is lost has no time.
    fn of_how_many(self, area: &AreaTally) -> u32 {
        match self {
            Self::MeanFirstWater
            | Self::P90FirstWater
            | Self::MeanFirstWaterWithoutHydrants
            | Self::P90FirstWaterWithoutHydrants
            | Self::AtHydrant => area.fires,
            Self::Within(_) => area.in_standards,
            Self::Waited | Self::Lost | Self::Aided | Self::ShortHanded => area.incidents,
            Self::MeanResponse | Self::MedianResponse | Self::P90Response => area.answered(),
            Self::MeanFullAssignment | Self::P90FullAssignment => {
                area.answered() - area.short_handed
            }
        }
    }
}

/// The times of an area over the first replications, of which a share `q` is below a percentile, and how many of
/// each section are; `None` without any.
fn ranked<'o>(
    outcome: &'o Outcome,
    area: usize,
    pooled: &'o Histogram,
    (series, q): (Series, f64),
    replications: usize,
) -> Option<Ranked<'o>> {
    let percentile = pooled.percentile(q)?;
    // Of those in its step, so many are at or below.
    let step = pooled.share_of_step(percentile);
    let strata = outcome.strata();
    let times = || {
        let sections = outcome.sections().take(replications * strata);
        sections.map(|section: &ReplicationTally| &section.coarse(series)[area])
    };
    let mut unknown = 0.0;
    let sums = times().map(|times| {
        let [before, within] = times.around(percentile).map(f64::from);
        unknown += within * step * (1.0 - step);
        before + within * step
    });
    let sums = sums.collect();
    let counts: Vec<f64> = times().map(|times| f64::from(times.total())).collect();
    let all: f64 = counts.iter().sum();
    Some(Ranked {
        q,
        pooled: Cow::Borrowed(pooled),
        below: Sample {
            strata,
            sums,
            counts,
            chance: outcome.chance,
        },
        unknown: unknown / (all * all).max(1.0),
    })
}
