//! Lengths, speeds and ids of the network, and known travel times, that hardly can be.

use super::catalogue::range;
use super::finding::{Doubt, Finding};
use super::tables::{ScenarioTables, of_row, of_table, rewritten_ids};
use crate::files::Source;
use crate::geography::length_along;
use crate::roads::class::RoadClass;
use crate::roads::road::Road;
use crate::scenario::Scenario;
use crate::units::Metres;

pub(super) fn doubts(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let links = tables.network.join("link.csv");
    let mut doubts = ids(scenario, tables, &links);
    doubts.extend(long_links(scenario, &links));
    doubts.extend(posted_speed(scenario, &links));
    doubts.extend(known_times(scenario, tables));
    doubts
}

fn ids(scenario: &Scenario, tables: &ScenarioTables, links: &Source) -> Vec<Doubt> {
    let roads = &scenario.network.roads;
    let nodes = tables.network.join("node.csv");
    let of_nodes = roads.junctions().map(|node| &*node.id);
    let of_nodes = rewritten_ids(&[nodes], "node_id", of_nodes);
    let of_links = roads.roads().iter().map(|road| &*road.id);
    let of_links = rewritten_ids(std::slice::from_ref(links), "link_id", of_links);
    of_nodes.into_iter().chain(of_links).collect()
}

/// Links without a line of their own may wind as they like.
fn long_links(scenario: &Scenario, table: &Source) -> Option<Doubt> {
    let most = range("length.line").most;
    let roads = &scenario.network.roads;
    let mut with_line = 0;
    let mut worst: Option<(f64, &Road, Metres)> = None;
    let mut rows = 0;
    for road in roads.roads().iter().filter(|road| !road.shape.is_empty()) {
        with_line += 1;
        let ends = [road.from, road.to].map(|end| roads.junction(end).position);
        // The line is no shorter than what is between its ends.
        if road.length.0 <= ends[0].distance(ends[1]).0 * most {
            continue;
        }
        let line = length_along(&roads.line(road));
        // Lines are drawn to 0.1 m.
        if road.length.0 <= line.0 * most + 1.0 {
            continue;
        }
        rows += 1;
        let ratio = road.length.0 / line.0;
        if worst.is_none_or(|(known, ..)| ratio > known) {
            worst = Some((ratio, road, line));
        }
    }
    let (_, road, line) = worst?;
    let finding = Finding::LongLinks {
        id: road.id.clone(),
        length: road.length,
        line,
        rows,
        of: with_line,
    };
    let table = std::slice::from_ref(table);
    Some(of_row(table, &[("link_id", &road.id)], finding))
}

fn posted_speed(scenario: &Scenario, table: &Source) -> Option<Doubt> {
    let least = range("speed.posted").least;
    let is_main = |road: &&Road| {
        let classes = [
            RoadClass::Motorway,
            RoadClass::Trunk,
            RoadClass::Primary,
            RoadClass::Secondary,
        ];
        classes.contains(&road.class)
    };
    let main = scenario.network.roads.roads().iter().filter(is_main);
    let posted = main.filter_map(|road| Some((road.free_speed.forwards?.0, road.length.0)));
    let mut posted: Vec<(f64, f64)> = posted.collect();
    posted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half: f64 = posted.iter().map(|(_, length)| length).sum::<f64>() / 2.0;
    let mut so_far = 0.0;
    let (median, _) = posted.into_iter().find(|(_, length)| {
        so_far += length;
        so_far >= half
    })?;
    (median < least).then(|| of_table(table, Finding::PostedSpeed { median, least }))
}

fn known_times(scenario: &Scenario, tables: &ScenarioTables) -> Option<Doubt> {
    let most = range("speed.known").most;
    let table = tables.travel_times.as_ref()?;
    let mut worst: Option<(f64, String, String)> = None;
    let mut rows = 0;
    for known in &scenario.stations.known_times {
        let station = scenario.stations.station(known.station);
        let point = scenario.county.point(known.point);
        let distance = station.position.distance(point.position);
        // A minute at least: what is next door takes as long as it takes to turn round.
        let hours = known.time.seconds().max(60.0) / 3600.0;
        let speed = distance.0 / 1000.0 / hours;
        if speed <= most {
            continue;
        }
        rows += 1;
        if worst.as_ref().is_none_or(|(known, ..)| speed > *known) {
            worst = Some((speed, station.id.clone(), point.id.clone()));
        }
    }
    let (speed, station, point) = worst?;
    let finding = |rows| Finding::KnownTimeSpeed {
        station: station.clone(),
        point: point.clone(),
        speed,
        most,
        rows,
    };
    let tables = std::slice::from_ref(table);
    let values = |column| [(column, &*station), ("demand", &*point)];
    let found = of_row(tables, &values("station"), finding(rows));
    // `base` is the former name of the column.
    Some(match found.line {
        Some(_) => found,
        None => of_row(tables, &values("base"), finding(rows)),
    })
}
