//! `brigade optimize`: the best sites among all junctions of a scenario's towns, or for a ready table
//! of travel times, proven.

mod frontier;
mod robust;
mod rules;
mod scenario;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;

use super::{Failure, manners};
use crate::files::Source;
use crate::planning::ready::{Decimal, Demand, ReadyTimes};
use crate::report::siting::{Solved, json, text};
use crate::siting::answer::{Answer, Effort, Progress};
use crate::siting::maximum_coverage::{
    Credit, EXPECTED_SCALE, Fleet, most_counted, most_credit, most_expected, most_reached,
};
use crate::siting::median::p_median;
use crate::siting::p_center::soonest_everywhere;
use crate::siting::problem::{ProblemError, Rules};
use crate::siting::set_cover::fewest_sites;
use crate::units::Metres;

/// Longer thresholds than any time that can be given.
const LONGEST: u128 = u32::MAX as u128 - 2;
/// What counts whole counts so much where parts of it count.
const PER_CENT: u32 = 100;
/// So many ids are named where one is not known.
const MOST_NAMED: usize = 8;

/// Chooses the best sites, and proves that no choice is better.
///
/// For a scenario: one site in each town, from all junctions of main roads there, with the least mean
/// response time expected when every engine is at home; then the best few are simulated. A junction
/// belongs to the town of the nearest demand point. The best sites are written to
/// optimized-candidates.csv, a table for the key tables.candidates of a scenario.
///
/// For ready travel times (--travel-times, --demand, --objective): travel times are a table origin,destination,seconds as `brigade matrix` writes it: origins are
/// candidate sites, destinations demand points. A pair without seconds, or without a row, has no
/// road. Demand is a table id,weight; points of weight 0 ask for nothing. The answer has a value
/// and a bound; the gap between them is 0 unless --time-limit ends the search first. Where no
/// choice will do, the status is "infeasible", with the reason.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    free: scenario::FreeArgs,

    /// Travel times: a table origin,destination,seconds
    #[arg(
        long,
        value_name = "FILE.csv",
        requires = "demand",
        requires = "objective",
        conflicts_with_all = scenario::OPTIONS
    )]
    travel_times: Option<PathBuf>,

    /// Demand points: a table id,weight
    #[arg(long, value_name = "FILE.csv", requires = "travel_times")]
    demand: Option<PathBuf>,

    /// What the best sites are best at; for a scenario it is the mean response time
    #[arg(long, value_name = "MODEL", requires = "travel_times")]
    objective: Option<Objective>,

    /// How many sites are chosen, fixed ones included; engines for mexclp; at most so many for lscp
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..),
        requires = "travel_times"
    )]
    p: Option<u32>,

    /// Travel time within which demand counts as reached, this time included (mclp, lscp, mexclp)
    #[arg(long, value_name = "SECONDS", requires = "travel_times")]
    threshold: Option<String>,

    /// What it is worth to be reached within so many seconds, in per cent, such as 300=100; give it for
    /// each span, worth less the longer it is, instead of --threshold (mclp)
    #[arg(
        long,
        value_name = "SECONDS=PERCENT",
        requires = "travel_times",
        conflicts_with = "threshold"
    )]
    credit: Vec<String>,

    /// What a second site within --threshold is worth besides the first, as a share of it (mclp)
    #[arg(long, value_name = "SHARE", requires = "threshold")]
    backup: Option<f64>,

    /// Sites that are chosen in any case; they count among --p. For a scenario: listed candidates that
    /// stand beside the new ones
    #[arg(long, value_name = "ID", num_args = 1..)]
    fixed: Vec<String>,

    /// Sites that are never chosen
    #[arg(long, value_name = "ID", num_args = 1.., requires = "travel_times")]
    forbid: Vec<String>,

    /// What the choice may cost. For ready times: all chosen sites together, by the column `cost` of
    /// --sites; --p may then be left out. For a scenario: further brigades a year, in yuan, each
    /// investment spread over its life
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    budget: Option<f64>,

    /// What is known of the sites: a table id, with any of the columns group, cost, capacity, lon and
    /// lat. A site serves no more weight than its capacity; a demand point may be shared between sites
    #[arg(long, value_name = "FILE.csv", requires = "travel_times")]
    sites: Option<PathBuf>,

    /// So many sites are chosen from a group of --sites; give it for each group
    #[arg(long, value_name = "GROUP=N", requires = "sites")]
    choose: Vec<String>,

    /// No two chosen sites are nearer to each other than this, in a straight line (--sites with lon
    /// and lat)
    #[arg(long, value_name = "LENGTH", requires = "sites")]
    least_distance: Option<Metres>,

    /// Share of time that an engine is out, from 0 to less than 1 (mexclp)
    #[arg(long, value_name = "SHARE", requires = "travel_times")]
    busy: Option<f64>,

    /// Engines are out together, as calls that find one out go to another (mexclp)
    #[arg(long, requires = "busy")]
    adjusted: bool,

    /// Share of all weight that may be left behind, those who are reached last (p-center)
    #[arg(long, value_name = "SHARE", requires = "travel_times")]
    aside: Option<f64>,

    /// End after so many seconds with the best found so far and its gap
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,

    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

