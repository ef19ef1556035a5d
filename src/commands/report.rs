//! `brigade report`: writes tables, charts and reports of a finished comparison again.

use std::path::PathBuf;

use super::{Failure, manners, publishing};
use crate::charts::Theme;
use crate::evaluation::comparison::Comparison;
use crate::files::{Source, Staging};
use crate::language::Language;
use crate::report::publication::Publication;
use crate::scenario::Scenario;

/// Writes tables, charts and reports again from comparison.json, without simulating.
///
/// The scenario is read again for its map; if its data have changed since, nothing is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder in which `brigade compare` left comparison.json
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

    /// The scenario file, where it is no longer where `brigade compare` read it
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
        let json = source.read_text()?;
        let refused = |problem: String| Failure::Input(format!("{source}: {problem}").into());
        let scenario = match &self.scenario {
            Some(path) => Source::Disk(path.clone()),
            None => scenario_of(&json).map_err(refused)?,
        };
        if !scenario.is_file() {
            return Err(refused(format!(
                "it answers {scenario}, which is not there; name the file with --scenario, or run \
                 where `brigade compare` was run"
            )));
        }
        let output = self.output.as_ref().unwrap_or(&self.folder);
        let staging = Staging::for_folder(output)?;
        let scenario = manners::step("reading the scenario", || Scenario::load(&scenario))?;
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

/// The scenario file that an answer names.
fn scenario_of(json: &str) -> Result<Source, String> {
    let answer: serde_json::Value = serde_json::from_str(json)
        .map_err(|problem| format!("this is not JSON ({problem}); run `brigade compare` again"))?;
    let file = answer["scenario"]["file"].as_str().ok_or(
        "this is not an answer of `brigade compare`: it names no scenario (`scenario.file`)",
    )?;
    Ok(Source::named(file))
}
