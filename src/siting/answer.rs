//! What a solver says: the chosen sites, what they are worth, and how much better any others could
//! be at most.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::progress::Search;

/// How an answer stands to the best there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// No choice is better.
    Optimal,
    /// The time ran out: no choice is better than the bound.
    Feasible,
    /// No choice keeps the constraints.
    Infeasible(Why),
    /// The time ran out before any choice was found.
    Unknown,
}

/// Why there is no choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// No site that may be chosen reaches these points, in ascending order.
    Unreached(Vec<usize>),
    /// Each point is reached by some site, but no choice of sites reaches all while it keeps the
    /// constraints.
    TooFewSites,
    /// Each point is reached by some site, but no choice that keeps the constraints has room for all it has to
    /// serve.
    NoRoom,
    /// No choice keeps the constraints, whatever it is worth.
    Constraints,
}

/// The answer to a question of siting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How it stands to the best there is.
    pub status: Status,
    /// The chosen sites, in ascending order; empty where there is no choice.
    pub sites: Vec<usize>,
    /// What they are worth, in the units of the model; `None` where there is no choice.
    pub value: Option<u64>,
    /// No choice is worth more (or costs less, where the model asks for the least).
    pub bound: u64,
    /// How much weight each of them serves, where sites have capacities; empty where they have none.
    pub loads: Vec<u64>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Answer {
    /// The distance between value and bound as a share of the value; 0 for the optimum, `None`
    /// where there is no choice.
    pub fn gap(&self) -> Option<f64> {
        let value = self.value?;
        let distance = value.abs_diff(self.bound);
        Some(match (distance, value) {
            (0, _) => 0.0,
            (_, 0) => f64::INFINITY,
            _ => distance as f64 / value as f64,
        })
    }

    /// A choice: the best there is where the bound, which is said of costs, has come up to its value.
    pub(super) fn found(
        (sites, loads): (Vec<usize>, Vec<u64>),
        value: u64,
        bound: u64,
        began: Instant,
    ) -> Self {
        Self {
            status: match bound >= value {
                true => Status::Optimal,
                false => Status::Feasible,
            },
            sites,
            value: Some(value),
            bound,
            loads,
            elapsed: began.elapsed(),
        }
    }

    /// No choice was found in time; none is below the bound.
    pub(super) fn unknown(bound: u64, began: Instant) -> Self {
        Self {
            status: Status::Unknown,
            sites: Vec::new(),
            value: None,
            bound,
            loads: Vec::new(),
            elapsed: began.elapsed(),
        }
    }

    /// No choice, and why.
    pub(super) fn infeasible(why: Why, began: Instant) -> Self {
        Self {
            status: Status::Infeasible(why),
            sites: Vec::new(),
            value: None,
            bound: 0,
            loads: Vec::new(),
            elapsed: began.elapsed(),
        }
    }
}

/// The answer to whether some choice does what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// These sites do, and this much each serves where they have capacities.
    Sites(Vec<usize>, Vec<u64>),
    /// No choice does.
    None(Why),
    /// The time was over before it was known.
    Unknown,
}

impl From<Answer> for Found {
    fn from(answer: Answer) -> Self {
        match answer.status {
            Status::Optimal | Status::Feasible => Self::Sites(answer.sites, answer.loads),
            Status::Infeasible(why) => Self::None(why),
            Status::Unknown => Self::Unknown,
        }
    }
}

/// How long a solver may take, and as what it tells how far it has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Effort {
    /// It ends with the best so far when this has passed; `None` for until it is proven.
    pub time_limit: Option<Duration>,
    /// So does branch and bound when it has worked on so many nodes: the same ones on any machine.
    pub most_nodes: Option<usize>,
    /// The search that value and bound are told of now and then; `None` tells nobody.
    pub search: Option<Search>,
    /// The solver looks for the least that is missing from so much, and tells what is there.
    pub(super) missing_from: Option<u64>,
}

impl Effort {
    /// Ends with the best so far when `time_limit` has passed, and tells nobody how far it has come.
    pub fn within(time_limit: Option<Duration>) -> Self {
        Self {
            time_limit,
            ..Self::default()
        }
    }

    /// The same, but where no time is given an end after so many nodes.
    pub fn or_nodes(self, most: usize) -> Self {
        Self {
            most_nodes: self.time_limit.is_none().then_some(most),
            ..self
        }
    }

    /// The same, told of as this search.
    pub fn telling(self, search: Search) -> Self {
        Self {
            search: Some(search),
            ..self
        }
    }

    /// Tells whoever listens how far a solver has come.
    pub(super) fn report_progress(&self, value: Option<u64>, bound: u64) {
        if let Some(search) = self.search {
            search.tell(value.map(|value| self.shown(value)), self.shown(bound));
        }
    }

    /// A solver's figure as its caller means it.
    pub(super) fn shown(&self, figure: u64) -> u64 {
        match self.missing_from {
            Some(total) => total - figure.min(total),
            None => figure,
        }
    }
}

/// When a solver began, and when it has to end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) began: Instant,
    end: Option<Instant>,
}

impl Clock {
    pub(super) fn start(effort: &Effort) -> Self {
        let began = Instant::now();
        let end = effort.time_limit.map(|limit| began + limit);
        Self { began, end }
    }

    pub(super) fn is_over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }
}
