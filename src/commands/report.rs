//! `brigade report`: writes tables, charts and reports of a finished comparison again, or of the
//! choices that `brigade optimize` simulated.

use std::path::PathBuf;

use super::{Failure, manners, publishing};
use crate::charts::Theme;
use crate::evaluation::comparison::Comparison;
use crate::files::{Source, Staging};
use crate::language::Language;
use crate::planning::Optimization;
use crate::planning::read_back::ReadBackError;
use crate::report::publication::Publication;
use crate::scenario::Scenario;

/// Write tables, charts and reports of a finished answer, without simulating.
///
/// The answer is comparison.json of `brigade compare`, or optimization.json and comparison.json of
/// `brigade optimize`. The scenario is read again for its map; if its data have changed since, nothing
/// is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder in which `brigade compare` or `brigade optimize` left its answer
    #[arg(value_name = "DIR", default_value = "out")]
    folder: PathBuf,

    /// Folder for tables, charts and reports [default: DIR]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Language of tables, charts and reports
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    /// Colours of the charts and of the map in the page
    #[arg(long, value_enum, default_value_t)]
    theme: Theme,

    /// Show only the best N alternatives, and the existing stations
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    top: Option<u16>,

    /// The scenario file, where it is no longer where it was read
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<PathBuf>,

    /// Threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answer is missing or belongs to other data, or a file cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        super::use_threads(self.threads)?;
        let source = Source::Disk(self.folder.join("comparison.json"));
        let optimized = Source::Disk(self.folder.join("optimization.json"));
        if optimized.is_file() && !source.is_file() {
            let problem = ReadBackError::NotSimulated;
            return Err(Failure::Input(format!("{optimized}: {problem}").into()));
        }
        let json = source.read_text()?;
        let refused = |problem: String| Failure::Input(format!("{source}: {problem}").into());
        let scenario = match &self.scenario {
            Some(path) => Source::Disk(path.clone()),
            None => scenario_of(&json).map_err(refused)?,
        };
        if !scenario.is_file() {
            return Err(refused(format!(
                "it answers {scenario}, which is not there; name the file with --scenario, or run \
                 where it was answered"
            )));
        }
        let output = self.output.as_ref().unwrap_or(&self.folder);
        let staging = Staging::for_folder(output)?;
        let optimization = optimization_of(&optimized, &json)?;
        let mut scenario = manners::step("reading the scenario", || Scenario::load(&scenario))?;
        if let Some(optimization) = &optimization {
            let added = optimization.add_simulated(&mut scenario);
            added.map_err(|problem| Failure::Input(format!("{optimized}: {problem}").into()))?;
        }
        let times = manners::step("travel times", || scenario.travel_times())?;
        let mut comparison = Comparison::read(&json, &scenario, &times)
            .map_err(|problem| refused(problem.to_string()))?;
        if let Some(top) = self.top {
            comparison.keep_best(usize::from(top));
        }
        let publication = Publication {
            scenario: &scenario,
            times: &times,
            comparison: &comparison,
            language: self.language,
            theme: self.theme,
        };
        publishing::write(&publication, &staging)?;
        let published = staging.publish()?;
        manners::say(&format!(
            "{} files in {}",
            published.len(),
            output.display()
        ));
        Ok(())
    }
}

/// The answer of `brigade optimize` that the simulation belongs to, where it does.
fn optimization_of(source: &Source, comparison: &str) -> Result<Option<Optimization>, Failure> {
    if !source.is_file() {
        return Ok(None);
    }
    let optimization = Optimization::read(&source.read_text()?)
        .map_err(|problem| Failure::Input(format!("{source}: {problem}").into()))?;
    let is_of_it = optimization.simulated.as_ref().is_some_and(|simulated| {
        let answer: Option<serde_json::Value> = serde_json::from_str(comparison).ok();
        let compared = answer.as_ref().and_then(|of| of["alternatives"].as_array());
        let ids = compared.into_iter().flatten().map(|of| of["id"].as_str());
        ids.eq(simulated.iter().map(|of| Some(of.id.as_str())))
    });
    // A comparison that was written into the same folder later is one of its own.
    Ok(is_of_it.then_some(optimization))
}

/// The scenario file that an answer names.
fn scenario_of(json: &str) -> Result<Source, String> {
    let answer: serde_json::Value = serde_json::from_str(json).map_err(|problem| {
        format!("this is not JSON ({problem}); run `brigade compare` or `brigade optimize` again")
    })?;
    let file = answer["scenario"]["file"].as_str().ok_or(
        "this is not an answer of `brigade compare` or `brigade optimize`: it names no scenario (`scenario.file`)",
    )?;
    Ok(Source::named(file))
}
