//! The numbers of a median problem made ready for the search: whole, scaled so that multipliers can
//! stand between two costs, and sorted point by point.

use multiversion::multiversion;
use rayon::prelude::*;

use super::Median;
use crate::siting::problem::NEVER;

/// Sums of weight and scaled cost stay below this.
const LARGEST_SUM: u128 = 1 << 61;
/// Scaled costs stay below this.
const LARGEST_COST: u64 = 1 << 31;
/// How many times the largest cost it counts when a point is not served, as long as that fits.
const UNSERVED: u64 = 8;
/// A median problem in whole numbers that share no factor, times a power of two.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) sites: usize,
    /// Points with a weight, by their number in the problem.
    pub(super) points: Vec<usize>,
    /// Weight of each of those points.
    pub(super) weight: Vec<i64>,
    /// Scaled cost, site by site; `unserved` where a site does not serve a point.
    costs: Vec<u32>,
    /// Scaled cost of a point that no site serves.
    pub(super) unserved: u32,
    /// Whether every point has to be served.
    pub(super) must_serve: bool,
    /// One step of the value, scaled: values of two choices differ by multiples of it.
    pub(super) unit: i64,
    /// A scaled value divided by `unit` and times this is a value.
    pub(super) factor: u64,
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Ground {
    /// Makes a problem ready; `None` when its sums do not fit into whole numbers.
    pub(super) fn new(problem: &Median) -> Option<Self> {
        let points: Vec<usize> = (0..problem.weight.len())
            .filter(|point| problem.weight[*point] > 0)
            .collect();
        let in_weights = points.iter().fold(0, |g, p| gcd(problem.weight[*p], g));
        let in_weights = in_weights.max(1);
        let served = problem.costs.all().iter().filter(|cost| **cost != NEVER);
        let mut in_costs = problem.unserved.unwrap_or(0);
        let mut largest = in_costs;
        for cost in served {
            largest = largest.max(*cost);
            if in_costs == 0 {
                in_costs = *cost;
            } else if in_costs != 1 && *cost % in_costs != 0 {
                in_costs = gcd(u64::from(*cost), u64::from(in_costs)) as u32;
            }
        }
        let in_costs = in_costs.max(1);
        let largest = u64::from(largest / in_costs);
        let total: u128 = (points.iter())
            .map(|point| u128::from(problem.weight[*point] / in_weights))
            .sum();
        let fits = |cost: u64| cost < LARGEST_COST && total * u128::from(cost) < LARGEST_SUM;
        let mut unserved = match problem.unserved {
            Some(cost) => u64::from(cost / in_costs),
            None => (1..=UNSERVED)
                .rev()
                .map(|times| largest * times + 1)
                .find(|cost| fits(*cost))?,
        };
        if !fits(unserved) || !fits(largest) {
            return None;
        }
        let mut shift = 0;
        while fits(largest.max(unserved) << (shift + 1)) && shift < 31 {
            shift += 1;
        }
        unserved <<= shift;
        let unserved = unserved as u32;
        let mut costs = vec![0; problem.costs.sites() * points.len()];
        if !points.is_empty() {
            costs
                .par_chunks_mut(points.len())
                .enumerate()
                .for_each(|(site, row)| {
                    let from = problem.costs.from(site);
                    for (cost, point) in row.iter_mut().zip(&points) {
                        *cost = match from[*point] {
                            NEVER => unserved,
                            cost => ((cost / in_costs) << shift).min(unserved),
                        };
                    }
                });
        }
        Some(Self {
            sites: problem.costs.sites(),
            weight: (points.iter())
                .map(|point| (problem.weight[*point] / in_weights) as i64)
                .collect(),
            points,
            costs,
            unserved,
            must_serve: problem.unserved.is_none(),
            unit: 1 << shift,
            factor: in_weights * u64::from(in_costs),
        })
    }

    /// The costs of `site` at every point.
    pub(super) fn from(&self, site: usize) -> &[u32] {
        let points = self.points.len();
        &self.costs[site * points..][..points]
    }

    /// The least cost of each point from `open` and from what it has already.
    pub(super) fn least(&self, open: &[usize], least: &mut [u32]) {
        for site in open {
            lower(least, self.from(*site));
        }
    }

    /// Of each point what it costs when no site serves it.
    pub(super) fn nothing(&self) -> Vec<u32> {
        vec![self.unserved; self.points.len()]
    }

    /// What no choice costs more than.
    pub(super) fn most(&self) -> i64 {
        self.sum(&self.nothing())
    }

    /// The value of each point's cost, summed.
    pub(super) fn sum(&self, costs: &[u32]) -> i64 {
        weighted_sum(costs, &self.weight)
    }

    /// What a choice is worth, scaled; `None` when it leaves out a point that has to be served.
    pub(super) fn value(&self, open: &[usize]) -> Option<i64> {
        let mut least = self.nothing();
        self.least(open, &mut least);
        let whole = !self.must_serve || least.iter().all(|cost| *cost < self.unserved);
        whole.then(|| self.sum(&least))
    }

    /// A scaled value in the units of the problem.
    pub(super) fn unscaled(&self, value: i64) -> u64 {
        (value / self.unit) as u64 * self.factor
    }

    /// The least value of a choice that costs at least `bound`, in the units of the problem.
    pub(super) fn unscaled_bound(&self, bound: i64) -> u64 {
        (bound.max(0) as u64).div_ceil(self.unit as u64) * self.factor
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn lower(least: &mut [u32], costs: &[u32]) {
    for (least, cost) in least.iter_mut().zip(costs) {
        *least = (*least).min(*cost);
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn weighted_sum(costs: &[u32], weight: &[i64]) -> i64 {
    let products = costs.iter().zip(weight);
    products.map(|(cost, weight)| i64::from(*cost) * weight).sum()
}

/// Takes one wherever a cost is below the multiplier of its point.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn take_those_below(count: &mut [i32], costs: &[u32], multipliers: &[u32]) {
    for ((count, cost), multiplier) in count.iter_mut().zip(costs).zip(multipliers) {
        *count -= i32::from(cost < multiplier);
    }
}
