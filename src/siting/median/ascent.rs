//! What no choice of sites can fall below: each point may be served by any number of sites, at a
//! price.
//!
//! The Lagrangian relaxation of Cornuéjols, Fisher and Nemhauser (1977): a point has a multiplier;
//! a site saves, at each point, what its cost falls short of that; the sum of the multipliers less
//! the savings of the best sites is a bound. The multipliers are raised by the volume algorithm of
//! Barahona and Anbil (2000), which averages the directions it has been pointed to, and so also
//! says of each site how much of it the relaxed problem would open. Whole numbers throughout: a
//! bound is a bound to the last digit.

use super::instance::{Instance, Standing, take_those_below};
use super::lists::Lists;
use crate::siting::answer::Clock;
use crate::siting::constraints::{Constraints, Fixing, sites_that_are};

/// Rounds without a better bound after which steps become shorter.
const PATIENCE: u32 = 8;
/// Steps shorter than this, as a share of the distance to the value, move no bound.
const SHORTEST: f64 = 0.002;
/// The greatest weight of the latest direction in the average.
const LATEST: f64 = 0.2;

/// Multipliers: what a point pays, and what a unit of budget costs.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    /// Scaled cost at each point.
    pub(super) points: Vec<u32>,
    /// Scaled value for a unit of the budget.
    pub(super) budget: i64,
}

/// What is known at a point of the search.
pub(super) struct Ascent<'a> {
    pub(super) instance: &'a Instance,
    pub(super) constraints: &'a Constraints,
    pub(super) clock: &'a Clock,
    pub(super) fixing: Vec<Fixing>,
    /// Those with the best bound so far.
    pub(super) prices: Prices,
    pub(super) bound: i64,
    /// How much of each site is open in the relaxed problem.
    pub(super) share: Vec<f64>,
    /// The best choice that was met on the way.
    pub(super) best: Option<(i64, Vec<usize>)>,
    /// Only choices of a value up to this are looked for.
    pub(super) target: i64,
}

/// How an ascent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// No choice up to the target is left.
    Closed,
    /// The bound stays below the target.
    Open,
}

