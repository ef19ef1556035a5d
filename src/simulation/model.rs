//! What the simulation knows of a county: how often incidents arise, what they need, and how long
//! everything takes. Plain figures, so that a model of the theory is simulated as a county is.

use serde::{Deserialize, Serialize};

use crate::brigades::apparatus::{self, ByApparatus};
use crate::brigades::crew::Crew;
use crate::county::hydrants::in_reach;
use crate::county::incident_list::ListedIncident;
use crate::county::incident_types::IncidentTypeId;
use crate::distribution::Distribution;
use crate::scenario::Scenario;
use crate::scenario::file::{DispatchKey, Overload};
use crate::scenario::incidents::DAYS_A_YEAR;
use crate::scenario::stages::Stage;
use crate::simulation::arrivals::ArrivalProcess;
use crate::simulation::policies::Policy;
use crate::simulation::policies::move_up::MoveUp;
use crate::simulation::policies::redirect::Redirect;
use crate::simulation::policies::reroute::Reroute;

/// All that a replication is drawn from.
#[derive(Debug)]
pub struct Model {
    /// Everything random follows from it.
    pub seed: u64,
    /// Days that are simulated.
    pub days: u32,
    /// The first days, of which nothing is counted: until the engines are as busy as they will be.
    pub warm_up_days: u32,
    /// Independent processes by which incidents arise.
    pub arrivals: Vec<ArrivalProcess>,
    /// Incidents that happen in every replication, by time.
    pub listed: Vec<ListedIncident>,
    /// The types of incident.
    pub types: Vec<TypeModel>,
    /// From the call to the dispatch order, in seconds.
    pub call_handling: Distribution,
    /// From the dispatch order to the engine's leaving, in seconds, by crew
    /// ([`Crew::index`](crate::brigades::crew::Crew::index)); nothing for crews that no station has.
    pub turnout: [Distribution; 3],
    /// Turnout in each hour of the day over what is drawn.
    pub turnout_by_hour: [f64; 24],
    /// Travel time over expected travel time, drawn for each way.
    pub traffic: Distribution,
    /// Time back over time out.
    pub return_factor: f64,
    /// From an engine's being back until it stands ready, in seconds.
    pub restocking: Distribution,
    /// How long it takes to bring water on a fire, where the scenario says it.
    pub water: Option<WaterSupply>,
    /// What becomes of an incident for which no engine stands ready.
    pub overload: Overload,
    /// The rules by which engines are sent and stand by, where it is not simply the first that stands
    /// ready.
    pub policies: Vec<Box<dyn Policy>>,
}

/// What differs by chance from one replication to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chance {
    /// When and where calls come, and what becomes of them.
    #[default]
    Calls,
    /// Calls are listed: only what becomes of them.
    Stages,
    /// Calls are listed, and everything takes as long as it always does: one replication shows all.
    Nothing,
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
pub struct TypeModel {
    /// How grave its incidents are; the shares sum to 1.
    pub severities: Vec<SeverityModel>,
    /// Of incidents that wait, those of a lower number are served first.
    pub priority: u8,
    /// Whether it has to be put out with water.
    pub needs_water: bool,
    /// Whether standards count its incidents.
    pub in_standards: bool,
}

/// What a share of the incidents of a type need.
#[derive(Clone, Debug)]
pub struct SeverityModel {
    pub share: f64,
    /// How many engines of each apparatus, the first being any.
    pub needs: ByApparatus,
    /// From an engine's arrival to its leaving, in seconds.
    pub on_scene: Distribution,
}

