//! The events of one replication as CSV or as JSON lines.

use jiff::civil::Date;
use serde::Serialize;

use crate::expected::engines::FleetStation;
use crate::format::json;
use crate::report::formats;
use crate::report::model::Quantity::{Count, Word};
use crate::report::model::{Column, Filling};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::simulation::time::SimulatedTime;
use crate::simulation::trace::{Event, Trace};

/// One line of the log.
#[derive(Debug, Serialize)]
struct Line<'s> {
    time: String,
    event: &'static str,
    incident: Option<u32>,
    #[serde(rename = "type")]
    incident_type: Option<&'s str>,
    /// The demand point of the incident, or the station that an engine goes to.
    location: &'s str,
    engines_needed: Option<u16>,
    station: Option<&'s str>,
    engine: Option<u16>,
}

/// The day and time of day, to the second.
pub fn clock_time(start: Date, time: SimulatedTime) -> String {
    let seconds = i64::try_from(time.0 / 1000).unwrap_or(i64::MAX);
    let time = start
        .at(0, 0, 0, 0)
        .checked_add(jiff::SignedDuration::from_secs(seconds));
    time.map_or_else(
        |_| "–".to_owned(),
        |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

fn lines<'s>(
    scenario: &'s Scenario,
    alternative: &Alternative,
    trace: &Trace,
) -> impl Iterator<Item = Line<'s>> {
    let stations = scenario.stations.fleet(alternative);
    let mut incidents: Vec<_> = trace
        .answered
        .iter()
        .map(|(incident, _)| *incident)
        .collect();
    incidents.sort_unstable_by_key(|incident| incident.number);
    trace
        .events()
        .into_iter()
        .map(move |(time, number, event)| {
            let incident = number.map(|number| incidents[number as usize]);
            let engine = event.engine();
            let county = &scenario.county;
            let id_of = |station: FleetStation| {
                &scenario.stations.station(stations[station.index()]).id[..]
            };
            let point = incident.map(|incident| &county.point(incident.point).id[..]);
            let goes_to = match event {
                Event::Relocated(_, to) => Some(id_of(to)),
                _ => None,
            };
            Line {
                time: clock_time(scenario.incidents.horizon.start, time),
                event: event.name(),
                incident: number,
                incident_type: incident
                    .map(|incident| &county.incident_types[incident.incident_type.index()].id[..]),
                location: point.or(goes_to).unwrap_or_default(),
                engines_needed: incident.map(|incident| incident.engines),
                station: engine.map(|engine| id_of(engine.station)),
                engine: engine.map(|engine| engine.number + 1),
            }
        })
}

/// As JSON lines, one event a line.
///
/// # Errors
/// When a line cannot be written, which memory does not refuse.
pub fn json_lines(
    scenario: &Scenario,
    alternative: &Alternative,
    trace: &Trace,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::new();
    for line in lines(scenario, alternative, trace) {
        text.extend(json(&line)?.into_bytes());
        text.push(b'\n');
    }
    Ok(text)
}

/// As a table for Excel.
pub fn csv(scenario: &Scenario, alternative: &Alternative, trace: &Trace) -> Vec<u8> {
    let mut table = Filling::of(lines(scenario, alternative, trace));
    table.column(Column::new("time", Word), |line| line.time.clone());
    table.column(Column::new("event", Word), |line| line.event);
    table.column(Column::new("incident", Count), |line| line.incident);
    table.column(Column::new("type", Word), |line| line.incident_type);
    table.column(Column::new("location", Word), |line| line.location);
    table.column(Column::new("engines_needed", Count), |line| {
        line.engines_needed
    });
    table.column(Column::new("station", Word), |line| line.station);
    table.column(Column::new("engine", Count), |line| line.engine);
    formats::csv::csv(&table.table())
}
