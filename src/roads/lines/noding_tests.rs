//! Small drawings, and what they become.

use proptest::prelude::*;

use crate::roads::lines::anchors::distance;
use crate::roads::lines::noding::{FlatLine, Joining, Noded, node};

fn line(level: i32, points: &[[f64; 2]]) -> FlatLine {
    FlatLine {
        points: points.to_vec(),
        level,
    }
}

fn joined(lines: &[FlatLine]) -> Noded {
    let joining = Joining {
        tolerance: 1.0,
        join_crossings: false,
    };
    node(lines, joining)
}

fn crossed(lines: &[FlatLine]) -> Noded {
    let joining = Joining {
        tolerance: 1.0,
        join_crossings: true,
    };
    node(lines, joining)
}

/// ```text
///        c
///        |
/// a--v---v---b      c ends at a point of ab
/// ```
#[test]
fn a_shared_point_cuts_the_line_that_goes_through() {
    let noded = joined(&[
        line(0, &[[0.0, 0.0], [50.0, 0.0], [100.0, 0.0], [200.0, 0.0]]),
        line(0, &[[100.0, 80.0], [100.0, 0.0]]),
    ]);
    assert_eq!(noded.nodes.len(), 4);
    let shapes: Vec<_> = noded.pieces.iter().map(|piece| &piece.shape[..]).collect();
    assert_eq!(shapes, [&[[50.0, 0.0]][..], &[], &[]]);
    assert_eq!(noded.counts.nodes_joined_by_tolerance, 0);
}

/// ```text
/// a====b  0.8 m  c====d      within the tolerance of 1 m
/// ```
#[test]
fn ends_within_the_tolerance_are_one_point() {
    let noded = joined(&[
        line(0, &[[0.0, 0.0], [100.0, 0.0]]),
        line(0, &[[100.8, 0.0], [200.0, 0.0]]),
    ]);
    assert_eq!(noded.nodes.len(), 3);
    assert_eq!(noded.counts.nodes_joined_by_tolerance, 1);
    assert!(noded.dangling.is_empty());
}

/// ```text
///        c
///        | 0.6 m above, or 3 m
/// a------+------b
/// ```
#[test]
fn an_end_near_the_inside_of_a_line_joins_it_and_one_that_falls_short_is_named() {
    let road = line(0, &[[0.0, 0.0], [200.0, 0.0]]);
    let noded = joined(&[road.clone(), line(0, &[[100.0, 80.0], [100.0, 0.6]])]);
    assert_eq!((noded.nodes.len(), noded.pieces.len()), (4, 3));
    assert_eq!(noded.counts.ends_on_another_line, 1);

    let noded = joined(&[road, line(0, &[[100.0, 80.0], [100.0, 3.0]])]);
    assert_eq!((noded.nodes.len(), noded.pieces.len()), (4, 2));
    assert_eq!(noded.dangling, [[100.0, 3.0]]);
}

/// ```text
///      |
/// -----+-----      joined only if asked, and never a bridge with the road below
///      |
/// ```
#[test]
fn lines_that_merely_cross_are_joined_on_request_and_on_one_level_only() {
    let across = |level| {
        [
            line(0, &[[0.0, 0.0], [200.0, 0.0]]),
            line(level, &[[100.0, -100.0], [100.0, 100.0]]),
        ]
    };
    let noded = joined(&across(0));
    assert_eq!((noded.pieces.len(), noded.counts.crossings), (2, 1));
    let noded = crossed(&across(0));
    assert_eq!((noded.pieces.len(), noded.counts.crossings), (4, 1));
    let noded = crossed(&across(1));
    assert_eq!((noded.pieces.len(), noded.counts.crossings), (2, 0));
}

/// ```text
/// a---b=====c---d     bc is a bridge; the road below has a point right under its middle, and
///        |            another road ends there
/// ```
#[test]
fn a_bridge_is_entered_at_its_ends_and_not_from_below() {
    let noded = joined(&[
        line(0, &[[0.0, 0.0], [100.0, 0.0]]),
        line(1, &[[100.0, 0.0], [150.0, 0.0], [200.0, 0.0]]),
        line(0, &[[200.0, 0.0], [300.0, 0.0]]),
        line(0, &[[150.0, -100.0], [150.0, 0.0], [150.0, 100.0]]),
        line(0, &[[150.0, 0.0], [220.0, 60.0]]),
    ]);
    let bridge: Vec<_> = noded.pieces.iter().filter(|p| p.line == 1).collect();
    assert_eq!(bridge.len(), 1);
    assert_eq!(
        bridge[0].ends,
        [noded.pieces[0].ends[1], noded.pieces[2].ends[0]]
    );
    // The road below is cut where the other ends.
    assert_eq!(noded.pieces.iter().filter(|p| p.line == 3).count(), 2);
}