impl SeverityModel {
    /// How many engines, all apparatus together.
    pub fn engines(&self) -> u16 {
        self.needs.iter().map(|count| u16::from(*count)).sum()
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
            arrivals: if scenario.incidents.is_replay {
                Vec::new()
            } else {
                arrivals(scenario)
            },
            listed: scenario.incidents.listed.clone(),
            types: county
                .incident_types
                .iter()
                .map(|of_type| TypeModel {
                    severities: (of_type.severities.iter())
                        .map(|severity| SeverityModel {
                            share: severity.share,
                            needs: apparatus::by_apparatus(
                                &severity.needs,
                                &scenario.stations.apparatus,
                            ),
                            on_scene: severity.on_scene.clone(),
                        })
                        .collect(),
                    priority: of_type.priority,
                    needs_water: of_type.needs_water,
                    in_standards: of_type.in_standards,
                })
                .collect(),
            call_handling: stages.call_handling.distribution.clone(),
            turnout: Crew::ALL.map(|crew| {
                let mut all = scenario.stations.all();
                let is_known = all.any(|id| scenario.stations.station(id).crew == crew);
                distribution_of(stages.turnout_of(crew).filter(|_| is_known))
            }),
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

    /// What is drawn.
    pub fn chance(&self) -> Chance {
        if !self.arrivals.is_empty() {
            return Chance::Calls;
        }
        let water = self.water.iter().flat_map(|water| {
            let stages = [&water.with_hydrant, &water.without_hydrant];
            stages.into_iter().chain(&water.with_tender)
        });
        let mut stages = [&self.call_handling, &self.traffic, &self.restocking]
            .into_iter()
            .chain(&self.turnout)
            .chain(water);
        let mut types = (self.listed.iter())
            .map(|listed| &self.types[listed.incident_type.index()].severities[..]);
        let is_certain = stages.all(Distribution::is_constant)
            && types.all(|of| matches!(of, [always] if always.on_scene.is_constant()));
        match is_certain {
            true => Chance::Nothing,
            false => Chance::Stages,
        }
    }

    /// Incidents expected in one replication.
    pub fn expected_incidents(&self) -> f64 {
        let drawn: f64 = self.arrivals.iter().map(ArrivalProcess::total).sum();
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

/// One process for each type of incident, and one for what each special day brings beyond an
/// ordinary one.
fn arrivals(scenario: &Scenario) -> Vec<ArrivalProcess> {
    let county = &scenario.county;
    let rates = |of: IncidentTypeId| {
        let rates = county
            .demand
            .iter()
            .map(move |point| point.rates[of.index()]);
        rates.map(|a_year| a_year / DAYS_A_YEAR)
    };
    let mut arrivals: Vec<ArrivalProcess> = IncidentTypeId::all(county.incident_types.len())
        .filter_map(|incident_type| {
            ArrivalProcess::new(
                incident_type,
                incident_type.index() as u32,
                &rates(incident_type).collect::<Vec<f64>>(),
                &county.incident_types[incident_type.index()].hours,
                day_factors(scenario, incident_type),
            )
        })
        .collect();
    // Their names go on where those of the types end.
    let mut source = county.incident_types.len() as u32;
    for special in &scenario.incidents.special_days {
        for incident_type in special.types.iter().copied() {
            let rates = county.demand.iter().zip(rates(incident_type));
            let concerned = rates.map(|(point, rate)| {
                let concerned = special.town.is_none_or(|town| town == point.town);
                if concerned { rate } else { 0.0 }
            });
            let days = day_factors(scenario, incident_type).zip(0..);
            arrivals.extend(ArrivalProcess::new(
                incident_type,
                source,
                &concerned.collect::<Vec<f64>>(),
                &county.incident_types[incident_type.index()].hours,
                days.map(|(factor, day)| match special.days.binary_search(&day) {
                    Ok(_) => factor * (special.factor - 1.0),
                    Err(_) => 0.0,
                }),
            ));
            source += 1;
        }
    }
    arrivals
}

/// The rate of each day of the horizon over that of the mean day, by weekday and month.
fn day_factors(scenario: &Scenario, of: IncidentTypeId) -> impl Iterator<Item = f64> {
    let incident_type = &scenario.county.incident_types[of.index()];
    let (weekdays, months) = (incident_type.weekdays, incident_type.months);
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
    use crate::scenario::loading::locate;

    /// The scenario says how long part-time crews take, and no station has one: then nothing is drawn, until
    /// one has.
    #[test]
    fn the_turnout_of_a_crew_is_drawn_only_where_a_station_has_it() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        scenario.rules.stages.turnout_part_time = Some(scenario.rules.stages.turnout.clone());
        let nothing = |model: &Model| {
            (model.turnout.each_ref()).map(|of| matches!(of, Distribution::Constant(0.0)))
        };
        assert_eq!(nothing(&Model::of(&scenario)), [false, true, true]);
        scenario.stations.existing[0].crew = Crew::PartTime;
        assert_eq!(nothing(&Model::of(&scenario)), [false, false, true]);
    }
}
