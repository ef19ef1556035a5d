//! An answer read back from `comparison.json`, to be shown again.

use std::collections::HashMap;

use crate::evaluation::answer_check::check;
use crate::evaluation::comparison::{Comparison, Figures};
use crate::evaluation::cost::Cost;
use crate::evaluation::damage::{Damage, fault_as, shaped};
use crate::evaluation::fingerprint::fingerprint;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;

/// Why an answer in a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// It is no answer, or not as it was written.
    #[error("{0}\nrun `brigade compare` or `brigade optimize` again")]
    Damaged(#[from] Damage),
    /// The data are others.
    #[error(
        "the demand points, roads or speeds of {scenario} have changed since this answer was worked out, \
         and its maps and tables would show other data; run `brigade compare` or `brigade optimize` again"
    )]
    Changed { scenario: String },
}

impl Comparison {
    /// An answer that was written to a file, by its shape alone.
    ///
    /// # Errors
    /// When the text is no such answer.
    pub fn of_shape(json: &str) -> Result<Self, AnswerError> {
        let flattened = [fault_as::<Name>, fault_as::<Figures>, fault_as::<Cost>];
        Ok(shaped(json, &flattened)?)
    }

    /// An answer that was written to a file, for the scenario that it answers.
    ///
    /// # Errors
    /// When the text is no such answer, or the scenario or its data are no longer the same.
    pub fn read(
        json: &str,
        scenario: &Scenario,
        times: &ScenarioTimes,
    ) -> Result<Self, AnswerError> {
        let mut comparison = Self::of_shape(json)?;
        let print = &comparison.inputs_sha256;
        if print.len() != 64 || !print.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            let mut damage = Damage::default();
            let wanted = "a SHA-256, 64 digits from 0 to f";
            damage.expect(false, "inputs_sha256", format_args!("`{print}`"), wanted);
            return Err(damage.into());
        }
        if *print != fingerprint(scenario, times) {
            return Err(AnswerError::Changed {
                scenario: scenario.about.file.clone(),
            });
        }
        check(&comparison, scenario)?;
        let ids = scenario.alternatives.iter().map(|of| &of.id[..]);
        let index_of: HashMap<&str, usize> = ids.zip(0..).collect();
        // Each was found when the answer was checked.
        let index = |id: &str| index_of.get(id).copied().unwrap_or_default();
        for evaluated in &mut comparison.alternatives {
            evaluated.index = index(&evaluated.id);
        }
        for brief in &mut comparison.in_brief {
            brief.index = index(&brief.id);
        }
        Ok(comparison)
    }

    /// Keeps the best `most` alternatives, and the baseline.
    pub fn keep_best(&mut self, most: usize) {
        let all = self.compared();
        self.alternatives
            .retain(|a| a.is_baseline || a.rank <= most.max(1));
        self.in_brief.retain(|of| of.rank <= most);
        self.not_shown = all - self.alternatives.len() - self.in_brief.len();
    }
}
