//! What branching on each site has added to bounds, for each unit that its share was moved
//! (pseudo-costs: Bénichou et al. 1971).

use crate::siting::feasibility::Fixing;
use crate::siting::node_queue::Branch;

/// A share is taken to be at least so far away from whole.
const MIN_AWAY: f64 = 0.05;

pub(super) struct PseudoCosts {
    /// Of each site, opened and closed: the sum and the number.
    gains: Vec<[(f64, f64); 2]>,
    all: [(f64, f64); 2],
}

impl PseudoCosts {
    pub(super) fn new(sites: usize) -> Self {
        Self {
            gains: vec![[(0.0, 0.0); 2]; sites],
            all: [(0.0, 0.0); 2],
        }
    }

    /// Learns what a branch has added to the bound.
    pub(super) fn learn(&mut self, branch: Branch, gain: i64) {
        let side = usize::from(branch.to == Fixing::Closed);
        let gain = gain as f64 / branch.away.max(MIN_AWAY);
        for (sum, number) in [&mut self.gains[branch.site][side], &mut self.all[side]] {
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
            (sum + usual) / (number + 1.0) * away.max(MIN_AWAY)
        };
        expected(0, 1.0 - share) * expected(1, share)
    }
}
