//! A weighted digraph as three flat arrays, named as RoutingKit names them: for what indexes what.

/// The time at which a node is reached that no path leads to.
pub const NEVER: u32 = u32::MAX;

/// A time of `LIMIT` (24 days) or more is [`NEVER`] in every kernel, and an arc that takes so long
/// cannot be used.
///
/// Half of the range, so that a kernel may add two times before it looks whether they are finite.
pub const LIMIT: u32 = (1 << 31) - 1;

/// [`NEVER`] for what takes too long.
#[inline]
pub(super) fn finished(time: u32) -> u32 {
    if time < LIMIT { time } else { NEVER }
}

/// Where a search starts, and the time that has passed by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed {
    pub node: u32,
    /// The time at it, in milliseconds.
    pub time: u32,
}

/// Nodes, arcs, and the milliseconds that every arc takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digraph {
    /// `first_out[node]..first_out[node + 1]` are the arcs that leave a node.
    first_out: Vec<u32>,
    /// `head[arc]` is the node to which an arc leads.
    head: Vec<u32>,
    /// `weight[arc]` is its time, at most [`LIMIT`].
    weight: Vec<u32>,
}

impl Digraph {
    /// A graph of `nodes` nodes and of `arcs`: tail, head, weight. The arcs of a node stay in the
    /// order in which they are given.
    ///
    /// # Panics
    /// When an arc names a node that the graph does not have, or there are 2³² arcs.
    pub fn from_arcs(nodes: usize, arcs: &[(u32, u32, u32)]) -> Self {
        Self::from_arcs_with_origin(nodes, arcs).0
    }

    /// As [`Self::from_arcs`], and for each arc of the graph its index in `arcs`.
    ///
    /// # Panics
    /// As [`Self::from_arcs`].
    pub fn from_arcs_with_origin(nodes: usize, arcs: &[(u32, u32, u32)]) -> (Self, Vec<u32>) {
        let count = u32::try_from(arcs.len()).expect("fewer than 2^32 arcs");
        let mut next = starts(nodes, arcs.iter().map(|(tail, _, _)| *tail));
        let first_out = next.clone();
        let mut origin = vec![0; arcs.len()];
        for (index, (tail, head, _)) in (0..count).zip(arcs) {
            assert!((*head as usize) < nodes, "arc {index} leads to no node");
            let slot = &mut next[*tail as usize];
            origin[*slot as usize] = index;
            *slot += 1;
        }
        let (head, weight) = origin
            .iter()
            .map(|index| {
                let (_, head, weight) = arcs[*index as usize];
                (head, weight.min(LIMIT))
            })
            .unzip();
        let graph = Self {
            first_out,
            head,
            weight,
        };
        (graph, origin)
    }

    /// The same arcs with other weights, `weight[arc]`; an arc is closed by [`NEVER`].
    ///
    /// # Panics
    /// When there are not as many weights as arcs.
    pub fn with_weights(&self, weight: &[u32]) -> Self {
        assert_eq!(weight.len(), self.arc_count(), "one weight an arc");
        Self {
            first_out: self.first_out.clone(),
            head: self.head.clone(),
            weight: weight.iter().map(|time| (*time).min(LIMIT)).collect(),
        }
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.first_out.len().saturating_sub(1)
    }

    /// The number of arcs.
    pub fn arc_count(&self) -> usize {
        self.head.len()
    }

    /// `first_out[node]..first_out[node + 1]` are the arcs that leave a node.
    pub fn first_out(&self) -> &[u32] {
        &self.first_out
    }

    /// The node to which each arc leads.
    pub fn head(&self) -> &[u32] {
        &self.head
    }

    /// The time of each arc in milliseconds; [`LIMIT`] for one that cannot be used.
    pub fn weight(&self) -> &[u32] {
        &self.weight
    }

    /// The arcs that leave `node`: arc, head, weight.
    pub fn arcs_from(&self, node: u32) -> impl Iterator<Item = (u32, u32, u32)> {
        let first = self.first_out[node as usize];
        let arcs = first as usize..self.first_out[node as usize + 1] as usize;
        (first..)
            .zip(self.head[arcs.clone()].iter().zip(&self.weight[arcs]))
            .map(|(arc, (head, weight))| (arc, *head, *weight))
    }

    /// Every arc: tail, head, weight.
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        (0..self.node_count() as u32).flat_map(|tail| {
            self.arcs_from(tail)
                .map(move |(_, head, weight)| (tail, head, weight))
        })
    }

    /// Every arc turned round, for the times from all nodes to one.
    pub fn reversed(&self) -> Self {
        let arcs: Vec<_> = self.arcs().map(|(t, h, weight)| (h, t, weight)).collect();
        Self::from_arcs(self.node_count(), &arcs)
    }
}

/// An entry of a queue: time above, node below, so that one comparison orders by both.
pub(super) fn key(time: u32, node: u32) -> u64 {
    u64::from(time) << 32 | u64::from(node)
}

/// Where the things of each key begin when they are sorted by key (and where the last ones end).
pub(crate) fn starts(keys: usize, of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut first = vec![0; keys + 1];
    for key in of {
        first[key as usize + 1] += 1;
    }
    for key in 0..keys {
        first[key + 1] += first[key];
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// 0 --7--> 1 --2--> 0      and 0 --9--> 2, given between the two
    /// ```
    #[test]
    fn arcs_are_sorted_by_tail_and_stay_in_order() {
        let arcs = [(1, 0, 2), (0, 2, 9), (0, 1, 7)];
        let (graph, origin) = Digraph::from_arcs_with_origin(3, &arcs);
        assert_eq!(graph.first_out(), [0, 2, 3, 3]);
        assert_eq!(graph.head(), [2, 1, 0]);
        assert_eq!(origin, [1, 2, 0]);
        let turned: Vec<_> = graph.reversed().arcs().collect();
        assert_eq!(turned, [(0, 1, 2), (1, 0, 7), (2, 0, 9)]);
    }
}
