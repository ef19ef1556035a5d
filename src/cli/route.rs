//! `brigade route`: the quickest way between two locations, street by street.

use std::path::PathBuf;

use petgraph::graph::NodeIndex;

use super::console;
use super::driving::DrivingArgs;
use super::failure::Failure;
use super::off_the_road::{OffTheRoad, joined};
use super::options::Overwriting;
use crate::brigades::StationId;
use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::datum::Datum;
use crate::language::{Language, Name};
use crate::report::itinerary::Itinerary;
use crate::roads::cache;
use crate::roads::graph::RoadGraph;
use crate::roads::roadway::Roadway;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::loading::locate;
use crate::scenario::network::{DrivenProfile, ProfileId};
use crate::units::Metres;

/// Show the quickest way of an engine from A to B, street by street
///
/// A and B are each the id or the name of a station, a site, a demand point or a town of the
/// scenario, a node_id of its network, or degrees as LON,LAT. Times are travel only.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Start of the trip
    #[arg(value_name = "A", allow_hyphen_values = true)]
    from: String,

    /// End of the trip
    #[arg(value_name = "B", allow_hyphen_values = true)]
    to: String,

    /// A scenario file, or the name of an embedded one [default: wuhua]
    #[arg(long, value_name = "SCENARIO", conflicts_with = "network")]
    scenario: Option<PathBuf>,

    /// Folder of a network (GMNS) instead of a scenario
    #[arg(long, value_name = "DIR")]
    network: Option<PathBuf>,

    /// What LON,LAT are: wgs84, gcj02 (Amap, Tencent) or bd09 (Baidu)
    #[arg(long, value_name = "SYSTEM", default_value = "wgs84")]
    coordinates: Datum,

    #[command(flatten)]
    driving: DrivingArgs,

    #[command(flatten)]
    overwriting: Overwriting,

    /// How far LON,LAT may be from a road
    #[arg(long, value_name = "LENGTH", default_value = "3 km")]
    limit: Metres,

    /// Also write the line of the route as GeoJSON
    #[arg(long, value_name = "FILE.geojson")]
    geojson: Option<PathBuf>,

    /// Language of the table
    #[arg(long, value_enum, default_value_t)]
    language: Language,
}

/// One end of a trip: where, and how it is called.
struct End {
    at: TripEnd,
    name: String,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When an end is not known, no road leads from one to the other, or the input is wrong.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let wanted = [&self.from, &self.to];
        match &self.network {
            Some(folder) => {
                let folder = Source::Disk(folder.clone());
                let mut network = cache::open(&folder)?;
                console::warn_of_network(&mut network, self.language);
                let roadway = self.driving.roadway(&folder, network)?;
                let ends = wanted.map(|text| self.end_on(&roadway, text, "a node_id or LON,LAT"));
                self.show(&roadway, ends, &[])
            }
            None => {
                let scenario = Scenario::load(&locate(self.scenario.as_deref()))?;
                console::warn_of(&scenario.about.warnings, self.language);
                let named = wanted
                    .iter()
                    .find_map(|text| station_named(&scenario, text));
                let usual = named.map_or(ProfileId(0), |id| scenario.stations.profile(id));
                let usual = scenario.network.profile(usual);
                let other = self.other_roadway(&scenario, usual)?;
                let roadway = other.as_ref().unwrap_or(&usual.roadway);
                let ends = wanted.map(|text| self.end_in(&scenario, roadway, text));
                self.show(roadway, ends, &scenario.about.attribution)
            }
        }
    }

    /// The roads under other conditions than the scenario's, where any are asked for.
    fn other_roadway(
        &self,
        scenario: &Scenario,
        usual: &DrivenProfile,
    ) -> Result<Option<Roadway>, Failure> {
        let is_other = self.driving.is_given();
        let other = is_other.then(|| self.driving.roadway_of(&scenario.network, usual));
        other.transpose()
    }

    fn show(
        &self,
        roadway: &Roadway,
        ends: [Result<End, Failure>; 2],
        attribution: &[String],
    ) -> Result<(), Failure> {
        let [from, to] = ends;
        let (from, to) = (from?, to?);
        let ends = [from.at, to.at];
        let Some(route) = roadway.route(&ends[0], &ends[1]) else {
            return Err(Failure::Input(
                format!(
                    "no road leads from {} to {} for this profile; see what closes it: \
                     one-ways, size limits, --close",
                    from.name, to.name
                )
                .into(),
            ));
        };
        let itinerary = Itinerary::new(roadway, [from.name, to.name], &ends, &route);
        if let Some(file) = &self.geojson {
            let (staging, name) = self.overwriting.file(file)?;
            let text = itinerary
                .geojson(attribution)
                .map_err(super::failure::failed)?
                + "\n";
            staging.write(name, text.as_bytes())?;
            staging.publish()?;
        }
        out!("{}", itinerary.text(self.language));
        Ok(())
    }

    /// A position of the scenario, or else of its network.
    fn end_in(&self, scenario: &Scenario, roadway: &Roadway, text: &str) -> Result<End, Failure> {
        let Some((name, position)) = position_named(scenario, text)? else {
            return self.end_on(
                roadway,
                text,
                "the id or name of a station, site, town or demand point, a node_id, or LON,LAT",
            );
        };
        let location = joined(roadway, position, None).map_err(|off| off_the_road(text, &off))?;
        Ok(End {
            at: TripEnd::Beside(location),
            name: name.in_language(self.language).to_owned(),
        })
    }

    /// A junction of the network, or a position by its degrees.
    fn end_on(&self, roadway: &Roadway, text: &str, known: &str) -> Result<End, Failure> {
        if let Some(junction) = junction_named(roadway.roads(), text) {
            return Ok(End {
                at: TripEnd::Junction(junction),
                name: text.to_owned(),
            });
        }
        let Some(position) = degrees(text) else {
            let problem = format!("{text}: this is not {known} (such as 115.76499,23.92961)");
            return Err(Failure::Input(problem.into()));
        };
        let position = self.coordinates.to_wgs84(position);
        let location = joined(roadway, position, Some(self.limit)).map_err(|off| {
            Failure::Input(format!("{text}: {off}; is it LON,LAT in {}?", self.coordinates).into())
        })?;
        Ok(End {
            at: TripEnd::Beside(location),
            name: text.to_owned(),
        })
    }
}

