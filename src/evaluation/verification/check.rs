//! What a check is: a figure of a model of which theory knows the value, and whether the simulator hits it.

use crate::brigades::crew::Crew;
use crate::distribution::Shape;
use crate::scenario::file::Overload;

/// The theory that knows what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theory {
    ErlangB,
    ErlangC,
    /// Losses do not depend on how service is distributed.
    Insensitivity,
    InfiniteServers,
    Hypercube,
    /// M/G/1 and M/M/c with priorities that do not preempt.
    Priorities,
    /// What independent stages come to together.
    Stages,
    /// The first and the last of several engines.
    OrderStatistics,
    /// One engine's cycle of standing ready and being out.
    Renewal,
    /// Poisson processes whose rate follows the hour.
    Thinning,
    /// A history of calls worked out by hand.
    History,
}

/// How long engines are out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    pub shape: Shape,
    pub sd_over_mean: f64,
}

impl Service {
    pub(super) const EXPONENTIAL: Self = Self::of(Shape::Exponential, 1.0);

    pub(super) const fn of(shape: Shape, sd_over_mean: f64) -> Self {
        Self {
            shape,
            sd_over_mean,
        }
    }
}

/// Which of the two ways of dispatching is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatching {
    /// Only engines that stand ready are looked at.
    FirstReady,
    /// By policies, of which none ever acts.
    ByPolicies,
}

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    /// Engines at one station.
    OneStation {
        engines: u16,
        erlangs: f64,
        service: Service,
    },
    /// Engines at one station, of which calls wait, dispatched by policies of which none ever acts.
    QueueByPolicies { engines: u16, erlangs: f64 },
    /// So many engines at one station that there are always some left.
    EnginesToSpare { erlangs: f64, service: Service },
    /// Each engine alone at its station, demand points among them.
    ManyStations {
        engines: usize,
        points: usize,
        erlangs_each: f64,
        overload: Overload,
    },
    /// Calls of several priorities at one station, every stage taking time.
    Priorities {
        engines: u16,
        erlangs: f64,
        dispatching: Dispatching,
    },
    /// Engines to spare at three stations, each with another crew, every stage of another shape.
    Stages,
    /// The same with a turnout and calls that follow the hour.
    Hours,
    /// So many engines a call, of one station.
    SeveralEngines { engines: u8, turnout: Shape },
    /// Two engines a call, from two stations.
    TwoStations,
    /// One engine, calls that find it out being lost, every stage taking time.
    OneEngine { dispatching: Dispatching },
    /// One engine far from the only demand point, sent again from its way back.
    Redirect,
    /// One engine and two priorities, the grave calls taking it from the others on its way.
    Reroute,
    /// A station with one engine, and one that always spares another to stand by there.
    MoveUp,
    /// A small county whose rates follow the calendar.
    Calendar,
    /// A history of calls in it in which nothing happens by chance.
    History(Variation),
}

/// What is different about a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variation {
    /// Calls wait where no engine stands ready.
    Queue,
    /// They do, and dispatching is by policies, of which none ever acts.
    ByPolicies,
    /// They do, and each is reached a part of a second later.
    StartedSeconds,
    /// They are lost.
    Loss,
    /// It is counted in batches.
    Batches,
}

/// What an engine does while it is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineStage {
    Turnout,
    Travel,
    OnScene,
    WayBack,
    Restocking,
}

/// A span of time that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    CallHandling,
    Turnout(Crew),
    /// Of full-time crews in the hours of the night shift.
    TurnoutAtNight,
    Travel,
    OnScene,
    WayBack,
    Restocking,
    /// Of the calls of a priority.
    WaitOf(u8),
    Response,
    /// Of the calls of a priority.
    ResponseOf(u8),
    /// Of the calls at a demand point, which count from 1.
    ResponseAt(usize),
    FullAssignment,
}

