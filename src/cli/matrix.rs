//! `brigade matrix`: travel times from many locations to many, on any network.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use petgraph::graph::NodeIndex;

use super::console;
use super::driving::DrivingArgs;
use super::failure::Failure;
use super::off_the_road::{OffTheRoad, joined};
use super::options::{Overwriting, Threads};
use crate::files::{FileError, Source};
use crate::language::Language;
use crate::roads::cache;
use crate::roads::graph::RoadGraph;
use crate::roads::roadway::Roadway;
use crate::roads::trip::TripEnd;
use crate::table::{self, Columns, Table, TableError};
use crate::units::{Metres, Millis};

/// So many times are held in memory at once: 256 MB.
const AT_ONCE: usize = 1 << 26;
/// Positions too far from a road are named one by one up to this many.
const MAX_NAMED: usize = 20;

/// Compute the travel times between two tables of locations
///
/// A table has the columns id,lon,lat (a position joins the nearest road) or id,node_id (a junction of
/// node.csv). The result has the columns origin,destination,seconds; seconds are empty where no
/// road leads.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the network: node.csv and link.csv (GMNS)
    #[arg(long, value_name = "DIR")]
    network: PathBuf,

    /// Origins of trips: a table id,lon,lat or id,node_id
    #[arg(long, value_name = "FILE.csv")]
    origins: PathBuf,

    /// Destinations of trips: a table id,lon,lat or id,node_id
    #[arg(long, value_name = "FILE.csv")]
    destinations: PathBuf,

    /// Table to write: origin,destination,seconds
    #[arg(long, short, value_name = "FILE.csv")]
    output: PathBuf,

    #[command(flatten)]
    driving: DrivingArgs,

    /// Positions farther from a road than this are named and left empty
    #[arg(long, value_name = "LENGTH", default_value = "3 km")]
    limit: Metres,

    #[command(flatten)]
    overwriting: Overwriting,

    #[command(flatten)]
    threads: Threads,
}

/// What a table of locations has; the stations, sites and demand points of a county may be given as they
/// are.
const COLUMNS: Columns<'_> = Columns::of(&["id"]).and(&[
    "node_id",
    "lon",
    "lat",
    "name",
    "group",
    "engines",
    "apparatus",
    "crew",
    "profile",
    "town",
    "residents",
    "rate_",
    "weight",
    "kind",
]);

/// The locations of a table.
struct Locations {
    /// As a field of the output.
    ids: Vec<String>,
    /// None for a position that is too far from any road.
    ends: Vec<Option<TripEnd>>,
    /// Positions that are too far, and from what.
    too_far: Vec<(String, OffTheRoad)>,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When a table is wrong or the result cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.threads.set()?;
        let folder = Source::Disk(self.network.clone());
        // Before the work, so that an output that cannot be written is known at once.
        let (staging, name) = self.overwriting.file(&self.output)?;
        let mut network = cache::open(&folder)?;
        console::warn_of_network(&mut network, Language::English);
        let roadway = self.driving.roadway(&folder, network)?;
        let node_of = nodes_by_id(roadway.roads());
        let origins = self.locations(&self.origins, &roadway, &node_of)?;
        let destinations = self.locations(&self.destinations, &roadway, &node_of)?;
        for (table, locations) in [
            (&self.origins, &origins),
            (&self.destinations, &destinations),
        ] {
            locations.name_those_too_far(table);
        }
        let path = staging.path(name)?;
        let unreached = console::phase("travel times", || {
            write(&roadway, &origins, &destinations, &path)
        });
        let unreached = unreached.map_err(|source| FileError::Io {
            path: self.output.display().to_string(),
            source,
        })?;
        staging.publish()?;
        console::note(&format!(
            "{} × {} times in {}; {unreached} empty, where no road leads from the one to the other or one of them has \
             none",
            origins.ids.len(),
            destinations.ids.len(),
            self.output.display()
        ));
        Ok(())
    }

    fn locations(
        &self,
        file: &Path,
        roadway: &Roadway,
        node_of: &HashMap<&str, NodeIndex>,
    ) -> Result<Locations, TableError> {
        let table = Table::read(&Source::Disk(file.to_owned()), &COLUMNS)?;
        table.require_rows("each row is a location: id,lon,lat or id,node_id")?;
        let by_node = table.has_column("node_id");
        if !by_node {
            table.require_columns(&["lon", "lat"])?;
        }
        let mut locations = Locations {
            ids: Vec::new(),
            ends: Vec::new(),
            too_far: Vec::new(),
        };
        table.each(&["id"], |row| {
            let id = row.text("id")?;
            let end = if by_node {
                let node = node_of.get(row.text("node_id")?);
                let node = node.ok_or_else(|| row.bad_value("node_id", "a node_id of node.csv"))?;
                Some(TripEnd::Junction(*node))
            } else {
                match joined(roadway, row.position()?, Some(self.limit)) {
                    Ok(location) => Some(TripEnd::Beside(location)),
                    Err(off) => {
                        locations.too_far.push((id.to_owned(), off));
                        None
                    }
                }
            };
            locations.ids.push(table::field(id).into_owned());
            locations.ends.push(end);
            Ok(())
        })?;
        Ok(locations)
    }
}

impl Locations {
    fn name_those_too_far(&self, table: &Path) {
        for (id, off) in self.too_far.iter().take(MAX_NAMED) {
            console::warn(&format!("{}: `{id}` is left empty: {off}", table.display()));
        }
        if self.too_far.len() > MAX_NAMED {
            let more = self.too_far.len() - MAX_NAMED;
            console::warn(&format!("{}: so are {more} others", table.display()));
        }
    }
}

/// The junctions by their `node_id`.
fn nodes_by_id(roads: &RoadGraph) -> HashMap<&str, NodeIndex> {
    let ids = roads.junctions().map(|junction| junction.id.as_str());
    ids.zip(roads.graph().node_indices()).collect()
}

/// Writes the table, origin by origin, and counts the pairs that are empty.
fn write(
    roadway: &Roadway,
    origins: &Locations,
    destinations: &Locations,
    path: &Path,
) -> io::Result<usize> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    out.write_all(b"origin,destination,seconds\n")?;
    let to: Vec<TripEnd> = destinations.ends.iter().flatten().cloned().collect();
    let mut empty = 0;
    let rows: Vec<_> = origins.ids.iter().zip(&origins.ends).collect();
    for rows in rows.chunks((AT_ONCE / to.len().max(1)).max(1)) {
        let from: Vec<TripEnd> = rows.iter().filter_map(|(_, end)| (*end).clone()).collect();
        let times = roadway.times(&from, &to);
        let mut next_origin = 0..from.len();
        for (origin, end) in rows {
            let row = end
                .as_ref()
                .map(|_| times.from(next_origin.next().expect("one for each origin")));
            let mut next_time = row.into_iter().flatten();
            for (destination, end) in destinations.ids.iter().zip(&destinations.ends) {
                let time = end.as_ref().and_then(|_| next_time.next().copied());
                match time.filter(|time| time.is_finite()) {
                    Some(Millis(millis)) => writeln!(
                        out,
                        "{origin},{destination},{}.{:03}",
                        millis / 1000,
                        millis % 1000
                    )?,
                    None => {
                        empty += 1;
                        writeln!(out, "{origin},{destination},")?;
                    }
                }
            }
        }
    }
    out.flush()?;
    Ok(empty)
}