/// ```text
/// a---+     the end comes back to the inside of its own line, which has no point there
///     |
/// +---z---b ...
/// ```
#[test]
fn a_line_that_ends_on_itself_is_cut_there() {
    let noded = joined(&[line(
        0,
        &[
            [0.0, 0.0],
            [100.0, 0.0],
            [100.0, 50.0],
            [50.0, 50.0],
            [50.0, 0.0],
        ],
    )]);
    assert_eq!((noded.nodes.len(), noded.pieces.len()), (2, 2));
}

/// One line ends on the first stretch of the other, and both end at the same point:
///
/// ```text
///    ,-- +
/// ,-'    |
/// z ---- d
///        |
///        a
/// ```
#[test]
fn a_line_that_is_cut_still_ends_where_it_ends() {
    let noded = joined(&[
        line(0, &[[100.0, 50.0], [0.0, 0.0]]),
        line(0, &[[100.0, 0.0], [100.0, 100.0], [0.0, 0.0]]),
    ]);
    assert_eq!((noded.nodes.len(), noded.pieces.len()), (3, 3));
    assert_eq!(noded.counts.ends_on_another_line, 1);
}

/// A curve digitised every 0.4 m, drawn twice: it stays a curve and is not drawn into one point.
#[test]
fn a_finely_drawn_curve_is_not_drawn_together() {
    let curve: Vec<[f64; 2]> = (0..500).map(|i| [f64::from(i) * 0.4, 0.0]).collect();
    let noded = joined(&[line(0, &curve)]);
    assert_eq!(noded.pieces.len(), 1);
    assert_eq!(noded.pieces[0].shape.len(), 498);
    let noded = joined(&[line(0, &curve), line(0, &curve)]);
    let total: f64 = (0..noded.pieces.len()).map(|p| length(&noded, p)).sum();
    assert!((total - 2.0 * 199.6).abs() < 1e-6, "{total}");
}

fn length(noded: &Noded, piece: usize) -> f64 {
    let piece = &noded.pieces[piece];
    let mut points = vec![noded.nodes[piece.ends[0]]];
    points.extend(&piece.shape);
    points.push(noded.nodes[piece.ends[1]]);
    points.array_windows().map(|[a, b]| distance(*a, *b)).sum()
}

proptest! {
    /// Lines on a lattice of 50 m, where points of different lines often fall together: their length
    /// stays, and two lines that share a point share a node there.
    #[test]
    fn the_length_stays_and_shared_points_connect(
        walks in prop::collection::vec(
            prop::collection::vec((0i32..6, 0i32..6), 2..6),
            1..8,
        ),
        join_crossings in any::<bool>(),
    ) {
        let lines: Vec<FlatLine> = walks
            .into_iter()
            .map(|walk| {
                let mut points: Vec<[f64; 2]> = walk
                    .into_iter()
                    .map(|(x, y)| [f64::from(x) * 50.0, f64::from(y) * 50.0])
                    .collect();
                points.dedup();
                line(0, &points)
            })
            .filter(|line| line.points.len() > 1)
            .collect();
        let noded = node(&lines, Joining { tolerance: 1.0, join_crossings });
        let drawn: f64 = lines
            .iter()
            .flat_map(|line| line.points.array_windows())
            .map(|[a, b]| distance(*a, *b))
            .sum();
        let kept: f64 = (0..noded.pieces.len()).map(|piece| length(&noded, piece)).sum();
        // Each cut moves a line by at most the tolerance.
        let slack = 4.0 * (noded.pieces.len() + 1) as f64;
        prop_assert!((kept - drawn).abs() <= slack, "{kept} {drawn}");
        for (a, first) in lines.iter().enumerate() {
            for (b, second) in lines.iter().enumerate().skip(a + 1) {
                for point in first.points.iter().filter(|point| second.points.contains(point)) {
                    let touches = |line: usize| {
                        noded.pieces.iter().any(|piece| {
                            piece.line == line
                                && piece.ends.iter().any(|end| distance(noded.nodes[*end], *point) <= 1.0)
                        })
                    };
                    prop_assert!(touches(a) && touches(b), "{point:?}");
                }
            }
        }
        // Twice the same is the same.
        prop_assert_eq!(&noded, &node(&lines, Joining { tolerance: 1.0, join_crossings }));
    }
}

/// A road of 1,800 m drawn as 600 lines of 3 m, all shorter than the tolerance: it goes from its one end to its other
/// without turning back, and no stretch is there twice.
#[test]
fn a_road_of_many_short_lines_never_turns_back() {
    for tolerance in [5.0, 10.0] {
        let lines: Vec<FlatLine> = (0..600)
            .map(|number| FlatLine {
                points: vec![
                    [f64::from(3 * number), 0.0],
                    [f64::from(3 * number + 3), 0.0],
                ],
                level: 0,
            })
            .collect();
        let joining = Joining {
            tolerance,
            join_crossings: false,
        };
        let noded = node(&lines, joining);
        let east = |node: usize| noded.nodes[node][0];
        let mut at = 0.0;
        for piece in &noded.pieces {
            let [from, to] = piece.ends.map(east);
            assert!(from == at && to > from, "{from} to {to} after {at}");
            at = to;
        }
        assert!(at >= 1800.0 - tolerance, "{at}");
    }
}
