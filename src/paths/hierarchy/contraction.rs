//! What contraction in a given order makes of a graph, whatever its times.

use std::ops::Range;

use super::upward_arcs::NONE;
use crate::paths::digraph::{Digraph, starts};
use crate::paths::dissection::nested_dissection;

/// A graph contracted: valid for every set of times on the same arcs.
///
/// Arcs of the contracted graph have no direction: each is kept at the end contracted first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Preparation {
    /// `order[rank]` is the node contracted at that turn.
    order: Vec<u32>,
    /// `lowest[rank]..=rank` are the nodes from which climbing passes the rank: its subtree of
    /// the elimination tree (Liu 1990), which lies together as ranks count the tree depth first.
    pub(super) lowest: Vec<u32>,
    /// `first_up[rank]..first_up[rank + 1]` are the arcs from a rank to higher ones.
    pub(super) first_up: Vec<u32>,
    /// `upper[arc]` is the rank at the upper end, ascending for each lower end.
    pub(super) upper: Vec<u32>,
    /// `first_down[rank]..first_down[rank + 1]` are the indices in `down_arc` of the arcs to a rank
    /// from lower ones.
    first_down: Vec<u32>,
    /// The arcs by their upper end: lower end and arc.
    down_arc: Vec<(u32, u32)>,
    /// `arc_of[arc of the graph]` is the arc that carries its time, and whether it leads upwards;
    /// `NONE` for a loop.
    pub(super) arc_of: Vec<(u32, bool)>,
}

impl Preparation {
    /// Contracts in an order found by nested dissection; `position[node]` is where a node is.
    ///
    /// # Panics
    /// When there are not as many positions as nodes.
    pub fn new(graph: &Digraph, position: &[[f64; 2]]) -> Self {
        Self::with_order(graph, &nested_dissection(graph, position))
    }

    /// Contracts in an order already known, the first to be contracted first.
    ///
    /// # Panics
    /// When the order does not name every node once.
    pub fn with_order(graph: &Digraph, order: &[u32]) -> Self {
        let (order, rank) = depth_first(graph, order);
        let mut links: Vec<u64> = graph
            .arcs()
            .filter(|(tail, head, _)| tail != head)
            .map(|(tail, head, _)| {
                let [a, b] = [rank[tail as usize], rank[head as usize]];
                u64::from(a.min(b)) << 32 | u64::from(a.max(b))
            })
            .collect();
        links.sort_unstable();
        links.dedup();
        let tree = contract(order.len(), &links);
        let (first_down, down_arc) = by_upper_end(&tree.first_up, &tree.upper);
        let arc_of = graph
            .arcs()
            .map(|(tail, head, _)| {
                let [a, b] = [rank[tail as usize], rank[head as usize]];
                if a == b {
                    return (NONE, false);
                }
                let [low, high] = [a.min(b), a.max(b)];
                let first = tree.first_up[low as usize];
                let arcs = first as usize..tree.first_up[low as usize + 1] as usize;
                let index = tree.upper[arcs].binary_search(&high);
                (first + index.expect("links are arcs") as u32, a < b)
            })
            .collect();
        Self {
            order,
            lowest: tree.lowest,
            first_up: tree.first_up,
            upper: tree.upper,
            first_down,
            down_arc,
            arc_of,
        }
    }

    /// The order in which nodes are contracted, for [`Self::with_order`] another time. Not the
    /// order that was given: one that contracts to the same arcs, and lies better in memory.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.order.len()
    }

    /// Whether this can have been made for a graph of so many nodes and arcs.
    pub fn is_for(&self, graph: &Digraph) -> bool {
        self.node_count() == graph.node_count() && self.arc_of.len() == graph.arc_count()
    }

    /// The number of arcs of the contracted graph, each for both directions: the measure of an
    /// order.
    pub fn arc_count(&self) -> usize {
        self.upper.len()
    }

    /// The most nodes that can be passed on the way up: the other measure of an order.
    pub fn height(&self) -> usize {
        let mut height = vec![1; self.node_count()];
        for rank in (0..self.node_count() as u32).rev() {
            if let Some(parent) = self.parent(rank) {
                height[rank as usize] = height[parent as usize] + 1;
            }
        }
        height.into_iter().max().unwrap_or(0)
    }

    /// The lowest of the ranks above to which there is an arc.
    pub(super) fn parent(&self, rank: u32) -> Option<u32> {
        self.upper[self.up(rank)].first().copied()
    }

    pub(super) fn up(&self, rank: u32) -> Range<usize> {
        self.first_up[rank as usize] as usize..self.first_up[rank as usize + 1] as usize
    }

    pub(super) fn down(&self, rank: u32) -> &[(u32, u32)] {
        let first = self.first_down[rank as usize] as usize;
        &self.down_arc[first..self.first_down[rank as usize + 1] as usize]
    }
}

