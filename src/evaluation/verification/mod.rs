//! The simulator against theory: models of which the long run is known in closed form, simulated
//! by the same engine as a county.

mod models;

use models::{Counts, Offered, Runs, SERVICE, one_station};

use crate::brigades::MAX_ENGINES;
use crate::distribution::{Distribution, Shape};
use crate::evaluation::estimate::ratio;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::scenario::file::Overload;
use crate::simulation::deployment::Deployment;
use crate::simulation::theory::hypercube::Hypercube;
use crate::simulation::theory::{erlang, infinite_servers};
use crate::units::Millis;

/// The theory that knows what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theory {
    ErlangB,
    ErlangC,
    /// Losses do not depend on how service is distributed.
    Insensitivity,
    InfiniteServers,
    Hypercube,
}

/// How long engines are out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    pub shape: Shape,
    pub sd_over_mean: f64,
}

impl Service {
    const EXPONENTIAL: Self = Self::of(Shape::Exponential, 1.0);

    const fn of(shape: Shape, sd_over_mean: f64) -> Self {
        Self {
            shape,
            sd_over_mean,
        }
    }

    fn distribution(self) -> Distribution {
        Distribution::of(self.shape, SERVICE, self.sd_over_mean * SERVICE)
            .expect("the shapes below have a mean and a deviation")
    }
}

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// Engines at one station.
    OneStation {
        engines: u16,
        erlangs: f64,
        service: Service,
    },
    /// So many engines at one station that there are always some left.
    EnginesToSpare { erlangs: f64, service: Service },
    /// Each engine alone at its station, demand points among them.
    ManyStations {
        engines: usize,
        points: usize,
        erlangs_each: f64,
        overload: Overload,
    },
}

/// What is looked at; engines and points count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Lost,
    Waits,
    /// In mean services.
    MeanWait,
    FindBusy(u32),
    MeanBusy,
    Workload {
        engine: usize,
    },
    /// Of all pairs the one that is furthest off.
    AnsweredBy {
        point: usize,
        engine: usize,
    },
}

/// One figure beside what theory says.
#[derive(Clone, Debug)]
pub struct Check {
    pub theory: Theory,
    pub model: Model,
    pub figure: Figure,
    /// What the simulator says.
    pub simulated: f64,
    /// Its standard error over the replications.
    pub standard_error: f64,
    /// What theory says.
    pub expected: f64,
}

/// More standard errors than this are no luck: once in 16,000 checks.
pub const LIMIT: f64 = 4.0;

impl Check {
    /// By how many standard errors the simulator is off.
    pub fn z(&self) -> f64 {
        (self.simulated - self.expected) / self.standard_error
    }

    /// Whether the simulator is off by no more than luck.
    pub fn holds(&self) -> bool {
        self.z().abs() <= LIMIT
    }
}

/// Every check, each model with so many replications.
pub fn checks(seed: u64, replications: u32) -> Vec<Check> {
    let runs = Runs { seed, replications };
    let mut checks = Vec::new();
    for (engines, erlangs) in [(1, 0.5), (2, 1.0), (4, 3.0), (10, 8.0), (40, 35.0)] {
        checks.push(runs.lost(Theory::ErlangB, engines, erlangs, Service::EXPONENTIAL));
    }
    for service in [
        Service::of(Shape::Constant, 0.0),
        Service::of(Shape::Gamma, 0.5),
        Service::of(Shape::Lognormal, 2.0),
    ] {
        checks.push(runs.lost(Theory::Insensitivity, 4, 3.0, service));
    }
    for (engines, erlangs) in [(1, 0.6), (2, 1.2), (5, 4.0), (20, 17.0)] {
        checks.extend(runs.waits(engines, erlangs));
    }
    for service in [
        Service::of(Shape::Constant, 0.0),
        Service::of(Shape::Lognormal, 1.0),
    ] {
        checks.extend(runs.busy(6.0, service));
    }
    for (engines, points, load, overload) in [
        (3, 5, 0.5, Overload::Loss),
        (5, 9, 0.7, Overload::Queue),
        (8, 12, 0.6, Overload::Loss),
        (12, 20, 0.8, Overload::Loss),
    ] {
        checks.extend(runs.hypercube(engines, points, load, overload));
    }
    checks
}

