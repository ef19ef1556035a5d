//! Dead ends and bends: nodes of one or two neighbours are contracted before all others.
//!
//! Contracting them adds no more links than it removes, whatever comes after, and most nodes of a
//! road network are such.

use crate::paths::digraph::{Digraph, starts};

/// The links that are left: nodes by their ids, and links between indices into that list.
type Core = (Vec<u32>, Vec<[u32; 2]>);

/// The nodes of at most two neighbours, and those that become such, in the order of contraction;
/// and the rest.
pub(super) fn peel(graph: &Digraph) -> (Vec<u32>, Core) {
    let mut links = Links::new(graph);
    let mut peeled = Vec::new();
    let count = graph.node_count() as u32;
    let mut waiting: Vec<u32> = (0..count).filter(|node| links.degree(*node) <= 2).collect();
    let mut gone = vec![false; graph.node_count()];
    // Round by round, and no neighbour of a node that is contracted in the round, so that a long
    // row of bends becomes a shallow tree.
    let mut touched_in = vec![0; graph.node_count()];
    for round in 1.. {
        if waiting.is_empty() {
            break;
        }
        for node in std::mem::take(&mut waiting) {
            if gone[node as usize] {
                continue;
            }
            if touched_in[node as usize] == round {
                waiting.push(node);
                continue;
            }
            gone[node as usize] = true;
            peeled.push(node);
            for neighbour in links.contract(node) {
                touched_in[neighbour as usize] = round;
                if links.degree(neighbour) <= 2 {
                    waiting.push(neighbour);
                }
            }
        }
    }
    (peeled, links.rest(&gone))
}

/// The neighbours of every node, without regard to direction, each once.
struct Links {
    first: Vec<u32>,
    degree: Vec<u32>,
    neighbour: Vec<u32>,
}

impl Links {
    fn new(graph: &Digraph) -> Self {
        let mut pairs: Vec<u64> = graph
            .arcs()
            .filter(|(tail, head, _)| tail != head)
            .flat_map(|(tail, head, _)| [(tail, head), (head, tail)])
            .map(|(a, b)| u64::from(a) << 32 | u64::from(b))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let first = starts(
            graph.node_count(),
            pairs.iter().map(|pair| (pair >> 32) as u32),
        );
        Self {
            degree: first.windows(2).map(|ends| ends[1] - ends[0]).collect(),
            first,
            neighbour: pairs.iter().map(|pair| *pair as u32).collect(),
        }
    }

    fn degree(&self, node: u32) -> u32 {
        self.degree[node as usize]
    }

    fn of(&mut self, node: u32) -> &mut [u32] {
        let first = self.first[node as usize] as usize;
        &mut self.neighbour[first..first + self.degree[node as usize] as usize]
    }

    fn remove(&mut self, node: u32, neighbour: u32) {
        let of = self.of(node);
        let index = of.iter().position(|other| *other == neighbour);
        let last = of.len() - 1;
        of.swap(index.expect("links go both ways"), last);
        self.degree[node as usize] -= 1;
    }

    fn replace(&mut self, node: u32, old: u32, new: u32) {
        for neighbour in self.of(node) {
            if *neighbour == old {
                *neighbour = new;
            }
        }
    }

    /// Takes out a node of at most two neighbours, links them, and says which they are.
    fn contract(&mut self, node: u32) -> Vec<u32> {
        let neighbours = self.of(node).to_vec();
        if let [a, b] = *neighbours
            && !self.of(a).contains(&b)
        {
            self.replace(a, node, b);
            self.replace(b, node, a);
        } else {
            for neighbour in &neighbours {
                self.remove(*neighbour, node);
            }
        }
        neighbours
    }

    fn rest(mut self, gone: &[bool]) -> Core {
        let id: Vec<u32> = (0..gone.len() as u32)
            .filter(|node| !gone[*node as usize])
            .collect();
        let mut index = vec![0; gone.len()];
        for (new, node) in (0..).zip(&id) {
            index[*node as usize] = new;
        }
        let mut links = Vec::new();
        for node in &id {
            let mut neighbours = self.of(*node).to_vec();
            neighbours.sort_unstable();
            for neighbour in neighbours {
                if *node < neighbour {
                    links.push([index[*node as usize], index[neighbour as usize]]);
                }
            }
        }
        (id, links)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    ///     4 - 1           4 hangs on the square's corner 1, and 5 on 4;
    ///    /   / \          the square itself is peeled once nothing else holds it
    ///   5   0 - 2         0-1-2-3 are all linked
    ///        \ / (1-3)
    ///         3
    /// ```
    #[test]
    fn a_tail_is_peeled_and_what_has_three_neighbours_each_stays() {
        let arcs = [
            (5, 4, 1),
            (4, 1, 1),
            (0, 1, 1),
            (0, 2, 1),
            (0, 3, 1),
            (1, 2, 1),
            (2, 3, 1),
            (3, 1, 1),
            (1, 3, 1),
            (2, 2, 1),
        ];
        let (peeled, (rest, links)) = peel(&Digraph::from_arcs(6, &arcs));
        assert_eq!(peeled, [4, 5]);
        assert_eq!(rest, [0, 1, 2, 3]);
        assert_eq!(links.len(), 6);
    }

    /// A ring of bends is peeled whole.
    #[test]
    fn a_ring_is_peeled_whole() {
        let arcs: Vec<_> = (0..9).map(|node| (node, (node + 1) % 9, 1)).collect();
        let (mut peeled, (rest, _)) = peel(&Digraph::from_arcs(9, &arcs));
        peeled.sort_unstable();
        assert!(peeled.into_iter().eq(0..9));
        assert!(rest.is_empty());
    }
}
