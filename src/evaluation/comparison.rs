//! The answer to a scenario: every alternative with its figures, ranked. It is what
//! `comparison.json` holds, and what every table and chart is made from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evaluation::best::Ranking;
use crate::evaluation::cost::{Cost, CostSummary};
use crate::evaluation::estimate::{Estimate, there};
pub use crate::evaluation::figures::{CumulativeShares, Figures, FirstWater};
use crate::evaluation::figures::{busy_share, distribution, figures};
use crate::evaluation::fingerprint::fingerprint;
use crate::evaluation::metric::Metric;
use crate::evaluation::phases::{Phases, phases};
use crate::evaluation::sensitivity::{self, SensitivityStudy};
use crate::evaluation::standing::{Indifference, is_told_apart};
pub use crate::evaluation::summary::{ScenarioSummary, StandardSummary};
use crate::expected::{self, at_a_glance::Glance};
use crate::format::Format;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::inputs::BasisNote;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::histogram::Series;
use crate::simulation::replications::Outcome;

/// The answer to a scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The version of this file.
    pub format: Format<3>,
    /// The question.
    pub scenario: ScenarioSummary,
    /// What the demand points, roads and travel times of the scenario hash to: maps can be drawn again for
    /// this answer only while they are the same.
    pub inputs_sha256: String,
    /// Thresholds with their clocks.
    pub standards: Vec<StandardSummary>,
    /// The figure by which alternatives are ranked.
    pub ranked_by: String,
    /// Differences that do not matter.
    pub indifference: Indifference,
    /// How the choice ended, where replications were spent until it was sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<ConfidentChoice>,
    /// The alternatives, the best first; the baseline is among them.
    pub alternatives: Vec<Evaluated>,
    /// What fewer brigades would bring and in which order to build, where alternatives have sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<Phases>,
    /// How far the choice hangs on what was assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<SensitivityStudy>,
    /// What the answer rests on.
    pub data_basis: Vec<BasisNote>,
    /// What its costs rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_basis: Vec<BasisNote>,
    /// Sources to be named wherever the answer is shown.
    pub attribution: Vec<String>,
}

/// A choice with a stated confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfidentChoice {
    /// The confidence asked for.
    pub confidence: f64,
    /// Whether the replications were enough for it.
    pub reached: bool,
}

/// A site in an alternative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteSummary {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    pub group: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Engines that would stand there.
    pub engines: u16,
    /// Why there.
    pub reason: String,
}

/// An alternative with its figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evaluated {
    pub id: String,
    /// In the ranking, from 1.
    pub rank: usize,
    /// Whether it is the existing stations alone.
    pub is_baseline: bool,
    /// The sites that it adds.
    pub sites: Vec<SiteSummary>,
    /// Whether it is as good as the best: its estimates are worse by no more than what does not matter.
    /// `false` for the best itself.
    pub ties_with_best: bool,
    /// Whether it is worse than the best by more than what does not matter and more than luck: all of the
    /// paired 95 % interval is. `false` for the best itself and those as good; `None` where so little is known
    /// that there is no interval.
    #[serde(deserialize_with = "there")]
    pub told_apart_from_best: Option<bool>,
    /// The probability that no other is better by more than what does not matter, as far as chance goes;
    /// `None` from too few replications.
    pub probability_best: Option<f64>,
    pub replications: u32,
    /// Figures of the whole county.
    pub county: Figures,
    /// The county's figures less those of the baseline, paired.
    pub difference_from_baseline: Figures,
    /// The county's figures less those of the best, paired.
    pub difference_from_best: Figures,
    pub towns: Vec<TownFigures>,
    /// Every station whose engines can come, and how much they are out.
    pub stations: Vec<StationFigures>,
    /// With every engine at home and every stage at its mean.
    pub expected: ExpectedFigures,
    /// Share of all incidents that had been reached by each multiple of the step.
    pub response_distribution: CumulativeShares,
    /// Share of fires on which water had been brought by each multiple of the step, with the hydrants
    /// there are and with none, where the scenario says how long that takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_water_distributions: Option<[CumulativeShares; 2]>,
    /// What it costs and what is got for that, where the scenario has prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostSummary>,
    /// Its index in the scenario.
    #[serde(skip)]
    pub index: usize,
}

/// Figures of a town.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TownFigures {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Incidents a year, on average.
    pub incidents_a_year: f64,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// The 10th, 25th, 50th, 75th and 90th percentile of its response times; `None` without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_spread_seconds: Option<[u32; 5]>,
}

