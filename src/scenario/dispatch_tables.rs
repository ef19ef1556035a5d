//! What a scenario says of who is sent: the rules, running cards, neighbours, travel times that are known.

use std::collections::HashMap;

use crate::brigades::crew::Crew;
use crate::brigades::{MAX_ENGINES, Site, Station, StationId};
use crate::county::demand::{DemandPoint, DemandPointId};
use crate::county::{County, towns};
use crate::geography::LonLat;
use crate::language::Name;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::DispatchKey;
use crate::scenario::loading::Loader;
use crate::scenario::stations::{KnownTime, Neighbour};
use crate::table::{Columns, Table, TableError};
use crate::units::Millis;

/// Demand points and places of listed calls between any two of which the times are held in memory: 400 MB.
const MAX_REDIRECTED: usize = 10_000;

/// Seconds that no engine drives for.
const LONGEST_TRAVEL: f64 = 86_400.0;

impl Loader<'_> {
    /// Who is sent. Engines that are sent from the road take the times between any two demand points or places of
    /// listed calls.
    pub(super) fn dispatch(&self, county: &County) -> Result<DispatchKey, ScenarioError> {
        let dispatch = self.wanted.dispatch;
        let points = county.demand.len();
        if dispatch.takes_times_between_points() && points > MAX_REDIRECTED {
            let key = match dispatch.redirect {
                true => "dispatch.redirect",
                false => "dispatch.reroute",
            };
            let problem = match points - county.in_table {
                0 => format!(
                    "it takes the times between any two of {points} demand points, and at most \
                     {MAX_REDIRECTED} fit; leave it out, or give fewer demand points"
                ),
                positions => format!(
                    "it takes the times between any two of {} demand points and {positions} \
                     positions of listed calls, and at most {MAX_REDIRECTED} fit together; leave \
                     it out, or name the demand point of a call in the list, as `demand_point`, \
                     in place of `lon,lat`",
                    county.in_table
                ),
            };
            return Err(self.key(key, problem));
        }
        if dispatch.move_up == Some(0) {
            let expected =
                "it should be how many engines a station has ready to spare one, such as 2";
            return Err(self.key("dispatch.move_up", expected));
        }
        Ok(dispatch)
    }

    /// Engines of neighbouring counties.
    pub(super) fn mutual_aid(
        &self,
        stations: &[Station],
        sites: &[Site],
    ) -> Result<Vec<Neighbour>, ScenarioError> {
        let mut known = numbered(stations, sites);
        let mut neighbours = Vec::new();
        for (number, wanted) in self.wanted.mutual_aid.iter().enumerate() {
            let key = |part: &str| format!("mutual_aid[{number}].{part}");
            if known.insert(&wanted.id, StationId(0)).is_some() {
                return Err(self.key(
                    key("id"),
                    "it should be one that no station, site or other aid has",
                ));
            }
            if !(1..=MAX_ENGINES).contains(&wanted.engines) {
                let problem = format!("it should be from 1 to {MAX_ENGINES}");
                return Err(self.key(key("engines"), problem));
            }
            let position = LonLat {
                lon: wanted.lon,
                lat: wanted.lat,
            };
            if !position.is_valid() {
                return Err(self.key(key("lon"), "the position is not on the earth; give degrees"));
            }
            neighbours.push(Neighbour {
                station: Station {
                    id: wanted.id.clone(),
                    name: Name {
                        local: wanted.name.clone(),
                        english: wanted.name_en.as_ref().unwrap_or(&wanted.name).clone(),
                    },
                    position,
                    engines: wanted.engines,
                    apparatus: Vec::new(),
                    crew: Crew::FullTime,
                    profile: None,
                    basis: wanted.basis,
                    reason: wanted.reason.clone(),
                },
                delay: wanted.delay,
            });
        }
        Ok(neighbours)
    }

    /// For each demand point the stations that are called first, by `zone,order`: a town or a demand
    /// point (which comes before its town), and ids with spaces between. A place of listed calls has those of the
    /// demand point nearest to it.
    pub(super) fn running_cards(
        &self,
        stations: &[Station],
        sites: &[Site],
        county: &County,
    ) -> Result<Vec<Vec<StationId>>, ScenarioError> {
        let mut card = vec![Vec::new(); county.demand.len()];
        let Some(file) = &self.wanted.tables.running_card else {
            return Ok(card);
        };
        let columns = Columns::of(&["zone", "order"]);
        let table = Table::read(&self.folder.join(file), &columns)?;
        table.require_rows("each row is a zone and the stations that are asked first")?;
        let known_stations = numbered(stations, sites);
        let mut of_point = vec![false; county.in_table];
        let points: HashMap<&str, usize> = (county.demand_points().iter().enumerate())
            .map(|(index, point)| (&*point.id, index))
            .collect();
        table.each(&["zone"], |row| {
            let mut order = Vec::new();
            for id in row.text("order")?.split_whitespace() {
                let station = known_stations.get(id).copied().ok_or_else(|| {
                    row.bad_value(
                        "order",
                        &format!("ids of stations and sites; `{id}` is none"),
                    )
                })?;
                if order.contains(&station) {
                    let problem = format!("each station once; not `{id}` again");
                    return Err(row.bad_value("order", &problem));
                }
                order.push(station);
            }
            let zone = row.text("zone")?;
            if let Some(point) = points.get(zone).copied() {
                card[point] = order;
                of_point[point] = true;
            } else if let Some(town) = towns::find(&county.towns, zone) {
                for (point, demand) in county.demand_points().iter().enumerate() {
                    if demand.town == town && !of_point[point] {
                        card[point].clone_from(&order);
                    }
                }
            } else {
                return Err(row.bad_value("zone", "the id of a town or of a demand point"));
            }
            Ok(())
        })?;
        let places = DemandPointId::all(county.demand.len()).skip(county.in_table);
        for place in places {
            let order = card[county.demand_point_of(place).index()].clone();
            card[place.index()] = order;
        }
        Ok(card)
    }

    /// Travel times in place of those along the roads.
    pub(super) fn known_times(
        &self,
        stations: &[Station],
        sites: &[Site],
        demand: &[DemandPoint],
    ) -> Result<Vec<KnownTime>, ScenarioError> {
        let Some(file) = &self.wanted.tables.travel_times else {
            return Ok(Vec::new());
        };
        // `base` is the former name of `station`.
        let columns = Columns::of(&["demand", "seconds"]).and(&["station", "base"]);
        let table = Table::read(&self.folder.join(file), &columns)?;
        let of_station = table.renamed("station", "base")?;
        table.require_columns(&[of_station])?;
        let known_stations = numbered(stations, sites);
        let points: HashMap<&str, DemandPointId> = demand
            .iter()
            .zip((0..).map(DemandPointId))
            .map(|(point, id)| (point.id.as_str(), id))
            .collect();
        table.require_rows("each row is a time that is known: station,demand,seconds")?;
        let mut first_line = HashMap::new();
        let known = table.each(&[], |row| {
            let station = known_stations.get(row.text(of_station)?).copied();
            let station =
                station.ok_or_else(|| row.bad_value(of_station, "the id of a station or site"))?;
            let point = points.get(row.text("demand")?).copied();
            let point = point.ok_or_else(|| row.bad_value("demand", "the id of a demand point"))?;
            let seconds = row.non_negative("seconds")?;
            if seconds > LONGEST_TRAVEL {
                let expected = format!("seconds of at most {LONGEST_TRAVEL}, which is a day");
                return Err(row.bad_value("seconds", &expected));
            }
            if let Some(first) = first_line.insert((station, point), row.line) {
                return Err(TableError::Shape {
                    file: table.file().to_owned(),
                    line: row.line,
                    problem: format!("the pair is already on line {first}; give each pair one row"),
                });
            }
            Ok(KnownTime {
                station,
                point,
                time: Millis::from_seconds(seconds),
            })
        });
        Ok(known?)
    }
}

/// Stations and sites by id, numbered as in [`Stations`](crate::scenario::stations::Stations).
fn numbered<'s>(stations: &'s [Station], sites: &'s [Site]) -> HashMap<&'s str, StationId> {
    let sites = sites.iter().map(|site| &site.station);
    let stations = stations.iter().chain(sites);
    stations
        .zip((0..).map(StationId))
        .map(|(station, id)| (station.id.as_str(), id))
        .collect()
}
