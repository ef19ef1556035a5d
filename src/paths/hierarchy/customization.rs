//! The times of a contracted graph's arcs, and which of the arcs are needed.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};

use super::contraction::Preparation;
use super::upward_arcs::{NONE, UpwardArcs};
use crate::paths::digraph::{Digraph, LIMIT};

/// Index of the time from an arc's lower end to its upper end.
const UP: usize = 0;
/// Index of the time from an arc's upper end to its lower end.
const DOWN: usize = 1;

/// Fewer ranks than this are not worth a thread of their own.
const WORTH_A_THREAD: usize = 4000;

/// `time[arc]`, up and down.
///
/// Atomic so that threads may share them; each is written by one thread only, and read by others
/// only after that one has been joined.
type Times = [[AtomicU32; 2]];

/// The arcs that shortest paths need, at the times of one graph: from every node upwards, and
/// from above down to it.
///
/// Nodes have positions, the one contracted last at 0, so that every node comes after those above.
#[derive(Clone, Debug)]
pub struct Hierarchy {
    /// `position[node]`.
    position: Vec<u32>,
    /// `parent[position]` is the lowest of the nodes above: all that can be reached upwards is among
    /// it, its own parent, and so on.
    parent: Vec<u32>,
    /// Arcs from a position up to others.
    up: UpwardArcs,
    /// Arcs down to a position from others.
    down: UpwardArcs,
}

impl Hierarchy {
    /// The hierarchy for the times of `graph`, which has the arcs for which `preparation` was
    /// made; the times may be others.
    ///
    /// # Panics
    /// When the graph has other numbers of nodes or arcs than the one prepared.
    pub fn new(preparation: &Preparation, graph: &Digraph) -> Self {
        customize(preparation, graph)
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.position.len()
    }

    /// The number of arcs that are left, upwards and downwards.
    pub fn arc_count(&self) -> usize {
        self.up.arcs.len() + self.down.arcs.len()
    }

    pub(in crate::paths) fn position(&self, node: u32) -> u32 {
        self.position[node as usize]
    }

    pub(in crate::paths) fn parent(&self, position: u32) -> Option<u32> {
        let parent = self.parent[position as usize];
        (parent != NONE).then_some(parent)
    }

    pub(in crate::paths) fn up(&self) -> &UpwardArcs {
        &self.up
    }

    pub(in crate::paths) fn down(&self) -> &UpwardArcs {
        &self.down
    }
}

fn customize(preparation: &Preparation, graph: &Digraph) -> Hierarchy {
    assert!(
        preparation.is_for(graph),
        "a preparation is for one set of nodes and arcs"
    );
    let times: Vec<[AtomicU32; 2]> = (0..preparation.arc_count())
        .map(|_| [LIMIT, LIMIT].map(AtomicU32::new))
        .collect();
    for ((arc, upwards), weight) in preparation.arc_of.iter().zip(graph.weight()) {
        if *arc != NONE {
            lower(
                &times[*arc as usize][if *upwards { UP } else { DOWN }],
                *weight,
            );
        }
    }
    let spare: Vec<AtomicU8> = times.iter().map(|_| AtomicU8::new(0)).collect();
    let all = 0..preparation.node_count() as u32;
    from_below(preparation, all.clone(), &|ranks| {
        let mut arc_to = vec![NONE; preparation.node_count()];
        for rank in ranks {
            through_lower(preparation, &times, rank, &mut arc_to);
        }
    });
    from_above(preparation, all, &|ranks| {
        let mut arcs = ArcsOfOne::new(preparation.node_count());
        for rank in ranks.rev() {
            arcs.through_upper(preparation, &times, &spare, rank);
        }
    });
    needed(preparation, &times, &spare)
}

fn lower(time: &AtomicU32, to: u32) {
    if to < time.load(Relaxed) {
        time.store(to, Relaxed);
    }
}

/// Lowers the times of a rank's arcs to those of the ways through a node below: the first of the
/// two halves of customization. All below have had it.
///
/// ```text
/// rank - - - z        rank → x → z and z → x → rank
///     \     /
///        x
/// ```
fn through_lower(preparation: &Preparation, times: &Times, rank: u32, arc_to: &mut [u32]) {
    for arc in preparation.up(rank) {
        arc_to[preparation.upper[arc] as usize] = arc as u32;
    }
    for (x, arc) in preparation.down(rank) {
        let [from_x, to_x] = [UP, DOWN].map(|way| times[*arc as usize][way].load(Relaxed));
        for onward in *arc as usize + 1..preparation.up(*x).end {
            // Whatever is above x and above the rank is linked to the rank.
            let between = &times[arc_to[preparation.upper[onward] as usize] as usize];
            lower(&between[UP], to_x + times[onward][UP].load(Relaxed));
            lower(&between[DOWN], times[onward][DOWN].load(Relaxed) + from_x);
        }
    }
}

/// The arcs of the rank that is being looked at.
struct ArcsOfOne {
    /// `index[upper end]` in the two others.
    index: Vec<u32>,
    time: Vec<[u32; 2]>,
    spare: Vec<[bool; 2]>,
}

