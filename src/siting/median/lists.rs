//! Of each point the sites by ascending cost: all that a bound or an exchange has to look at.

use rayon::prelude::*;

use super::instance::Instance;
use crate::siting::feasibility::Fixing;

/// Points that are worked on together.
const BLOCK: usize = 128;

/// A site and its cost at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) cost: u32,
    pub(super) site: u32,
}

/// Of each point the sites by ascending cost, as far as they cost less than a limit.
#[derive(Debug)]
pub(super) struct Lists {
    blocks: Vec<Block>,
}

/// The lists of some points that follow each other.
#[derive(Debug)]
struct Block {
    /// Where the list of each point begins, and where the last ends.
    first: Vec<u32>,
    pairs: Vec<Pair>,
}

impl Lists {
    /// Lists of the `sites`, as far as each serves the point.
    pub(super) fn new(instance: &Instance, sites: &[usize]) -> Self {
        let points = instance.points.len();
        let block = |begin: usize| {
            let end = points.min(begin + BLOCK);
            let mut of_point: Vec<Vec<u64>> = vec![Vec::with_capacity(sites.len()); end - begin];
            for site in sites {
                let costs = &instance.from(*site)[begin..end];
                for (list, cost) in of_point.iter_mut().zip(costs) {
                    if *cost < instance.unserved {
                        list.push(u64::from(*cost) << 32 | *site as u64);
                    }
                }
            }
            let mut first = vec![0];
            let mut pairs = Vec::with_capacity(of_point.iter().map(Vec::len).sum());
            for list in &mut of_point {
                list.sort_unstable();
                pairs.extend(list.iter().map(|pair| Pair {
                    cost: (pair >> 32) as u32,
                    site: *pair as u32,
                }));
                first.push(pairs.len() as u32);
            }
            Block { first, pairs }
        };
        let begins: Vec<usize> = (0..points).step_by(BLOCK).collect();
        Self {
            blocks: begins.into_par_iter().map(block).collect(),
        }
    }

    /// The part of these lists that is left of free sites, and only below a limit.
    pub(super) fn part(&self, fixing: &[Fixing], limit: &[u32]) -> Self {
        let part = |(index, block): (usize, &Block)| {
            let mut part = Block {
                first: vec![0],
                pairs: Vec::new(),
            };
            for (row, point) in (0..block.first.len() - 1).zip(index * BLOCK..) {
                let list = &block.pairs[block.first[row] as usize..block.first[row + 1] as usize];
                let below = list.iter().take_while(|pair| pair.cost < limit[point]);
                part.pairs
                    .extend(below.filter(|pair| fixing[pair.site as usize] == Fixing::Free));
                part.first.push(part.pairs.len() as u32);
            }
            part
        };
        Self {
            blocks: self.blocks.par_iter().enumerate().map(part).collect(),
        }
    }

    /// The list of `point`.
    pub(super) fn of(&self, point: usize) -> &[Pair] {
        let block = &self.blocks[point / BLOCK];
        let row = point % BLOCK;
        &block.pairs[block.first[row] as usize..block.first[row + 1] as usize]
    }

    /// What each site saves at the points whose multiplier is above its cost, weighted.
    pub(super) fn savings(&self, weight: &[i64], multipliers: &[u32], savings: &mut [i64]) {
        let add = |savings: &mut [i64], (index, block): (usize, &Block)| {
            let points = index * BLOCK..;
            for (row, point) in (0..block.first.len() - 1).zip(points) {
                let (multiplier, weight) = (multipliers[point], weight[point]);
                let list = block.first[row] as usize..block.first[row + 1] as usize;
                for pair in &block.pairs[list] {
                    if pair.cost >= multiplier {
                        break;
                    }
                    savings[pair.site as usize] += i64::from(multiplier - pair.cost) * weight;
                }
            }
        };
        savings.fill(0);
        if self.blocks.len() < 16 || rayon::current_num_threads() == 1 {
            self.blocks
                .iter()
                .enumerate()
                .for_each(|block| add(savings, block));
            return;
        }
        // Sums of whole numbers are the same in any order.
        let sums = (self.blocks.par_iter().enumerate())
            .with_min_len(8)
            .fold(
                || vec![0; savings.len()],
                |mut sums: Vec<i64>, block| {
                    add(&mut sums, block);
                    sums
                },
            )
            .collect_vec_list();
        for sums in sums.iter().flatten() {
            savings.iter_mut().zip(sums).for_each(|(a, b)| *a += b);
        }
    }
}
