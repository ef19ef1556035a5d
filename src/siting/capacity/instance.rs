//! The numbers of a problem with capacities made ready: points with a weight alone, costs scaled so
//! that prices can stand between two of them.

use rayon::prelude::*;

use crate::siting::branch_and_bound::Scale;
use crate::siting::median::Median;
use crate::siting::problem::NEVER;

/// What all chosen sites save together, each serving everything at the highest price, stays below this.
const LARGEST_SUM: u128 = 1 << 60;
/// Costs are scaled by two so many times at most.
const MAX_SHIFT: u32 = 12;
/// No price is higher than so many times the largest cost.
const HIGHEST_PRICE: i64 = 8;

pub(super) struct Instance<'a> {
    problem: &'a Median,
    /// Points with a weight, by their number in the problem.
    pub(super) points: Vec<usize>,
    /// Weight of each of those points.
    pub(super) weight: Vec<i64>,
    /// All weight together.
    pub(super) total: i64,
    /// What each site has room for, no more than there is.
    pub(super) capacity: Vec<i64>,
    /// Scaled cost of a unit that is not served; `None` where all has to be served.
    pub(super) unserved: Option<i64>,
    /// No point pays more for a unit.
    pub(super) highest: i64,
    shift: u32,
}

impl<'a> Instance<'a> {
    /// Makes a problem ready of which `most` sites are chosen at most; `None` when its sums do not fit into
    /// whole numbers.
    pub(super) fn new(problem: &'a Median, capacity: &[u64], most: usize) -> Option<Self> {
        let points: Vec<usize> = (0..problem.weight.len())
            .filter(|point| problem.weight[*point] > 0)
            .collect();
        let total: u128 = points
            .iter()
            .map(|point| u128::from(problem.weight[*point]))
            .sum();
        let costs = problem.costs.all().iter().filter(|cost| **cost != NEVER);
        let largest = costs
            .max()
            .copied()
            .unwrap_or(0)
            .max(problem.unserved.unwrap_or(0));
        let largest = i64::from(largest) + 1;
        let highest = largest * HIGHEST_PRICE;
        let all = total.saturating_mul(most.min(capacity.len()).max(1) as u128);
        let fits = |shift: u32| all.saturating_mul((highest as u128) << shift) < LARGEST_SUM;
        let shift = (0..=MAX_SHIFT).rev().find(|shift| fits(*shift))?;
        let scaled = |cost: i64| cost << shift;
        let total = total as i64;
        Some(Self {
            weight: points
                .iter()
                .map(|point| problem.weight[*point] as i64)
                .collect(),
            points,
            total,
            capacity: capacity
                .iter()
                .map(|room| (*room).min(total as u64) as i64)
                .collect(),
            unserved: problem.unserved.map(|cost| scaled(i64::from(cost))),
            highest: scaled(problem.unserved.map_or(highest, i64::from)),
            problem,
            shift,
        })
    }

    pub(super) fn sites(&self) -> usize {
        self.capacity.len()
    }

    /// Scaled cost of a unit of a point, by its index in [`points`](Self::points), from a site; `None` where the site does not serve it, or where
    /// it is no better than not to be served.
    pub(super) fn cost(&self, site: usize, point_index: usize) -> Option<i64> {
        let cost = self.problem.costs.get(site, self.points[point_index]);
        let scaled = i64::from(cost) << self.shift;
        (cost != NEVER && self.unserved.is_none_or(|unserved| scaled < unserved)).then_some(scaled)
    }

    /// What the points cost from the nearest of `open`, were there room for all; `None` where one that
    /// has to be served is reached by none.
    pub(super) fn with_endless_room(&self, open: &[usize]) -> Option<i64> {
        let each = self.weight.iter().enumerate().map(|(point_index, weight)| {
            let costs = open.iter().filter_map(|site| self.cost(*site, point_index));
            Some(weight * costs.chain(self.unserved).min()?)
        });
        each.sum()
    }

    /// What each site saves at most when a unit of a point pays its price.
    pub(super) fn savings(&self, usable: &[usize], prices: &[i64]) -> Vec<i64> {
        let mut savings = vec![0; self.sites()];
        let each: Vec<i64> = (usable.par_iter())
            .map(|site| self.fill(*site, prices, |_, _| ()))
            .collect();
        for (site, saving) in usable.iter().zip(each) {
            savings[*site] = saving;
        }
        savings
    }

    /// Fills a site with those who save most; tells what it takes of each point.
    pub(super) fn fill(
        &self,
        site: usize,
        prices: &[i64],
        mut take: impl FnMut(usize, i64),
    ) -> i64 {
        let saves = |point_index: usize| Some(prices[point_index] - self.cost(site, point_index)?);
        let wanted =
            (0..prices.len()).filter_map(|point_index| Some((saves(point_index)?, point_index)));
        let mut wanted: Vec<(i64, usize)> = wanted.filter(|(saved, _)| *saved > 0).collect();
        let mut room = self.capacity[site];
        if wanted
            .iter()
            .map(|(_, point_index)| self.weight[*point_index])
            .sum::<i64>()
            > room
        {
            wanted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        let mut sum = 0;
        for (saved, point_index) in wanted {
            let amount = self.weight[point_index].min(room);
            if amount == 0 {
                break;
            }
            take(point_index, amount);
            sum += saved * amount;
            room -= amount;
        }
        sum
    }

    pub(super) fn scale(&self) -> Scale {
        Scale {
            unit: 1 << self.shift,
            factor: 1,
            most: LARGEST_SUM as i64,
        }
    }
}
