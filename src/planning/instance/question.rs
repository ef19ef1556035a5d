//! What is asked of an instance: a model with its options, understood before any table is read.

use std::path::PathBuf;
use std::time::Duration;

use super::decimal::Decimal;
use super::error::InstanceError;
use crate::siting::answer::{Answer, Effort};
use crate::siting::maximum_coverage::{
    Credit, EXPECTED_SCALE, Fleet, most_counted, most_credit, most_expected, most_reached,
};
use crate::siting::median::p_median;
use crate::siting::p_center::p_center;
use crate::siting::problem::{Constraints, ProblemError, Times};
use crate::siting::set_cover::fewest_sites;
use crate::units::Metres;

/// Longer thresholds than any time that can be given.
const LONGEST: u128 = u32::MAX as u128 - 2;
/// What counts whole counts so much where parts of it count.
const PER_CENT: u32 = 100;

/// What the best sites are best at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Objective {
    /// Least sum of weight times travel time to the nearest site
    PMedian,
    /// Least travel time to the point that is reached last
    PCenter,
    /// Most weight within --threshold
    Mclp,
    /// Fewest sites that reach within --threshold all demand that any site can; the rest is listed
    Lscp,
    /// Most weight within --threshold of an engine that is not out
    Mexclp,
}

/// What is asked, as it is given: errors name the options of `brigade locate`.
#[derive(Clone, Debug)]
pub struct InstanceQuestion {
    /// Travel times: a table `origin,destination,seconds`.
    pub times: PathBuf,
    /// Demand points: a table `id,weight`.
    pub demand: PathBuf,
    /// What the best sites are best at.
    pub objective: Objective,
    /// How many sites are chosen; engines where they may be out.
    pub p: Option<u32>,
    /// Seconds within which demand counts as reached.
    pub threshold: Option<String>,
    /// `SECONDS=PERCENT`, one for each span of time.
    pub credit: Vec<String>,
    /// What a second site within reach is worth, as a share of the first.
    pub backup: Option<f64>,
    /// Ids of sites that are chosen in any case.
    pub fixed: Vec<String>,
    /// Ids of sites that are never chosen.
    pub forbid: Vec<String>,
    /// What the chosen sites may cost together.
    pub budget: Option<f64>,
    /// What is known of the sites.
    pub sites: Option<PathBuf>,
    /// `GROUP=N`, one for each group.
    pub choose: Vec<String>,
    /// No two chosen sites are nearer to each other than this.
    pub least_distance: Option<Metres>,
    /// Share of time that an engine is out.
    pub busy: Option<f64>,
    /// Whether engines are out together.
    pub adjusted: bool,
    /// Share of all weight that may be left behind.
    pub aside: Option<f64>,
    /// When the search ends, proven or not.
    pub time_limit: Option<Duration>,
}

impl Objective {
    /// Its name, as it is given.
    pub fn name(self) -> &'static str {
        match self {
            Self::PMedian => "p-median",
            Self::PCenter => "p-center",
            Self::Mclp => "mclp",
            Self::Lscp => "lscp",
            Self::Mexclp => "mexclp",
        }
    }

    fn has_threshold(self) -> bool {
        matches!(self, Self::Mclp | Self::Lscp | Self::Mexclp)
    }

    /// How many digits behind the point its values have, where weights have so many.
    fn places(self, of_weights: u32) -> u32 {
        match self {
            Self::PMedian => of_weights + 3,
            Self::PCenter => 3,
            Self::Mclp => of_weights,
            Self::Lscp => 0,
            Self::Mexclp => of_weights + EXPECTED_SCALE.ilog10(),
        }
    }
}

/// A model with all that it needs besides times, weights and constraints.
#[derive(Debug)]
pub(super) struct Model {
    objective: Objective,
    p: usize,
    threshold: u32,
    busy: f64,
    adjusted: bool,
    aside: f64,
    credits: Vec<Credit>,
    backup: Option<f64>,
}

