//! Where the people of each settlement live: in its buildings; where too few are drawn, on its residential land;
//! where there is none, along its streets; and where nothing is known, at its centre.

use rayon::prelude::*;

use crate::geography::{LonLat, Plane};
use crate::roads::graph::RoadGraph;
use crate::roads::osm::area::Area;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::footprints::{Building, Buildings, NoHome};
use crate::roads::osm::landuse::Land;
use crate::roads::osm::people::belonging::Belonging;

/// Where some of a settlement's people live.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Home {
    pub(super) position: LonLat,
    /// How many of them, against the others.
    pub(super) weight: u64,
}

/// What shows where a settlement's people live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whereabouts {
    Buildings,
    ResidentialLand,
    Streets,
    Centre,
}

/// Leaves the buildings in which people of the county live.
pub(super) fn lived_in(buildings: Buildings, land: &Land, outline: Option<&Area>) -> Buildings {
    let Buildings { all, mut counts } = buildings;
    let kept: Vec<Result<Building, NoHome>> = all
        .into_par_iter()
        .map(|building| {
            if outline.is_some_and(|outline| !outline.holds(building.middle)) {
                return Err(NoHome::Outside);
            }
            match building.is_any && !land.work.holding(building.middle).is_empty() {
                true => Err(NoHome::LandOfWork),
                false => Ok(building),
            }
        })
        .collect();
    let mut all = Vec::with_capacity(kept.len());
    for building in kept {
        match building {
            Ok(building) => all.push(building),
            Err(reason) => counts.leave_out(reason, 1),
        }
    }
    Buildings { all, counts }
}

/// The buildings of each of `count` settlements as homes.
pub(super) fn buildings(
    buildings: &[Building],
    belonging: &Belonging<'_>,
    count: usize,
) -> Vec<Vec<Home>> {
    let homes = buildings.par_iter().map(|building| {
        let weight = u64::from(building.floor);
        let position = building.middle;
        Some((
            belonging.settlement_at(position)?,
            Home { position, weight },
        ))
    });
    let homes: Vec<_> = homes.collect();
    let mut of: Vec<Vec<Home>> = vec![Vec::new(); count];
    for (settlement, home) in homes.into_iter().flatten() {
        of[settlement].push(home);
    }
    of
}

/// The streets of each of `count` settlements as homes, as far as they lie in `outline` and near it.
pub(super) fn streets(
    roads: &RoadGraph,
    belonging: &Belonging<'_>,
    outline: Option<&Area>,
    count: usize,
) -> Vec<Vec<Home>> {
    let farthest = ASSUMED.streets.times_reach;
    by_settlement(along_streets(roads), belonging, outline, farthest, count)
}

/// Homes by the settlement to which they belong and from which they are no farther than so many times its reach.
fn by_settlement(
    homes: Vec<Home>,
    belonging: &Belonging<'_>,
    outline: Option<&Area>,
    farthest: f64,
    count: usize,
) -> Vec<Vec<Home>> {
    let found: Vec<Option<(usize, Home)>> = homes
        .into_par_iter()
        .map(|home| {
            if outline.is_some_and(|outline| !outline.holds(home.position)) {
                return None;
            }
            let settlement = belonging.settlement_at(home.position)?;
            let is_near = belonging.share_of_reach(home.position, settlement) <= farthest;
            is_near.then_some((settlement, home))
        })
        .collect();
    let mut of: Vec<Vec<Home>> = vec![Vec::new(); count];
    for (settlement, home) in found.into_iter().flatten() {
        of[settlement].push(home);
    }
    of
}

/// Puts homes on residential land, or along `streets`, for the settlements of which `homes` do not say where people
/// live, as far as they lie in `outline`.
pub(super) fn otherwise(
    homes: &mut [Vec<Home>],
    is_drawn: &[bool],
    belonging: &Belonging<'_>,
    land: &Land,
    streets: Vec<Vec<Home>>,
    outline: Option<&Area>,
) -> Vec<Whereabouts> {
    let mut whereabouts: Vec<Whereabouts> = is_drawn
        .iter()
        .map(|is_drawn| match is_drawn {
            true => Whereabouts::Buildings,
            false => Whereabouts::Centre,
        })
        .collect();
    let on_land: Vec<Home> = land.homes.par_iter().flat_map_iter(on_land).collect();
    let on_land = by_settlement(on_land, belonging, outline, f64::INFINITY, homes.len());
    let instead = [
        (Whereabouts::ResidentialLand, on_land),
        (Whereabouts::Streets, streets),
    ];
    for (kind, of) in instead {
        for (settlement, of) in of.into_iter().enumerate() {
            if whereabouts[settlement] == Whereabouts::Centre && !of.is_empty() {
                whereabouts[settlement] = kind;
                homes[settlement] = of;
            }
        }
    }
    for (settlement, whereabouts) in whereabouts.iter_mut().enumerate() {
        // Better a few buildings than none.
        if *whereabouts == Whereabouts::Centre && !homes[settlement].is_empty() {
            *whereabouts = Whereabouts::Buildings;
        }
    }
    whereabouts
}

/// People all over an area, as many on each square metre.
fn on_land(area: &Area) -> Vec<Home> {
    let Some([[west, south], [east, north]]) = area.corners() else {
        return Vec::new();
    };
    let plane = Plane::around(LonLat {
        lon: west,
        lat: south,
    });
    let [width, height] = plane.project(LonLat {
        lon: east,
        lat: north,
    });
    let apart = (width * height / ASSUMED.land.most_points)
        .sqrt()
        .max(ASSUMED.land.apart.0);
    // In the middle of their cells, so that an area smaller than one has its point in it, or none.
    let steps = |length: f64| (length / apart).ceil().max(1.0) as u32;
    let (columns, rows) = (steps(width), steps(height));
    let middle =
        |index: u32, of: u32, length: f64| (f64::from(index) + 0.5) * length / f64::from(of);
    let grid = (0..rows).flat_map(|row| {
        (0..columns).map(move |column| [middle(column, columns, width), middle(row, rows, height)])
    });
    let held: Vec<LonLat> = grid
        .map(|point| plane.unproject(point))
        .filter(|position| area.holds(*position))
        .collect();
    let each = area.square_metres() / held.len().max(1) as f64;
    let weight = each.round() as u64;
    let home = |position| Home { position, weight };
    held.into_iter().map(home).collect()
}

/// People along the streets on which they live, as many on each metre.
fn along_streets(roads: &RoadGraph) -> Vec<Home> {
    let classes = &ASSUMED.streets.classes;
    let streets = roads.roads().iter();
    let streets = streets.filter(|road| classes.contains(&road.class));
    let homes = streets.flat_map(|road| {
        let line = roads.line(road);
        let pieces: Vec<Home> = line
            .array_windows()
            .flat_map(|[a, b]| along(*a, *b))
            .collect();
        pieces
    });
    homes.collect()
}

fn along(a: LonLat, b: LonLat) -> impl Iterator<Item = Home> {
    let length = a.distance(b).0;
    let parts = (length / ASSUMED.streets.stretch.0).ceil().max(1.0) as u32;
    let weight = (10.0 * length / f64::from(parts)).round() as u64;
    (0..parts).map(move |part| {
        let share = (f64::from(part) + 0.5) / f64::from(parts);
        let position = LonLat {
            lon: a.lon + share * (b.lon - a.lon),
            lat: a.lat + share * (b.lat - a.lat),
        };
        Home { position, weight }
    })
}
