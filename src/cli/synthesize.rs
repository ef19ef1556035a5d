//! `brigade synthesize`: makes the tables of a county from its sources.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::county::synthesis::sources::Sources;
use crate::county::synthesis::{SynthesisError, output, synthesize};
use crate::files::{Product, Source};

use super::console;
use super::failure::Failure;
use super::options::Overwriting;

/// Synthesize a county from its source tables: network, demand points, towns
///
/// The same sources give the same bytes on every machine. With the sources of the embedded county
/// the result is `data/wuhua`.
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Folder of the source tables [default: those of 五华县 inside the program]
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,

    /// Folder for the result
    #[arg(long, value_name = "DIR")]
    output: PathBuf,

    #[command(flatten)]
    overwriting: Overwriting,

    /// Further junctions of village roads, spread over the county, to try larger networks
    #[arg(long, value_name = "N", default_value_t = 0,
          value_parser = clap::value_parser!(u32).range(..=20_000_000))]
    junctions: u32,
}

impl From<SynthesisError> for Failure {
    fn from(error: SynthesisError) -> Self {
        match error {
            SynthesisError::File(error) => error.into(),
            SynthesisError::Table(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When a source is wrong or the result cannot be written.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let folder = match &self.sources {
            Some(folder) => Source::Disk(folder.clone()),
            None => Source::Embedded(PathBuf::from("data/wuhua/source")),
        };
        let staging = self.overwriting.folder(&self.output, Product::County)?;
        let sources = Sources::read(&folder)?;
        let county = console::phase("making the county", || {
            synthesize(&sources, self.junctions as usize)
        })?;
        console::phase("writing", || output::write(&sources, &county, &staging))?;
        for path in staging.publish()? {
            outln!("{}", self.output.join(path).display());
        }
        console::note(&format!(
            "{}, {} of {}, {}",
            console::counted(county.roads.graph().node_count(), "junction"),
            console::counted(county.roads.roads().len(), "road"),
            county.roads.total_length(),
            console::counted(county.villages.len(), "village"),
        ));
        Ok(())
    }
}