fn budget(text: &str) -> Result<f64, String> {
    let yuan = text.parse().ok();
    yuan.filter(|yuan: &f64| *yuan > 0.0 && yuan.is_finite())
        .ok_or_else(|| "it should be an amount in yuan above 0, such as 3000000".to_owned())
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Objective {
    /// Least sum of weight times travel time to the nearest site
    PMedian,
    /// Least travel time to the point that is reached last
    PCenter,
    /// Most weight within --threshold
    Mclp,
    /// Fewest sites that reach all demand within --threshold
    Lscp,
    /// Most weight within --threshold of an engine that is not out
    Mexclp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What can be wrong with the options.
#[derive(Debug, thiserror::Error)]
enum OptionError {
    #[error("--{option} is missing: {objective} needs {what}")]
    Missing {
        option: &'static str,
        objective: &'static str,
        what: &'static str,
    },
    #[error("--{option} has no meaning for {objective}; leave it out, or choose {instead}")]
    Needless {
        option: &'static str,
        objective: &'static str,
        instead: &'static str,
    },
    #[error("--{option} {value}: it should be {expected}")]
    Value {
        option: &'static str,
        value: String,
        expected: &'static str,
    },
    #[error("--{option} {id}: no origin of {file} has this id; there are {known}")]
    UnknownSite {
        option: &'static str,
        id: String,
        file: String,
        known: String,
    },
    #[error("the site {id} is given to both --fixed and --forbid; give it to one of them")]
    FixedAndForbidden { id: String },
    #[error(
        "--p {p}: {file} has {sites} sites, of which {usable} may be chosen; --p can be {usable} at most"
    )]
    TooManySites {
        p: usize,
        file: String,
        sites: usize,
        usable: usize,
    },
    #[error("--p {p}: {fixed} sites are --fixed, which count; --p should be at least {fixed}")]
    TooManyFixed { p: usize, fixed: usize },
    #[error("--choose {text}: it should be a group and how many of it, such as --choose north=1")]
    Choose { text: String },
    #[error("--choose {group}: {file} has no site in this group; there are {known}")]
    UnknownGroup {
        group: String,
        file: String,
        known: String,
    },
    #[error("--choose {group}={wanted}: the group has {sites} sites")]
    GroupTooSmall {
        group: String,
        wanted: usize,
        sites: usize,
    },
    #[error("--{option} needs {what}, and {file} has none")]
    NoColumn {
        option: &'static str,
        what: &'static str,
        file: String,
    },
    #[error("--budget {budget} buys no site: the cheapest costs {cheapest}")]
    BuysNothing { budget: f64, cheapest: Decimal },
    #[error(
        "{file}: column `capacity` has no meaning for mexclp and with --backup, where several sites count \
         for one point; leave it out, or choose p-median, p-center, mclp or lscp"
    )]
    NoRoom { file: String },
    #[error("--budget needs --sites, a table with a column `cost`")]
    BudgetWithoutSites,
}

impl From<OptionError> for Failure {
    fn from(error: OptionError) -> Self {
        Self::Input(Box::new(error))
    }
}

impl From<ProblemError> for Failure {
    fn from(error: ProblemError) -> Self {
        Self::Input(Box::new(error))
    }
}

impl Objective {
    /// Its name, as it is given.
    #[must_use]
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

    /// How many places behind the point its values have, where weights have so many.
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

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When an option or a table is wrong.
    pub fn run(&self) -> Result<(), Failure> {
        match (&self.travel_times, &self.demand, self.objective) {
            (Some(times), Some(demand), Some(objective)) => self.ready(times, demand, objective),
            _ => self.free(),
        }
    }

    /// For ready travel times.
    fn ready(&self, times: &Path, demand: &Path, objective: Objective) -> Result<(), Failure> {
        let asked = self.asked(objective)?;
        super::use_threads(self.threads)?;
        let demand = Demand::read(&Source::Disk(demand.to_owned()))?;
        let ready = ReadyTimes::read(times, &demand)?;
        let rules = self.rules(times, objective, &ready.sites, demand.places)?;
        let places = objective.places(demand.places) + asked.places();
        let line = manners::line();
        let tell = |progress: Progress| {
            let figure = |units: u64| Decimal {
                units: u128::from(units),
                places,
            };
            let value = progress
                .value
                .map_or_else(|| "–".to_owned(), |v| figure(v).to_string());
            line.set_message(format!("best {value}, bound {}", figure(progress.bound)));
        };
        let effort = Effort {
            time_limit: asked.time_limit,
            progress: Some(&tell),
        };
        let sites = ready.sites;
        let (answer, unreached) = asked.solve(objective, ready.times, &demand, &rules, &effort)?;
        line.finish_and_clear();
        let solved = Solved {
            objective: objective.name(),
            answer: &answer,
            places,
            sites: answer.sites.iter().map(|site| &sites[*site][..]).collect(),
            unreached: unreached
                .iter()
                .map(|point| &demand.ids[*point][..])
                .collect(),
            demand: &demand,
        };
        match self.format {
            Format::Json => outln!("{}", json(&solved)),
            Format::Text => outln!("{}", text(&solved)),
        }
        Ok(())
    }

