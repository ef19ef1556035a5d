//! Simulates thousands of alternatives, keeping of each what ranks it; and those that are shown again in detail,
//! where they were not kept. All face the same incidents, so it does not matter which are simulated together.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::evaluation::metric::Metric;
use crate::evaluation::score::Score;
use crate::evaluation::standing::{Indifference, Standing, order};
use crate::progress::Work;
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::outcome::Outcome;
use crate::simulation::replications::{Experiment, Stopped, simulate_more};

/// Outcomes in memory while they are scored.
const AT_ONCE: usize = 16 << 20;
/// Outcomes that are kept because they may be shown in detail.
const KEPT: usize = 1 << 30;
/// Where there are so many times as many alternatives as are shown in detail, none are kept: to simulate those again
/// takes a quarter more at most. Nor are more than memory has room for.
const FEW_IN_DETAIL: usize = 4;
/// About the size of the tally of one area in one replication or section, and of its times in all of them.
const TALLY: usize = 700;
const TIMES: usize = 40_000;

/// The alternatives of a scenario, and the outcomes that are kept of them.
#[derive(Debug)]
pub struct Scoring<'s> {
    scenario: &'s Scenario,
    times: &'s ScenarioTimes,
    metric: Metric,
    /// The simulation may end after so many replications, and figures rest on them.
    fewest: u32,
    /// Areas, and tallies of each in a replication.
    areas: usize,
    tallies: usize,
    /// All of it, in incidents answered.
    work: Work,
    /// By the index of their alternatives: the best so far, and the baseline.
    kept: BTreeMap<usize, (Score, Outcome)>,
}

impl<'s> Scoring<'s> {
    /// Before anything is simulated.
    pub fn new(
        scenario: &'s Scenario,
        times: &'s ScenarioTimes,
        metric: Metric,
        fewest: u32,
    ) -> Self {
        let experiment =
            Experiment::of_some(scenario, times, &scenario.alternatives[..1]).ending_after(fewest);
        Self {
            work: experiment.work_of(scenario.alternatives.len()),
            areas: experiment.areas.count(),
            // Of each section or batch, and of the whole.
            tallies: experiment.batches as usize * (experiment.sections as usize + 1),
            scenario,
            times,
            metric,
            fewest,
            kept: BTreeMap::new(),
        }
    }

    /// All alternatives, by index.
    pub fn alternatives(&self) -> Range<usize> {
        0..self.scenario.alternatives.len()
    }

    /// Bytes of an outcome of so many replications, about.
    fn size(&self, replications: usize) -> usize {
        self.areas * (TIMES + TALLY * self.tallies * replications)
    }

    /// Of how many alternatives the outcomes have room.
    pub fn at_once(&self) -> usize {
        self.together(self.scenario.incidents.horizon.replications as usize)
    }

    /// How many are simulated together over so many replications.
    fn together(&self, replications: usize) -> usize {
        (AT_ONCE / self.size(replications)).clamp(1, 64)
    }

