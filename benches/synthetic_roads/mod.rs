//! Road-like networks of any size, without data: the same on every machine for a number of nodes
//! and a seed.
//!
//! Junctions stand in rows 200 m apart, each moved about a little, and are numbered row by row.
//! Every 64th line of them is a trunk road, every 16th a primary and every 4th a secondary road;
//! all others are lanes, many of which are missing. Rivers wind across from west to east and from
//! south to north; trunk and primary roads cross them, and little else does. There are 2.6 arcs
//! a node, as on road maps.
//!
//! ```text
//! +--+  +--+--+        ~ river: the secondary road on the left has a bridge,
//! |  |     |           the lanes beside it have none
//! +==+==+==+==+
//! |~~~~~~~~~~~
//! +--+--+  +--+
//! ```

use brigade::paths::Digraph;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Metres between rows, and between the junctions of a row.
const SPACING: f64 = 200.0;

/// Lines from one river to the next.
const RIVER_SPACING: usize = 56;

/// The rank of a road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    Trunk,
    Primary,
    Secondary,
    Lane,
}

impl Rank {
    fn of_line(line: usize) -> Self {
        if line.is_multiple_of(64) {
            Self::Trunk
        } else if line.is_multiple_of(16) {
            Self::Primary
        } else if line.is_multiple_of(4) {
            Self::Secondary
        } else {
            Self::Lane
        }
    }

    /// The share of links that do not exist, on dry land and over a river.
    fn missing(self, over_river: bool) -> f64 {
        match (self, over_river) {
            (Self::Trunk, _) => 0.0,
            (Self::Primary, _) => 0.02,
            (Self::Secondary, false) => 0.1,
            (Self::Secondary, true) => 0.8,
            (Self::Lane, false) => 0.42,
            (Self::Lane, true) => 0.99,
        }
    }

    /// Speeds in metres a second: the lowest, and how much faster it can be.
    fn speeds(self) -> [f64; 2] {
        match self {
            Self::Trunk => [21.0, 4.0],
            Self::Primary => [15.0, 4.0],
            Self::Secondary => [10.0, 4.0],
            Self::Lane => [5.0, 5.0],
        }
    }
}

/// A road between two junctions.
#[derive(Clone, Debug)]
pub struct Link {
    pub ends: [u32; 2],
    pub rank: Rank,
    pub metres: f64,
    /// Milliseconds along it, in whole tenths of seconds.
    pub time: u32,
    pub one_way: bool,
}

/// Junctions and roads.
#[derive(Clone, Debug)]
pub struct Network {
    /// Metres east and north.
    pub position: Vec<[f64; 2]>,
    pub links: Vec<Link>,
}

impl Network {
    /// A network of `nodes` junctions.
    pub fn new(nodes: usize, seed: u64) -> Self {
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        let width = (nodes as f64).sqrt().ceil() as usize;
        let position = |at: usize, dice: &mut Dice| (at as f64 + 0.7 * dice.share()) * SPACING;
        let position: Vec<[f64; 2]> = (0..nodes)
            .map(|node| [node % width, node / width].map(|at| position(at, &mut dice)))
            .collect();
        let mut links = Vec::new();
        for node in 0..nodes {
            let [column, row] = [node % width, node / width];
            let eastward = (column + 1 < width).then_some((node + 1, row, column, row));
            let northward = Some((node + width, column, row, column));
            for (other, line, along, across) in [eastward, northward].into_iter().flatten() {
                let rank = Rank::of_line(line);
                let over_river = is_river(along, across);
                if other >= nodes || dice.share() < rank.missing(over_river) {
                    continue;
                }
                let [a, b] = [position[node], position[other]];
                // Lanes wind.
                let detour = if rank == Rank::Lane { 0.4 } else { 0.1 };
                let metres = libm::hypot(a[0] - b[0], a[1] - b[1]) * (1.0 + detour * dice.share());
                let [lowest, more] = rank.speeds();
                let seconds = metres / (lowest + more * dice.share());
                links.push(Link {
                    ends: [node as u32, other as u32],
                    rank,
                    metres,
                    time: (seconds * 10.0).round() as u32 * 100,
                    one_way: rank == Rank::Lane && dice.share() < 0.06,
                });
            }
        }
        Self { position, links }
    }

    /// Every direction of road as an arc.
    pub fn digraph(&self) -> Digraph {
        let arcs: Vec<_> = self
            .links
            .iter()
            .flat_map(|link| {
                let ([from, to], time) = (link.ends, link.time);
                let back = (!link.one_way).then_some((to, from, time));
                std::iter::once((from, to, time)).chain(back)
            })
            .collect();
        Digraph::from_arcs(self.position.len(), &arcs)
    }
}

/// Whether a river runs between lines `along` and `along + 1`, at the line `across`.
fn is_river(along: usize, across: usize) -> bool {
    let bend = 9.0 * libm::sin(across as f64 / 23.0) + 4.0 * libm::sin(across as f64 / 7.0);
    let from_bank = along as f64 - bend - 28.0;
    from_bank.rem_euclid(RIVER_SPACING as f64) < 1.0
}

/// A ChaCha generator, of which only whole draws are used, so that a new version of a crate of
/// distributions does not change the network.
struct Dice(ChaCha8Rng);

impl Dice {
    /// At least 0, less than 1.
    fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// So many nodes all over a network, the same for every program that is asked.
pub fn spread(nodes: usize, count: usize) -> Vec<u32> {
    (0..count)
        .map(|number| (number * 20_011 % nodes) as u32)
        .collect()
}
