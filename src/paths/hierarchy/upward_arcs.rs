//! The arcs of a contracted graph, each kept at its lower end.

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// Arcs kept at their lower end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::paths) struct UpwardArcs {
    /// `first[position]..first[position + 1]` are the arcs of a position.
    pub(in crate::paths) first: Vec<u32>,
    /// The position at the upper end, and the time.
    pub(in crate::paths) arcs: Vec<(u32, u32)>,
}

impl UpwardArcs {
    /// No positions yet.
    pub(in crate::paths) fn new() -> Self {
        Self {
            first: vec![0],
            arcs: Vec::new(),
        }
    }

    /// Ends the arcs of one position.
    pub(in crate::paths) fn close(&mut self) {
        self.first.push(self.arcs.len() as u32);
    }

    /// The arcs whose lower end is at `position`.
    pub(in crate::paths) fn of(&self, position: u32) -> &[(u32, u32)] {
        &self.arcs
            [self.first[position as usize] as usize..self.first[position as usize + 1] as usize]
    }
}