/// What is looked at; engines and points count from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    Lost,
    /// Of the calls of a priority.
    LostOf(u8),
    Waits,
    /// In mean services.
    MeanWait,
    /// The share of calls that wait for more than so many mean services.
    WaitsOver(f64),
    /// Of the calls of a priority.
    WaitsOf(u8),
    FindOut(u32),
    MeanOut,
    /// Engines that are at a stage, on average.
    MeanAt(EngineStage),
    Workload {
        engine: usize,
    },
    AnsweredBy {
        point: usize,
        engine: usize,
    },
    /// In minutes.
    Mean(Span),
    /// In square minutes.
    Variance(Span),
    /// In square minutes.
    Covariance(Span, Span),
    /// The share that takes longer than so many minutes.
    Over(Span, f64),
    CallsADay,
    AnsweredADay,
    /// Of a type in one hour of the day, for each day; types count from 1.
    CallsInHour {
        of_type: usize,
        hour: usize,
    },
    /// The share of calls at a demand point.
    AtPoint(usize),
    /// The share of calls that need so many engines.
    Needs(u16),
    /// The share of answered calls of a priority to which an engine was sent on from its way.
    Diverted,
    /// Move-ups for each call.
    MoveUps,
    /// Calls a day that come on a weekday, from Monday.
    CallsOnWeekday {
        of_type: usize,
        weekday: usize,
    },
    /// Calls a day that come in a month.
    CallsInMonth {
        of_type: usize,
        month: usize,
    },
    /// Calls a day that come at a demand point, on ordinary days.
    CallsOfPoint {
        of_type: usize,
        point: usize,
    },
    /// Calls a day that come on special days, in the town that has them.
    CallsAtFestival,
    /// Something of a history.
    Counted(Counted),
}

/// What is counted of a history; stations, points, types, months and batches count from 1, times are in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Calls,
    CallsInHour(usize),
    CallsInMonth(usize),
    CallsAt(usize),
    CallsOfType(usize),
    CallsInBatch(usize),
    Batches,
    Lost,
    Waited,
    FirstDueOut,
    SecondDue,
    Aided,
    Within(usize),
    FirstBy(usize),
    /// Calls at the first point, whose station was out, that the second answered.
    Relieved,
    /// With so many other incidents that had engines out.
    Others(usize),
    ResponseSum,
    ResponseSumFirstDueOut,
    FullAssignmentSum,
    Median,
    Percentile90,
    FullAssignmentPercentile90,
    Longest,
    Fires,
    FiresAtHydrant,
    FirstWaterSum,
    FirstWaterSumWithoutHydrants,
    FirstWaterPercentile90,
    /// Minutes that the engines of a station were out.
    Out(usize),
}

/// How far from theory chance can bring a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Not at all: nothing is drawn.
    None,
    /// So far, over the replications.
    StandardError(f64),
}

/// One figure beside what theory says.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    pub theory: Theory,
    pub subject: Subject,
    pub figure: Figure,
    /// What the simulator says.
    pub simulated: f64,
    pub spread: Spread,
    /// What theory says.
    pub expected: f64,
    /// Of so many figures it is the one furthest off.
    pub furthest_of: usize,
}

impl Check {
    /// By how many standard errors the simulator is off; none where nothing is drawn.
    pub fn z(&self) -> Option<f64> {
        match self.spread {
            Spread::None => None,
            Spread::StandardError(_) if self.simulated == self.expected => Some(0.0),
            Spread::StandardError(error) => Some((self.simulated - self.expected) / error),
        }
    }

    /// Whether the simulator is off by no more than `limit` standard errors, or by nothing at all where
    /// nothing is drawn.
    pub fn holds(&self, limit: f64) -> bool {
        match self.z() {
            Some(z) => z.abs() <= limit,
            None => self.simulated == self.expected,
        }
    }

    /// How far off it is, for the furthest of several.
    fn distance(&self) -> f64 {
        let off = match self.z() {
            Some(z) => z.abs(),
            None if self.simulated == self.expected => 0.0,
            None => f64::INFINITY,
        };
        // What is no number is further off than anything.
        if off.is_nan() { f64::INFINITY } else { off }
    }

    /// Of several figures the one that is furthest off, in the place of all.
    pub(super) fn furthest(checks: Vec<Self>) -> Option<Self> {
        let furthest_of = checks.iter().map(|check| check.furthest_of).sum();
        let furthest = checks
            .into_iter()
            .max_by(|a, b| a.distance().total_cmp(&b.distance()))?;
        Some(Self {
            furthest_of,
            ..furthest
        })
    }
}
