//! The whole search: a good choice, a bound, and branches until nothing is left between them.
//!
//! Branches are worked on a few at a time, each from the same best choice, and what they found is
//! looked at in their order; so the answer does not depend on the number of threads.

use std::sync::Arc;

use rayon::prelude::*;

use super::Median;
use super::ascent::{Ascent, End, Prices};
use super::frontier::{Branch, Experience, Frontier, Step};
use super::instance::{Instance, Service};
use super::lists::Lists;
use super::perturbation::Exchanges;
use crate::siting::answer::{Answer, Clock, Effort, Progress, Status, Why};
use crate::siting::capacity;
use crate::siting::constraints::{Constraints, Fixing, sites_that_are, usable};
use crate::siting::problem::{ProblemError, Rules};

/// At the root the bound is raised so many times, by so many rounds; then exchanges are tried.
const ROOT_RAISES: usize = 15;
const ROOT_ROUNDS: u32 = 100;
/// Less than this share of the distance to the value is no reason to go on.
const WORTHWHILE: f64 = 0.01;
/// The first step of the root's first raise, and of its others.
const FIRST_STEPS: [f64; 2] = [0.5, 0.2];
/// Rounds and first step at a branch.
const BRANCH_ROUNDS: u32 = 100;
const BRANCH_STEP: f64 = 0.3;
/// How often the best choice is kicked before branches are made.
const PERTURBATIONS: u32 = 60;
/// They are worth it when the bound is further from the value than this share of it.
const FAR: f64 = 0.002;
/// Exchanges begin from the sites of which the relaxed problem opens more than this.
const LEAST_SHARE: f64 = 0.05;

/// The choice of sites with the least sum of weight times cost.
///
/// The value and the bound are sums of weight times cost. Of choices of equal value the first that
/// is met stays; which one that is does not depend on the number of threads.
///
/// # Errors
/// When the rules contradict themselves or the sums are too large.
pub fn solve(problem: &Median, rules: &Rules, effort: &Effort<'_>) -> Result<Answer, ProblemError> {
    search(problem, rules, effort, None)
}

/// Any choice with a sum of weight times cost of at most `goal`; infeasible when there is none.
///
/// # Errors
/// When the rules contradict themselves or the sums are too large.
pub fn find(
    problem: &Median,
    rules: &Rules,
    effort: &Effort<'_>,
    goal: u64,
) -> Result<Answer, ProblemError> {
    search(problem, rules, effort, Some(goal))
}

fn search(
    problem: &Median,
    rules: &Rules,
    effort: &Effort<'_>,
    goal: Option<u64>,
) -> Result<Answer, ProblemError> {
    let clock = Clock::start(effort);
    let sites = problem.costs.sites();
    rules.check(sites)?;
    if let Some(capacity) = &rules.capacity {
        return match problem.levels {
            None => capacity::search(problem, capacity, rules, (effort, &clock), goal),
            Some(_) => Err(ProblemError::CapacityCounted),
        };
    }
    let instance = Instance::new(problem).ok_or(ProblemError::TooLarge)?;
    let Some((constraints, fixing)) = Constraints::new(rules, sites) else {
        return Ok(Answer::infeasible(Why::Rules, clock.began));
    };
    let mut search = Search {
        instance: &instance,
        constraints: &constraints,
        clock: &clock,
        best: None,
        goal: goal.map(|goal| instance.scaled(goal)),
        frontier: Frontier::default(),
        experience: Experience::of(sites),
    };
    if let Some(unreached) = search.unreached(&fixing) {
        return Ok(Answer::infeasible(Why::Unreached(unreached), clock.began));
    }
    let lists = search.begin(fixing, effort);
    while let Some(lists) = &lists
        && !search.is_good_enough()
        && search.go_on(lists)
    {
        search.tell(effort, search.bound());
    }
    Ok(search.answer())
}

struct Search<'a> {
    instance: &'a Instance,
    constraints: &'a Constraints,
    clock: &'a Clock,
    best: Option<(i64, Vec<usize>)>,
    /// A choice that costs no more is good enough, and no other is.
    goal: Option<i64>,
    frontier: Frontier,
    experience: Experience,
}

impl<'a> Search<'a> {
    /// Points that have to be served and that no usable site serves.
    fn unreached(&self, fixing: &[Fixing]) -> Option<Vec<usize>> {
        let instance = self.instance;
        if !instance.must_serve {
            return None;
        }
        let least = instance.standing(&usable(fixing));
        let unreached: Vec<usize> = (least.iter().zip(&instance.points))
            .filter(|(least, _)| **least == instance.unserved)
            .map(|(_, point)| *point)
            .collect();
        (!unreached.is_empty()).then_some(unreached)
    }

