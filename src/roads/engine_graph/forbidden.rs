//! Forbidden turns as an automaton: what an engine has driven last, as far as it matters.
//!
//! A state is the longest end of the way driven that is the beginning of some forbidden way (Aho
//! and Corasick 1975, on directions of road in place of letters). A turn is forbidden when the way
//! with it ends in a whole forbidden way.

use std::collections::{BTreeMap, BTreeSet};

/// A direction of road as a number: twice the road, and one more for backwards.
pub(super) type DirectionIndex = u32;

/// The forbidden ways, and their beginnings.
#[derive(Clone, Debug, Default)]
pub(super) struct ForbiddenWays {
    whole: BTreeSet<Vec<DirectionIndex>>,
    /// Beginnings of two directions or more, in order; a beginning of one is the arrival by it.
    beginnings: BTreeMap<Vec<DirectionIndex>, u32>,
    longest: usize,
}

/// What comes after a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// The turn is forbidden.
    Forbidden,
    /// Only the direction driven last matters.
    Arrival,
    /// The way is the beginning of this number of [`ForbiddenWays::beginnings`].
    Beginning(u32),
}

impl ForbiddenWays {
    /// The automaton of these ways, each of two directions or more.
    pub(super) fn new(ways: impl IntoIterator<Item = Vec<DirectionIndex>>) -> Self {
        let whole: BTreeSet<Vec<DirectionIndex>> = ways.into_iter().collect();
        let beginnings: BTreeSet<Vec<DirectionIndex>> = whole
            .iter()
            .flat_map(|way| (2..way.len()).map(|length| way[..length].to_vec()))
            .collect();
        Self {
            longest: whole.iter().map(Vec::len).max().unwrap_or(0),
            beginnings: beginnings.into_iter().zip(0..).collect(),
            whole,
        }
    }

    /// The beginnings of two directions or more that have to be told apart.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &[DirectionIndex]> {
        self.beginnings.keys().map(Vec::as_slice)
    }

    /// Directions after which some way that has begun goes on.
    pub(super) fn watched(&self) -> impl Iterator<Item = DirectionIndex> {
        self.whole
            .iter()
            .flat_map(|way| way[..way.len() - 1].iter().copied())
    }

    /// Drives `next` after the way `driven`, of which at least the last direction is known.
    pub(super) fn after(&self, driven: &[DirectionIndex], next: DirectionIndex) -> After {
        if self.whole.is_empty() {
            return After::Arrival;
        }
        let mut way = driven.to_vec();
        way.push(next);
        let from = way.len().saturating_sub(self.longest);
        let mut ends = (from..way.len() - 1).map(|begin| &way[begin..]);
        if ends.clone().any(|end| self.whole.contains(end)) {
            return After::Forbidden;
        }
        ends.find_map(|end| self.beginnings.get(end))
            .map_or(After::Arrival, |beginning| After::Beginning(*beginning))
    }
}
