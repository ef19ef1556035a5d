//! Towns, demand points, stations and hydrants that stand or count where they hardly can.

use super::catalogue::range;
use super::finding::{Doubt, Finding};
use super::tables::{ScenarioTables, of_row, of_table, rewritten_ids};
use crate::county::demand::DemandPoint;
use crate::county::towns::{Town, TownId};
use crate::files::Source;
use crate::geography::{LonLat, centre};
use crate::scenario::Scenario;
use crate::units::Metres;

pub(super) fn doubts(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let mut doubts = spreadsheet_ids(scenario, tables);
    doubts.extend(elsewhere(scenario, tables));
    doubts.extend(far_from_town(scenario, tables));
    doubts.extend(town_residents(scenario, tables));
    doubts
}

/// A kind of thing with its tables, and the id and position of each.
struct Kind<'s> {
    tables: Vec<Source>,
    things: Vec<(&'s str, LonLat)>,
}

fn kinds<'s>(scenario: &'s Scenario, tables: &ScenarioTables) -> Vec<Kind<'s>> {
    let county = &scenario.county;
    let stations = &scenario.stations;
    let optional = |table: &Option<Source>| table.iter().cloned().collect();
    vec![
        Kind {
            tables: vec![tables.towns.clone()],
            things: (county.towns.iter())
                .map(|town| (&*town.id, town.seat))
                .collect(),
        },
        Kind {
            tables: vec![tables.demand.clone()],
            things: (county.demand_points().iter())
                .map(|point| (&*point.id, point.position))
                .collect(),
        },
        Kind {
            tables: vec![tables.stations.clone()],
            things: (stations.existing.iter())
                .map(|station| (&*station.id, station.position))
                .collect(),
        },
        Kind {
            tables: tables.sites.clone(),
            things: (stations.sites.iter())
                .map(|site| (&*site.station.id, site.station.position))
                .collect(),
        },
        Kind {
            tables: optional(&tables.hydrants),
            things: (county.hydrants.iter())
                .map(|hydrant| (&*hydrant.id, hydrant.position))
                .collect(),
        },
        Kind {
            tables: optional(&tables.kept_clear),
            things: (county.clearances.iter())
                .map(|place| (&*place.id, place.position))
                .collect(),
        },
    ]
}

fn spreadsheet_ids(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let doubted = kinds(scenario, tables).into_iter().filter_map(|kind| {
        let ids = kind.things.iter().map(|(id, _)| *id);
        rewritten_ids(&kind.tables, "id", ids)
    });
    doubted.collect()
}

/// How far from the middle of the demand points anything of the county may be.
fn reach(scenario: &Scenario) -> Option<(LonLat, Metres)> {
    let points = || {
        let points = scenario.county.demand_points().iter();
        points.map(|point| point.position)
    };
    // The median, so that one point that is far off does not stretch the county.
    let middle = middle(points())?;
    let mut distances: Vec<f64> = points().map(|point| middle.distance(point).0).collect();
    distances.sort_by(f64::total_cmp);
    // Some rows may be far off: 19 in 20 of the points lie within.
    let extent = distances.get(distances.len() * 19 / 20)?;
    let corners = scenario.county.boundary.corners();
    let outline = centre(corners)?;
    let corners = scenario.county.boundary.corners();
    let radius = corners.map(|corner| outline.distance(corner).0);
    let radius = radius.fold(0.0, f64::max);
    let reach = extent.max(radius) * range("elsewhere.distance").most;
    Some((middle, Metres(reach)))
}

/// The median of degrees east and of degrees north.
fn middle(positions: impl Iterator<Item = LonLat> + Clone) -> Option<LonLat> {
    let median = |degrees: &mut Vec<f64>| {
        degrees.sort_by(f64::total_cmp);
        degrees.get(degrees.len() / 2).copied()
    };
    let mut lon: Vec<f64> = positions.clone().map(|position| position.lon).collect();
    let mut lat: Vec<f64> = positions.map(|position| position.lat).collect();
    Some(LonLat {
        lon: median(&mut lon)?,
        lat: median(&mut lat)?,
    })
}

