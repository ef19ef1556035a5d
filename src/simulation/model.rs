//! What the simulation knows of a county: how often incidents arise, what they need, and how long
//! everything takes. Plain figures, so that a model of the theory is played by the same engine as
//! a county.

use rand::Rng;
use rand_distr::Distribution as _;
use rand_distr::weighted::WeightedAliasIndex;

use crate::brigades::apparatus::{self, ByApparatus};
use crate::brigades::crew::Crew;
use crate::county::hydrants::in_reach;
use crate::county::incident_list::ListedIncident;
use crate::distribution::Distribution;
use crate::scenario::Scenario;
use crate::scenario::file::{DispatchKey, Overload};
use crate::scenario::incidents::DAYS_A_YEAR;
use crate::scenario::stages::Stage;
use crate::simulation::policies::Policy;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::reroute::Reroute;
use crate::simulation::streams::Purpose;

/// All that a replication is drawn from.
#[derive(Debug)]
pub struct Model {
    /// Everything random follows from it.
    pub seed: u64,
    /// Days that are simulated.
    pub days: u32,
    /// The first days, of which nothing is counted: until the engines are as busy as they will be.
    pub warm_up_days: u32,
    /// Independent sources of incidents.
    pub sources: Vec<Source>,
    /// Incidents that happen in every replication, by time.
    pub listed: Vec<ListedIncident>,
    /// The types of incident.
    pub kinds: Vec<Kind>,
    /// From the call to the dispatch order, in seconds.
    pub call_handling: Distribution,
    /// From the dispatch order to the engine's leaving, in seconds, by crew
    /// ([`Crew::index`](crate::brigades::crew::Crew::index)).
    pub turnout: [Distribution; 3],
    /// Turnout in each hour of the day over what is drawn.
    pub turnout_by_hour: [f64; 24],
    /// Travel time over expected travel time.
    pub traffic: Distribution,
    /// Time back over time out.
    pub return_factor: f64,
    /// From an engine's being back until it stands ready, in seconds.
    pub restocking: Distribution,
    /// How long it takes to bring water on a fire, where that is asked.
    pub water: Option<WaterSupply>,
    /// What becomes of an incident for which no engine stands ready.
    pub overload: Overload,
    /// The rules by which engines are sent and stand by, where it is not simply the first that stands
    /// ready.
    pub policies: Vec<Box<dyn Policy>>,
}

/// From the first engine's arrival at a fire to first water.
#[derive(Clone, Debug)]
pub struct WaterSupply {
    /// Where a hydrant is within reach, in seconds.
    pub with_hydrant: Distribution,
    /// Elsewhere, in seconds.
    pub without_hydrant: Distribution,
    /// Elsewhere from when an engine that brings water is there, in seconds.
    pub with_tender: Option<Distribution>,
    /// The points that have a hydrant within reach.
    pub has_hydrant: Vec<bool>,
}

/// A type of incident.
#[derive(Clone, Debug)]
pub struct Kind {
    /// How grave its incidents are; the shares sum to 1.
    pub severities: Vec<Severity>,
    /// Of incidents that wait, those of a lower number are served first.
    pub priority: u8,
    /// Whether it has to be put out with water.
    pub needs_water: bool,
}

/// What a share of the incidents of a type need.
#[derive(Clone, Debug)]
pub struct Severity {
    pub share: f64,
    /// How many engines of each apparatus, the first being any.
    pub needs: ByApparatus,
    /// From an engine's arrival to its leaving, in seconds.
    pub on_scene: Distribution,
}

impl Severity {
    /// How many engines, all apparatus together.
    pub fn engines(&self) -> u16 {
        self.needs.iter().map(|count| u16::from(*count)).sum()
    }
}

/// A Poisson process of incidents of one type, with a rate that follows the day and the hour.
#[derive(Debug)]
pub struct Source {
    /// Index of the type.
    pub kind: usize,
    /// The name of its stream, with its place among the sources of that purpose.
    pub purpose: Purpose,
    /// Its place among the sources of that purpose.
    pub index: usize,
    /// Where incidents arise.
    points: WeightedAliasIndex<f64>,
    /// Incidents expected from the first midnight to each of the following.
    expected: Vec<f64>,
    /// Running sums of the shares of the hours of a day, the last 1.
    hours: [f64; 24],
    /// For each part of a day's incidents the first hour that has some of it: where the search for
    /// the hour begins (the guide table of Chen and Asau 1974).
    guide: [u8; GUIDES],
}

/// Parts of a day's incidents: enough that few have more than two hours.
const GUIDES: usize = 128;

