//! The arcs of a contracted graph, each kept at its lower end.

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// Arcs kept at their lower end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::paths) struct UpwardArcs {
    /// `first[place]..first[place + 1]` are the arcs of a place.
    pub(in crate::paths) first: Vec<u32>,
    /// The place at the upper end, and the time.
    pub(in crate::paths) arcs: Vec<(u32, u32)>,
}

impl UpwardArcs {
    /// No places yet.
    pub(in crate::paths) fn new() -> Self {
        Self {
            first: vec![0],
            arcs: Vec::new(),
        }
    }

    /// Ends the arcs of one place.
    pub(in crate::paths) fn close(&mut self) {
        self.first.push(self.arcs.len() as u32);
    }

    /// The arcs whose lower end is at `place`.
    pub(in crate::paths) fn of(&self, place: u32) -> &[(u32, u32)] {
        &self.arcs[self.first[place as usize] as usize..self.first[place as usize + 1] as usize]
    }
}