fn off_the_road(text: &str, off: &OffTheRoad) -> Failure {
    Failure::Input(format!("{text}: {off}").into())
}

/// The station, site, town or demand point of this id or name, whichever comes first.
fn position_named<'s>(
    scenario: &'s Scenario,
    text: &str,
) -> Result<Option<(&'s Name, LonLat)>, Failure> {
    if let Some(id) = station_named(scenario, text) {
        let station = scenario.stations.station(id);
        return Ok(Some((&station.name, station.position)));
    }
    let county = &scenario.county;
    let mut towns = county.towns.iter();
    if let Some(town) = towns.find(|town| is_called(&town.id, &town.name, text)) {
        return Ok(Some((&town.name, town.seat)));
    }
    let points = &county.demand;
    let called: Vec<_> = match points.iter().find(|point| point.id == text) {
        Some(point) => vec![point],
        None => points
            .iter()
            .filter(|point| is_called(&point.id, &point.name, text))
            .collect(),
    };
    if called.len() > 1 {
        let ids: Vec<&str> = called.iter().map(|point| point.id.as_str()).collect();
        let problem = format!(
            "{text}: {} demand points are called so; name one by its id: {}",
            ids.len(),
            ids.join(", ")
        );
        return Err(Failure::Input(problem.into()));
    }
    Ok(called.first().map(|point| (&point.name, point.position)))
}

/// The station or site of this id or name.
pub(super) fn station_named(scenario: &Scenario, text: &str) -> Option<StationId> {
    scenario.stations.all().find(|id| {
        let station = scenario.stations.station(*id);
        is_called(&station.id, &station.name, text)
    })
}

fn is_called(id: &str, name: &Name, text: &str) -> bool {
    id == text || name.local == text || name.english.eq_ignore_ascii_case(text)
}

fn junction_named(roads: &RoadGraph, id: &str) -> Option<NodeIndex> {
    let graph = roads.graph();
    graph.node_indices().find(|node| graph[*node].id == id)
}

/// `115.76499,23.92961` as a position.
fn degrees(text: &str) -> Option<LonLat> {
    let (lon, lat) = text.split_once([',', '，'])?;
    let position = LonLat {
        lon: lon.trim().parse().ok()?,
        lat: lat.trim().parse().ok()?,
    };
    position.is_valid().then_some(position)
}
