//! The nodes of a search that wait, in the order in which they are worked on.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::feasibility::{Fixing, sites_that_are};

/// Nodes that take more bytes than this are worked on depth first.
const CROWDED: usize = 1 << 29;

/// A node of the search: a part of all choices.
#[derive(Clone)]
pub(super) struct Node<P> {
    /// No choice in it costs less.
    pub(super) bound: i64,
    pub(super) fixing: Vec<Fixing>,
    /// Where its relaxed problem stands; two siblings begin from the same.
    pub(super) relaxed: Arc<Relaxed<P>>,
    /// The branch that led to it; none to the root.
    pub(super) branch: Option<Branch>,
    /// Nodes are counted as they are made.
    number: i64,
}

/// Where a relaxed problem stands.
#[derive(Clone)]
pub(super) struct Relaxed<P> {
    /// Those with the best bound.
    pub(super) prices: P,
    /// How much of each site is open.
    pub(super) share: Vec<f64>,
}

/// A step down in the search: the site, how it was fixed, and how far its share was from that.
#[derive(Clone, Copy)]
pub(super) struct Branch {
    pub(super) site: usize,
    pub(super) to: Fixing,
    pub(super) away: f64,
}

impl<P> Node<P> {
    pub(super) fn root(fixing: Vec<Fixing>, prices: P) -> Self {
        let share = vec![0.0; fixing.len()];
        Self {
            bound: 0,
            fixing,
            relaxed: Arc::new(Relaxed { prices, share }),
            branch: None,
            number: 0,
        }
    }

    /// The part of it in which one more site is fixed.
    pub(super) fn with(&self, branch: Branch) -> Self {
        let mut fixing = self.fixing.clone();
        fixing[branch.site] = branch.to;
        Self {
            bound: self.bound,
            fixing,
            relaxed: Arc::clone(&self.relaxed),
            branch: Some(branch),
            number: 0,
        }
    }

    /// The sites that are open.
    pub(super) fn open(&self) -> Vec<usize> {
        sites_that_are(Fixing::Open, &self.fixing)
    }

    /// The sites that are free.
    pub(super) fn free(&self) -> Vec<usize> {
        sites_that_are(Fixing::Free, &self.fixing)
    }

    /// Whether no site is free: the node is one choice.
    pub(super) fn is_fixed(&self) -> bool {
        !self.fixing.contains(&Fixing::Free)
    }
}

/// In which order nodes are worked on.
#[derive(Clone, Copy)]
pub(super) struct Order {
    /// So many nodes are worked on between two looks at what was found.
    pub(super) batch: usize,
    /// So many of them follow the last ones down, which finds choices; the others have the lowest
    /// bounds.
    pub(super) plunging: usize,
    /// Of nodes with the same bound, whether the newest comes first.
    pub(super) newest_first: bool,
    /// About how much memory a node takes.
    pub(super) bytes_a_node: usize,
}

/// A node in the order of the queue.
struct Waiting<P>(Node<P>);

impl<P> Ord for Waiting<P> {
    /// The greatest is the first in line: that with the lowest bound.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |Waiting(node): &Self| (node.bound, node.number);
        key(other).cmp(&key(self))
    }
}

impl<P> PartialOrd for Waiting<P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<P> PartialEq for Waiting<P> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<P> Eq for Waiting<P> {}

/// All nodes that wait.
pub(super) struct NodeQueue<P> {
    order: Order,
    waiting: BinaryHeap<Waiting<P>>,
    /// Those which were made last.
    fresh: Vec<Node<P>>,
    made: i64,
}

impl<P> NodeQueue<P> {
    pub(super) fn new(order: Order) -> Self {
        Self {
            order,
            waiting: BinaryHeap::new(),
            fresh: Vec::new(),
            made: 0,
        }
    }

    /// Adds a node and numbers it.
    pub(super) fn push(&mut self, mut node: Node<P>) {
        self.made += 1;
        node.number = match self.order.newest_first {
            true => -self.made,
            false => self.made,
        };
        self.fresh.push(node);
    }

    /// Adds nodes that were taken and could not be worked on.
    pub(super) fn put_back(&mut self, nodes: Vec<Node<P>>) {
        self.waiting.extend(nodes.into_iter().map(Waiting));
    }

    /// The least bound of all that wait.
    pub(super) fn bound(&self) -> Option<i64> {
        let fresh = self.fresh.iter().map(|node| node.bound).min();
        let waiting = self.waiting.peek().map(|Waiting(node)| node.bound);
        fresh.into_iter().chain(waiting).min()
    }

    /// Takes the next nodes whose bound is at most `target`.
    pub(super) fn take(&mut self, target: i64) -> Vec<Node<P>> {
        let Order {
            batch, plunging, ..
        } = self.order;
        let crowded = self.waiting.len().saturating_mul(self.order.bytes_a_node) > CROWDED;
        let plunging = if crowded { batch } else { plunging };
        let mut taken = std::mem::take(&mut self.fresh);
        taken.retain(|node| node.bound <= target);
        taken.sort_by_cached_key(|node| (node.free().len(), node.bound, node.number));
        let others = taken.drain(plunging.min(taken.len())..);
        self.waiting.extend(others.map(Waiting));
        while taken.len() < batch
            && let Some(Waiting(node)) = self.waiting.pop()
        {
            if node.bound > target {
                // As are all others.
                self.waiting.clear();
                break;
            }
            taken.push(node);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nodes of one site with these bounds, in the order in which they are taken.
    fn taken(bounds: &[i64], order: Order, target: i64) -> Vec<Vec<i64>> {
        let mut queue = NodeQueue::new(order);
        for (index, bound) in bounds.iter().enumerate() {
            let mut node = Node::root(vec![Fixing::Free; 1], index);
            node.bound = *bound;
            queue.push(node);
        }
        let batches = std::iter::from_fn(|| {
            let batch = queue.take(target);
            (!batch.is_empty()).then_some(batch)
        });
        batches
            .map(|batch| {
                batch
                    .iter()
                    .map(|node| node.relaxed.prices as i64)
                    .collect()
            })
            .collect()
    }

    /// ```text
    /// made    0  1  2  3
    /// bound   5  3  9  3
    /// ```
    #[test]
    fn the_lowest_bound_comes_first_and_what_is_beyond_the_target_never() {
        let mut order = Order {
            batch: 2,
            plunging: 0,
            newest_first: false,
            bytes_a_node: 1,
        };
        assert_eq!(taken(&[5, 3, 9, 3], order, 8), [vec![1, 3], vec![0]]);
        order.newest_first = true;
        assert_eq!(taken(&[5, 3, 9, 3], order, 8), [vec![3, 1], vec![0]]);
    }
}
