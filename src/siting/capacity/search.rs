//! The search: prices, a good choice, and branches until nothing is left between bound and value.

use std::sync::Arc;

use super::Instance;
use super::transport::serve;
use crate::siting::answer::{Answer, Clock, Effort, Why};
use crate::siting::branch_and_bound::{self, End, Incumbent, Model, Solution};
use crate::siting::feasibility::{Feasibility, Fixing, sites_that_are, usable};
use crate::siting::median::Median;
use crate::siting::node_queue::{Node, Order, Relaxed};
use crate::siting::problem::{Constraints, ProblemError};
use crate::siting::volume::{Pace, Volume};

/// Rounds of the prices at the root, and at a branch.
const ROOT_ROUNDS: u32 = 400;
const ROUNDS: u32 = 40;
/// The first step of the prices as a share of the distance to the value, at the root and at a branch.
const FIRST_STEPS: [f64; 2] = [1.0, 0.3];
/// Steps and averages of the volume algorithm.
const PACE: Pace = Pace {
    first_step: FIRST_STEPS[0],
    patience: 10,
    shorter: 0.5,
    shortest: 0.002,
    longer: 1.1,
    latest: [0.2, 0.01],
};

/// The choice of sites with the least sum of amount times cost, no site serving more than its
/// `capacity`; with a `goal`, any choice that costs no more.
///
/// # Errors
/// When the sums are too large; the caller has checked the constraints.
pub(in crate::siting) fn search(
    problem: &Median,
    capacity: &[u64],
    constraints: &Constraints,
    (effort, clock): (&Effort, &Clock),
    goal: Option<u64>,
) -> Result<Answer, ProblemError> {
    let most = constraints.most.unwrap_or(capacity.len());
    let instance = Instance::new(problem, capacity, most).ok_or(ProblemError::TooLarge)?;
    let Some((feasibility, fixing)) = Feasibility::new(constraints, instance.sites()) else {
        return Ok(Answer::infeasible(Why::Constraints, clock.began));
    };
    let mut search = Search {
        // Where nothing may be left out, a choice that leaves anything unserved is of no use.
        serves_all: instance.unserved.is_none() || goal == Some(0),
        instance: &instance,
        feasibility: &feasibility,
        clock,
    };
    if let Some(unreached) = search.unreached(&fixing) {
        return Ok(Answer::infeasible(Why::Unreached(unreached), clock.began));
    }
    let mut incumbent = Incumbent::new(instance.scale(), goal);
    let root = search.root(fixing, effort, &mut incumbent);
    let why = match instance.unserved.is_none() || goal.is_some() {
        true => Why::NoRoom,
        false => Why::Constraints,
    };
    let given = (effort, clock);
    Ok(branch_and_bound::search(
        &mut search,
        root,
        incumbent,
        given,
        why,
    ))
}

struct Search<'a> {
    instance: &'a Instance<'a>,
    feasibility: &'a Feasibility,
    clock: &'a Clock,
    serves_all: bool,
}