impl InstanceQuestion {
    /// Holds the options against each other.
    pub(super) fn model(&self) -> Result<Model, InstanceError> {
        let (model, objective) = (self.objective, self.objective.name());
        let missing = |option, what| InstanceError::Missing {
            option,
            objective,
            what,
        };
        let needless = |option, instead| InstanceError::Needless {
            option,
            objective,
            instead,
        };
        let needs_p = self.budget.is_none() || model == Objective::Mexclp;
        if self.p.is_none() && needs_p && model != Objective::Lscp {
            return Err(missing("p", "a number of sites, such as --p 5"));
        }
        let threshold = match &self.threshold {
            Some(_) if !model.has_threshold() => {
                return Err(needless("threshold", "mclp, lscp or mexclp"));
            }
            None if model == Objective::Mclp && !self.credit.is_empty() => 0,
            None if model.has_threshold() => {
                return Err(missing(
                    "threshold",
                    "a time in seconds, such as --threshold 480",
                ));
            }
            None => 0,
            Some(text) => {
                let millis = Decimal::read(text.as_bytes()).map(|seconds| seconds.in_units_of(3));
                let millis = millis.filter(|millis| *millis <= LONGEST);
                millis.ok_or_else(|| InstanceError::Value {
                    option: "threshold",
                    value: text.clone(),
                    expected: "a number of seconds of at least 0, such as 480",
                })? as u32
            }
        };
        if !self.credit.is_empty() && model != Objective::Mclp {
            return Err(needless("credit", "mclp"));
        }
        if self.backup.is_some() && model != Objective::Mclp {
            return Err(needless("backup", "mclp"));
        }
        let busy = match self.busy {
            Some(_) if model != Objective::Mexclp => {
                return Err(needless("busy", "mexclp"));
            }
            None if model == Objective::Mexclp => {
                return Err(missing(
                    "busy",
                    "the share of time that an engine is out, such as --busy 0.3",
                ));
            }
            busy => busy.unwrap_or(0.0),
        };
        if self.aside.is_some() && model != Objective::PCenter {
            return Err(needless("aside", "p-center"));
        }
        let aside = self.aside.unwrap_or(0.0);
        if let Some(backup) = self.backup.filter(|share| !(0.0..=1.0).contains(share)) {
            return Err(InstanceError::Value {
                option: "backup",
                value: backup.to_string(),
                expected: "a share from 0 to 1, such as 0.5",
            });
        }
        for (option, share) in [("busy", busy), ("aside", aside)] {
            if !(0.0..1.0).contains(&share) {
                return Err(InstanceError::Value {
                    option,
                    value: share.to_string(),
                    expected: "a share of at least 0 and less than 1, such as 0.05",
                });
            }
        }
        Ok(Model {
            objective: model,
            p: self.p.unwrap_or(0) as usize,
            threshold,
            busy,
            adjusted: self.adjusted,
            aside,
            credits: self.credits()?,
            backup: self.backup,
        })
    }

    /// The spans of time with what they are worth, the shortest first.
    fn credits(&self) -> Result<Vec<Credit>, InstanceError> {
        let wrong = |text: &str, expected| InstanceError::Value {
            option: "credit",
            value: text.to_owned(),
            expected,
        };
        let mut credits: Vec<Credit> = Vec::new();
        for text in &self.credit {
            let parts = text.split_once('=');
            let read = parts.and_then(|(seconds, percent)| {
                let millis = Decimal::read(seconds.as_bytes())?.in_units_of(3);
                let worth: u32 = percent.parse().ok().filter(|worth| *worth <= PER_CENT)?;
                Some(Credit {
                    within: u32::try_from(millis).ok().filter(|_| millis <= LONGEST)?,
                    worth,
                })
            });
            let expected = "seconds and whole per cent, such as 300=100";
            credits.push(read.ok_or_else(|| wrong(text, expected))?);
        }
        credits.sort_by_key(|credit| credit.within);
        let shrinks =
            |pair: &[Credit]| pair[0].within < pair[1].within && pair[0].worth >= pair[1].worth;
        if !credits.windows(2).all(shrinks) {
            let expected = "worth no more than every shorter span, each span given once";
            return Err(wrong(&self.credit.join(" "), expected));
        }
        Ok(credits)
    }
}

impl Model {
    /// How many digits of a value stand behind the point, where weights have so many.
    pub(super) fn places(&self, of_weights: u32) -> u32 {
        let counts_in_per_cent = !self.credits.is_empty() || self.backup.is_some();
        let of_worth = if counts_in_per_cent {
            PER_CENT.ilog10()
        } else {
            0
        };
        self.objective.places(of_weights) + of_worth
    }

    /// The answer, and the points that the model leaves out as no site reaches them.
    pub(super) fn solve(
        &self,
        times: Times,
        weight: &[u64],
        constraints: &Constraints,
        effort: &Effort,
    ) -> Result<(Answer, Vec<usize>), ProblemError> {
        let alone = |answer| (answer, Vec::new());
        match self.objective {
            Objective::PMedian => p_median(times, weight, constraints, effort).map(alone),
            Objective::PCenter => {
                let all = weight
                    .iter()
                    .map(|weight| u128::from(*weight))
                    .sum::<u128>();
                // A share such as 0.29 is not held exactly: 29 of 100 are meant, not 28.
                let aside = (all as f64 * self.aside * (1.0 + 1e-12)) as u64;
                p_center(&times, weight, aside, constraints, effort).map(alone)
            }
            Objective::Mclp if !self.credits.is_empty() => {
                most_credit(&times, weight, &self.credits, constraints, effort).map(alone)
            }
            Objective::Mclp => match self.backup {
                None => {
                    most_reached(&times, weight, self.threshold, constraints, effort).map(alone)
                }
                Some(share) => {
                    let levels = [PER_CENT, (share * f64::from(PER_CENT)).round() as u32];
                    let within = (&times, weight, self.threshold);
                    most_counted(within, &levels, constraints, effort).map(alone)
                }
            },
            Objective::Lscp => fewest_sites(&times, weight, self.threshold, constraints, effort),
            Objective::Mexclp => {
                let fleet = Fleet {
                    engines: self.p,
                    at_a_site: self.p,
                    busy: self.busy,
                    adjusted: self.adjusted,
                };
                most_expected(
                    (&times, weight, self.threshold),
                    &fleet,
                    constraints,
                    effort,
                )
                .map(alone)
            }
        }
    }
}
