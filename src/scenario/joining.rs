//! Where stations, sites and demand points join the roads that each profile can use.

use crate::brigades::{Site, Station};
use crate::county::County;
use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::access::Access;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::cache::Network;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::Lanes;
use crate::roads::profile::{Conditions, DEFAULT_PROFILE, Profile};
use crate::roads::roadway::Roadway;
use crate::roads::snapping::Location;
use crate::scenario::error::{BehindBarrier, ScenarioError};
use crate::scenario::file::RoadsKey;
use crate::scenario::network::{Bands, DrivenProfile, ProfileId};
use crate::scenario::stations::{Driving, Neighbour};
use crate::units::Metres;

/// The profiles as they drive the roads, and the profile and location of every station and site.
pub(super) struct Joined {
    pub profiles: Vec<DrivenProfile>,
    /// How each existing station drives, then each site, then each neighbour.
    pub driving: Vec<Driving>,
    pub conditions: Conditions,
    pub lanes: Lanes,
}

/// Where engines stand or come from, in this order.
pub(super) struct Owners<'o> {
    pub stations: &'o [Station],
    pub sites: &'o [Site],
    pub neighbours: &'o [Neighbour],
}

/// What a location was read from, for errors.
pub(super) struct Tables {
    pub network: Source,
    /// Folder of the profiles.
    pub profiles: Source,
    pub stations: String,
    pub sites: String,
    pub demand: String,
    /// The lists of calls.
    pub lists: String,
    pub barriers: String,
    /// The scenario file that names the neighbours.
    pub mutual_aid: String,
}

/// Joins everything to the roads.
pub(super) fn join(
    network: &Network,
    wanted: &RoadsKey,
    bands: &Bands,
    tables: &Tables,
    barriers: &AccessBarriers,
    owners: &Owners<'_>,
    county: &County,
) -> Result<Joined, ScenarioError> {
    let roads = &network.roads;
    let conditions = conditions(roads, wanted, &tables.network)?;
    // What is closed today is not what the next run asks for.
    let cache = network.cache.as_ref();
    let cache = cache.filter(|_| conditions.closed.is_empty());
    let lanes = wanted
        .lanes()
        .map_err(|(key, problem)| ScenarioError::Key {
            file: tables.mutual_aid.clone(),
            key: format!("roads.lanes.{key}"),
            problem,
        })?;
    let default = wanted.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
    let mut profiles: Vec<DrivenProfile> = Vec::new();
    let mut driving = Vec::new();
    let Owners {
        stations,
        sites,
        neighbours,
    } = owners;
    let existing = stations
        .iter()
        .map(|station| (station, "the station", &tables.stations));
    let planned = sites
        .iter()
        .map(|site| (&site.station, "the site", &tables.sites));
    let mutual_aid = neighbours
        .iter()
        .map(|neighbour| (&neighbour.station, "the mutual aid", &tables.mutual_aid));
    for (station, what, table) in existing.chain(planned).chain(mutual_aid) {
        let id = station.profile.as_deref().unwrap_or(default);
        let driven = match profiles.iter().position(|driven| driven.profile.id == id) {
            Some(driven) => driven,
            None => {
                let profile = Profile::read(&profile_file(id, tables, table, station)?)?;
                let access = Access {
                    pace: wanted.pace(),
                    lanes,
                    barriers,
                };
                let roadway = Roadway::new(roads.clone(), &profile, &conditions, &access)?
                    .with_cache(cache.cloned());
                let in_bands = bands.others.iter().map(|band| {
                    let conditions = Conditions {
                        band: Some(band.clone()),
                        ..conditions.clone()
                    };
                    Roadway::new(roads.clone(), &profile, &conditions, &access)
                        .map(|roadway| roadway.with_cache(cache.cloned()))
                });
                let in_bands = in_bands.collect::<Result<_, _>>()?;
                let demand_points = county
                    .points()
                    .map(|(id, point)| {
                        let (table, what) = if county.is_of_a_list(id) {
                            (&tables.lists, "the call")
                        } else {
                            (&tables.demand, "the demand point")
                        };
                        Joining {
                            table,
                            what,
                            id: &point.id,
                            position: point.position,
                            limit_key: "roads.demand_limit",
                            limit: wanted.demand_limit,
                        }
                        .join(&roadway, tables)
                    })
                    .collect::<Result<_, _>>()?;
                profiles.push(DrivenProfile {
                    profile,
                    roadway,
                    in_bands,
                    demand_points,
                });
                profiles.len() - 1
            }
        };
        let joining = Joining {
            table,
            what,
            id: &station.id,
            position: station.position,
            limit_key: "roads.site_limit",
            limit: wanted.site_limit,
        };
        driving.push(Driving {
            profile: ProfileId::at(driven),
            location: joining.join(&profiles[driven].roadway, tables)?,
        });
    }
    Ok(Joined {
        profiles,
        driving,
        conditions,
        lanes,
    })
}

/// A location that is to join the roads.
struct Joining<'t> {
    table: &'t str,
    what: &'static str,
    id: &'t str,
    position: LonLat,
    limit_key: &'static str,
    limit: Metres,
}

impl Joining<'_> {
    fn join(&self, roadway: &Roadway, tables: &Tables) -> Result<Location, ScenarioError> {
        let joined = roadway.nearest(self.position);
        let joined = match joined {
            Some(location) if location.nearest.access <= self.limit => return Ok(location),
            joined => joined.map(|location| location.nearest),
        };
        let straight = roadway.nearest_over_barriers(self.position);
        let straight = straight.ok_or_else(|| ScenarioError::NoRoads {
            network: tables.network.to_string(),
        })?;
        Err(ScenarioError::OffTheRoad {
            table: self.table.to_owned(),
            what: self.what,
            id: self.id.to_owned(),
            position: self.position,
            distance: straight.access,
            barrier: (joined != Some(straight)).then(|| {
                Box::new(BehindBarrier {
                    file: tables.barriers.clone(),
                    around: joined.map(|foot| foot.access),
                })
            }),
            limit_key: self.limit_key,
            limit: self.limit,
        })
    }
}

fn profile_file(
    id: &str,
    tables: &Tables,
    table: &str,
    station: &Station,
) -> Result<Source, ScenarioError> {
    Profile::find(id, &tables.profiles).ok_or_else(|| ScenarioError::NoProfile {
        table: table.to_owned(),
        station: station.id.clone(),
        profile: id.to_owned(),
        file: tables.profiles.join(format!("{id}.toml")).to_string(),
    })
}

fn conditions(
    roads: &RoadGraph,
    wanted: &RoadsKey,
    network: &Source,
) -> Result<Conditions, ScenarioError> {
    let closed = roads.roads_of(wanted.close.iter().map(String::as_str));
    Ok(Conditions {
        band: wanted.band.clone(),
        weather: wanted.weather.clone(),
        closed: closed.map_err(|link| ScenarioError::NoSuchLink {
            link: link.to_owned(),
            network: network.to_string(),
        })?,
    })
}
