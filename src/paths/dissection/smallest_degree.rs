//! The order of a small part: always the node that has the fewest neighbours left (Tinney and
//! Walker 1967, minimum degree), neighbourhoods being sets of bits.

use super::part::Part;

/// Writes the nodes of a part of at most 64 nodes to `order`.
pub(super) fn order(part: &Part, order: &mut [u32]) {
    let mut neighbours = [0u64; 64];
    for node in 0..part.node_count() as u32 {
        for head in part.neighbours(node) {
            neighbours[node as usize] |= 1 << head;
        }
    }
    let mut left: Vec<usize> = (0..part.node_count()).collect();
    for slot in order {
        let next = (0..left.len())
            .min_by_key(|index| (neighbours[left[*index]].count_ones(), left[*index]))
            .expect("there is room for just the nodes");
        let node = left.swap_remove(next);
        *slot = part.id[node];
        let around = neighbours[node];
        for other in (0..64).filter(|other| around >> other & 1 == 1) {
            neighbours[other] = (neighbours[other] | around) & !(1 << node | 1 << other);
        }
    }
}
