//! The diverse k best choices: each is the best of those that are not near a better one.
//!
//! What is left when the choices near the best are taken away is divided into parts, each a problem of
//! the same kind with fewer sites in its groups, of which the best is the next best of all (Lawler 1972).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::Group;

/// A part of all choices, with the best of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    value: u64,
    /// Of parts with the same value, the one that was made first.
    number: usize,
    best: Vec<usize>,
    groups: Vec<Group>,
}

/// Up to `most` choices of so many sites of each group, the best first. Two choices are diverse when some
/// site of one is near none that the other has in the same group.
///
/// `best` is the very best choice and what it is worth, the less the better; `solve` tells the same of
/// fewer sites in the groups. Where it does not know one any more, the list ends.
///
/// # Errors
/// What `solve` fails with.
pub fn diverse_best<E>(
    groups: &[Group],
    (value, best): (u64, Vec<usize>),
    most: usize,
    near: impl Fn(usize, usize) -> bool,
    mut solve: impl FnMut(&[Group]) -> Result<Option<(u64, Vec<usize>)>, E>,
) -> Result<Vec<Vec<usize>>, E> {
    let near_some = |site: usize, choice: &[usize]| {
        let group = groups.iter().find(|group| group.sites.contains(&site));
        let is_alike = |other: &usize| group.is_some_and(|group| group.sites.contains(other));
        (choice.iter()).any(|other| is_alike(other) && near(site, *other))
    };
    let mut made = 0;
    let mut parts = BinaryHeap::from([Reverse(Part {
        value,
        number: made,
        best,
        groups: groups.to_vec(),
    })]);
    let mut kept: Vec<Vec<usize>> = Vec::new();
    while kept.len() < most
        && let Some(Reverse(part)) = parts.pop()
    {
        let is_near = |kept: &&Vec<usize>| part.best.iter().all(|site| near_some(*site, kept));
        let nearest = match kept.iter().find(is_near) {
            Some(kept) => kept.clone(),
            None => {
                kept.push(part.best.clone());
                part.best
            }
        };
        if kept.len() == most {
            break;
        }
        for groups in without(&part.groups, |site| near_some(site, &nearest)) {
            // A part from which nothing can be chosen.
            if groups.iter().any(|group| group.sites.len() < group.chosen) {
                continue;
            }
            let Some((value, best)) = solve(&groups)? else {
                return Ok(kept);
            };
            made += 1;
            parts.push(Reverse(Part {
                value,
                number: made,
                best,
                groups,
            }));
        }
    }
    Ok(kept)
}

/// The choices of these groups with some site that is not near, in parts: the groups before the first
/// such site have only sites that are.
fn without(groups: &[Group], is_near: impl Fn(usize) -> bool) -> Vec<Vec<Group>> {
    let divided: Vec<(Vec<usize>, Vec<usize>)> = (groups.iter())
        .map(|group| group.sites.iter().partition(|site| is_near(**site)))
        .collect();
    let mut parts = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let before = groups[..index].iter().zip(&divided);
        let before = before.map(|(group, (near, _))| Group {
            sites: near.clone(),
            chosen: group.chosen,
        });
        let (near, far) = &divided[index];
        for far_ones in 1..=group.chosen {
            let split = [(near, group.chosen - far_ones), (far, far_ones)];
            let split = split.map(|(sites, chosen)| Group {
                sites: sites.clone(),
                chosen,
            });
            let after = groups[index + 1..].iter().cloned();
            parts.push(before.clone().chain(split).chain(after).collect());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    /// Every choice of so many sites of each group, and its value.
    fn every(groups: &[Group], value: impl Fn(&[usize]) -> u64) -> Vec<(u64, Vec<usize>)> {
        let mut choices = vec![Vec::new()];
        for group in groups {
            let subsets = (0_u32..1 << group.sites.len())
                .filter(|set| set.count_ones() as usize == group.chosen)
                .map(|set| (0..group.sites.len()).filter(move |bit| set >> bit & 1 == 1));
            let subsets: Vec<Vec<usize>> = subsets
                .map(|set| set.map(|bit| group.sites[bit]).collect())
                .collect();
            choices = (choices.iter())
                .flat_map(|choice| subsets.iter().map(move |set| [&choice[..], set].concat()))
                .collect();
        }
        let each = choices.into_iter().map(|choice| (value(&choice), choice));
        each.collect()
    }

    proptest! {
        /// Sites stand in a row; those of two groups are never compared.
        #[test]
        fn each_is_the_best_of_those_that_are_not_near_a_better_one(
            worth in prop::collection::vec(0_u64..40, 9),
            counts in (1_usize..=2, 0_usize..=2),
            separation in 0_usize..4,
        ) {
            let groups = [
                Group { sites: (0..5).collect(), chosen: counts.0 },
                Group { sites: (5..9).collect(), chosen: counts.1 },
            ];
            // No two choices are worth the same.
            let value = |choice: &[usize]| {
                let each = choice.iter().map(|site| (worth[*site] << 16) + (1 << site));
                each.sum::<u64>()
            };
            let near = |a: usize, b: usize| a == b || a.abs_diff(b) < separation;
            let least = |groups: &[Group]| every(groups, value).into_iter().min();
            let best = least(&groups).unwrap();
            let found = diverse_best(&groups, best, 6, near, |groups| Ok::<_, Infallible>(least(groups)));
            let of_group = |site: usize| site / 5;
            let is_near = |choice: &[usize], kept: &[usize]| {
                let one = |site: &usize| {
                    let mut others = kept.iter().filter(|other| of_group(**other) == of_group(*site));
                    others.any(|other| near(*site, *other))
                };
                choice.iter().all(one)
            };
            let mut all = every(&groups, value);
            all.sort();
            let mut kept: Vec<Vec<usize>> = Vec::new();
            for (_, choice) in all {
                if kept.len() < 6 && !kept.iter().any(|kept| is_near(&choice, kept)) {
                    kept.push(choice);
                }
            }
            let mut found = found.unwrap();
            found.iter_mut().for_each(|choice| choice.sort_unstable());
            prop_assert_eq!(found, kept);
        }
    }
}
