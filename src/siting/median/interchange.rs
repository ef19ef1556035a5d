//! Good choices quickly: one site after the other where it saves most, then exchanges of one site
//! for another as long as that makes the choice better.
//!
//! Teitz and Bart (1968), with the bookkeeping of Resende and Werneck (2003, "On the implementation
//! of a swap-based local search procedure for the p-median problem"): what a site would save, what
//! the loss of another would cost, and what of both is counted twice. After an exchange only the
//! points whose nearest or second nearest site has changed are looked at again.

use super::exchanges::Exchanges;

/// A choice under improvement.
pub(super) struct Interchange<'a> {
    given: Exchanges<'a>,
    open: Vec<usize>,
    /// Index in `open` of each site, or `CLOSED`.
    slot: Vec<usize>,
    /// Of each point the nearest and second nearest open site: slot and cost.
    near: Vec<[(usize, u32); 2]>,
    gain: Vec<i64>,
    loss: Vec<i64>,
    /// Site by site: what of gain and loss is counted twice when it comes for the site of a slot.
    twice: Vec<i64>,
}

const CLOSED: usize = usize::MAX;

impl<'a> Interchange<'a> {
    pub(super) fn new(given: Exchanges<'a>) -> Self {
        Self {
            given,
            open: Vec::new(),
            slot: Vec::new(),
            near: Vec::new(),
            gain: Vec::new(),
            loss: Vec::new(),
            twice: Vec::new(),
        }
    }

    /// Adds sites to `open`, each time the one which saves most, as long as the constraints allow one.
    pub(super) fn fill(&self, open: &mut Vec<usize>) {
        let instance = self.given.instance;
        let mut least = instance.standing(open);
        let mut gain = vec![0; instance.sites];
        self.given
            .lists
            .savings(&instance.weight, &least, &mut gain);
        loop {
            let closed = (0..instance.sites).filter(|site| self.given.usable[*site]);
            let new = closed
                .filter(|site| {
                    !open.contains(site) && self.given.feasibility.allows_addition(open, *site)
                })
                .max_by_key(|site| (gain[*site], std::cmp::Reverse(*site)));
            let Some(new) = new else {
                return;
            };
            open.push(new);
            for (point, cost) in instance.from(new).iter().enumerate() {
                let before = least[point];
                if *cost >= before {
                    continue;
                }
                let weight = instance.weight[point];
                for pair in self.given.lists.of(point) {
                    if pair.cost >= before {
                        break;
                    }
                    gain[pair.site as usize] -= i64::from(before - pair.cost.max(*cost)) * weight;
                }
                least[point] = *cost;
            }
        }
    }

    /// Exchanges sites of `open` as long as that makes it better.
    pub(super) fn improve(&mut self, open: &mut Vec<usize>) {
        let sites = self.given.instance.sites;
        let points = self.given.instance.points.len();
        self.open.clone_from(open);
        self.slot = vec![CLOSED; sites];
        for (slot, site) in open.iter().enumerate() {
            self.slot[*site] = slot;
        }
        self.near = vec![[(CLOSED, 0); 2]; points];
        self.gain = vec![0; sites];
        self.loss = vec![0; open.len()];
        self.twice = vec![0; sites * open.len()];
        for point in 0..points {
            self.near[point] = self.nearest_two(point);
            self.count(point, 1);
        }
        while let Some((new, slot)) = self.best_exchange() {
            self.exchange(new, slot);
        }
        open.clone_from(&self.open);
    }

    fn nearest_two(&self, point: usize) -> [(usize, u32); 2] {
        let mut near = [(CLOSED, self.given.instance.unserved); 2];
        let mut found = 0;
        for pair in self.given.lists.of(point) {
            let slot = self.slot[pair.site as usize];
            if slot != CLOSED {
                near[found] = (slot, pair.cost);
                found += 1;
                if found == 2 {
                    break;
                }
            }
        }
        near
    }

    /// Counts a point in gains and losses, or takes it out again.
    fn count(&mut self, point: usize, sign: i64) {
        let weight = self.given.instance.weight[point] * sign;
        let [(slot, nearest), (_, second)] = self.near[point];
        let slots = self.open.len();
        if slot != CLOSED {
            self.loss[slot] += i64::from(second - nearest) * weight;
        }
        for pair in self.given.lists.of(point) {
            if pair.cost >= second {
                break;
            }
            let site = pair.site as usize;
            if pair.cost < nearest {
                self.gain[site] += i64::from(nearest - pair.cost) * weight;
            }
            if slot != CLOSED {
                let twice = i64::from(second - pair.cost.max(nearest)) * weight;
                self.twice[site * slots + slot] += twice;
            }
        }
    }

    /// The exchange which saves most; of equals that with the lowest new site, then slot.
    fn best_exchange(&self) -> Option<(usize, usize)> {
        let slots = self.open.len();
        let mut best = None;
        let mut most = 0;
        let least_loss = self.loss.iter().min().copied().unwrap_or(0);
        for new in 0..self.given.instance.sites {
            if !self.given.usable[new] || self.slot[new] != CLOSED {
                continue;
            }
            let twice = &self.twice[new * slots..][..slots];
            if slots == 0 || self.gain[new] - least_loss + twice.iter().max().copied()? <= most {
                continue;
            }
            for (slot, twice) in twice.iter().enumerate() {
                let saved = self.gain[new] - self.loss[slot] + twice;
                let old = self.open[slot];
                if saved > most
                    && !self.given.kept[old]
                    && self.given.feasibility.allows_exchange(&self.open, new, old)
                {
                    most = saved;
                    best = Some((new, slot));
                }
            }
        }
        best
    }

    fn exchange(&mut self, new: usize, slot: usize) {
        let old = self.open[slot];
        let costs = self.given.instance.from(new);
        let touched: Vec<usize> = (self.near.iter().zip(costs).enumerate())
            .filter(|(_, (near, cost))| {
                near[0].0 == slot || near[1].0 == slot || **cost < near[1].1
            })
            .map(|(point, _)| point)
            .collect();
        for point in &touched {
            self.count(*point, -1);
        }
        self.open[slot] = new;
        self.slot[old] = CLOSED;
        self.slot[new] = slot;
        for point in touched {
            self.near[point] = self.nearest_two(point);
            self.count(point, 1);
        }
    }
}
