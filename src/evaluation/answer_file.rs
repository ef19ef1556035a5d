//! An answer read back from `comparison.json`, to be shown again.

use crate::evaluation::comparison::Comparison;
use crate::evaluation::fingerprint::fingerprint;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;

/// Why an answer in a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// It is no answer, or of a version that wrote less.
    #[error(
        "this is not an answer that `brigade compare` or `brigade optimize` of this version wrote ({0}); \
         run it again"
    )]
    Shape(#[from] serde_json::Error),
    /// The data are others.
    #[error(
        "the places, roads or speeds of {scenario} have changed since this answer was worked out, \
         and its maps and tables would show other data; run `brigade compare` or `brigade optimize` again"
    )]
    Changed {
        /// The scenario.
        scenario: String,
    },
    /// An alternative that the scenario does not have.
    #[error(
        "the alternative `{alternative}` is not in {scenario}; run `brigade compare` or `brigade optimize` again"
    )]
    Unknown {
        /// The scenario.
        scenario: String,
        /// The alternative.
        alternative: String,
    },
    /// Nothing to compare with.
    #[error("the answer has no baseline; run `brigade compare` or `brigade optimize` again")]
    NoBaseline,
}

impl Comparison {
    /// An answer that was written to a file, for the scenario that it answers.
    ///
    /// # Errors
    /// When the text is no such answer, or the scenario or its data are no longer the same.
    pub fn read(json: &str, scenario: &Scenario, times: &TravelTimes) -> Result<Self, AnswerError> {
        let mut comparison: Self = serde_json::from_str(json)?;
        if comparison.inputs_sha256 != fingerprint(scenario, times) {
            return Err(AnswerError::Changed {
                scenario: scenario.file.clone(),
            });
        }
        for evaluated in &mut comparison.alternatives {
            let index = scenario
                .alternatives
                .iter()
                .position(|alternative| alternative.id == evaluated.id);
            evaluated.index = index.ok_or_else(|| AnswerError::Unknown {
                scenario: scenario.file.clone(),
                alternative: evaluated.id.clone(),
            })?;
        }
        if !comparison.alternatives.iter().any(|a| a.is_baseline) {
            return Err(AnswerError::NoBaseline);
        }
        Ok(comparison)
    }

    /// Keeps the best `most` alternatives, and the baseline.
    pub fn keep_best(&mut self, most: usize) {
        self.alternatives
            .retain(|a| a.is_baseline || a.rank <= most.max(1));
    }
}
