//! The county cut into areas of one level each: bands of minutes, or districts of stations.
//!
//! Levels are known exactly at any position, and a level may jump from one bank of a river to the
//! other. So nothing is interpolated: where two neighbouring points of the grid lie on either side
//! of a limit, the border between them is looked for by halving, and set at the last position that
//! is known to lie within the limit. A jump over several levels is found at one position by all of
//! them, and no false level lies in between. The borders are joined to rings by marching squares
//! (Lorensen and Cline 1987, in the plane); the area of a level is what lies within its limit and
//! not within the one below.

use std::collections::HashMap;

use geo::orient::Direction;
use geo::{BooleanOps, LineString, MultiPolygon, Orient, Polygon};
use rayon::prelude::*;

use super::county_grid::CountyGrid;
use crate::expected::grid::Lattice;

/// Halvings of the stretch between two points: a border is found to 1/64 of a step.
pub(super) const HALVINGS: u32 = 6;
/// The level of a point that no one asked for.
const UNKNOWN: u32 = u32::MAX;

impl CountyGrid {
    /// Cuts the county into the areas of the levels 0 to `count - 1`, which `level_at` gives for
    /// a position on the plane, and `levels` for the points that are needed. The areas cover the
    /// county, and none covers another; their outer rings are counter-clockwise.
    pub(super) fn partition(
        &self,
        count: u32,
        levels: &[Option<u32>],
        level_at: impl Fn([f64; 2]) -> u32 + Sync,
    ) -> Vec<MultiPolygon> {
        let levels: Vec<u32> = levels
            .iter()
            .map(|level| level.unwrap_or(UNKNOWN))
            .collect();
        let borders = borders(&self.lattice, &levels, &level_at);
        let mut areas = Vec::new();
        let mut within_last = MultiPolygon(Vec::new());
        for limit in 0..count {
            let within = if limit + 1 == count {
                self.county.clone()
            } else {
                let rings = rings_within(&self.lattice, &levels, limit, &borders);
                // By the even-odd rule a ring in a ring is a hole.
                let rings = rings.into_iter().map(|ring| Polygon::new(ring, Vec::new()));
                self.county.intersection(&MultiPolygon(rings.collect()))
            };
            let area = within.difference(&within_last);
            areas.push(area.orient(Direction::Default));
            within_last = within;
        }
        areas
    }
}

/// A side of the squares of the grid: between a point and the next one to the east, or north.
///
/// Counted with a border of one more point all around, so that no ring stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Side {
    row: u32,
    column: u32,
    northwards: bool,
}

impl Side {
    /// The column and row of its two points.
    fn ends(self) -> [[u32; 2]; 2] {
        let Self {
            row,
            column,
            northwards,
        } = self;
        let to = if northwards {
            [column, row + 1]
        } else {
            [column + 1, row]
        };
        [[column, row], to]
    }
}

/// The grid with the border of one more point, seen through one limit.
struct Within<'l> {
    lattice: &'l Lattice,
    levels: &'l [u32],
    limit: u32,
}

impl Within<'_> {
    /// The level of a point of the widened grid.
    fn level(&self, [column, row]: [u32; 2]) -> u32 {
        let (column, row) = (column as usize, row as usize);
        if column == 0 || row == 0 || column > self.lattice.columns || row > self.lattice.rows {
            return UNKNOWN;
        }
        self.levels[(row - 1) * self.lattice.columns + column - 1]
    }

    fn at(&self, [column, row]: [u32; 2]) -> [f64; 2] {
        let [west, south] = self.lattice.south_west;
        [
            west + self.lattice.step * (f64::from(column) - 1.0),
            south + self.lattice.step * (f64::from(row) - 1.0),
        ]
    }

    fn holds(&self, corner: [u32; 2]) -> bool {
        self.level(corner) <= self.limit
    }

    /// The ways of the border through the square that has `[column, row]` in its south-west, from
    /// side to side, with what is within the limit on the left. Two opposite corners alone are
    /// not joined.
    fn ways(&self, [column, row]: [u32; 2]) -> impl Iterator<Item = (Side, Side)> {
        let corners = [
            [column, row],
            [column + 1, row],
            [column + 1, row + 1],
            [column, row + 1],
        ];
        let side = |column, row, northwards| Side {
            row,
            column,
            northwards,
        };
        // `sides[i]` leads from corner `i` to the next one.
        let sides = [
            side(column, row, false),
            side(column + 1, row, true),
            side(column, row + 1, false),
            side(column, row, true),
        ];
        let holds = corners.map(|corner| self.holds(corner));
        (0..4)
            .filter(move |corner| holds[*corner] && !holds[(corner + 1) % 4])
            .map(move |corner| {
                let mut first = corner;
                while holds[(first + 3) % 4] {
                    first = (first + 3) % 4;
                }
                (sides[corner], sides[(first + 3) % 4])
            })
    }

    /// Where the border crosses a side.
    fn crossing(&self, side: Side, borders: &Borders) -> [f64; 2] {
        let [from, to] = side.ends();
        match borders.get(&side) {
            Some(limits) => {
                let first = self.level(from).min(self.level(to));
                limits[(self.limit - first) as usize]
            }
            // Outside the county, and cut off later.
            None => middle(self.at(from), self.at(to)),
        }
    }
}

