//! An alternative that is not shown in detail: its place in the ranking, and what put it there.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::evaluation::cost::Cost;
use crate::evaluation::estimate::{Estimate, there};
use crate::evaluation::score::{RankedBy, Score};
use crate::evaluation::standing::BesideBest;
use crate::format::json;

/// An alternative in brief.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Brief {
    pub id: String,
    /// In the ranking, from 1.
    pub rank: usize,
    /// Whether it is as good as the best.
    pub ties_with_best: bool,
    /// Whether it is worse than the best by more than what does not matter and more than luck.
    #[serde(deserialize_with = "there")]
    pub told_apart_from_best: Option<bool>,
    /// The probability that no other is better by more than what does not matter.
    pub probability_best: Option<f64>,
    pub replications: u32,
    /// The figure by which alternatives are ranked, of the whole county.
    pub figure: Option<Estimate>,
    /// Share of incidents that no engine answered, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Estimate>,
    /// Its figure less that of the baseline, paired.
    pub difference_from_baseline: Option<Estimate>,
    /// Its figure less that of the best, paired.
    pub difference_from_best: Option<Estimate>,
    /// What it costs, where the scenario has prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Its index in the scenario.
    #[serde(skip)]
    pub index: usize,
}

impl Brief {
    /// How it stands beside the best.
    pub fn beside_best(&self) -> BesideBest {
        BesideBest::of(self.rank, self.ties_with_best, self.told_apart_from_best)
    }
}

/// What an alternative's score says beside those of the baseline and the best.
pub(super) fn figures(score: &Score, [baseline, best]: [&Score; 2]) -> [Option<Estimate>; 4] {
    let lost = score.estimate(RankedBy::Lost);
    [
        score.estimate(RankedBy::Figure),
        lost.filter(|lost| lost.value > 0.0),
        score.difference(RankedBy::Figure, baseline),
        score.difference(RankedBy::Figure, best),
    ]
}

/// Writes each on a line of its own: of thousands nobody wants to see a line a figure.
pub(super) fn a_line_each<S: Serializer>(
    briefs: &[Brief],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let lines = briefs
        .iter()
        .map(|brief| RawValue::from_string(json(brief)?));
    let lines: Result<Vec<Box<RawValue>>, _> = lines.collect();
    lines
        .map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}
