//! The numbers of a median problem made ready for the search: whole, scaled so that multipliers can
//! stand between two costs, and sorted point by point.

use multiversion::multiversion;
use rayon::prelude::*;

use super::problem::Median;
use crate::siting::branch_and_bound::Scale;
use crate::siting::problem::NEVER;

/// Sums of weight and scaled cost stay below this.
const LARGEST_SUM: u128 = 1 << 61;
/// Scaled costs stay below this.
const LARGEST_COST: u64 = 1 << 31;
/// How many times the largest cost it counts when a point is not served, as long as that fits.
const UNSERVED: u64 = 8;
/// How the sites that are chosen serve a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// By the one that costs least.
    Nearest,
    /// By all that reach it: the first takes the first of these scaled amounts from what the point
    /// costs, the second the second, each at most the one before.
    Counted(Vec<u32>),
}

/// What the chosen sites do for each point: its least cost, or how many reach it.
pub(super) type Standing = Vec<u32>;

/// A median problem in whole numbers that share no factor, times a power of two.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) sites: usize,
    pub(super) service: Service,
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
    /// Scaled values of two choices differ by multiples of this.
    unit: i64,
    /// What a unit is worth in the problem.
    factor: u64,
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Instance {
    /// Makes a problem ready; `None` when its sums do not fit into whole numbers.
    pub(super) fn new(problem: &Median) -> Option<Self> {
        let points: Vec<usize> = (0..problem.weight.len())
            .filter(|point| problem.weight[*point] > 0)
            .collect();
        let in_weights = points.iter().fold(0, |g, p| gcd(problem.weight[*p], g));
        let in_weights = in_weights.max(1);
        let served = problem.costs.all().iter().filter(|cost| **cost != NEVER);
        let levels = problem.levels.as_deref().unwrap_or_default();
        let mut in_costs = problem.unserved.unwrap_or(0);
        in_costs = levels.iter().fold(in_costs, |g, level| {
            gcd(u64::from(*level), u64::from(g)) as u32
        });
        let mut largest = problem.unserved.unwrap_or(0);
        let together: u64 = levels.iter().map(|level| u64::from(*level)).sum();
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
        let together = u128::from(together / u64::from(in_costs));
        // What a point can cost: at every level, or at the nearest site.
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
        let factor = in_weights.checked_mul(u64::from(in_costs))?;
        // What a choice comes to, every point at the dearest, has to fit in the problem's own units too.
        let dearest = total.checked_mul(u128::from(unserved.max(largest)) + 1)?;
        if dearest.checked_mul(u128::from(factor))? >= u128::from(u64::MAX) {
            return None;
        }
        let mut shift = 0;
        while fits(largest.max(unserved) << (shift + 1))
            && total * (together << (shift + 1)) < LARGEST_SUM
            && shift < 31
        {
            shift += 1;
        }
        if total * together >= LARGEST_SUM {
            return None;
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
            service: match &problem.levels {
                None => Service::Nearest,
                Some(levels) => {
                    let scaled = levels.iter().map(|level| (level / in_costs) << shift);
                    Service::Counted(scaled.collect())
                }
            },
            weight: (points.iter())
                .map(|point| (problem.weight[*point] / in_weights) as i64)
                .collect(),
            points,
            costs,
            unserved,
            must_serve: problem.unserved.is_none(),
            unit: 1 << shift,
            factor,
        })
    }

    /// The costs of `site` at every point.
    pub(super) fn from(&self, site: usize) -> &[u32] {
        let points = self.points.len();
        &self.costs[site * points..][..points]
    }

    /// What is done for each point when no site is chosen.
    pub(super) fn nothing(&self) -> Standing {
        let nothing = match &self.service {
            Service::Nearest => self.unserved,
            Service::Counted(_) => 0,
        };
        vec![nothing; self.points.len()]
    }

    /// Adds what `open` do to what is done for each point.
    pub(super) fn serve(&self, open: &[usize], standing: &mut Standing) {
        for site in open {
            match &self.service {
                Service::Nearest => lower(standing, self.from(*site)),
                Service::Counted(_) => count_served(standing, self.from(*site), self.unserved),
            }
        }
    }

    /// What is done for each point by `open`.
    pub(super) fn standing(&self, open: &[usize]) -> Standing {
        let mut standing = self.nothing();
        self.serve(open, &mut standing);
        standing
    }

    /// What another site could save at most at each point: no price is higher.
    pub(super) fn caps(&self, standing: &Standing) -> Vec<u32> {
        match &self.service {
            Service::Nearest => standing.clone(),
            Service::Counted(levels) => {
                let next = |count: &u32| levels.get(*count as usize).copied().unwrap_or(0);
                standing.iter().map(next).collect()
            }
        }
    }

    /// What the points cost when each may pay its price for every service.
    pub(super) fn at_prices(&self, prices: &[u32], standing: &Standing) -> i64 {
        match &self.service {
            Service::Nearest => weighted_sum(prices, &self.weight),
            Service::Counted(levels) => (prices.iter().zip(standing).zip(&self.weight))
                .map(|((price, count), weight)| {
                    let left = levels.iter().skip(*count as usize);
                    left.map(|level| i64::from(*level.min(price))).sum::<i64>() * weight
                })
                .sum(),
        }
    }

    /// How many services each point would buy at its price.
    pub(super) fn demand(&self, prices: &[u32], standing: &Standing, demand: &mut [i32]) {
        match &self.service {
            Service::Nearest => demand.fill(1),
            Service::Counted(levels) => {
                for ((demand, price), count) in demand.iter_mut().zip(prices).zip(standing) {
                    let left = levels.iter().skip(*count as usize);
                    // At the price itself it may as well buy: without that, none could be raised
                    // from where it stands.
                    *demand = left
                        .take_while(|level| *level >= price && **level > 0)
                        .count() as i32;
                }
            }
        }
    }

    /// What the points cost as they are served.
    pub(super) fn sum(&self, standing: &Standing) -> i64 {
        match &self.service {
            Service::Nearest => weighted_sum(standing, &self.weight),
            Service::Counted(levels) => {
                let left = |count: u32| levels.iter().skip(count as usize);
                let rest: Vec<i64> = (0..=levels.len() as u32)
                    .map(|count| left(count).map(|level| i64::from(*level)).sum())
                    .collect();
                let cost = |count: &u32| rest[(*count as usize).min(levels.len())];
                let costs = standing.iter().map(cost).zip(&self.weight);
                costs.map(|(cost, weight)| cost * weight).sum()
            }
        }
    }

    /// Whether every point is served that has to be.
    pub(super) fn is_whole(&self, standing: &Standing) -> bool {
        !self.must_serve || !standing.contains(&self.unserved)
    }

    /// What a choice is worth, scaled; `None` when it leaves out a point that has to be served.
    pub(super) fn value(&self, open: &[usize]) -> Option<i64> {
        let standing = self.standing(open);
        self.is_whole(&standing).then(|| self.sum(&standing))
    }

    pub(super) fn scale(&self) -> Scale {
        Scale {
            unit: self.unit,
            factor: self.factor,
            most: self.sum(&self.nothing()),
        }
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn lower(least: &mut [u32], costs: &[u32]) {
    for (least, cost) in least.iter_mut().zip(costs) {
        *least = (*least).min(*cost);
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn count_served(count: &mut [u32], costs: &[u32], unserved: u32) {
    for (count, cost) in count.iter_mut().zip(costs) {
        *count += u32::from(*cost < unserved);
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn weighted_sum(costs: &[u32], weight: &[i64]) -> i64 {
    let products = costs.iter().zip(weight);
    products
        .map(|(cost, weight)| i64::from(*cost) * weight)
        .sum()
}

/// Takes one wherever a cost is below the multiplier of its point.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn take_those_below(count: &mut [i32], costs: &[u32], multipliers: &[u32]) {
    for ((count, cost), multiplier) in count.iter_mut().zip(costs).zip(multipliers) {
        *count -= i32::from(cost < multiplier);
    }
}