/// Where borders cross the sides of which both ends are known: those of all limits from the lesser of the
/// two levels on.
type Borders = HashMap<Side, Vec<[f64; 2]>>;

/// All borders. The level of each position is asked for once, however many limits its side crosses: at a river it
/// jumps over several.
fn borders(
    lattice: &Lattice,
    levels: &[u32],
    level_at: &(impl Fn([f64; 2]) -> u32 + Sync),
) -> Borders {
    let grid = Within {
        lattice,
        levels,
        limit: 0,
    };
    let rows = 1..=lattice.rows as u32;
    let points = rows.flat_map(|row| (1..=lattice.columns as u32).map(move |column| (row, column)));
    let sides = points.flat_map(|(row, column)| {
        [false, true].map(|northwards| Side {
            row,
            column,
            northwards,
        })
    });
    let sides = sides.filter_map(|side| {
        let of_ends = side.ends().map(|end| grid.level(end));
        let is_crossed = of_ends[0] != of_ends[1] && !of_ends.contains(&UNKNOWN);
        is_crossed.then_some((side, of_ends))
    });
    let sides: Vec<(Side, [u32; 2])> = sides.collect();
    let found = sides.into_par_iter().map(|(side, of_ends)| {
        let ends = side.ends().map(|end| grid.at(end));
        (side, halved(ends, of_ends, level_at))
    });
    found.collect()
}

/// The last position within each limit between the levels of two points, from the lesser level on.
fn halved(
    ends: [[f64; 2]; 2],
    of_ends: [u32; 2],
    level_at: impl Fn([f64; 2]) -> u32,
) -> Vec<[f64; 2]> {
    let is_rising = of_ends[0] < of_ends[1];
    let [within, beyond] = if is_rising { ends } else { [ends[1], ends[0]] };
    // Levels of the positions that were asked for, by the path of halves that leads there after a leading 1.
    let mut known = [None; 1 << HALVINGS];
    let limits = of_ends[0].min(of_ends[1])..of_ends[0].max(of_ends[1]);
    let border = |limit| {
        let (mut within, mut beyond, mut path) = (within, beyond, 1_usize);
        for _ in 0..HALVINGS {
            let between = middle(within, beyond);
            let level = *known[path].get_or_insert_with(|| level_at(between));
            path *= 2;
            if level <= limit {
                within = between;
                path += 1;
            } else {
                beyond = between;
            }
        }
        within
    };
    limits.map(border).collect()
}

fn middle(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]
}

