//! `brigade simulate`: one alternative in every detail.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::console;
use super::failure::{Failure, failed};
use super::options::{Overwriting, Resuming, Threads};
use super::publishing::note_written;
use super::simulating::{AlternativeArgs, with_progress};
use crate::evaluation::fingerprint::question;
use crate::evaluation::simulated::Simulated;
use crate::expected::load::check_load;
use crate::files::{Product, Staging};
use crate::format::indented_json;
use crate::language::Language;
use crate::report::{event_log, simulated};
use crate::simulation::replications::{Experiment, simulate, watch};
use crate::simulation::trace::Trace;

/// Simulate one alternative in detail
///
/// By town, type, hour, month and station, and what happens when first-due engines are out.
///
/// Prints tables and writes simulation.json to the output folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    alternative: AlternativeArgs,

    /// Folder for the results
    #[arg(long, short, value_name = "DIR", default_value = "out")]
    output: PathBuf,

    /// Write every event of one replication to this file (.csv or .jsonl)
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,

    /// Replication to write with --trace, from 0
    #[arg(long, value_name = "N", default_value_t = 0, requires = "trace")]
    trace_replication: u32,

    /// How many of the incidents with the longest response to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    worst: usize,

    /// Language of the tables
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    #[command(flatten)]
    overwriting: Overwriting,

    #[command(flatten)]
    resuming: Resuming,

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
        let format = self.trace.as_deref().map(Format::of).transpose()?;
        let scenario = console::phase("reading the scenario", || self.alternative.scenario.load())?;
        let alternative = self.alternative.find(&scenario)?;
        // Before the work, so that an output that cannot be written is known at once.
        let staging = self.overwriting.folder(&self.output, Product::Simulation)?;
        let log = self.log()?;
        let mut names = vec![PathBuf::from("simulation.json")];
        names.extend(match &log {
            Some(Log::Beside(name)) => Some(name.clone()),
            _ => None,
        });
        staging.refuse_changed(&names)?;
        console::warn_of(&scenario.about.warnings, self.language);
        console::note_of_lists(&scenario, self.language);
        let times = console::phase("travel times", || scenario.travel_times())?;
        console::phase("load", || check_load(&scenario, &times))?;
        let experiment = Experiment::in_detail(&scenario, &times, alternative, self.worst);
        if self.trace_replication >= experiment.replications {
            let problem = format!(
                "--trace-replication: the last replication is {}, counted from 0",
                experiment.replications - 1
            );
            return Err(Failure::Input(problem.into()));
        }
        let question = question(&scenario, &(&alternative.id, self.worst));
        self.resuming.begin(&self.output, "simulate", question)?;
        let outcomes = with_progress("simulation", || simulate(&experiment))?;
        let answer = Simulated::new(&scenario, &experiment, alternative, &outcomes[0]);
        let json = indented_json(&answer).map_err(failed)?;
        staging.write("simulation.json", json.as_bytes())?;
        if let (Some(log), Some(format)) = (&log, format) {
            let mut trace = Trace::default();
            watch(
                &experiment.model,
                &experiment.deployments[0],
                self.trace_replication,
                &mut trace,
            );
            let events = match format {
                Format::Csv => event_log::csv(&scenario, alternative, &trace),
                Format::JsonLines => {
                    event_log::json_lines(&scenario, alternative, &trace).map_err(failed)?
                }
            };
            match log {
                Log::Beside(name) => staging.write(name, &events)?,
                Log::Elsewhere(log, name) => {
                    log.write(name, &events)?;
                    log.refuse_losses()?;
                }
            }
        }
        let published = staging.publish()?;
        self.resuming.end();
        if let Some(Log::Elsewhere(log, _)) = log {
            log.publish()?;
        }
        out!("{}", simulated::text(&answer, self.language));
        note_written(&self.output, &published);
        Ok(())
    }
}

impl Args {
    /// Where the event log is to stand. In the output folder it is a part of the output: both appear together, and it
    /// goes with the next run that writes none.
    fn log(&self) -> Result<Option<Log>, Failure> {
        let Some(file) = self.trace.as_deref() else {
            return Ok(None);
        };
        let folder = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let resolved = |path: &Path| path.canonicalize().ok();
        let output = resolved(&self.output);
        if let (Some(folder), Some(output), Some(name)) =
            (resolved(folder), output, file.file_name())
            && !file.is_dir()
            && let Ok(inside) = folder.strip_prefix(&output)
        {
            return Ok(Some(Log::Beside(inside.join(name))));
        }
        let (staging, name) = self.overwriting.file(file)?;
        Ok(Some(Log::Elsewhere(staging, name.to_owned())))
    }
}

/// Where an event log is written.
enum Log {
    /// Inside the output folder, under this path.
    Beside(PathBuf),
    /// By itself, under this name.
    Elsewhere(Staging, OsString),
}

/// The format of an event log.
#[derive(Clone, Copy, Debug)]
enum Format {
    Csv,
    JsonLines,
}

impl Format {
    fn of(file: &Path) -> Result<Self, Failure> {
        match file.extension().and_then(OsStr::to_str) {
            Some("csv") => Ok(Self::Csv),
            Some("jsonl") => Ok(Self::JsonLines),
            _ => {
                let file = file.display();
                let problem = format!("--trace: `{file}` should end in .csv or .jsonl");
                Err(Failure::Input(problem.into()))
            }
        }
    }
}