    /// What a better choice costs at most.
    fn target(&self) -> i64 {
        let best = self.best.as_ref();
        let worst = || self.goal.unwrap_or_else(|| self.instance.most());
        best.map_or_else(worst, |(value, _)| value - self.instance.unit)
    }

    fn is_good_enough(&self) -> bool {
        self.goal.is_some() && self.best.is_some()
    }

    /// What no choice falls below; `None` when there is none.
    fn bound(&self) -> Option<i64> {
        let value = self.best.as_ref().map(|(value, _)| *value);
        self.frontier.bound().into_iter().chain(value).min()
    }

    fn tell(&self, effort: &Effort<'_>, bound: Option<i64>) {
        if let (Some(progress), Some(bound)) = (effort.progress, bound) {
            let value = self.best.as_ref().map(|(value, _)| *value);
            progress(Progress {
                value: value.map(|value| self.instance.unscaled(value)),
                bound: self.instance.unscaled_bound(bound),
            });
        }
    }

    /// A first choice, a bound, and the first branches with their lists; `None` when the first
    /// choice is the best.
    fn begin(&mut self, fixing: Vec<Fixing>, effort: &Effort<'_>) -> Option<Lists> {
        let instance = self.instance;
        let may_come: Vec<bool> = (fixing.iter())
            .map(|fixing| *fixing != Fixing::Closed)
            .collect();
        let kept: Vec<bool> = fixing.iter().map(|s| *s == Fixing::Open).collect();
        let lists = Lists::new(instance, &usable(&fixing));
        let exchanges = Exchanges {
            instance,
            lists: &lists,
            constraints: self.constraints,
            usable: &may_come,
            kept: &kept,
        };
        let mut open = sites_that_are(Fixing::Open, &fixing);
        exchanges.polish(&mut open);
        let target = self.target();
        self.best = self.worth(&open).filter(|(value, _)| *value <= target);
        if self.is_good_enough() {
            return None;
        }
        let mut ascent = Ascent {
            instance,
            constraints: self.constraints,
            clock: self.clock,
            fixing,
            prices: first_prices(instance, &open),
            bound: 0,
            share: vec![0.0; instance.sites],
            best: None,
            target: self.target(),
        };
        let mut end = End::Open;
        for raise in 0..ROOT_RAISES {
            let before = ascent.bound;
            end = ascent.raise(&lists, ROOT_ROUNDS, FIRST_STEPS[raise.min(1)]);
            let found = self.goal.is_some() && ascent.best.is_some();
            if end == End::Closed || found || self.clock.is_over() {
                break;
            }
            let mut open = self.rounded(&ascent);
            exchanges.polish(&mut open);
            if let Some((value, open)) = self.worth(&open) {
                ascent.offer(value, open);
            }
            self.best = ascent.best.clone().or(self.best.take());
            self.tell(effort, Some(ascent.bound));
            let left = (ascent.target - ascent.bound) as f64;
            if ((ascent.bound - before) as f64) < WORTHWHILE * left {
                break;
            }
        }
        self.best = ascent.best.take().or(self.best.take());
        if end == End::Closed {
            return None;
        }
        if let Some((value, open)) = &self.best
            && (value - ascent.bound) as f64 > FAR * *value as f64
        {
            let (value, mut open) = exchanges.perturb(open, *value, PERTURBATIONS);
            open.sort_unstable();
            ascent.offer(value, open.clone());
            self.best = Some((value, open));
        }
        let limit = instance.caps(&instance.standing(&ascent.inside()));
        let lists = lists.part(&ascent.free_ones(), &limit);
        self.branch(ascent);
        Some(lists)
    }

    /// The sites of which the relaxed problem opens most, as far as the rules allow them.
    fn rounded(&self, ascent: &Ascent<'_>) -> Vec<usize> {
        let mut open = ascent.inside();
        let mut free = ascent.free();
        free.retain(|site| ascent.share[*site] > LEAST_SHARE);
        free.sort_by(|a, b| ascent.share[*b].total_cmp(&ascent.share[*a]).then(a.cmp(b)));
        for site in free {
            if self.constraints.allows_addition(&open, site) {
                open.push(site);
            }
        }
        open
    }

    /// A choice and its value, if it keeps every rule.
    fn worth(&self, open: &[usize]) -> Option<(i64, Vec<usize>)> {
        if !self.constraints.allows(open) || !self.constraints.is_full(open) {
            return None;
        }
        let mut open = open.to_vec();
        open.sort_unstable();
        Some((self.instance.value(&open)?, open))
    }

