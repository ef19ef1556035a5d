//! What no choice of sites can fall below: each point may be served by any number of sites, at a
//! price.
//!
//! The Lagrangian relaxation of Cornuéjols, Fisher and Nemhauser (1977): a point has a multiplier;
//! a site saves, at each point, what its cost falls short of that; the sum of the multipliers less
//! the savings of the best sites is a bound. The multipliers are raised by the volume algorithm,
//! which also says of each site how much of it the relaxed problem would open. Whole numbers throughout: a
//! bound is a bound to the last digit.

use std::sync::Arc;

use super::instance::{Instance, Standing, take_those_below};
use super::lists::Lists;
use crate::siting::answer::Clock;
use crate::siting::branch_and_bound::{End, Incumbent, Solution};
use crate::siting::feasibility::{Feasibility, Fixing, sites_that_are};
use crate::siting::node_queue::{Node, Relaxed};
use crate::siting::volume::{Pace, Volume};

/// Rounds, steps and averages of the volume algorithm.
const PACE: Pace = Pace {
    first_step: 0.5,
    patience: 8,
    shorter: 0.66,
    shortest: 0.002,
    longer: 1.1,
    latest: [0.2, 0.01],
};

/// Multipliers: what a point pays, and what a unit of budget costs.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    /// Scaled cost at each point.
    pub(super) points: Vec<u32>,
    /// Scaled value for a unit of the budget.
    pub(super) budget: i64,
}

/// A median problem whose relaxation is solved at the nodes of a search.
#[derive(Clone, Copy)]
pub(super) struct Relaxation<'a> {
    pub(super) instance: &'a Instance,
    pub(super) feasibility: &'a Feasibility,
    pub(super) clock: &'a Clock,
}

impl Relaxation<'_> {
    /// Raises the bound of a node for so many rounds; `lists` are those of its free sites.
    pub(super) fn raise(
        &self,
        node: &mut Node<Prices>,
        incumbent: &mut Incumbent,
        lists: &Lists,
        (rounds, first_step): (u32, f64),
    ) -> End {
        let instance = self.instance;
        let mut inside = node.open();
        let mut done = instance.standing(&inside);
        let mut cap = instance.caps(&done);
        let Relaxed { prices, share } = Arc::make_mut(&mut node.relaxed);
        clip(&mut prices.points, &cap);
        let mut trial = prices.clone();
        let mut volume = Volume::new(Pace { first_step, ..PACE }, &instance.weight);
        let mut budget_direction = 0.0;
        let (mut savings, mut picked) = (vec![0; instance.sites], Vec::new());
        let (mut missed, mut standing) = (vec![0; instance.points.len()], done.clone());
        let total: f64 = instance.weight.iter().map(|weight| *weight as f64).sum();
        for _ in 0..rounds {
            if self.clock.is_over() {
                return End::Open;
            }
            lists.savings(&instance.weight, &trial.points, &mut savings);
            let left = self.charge(&node.fixing, &mut savings, trial.budget);
            let saved = (self.feasibility).best(&node.fixing, &savings, &mut picked);
            let all = instance.at_prices(&trial.points, &done);
            let bound = all - saved - trial.budget * left;
            // The choice itself.
            standing.copy_from_slice(&done);
            instance.serve(&picked, &mut standing);
            self.consider(&inside, &picked, &standing, incumbent);
            let target = incumbent.target();
            if bound > target {
                node.bound = node.bound.max(bound);
                return End::Closed;
            }
            // What each point would still buy.
            instance.demand(&trial.points, &done, &mut missed);
            for site in &picked {
                take_those_below(&mut missed, instance.from(*site), &trial.points);
            }
            if (self.feasibility).fix(&mut node.fixing, &savings, target - bound) {
                if !self.feasibility.propagate(&mut node.fixing) {
                    node.bound = target + 1;
                    return End::Closed;
                }
                let now = sites_that_are(Fixing::Open, &node.fixing);
                if now != inside {
                    inside = now;
                    done = instance.standing(&inside);
                    cap = instance.caps(&done);
                }
                if !node.fixing.contains(&Fixing::Free) {
                    self.consider(&inside, &[], &done, incumbent);
                    node.bound = node.bound.max(incumbent.target() + 1);
                    return End::Closed;
                }
            }
            let overspent = self.feasibility.budget().map_or(0.0, |(costs, most)| {
                let spent: f64 = picked.iter().map(|site| costs[*site] as f64).sum();
                (spent - left as f64) / most.max(1) as f64
            });
            let Some(round) = volume.take_in(bound, &missed) else {
                break;
            };
            if round.is_better {
                node.bound = node.bound.max(bound);
                prices.clone_from(&trial);
            }
            budget_direction += round.share * (overspent - budget_direction);
            share
                .iter_mut()
                .for_each(|share| *share *= 1.0 - round.share);
            picked.iter().for_each(|site| share[*site] += round.share);
            let distance = incumbent.next_value() - volume.best_bound();
            let of_budget = total * budget_direction * budget_direction;
            let Some(length) = volume.length(distance, of_budget) else {
                break;
            };
            for (((trial, best), cap), direction) in (trial.points.iter_mut().zip(&prices.points))
                .zip(&cap)
                .zip(volume.direction())
            {
                let moved = f64::from(*best) + length * f64::from(*direction);
                *trial = (moved as u32).min(*cap);
            }
            if let Some((_, most)) = self.feasibility.budget() {
                let most = most.max(1) as f64;
                let moved = prices.budget as f64 + length * total * budget_direction / most;
                trial.budget = moved.clamp(0.0, 1e18 / most) as i64;
            }
        }
        End::Open
    }

    /// Takes the price of their cost from the savings of free sites; returns what is left to spend.
    fn charge(&self, fixing: &[Fixing], savings: &mut [i64], price: i64) -> i64 {
        let Some((costs, most)) = self.feasibility.budget() else {
            return 0;
        };
        let mut left = most;
        for (site, saving) in savings.iter_mut().enumerate() {
            match fixing[site] {
                // What costs more than is left is closed: the product is no more than all at its price.
                Fixing::Free => *saving -= price * costs[site] as i64,
                Fixing::Open => left = left.saturating_sub(costs[site]),
                Fixing::Closed => {}
            }
        }
        i64::try_from(left).unwrap_or(i64::MAX)
    }

    /// Offers a choice that is wanted and keeps the constraints.
    fn consider(
        &self,
        inside: &[usize],
        picked: &[usize],
        standing: &Standing,
        incumbent: &mut Incumbent,
    ) {
        let value = self.instance.sum(standing);
        if value > incumbent.target() || !self.instance.is_whole(standing) {
            return;
        }
        let open: Vec<usize> = inside.iter().chain(picked).copied().collect();
        if self.feasibility.allows(&open) && self.feasibility.is_full(&open) {
            incumbent.offer(Solution::of(open, value));
        }
    }
}

fn clip(prices: &mut [u32], cap: &[u32]) {
    for (price, cap) in prices.iter_mut().zip(cap) {
        *price = (*price).min(*cap);
    }
}
