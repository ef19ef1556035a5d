//! What the planner wrote, held against the tables and made into one [`Scenario`].
//!
//! | file | job |
//! | --- | --- |
//! | [`about`] | its name, sources and what it rests on |
//! | [`inputs`] | each input with how it is known |
//! | [`network`] | the roads, and how each profile drives them |
//! | [`stations`] | existing stations, candidate sites, neighbours |
//! | [`incidents`] | the years that are simulated, special and listed incidents |
//! | [`rules`] | dispatch, stages, standards, prices |
//! | [`alternatives`] | what is compared |
//! | [`written`] | what the file says that decides figures, for the answer to keep |
//! | [`travel_times`] | from every station to every demand point |
//! | [`file`](mod@file), [`origins`], [`loading`] | the scenario file, which may extend another, and the way from it to a scenario |

pub mod about;
pub mod alternatives;
mod basis_notes;
mod checks;
mod county_tables;
mod dispatch_tables;
pub mod error;
mod extending;
pub mod file;
mod fleets;
mod incident_tables;
pub mod incidents;
pub mod inputs;
mod joining;
pub mod known_times;
pub mod listed_calls;
pub mod loading;
mod lookalikes;
pub mod network;
mod never_complete;
pub mod origins;
pub mod plausibility;
pub mod rules;
pub mod stages;
pub mod standards;
pub mod stations;
pub mod travel_times;
pub mod warnings;
pub mod written;

use crate::county::County;

use about::About;
use alternatives::Alternative;
use incidents::{DAYS_A_YEAR, Incidents};
use network::RoadNetwork;
use rules::Rules;
use stations::Stations;

/// A question with all that is needed to answer it. A changed question is another scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called and rests on.
    pub about: About,
    /// The county; multipliers of rates are already applied.
    pub county: County,
    pub network: RoadNetwork,
    /// Where engines stand or may stand.
    pub stations: Stations,
    /// What is simulated.
    pub incidents: Incidents,
    /// How calls are answered and judged.
    pub rules: Rules,
    /// What is compared; the first is the baseline.
    pub alternatives: Vec<Alternative>,
}

impl Scenario {
    /// Incidents expected in one replication, special days apart: those that are drawn and those that are listed.
    pub fn expected_incidents(&self) -> f64 {
        let listed = self.incidents.listed.len() as f64;
        if self.incidents.is_replay {
            return listed;
        }
        let a_year: f64 = self
            .county
            .demand
            .iter()
            .map(|p| p.incidents_a_year())
            .sum();
        a_year * f64::from(self.incidents.horizon.days) / DAYS_A_YEAR + listed
    }
}