impl Ascent<'_> {
    /// Raises the bound for so many rounds.
    pub(super) fn raise(&mut self, lists: &Lists, rounds: u32, first_step: f64) -> End {
        let instance = self.instance;
        let points = instance.points.len();
        let mut inside = self.inside();
        let mut done = instance.standing(&inside);
        let mut cap = instance.caps(&done);
        clip(&mut self.prices.points, &cap);
        let mut trial = self.prices.clone();
        let mut direction: Vec<f32> = Vec::new();
        let mut budget_direction = 0.0;
        let (mut savings, mut picked) = (vec![0; instance.sites], Vec::new());
        let (mut count, mut standing) = (vec![0; points], done.clone());
        let mut step = first_step;
        let mut latest = LATEST;
        let mut waited = 0;
        let total: f64 = instance.weight.iter().map(|weight| *weight as f64).sum();
        // With the best prices of this raise; the bound may come from above.
        let mut reached = i64::MIN;
        for _ in 0..rounds {
            if self.clock.is_over() {
                return End::Open;
            }
            lists.savings(&instance.weight, &trial.points, &mut savings);
            let left = self.charge(&mut savings, trial.budget);
            let saved = self.constraints.best(&self.fixing, &savings, &mut picked);
            let all = instance.at_prices(&trial.points, &done);
            let bound = all - saved - trial.budget * left;
            // The choice itself.
            standing.copy_from_slice(&done);
            instance.serve(&picked, &mut standing);
            self.consider(&inside, &picked, &standing);
            let better = bound > reached;
            if bound > self.target {
                self.bound = self.bound.max(bound);
                return End::Closed;
            }
            // Where it points to.
            instance.demand(&trial.points, &done, &mut count);
            for site in &picked {
                take_those_below(&mut count, instance.from(*site), &trial.points);
            }
            if self
                .constraints
                .fix(&mut self.fixing, &savings, self.target - bound)
            {
                if !self.constraints.propagate(&mut self.fixing) {
                    self.bound = self.target + 1;
                    return End::Closed;
                }
                let now = self.inside();
                if now != inside {
                    inside = now;
                    done = instance.standing(&inside);
                    cap = instance.caps(&done);
                }
                if self.is_fixed() {
                    self.consider(&inside, &[], &done);
                    self.bound = self.bound.max(self.target + 1);
                    return End::Closed;
                }
            }
            let spent = self.constraints.budget().map_or(0.0, |(costs, most)| {
                let spent: f64 = picked.iter().map(|site| costs[*site] as f64).sum();
                (spent - left as f64) / most.max(1) as f64
            });
            if better {
                reached = bound;
                self.bound = self.bound.max(bound);
                self.prices.clone_from(&trial);
                waited = 0;
            } else {
                waited += 1;
                if waited % PATIENCE == 0 {
                    step *= 0.66;
                    latest = f64::max(latest * 0.8, 0.01);
                    if step < SHORTEST {
                        break;
                    }
                }
            }
            let weight = if direction.is_empty() {
                direction = count.iter().map(|count| *count as f32).collect();
                budget_direction = spent;
                1.0
            } else {
                let weight = average_weight(&direction, &count, &instance.weight)
                    .clamp(latest / 10.0, latest);
                if better && along(&direction, &count, &instance.weight) > 0.0 {
                    step = f64::min(step * 1.1, 2.0);
                }
                weight
            };
            for (direction, count) in direction.iter_mut().zip(&count) {
                *direction += weight as f32 * (*count as f32 - *direction);
            }
            budget_direction += weight * (spent - budget_direction);
            self.share
                .iter_mut()
                .for_each(|share| *share *= 1.0 - weight);
            picked.iter().for_each(|site| self.share[*site] += weight);
            let norm =
                norm(&direction, &instance.weight) + total * budget_direction * budget_direction;
            if norm <= 0.0 {
                break;
            }
            let length = step * (self.target + instance.unit - reached) as f64 / norm;
            for (((trial, best), cap), direction) in
                (trial.points.iter_mut().zip(&self.prices.points))
                    .zip(&cap)
                    .zip(&direction)
            {
                let moved = f64::from(*best) + length * f64::from(*direction);
                *trial = (moved as u32).min(*cap);
            }
            if let Some((_, most)) = self.constraints.budget() {
                let most = most.max(1) as f64;
                let moved = self.prices.budget as f64 + length * total * budget_direction / most;
                trial.budget = moved.clamp(0.0, 1e18 / most) as i64;
            }
        }
        End::Open
    }

    /// Takes the price of their cost from the savings of free sites; returns what is left to spend.
    fn charge(&self, savings: &mut [i64], price: i64) -> i64 {
        let Some((costs, most)) = self.constraints.budget() else {
            return 0;
        };
        let mut left = most;
        for (site, saving) in savings.iter_mut().enumerate() {
            match self.fixing[site] {
                // What costs more than is left is out: the product is no more than all at its price.
                Fixing::Free => *saving -= price * costs[site] as i64,
                Fixing::Open => left = left.saturating_sub(costs[site]),
                Fixing::Closed => {}
            }
        }
        i64::try_from(left).unwrap_or(i64::MAX)
    }

    pub(super) fn inside(&self) -> Vec<usize> {
        sites_that_are(Fixing::Open, &self.fixing)
    }

    pub(super) fn free(&self) -> Vec<usize> {
        sites_that_are(Fixing::Free, &self.fixing)
    }

    /// Of each site, whether it is free.
    pub(super) fn free_ones(&self) -> Vec<bool> {
        self.fixing.iter().map(|s| *s == Fixing::Free).collect()
    }

    pub(super) fn is_fixed(&self) -> bool {
        !self.fixing.contains(&Fixing::Free)
    }

    /// Keeps a choice that is better than all before and keeps the rules.
    fn consider(&mut self, inside: &[usize], picked: &[usize], standing: &Standing) {
        let instance = self.instance;
        let value = instance.sum(standing);
        if value > self.target || !instance.is_whole(standing) {
            return;
        }
        let open: Vec<usize> = inside.iter().chain(picked).copied().collect();
        if self.constraints.allows(&open) && self.constraints.is_full(&open) {
            self.offer(value, open);
        }
    }

    /// Keeps a choice of which it is known that it keeps the rules.
    pub(super) fn offer(&mut self, value: i64, mut open: Vec<usize>) {
        if value <= self.target {
            open.sort_unstable();
            self.target = value - self.instance.unit;
            self.best = Some((value, open));
        }
    }
}

fn clip(prices: &mut [u32], cap: &[u32]) {
    for (price, cap) in prices.iter_mut().zip(cap) {
        *price = (*price).min(*cap);
    }
}

fn norm(direction: &[f32], weight: &[i64]) -> f64 {
    let squares = direction.iter().zip(weight);
    squares
        .map(|(d, w)| f64::from(*d) * f64::from(*d) * *w as f64)
        .sum()
}

fn along(direction: &[f32], count: &[i32], weight: &[i64]) -> f64 {
    let products = direction.iter().zip(count).zip(weight);
    products
        .map(|((d, c), w)| f64::from(*d) * f64::from(*c) * *w as f64)
        .sum()
}

/// The weight of the latest direction which makes the average shortest.
fn average_weight(direction: &[f32], count: &[i32], weight: &[i64]) -> f64 {
    let (mut across, mut apart) = (0.0, 0.0);
    for ((d, c), w) in direction.iter().zip(count).zip(weight) {
        let (d, w) = (f64::from(*d), *w as f64);
        let difference = d - f64::from(*c);
        across += d * difference * w;
        apart += difference * difference * w;
    }
    if apart > 0.0 { across / apart } else { 0.0 }
}
