//! The search: prices, a good choice, and branches until nothing is left between bound and value.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::Instance;
use super::transport::serve;
use crate::siting::answer::{Answer, Clock, Effort, Progress, Status, Why};
use crate::siting::constraints::{Constraints, Fixing, sites_that_are, usable};
use crate::siting::median::Median;
use crate::siting::problem::{ProblemError, Rules};

/// Rounds of the prices at the root, and at a branch.
const ROOT_ROUNDS: u32 = 400;
const ROUNDS: u32 = 40;
/// The first step of the prices as a share of the distance to the value, at the root and at a branch.
const FIRST_STEPS: [f64; 2] = [1.0, 0.3];
/// Rounds without a better bound after which steps become shorter, and the shortest of them.
const PATIENCE: u32 = 10;
const SHORTEST: f64 = 0.002;
/// The weight of the latest round in the share of rounds that open a site.
const LATEST: f64 = 0.1;

/// The choice of sites with the least sum of amount times cost, no site serving more than its
/// `capacity`; with a `goal`, any choice that costs no more.
///
/// # Errors
/// When the sums are too large; the caller has checked the rules.
pub(in crate::siting) fn search(
    problem: &Median,
    capacity: &[u64],
    rules: &Rules,
    (effort, clock): (&Effort<'_>, &Clock),
    goal: Option<u64>,
) -> Result<Answer, ProblemError> {
    let most = rules.most.unwrap_or(capacity.len());
    let instance = Instance::new(problem, capacity, most).ok_or(ProblemError::TooLarge)?;
    let Some((constraints, fixing)) = Constraints::new(rules, instance.sites()) else {
        return Ok(Answer::infeasible(Why::Rules, clock.began));
    };
    let mut search = Search {
        goal: goal.map(|goal| instance.scaled(goal)),
        instance: &instance,
        constraints: &constraints,
        clock,
        best: None,
        branches: BinaryHeap::new(),
        made: 0,
    };
    if let Some(unreached) = search.unreached(&fixing) {
        return Ok(Answer::infeasible(Why::Unreached(unreached), clock.began));
    }
    search.begin(fixing, effort);
    while !search.is_good_enough() && search.go_on() {
        search.tell(effort);
    }
    Ok(search.answer())
}

/// The best choice so far.
struct Best {
    value: i64,
    sites: Vec<usize>,
    loads: Vec<u64>,
}

/// A part of all choices that is still to be looked into; the one with the least bound first, of those
/// with the same the latest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Branch {
    bound: Reverse<i64>,
    number: u64,
    fixing: Vec<Fixing>,
    prices: Arc<Vec<i64>>,
}

/// What is known of a branch.
struct Node {
    fixing: Vec<Fixing>,
    prices: Vec<i64>,
    bound: i64,
    /// In what share of the latest rounds each site was open.
    share: Vec<f64>,
}

struct Search<'a> {
    instance: &'a Instance<'a>,
    constraints: &'a Constraints,
    clock: &'a Clock,
    best: Option<Best>,
    /// A choice that costs no more is good enough, and no other is.
    goal: Option<i64>,
    branches: BinaryHeap<Branch>,
    made: u64,
}