/// The rings around what lies within a limit: counter-clockwise around areas, clockwise around
/// their holes.
fn rings_within(
    lattice: &Lattice,
    levels: &[u32],
    limit: u32,
    borders: &Borders,
) -> Vec<LineString> {
    let within = Within {
        lattice,
        levels,
        limit,
    };
    let mut ways: Vec<(Side, Side)> = (0..=lattice.rows as u32)
        .flat_map(|row| (0..=lattice.columns as u32).map(move |column| [column, row]))
        .flat_map(|square| within.ways(square))
        .collect();
    ways.sort_unstable();
    let points: Vec<[f64; 2]> = ways
        .iter()
        .map(|(side, _)| within.crossing(*side, borders))
        .collect();
    let mut used = vec![false; ways.len()];
    let mut rings = Vec::new();
    for start in 0..ways.len() {
        let mut ring = Vec::new();
        let mut next = start;
        while !std::mem::replace(&mut used[next], true) {
            ring.push((points[next][0], points[next][1]));
            // Every side at which a way ends is one at which the next begins.
            match ways.binary_search_by_key(&ways[next].1, |(from, _)| *from) {
                Ok(following) => next = following,
                Err(_) => break,
            }
        }
        if ring.len() > 2 {
            ring.push(ring[0]);
            rings.push(LineString::from(ring));
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::coverage::county_grid::rings;
    use crate::evaluation::coverage::county_grid::tests::square;
    use crate::geography::{LonLat, Plane};
    use geo::{Area, Contains};
    use proptest::prelude::*;
    use std::sync::Mutex;

    fn cut(
        grid: &CountyGrid,
        count: u32,
        at: impl Fn([f64; 2]) -> u32 + Sync,
    ) -> Vec<MultiPolygon> {
        grid.partition(count, &grid.at_each(&at), &at)
    }

    /// ```text
    /// +---------+
    /// | level 3 |     a river at 130 m north: levels 1 and 2 are nowhere
    /// |~~~~~~~~~|
    /// | level 0 |
    /// +---------+
    /// ```
    #[test]
    fn a_jump_over_levels_makes_no_area_of_those_in_between() {
        let grid = CountyGrid::over(&square(), 20);
        let level = |[_, north]: [f64; 2]| if north <= 130.0 { 0 } else { 3 };
        let parts = cut(&grid, 4, level);
        assert_eq!(
            [parts[1].unsigned_area(), parts[2].unsigned_area()],
            [0.0, 0.0]
        );
        let degree = LonLat { lon: 1.0, lat: 1.0 };
        let [east, north] = Plane::around(LonLat::default()).project(degree);
        let width = 2.0 * 0.01 * east;
        let near = (0.01 * north + 130.0) * width;
        let found = parts[0].unsigned_area();
        let precision = width * grid.lattice.step / 64.0;
        assert!(
            (near - precision..=near + 1.0).contains(&found),
            "{found} {near}"
        );
        // Not even a point of the near bank lies beyond the river.
        let north = rings(&parts[0]).flat_map(LineString::coords).map(|at| at.y);
        assert!(north.fold(f64::MIN, f64::max) <= 130.0 + 1e-6);
    }

    /// Levels rise to 3 in steps: each limit is found as by a search of its own, and no position is asked for twice.
    #[test]
    fn each_limit_across_a_side_has_its_own_border() {
        let thresholds = [10.5, 20.5, 40.5];
        let level = |[east, _]: [f64; 2]| thresholds.iter().filter(|at| **at < east).count() as u32;
        let asked = Mutex::new(Vec::new());
        let counted = |at: [f64; 2]| {
            asked.lock().unwrap().push(at[0] as u32);
            level(at)
        };
        let ends = [[0.0, 0.0], [64.0, 0.0]];
        let east = |borders: Vec<[f64; 2]>| borders.iter().map(|at| at[0]).collect::<Vec<_>>();
        assert_eq!(east(halved(ends, [0, 3], counted)), [10.0, 20.0, 40.0]);
        let mut asked = asked.into_inner().unwrap();
        let count = asked.len();
        asked.sort_unstable();
        asked.dedup();
        assert_eq!(asked.len(), count);
        assert!(count < 3 * HALVINGS as usize, "{count}");
        // From the other end, where what lies within a limit is what is beyond its threshold.
        let falling = |[east, _]: [f64; 2]| 3 - level([east, 0.0]);
        assert_eq!(east(halved(ends, [3, 0], falling)), [41.0, 21.0, 11.0]);
    }

    /// Circles of 300 m and 700 m: the inner one is the hole of the ring between them.
    #[test]
    fn rings_have_the_areas_of_their_circles() {
        let grid = CountyGrid::over(&square(), 100);
        let level = |[east, north]: [f64; 2]| match libm::hypot(east, north) {
            radius if radius <= 300.0 => 0,
            radius if radius <= 700.0 => 1,
            _ => 2,
        };
        let parts = cut(&grid, 3, level);
        let circle = |radius: f64| std::f64::consts::PI * radius * radius;
        for (part, expected) in [
            (&parts[0], circle(300.0)),
            (&parts[1], circle(700.0) - circle(300.0)),
            (&parts[2], grid.county.unsigned_area() - circle(700.0)),
        ] {
            let found = part.unsigned_area();
            assert!((found / expected - 1.0).abs() < 0.01, "{found} {expected}");
        }
        assert_eq!(parts[1].0.len(), 1);
        assert_eq!(parts[1].0[0].interiors().len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// Whatever the levels are, the areas cover the county once, and a point that is not at a
        /// border lies in no area but that of its level.
        #[test]
        fn areas_cover_the_county_once(
            hills in prop::collection::vec((-1200.0..1200.0_f64, -1200.0..1200.0_f64, 0u32..4), 1..9),
        ) {
            let grid = CountyGrid::over(&square(), 16);
            // The level of the nearest hill: it jumps everywhere.
            let level = |[east, north]: [f64; 2]| {
                let far = |hill: &&(f64, f64, u32)| libm::hypot(hill.0 - east, hill.1 - north);
                hills.iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap().2
            };
            let levels = grid.at_each(level);
            let parts = grid.partition(4, &levels, level);
            let sum: f64 = parts.iter().map(Area::unsigned_area).sum();
            prop_assert!((sum / grid.county.unsigned_area() - 1.0).abs() < 1e-6, "{} {}", sum, grid.county.unsigned_area());
            let margin = grid.lattice.step / 32.0;
            for point in (0..grid.lattice.points()).filter(|point| grid.inside[*point]) {
                let [east, north] = grid.lattice.at(point);
                let at = geo::Point::new(east, north);
                let around = [(margin, 0.0), (-margin, 0.0), (0.0, margin), (0.0, -margin)];
                // That of the county is one.
                let is_away = |(x, y): &(f64, f64)| {
                    level([east + x, north + y]) == levels[point].unwrap()
                        && grid.county.contains(&geo::Point::new(east + x, north + y))
                };
                if !around.iter().all(is_away) {
                    continue;
                }
                let others = (0..).zip(&parts).filter(|(l, _)| *l != levels[point].unwrap());
                for (level, area) in others {
                    prop_assert!(!area.contains(&at), "{at:?} of {:?} in {level}", levels[point]);
                }
            }
        }
    }
}
