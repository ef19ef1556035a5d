//! `brigade import`: makes the tables of a county from data that others publish.

mod ending;
mod lines;
mod lines_report;
mod next_step;
mod osm;
mod report;

use clap::{Args, Subcommand};

use crate::cli::failure::Failure;

/// Makes the tables of a county from published data.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    publisher: Publisher,
}

#[derive(Debug, Subcommand)]
enum Publisher {
    /// Roads, fire stations and settlements from an OpenStreetMap extract.
    ///
    /// Writes network/node.csv, network/link.csv (GMNS) and network/turn_restriction.csv,
    /// stations.csv, towns.csv, demand.csv, boundary.geojson, barriers.geojson (rivers and lakes), dropped.geojson
    /// (roads that no engine drives there and back) and import.json, and says on one page what was read, kept,
    /// dropped, assumed and not understood. Extracts of whole provinces and countries are at download.geofabrik.de.
    Osm(osm::OsmArgs),
    /// Roads from a layer of lines: GeoJSON or a shapefile, with a mapping of its columns.
    ///
    /// Writes network/node.csv and network/link.csv (GMNS), dropped.geojson and import.json, and prints what was kept,
    /// dropped, not understood and joined.
    Lines(lines::LinesArgs),
}

impl ImportArgs {
    /// Runs the import.
    ///
    /// # Errors
    /// When a file is missing or cannot be used, or the output cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.publisher {
            Publisher::Osm(args) => args.run(),
            Publisher::Lines(args) => args.run(),
        }
    }
}
