//! The answer to a scenario: every alternative with its figures, ranked. It is what
//! `comparison.json` holds, and what every table and chart is made from.

use std::borrow::Cow;
use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use crate::evaluation::best::Ranking;
use crate::evaluation::brief::{self, Brief, a_line_each};
use crate::evaluation::evaluated::{Beside, cost_of, evaluate};
pub use crate::evaluation::evaluated::{
    Evaluated, ExpectedFigures, SiteSummary, StationFigures, TownFigures, differences,
};
pub use crate::evaluation::figures::{CumulativeShares, Figures, FirstWater};
use crate::evaluation::fingerprint::fingerprint;
use crate::evaluation::metric::Metric;
use crate::evaluation::phases::{Phases, phases};
use crate::evaluation::score::Score;
use crate::evaluation::sensitivity::{self, SensitivityStudy};
use crate::evaluation::standing::{BesideBest, Indifference, is_told_apart};
use crate::evaluation::summary::not_in_standards;
pub use crate::evaluation::summary::{ScenarioSummary, StandardSummary};
use crate::expected::Expected;
use crate::format::Format;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::inputs::BasisNote;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::outcome::Outcome;

/// The answer to a scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The version of this file.
    pub format: Format<4>,
    /// The question.
    pub scenario: ScenarioSummary,
    /// What the demand points, roads and travel times of the scenario hash to: maps can be drawn again for
    /// this answer only while they are the same.
    pub inputs_sha256: String,
    /// Thresholds with their clocks.
    pub standards: Vec<StandardSummary>,
    /// The types of incident that no standard counts; shares within standards are of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in_standards: Vec<Name>,
    /// The figure by which alternatives are ranked.
    pub ranked_by: String,
    /// Differences that do not matter.
    pub indifference: Indifference,
    /// How the choice ended, where replications were spent until it was sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<ConfidentChoice>,
    /// The best alternatives, the best first; the baseline is among them.
    pub alternatives: Vec<Evaluated>,
    /// The others, the best first.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "a_line_each"
    )]
    pub in_brief: Vec<Brief>,
    /// How many are left out where this is published, and stand in its file alone.
    #[serde(skip)]
    pub not_shown: usize,
    /// What fewer brigades would bring and in which order to build, where alternatives have sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<Phases>,
    /// How far the choice hangs on what was assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<SensitivityStudy>,
    /// What the answer rests on.
    pub data_basis: Vec<BasisNote>,
    /// What its costs rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_basis: Vec<BasisNote>,
    /// Sources to be named wherever the answer is shown.
    pub attribution: Vec<String>,
}

/// A choice with a stated confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfidentChoice {
    /// The confidence asked for.
    pub confidence: f64,
    /// Whether the replications were enough for it.
    pub reached: bool,
}

/// How alternatives were simulated: what ranks each, and how to have those outcomes that are shown in detail.
#[derive(Clone, Copy)]
pub struct Scored<'o, F> {
    /// What ranks each, in the order of the scenario.
    pub scores: &'o [Score],
    /// The outcomes of some of them.
    pub outcomes: F,
    /// How many outcomes there is room for.
    pub at_once: usize,
    /// How many of the best are shown in detail, besides the baseline.
    pub detail: usize,
}

impl Comparison {
    /// Works out every figure and ranks the alternatives by `metric`; of equals, the first in the
    /// scenario comes first.
    ///
    /// # Panics
    /// When `outcomes` are not those of the scenario's alternatives, of which there is always one.
    pub fn new(
        scenario: &Scenario,
        times: &ScenarioTimes,
        outcomes: &[Outcome],
        metric: Metric,
    ) -> Self {
        let scores = outcomes.iter().map(|outcome| Score::of(metric, outcome));
        let these = |which: &[usize]| {
            let of = which.iter().map(|index| Cow::Borrowed(&outcomes[*index]));
            Ok::<_, Infallible>(of.collect())
        };
        let scored = Scored {
            scores: &scores.collect::<Vec<_>>(),
            outcomes: these,
            at_once: outcomes.len(),
            detail: outcomes.len(),
        };
        let Ok(comparison) = Self::of_scored(scenario, times, &scored, metric);
        comparison
    }

