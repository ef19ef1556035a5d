//! `brigade calibrate`: the speed on unlisted lanes that a record of trips speaks for.

use std::collections::HashMap;
use std::path::PathBuf;

use super::console;
use super::driving::DrivingArgs;
use super::failure::Failure;
use super::off_the_road::joined;
use super::options::Threads;
use super::route::station_named;
use crate::evaluation::calibration::{Record, Trip, calibrate};
use crate::files::Source;
use crate::geography::LonLat;
use crate::language::Language;
use crate::report::calibration::text;
use crate::roads::cache;
use crate::roads::roadway::Roadway;
use crate::roads::snapping::Location;
use crate::scenario::Scenario;
use crate::scenario::loading::locate;
use crate::scenario::network::ProfileId;
use crate::table::{Columns, Table, TableError};
use crate::units::Metres;

/// Fit the speed on unlisted lanes to a record of trips
///
/// A row is a trip: seconds (or minutes), to_lon and to_lat, and where it began: from_lon and from_lat, or
/// station, the id or name of one of the scenario. Times are from leaving the station to arrival, without
/// call handling and turnout. Prints how well times by listed roads alone, by lanes as stated and as
/// fitted, and by a straight line agree with the record, and the lines of [roads.lanes] for the scenario.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Record of trips
    #[arg(value_name = "TRIPS.csv")]
    trips: PathBuf,

    /// A scenario file, or the name of an embedded one [default: wuhua]
    #[arg(long, value_name = "SCENARIO", conflicts_with = "network")]
    scenario: Option<PathBuf>,

    /// Folder of a network (GMNS) instead of a scenario
    #[arg(long, value_name = "DIR")]
    network: Option<PathBuf>,

    #[command(flatten)]
    driving: DrivingArgs,

    /// Trips with an end farther from a road than this are left out
    #[arg(long, value_name = "LENGTH", default_value = "3 km")]
    limit: Metres,

    /// Language of the text
    #[arg(long, value_enum, default_value_t)]
    language: Language,

    #[command(flatten)]
    threads: Threads,
}

/// What a record has.
const COLUMNS: Columns<'_> = Columns::of(&["to_lon", "to_lat"]).and(&[
    "station",
    "from_lon",
    "from_lat",
    "coordinates",
    "seconds",
    "minutes",
]);

/// A trip longer than this is no drive of an engine through a county.
const LONGEST: f64 = 24.0 * 3600.0;

/// Where trips began, each once.
#[derive(Default)]
struct Origins {
    locations: Vec<Location>,
    number_of: HashMap<[u64; 2], usize>,
}

impl Origins {
    fn number(&mut self, location: Location) -> usize {
        let LonLat { lon, lat } = location.position;
        let key = [lon.to_bits(), lat.to_bits()];
        *self.number_of.entry(key).or_insert_with(|| {
            self.locations.push(location);
            self.locations.len() - 1
        })
    }
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the record or the input is wrong, or says nothing of lanes.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let (roadway, scenario) = match &self.network {
            Some(folder) => {
                let folder = Source::Disk(folder.clone());
                let mut network = cache::open(&folder)?;
                console::warn_of_network(&mut network, self.language);
                (self.driving.roadway(&folder, network)?, None)
            }
            None => {
                let scenario = Scenario::load(&locate(self.scenario.as_deref()))?;
                console::warn_of(&scenario.about.warnings, self.language);
                let usual = scenario.network.profile(ProfileId(0));
                let roadway = self.driving.roadway_of(&scenario.network, usual)?;
                (roadway, Some(scenario))
            }
        };
        let record = self.record(&roadway, scenario.as_ref())?;
        let lanes = roadway.lanes();
        let calibration = console::phase("calibration", || calibrate(roadway, &record));
        let calibration = calibration
            .map_err(|error| Failure::Input(format!("{}: {error}", self.trips.display()).into()))?;
        let file = self.trips.file_name().unwrap_or_default().to_string_lossy();
        out!("{}", text(&calibration, &lanes, &file, self.language));
        Ok(())
    }

    fn record(&self, roadway: &Roadway, scenario: Option<&Scenario>) -> Result<Record, TableError> {
        let table = Table::read(&Source::Disk(self.trips.clone()), &COLUMNS)?;
        table.require_rows(
            "each row is a trip: station (or from_lon,from_lat), to_lon,to_lat,seconds",
        )?;
        let by_station = table.has_column("station") && scenario.is_some();
        if !by_station {
            table.require_columns(&["from_lon", "from_lat"])?;
        }
        let in_minutes = !table.has_column("seconds");
        let (column, unit) = if in_minutes {
            ("minutes", 60.0)
        } else {
            ("seconds", 1.0)
        };
        table.require_columns(&[column])?;
        let mut origins = Origins::default();
        let mut off_the_road = Vec::new();
        let mut record = Record::default();
        table.each(&[], |row| {
            let from = match scenario.filter(|_| by_station) {
                Some(scenario) => {
                    let id = station_named(scenario, row.text("station")?);
                    let id = id.ok_or_else(|| {
                        row.bad_value("station", "the id or name of a station or site")
                    })?;
                    scenario.stations.station(id).position
                }
                None => row.position_in("from_lon", "from_lat")?,
            };
            let to = row.position_in("to_lon", "to_lat")?;
            let seconds = row.non_negative(column)? * unit;
            if !(seconds > 0.0 && seconds <= LONGEST) {
                return Err(row.bad_value(column, "a time of more than nothing and at most a day"));
            }
            let ends = [from, to].map(|end| joined(roadway, end, Some(self.limit)));
            match ends {
                [Ok(from), Ok(to)] => record.trips.push(Trip {
                    origin: origins.number(from),
                    destination: to,
                    seconds,
                }),
                [Err(off), _] | [_, Err(off)] => off_the_road.push(off),
            }
            Ok(())
        })?;
        record.origins = origins.locations;
        if let Some(first) = off_the_road.first() {
            let file = self.trips.display();
            console::warn(&format!(
                "{file}: {} trips are left out, the first as an end is {first}",
                off_the_road.len()
            ));
        }
        Ok(record)
    }
}
