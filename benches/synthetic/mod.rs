//! Extracts of any size, drawn by a rule: lines of road that cross every 200 m, houses beside the
//! crossings, villages among them.
//!
//! They are meant to cost an import what a province of China costs. Three nodes of five lie on roads
//! (one of five on the well-mapped Isle of Man, where houses are the rest), with a point every 30 m,
//! a way to every two blocks, and tags as mappers write them.

use std::ops::Range;

#[path = "../../tests/it/extracts/pbf_writer.rs"]
#[allow(
    dead_code,
    reason = "shared with the tests of the import, which use the rest"
)]
mod pbf_writer;

use pbf_writer::{PbfWriter, Tag};

/// Points on a road between two crossings.
const BENDS: usize = 6;
/// Two houses of four corners at each crossing.
const CORNERS: usize = 8;
/// The crossing, the bends of the roads that lead east and north from it, the houses.
const NODES_PER_CROSSING: usize = 1 + 2 * BENDS + CORNERS;
/// Nodes or ways in a block: what the tools that publish extracts write.
const BLOCK: usize = 8000;
/// Degrees between crossings, some 200 m.
const SPACING: f64 = 0.002;

/// An extract of some `nodes` nodes, packed as published ones are.
pub fn extract(nodes: usize) -> Vec<u8> {
    let side = ((nodes / NODES_PER_CROSSING) as f64).sqrt().round() as usize;
    let map = Map {
        side: side.max(2),
        names: (0..side.max(2))
            .map(|line| format!("安流{line}路"))
            .collect(),
    };
    let mut file = PbfWriter::new().packed();
    for block in blocks(map.side * map.side * NODES_PER_CROSSING) {
        let nodes: Vec<_> = block.map(|number| map.node(number)).collect();
        let nodes: Vec<_> = nodes
            .iter()
            .map(|(id, [lon, lat], tags)| (*id, *lon, *lat, tags.as_slice()))
            .collect();
        file = file.dense_nodes(&nodes);
    }
    let mut ways: Vec<_> = map.ways().collect();
    ways.sort_unstable_by_key(|way| way.0);
    for block in blocks(ways.len()) {
        let ways: Vec<_> = ways[block]
            .iter()
            .map(|(id, refs, tags)| (*id, refs.as_slice(), tags.as_slice()))
            .collect();
        file = file.ways(&ways);
    }
    // At one crossing of 200 one must not turn left when one comes from the west. Ways are two roads
    // long: at even crossings one ends and another begins.
    for crossing in (0..map.side * map.side).step_by(200) {
        let [east, north] = [crossing % map.side, crossing / map.side].map(|line| line / 2 * 2);
        if east > 0 && north + 1 < map.side {
            let members = [
                ("from", map.way_east(east - 2, north), 1),
                ("via", id(map.crossing(east, north)), 0),
                ("to", map.way_north(east, north), 1),
            ];
            let tags = [("type", "restriction"), ("restriction", "no_left_turn")];
            file = file.relation(1 + crossing as i64, &members, &tags);
        }
    }
    file.finish()
}

fn blocks(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count)
        .step_by(BLOCK)
        .map(move |begin| begin..count.min(begin + BLOCK))
}

/// The number of the node at an index: they rise, with gaps where others were deleted.
fn id(index: usize) -> i64 {
    64 * (1 + index as i64) + (noise(index) % 64) as i64
}

