//! Models simulated by the same engine as a county, in which nothing takes time but service.

use rayon::prelude::*;

use crate::county::incident_types::IncidentTypeId;
use crate::distribution::Distribution;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::scenario::file::Overload;
use crate::simulation::arrivals::ArrivalProcess;
use crate::simulation::assignment::Assignment;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::Incident;
use crate::simulation::model::{Model, SeverityModel, TypeModel};
use crate::simulation::replications::watch;
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Mean service of every model, in seconds.
pub(super) const SERVICE: f64 = 3600.0;
/// Days before anything is counted, 240 mean services.
const WARM_UP: u32 = 10;
/// Calls counted in one replication.
const CALLS: f64 = 20_000.0;

/// What all models have in common.
pub(super) struct Runs {
    pub(super) seed: u64,
    pub(super) replications: u32,
}

/// Erlangs offered by each demand point, and about how many calls are counted in one replication.
pub(super) struct Offered<'o> {
    pub(super) points: &'o [f64],
    pub(super) calls: f64,
}

impl<'o> Offered<'o> {
    pub(super) fn at(points: &'o [f64]) -> Self {
        Self {
            points,
            calls: CALLS,
        }
    }
}

/// What one replication came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) from: SimulatedTime,
    pub(super) until: SimulatedTime,
    pub(super) calls: f64,
    pub(super) lost: f64,
    pub(super) waited: f64,
    /// Sum of waits, in mean services.
    pub(super) waits: f64,
    /// Calls by the number of engines that were out.
    pub(super) by_out: Vec<f64>,
    /// `answered[point][station]` without a wait, and calls by demand point.
    pub(super) answered: Vec<Vec<f64>>,
    pub(super) by_point: Vec<f64>,
    /// Time that each station's engines were out, in milliseconds.
    pub(super) busy: Vec<f64>,
}

impl Observer for Counts {
    fn sent(&mut self, assignment: &Assignment) {
        let out = assignment.out_between([self.from, self.until]);
        self.busy[assignment.engine.station.index()] += out as f64;
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        if incident.received < self.from {
            return;
        }
        let point = incident.point.index();
        self.calls += 1.0;
        self.by_point[point] += 1.0;
        self.by_out[usize::from(response.engines_out)] += 1.0;
        match response.station {
            None => self.lost += 1.0,
            Some(_) if response.wait.0 > 0 => {
                self.waited += 1.0;
                self.waits += response.wait.seconds() / SERVICE;
            }
            Some(station) => self.answered[point][station.index()] += 1.0,
        }
    }
}

impl Runs {
    /// Simulates a model in which nothing takes time but service; each demand point offers so many erlangs.
    pub(super) fn simulate(
        &self,
        offered: &Offered<'_>,
        deployment: &Deployment,
        service: Distribution,
        overload: Overload,
    ) -> Vec<Counts> {
        let total: f64 = offered.points.iter().sum();
        let a_day = 86_400.0 / SERVICE;
        let days = WARM_UP + (offered.calls / (total * a_day)).ceil() as u32;
        let rates: Vec<f64> = offered
            .points
            .iter()
            .map(|erlangs| erlangs * a_day)
            .collect();
        let arrivals = ArrivalProcess::new(
            IncidentTypeId(0),
            0,
            &rates,
            &[1.0; 24],
            (0..days).map(|_| 1.0),
        );
        let model = Model {
            seed: self.seed,
            days,
            warm_up_days: WARM_UP,
            arrivals: arrivals.into_iter().collect(),
            listed: Vec::new(),
            types: vec![TypeModel {
                severities: vec![SeverityModel {
                    share: 1.0,
                    needs: [1, 0, 0, 0, 0, 0],
                    on_scene: service,
                }],
                priority: 1,
                needs_water: false,
            }],
            call_handling: Distribution::Constant(0.0),
            water: None,
            turnout: [const { Distribution::Constant(0.0) }; 3],
            turnout_by_hour: [1.0; 24],
            traffic: Distribution::Constant(1.0),
            return_factor: 1.0,
            restocking: Distribution::Constant(0.0),
            overload,
            policies: Vec::new(),
        };
        let stations = deployment.fleet.engines().len();
        let engines: usize = deployment
            .fleet
            .engines()
            .iter()
            .map(|e| usize::from(*e))
            .sum();
        let empty = Counts {
            from: SimulatedTime::midnight(WARM_UP),
            until: SimulatedTime::midnight(days),
            by_out: vec![0.0; engines + 1],
            answered: vec![vec![0.0; stations]; offered.points.len()],
            by_point: vec![0.0; offered.points.len()],
            busy: vec![0.0; stations],
            ..Counts::default()
        };
        (0..self.replications)
            .into_par_iter()
            .map(|replication| {
                let mut counts = empty.clone();
                watch(&model, deployment, replication, &mut counts);
                counts
            })
            .collect()
    }
}

/// So many engines at the only station.
pub(super) fn one_station(engines: u16) -> Deployment {
    let only = Preference {
        expected: Millis(0),
        station: FleetStation(0),
    };
    Deployment::in_order(Fleet::alike(vec![engines]), &[vec![only]])
}