/// The order changed so that every subtree of the elimination tree lies together, the larger
/// ones first; and the rank of every node.
fn depth_first(graph: &Digraph, order: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let count = graph.node_count();
    let mut rank = vec![NONE; count];
    for (index, node) in (0..).zip(order) {
        rank[*node as usize] = index;
    }
    assert!(
        order.len() == count && rank.iter().all(|rank| *rank != NONE),
        "the order names every node once"
    );
    let parent = elimination_tree(graph, &rank);
    let mut size = vec![1u32; count];
    for index in 0..count {
        if parent[index] != NONE {
            size[parent[index] as usize] += size[index];
        }
    }
    // Where each subtree ends: inside its parent's, the larger ones first, ties by rank.
    let mut by_size: Vec<u32> = (0..count as u32).collect();
    by_size.sort_by_key(|index| std::cmp::Reverse(size[*index as usize]));
    let mut room = vec![0; count]; // Ranks that children of a rank have taken, from its lowest on.
    let mut lowest = vec![0; count];
    let mut taken = 0;
    let mut depth_first = vec![0; count];
    // A parent's subtree is larger than any of its children's: it comes first.
    for index in by_size {
        let index = index as usize;
        let next = match parent[index] {
            NONE => &mut taken,
            parent => &mut room[parent as usize],
        };
        let offset = *next;
        *next += size[index];
        lowest[index] = offset
            + match parent[index] {
                NONE => 0,
                parent => lowest[parent as usize],
            };
        depth_first[(lowest[index] + size[index] - 1) as usize] = order[index];
    }
    for (index, node) in (0..).zip(&depth_first) {
        rank[*node as usize] = index;
    }
    (depth_first, rank)
}

/// The parent of each rank: the lowest above it that is linked to it after contraction (Liu 1990,
/// with path compression).
fn elimination_tree(graph: &Digraph, rank: &[u32]) -> Vec<u32> {
    let count = rank.len();
    let ends = || {
        graph.arcs().map(|(tail, head, _)| {
            let [a, b] = [rank[tail as usize], rank[head as usize]];
            [a.min(b), a.max(b)]
        })
    };
    let first = starts(count, ends().map(|[_, high]| high));
    let mut next = first.clone();
    let mut lower = vec![0; graph.arc_count()];
    for [low, high] in ends() {
        lower[next[high as usize] as usize] = low;
        next[high as usize] += 1;
    }
    let mut parent = vec![NONE; count];
    let mut shortcut = vec![NONE; count];
    for high in 0..count as u32 {
        let links = first[high as usize] as usize..first[high as usize + 1] as usize;
        for low in &lower[links] {
            let mut at = *low;
            while at != high {
                let above = std::mem::replace(&mut shortcut[at as usize], high);
                if above == NONE {
                    parent[at as usize] = high;
                    break;
                }
                at = above;
            }
        }
    }
    parent
}

struct Contracted {
    lowest: Vec<u32>,
    first_up: Vec<u32>,
    upper: Vec<u32>,
}

/// Contracts ranks in turn: what is above a rank is linked to its parent. `links` are sorted, the
/// lower end in the upper half.
fn contract(count: usize, links: &[u64]) -> Contracted {
    let mut lowest: Vec<u32> = (0..count as u32).collect();
    let mut first_up = vec![0];
    let mut upper: Vec<u32> = Vec::with_capacity(3 * links.len() / 2);
    let mut seen_by = vec![NONE; count];
    let mut above = Vec::new();
    let mut links = links.iter().peekable();
    for rank in 0..count as u32 {
        above.clear();
        seen_by[rank as usize] = rank;
        let mut see = |high: u32| {
            if seen_by[high as usize] != rank {
                seen_by[high as usize] = rank;
                above.push(high);
            }
        };
        while let Some(link) = links.next_if(|link| (**link >> 32) as u32 == rank) {
            see(*link as u32);
        }
        // Children end just before the rank, each where the subtree of the next begins.
        let mut end = rank;
        while let Some(child) = end.checked_sub(1) {
            let arcs = first_up[child as usize] as usize..first_up[child as usize + 1] as usize;
            if upper[arcs.clone()].first() != Some(&rank) {
                break;
            }
            for high in &upper[arcs] {
                see(*high);
            }
            end = lowest[child as usize];
        }
        lowest[rank as usize] = end;
        above.sort_unstable();
        upper.extend_from_slice(&above);
        first_up.push(upper.len() as u32);
    }
    Contracted {
        lowest,
        first_up,
        upper,
    }
}

/// The arcs once more by their upper ends, ascending by the lower.
fn by_upper_end(first_up: &[u32], upper: &[u32]) -> (Vec<u32>, Vec<(u32, u32)>) {
    let count = first_up.len() - 1;
    let first_down = starts(count, upper.iter().copied());
    let mut next = first_down.clone();
    let mut down_arc = vec![(0, 0); upper.len()];
    for low in 0..count {
        for arc in first_up[low]..first_up[low + 1] {
            let high = upper[arc as usize] as usize;
            down_arc[next[high] as usize] = (low as u32, arc);
            next[high] += 1;
        }
    }
    (first_down, down_arc)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square contracted corner by corner: 0 links 1 and 3, which 2 sees too.
    ///
    /// ```text
    /// 0 - 1        order 0, 2, 1, 3: contracting 0 adds 1 - 3, contracting 2 adds nothing
    /// |   |
    /// 3 - 2
    /// ```
    #[test]
    fn contracting_a_corner_of_a_square_adds_its_diagonal() {
        let graph = Digraph::from_arcs(4, &[(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 3, 1), (2, 2, 1)]);
        let preparation = Preparation::with_order(&graph, &[0, 2, 1, 3]);
        assert_eq!(preparation.arc_count(), 5);
        assert_eq!(preparation.height(), 3);
        assert_eq!(preparation.lowest, [0, 1, 0, 0]);
        let again = Preparation::with_order(&graph, preparation.order());
        assert_eq!(again, preparation);
    }
}
