//! `brigade import osm`: roads, stations, settlements and waters of an OpenStreetMap extract.

use std::path::PathBuf;

use clap::Args;

use super::ending::{in_languages, names_of, publish, warn_of_names};
use super::next_step::{Found, next_step};
use super::report::roads::TooLargeFor;
use super::report::{Report, words};
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::options::Overwriting;
use crate::files::{FileError, Product, Source, Staging};
use crate::geography::{LonLat, is_across_antimeridian};
use crate::roads::drivable::{self, Names};
use crate::roads::gmns;
use crate::roads::osm::area::Area;
use crate::roads::osm::network::{self, Network};
use crate::roads::osm::outline::Outline;
use crate::roads::osm::people::{County, People};
use crate::roads::osm::settlements::Settlements;
use crate::roads::osm::stations::FireStations;
use crate::roads::osm::waters::Waters;
use crate::roads::osm::{ATTRIBUTION, OsmError, OsmExtract, reader, sites, tables};
use crate::roads::profile::{Profile, STARTERS};
use crate::roads::too_large::too_large;
use crate::units::Metres;

#[derive(Debug, Args)]
pub(super) struct OsmArgs {
    /// The extract: PBF or XML, plain or packed with gzip or bzip2.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder for the tables.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    overwriting: Overwriting,
    /// The county's boundary: a GeoJSON polygon. Without it the whole extract is the county, and its
    /// outline is the administrative area of the map that holds it, the coastline, or a line around
    /// the roads.
    #[arg(long, value_name = "FILE.geojson")]
    boundary: Option<PathBuf>,
    /// How far beyond the boundary roads are kept: help also comes by roads of the neighbours.
    #[arg(long, value_name = "LENGTH", default_value = "5 km")]
    buffer: Metres,
    /// How many engines every station is assumed to have, since the map does not say; one whose name or operator says
    /// that its crew is called from home has one.
    #[arg(long, value_name = "NUMBER", default_value_t = 2,
          value_parser = clap::value_parser!(u32).range(1..=100))]
    engines: u32,
}

impl OsmArgs {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let file = Source::Disk(self.file.clone());
        let boundary = self.boundary.clone().map(Source::Disk);
        let given = boundary.as_ref().map(Area::read).transpose()?;
        let mut extract = console::phase("reading the map", || reader::read(&file))?;
        let network = console::phase("finding the roads", || {
            network::build(&extract, given.as_ref().map(|area| (area, self.buffer)))
        });
        if network.roads.roads().is_empty() {
            return Err(self.no_road(&extract, given.as_ref()).into());
        }
        let Network { roads, counts } = network;
        let profiles = Profile::starters();
        let driven = console::phase("finding what engines drive", || {
            drivable::driven(&roads, &profiles)
        });
        let connected = roads.part(&driven);
        if connected.roads().is_empty() {
            return Err(OsmError::NotConnected {
                file: file.to_string(),
            }
            .into());
        }
        let settlements = Settlements::of(&extract, given.as_ref());
        let stations = FireStations::of(&extract, given.as_ref(), &settlements);
        let positions = positions(&settlements, &stations);
        let junctions = connected.junctions().map(|junction| junction.position);
        if is_across_antimeridian(junctions.chain(positions.iter().copied())) {
            return Err(OsmError::AcrossAntimeridian {
                file: file.to_string(),
            }
            .into());
        }
        let outline = match &given {
            Some(area) => Some(Outline::given(area.clone(), &connected)),
            None => Outline::find(&extract, &connected, &positions),
        };
        let people = console::phase("finding where people live", || {
            let outline = outline.as_ref().map(|outline| &outline.area);
            let county = match &given {
                Some(boundary) => County::Boundary(boundary),
                None => County::Outline(outline),
            };
            People::of(&mut extract, &settlements, county, &connected)
        });
        let residents_of = |town| people.residents_of(town, &settlements).0;
        // With a station there is something to look at first, and nobody's own sites have to be put in place of these.
        let sites = match stations.stations.is_empty() {
            true => sites::proposed(&settlements, residents_of, &connected),
            false => Vec::new(),
        };
        let named: Vec<(String, LonLat)> = settlements
            .inside()
            .map(|settlement| (settlement.name.clone(), settlement.position))
            .collect();
        let left_out = drivable::left_out(&roads, &driven, &named);
        let dropped = drivable::geojson(&roads, &left_out, Some(ATTRIBUTION));
        let drivable = roads.total_length();
        let names = Names::of(&roads, &named);
        let too_large_for = profiles
            .iter()
            .map(|profile| too_large(&roads, &driven, profile, &names))
            .zip(&profiles)
            .map(|(too_large, profile)| TooLargeFor::of(&profile.id, &too_large))
            .collect();
        drop(names);
        // Of a large extract, what is not needed any more makes room for what follows.
        drop(roads);
        let waters = outline
            .as_ref()
            .map(|outline| Waters::of(&extract, &outline.area, self.buffer))
            .unwrap_or_default();
        let read = extract.read;
        drop(extract);

