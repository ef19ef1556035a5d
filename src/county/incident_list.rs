//! Incidents that are listed one by one: a year as it was, or the calls of a day that is feared.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};

use crate::basis::Basis;
use crate::county::County;
use crate::county::demand::{DemandPoint, DemandPointId};
use crate::county::incident_types::{self, IncidentTypeId};
use crate::files::Source;
use crate::geography::LonLat;
use crate::language::Name;
use crate::table::{Columns, Row, Table, TableError};

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

/// A list of incidents that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentList {
    pub file: String,
    /// Its incidents, by time.
    pub incidents: Vec<ListedIncident>,
    /// How it is known.
    pub basis: Basis,
    /// Rows whose time is before that of the row above.
    pub out_of_order: Option<OutOfOrder>,
}

impl IncidentList {
    /// The file without the folders above it.
    pub fn name(&self) -> &str {
        name_of(&self.file)
    }
}

fn name_of(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// Rows of a list whose time is before that of the row above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The table.
    pub file: String,
    /// The line of the first.
    pub line: u64,
    pub rows: usize,
}

/// The most engines of a listed incident.
const MAX_ENGINES: u16 = 100;

/// What a list has; `place` is the former name of `demand_point`.
const COLUMNS: Columns<'_> =
    Columns::of(&["time", "type"]).and(&["demand_point", "place", "lon", "lat", "engines"]);

/// Reads a list: `time,type` and `demand_point` or `lon,lat`, and `engines` where it is known; sorted by time. A
/// position becomes a place of the county, in the town of the nearest demand point and with its running card, to which
/// engines drive as to any demand point. The list is known at worst as a column `basis` says, or else as `basis`.
///
/// # Errors
/// When a row cannot be used, a time is outside the horizon, a position is outside the county, or a demand
/// point or type is not known.
pub fn read(
    source: &Source,
    county: &mut County,
    start: Date,
    days: u32,
    basis: Basis,
) -> Result<IncidentList, TableError> {
    let table = Table::read(source, &COLUMNS)?;
    let of_point = table.renamed("demand_point", "place")?;
    let of_point = table.has_column(of_point).then_some(of_point);
    if of_point.is_none() {
        table.require_columns(&["lon", "lat"])?;
    }
    table.require_rows("each row is an incident: time, demand_point or lon and lat, type")?;
    let mut places = Places::of(county, source);
    let mut known: Option<Basis> = None;
    let mut out_of_order: Option<OutOfOrder> = None;
    let mut last = 0;
    let mut incidents = table.each(&[], |row| {
        if row.optional("basis").is_some() {
            known = known.max(Some(row.basis()?));
        }
        let incident = ListedIncident {
            received: received(row, start, days)?,
            point: places.point(row, county, of_point)?,
            incident_type: incident_type(row, county)?,
            engines: engines(row)?,
        };
        if incident.received < last {
            let first = || OutOfOrder {
                file: table.file().to_owned(),
                line: row.line,
                rows: 0,
            };
            out_of_order.get_or_insert_with(first).rows += 1;
        }
        last = incident.received;
        Ok(incident)
    })?;
    incidents.sort_by_key(|incident| incident.received);
    Ok(IncidentList {
        file: source.to_string(),
        incidents,
        basis: known.unwrap_or(basis),
        out_of_order,
    })
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

/// The demand points of a county by id, and the places of calls so far.
struct Places {
    by_id: HashMap<String, DemandPointId>,
    by_position: HashMap<[u64; 2], DemandPointId>,
    /// The list's name, without its folders.
    list: String,
}

impl Places {
    fn of(county: &County, list: &Source) -> Self {
        let at = |point: &DemandPoint| bits(point.position);
        let places = county.points().filter(|(id, _)| county.is_of_a_list(*id));
        Self {
            by_id: DemandPointId::all(county.in_table)
                .map(|id| (county.point(id).id.clone(), id))
                .collect(),
            by_position: places.map(|(id, point)| (at(point), id)).collect(),
            list: name_of(&list.to_string()).to_owned(),
        }
    }

    /// Where a row is: the demand point that it names, or else the place at its position, made when it is first asked
    /// for.
    fn point(
        &mut self,
        row: &Row<'_>,
        county: &mut County,
        of_point: Option<&str>,
    ) -> Result<DemandPointId, TableError> {
        let has_position = row.optional("lon").is_some();
        if let Some(column) =
            of_point.filter(|column| !has_position || row.optional(column).is_some())
        {
            if has_position {
                let expected =
                    "empty where the row has lon and lat: a call is at the one or at the other";
                return Err(row.bad_value(column, expected));
            }
            let found = self.by_id.get(row.text(column)?).copied();
            return found.ok_or_else(|| row.bad_value(column, "the id of a demand point"));
        }
        let position = row.position()?;
        if !county.boundary.contains(position) {
            return Err(row.bad_value("lon", "a position inside the county"));
        }
        if let Some(known) = self.by_position.get(&bits(position)) {
            return Ok(*known);
        }
        let distance = |id: DemandPointId| county.point(id).position.distance(position).0;
        let nearest = DemandPointId::all(county.in_table)
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
            .ok_or_else(|| row.bad_value("lon", "a position near a demand point"))?;
        let name = format!("{}:{}", self.list, row.line);
        let place = DemandPoint {
            id: name.clone(),
            name: Name {
                local: name.clone(),
                english: name,
            },
            town: county.point(nearest).town,
            position,
            residents: 0.0,
            rates: vec![0.0; county.incident_types.len()],
            basis: Basis::Observed,
        };
        let id = DemandPointId::at(county.demand.len());
        county.demand.push(place);
        county.nearest_to_places.push(nearest);
        self.by_position.insert(bits(position), id);
        Ok(id)
    }
}

/// A position as a key.
fn bits(position: LonLat) -> [u64; 2] {
    [position.lon.to_bits(), position.lat.to_bits()]
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
