//! The parts of all choices that are still to be looked at, and what branching has taught so far.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::ascent::Prices;
use crate::siting::constraints::Fixing;

/// Branches that are worked on between two looks at what was found.
const AT_ONCE: usize = 8;
/// So many of them follow the last ones down, which finds choices; the others have the lowest
/// bounds.
const PLUNGING: usize = 2;
/// When the branches take more bytes than this, all follow the last ones down.
const CROWDED: usize = 1 << 29;

/// A part of all choices.
pub(super) struct Branch {
    /// No choice in it costs less.
    pub(super) bound: i64,
    /// In the order in which branches were made.
    pub(super) number: u64,
    pub(super) fixing: Vec<Fixing>,
    pub(super) prices: Arc<Prices>,
    /// How much of each site is open in the relaxed problem.
    pub(super) share: Arc<Vec<f64>>,
    /// What it was last branched on.
    pub(super) step: Step,
}

/// The last step to a branch: the site, how it was fixed, and how far its share was away.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) site: usize,
    pub(super) to: Fixing,
    pub(super) away: f64,
}

impl Branch {
    fn free(&self) -> usize {
        let fixing = self.fixing.iter();
        fixing.filter(|fixing| **fixing == Fixing::Free).count()
    }

    fn bytes(&self) -> usize {
        // Two branches share what is behind an `Arc`.
        self.fixing.len() + (self.prices.points.len() * 4 + self.share.len() * 8) / 2
    }
}

/// A branch in the order in which branches are worked on: the lowest bound, then the oldest.
struct Waiting(Branch);

impl Waiting {
    fn key(&self) -> Reverse<(i64, u64)> {
        Reverse((self.0.bound, self.0.number))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// All branches that wait.
#[derive(Default)]
pub(super) struct Frontier {
    waiting: BinaryHeap<Waiting>,
    /// Those which were made last.
    fresh: Vec<Branch>,
    made: u64,
}

impl Frontier {
    /// Adds a branch and numbers it.
    pub(super) fn push(&mut self, mut branch: Branch) {
        self.made += 1;
        branch.number = self.made;
        self.fresh.push(branch);
    }

    /// Adds branches that were taken and could not be worked on.
    pub(super) fn put_back(&mut self, branches: Vec<Branch>) {
        self.waiting.extend(branches.into_iter().map(Waiting));
    }

    /// The least bound of all that wait.
    pub(super) fn bound(&self) -> Option<i64> {
        let fresh = self.fresh.iter().map(|branch| branch.bound).min();
        let waiting = self.waiting.peek().map(|waiting| waiting.0.bound);
        fresh.into_iter().chain(waiting).min()
    }

    /// Takes the next branches whose bound is at most `target`.
    pub(super) fn take(&mut self, target: i64) -> Vec<Branch> {
        let mut fresh = std::mem::take(&mut self.fresh);
        let size = fresh.first().map_or(0, Branch::bytes);
        let crowded = self.waiting.len() * size > CROWDED;
        let plunging = if crowded { AT_ONCE } else { PLUNGING };
        fresh.retain(|branch| branch.bound <= target);
        fresh.sort_by_cached_key(|branch| (branch.free(), branch.bound, branch.number));
        self.waiting
            .extend(fresh.drain(plunging.min(fresh.len())..).map(Waiting));
        let mut taken = fresh;
        while taken.len() < AT_ONCE
            && let Some(Waiting(branch)) = self.waiting.pop()
        {
            if branch.bound > target {
                // As are all others.
                self.waiting.clear();
                break;
            }
            taken.push(branch);
        }
        taken
    }
}

/// What branching on each site has added to bounds, for each unit that its share was moved
/// (pseudo-costs: Bénichou et al. 1971).
pub(super) struct Experience {
    /// Of each site, in and out: the sum and the number.
    gains: Vec<[(f64, f64); 2]>,
    all: [(f64, f64); 2],
}

/// A share is taken to be at least so far away from whole.
const LEAST_AWAY: f64 = 0.05;

impl Experience {
    pub(super) fn of(sites: usize) -> Self {
        Self {
            gains: vec![[(0.0, 0.0); 2]; sites],
            all: [(0.0, 0.0); 2],
        }
    }

    /// Learns what a step has added to the bound.
    pub(super) fn learn(&mut self, step: Step, gain: i64) {
        let side = usize::from(step.to == Fixing::Closed);
        let gain = gain as f64 / step.away.max(LEAST_AWAY);
        for (sum, number) in [&mut self.gains[step.site][side], &mut self.all[side]] {
            *sum += gain;
            *number += 1.0;
        }
    }

    /// What branching on a site is expected to add on both sides, multiplied.
    pub(super) fn promise(&self, site: usize, share: f64) -> f64 {
        let expected = |side: usize, away: f64| {
            let (sum, number) = self.gains[site][side];
            let (all, of_all) = self.all[side];
            let usual = if of_all > 0.0 { all / of_all } else { 1.0 };
            // A site's own experience counts as it grows.
            (sum + usual) / (number + 1.0) * away.max(LEAST_AWAY)
        };
        expected(0, 1.0 - share) * expected(1, share)
    }
}
