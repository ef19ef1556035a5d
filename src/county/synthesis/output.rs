//! The tables of a county that was made.

use std::fmt::Write as _;

use crate::files::{FileError, Staging};
use crate::geography::LonLat;
use crate::roads::gmns;
use crate::table::field;

use super::Synthesis;
use super::sources::Sources;

/// Writes `network/node.csv`, `network/link.csv`, `demand.csv`, `hydrants.csv`, `towns.csv` and
/// `boundary.geojson`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(sources: &Sources, county: &Synthesis, staging: &Staging) -> Result<(), FileError> {
    gmns::write(&county.roads, staging, "network")?;
    staging.write("demand.csv", demand(sources, county).as_bytes())?;
    staging.write("hydrants.csv", hydrants(sources, county).as_bytes())?;
    staging.write("towns.csv", towns(sources).as_bytes())?;
    staging.write("boundary.geojson", &sources.boundary)
}

fn demand(sources: &Sources, county: &Synthesis) -> String {
    let mut table = String::from("id,name,town,lon,lat,residents,basis\n");
    for (name, village) in sources.villages.iter().zip(&county.villages) {
        let town = field(&sources.towns[name.town].id);
        let LonLat { lon, lat } = village.position;
        writeln!(
            table,
            "{},{},{town},{lon:.6},{lat:.6},{},modelled",
            field(&name.id),
            field(&name.name),
            village.residents
        )
        .expect("writing to a string does not fail");
    }
    table
}

fn hydrants(sources: &Sources, county: &Synthesis) -> String {
    let mut table = String::from("id,lon,lat,basis\n");
    for village in &county.hydrants {
        let LonLat { lon, lat } = county.villages[*village].position;
        let id = &sources.villages[*village].id;
        let id = field(&format!("H{id}")).into_owned();
        writeln!(table, "{id},{lon:.6},{lat:.6},modelled")
            .expect("writing to a string does not fail");
    }
    table
}

/// The basis of a row is that of its weakest figure: the seat or the residents.
fn towns(sources: &Sources) -> String {
    let mut table = String::from("id,name,name_en,lon,lat,residents,basis\n");
    for town in &sources.towns {
        let LonLat { lon, lat } = town.seat;
        let basis = town.seat_basis.max(town.residents_basis);
        writeln!(
            table,
            "{},{},{},{lon:.6},{lat:.6},{},{basis}",
            field(&town.id),
            field(&town.name),
            field(&town.name_en),
            town.residents
        )
        .expect("writing to a string does not fail");
    }
    table
}
