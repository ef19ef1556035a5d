//! The events of one replication as CSV or as JSON lines.

use jiff::civil::Date;
use serde::Serialize;

use crate::report::csv_tables;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::simulation::history::Moment;
use crate::simulation::trace::Trace;

/// One line of the log.
#[derive(Debug, Serialize)]
struct Line<'s> {
    time: String,
    event: &'static str,
    incident: u32,
    #[serde(rename = "type")]
    kind: &'s str,
    place: &'s str,
    engines_needed: u16,
    station: Option<&'s str>,
    engine: Option<u16>,
}

/// The day and time of a moment, to the second.
#[must_use]
pub fn clock_time(start: Date, moment: Moment) -> String {
    let seconds = i64::try_from(moment.0 / 1000).unwrap_or(i64::MAX);
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
    let stations = scenario.fleet_of(alternative);
    let mut incidents: Vec<_> = trace
        .answered
        .iter()
        .map(|(incident, _)| *incident)
        .collect();
    incidents.sort_unstable_by_key(|incident| incident.number);
    trace
        .events()
        .into_iter()
        .map(move |(moment, number, event)| {
            let incident = incidents[number as usize];
            let engine = event.engine();
            Line {
                time: clock_time(scenario.horizon.start, moment),
                event: event.name(),
                incident: number,
                kind: &scenario.county.incident_types[usize::from(incident.kind)].id,
                place: &scenario.county.demand[incident.place.index()].id,
                engines_needed: incident.engines,
                station: engine.map(|engine| {
                    scenario
                        .base(stations[usize::from(engine.station)])
                        .id
                        .as_str()
                }),
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
        serde_json::to_writer(&mut text, &line)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// As a table for Excel.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn csv(
    scenario: &Scenario,
    alternative: &Alternative,
    trace: &Trace,
) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "time",
        "event",
        "incident",
        "type",
        "place",
        "engines_needed",
        "station",
        "engine",
    ];
    csv_tables::write(header.map(str::to_owned).to_vec(), |writer| {
        for line in lines(scenario, alternative, trace) {
            writer.write_record(&[
                line.time,
                line.event.to_owned(),
                line.incident.to_string(),
                csv_tables::spreadsheet_text(line.kind),
                csv_tables::spreadsheet_text(line.place),
                line.engines_needed.to_string(),
                csv_tables::spreadsheet_text(line.station.unwrap_or_default()),
                line.engine
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
            ])?;
        }
        Ok(())
    })
}
