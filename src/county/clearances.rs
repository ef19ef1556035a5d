//! Places from which a station keeps its distance: exits of crowded buildings, hazardous plants; and the
//! rules that say how far.

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::LonLat;
use crate::table::{Columns, Table, TableError};
use crate::units::Metres;

/// A place from which a station keeps its distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Clearance {
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub position: LonLat,
    /// How far a station stays away.
    pub distance: Metres,
    /// Which rule asks for that.
    pub source: String,
    /// How the place is known.
    pub basis: Basis,
}

impl Clearance {
    /// Whether a station at `position` would be too near.
    pub fn forbids(&self, position: LonLat) -> bool {
        self.position.distance(position).0 < self.distance.0
    }
}

/// What a table of such places has.
pub const COLUMNS: Columns<'_> = Columns::of(&["id", "name", "kind", "lon", "lat", "basis"]);

/// Reads the places, `kept_clear.csv` (`id,name,kind,lon,lat,basis`), and how far to stay away from
/// them ([`distances`]).
///
/// # Errors
/// When a row cannot be used, an id stands twice, or no rule is about the kind of a place.
pub fn read(places: &Source, rules: &Source) -> Result<Vec<Clearance>, TableError> {
    let longest = distances(rules)?;
    let table = Table::read(places, &COLUMNS)?;
    table.each(&["id"], |row| {
        let kind = row.text("kind")?;
        let (distance, source) = longest.get(kind).cloned().ok_or_else(|| {
            let known: Vec<&str> = longest.keys().map(String::as_str).collect();
            let known = known.join(", ");
            row.bad_value("kind", &format!("a kind of {rules}: {known}"))
        })?;
        Ok(Clearance {
            id: row.text("id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            position: row.position()?,
            basis: row.basis()?,
            distance,
            source,
        })
    })
}

/// How far to stay away by kind of place, and which rule asks for that: `clearances.csv`
/// (`kind,distance,basis,source`). Where several rules are about one kind, the longest distance holds.
///
/// # Errors
/// When a row cannot be used.
pub fn distances(rules: &Source) -> Result<BTreeMap<String, (Metres, String)>, TableError> {
    let columns = Columns::of(&["kind", "distance", "basis", "source"]);
    let table = Table::read(rules, &columns)?;
    let mut longest: BTreeMap<String, (Metres, String)> = BTreeMap::new();
    table.each(&[], |row| {
        let distance: Metres = row.parse("distance", "a length with its unit, such as `50 m`")?;
        row.basis()?;
        let rule = (distance, row.text("source")?.to_owned());
        let kind = row.text("kind")?.to_owned();
        let known = longest.entry(kind).or_insert_with(|| rule.clone());
        if rule.0 > known.0 {
            *known = rule;
        }
        Ok(())
    })?;
    Ok(longest)
}
