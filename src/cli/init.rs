//! `brigade init`: writes the embedded county and scenarios as a folder to edit.

use std::path::PathBuf;

use super::console::counted;
use super::failure::Failure;
use crate::files::{Product, Staging, embedded_files};

/// Write the embedded county and its scenarios into a folder, to be edited
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to write; it must be empty, or not there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder holds something already, or cannot be written to.
    pub(super) fn run(&self) -> Result<(), Failure> {
        // First, as it takes away what a killed run has left.
        let staging = Staging::for_folder(&self.folder, Product::County)?;
        if !staging.is_alone()? {
            return Err(Failure::Input(
                format!(
                    "{}: the folder is not empty, and nothing in it may be lost; name a new one",
                    self.folder.display()
                )
                .into(),
            ));
        }
        for (path, content) in embedded_files() {
            staging.write(path, content)?;
        }
        let published = staging.publish()?;
        outln!(
            "{} in {}; edit the tables in Excel and run\n  brigade compare {}",
            counted(published.len(), "file"),
            self.folder.display(),
            self.folder.join("scenarios").join("wuhua.toml").display()
        );
        Ok(())
    }
}
