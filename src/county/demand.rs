//! Demand points: the villages, communities or grid cells in which incidents arise.

use crate::basis::Basis;
use crate::county::incident_types::IncidentType;
use crate::county::towns::{Town, TownId, find};
use crate::files::Source;
use crate::geography::LonLat;
use crate::ids::id;
use crate::language::Name;
use crate::table::{Columns, Row, Table, TableError};

id!(
    /// A [`DemandPoint`], by its index in the county's list.
    DemandPointId(u32),
    "Demand point"
);

/// Where incidents arise.
#[derive(Clone, Debug)]
pub struct DemandPoint {
    /// Its code.
    pub id: String,
    pub name: Name,
    /// The town to which it belongs.
    pub town: TownId,
    /// Where it is.
    pub position: LonLat,
    /// How many people live there.
    pub residents: f64,
    /// Incidents a year of each type, in the order of the county's types.
    pub rates: Vec<f64>,
    /// How its position and residents are known, at worst.
    pub basis: Basis,
}

impl DemandPoint {
    /// Incidents of every type in a year.
    pub fn incidents_a_year(&self) -> f64 {
        self.rates.iter().sum()
    }
}

/// What a table of demand points has, beside its rates.
pub const COLUMNS: Columns<'_> =
    Columns::of(&["id", "name", "town", "lon", "lat", "residents", "basis"]);

/// The column with the rate of a type.
fn rate_column(incident_type: &IncidentType) -> String {
    format!("rate_{}", incident_type.id)
}

/// Reads `demand.csv`: `id,name,town,lon,lat,residents,basis`, and for each type of incident an
/// optional column `rate_<type>` with incidents a year. Without it the rate follows from the
/// residents.
///
/// # Errors
/// When a row cannot be used, an id stands twice, a rate is negative or a town is not known.
pub fn read(
    source: &Source,
    towns: &[Town],
    types: &[IncidentType],
) -> Result<Vec<DemandPoint>, TableError> {
    let rates: Vec<String> = types.iter().map(rate_column).collect();
    let rates: Vec<&str> = rates.iter().map(String::as_str).collect();
    let table = Table::read(source, &COLUMNS.and(&rates))?;
    table.require_rows("each row is a demand point, where incidents arise")?;
    table.each(&["id"], |row| point(row, towns, types))
}

fn point(row: &Row<'_>, towns: &[Town], types: &[IncidentType]) -> Result<DemandPoint, TableError> {
    let residents = row.non_negative("residents")?;
    let rates = types
        .iter()
        .map(|incident_type| {
            let column = rate_column(incident_type);
            match row.optional(&column) {
                Some(_) => row.non_negative(&column),
                None => Ok(residents / 10_000.0 * incident_type.per_10_000_residents),
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(DemandPoint {
        id: row.text("id")?.to_owned(),
        name: row.name()?,
        town: find(towns, row.text("town")?)
            .ok_or_else(|| row.bad_value("town", "the id or the name of a town in towns.csv"))?,
        position: row.position()?,
        residents,
        rates,
        basis: row.basis()?,
    })
}
