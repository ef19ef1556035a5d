//! Engines to spare, so that every stage of a response is what is drawn: its mean, its variance, how many are
//! above a time, how many engines are in it (M/G/∞), and what stages come to together.

use super::check::{Check, Dispatching, EngineStage, Figure, Span, Subject, Theory};
use super::queues::policies;
use super::runs::{Probe, Runs, Trial, arrivals_by_hour, deployment, order_of, severity, type_of};
use crate::brigades::MAX_ENGINES;
use crate::brigades::crew::Crew;
use crate::distribution::Distribution;
use crate::expected::fleet::Fleet;
use crate::scenario::file::Overload;
use crate::simulation::assignment::Assignment;
use crate::simulation::deployment::Deployment;
use crate::simulation::model::TypeModel;
use crate::simulation::theory::infinite_servers;
use crate::simulation::theory::stages::{
    Moments, OVER_ONE_DEVIATION, erlang_over, exponential_over, squared, triangular_over,
};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Every check of stages.
pub(super) fn checks(runs: &Runs) -> Vec<Check> {
    let mut checks = every_shape(runs);
    checks.extend(one_engine(runs, Dispatching::FirstReady));
    checks.extend(one_engine(runs, Dispatching::ByPolicies));
    checks.extend(by_hour(runs));
    checks
}

/// Seconds to the demand points from the stations that are first there.
const TRAVEL: [f64; 3] = [300.0, 480.0, 720.0];
const TRAFFIC_SD: f64 = 0.3;
const BACK: f64 = 1.4;
/// Of which the restocking takes one, each as likely, in seconds.
const RESTOCKING: [f64; 3] = [300.0, 600.0, 1500.0];

/// The time that is one standard deviation of the logarithm above its mean, for a lognormal time.
fn one_deviation_above(mean: f64, sd: f64) -> f64 {
    let variance = libm::log(1.0 + squared(sd / mean));
    libm::exp(libm::log(mean) - variance / 2.0 + variance.sqrt())
}

/// A time whose moments are known, and how many are above some other.
struct Known {
    span: Span,
    moments: Moments,
    /// Seconds, and the share above them.
    over: Option<[f64; 2]>,
}

impl Known {
    /// Its mean, its variance and the share above.
    fn probes(
        &self,
        probe: impl Fn(Figure, f64, Box<dyn Fn(Millis) -> f64 + Sync>) -> Probe,
    ) -> Vec<Probe> {
        let Self {
            span,
            moments,
            over,
        } = *self;
        let mean = moments.mean / 60.0;
        let mut probes = vec![
            probe(
                Figure::Mean(span),
                mean,
                Box::new(|time: Millis| time.minutes()),
            ),
            // Around the mean that is known, so that nothing is lost by estimating it.
            probe(
                Figure::Variance(span),
                moments.variance / 3600.0,
                Box::new(move |time: Millis| squared(time.minutes() - mean)),
            ),
        ];
        if let Some([seconds, share]) = over {
            probes.push(probe(
                Figure::Over(span, seconds / 60.0),
                share,
                Box::new(move |time: Millis| f64::from(time.seconds() > seconds)),
            ));
        }
        probes
    }

    /// Of the engines of a station, counted from 0, or of all.
    fn of_engines(&self, station: Option<usize>, time: fn(&Assignment) -> Millis) -> Vec<Probe> {
        self.probes(|figure, expected, value| {
            Probe::of_engines(figure, expected, move |engine| {
                let is_of_it = station.is_none_or(|of| of == engine.engine.station.index());
                is_of_it.then(|| value(time(engine)))
            })
        })
    }
}

