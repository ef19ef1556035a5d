//! Roads as a map of a given scale has room for them: joined end to end, without the points that do
//! not show, and thinned where they would run into a grey block.
//!
//! How much is drawn is so bounded by the map and not by the network. A network with few roads is left
//! as it lies.

mod strokes;

use std::collections::HashMap;
use std::f64::consts::SQRT_2;

use geo::{Coord, Line, LineString, Simplify as _};
use rayon::prelude::*;

use self::strokes::{Stroke, strokes};
use crate::geography::{LonLat, Plane};
use crate::roads::class::{Importance, RoadClass};
use crate::roads::graph::RoadGraph;

/// A network with no more points than this is shown as it lies: some 20 000 roads, a few megabytes
/// in every file in which they stand.
const FEW_POINTS: usize = 100_000;
/// How far a line may lie from the road, in pixels, besides as much on the closest map.
const TOLERANCE: f64 = 0.5;
/// The side of the squares in which room is counted, in pixels.
const SQUARE: f64 = 32.0;
/// Roads that are no expressways and shorter than this are dots to the eye, in pixels.
const DOT: f64 = 4.0;
/// How often a map is made coarser before it is taken as it is: to a sixteenth of the scale.
const COARSENINGS: i32 = 8;

/// A line of a map: a road, or several of one class joined end to end.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLine {
    pub class: RoadClass,
    pub line: Vec<LonLat>,
}

/// The roads of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapRoads {
    /// From the fastest class to the slowest, and in each the longest first; or every road as it lies.
    pub lines: Vec<MapLine>,
    /// How many roads of the network are not among them.
    pub left_out: usize,
    /// How many roads the network has.
    pub of: usize,
}

/// A network from which the roads of maps of any scale are chosen.
#[derive(Debug)]
pub struct Generaliser<'a> {
    network: &'a RoadGraph,
    plane: Plane,
    /// In the order in which they are given room; `None` of a network that is shown as it lies.
    strokes: Option<Vec<MapStroke>>,
}

/// Roads of one class that are joined end to end.
#[derive(Debug)]
struct MapStroke {
    class: RoadClass,
    /// How many roads it is.
    roads: usize,
    /// Its length on the plane.
    metres: f64,
    /// In metres on the plane, as true as the closest map needs it.
    line: LineString,
}

impl<'a> Generaliser<'a> {
    /// Of a network, for maps on this plane on which a pixel is no less than so many metres.
    pub fn new(network: &'a RoadGraph, plane: Plane, least_metres_a_pixel: f64) -> Self {
        let points: usize = (network.roads().iter())
            .map(|road| road.shape.len() + 2)
            .sum();
        let strokes =
            (points > FEW_POINTS).then(|| strokes_in_order(network, &plane, least_metres_a_pixel));
        Self {
            network,
            plane,
            strokes,
        }
    }

    /// The roads of a map on which a pixel is this many metres; or as many more as it takes for the
    /// lines to have no more than so many points.
    pub fn at(&self, metres_a_pixel: f64, most_points: usize) -> MapRoads {
        let Some(strokes) = &self.strokes else {
            return self.as_they_lie();
        };
        let mut metres_a_pixel = metres_a_pixel;
        let mut roads = self.thinned(strokes, metres_a_pixel);
        for _ in 0..COARSENINGS {
            let points: usize = roads.lines.iter().map(|line| line.line.len()).sum();
            if points <= most_points {
                break;
            }
            metres_a_pixel *= SQRT_2;
            roads = self.thinned(strokes, metres_a_pixel);
        }
        roads
    }

    fn as_they_lie(&self) -> MapRoads {
        let roads = self.network.roads();
        let lines = roads.iter().map(|road| MapLine {
            class: road.class,
            line: self.network.line(road),
        });
        MapRoads {
            lines: lines.collect(),
            left_out: 0,
            of: roads.len(),
        }
    }

    /// The strokes for which there is room, without the points that do not show.
    fn thinned(&self, strokes: &[MapStroke], metres_a_pixel: f64) -> MapRoads {
        let mut inked = Inked::new(metres_a_pixel);
        let shown = strokes.iter().filter(|stroke| {
            let importance = stroke.class.importance();
            importance == Importance::Expressway
                || (stroke.metres >= DOT * metres_a_pixel && inked.admits(importance, &stroke.line))
        });
        let shown: Vec<&MapStroke> = shown.collect();
        let lines = shown.par_iter().map(|stroke| {
            let line = stroke.line.simplify(TOLERANCE * metres_a_pixel);
            let corners = line.coords().map(|at| self.plane.unproject([at.x, at.y]));
            MapLine {
                class: stroke.class,
                line: corners.collect(),
            }
        });
        let of = self.network.roads().len();
        MapRoads {
            lines: lines.collect(),
            left_out: of - shown.iter().map(|stroke| stroke.roads).sum::<usize>(),
            of,
        }
    }
}

