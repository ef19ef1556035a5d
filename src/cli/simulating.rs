//! What the commands that simulate share.

use std::path::PathBuf;

use super::failure::Failure;
use super::{console, interruption};
use crate::evaluation::coverage::question;
use crate::files::Source;
use crate::progress;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::loading::locate;
use crate::simulation::replications::Stopped;

/// A scenario that is simulated.
#[derive(Debug, clap::Args)]
pub(super) struct ScenarioArgs {
    /// A scenario file, or the name of an embedded one [default: wuhua]
    #[arg(value_name = "SCENARIO")]
    scenario: Option<PathBuf>,

    /// Seed to use instead of the scenario's
    #[arg(long, value_name = "SEED")]
    seed: Option<u64>,

    /// Replications to run instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
}

/// A scenario and one of its alternatives.
#[derive(Debug, clap::Args)]
pub(super) struct AlternativeArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,

    /// Alternative, by its id [default: the existing stations]
    #[arg(long, value_name = "ID")]
    alternative: Option<String>,
}

impl ScenarioArgs {
    /// The scenario file.
    pub(super) fn source(&self) -> Source {
        locate(self.scenario.as_deref())
    }

    pub(super) fn load(&self) -> Result<Scenario, Failure> {
        let mut scenario = Scenario::load(&self.source())?;
        scenario.about.seed = self.seed.unwrap_or(scenario.about.seed);
        if let Some(replications) = self.replications {
            if scenario.incidents.horizon.batches.is_some() {
                let problem = format!(
                    "--replications: {} counts one long run in batches (`horizon.batches`); leave one \
                     of them out",
                    scenario.about.file
                );
                return Err(Failure::Input(problem.into()));
            }
            scenario.incidents.horizon.replications = replications;
        }
        Ok(scenario)
    }
}

impl AlternativeArgs {
    pub(super) fn find<'s>(&self, scenario: &'s Scenario) -> Result<&'s Alternative, Failure> {
        let id = self.alternative.as_deref().unwrap_or("baseline");
        question::alternative(scenario, id)
            .map_err(|problem| Failure::Input(format!("--alternative: {problem}").into()))
    }
}

/// Simulates in a phase of this name, with the progress shown, until it is done or somebody asks to stop.
pub(super) fn with_progress<T>(
    phase: &'static str,
    work: impl FnOnce() -> Result<T, Stopped>,
) -> Result<T, Failure> {
    console::phase(phase, || match progress::stoppable(work) {
        (Ok(outcome), false) => Ok(outcome),
        (_, true) | (Err(Stopped), _) => Err(Failure::Stopped(interruption::stopped())),
    })
}
