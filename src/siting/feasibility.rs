//! The constraints as a search needs them: what follows from the sites that are fixed, and the best
//! choice of sites when each has a profit of its own.
//!
//! Every site belongs to one class: the sites of a group, or those of none. Of a group exactly its
//! number is chosen; of the sites in no group at most what is left. So the best choice by profits
//! is the best of each class, sorted. Budget, conflicts and order are kept
//! by the search.

use super::problem::Constraints;

/// What a node of the search says of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fixing {
    Free,
    Open,
    Closed,
}

/// The sites that are fixed so, in ascending order.
pub(super) fn sites_that_are(what: Fixing, fixing: &[Fixing]) -> Vec<usize> {
    let sites = 0..fixing.len();
    sites.filter(|site| fixing[*site] == what).collect()
}

/// The sites that are not closed, in ascending order.
pub(super) fn usable(fixing: &[Fixing]) -> Vec<usize> {
    let sites = 0..fixing.len();
    sites
        .filter(|site| fixing[*site] != Fixing::Closed)
        .collect()
}

#[derive(Clone, Copy, Debug)]
struct Quota {
    most: usize,
    exact: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Feasibility {
    /// Of each site.
    class: Vec<usize>,
    /// Of each class; the last is that of the sites in no group.
    quotas: Vec<Quota>,
    members: Vec<Vec<usize>>,
    /// Cost of each site, and the budget.
    budget: Option<(Vec<u64>, u64)>,
    conflicts: Vec<Vec<usize>>,
    after: Vec<(usize, usize)>,
}

impl Feasibility {
    /// The constraints and what they fix from the start; `None` when no choice keeps them.
    pub(super) fn new(constraints: &Constraints, sites: usize) -> Option<(Self, Vec<Fixing>)> {
        let mut class = vec![constraints.groups.len(); sites];
        let mut quotas = Vec::new();
        for (index, group) in constraints.groups.iter().enumerate() {
            group.sites.iter().for_each(|site| class[*site] = index);
            quotas.push(Quota {
                most: group.chosen,
                exact: true,
            });
        }
        let of_groups: usize = constraints.groups.iter().map(|group| group.chosen).sum();
        quotas.push(Quota {
            most: constraints
                .most
                .unwrap_or(usize::MAX)
                .checked_sub(of_groups)?,
            exact: false,
        });
        let mut members = vec![Vec::new(); quotas.len()];
        for (site, class) in class.iter().enumerate() {
            members[*class].push(site);
        }
        let mut conflicts = vec![Vec::new(); sites];
        for (a, b) in constraints.conflicts.iter().filter(|(a, b)| a != b) {
            conflicts[*a].push(*b);
            conflicts[*b].push(*a);
        }
        let feasibility = Self {
            class,
            quotas,
            members,
            budget: (constraints.budget.as_ref()).map(|budget| (budget.cost.clone(), budget.most)),
            conflicts,
            after: constraints.after.clone(),
        };
        let mut fixing = vec![Fixing::Free; sites];
        for site in &constraints.forbidden {
            fixing[*site] = Fixing::Closed;
        }
        for site in &constraints.fixed {
            if fixing[*site] == Fixing::Closed {
                return None;
            }
            fixing[*site] = Fixing::Open;
        }
        feasibility
            .propagate(&mut fixing)
            .then_some((feasibility, fixing))
    }

    /// Costs of the sites and the budget.
    pub(super) fn budget(&self) -> Option<(&[u64], u64)> {
        (self.budget.as_ref()).map(|(costs, most)| (&costs[..], *most))
    }

    /// Fixes what follows from what is fixed; false when no choice is left.
    pub(super) fn propagate(&self, fixing: &mut [Fixing]) -> bool {
        loop {
            let mut changed = false;
            let mut fix = |fixing: &mut [Fixing], site: usize, to: Fixing| {
                let from = std::mem::replace(&mut fixing[site], to);
                changed |= from != to;
                from == to || from == Fixing::Free
            };
            for site in 0..fixing.len() {
                if fixing[site] == Fixing::Open {
                    for other in &self.conflicts[site] {
                        if !fix(fixing, *other, Fixing::Closed) {
                            return false;
                        }
                    }
                }
            }
            for (first, second) in &self.after {
                let follows = match (fixing[*first], fixing[*second]) {
                    (Fixing::Closed, _) => fix(fixing, *second, Fixing::Closed),
                    (_, Fixing::Open) => fix(fixing, *first, Fixing::Open),
                    _ => true,
                };
                if !follows {
                    return false;
                }
            }
            for (quota, members) in self.quotas.iter().zip(&self.members) {
                let count = |what| members.iter().filter(|site| fixing[**site] == what).count();
                let (inside, free) = (count(Fixing::Open), count(Fixing::Free));
                if inside > quota.most || (quota.exact && inside + free < quota.most) {
                    return false;
                }
                let to = if inside == quota.most {
                    Fixing::Closed
                } else if quota.exact && inside + free == quota.most {
                    Fixing::Open
                } else {
                    continue;
                };
                for site in members {
                    if fixing[*site] == Fixing::Free {
                        fix(fixing, *site, to);
                    }
                }
            }
            if let Some((costs, most)) = &self.budget {
                let inside = (0..fixing.len()).filter(|site| fixing[*site] == Fixing::Open);
                let spent: u128 = inside.map(|site| u128::from(costs[site])).sum();
                let Some(left) = u128::from(*most).checked_sub(spent) else {
                    return false;
                };
                for site in 0..fixing.len() {
                    if fixing[site] == Fixing::Free && u128::from(costs[site]) > left {
                        fix(fixing, site, Fixing::Closed);
                    }
                }
            }
            if !changed {
                return true;
            }
        }
    }