    /// The same where only the best are worked out in every figure.
    ///
    /// # Errors
    /// When an outcome cannot be had.
    ///
    /// # Panics
    /// When the scores are not those of the scenario's alternatives, of which there is always one.
    pub fn of_scored<'o, E, F>(
        scenario: &Scenario,
        times: &ScenarioTimes,
        scored: &Scored<'o, F>,
        metric: Metric,
    ) -> Result<Self, E>
    where
        F: Fn(&[usize]) -> Result<Vec<Cow<'o, Outcome>>, E>,
    {
        let scores = scored.scores;
        assert_eq!(scores.len(), scenario.alternatives.len());
        let indifference = Indifference::of(metric, scenario.rules.indifference);
        let ranking = Ranking::of(scores, metric, indifference, scenario.about.seed);
        let best = ranking.order[0];
        let placing = Placing {
            scenario,
            scores,
            metric,
            indifference,
            ranking: &ranking,
        };
        let is_detailed = |index: usize, rank: usize| index == 0 || rank <= scored.detail;
        let ranked = || ranking.order.iter().copied().zip(1_usize..);
        let (detailed, others): (Vec<_>, Vec<_>) =
            ranked().partition(|(index, rank)| is_detailed(*index, *rank));
        Ok(Self {
            format: Format,
            scenario: ScenarioSummary {
                // Of the one that had most, where replications were spent as needed.
                replications: scores
                    .iter()
                    .map(|score| replications(scenario, score))
                    .max()
                    .unwrap_or(0),
                ..ScenarioSummary::of(scenario)
            },
            inputs_sha256: fingerprint(scenario, times),
            standards: scenario
                .rules
                .standards
                .iter()
                .map(StandardSummary::of)
                .collect(),
            not_in_standards: not_in_standards(scenario),
            ranked_by: metric.name(&scenario.rules.standards).to_owned(),
            indifference,
            choice: None,
            phases: phases(scenario, times, &scenario.alternatives[best]),
            sensitivity: sensitivity::study(scenario, times, metric, best, indifference.figure),
            alternatives: placing.in_detail(times, &detailed, scored)?,
            in_brief: others.iter().map(|of| placing.in_brief(*of)).collect(),
            not_shown: 0,
            data_basis: scenario.about.data_basis.clone(),
            price_basis: scenario.rules.price_basis(),
            attribution: scenario.about.attribution.clone(),
        })
    }

    /// The best alternative.
    pub fn best(&self) -> &Evaluated {
        &self.alternatives[0]
    }

    /// Whether an alternative loses calls: then who loses fewer is better.
    pub fn loses_calls(&self) -> bool {
        let lost = |of: &Evaluated| of.county.lost.is_some_and(|lost| lost.value > 0.0);
        self.alternatives.iter().any(lost) || self.in_brief.iter().any(|of| of.lost.is_some())
    }

    /// How many alternatives are compared, shown or not.
    pub fn compared(&self) -> usize {
        self.alternatives.len() + self.in_brief.len() + self.not_shown
    }

    /// Those shown in detail that stand so beside the best.
    pub fn those(&self, beside_best: BesideBest) -> impl Iterator<Item = &Evaluated> {
        let all = self.alternatives.iter();
        all.filter(move |of| of.beside_best() == beside_best)
    }

    /// How many of all stand so beside the best.
    pub fn count(&self, beside_best: BesideBest) -> usize {
        let in_brief = self.in_brief.iter().map(Brief::beside_best);
        let in_brief = in_brief.filter(|of| *of == beside_best).count();
        self.those(beside_best).count() + in_brief
    }

    /// The existing stations alone.
    pub fn baseline(&self) -> &Evaluated {
        let baseline = self.alternatives.iter().find(|a| a.is_baseline);
        baseline.expect("the baseline is always compared")
    }
}

