//! Which sites reach which points within a threshold, and what of it a search need not look at.

use std::collections::HashMap;

use rayon::prelude::*;

use super::problem::{Constraints, Times};
use super::site_set::{contains, count, insert, is_part, words};

/// Points that are worked on together.
const BLOCK: usize = 256;

/// A set of sites.
type Sites = Vec<u64>;

/// Demand by the sites that reach it: points which the same sites reach are one.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    sites: usize,
    /// Each set of sites that reaches some demand, and the weight of that demand.
    classes: Vec<(Sites, u64)>,
    /// Points with a weight that no usable site reaches, in ascending order.
    pub(super) unreached: Vec<usize>,
}

impl Reach {
    /// What is reached within `threshold` (that time included) by sites that are not forbidden.
    pub(super) fn within(
        times: &Times,
        weight: &[u64],
        threshold: u32,
        constraints: &Constraints,
    ) -> Self {
        let (sites, points) = (times.sites(), times.points());
        let words = words(sites);
        let mut of_point = vec![0_u64; points * words];
        let usable: Vec<usize> = (0..sites)
            .filter(|s| !constraints.forbidden.contains(s))
            .collect();
        of_point
            .par_chunks_mut(BLOCK * words)
            .enumerate()
            .for_each(|(block, of_point)| {
                for site in &usable {
                    let times = &times.from(*site)[block * BLOCK..];
                    for (set, time) in of_point.chunks_mut(words).zip(times) {
                        if *time <= threshold {
                            insert(set, *site);
                        }
                    }
                }
            });
        let mut class_of: HashMap<&[u64], usize> = HashMap::new();
        let mut classes: Vec<(Sites, u64)> = Vec::new();
        let mut unreached = Vec::new();
        for (point, set) in of_point.chunks(words).enumerate() {
            if weight[point] == 0 {
                continue;
            }
            if set.iter().all(|word| *word == 0) {
                unreached.push(point);
                continue;
            }
            let class = *class_of.entry(set).or_insert_with(|| {
                classes.push((set.to_vec(), 0));
                classes.len() - 1
            });
            classes[class].1 = classes[class].1.saturating_add(weight[point]);
        }
        Self {
            sites,
            classes,
            unreached,
        }
    }

    /// Leaves out demand that is reached whenever other demand is: right only where all has to be
    /// reached. Weights become 1.
    pub(super) fn hardest(mut self) -> Self {
        self.classes
            .sort_by_cached_key(|(set, _)| (count(set), set.clone()));
        let mut kept: Vec<(Sites, u64)> = Vec::new();
        for (set, _) in self.classes {
            if !kept.iter().any(|(harder, _)| is_part(harder, &set)) {
                kept.push((set, 1));
            }
        }
        self.classes = kept;
        self
    }

    /// The number of sites.
    pub(super) fn sites(&self) -> usize {
        self.sites
    }

    /// The sets of sites, of which each has to have one that is chosen.
    pub(super) fn sets(&self) -> Vec<Vec<u64>> {
        self.classes.iter().map(|(set, _)| set.clone()).collect()
    }

    /// Sites in whose place another reaches the same demand and more; empty where the constraints treat
    /// sites differently. Of sites that reach the same, the first stays.
    pub(super) fn needless(&self, constraints: &Constraints) -> Vec<usize> {
        let different = !constraints.groups.is_empty()
            || constraints.budget.is_some()
            || !constraints.conflicts.is_empty()
            || !constraints.after.is_empty();
        if different {
            return Vec::new();
        }
        let mut of_site = vec![vec![0_u64; words(self.classes.len())]; self.sites];
        for (class, (set, _)) in self.classes.iter().enumerate() {
            for (site, classes) in of_site.iter_mut().enumerate() {
                if contains(set, site) {
                    insert(classes, class);
                }
            }
        }
        let usable = |site: &usize| !constraints.forbidden.contains(site);
        let candidates: Vec<usize> = (0..self.sites).filter(usable).collect();
        (candidates.par_iter().copied())
            .filter(|site| !constraints.fixed.contains(site))
            .filter(|site| {
                let reached = &of_site[*site];
                candidates.iter().any(|other| {
                    other != site
                        && is_part(reached, &of_site[*other])
                        && (other < site || !is_part(&of_site[*other], reached))
                })
            })
            .collect()
    }

    /// The matrix of costs, 0 or `beyond`, and the weights. Where nothing is reached, one point of
    /// no weight stands for it.
    pub(super) fn costs(&self, beyond: u32) -> (Times, Vec<u64>) {
        if self.classes.is_empty() {
            return (Times::new(1, vec![beyond; self.sites]), vec![0]);
        }
        let mut costs = Vec::with_capacity(self.sites * self.classes.len());
        for site in 0..self.sites {
            let cost = |(set, _): &(Sites, u64)| if contains(set, site) { 0 } else { beyond };
            costs.extend(self.classes.iter().map(cost));
        }
        let weight = self.classes.iter().map(|(_, weight)| *weight).collect();
        (Times::new(self.classes.len(), costs), weight)
    }
}
