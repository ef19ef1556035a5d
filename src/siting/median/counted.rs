//! Good choices quickly where every site that reaches a point counts: one after the other where it
//! adds most, then exchanges.

use super::exchanges::Exchanges;
use super::instance::Standing;

/// Exchanges where every site that reaches a point counts.
pub(super) struct Counted<'a> {
    pub(super) given: Exchanges<'a>,
    /// What the first, second … site that reaches a point saves.
    pub(super) levels: &'a [u32],
}

impl Counted<'_> {
    /// What each site would save besides those that stand.
    fn gains(&self, standing: &Standing) -> Vec<i64> {
        let mut gains = vec![0; self.given.instance.sites];
        for (point, count) in standing.iter().enumerate() {
            let next = self.levels.get(*count as usize).copied().unwrap_or(0);
            if next > 0 {
                let gain = i64::from(next) * self.given.instance.weight[point];
                for pair in self.given.lists.of(point) {
                    gains[pair.site as usize] += gain;
                }
            }
        }
        gains
    }

    /// Adds sites to `open`, each time the one which saves most, as long as the constraints allow one.
    pub(super) fn fill(&self, open: &mut Vec<usize>) {
        loop {
            let gains = self.gains(&self.given.instance.standing(open));
            let new = (0..self.given.instance.sites)
                .filter(|site| self.given.usable[*site] && !open.contains(site))
                .filter(|site| self.given.feasibility.allows_addition(open, *site))
                .max_by_key(|site| (gains[*site], std::cmp::Reverse(*site)));
            match new {
                Some(new) => open.push(new),
                None => return,
            }
        }
    }

    /// Exchanges sites of `open` as long as that makes it better.
    pub(super) fn improve(&self, open: &mut [usize]) {
        loop {
            let mut most = 0;
            let mut best = None;
            for slot in 0..open.len() {
                let old = open[slot];
                if self.given.kept[old] {
                    continue;
                }
                let mut others = open.to_vec();
                others.swap_remove(slot);
                let gains = self.gains(&self.given.instance.standing(&others));
                for new in 0..self.given.instance.sites {
                    let saved = gains[new] - gains[old];
                    if saved > most
                        && self.given.usable[new]
                        && !open.contains(&new)
                        && self.given.feasibility.allows_exchange(open, new, old)
                    {
                        most = saved;
                        best = Some((slot, new));
                    }
                }
            }
            match best {
                Some((slot, new)) => open[slot] = new,
                None => return,
            }
        }
    }
}