    /// Checks the options that need no file.
    fn asked(&self, model: Objective) -> Result<Asked, OptionError> {
        let objective = model.name();
        let missing = |option, what| OptionError::Missing {
            option,
            objective,
            what,
        };
        let needless = |option, instead| OptionError::Needless {
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
                millis.ok_or_else(|| OptionError::Value {
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
            return Err(OptionError::Value {
                option: "backup",
                value: backup.to_string(),
                expected: "a share from 0 to 1, such as 0.5",
            });
        }
        for (option, share) in [("busy", busy), ("aside", aside)] {
            if !(0.0..1.0).contains(&share) {
                return Err(OptionError::Value {
                    option,
                    value: share.to_string(),
                    expected: "a share of at least 0 and less than 1, such as 0.05",
                });
            }
        }
        Ok(Asked {
            p: self.p.unwrap_or(0) as usize,
            threshold,
            busy,
            adjusted: self.adjusted,
            aside,
            credits: self.credits()?,
            backup: self.backup,
            time_limit: self.limit()?,
        })
    }

    /// The spans of time with what they are worth, the shortest first.
    fn credits(&self) -> Result<Vec<Credit>, OptionError> {
        let wrong = |text: &str, expected| OptionError::Value {
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

    fn limit(&self) -> Result<Option<Duration>, OptionError> {
        let limit = |seconds: f64| {
            Duration::try_from_secs_f64(seconds).map_err(|_| OptionError::Value {
                option: "time-limit",
                value: seconds.to_string(),
                expected: "a number of seconds of at least 0, such as 60",
            })
        };
        self.time_limit.map(limit).transpose()
    }
}

/// `a, b, c, …`
fn first_ids(ids: &[String]) -> String {
    let more = if ids.len() > MOST_NAMED { ", …" } else { "" };
    let first: Vec<&str> = ids.iter().take(MOST_NAMED).map(String::as_str).collect();
    first.join(", ") + more
}

/// The options, understood.
struct Asked {
    p: usize,
    threshold: u32,
    busy: f64,
    adjusted: bool,
    aside: f64,
    credits: Vec<Credit>,
    backup: Option<f64>,
    time_limit: Option<Duration>,
}

impl Asked {
    /// How many more places behind the point a value has, as it counts in per cent.
    fn places(&self) -> u32 {
        if self.credits.is_empty() && self.backup.is_none() {
            0
        } else {
            PER_CENT.ilog10()
        }
    }

    /// The answer, and the points that the model leaves out as no site reaches them.
    fn solve(
        &self,
        objective: Objective,
        times: crate::siting::problem::Times,
        demand: &Demand,
        rules: &Rules,
        effort: &Effort<'_>,
    ) -> Result<(Answer, Vec<usize>), ProblemError> {
        let weight = &demand.weights[..];
        let alone = |answer| (answer, Vec::new());
        match objective {
            Objective::PMedian => p_median(times, weight, rules, effort).map(alone),
            Objective::PCenter => {
                let all = weight
                    .iter()
                    .map(|weight| u128::from(*weight))
                    .sum::<u128>();
                let aside = (all as f64 * self.aside) as u64;
                soonest_everywhere(&times, weight, aside, rules, effort).map(alone)
            }
            Objective::Mclp if !self.credits.is_empty() => {
                most_credit(&times, weight, &self.credits, rules, effort).map(alone)
            }
            Objective::Mclp => match self.backup {
                None => most_reached(&times, weight, self.threshold, rules, effort).map(alone),
                Some(share) => {
                    let levels = [PER_CENT, (share * f64::from(PER_CENT)).round() as u32];
                    let within = (&times, weight, self.threshold);
                    most_counted(within, &levels, rules, effort).map(alone)
                }
            },
            Objective::Lscp => fewest_sites(&times, weight, self.threshold, rules, effort),
            Objective::Mexclp => {
                let fleet = Fleet {
                    engines: self.p,
                    at_a_site: self.p,
                    busy: self.busy,
                    adjusted: self.adjusted,
                };
                most_expected((&times, weight, self.threshold), &fleet, rules, effort).map(alone)
            }
        }
    }
}
