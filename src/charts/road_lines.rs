//! Roads made ready for the map: cut at the frame and at the county's boundary, and joined end to
//! end so that a whole class is a few long lines.

use std::collections::HashMap;

use super::labels::Rect;

type Point = [f64; 2];

/// Whether a point lies inside the rings; a ring inside a ring is a hole.
pub(super) fn inside([x, y]: Point, rings: &[Vec<Point>]) -> bool {
    rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|([ax, ay], [bx, by])| {
            (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
        })
        .count()
        % 2
        == 1
}

/// Lines on both sides of the boundary.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sides {
    pub(super) inside: Vec<Vec<Point>>,
    pub(super) outside: Vec<Vec<Point>>,
}

/// Cuts lines at the frame and at the boundary. Without a boundary everything is inside.
pub(super) fn cut(lines: &[Vec<Point>], frame: Rect, boundary: &[Vec<Point>]) -> Sides {
    let mut sides = Sides::default();
    for line in lines {
        let mut open: Option<(bool, Vec<Point>)> = None;
        for pair in line.windows(2) {
            let Some([from, to]) = in_frame(pair[0], pair[1], frame) else {
                close(&mut sides, open.take());
                continue;
            };
            let mut stops = crossings(from, to, boundary);
            stops.push(1.0);
            let mut start = from;
            for stop in stops {
                let end = [
                    from[0] + (to[0] - from[0]) * stop,
                    from[1] + (to[1] - from[1]) * stop,
                ];
                let middle = [(start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0];
                let within = boundary.is_empty() || inside(middle, boundary);
                match &mut open {
                    Some((side, part)) if *side == within && part.last() == Some(&start) => {
                        part.push(end);
                    }
                    _ => {
                        close(&mut sides, open.take());
                        open = Some((within, vec![start, end]));
                    }
                }
                start = end;
            }
        }
        close(&mut sides, open);
    }
    sides
}

fn close(sides: &mut Sides, part: Option<(bool, Vec<Point>)>) {
    match part {
        Some((true, part)) => sides.inside.push(part),
        Some((false, part)) => sides.outside.push(part),
        None => {}
    }
}

/// The part of a stretch inside the frame (Liang and Barsky 1984).
fn in_frame(from: Point, to: Point, frame: Rect) -> Option<[Point; 2]> {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [
        (-dx, from[0] - frame.left),
        (dx, frame.right - from[0]),
        (-dy, from[1] - frame.top),
        (dy, frame.bottom - from[1]),
    ] {
        if !step.is_finite() || !room.is_finite() || (step == 0.0 && room < 0.0) {
            return None;
        }
        if step < 0.0 {
            enter = enter.max(room / step);
        } else if step > 0.0 {
            leave = leave.min(room / step);
        }
    }
    let at = |share: f64| match share {
        0.0 => from,
        1.0 => to,
        _ => [from[0] + dx * share, from[1] + dy * share],
    };
    (enter < leave).then(|| [at(enter), at(leave)])
}

/// Where a stretch crosses the boundary, as rising shares of its length.
fn crossings(from: Point, to: Point, boundary: &[Vec<Point>]) -> Vec<f64> {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let side = |[x, y]: Point| dx * (y - from[1]) - dy * (x - from[0]);
    let mut shares: Vec<f64> = boundary
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter_map(|(a, b)| {
            let (left, right) = (side(*a), side(*b));
            if (left > 0.0) == (right > 0.0) {
                return None;
            }
            let along = left / (left - right);
            let x = a[0] + (b[0] - a[0]) * along;
            let y = a[1] + (b[1] - a[1]) * along;
            let share = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
            (share > 0.0 && share < 1.0).then_some(share)
        })
        .collect();
    shares.sort_by(f64::total_cmp);
    shares
}

/// Joins lines that share an end, in tenths of a point, into as few as a greedy walk finds.
pub(super) fn joined(lines: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let key = |[x, y]: Point| ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
    let mut at: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            at.entry(key(*end)).or_default().push(index);
        }
    }
    let mut used = vec![false; lines.len()];
    let mut chains = Vec::new();
    for start in 0..lines.len() {
        if used[start] || lines[start].len() < 2 {
            continue;
        }
        used[start] = true;
        let mut chain = lines[start].clone();
        // Once forward from the end, once more from the other.
        for _ in 0..2 {
            while let Some(end) = chain.last().copied() {
                let next = at
                    .get(&key(end))
                    .and_then(|here| here.iter().find(|index| !used[**index]));
                let Some(&next) = next else { break };
                used[next] = true;
                let line = &lines[next];
                if line.first().map(|point| key(*point)) == Some(key(end)) {
                    chain.extend(&line[1..]);
                } else {
                    chain.extend(line.iter().rev().skip(1));
                }
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 100.0,
        bottom: 100.0,
    };

    /// ```text
    /// -20     0      40        60     100   120
    ///  o------|-------[========]-------|-----o      [==] the county, |..| the frame
    /// ```
    #[test]
    fn a_road_through_the_county_is_cut_at_frame_and_boundary() {
        let county = vec![vec![[40.0, 20.0], [60.0, 20.0], [60.0, 80.0], [40.0, 80.0]]];
        let road = vec![vec![[-20.0, 50.0], [120.0, 50.0]]];
        let sides = cut(&road, FRAME, &county);
        assert_eq!(sides.inside.len(), 1);
        assert!((sides.inside[0][0][0] - 40.0).abs() < 1e-9);
        assert!((sides.inside[0][1][0] - 60.0).abs() < 1e-9);
        assert_eq!(sides.outside.len(), 2);
        assert!((sides.outside[0][0][0]).abs() < 1e-9);
        assert!((sides.outside[1][1][0] - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_road_that_is_nowhere_is_left_out() {
        let roads = vec![
            vec![[f64::NAN, 5.0], [50.0, 5.0]],
            vec![[50.0, 50.0]],
            vec![],
        ];
        assert_eq!(cut(&roads, FRAME, &[]), Sides::default());
    }

    /// ```text
    /// a--b--c     three stretches, one of them turned round, become one line
    ///       |
    ///       d
    /// ```
    #[test]
    fn stretches_that_meet_become_one_line() {
        let (a, b, c, d) = ([0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [20.0, 10.0]);
        let chains = joined(&[vec![b, c], vec![d, c], vec![a, b]]);
        assert_eq!(chains.len(), 1);
        assert_eq!(chains[0].len(), 4);
    }

    #[test]
    fn a_point_in_a_hole_is_outside() {
        let rings = vec![
            vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]],
            vec![[3.0, 3.0], [6.0, 3.0], [6.0, 6.0], [3.0, 6.0]],
        ];
        assert!(inside([1.0, 1.0], &rings));
        assert!(!inside([4.0, 4.0], &rings));
        assert!(!inside([20.0, 4.0], &rings));
    }
}
