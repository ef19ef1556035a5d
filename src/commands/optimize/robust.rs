//! One choice for several states of the world: `--under`.

use std::path::Path;

use super::super::{Failure, failed};
use super::Args;
use crate::files::{Source, Staging};
use crate::language::Language;
use crate::planning::free_choice::{FreeChoice, Question};
use crate::planning::robust::{MOST_CHOICES, State, robust};
use crate::report::robust::{self, Fared};
use crate::scenario::Scenario;
use crate::scenario::file::ScenarioFile;
use crate::scenario::loading::locate;

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
        "--under {state}: it has no candidate `{id}`, which --fixed names; add it to its candidates"
    )]
    NoSuchSite { state: String, id: String },
    #[error(
        "--under {state}: shares of time are given to every state or to none, and together are less than \
         1, such as weather=rain@0.2; the rest is the scenario as it is asked about"
    )]
    Shares { state: String },
    #[error(
        "--under: {choices:.0} choices are too many to be worked out in every state (at most \
         {MOST_CHOICES:.0}); name fewer classes of road with --on, or fewer towns"
    )]
    TooManyChoices { choices: f64 },
}

/// Another state of the world.
pub(super) struct OtherState {
    name: String,
    /// In what share of all time it is so, where that is said.
    share: Option<f64>,
    scenario: Scenario,
    /// Where the sites that stand in any case are in its list.
    fixed: Vec<usize>,
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

/// A state and its share of all time, such as `weather=rain@0.2`.
fn with_share(state: &str) -> (&str, Option<f64>) {
    let parts = state.rsplit_once('@');
    let read = parts.and_then(|(name, share)| {
        let share = share.parse().ok();
        Some((
            name,
            share.filter(|share: &f64| (0.0..=1.0).contains(share))?,
        ))
    });
    read.map_or((state, None), |(name, share)| (name, Some(share)))
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

    /// The other states that are asked about.
    pub(super) fn states(
        &self,
        scenario: &Scenario,
        question: &Question,
    ) -> Result<Vec<OtherState>, Failure> {
        let under = self.free.under.iter().map(|state| with_share(state));
        let mut left = 1.0;
        let all_have = under.clone().all(|(_, share)| share.is_some());
        for (state, share) in under.clone() {
            left -= share.unwrap_or(0.0);
            if left <= 0.0 || share.is_some() != all_have {
                let state = state.to_owned();
                return Err(UnderError::Shares { state }.into());
            }
        }
        let states = under.map(|(name, share)| {
            let other = self.state(name)?;
            let (state, file) = (name.to_owned(), scenario.file.clone());
            let [here, there] = [scenario, &other].map(|of| of.county.demand.iter());
            if !here.map(|point| &point.id).eq(there.map(|point| &point.id)) {
                return Err(UnderError::OtherCounty { state, file }.into());
            }
            let fixed = question.fixed.iter().map(|site| {
                let id = &scenario.sites[*site].station.id;
                let place = (other.sites.iter()).position(|site| site.station.id == *id);
                place.ok_or_else(|| UnderError::NoSuchSite {
                    state: name.to_owned(),
                    id: id.clone(),
                })
            });
            let fixed = fixed.collect::<Result<_, _>>()?;
            Ok(OtherState {
                name: state,
                share,
                scenario: other,
                fixed,
            })
        });
        states.collect()
    }

    /// How the choices fare. `None` where no other state is asked about.
    pub(super) fn fared(
        &self,
        others: Vec<OtherState>,
        question: &Question,
        choice: &FreeChoice,
    ) -> Result<Option<Fared>, Failure> {
        if choice.best.is_empty() || others.is_empty() {
            return Ok(None);
        }
        if choice.choices > MOST_CHOICES {
            let choices = choice.choices;
            return Err(UnderError::TooManyChoices { choices }.into());
        }
        let usual = self.free.language.pick("原情景", "as asked").to_owned();
        let given: Option<Vec<f64>> = others.iter().map(|other| other.share).collect();
        let left = given
            .as_ref()
            .map_or(1.0, |given| 1.0 - given.iter().sum::<f64>());
        let mut states = vec![State::usual(usual, left, choice)];
        for other in others {
            let named = (other.name, other.share.unwrap_or(1.0));
            let state = State::of(named, other.scenario, choice, &other.fixed);
            states.push(state.map_err(|error| Failure::Input(Box::new(error)))?);
        }
        Ok(Some(Fared {
            robust: robust(&states, choice, question),
            shares: given.map(|_| states.iter().map(|state| state.share).collect()),
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
