//! `brigade import lines`: a road network from a layer of lines.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::ending::{names_of, publish, warn_of_names};
use super::lines_report::Report;
use super::report::words::{in_words, no_road};
use crate::cli::failure::Failure;
use crate::cli::options::Overwriting;
use crate::files::{Product, Source};
use crate::geography::datum::Datum;
use crate::geography::is_across_antimeridian;
use crate::roads::drivable;
use crate::roads::gmns;
use crate::roads::lines::mapping::Mapping;
use crate::roads::lines::network::{self, LinesNetwork};
use crate::roads::lines::{Layer, LinesError, geojson, shapefile};
use crate::roads::osm::area::Area;
use crate::roads::profile::Profile;
use crate::units::Metres;

#[derive(Debug, Args)]
pub(super) struct LinesArgs {
    /// The layer: a file that ends in .geojson, .json or .shp.
    #[arg(value_name = "FILE", required_unless_present = "example_mapping")]
    file: Option<PathBuf>,
    /// What the layer's columns mean; --example-mapping prints one to begin with.
    #[arg(
        long,
        value_name = "FILE.toml",
        required_unless_present = "example_mapping"
    )]
    mapping: Option<PathBuf>,
    /// The folder for the network.
    #[arg(
        long,
        short,
        value_name = "DIR",
        required_unless_present = "example_mapping"
    )]
    output: Option<PathBuf>,
    #[command(flatten)]
    overwriting: Overwriting,
    /// What the layer's degrees are, where its files do not say: wgs84 (also for CGCS 2000), gcj02
    /// (Amap, Tencent) or bd09 (Baidu).
    #[arg(long, value_name = "SYSTEM")]
    coordinates: Option<Datum>,
    /// The county's boundary: a GeoJSON polygon in WGS 84. Without it the whole layer is read.
    #[arg(long, value_name = "FILE.geojson")]
    boundary: Option<PathBuf>,
    /// How far beyond the boundary roads are kept: help also comes by roads of the neighbours.
    #[arg(long, value_name = "LENGTH", default_value = "5 km")]
    buffer: Metres,
    /// Prints a mapping to begin with, and ends.
    #[arg(long, value_name = "KIND", exclusive = true)]
    example_mapping: Option<Example>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Example {
    /// A Chinese road layer.
    China,
    /// GeoJSON with the keys of OpenStreetMap.
    Osm,
    /// The words of others' GMNS networks, for a mapping.toml beside their link.csv.
    Gmns,
}

impl Example {
    fn text(self) -> &'static str {
        match self {
            Self::China => include_str!("../../../data/mappings/china-roads.toml"),
            Self::Osm => include_str!("../../../data/mappings/osm-geojson.toml"),
            Self::Gmns => gmns::USUAL_MAPPING,
        }
    }
}

impl LinesArgs {
    /// Runs the import.
    ///
    /// # Errors
    /// When a file is missing or cannot be used, or the output cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        if let Some(example) = self.example_mapping {
            out!("{}", example.text());
            return Ok(());
        }
        // clap has seen to it that all three are there.
        let (Some(file), Some(mapping), Some(output)) = (&self.file, &self.mapping, &self.output)
        else {
            return Ok(());
        };
        self.import(file, &Source::Disk(mapping.clone()), output)
    }

    fn import(&self, path: &Path, mapping_file: &Source, output: &Path) -> Result<(), Failure> {
        let mapping = Mapping::read(mapping_file)?;
        let boundary = self.boundary.clone().map(Source::Disk);
        let area = boundary.as_ref().map(Area::read).transpose()?;
        let file = Source::Disk(path.to_owned());
        let layer = read(path, self.coordinates)?;
        let absent = mapping.absent_columns(mapping_file, &file, &layer)?;
        let network = network::build(&layer, &mapping, |position| {
            area.as_ref()
                .is_none_or(|area| area.is_within(position, self.buffer))
        });
        if network.roads.roads().is_empty() {
            let exchanged = area.as_ref().map_or(0, |area| {
                layer.exchanged_within(|position| area.is_within(position, self.buffer))
            });
            return Err(no_roads(&file, &network, exchanged).into());
        }
        let positions = network.roads.junctions().map(|junction| junction.position);
        if is_across_antimeridian(positions) {
            return Err(LinesError::AcrossAntimeridian {
                file: file.to_string(),
            }
            .into());
        }
        let driven = drivable::driven(&network.roads, &Profile::starters());
        let connected = network.roads.part(&driven);
        if connected.roads().is_empty() {
            return Err(LinesError::NotConnected {
                file: file.to_string(),
            }
            .into());
        }
        let left_out = drivable::left_out(&network.roads, &driven, &[]);
        let report = Report::of(
            [&file, mapping_file],
            boundary.as_ref().map(|boundary| (boundary, self.buffer)),
            &layer,
            &mapping,
            absent,
            &network,
            (&connected, &left_out),
        );
        let staging = self.overwriting.folder(output, Product::Network)?;
        gmns::write(&connected, &staging, "network")?;
        let dropped =
            (!left_out.is_empty()).then(|| drivable::geojson(&network.roads, &left_out, None));
        staging.write_or_leave_out("dropped.geojson", dropped)?;
        staging.write("import.json", report.json().as_bytes())?;
        warn_of_names(names_of(&connected));
        publish(staging, output, &report)
    }
}

fn read(path: &Path, stated: Option<Datum>) -> Result<Layer, LinesError> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("geojson" | "json") => geojson::read(&Source::Disk(path.to_owned()), stated),
        Some("shp") => shapefile::read(path, stated),
        _ => Err(LinesError::Format {
            file: path.display().to_string(),
        }),
    }
}

fn no_roads(file: &Source, network: &LinesNetwork, exchanged: usize) -> LinesError {
    let reasons: Vec<String> = in_words(&network.counts.dropped, no_road)
        .iter()
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    if network.counts.features == 0 {
        return LinesError::Empty {
            file: file.to_string(),
        };
    }
    LinesError::NoRoads {
        file: file.to_string(),
        features: network.counts.features,
        reasons: if reasons.is_empty() {
            "all of them shorter than the tolerance".to_owned()
        } else {
            reasons.join(", ")
        },
        hint: if exchanged > 0 {
            format!(
                "with longitude and latitude exchanged {exchanged} would lie within the boundary: save \
                 the layer with degrees east first"
            )
        } else {
            "see the mapping, and the boundary if one was given".to_owned()
        },
    }
}

impl From<LinesError> for Failure {
    fn from(error: LinesError) -> Self {
        match error {
            LinesError::File(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}
