//! What is measured of an area, with intervals: its figures, and the distribution of its times.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evaluation::estimate::{self, Estimate, Sample, tidy};
use crate::evaluation::metric::Metric;
use crate::scenario::Scenario;
use crate::simulation::histogram::Series;
use crate::simulation::outcome::Outcome;

/// Figures of an area: shares are of all its incidents, those within a standard of the incidents that standards
/// count, times of those that were answered. `None` where there were none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Mean response time.
    pub mean_response_seconds: Option<Estimate>,
    /// Median response time.
    pub median_response_seconds: Option<Estimate>,
    /// 90th percentile of the response time.
    pub p90_response_seconds: Option<Estimate>,
    /// Share of the incidents that standards count within each standard, by its id.
    pub within: BTreeMap<String, Option<Estimate>>,
    /// Mean full-assignment time, of incidents that had all engines.
    pub mean_full_assignment_seconds: Option<Estimate>,
    /// 90th percentile of the full-assignment time.
    pub p90_full_assignment_seconds: Option<Estimate>,
    /// Share of incidents that waited for an engine.
    pub waited: Option<Estimate>,
    /// Share of incidents that no engine answered.
    pub lost: Option<Estimate>,
    /// Share of incidents to which a neighbour sent engines.
    pub aided: Option<Estimate>,
    /// Share of incidents that had fewer engines than they need: more never come than there are, nor than are ready
    /// where nobody waits.
    pub short_handed: Option<Estimate>,
    /// When water was brought on fires, where the scenario says how long that takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_water: Option<FirstWater>,
}

/// When water was brought on the fires of an area: call received → first water. `None` where the
/// area had no fires.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FirstWater {
    /// Mean time.
    pub mean_seconds: Option<Estimate>,
    /// 90th percentile.
    pub p90_seconds: Option<Estimate>,
    /// Mean time if there were no hydrants in the county.
    pub mean_without_hydrants_seconds: Option<Estimate>,
    /// 90th percentile of that.
    pub p90_without_hydrants_seconds: Option<Estimate>,
    /// Share of fires that have a hydrant within reach.
    pub at_hydrant: Option<Estimate>,
}

impl Figures {
    /// Nothing but the figure by which alternatives are ranked, under its name, and the calls that are lost.
    pub fn of_ranking(name: &str, figure: Option<Estimate>, lost: Option<Estimate>) -> Self {
        let mut figures = Self {
            lost,
            ..Self::default()
        };
        let place = match name {
            "mean" => &mut figures.mean_response_seconds,
            "median" => &mut figures.median_response_seconds,
            "p90" => &mut figures.p90_response_seconds,
            "full-mean" => &mut figures.mean_full_assignment_seconds,
            "full-p90" => &mut figures.p90_full_assignment_seconds,
            standard => figures.within.entry(standard.to_owned()).or_default(),
        };
        *place = figure;
        figures
    }

    /// The figure of a name that [`Metric::named`] knows.
    pub fn named(&self, name: &str) -> Option<&Estimate> {
        match name {
            "mean" => self.mean_response_seconds.as_ref(),
            "median" => self.median_response_seconds.as_ref(),
            "p90" => self.p90_response_seconds.as_ref(),
            "full-mean" => self.mean_full_assignment_seconds.as_ref(),
            "full-p90" => self.p90_full_assignment_seconds.as_ref(),
            "waited" => self.waited.as_ref(),
            "lost" => self.lost.as_ref(),
            "aided" => self.aided.as_ref(),
            "short-handed" => self.short_handed.as_ref(),
            standard => self.within.get(standard)?.as_ref(),
        }
    }
}

/// A cumulative distribution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CumulativeShares {
    /// Seconds between entries.
    pub step_seconds: u32,
    /// `shares[i]` of all incidents were reached within `i` steps; the last is the share that was
    /// answered at all.
    pub shares: Vec<f64>,
}

impl CumulativeShares {
    /// Minutes with the share reached by then.
    pub fn minutes(&self) -> Vec<(f64, f64)> {
        let step = f64::from(self.step_seconds) / 60.0;
        let shares = self.shares.iter().enumerate();
        shares
            .map(|(index, share)| (step * index as f64, *share))
            .collect()
    }
}

pub(super) fn figures(scenario: &Scenario, of: impl Fn(Metric) -> Option<Estimate>) -> Figures {
    Figures {
        mean_response_seconds: of(Metric::MeanResponse),
        median_response_seconds: of(Metric::MedianResponse),
        p90_response_seconds: of(Metric::P90Response),
        within: scenario
            .rules
            .standards
            .iter()
            .enumerate()
            .map(|(index, standard)| (standard.id.clone(), of(Metric::Within(index))))
            .collect(),
        mean_full_assignment_seconds: of(Metric::MeanFullAssignment),
        p90_full_assignment_seconds: of(Metric::P90FullAssignment),
        waited: of(Metric::Waited),
        lost: of(Metric::Lost),
        aided: of(Metric::Aided),
        short_handed: of(Metric::ShortHanded),
        first_water: scenario.rules.stages.water.as_ref().map(|_| FirstWater {
            mean_seconds: of(Metric::MeanFirstWater),
            p90_seconds: of(Metric::P90FirstWater),
            mean_without_hydrants_seconds: of(Metric::MeanFirstWaterWithoutHydrants),
            p90_without_hydrants_seconds: of(Metric::P90FirstWaterWithoutHydrants),
            at_hydrant: of(Metric::AtHydrant),
        }),
    }
}

/// Share of `days` days that an engine of a station is out, on average over its engines.
pub(super) fn busy_share(
    days: f64,
    outcome: &Outcome,
    station: usize,
    engines: u16,
) -> Option<Estimate> {
    let strata = outcome.strata();
    let whole = days * 86_400.0 * f64::from(engines) / strata as f64;
    let sections = outcome.sections();
    let sums = sections.map(|section| section.busy[station] as f64 / 1000.0);
    let sums: Vec<f64> = sums.collect();
    estimate::busy_share(&Sample {
        strata,
        counts: vec![whole; sums.len()],
        sums,
        chance: outcome.chance,
    })
}

/// Fine enough for a smooth line, short enough for a file that people open.
pub(super) const DISTRIBUTION_STEP: u32 = 15;

/// The distribution of the county's times, `answered` being the share of its incidents that have one.
pub(super) fn distribution(outcome: &Outcome, series: Series, answered: f64) -> CumulativeShares {
    let shares = outcome.times(series)[0].cumulative_shares();
    let all = tidy(answered);
    let mut stepped: Vec<f64> = shares
        .iter()
        .step_by(DISTRIBUTION_STEP as usize)
        .map(|share| tidy(share * answered))
        .collect();
    if stepped.last().is_some_and(|share| *share < all) {
        stepped.push(all);
    }
    CumulativeShares {
        step_seconds: DISTRIBUTION_STEP,
        shares: stepped,
    }
}
