//! Who answers: the first engines that stand ready by the order of the demand point, and what happens
//! when there are none; or who is sent by rules that look at engines that are out.

mod by_policies;
mod first_ready;
mod rules;

use crate::simulation::incident::StreamPiece;
use crate::simulation::response::Observer;
use by_policies::ByPolicies;
use first_ready::FirstReady;
pub use rules::DispatchRules;

/// Where every engine is, and the incidents that are not answered yet.
#[derive(Clone, Debug)]
pub struct Dispatcher(By);

/// What has to be remembered, by how engines are sent.
#[derive(Clone, Debug)]
enum By {
    /// Nobody but those that stand ready is looked at.
    FirstReady(FirstReady),
    /// Policies look at engines that are out, too.
    Policies(ByPolicies),
}

impl Dispatcher {
    /// With every engine of a deployment at home.
    pub fn new(rules: &DispatchRules<'_>) -> Self {
        Self(if rules.policies.is_empty() {
            By::FirstReady(FirstReady::new(rules.deployment))
        } else {
            By::Policies(ByPolicies::new(rules.deployment))
        })
    }

    /// Answers the next piece of an incident stream.
    pub fn answer(
        &mut self,
        piece: &StreamPiece,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        match &mut self.0 {
            By::FirstReady(by) => by.answer(piece, rules, observer),
            By::Policies(by) => by.answer(piece, rules, observer),
        }
    }

    /// Goes on until every engine is home and nobody waits, after the last piece. An incident that
    /// no engine can ever serve is answered as it stands.
    pub fn finish(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        match &mut self.0 {
            By::FirstReady(by) => by.finish(rules, observer),
            By::Policies(by) => by.finish(rules, observer),
        }
    }
}

#[cfg(test)]
mod policies_tests;
#[cfg(test)]
mod tests;