impl Runs {
    fn lost(&self, theory: Theory, engines: u16, erlangs: f64, service: Service) -> Check {
        let counts = self.simulate(
            &Offered::at(&[erlangs]),
            &one_station(engines),
            service.distribution(),
            Overload::Loss,
        );
        let model = Model::OneStation {
            engines,
            erlangs,
            service,
        };
        check(
            (theory, model, Figure::Lost),
            &counts,
            |c| (c.lost, c.calls),
            erlang::lost(u32::from(engines), erlangs),
        )
    }

    fn waits(&self, engines: u16, erlangs: f64) -> [Check; 2] {
        let service = Service::EXPONENTIAL;
        let counts = self.simulate(
            &Offered::at(&[erlangs]),
            &one_station(engines),
            service.distribution(),
            Overload::Queue,
        );
        let model = Model::OneStation {
            engines,
            erlangs,
            service,
        };
        let of = |figure, of: fn(&Counts) -> (f64, f64), expected: Option<f64>| {
            let expected = expected.expect("less is offered than there are servers");
            check((Theory::ErlangC, model, figure), &counts, of, expected)
        };
        let engines = u32::from(engines);
        [
            of(
                Figure::Waits,
                |c| (c.waited, c.calls),
                erlang::waits(engines, erlangs),
            ),
            of(
                Figure::MeanWait,
                |c| (c.waits, c.calls),
                erlang::mean_wait(engines, erlangs),
            ),
        ]
    }

    /// So many engines that there are always some left.
    fn busy(&self, erlangs: f64, service: Service) -> Vec<Check> {
        let counts = self.simulate(
            &Offered::at(&[erlangs]),
            &one_station(MAX_ENGINES),
            service.distribution(),
            Overload::Loss,
        );
        let of = |figure| {
            let model = Model::EnginesToSpare { erlangs, service };
            (Theory::InfiniteServers, model, figure)
        };
        let mut checks: Vec<Check> = [2, 6, 10]
            .map(|busy: u32| {
                check(
                    of(Figure::FindBusy(busy)),
                    &counts,
                    |c| (c.by_out[busy as usize], c.calls),
                    infinite_servers::probability(busy, erlangs),
                )
            })
            .into();
        checks.push(check(
            of(Figure::MeanBusy),
            &counts,
            |c| (c.busy[0], (c.until.0 - c.from.0) as f64),
            erlangs,
        ));
        checks
    }

    /// Each engine alone at its station; the load is erlangs for each engine.
    fn hypercube(
        &self,
        engines: usize,
        points: usize,
        load: f64,
        overload: Overload,
    ) -> Vec<Check> {
        let cube = uneven(engines, points, load, overload);
        let answer = cube.exact().expect("few engines, and more than is offered");
        let by_point: Vec<Vec<Preference>> = cube
            .preferences
            .iter()
            .map(|order| {
                let stations = order.iter().map(|engine| Preference {
                    expected: Millis(0),
                    station: FleetStation::at(*engine),
                });
                stations.collect()
            })
            .collect();
        let deployment = Deployment::in_order(Fleet::alike(vec![1; engines]), &by_point);
        let service = Distribution::Exponential(SERVICE);
        let counts = self.simulate(&Offered::at(&cube.offered), &deployment, service, overload);
        let of = |figure| {
            let model = Model::ManyStations {
                engines,
                points,
                erlangs_each: load,
                overload,
            };
            (Theory::Hypercube, model, figure)
        };
        let all_busy = match overload {
            Overload::Loss => Figure::Lost,
            Overload::Queue => Figure::Waits,
        };
        let mut checks = vec![check(
            of(all_busy),
            &counts,
            |c| (c.lost + c.waited, c.calls),
            answer.all_busy,
        )];
        for (engine, workload) in answer.workload.iter().enumerate() {
            checks.push(check(
                of(Figure::Workload { engine: engine + 1 }),
                &counts,
                |c| (c.busy[engine], (c.until.0 - c.from.0) as f64),
                *workload,
            ));
        }
        let pairs = answer
            .answered
            .iter()
            .enumerate()
            .flat_map(|(point, shares)| {
                let counts = &counts;
                shares.iter().enumerate().map(move |(engine, share)| {
                    let figure = Figure::AnsweredBy {
                        point: point + 1,
                        engine: engine + 1,
                    };
                    check(
                        of(figure),
                        counts,
                        |c| (c.answered[point][engine], c.by_point[point]),
                        *share,
                    )
                })
            });
        checks.extend(pairs.max_by(|a, b| a.z().abs().total_cmp(&b.z().abs())));
        checks
    }
}

