//! `brigade report`: writes tables, charts and reports of a finished comparison again, or of the
//! choices that `brigade optimize` simulated.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::options::{Overwriting, Threads};
use super::{console, publishing};
use crate::charts::Theme;
use crate::complaints::of_json;
use crate::evaluation::comparison::Comparison;
use crate::evaluation::seal;
use crate::files::{Product, Source};
use crate::language::Language;
use crate::planning::Optimization;
use crate::planning::read_back::ReadBackError;
use crate::report::fields::MAX_MAPPED;
use crate::report::publication::Publication;
use crate::report::{files, optimization};
use crate::scenario::Scenario;

/// Write tables, charts and reports of a finished answer, without simulating
///
/// The answer is comparison.json of `brigade compare`, or optimization.json and comparison.json of
/// `brigade optimize`. The scenario is read again for its map; if its data have changed since, nothing
/// is written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
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

    #[command(flatten)]
    overwriting: Overwriting,

    #[command(flatten)]
    threads: Threads,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answer is missing or belongs to other data, or a file cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let [source, optimized] = self.answer()?;
        let optimization = match optimized.is_there() {
            true => Some(optimization_of(&optimized)?),
            false => None,
        };
        let of_optimized =
            |problem: ReadBackError| Failure::Input(format!("{optimized}: {problem}").into());
        if let Some(optimization) = optimization.as_ref().filter(|_| !source.is_there()) {
            return Err(of_optimized(optimization.without_comparison()));
        }
        let json = source.read_text()?;
        let refused = |problem: String| Failure::Input(format!("{source}: {problem}").into());
        let scenario = match &self.scenario {
            Some(path) => Source::Disk(path.clone()),
            None => scenario_of(&json).map_err(refused)?,
        };
        if !scenario.is_there() {
            return Err(refused(format!(
                "it answers {scenario}, which is not there; name the file with --scenario, or run \
                 where it was answered"
            )));
        }
        let output = self.output.as_ref().unwrap_or(&self.folder);
        let mut staging = self.overwriting.folder(output, Product::Comparison)?;
        let [written, read] =
            [output, &self.folder].map(|folder| Source::Disk(folder.clone()).resolved());
        if written == read {
            // The answers themselves stay as they are.
            ANSWERS.iter().for_each(|answer| staging.keep(answer));
        }
        let mut names = files::paths();
        if optimization.is_some() {
            names.extend(optimization::paths());
        }
        // The answers are not written, wherever the rest goes.
        names.retain(|name| !ANSWERS.contains(&name.as_str()));
        staging.refuse_changed(&names)?;
        let mut scenario = console::phase("reading the scenario", || Scenario::load(&scenario))?;
        let optimization = match optimization {
            Some(optimization) => {
                let compared =
                    Comparison::of_shape(&json).map_err(|problem| refused(problem.to_string()))?;
                let is_its_own = optimization.is_compared_in(&compared, &scenario);
                is_its_own.map_err(of_optimized)?.then_some(optimization)
            }
            None => None,
        };
        if let Some(optimization) = &optimization {
            scenario = optimization
                .simulated_scenario(&scenario, optimization::junction_name)
                .map_err(of_optimized)?;
        }
        let times = console::phase("travel times", || scenario.travel_times())?;
        let mut comparison = Comparison::read(&json, &scenario, &times)
            .map_err(|problem| refused(problem.to_string()))?;
        if let Some(optimization) = &optimization {
            optimization
                .agrees_with(&comparison)
                .map_err(of_optimized)?;
        }
        self.refuse_changed(
            [&source, &optimized],
            &comparison,
            optimization.as_ref(),
            &scenario,
        )?;
        if let Some(top) = self.top {
            comparison.keep_best(usize::from(top));
        }
        let publication = Publication::new(
            &scenario,
            &times,
            &comparison,
            self.language,
            self.theme,
            self.top.map_or(MAX_MAPPED, usize::from),
        );
        publishing::write(&publication, &staging)?;
        if let Some(optimization) = &optimization {
            // The answers themselves stay as they are.
            let files = optimization::files(optimization, self.language, self.theme);
            let mut files = files.map_err(Failure::Run)?;
            files.retain(|file| file.content.is_some());
            publishing::write_files(files, &staging)?;
        }
        let published = staging.publish()?;
        publishing::note_written(output, &published);
        Ok(())
    }

    /// Refuses an answer that was changed by hand, and one whose scenario says something else by now: not every figure
    /// can be worked out again. Whoever wants it published as it is hears of it.
    fn refuse_changed(
        &self,
        answers: [&Source; 2],
        comparison: &Comparison,
        optimization: Option<&Optimization>,
        scenario: &Scenario,
    ) -> Result<(), Failure> {
        let mut changed = Vec::new();
        for answer in answers.into_iter().filter(|answer| answer.is_there()) {
            if let Err(problem) = seal::check(&answer.read_text()?) {
                changed.push(format!("{answer}: {problem}"));
            }
        }
        let since = match optimization {
            Some(optimization) => optimization.scenario.changed_since(scenario, &[]),
            // Where sites are looked for decides nothing of those that are listed.
            None => comparison.scenario.changed_since(scenario, &["siting"]),
        };
        if !since.is_empty() {
            let [comparison, _] = answers;
            let (file, since) = (&scenario.about.file, since.join("; "));
            changed.push(format!(
                "{comparison}: {file} has changed since it was answered: {since}"
            ));
        }
        let changed = changed.join("\n");
        if changed.is_empty() {
            return Ok(());
        }
        if self.overwriting.is_forced() {
            console::warn(&changed);
            return Ok(());
        }
        let way = "run the command again that wrote it, or publish it as it is with --force";
        Err(Failure::Input(format!("{changed}; {way}").into()))
    }

    /// The two files of an answer, one of which at least is there.
    fn answer(&self) -> Result<[Source; 2], Failure> {
        let folder = &self.folder;
        let sources = ANSWERS.map(|file| Source::Disk(folder.join(file)));
        let wanted = "name the folder in which `brigade compare` left comparison.json, or `brigade \
                      optimize` left optimization.json and comparison.json";
        let problem = if folder.is_file() {
            let above = folder
                .parent()
                .filter(|above| !above.as_os_str().is_empty());
            let above = above.unwrap_or(Path::new("."));
            format!("this is a file; {wanted}, such as {}", above.display())
        } else if !folder.is_dir() {
            format!("there is no such folder; {wanted}")
        } else if sources.iter().any(Source::is_there) {
            return Ok(sources);
        } else {
            format!("there is no answer in this folder; {wanted}")
        };
        Err(Failure::Input(
            format!("{}: {problem}", folder.display()).into(),
        ))
    }
}

/// What is read, and stays as it is.
const ANSWERS: [&str; 2] = ["comparison.json", "optimization.json"];

fn optimization_of(source: &Source) -> Result<Optimization, Failure> {
    Optimization::read(&source.read_text()?)
        .map_err(|problem| Failure::Input(format!("{source}: {problem}").into()))
}

/// The scenario file that an answer names.
fn scenario_of(json: &str) -> Result<Source, String> {
    let answer: serde_json::Value = serde_json::from_str(json).map_err(|problem| {
        let problem = of_json(&problem);
        format!("this is not JSON ({problem}); run `brigade compare` or `brigade optimize` again")
    })?;
    let file = answer["scenario"]["file"].as_str().ok_or(
        "this is not an answer of `brigade compare` or `brigade optimize`: it names no scenario (`scenario.file`)",
    )?;
    Ok(Source::named(file))
}