    /// Scores all alternatives after all replications, and keeps the outcomes of the `best`, and of the baseline.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn score_all(
        &mut self,
        best: usize,
        indifference: Indifference,
    ) -> Result<Vec<Score>, Stopped> {
        let replications = 0..self.scenario.incidents.horizon.replications;
        let all: Vec<usize> = self.alternatives().collect();
        let room = KEPT / self.size(replications.len());
        if room == 0 || all.len() > FEW_IN_DETAIL.saturating_mul(best) {
            let mut scores = self.score(&all, replications)?;
            scores.iter_mut().for_each(Score::settle);
            return Ok(scores);
        }
        let best = best.min(room);
        let mut scores = Vec::with_capacity(all.len());
        for together in all.chunks(self.at_once()) {
            let (of_these, outcomes) = self.step(together, &replications)?;
            let simulated = together.iter().zip(of_these.iter().cloned().zip(outcomes));
            self.kept
                .extend(simulated.map(|(index, kept)| (*index, kept)));
            self.keep(best, indifference);
            scores.extend(of_these);
        }
        scores.iter_mut().for_each(Score::settle);
        Ok(scores)
    }

    /// Scores some alternatives over some replications.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn score(&self, which: &[usize], replications: Range<u32>) -> Result<Vec<Score>, Stopped> {
        let mut scores = Vec::with_capacity(which.len());
        for together in which.chunks(self.together(replications.len())) {
            let mut of_these: Vec<Score> = Vec::new();
            for part in self.parts(replications.clone()) {
                let later = self.step(together, &part)?.0.into_iter();
                if of_these.is_empty() {
                    of_these.extend(later);
                    continue;
                }
                of_these
                    .iter_mut()
                    .zip(later)
                    .for_each(|(of, later)| of.extend(later));
            }
            scores.extend(of_these);
        }
        Ok(scores)
    }

    /// Replications part by part, as many as memory has room for; a percentile is of all together.
    fn parts(&self, replications: Range<u32>) -> impl Iterator<Item = Range<u32>> {
        let of_one = self.areas * TALLY * self.tallies;
        let step = match self.metric.is_percentile() || replications.len() * of_one <= AT_ONCE {
            true => replications.len(),
            false => AT_ONCE / of_one,
        };
        let step = step.max(1);
        let begins = replications.clone().step_by(step);
        begins.map(move |begin| begin..replications.end.min(begin.saturating_add(step as u32)))
    }

    /// The scores of some alternatives over some replications, and their outcomes: none where the scores were kept by
    /// earlier work.
    fn step(
        &self,
        which: &[usize],
        part: &Range<u32>,
    ) -> Result<(Vec<Score>, Vec<Outcome>), Stopped> {
        let mut outcomes = Vec::new();
        let scores = self.experiment(which).step(
            || format!("{part:?} of {which:?}"),
            part.len(),
            &self.work,
            || {
                outcomes = self.simulate(which, part.clone())?;
                let scores = outcomes.iter().map(|of| Score::of(self.metric, of));
                Ok(scores.collect::<Vec<Score>>())
            },
        )?;
        Ok((scores, outcomes))
    }

    fn simulate(&self, which: &[usize], part: Range<u32>) -> Result<Vec<Outcome>, Stopped> {
        let experiment = self.experiment(which);
        let mut outcomes = experiment.nothing_yet();
        let all: Vec<usize> = (0..which.len()).collect();
        simulate_more(&experiment, &mut outcomes, &all, part, &self.work)?;
        Ok(outcomes)
    }

    fn experiment(&self, which: &[usize]) -> Experiment<'s> {
        let alternatives = which
            .iter()
            .map(|index| &self.scenario.alternatives[*index]);
        Experiment::of_some(self.scenario, self.times, alternatives).ending_after(self.fewest)
    }

    /// Keeps the best of what is kept.
    fn keep(&mut self, best: usize, indifference: Indifference) {
        let standings = (self.kept.values()).map(|(score, _)| Standing::of(self.metric, score));
        let standings: Vec<Standing> = standings.collect();
        let indices: Vec<usize> = self.kept.keys().copied().collect();
        for late in order(&standings, indifference).into_iter().skip(best) {
            if indices[late] != 0 {
                self.kept.remove(&indices[late]);
            }
        }
    }

    /// The outcomes of some alternatives over as many replications as they were scored for: those kept, and the
    /// others simulated again.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn outcomes(
        &self,
        which: &[usize],
        scores: &[Score],
    ) -> Result<Vec<Cow<'_, Outcome>>, Stopped> {
        let missing = which.iter().filter(|index| !self.kept.contains_key(index));
        let missing: Vec<usize> = missing.copied().collect();
        let mut again = self.again(&missing, scores)?.into_iter();
        let found = which.iter().map(|index| match self.kept.get(index) {
            Some((_, outcome)) => Some(Cow::Borrowed(outcome)),
            None => again.next().map(Cow::Owned),
        });
        Ok(found.flatten().collect())
    }

    fn again(&self, which: &[usize], scores: &[Score]) -> Result<Vec<Outcome>, Stopped> {
        let experiment = self.experiment(which);
        let work = experiment.work();
        let mut outcomes = experiment.nothing_yet();
        let horizon = self.scenario.incidents.horizon;
        let had = |index: usize| match horizon.batches {
            Some(_) => horizon.replications,
            None => scores[index].replications as u32,
        };
        let ends: BTreeSet<u32> = (0..scores.len()).map(had).collect();
        let mut begin = 0;
        for end in ends {
            let left = (0..which.len()).filter(|of| had(which[*of]) >= end);
            let left: Vec<usize> = left.collect();
            if begin > 0 {
                // Another ended there, and is paired with these replications alone.
                left.iter().for_each(|of| outcomes[*of].keep_times());
            }
            simulate_more(&experiment, &mut outcomes, &left, begin..end, &work)?;
            begin = end;
        }
        Ok(outcomes)
    }
}