    /// Whether budget, conflicts and order allow these sites together; classes are not looked at.
    pub(super) fn allows(&self, open: &[usize]) -> bool {
        let within = self.budget.as_ref().is_none_or(|(costs, most)| {
            let spent: u128 = open.iter().map(|site| u128::from(costs[*site])).sum();
            spent <= u128::from(*most)
        });
        let in_order = |(first, second)| !open.contains(second) || open.contains(first);
        within
            && self.after.iter().map(|(a, b)| (a, b)).all(in_order)
            && open.iter().all(|site| {
                let conflicts = &self.conflicts[*site];
                conflicts.is_empty() || !open.iter().any(|other| conflicts.contains(other))
            })
    }

    /// Whether every class has its number.
    pub(super) fn is_full(&self, open: &[usize]) -> bool {
        self.quotas.iter().enumerate().all(|(class, quota)| {
            let inside = open.iter().filter(|site| self.class[**site] == class);
            let inside = inside.count();
            inside == quota.most || (!quota.exact && inside < quota.most)
        })
    }

    /// Whether a class that has to be full still lacks a site such as this.
    pub(super) fn is_wanted(&self, open: &[usize], site: usize) -> bool {
        let class = self.class[site];
        let inside = open.iter().filter(|site| self.class[**site] == class);
        self.quotas[class].exact && inside.count() < self.quotas[class].most
    }

    /// Whether `new` may take the place of `old` in the choice `open`.
    pub(super) fn allows_exchange(&self, open: &[usize], new: usize, old: usize) -> bool {
        let (to, from) = (self.class[new], self.class[old]);
        if to != from && (self.quotas[from].exact || self.quotas[to].exact) {
            return false;
        }
        self.is_plain() || {
            let others = open.iter().copied().filter(|site| *site != old);
            self.allows(&others.chain([new]).collect::<Vec<_>>())
        }
    }

    /// Whether `new` may be added to the choice `open`.
    pub(super) fn allows_addition(&self, open: &[usize], new: usize) -> bool {
        let class = self.class[new];
        let inside = open.iter().filter(|site| self.class[**site] == class);
        inside.count() < self.quotas[class].most
            && (self.is_plain() || {
                let with: Vec<_> = open.iter().copied().chain([new]).collect();
                self.allows(&with)
            })
    }

    /// Whether classes are all there is to keep.
    pub(super) fn is_plain(&self) -> bool {
        self.budget.is_none() && self.after.is_empty() && self.conflicts.iter().all(Vec::is_empty)
    }

    /// The free sites of the best choice by `profit`, and the sum of their profits.
    pub(super) fn best(&self, fixing: &[Fixing], profit: &[i64], picked: &mut Vec<usize>) -> i64 {
        picked.clear();
        self.by_class(fixing, profit, |class| picked.extend_from_slice(class.best));
        picked.iter().map(|site| profit[*site]).sum()
    }

    /// Fixes every free site that is, or is not, in any choice whose profits fall short of the
    /// best by no more than `slack`. Returns whether anything was fixed.
    pub(super) fn fix(&self, fixing: &mut [Fixing], profit: &[i64], slack: i64) -> bool {
        let mut decided = Vec::new();
        self.by_class(fixing, profit, |class| {
            // What a site that comes in pushes out, and what comes in for one that goes out.
            let last = class.best.iter().map(|site| profit[*site]).min();
            let pushed = if class.full { last.unwrap_or(0) } else { 0 };
            let next = class.rest.iter().map(|site| profit[*site]).max();
            let instead = if class.exact {
                next
            } else {
                Some(next.unwrap_or(0).max(0))
            };
            for site in class.rest {
                if pushed.saturating_sub(profit[*site]) > slack {
                    decided.push((*site, Fixing::Closed));
                }
            }
            for site in class.best {
                if instead.is_none_or(|instead| profit[*site].saturating_sub(instead) > slack) {
                    decided.push((*site, Fixing::Open));
                }
            }
        });
        for (site, to) in &decided {
            fixing[*site] = *to;
        }
        !decided.is_empty()
    }

    /// Calls with what is best in each class.
    fn by_class(&self, fixing: &[Fixing], profit: &[i64], mut with: impl FnMut(&OfClass<'_>)) {
        let mut free = Vec::new();
        for (quota, members) in self.quotas.iter().zip(&self.members) {
            free.clear();
            let mut inside = 0;
            for site in members {
                match fixing[*site] {
                    Fixing::Free => free.push(*site),
                    Fixing::Open => inside += 1,
                    Fixing::Closed => {}
                }
            }
            let left = quota.most.saturating_sub(inside);
            let mut chosen = left.min(free.len());
            let order = |site: &usize| (std::cmp::Reverse(profit[*site]), *site);
            if chosen > 0 && chosen < free.len() {
                free.select_nth_unstable_by_key(chosen - 1, order);
            }
            if !quota.exact {
                // Where another site may be left out, one with a loss is.
                let mut index = 0;
                while index < chosen {
                    if profit[free[index]] < 0 {
                        chosen -= 1;
                        free.swap(index, chosen);
                    } else {
                        index += 1;
                    }
                }
            }
            let (best, rest) = free.split_at(chosen);
            with(&OfClass {
                exact: quota.exact,
                full: quota.exact || chosen == left,
                best,
                rest,
            });
        }
    }
}

/// The free sites of a class, by profit.
struct OfClass<'a> {
    /// Whether its number is exact.
    exact: bool,
    /// Whether no further site could be chosen.
    full: bool,
    best: &'a [usize],
    rest: &'a [usize],
}