/// What the engines of a station have to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StationFigures {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Whether it stands today; otherwise it is a site of the alternative.
    pub existing: bool,
    pub engines: u16,
    /// Share of the time that one of its engines is out, on average over them.
    pub busy_share: Option<Estimate>,
}

/// What to expect if every engine were always at home and every stage took its mean. Where several
/// engines go, the simulated first arrival is earlier: the luckiest of them counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExpectedFigures {
    /// Mean response time.
    pub mean_response_seconds: f64,
    /// Share of incidents within each standard, by its id.
    pub within: BTreeMap<String, f64>,
}

impl Comparison {
    /// Works out every figure and ranks the alternatives by `metric`; of equals, the first in the
    /// scenario comes first.
    ///
    /// # Panics
    /// When `outcomes` are not those of the scenario's alternatives, of which there is always one.
    pub fn new(
        scenario: &Scenario,
        times: &ScenarioTimes,
        outcomes: &[Outcome],
        metric: Metric,
    ) -> Self {
        assert_eq!(outcomes.len(), scenario.alternatives.len());
        let indifference = Indifference::of(metric, scenario.rules.indifference);
        let Ranking {
            order,
            loses_least,
            is_as_good,
            probabilities,
        } = Ranking::of(outcomes, metric, indifference, scenario.about.seed);
        let best = order[0];
        let expected = expected::Expected::of(scenario);
        let today = expected.at_a_glance(times, &scenario.alternatives[0]);
        let alternatives = order
            .iter()
            .zip(1..)
            .map(|(index, rank)| Evaluated {
                rank,
                probability_best: probabilities.as_ref().map(|of| of[*index]),
                ties_with_best: *index != best && is_as_good[*index],
                told_apart_from_best: match *index == best || is_as_good[*index] {
                    true => Some(false),
                    false => is_told_apart(
                        metric,
                        &outcomes[*index],
                        [loses_least, best].map(|index| &outcomes[index]),
                        indifference,
                    ),
                },
                ..evaluate(&expected, times, outcomes, *index, (best, &today))
            })
            .collect();
        Self {
            format: Format,
            scenario: ScenarioSummary {
                // Of the one that had most, where replications were spent as needed.
                replications: outcomes
                    .iter()
                    .map(|outcome| replications(scenario, outcome))
                    .max()
                    .unwrap_or(0),
                ..ScenarioSummary::of(scenario)
            },
            inputs_sha256: fingerprint(scenario, times),
            standards: scenario
                .rules
                .standards
                .iter()
                .map(StandardSummary::of)
                .collect(),
            ranked_by: metric.name(&scenario.rules.standards).to_owned(),
            indifference,
            choice: None,
            phases: phases(scenario, times, &scenario.alternatives[best]),
            sensitivity: sensitivity::study(scenario, times, metric, best, indifference.figure),
            alternatives,
            data_basis: scenario.about.data_basis.clone(),
            price_basis: scenario.rules.price_basis(),
            attribution: scenario.about.attribution.clone(),
        }
    }

    /// The best alternative.
    pub fn best(&self) -> &Evaluated {
        &self.alternatives[0]
    }

    /// Whether an alternative loses calls: then who loses fewer is better.
    pub fn loses_calls(&self) -> bool {
        let lost = |of: &Evaluated| of.county.lost.is_some_and(|lost| lost.value > 0.0);
        self.alternatives.iter().any(lost)
    }

    /// Those as good as the best.
    pub fn ties(&self) -> impl Iterator<Item = &Evaluated> {
        self.alternatives.iter().filter(|of| of.ties_with_best)
    }

    /// Those that may be as good as the best, though their estimates are worse.
    pub fn not_told_apart(&self) -> impl Iterator<Item = &Evaluated> {
        self.others_that_are(Some(false))
    }

    /// Those of which too little is known to say whether they are as good as the best.
    pub fn too_little_known(&self) -> impl Iterator<Item = &Evaluated> {
        self.others_that_are(None)
    }

    fn others_that_are(&self, told_apart: Option<bool>) -> impl Iterator<Item = &Evaluated> {
        let others = self.alternatives[1..].iter();
        others.filter(move |of| !of.ties_with_best && of.told_apart_from_best == told_apart)
    }

    /// The existing stations alone.
    pub fn baseline(&self) -> &Evaluated {
        let baseline = self.alternatives.iter().find(|a| a.is_baseline);
        baseline.expect("the baseline is always compared")
    }
}

fn replications(scenario: &Scenario, outcome: &Outcome) -> u32 {
    match scenario.incidents.horizon.batches {
        None => outcome.tallies.len() as u32,
        Some(_) => 1,
    }
}

