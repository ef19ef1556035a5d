//! The kinds of engine of a scenario, and where its stations, sites and demand points join the
//! roads that each kind can use.

use crate::brigades::{Site, Station};
use crate::county::demand::DemandPoint;
use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::access_barriers::{Access, AccessBarriers};
use crate::roads::cache::Network;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::{Conditions, DEFAULT_PROFILE, Profile};
use crate::roads::roadway::Roadway;
use crate::roads::snapping::Location;
use crate::scenario::Aid;
use crate::scenario::error::{BehindBarrier, ScenarioError};
use crate::scenario::file::RoadsKey;
use crate::scenario::stages::fill_hours;
use crate::units::Metres;

/// A kind of engine, the roads as it drives them, and where it finds the demand points.
#[derive(Debug)]
pub struct EngineKind {
    /// What it can and may do.
    pub profile: Profile,
    /// The roads as it drives them.
    pub roadway: Roadway,
    /// The same in the other time bands of the day, as in [`Bands`].
    pub in_bands: Vec<Roadway>,
    /// Where each demand point joins the roads that it can use.
    pub scenes: Vec<Location>,
}

impl EngineKind {
    /// The roads in a time band: 0 for the scenario's own, or else 1 more than its place among the
    /// others.
    #[must_use]
    pub fn in_band(&self, band: usize) -> &Roadway {
        band.checked_sub(1)
            .map_or(&self.roadway, |other| &self.in_bands[other])
    }
}

/// The time bands of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// Those besides the scenario's own.
    pub others: Vec<String>,
    /// For each hour 0 for the scenario's own band, or else 1 more than the place among the others.
    pub of_hour: [u8; 24],
}

impl Bands {
    /// The bands that a scenario names.
    ///
    /// # Errors
    /// The key that cannot be used and why.
    pub(super) fn new(wanted: &RoadsKey) -> Result<Self, (String, &'static str)> {
        let mut others: Vec<String> = Vec::new();
        let mut hours = [None; 24];
        for (number, key) in wanted.hours.iter().enumerate() {
            let place = others.iter().position(|band| *band == key.band);
            let place = place.unwrap_or_else(|| {
                others.push(key.band.clone());
                others.len() - 1
            });
            fill_hours(&mut hours, [key.from, key.to], place as u8 + 1)
                .map_err(|(part, problem)| (format!("roads.hours[{number}].{part}"), problem))?;
        }
        Ok(Self {
            others,
            of_hour: hours.map(Option::unwrap_or_default),
        })
    }
}

/// The kinds of engine, and the kind and place of every station and site.
pub(super) struct Engines {
    pub kinds: Vec<EngineKind>,
    /// Kind of each existing station, then of each site, then of each neighbour.
    pub kind_of_base: Vec<usize>,
    pub bases: Vec<Location>,
    pub conditions: Conditions,
    pub bands: Bands,
}

/// Where engines stand or come from, in this order.
pub(super) struct Bases<'b> {
    pub stations: &'b [Station],
    pub sites: &'b [Site],
    pub aid: &'b [Aid],
}

/// What a place was read from, for errors.
pub(super) struct Tables {
    pub network: Source,
    /// Folder of the profiles.
    pub profiles: Source,
    pub stations: String,
    pub sites: String,
    pub demand: String,
    pub barriers: String,
    pub scenario: String,
}

/// Joins everything to the roads.
pub(super) fn join(
    network: &Network,
    wanted: &RoadsKey,
    tables: &Tables,
    barriers: &AccessBarriers,
    owners: &Bases<'_>,
    demand: &[DemandPoint],
) -> Result<Engines, ScenarioError> {
    let roads = &network.roads;
    let conditions = conditions(roads, wanted, &tables.network)?;
    let bands = Bands::new(wanted).map_err(|(key, problem)| ScenarioError::Key {
        file: tables.scenario.clone(),
        key,
        problem: problem.to_owned(),
    })?;
    // What is closed today is not what the next run asks for.
    let cache = network.cache.as_ref();
    let cache = cache.filter(|_| conditions.closed.is_empty());
    let default = wanted.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
    let mut kinds: Vec<EngineKind> = Vec::new();
    let mut kind_of_base = Vec::new();
    let mut bases = Vec::new();
    let Bases {
        stations,
        sites,
        aid,
    } = owners;
    let existing = stations
        .iter()
        .map(|station| (station, "the station", &tables.stations));
    let planned = sites
        .iter()
        .map(|site| (&site.station, "the site", &tables.sites));
    let neighbours = aid
        .iter()
        .map(|aid| (&aid.station, "the mutual aid", &tables.scenario));
    for (station, what, table) in existing.chain(planned).chain(neighbours) {
        let id = station.profile.as_deref().unwrap_or(default);
        let kind = match kinds.iter().position(|kind| kind.profile.id == id) {
            Some(kind) => kind,
            None => {
                let profile = Profile::read(&profile_file(id, tables, table, station)?)?;
                let access = Access {
                    speed: wanted.access_speed,
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
                let scenes = demand
                    .iter()
                    .map(|point| {
                        Joining {
                            table: &tables.demand,
                            what: "the demand point",
                            id: &point.id,
                            position: point.position,
                            limit_key: "roads.demand_limit",
                            limit: wanted.demand_limit,
                        }
                        .join(&roadway, tables)
                    })
                    .collect::<Result<_, _>>()?;
                kinds.push(EngineKind {
                    profile,
                    roadway,
                    in_bands,
                    scenes,
                });
                kinds.len() - 1
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
        bases.push(joining.join(&kinds[kind].roadway, tables)?);
        kind_of_base.push(kind);
    }
    Ok(Engines {
        kinds,
        kind_of_base,
        bases,
        conditions,
        bands,
    })
}

/// A place that is to join the roads.
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
        if let Some(place) = joined.filter(|place| place.access <= self.limit) {
            return Ok(place);
        }
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
                    around: joined.map(|place| place.access),
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
