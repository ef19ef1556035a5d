//! One alternative in every detail: by town, type, hour, month and station, what happens to a town
//! when the first-due engines are out, and the incidents that waited longest. It is what
//! `simulation.json` holds.

use serde::Serialize;

use crate::brigades::StationId;
use crate::evaluation::estimate::{self, Estimate, Sample, tidy};
use crate::evaluation::figures::{Figures, busy_share, figures};
use crate::evaluation::metric::Metric;
use crate::evaluation::summary::{ScenarioSummary, StandardSummary, not_in_standards};
use crate::format::Format;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::incidents::DAYS_A_YEAR;
use crate::scenario::inputs::BasisNote;
use crate::simulation::outcome::Outcome;
use crate::simulation::replication_tally::{AreaTally, MAX_OTHERS, Moved, ReplicationTally};
use crate::simulation::replications::Experiment;

/// One alternative in every detail.
#[derive(Clone, Debug, Serialize)]
pub struct Simulated {
    /// The version of this file.
    pub format: Format<3>,
    /// The question.
    pub scenario: ScenarioSummary,
    /// Thresholds with their clocks.
    pub standards: Vec<StandardSummary>,
    /// The types of incident that no standard counts; shares within standards are of the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_standards: Vec<Name>,
    pub alternative: String,
    /// Incidents of all replications together.
    pub incidents: u64,
    /// The whole county.
    pub county: Part,
    pub towns: Vec<TownPart>,
    /// Each type of incident.
    pub types: Vec<TypePart>,
    /// By the hour of the day in which calls are received, from midnight.
    pub hours: Vec<Part>,
    /// From January.
    pub months: Vec<Part>,
    pub stations: Vec<StationPart>,
    /// Share of incidents by how many others had engines out when the order was given: none, 1, …,
    /// the last entry for that many or more.
    pub others_at_once: Vec<Option<Estimate>>,
    /// What the rules of dispatch do, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedPart>,
    /// The incidents that waited longest, the longest first: replication and number, as
    /// `brigade explain` takes them.
    pub worst: Vec<WorstIncident>,
    /// What the answer rests on.
    pub data_basis: Vec<BasisNote>,
    /// Sources to be named wherever the answer is shown.
    pub attribution: Vec<String>,
}

/// Incidents that have something in common.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Incidents a year, on average.
    pub incidents_a_year: f64,
    /// Their figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Share of incidents that found the first-due station without a ready engine that would do.
    pub first_due_out: Option<Estimate>,
    /// Share of incidents that the second-due station reached first.
    pub second_due: Option<Estimate>,
    /// Mean response time when it had one.
    pub mean_response_first_due_ready_seconds: Option<Estimate>,
    /// Mean response time when it had none.
    pub mean_response_first_due_out_seconds: Option<Estimate>,
}

/// The incidents of a type.
#[derive(Clone, Debug, Serialize)]
pub struct TypePart {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Its figures.
    #[serde(flatten)]
    pub part: Part,
}

/// The incidents of a town.
#[derive(Clone, Debug, Serialize)]
pub struct TownPart {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Its figures.
    #[serde(flatten)]
    pub part: Part,
    /// Who came first when the first-due station had no engine ready, most often first.
    pub relief: Vec<Relief>,
}

/// A station that came instead of another.
#[derive(Clone, Debug, Serialize)]
pub struct Relief {
    /// Its id.
    pub station: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Share of the incidents that found the first-due station without an engine.
    pub share: f64,
    /// Their mean response time.
    pub mean_response_seconds: f64,
}

/// What a station does.
#[derive(Clone, Debug, Serialize)]
pub struct StationPart {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    pub engines: u16,
    /// Share of the time that one of its engines is out, on average over them.
    pub busy_share: Option<Estimate>,
    /// Share of the county's incidents that it reached first.
    pub first_arrivals: Option<Estimate>,
    /// Mean response time of those.
    pub mean_response_seconds: Option<Estimate>,
}

/// Engines that are sent from elsewhere than their station, and those that stand by at another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MovedPart {
    /// Engines a year that are sent on from their way back.
    pub redirected_a_year: f64,
    /// Engines a year that are sent on to a graver incident before they are there.
    pub rerouted_a_year: f64,
    /// Times a year that an engine goes to stand by at another station.
    pub moved_up_a_year: f64,
}

/// An incident that waited long for help.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WorstIncident {
    /// Its replication, from 0.
    pub replication: u32,
    /// Its number in the replication, from 0.
    pub number: u32,
    /// Call received → first engine at the scene; none when no engine came.
    pub response_seconds: Option<f64>,
}

