//! What was found, as the tables that a planner goes on to mend: `stations.csv`, `towns.csv` and
//! `demand.csv`, in UTF-8, with degrees to 10⁻⁶ (0.1 m).

use std::collections::BTreeSet;

use crate::basis::Basis;
use crate::characters::as_name;
use crate::geography::LonLat;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::people::People;
use crate::roads::osm::settlements::Settlements;
use crate::roads::osm::sites::ProposedSite;
use crate::roads::osm::stations::{FireStation, FireStations};
use crate::table::guarded;

/// The names of a row in languages, by language.
type Names = [(String, String)];

/// `id,name,name_en,lon,lat,engines,crew,basis,reason`, and `name_…` for every other language of a name; every station
/// is given `engines` engines, or as many as a crew mans that is called, since the map does not count them; `crew` and
/// `reason` say so.
pub fn stations(
    found: &FireStations,
    engines: u32,
    crew: fn(&FireStation) -> &'static str,
    reason: fn(&FireStation) -> String,
) -> Vec<u8> {
    let header = [
        "id", "name", "name_en", "lon", "lat", "engines", "crew", "basis", "reason",
    ];
    let rows = found.stations.iter().map(|station| {
        let [lon, lat] = degrees(station.position);
        vec![
            station.id.clone(),
            station.name.clone(),
            station.name_en.clone(),
            lon,
            lat,
            match station.is_called {
                false => engines,
                true => engines.min(ASSUMED.stations.called_engines),
            }
            .to_string(),
            crew(station).to_owned(),
            Basis::Assumed.to_string(),
            reason(station),
        ]
    });
    let names = found.stations.iter().map(|station| &station.names[..]);
    table(&header, rows, names)
}

/// `id,name,name_en,lon,lat,group,engines,basis,reason`: the sites that are proposed, in one group.
pub fn candidates(sites: &[ProposedSite], engines: u32, group: &str, reason: &str) -> Vec<u8> {
    let header = [
        "id", "name", "name_en", "lon", "lat", "group", "engines", "basis", "reason",
    ];
    let rows = sites.iter().map(|site| {
        let [lon, lat] = degrees(site.position);
        vec![
            site.id.clone(),
            site.name.clone(),
            site.name_en.clone(),
            lon,
            lat,
            group.to_owned(),
            engines.to_string(),
            Basis::Assumed.to_string(),
            reason.to_owned(),
        ]
    });
    table(&header, rows, sites.iter().map(|_| &[][..]))
}

/// `id,name,name_en,lon,lat,residents,basis`, and names as in [`stations`]; the residents of a town are those of all its demand
/// points.
pub fn towns(settlements: &Settlements, people: &People) -> Vec<u8> {
    let header = ["id", "name", "name_en", "lon", "lat", "residents", "basis"];
    let has_people = |town: usize| {
        let towns = people.points.iter().map(|point| point.settlement);
        towns.map(|of| settlements.town_of[of]).any(|of| of == town)
    };
    // Where only edges of towns are in the county, the seats of those lie outside.
    let towns = || {
        let towns = settlements.towns.iter();
        towns.filter(|town| settlements.all[**town].is_inside || has_people(**town))
    };
    let rows = towns().map(|town| {
        let seat = &settlements.all[*town];
        let [lon, lat] = degrees(seat.position);
        let (residents, basis) = people.residents_of(*town, settlements);
        vec![
            seat.id.clone(),
            seat.name.clone(),
            seat.name_en.clone(),
            lon,
            lat,
            residents.to_string(),
            basis.to_string(),
        ]
    });
    let names = towns().map(|town| &settlements.all[*town].names[..]);
    table(&header, rows, names)
}

