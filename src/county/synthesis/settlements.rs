//! Where the villages stand, of which only the names are known.

use std::collections::HashMap;

use rstar::RTree;

use crate::geography::{LonLat, Plane};

use super::draw::{Draws, Purpose};
use super::error::SynthesisError;
use super::sources::{Sources, VillageName};
use super::spacing::{Spaced, squared};

/// The box around the county, in degrees, and its area in square metres.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// South-western corner.
    pub low: LonLat,
    /// North-eastern corner.
    pub high: LonLat,
}

impl Extent {
    /// The box around the outline.
    pub fn of(sources: &Sources) -> Self {
        let points = sources
            .outline
            .iter()
            .flat_map(|polygon| polygon.exterior());
        let mut extent = Self {
            low: LonLat {
                lon: f64::INFINITY,
                lat: f64::INFINITY,
            },
            high: LonLat {
                lon: f64::NEG_INFINITY,
                lat: f64::NEG_INFINITY,
            },
        };
        for point in points {
            extent.low.lon = extent.low.lon.min(point.x);
            extent.low.lat = extent.low.lat.min(point.y);
            extent.high.lon = extent.high.lon.max(point.x);
            extent.high.lat = extent.high.lat.max(point.y);
        }
        extent
    }

    /// A position in the box, every one equally likely, as the tables will have it: what is
    /// checked here is what will be read there.
    fn draw(&self, draws: &mut Draws) -> LonLat {
        LonLat {
            lon: draws.between(self.low.lon, self.high.lon),
            lat: draws.between(self.low.lat, self.high.lat),
        }
        .as_written()
    }
}

/// One half at the distance `scale`, one at none: a density without `exp`, so that its value is
/// the same on every machine.
fn nearness(squared_distance: f64, scale: f64) -> f64 {
    1.0 / (1.0 + squared_distance / (scale * scale))
}

/// A position for every village, in the order of the table.
///
/// A village lies in the cell of its town (nearer to this seat than to any other), in the county,
/// away from the villages before it, and the likelier near the seat, near the known market place of
/// a former town, and near `junctions` of ordinary roads. An urban community is drawn to the seat
/// alone; but that of a former town stands at its market place: where that is known, or else where a
/// village might stand, away from every seat.
///
/// # Errors
/// When a village finds no room.
pub fn placed(
    sources: &Sources,
    plane: &Plane,
    junctions: &[[f64; 2]],
) -> Result<Vec<LonLat>, SynthesisError> {
    let figures = &sources.parameters.villages;
    let extent = Extent::of(sources);
    let junctions = RTree::bulk_load(junctions.to_vec());
    let seats: Vec<[f64; 2]> = (sources.towns.iter())
        .map(|town| plane.project(town.seat))
        .collect();
    let mut taken = Spaced::new(figures.spacing.0);
    let market_places: HashMap<usize, Option<LonLat>> = (sources.former_towns.iter())
        .map(|former| (former.community, former.position))
        .collect();
    for known in sources
        .former_towns
        .iter()
        .filter_map(|former| former.position)
    {
        // What is known stands, however near it is; what is drawn keeps away from it.
        taken.insert(plane.project(known));
    }
    let density = |index: usize, village: &VillageName, point: [f64; 2]| {
        let from_seat = squared(seats[village.town], point);
        let is_market_place = market_places.contains_key(&index);
        if village.is_community() && !is_market_place {
            // Squared: hardly any beyond the built-up seat.
            let near = nearness(from_seat, figures.community_scale.0);
            return near * near;
        }
        let to_road = junctions
            .nearest_neighbor(&point)
            .map_or(f64::INFINITY, |junction| squared(*junction, point));
        let by_road =
            figures.open_share + figures.road_share * nearness(to_road, figures.road_scale.0);
        if is_market_place {
            let least = figures.market_place_distance.0;
            let is_apart = from_seat >= least * least;
            return if is_apart { by_road } else { 0.0 };
        }
        let former = sources.former_towns.iter();
        let centre = former
            .filter(|former| former.town == village.town)
            .filter_map(|former| former.position)
            .map(|market_place| {
                let distance = squared(plane.project(market_place), point);
                nearness(distance, figures.former_town_scale.0)
            })
            .fold(nearness(from_seat, figures.seat_scale.0), f64::max);
        by_road + figures.seat_share * centre
    };
    (sources.villages.iter())
        .enumerate()
        .map(|(index, village)| {
            if let Some(Some(known)) = market_places.get(&index) {
                return Ok(known.as_written());
            }
            let mut draws = Draws::new(sources.parameters.seed, Purpose::Village, index as u64);
            (0..figures.most_draws)
                .find_map(|_| {
                    let position = extent.draw(&mut draws);
                    let lot = draws.share();
                    let point = plane.project(position);
                    let fits = nearest(&seats, point) == Some(village.town)
                        && lot < density(index, village, point)
                        && sources.is_inside(position)
                        && taken.insert(point);
                    fits.then_some(position)
                })
                .ok_or_else(|| SynthesisError::NoRoom {
                    village: village.name.clone(),
                    town: sources.towns[village.town].name.clone(),
                })
        })
        .collect()
}

/// The seat nearest to a point; of two at the same distance the earlier.
pub fn nearest(seats: &[[f64; 2]], point: [f64; 2]) -> Option<usize> {
    (0..seats.len()).min_by(|a, b| squared(seats[*a], point).total_cmp(&squared(seats[*b], point)))
}

/// Positions of `count` further junctions, evenly over the county, in rows from south to north so
/// that neighbours have near numbers.
///
/// The least distance between two is `spacing_share` of the side of the square of land that each
/// would have: 28 m for a million junctions in this county.
pub fn further_junctions(sources: &Sources, plane: &Plane, count: usize) -> Vec<LonLat> {
    if count == 0 {
        return Vec::new();
    }
    let extent = Extent::of(sources);
    let side = (area(sources, plane) / count as f64).sqrt();
    let mut taken = Spaced::new(sources.parameters.junctions.spacing_share * side);
    if sources.parameters.junctions.spacing_share == 0.0 {
        taken = Spaced::new(f64::MIN_POSITIVE);
    }
    let mut draws = Draws::new(sources.parameters.seed, Purpose::Junction, count as u64);
    let mut positions = Vec::with_capacity(count);
    while positions.len() < count {
        let position = extent.draw(&mut draws);
        if sources.is_inside(position) && taken.insert(plane.project(position)) {
            positions.push(position);
        }
    }
    let rows = Spaced::new(4.0 * side);
    positions.sort_by_key(|position| {
        let [column, row] = rows.cell(plane.project(*position));
        // Back and forth, so that the end of a row is near the start of the next.
        (row, if row % 2 == 0 { column } else { -column })
    });
    positions
}

/// The area of the outline in square metres, holes left in.
fn area(sources: &Sources, plane: &Plane) -> f64 {
    let ring_area = |ring: &geo::LineString| {
        ring.lines()
            .map(|line| {
                let at = |point: geo::Coord| {
                    plane.project(LonLat {
                        lon: point.x,
                        lat: point.y,
                    })
                };
                let ([ax, ay], [bx, by]) = (at(line.start), at(line.end));
                (ax * by - bx * ay) / 2.0
            })
            .sum::<f64>()
            .abs()
    };
    (sources.outline.iter())
        .map(|polygon| ring_area(polygon.exterior()))
        .sum()
}
