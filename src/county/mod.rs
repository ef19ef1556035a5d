//! The county: its towns, its boundary, where its people live and how often they call for help.

pub mod boundary;
pub mod demand;
pub mod incident_list;
pub mod incident_types;
pub mod synthesis;
pub mod towns;

use boundary::Boundary;
use demand::DemandPoint;
use incident_types::IncidentType;
use towns::Town;

/// A county as its tables describe it.
#[derive(Clone, Debug)]
pub struct County {
    /// The towns, in the order of their table.
    pub towns: Vec<Town>,
    /// The outline.
    pub boundary: Boundary,
    /// The kinds of incident, in the order of their table.
    pub incident_types: Vec<IncidentType>,
    /// Where incidents arise, in the order of their table.
    pub demand: Vec<DemandPoint>,
}
