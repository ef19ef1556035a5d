//! Which version of an element counts: of several in one file the highest, and none where that is deleted.
//!
//! Histories hold every version; a file to which another was appended, or into which two were merged, holds
//! two of some. In an extract that is sorted strictly, as published ones are, no element stands twice, and
//! nothing is looked for.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::geography::LonLat;
use crate::roads::osm::{MemberKind, ReadCounts};

/// A version of an element; of one number a deletion counts before what it deletes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    /// 0 where the file does not say it.
    pub(super) number: u32,
    pub(super) is_deleted: bool,
}

impl Version {
    /// A number as files write it, where -1 stands for one that is not known.
    pub(super) fn known(number: i64) -> u32 {
        u32::try_from(number).unwrap_or(0)
    }
}

/// An element in one of its versions.
#[derive(Clone, Debug)]
pub(super) struct Versioned<T> {
    pub(super) version: Version,
    pub(super) element: T,
}

/// An element that has a number among its kind.
pub(super) trait HasNumber {
    fn number(&self) -> i64;
}

/// A node as far as a way needs it. One without a position on the earth counts as deleted.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundNode {
    pub(super) id: i64,
    pub(super) position: LonLat,
    version: Version,
}

impl FoundNode {
    pub(super) fn new(id: i64, version: Version, position: Option<LonLat>) -> Self {
        Self {
            id,
            position: position.unwrap_or_default(),
            version: Version {
                is_deleted: version.is_deleted || position.is_none(),
                ..version
            },
        }
    }
}

/// Numbers of elements by kind, each list sorted.
#[derive(Default)]
pub(super) struct Numbers {
    nodes: Vec<i64>,
    ways: Vec<i64>,
    relations: Vec<i64>,
}

impl Numbers {
    pub(super) fn of(
        nodes: &[Versioned<impl HasNumber>],
        ways: &[Versioned<impl HasNumber>],
        relations: &[Versioned<impl HasNumber>],
    ) -> Self {
        Self {
            nodes: sorted_numbers(nodes),
            ways: sorted_numbers(ways),
            relations: sorted_numbers(relations),
        }
    }

    /// These and the numbers of more ways and relations.
    pub(super) fn and(
        mut self,
        ways: &[Versioned<impl HasNumber>],
        relations: &[Versioned<impl HasNumber>],
    ) -> Self {
        self.ways.extend(sorted_numbers(ways));
        self.ways.sort_unstable();
        self.relations.extend(sorted_numbers(relations));
        self.relations.sort_unstable();
        self
    }

    pub(super) fn contains(&self, kind: MemberKind, id: i64) -> bool {
        let numbers = match kind {
            MemberKind::Node => &self.nodes,
            MemberKind::Way => &self.ways,
            MemberKind::Relation => &self.relations,
        };
        numbers.binary_search(&id).is_ok()
    }
}

fn sorted_numbers(elements: &[Versioned<impl HasNumber>]) -> Vec<i64> {
    let numbers = elements.iter().map(|found| found.element.number());
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Whether the elements of each kind stand in the strict order of their numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Order {
    /// The first and the last number of each kind.
    ends: [Option<[i64; 2]>; 3],
    is_broken: bool,
}

impl Order {
    pub(super) fn next(&mut self, kind: MemberKind, id: i64) {
        self.follow(kind as usize, [id; 2]);
    }

    pub(super) fn add(&mut self, part: Self) {
        self.is_broken |= part.is_broken;
        for (kind, ends) in part.ends.into_iter().enumerate() {
            if let Some(ends) = ends {
                self.follow(kind, ends);
            }
        }
    }

    fn follow(&mut self, kind: usize, [first, last]: [i64; 2]) {
        self.ends[kind] = match self.ends[kind] {
            None => Some([first, last]),
            Some([begin, end]) => {
                self.is_broken |= first <= end;
                Some([begin, last])
            }
        };
    }

    /// Whether some element may stand twice.
    pub(super) fn is_broken(self) -> bool {
        self.is_broken
    }
}

/// The highest version of every element that stands in a file.
pub(super) struct Highest(HashMap<(MemberKind, i64), Version>);

impl Highest {
    pub(super) fn of(versions: Vec<(MemberKind, i64, Version)>) -> Self {
        let mut highest = HashMap::new();
        for (kind, id, version) in versions {
            let known = highest.entry((kind, id)).or_insert(version);
            *known = version.max(*known);
        }
        Self(highest)
    }

    /// Leaves out the elements of which the file holds a higher version.
    pub(super) fn keep<T: HasNumber>(
        &self,
        kind: MemberKind,
        elements: &mut Vec<Versioned<T>>,
        read: &mut ReadCounts,
    ) {
        elements.retain(|found| {
            let highest = self.0.get(&(kind, found.element.number()));
            let is_highest = highest.is_none_or(|highest| found.version == *highest);
            read.old_versions += u64::from(!is_highest);
            is_highest
        });
    }
}

/// The elements by number, of each the highest version, unless that is deleted; of the same version the
/// first in the file.
pub(super) fn highest<T: HasNumber>(
    mut elements: Vec<Versioned<T>>,
    read: &mut ReadCounts,
) -> Vec<T> {
    elements.sort_by_key(|found| (found.element.number(), Reverse(found.version)));
    elements.dedup_by(|again, first| {
        let is_same = again.element.number() == first.element.number();
        count(is_same, again.version, first.version, read);
        is_same
    });
    let kept = elements
        .into_iter()
        .filter(|found| !found.version.is_deleted);
    kept.map(|found| found.element).collect()
}

/// The same of nodes: the largest list of an import is not made twice.
pub(super) fn highest_nodes(nodes: &mut Vec<FoundNode>, read: &mut ReadCounts) {
    // Published extracts are sorted, and sorting takes room even then.
    if !nodes.is_sorted_by(|a, b| a.id < b.id) {
        nodes.sort_by_key(|node| (node.id, Reverse(node.version)));
    }
    nodes.dedup_by(|again, first| {
        let is_same = again.id == first.id;
        count(is_same, again.version, first.version, read);
        is_same
    });
    nodes.retain(|node| !node.version.is_deleted);
}

fn count(is_same: bool, again: Version, first: Version, read: &mut ReadCounts) {
    if is_same && again == first {
        read.duplicates += 1;
    } else if is_same && !again.is_deleted {
        read.old_versions += 1;
    }
}