impl Search<'_> {
    /// Points that have to be served and that no usable site serves.
    fn unreached(&self, fixing: &[Fixing]) -> Option<Vec<usize>> {
        let usable = usable(fixing);
        let places = 0..self.instance.points.len();
        let unreached: Vec<usize> = places
            .filter(|place| {
                let serves = |site: &usize| self.instance.cost(*site, *place).is_some();
                !usable.iter().any(serves)
            })
            .map(|place| self.instance.points[place])
            .collect();
        (self.serves_all() && !unreached.is_empty()).then_some(unreached)
    }

    /// Whether a choice that leaves anything unserved is of no use.
    fn serves_all(&self) -> bool {
        self.instance.unserved.is_none() || self.goal == Some(0)
    }

    /// What a better choice costs at most.
    fn target(&self) -> i64 {
        let wanted = self.goal.unwrap_or_else(|| self.instance.most());
        let best = self.best.as_ref();
        best.map_or(wanted, |best| wanted.min(best.value - self.instance.unit()))
    }

    fn is_good_enough(&self) -> bool {
        let best = self.best.as_ref().map(|best| best.value);
        (self.goal.zip(best)).is_some_and(|(goal, best)| best <= goal)
    }

    fn bound(&self) -> Option<i64> {
        let value = self.best.as_ref().map(|best| best.value);
        let open = self.branches.peek().map(|branch| branch.bound.0);
        open.into_iter().chain(value).min()
    }

    fn tell(&self, effort: &Effort<'_>) {
        if let (Some(progress), Some(bound)) = (effort.progress, self.bound()) {
            let value = self.best.as_ref().map(|best| best.value);
            progress(Progress {
                value: value.map(|value| self.instance.unscaled(value)),
                bound: self.instance.unscaled(bound),
            });
        }
    }

    fn begin(&mut self, fixing: Vec<Fixing>, effort: &Effort<'_>) {
        let mut root = Node {
            prices: self.first_prices(&usable(&fixing)),
            share: vec![0.0; fixing.len()],
            bound: 0,
            fixing,
        };
        let open = self.raise(&mut root, ROOT_ROUNDS, FIRST_STEPS[0]);
        self.polish(&root.fixing);
        self.tell(effort);
        if open && root.bound <= self.target() {
            self.branch(root);
        }
    }

    /// The second least cost of each point: what the nearest site has to save.
    fn first_prices(&self, usable: &[usize]) -> Vec<i64> {
        let instance = self.instance;
        (0..instance.points.len())
            .map(|place| {
                let costs = usable.iter().filter_map(|site| instance.cost(*site, place));
                let mut costs: Vec<i64> = costs.collect();
                costs.sort_unstable();
                costs.get(1).copied().unwrap_or(instance.highest)
            })
            .collect()
    }

    /// Raises the bound of a branch by changing prices; false when nothing in it is better than the
    /// best.
    fn raise(&mut self, node: &mut Node, rounds: u32, first_step: f64) -> bool {
        let instance = self.instance;
        let mut prices = node.prices.clone();
        let mut reached = i64::MIN;
        let (mut step, mut waited) = (first_step, 0);
        let mut picked = Vec::new();
        let mut looked_at = Vec::new();
        if !self.is_possible(&node.fixing) {
            return false;
        }
        for _ in 0..rounds {
            let mut open = sites_that_are(Fixing::Open, &node.fixing);
            let savings = instance.savings(&usable(&node.fixing), &prices);
            let inside: i64 = open.iter().map(|site| savings[*site]).sum();
            let saved = inside + self.constraints.best(&node.fixing, &savings, &mut picked);
            let paid: i64 = prices
                .iter()
                .zip(&instance.weight)
                .map(|(p, w)| p * w)
                .sum();
            let bound = paid - saved;
            node.bound = node.bound.max(bound);
            open.extend_from_slice(&picked);
            open.sort_unstable();
            if open != looked_at {
                self.consider(&open);
                looked_at.clone_from(&open);
            }
            let target = self.target();
            if bound > target || self.is_good_enough() {
                return false;
            }
            for (site, share) in node.share.iter_mut().enumerate() {
                let now = if open.binary_search(&site).is_ok() {
                    1.0
                } else {
                    0.0
                };
                *share += LATEST * (now - *share);
            }
            let slack = target - bound;
            if self.constraints.fix(&mut node.fixing, &savings, slack)
                && !(self.constraints.propagate(&mut node.fixing) && self.is_possible(&node.fixing))
            {
                return false;
            }
            if !node.fixing.contains(&Fixing::Free) {
                self.consider(&sites_that_are(Fixing::Open, &node.fixing));
                return false;
            }
            if self.clock.is_over() {
                break;
            }
            if bound > reached {
                (reached, waited) = (bound, 0);
                node.prices.clone_from(&prices);
            } else {
                waited += 1;
                if waited == PATIENCE {
                    (step, waited) = (step / 2.0, 0);
                    prices.clone_from(&node.prices);
                    if step < SHORTEST {
                        break;
                    }
                    continue;
                }
            }
            self.turn(&mut prices, &open, step, bound);
        }
        true
    }

    /// Raises the prices of points that are served too little, and lowers those of others.
    fn turn(&self, prices: &mut [i64], open: &[usize], step: f64, bound: i64) {
        let instance = self.instance;
        let mut missing = instance.weight.clone();
        for site in open {
            instance.fill(*site, prices, |place, amount| missing[place] -= amount);
        }
        let lacks = || {
            missing
                .iter()
                .zip(&instance.weight)
                .map(|(m, w)| *m as f64 / *w as f64)
        };
        let squares: f64 = lacks()
            .zip(&instance.weight)
            .map(|(lack, w)| lack * lack * *w as f64)
            .sum();
        if squares == 0.0 {
            return;
        }
        // Where no choice is known yet, as if the best were a little above the bound.
        let value = self
            .best
            .as_ref()
            .map_or(bound.saturating_add(bound / 10 + 1), |b| b.value);
        let length = step * ((value - bound) as f64).max(1.0) / squares;
        let lacks: Vec<f64> = lacks().collect();
        for (price, lack) in prices.iter_mut().zip(lacks) {
            let to = *price as f64 + length * lack;
            *price = (to.round() as i64).clamp(0, instance.highest);
        }
    }

    /// Whether any choice in it has room for all, where all has to be served.
    fn is_possible(&self, fixing: &[Fixing]) -> bool {
        let instance = self.instance;
        if !self.serves_all() {
            return true;
        }
        let inside: i64 = (sites_that_are(Fixing::Open, fixing).iter())
            .map(|site| instance.capacity[*site])
            .sum();
        let most = self
            .constraints
            .best(fixing, &instance.capacity, &mut Vec::new());
        inside.saturating_add(most) >= instance.total && self.unreached(fixing).is_none()
    }

    /// Keeps a choice if it is the best, even where it falls short of a goal: exchanges begin from it.
    fn consider(&mut self, open: &[usize]) -> bool {
        if !self.constraints.allows(open) || !self.constraints.is_full(open) {
            return false;
        }
        let best = self.best.as_ref().map_or(i64::MAX, |best| best.value);
        let could = self.instance.with_endless_room(open);
        if could.is_none_or(|could| could >= best) {
            return false;
        }
        match serve(self.instance, open) {
            Some(served) if served.value < best => {
                self.best = Some(Best {
                    value: served.value,
                    sites: open.to_vec(),
                    loads: served.loads,
                });
                true
            }
            _ => false,
        }
    }

    /// Exchanges a site for another as long as that is better (Teitz and Bart 1968).
    fn polish(&mut self, fixing: &[Fixing]) {
        let may_come = usable(fixing);
        'again: while let Some(best) = &self.best
            && !self.is_good_enough()
        {
            let open = best.sites.clone();
            let mays = |site: &&usize| fixing[**site] != Fixing::Open;
            for old in open.iter().filter(mays) {
                for new in may_come.iter().filter(|site| !open.contains(site)) {
                    if self.clock.is_over() {
                        return;
                    }
                    if !self.constraints.allows_exchange(&open, *new, *old) {
                        continue;
                    }
                    let others = open.iter().filter(|site| *site != old);
                    let mut other: Vec<usize> = others.chain([new]).copied().collect();
                    other.sort_unstable();
                    if self.consider(&other) {
                        continue 'again;
                    }
                }
            }
            return;
        }
    }

    /// Goes on both with a site and without it: that which was open most, where all has to be served
    /// of those that serve the point to which fewest are left.
    fn branch(&mut self, node: Node) {
        let free = self
            .hardest(&node.fixing)
            .unwrap_or_else(|| sites_that_are(Fixing::Free, &node.fixing));
        let by_share =
            |a: &usize, b: &usize| node.share[*a].total_cmp(&node.share[*b]).then(b.cmp(a));
        let Some(site) = free.into_iter().max_by(by_share) else {
            return;
        };
        let prices = Arc::new(node.prices);
        for to in [Fixing::Closed, Fixing::Open] {
            let mut fixing = node.fixing.clone();
            fixing[site] = to;
            if self.constraints.propagate(&mut fixing) {
                self.made += 1;
                self.branches.push(Branch {
                    bound: Reverse(node.bound),
                    number: self.made,
                    fixing,
                    prices: Arc::clone(&prices),
                });
            }
        }
    }

    /// The free sites of the point that the fewest of them serve and no chosen one does, where all has to
    /// be served.
    fn hardest(&self, fixing: &[Fixing]) -> Option<Vec<usize>> {
        if !self.serves_all() {
            return None;
        }
        let usable = usable(fixing);
        let left = (0..self.instance.points.len()).filter_map(|place| {
            let serve = usable.iter().copied();
            let serve: Vec<usize> = serve
                .filter(|site| self.instance.cost(*site, place).is_some())
                .collect();
            let is_open = serve.iter().all(|site| fixing[*site] == Fixing::Free);
            is_open.then_some(serve)
        });
        left.min_by_key(Vec::len)
    }

    /// Works on the next branch; false when nothing is left or the time is over.
    fn go_on(&mut self) -> bool {
        if self.clock.is_over() {
            return false;
        }
        let Some(branch) = self.branches.pop() else {
            return false;
        };
        if branch.bound.0 > self.target() {
            self.branches.clear();
            return false;
        }
        if !branch.fixing.contains(&Fixing::Free) {
            self.consider(&sites_that_are(Fixing::Open, &branch.fixing));
            return true;
        }
        let mut node = Node {
            prices: branch.prices.to_vec(),
            share: vec![0.0; branch.fixing.len()],
            bound: branch.bound.0,
            fixing: branch.fixing,
        };
        if self.raise(&mut node, ROUNDS, FIRST_STEPS[1]) && node.bound <= self.target() {
            self.branch(node);
        }
        true
    }

    fn answer(self) -> Answer {
        let bound = self.bound();
        let (instance, elapsed) = (self.instance, self.clock.began.elapsed());
        let falls_short = |best: &Best| self.goal.is_some_and(|goal| best.value > goal);
        let (best, bound) = match self.best.filter(|best| !falls_short(best)) {
            Some(best) => (Some(best), bound),
            None => (None, bound.filter(|_| !self.branches.is_empty())),
        };
        match (best, bound) {
            (Some(best), Some(bound)) => Answer {
                status: match bound >= best.value {
                    true => Status::Optimal,
                    false => Status::Feasible,
                },
                value: Some(instance.unscaled(best.value)),
                bound: instance.unscaled(bound),
                sites: best.sites,
                loads: best.loads,
                elapsed,
            },
            (None, Some(bound)) => Answer::unknown(instance.unscaled(bound), self.clock.began),
            (_, None) => {
                let needs_room = instance.unserved.is_none() || self.goal.is_some();
                let why = if needs_room { Why::NoRoom } else { Why::Rules };
                Answer::infeasible(why, self.clock.began)
            }
        }
    }
}
