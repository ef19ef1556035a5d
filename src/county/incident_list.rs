//! Incidents that are listed one by one: a year as it was, or the calls of a day that is feared.

use jiff::civil::{Date, DateTime};

use crate::county::County;
use crate::county::demand::DemandPointId;
use crate::county::incident_types::{self, IncidentTypeId};
use crate::files::Source;
use crate::table::{Row, Table, TableError};

/// An incident of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedIncident {
    /// When the call is received, in milliseconds from the first midnight of the horizon.
    pub received: u64,
    /// Where it is.
    pub point: DemandPointId,
    pub incident_type: IncidentTypeId,
    /// How many engines it needs; drawn as for its type where the list does not say.
    pub engines: Option<u16>,
}

/// The most engines of a listed incident.
const MAX_ENGINES: u16 = 100;

/// Reads a list: `time,type` and `demand_point` or `lon,lat`, and `engines` where it is known; by time.
/// Positions go to the nearest demand point.
///
/// # Errors
/// When a row cannot be used, a time is outside the horizon or before that of the row above, a
/// position is outside the county, or a demand point or type is not known.
pub fn read(
    source: &Source,
    county: &County,
    start: Date,
    days: u32,
) -> Result<Vec<ListedIncident>, TableError> {
    let table = Table::read(source)?;
    table.require_columns(&["time", "type"])?;
    let of_point = table.renamed("demand_point", "place")?;
    let of_point = table.has_column(of_point).then_some(of_point);
    if of_point.is_none() {
        table.require_columns(&["lon", "lat"])?;
    }
    table.require_rows("each row is an incident: time, demand_point or lon and lat, type")?;
    let mut list: Vec<ListedIncident> = Vec::new();
    for row in table.rows() {
        let incident = ListedIncident {
            received: received(&row, start, days)?,
            point: point(&row, county, of_point)?,
            incident_type: incident_type(&row, county)?,
            engines: engines(&row)?,
        };
        if list
            .last()
            .is_some_and(|last| incident.received < last.received)
        {
            return Err(row.bad_value(
                "time",
                "a time not before that of the row above; sort the list",
            ));
        }
        list.push(incident);
    }
    Ok(list)
}

fn received(row: &Row<'_>, start: Date, days: u32) -> Result<u64, TableError> {
    let first = start.at(0, 0, 0, 0);
    let expected = format!("a time such as `{start} 14:30`, within {days} days from {start}");
    let text = row.text("time")?;
    let time = DateTime::strptime("%Y-%m-%d %H:%M:%S", text)
        .or_else(|_| DateTime::strptime("%Y-%m-%d %H:%M", text))
        .map_err(|_| row.bad_value("time", &expected))?;
    let since = time.duration_since(first).as_millis();
    u64::try_from(since)
        .ok()
        .filter(|since| *since < u64::from(days) * 86_400_000)
        .ok_or_else(|| row.bad_value("time", &expected))
}

/// The demand point of a row, by the column of its id or else by its position.
fn point(
    row: &Row<'_>,
    county: &County,
    of_point: Option<&str>,
) -> Result<DemandPointId, TableError> {
    let points = || county.demand.iter().zip(0..);
    if let Some(column) = of_point {
        let id = row.text(column)?;
        let found = points().find(|(point, _)| point.id == id);
        return found
            .map(|(_, number)| DemandPointId(number))
            .ok_or_else(|| row.bad_value(column, "the id of a demand point"));
    }
    let position = row.position()?;
    if !county.boundary.contains(position) {
        return Err(row.bad_value("lon", "a position inside the county"));
    }
    let nearest = points().min_by(|(a, _), (b, _)| {
        let distance =
            |point: &crate::county::demand::DemandPoint| point.position.distance(position).0;
        distance(a).total_cmp(&distance(b))
    });
    nearest
        .map(|(_, number)| DemandPointId(number))
        .ok_or_else(|| row.bad_value("lon", "a position near a demand point"))
}

fn incident_type(row: &Row<'_>, county: &County) -> Result<IncidentTypeId, TableError> {
    let types = &county.incident_types;
    incident_types::find(types, row.text("type")?).ok_or_else(|| {
        let known = incident_types::ids(types).join(", ");
        row.bad_value("type", &format!("one of {known}"))
    })
}

fn engines(row: &Row<'_>) -> Result<Option<u16>, TableError> {
    if row.optional("engines").is_none() {
        return Ok(None);
    }
    let expected = format!("a whole number from 1 to {MAX_ENGINES}, or nothing");
    let engines: u16 = row.parse("engines", &expected)?;
    if (1..=MAX_ENGINES).contains(&engines) {
        Ok(Some(engines))
    } else {
        Err(row.bad_value("engines", &expected))
    }
}
