//! One choice for several states of the world: `--under`.

use std::path::Path;

use super::super::{Failure, failed};
use super::Args;
use crate::files::{Source, Staging};
use crate::language::Language;
use crate::report::robust::{self, Fared};
use crate::scenario::Scenario;
use crate::scenario::file::ScenarioFile;
use crate::scenario::loading::locate;
use crate::siting::free_choice::{FreeChoice, Question, QuestionError};
use crate::siting::robust::{MOST_CHOICES, State, robust};

/// The file that is written.
const FILE: &str = "robustness.csv";

/// What can be wrong with the states.
#[derive(Debug, thiserror::Error)]
enum UnderError {
    #[error(
        "--under {state}: `{key}` is no condition; give a scenario, or weather=…, band=… or close=… \
         (a link of the network), several with commas"
    )]
    UnknownCondition { state: String, key: String },
    #[error(
        "--under {state}: its demand points are not those of {file}; only scenarios of one county can \
         be held against each other"
    )]
    OtherCounty { state: String, file: String },
    #[error(
        "--under: {choices:.0} choices are too many to be worked out in every state (at most \
         {MOST_CHOICES:.0}); name fewer classes of road with --on, or fewer towns"
    )]
    TooManyChoices { choices: f64 },
}

impl From<UnderError> for Failure {
    fn from(error: UnderError) -> Self {
        Self::Input(Box::new(error))
    }
}

/// A changed condition of the roads.
fn change(file: &mut ScenarioFile, key: &str, value: &str) -> bool {
    let roads = &mut file.roads;
    match key {
        "weather" => roads.weather = Some(value.to_owned()),
        "band" => roads.band = Some(value.to_owned()),
        "close" => roads.close.push(value.to_owned()),
        _ => return false,
    }
    true
}

impl Args {
    /// The scenario of a state: a scenario of its own, or the one that was asked about under other
    /// conditions.
    fn state(&self, state: &str) -> Result<Scenario, Failure> {
        if !state.contains('=') || Path::new(state).exists() {
            return Ok(Scenario::load(&locate(Some(Path::new(state))))?);
        }
        let mut conditions = Vec::new();
        for part in state.split(',') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            conditions.push((key.trim(), value.trim()));
        }
        let source: Source = self.free.asked.source();
        let mut unknown = None;
        let scenario = Scenario::load_changed(&source, |file| {
            for (key, value) in conditions {
                if !change(file, key, value) {
                    unknown = Some(key.to_owned());
                }
            }
        });
        if let Some(key) = unknown {
            let state = state.to_owned();
            return Err(UnderError::UnknownCondition { state, key }.into());
        }
        Ok(scenario?)
    }

    /// `None` where no other state is asked about.
    pub(super) fn fared(
        &self,
        scenario: &Scenario,
        question: &Question,
        choice: &FreeChoice,
    ) -> Result<Option<Fared>, Failure> {
        if choice.best.is_empty() || self.free.under.is_empty() {
            return Ok(None);
        }
        if choice.choices > MOST_CHOICES {
            let choices = choice.choices;
            return Err(UnderError::TooManyChoices { choices }.into());
        }
        let input = |error: QuestionError| Failure::Input(Box::new(error));
        let usual = self.free.language.pick("原情景", "as asked").to_owned();
        let usual = State::of(usual, self.free.asked.load()?, choice, &question.fixed);
        let mut states = vec![usual.map_err(input)?];
        for name in &self.free.under {
            let other = self.state(name)?;
            let points = |scenario: &Scenario| -> Vec<String> {
                let demand = scenario.county.demand.iter();
                demand.map(|point| point.id.clone()).collect()
            };
            if points(&other) != points(scenario) {
                return Err(UnderError::OtherCounty {
                    state: name.clone(),
                    file: scenario.file.clone(),
                }
                .into());
            }
            let state = State::of(name.clone(), other, choice, &question.fixed);
            states.push(state.map_err(input)?);
        }
        Ok(Some(Fared {
            robust: robust(&states, choice, question),
            states: states.into_iter().map(|state| state.name).collect(),
        }))
    }
}

/// Writes what was found, or takes away the file of an earlier run.
pub(super) fn write(
    fared: Option<&Fared>,
    choice: &FreeChoice,
    staging: &Staging,
    language: Language,
) -> Result<(), Failure> {
    match fared {
        None => staging.leave_out(FILE),
        Some(fared) => {
            let csv = robust::csv(fared, choice, language).map_err(failed)?;
            staging.write(FILE, &csv)?;
        }
    }
    Ok(())
}