        let report = Report::of(
            &file,
            boundary.as_ref().map(|boundary| (boundary, self.buffer)),
            self.engines,
            read,
            &counts,
            drivable,
            &connected,
            &left_out,
            too_large_for,
            &settlements,
            &people,
            &stations,
            &sites,
            outline.as_ref().map(|outline| &outline.account),
            waters.counts,
        );
        let staging = self.overwriting.folder(&self.output, Product::County)?;
        gmns::write(&connected, &staging, "network")?;
        staging.write(
            "stations.csv",
            &tables::stations(&stations, self.engines, words::crew, words::station),
        )?;
        staging.write("towns.csv", &tables::towns(&settlements, &people))?;
        staging.write("demand.csv", &tables::demand(&settlements, &people))?;
        let dropped = (!left_out.is_empty()).then_some(dropped);
        staging.write_or_leave_out("dropped.geojson", dropped)?;
        let boundary = outline.map(|Outline { area, account }| {
            area.geojson(&format!("{}; {ATTRIBUTION}", words::outline(&account.rule)))
        });
        staging.write_or_leave_out("boundary.geojson", boundary)?;
        let barriers = (!waters.barriers.is_empty()).then(|| waters.geojson());
        staging.write_or_leave_out("barriers.geojson", barriers)?;
        staging.write("import.json", report.json().as_bytes())?;
        let candidates = tables::candidates(&sites, self.engines, PROPOSED, words::SITE);
        let candidates = (!sites.is_empty()).then_some(candidates);
        staging.write_or_leave_out("candidates.csv", candidates)?;
        write_starters(&staging, !sites.is_empty())?;
        let of_stations = (stations.stations.iter())
            .flat_map(|one| in_languages([&one.name, &one.name_en], &one.names));
        let of_settlements = (settlements.inside().chain(&settlements.parts))
            .flat_map(|one| in_languages([&one.name, &one.name_en], &one.names));
        let of_places = of_stations.chain(of_settlements);
        warn_of_names(names_of(&connected).chain(of_places));
        publish(staging, &self.output, &report)?;
        for warning in report.warnings() {
            console::warn(warning);
        }
        let found = Found {
            stations: stations.stations.len(),
            sites: sites.iter().map(|site| site.id.clone()).collect(),
            settlements: people.points.len(),
        };
        outln_folded!("{}", next_step(&self.output, &found));
        Ok(())
    }

    /// Why there is no road: none in the file, or none in the boundary.
    fn no_road(&self, extract: &OsmExtract, given: Option<&Area>) -> OsmError {
        let file = self.file.display().to_string();
        let Network { roads, .. } = network::build(extract, None);
        let everywhere = Area::around(roads.junctions().map(|junction| junction.position));
        match (given, everywhere, &self.boundary) {
            (Some(area), Some(everywhere), Some(boundary)) => OsmError::BoundaryElsewhere {
                boundary: boundary.display().to_string(),
                file,
                spans: area.span(),
                roads_span: everywhere.span(),
            },
            _ => OsmError::NoRoads { file },
        }
    }
}

/// The county of which the tables are that the map does not have.
const STARTER_COUNTY: &str = "data/wuhua";
const STARTER_SCENARIO: &str = include_str!("../../../data/starter-scenario.toml");

/// The group of the sites that are proposed.
const PROPOSED: &str = "proposed";

/// What the map does not know, taken from the embedded county, and a scenario to begin with, which chooses from the
/// sites that are proposed where there are some.
fn write_starters(staging: &Staging, has_sites: bool) -> Result<(), FileError> {
    let embedded = Source::Embedded(STARTER_COUNTY.into());
    for table in ["incident_types.csv", "hours.csv", "standards.csv"] {
        staging.write(table, &embedded.join(table).read()?)?;
    }
    let profiles = Source::Embedded("data/profiles".into());
    for profile in STARTERS {
        let file = format!("{profile}.toml");
        let content = profiles.join(&file).read()?;
        staging.write(format!("profiles/{file}"), &content)?;
    }
    let mut scenario = STARTER_SCENARIO.to_owned();
    if has_sites {
        scenario += &format!(
            "\n# The first brigade: at which of the sites that the import proposes, or at which junction.\n\
             [[alternatives.choose]]\ngroup = \"{PROPOSED}\"\ncount = 1\n\n\
             [siting]\nwithin = \"anywhere\"\n"
        );
    }
    staging.write("scenario.toml", scenario.as_bytes())
}

/// The settlements and stations, which the county has to enclose.
fn positions(settlements: &Settlements, stations: &FireStations) -> Vec<LonLat> {
    let settlements = settlements.inside().map(|settlement| settlement.position);
    let stations = stations.stations.iter().map(|station| station.position);
    settlements.chain(stations).collect()
}

impl From<OsmError> for Failure {
    fn from(error: OsmError) -> Self {
        match error {
            OsmError::File(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}
