//! Better choices from good ones: some sites are exchanged at random, exchanges mend the damage, and
//! what is no worse is kept (iterated local search: Lourenço, Martin and Stützle 2003).

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::counted::Counted;
use super::exchanges::Exchanges;
use super::instance::Service;
use super::interchange::Interchange;

/// The same draws in every run.
const SEED: u64 = 1;

impl Exchanges<'_> {
    /// Makes a choice whole, and then better by exchanges.
    pub(super) fn polish(&self, open: &mut Vec<usize>) {
        match &self.instance.service {
            Service::Nearest => {
                let mut interchange = Interchange::new(*self);
                interchange.fill(open);
                interchange.improve(open);
            }
            Service::Counted(levels) => {
                let counted = Counted {
                    given: *self,
                    levels,
                };
                counted.fill(open);
                counted.improve(open);
            }
        }
    }

    /// Perturbs a choice so many times, and returns the best there was.
    pub(super) fn perturb(&self, from: &[usize], value: i64, times: u32) -> (i64, Vec<usize>) {
        let Self {
            instance,
            feasibility,
            ..
        } = *self;
        let mut draw = ChaCha8Rng::seed_from_u64(SEED);
        let usable: Vec<usize> = (0..instance.sites)
            .filter(|site| self.usable[*site])
            .collect();
        let mut best = (value, from.to_vec());
        for _ in 0..times {
            let mut open = best.1.clone();
            let movable = open.iter().filter(|site| !self.kept[**site]).count();
            if movable == 0 || movable == usable.len() {
                break;
            }
            let out = draw.random_range(1..=(movable / 2).clamp(1, 8));
            for _ in 0..out {
                let index = draw.random_range(0..open.len());
                if !self.kept[open[index]] {
                    open.swap_remove(index);
                }
            }
            for _ in 0..2 * out {
                let site = usable[draw.random_range(0..usable.len())];
                if !open.contains(&site) && feasibility.allows_addition(&open, site) {
                    open.push(site);
                }
            }
            self.polish(&mut open);
            if feasibility.allows(&open)
                && feasibility.is_full(&open)
                && let Some(value) = instance.value(&open)
                && value <= best.0
            {
                best = (value, open);
            }
        }
        best
    }
}
