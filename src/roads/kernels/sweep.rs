//! One to all or to many over a hierarchy, several origins at once: PHAST (Delling, Goldberg,
//! Nowatzyk and Werneck 2011), and RPHAST for chosen targets (Delling, Goldberg and Werneck 2011).
//!
//! A few nodes are reached by climbing from an origin; all others from those above them, in one
//! pass over memory. The pass carries up to [`LANES`] origins side by side, as one instruction
//! adds several times.
//!
//! ```text
//! place      0  1  2  3  4  5  6  ...        every arc leads from left to right
//! lanes     [ ][ ][ ][ ][ ][ ][ ]
//!            └──────┴──min──→ ^
//! ```

use multiversion::multiversion;

use crate::roads::kernels::digraph::{LIMIT, NEVER, Seed};
use crate::roads::kernels::hierarchy::{Hierarchy, UpwardArcs};

/// The most origins that are swept at once.
///
/// What a place costs beside its times (the arcs, the end of its loop, which is hard to foresee)
/// is shared among them; with more, the times of the places above no longer stay in the cache.
pub const LANES: usize = 32;

/// Lanes come in steps of so many, as many as one instruction handles.
const STEP: usize = 8;

/// Nodes whose times are turned into rows together: each row gets several lines of the cache at
/// once, and what is being turned (16 KiB) stays in the nearest cache.
pub(super) const BLOCK: usize = 128;

/// The nodes to which times are wanted, and the arcs that lead to them.
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    hierarchy: &'a Hierarchy,
    /// Whether every arc is driven against its direction: from targets to origins.
    backwards: bool,
    /// None when all nodes are wanted.
    selection: Option<Selection>,
}

#[derive(Clone, Debug)]
struct Selection {
    /// `new_place[place]` in the selection, or `NEVER`.
    new_place: Vec<u32>,
    down: UpwardArcs,
}

/// The times of one sweep; kept and used again, so that a thread allocates once.
#[derive(Clone, Debug, Default)]
pub struct SweepTimes {
    /// Times side by side: the origins, rounded up to whole steps.
    lanes: usize,
    /// `time[place * lanes + lane]` of each place that is swept; what comes after is left over.
    time: Vec<u32>,
    /// Places that an origin has reached by climbing.
    climbed: Vec<bool>,
    climb: Climb,
}

/// The way up from one origin.
#[derive(Clone, Debug, Default)]
struct Climb {
    /// `time[place]`, `LIMIT` when no climb is under way.
    time: Vec<u32>,
    /// Where the climb can come, as places.
    above: Vec<u32>,
}

impl<'a> Sweep<'a> {
    /// From origins to all nodes.
    #[must_use]
    pub fn to_all(hierarchy: &'a Hierarchy) -> Self {
        Self {
            hierarchy,
            backwards: false,
            selection: None,
        }
    }

    /// From all nodes to what is given as origins.
    #[must_use]
    pub fn from_all(hierarchy: &'a Hierarchy) -> Self {
        Self {
            backwards: true,
            ..Self::to_all(hierarchy)
        }
    }

    /// From origins to `targets`; other nodes have no times.
    #[must_use]
    pub fn to_some(hierarchy: &'a Hierarchy, targets: &[u32]) -> Self {
        Self::to_all(hierarchy).select(targets)
    }

    /// From `sources` to what is given as origins; other nodes have no times.
    #[must_use]
    pub fn from_some(hierarchy: &'a Hierarchy, sources: &[u32]) -> Self {
        Self::from_all(hierarchy).select(sources)
    }

    /// The targets, and all that is above them.
    fn select(self, targets: &[u32]) -> Self {
        let hierarchy = self.hierarchy;
        let all = self.down();
        let mut new_place = vec![NEVER; hierarchy.node_count()];
        let mut places = Vec::new();
        let mut add = |place: u32, places: &mut Vec<u32>| {
            if new_place[place as usize] == NEVER {
                new_place[place as usize] = 0;
                places.push(place);
            }
        };
        for target in targets {
            add(hierarchy.place(*target), &mut places);
        }
        let mut done = 0;
        while let Some(place) = places.get(done).copied() {
            done += 1;
            for (above, _) in all.of(place) {
                add(*above, &mut places);
            }
        }
        places.sort_unstable();
        let mut down = UpwardArcs::default();
        down.first.push(0);
        for (new, place) in (0..).zip(&places) {
            new_place[*place as usize] = new;
            for (above, time) in all.of(*place) {
                down.arcs.push((new_place[*above as usize], *time));
            }
            down.first.push(down.arcs.len() as u32);
        }
        Self {
            selection: Some(Selection { new_place, down }),
            ..self
        }
    }

