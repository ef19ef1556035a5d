//! `brigade optimize`: the best sites among all junctions of a scenario's towns, proven.

use std::path::PathBuf;

use clap::ValueEnum;

use super::console;
use super::failure::Failure;
use super::indifference::IndifferenceArgs;
use super::options::{Overwriting, Resuming, Threads, budget, time_limit};
use super::publishing::{note_written, write_files};
use super::simulating::{ScenarioArgs, with_progress};
use crate::brigades::MAX_ENGINES;
use crate::charts::Theme;
use crate::evaluation::fingerprint::question;
use crate::evaluation::metric::Metric;
use crate::files::Product;
use crate::language::Language;
use crate::planning::phasing::Phase;
use crate::planning::{Inquiry, Request, RequestError};
use crate::progress::Search;
use crate::report::optimization::{answers, files, json, junction_name, paths, text};
use crate::roads::class::RoadClass;
use crate::simulation::replications::simulate;
use crate::siting::answer::Effort;
use crate::units::Metres;

/// Choose sites among all main-road junctions of some towns, with proof
///
/// One site in each town, with the least mean response time expected when every engine is at home;
/// then the best few are simulated. A junction belongs to the town of the nearest demand point. The
/// best sites are written to optimized-candidates.csv, a table for the key tables.candidates of a
/// scenario. For a ready table of travel times there is `brigade locate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,

    /// A town in which a brigade is wanted, by id or name, or `anywhere`; repeat for each brigade [default: those of
    /// the scenario's table `siting`, or else the groups from which its alternatives choose, or else one anywhere]
    #[arg(long, value_name = "TOWN")]
    within: Vec<String>,

    /// Engines of each new brigade [default: 2]
    #[arg(long, value_name = "N",
          value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_ENGINES)))]
    engines: Option<u16>,

    /// Class of road that makes a junction a candidate; repeat for each class [default: trunk,
    /// primary, secondary, tertiary]
    #[arg(long, value_name = "CLASS", value_parser = class)]
    on: Vec<RoadClass>,

    /// Listed candidates that stand beside the new ones
    #[arg(long, value_name = "ID", num_args = 1..)]
    fixed: Vec<String>,

    /// How many of the best choices to simulate, beside the existing stations and the best of the
    /// listed candidates; 0 for none
    #[arg(long, alias = "play", value_name = "N", default_value_t = 6,
          value_parser = clap::value_parser!(u16).range(0..=1000))]
    simulate: u16,

    /// Least distance between two choices that are simulated, by the site of one town at least; 0 m for
    /// the very best, though they be neighbours
    #[arg(long, alias = "apart", value_name = "LENGTH", default_value = "500 m")]
    min_distance: Metres,

    /// Also choose the sites of the towns together with one more anywhere in the county: the best
    /// sites may be others when a further brigade is to come. Takes longer
    #[arg(long)]
    together: bool,

    /// Most further brigades, anywhere, to set against their cost; 0 for none
    #[arg(long, value_name = "N", default_value_t = 5,
          value_parser = clap::value_parser!(u16).range(0..=50))]
    frontier: u16,

    /// Standard within which residents are counted [default: the one with the longest threshold]
    #[arg(long, value_name = "ID")]
    standard: Option<String>,

    /// Most that further brigades may cost a year, in yuan, each investment spread over its life
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    budget: Option<f64>,

    /// How many brigades are built by the end of a year, such as 2026=2: the first phase is the choice
    /// of --within, each later one the best so many more anywhere given what stands by then; repeat for
    /// each phase
    #[arg(long, value_name = "YEAR=N", value_parser = phase)]
    phase: Vec<Phase>,

    /// Another state of the world in which the choice has to do: a scenario of the same county, or
    /// conditions of this one (weather=rain, band=night, close=LINK; several with commas); repeat for
    /// each state. With the share of time in which it is so, as in weather=rain@0.2, the average counts
    /// each by it, the rest being the scenario as it is
    #[arg(long, value_name = "STATE[@SHARE]")]
    under: Vec<String>,

    /// Folder for optimization.json, optimized-candidates.csv, the frontier, and comparison.json of
    /// what is simulated
    #[arg(long, short, value_name = "DIR", default_value = "out/optimized")]
    output: PathBuf,

    /// Language of what is printed
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    /// Stop after so many seconds, with the best found so far and its gap
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,

    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    indifference: IndifferenceArgs,

    #[command(flatten)]
    overwriting: Overwriting,

    #[command(flatten)]
    resuming: Resuming,

    #[command(flatten)]
    threads: Threads,

    /// Options of `brigade locate`, whose users are told so
    #[arg(long = OF_LOCATE[0], aliases = &OF_LOCATE[1..], hide = true, num_args = 0..)]
    of_locate: Option<Vec<String>>,
}

