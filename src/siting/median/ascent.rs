//! What no choice of sites can fall below: each point may be served by any number of sites, at a
//! price.
//!
//! The Lagrangian relaxation of Cornuéjols, Fisher and Nemhauser (1977): a point has a multiplier;
//! a site saves, at each point, what its cost falls short of that; the sum of the multipliers less
//! the savings of the best sites is a bound. The multipliers are raised by the volume algorithm of
//! Barahona and Anbil (2000), which averages the directions it has been pointed to, and so also
//! says of each site how much of it the relaxed problem would open. Whole numbers throughout: a
//! bound is a bound to the last digit.

use super::ground::{Ground, Standing, take_those_below};
use super::lists::Lists;
use crate::siting::answer::Clock;
use crate::siting::rulebook::{Rulebook, Settled, sites_that_are};

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
    pub(super) ground: &'a Ground,
    pub(super) book: &'a Rulebook,
    pub(super) clock: &'a Clock,
    pub(super) settled: Vec<Settled>,
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
        let ground = self.ground;
        let points = ground.points.len();
        let mut inside = self.inside();
        let mut done = ground.standing(&inside);
        let mut cap = ground.caps(&done);
        clip(&mut self.prices.points, &cap);
        let mut trial = self.prices.clone();
        let mut direction: Vec<f32> = Vec::new();
        let mut budget_direction = 0.0;
        let (mut savings, mut picked) = (vec![0; ground.sites], Vec::new());
        let (mut count, mut standing) = (vec![0; points], done.clone());
        let mut step = first_step;
        let mut latest = LATEST;
        let mut waited = 0;
        let total: f64 = ground.weight.iter().map(|weight| *weight as f64).sum();
        // With the best prices of this raise; the bound may come from above.
        let mut reached = i64::MIN;
        for _ in 0..rounds {
            if self.clock.is_over() {
                return End::Open;
            }
            lists.savings(&ground.weight, &trial.points, &mut savings);
            let left = self.charge(&mut savings, trial.budget);
            let saved = self.book.best(&self.settled, &savings, &mut picked);
            let all = ground.at_prices(&trial.points, &done);
            let bound = all - saved - trial.budget * left;
            // The choice itself.
            standing.copy_from_slice(&done);
            ground.serve(&picked, &mut standing);
            self.consider(&inside, &picked, &standing);
            let better = bound > reached;
            if bound > self.target {
                self.bound = self.bound.max(bound);
                return End::Closed;
            }
            // Where it points to.
            ground.demand(&trial.points, &done, &mut count);
            for site in &picked {
                take_those_below(&mut count, ground.from(*site), &trial.points);
            }
            if self
                .book
                .settle(&mut self.settled, &savings, self.target - bound)
            {
                if !self.book.follow(&mut self.settled) {
                    self.bound = self.target + 1;
                    return End::Closed;
                }
                let now = self.inside();
                if now != inside {
                    inside = now;
                    done = ground.standing(&inside);
                    cap = ground.caps(&done);
                }
                if self.is_settled() {
                    self.consider(&inside, &[], &done);
                    self.bound = self.bound.max(self.target + 1);
                    return End::Closed;
                }
            }
            let spent = self.book.budget().map_or(0.0, |(costs, most)| {
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
                let weight =
                    average_weight(&direction, &count, &ground.weight).clamp(latest / 10.0, latest);
                if better && along(&direction, &count, &ground.weight) > 0.0 {
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
                norm(&direction, &ground.weight) + total * budget_direction * budget_direction;
            if norm <= 0.0 {
                break;
            }
            let length = step * (self.target + ground.unit - reached) as f64 / norm;
            for (((trial, best), cap), direction) in
                (trial.points.iter_mut().zip(&self.prices.points))
                    .zip(&cap)
                    .zip(&direction)
            {
                let moved = f64::from(*best) + length * f64::from(*direction);
                *trial = (moved as u32).min(*cap);
            }
            if let Some((_, most)) = self.book.budget() {
                let most = most.max(1) as f64;
                let moved = self.prices.budget as f64 + length * total * budget_direction / most;
                trial.budget = moved.clamp(0.0, 1e18 / most) as i64;
            }
        }
        End::Open
    }

    /// Takes the price of their cost from the savings of free sites; returns what is left to spend.
    fn charge(&self, savings: &mut [i64], price: i64) -> i64 {
        let Some((costs, most)) = self.book.budget() else {
            return 0;
        };
        let mut left = most;
        for (site, saving) in savings.iter_mut().enumerate() {
            match self.settled[site] {
                // What costs more than is left is out: the product is no more than all at its price.
                Settled::Free => *saving -= price * costs[site] as i64,
                Settled::In => left = left.saturating_sub(costs[site]),
                Settled::Out => {}
            }
        }
        i64::try_from(left).unwrap_or(i64::MAX)
    }

    pub(super) fn inside(&self) -> Vec<usize> {
        sites_that_are(Settled::In, &self.settled)
    }

    pub(super) fn free(&self) -> Vec<usize> {
        sites_that_are(Settled::Free, &self.settled)
    }

    /// Of each site, whether it is free.
    pub(super) fn free_ones(&self) -> Vec<bool> {
        self.settled.iter().map(|s| *s == Settled::Free).collect()
    }

    pub(super) fn is_settled(&self) -> bool {
        !self.settled.contains(&Settled::Free)
    }

    /// Keeps a choice that is better than all before and keeps the rules.
    fn consider(&mut self, inside: &[usize], picked: &[usize], standing: &Standing) {
        let ground = self.ground;
        let value = ground.sum(standing);
        if value > self.target || !ground.is_whole(standing) {
            return;
        }
        let open: Vec<usize> = inside.iter().chain(picked).copied().collect();
        if self.book.allows(&open) && self.book.is_full(&open) {
            self.offer(value, open);
        }
    }

    /// Keeps a choice of which it is known that it keeps the rules.
    pub(super) fn offer(&mut self, value: i64, mut open: Vec<usize>) {
        if value <= self.target {
            open.sort_unstable();
            self.target = value - self.ground.unit;
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
