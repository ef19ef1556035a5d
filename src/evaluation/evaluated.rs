//! An alternative with all its figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::brigades::prices::Prices;
use crate::evaluation::cost::{Cost, CostSummary};
use crate::evaluation::estimate::{Estimate, there};
use crate::evaluation::figures::{CumulativeShares, Figures};
use crate::evaluation::figures::{busy_share, distribution, figures};
use crate::evaluation::metric::Metric;
use crate::evaluation::standing::BesideBest;
use crate::expected::{self, at_a_glance::Glance};
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::histogram::Series;
use crate::simulation::outcome::Outcome;
use crate::units::Millis;

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

impl Evaluated {
    /// How it stands beside the best.
    pub fn beside_best(&self) -> BesideBest {
        BesideBest::of(self.rank, self.ties_with_best, self.told_apart_from_best)
    }
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
    /// Mean response time of those that are reached; `None` where none is.
    pub mean_response_seconds: Option<f64>,
    /// Share of all incidents within each standard, by its id; `within` of `coverage.json` is of residents.
    pub within: BTreeMap<String, f64>,
}

/// What alternatives are held against: the existing stations alone, and the best.
#[derive(Clone, Copy)]
pub(super) struct Beside<'o> {
    pub(super) baseline: &'o Outcome,
    pub(super) best: &'o Outcome,
    /// The existing stations with every engine at home.
    pub(super) today: &'o Glance,
}

/// Works out every figure of an alternative but its place in the ranking.
pub(super) fn evaluate(
    expected: &expected::Expected<'_>,
    times: &ScenarioTimes,
    (index, outcome): (usize, &Outcome),
    beside: Beside<'_>,
) -> Evaluated {
    let scenario = expected.scenario;
    let alternative = &scenario.alternatives[index];
    let Beside {
        baseline,
        best,
        today,
    } = beside;
    let expected = expected.at_a_glance(times, alternative);
    let answered = 1.0
        - Metric::Lost
            .estimate(outcome, 0)
            .map_or(0.0, |lost| lost.value);
    let cost = scenario.rules.prices.as_ref().map(|prices| {
        let residents = (expected.residents_within.iter()).zip(&today.residents_within);
        let newly = residents.zip(&scenario.rules.standards);
        // Where calls are lost, means are of other calls before and after: a minute less of theirs has no price.
        let loses_none = [outcome, baseline].into_iter().all(Outcome::loses_none);
        let gained = Metric::MeanResponse.difference(outcome, baseline);
        let gained = gained.filter(|_| loses_none);
        CostSummary::new(
            cost_of(scenario, alternative, prices),
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
        replications: 0,
        county: figures(scenario, |metric| metric.estimate(outcome, 0)),
        difference_from_baseline: differences(scenario, outcome, baseline),
        difference_from_best: differences(scenario, outcome, best),
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
            mean_response_seconds: expected.mean_response.map(Millis::seconds),
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

/// What the sites of an alternative cost.
pub(super) fn cost_of(scenario: &Scenario, alternative: &Alternative, prices: &Prices) -> Cost {
    let sites = alternative.sites.iter();
    let costs = sites.map(|site| Cost::of(&scenario.stations.site(*site).station, prices));
    costs.sum()
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