/// Options for ready travel times.
const OF_LOCATE: [&str; 14] = [
    "travel-times",
    "demand",
    "objective",
    "p",
    "threshold",
    "credit",
    "backup",
    "forbid",
    "sites",
    "choose",
    "least-distance",
    "busy",
    "adjusted",
    "aside",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn class(text: &str) -> Result<RoadClass, String> {
    text.parse()
        .map_err(|_| format!("it should be a class of road: {}", RoadClass::known()))
}

fn phase(text: &str) -> Result<Phase, String> {
    let read = text.split_once('=').and_then(|(year, brigades)| {
        let year = year
            .parse()
            .ok()
            .filter(|year| (1900..=9999).contains(year))?;
        let brigades = brigades
            .parse()
            .ok()
            .filter(|brigades| (1..=50).contains(brigades))?;
        Some(Phase { year, brigades })
    });
    read.ok_or_else(|| "it should be a year and how many new brigades, such as 2026=2".to_owned())
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Scenario(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the scenario is wrong or the result cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.of_locate.is_some() {
            let words = "`optimize` is for scenarios: for ready travel times use `brigade locate` \
                         with the same options";
            return Err(Failure::Input(words.into()));
        }
        let time_limit = time_limit(self.time_limit)?;
        self.threads.set()?;
        let mut scenario = console::phase("reading the scenario", || self.scenario.load())?;
        let of_scenario = &mut scenario.rules.indifference;
        self.indifference
            .put(of_scenario, Metric::MeanResponse, "mean")?;
        let source = self.scenario.source();
        let inquiry = Inquiry::new(self.request(), &scenario, &source, junction_name)?;
        // Before the work, so that an output that cannot be written is known at once.
        let staging = self.overwriting.folder(&self.output, Product::Comparison)?;
        staging.refuse_changed(&paths())?;
        console::warn_of(&scenario.about.warnings, self.language);
        let question = question(&scenario, &(self.request(), time_limit));
        self.resuming.begin(&self.output, "optimize", question)?;
        let search = Search {
            name: "siting",
            decimals: None,
        };
        let effort = Effort::within(time_limit).telling(search);
        let choice = console::phase("siting", || inquiry.choose(&scenario, &effort))?;
        let trial = inquiry.simulate(&scenario, &choice, |experiment| {
            with_progress("simulation", || simulate(experiment))
        })?;
        let optimization = console::phase("further brigades", || {
            inquiry.answer(&choice, trial, &effort)
        })?;
        let answers = answers(&optimization).map_err(super::failure::failed)?;
        write_files(answers, &staging)?;
        let files = files(&optimization, self.language, Theme::default()).map_err(Failure::Run)?;
        write_files(files, &staging)?;
        let published = staging.publish()?;
        self.resuming.end();
        match self.format {
            Format::Json => outln!("{}", json(&optimization).map_err(super::failure::failed)?),
            Format::Text => out!("{}", text(&optimization, self.language)),
        }
        note_written(&self.output, &published);
        Ok(())
    }

    fn request(&self) -> Request {
        Request {
            within: self.within.clone(),
            on: self.on.clone(),
            engines: self.engines,
            fixed: self.fixed.clone(),
            simulated_choices: usize::from(self.simulate),
            min_distance_metres: self.min_distance.0,
            together: self.together,
            frontier: usize::from(self.frontier),
            standard: self.standard.clone(),
            budget: self.budget,
            phases: self.phase.clone(),
            under: self.under.clone(),
        }
    }
}
