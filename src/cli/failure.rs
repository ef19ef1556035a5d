//! Why a command ended without its result, and the exit code that says so.

use std::error::Error;
use std::process::ExitCode;

use crate::files::FileError;
use crate::scenario::error::ScenarioError;
use crate::table::TableError;

/// Why a command ended without its result.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong: the person who wrote it can mend it.
    Input(Box<dyn Error + Send + Sync>),
    /// The run failed: a disk is full, a file is locked.
    Run(Box<dyn Error + Send + Sync>),
    /// Somebody ended the run: how far it came, and what is left.
    Stopped(String),
    /// Nobody reads the result any more, which is no fault.
    NobodyReads,
}

impl Failure {
    /// 2 for wrong input, 1 for a failed run, 0 where there is no fault.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Input(_) => ExitCode::from(2),
            Self::Run(_) | Self::Stopped(_) => ExitCode::from(1),
            Self::NobodyReads => ExitCode::SUCCESS,
        }
    }

    /// What is said of it, where something is to be said.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Input(error) | Self::Run(error) => Some(format!("error: {error}")),
            Self::Stopped(words) => Some(words.clone()),
            Self::NobodyReads => None,
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        if error.is_input() {
            Self::Input(Box::new(error))
        } else {
            Self::Run(Box::new(error))
        }
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match error {
            TableError::File(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        if error.is_input() {
            Self::Input(Box::new(error))
        } else {
            Self::Run(Box::new(error))
        }
    }
}

/// A run that failed for a reason of its own.
pub(super) fn failed(error: impl Error + Send + Sync + 'static) -> Failure {
    Failure::Run(Box::new(error))
}
