//! What is simulated: the years, special days, and incidents that are listed one by one.

use jiff::civil::Date;

use crate::county::incident_list::{IncidentList, ListedIncident};
use crate::county::incident_types::IncidentTypeId;
use crate::county::towns::TownId;

/// Which incidents are drawn or listed.
#[derive(Clone, Debug)]
pub struct Incidents {
    /// What is simulated.
    pub horizon: Horizon,
    /// Days on which incidents are more frequent.
    pub special_days: Vec<SpecialDay>,
    /// Incidents that are listed one by one, by time.
    pub listed: Vec<ListedIncident>,
    /// The lists that they are in.
    pub lists: Vec<IncidentList>,
    /// Whether no others are drawn.
    pub is_replay: bool,
}

/// The span that is simulated, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    /// Its first day.
    pub start: Date,
    /// Its length in years.
    pub years: u16,
    /// Its length in days.
    pub days: u32,
    /// How often it is simulated.
    pub replications: u32,
    /// The first days, which are not counted.
    pub warm_up_days: u32,
    /// In how many batches the other days of the only replication are counted; `None` where each
    /// replication is counted for itself.
    pub batches: Option<u32>,
}

impl Horizon {
    /// Days that are counted together: of a replication, or of a batch.
    pub fn counted_days(&self) -> f64 {
        f64::from(self.days - self.warm_up_days) / f64::from(self.batches.unwrap_or(1))
    }

    /// The same in years.
    pub fn counted_years(&self) -> f64 {
        f64::from(self.years) * self.counted_days() / f64::from(self.days)
    }
}

/// Days on which incidents are more frequent.
#[derive(Clone, Debug)]
pub struct SpecialDay {
    /// What happens then.
    pub name: String,
    /// The days of the horizon, counted from 0.
    pub days: Vec<u32>,
    /// The town, or the whole county.
    pub town: Option<TownId>,
    /// The types of incident that are more frequent.
    pub types: Vec<IncidentTypeId>,
    /// The rate of such a day over that of an ordinary one.
    pub factor: f64,
}

/// Mean length of a year in the Gregorian calendar.
pub const DAYS_A_YEAR: f64 = 365.2425;