/// The faster class first, then the longer stroke: who comes late finds less room.
fn strokes_in_order(network: &RoadGraph, plane: &Plane, metres_a_pixel: f64) -> Vec<MapStroke> {
    let mut strokes: Vec<MapStroke> = strokes(network, plane)
        .into_par_iter()
        .map(|stroke| {
            let line = line(network, plane, &stroke);
            MapStroke {
                class: network.road(stroke[0].road).class,
                roads: stroke.len(),
                metres: line.lines().map(metres).sum(),
                line: line.simplify(TOLERANCE * metres_a_pixel),
            }
        })
        .collect();
    // Stable: of equally long ones the first of the network comes first.
    strokes.par_sort_by(|a, b| (a.class.cmp(&b.class)).then_with(|| b.metres.total_cmp(&a.metres)));
    strokes
}

/// The line of a stroke, in metres on the plane.
fn line(network: &RoadGraph, plane: &Plane, stroke: &Stroke) -> LineString {
    let mut line = Vec::new();
    for along in stroke {
        let mut road = network.line(network.road(along.road));
        if !along.forwards {
            road.reverse();
        }
        // Each begins where the one before it ends.
        let known = usize::from(!line.is_empty());
        line.extend(
            road[known..]
                .iter()
                .map(|at| Coord::from(plane.project(*at))),
        );
    }
    LineString(line)
}

fn metres(piece: Line) -> f64 {
    libm::hypot(piece.dx(), piece.dy())
}

/// What share of a square may be road, one pixel wide, before no more of that importance is drawn.
///
/// Lanes are drawn down to 0.3 pixels wide, so that a tenth is 3 % of ink. Main roads with what is
/// kept free beside them are three pixels wide and may hide half of what lies below.
fn most_inked(importance: Importance) -> f64 {
    match importance {
        Importance::Expressway => f64::INFINITY,
        Importance::Main => 0.15,
        Importance::Minor => 0.1,
    }
}

/// How much road lies in each square of a map.
struct Inked {
    metres_a_pixel: f64,
    /// Pixels of line of each importance, by the square's column and row.
    pixels: HashMap<(Importance, [i32; 2]), f64>,
}

impl Inked {
    fn new(metres_a_pixel: f64) -> Self {
        Self {
            metres_a_pixel,
            pixels: HashMap::new(),
        }
    }

    /// Draws a line, in metres, where at least half of it lies in squares with room.
    fn admits(&mut self, importance: Importance, line: &LineString) -> bool {
        let room = most_inked(importance) * SQUARE * SQUARE;
        let parts = self.parts(line);
        let (mut whole, mut free) = (0.0, 0.0);
        for (square, pixels) in &parts {
            let inked = self.pixels.get(&(importance, *square));
            whole += pixels;
            free += if inked.is_none_or(|inked| *inked < room) {
                *pixels
            } else {
                0.0
            };
        }
        let is_admitted = free * 2.0 >= whole;
        if is_admitted {
            for (square, pixels) in parts {
                *self.pixels.entry((importance, square)).or_default() += pixels;
            }
        }
        is_admitted
    }

