//! The parts of a county, a year or a fleet by which incidents are counted.

use crate::scenario::Scenario;
use crate::simulation::dispatch::Response;
use crate::simulation::history::Incident;

/// Which areas an incident belongs to: always the county, which is 0, and its town, from 1 on; and
/// with all details its type, its hour, its month, the station that came first, and where the
/// station asked first had no engine, town and station together.
#[derive(Clone, Debug)]
pub struct Areas {
    /// Area of the town of each place.
    town_of: Vec<u16>,
    /// Where areas of one sort begin, one after the other.
    types: usize,
    hours: usize,
    months: usize,
    stations: usize,
    relief: usize,
    count: usize,
    /// Month, from 0, of each day; empty where only towns are told apart.
    month_of: Vec<u8>,
}

/// Hours of a day and months of a year.
const HOURS: usize = 24;
const MONTHS: usize = 12;
const HOUR: u64 = 3_600_000;

impl Areas {
    /// The county alone, with so many places: for models that have no towns.
    #[must_use]
    pub fn one(places: usize) -> Self {
        Self::towns(vec![0; places], 0)
    }

    /// The county and its towns.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let town_of = scenario.county.demand.iter();
        let town_of = town_of.map(|point| point.town.index() as u16 + 1).collect();
        Self::towns(town_of, scenario.county.towns.len())
    }

    pub(super) fn towns(town_of: Vec<u16>, towns: usize) -> Self {
        let count = towns + 1;
        Self {
            town_of,
            types: count,
            hours: count,
            months: count,
            stations: count,
            relief: count,
            count,
            month_of: Vec::new(),
        }
    }

    /// With types, hours, months and so many stations.
    #[must_use]
    pub fn with_details(self, scenario: &Scenario, stations: usize) -> Self {
        let types = self.count;
        let hours = types + scenario.county.incident_types.len();
        let months = hours + HOURS;
        let first_station = months + MONTHS;
        let relief = first_station + stations;
        let horizon = &scenario.horizon;
        let dates = horizon.start.series(jiff::Span::new().days(1));
        Self {
            types,
            hours,
            months,
            stations: first_station,
            relief,
            count: relief + scenario.county.towns.len() * stations,
            month_of: dates
                .take(horizon.days as usize)
                .map(|date| date.month() as u8 - 1)
                .collect(),
            ..self
        }
    }

    /// How many areas there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The areas of the types.
    #[must_use]
    pub fn types(&self) -> std::ops::Range<usize> {
        self.types..self.hours
    }

    /// The areas of the hours of the day.
    #[must_use]
    pub fn hours(&self) -> std::ops::Range<usize> {
        self.hours..self.months
    }

    /// The areas of the months of the year.
    #[must_use]
    pub fn months(&self) -> std::ops::Range<usize> {
        self.months..self.stations
    }

    /// The areas of the stations that came first.
    #[must_use]
    pub fn stations(&self) -> std::ops::Range<usize> {
        self.stations..self.relief
    }

    /// The incidents of a town, from 0, that found the station asked first without an engine, by the
    /// station that came first instead.
    #[must_use]
    pub fn relief(&self, town: usize) -> std::ops::Range<usize> {
        let stations = self.stations().len();
        let first = self.relief + town * stations;
        first..first + stations
    }

    /// Hands each area of an incident to `take`.
    #[inline]
    pub(super) fn each(
        &self,
        incident: &Incident,
        response: &Response,
        mut take: impl FnMut(usize),
    ) {
        take(0);
        let town = self.town_of[incident.place.index()];
        if town > 0 {
            take(usize::from(town));
        }
        if self.month_of.is_empty() {
            return;
        }
        take(self.types + usize::from(incident.kind));
        let hour = incident.received.0 / HOUR;
        take(self.hours + (hour % HOURS as u64) as usize);
        let day = (hour / HOURS as u64) as usize;
        take(self.months + usize::from(self.month_of[day]));
        if !response.is_lost() {
            let station = usize::from(response.station);
            take(self.stations + station);
            if response.first_due_out && town > 0 {
                take(self.relief(usize::from(town) - 1).start + station);
            }
        }
    }
}
