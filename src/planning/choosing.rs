//! The best choices of junctions by the siting table: pairs by themselves, more by branch and bound.

use super::junctions::{CandidateJunction, JunctionId};
use super::question::{JunctionChoice, Question};
use super::siting_table::SitingTable;
use crate::brigades::StationId;
use crate::checkpoint;
use crate::siting::answer::{Answer, Effort, Status};
use crate::siting::diverse::diverse_best;
use crate::siting::median::p_median;
use crate::siting::pairs::{Pairs, best_pairs};
use crate::siting::problem::{Constraints, Group, ProblemError, Times};

/// How many of the best pairs are scanned for diverse ones.
const MAX_PAIRS_SCANNED: usize = 5000;

impl SitingTable {
    /// The best choices, as junctions in the order of the towns.
    pub(super) fn best(
        &self,
        standing: &[StationId],
        junctions: &[CandidateJunction],
        lists: &[Vec<JunctionId>],
        question: &Question,
        effort: &Effort,
    ) -> Result<(Answer, Vec<Vec<JunctionId>>), ProblemError> {
        let rows = |list: &Vec<JunctionId>| -> Vec<usize> {
            list.iter().map(|id| self.at(*id).index()).collect()
        };
        let standing_rows: Vec<usize> = standing.iter().map(|id| id.index()).collect();
        let counts: Vec<usize> = question.towns.iter().map(|(_, count)| *count).collect();
        // One site is paired with a station that stands anyway.
        let other = match &counts[..] {
            [1, 1] => Some(rows(&lists[1])),
            [1] => standing_rows.first().map(|first| vec![*first]),
            _ => None,
        };
        if let Some(other) = other {
            let one = rows(&lists[0]);
            let pairs = Pairs {
                times: &self.times,
                weight: &self.weight,
                standing: &standing_rows,
                lists: [&one, &other],
            };
            let neighbours = question.best_count > 1 && question.min_distance.0 > 0.0;
            let most = question
                .best_count
                .max(if neighbours { MAX_PAIRS_SCANNED } else { 0 });
            let (answer, best) = best_pairs(&pairs, most, effort)?;
            let best = best.into_iter().map(|pair| {
                let of_towns = &pair.sites[..counts.len()];
                let of_towns = of_towns.iter();
                of_towns.map(|row| self.junction_of(*row)).collect()
            });
            return Ok((answer, diverse(best.collect(), junctions, question)));
        }
        let groups: Vec<Group> = (lists.iter().zip(&counts))
            .map(|(list, chosen)| Group {
                sites: list.iter().map(|id| id.index()).collect(),
                chosen: *chosen,
            })
            .collect();
        let near = |a: usize, b: usize| {
            let distance = junctions[a].position.distance(junctions[b].position);
            a == b || distance < question.min_distance
        };
        let (answer, best) = self.median(standing, 0, lists, &counts, effort)?;
        let Some(first_best) = answer.value.zip(best.map(numbers)) else {
            return Ok((answer, Vec::new()));
        };
        let best = diverse_best(&groups, first_best, question.best_count, near, |groups| {
            let (lists, counts): (Vec<Vec<JunctionId>>, Vec<usize>) = (groups.iter())
                .map(|group| (ids(&group.sites), group.chosen))
                .unzip();
            let (answer, best) = self.median(standing, 0, &lists, &counts, effort)?;
            // What comes next is known only where each is proven.
            let proven = answer.status == Status::Optimal;
            let found = answer.value.zip(best.map(numbers));
            Ok::<_, ProblemError>(found.filter(|_| proven))
        })?;
        Ok((answer, best.iter().map(|choice| ids(choice)).collect()))
    }

