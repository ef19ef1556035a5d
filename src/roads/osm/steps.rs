//! The straight steps of ways between neighbouring points.

use std::ops::Range;

use crate::roads::osm::tags::RoadTags;

/// A straight piece of road between two neighbouring points of a way; a one-way one leads from
/// `from` to `to`.
///
/// Indices in 32 bits: a province has ten million steps.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) from: u32,
    to: u32,
    way: u32,
}

impl Step {
    /// The index of the point where it begins.
    pub(super) fn from(self) -> usize {
        self.from as usize
    }

    /// The index of the point where it ends.
    pub(super) fn to(self) -> usize {
        self.to as usize
    }

    pub(super) fn way(self) -> usize {
        self.way as usize
    }
}

/// A way in its direction of travel.
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) tags: RoadTags,
    /// Whether it is drawn against the direction of travel.
    pub(super) is_turned: bool,
    pub(super) steps: Range<usize>,
}

/// All steps, in the order of the ways.
#[derive(Default)]
pub(super) struct Steps {
    pub(super) ways: Vec<Way>,
    pub(super) steps: Vec<Step>,
}

impl Steps {
    pub(super) fn add(&mut self, id: i64, tags: RoadTags, lines: &[Vec<usize>]) {
        let way = self.ways.len() as u32;
        let first = self.steps.len();
        let is_turned = !tags.passage.forwards.is_regular();
        for line in lines {
            self.steps.extend(line.array_windows().map(|[a, b]| {
                let (from, to) = if is_turned { (b, a) } else { (a, b) };
                Step {
                    from: *from as u32,
                    to: *to as u32,
                    way,
                }
            }));
        }
        self.ways.push(Way {
            id,
            tags: if is_turned { tags.reversed() } else { tags },
            is_turned,
            steps: first..self.steps.len(),
        });
    }

    pub(super) fn way(&self, step: usize) -> &Way {
        &self.ways[self.steps[step].way()]
    }

    pub(super) fn is_one_way(&self, step: usize) -> bool {
        let passage = self.way(step).tags.passage;
        passage.forwards.is_regular() != passage.backwards.is_regular()
    }

    /// Whether nothing that a table would show changes for an engine that drives from step `a` over
    /// `node` to step `b`.
    pub(super) fn is_same_road(&self, a: usize, b: usize, node: usize) -> bool {
        let arrives = |step: usize| self.steps[step].to() == node;
        let is_straight = arrives(a) != arrives(b);
        let (a_tags, b_tags) = (&self.way(a).tags, &self.way(b).tags);
        if is_straight {
            a_tags == b_tags
        } else {
            !self.is_one_way(a) && *a_tags == b_tags.clone().reversed()
        }
    }

    pub(super) fn other_end(&self, step: usize, node: usize) -> usize {
        let step = self.steps[step];
        if step.from() == node {
            step.to()
        } else {
            step.from()
        }
    }
}
