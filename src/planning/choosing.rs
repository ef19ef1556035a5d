//! The best choices of junctions by the siting table: pairs by themselves, more by branch and bound.

use super::junctions::Junction;
use super::question::{Choice, Question};
use super::siting_table::SitingTable;
use crate::siting::answer::{Answer, Effort, Status};
use crate::siting::diverse::diverse_best;
use crate::siting::median::p_median;
use crate::siting::pairs::{Pairs, best_pairs};
use crate::siting::problem::{Group, ProblemError, Rules, Times};

/// So many of the best pairs are looked through for those that are apart.
const MOST_PAIRS: usize = 5000;

impl SitingTable {
    /// The best choices, as places of junctions in the order of the towns.
    pub(super) fn best(
        &self,
        standing: &[usize],
        (first, junctions): (usize, &[Junction]),
        lists: &[Vec<usize>],
        question: &Question,
        effort: &Effort<'_>,
    ) -> Result<(Answer, Vec<Vec<usize>>), ProblemError> {
        let as_sites =
            |list: &Vec<usize>| -> Vec<usize> { list.iter().map(|p| first + p).collect() };
        let counts: Vec<usize> = question.towns.iter().map(|(_, count)| *count).collect();
        if counts == [1] || counts == [1, 1] {
            // One site is paired with a station that stands anyway.
            let one = as_sites(&lists[0]);
            let other = lists
                .get(1)
                .map_or_else(|| standing[..1].to_vec(), as_sites);
            let pairs = Pairs {
                times: &self.times,
                weight: &self.weight,
                standing,
                lists: [&one, &other],
            };
            let neighbours = question.most > 1 && question.apart.0 > 0.0;
            let most = question.most.max(if neighbours { MOST_PAIRS } else { 0 });
            let (answer, best) = best_pairs(&pairs, most, effort)?;
            let places = |sites: [usize; 2]| {
                let of_towns = &sites[..counts.len()];
                of_towns.iter().map(|site| site - first).collect()
            };
            let best = best.into_iter().map(|pair| places(pair.sites)).collect();
            return Ok((answer, apart(best, junctions, question)));
        }
        let groups: Vec<Group> = (lists.iter().cloned().zip(&counts))
            .map(|(sites, chosen)| Group {
                sites,
                chosen: *chosen,
            })
            .collect();
        let near = |a: usize, b: usize| {
            let apart = junctions[a].position.distance(junctions[b].position);
            a == b || apart < question.apart
        };
        let (answer, best) = self.median(standing, (first, first), lists, &counts, effort)?;
        let Some(first_best) = answer.value.zip(best.into_iter().next()) else {
            return Ok((answer, Vec::new()));
        };
        let best = diverse_best(&groups, first_best, question.most, near, |groups| {
            let (lists, counts): (Vec<Vec<usize>>, Vec<usize>) = (groups.iter())
                .map(|group| (group.sites.clone(), group.chosen))
                .unzip();
            let (answer, best) = self.median(standing, (first, first), &lists, &counts, effort)?;
            // What comes next is known only where each is proven.
            let proven = answer.status == Status::Optimal;
            let found = answer.value.zip(best.into_iter().next());
            Ok::<_, ProblemError>(found.filter(|_| proven))
        })?;
        Ok((answer, best))
    }

    /// The best choice of so many junctions of each town, and of one more of those `others` that are
    /// in none of the lists, where there are any.
    fn median(
        &self,
        standing: &[usize],
        (first, end): (usize, usize),
        lists: &[Vec<usize>],
        counts: &[usize],
        effort: &Effort<'_>,
    ) -> Result<(Answer, Vec<Vec<usize>>), ProblemError> {
        // Only what may be chosen, so that as many as there may be is as many as the groups ask for.
        let mut chosen_from = standing.to_vec();
        let mut groups = Vec::new();
        for (list, chosen) in lists.iter().zip(counts) {
            let begin = chosen_from.len();
            chosen_from.extend(list.iter().map(|place| first + place));
            groups.push(Group {
                sites: (begin..chosen_from.len()).collect(),
                chosen: *chosen,
            });
        }
        let of_towns = chosen_from.len();
        let is_listed = |place: &usize| lists.iter().any(|list| list.contains(place));
        let others = (0..end - first).filter(|place| !is_listed(place));
        chosen_from.extend(others.map(|place| first + place));
        let one_more = usize::from(chosen_from.len() > of_towns);
        let rows = chosen_from.iter().flat_map(|site| self.times.from(*site));
        let rules = Rules {
            fixed: (0..standing.len()).collect(),
            groups,
            ..Rules::most(standing.len() + counts.iter().sum::<usize>() + one_more)
        };
        let times = Times::new(self.times.points(), rows.copied().collect());
        let answer = p_median(times, &self.weight, &rules, effort)?;
        let junctions: Vec<usize> = (answer.sites.iter())
            .filter(|site| **site >= standing.len())
            .map(|site| chosen_from[*site] - first)
            .collect();
        let best = answer.value.map(|_| junctions);
        Ok((answer, best.into_iter().collect()))
    }

    /// The best choice of the towns' junctions and one more, wherever that is.
    pub(super) fn together(
        &self,
        standing: &[usize],
        (first, end): (usize, usize),
        lists: &[Vec<usize>],
        question: &Question,
        effort: &Effort<'_>,
    ) -> Result<Option<(Choice, bool)>, ProblemError> {
        let counts: Vec<usize> = question.towns.iter().map(|(_, count)| *count).collect();
        // The one more is in another town, or in one of these.
        let mut answers = vec![self.median(standing, (first, end), lists, &counts, effort)?];
        for town in (0..lists.len()).filter(|town| lists[*town].len() > counts[*town]) {
            let mut counts = counts.clone();
            counts[town] += 1;
            answers.push(self.median(standing, (first, first), lists, &counts, effort)?);
        }
        let proven = answers
            .iter()
            .all(|(answer, _)| answer.status == Status::Optimal);
        let best = answers.into_iter().filter_map(|(answer, best)| {
            let value = answer.value?;
            Some((value, best.into_iter().next()?))
        });
        Ok(best.min().map(|(value, junctions)| {
            let mean = self.seconds(value);
            (Choice { junctions, mean }, proven)
        }))
    }
}

/// The first of the `choices` that are apart, as many as are wanted.
fn apart(choices: Vec<Vec<usize>>, junctions: &[Junction], question: &Question) -> Vec<Vec<usize>> {
    let are_apart = |a: &[usize], b: &[usize]| {
        let lengths =
            (a.iter().zip(b)).map(|(a, b)| junctions[*a].position.distance(junctions[*b].position));
        lengths.into_iter().any(|length| length >= question.apart)
    };
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for choice in choices {
        if kept.len() == question.most {
            break;
        }
        if kept.iter().all(|kept| are_apart(kept, &choice)) {
            kept.push(choice);
        }
    }
    kept
}
