//! Prices, stages, speeds and densities that hardly can be.

use super::catalogue::{self, Range, range};
use super::finding::{Doubt, Finding};
use super::tables::{ScenarioTables, of_row, of_table};
use crate::scenario::Scenario;
use crate::units::Millis;

pub(super) fn doubts(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let mut doubts = prices(scenario, tables);
    doubts.extend(stages(scenario));
    doubts.extend(on_scene(scenario, tables));
    doubts.extend(densities(scenario, tables));
    doubts.extend(speeds(scenario));
    doubts
}

/// A price of nothing is meant: land that is allotted.
fn prices(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let (Some(prices), Some(table)) = (&scenario.rules.prices, &tables.prices) else {
        return Vec::new();
    };
    let doubted = prices.items().filter_map(|(item, price)| {
        // Its reader has the limits of the other.
        let (key, unit) = item.key_and_unit();
        let check = format!("price.{key}");
        let plausible = catalogue::find(&check)?;
        let value = price.value;
        if value == 0.0 || plausible.holds(value) {
            return None;
        }
        let finding = Finding::Price {
            item: key,
            unit,
            value,
            least: plausible.least,
            most: plausible.most,
            in_wan: plausible.holds(value * 10_000.0),
        };
        let table = std::slice::from_ref(table);
        Some(of_row(table, &[("item", key)], finding))
    });
    doubted.collect()
}

fn minutes(time: Millis) -> f64 {
    time.seconds() / 60.0
}

fn stages(scenario: &Scenario) -> Vec<Doubt> {
    let Range { most, .. } = range("stage.response");
    let stages = &scenario.rules.stages;
    let water = stages.water.as_ref();
    let known = [
        ("stages.call_handling", Some(&stages.call_handling)),
        ("stages.turnout", Some(&stages.turnout)),
        (
            "stages.turnout_part_time",
            stages.turnout_part_time.as_ref(),
        ),
        (
            "stages.turnout_volunteer",
            stages.turnout_volunteer.as_ref(),
        ),
        (
            "stages.water.with_hydrant",
            water.map(|water| &water.with_hydrant),
        ),
        (
            "stages.water.without_hydrant",
            water.map(|water| &water.without_hydrant),
        ),
    ];
    let known = known.into_iter().filter_map(|(key, stage)| {
        let mean = stage?.mean;
        Some((key.to_owned(), mean))
    });
    let neighbours = scenario.stations.neighbours.iter().enumerate();
    let delays = neighbours.map(|(number, neighbour)| {
        let key = format!("mutual_aid[{number}].delay");
        (key, neighbour.delay)
    });
    let long = known
        .chain(delays)
        .filter(|(_, mean)| minutes(*mean) > most);
    long.map(|(key, mean)| Doubt {
        file: scenario.about.origins.file_of(&key).to_owned(),
        line: None,
        finding: Finding::LongStage {
            minutes: minutes(mean),
            key,
            most,
        },
    })
    .collect()
}

fn on_scene(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let most = range("stage.on_scene").most / 60.0;
    let types = scenario.county.incident_types.iter();
    let long = types.filter_map(|incident_type| {
        let severities = incident_type.severities.iter();
        let mean: f64 = severities
            .map(|severity| severity.share * severity.on_scene.mean())
            .sum();
        let hours = mean / 3600.0;
        let id = incident_type.id.clone();
        let table = std::slice::from_ref(&tables.incident_types);
        (hours > most).then(|| {
            let finding = Finding::LongOnScene {
                id: id.clone(),
                hours,
                most,
            };
            of_row(table, &[("id", &id)], finding)
        })
    });
    long.collect()
}

fn densities(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let county = &scenario.county;
    let points = county.demand_points();
    let residents: f64 = points.iter().map(|point| point.residents).sum();
    let calls: f64 = points.iter().map(|point| point.incidents_a_year()).sum();
    let mut doubts = Vec::new();
    if residents <= 0.0 {
        return doubts;
    }
    let per_km2 = residents / county.boundary.area_km2();
    let Range { least, most } = range("density.residents");
    if !range("density.residents").holds(per_km2) {
        let finding = Finding::ResidentsPerArea {
            per_km2,
            least,
            most,
        };
        doubts.push(of_table(&tables.boundary, finding));
    }
    let each = residents / county.towns.len() as f64;
    let Range { least, .. } = range("density.town");
    if each < least {
        doubts.push(of_table(
            &tables.demand,
            Finding::ResidentsPerTown { each, least },
        ));
    }
    let per_10_000 = calls / residents * 10_000.0;
    let Range { least, most } = range("density.calls");
    // A replay draws none of them.
    if !scenario.incidents.is_replay && !range("density.calls").holds(per_10_000) {
        let finding = Finding::CallsPerResidents {
            per_10_000,
            least,
            most,
        };
        doubts.push(of_table(&tables.incident_types, finding));
    }
    doubts
}

fn speeds(scenario: &Scenario) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let Range { least, most } = range("speed.access");
    let speed = scenario.network.pace.driven.0;
    if !(least..=most).contains(&speed) {
        let file = scenario.about.origins.file_of("roads.access_speed");
        doubts.push(Doubt {
            file: file.to_owned(),
            line: None,
            finding: Finding::AccessSpeed { speed, least, most },
        });
    }
    let lanes = scenario.network.lanes.speed.0;
    if !(least..=most).contains(&lanes) {
        let key = "roads.lanes.speed";
        doubts.push(Doubt {
            file: scenario.about.origins.file_of(key).to_owned(),
            line: None,
            finding: Finding::ProfileSpeed {
                key: key.to_owned(),
                speed: lanes,
                least,
                most,
            },
        });
    }
    let plausible = range("speed.profile");
    for driven in scenario.network.profiles.iter() {
        let keys = &driven.profile.keys;
        let classes = keys.class.iter();
        let classes = classes.map(|(class, key)| (format!("class.{class}"), Some(key.speed)));
        let surfaces = keys.surface.iter();
        let surfaces = surfaces.map(|(surface, key)| (format!("surface.{surface}"), key.speed));
        let states = keys.smoothness.iter();
        let states = states.map(|(state, key)| (format!("smoothness.{state}"), key.speed));
        let against = keys.exemption.against_one_way.iter();
        let against = against.map(|key| ("exemption.against_one_way".to_owned(), Some(key.speed)));
        let speeds = classes.chain(surfaces).chain(states).chain(against);
        let speeds = speeds.filter_map(|(key, speed)| Some((key, speed?.0)));
        let doubted = speeds.filter(|(_, speed)| !plausible.holds(*speed));
        doubts.extend(doubted.map(|(key, speed)| Doubt {
            file: driven.profile.file.clone(),
            line: None,
            finding: Finding::ProfileSpeed {
                key,
                speed,
                least: plausible.least,
                most: plausible.most,
            },
        }));
    }
    doubts
}
