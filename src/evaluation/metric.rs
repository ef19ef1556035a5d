//! The figures by which alternatives are judged.

use crate::evaluation::estimate::Estimate;
use crate::scenario::standards::Standard;
use crate::simulation::histogram::Series;
use crate::simulation::replication_tally::AreaTally;
use crate::simulation::replications::Outcome;

/// A figure of an alternative in an area. Times are in seconds, shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Mean response time.
    MeanResponse,
    /// Median response time.
    MedianResponse,
    /// 90th percentile of the response time.
    P90Response,
    /// Share of all incidents within a standard, by its index in the scenario.
    Within(usize),
    /// Mean full-assignment time.
    MeanFullAssignment,
    /// 90th percentile of the full-assignment time.
    P90FullAssignment,
    /// Share of all incidents that waited for an engine.
    Waited,
    /// Share of all incidents that no engine answered.
    Lost,
    /// Share of all incidents to which a neighbour sent engines.
    Aided,
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

/// A figure as the sum of `sums` over the sum of `counts`, one entry a replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// The upper part.
    pub sums: Vec<f64>,
    /// The lower part.
    pub counts: Vec<f64>,
}

/// How a figure is computed: as a ratio of sums, or as a percentile.
enum Formula {
    Ratio(fn(&AreaTally) -> f64),
    Share(usize),
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
            Self::MeanFirstWater => "water-mean",
            Self::P90FirstWater => "water-p90",
            Self::MeanFirstWaterWithoutHydrants => "water-mean-without-hydrants",
            Self::P90FirstWaterWithoutHydrants => "water-p90-without-hydrants",
            Self::AtHydrant => "at-hydrant",
            Self::Within(standard) => &standards[standard].id,
        }
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
            Self::MeanResponse => Formula::Ratio(|area| area.response_sum as f64 / 1000.0),
            Self::MeanFullAssignment => Formula::Ratio(|area| area.full_sum as f64 / 1000.0),
            Self::Waited => Formula::Ratio(|area| f64::from(area.waited)),
            Self::Lost => Formula::Ratio(|area| f64::from(area.lost)),
            Self::Aided => Formula::Ratio(|area| f64::from(area.aided)),
            Self::Within(standard) => Formula::Share(standard),
            Self::MedianResponse => Formula::Percentile {
                of: Series::Response,
                q: 0.5,
                section: |area| area.response_median,
            },
            Self::P90Response => p90(Series::Response, |area| area.response_p90),
            Self::P90FullAssignment => p90(Series::FullAssignment, |area| area.full_p90),
            Self::MeanFirstWater => Formula::Ratio(|area| area.first_water_sum as f64 / 1000.0),
            Self::MeanFirstWaterWithoutHydrants => {
                Formula::Ratio(|area| area.first_water_without_hydrants_sum as f64 / 1000.0)
            }
            Self::AtHydrant => Formula::Ratio(|area| f64::from(area.fires_at_hydrant)),
            Self::P90FirstWater => p90(Series::FirstWater, |area| area.first_water_p90),
            Self::P90FirstWaterWithoutHydrants => p90(Series::FirstWaterWithoutHydrants, |area| {
                area.first_water_without_hydrants_p90
            }),
        }
    }

    /// The figure of an area: 0 is the county, the others are the towns. `None` when the area had
    /// no incidents.
    pub fn estimate(self, outcome: &Outcome, area: usize) -> Option<Estimate> {
        self.combine(outcome, None, area)
    }

    /// The figure of `outcome` less that of `other`, paired by replication: both faced the same
    /// incidents.
    pub fn difference(self, outcome: &Outcome, other: &Outcome, area: usize) -> Option<Estimate> {
        self.combine(outcome, Some(other), area)
    }

    /// What each replication adds to the figure of an area.
    pub fn parts(self, outcome: &Outcome, area: usize) -> Parts {
        let areas = || outcome.tallies.iter().map(|tally| &tally.areas[area]);
        let counts = areas().map(|area| f64::from(self.of_how_many(area)));
        match self.formula() {
            Formula::Ratio(sum) => Parts {
                sums: areas().map(sum).collect(),
                counts: counts.collect(),
            },
            Formula::Share(standard) => Parts {
                sums: areas()
                    .map(|area| f64::from(area.within[standard]))
                    .collect(),
                counts: counts.collect(),
            },
            Formula::Percentile { section, .. } => Parts {
                sums: areas().map(|area| f64::from(section(area))).collect(),
                counts: counts.map(|count| f64::from(count > 0.0)).collect(),
            },
        }
    }

    /// The incidents of an area that the figure is about: a share is one of all, and what is lost has
    /// no time.
    fn of_how_many(self, area: &AreaTally) -> u32 {
        match self {
            Self::MeanFirstWater
            | Self::P90FirstWater
            | Self::MeanFirstWaterWithoutHydrants
            | Self::P90FirstWaterWithoutHydrants
            | Self::AtHydrant => area.fires,
            Self::Within(_) | Self::Waited | Self::Lost | Self::Aided => area.incidents,
            Self::MeanResponse
            | Self::MedianResponse
            | Self::P90Response
            | Self::MeanFullAssignment
            | Self::P90FullAssignment => area.answered(),
        }
    }

    fn combine(self, outcome: &Outcome, less: Option<&Outcome>, area: usize) -> Option<Estimate> {
        // Of alternatives with unequal replications those that both have had are paired.
        let had = |outcome: &Outcome| outcome.tallies.len();
        let paired = less.map_or(usize::MAX, had).min(had(outcome));
        let parts = |outcome: &Outcome| {
            let Parts {
                mut sums,
                mut counts,
            } = self.parts(outcome, area);
            sums.truncate(paired);
            counts.truncate(paired);
            Parts { sums, counts }
        };
        let of = parts(outcome);
        let less = less.map(|less| (less, parts(less)));
        let Formula::Percentile { of: series, q, .. } = self.formula() else {
            return match less {
                None => Estimate::of_ratio(&of.sums, &of.counts),
                Some((_, less)) => {
                    Estimate::of_difference([&of.sums, &of.counts], [&less.sums, &less.counts])
                }
            };
        };
        let pooled =
            |outcome: &Outcome| Some(f64::from(outcome.times(series)[area].percentile(q)?));
        let mut value = pooled(outcome)?;
        let mut sections: Vec<(f64, bool)> = of.pairs().collect();
        if let Some((less, parts)) = less {
            value -= pooled(less)?;
            for ((section, is_there), (other, other_is)) in sections.iter_mut().zip(parts.pairs()) {
                *section -= other;
                *is_there &= other_is;
            }
        }
        sections.retain(|(_, is_there)| *is_there);
        let sections: Vec<f64> = sections.into_iter().map(|(section, _)| section).collect();
        Some(Estimate::by_sections(value, &sections))
    }
}

impl Parts {
    /// Each figure with whether anything was counted.
    fn pairs(&self) -> impl Iterator<Item = (f64, bool)> {
        let pairs = self.sums.iter().zip(&self.counts);
        pairs.map(|(sum, count)| (*sum, *count > 0.0))
    }
}