/// Milliseconds of a day and an hour.
const DAY: f64 = 86_400_000.0;
const HOUR: f64 = 3_600_000.0;

impl Source {
    /// A source with `rates[point]` incidents a day, times a factor for each day; `None` when
    /// there are never any.
    ///
    /// # Panics
    /// When a rate or factor is negative or not a number.
    pub fn new(
        kind: usize,
        (purpose, index): (Purpose, usize),
        rates: Vec<f64>,
        hours: &[f64; 24],
        days: impl Iterator<Item = f64>,
    ) -> Option<Self> {
        let a_day: f64 = rates.iter().sum();
        let mut sum = 0.0;
        let mut expected = vec![0.0];
        expected.extend(days.map(|factor| {
            sum += a_day * factor;
            sum
        }));
        if sum <= 0.0 {
            return None;
        }
        let total: f64 = hours.iter().sum();
        let mut running = 0.0;
        let mut hours = hours.map(|share| {
            running += share;
            running / total
        });
        hours[23] = 1.0;
        let guide = std::array::from_fn(|part| {
            let begin = part as f64 / GUIDES as f64;
            hours.partition_point(|end| *end <= begin).min(23) as u8
        });
        Some(Self {
            kind,
            purpose,
            index,
            points: WeightedAliasIndex::new(rates).expect("some rate is positive"),
            expected,
            hours,
            guide,
        })
    }

    /// Incidents expected in all days.
    pub fn total(&self) -> f64 {
        self.expected.last().copied().unwrap_or(0.0)
    }

    /// The moment, in milliseconds from the first midnight, by which so many incidents are
    /// expected; `day` is where the search begins and then where it ended. `None` after the end.
    pub(super) fn time(&self, expected: f64, day: &mut usize) -> Option<f64> {
        while expected >= *self.expected.get(*day + 1)? {
            *day += 1;
        }
        let [begin, end] = [self.expected[*day], self.expected[*day + 1]];
        let share = (expected - begin) / (end - begin);
        // The first hour whose end is later; the share is below 1 but for rounding.
        let part = (share * GUIDES as f64) as u32 as usize;
        let mut hour = usize::from(self.guide[part.min(GUIDES - 1)]);
        while hour < 23 && self.hours[hour] <= share {
            hour += 1;
        }
        let before = if hour == 0 { 0.0 } else { self.hours[hour - 1] };
        let of_hour = ((share - before) / (self.hours[hour] - before)).clamp(0.0, 1.0);
        Some(*day as f64 * DAY + (hour as f64 + of_hour) * HOUR)
    }

    /// Where an incident arises.
    pub(super) fn point(&self, rng: &mut impl Rng) -> u32 {
        self.points.sample(rng) as u32
    }
}

impl Model {
    /// The model of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let county = &scenario.county;
        let stages = &scenario.rules.stages;
        Self {
            seed: scenario.about.seed,
            days: scenario.incidents.horizon.days,
            warm_up_days: scenario.incidents.horizon.warm_up_days,
            sources: if scenario.incidents.is_replay {
                Vec::new()
            } else {
                sources(scenario)
            },
            listed: scenario.incidents.listed.clone(),
            kinds: county
                .incident_types
                .iter()
                .map(|kind| Kind {
                    severities: (kind.severities.iter())
                        .map(|severity| Severity {
                            share: severity.share,
                            needs: apparatus::by_apparatus(
                                &severity.needs,
                                &scenario.stations.apparatus,
                            ),
                            on_scene: severity.on_scene.clone(),
                        })
                        .collect(),
                    priority: kind.priority,
                    needs_water: kind.needs_water,
                })
                .collect(),
            call_handling: stages.call_handling.distribution.clone(),
            turnout: Crew::ALL.map(|crew| distribution_of(stages.turnout_of(crew))),
            turnout_by_hour: stages.turnout_by_hour,
            traffic: Distribution::lognormal(1.0, stages.traffic_sd),
            return_factor: stages.return_factor,
            restocking: distribution_of(stages.restocking.as_ref()),
            water: stages.water.as_ref().map(|water| WaterSupply {
                with_hydrant: water.with_hydrant.distribution.clone(),
                without_hydrant: water.without_hydrant.distribution.clone(),
                with_tender: (water.tender.as_ref()).map(|(_, stage)| stage.distribution.clone()),
                has_hydrant: in_reach(&county.hydrants, &county.demand, water.hose_reach),
            }),
            overload: scenario.rules.dispatch.when_none_is_ready,
            policies: policies(&scenario.rules.dispatch),
        }
    }

    /// Incidents expected in one replication.
    pub fn expected_incidents(&self) -> f64 {
        let drawn: f64 = self.sources.iter().map(Source::total).sum();
        drawn + self.listed.len() as f64
    }
}

