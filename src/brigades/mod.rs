//! Stations with their engines, and the sites where stations may be built.

pub mod apparatus;
pub mod classes;
pub mod crew;
pub mod prices;

use std::collections::HashMap;

use crate::basis::Basis;
use crate::brigades::crew::Crew;
use crate::files::Source;
use crate::geography::LonLat;
use crate::ids::id;
use crate::language::Name;
use crate::table::{Columns, Row, Table, TableError};

/// The most engines of one station.
pub const MAX_ENGINES: u16 = 64;

id!(
    /// A station that exists, would stand at a site, or is a neighbour's, by its index in the
    /// scenario's `Stations`.
    StationId(u32),
    "Station"
);

id!(
    /// A [`Site`], by its index in the list of candidates.
    SiteId(u32),
    "Site"
);

/// What a table of stations has; a site that was built may keep its group.
pub const STATION_COLUMNS: Columns<'_> =
    Columns::of(&["id", "name", "lon", "lat", "engines", "basis"]).and(OF_BRIGADES);

/// What a table of candidate sites has.
pub const SITE_COLUMNS: Columns<'_> =
    Columns::of(&["id", "name", "lon", "lat", "group", "engines", "basis"]).and(OF_BRIGADES);

const OF_BRIGADES: &[&str] = &["group", "apparatus", "crew", "profile"];

/// Where engines and crews stand, or would stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    pub id: String,
    pub name: Name,
    /// Where it is.
    pub position: LonLat,
    /// Engines that can be dispatched, each with its crew.
    pub engines: u16,
    /// What they are for, where that is told apart; all of them do for everything where it is not.
    pub apparatus: apparatus::Named,
    /// Who mans them.
    pub crew: Crew,
    /// The profile of its engines; the scenario's usual one where none is
    /// given.
    pub profile: Option<String>,
    /// How its position and engines are known, at worst.
    pub basis: Basis,
    /// Why it stands, or should stand, there.
    pub reason: String,
}

/// Where a station may be built.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The station that would stand there.
    pub station: Station,
    /// The group from which an alternative chooses, such as the town that plans the brigade.
    pub group: String,
    /// Whether it was found on the road network rather than listed.
    pub at_junction: bool,
}

/// Reads a table of existing stations: `id,name,name_en,lon,lat,engines,basis,reason`,
/// `profile` where its engines have not the usual one, `apparatus` where they are not all for
/// everything (`pumper:2 tender:1`), and `crew` where it is not on duty around
/// the clock (`full_time`, `part_time`, `volunteer`). A county without any has no rows.
///
/// # Errors
/// When a row cannot be used or an id stands twice.
pub fn read_stations(source: &Source) -> Result<Vec<Station>, TableError> {
    Table::read(source, &STATION_COLUMNS)?.each(&["id"], station)
}

/// Reads tables of candidate sites: as for stations, and `group`.
///
/// # Errors
/// When a row cannot be used, or an id stands twice in all tables together.
pub fn read_sites(sources: &[Source]) -> Result<Vec<Site>, TableError> {
    let mut sites = Vec::new();
    let mut table_of: HashMap<String, String> = HashMap::new();
    for source in sources {
        let table = Table::read(source, &SITE_COLUMNS)?;
        table.require_rows("each row is a site where a station may be built")?;
        sites.extend(table.each(&["id"], |row| {
            let site = Site {
                station: station(row)?,
                group: row.text("group")?.to_owned(),
                at_junction: false,
            };
            match table_of.get(&site.station.id) {
                None => Ok(site),
                Some(other) => {
                    Err(row.bad_value("id", &format!("an id that {other} does not use")))
                }
            }
        })?);
        let ids = sites.iter().map(|site| site.station.id.clone());
        for id in ids {
            table_of
                .entry(id)
                .or_insert_with(|| table.file().to_owned());
        }
    }
    Ok(sites)
}

fn station(row: &Row<'_>) -> Result<Station, TableError> {
    let id = row.text("id")?;
    // Alternatives are named by their sites, joined by `+`.
    if id.contains(['+', ',']) || id == "baseline" {
        return Err(row.bad_value("id", "a short id without `+` and `,`, and not `baseline`"));
    }
    let engines: u16 = row.parse("engines", "a whole number of engines")?;
    if !(1..=MAX_ENGINES).contains(&engines) {
        return Err(row.bad_value(
            "engines",
            &format!("at least 1 and at most {MAX_ENGINES}; remove the row to close the station"),
        ));
    }
    let apparatus = apparatus::read(row, "apparatus")?;
    if !apparatus.is_empty() && apparatus::together(&apparatus) != engines {
        return Err(row.bad_value(
            "apparatus",
            &format!("apparatus that come to the {engines} of the column `engines`"),
        ));
    }
    let crew = row.optional("crew").map(str::parse).transpose();
    Ok(Station {
        id: id.to_owned(),
        name: row.name()?,
        position: row.position()?,
        engines,
        apparatus,
        crew: crew
            .map_err(|known| row.bad_value("crew", known))?
            .unwrap_or_default(),
        profile: row.optional("profile").map(str::to_owned),
        basis: row.basis()?,
        reason: row.optional("reason").unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(text: &str) -> Result<Vec<Site>, TableError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sites.csv");
        std::fs::write(&path, text).unwrap();
        read_sites(&[Source::Disk(path)])
    }

    #[test]
    fn a_site_is_read_with_its_group() {
        let sites = sites(
            "id,name,name_en,lon,lat,group,engines,basis,reason\n\
             al-1,安流镇区,Anliu,115.68,23.70,安流镇,2,assumed,镇政府旁\n",
        )
        .unwrap();
        assert_eq!(sites[0].group, "安流镇");
        assert_eq!(sites[0].station.engines, 2);
        assert_eq!(sites[0].station.name.english, "Anliu");
    }

    #[test]
    fn a_station_without_engines_is_refused() {
        let error =
            sites("id,name,lon,lat,group,engines,basis\na,A,1,1,g,0,assumed\n").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("sites.csv:2: column `engines`: `0`"),
            "{error}"
        );
    }
}
