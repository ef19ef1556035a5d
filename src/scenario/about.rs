//! What a scenario is called, and what it rests on.

use crate::language::Name;
use crate::scenario::inputs::BasisNote;
use crate::scenario::origins::Origins;
use crate::scenario::warnings::Warning;
use crate::scenario::written::Written;

/// A scenario as its reader is told of it.
#[derive(Clone, Debug)]
pub struct About {
    /// The file it came from.
    pub file: String,
    /// Which file says what, where it extends another.
    pub origins: Origins,
    /// What the file says that decides figures, whatever the command line says instead.
    pub written: Written,
    /// The question.
    pub name: Name,
    /// Everything random follows from it.
    pub seed: u64,
    /// Sources to be named on every map and report.
    pub attribution: Vec<String>,
    /// Review number (审图号) of the map.
    pub map_review_number: Option<String>,
    /// What was set by judgement or made by procedure, and why.
    pub data_basis: Vec<BasisNote>,
    /// What a planner should look at, though it does not stop the run.
    pub warnings: Vec<Warning>,
}