impl ArcsOfOne {
    fn new(nodes: usize) -> Self {
        Self {
            index: vec![NONE; nodes],
            time: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Lowers the times of a rank's arcs to the shortest there are, which pass only above, and
    /// marks the arcs that nobody needs: the second half. All above have had it.
    ///
    /// ```text
    ///    y - - - z        rank → y → z, rank → z → y, and back
    ///     \     /
    ///      rank
    /// ```
    fn through_upper(
        &mut self,
        preparation: &Preparation,
        times: &Times,
        spare: &[AtomicU8],
        rank: u32,
    ) {
        let arcs = preparation.up(rank);
        let upper = &preparation.upper[arcs.clone()];
        self.time.clear();
        self.spare.clear();
        for (index, (high, time)) in (0..).zip(upper.iter().zip(&times[arcs.clone()])) {
            self.index[*high as usize] = index;
            self.time
                .push([UP, DOWN].map(|way| time[way].load(Relaxed)));
            self.spare.push([false; 2]);
        }
        for (y, high) in upper.iter().enumerate() {
            let mut left = upper.len() - y - 1; // All of them are linked to y.
            for arc in preparation.up(*high) {
                if left == 0 {
                    break;
                }
                let z = self.index[preparation.upper[arc] as usize] as usize;
                if z == NONE as usize {
                    continue;
                }
                left -= 1;
                let [y_to_z, z_to_y] = [UP, DOWN].map(|way| times[arc][way].load(Relaxed));
                self.shorten(z, y, UP, y_to_z);
                self.shorten(y, z, UP, z_to_y);
                self.shorten(z, y, DOWN, z_to_y);
                self.shorten(y, z, DOWN, y_to_z);
            }
        }
        for (index, arc) in arcs.enumerate() {
            for way in [UP, DOWN] {
                times[arc][way].store(self.time[index][way], Relaxed);
            }
            let [up, down] = self.spare[index].map(u8::from);
            spare[arc].store(up | down << 1, Relaxed);
            self.index[upper[index] as usize] = NONE;
        }
    }

    /// The way by the arc `by` and `between` from there, beside the arc `arc` itself. Equal ones
    /// are as good if they get by with a shorter arc; without that, two arcs could each be spared
    /// because of the other.
    fn shorten(&mut self, arc: usize, by: usize, way: usize, between: u32) {
        let other = self.time[by][way] + between;
        let time = &mut self.time[arc][way];
        self.spare[arc][way] |= other < *time || (other == *time && between > 0);
        *time = other.min(*time);
    }
}

/// Keeps the arcs that can be used and are not spare.
fn needed(preparation: &Preparation, times: &Times, spare: &[AtomicU8]) -> Hierarchy {
    let count = preparation.node_count();
    let last = count as u32;
    let position_of = |rank: u32| last - 1 - rank;
    let keep = |way: usize| {
        let mut kept = UpwardArcs::default();
        kept.first.push(0);
        for rank in (0..last).rev() {
            for arc in preparation.up(rank) {
                let time = times[arc][way].load(Relaxed);
                if time < LIMIT && spare[arc].load(Relaxed) >> way & 1 == 0 {
                    kept.arcs.push((position_of(preparation.upper[arc]), time));
                }
            }
            kept.first.push(kept.arcs.len() as u32);
        }
        kept
    };
    let (up, down) = rayon::join(|| keep(UP), || keep(DOWN));
    let mut position = vec![0; count];
    for (rank, node) in (0..).zip(preparation.order()) {
        position[*node as usize] = position_of(rank);
    }
    let parent = (0..last)
        .rev()
        .map(|rank| preparation.parent(rank).map_or(NONE, position_of))
        .collect();
    Hierarchy {
        position,
        parent,
        up,
        down,
    }
}

/// Calls `work` for all of `ranks`, which are whole subtrees, and for none before those below it.
fn from_below(preparation: &Preparation, ranks: Range<u32>, work: &(impl Fn(Range<u32>) + Sync)) {
    let (parts, top) = divide(preparation, ranks);
    if let Some([a, b]) = parts {
        rayon::join(
            || from_below(preparation, a, work),
            || from_below(preparation, b, work),
        );
    }
    work(top);
}

/// Calls `work` for all of `ranks`, which are whole subtrees, and for none before those above it.
fn from_above(preparation: &Preparation, ranks: Range<u32>, work: &(impl Fn(Range<u32>) + Sync)) {
    let (parts, top) = divide(preparation, ranks);
    work(top);
    if let Some([a, b]) = parts {
        rayon::join(
            || from_above(preparation, a, work),
            || from_above(preparation, b, work),
        );
    }
}

/// Two parts that have nothing to do with each other, and all the rest above them.
fn divide(preparation: &Preparation, ranks: Range<u32>) -> (Option<[Range<u32>; 2]>, Range<u32>) {
    let start = ranks.start;
    let mut end = ranks.end;
    while (end - start) as usize > WORTH_A_THREAD {
        let lowest = preparation.lowest[end as usize - 1];
        if lowest == start {
            end -= 1; // All others are below this one.
        } else if ((end - lowest) as usize) < WORTH_A_THREAD {
            end = lowest; // The smallest subtree comes last.
        } else {
            let middle = start + (end - start) / 2;
            let mut border = lowest;
            while border > middle {
                border = preparation.lowest[border as usize - 1];
            }
            let border = if border == start { lowest } else { border };
            return (Some([start..border, border..end]), end..ranks.end);
        }
    }
    (None, ranks)
}
