//! What sites are chosen by: a time from every station and site to every case of every demand point, and how much
//! each case weighs.

use super::error::QuestionError;
use super::junctions::JunctionId;
use crate::brigades::StationId;
use crate::county::demand::{DemandPoint, DemandPointId};
use crate::county::towns::TownId;
use crate::expected::Expected;
use crate::expected::first_due::travel_to;
use crate::expected::fleet::Fleet;
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;
use crate::shares::whole_parts;
use crate::siting::problem::{NEVER, Times};
use crate::units::Millis;

/// All incidents of a year, or all residents, are at most so many parts, so that a mean by whole parts is
/// exact to less than a millisecond.
const PARTS: f64 = 1e9;

/// The largest sum of parts and times, so that solvers have room above it.
const LARGEST_SUM: f64 = (1_u64 << 56) as f64;

/// Times and weights, and what they come to.
#[derive(Debug)]
pub(super) struct SitingTable {
    /// Turnout and travel, in milliseconds, with a column for each case of each demand point.
    pub(super) times: Times,
    /// Of that the travel.
    pub(super) travel: Times,
    /// Whether all leave equally soon, so that the first to arrive has the least travel.
    pub(super) leave_alike: bool,
    /// Residents of each column, in equal parts of one.
    pub(super) residents: Vec<u64>,
    /// How many parts a resident is.
    pub(super) parts_of_resident: f64,
    /// In how many columns a neighbour may be sent, who is left out.
    pub(super) aided: usize,
    /// The site at the first junction; those at the others follow.
    first_junction: StationId,
    /// Travel times from all stations to all demand points.
    on_roads: ScenarioTimes,
    /// Incidents of each column, in equal parts of one.
    pub(super) weight: Vec<u64>,
    /// The sum of all weights.
    all: u64,
    /// Call handling, in seconds.
    before: f64,
}

impl SitingTable {
    /// The times from the county's stations and sites, the last of which are at so many junctions.
    /// Those in `standing` stand in any case.
    pub(super) fn of(
        scenario: &Scenario,
        junctions: usize,
        standing: &[StationId],
    ) -> Result<Self, QuestionError> {
        let expected = Expected::of(scenario);
        let demand = scenario.county.demand.iter();
        let a_year: f64 = demand.map(DemandPoint::incidents_a_year).sum();
        if a_year <= 0.0 {
            return Err(QuestionError::NoIncidents);
        }
        let on_roads = scenario.travel_times()?;
        let columns = expected.columns(&on_roads, standing);
        let cases = expected.mix.cases().len();
        let by_point = |parts: &[f64], factor: f64| -> Vec<u64> {
            let points = parts.chunks(cases);
            points
                .flat_map(|parts| whole_parts(parts, factor))
                .collect()
        };
        let reached = columns.arrival.iter().filter(|time| time.is_finite());
        let longest = reached.max().copied().unwrap_or_default();
        let weight = by_point(&columns.incidents, parts_of_one(a_year, longest));
        let residents = columns.residents.iter().sum::<f64>();
        let parts_of_resident = parts_of_one(residents.max(1.0), Millis(1));
        let all = weight.iter().sum();
        let rows = |times: &[Millis]| {
            let millis = times.iter().map(|time| time.0);
            Times::new(weight.len(), millis.collect())
        };
        let table = Self {
            times: rows(&columns.arrival),
            travel: rows(&columns.travel),
            leave_alike: columns.leave_alike,
            residents: by_point(&columns.residents, parts_of_resident),
            parts_of_resident,
            aided: columns.aided,
            first_junction: StationId::at(scenario.stations.of_county().len() - junctions),
            on_roads,
            weight,
            all,
            before: scenario.rules.stages.call_handling.mean.seconds(),
        };
        // Where nobody stands yet, somebody can.
        let there = match standing.is_empty() {
            true => table.nearest(scenario.stations.of_county()),
            false => table.nearest(standing.iter().copied()),
        };
        table.check_answered(scenario, &there)?;
        Ok(table)
    }

    /// Complains when incidents are reached by nobody who would do, given the time of each column.
    pub(super) fn check_answered(
        &self,
        scenario: &Scenario,
        times: &[u32],
    ) -> Result<(), QuestionError> {
        let missed = |column: &usize| self.weight[*column] > 0 && times[*column] == NEVER;
        let Some(column) = (0..self.weight.len()).find(missed) else {
            return Ok(());
        };
        let cases = self.weight.len() / scenario.county.demand.len();
        let point = scenario.county.demand[column / cases].id.clone();
        Err(QuestionError::Unanswered { point })
    }