    /// Goes on both with a site and without it: that which promises most.
    fn branch(&mut self, ascent: Ascent<'_>) {
        let promise = |site: &usize| self.experience.promise(*site, ascent.share[*site]);
        let free = ascent.free().into_iter();
        let Some(site) = free.max_by(|a, b| promise(a).total_cmp(&promise(b)).then(b.cmp(a)))
        else {
            return;
        };
        let share = ascent.share[site];
        let (prices, shares) = (Arc::new(ascent.prices), Arc::new(ascent.share));
        for (to, away) in [(Fixing::Open, 1.0 - share), (Fixing::Closed, share)] {
            let mut fixing = ascent.fixing.clone();
            fixing[site] = to;
            if self.constraints.propagate(&mut fixing) {
                self.frontier.push(Branch {
                    bound: ascent.bound,
                    number: 0,
                    fixing,
                    prices: Arc::clone(&prices),
                    share: Arc::clone(&shares),
                    step: Step { site, to, away },
                });
            }
        }
    }

    /// Works on some branches; false when nothing is left or the time is over.
    fn go_on(&mut self, lists: &Lists) -> bool {
        let target = self.target();
        let branches = self.frontier.take(target);
        if branches.is_empty() {
            return false;
        }
        if self.clock.is_over() {
            self.frontier.put_back(branches);
            return false;
        }
        let this = &*self;
        let done: Vec<_> = branches
            .into_par_iter()
            .with_max_len(1)
            .map(|branch| this.look_into(branch, lists, target))
            .collect();
        for (step, gain, mut ascent, end) in done {
            self.experience.learn(step, gain);
            if let Some((value, sites)) = ascent.best.take()
                && value <= self.target()
            {
                self.best = Some((value, sites));
            }
            if end == End::Open {
                self.branch(ascent);
            }
        }
        true
    }

    /// Raises the bound of a branch; tells what its last step has added.
    fn look_into(
        &self,
        branch: Branch,
        lists: &Lists,
        target: i64,
    ) -> (Step, i64, Ascent<'a>, End) {
        let instance = self.instance;
        let before = branch.bound;
        let mut ascent = Ascent {
            instance,
            constraints: self.constraints,
            clock: self.clock,
            fixing: branch.fixing,
            prices: Prices::clone(&branch.prices),
            bound: branch.bound,
            share: branch.share.to_vec(),
            best: None,
            target,
        };
        let end = if ascent.is_fixed() {
            if let Some((value, open)) = self.worth(&ascent.inside()) {
                ascent.offer(value, open);
            }
            End::Closed
        } else {
            let limit = instance.caps(&instance.standing(&ascent.inside()));
            let part = lists.part(&ascent.free_ones(), &limit);
            ascent.raise(&part, BRANCH_ROUNDS, BRANCH_STEP)
        };
        (branch.step, ascent.bound - before, ascent, end)
    }

    fn answer(self) -> Answer {
        let elapsed = self.clock.began.elapsed();
        let instance = self.instance;
        let bound = self.bound();
        match (self.best, bound) {
            (Some((value, sites)), Some(bound)) => Answer {
                status: if bound >= value {
                    Status::Optimal
                } else {
                    Status::Feasible
                },
                value: Some(instance.unscaled(value)),
                bound: instance.unscaled_bound(bound),
                sites,
                loads: Vec::new(),
                elapsed,
            },
            (None, Some(bound)) => {
                Answer::unknown(instance.unscaled_bound(bound), self.clock.began)
            }
            (_, None) => {
                let why = if instance.must_serve || self.goal.is_some() {
                    Why::TooFewSites
                } else {
                    Why::Rules
                };
                Answer::infeasible(why, self.clock.began)
            }
        }
    }
}

/// Between what the last service of each point saves and what the next would save.
fn first_prices(instance: &Instance, open: &[usize]) -> Prices {
    let mut next = instance.nothing();
    let mut last = instance.nothing();
    match &instance.service {
        Service::Nearest => {
            for site in open {
                let costs = instance.from(*site);
                for ((next, last), cost) in next.iter_mut().zip(&mut last).zip(costs) {
                    *last = (*last).min((*cost).max(*next));
                    *next = (*next).min(*cost);
                }
            }
        }
        Service::Counted(levels) => {
            let count = instance.standing(open);
            let saves = |level: u32| levels.get(level as usize).copied().unwrap_or(0);
            next = count.iter().map(|count| saves(*count)).collect();
            last = count
                .iter()
                .map(|count| saves(count.saturating_sub(1)))
                .collect();
        }
    }
    let between = |(a, b): (&u32, &u32)| a + (b - a) / 2;
    Prices {
        points: next.iter().zip(&last).map(between).collect(),
        budget: 0,
    }
}