impl Search<'_> {
    /// Points that have to be served and that no usable site serves.
    fn unreached(&self, fixing: &[Fixing]) -> Option<Vec<usize>> {
        let usable = usable(fixing);
        let unreached: Vec<usize> = (0..self.instance.points.len())
            .filter(|point_index| {
                let serves = |site: &usize| self.instance.cost(*site, *point_index).is_some();
                !usable.iter().any(serves)
            })
            .map(|point_index| self.instance.points[point_index])
            .collect();
        (self.serves_all && !unreached.is_empty()).then_some(unreached)
    }

    /// A bound and a good choice; `None` when nothing better is left.
    fn root(
        &self,
        fixing: Vec<Fixing>,
        effort: &Effort,
        incumbent: &mut Incumbent,
    ) -> Option<Node<Vec<i64>>> {
        let prices = self.first_prices(&usable(&fixing));
        let mut root = Node::root(fixing, prices);
        let end = self.raise_for(&mut root, incumbent, (ROOT_ROUNDS, FIRST_STEPS[0]));
        self.polish(&root.fixing, incumbent);
        if end == End::Closed {
            return None;
        }
        incumbent.report_progress(effort, Some(root.bound));
        Some(root)
    }

    /// The second least cost of each point: what the nearest site has to save.
    fn first_prices(&self, usable: &[usize]) -> Vec<i64> {
        let instance = self.instance;
        (0..instance.points.len())
            .map(|point_index| {
                let costs = usable
                    .iter()
                    .filter_map(|site| instance.cost(*site, point_index));
                let mut costs: Vec<i64> = costs.collect();
                costs.sort_unstable();
                costs.get(1).copied().unwrap_or(instance.highest)
            })
            .collect()
    }

    /// Raises the bound of a node for so many rounds, the first step being so long.
    fn raise_for(
        &self,
        node: &mut Node<Vec<i64>>,
        incumbent: &mut Incumbent,
        (rounds, first_step): (u32, f64),
    ) -> End {
        let instance = self.instance;
        if !self.is_possible(&node.fixing) {
            return End::Closed;
        }
        let Relaxed { prices, share } = Arc::make_mut(&mut node.relaxed);
        let mut trial = prices.clone();
        let mut volume = Volume::new(Pace { first_step, ..PACE }, &instance.weight);
        let (mut picked, mut looked_at) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let mut open = sites_that_are(Fixing::Open, &node.fixing);
            let savings = instance.savings(&usable(&node.fixing), &trial);
            let inside: i64 = open.iter().map(|site| savings[*site]).sum();
            let saved = inside + (self.feasibility).best(&node.fixing, &savings, &mut picked);
            let paid: i64 = trial.iter().zip(&instance.weight).map(|(p, w)| p * w).sum();
            let bound = paid - saved;
            node.bound = node.bound.max(bound);
            open.extend_from_slice(&picked);
            open.sort_unstable();
            if open != looked_at {
                self.consider(&open, incumbent);
                looked_at.clone_from(&open);
            }
            let target = incumbent.target();
            if bound > target || incumbent.is_good_enough() {
                return End::Closed;
            }
            if (self.feasibility).fix(&mut node.fixing, &savings, target - bound)
                && !(self.feasibility.propagate(&mut node.fixing) && self.is_possible(&node.fixing))
            {
                return End::Closed;
            }
            if !node.fixing.contains(&Fixing::Free) {
                self.consider(&sites_that_are(Fixing::Open, &node.fixing), incumbent);
                return End::Closed;
            }
            if self.clock.is_over() {
                break;
            }
            let Some(round) = volume.take_in(bound, &self.missed(&open, &trial)) else {
                break;
            };
            if round.is_better {
                prices.clone_from(&trial);
            }
            share
                .iter_mut()
                .for_each(|share| *share *= 1.0 - round.share);
            open.iter().for_each(|site| share[*site] += round.share);
            // Where no choice is known yet, as if the best were a little above the bound.
            let best = volume.best_bound();
            let value = incumbent
                .value()
                .unwrap_or(best.saturating_add(best / 10 + 1));
            let Some(length) = volume.length((value - best).max(1), 0.0) else {
                break;
            };
            let moves = prices.iter().zip(volume.direction());
            for (trial, (best, direction)) in trial.iter_mut().zip(moves) {
                let moved = *best as f64 + length * f64::from(*direction);
                *trial = (moved.round() as i64).clamp(0, instance.highest);
            }
        }
        End::Open
    }

    /// What share of each point the sites leave unserved at these prices; below 0 where several
    /// serve it.
    fn missed(&self, open: &[usize], prices: &[i64]) -> Vec<f64> {
        let weight = &self.instance.weight;
        let mut missing = weight.clone();
        for site in open {
            (self.instance).fill(*site, prices, |point_index, amount| {
                missing[point_index] -= amount;
            });
        }
        let shares = missing.iter().zip(weight);
        shares
            .map(|(missing, weight)| *missing as f64 / *weight as f64)
            .collect()
    }

    /// Whether any choice in it has room for all, where all has to be served.
    fn is_possible(&self, fixing: &[Fixing]) -> bool {
        let instance = self.instance;
        if !self.serves_all {
            return true;
        }
        let inside: i64 = (sites_that_are(Fixing::Open, fixing).iter())
            .map(|site| instance.capacity[*site])
            .sum();
        let most = self
            .feasibility
            .best(fixing, &instance.capacity, &mut Vec::new());
        inside.saturating_add(most) >= instance.total && self.unreached(fixing).is_none()
    }

    /// Keeps a choice if it is the best; tells whether it is.
    fn keep(&self, open: &[usize], incumbent: &mut Incumbent) -> bool {
        if !self.feasibility.allows(open) || !self.feasibility.is_full(open) {
            return false;
        }
        let best = incumbent.value().unwrap_or(i64::MAX);
        let could = self.instance.with_endless_room(open);
        if could.is_none_or(|could| could >= best) {
            return false;
        }
        serve(self.instance, open).is_some_and(|served| {
            incumbent.offer(Solution {
                value: served.value,
                sites: open.to_vec(),
                loads: served.loads,
            })
        })
    }

    /// Exchanges a site for another as long as that is better (Teitz and Bart 1968).
    fn polish(&self, fixing: &[Fixing], incumbent: &mut Incumbent) {
        let may_come = usable(fixing);
        'again: while let Some(best) = &incumbent.best
            && !incumbent.is_good_enough()
        {
            let open = best.sites.clone();
            let mays = |site: &&usize| fixing[**site] != Fixing::Open;
            for old in open.iter().filter(mays) {
                for new in may_come.iter().filter(|site| !open.contains(site)) {
                    if self.clock.is_over() {
                        return;
                    }
                    if !self.feasibility.allows_exchange(&open, *new, *old) {
                        continue;
                    }
                    let others = open.iter().filter(|site| *site != old);
                    let mut other: Vec<usize> = others.chain([new]).copied().collect();
                    other.sort_unstable();
                    if self.keep(&other, incumbent) {
                        continue 'again;
                    }
                }
            }
            return;
        }
    }

    /// The free sites of the point that the fewest of them serve and no chosen one does, where all has to
    /// be served.
    fn hardest(&self, fixing: &[Fixing]) -> Option<Vec<usize>> {
        if !self.serves_all {
            return None;
        }
        let usable = usable(fixing);
        let left = (0..self.instance.points.len()).filter_map(|point_index| {
            let serve = usable.iter().copied();
            let serve: Vec<usize> = serve
                .filter(|site| self.instance.cost(*site, point_index).is_some())
                .collect();
            let is_open = serve.iter().all(|site| fixing[*site] == Fixing::Free);
            is_open.then_some(serve)
        });
        left.min_by_key(Vec::len)
    }
}

