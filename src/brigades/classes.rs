//! What a brigade of each class needs: people, land, building.

use crate::basis::Basis;
use crate::files::Source;
use crate::language::Name;
use crate::table::{Columns, Table, TableError};

/// What a brigade of a class needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub name: Name,
    /// It has so many engines at least.
    pub engines: u16,
    /// People for these engines on duty around the clock, all shifts together.
    pub people: f64,
    /// People for each engine beyond.
    pub people_per_further_engine: f64,
    /// Land in square metres.
    pub land: f64,
    /// Building in square metres.
    pub building: f64,
    /// How it is known.
    pub basis: Basis,
    /// Where it stands.
    pub reason: String,
}

/// Reads `brigade_classes.csv`, the smallest class first.
///
/// # Errors
/// When a row cannot be used, or a class stands twice.
pub(super) fn read(source: &Source) -> Result<Vec<Class>, TableError> {
    let columns = [
        "class",
        "name",
        "engines",
        "people",
        "people_per_further_engine",
        "land_m2",
        "building_m2",
        "basis",
        "reason",
    ];
    let table = Table::read(source, &Columns::of(&columns))?;
    table.require_rows("each row is a class of brigade")?;
    let mut classes = table.each(&["class", "engines"], |row| {
        Ok(Class {
            name: row.name()?,
            engines: row.parse("engines", "a whole number of engines")?,
            people: row.non_negative("people")?,
            people_per_further_engine: row.non_negative("people_per_further_engine")?,
            land: row.non_negative("land_m2")?,
            building: row.non_negative("building_m2")?,
            basis: row.basis()?,
            reason: row.optional("reason").unwrap_or_default().to_owned(),
        })
    })?;
    classes.sort_by_key(|class| class.engines);
    Ok(classes)
}