/// The rules that a scenario asks for.
fn policies(wanted: &DispatchKey) -> Vec<Box<dyn Policy>> {
    let mut policies: Vec<Box<dyn Policy>> = Vec::new();
    if wanted.redirect {
        policies.push(Box::new(Redirect));
    }
    if wanted.reroute {
        policies.push(Box::new(Reroute));
    }
    if let Some(from) = wanted.move_up {
        policies.push(Box::new(MoveUp { from }));
    }
    policies
}

/// How long a stage takes; no time where there is no such stage.
fn distribution_of(stage: Option<&Stage>) -> Distribution {
    stage.map_or(Distribution::Constant(0.0), |stage| {
        stage.distribution.clone()
    })
}

/// One source for each type of incident, and one for what each special day brings beyond an
/// ordinary one.
fn sources(scenario: &Scenario) -> Vec<Source> {
    let county = &scenario.county;
    let rates = |kind: usize| {
        let of_kind = county.demand.iter().map(move |point| point.rates[kind]);
        of_kind.map(|a_year| a_year / DAYS_A_YEAR)
    };
    let mut sources: Vec<Source> = (0..county.incident_types.len())
        .filter_map(|kind| {
            Source::new(
                kind,
                (Purpose::Arrivals, kind),
                rates(kind).collect(),
                &county.incident_types[kind].hours,
                day_factors(scenario, kind),
            )
        })
        .collect();
    let mut index = 0;
    for special in &scenario.incidents.special_days {
        for kind in &special.types {
            let concerned = county.demand.iter().zip(rates(*kind)).map(|(point, rate)| {
                let concerned = special.town.is_none_or(|town| town == point.town);
                if concerned { rate } else { 0.0 }
            });
            sources.extend(Source::new(
                *kind,
                (Purpose::SpecialDays, index),
                concerned.collect(),
                &county.incident_types[*kind].hours,
                day_factors(scenario, *kind).zip(0..).map(|(factor, day)| {
                    let is_special = special.days.binary_search(&day).is_ok();
                    factor
                        * if is_special {
                            special.factor - 1.0
                        } else {
                            0.0
                        }
                }),
            ));
            index += 1;
        }
    }
    sources
}

/// The rate of each day of the horizon over that of the mean day, by weekday and month.
fn day_factors(scenario: &Scenario, kind: usize) -> impl Iterator<Item = f64> {
    let kind = &scenario.county.incident_types[kind];
    let (weekdays, months) = (kind.weekdays, kind.months);
    let horizon = scenario.incidents.horizon;
    let dates = horizon.start.series(jiff::Span::new().days(1));
    dates.take(horizon.days as usize).map(move |date| {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        weekdays[weekday] * months[date.month() as usize - 1]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two incidents a day, the second day none, the third four: a third of those of a day fall
    /// into its first hour, the others into its last.
    #[test]
    fn a_time_is_where_the_expected_number_is_reached() {
        let mut hours = [0.0; 24];
        hours[0] = 1.0;
        hours[23] = 2.0;
        let name = (Purpose::Arrivals, 0);
        let days = [1.0, 0.0, 2.0];
        let source = Source::new(0, name, vec![0.5, 1.5], &hours, days.into_iter()).unwrap();
        assert_eq!(source.total(), 6.0);
        let mut day = 0;
        let hours_at = |expected, day: &mut usize| {
            let time = source.time(expected, day)?;
            Some((time / HOUR * 1e6).round() / 1e6)
        };
        assert_eq!(hours_at(1.0 / 3.0, &mut day), Some(0.5));
        // Two thirds of the day's two are still to come in the hour from 23.
        assert_eq!(hours_at(4.0 / 3.0, &mut day), Some(23.5));
        // The second day has none.
        assert_eq!(hours_at(2.0 + 2.0 / 3.0, &mut day), Some(48.5));
        assert_eq!(hours_at(6.0, &mut day), None);
    }

    #[test]
    fn a_source_that_never_gives_is_none() {
        let name = (Purpose::Arrivals, 0);
        assert!(Source::new(0, name, vec![0.0], &[1.0; 24], [1.0].into_iter()).is_none());
        assert!(Source::new(0, name, vec![1.0], &[1.0; 24], [0.0].into_iter()).is_none());
    }
}