fn every_shape(runs: &Runs) -> Vec<Check> {
    let handling = Known {
        span: Span::CallHandling,
        moments: Moments::of(90.0, 45.0),
        over: Some([150.0, erlang_over(4, 90.0, 150.0)]),
    };
    let turnout = [
        Known {
            span: Span::Turnout(Crew::FullTime),
            moments: Moments::of(60.0, 20.0),
            over: Some([one_deviation_above(60.0, 20.0), OVER_ONE_DEVIATION]),
        },
        Known {
            span: Span::Turnout(Crew::PartTime),
            moments: Moments::uniform(180.0, 420.0),
            over: Some([360.0, 0.25]),
        },
        Known {
            span: Span::Turnout(Crew::Volunteer),
            moments: Moments::triangular(300.0, 480.0, 900.0),
            over: Some([660.0, triangular_over([300.0, 480.0, 900.0], 660.0)]),
        },
    ];
    let traffic = Moments::of(1.0, TRAFFIC_SD);
    let slow = one_deviation_above(1.0, TRAFFIC_SD);
    let on_scene = Known {
        span: Span::OnScene,
        moments: Moments::exponential(2400.0),
        over: Some([3600.0, exponential_over(2400.0, 3600.0)]),
    };
    let restocking = Known {
        span: Span::Restocking,
        moments: Moments::of_values(&RESTOCKING),
        over: Some([1000.0, 1.0 / 3.0]),
    };

    let mut probes = handling.probes(|figure, expected, value| {
        Probe::of_calls(figure, expected, move |incident, _| {
            Some(value(incident.call_handling))
        })
    });
    for (station, turnout) in turnout.iter().enumerate() {
        probes.extend(turnout.of_engines(Some(station), |engine| engine.turnout));
    }
    // The second station stands for all, as all drive by one rule.
    let travel = Known {
        span: Span::Travel,
        moments: traffic.times(TRAVEL[1]),
        over: Some([TRAVEL[1] * slow, OVER_ONE_DEVIATION]),
    };
    probes.extend(travel.of_engines(Some(1), |engine| engine.travel));
    probes.extend(on_scene.of_engines(None, |engine| engine.on_scene));
    let way_back = Known {
        span: Span::WayBack,
        moments: traffic.times(TRAVEL[1] * BACK),
        over: Some([TRAVEL[1] * BACK * slow, OVER_ONE_DEVIATION]),
    };
    probes.extend(way_back.of_engines(Some(1), |engine| engine.way_back));
    probes.extend(restocking.of_engines(None, |engine| engine.restocking));

    // What stages come to together, which is as if none knew of another.
    for (point, (turnout, travel)) in turnout.iter().zip(TRAVEL).enumerate() {
        let stages = [handling.moments, turnout.moments, traffic.times(travel)];
        let response = Known {
            span: Span::ResponseAt(point + 1),
            moments: stages.into_iter().sum(),
            over: None,
        };
        probes.extend(response.probes(|figure, expected, value| {
            Probe::of_calls(figure, expected, move |incident, response| {
                (incident.point.index() == point).then(|| value(response.response))
            })
        }));
    }
    let covariance = |[one, other]: [&Known; 2], of: fn(&Assignment) -> [Millis; 2]| {
        let means = [one, other].map(|stage| stage.moments.mean / 60.0);
        let figure = Figure::Covariance(one.span, other.span);
        Probe::of_engines(figure, 0.0, move |engine| {
            let [one, other] = of(engine).map(Millis::minutes);
            (engine.engine.station.index() == 1).then(|| (one - means[0]) * (other - means[1]))
        })
    };
    probes.push(covariance([&travel, &on_scene], |engine| {
        [engine.travel, engine.on_scene]
    }));
    probes.push(covariance([&on_scene, &restocking], |engine| {
        [engine.on_scene, engine.restocking]
    }));
    // Each way has its own traffic.
    probes.push(covariance([&travel, &way_back], |engine| {
        [engine.travel, engine.way_back]
    }));
    probes.push(covariance([&on_scene, &way_back], |engine| {
        [engine.on_scene, engine.way_back]
    }));

    // As many engines are at a stage as come to it in its mean; how many are out is Poisson.
    let per_point = 35.0;
    let a_second = per_point / 86_400.0;
    let drive: f64 = TRAVEL.iter().sum();
    let turnouts: f64 = turnout.iter().map(|crew| crew.moments.mean).sum();
    type Ends = fn(&Assignment) -> [SimulatedTime; 2];
    let stages: [(EngineStage, f64, Ends); 5] = [
        (EngineStage::Turnout, turnouts, |e| [e.ordered, e.left()]),
        (EngineStage::Travel, drive, |e| [e.left(), e.arrived()]),
        (EngineStage::OnScene, 3.0 * on_scene.moments.mean, |e| {
            [e.arrived(), e.cleared()]
        }),
        (EngineStage::WayBack, drive * BACK, |e| {
            [e.cleared(), e.back()]
        }),
        (
            EngineStage::Restocking,
            3.0 * restocking.moments.mean,
            |e| [e.back(), e.ready()],
        ),
    ];
    let out: f64 = stages.iter().map(|(_, seconds, _)| seconds).sum();
    probes.extend(stages.map(|(stage, seconds, ends)| {
        Probe::out(Figure::MeanAt(stage), a_second * seconds, move |engine| {
            Some(ends(engine))
        })
    }));
    probes.extend([2, 5, 9].map(|found| {
        Probe::share_of_calls(
            Figure::FindOut(found),
            infinite_servers::probability(found, a_second * out),
            move |_, response| u32::from(response.engines_out) == found,
        )
    }));

    let mut model = runs.model(&[vec![per_point; 3]], Overload::Queue);
    model.types = vec![type_of(1, Distribution::Exponential(2400.0))];
    model.call_handling = Distribution::gamma(90.0, 45.0);
    model.turnout = [
        Distribution::lognormal(60.0, 20.0),
        Distribution::Uniform {
            low: 180.0,
            high: 420.0,
        },
        Distribution::Triangular {
            low: 300.0,
            mode: 480.0,
            high: 900.0,
        },
    ];
    model.traffic = Distribution::lognormal(1.0, TRAFFIC_SD);
    model.return_factor = BACK;
    model.restocking = Distribution::Empirical(RESTOCKING.into());
    let fleet = Fleet::alike(vec![MAX_ENGINES; 3]).manned_by(Crew::ALL.into());
    let orders = TRAVEL.iter().enumerate();
    let orders: Vec<_> = orders
        .map(|(station, travel)| order_of(&[(station, *travel)]))
        .collect();
    runs.checks(&Trial {
        theory: Theory::Stages,
        subject: Subject::Stages,
        model,
        deployment: &Deployment::in_order(fleet, &orders),
        probes,
    })
}

