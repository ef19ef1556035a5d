//! Where drawn lines meet: a layer of lines has no junctions, so they are found, and the lines are
//! cut there.
//!
//! Lines meet where they share a point within the tolerance, and where one ends within the tolerance
//! of another. Two that merely cross do so on different levels more often than a drawing says, and
//! are joined on request only. The outcome depends on the order of the lines and on nothing else.

use std::collections::HashSet;

use crate::roads::lines::anchors::{AnchorId, Anchors, SAME, distance};
use crate::roads::lines::segments::{Segment, Segments};

/// A line in a plane of metres.
#[derive(Clone, Debug, PartialEq)]
pub struct FlatLine {
    /// Its points; two following ones differ.
    pub points: Vec<[f64; 2]>,
    /// 0 on the ground, above it for bridges, below it for tunnels.
    pub level: i32,
}

/// How lines are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joining {
    /// Points this close together, in metres, are one point.
    pub tolerance: f64,
    /// Whether lines of one level are joined where they cross without a shared point.
    pub join_crossings: bool,
}

/// The lines cut into pieces, and the points where these meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Noded {
    /// Where pieces begin and end: metres east and north.
    pub nodes: Vec<[f64; 2]>,
    /// The pieces, in the order of the lines and along each.
    pub pieces: Vec<Piece>,
    /// What was met on the way.
    pub counts: NodingCounts,
    /// Ends that hang free within five tolerances of another line: the gap may be a slip of the pen.
    pub dangling: Vec<[f64; 2]>,
}

/// A stretch of a line between two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Index of the line.
    pub line: usize,
    /// Index of the nodes where it begins and ends.
    pub ends: [usize; 2],
    /// The points between.
    pub shape: Vec<[f64; 2]>,
}

/// How the lines were joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct NodingCounts {
    /// Nodes whose lines do not share the very same point, but points within the tolerance.
    pub nodes_joined_by_tolerance: usize,
    /// Ends that lie on the inside of another line, which was cut there.
    pub ends_on_another_line: usize,
    /// Points where two lines of one level cross without a shared point.
    pub crossings: usize,
    /// Whether these were joined.
    pub crossings_joined: bool,
    /// Pieces so short that both their ends are one point; they are left out.
    pub pieces_within_tolerance: usize,
}

/// A point of a line where it meets others, or might.
#[derive(Clone, Copy, Debug)]
struct Visit {
    at: Segment,
    share: f64,
    anchor: AnchorId,
    /// The line is cut here, whoever else comes by.
    is_cut: bool,
}

/// Cuts `lines` where they meet.
pub fn node(lines: &[FlatLine], joining: Joining) -> Noded {
    let points: Vec<Vec<[f64; 2]>> = lines.iter().map(|line| line.points.clone()).collect();
    let segments = Segments::of(&points);
    let tolerance = joining.tolerance.max(SAME);
    let mut meeting = Meeting {
        lines,
        segments: &segments,
        tolerance,
        anchors: Anchors::new(tolerance),
        visits: vec![Vec::new(); lines.len()],
        counts: NodingCounts {
            crossings_joined: joining.join_crossings,
            ..NodingCounts::default()
        },
    };
    meeting.anchor_points();
    meeting.cut_at_ends_of_others();
    meeting.cross(joining.join_crossings);
    meeting.pieces()
}

fn ordered(a: AnchorId, b: AnchorId) -> [AnchorId; 2] {
    [a.min(b), a.max(b)]
}

struct Meeting<'l> {
    lines: &'l [FlatLine],
    segments: &'l Segments<'l>,
    tolerance: f64,
    anchors: Anchors,
    /// Of each line.
    visits: Vec<Vec<Visit>>,
    counts: NodingCounts,
}