/// The same 64 bits for the same index, and no pattern from one to the next (SplitMix64: Steele, Lea
/// and Flood 2014).
fn noise(index: usize) -> u64 {
    let mut bits = (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

type Way<'m> = (i64, Vec<i64>, Vec<Tag<'m>>);

/// `side` lines of road from west to east, as many from south to north.
struct Map {
    side: usize,
    names: Vec<String>,
}

impl Map {
    /// The index of the crossing of two lines among all nodes; its other nodes follow it.
    fn crossing(&self, east: usize, north: usize) -> usize {
        (north * self.side + east) * NODES_PER_CROSSING
    }

    /// Number, position and tags of the node at an index, counted from 0.
    fn node(&self, number: usize) -> (i64, [f64; 2], Vec<Tag<'_>>) {
        let (crossing, part) = (number / NODES_PER_CROSSING, number % NODES_PER_CROSSING);
        let corner = [crossing % self.side, crossing / self.side].map(|line| line as f64 * SPACING);
        // Up to 20 m to one side or the other: roads are not straight, and positions do not pack well.
        let off = [noise(number), noise(number) >> 12];
        let off = off.map(|bits| (bits & 0xfff) as f64 * 1e-7 - 2e-4);
        let along = |step: usize| step as f64 * SPACING / (BENDS + 1) as f64;
        let [east, north] = match part {
            0 => [0.0, 0.0],
            bend if bend <= BENDS => [along(bend), 0.0],
            bend if bend <= 2 * BENDS => [0.0, along(bend - BENDS)],
            house => {
                let (house, corner) = ((house - 1 - 2 * BENDS) / 4, (house - 1 - 2 * BENDS) % 4);
                let wall = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]][corner];
                wall.map(|wall| 3e-4 + 5e-4 * house as f64 + 1e-4 * wall)
            }
        };
        let tags = match (part, crossing) {
            (0, c) if c % 16 == 5 => vec![("highway", "traffic_signals")],
            (0, c) if c % 5000 == 1 => vec![("amenity", "fire_station"), ("name", "专职消防队")],
            (1, c) if c % 20 == 0 => vec![("highway", "crossing"), ("crossing", "uncontrolled")],
            (2, c) if c % 200 == 0 => vec![("barrier", "gate")],
            (2, c) if c % 400 == 1 => vec![("barrier", "height_restrictor"), ("maxheight", "2.2")],
            (13, c) if c % 5000 == 0 => {
                vec![("place", "town"), ("name", &self.names[c % self.side])]
            }
            (13, c) if c % 100 == 0 => {
                vec![("place", "village"), ("name", &self.names[c % self.side])]
            }
            _ => Vec::new(),
        };
        let position = [
            115.0 + corner[0] + east + off[0],
            22.0 + corner[1] + north + off[1],
        ];
        (id(number), position, tags)
    }

    /// The way that leads east from a crossing; it has two roads.
    fn way_east(&self, east: usize, north: usize) -> i64 {
        (1 + 2 * (north * self.side + east / 2)) as i64
    }

    /// The way that leads north from a crossing; it has two roads.
    fn way_north(&self, east: usize, north: usize) -> i64 {
        (2 + 2 * (north / 2 * self.side + east)) as i64
    }

    fn ways(&self) -> impl Iterator<Item = Way<'_>> {
        let lines = 0..self.side;
        let eastward = lines.clone().flat_map(move |north| {
            let begins = (0..self.side - 1).step_by(2);
            begins.map(move |east| {
                let refs = self.refs([east, north], [1, 0]);
                (self.way_east(east, north), refs, self.tags(north, east))
            })
        });
        let northward = lines.clone().flat_map(move |east| {
            let begins = (0..self.side - 1).step_by(2);
            begins.map(move |north| {
                let refs = self.refs([east, north], [0, 1]);
                (self.way_north(east, north), refs, self.tags(east, north))
            })
        });
        let houses = lines.flat_map(move |north| {
            (0..2 * self.side).map(move |house| {
                let number = 2 * north * self.side + house;
                let first = self.crossing(house / 2, north) + 1 + 2 * BENDS + 4 * (house % 2);
                let refs = [0, 1, 2, 3, 0].map(|corner| id(first + corner)).to_vec();
                let tags = vec![("building", "yes"), ("source", "Bing")];
                (1_000_000_000 + number as i64, refs, tags)
            })
        });
        eastward.chain(northward).chain(houses)
    }

    /// The nodes of two roads from a crossing on.
    fn refs(&self, [east, north]: [usize; 2], [to_east, to_north]: [usize; 2]) -> Vec<i64> {
        let mut refs = vec![id(self.crossing(east, north))];
        for block in 0..2 {
            let (east, north) = (east + block * to_east, north + block * to_north);
            if east + to_east >= self.side || north + to_north >= self.side {
                break;
            }
            let first = self.crossing(east, north) + 1 + to_north * BENDS;
            refs.extend((first..first + BENDS).map(id));
            refs.push(id(self.crossing(east + to_east, north + to_north)));
        }
        refs
    }

    /// What a way on a line is, so many crossings from its begin.
    fn tags(&self, line: usize, at: usize) -> Vec<Tag<'_>> {
        let mut tags = match line % 64 {
            0 => vec![
                ("highway", "primary"),
                ("ref", "G235"),
                ("maxspeed", "60"),
                ("lanes", "2"),
                ("surface", "asphalt"),
            ],
            8 | 40 => vec![("highway", "secondary"), ("lanes", "2")],
            16 | 48 => vec![("highway", "tertiary"), ("surface", "concrete")],
            line if line % 4 == 1 => vec![("highway", "track"), ("tracktype", "grade3")],
            line if line % 2 == 0 => vec![("highway", "unclassified")],
            _ => vec![("highway", "residential"), ("source", "Bing")],
        };
        if line.is_multiple_of(2) {
            tags.push(("name", &self.names[line]));
        }
        match (line + at) % 50 {
            7 => tags.push(("oneway", "yes")),
            20 => tags.extend([("bridge", "yes"), ("layer", "1"), ("maxweight", "20")]),
            31 => tags.push(("width", "3.5")),
            _ => {}
        }
        tags
    }
}
