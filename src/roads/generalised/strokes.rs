//! Strokes: roads of one class that lead straight on into each other, as the eye follows them
//! (Thomson and Richardson 1999).

use crate::geography::Plane;
use crate::roads::graph::RoadGraph;
use crate::roads::road::{Direction, Road, RoadId};

/// Roads of one class, each beginning where the one before it ends.
pub(super) type Stroke = Vec<Direction>;

/// The cosine of the sharpest bend at which a stroke goes on: 60°.
const STRAIGHT_ON: f64 = 0.5;

/// Every road once, in strokes, in the order of their first roads.
pub(super) fn strokes(network: &RoadGraph, plane: &Plane) -> Vec<Stroke> {
    let next = continuations(network, plane);
    let after = |direction: Direction| next[end(direction)].map(leaving);
    let mut is_used = vec![false; network.roads().len()];
    let mut strokes = Vec::new();
    for id in (0..network.roads().len() as u32).map(RoadId) {
        if is_used[id.index()] {
            continue;
        }
        // Back to where it begins; round a ring, back to here.
        let backwards = [id, id].map(|road| Direction {
            road,
            forwards: false,
        });
        let [here, mut last] = backwards;
        while let Some(further) = after(last).filter(|further| *further != here) {
            last = further;
        }
        let mut path = Vec::new();
        let mut at = Some(turned(last));
        while let Some(direction) = at.filter(|at| !is_used[at.road.index()]) {
            is_used[direction.road.index()] = true;
            path.push(direction);
            at = after(direction);
        }
        strokes.push(path);
    }
    strokes
}

fn turned(direction: Direction) -> Direction {
    Direction {
        forwards: !direction.forwards,
        ..direction
    }
}

/// The end of a road at which a direction of it arrives: ends are counted two a road, the first
/// junction before the last.
fn end(direction: Direction) -> usize {
    2 * direction.road.index() + usize::from(direction.forwards)
}

/// The direction that leaves from an end.
fn leaving(end: u32) -> Direction {
    Direction {
        road: RoadId(end / 2),
        forwards: end.is_multiple_of(2),
    }
}

/// For each end of a road, the end of the road of its class that leads straightest on from there.
/// The straightest pair of a junction goes first, so that each end is in one pair at most.
fn continuations(network: &RoadGraph, plane: &Plane) -> Vec<Option<u32>> {
    let mut ends: Vec<_> = (network.roads().iter().zip((0..).step_by(2)))
        .flat_map(|(road, end)| [(road.from, end), (road.to, end + 1)])
        .map(|(junction, end): (_, u32)| (junction, road_at(network, end).class, end))
        .collect();
    ends.sort_unstable();
    let mut next = vec![None; ends.len()];
    let mut pairs = Vec::new();
    for meeting in ends.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let heading = |end| heading(network, plane, end);
        let headings: Vec<_> = meeting.iter().map(|at| (at.2, heading(at.2))).collect();
        pairs.clear();
        for (place, (a, [ax, ay])) in headings.iter().enumerate() {
            for (b, [bx, by]) in &headings[place + 1..] {
                let straightness = -(ax * bx + ay * by);
                if a / 2 != b / 2 && straightness >= STRAIGHT_ON {
                    pairs.push((straightness, *a, *b));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, a, b) in &pairs {
            let [one, other] = [*a, *b].map(|end| end as usize);
            if next[one].is_none() && next[other].is_none() {
                (next[one], next[other]) = (Some(*b), Some(*a));
            }
        }
    }
    next
}

fn road_at(network: &RoadGraph, end: u32) -> &Road {
    network.road(RoadId(end / 2))
}

/// Which way a road leads from one of its ends, one long; of no length where it has none.
fn heading(network: &RoadGraph, plane: &Plane, end: u32) -> [f64; 2] {
    let road = road_at(network, end);
    let is_first = end.is_multiple_of(2);
    let here = network.junction(road.tail(is_first)).position;
    let neighbour = if is_first {
        road.shape.first()
    } else {
        road.shape.last()
    };
    let there = network.junction(road.head(is_first)).position;
    let [[ax, ay], [bx, by]] = [here, *neighbour.unwrap_or(&there)].map(|at| plane.project(at));
    let length = libm::hypot(bx - ax, by - ay);
    if length > 0.0 {
        [(bx - ax) / length, (by - ay) / length]
    } else {
        [0.0; 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::LonLat;
    use crate::roads::class::RoadClass;
    use crate::roads::test_roads::classed;

    /// Each stroke as the roads along it, those driven backwards with a minus.
    fn paths(roads: &RoadGraph) -> Vec<Vec<i32>> {
        let strokes = strokes(roads, &Plane::around(LonLat::default()));
        let number = |along: &Direction| {
            let road = along.road.index() as i32;
            if along.forwards { road } else { -road }
        };
        let paths = strokes.iter().map(|stroke| stroke.iter().map(number));
        paths.map(Iterator::collect).collect()
    }

    /// ```text
    ///       3
    ///       | 2              the street goes on at the junction, and the lane ends there;
    ///  0 -0- 1 -1- 2         road 1 is written from east to west
    /// ```
    #[test]
    fn a_street_goes_straight_on_past_a_side_street() {
        use RoadClass::Residential;
        let junctions = [[0.0, 0.0], [100.0, 0.0], [200.0, 0.0], [100.0, 100.0]];
        let links = [
            (0, 1, Residential),
            (2, 1, Residential),
            (1, 3, Residential),
        ];
        assert_eq!(paths(&classed(&junctions, &links)), [vec![0, -1], vec![2]]);
    }

    #[test]
    fn a_street_ends_where_its_class_does() {
        let junctions = [[0.0, 0.0], [100.0, 0.0], [200.0, 0.0]];
        let links = [(0, 1, RoadClass::Residential), (1, 2, RoadClass::Tertiary)];
        assert_eq!(paths(&classed(&junctions, &links)), [[0], [1]]);
    }

    /// Eight roads round an octagon bend by 45° at each corner, and come back to the first.
    #[test]
    fn a_ring_is_one_stroke_that_ends_where_it_begins() {
        let corners: Vec<[f64; 2]> = (0..8)
            .map(|corner| {
                let (sin, cos) = libm::sincos(f64::from(corner) * std::f64::consts::FRAC_PI_4);
                [100.0 * cos, 100.0 * sin]
            })
            .collect();
        let links: Vec<_> = (0..8)
            .map(|at| (at, (at + 1) % 8, RoadClass::Service))
            .collect();
        let paths = paths(&classed(&corners, &links));
        assert_eq!(paths.len(), 1);
        assert_eq!(paths[0].len(), 8);
    }

    /// A loop from a junction back to itself, as at the end of a cul-de-sac.
    #[test]
    fn a_loop_does_not_lead_on_into_itself() {
        let junctions = [[0.0, 0.0], [100.0, 0.0]];
        let links = [(0, 0, RoadClass::Service), (0, 1, RoadClass::Service)];
        assert_eq!(paths(&classed(&junctions, &links)), [[0], [1]]);
    }
}
