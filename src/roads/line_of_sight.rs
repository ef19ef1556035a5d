//! Whether a straight way is free of barriers, and where barriers cross a road.

use geo::{Contains as _, Intersects as _, Line, LineString, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

use crate::geography::Plane;
use crate::roads::access_barriers::AccessBarriers;

/// What is touched so near to the end of a way is not crossed, in metres.
const TOUCH: f64 = 0.01;

/// A straight piece of a barrier, on the plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    ends: [[f64; 2]; 2],
    /// The area that it bounds.
    area: Option<usize>,
}

impl RTreeObject for Edge {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

/// An index of the barriers on a plane.
#[derive(Debug)]
pub(super) struct LineOfSight {
    edges: RTree<Edge>,
    areas: Vec<Polygon<f64>>,
    /// The box around each area.
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl LineOfSight {
    /// Indexes barriers; `None` when there are none.
    pub(super) fn among(barriers: &AccessBarriers, plane: &Plane) -> Option<Self> {
        if barriers.is_empty() {
            return None;
        }
        let project = |line: &Vec<_>| -> Vec<[f64; 2]> {
            line.iter()
                .map(|position| plane.project(*position))
                .collect()
        };
        let mut edges = Vec::new();
        let mut bound = |line: &[[f64; 2]], area| {
            let ends = line.array_windows::<2>();
            edges.extend(ends.map(|ends| Edge { ends: *ends, area }));
        };
        for line in &barriers.lines {
            bound(&project(line), None);
        }
        let (mut areas, mut boxes) = (Vec::new(), Vec::new());
        for rings in &barriers.areas {
            let rings: Vec<Vec<[f64; 2]>> = rings.iter().map(project).collect();
            for ring in &rings {
                bound(ring, Some(areas.len()));
            }
            if let Some(outer) = rings.first() {
                let span = AABB::from_points(outer);
                let span = Rectangle::from_corners(span.lower(), span.upper());
                boxes.push(GeomWithData::new(span, areas.len()));
            }
            let mut rings = rings.into_iter().map(LineString::from);
            let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            areas.push(Polygon::new(outer, rings.collect()));
        }
        Some(Self {
            edges: RTree::bulk_load(edges),
            areas,
            boxes: RTree::bulk_load(boxes),
        })
    }

    /// The areas that hold a point, which do not hide anything from it.
    pub(super) fn areas_around(&self, point: [f64; 2]) -> Vec<usize> {
        let at = geo::Point::from(point);
        self.boxes
            .locate_all_at_point(&point)
            .map(|found| found.data)
            .filter(|area| self.areas[*area].contains(&at))
            .collect()
    }

    /// Whether the straight way crosses no barrier but the edges of `open` areas. Edges that hid something are
    /// kept in `hiding`, where they are tried first: what hides one end of a bank hides most of it.
    pub(super) fn is_clear(
        &self,
        from: [f64; 2],
        to: [f64; 2],
        open: &[usize],
        hiding: &mut Vec<Edge>,
    ) -> bool {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = libm::hypot(dx, dy);
        if length <= 2.0 * TOUCH {
            return true;
        }
        let (x, y) = (dx / length * TOUCH, dy / length * TOUCH);
        let from = [from[0] + x, from[1] + y];
        let to = [to[0] - x, to[1] - y];
        let way = line([from, to]);
        let crosses = |edge: &Edge| way.intersects(&line(edge.ends));
        if let Some(found) = hiding.iter().position(crosses) {
            hiding[..=found].rotate_right(1);
            return false;
        }
        let found = self
            .edges
            .locate_in_envelope_intersecting(&AABB::from_corners(from, to))
            .filter(|edge| !edge.area.is_some_and(|area| open.contains(&area)))
            .find(|edge| crosses(edge));
        if let Some(edge) = found {
            hiding.insert(0, *edge);
        }
        found.is_none()
    }

    /// The shares of a straight piece of road at which barriers cross it, rising; not at its ends, nor
    /// twice at one point.
    pub(super) fn crossings(&self, [a, b]: [[f64; 2]; 2]) -> Vec<f64> {
        let cross = |u: [f64; 2], v: [f64; 2]| u[0] * v[1] - u[1] * v[0];
        let less = |u: [f64; 2], v: [f64; 2]| [u[0] - v[0], u[1] - v[1]];
        let road = less(b, a);
        let touch = TOUCH / libm::hypot(road[0], road[1]);
        // A barrier that ends on the road ends a hair before or behind it.
        let around = AABB::from_corners(a, b);
        let [low, high] = [around.lower(), around.upper()];
        let around = AABB::from_corners(low.map(|low| low - TOUCH), high.map(|high| high + TOUCH));
        let mut shares: Vec<f64> = self
            .edges
            .locate_in_envelope_intersecting(&around)
            .filter_map(|edge| {
                let [c, d] = edge.ends;
                let barrier = less(d, c);
                let hair = TOUCH / libm::hypot(barrier[0], barrier[1]);
                let turn = cross(road, barrier);
                let along_road = cross(less(c, a), barrier) / turn;
                let along_barrier = cross(less(c, a), road) / turn;
                // Parallel lines divide by 0 and have no share in this range.
                let is_met = along_road > touch
                    && along_road < 1.0 - touch
                    && (-hair..=1.0 + hair).contains(&along_barrier);
                is_met.then_some(along_road)
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        shares.dedup_by(|next, kept| *next - *kept <= touch);
        shares
    }
}

fn line([a, b]: [[f64; 2]; 2]) -> Line<f64> {
    Line::new(a, b)
}
