//! `brigade compare`: simulates every alternative of a scenario, ranks them, writes tables and
//! charts.

use std::path::PathBuf;

use super::failure::Failure;
use super::indifference::IndifferenceArgs;
use super::options::{Overwriting, Resuming, Threads};
use super::simulating::{ScenarioArgs, with_progress};
use super::{console, publishing};
use crate::charts::Theme;
use crate::evaluation::comparison::{Comparison, ConfidentChoice, Scored};
use crate::evaluation::fingerprint::question;
use crate::evaluation::metric::Metric;
use crate::evaluation::scoring::Scoring;
use crate::evaluation::seal::sealed;
use crate::evaluation::selection::{Ended, FIRST, Goal, choose};
use crate::evaluation::standing::Indifference;
use crate::expected::load::check_load;
use crate::files::Product;
use crate::language::Language;
use crate::report::fields::MAX_MAPPED;
use crate::report::publication::Publication;
use crate::report::{files, ranking};
use crate::scenario::Scenario;
use crate::scenario::file::Overload;
use crate::scenario::travel_times::ScenarioTimes;

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
    overwriting: Overwriting,

    #[command(flatten)]
    resuming: Resuming,

    #[command(flatten)]
    threads: Threads,

    #[command(flatten)]
    indifference: IndifferenceArgs,

    /// Show only the best N in every figure, beside the existing stations; of the others, a row
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..))]
    detail: u16,

    /// Simulate until the choice is sure to within --indifference, dropping on the way what cannot be
    /// the best (Kim and Nelson 2001). No alternative has more replications than the scenario says
    #[arg(long)]
    until_sure: bool,

    /// Confidence that the choice must reach with --until-sure
    #[arg(long, value_name = "SHARE", default_value_t = 0.95, value_parser = confidence, requires = "until_sure")]
    confidence: f64,
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
        let mut scenario = console::phase("reading the scenario", || self.scenario.load())?;
        let metric = Metric::named(&self.rank_by, &scenario.rules.standards)
            .map_err(|problem| Failure::Input(format!("--rank-by: {problem}").into()))?;
        let of_scenario = &mut scenario.rules.indifference;
        self.indifference.put(of_scenario, metric, &self.rank_by)?;
        // Before the work, so that an output that cannot be written is known at once.
        let staging = self.overwriting.folder(&self.output, Product::Comparison)?;
        staging.refuse_changed(&["comparison.json"])?;
        staging.refuse_changed(&files::paths())?;
        console::warn_of(&scenario.about.warnings, self.language);
        console::note_of_lists(&scenario, self.language);
        let times = console::phase("travel times", || scenario.travel_times())?;
        console::phase("load", || check_load(&scenario, &times))?;
        let goal = self.goal(metric, &scenario)?;
        let (mut comparison, ended) = self.compared(&scenario, &times, metric, goal)?;
        comparison.choice = goal.zip(ended).map(|(goal, ended)| ConfidentChoice {
            confidence: goal.confidence,
            reached: ended == Ended::Chosen,
        });
        let json = sealed(&comparison).map_err(super::failure::failed);
        staging.write("comparison.json", json?.as_bytes())?;
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
        self.resuming.end();
        out!("{}", ranking::text(&comparison, self.language));
        publishing::note_written(&self.output, &published);
        Ok(())
    }

    /// Simulates all alternatives, and the best again where they were not kept.
    fn compared(
        &self,
        scenario: &Scenario,
        times: &ScenarioTimes,
        metric: Metric,
        goal: Option<Goal>,
    ) -> Result<(Comparison, Option<Ended>), Failure> {
        let most = scenario.incidents.horizon.replications;
        let fewest = goal.map_or(most, |_| FIRST);
        let question = question(scenario, &(metric, fewest));
        self.resuming.begin(&self.output, "compare", question)?;
        let mut scoring = Scoring::new(scenario, times, metric, fewest);
        let detail = usize::from(self.detail);
        let indifference = Indifference::of(metric, scenario.rules.indifference);
        let (scores, ended) = with_progress("simulation", || match goal {
            None => Ok((scoring.score_all(detail, indifference)?, None)),
            Some(goal) => {
                let (scores, ended) = choose(&scoring, metric, goal)?;
                Ok((scores, Some(ended)))
            }
        })?;
        let scored = Scored {
            scores: &scores,
            outcomes: |which: &[usize]| scoring.outcomes(which, &scores),
            at_once: scoring.at_once(),
            detail,
        };
        let comparison = with_progress("ranking", || {
            Comparison::of_scored(scenario, times, &scored, metric)
        })?;
        Ok((comparison, ended))
    }

    /// When to stop, where replications are to be spent until the choice is sure.
    fn goal(&self, metric: Metric, scenario: &Scenario) -> Result<Option<Goal>, Failure> {
        if !self.until_sure {
            return Ok(None);
        }
        let horizon = scenario.incidents.horizon;
        let indifference = Indifference::of(metric, scenario.rules.indifference).figure;
        let problem = if horizon.replications < FIRST {
            format!(
                "at least {FIRST} replications have to be allowed, not {}; see --replications",
                horizon.replications
            )
        } else if indifference == 0.0 {
            "it takes a difference that does not matter above 0; see --indifference".to_owned()
        } else if metric.is_percentile() {
            "it looks at means over replications, and a percentile is none; rank by a mean or a standard, or \
             simulate a number of --replications"
                .to_owned()
        } else if scenario.rules.dispatch.when_none_is_ready == Overload::Loss {
            "calls can be lost, and who loses fewer is better, which this way of stopping does not look \
             at; simulate a number of --replications"
                .to_owned()
        } else {
            return Ok(Some(Goal {
                indifference,
                confidence: self.confidence,
                most: horizon.replications,
            }));
        };
        Err(Failure::Input(format!("--until-sure: {problem}").into()))
    }
}
