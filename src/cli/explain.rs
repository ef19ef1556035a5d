//! `brigade explain`: one simulated incident, stage by stage.

use super::console;
use super::failure::Failure;
use super::simulating::AlternativeArgs;
use crate::expected::load::check_load;
use crate::language::Language;
use crate::report::story::Story;
use crate::simulation::replications::{Experiment, watch};
use crate::simulation::trace::Trace;

/// Explain one simulated incident stage by stage
///
/// Which stations were due, which engines were out and where, which came when.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Replication and number, as in the list of worst incidents of simulation.json: 3:217
    #[arg(value_name = "INCIDENT", value_parser = incident)]
    incident: (u32, u32),

    #[command(flatten)]
    alternative: AlternativeArgs,

    /// Language of the story
    #[arg(long, value_enum, default_value_t)]
    language: Language,
}

fn incident(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once(':');
    let numbers = parts.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    numbers.ok_or_else(|| "write replication and number, such as 3:217".to_owned())
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the scenario is wrong or there is no such incident.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let scenario = console::phase("reading the scenario", || self.alternative.scenario.load())?;
        let alternative = self.alternative.find(&scenario)?;
        let times = console::phase("travel times", || scenario.travel_times())?;
        check_load(&scenario, &times)?;
        let experiment = Experiment::in_detail(&scenario, &times, alternative, 0);
        let (replication, number) = self.incident;
        if replication >= experiment.replications {
            let problem = format!(
                "{replication}:{number}: {} has the replications 0 to {}, counted from 0; see --replications",
                scenario.about.file,
                experiment.replications - 1
            );
            return Err(Failure::Input(problem.into()));
        }
        let mut trace = Trace::default();
        watch(
            &experiment.model,
            &experiment.deployments[0],
            replication,
            &mut trace,
        );
        let story = Story {
            scenario: &scenario,
            alternative,
            deployment: &experiment.deployments[0],
            trace: &trace,
            language: self.language,
        };
        let story = story.tell(number).ok_or_else(|| {
            let problem = format!(
                "replication {replication} has the incidents 0 to {}, and no {number}",
                trace.answered.len().saturating_sub(1)
            );
            Failure::Input(problem.into())
        })?;
        outln_folded!("{story}");
        Ok(())
    }
}