/// One engine that is out for every stage; calls that find it out are lost. It stands ready for 1 / rate on average,
/// and is out for the mean of its stages, whatever their distributions.
fn one_engine(runs: &Runs, dispatching: Dispatching) -> Vec<Check> {
    let out: f64 = [240.0, TRAVEL[1] * (1.0 + BACK), 1800.0, 600.0]
        .iter()
        .sum();
    let a_day = 30.0;
    let offered = a_day * out / 86_400.0;
    let busy = offered / (1.0 + offered);
    let mut model = runs.model(&[vec![a_day]], Overload::Loss);
    model.types = vec![type_of(1, Distribution::gamma(1800.0, 900.0))];
    model.call_handling = Distribution::Exponential(120.0);
    model.turnout[0] = Distribution::Exponential(240.0);
    model.traffic = Distribution::lognormal(1.0, TRAFFIC_SD);
    model.return_factor = BACK;
    model.restocking = Distribution::lognormal(600.0, 600.0);
    model.policies = policies(dispatching);
    let probes = vec![
        Probe::share_of_calls(Figure::Lost, busy, |_, response| response.is_lost()),
        Probe::out(Figure::Workload { engine: 1 }, busy, |engine| {
            Some([engine.ordered, engine.ready()])
        }),
        Probe::calls_a_day(Figure::AnsweredADay, a_day * (1.0 - busy), |_, response| {
            !response.is_lost()
        }),
    ];
    runs.checks(&Trial {
        theory: Theory::Renewal,
        subject: Subject::OneEngine { dispatching },
        model,
        deployment: &deployment(&[1], &[&[(0, TRAVEL[1])]]),
        probes,
    })
}