/// `id,name,town,lon,lat,residents,basis`, and names as in [`stations`]: where the people of the settlements live.
pub fn demand(settlements: &Settlements, people: &People) -> Vec<u8> {
    let header = ["id", "name", "town", "lon", "lat", "residents", "basis"];
    let rows = people.points.iter().map(|point| {
        let [lon, lat] = degrees(point.position);
        let town = settlements.town_of[point.settlement];
        vec![
            point.id.clone(),
            point.name.clone(),
            settlements.all[town].id.clone(),
            lon,
            lat,
            point.residents.to_string(),
            point.basis.to_string(),
        ]
    });
    let names = people.points.iter().map(|point| &point.names[..]);
    table(&header, rows, names)
}

fn degrees(position: LonLat) -> [String; 2] {
    [position.lon, position.lat].map(|degree| format!("{degree:.6}"))
}

/// A table, with a column for every language that some row has a name in and no column of the header.
fn table<'n>(
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    names: impl Iterator<Item = &'n Names> + Clone,
) -> Vec<u8> {
    let all = names.clone().flatten();
    let languages: BTreeSet<&str> = all.map(|(language, _)| language.as_str()).collect();
    let columns = languages
        .into_iter()
        .map(|language| (format!("name_{language}"), language));
    let columns: Vec<(String, &str)> = columns
        .filter(|(column, _)| !header.contains(&column.as_str()))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let more = columns.iter().map(|(column, _)| column.as_str());
    writer
        .write_record(header.iter().copied().chain(more))
        .expect("writing to memory does not fail");
    for (mut row, names) in rows.zip(names) {
        row.extend(columns.iter().map(|(_, wanted)| {
            let name = names.iter().find(|(language, _)| language == wanted);
            name.map(|(_, name)| name.clone()).unwrap_or_default()
        }));
        writer
            .write_record(row.iter().map(|text| guarded(&as_name(text)).into_owned()))
            .expect("every row has the fields of the header");
    }
    writer
        .into_inner()
        .expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::graph::RoadGraph;
    use crate::roads::osm::people::County;
    use crate::roads::osm::{OsmExtract, OsmNode, Tags};

    /// ```text
    /// 115.0 town "A, the ""old"""      115.1 hamlet B      115.0 station without a name
    /// ```
    #[test]
    fn names_with_commas_and_quotes_survive_the_tables() {
        let node = |id, lon, pairs: &[(&str, &str)]| OsmNode {
            id,
            position: LonLat { lon, lat: 24.0 },
            tags: Tags::of(pairs),
        };
        let mut extract = OsmExtract {
            nodes: vec![
                node(
                    1,
                    115.0,
                    &[
                        ("place", "town"),
                        ("name", "A, the \"old\""),
                        ("population", "7"),
                    ],
                ),
                node(
                    2,
                    115.1,
                    &[
                        ("place", "hamlet"),
                        ("name", "B"),
                        ("name:zh", "乙"),
                        ("name:hak", "Yet"),
                    ],
                ),
                node(3, 115.0, &[("amenity", "fire_station")]),
            ],
            ..OsmExtract::default()
        };
        let settlements = Settlements::of(&extract, None);
        let found = FireStations::of(&extract, None, &settlements);
        let county = County::Outline(None);
        let people = People::of(&mut extract, &settlements, county, &RoadGraph::default());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert_eq!(
            text(towns(&settlements, &people)),
            "id,name,name_en,lon,lat,residents,basis\n\
             n1,\"A, the \"\"old\"\"\",\"A, the \"\"old\"\"\",115.000000,24.000000,107,assumed\n"
        );
        assert_eq!(
            text(demand(&settlements, &people)),
            "id,name,town,lon,lat,residents,basis,name_hak,name_zh\n\
             n1,\"A, the \"\"old\"\"\",n1,115.000000,24.000000,7,observed,,\n\
             n2,B,n1,115.100000,24.000000,100,assumed,Yet,乙\n"
        );
        let stations = text(stations(
            &found,
            2,
            |_| "full_time",
            |_| "why, and how".to_owned(),
        ));
        let row = stations.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "n3,\"A, the \"\"old\"\" fire station\",\"A, the \"\"old\"\" fire station\",115.000000,\
             24.000000,2,full_time,assumed,\"why, and how\""
        );
    }
}