fn elsewhere(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let Some((middle, reach)) = reach(scenario) else {
        return Vec::new();
    };
    let far = |position: LonLat| middle.distance(position).0 > reach.0;
    let kinds = kinds(scenario, tables);
    let of_kinds = kinds.iter().filter_map(|kind| {
        let things = kind.things.iter().filter(|(_, position)| far(*position));
        let wrong: Vec<_> = things.collect();
        let (id, position) = wrong.first()?;
        let finding = Finding::Elsewhere {
            id: (*id).to_owned(),
            distance: middle.distance(*position),
            rows: wrong.len(),
        };
        Some(of_row(&kind.tables, &[("id", id)], finding))
    });
    let neighbours = scenario.stations.neighbours.iter().enumerate();
    let neighbours = neighbours.filter(|(_, neighbour)| far(neighbour.station.position));
    let of_neighbours = neighbours.map(|(number, neighbour)| Doubt {
        file: (scenario.about.origins)
            .file_of(&format!("mutual_aid[{number}].lon"))
            .to_owned(),
        line: None,
        finding: Finding::Elsewhere {
            id: neighbour.station.id.clone(),
            distance: middle.distance(neighbour.station.position),
            rows: 1,
        },
    });
    of_kinds.chain(of_neighbours).collect()
}

/// When so many of the demand points lie outside that the boundary is of something else.
pub(in crate::scenario) fn boundary_elsewhere(
    outside: usize,
    of: usize,
    tables: &ScenarioTables,
) -> Option<Doubt> {
    let most = of as f64 * range("elsewhere.boundary").most;
    let finding = Finding::BoundaryElsewhere { outside, of };
    (outside as f64 > most).then(|| of_table(&tables.boundary, finding))
}

/// Towns of three points or fewer have no usual distance.
fn far_from_town(scenario: &Scenario, tables: &ScenarioTables) -> Option<Doubt> {
    let county = &scenario.county;
    let (far, ratio) = (range("village.distance").most, range("village.ratio").most);
    let mut worst: Option<(f64, f64, &DemandPoint, &Town)> = None;
    let mut rows = 0;
    for (number, town) in county.towns.iter().enumerate() {
        let of_town = county.demand_points().iter();
        let of_town: Vec<_> = of_town
            .filter(|point| point.town == TownId::at(number))
            .collect();
        let Some(middle) = middle(of_town.iter().map(|point| point.position)) else {
            continue;
        };
        let distance = |position: LonLat| middle.distance(position).0;
        let mut distances: Vec<f64> = of_town.iter().map(|p| distance(p.position)).collect();
        distances.sort_by(f64::total_cmp);
        if distances.len() < 4 {
            continue;
        }
        let usual = distances[distances.len() / 2];
        for point in of_town {
            let distance = distance(point.position);
            if distance <= far || distance <= usual * ratio {
                continue;
            }
            rows += 1;
            if worst.as_ref().is_none_or(|(known, ..)| distance > *known) {
                worst = Some((distance, usual, point, town));
            }
        }
    }
    let (distance, usual, point, town) = worst?;
    let finding = Finding::FarFromTown {
        id: point.id.clone(),
        name: point.name.clone(),
        town: town.name.clone(),
        distance: Metres(distance),
        usual: Metres(usual),
        rows,
    };
    let table = std::slice::from_ref(&tables.demand);
    Some(of_row(table, &[("id", &point.id)], finding))
}

fn town_residents(scenario: &Scenario, tables: &ScenarioTables) -> Option<Doubt> {
    let county = &scenario.county;
    let most = range("town.residents").most;
    let mut of_points = vec![0.0; county.towns.len()];
    for point in county.demand_points() {
        of_points[point.town.index()] += point.residents;
    }
    let differing = county.towns.iter().zip(of_points);
    let differing = differing.map(|(town, of_points)| {
        let difference = (town.residents - of_points).abs();
        (difference, town, of_points)
    });
    let differing = differing.filter(|(difference, town, of_points)| {
        *difference > town.residents.max(*of_points) * most
    });
    let differing: Vec<_> = differing.collect();
    let (_, town, of_points) = differing.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let finding = Finding::TownResidents {
        town: town.name.clone(),
        stated: town.residents,
        of_points: *of_points,
        rows: differing.len(),
    };
    let table = std::slice::from_ref(&tables.towns);
    Some(of_row(table, &[("id", &town.id)], finding))
}
