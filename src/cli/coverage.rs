//! `brigade coverage`: who is reached within which minute, without simulation.

use std::path::PathBuf;

use super::console;
use super::failure::Failure;
use super::options::{Overwriting, Threads};
use super::publishing::{note_written, write_files};
use crate::evaluation::coverage::coverage_of;
use crate::evaluation::coverage::question::{self, CoverageQuestion};
use crate::files::Product;
use crate::language::Language;
use crate::report::coverage::files::{files, paths};
use crate::report::coverage::terminal::text;
use crate::scenario::Scenario;
use crate::scenario::loading::locate;
use crate::scenario::standards::Clock;
use crate::units::Millis;

/// Show who is reached within which minute, without simulation
///
/// Every engine is at home, every stage at its mean.
///
/// Prints residents and area by band and town, and writes tables, isochrones, first-due districts,
/// critical links and maps to the output folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A scenario file, or the name of an embedded one [default: wuhua]
    #[arg(value_name = "SCENARIO")]
    scenario: Option<PathBuf>,

    /// Alternative whose stations stand, by its id [default: the existing stations]
    #[arg(long, value_name = "ID", conflicts_with = "stations")]
    alternative: Option<String>,

    /// Stations and sites that stand, by their ids
    #[arg(long, value_name = "ID,ID…", value_delimiter = ',')]
    stations: Option<Vec<String>>,

    /// Rising limits of the bands, in minutes on the clock
    #[arg(
        long,
        value_name = "MINUTES",
        value_delimiter = ',',
        default_value = "5,10,15,20,30"
    )]
    bands: Vec<String>,

    /// From when time counts: travel alone, from the dispatch order, or from the call
    #[arg(long, value_enum, default_value_t)]
    clock: Clock,

    /// Links to close besides those that the scenario closes; what changes is shown beside
    #[arg(long, value_name = "LINK", value_delimiter = ',', num_args = 1.., allow_negative_numbers = true)]
    close: Vec<String>,

    /// How many critical links to list; 0 for none
    #[arg(long, value_name = "N", default_value_t = 20)]
    critical: usize,

    /// Time that an incident cut off by a closed link counts in the ranking of critical links
    #[arg(long, value_name = "DURATION", default_value = "60 min")]
    cut_off_counts: Millis,

    /// Folder for tables and maps
    #[arg(long, short, value_name = "DIR", default_value = "out")]
    output: PathBuf,

    /// Language of the tables and the maps
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    #[command(flatten)]
    overwriting: Overwriting,

    #[command(flatten)]
    threads: Threads,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the scenario or what is asked of it is wrong, or the result cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let bands = option("--bands", question::bands(&self.bands))?;
        let load = || Scenario::load(&locate(self.scenario.as_deref()));
        let scenario = console::phase("reading the scenario", load)?;
        let question = self.question(&scenario, bands)?;
        // Before the work, so that an output that cannot be written is known at once.
        let staging = self.overwriting.folder(&self.output, Product::Coverage)?;
        staging.refuse_changed(&paths())?;
        console::warn_of(&scenario.about.warnings, self.language);
        let work = || coverage_of(&scenario, &question);
        let (coverage, areas) = console::phase("coverage", work);
        console::phase("drawing and writing", || {
            let files = files(&scenario, &coverage, &areas, self.language);
            write_files(files.map_err(Failure::Run)?, &staging)
        })?;
        let published = staging.publish()?;
        out!("{}", text(&coverage, self.language));
        note_written(&self.output, &published);
        Ok(())
    }

    fn question(&self, scenario: &Scenario, bands: Vec<f64>) -> Result<CoverageQuestion, Failure> {
        let alternative = match (&self.alternative, &self.stations) {
            (Some(id), _) => Some(id.clone()),
            (None, None) => Some("baseline".to_owned()),
            (None, Some(_)) => None,
        };
        let stations = match (&alternative, &self.stations) {
            (Some(id), _) => option(
                "--alternative",
                question::stations_of_alternative(scenario, id),
            )?,
            (None, ids) => {
                let ids = ids.as_deref().unwrap_or_default();
                option("--stations", question::stations_named(scenario, ids))?
            }
        };
        if stations.is_empty() {
            let problem = Err("no station exists: name some with --stations or --alternative");
            return option("coverage", problem.map_err(str::to_owned));
        }
        Ok(CoverageQuestion {
            stations,
            alternative,
            clock: self.clock,
            bands,
            closed: option("--close", question::links(scenario, &self.close))?,
            critical: self.critical,
            cut_off_counts: self.cut_off_counts,
        })
    }
}

/// What is wrong with an option, named after it.
fn option<T>(name: &str, answer: Result<T, String>) -> Result<T, Failure> {
    answer.map_err(|problem| Failure::Input(format!("{name}: {problem}").into()))
}
