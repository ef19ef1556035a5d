//! `brigade locate`: the best sites for a ready table of travel times, proven.

use std::path::PathBuf;

use clap::ValueEnum;

use super::console;
use super::failure::Failure;
use super::options::{Threads, budget, time_limit};
use crate::language::Language;
use crate::planning::instance::{InstanceError, InstanceQuestion, Objective, locate};
use crate::report::siting::{json, text};
use crate::units::Metres;

/// Choose sites for a ready table of travel times, with proof
///
/// Travel times are a table origin,destination,seconds as `brigade matrix` writes it: origins are
/// candidate sites, destinations demand points. A pair without seconds, or without a row, has no
/// road. Demand is a table id,weight; points of weight 0 ask for nothing. The answer has a value
/// and a bound; the gap between them is 0 unless --time-limit ends the search first. Where no
/// choice will do, the status is "infeasible", with the reason.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Travel times: a table origin,destination,seconds
    #[arg(long, value_name = "FILE.csv")]
    travel_times: PathBuf,

    /// Demand points: a table id,weight
    #[arg(long, value_name = "FILE.csv")]
    demand: PathBuf,

    /// Model: what the best sites are best at
    #[arg(long, value_name = "MODEL")]
    objective: Objective,

    /// How many sites to choose, fixed ones included; engines for mexclp; at most so many for lscp
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    p: Option<u32>,

    /// Travel time within which demand counts as reached, this time included (mclp, lscp, mexclp)
    #[arg(long, value_name = "SECONDS")]
    threshold: Option<String>,

    /// What it is worth to be reached within so many seconds, in per cent, such as 300=100; repeat for
    /// each span, worth less the longer it is, instead of --threshold (mclp)
    #[arg(long, value_name = "SECONDS=PERCENT", conflicts_with = "threshold")]
    credit: Vec<String>,

    /// What a second site within --threshold is worth besides the first, as a share of it (mclp)
    #[arg(long, value_name = "SHARE", requires = "threshold")]
    backup: Option<f64>,

    /// Sites to choose in any case; they count among --p
    #[arg(long, value_name = "ID", num_args = 1..)]
    fixed: Vec<String>,

    /// Sites never to choose
    #[arg(long, value_name = "ID", num_args = 1..)]
    forbid: Vec<String>,

    /// Most that all chosen sites may cost together, by the column `cost` of --sites; --p may then be left
    /// out
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    budget: Option<f64>,

    /// What is known of the sites: a table id, with any of the columns group, cost, capacity, lon and
    /// lat. A site serves no more weight than its capacity; a demand point may be shared between sites
    #[arg(long, value_name = "FILE.csv")]
    sites: Option<PathBuf>,

    /// How many sites to choose from a group of --sites; repeat for each group
    #[arg(long, value_name = "GROUP=N", requires = "sites")]
    choose: Vec<String>,

    /// Least distance between two chosen sites, in a straight line (--sites with lon and lat)
    #[arg(long, value_name = "LENGTH", requires = "sites")]
    least_distance: Option<Metres>,

    /// Share of time that an engine is out, from 0 to less than 1 (mexclp)
    #[arg(long, value_name = "SHARE")]
    busy: Option<f64>,

    /// Engines are out together, as calls that find one out go to another (mexclp)
    #[arg(long, requires = "busy")]
    adjusted: bool,

    /// Share of all weight that may be left out, those who are reached last (p-center)
    #[arg(long, value_name = "SHARE")]
    aside: Option<f64>,

    /// Stop after so many seconds, with the best found so far and its gap
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,

    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Language of the text
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    #[command(flatten)]
    threads: Threads,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl From<InstanceError> for Failure {
    fn from(error: InstanceError) -> Self {
        match error {
            InstanceError::Table(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When an option or a table is wrong.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let question = self.question()?;
        self.threads.set()?;
        let located = console::phase("siting", || locate(&question))?;
        match self.format {
            Format::Json => outln!("{}", json(&located).map_err(super::failure::failed)?),
            Format::Text => outln!("{}", text(&located, self.language)),
        }
        Ok(())
    }

    fn question(&self) -> Result<InstanceQuestion, Failure> {
        Ok(InstanceQuestion {
            times: self.travel_times.clone(),
            demand: self.demand.clone(),
            objective: self.objective,
            p: self.p,
            threshold: self.threshold.clone(),
            credit: self.credit.clone(),
            backup: self.backup,
            fixed: self.fixed.clone(),
            forbid: self.forbid.clone(),
            budget: self.budget,
            sites: self.sites.clone(),
            choose: self.choose.clone(),
            least_distance: self.least_distance,
            busy: self.busy,
            adjusted: self.adjusted,
            aside: self.aside,
            time_limit: time_limit(self.time_limit)?,
        })
    }
}