impl Model for Search<'_> {
    type Prices = Vec<i64>;

    fn feasibility(&self) -> &Feasibility {
        self.feasibility
    }

    /// One at a time: a node keeps all threads busy by itself.
    fn order(&self) -> Order {
        let (points, sites) = (self.instance.points.len(), self.instance.sites());
        Order {
            batch: 1,
            plunging: 0,
            newest_first: true,
            // Two siblings share prices and shares.
            bytes_a_node: sites + (points + sites) * 8 / 2,
        }
    }

    fn consider(&self, open: &[usize], incumbent: &mut Incumbent) {
        self.keep(open, incumbent);
    }

    fn raise(&self, node: &mut Node<Vec<i64>>, incumbent: &mut Incumbent) -> End {
        self.raise_for(node, incumbent, (ROUNDS, FIRST_STEPS[1]))
    }

    /// That which is open most, where all has to be served of those that serve the point to which
    /// fewest are left.
    fn branching_site(&self, node: &Node<Vec<i64>>) -> Option<usize> {
        let share = &node.relaxed.share;
        let free = self.hardest(&node.fixing).unwrap_or_else(|| node.free());
        let by_share = |a: &usize, b: &usize| share[*a].total_cmp(&share[*b]).then(b.cmp(a));
        free.into_iter().max_by(by_share)
    }
}
