//! The towns of the county.

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::LonLat;
use crate::ids::id;
use crate::language::Name;
use crate::table::{Columns, Table, TableError};

id!(
    /// A [`Town`], by its index in the county's list.
    TownId(u16),
    "Town"
);

/// A town (镇) with its seat.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its code.
    pub id: String,
    pub name: Name,
    pub seat: LonLat,
    /// How many people live in it.
    pub residents: f64,
    /// How its seat and residents are known, at worst.
    pub basis: Basis,
}

/// What a table of towns has.
pub const COLUMNS: Columns<'_> = Columns::of(&["id", "name", "lon", "lat", "residents", "basis"]);

/// Reads `towns.csv`: `id,name,name_en,lon,lat,residents,basis`.
///
/// # Errors
/// When a row cannot be used, an id stands twice, or there are more than 65,535 towns.
pub fn read(source: &Source) -> Result<Vec<Town>, TableError> {
    let table = Table::read(source, &COLUMNS)?;
    table.require_rows("each row is a town with its seat")?;
    let mut number = 0;
    table.each(&["id", "name"], |row| {
        number += 1;
        if number > usize::from(u16::MAX) {
            return Err(row.bad_value("id", "among the first 65,535 towns"));
        }
        Ok(Town {
            id: row.text("id")?.to_owned(),
            name: row.name()?,
            seat: row.position()?,
            residents: row.non_negative("residents")?,
            basis: row.basis()?,
        })
    })
}

/// The town of this id or this name.
pub fn find(towns: &[Town], wanted: &str) -> Option<TownId> {
    let index = towns.iter().position(|town| {
        town.id == wanted || town.name.local == wanted || town.name.english == wanted
    })?;
    u16::try_from(index).ok().map(TownId)
}