    /// The best choice of so many junctions of each town, and of one more of the first `all` that are in
    /// none of the lists, where there are any.
    fn median(
        &self,
        standing: &[StationId],
        all: usize,
        lists: &[Vec<JunctionId>],
        counts: &[usize],
        effort: &Effort,
    ) -> Result<(Answer, Option<Vec<JunctionId>>), ProblemError> {
        // Only what may be chosen, so that as many as there may be is as many as the groups ask for.
        let mut chosen_from = standing.to_vec();
        let mut groups = Vec::new();
        for (list, chosen) in lists.iter().zip(counts) {
            let begin = chosen_from.len();
            chosen_from.extend(list.iter().map(|id| self.at(*id)));
            groups.push(Group {
                sites: (begin..chosen_from.len()).collect(),
                chosen: *chosen,
            });
        }
        let of_towns = chosen_from.len();
        let is_listed = |id: &JunctionId| lists.iter().any(|list| list.contains(id));
        let others = JunctionId::all(all).filter(|id| !is_listed(id));
        chosen_from.extend(others.map(|id| self.at(id)));
        let one_more = usize::from(chosen_from.len() > of_towns);
        let rows = chosen_from.iter().flat_map(|site| self.from(*site));
        let constraints = Constraints {
            fixed: (0..standing.len()).collect(),
            groups,
            ..Constraints::most(standing.len() + counts.iter().sum::<usize>() + one_more)
        };
        let times = Times::new(self.times.points(), rows.copied().collect());
        let answer = checkpoint::step(
            || format!("median of {chosen_from:?} under {constraints:?}"),
            || p_median(times, &self.weight, &constraints, effort),
        )?;
        let junctions: Vec<JunctionId> = (answer.sites.iter())
            .filter(|site| **site >= standing.len())
            .map(|site| self.junction_of(chosen_from[*site].index()))
            .collect();
        let best = answer.value.map(|_| junctions);
        Ok((answer, best))
    }

    /// The best choice of the towns' junctions and one more, wherever that is.
    pub(super) fn together(
        &self,
        standing: &[StationId],
        all: usize,
        lists: &[Vec<JunctionId>],
        question: &Question,
        effort: &Effort,
    ) -> Result<Option<(JunctionChoice, bool)>, ProblemError> {
        let counts: Vec<usize> = question.towns.iter().map(|(_, count)| *count).collect();
        // The one more is in another town, or in one of these.
        let mut answers = vec![self.median(standing, all, lists, &counts, effort)?];
        for town in (0..lists.len()).filter(|town| lists[*town].len() > counts[*town]) {
            let mut counts = counts.clone();
            counts[town] += 1;
            answers.push(self.median(standing, 0, lists, &counts, effort)?);
        }
        let proven = answers
            .iter()
            .all(|(answer, _)| answer.status == Status::Optimal);
        let best = answers.into_iter().filter_map(|(answer, best)| {
            let value = answer.value?;
            Some((value, best?))
        });
        Ok(best.min().map(|(value, junctions)| {
            let mean = self.seconds(value);
            (JunctionChoice { junctions, mean }, proven)
        }))
    }
}

/// Junctions from their numbers, as solvers know them.
fn ids(numbers: &[usize]) -> Vec<JunctionId> {
    numbers
        .iter()
        .map(|number| JunctionId::at(*number))
        .collect()
}

fn numbers(ids: Vec<JunctionId>) -> Vec<usize> {
    ids.into_iter().map(JunctionId::index).collect()
}

/// The first diverse ones of the `choices`, as many as are wanted.
fn diverse(
    choices: Vec<Vec<JunctionId>>,
    junctions: &[CandidateJunction],
    question: &Question,
) -> Vec<Vec<JunctionId>> {
    let position = |id: &JunctionId| junctions[id.index()].position;
    let are_diverse = |a: &[JunctionId], b: &[JunctionId]| {
        let lengths = (a.iter().zip(b)).map(|(a, b)| position(a).distance(position(b)));
        lengths
            .into_iter()
            .any(|length| length >= question.min_distance)
    };
    let mut kept: Vec<Vec<JunctionId>> = Vec::new();
    for choice in choices {
        if kept.len() == question.best_count {
            break;
        }
        if kept.iter().all(|kept| are_diverse(kept, &choice)) {
            kept.push(choice);
        }
    }
    kept
}
