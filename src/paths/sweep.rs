//! From many origins to many destinations over a hierarchy, several origins at once: PHAST
//! (Delling, Goldberg, Nowatzyk and Werneck 2011), and RPHAST for chosen targets (Delling, Goldberg
//! and Werneck 2011).
//!
//! A few nodes are reached by climbing from an origin; all others from those above them, in one
//! pass over memory. The pass carries up to [`LANES`] origins side by side, as one instruction
//! adds several times.
//!
//! ```text
//! position   0  1  2  3  4  5  6  ...        every arc leads from left to right
//! lanes     [ ][ ][ ][ ][ ][ ][ ]
//!            └──────┴──min──→ ^
//! ```
//!
//! Four nodes in ten have nothing below them. They are not swept: each is worked out from those
//! above it when its row is written, in the order of the rows, and its lanes are never stored.

use multiversion::multiversion;

use crate::paths::digraph::{LIMIT, NEVER, Seed, finished};
use crate::paths::hierarchy::{Hierarchy, UpwardArcs};
use crate::paths::rows::{self, STEP};

/// The most origins that are swept at once.
///
/// What a position costs beside its times (the arcs, the end of its loop, which is hard to foresee)
/// is shared among them; with more, the times of the positions above no longer stay in the cache.
pub const LANES: usize = 32;

/// Destinations, and what is swept to reach them.
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    hierarchy: &'a Hierarchy,
    /// Whether every arc is driven against its direction: from destinations to origins.
    backwards: bool,
    /// What becomes of each position of the hierarchy.
    use_of: Vec<Use>,
    /// The arcs down to each position that is swept, from others that are.
    down: UpwardArcs,
    /// To each destination: from which positions that are swept, and the time from there.
    ends: UpwardArcs,
}

/// What a sweep does with a position of the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// No destination is reached through it.
    Nothing,
    /// It is swept, with this position among those that are.
    Swept(u32),
    /// It is reached only for one destination, with this time left.
    EndOf { destination: u32, time: u32 },
}

/// The times of one sweep; kept and used again, so that a thread allocates once.
#[derive(Clone, Debug, Default)]
pub struct SweepTimes {
    /// `time[position * lanes + lane]` of each position that is swept; what comes after is left over.
    time: Vec<u32>,
    /// Positions that an origin has reached by climbing.
    climbed: Vec<bool>,
    /// Origins that begin at the end of a destination: lane, destination, time.
    straight: Vec<(usize, u32, u32)>,
    climb: Climb,
}

/// The way up from one origin.
#[derive(Clone, Debug, Default)]
struct Climb {
    /// `time[position]`, `LIMIT` when no climb is under way.
    time: Vec<u32>,
    /// Where the climb can come, as positions.
    above: Vec<u32>,
}

impl<'a> Sweep<'a> {
    /// From origins to destinations: of each the nodes where the graph is left, and the time from
    /// there on.
    pub fn forwards(hierarchy: &'a Hierarchy, destinations: &[impl AsRef<[Seed]>]) -> Self {
        Self::new(hierarchy, false, destinations)
    }

    /// From what is given as destinations to what is given as origins.
    pub fn backwards(hierarchy: &'a Hierarchy, destinations: &[impl AsRef<[Seed]>]) -> Self {
        Self::new(hierarchy, true, destinations)
    }

    fn new(hierarchy: &'a Hierarchy, backwards: bool, destinations: &[impl AsRef<[Seed]>]) -> Self {
        let [up, all_down] = if backwards {
            [hierarchy.down(), hierarchy.up()]
        } else {
            [hierarchy.up(), hierarchy.down()]
        };
        debug_assert_eq!(up.first.len(), all_down.first.len());
        let mut use_of = vec![Use::Nothing; hierarchy.node_count()];
        for (destination, exits) in (0..).zip(destinations) {
            for exit in exits.as_ref() {
                let of_position = &mut use_of[hierarchy.position(exit.node) as usize];
                *of_position = match of_position {
                    Use::Nothing => Use::EndOf {
                        destination,
                        time: exit.time.min(LIMIT),
                    },
                    _ => Use::Swept(NEVER),
                };
            }
        }
        // From the lowest position: when a position has its turn, all below it have had theirs.
        for position in (0..hierarchy.node_count() as u32).rev() {
            if use_of[position as usize] != Use::Nothing {
                for (above, _) in all_down.of(position) {
                    use_of[*above as usize] = Use::Swept(NEVER);
                }
            }
        }
        let mut down = UpwardArcs::new();
        for position in 0..hierarchy.node_count() as u32 {
            if let Use::Swept(_) = use_of[position as usize] {
                use_of[position as usize] = Use::Swept(down.first.len() as u32 - 1);
                down.arcs.extend(renamed(all_down.of(position), &use_of, 0));
                down.close();
            }
        }
        let mut ends = UpwardArcs::new();
        for exits in destinations {
            for exit in exits.as_ref() {
                let position = hierarchy.position(exit.node);
                let time = exit.time.min(LIMIT);
                match use_of[position as usize] {
                    Use::Swept(swept) => ends.arcs.push((swept, time)),
                    _ => ends
                        .arcs
                        .extend(renamed(all_down.of(position), &use_of, time)),
                }
            }
            ends.close();
        }
        Self {
            hierarchy,
            backwards,
            use_of,
            down,
            ends,
        }
    }

