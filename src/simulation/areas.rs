//! The parts of a county, a year or a fleet by which incidents are counted.

use crate::scenario::Scenario;
use crate::simulation::incident::Incident;
use crate::simulation::response::Response;

/// Which areas an incident belongs to: always the county, which is 0, and its town, from 1 on; and
/// with all details its type, its hour, its month, the station that came first, and where the
/// first-due station had no engine, town and station together.
#[derive(Clone, Debug)]
pub struct Areas {
    /// Area of the town of each demand point.
    town_of: Vec<u16>,
    /// Where areas of one sort begin, one after the other.
    types: usize,
    hours: usize,
    months: usize,
    stations: usize,
    relief: usize,
    /// Towns and types together; what comes from here on is only added up.
    cells: usize,
    /// Types of incident, or 0 where they are not counted by themselves.
    type_count: usize,
    /// Month, from 0, of each day; empty where only towns are counted.
    month_of: Vec<u8>,
}

/// Hours of a day and months of a year.
const HOURS: usize = 24;
const MONTHS: usize = 12;

impl Areas {
    /// The county and its towns.
    pub fn of(scenario: &Scenario) -> Self {
        let town_of = scenario.county.demand.iter();
        let town_of = town_of.map(|point| point.town.index() as u16 + 1).collect();
        Self::of_towns(town_of, scenario.county.towns.len())
    }

    pub(super) fn of_towns(town_of: Vec<u16>, towns: usize) -> Self {
        let count = towns + 1;
        Self {
            town_of,
            types: count,
            hours: count,
            months: count,
            stations: count,
            relief: count,
            cells: count,
            type_count: 0,
            month_of: Vec::new(),
        }
    }

    /// With types, hours, months and so many stations.
    pub fn with_details(self, scenario: &Scenario, stations: usize) -> Self {
        let types = self.cells;
        let type_count = scenario.county.incident_types.len();
        let hours = types + type_count;
        let months = hours + HOURS;
        let first_station = months + MONTHS;
        let relief = first_station + stations;
        let horizon = &scenario.incidents.horizon;
        let dates = horizon.start.series(jiff::Span::new().days(1));
        Self {
            types,
            hours,
            months,
            stations: first_station,
            relief,
            cells: relief + scenario.county.towns.len() * stations,
            type_count,
            month_of: dates
                .take(horizon.days as usize)
                .map(|date| date.month() as u8 - 1)
                .collect(),
            ..self
        }
    }

    /// The area of the town of each demand point.
    pub(super) fn town_of(&self) -> &[u16] {
        &self.town_of
    }

    /// How many areas there are.
    pub fn count(&self) -> usize {
        self.cells
    }

    /// How many there are with those that are only added up: nothing is counted twice while an
    /// alternative is simulated.
    pub(super) fn count_with_cells(&self) -> usize {
        self.cells + self.towns().len() * self.type_count
    }

    /// Which areas are added to which, in this order, after an alternative was simulated.
    pub(super) fn sums(&self) -> Vec<(usize, usize)> {
        let towns = self.towns();
        let type_count = self.type_count;
        let of_town = |town: usize| {
            let cells = self.cell(town, 0)..self.cell(town, type_count);
            cells
                .zip(self.types..)
                .flat_map(move |(cell, of_type)| [(cell, town), (cell, of_type)])
        };
        let cells = towns.clone().flat_map(of_town);
        cells.chain(towns.clone().map(|town| (town, 0))).collect()
    }

    fn towns(&self) -> std::ops::Range<usize> {
        1..self.types
    }

    fn cell(&self, town: usize, of_type: usize) -> usize {
        self.cells + (town - 1) * self.type_count + of_type
    }

    /// The areas of the types.
    pub fn types(&self) -> std::ops::Range<usize> {
        self.types..self.hours
    }

    /// The areas of the hours of the day.
    pub fn hours(&self) -> std::ops::Range<usize> {
        self.hours..self.months
    }

    /// The areas of the months of the year.
    pub fn months(&self) -> std::ops::Range<usize> {
        self.months..self.stations
    }

    /// The areas of the stations that came first.
    pub fn stations(&self) -> std::ops::Range<usize> {
        self.stations..self.relief
    }

    /// The incidents of a town, from 0, that found the first-due station without an engine, by the
    /// station that came first instead.
    pub fn relief(&self, town: usize) -> std::ops::Range<usize> {
        let stations = self.stations().len();
        let first = self.relief + town * stations;
        first..first + stations
    }

    /// Hands the areas of an incident to `take`, but for those that are added up.
    #[inline]
    pub(super) fn each(
        &self,
        incident: &Incident,
        response: &Response,
        mut take: impl FnMut(usize),
    ) {
        let town = usize::from(self.town_of[incident.point.index()]);
        if self.type_count == 0 {
            return take(town);
        }
        take(self.cell(town, incident.incident_type.index()));
        take(self.hours + incident.received.hour());
        take(self.months + usize::from(self.month_of[incident.received.day()]));
        if let Some(station) = response.station {
            let station = station.index();
            take(self.stations + station);
            if response.first_due_out {
                take(self.relief(town - 1).start + station);
            }
        }
    }
}