fn evaluate(
    expected: &expected::Expected<'_>,
    times: &ScenarioTimes,
    outcomes: &[Outcome],
    index: usize,
    (best, today): (usize, &Glance),
) -> Evaluated {
    let scenario = expected.scenario;
    let alternative = &scenario.alternatives[index];
    let outcome = &outcomes[index];
    let expected = expected.at_a_glance(times, alternative);
    let answered = 1.0
        - Metric::Lost
            .estimate(outcome, 0)
            .map_or(0.0, |lost| lost.value);
    let cost = scenario.rules.prices.as_ref().map(|prices| {
        let sites = alternative.sites.iter();
        let cost = sites.map(|site| Cost::of(&scenario.stations.site(*site).station, prices));
        let residents = (expected.residents_within.iter()).zip(&today.residents_within);
        let newly = residents.zip(&scenario.rules.standards);
        // Where calls are lost, means are of other calls before and after: a minute less of theirs has no price.
        let loses_none = [outcome, &outcomes[0]].into_iter().all(Outcome::loses_none);
        let gained = Metric::MeanResponse.difference(outcome, &outcomes[0]);
        let gained = gained.filter(|_| loses_none);
        CostSummary::new(
            cost.sum(),
            newly
                .map(|((with, without), standard)| (standard.id.clone(), with - without))
                .collect(),
            gained.map(|difference| -difference.value),
        )
    });
    Evaluated {
        cost,
        id: alternative.id.clone(),
        rank: 0,
        is_baseline: alternative.sites.is_empty(),
        sites: alternative
            .sites
            .iter()
            .map(|site| {
                let site = scenario.stations.site(*site);
                SiteSummary {
                    id: site.station.id.clone(),
                    name: site.station.name.clone(),
                    group: site.group.clone(),
                    lon: site.station.position.lon,
                    lat: site.station.position.lat,
                    engines: site.station.engines,
                    reason: site.station.reason.clone(),
                }
            })
            .collect(),
        ties_with_best: false,
        told_apart_from_best: Some(false),
        probability_best: None,
        replications: replications(scenario, outcome),
        county: figures(scenario, |metric| metric.estimate(outcome, 0)),
        difference_from_baseline: differences(scenario, outcome, &outcomes[0]),
        difference_from_best: differences(scenario, outcome, &outcomes[best]),
        towns: (1..)
            .zip(&scenario.county.towns)
            .map(|(area, town)| TownFigures {
                id: town.id.clone(),
                name: town.name.clone(),
                incidents_a_year: outcome.incidents(area) as f64
                    / outcome.tallies.len() as f64
                    / scenario.incidents.horizon.counted_years(),
                figures: figures(scenario, |metric| metric.estimate(outcome, area)),
                response_spread_seconds: spread(outcome, area),
            })
            .collect(),
        stations: stations(scenario, alternative, outcome),
        expected: ExpectedFigures {
            mean_response_seconds: expected.mean_response.seconds(),
            within: scenario
                .rules
                .standards
                .iter()
                .zip(expected.within)
                .map(|(standard, share)| (standard.id.clone(), share))
                .collect(),
        },
        response_distribution: distribution(outcome, Series::Response, answered),
        first_water_distributions: scenario.rules.stages.water.as_ref().map(|_| {
            [Series::FirstWater, Series::FirstWaterWithoutHydrants]
                .map(|series| distribution(outcome, series, 1.0))
        }),
        index,
    }
}

/// The county's figures of an outcome less those of another, paired.
pub fn differences(scenario: &Scenario, outcome: &Outcome, less: &Outcome) -> Figures {
    figures(scenario, |metric| metric.difference(outcome, less))
}

fn stations(
    scenario: &Scenario,
    alternative: &Alternative,
    outcome: &Outcome,
) -> Vec<StationFigures> {
    let fleet = scenario.stations.fleet(alternative);
    let figures = fleet.iter().enumerate().map(|(index, id)| {
        let station = scenario.stations.station(*id);
        StationFigures {
            id: station.id.clone(),
            name: station.name.clone(),
            existing: scenario.stations.is_existing(*id),
            engines: station.engines,
            busy_share: busy_share(
                scenario.incidents.horizon.counted_days(),
                outcome,
                index,
                station.engines,
            ),
        }
    });
    figures.collect()
}

fn spread(outcome: &Outcome, area: usize) -> Option<[u32; 5]> {
    let times = &outcome.times(Series::Response)[area];
    let percentiles = [0.1, 0.25, 0.5, 0.75, 0.9].map(|q| times.percentile(q));
    percentiles[0]?;
    Some(percentiles.map(Option::unwrap_or_default))
}