    fn up(&self) -> &'a UpwardArcs {
        if self.backwards {
            self.hierarchy.down()
        } else {
            self.hierarchy.up()
        }
    }

    /// Writes the times from up to [`LANES`] origins, each the seeds from which it starts, to all
    /// destinations: one row an origin, [`NEVER`] where there is no way.
    ///
    /// # Panics
    /// When there are more origins than lanes, not as many rows as origins, or a row has not one
    /// entry a destination.
    pub fn run(
        &self,
        origins: &[impl AsRef<[Seed]>],
        times: &mut SweepTimes,
        rows: &mut [&mut [u32]],
    ) {
        assert!(origins.len() <= LANES, "one lane an origin");
        assert_eq!(origins.len(), rows.len(), "one row an origin");
        let width = origins.len().next_multiple_of(STEP);
        self.climb(origins, width, times);
        let SweepTimes { time, climbed, .. } = times;
        match width / STEP {
            0 => {}
            1 => self.descend::<STEP>(climbed, time, rows),
            2 => self.descend::<{ 2 * STEP }>(climbed, time, rows),
            3 => self.descend::<{ 3 * STEP }>(climbed, time, rows),
            _ => self.descend::<LANES>(climbed, time, rows),
        }
        for (lane, destination, time) in times.straight.drain(..) {
            let row = &mut rows[lane][destination as usize];
            *row = finished(time).min(*row);
        }
    }

    fn climb(&self, origins: &[impl AsRef<[Seed]>], width: usize, times: &mut SweepTimes) {
        let count = self.down.first.len() - 1;
        // What an earlier sweep has left is overwritten before it is read.
        if times.time.len() < count * width {
            times.time.resize(count * width, LIMIT);
        }
        if times.climbed.len() < count {
            times.climbed.resize(count, false);
        }
        for (lane, origin) in origins.iter().enumerate() {
            times.climb.run(self.hierarchy, self.up(), origin.as_ref());
            for position in times.climb.above.drain(..) {
                let time = std::mem::replace(&mut times.climb.time[position as usize], LIMIT);
                if time >= LIMIT {
                    continue;
                }
                match self.use_of[position as usize] {
                    Use::Nothing => {}
                    Use::EndOf {
                        destination,
                        time: left,
                    } => times.straight.push((lane, destination, time + left)),
                    Use::Swept(swept) => {
                        let swept = swept as usize;
                        let of_position = &mut times.time[swept * width..][..width];
                        if !std::mem::replace(&mut times.climbed[swept], true) {
                            of_position.fill(LIMIT);
                        }
                        of_position[lane] = time;
                    }
                }
            }
        }
    }

    fn descend<const WIDTH: usize>(
        &self,
        climbed: &mut [bool],
        time: &mut [u32],
        rows: &mut [&mut [u32]],
    ) {
        let count = self.down.first.len() - 1;
        let time = &mut time.as_chunks_mut::<WIDTH>().0[..count];
        descend(&self.down, &mut climbed[..count], time);
        rows::write(&self.ends, time, rows);
    }
}

/// The upper ends of `arcs` by their positions among those swept, with more time.
fn renamed(arcs: &[(u32, u32)], use_of: &[Use], more: u32) -> impl Iterator<Item = (u32, u32)> {
    arcs.iter().map(move |(above, time)| {
        let Use::Swept(swept) = use_of[*above as usize] else {
            unreachable!("what is above something that is used is swept");
        };
        (swept, (time + more).min(LIMIT)) // Both are at most LIMIT.
    })
}

impl Climb {
    /// Climbs from the seeds; `above` and `time` have the result, to be taken out by the caller.
    fn run(&mut self, hierarchy: &Hierarchy, up: &UpwardArcs, seeds: &[Seed]) {
        self.time.resize(hierarchy.node_count(), LIMIT);
        self.above.clear();
        for seed in seeds.iter().filter(|seed| seed.time < LIMIT) {
            let position = hierarchy.position(seed.node);
            let mut next = Some(position);
            // A position is marked by a time that is not used otherwise.
            while let Some(position) = next
                && self.time[position as usize] == LIMIT
            {
                self.time[position as usize] = NEVER;
                self.above.push(position);
                next = hierarchy.parent(position);
            }
            let time = &mut self.time[position as usize];
            *time = seed.time.min(*time);
        }
        // From below, which is from the last position; sorted already when there is one seed.
        self.above
            .sort_by_key(|position| std::cmp::Reverse(*position));
        for position in &self.above {
            let time = self.time[*position as usize];
            if time >= LIMIT {
                continue;
            }
            for (above, weight) in up.of(*position) {
                let above = &mut self.time[*above as usize];
                *above = (time + weight).min(*above);
            }
        }
    }
}

/// Every position from those above it.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
fn descend<const WIDTH: usize>(down: &UpwardArcs, climbed: &mut [bool], time: &mut [[u32; WIDTH]]) {
    for (position, climbed) in climbed.iter_mut().enumerate().take(time.len()) {
        let (above, rest) = time.split_at_mut(position);
        let mut lanes = [LIMIT; WIDTH];
        if *climbed {
            *climbed = false;
            lanes = rest[0];
        }
        rows::pull(&mut lanes, down.of(position as u32), above);
        rest[0] = lanes;
    }
}