    /// How many pixels of a line lie in which square, in steps of a quarter of a square at most.
    fn parts(&self, line: &LineString) -> Vec<([i32; 2], f64)> {
        let square = SQUARE * self.metres_a_pixel;
        let mut parts: Vec<([i32; 2], f64)> = Vec::new();
        for piece in line.lines() {
            let metres = metres(piece);
            if !metres.is_finite() {
                continue;
            }
            // Coordinates are degrees of the earth: no piece is longer than its girth.
            let steps = (metres / (square / 4.0)).ceil().clamp(1.0, 1e5);
            let pixels = metres / steps / self.metres_a_pixel;
            for step in 0..steps as u32 {
                let at = piece.start + piece.delta() * ((f64::from(step) + 0.5) / steps);
                let here = [at.x, at.y].map(|metres| (metres / square).floor() as i32);
                match parts.last_mut() {
                    Some((last, inked)) if *last == here => *inked += pixels,
                    _ => parts.push((here, pixels)),
                }
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::test_roads::classed;

    /// As of a network with many points, for maps of 10 m a pixel and more.
    fn generaliser(network: &RoadGraph) -> Generaliser<'_> {
        let plane = Plane::around(LonLat::default());
        Generaliser {
            strokes: Some(strokes_in_order(network, &plane, 10.0)),
            network,
            plane,
        }
    }

    /// Lanes from west to east, 100 m apart and so many metres long.
    fn lanes(count: usize, metres: f64) -> RoadGraph {
        let ends = (0..count).flat_map(|lane| {
            let north = 50.0 + 100.0 * lane as f64;
            [[0.0, north], [metres, north]]
        });
        let links = (0..count).map(|lane| (2 * lane, 2 * lane + 1, RoadClass::Residential));
        classed(&ends.collect::<Vec<_>>(), &links.collect::<Vec<_>>())
    }

    #[test]
    fn few_roads_are_shown_as_they_lie() {
        let network = lanes(30, 5.0);
        let plane = Plane::around(LonLat::default());
        let roads = Generaliser::new(&network, plane, 10.0).at(1000.0, 1);
        let lines: Vec<_> = roads.lines.iter().map(|line| line.line.clone()).collect();
        let all = network.roads().iter().map(|road| network.line(road));
        assert_eq!(lines, all.collect::<Vec<_>>());
        assert_eq!((roads.left_out, roads.of), (0, 30));
    }

    /// ```text
    ///  0 --- 1 --- 2 --- 3      a street of three roads, 4 m out of the straight line at 1
    ///  4-5                      a motorway of 15 m, and beside it
    ///  6-7                      a lane as long
    /// ```
    /// At 10 m a pixel 4 m are less than the half pixel that shows, and 15 m less than four pixels.
    #[test]
    fn a_street_is_one_line_and_what_is_a_dot_is_left_out_but_an_expressway() {
        use RoadClass::{Motorway, Residential};
        let north = [0.0, 4.0, 0.0, 0.0];
        let street = (0..4).map(|at| [100.0 * at as f64, north[at]]);
        let short = [[0.0, 50.0], [15.0, 50.0], [0.0, 70.0], [15.0, 70.0]];
        let junctions: Vec<_> = street.chain(short).collect();
        let links = [
            (0, 1, Residential),
            (2, 1, Residential),
            (2, 3, Residential),
            (4, 5, Motorway),
            (6, 7, Residential),
        ];
        let network = classed(&junctions, &links);
        let roads = generaliser(&network).at(10.0, usize::MAX);
        let shown: Vec<_> = (roads.lines.iter())
            .map(|line| (line.class, line.line.len()))
            .collect();
        assert_eq!(shown, [(Motorway, 2), (Residential, 2)]);
        assert_eq!((roads.left_out, roads.of), (1, 5));
    }

    /// At 10 m a pixel a square is 320 m wide and has room for 102.4 pixels of lane: three lanes
    /// across it are 96, a fourth fills it. One of 640 m finds room where half of it lies in the next
    /// square, and one of 560 m does not. Main roads fill it with 153.6 pixels: four of 31.9 are 127.6,
    /// and the fifth is the last.
    #[test]
    fn where_a_square_is_full_a_lane_is_left_out_unless_half_of_it_lies_elsewhere() {
        let mut inked = Inked::new(10.0);
        let across = |metres: f64| LineString::from(vec![[0.5, 100.0], [metres - 0.5, 100.0]]);
        let admitted = [320.0; 5].map(|metres| inked.admits(Importance::Minor, &across(metres)));
        assert_eq!(admitted, [true, true, true, true, false]);
        assert!(inked.admits(Importance::Minor, &across(641.0)));
        assert!(!inked.admits(Importance::Minor, &across(560.0)));
        let main = [320.0; 8].map(|metres| inked.admits(Importance::Main, &across(metres)));
        assert_eq!(main.iter().filter(|admitted| **admitted).count(), 5);
    }

    /// Twenty lanes of 2 km, 50 to 1950 m north. Each row of squares has room for four.
    ///
    /// ```text
    /// a pixel    row of squares    lanes in the rows       shown    points
    ///  10   m      320   m          3 3 4 3 3 3 1           20        40
    ///  14.1 m      453   m          4 5 4 5 2               18        36
    ///  20   m      640   m          6 7 6 1                 13        26
    ///  28.3 m      905   m          9 9 2                   10        20
    /// ```
    #[test]
    fn a_map_is_made_coarser_until_it_has_few_enough_points() {
        let network = lanes(20, 2000.0);
        let shown = |most| {
            let roads = generaliser(&network).at(10.0, most);
            assert_eq!(roads.lines.len() + roads.left_out, roads.of);
            roads.lines.len()
        };
        assert_eq!(shown(40), 20);
        assert_eq!(shown(39), 18);
        assert_eq!(shown(35), 13);
        assert_eq!(shown(20), 10);
    }
}
