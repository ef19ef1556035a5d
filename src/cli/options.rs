//! What several commands take on the command line.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use super::console;
use super::failure::{Failure, failed};
use crate::checkpoint::{self, Found, Question};
use crate::files::{FileError, Product, Staging, is_plain_file};

/// Whether a person's files may be lost.
#[derive(Debug, clap::Args)]
pub(super) struct Overwriting {
    /// Replace files of the output that no earlier run of the same command wrote, or that were changed since
    #[arg(long)]
    force: bool,
}

impl Overwriting {
    /// Prepares output for a folder.
    ///
    /// # Errors
    /// As [`Staging::for_folder`].
    pub(super) fn folder(&self, folder: &Path, product: Product) -> Result<Staging, FileError> {
        Ok(Staging::for_folder(folder, product)?.overwriting(self.force))
    }

    /// Whether a person's changes count for nothing.
    pub(super) fn is_forced(&self) -> bool {
        self.force
    }

    /// Prepares output that is one file, and gives the name under which to write it.
    ///
    /// # Errors
    /// As [`Staging::for_file`], and when somebody's file would be lost.
    pub(super) fn file<'f>(&self, file: &'f Path) -> Result<(Staging, &'f OsStr), FileError> {
        let (staging, name) = Staging::for_file(file)?;
        let staging = staging.overwriting(self.force);
        // Before the work.
        staging.refuse_changed(&[name])?;
        Ok((staging, name))
    }
}

/// Where long work is kept until its result is there, in the output folder, by command.
const CHECKPOINT: &str = ".brigade-checkpoint-";

/// Whether a run goes on from where an earlier one was ended.
#[derive(Debug, clap::Args)]
pub(super) struct Resuming {
    /// Go on from where the same command was ended, to the same result
    #[arg(long)]
    resume: bool,
}

impl Resuming {
    /// Keeps what is done from here on in the output folder, until [`Resuming::end`].
    ///
    /// # Errors
    /// When what is there is of another question and should be gone on with, or is no checkpoint.
    pub(super) fn begin(
        &self,
        folder: &Path,
        command: &str,
        question: Question,
    ) -> Result<(), Failure> {
        let path = folder.join(format!("{CHECKPOINT}{command}"));
        let refused =
            |problem: String| Failure::Input(format!("{}: {problem}", path.display()).into());
        if path.symlink_metadata().is_ok() && !is_plain_file(&path) {
            return Err(refused("it should be a file; move it away".to_owned()));
        }
        let found = checkpoint::begin(&path, question, self.resume);
        match (
            found.map_err(|error| refused(error.to_string()))?,
            self.resume,
        ) {
            (Found::OfAnotherQuestion, true) => {
                checkpoint::forget();
                return Err(refused(
                    "what was kept there is of another question: the scenario, the path by which it is named, its data, the \
                     options or the version of `brigade` are not the same; leave out --resume to begin anew"
                        .to_owned(),
                ));
            }
            (Found::Nothing, true) => {
                console::note("nothing was kept of an earlier run: this one begins anew");
            }
            (Found::Steps(steps), true) => {
                let steps = console::counted(steps, "step");
                console::note(&format!("going on after {steps} of an earlier run"));
            }
            (Found::OfAnotherQuestion, false) => console::note(
                "an earlier run of another question was ended; what it kept goes when this one is done or has worked for \
                 some seconds",
            ),
            (Found::Steps(_), false) => console::note(
                "an earlier run of this question was ended; this one begins anew, --resume goes on from there",
            ),
            (Found::Damaged, true) => {
                console::note("what was kept of an earlier run is damaged: this one begins anew");
            }
            (Found::Nothing | Found::Damaged, false) => {}
        }
        Ok(())
    }

    /// The result is there, and nothing need be kept any more.
    pub(super) fn end(&self) {
        if let Some(trouble) = checkpoint::trouble() {
            console::warn(&format!(
                "{trouble}: what was done could not be kept for --resume"
            ));
        }
        checkpoint::end();
    }
}

/// More than any machine of an office has.
const MOST_THREADS: u16 = 1024;

/// On how many threads a command works.
#[derive(Debug, clap::Args)]
pub(super) struct Threads {
    /// Threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_THREADS)))]
    threads: Option<u16>,
}

impl Threads {
    /// Works on so many from here on.
    pub(super) fn set(&self) -> Result<(), Failure> {
        let Some(threads) = self.threads else {
            // What the library that shares work out goes by else.
            let variable = std::env::var("RAYON_NUM_THREADS").unwrap_or_default();
            return match variable.parse::<u64>() {
                Ok(threads) if threads > MOST_THREADS.into() => Err(Failure::Input(
                    format!("RAYON_NUM_THREADS={threads}: {MOST_THREADS} threads at most").into(),
                )),
                _ => Ok(()),
            };
        };
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
            .map_err(failed)
    }
}

/// An amount of money on the command line.
pub(super) fn budget(text: &str) -> Result<f64, String> {
    let yuan = text.parse().ok();
    yuan.filter(|yuan: &f64| *yuan > 0.0 && yuan.is_finite())
        .ok_or_else(|| "it should be an amount in yuan above 0, such as 3000000".to_owned())
}

/// How long a search may take at most.
pub(super) fn time_limit(seconds: Option<f64>) -> Result<Option<Duration>, Failure> {
    let limit = |seconds: f64| {
        Duration::try_from_secs_f64(seconds).map_err(|_| {
            let words = "it should be a number of seconds of at least 0, such as 60";
            Failure::Input(format!("--time-limit {seconds}: {words}").into())
        })
    };
    seconds.map(limit).transpose()
}
