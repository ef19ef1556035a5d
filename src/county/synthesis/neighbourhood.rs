//! Which settlements are neighbours, so that a road between them would pass no third.

use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};
use spade::{DelaunayTriangulation, HasPosition, InsertionError, Point2, Triangulation};

use super::spacing::squared;

/// A pair of neighbours, by their indices in the list of points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The earlier point.
    pub a: usize,
    /// The later point.
    pub b: usize,
    /// Distance in metres.
    pub distance: f64,
}

struct Vertex {
    index: usize,
    point: [f64; 2],
}

impl HasPosition for Vertex {
    type Scalar = f64;

    fn position(&self) -> Point2<f64> {
        Point2::new(self.point[0], self.point[1])
    }
}

/// The relative neighbourhood graph (Toussaint 1980): two points are neighbours when no third is
/// nearer to both of them than they are to each other. Nearest pairs first, then by index.
///
/// It is part of the Delaunay triangulation and holds the minimum spanning tree, so it joins all
/// points. Of points at one position only the first counts.
///
/// # Errors
/// When a coordinate is not a number.
pub fn relative_neighbours(points: &[[f64; 2]]) -> Result<Vec<Pair>, InsertionError> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let key = |index: usize| (points[index].map(f64::to_bits), index);
    order.sort_unstable_by_key(|index| key(*index));
    order.dedup_by_key(|index| points[*index].map(f64::to_bits));
    order.sort_unstable();
    let vertices: Vec<Vertex> = order
        .iter()
        .map(|index| Vertex {
            index: *index,
            point: points[*index],
        })
        .collect();
    let tree = RTree::bulk_load(
        order
            .iter()
            .map(|index| GeomWithData::new(points[*index], *index))
            .collect(),
    );
    let triangulation = DelaunayTriangulation::<Vertex>::bulk_load(vertices)?;
    let mut pairs: Vec<Pair> = triangulation
        .undirected_edges()
        .filter_map(|edge| {
            let [one, other] = edge.vertices().map(|vertex| vertex.data().index);
            let (a, b) = (one.min(other), one.max(other));
            let apart = squared(points[a], points[b]);
            lune_is_empty(&tree, points, a, b, apart).then(|| Pair {
                a,
                b,
                distance: apart.sqrt(),
            })
        })
        .collect();
    pairs.sort_unstable_by(|one, other| {
        (one.distance.total_cmp(&other.distance)).then((one.a, one.b).cmp(&(other.a, other.b)))
    });
    Ok(pairs)
}

/// Whether no third point is nearer to both `a` and `b` than they are to each other.
fn lune_is_empty(
    tree: &RTree<GeomWithData<[f64; 2], usize>>,
    points: &[[f64; 2]],
    a: usize,
    b: usize,
    apart: f64,
) -> bool {
    let middle = [
        (points[a][0] + points[b][0]) / 2.0,
        (points[a][1] + points[b][1]) / 2.0,
    ];
    // The tips of the lune are the farthest from its middle: √3/2 of the distance; a little more
    // for rounding.
    !tree
        .locate_within_distance(middle, apart * 0.750_001)
        .any(|third| {
            third.data != a
                && third.data != b
                && third.geom().distance_2(&points[a]) < apart
                && third.geom().distance_2(&points[b]) < apart
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(points: &[[f64; 2]]) -> Vec<(usize, usize)> {
        relative_neighbours(points)
            .unwrap()
            .into_iter()
            .map(|pair| (pair.a, pair.b))
            .collect()
    }

    /// ```text
    ///        c (5, 3)
    ///      /   \
    /// a (0,0)   b (10, 0)     a–b is 10 apart, c 5.8 from both: no road a–b
    /// ```
    #[test]
    fn a_third_place_between_two_takes_their_road_away() {
        assert_eq!(
            pairs(&[[0.0, 0.0], [10.0, 0.0], [5.0, 3.0]]),
            [(0, 2), (1, 2)]
        );
    }

    /// The third point is 10.3 from both: farther than they are from each other.
    #[test]
    fn a_place_far_aside_leaves_the_road() {
        assert_eq!(pairs(&[[0.0, 0.0], [10.0, 0.0], [5.0, 9.0]])[0], (0, 1));
    }

    #[test]
    fn a_second_point_at_one_place_does_not_count() {
        assert_eq!(pairs(&[[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), [(0, 2)]);
    }

    proptest! {
        #[test]
        fn it_is_what_testing_every_pair_against_every_third_gives(
            points in proptest::collection::hash_set((0u8..40, 0u8..40), 3..40)
        ) {
            let points: Vec<[f64; 2]> =
                points.into_iter().map(|(x, y)| [f64::from(x), f64::from(y)]).collect();
            let mut slow = Vec::new();
            for a in 0..points.len() {
                for b in a + 1..points.len() {
                    let apart = squared(points[a], points[b]);
                    if points.iter().all(|third| {
                        squared(*third, points[a]).max(squared(*third, points[b])) >= apart
                    }) {
                        slow.push((a, b));
                    }
                }
            }
            let mut fast = pairs(&points);
            fast.sort_unstable();
            // On a grid of whole numbers a triangulation may leave out one diagonal of a square;
            // the pairs that it gives are all right, and they join everything.
            prop_assert!(fast.iter().all(|pair| slow.contains(pair)));
            let mut parts = petgraph::unionfind::UnionFind::new(points.len());
            let joins = fast.iter().filter(|(a, b)| parts.union(*a, *b)).count();
            prop_assert_eq!(joins, points.len() - 1);
        }
    }
}
