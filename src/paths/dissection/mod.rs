//! In which order to contract the nodes of a road network: nested dissection (George 1973) by
//! inertial flow (Schild and Sommer 2015).
//!
//! The nodes of a small cut, which divides the network into two parts of similar size, come last;
//! before them the two parts, each ordered the same way. Of a cut along several directions on the
//! ground the best is taken.
//!
//! ```text
//! order:  dead ends and bends | part A | part B | the cut between A and B
//! ```

mod flow;
mod part;
mod peeling;
mod smallest_degree;

use flow::{Cut, Flow};
use part::Part;

use crate::paths::digraph::Digraph;
use crate::progress::{Unit, Work};

/// Parts of so many nodes are not divided further: their neighbourhoods fit into 64 bits.
const SMALLEST: usize = 64;

/// Parts of so many nodes are worth a thread of their own.
const WORTH_A_THREAD: usize = 1000;

/// Directions on the ground, east and north, across which cuts are sought.
const DIRECTIONS: [[i64; 2]; 4] = [[1, 0], [0, 1], [1, 1], [1, -1]];

/// The nodes in an order for contraction, the first to be contracted first. `position[node]` is
/// where a node is, in metres or any other unit that is the same in both directions.
///
/// The same on any number of threads and any machine.
///
/// # Panics
/// When there are not as many positions as nodes.
pub fn nested_dissection(graph: &Digraph, position: &[[f64; 2]]) -> Vec<u32> {
    assert_eq!(position.len(), graph.node_count(), "one position a node");
    let (mut order, core) = peeling::peel(graph);
    let core = Part::new(core, position);
    let from = order.len();
    order.resize(graph.node_count(), 0);
    let work = Work::new("preparing the roads", order.len(), Unit::Count("nodes"));
    work.add(from);
    dissect(core, &mut order[from..], &work);
    order
}

/// The order of nodes that stand in groups, from an order of the groups: group by group, and
/// inside a group by node. `group_of[node]` is the group in which a node is.
///
/// For graphs in which many nodes stand at one point, such as the arms of a junction: the network of
/// junctions is much smaller and has the same cuts.
///
/// # Panics
/// When a node's group is not in the order.
pub fn order_by_groups(group_of: &[u32], group_order: &[u32]) -> Vec<u32> {
    let mut rank = vec![u32::MAX; group_order.len()];
    for (position, group) in (0..).zip(group_order) {
        rank[*group as usize] = position;
    }
    let mut order: Vec<u32> = (0..group_of.len() as u32).collect();
    order.sort_by_key(|node| rank[group_of[*node as usize] as usize]);
    order
}

/// Writes the nodes of `part` to `order`, which has room for just them.
fn dissect(part: Part, order: &mut [u32], work: &Work) {
    if part.node_count() <= SMALLEST {
        smallest_degree::order(&part, order);
        work.add(part.node_count());
        return;
    }
    let cut = best_cut(&part);
    let separator = cut.separator(&part);
    let [near, far] = part.divide(&cut.near_side, &separator);
    let (near_order, rest) = order.split_at_mut(near.node_count());
    let (far_order, last) = rest.split_at_mut(far.node_count());
    for (slot, node) in last.iter_mut().zip(&separator) {
        *slot = part.id[*node as usize];
    }
    work.add(separator.len());
    let large = part.node_count() >= WORTH_A_THREAD;
    drop(part);
    if large {
        rayon::join(
            || dissect(near, near_order, work),
            || dissect(far, far_order, work),
        );
    } else {
        dissect(near, near_order, work);
        dissect(far, far_order, work);
    }
}

/// The cut with the fewest links for the size of the smaller side.
fn best_cut(part: &Part) -> Cut {
    let mut flow = Flow::new(part);
    let mut best: Option<Cut> = None;
    for direction in DIRECTIONS {
        // A cut through the middle is the most that a direction may give for its links.
        let limit = best.as_ref().map_or(usize::MAX, |best| {
            best.links * (part.node_count() / 2) / best.smaller_side().max(1)
        });
        if let Some(cut) = flow.cut(part, direction, limit)
            && best.as_ref().is_none_or(|best| cut.is_better_than(best))
        {
            best = Some(cut);
        }
    }
    best.expect("the first direction has no limit")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles joined by one link: the link's end is the cut, and comes last.
    ///
    /// ```text
    /// group 0 stands at both ends of order [1, 0]: its nodes 0 and 2 come after node 1
    /// ```
    #[test]
    fn nodes_follow_the_order_of_their_groups() {
        assert_eq!(order_by_groups(&[0, 1, 0], &[1, 0]), [1, 0, 2]);
    }

    /// A strip of 60 × 4 nodes, all linked: four in the middle cut it, and come last.
    #[test]
    fn the_middle_of_a_long_strip_comes_last() {
        let (length, width) = (60u32, 4u32);
        let node = |along: u32, across: u32| along * width + across;
        let mut arcs = Vec::new();
        let mut position = Vec::new();
        for along in 0..length {
            for across in 0..width {
                position.push([f64::from(along), f64::from(across)]);
                if along + 1 < length {
                    arcs.push((node(along, across), node(along + 1, across), 1));
                }
                if across + 1 < width {
                    arcs.push((node(along, across), node(along, across + 1), 1));
                }
            }
        }
        let graph = Digraph::from_arcs(position.len(), &arcs);
        let order = nested_dissection(&graph, &position);
        let last: Vec<u32> = order[order.len() - 4..].iter().map(|n| n / width).collect();
        assert!(
            last.iter().all(|along| (15..45).contains(along)),
            "{last:?}"
        );
        let mut all = order;
        all.sort_unstable();
        assert!(all.iter().copied().eq(0..length * width));
    }
}
