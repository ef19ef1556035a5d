//! A part of the network while it is being divided.

use crate::paths::digraph::starts;

/// Nodes of the network that belong together, and the links among them: every link is two arcs,
/// one each way.
#[derive(Debug)]
pub(super) struct Part {
    /// `id[node]` is the node of the whole network.
    pub id: Vec<u32>,
    /// `point[node]` is where it stands: east and north, in small whole numbers.
    pub point: Vec<[i32; 2]>,
    /// `first_out[node]..first_out[node + 1]` are its arcs.
    pub first_out: Vec<u32>,
    /// `head[arc]` is where an arc leads.
    pub head: Vec<u32>,
    /// `back[arc]` is the same link the other way.
    pub back: Vec<u32>,
}

impl Part {
    /// The nodes that have links, and the nodes that are named alone.
    pub(super) fn new((id, links): (Vec<u32>, Vec<[u32; 2]>), position: &[[f64; 2]]) -> Self {
        let ends = || links.iter().flatten().copied();
        let first_out = starts(id.len(), ends());
        let mut next = first_out.clone();
        let mut head = vec![0; 2 * links.len()];
        let mut back = vec![0; 2 * links.len()];
        for [a, b] in &links {
            let there = next[*a as usize];
            next[*a as usize] += 1;
            let here = next[*b as usize];
            next[*b as usize] += 1;
            head[there as usize] = *b;
            head[here as usize] = *a;
            back[there as usize] = here;
            back[here as usize] = there;
        }
        Self {
            point: whole_points(&id, position),
            id,
            first_out,
            head,
            back,
        }
    }

    pub(super) fn node_count(&self) -> usize {
        self.id.len()
    }

    pub(super) fn arcs(&self, node: u32) -> std::ops::Range<usize> {
        self.first_out[node as usize] as usize..self.first_out[node as usize + 1] as usize
    }

    pub(super) fn neighbours(&self, node: u32) -> &[u32] {
        &self.head[self.arcs(node)]
    }

    /// What is left on the two sides without the separator; `near[node]` tells the sides apart.
    pub(super) fn divide(&self, near: &[bool], separator: &[u32]) -> [Self; 2] {
        const NONE: u32 = u32::MAX;
        let mut new_node: Vec<u32> = vec![0; self.node_count()];
        for node in separator {
            new_node[*node as usize] = NONE;
        }
        let mut count = [0, 0];
        for (new, near) in new_node.iter_mut().zip(near) {
            if *new != NONE {
                *new = count[usize::from(!near)];
                count[usize::from(!near)] += 1;
            }
        }
        let mut new_arc = vec![NONE; self.head.len()];
        [true, false].map(|side| {
            let mut part = Self {
                id: Vec::new(),
                point: Vec::new(),
                first_out: vec![0],
                head: Vec::new(),
                back: Vec::new(),
            };
            for node in 0..self.node_count() as u32 {
                if near[node as usize] != side || new_node[node as usize] == NONE {
                    continue;
                }
                part.id.push(self.id[node as usize]);
                part.point.push(self.point[node as usize]);
                for arc in self.arcs(node) {
                    let head = self.head[arc] as usize;
                    if near[head] == side && new_node[head] != NONE {
                        new_arc[arc] = part.head.len() as u32;
                        part.head.push(new_node[head]);
                        part.back.push(self.back[arc]);
                    }
                }
                part.first_out.push(part.head.len() as u32);
            }
            for back in &mut part.back {
                *back = new_arc[*back as usize];
            }
            part
        })
    }
}

/// Positions on a raster of 2²⁰ steps along the longer side of the box around them, so that they
/// are compared the same way on every machine.
fn whole_points(id: &[u32], position: &[[f64; 2]]) -> Vec<[i32; 2]> {
    let at = |node: &u32, axis: usize| position[*node as usize][axis];
    let mut low = [f64::INFINITY; 2];
    let mut longest = 0.0f64;
    for axis in [0, 1] {
        low[axis] = id.iter().map(|n| at(n, axis)).fold(f64::INFINITY, f64::min);
        let high = id.iter().map(|n| at(n, axis)).fold(low[axis], f64::max);
        longest = longest.max(high - low[axis]);
    }
    let step = if longest > 0.0 {
        f64::from(1 << 20) / longest
    } else {
        0.0
    };
    id.iter()
        .map(|node| [0, 1].map(|axis| ((at(node, axis) - low[axis]) * step) as i32))
        .collect()
}