/// Calls of two types, whose rates follow the hour in different ways, at two points; turnout is half as long again
/// at night. The second type needs one, two or three engines.
fn by_hour(runs: &Runs) -> Vec<Check> {
    const HANDLING: f64 = 90.0;
    const NIGHT: f64 = 1.5;
    let is_night = |hour: usize| !(6..22).contains(&hour);
    let hours: [[f64; 24]; 2] = [
        std::array::from_fn(|hour| {
            if hour == 3 {
                0.0
            } else {
                (1 + hour % 5) as f64
            }
        }),
        std::array::from_fn(|hour| if (8..20).contains(&hour) { 3.0 } else { 1.0 }),
    ];
    let rates = [[20.0, 20.0], [40.0, 120.0]];
    let severities = [(0.5, 1_u8, 600.0), (0.3, 2, 1200.0), (0.2, 3, 2400.0)];
    let engines: f64 = severities
        .iter()
        .map(|(share, engines, _)| share * f64::from(*engines))
        .sum();
    let at_scene: f64 = severities
        .iter()
        .map(|(share, engines, seconds)| share * f64::from(*engines) * seconds)
        .sum();

    let mut model = runs.model(&rates.map(Vec::from), Overload::Queue);
    let days = model.days;
    model.arrivals = (0..2)
        .filter_map(|of_type| arrivals_by_hour(of_type, &rates[of_type], &hours[of_type], days))
        .collect();
    model.types = vec![
        type_of(1, Distribution::Constant(600.0)),
        TypeModel {
            severities: severities
                .map(|(share, engines, seconds)| {
                    severity(share, engines, Distribution::Exponential(seconds))
                })
                .into(),
            priority: 2,
            needs_water: false,
            in_standards: true,
        },
    ];
    model.call_handling = Distribution::Constant(HANDLING);
    model.turnout[0] = Distribution::gamma(120.0, 60.0);
    model.turnout_by_hour = std::array::from_fn(|hour| if is_night(hour) { NIGHT } else { 1.0 });

    let mut probes = Vec::new();
    for of_type in 0..2 {
        let a_day: f64 = rates[of_type].iter().sum();
        let weights: f64 = hours[of_type].iter().sum();
        probes.extend((0..24).map(|hour| {
            let figure = Figure::CallsInHour {
                of_type: of_type + 1,
                hour,
            };
            let expected = a_day * hours[of_type][hour] / weights;
            Probe::calls_a_day(figure, expected, move |incident, _| {
                incident.incident_type.index() == of_type && incident.received.hour() == hour
            })
        }));
    }
    let by_hour = probes.len();
    let all: f64 = rates.iter().flatten().sum();
    probes.push(Probe::calls_a_day(Figure::CallsADay, all, |_, _| true));
    probes.push(Probe::of_calls(
        Figure::AtPoint(2),
        rates[1][1] / (rates[1][0] + rates[1][1]),
        |incident, _| {
            (incident.incident_type.index() == 1).then(|| f64::from(incident.point.index() == 1))
        },
    ));
    probes.extend(severities.map(|(share, engines, _)| {
        let engines = u16::from(engines);
        Probe::of_calls(Figure::Needs(engines), share, move |incident, _| {
            (incident.incident_type.index() == 1).then(|| f64::from(incident.engines == engines))
        })
    }));
    let spans = [
        (Span::Turnout(Crew::FullTime), 1.0, false),
        (Span::TurnoutAtNight, NIGHT, true),
    ];
    for (span, factor, at_night) in spans {
        let turnout = Known {
            span,
            moments: Moments::of(120.0, 60.0).times(factor),
            over: Some([180.0 * factor, erlang_over(4, 120.0, 180.0)]),
        };
        probes.extend(turnout.probes(|figure, expected, value| {
            Probe::of_engines(figure, expected, move |engine| {
                (is_night(engine.ordered.hour()) == at_night).then(|| value(engine.turnout))
            })
        }));
    }
    probes.push(Probe::of_engines(
        Figure::Mean(Span::OnScene),
        at_scene / engines / 60.0,
        |engine| (engine.priority == 2).then(|| engine.on_scene.minutes()),
    ));
    let mut checks = runs.checks(&Trial {
        theory: Theory::Thinning,
        subject: Subject::Hours,
        model,
        deployment: &deployment(&[MAX_ENGINES], &[&[(0, 240.0)], &[(0, 240.0)]]),
        probes,
    });
    let rest = checks.split_off(by_hour);
    Check::furthest(checks).into_iter().chain(rest).collect()
}
