//! `brigade compare`: simulates every alternative of a scenario, ranks them, writes tables and
//! charts.

use std::path::PathBuf;

use super::failure::Failure;
use super::options::Threads;
use super::simulating::{ScenarioArgs, with_progress};
use super::{console, publishing};
use crate::charts::Theme;
use crate::evaluation::comparison::{Comparison, ConfidentChoice};
use crate::evaluation::metric::Metric;
use crate::evaluation::selection::{Ended, FIRST, Goal, choose};
use crate::expected::load::check_load;
use crate::files::Staging;
use crate::language::Language;
use crate::report::fields::MAX_MAPPED;
use crate::report::publication::Publication;
use crate::report::ranking;
use crate::simulation::replications::{Experiment, simulate};

/// Compare alternatives: the existing stations, and with them every choice of sites
///
/// Prints the ranking and writes tables, charts and comparison.json to the output folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,

    /// Folder for tables and charts
    #[arg(long, short, value_name = "DIR", default_value = "out")]
    output: PathBuf,

    /// The figure to rank by: mean, median, p90, full-mean, full-p90, or the id of a standard
    #[arg(long, value_name = "FIGURE", default_value = "mean")]
    rank_by: String,

    /// Language of the table and the charts
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    /// Colours of the charts and of the map in the page
    #[arg(long, value_enum, default_value_t)]
    theme: Theme,

    #[command(flatten)]
    threads: Threads,

    /// Simulate until the choice is sure, dropping on the way what cannot be the best (Kim and Nelson
    /// 2001): a difference that does not matter, in seconds or percentage points. No alternative has
    /// more replications than the scenario says
    #[arg(long, value_name = "DIFFERENCE", value_parser = positive)]
    indifference: Option<f64>,

    /// Confidence that the choice must reach with --indifference
    #[arg(long, value_name = "SHARE", default_value_t = 0.95, value_parser = confidence)]
    confidence: f64,
}

fn positive(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|n: &f64| *n > 0.0 && n.is_finite());
    number.ok_or_else(|| "it should be a positive number, such as 5".to_owned())
}

fn confidence(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.5..1.0).contains(share));
    share.ok_or_else(|| "it should be from 0.5 to below 1, such as 0.95".to_owned())
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the scenario is wrong or the result cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let scenario = console::phase("reading the scenario", || self.scenario.load())?;
        let metric = Metric::named(&self.rank_by, &scenario.rules.standards)
            .map_err(|problem| Failure::Input(format!("--rank-by: {problem}").into()))?;
        // Before the work, so that an output that cannot be written is known at once.
        let staging = Staging::for_folder(&self.output)?;
        console::warn_of(&scenario.about.warnings, self.language);
        let times = console::phase("travel times", || scenario.travel_times())?;
        check_load(&scenario, &times)?;
        let experiment = Experiment::of(&scenario, &times);
        let goal = self.goal(metric, experiment.replications)?;
        let (outcomes, ended) = with_progress(|| match goal {
            None => Ok((simulate(&experiment)?, None)),
            Some(goal) => {
                let (outcomes, ended) = choose(&experiment, metric, goal)?;
                Ok((outcomes, Some(ended)))
            }
        })?;
        let mut comparison = Comparison::new(&scenario, &times, &outcomes, metric);
        comparison.choice = goal.zip(ended).map(|(goal, ended)| ConfidentChoice {
            indifference: goal.indifference,
            confidence: goal.confidence,
            reached: ended == Ended::Chosen,
        });
        let json = serde_json::to_vec_pretty(&comparison).map_err(super::failure::failed)?;
        staging.write("comparison.json", &json)?;
        let publication = Publication::new(
            &scenario,
            &times,
            &comparison,
            self.language,
            self.theme,
            MAX_MAPPED,
        );
        publishing::write(&publication, &staging)?;
        let published = staging.publish()?;
        out!("{}", ranking::text(&comparison, self.language));
        publishing::note_written(&self.output, &published);
        Ok(())
    }

    /// When to stop, where replications are to be spent until the choice is sure.
    fn goal(&self, metric: Metric, most: u32) -> Result<Option<Goal>, Failure> {
        let Some(indifference) = self.indifference else {
            return Ok(None);
        };
        if most < FIRST {
            let problem = format!(
                "--indifference: at least {FIRST} replications have to be allowed, not {most}; see \
                 --replications"
            );
            return Err(Failure::Input(problem.into()));
        }
        // Shares are written in percentage points.
        let unit = if metric.more_is_better() { 0.01 } else { 1.0 };
        Ok(Some(Goal {
            indifference: indifference * unit,
            confidence: self.confidence,
            most,
        }))
    }
}