impl Meeting<'_> {
    /// Puts the points of all lines into anchors: ends first, so that the inside of a line comes to
    /// an end and not the other way round.
    fn anchor_points(&mut self) {
        let mut ends = Vec::with_capacity(self.lines.len());
        for FlatLine { points, level } in self.lines {
            let mut end = |point: Option<&[f64; 2]>| {
                point.map(|point| self.anchors.anchor_end(*point, *level))
            };
            ends.push([end(points.first()), end(points.last())]);
        }
        for (line, (FlatLine { points, level }, ends)) in self.lines.iter().zip(ends).enumerate() {
            let last = points.len().saturating_sub(1);
            let mut row: Vec<Visit> = Vec::with_capacity(points.len());
            for (at, point) in points.iter().enumerate() {
                let end = match at {
                    0 => ends[0],
                    _ if at == last => ends[1],
                    _ => None,
                };
                let visit = Visit {
                    at: Segment { line, at },
                    share: 0.0,
                    anchor: end.unwrap_or_else(|| self.anchors.anchor_inside(*point, *level)),
                    is_cut: end.is_some(),
                };
                // Of points that follow one another into one anchor, the line is cut at one: its
                // own end, or else the nearest.
                match row.last_mut() {
                    Some(before)
                        if before.anchor == visit.anchor && !(before.is_cut && visit.is_cut) =>
                    {
                        let anchor = self.anchors.get(visit.anchor).position;
                        let off = |visit: &Visit| distance(points[visit.at.at], anchor);
                        if visit.is_cut || (!before.is_cut && off(&visit) < off(before)) {
                            *before = visit;
                        }
                    }
                    _ => row.push(visit),
                }
            }
            self.visits[line] = row;
        }
    }

    /// Cuts a line where another, or its own far end, ends within the tolerance of its inside.
    fn cut_at_ends_of_others(&mut self) {
        // Before any cut is added, since cuts are added at the end of a line's row.
        let ends: Vec<_> = self
            .visits
            .iter()
            .map(|row| [row.first(), row.last()].map(|visit| visit.map(|visit| visit.anchor)))
            .collect();
        let steps = self.short_steps();
        for (line, ends) in self.lines.iter().zip(ends) {
            for (anchor, point) in ends
                .into_iter()
                .zip([line.points.first(), line.points.last()])
            {
                let (Some(anchor), Some(point)) = (anchor, point) else {
                    continue;
                };
                let feet = self.segments.within(*point, self.tolerance);
                // Stretches that follow one another along a line pass the end once.
                for pass in feet.chunk_by(|a, b| {
                    a.segment.line == b.segment.line && a.segment.at + 1 == b.segment.at
                }) {
                    let Some(foot) = pass.iter().min_by(|a, b| a.distance.total_cmp(&b.distance))
                    else {
                        continue;
                    };
                    let (line, from, to) = (
                        foot.segment.line,
                        pass[0].segment.at,
                        pass[pass.len() - 1].segment.at + 1,
                    );
                    let meets_already = self.visits[line].iter().any(|visit| {
                        let is_joined = visit.anchor == anchor
                            || steps.contains(&ordered(visit.anchor, anchor));
                        is_joined && (from..=to).contains(&visit.at.at)
                    });
                    let level = self.lines[line].level;
                    if meets_already || !self.anchors.get(anchor).admits_inside(level) {
                        continue;
                    }
                    self.counts.ends_on_another_line += 1;
                    self.visits[line].push(Visit {
                        at: foot.segment,
                        share: foot.share,
                        anchor,
                        is_cut: true,
                    });
                }
            }
        }
    }

    /// Anchors between which a line steps that is hardly longer than the tolerance: whoever ends at the one and is
    /// near the other needs no cut to be joined to it, which would lead there and back.
    fn short_steps(&self) -> HashSet<[AnchorId; 2]> {
        let steps = self.visits.iter().flat_map(|row| row.array_windows());
        let pairs = steps.map(|[from, to]| ordered(from.anchor, to.anchor));
        let is_short = |[from, to]: &[AnchorId; 2]| {
            let ends = [from, to].map(|anchor| self.anchors.get(*anchor).position);
            from != to && distance(ends[0], ends[1]) <= 2.0 * self.tolerance
        };
        pairs.filter(is_short).collect()
    }

    /// Counts the points where lines of one level cross without meeting, and joins them if asked.
    fn cross(&mut self, join: bool) {
        for crossing in self.segments.crossings() {
            let [level, other] = crossing
                .segments
                .map(|segment| self.lines[segment.line].level);
            if level != other || self.meet_near(crossing.segments, crossing.position) {
                continue;
            }
            self.counts.crossings += 1;
            if !join {
                continue;
            }
            let anchor = self.anchors.anchor_inside(crossing.position, level);
            for (segment, share) in crossing.segments.into_iter().zip(crossing.shares) {
                self.visits[segment.line].push(Visit {
                    at: segment,
                    share,
                    anchor,
                    is_cut: true,
                });
            }
        }
    }

    /// Whether the two stretches share an anchor within the tolerance of where they cross.
    fn meet_near(&self, segments: [Segment; 2], position: [f64; 2]) -> bool {
        let reach = 2.0 * self.tolerance;
        let near = |segment: Segment| {
            self.visits[segment.line]
                .iter()
                .filter(move |visit| visit.at.at == segment.at || visit.at.at == segment.at + 1)
                .map(|visit| visit.anchor)
                .filter(|anchor| distance(self.anchors.get(*anchor).position, position) <= reach)
        };
        near(segments[0]).any(|anchor| near(segments[1]).any(|other| other == anchor))
    }

    fn pieces(mut self) -> Noded {
        let mut visitors = vec![0u32; self.anchors.all().len()];
        for visit in self.visits.iter_mut().flat_map(|row| {
            row.sort_by(|a, b| a.at.cmp(&b.at).then(a.share.total_cmp(&b.share)));
            row.iter()
        }) {
            visitors[visit.anchor.index()] += 1;
        }
        let mut noded = Noded::default();
        let mut node_of = vec![None; visitors.len()];
        let mut degree = vec![0u32; visitors.len()];
        let mut is_moved = vec![false; visitors.len()];
        for (line, row) in self.visits.iter().enumerate() {
            let points = &self.lines[line].points;
            let mut cuts = row
                .iter()
                .filter(|visit| visit.is_cut || visitors[visit.anchor.index()] > 1)
                .inspect(|cut| {
                    let anchor = self.anchors.get(cut.anchor).position;
                    is_moved[cut.anchor.index()] |=
                        cut.share == 0.0 && distance(points[cut.at.at], anchor) > SAME;
                });
            let Some(mut before) = cuts.next() else {
                continue;
            };
            for cut in cuts {
                let from = before.at.at + 1;
                let to = cut.at.at + usize::from(cut.share > 0.0);
                let shape = points.get(from..to).unwrap_or_default().to_vec();
                let ends = [before.anchor, cut.anchor];
                before = cut;
                if ends[0] == ends[1] && self.is_within_tolerance(ends[0], &shape) {
                    self.counts.pieces_within_tolerance += 1;
                    continue;
                }
                let ends = ends.map(|anchor| {
                    degree[anchor.index()] += 1;
                    *node_of[anchor.index()].get_or_insert_with(|| {
                        noded.nodes.push(self.anchors.get(anchor).position);
                        noded.nodes.len() - 1
                    })
                });
                noded.pieces.push(Piece { line, ends, shape });
            }
        }
        for (index, anchor) in self.anchors.all().iter().enumerate() {
            if is_moved[index] && degree[index] > 1 {
                self.counts.nodes_joined_by_tolerance += 1;
            }
            if anchor.is_end && degree[index] == 1 && self.is_near_another_line(index) {
                noded.dangling.push(anchor.position);
            }
        }
        noded.counts = self.counts;
        noded
    }

    fn is_within_tolerance(&self, anchor: AnchorId, shape: &[[f64; 2]]) -> bool {
        let position = self.anchors.get(anchor).position;
        let reach = 2.0 * self.tolerance;
        shape
            .iter()
            .all(|point| distance(*point, position) <= reach)
    }

    /// Whether a line that does not come by this anchor passes within five tolerances of it.
    fn is_near_another_line(&self, anchor: usize) -> bool {
        let position = self.anchors.all()[anchor].position;
        let feet = self.segments.within(position, 5.0 * self.tolerance);
        feet.iter().any(|foot| {
            let row = &self.visits[foot.segment.line];
            row.iter().all(|visit| visit.anchor.index() != anchor)
        })
    }
}