/// Demand points around a circle with uneven rates, engines at uneven distances on it; each point is
/// served by the nearest engine first.
fn uneven(engines: usize, points: usize, load: f64, overload: Overload) -> Hypercube {
    let at = |point: usize| point as f64 / points as f64;
    let stands = |engine: usize| (engine as f64 * 0.618_034).fract();
    let around = |a: f64, b: f64| {
        let distance = (a - b).abs();
        distance.min(1.0 - distance)
    };
    let weights: Vec<f64> = (0..points).map(|point| (1 + point % 4) as f64).collect();
    let total: f64 = weights.iter().sum();
    let whole = load * engines as f64;
    Hypercube {
        offered: weights
            .iter()
            .map(|weight| whole * weight / total)
            .collect(),
        preferences: (0..points)
            .map(|point| {
                let mut order: Vec<usize> = (0..engines).collect();
                order.sort_by(|a, b| {
                    around(stands(*a), at(point)).total_cmp(&around(stands(*b), at(point)))
                });
                order
            })
            .collect(),
        engines,
        overload,
    }
}

/// A figure as a ratio of sums over the replications.
fn check(
    (theory, model, figure): (Theory, Model, Figure),
    counts: &[Counts],
    of: impl Fn(&Counts) -> (f64, f64),
    expected: f64,
) -> Check {
    let (sums, totals): (Vec<f64>, Vec<f64>) = counts.iter().map(of).unzip();
    let (simulated, standard_error) = ratio(&sums, &totals).unwrap_or((f64::NAN, f64::NAN));
    Check {
        theory,
        model,
        figure,
        simulated,
        standard_error,
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::estimate::Estimate;
    use rayon::prelude::*;

    /// Few replications, fixed seed: every figure within its luck.
    #[test]
    fn the_simulator_agrees_with_theory() {
        let checks = checks(1, 30);
        let off: Vec<&Check> = checks.iter().filter(|check| !check.holds()).collect();
        assert!(off.is_empty(), "{off:#?}");
        assert!(checks.len() > 50);
    }

    /// A simulator that is off by as little as a tenth of a server's load would be found out.
    #[test]
    fn a_wrong_figure_does_not_hold() {
        let runs = Runs {
            seed: 1,
            replications: 30,
        };
        let mut check = runs.lost(Theory::ErlangB, 4, 3.1, Service::EXPONENTIAL);
        check.expected = erlang::lost(4, 3.0);
        assert!(!check.holds(), "{check:?}");
    }

    /// Erlang's loss of 4 engines and 3 erlangs is known: a nominal 95 % interval of 20 replications
    /// covers it in 95 % of 1,000 experiments, give or take (standard error 0.7).
    #[test]
    fn nominal_intervals_cover_what_is_known() {
        let expected = erlang::lost(4, 3.0);
        let covered = (0..1000)
            .into_par_iter()
            .filter(|seed| {
                let runs = Runs {
                    seed: *seed,
                    replications: 20,
                };
                let service = Distribution::Exponential(SERVICE);
                let offered = Offered {
                    points: &[3.0],
                    calls: 300.0,
                };
                let counts = runs.simulate(&offered, &one_station(4), service, Overload::Loss);
                let (lost, calls): (Vec<f64>, Vec<f64>) =
                    counts.iter().map(|c| (c.lost, c.calls)).unzip();
                let interval = Estimate::of_ratio(&lost, &calls).unwrap();
                (interval.low.unwrap()..=interval.high.unwrap()).contains(&expected)
            })
            .count();
        assert!((930..=970).contains(&covered), "{covered}");
    }
}
