//! Customizable contraction hierarchies (Dibbelt, Strasser and Wagner 2016): what can be known
//! about a graph before its times are known, and what has to be worked out for each set of times.
//!
//! Nodes are contracted one by one; whatever a node's neighbours could reach through it becomes
//! an arc between them. Every shortest path then exists as one that first climbs and then
//! descends.
//!
//! ```text
//! last contracted            z
//!                          /   \
//! in between      y - - -/- - - \- - -       - - -  arcs that contraction adds
//!                  \   /        
//! first contracted   x
//! ```

mod contraction;
mod customization;

pub use contraction::Preparation;

use crate::paths::digraph::Digraph;

/// No node.
const NONE: u32 = u32::MAX;

/// The arcs that shortest paths need, at the times of one graph: from every node upwards, and
/// from above down to it.
///
/// Nodes have places, the one contracted last at 0, so that every node comes after those above.
#[derive(Clone, Debug)]
pub struct Hierarchy {
    /// `place[node]`.
    place: Vec<u32>,
    /// `parent[place]` is the lowest of the nodes above: all that can be reached upwards is among
    /// it, its own parent, and so on.
    parent: Vec<u32>,
    /// Arcs from a place up to others.
    up: UpwardArcs,
    /// Arcs down to a place from others.
    down: UpwardArcs,
}

/// Arcs kept at their lower end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UpwardArcs {
    /// `first[place]..first[place + 1]` are the arcs of a place.
    pub first: Vec<u32>,
    /// The place at the upper end, and the time.
    pub arcs: Vec<(u32, u32)>,
}

impl UpwardArcs {
    /// No places yet.
    pub(super) fn new() -> Self {
        Self {
            first: vec![0],
            arcs: Vec::new(),
        }
    }

    /// Ends the arcs of one place.
    pub(super) fn close(&mut self) {
        self.first.push(self.arcs.len() as u32);
    }

    /// The arcs whose lower end is at `place`.
    pub(super) fn of(&self, place: u32) -> &[(u32, u32)] {
        &self.arcs[self.first[place as usize] as usize..self.first[place as usize + 1] as usize]
    }
}

impl Hierarchy {
    /// The hierarchy for the times of `graph`, which has the arcs for which `preparation` was
    /// made; the times may be others.
    ///
    /// # Panics
    /// When the graph has other numbers of nodes or arcs than the one prepared.
    pub fn new(preparation: &Preparation, graph: &Digraph) -> Self {
        customization::customize(preparation, graph)
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.place.len()
    }

    /// The number of arcs that are left, upwards and downwards.
    pub fn arc_count(&self) -> usize {
        self.up.arcs.len() + self.down.arcs.len()
    }

    pub(super) fn place(&self, node: u32) -> u32 {
        self.place[node as usize]
    }

    pub(super) fn parent(&self, place: u32) -> Option<u32> {
        let parent = self.parent[place as usize];
        (parent != NONE).then_some(parent)
    }

    pub(super) fn up(&self) -> &UpwardArcs {
        &self.up
    }

    pub(super) fn down(&self) -> &UpwardArcs {
        &self.down
    }
}