    /// The time of each column with some stations, whichever of them are on a running card.
    pub(super) fn with(&self, scenario: &Scenario, stations: &[StationId]) -> Vec<u32> {
        if scenario.stations.running_cards.iter().all(Vec::is_empty) {
            self.nearest(stations.iter().copied())
        } else {
            self.by_card(scenario, stations)
        }
    }

    fn by_card(&self, scenario: &Scenario, stations: &[StationId]) -> Vec<u32> {
        let expected = Expected::of(scenario);
        let fleet = Fleet::of(&expected, stations);
        let mut arrivals = Vec::with_capacity(self.weight.len());
        for point in DemandPointId::all(scenario.county.demand.len()) {
            // As for the choices, neighbours are left out.
            let on_roads = travel_to(&self.on_roads, &fleet, point);
            let travel = |station, band| match fleet.is_neighbour(station) {
                true => Millis::NEVER,
                false => on_roads(station, band),
            };
            for case in expected.mix.cases() {
                let first = expected.first(&fleet, expected.call(point, *case), travel);
                arrivals.push(first.map_or(u32::MAX, |first| first.arrival().0));
            }
        }
        arrivals
    }

    /// The site at a junction.
    pub(super) fn at(&self, junction: JunctionId) -> StationId {
        StationId::at(self.first_junction.index() + junction.index())
    }

    /// The junction of a site, by its row.
    pub(super) fn junction_of(&self, row: usize) -> JunctionId {
        JunctionId::at(row - self.first_junction.index())
    }

    /// The time of each column from a station or site.
    pub(super) fn from(&self, station: StationId) -> &[u32] {
        self.times.from(station.index())
    }

    /// The time of each column from the nearest of these stations.
    pub(super) fn nearest(&self, stations: impl IntoIterator<Item = StationId>) -> Vec<u32> {
        let mut nearest = vec![u32::MAX; self.times.points()];
        for station in stations {
            for (nearest, time) in nearest.iter_mut().zip(self.from(station)) {
                *nearest = (*nearest).min(*time);
            }
        }
        nearest
    }

    /// The station of these that is first to arrive.
    pub(super) fn first(&self, stations: &[StationId], column: usize) -> Option<StationId> {
        let arrival = |station: &&StationId| self.from(**station)[column];
        stations.iter().min_by_key(arrival).copied()
    }

    pub(super) fn sum(&self, nearest: &[u32]) -> u64 {
        let each = nearest.iter().zip(&self.weight);
        each.map(|(time, weight)| weight * u64::from(*time)).sum()
    }

    /// The sum when one more station stands beside those that give `nearest`.
    pub(super) fn sum_with(&self, nearest: &[u32], station: StationId) -> u64 {
        let each = nearest.iter().zip(self.from(station)).zip(&self.weight);
        each.map(|((a, b), weight)| weight * u64::from(*a.min(b)))
            .sum()
    }

    pub(super) fn seconds(&self, sum: u64) -> f64 {
        sum as f64 / self.all as f64 / 1000.0 + self.before
    }

    pub(super) fn mean(&self, nearest: &[u32]) -> f64 {
        self.seconds(self.sum(nearest))
    }

    /// The mean over the incidents of one town.
    pub(super) fn town_mean(&self, scenario: &Scenario, town: TownId, nearest: &[u32]) -> f64 {
        let (mut sum, mut all) = (0.0, 0.0);
        let cases = self.weight.len() / scenario.county.demand.len();
        let points =
            (scenario.county.demand.iter()).flat_map(|point| std::iter::repeat_n(point, cases));
        for ((point, weight), time) in points.zip(&self.weight).zip(nearest) {
            if point.town == town {
                sum += *weight as f64 * f64::from(*time) / 1000.0;
                all += *weight as f64;
            }
        }
        sum / all + self.before
    }
}

/// Into how many parts one of `all` is cut that counts for as long as `longest`: a power of ten, however
/// many or few there are.
fn parts_of_one(all: f64, longest: Millis) -> f64 {
    let most = PARTS.min(LARGEST_SUM / f64::from(longest.0.max(1)));
    libm::exp10(libm::log10(most / all).floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thousand incidents a year are cut into millionths, one in five thousand years into
    /// many more; where times are long, into fewer.
    #[test]
    fn however_few_incidents_there_are_they_are_about_as_many_parts() {
        assert_eq!(parts_of_one(1000.0, Millis(600_000)), 1e6);
        assert_eq!(parts_of_one(0.0002, Millis(600_000)), 1e12);
        assert_eq!(parts_of_one(1e10, Millis(600_000)), 0.1);
        assert_eq!(parts_of_one(1000.0, Millis(u32::MAX / 2)), 1e4);
    }
}