    fn up(&self) -> &'a UpwardArcs {
        if self.backwards {
            self.hierarchy.down()
        } else {
            self.hierarchy.up()
        }
    }

    fn down(&self) -> &UpwardArcs {
        match &self.selection {
            Some(selection) => &selection.down,
            None if self.backwards => self.hierarchy.up(),
            None => self.hierarchy.down(),
        }
    }

    /// The number of places that are swept, and of arcs.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.down().first.len() - 1, self.down().arcs.len())
    }

    /// The place of a node in [`SweepTimes`], `None` if no times to it are wanted.
    #[must_use]
    pub fn place(&self, node: u32) -> Option<u32> {
        let place = self.hierarchy.place(node);
        match &self.selection {
            Some(selection) => {
                let place = selection.new_place[place as usize];
                (place != NEVER).then_some(place)
            }
            None => Some(place),
        }
    }

    /// The times from up to [`LANES`] origins: each the seeds from which it starts.
    ///
    /// # Panics
    /// When there are more origins than lanes.
    pub fn run(&self, origins: &[impl AsRef<[Seed]>], times: &mut SweepTimes) {
        assert!(origins.len() <= LANES, "one lane an origin");
        let count = self.size().0;
        let lanes = origins.len().next_multiple_of(STEP);
        times.lanes = lanes;
        // What an earlier sweep has left is overwritten before it is read.
        if times.time.len() < count * lanes {
            times.time.resize(count * lanes, LIMIT);
        }
        if times.climbed.len() < count {
            times.climbed.resize(count, false);
        }
        for (lane, origin) in origins.iter().enumerate() {
            times.climb.run(self.hierarchy, self.up(), origin.as_ref());
            for place in times.climb.above.drain(..) {
                let time = std::mem::replace(&mut times.climb.time[place as usize], LIMIT);
                let place = match &self.selection {
                    Some(selection) => selection.new_place[place as usize],
                    None => place,
                };
                if time < LIMIT && place != NEVER {
                    let place = place as usize;
                    let of_place = &mut times.time[place * lanes..][..lanes];
                    if !std::mem::replace(&mut times.climbed[place], true) {
                        of_place.fill(LIMIT);
                    }
                    of_place[lane] = time;
                }
            }
        }
        let SweepTimes { time, climbed, .. } = times;
        let (time, climbed) = (&mut time[..count * lanes], &mut climbed[..count]);
        match lanes / STEP {
            0 => {}
            1 => descend::<STEP>(self.down(), climbed, time),
            2 => descend::<{ 2 * STEP }>(self.down(), climbed, time),
            3 => descend::<{ 3 * STEP }>(self.down(), climbed, time),
            _ => descend::<LANES>(self.down(), climbed, time),
        }
    }

    /// Writes the times of the first `rows.len()` origins to all nodes, one row an origin.
    ///
    /// # Panics
    /// When the sweep is not to all nodes, or a row has not one place a node.
    pub fn write_rows(&self, times: &SweepTimes, rows: &mut [&mut [u32]]) {
        assert!(self.selection.is_none(), "rows have all nodes");
        let mut block = Vec::with_capacity(BLOCK * times.lanes);
        for (number, places) in self.hierarchy.places().chunks(BLOCK).enumerate() {
            block.clear();
            for place in places {
                block.extend_from_slice(times.at(*place));
            }
            turn_block(&block, times.lanes, number * BLOCK, rows);
        }
    }
}

impl SweepTimes {
    /// The times to a place (see [`Sweep::place`]), origin by origin; [`LIMIT`] where there is no
    /// way. There may be more times than origins.
    #[must_use]
    pub fn at(&self, place: u32) -> &[u32] {
        &self.time[place as usize * self.lanes..][..self.lanes]
    }

    /// The number of times at a place.
    pub(super) fn lanes(&self) -> usize {
        self.lanes
    }
}

impl Climb {
    /// Climbs from the seeds; `above` and `time` have the result, to be taken out by the caller.
    fn run(&mut self, hierarchy: &Hierarchy, up: &UpwardArcs, seeds: &[Seed]) {
        self.time.resize(hierarchy.node_count(), LIMIT);
        self.above.clear();
        for seed in seeds.iter().filter(|seed| seed.time < LIMIT) {
            let place = hierarchy.place(seed.node);
            let mut next = Some(place);
            // A place is marked by a time that is not used otherwise.
            while let Some(place) = next
                && self.time[place as usize] == LIMIT
            {
                self.time[place as usize] = NEVER;
                self.above.push(place);
                next = hierarchy.parent(place);
            }
            let time = &mut self.time[place as usize];
            *time = seed.time.min(*time);
        }
        // From below, which is from the last place; sorted already when there is one seed.
        self.above.sort_by_key(|place| std::cmp::Reverse(*place));
        for place in &self.above {
            let time = self.time[*place as usize];
            if time >= LIMIT {
                continue;
            }
            for (above, weight) in up.of(*place) {
                let above = &mut self.time[*above as usize];
                *above = (time + weight).min(*above);
            }
        }
    }
}

/// Every place from those above it.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
fn descend<const WIDTH: usize>(down: &UpwardArcs, climbed: &mut [bool], time: &mut [u32]) {
    let time = time.as_chunks_mut::<WIDTH>().0;
    for (place, climbed) in climbed.iter_mut().enumerate().take(time.len()) {
        let (above, rest) = time.split_at_mut(place);
        let mut lanes = [LIMIT; WIDTH];
        if *climbed {
            *climbed = false;
            lanes = rest[0];
        }
        for (high, weight) in down.of(place as u32) {
            let from = &above[*high as usize];
            for lane in 0..WIDTH {
                lanes[lane] = lanes[lane].min(from[lane] + weight); // Both are at most LIMIT.
            }
        }
        rest[0] = lanes;
    }
}

/// Writes the times of one block of nodes, `lanes` of each side by side, into rows from `column`
/// on, one row a lane.
pub(super) fn turn_block(block: &[u32], lanes: usize, column: usize, rows: &mut [&mut [u32]]) {
    for (lane, row) in rows.iter_mut().enumerate() {
        let row = &mut row[column..][..block.len() / lanes];
        for (time, of_node) in row.iter_mut().zip(block.chunks_exact(lanes)) {
            *time = finished(of_node[lane]);
        }
    }
}

/// `NEVER` for what takes too long.
#[inline]
pub(super) fn finished(time: u32) -> u32 {
    if time < LIMIT { time } else { NEVER }
}