impl Simulated {
    /// Works out every figure.
    pub fn new(
        scenario: &Scenario,
        experiment: &Experiment<'_>,
        alternative: &Alternative,
        outcome: &Outcome,
    ) -> Self {
        let areas = &experiment.areas;
        let days = scenario.incidents.horizon.counted_days();
        let sample = |sum: &dyn Fn(&ReplicationTally) -> f64,
                      count: &dyn Fn(&ReplicationTally) -> f64| Sample {
            strata: outcome.strata(),
            sums: outcome.sections().map(sum).collect(),
            counts: outcome.sections().map(count).collect(),
            chance: outcome.chance,
        };
        let part = |area: usize| {
            let of = |sum: fn(&AreaTally) -> f64, count: fn(&AreaTally) -> f64| {
                sample(&|p| sum(&p.areas[area]), &|p| count(&p.areas[area]))
            };
            let share = |count: fn(&AreaTally) -> f64| {
                estimate::share(&of(count, |a| f64::from(a.incidents)))
            };
            let mean = |sample: &Sample| estimate::mean(sample, 0.0);
            Part {
                incidents_a_year: outcome.incidents(area) as f64
                    / outcome.tallies.len() as f64
                    / scenario.incidents.horizon.counted_years(),
                figures: figures(scenario, |metric| metric.estimate(outcome, area)),
                first_due_out: share(|a| f64::from(a.first_due_out)),
                second_due: share(|a| f64::from(a.second_due)),
                mean_response_first_due_ready_seconds: mean(&of(
                    |a| seconds(a.response_sum - a.first_due_out_sum),
                    |a| f64::from(a.answered() - a.answered_first_due_out()),
                )),
                mean_response_first_due_out_seconds: mean(&of(
                    |a| seconds(a.first_due_out_sum),
                    |a| f64::from(a.answered_first_due_out()),
                )),
            }
        };
        let county = &scenario.county;
        let stations = scenario.stations.fleet(alternative);
        Self {
            format: Format,
            scenario: ScenarioSummary::of(scenario),
            standards: scenario
                .rules
                .standards
                .iter()
                .map(StandardSummary::of)
                .collect(),
            not_in_standards: not_in_standards(scenario),
            alternative: alternative.id.clone(),
            incidents: outcome.incidents(0),
            county: part(0),
            towns: county
                .towns
                .iter()
                .enumerate()
                .map(|(town, of)| TownPart {
                    id: of.id.clone(),
                    name: of.name.clone(),
                    part: part(town + 1),
                    relief: relief(scenario, &stations, outcome, (town + 1, areas.relief(town))),
                })
                .collect(),
            types: areas
                .types()
                .zip(&county.incident_types)
                .map(|(area, of)| TypePart {
                    id: of.id.clone(),
                    name: of.name.clone(),
                    part: part(area),
                })
                .collect(),
            hours: areas.hours().map(part).collect(),
            months: areas.months().map(part).collect(),
            stations: stations
                .iter()
                .zip(areas.stations())
                .enumerate()
                .map(|(index, (id, area))| {
                    let station = scenario.stations.station(*id);
                    StationPart {
                        id: station.id.clone(),
                        name: station.name.clone(),
                        engines: station.engines,
                        busy_share: busy_share(days, outcome, index, station.engines),
                        first_arrivals: estimate::share(&sample(
                            &|p| f64::from(p.areas[area].answered()),
                            &|p| f64::from(p.areas[0].incidents),
                        )),
                        mean_response_seconds: Metric::MeanResponse.estimate(outcome, area),
                    }
                })
                .collect(),
            others_at_once: (0..=MAX_OTHERS)
                .map(|others| {
                    estimate::share(&sample(&|p| f64::from(p.others[others]), &|p| {
                        f64::from(p.areas[0].incidents)
                    }))
                })
                .collect(),
            moved: (!experiment.model.policies.is_empty()).then(|| moved(days, outcome)),
            worst: outcome
                .worst
                .incidents
                .iter()
                .map(|(time, replication, number)| WorstIncident {
                    replication: *replication,
                    number: *number,
                    response_seconds: time.0.is_finite().then(|| time.0.seconds()),
                })
                .collect(),
            data_basis: scenario.about.data_basis.clone(),
            attribution: scenario.about.attribution.clone(),
        }
    }
}

fn moved(days: f64, outcome: &Outcome) -> MovedPart {
    let years = days / DAYS_A_YEAR * outcome.tallies.len() as f64;
    let a_year = |count: fn(&Moved) -> u32| {
        let counts = outcome.tallies.iter().map(|p| u64::from(count(&p.moved)));
        tidy(counts.sum::<u64>() as f64 / years)
    };
    MovedPart {
        redirected_a_year: a_year(|moved| moved.redirected),
        rerouted_a_year: a_year(|moved| moved.rerouted),
        moved_up_a_year: a_year(|moved| moved.moved_up),
    }
}

fn seconds(millis: u64) -> f64 {
    millis as f64 / 1000.0
}

/// Who came first instead, most often first.
fn relief(
    scenario: &Scenario,
    stations: &[StationId],
    outcome: &Outcome,
    (town, areas): (usize, std::ops::Range<usize>),
) -> Vec<Relief> {
    let of_town = outcome.tallies.iter().map(|tally| &tally.areas[town]);
    let all: u64 = of_town.map(|town| u64::from(town.first_due_out)).sum();
    let mut relief: Vec<Relief> = areas
        .zip(stations)
        .filter(|(area, _)| outcome.incidents(*area) > 0)
        .map(|(area, id)| {
            let station = scenario.stations.station(*id);
            let incidents = outcome.incidents(area) as f64;
            let sum: u64 = outcome
                .tallies
                .iter()
                .map(|p| p.areas[area].response_sum)
                .sum();
            Relief {
                station: station.id.clone(),
                name: station.name.clone(),
                share: tidy(incidents / all as f64),
                mean_response_seconds: tidy(seconds(sum) / incidents),
            }
        })
        .collect();
    relief.sort_by(|a, b| b.share.total_cmp(&a.share));
    relief
}
