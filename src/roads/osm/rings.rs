//! Closed rings from the ways that an outline of the map is drawn in: in any order, each in either
//! direction.

use geo::{BooleanOps as _, LineString, MultiPolygon, Polygon};
use petgraph::unionfind::UnionFind;

use crate::roads::osm::OsmExtract;

/// What the ways of an outline came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assembly {
    /// The rings that close.
    pub(super) rings: Vec<Ring>,
    /// Stretches that hang together and do not close.
    pub(super) open: u64,
    /// Ways, and points of ways, that are not in the file.
    pub(super) missing: u64,
}

/// A closed ring.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ring {
    /// Its points, as indices into the extract's list of nodes; the last is the first again.
    pub(super) nodes: Vec<usize>,
    /// Whether more of its pieces are drawn against this order than along it.
    pub(super) is_against: bool,
}

/// A straight piece of a way, as it is drawn.
#[derive(Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
}

impl Piece {
    fn ends(self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

impl Assembly {
    /// Joins `ways` into rings. A piece that two ways share lies inside the area and bounds
    /// nothing; what hangs together with a loose end is open as a whole. Roles are not asked: an
    /// odd number of rings around a point means inside, so that a hole is a hole whatever it is
    /// called.
    pub(super) fn of(extract: &OsmExtract, ways: &[i64]) -> Self {
        let mut assembly = Self::default();
        let pieces = assembly.pieces(extract, ways);
        let mut nodes: Vec<usize> = pieces.iter().flat_map(|p| [p.from, p.to]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let end_of = |node: usize| nodes.partition_point(|other| *other < node);
        let mut at: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut parts = UnionFind::<usize>::new(nodes.len());
        for (index, piece) in pieces.iter().enumerate() {
            let (a, b) = (end_of(piece.from), end_of(piece.to));
            at[a].push(index);
            at[b].push(index);
            parts.union(a, b);
        }
        let mut is_open = vec![false; nodes.len()];
        for (node, here) in at.iter().enumerate() {
            is_open[parts.find(node)] |= here.len() % 2 == 1;
        }
        assembly.open = is_open.iter().filter(|is_open| **is_open).count() as u64;

        let mut used = vec![false; pieces.len()];
        for first in 0..pieces.len() {
            let start = pieces[first].from;
            if used[first] || is_open[parts.find(end_of(start))] {
                continue;
            }
            let mut ring = vec![start];
            let (mut along, mut against) = (0usize, 0usize);
            let mut next = Some(first);
            // An even number of pieces at every point: only the start can be a dead end.
            while let Some(index) = next {
                used[index] = true;
                let (piece, here) = (pieces[index], ring[ring.len() - 1]);
                let end = if piece.from == here {
                    along += 1;
                    piece.to
                } else {
                    against += 1;
                    piece.from
                };
                ring.push(end);
                let onward = &mut at[end_of(end)];
                onward.retain(|index| !used[*index]);
                next = onward.last().copied().filter(|_| end != start);
            }
            assembly.rings.push(Ring {
                nodes: ring,
                is_against: against > along,
            });
        }
        assembly
    }

    /// The pieces that occur an odd number of times.
    fn pieces(&mut self, extract: &OsmExtract, ways: &[i64]) -> Vec<Piece> {
        let mut ways = ways.to_vec();
        ways.sort_unstable();
        ways.dedup();
        let mut pieces = Vec::new();
        for id in ways {
            let Some(way) = extract.way(id) else {
                self.missing += 1;
                continue;
            };
            let points: Vec<Option<usize>> = way
                .refs
                .iter()
                .map(|id| extract.nodes.binary_search_by_key(id, |n| n.id).ok())
                .collect();
            self.missing += points.iter().filter(|point| point.is_none()).count() as u64;
            pieces.extend(points.array_windows().filter_map(|ends| match *ends {
                [Some(from), Some(to)] if from != to => Some(Piece { from, to }),
                _ => None,
            }));
        }
        pieces.sort_by_key(|piece| piece.ends());
        pieces
            .chunk_by(|a, b| a.ends() == b.ends())
            .filter(|same| same.len() % 2 == 1)
            .map(|same| same[0])
            .collect()
    }
}

/// The rings of an area of these ways, where all of it is in the file and closes.
pub(super) fn complete(extract: &OsmExtract, ways: &[i64]) -> Option<Vec<Ring>> {
    let assembly = Assembly::of(extract, ways);
    let is_whole = assembly.missing == 0 && assembly.open == 0 && !assembly.rings.is_empty();
    is_whole.then_some(assembly.rings)
}

/// The area inside an odd number of `rings`.
pub(super) fn inside(rings: impl IntoIterator<Item = LineString<f64>>) -> MultiPolygon<f64> {
    let rings = rings.into_iter().map(|ring| Polygon::new(ring, Vec::new()));
    MultiPolygon::new(rings.collect()).union(&MultiPolygon::new(Vec::new()))
}

#[cfg(test)]
mod tests {
    use geo::Area as _;

    use super::*;
    use crate::geography::LonLat;
    use crate::roads::osm::{OsmNode, OsmWay, Tags};

    /// Nodes 1 to 9 on a 3 × 3 lattice of one degree, row by row from the south-west:
    ///
    /// ```text
    /// 7--8--9
    /// 4--5--6
    /// 1--2--3
    /// ```
    fn extract(ways: &[&[i64]]) -> OsmExtract {
        OsmExtract {
            nodes: (0..9)
                .map(|n| OsmNode {
                    id: n + 1,
                    position: LonLat {
                        lon: (n % 3) as f64,
                        lat: (n / 3) as f64,
                    },
                    tags: Tags::default(),
                })
                .collect(),
            ways: (10..)
                .zip(ways)
                .map(|(id, refs)| OsmWay {
                    id,
                    refs: refs.to_vec(),
                    tags: Tags::default(),
                })
                .collect(),
            ..OsmExtract::default()
        }
    }

    fn area(extract: &OsmExtract, ways: &[i64]) -> f64 {
        let rings = Assembly::of(extract, ways).rings;
        inside(rings.iter().map(|ring| line(extract, ring))).unsigned_area()
    }

    fn line(extract: &OsmExtract, ring: &Ring) -> LineString<f64> {
        let corner = |node: &usize| extract.nodes[*node].position;
        let corners = ring.nodes.iter().map(corner);
        corners.map(|corner| (corner.lon, corner.lat)).collect()
    }

    #[test]
    fn ways_in_any_order_and_direction_close() {
        let map = extract(&[&[1, 2, 3], &[9, 8, 7], &[9, 6, 3], &[1, 4, 7]]);
        let assembly = Assembly::of(&map, &[13, 10, 12, 11]);
        assert_eq!((assembly.open, assembly.missing), (0, 0));
        assert_eq!(assembly.rings.len(), 1);
        assert_eq!(assembly.rings[0].nodes.len(), 9);
        assert!((area(&map, &[10, 11, 12, 13]) - 4.0).abs() < 1e-6);
    }

    /// Two squares of 1 side by side, each drawn whole: the side between them bounds nothing. The
    /// same way named twice counts once.
    #[test]
    fn a_piece_that_two_ways_share_bounds_nothing() {
        let map = extract(&[&[1, 2, 5, 4, 1], &[2, 3, 6, 5, 2]]);
        let assembly = Assembly::of(&map, &[10, 11, 11]);
        assert_eq!(assembly.rings.len(), 1);
        assert!((area(&map, &[10, 11]) - 2.0).abs() < 1e-6);
    }

    /// Squares that touch at 5 are closed however the walk turns there.
    #[test]
    fn rings_that_touch_in_a_point_are_closed() {
        let map = extract(&[&[1, 2, 5, 4, 1], &[5, 6, 9, 8, 5]]);
        assert_eq!(Assembly::of(&map, &[10, 11]).open, 0);
        assert!((area(&map, &[10, 11]) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn what_does_not_close_is_open_and_what_is_not_there_is_counted() {
        let map = extract(&[&[1, 2, 3], &[7, 8, 99, 9], &[4, 5, 6]]);
        let assembly = Assembly::of(&map, &[10, 11, 12, 77]);
        assert_eq!((assembly.open, assembly.missing), (3, 2));
        assert!(assembly.rings.is_empty());
        // A closed ring elsewhere is not harmed.
        let map = extract(&[&[1, 2, 5, 4, 1], &[7, 8, 9]]);
        let assembly = Assembly::of(&map, &[10, 11]);
        assert_eq!((assembly.open, assembly.rings.len()), (1, 1));
    }

    #[test]
    fn a_ring_knows_whether_it_is_drawn_the_other_way() {
        // Two pieces from 1 over 2 to 3, six pieces drawn from 1 over 7 and 9 to 3.
        let map = extract(&[&[1, 2, 3], &[1, 4, 7, 8, 9, 6, 3]]);
        let ring = &Assembly::of(&map, &[10, 11]).rings[0];
        let forwards = ring.nodes.array_windows().any(|ends| *ends == [0, 1]);
        assert_eq!(ring.is_against, forwards, "{ring:?}");
    }
}