fn replications(scenario: &Scenario, score: &Score) -> u32 {
    match scenario.incidents.horizon.batches {
        None => score.replications as u32,
        Some(_) => 1,
    }
}

/// What gives an alternative its place.
#[derive(Clone, Copy)]
struct Placing<'p> {
    scenario: &'p Scenario,
    scores: &'p [Score],
    metric: Metric,
    indifference: Indifference,
    ranking: &'p Ranking,
}

impl Placing<'_> {
    fn best(&self) -> usize {
        self.ranking.order[0]
    }

    fn ties_with_best(&self, index: usize) -> bool {
        index != self.best() && self.ranking.is_as_good[index]
    }

    fn told_apart_from_best(&self, index: usize) -> Option<bool> {
        if index == self.best() || self.ranking.is_as_good[index] {
            return Some(false);
        }
        let beside = [self.ranking.loses_least, self.best()];
        is_told_apart(
            self.metric,
            &self.scores[index],
            beside.map(|index| &self.scores[index]),
            self.indifference,
        )
    }

    fn probability_best(&self, index: usize) -> Option<f64> {
        // Where there is no choice, none is the best of anything.
        let is_choice = self.scores.len() > 1;
        let probabilities = self.ranking.probabilities.as_ref().filter(|_| is_choice);
        probabilities.map(|of| of[index])
    }

    /// The alternatives of these indices and ranks, as many at once as there is room for.
    fn in_detail<'o, E, F>(
        &self,
        times: &ScenarioTimes,
        detailed: &[(usize, usize)],
        scored: &Scored<'o, F>,
    ) -> Result<Vec<Evaluated>, E>
    where
        F: Fn(&[usize]) -> Result<Vec<Cow<'o, Outcome>>, E>,
    {
        let expected = Expected::of(self.scenario);
        let today = expected.at_a_glance(times, &self.scenario.alternatives[0]);
        let held_against = match self.best() {
            0 => (scored.outcomes)(&[0])?,
            best => (scored.outcomes)(&[0, best])?,
        };
        let [baseline, best] = [0, held_against.len() - 1].map(|of| &*held_against[of]);
        let beside = Beside {
            baseline,
            best,
            today: &today,
        };
        let mut all = Vec::with_capacity(detailed.len());
        for together in detailed.chunks(scored.at_once.max(1)) {
            let mut others: Vec<usize> = together.iter().map(|(index, _)| *index).collect();
            others.retain(|index| *index != 0 && *index != self.best());
            let mut outcomes = (scored.outcomes)(&others)?.into_iter();
            for (index, rank) in together {
                let of_others;
                // The best and the baseline do not differ from themselves.
                let outcome = match *index {
                    0 => baseline,
                    index if index == self.best() => best,
                    _ => {
                        let next = outcomes.next();
                        of_others = next.expect("an outcome for each");
                        &*of_others
                    }
                };
                all.push(Evaluated {
                    rank: *rank,
                    probability_best: self.probability_best(*index),
                    ties_with_best: self.ties_with_best(*index),
                    told_apart_from_best: self.told_apart_from_best(*index),
                    replications: replications(self.scenario, &self.scores[*index]),
                    ..evaluate(&expected, times, (*index, outcome), beside)
                });
            }
        }
        Ok(all)
    }

    fn in_brief(&self, (index, rank): (usize, usize)) -> Brief {
        let score = &self.scores[index];
        let beside = [0, self.best()].map(|index| &self.scores[index]);
        let [figure, lost, difference_from_baseline, difference_from_best] =
            brief::figures(score, beside);
        let alternative = &self.scenario.alternatives[index];
        let prices = self.scenario.rules.prices.as_ref();
        Brief {
            id: alternative.id.clone(),
            rank,
            ties_with_best: self.ties_with_best(index),
            told_apart_from_best: self.told_apart_from_best(index),
            probability_best: self.probability_best(index),
            replications: replications(self.scenario, score),
            figure,
            lost,
            difference_from_baseline,
            difference_from_best,
            cost: prices.map(|prices| cost_of(self.scenario, alternative, prices).rounded()),
            index,
        }
    }
}
