//! How the choices do in every state of the world, as an answer gives it.

use super::error::RequestError;
use super::free_choice::FreeChoice;
use super::inquiry::Inquiry;
use super::optimization::{JudgedChoice, Robustness};
use super::other_states::Circumstances;
use super::question::MAX_CHOICES;
use super::robust::{ChoiceRegret, State, robust};

impl Inquiry {
    /// How the choices do in every state. `None` where no other state is asked about.
    pub(super) fn robustness(
        &mut self,
        choice: &FreeChoice,
    ) -> Result<Option<Robustness>, RequestError> {
        let others = std::mem::take(&mut self.states);
        if choice.best.is_empty() || others.is_empty() {
            return Ok(None);
        }
        if choice.choices > MAX_CHOICES {
            let choices = choice.choices;
            return Err(RequestError::TooManyChoices { choices });
        }
        let given: Option<Vec<f64>> = others.iter().map(|other| other.share).collect();
        let left = given
            .as_ref()
            .map_or(1.0, |given| 1.0 - given.iter().sum::<f64>());
        let mut circumstances = vec![Circumstances::AsRequested];
        let mut states = vec![State::usual(left, choice)];
        for other in others {
            let share = other.share.unwrap_or(1.0);
            states.push(State::of(share, &other.scenario, choice, &other.fixed)?);
            circumstances.push(other.circumstances);
        }
        let found = robust(&states, choice, &self.question);
        let judged = |judged: &ChoiceRegret| JudgedChoice {
            sites: (judged.junctions.iter())
                .map(|junction| choice.site(*junction).station.id.clone())
                .collect(),
            mean_response_seconds: judged.means.clone(),
            regret_seconds: judged.regrets.clone(),
            worst_regret_seconds: judged.worst(),
            average_mean_response_seconds: judged.average,
        };
        Ok(Some(Robustness {
            states: circumstances,
            shares: given.map(|_| states.iter().map(|state| state.share).collect()),
            best_of_each_state: found.best_of_each.iter().map(judged).collect(),
            least_average: judged(&found.average),
            least_regret: judged(&found.regret),
            as_good_on_average: found.as_good_on_average,
            as_good_by_regret: found.as_good_by_regret,
        }))
    }
}
