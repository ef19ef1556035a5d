//! Coverage without simulation: who is reached within which minute when every engine is at home
//! and every stage takes its mean.
//!
//! | file | job |
//! | --- | --- |
//! | [`question`] | which stations, clock, bands and closed links are meant |
//! | `county_grid` | the grid of points at which the county is looked at |
//! | `partition` | the county cut into areas by band and by first-due station |
//! | [`answer`] | the figures and areas of an answer |
//! | [`closures`] | what closing some links changes |
//! | `closing`, `forest` | who is first without one road, found for many roads at once |
//! | [`critical_links`] | the links of which the closing hurts most |

pub mod answer;
mod closing;
pub mod closures;
mod county_grid;
pub mod critical_links;
mod forest;
mod partition;
pub mod question;

use geo::MultiPolygon;

use crate::basis::Basis;
use crate::county::demand::DemandPointId;
use crate::county::towns::TownId;
use crate::evaluation::comparison::StandardSummary;
use crate::expected::Expected;
use crate::expected::before_travel::BeforeTravel;
use crate::expected::first_due::FirstDue;
use crate::expected::fleet::Fleet;
use crate::expected::reach::Reach;
use crate::format::Format;
use crate::geography::LonLat;
use crate::scenario::Scenario;
use crate::scenario::standards::Clock;
use crate::scenario::stations::Role;
use crate::units::Millis;

pub use answer::{
    AreaCoverage, Band, BandFigures, BandReach, Coverage, CoverageAreas, CoverageScenario,
    DueFigures, GridNote, PointCoverage, StationCoverage, StationTurnout, TownAreaRule,
    TownCoverage,
};
use closures::Closures;
use county_grid::CountyGrid;
use critical_links::CriticalLinks;
use question::CoverageQuestion;

/// Grid points along the longer side of the county: 100 m from one to the next in a county of 50 km.
pub const ACROSS: usize = 500;

/// Answers a question.
pub fn coverage_of(scenario: &Scenario, question: &CoverageQuestion) -> (Coverage, CoverageAreas) {
    let expected = Expected::of(scenario);
    let fleet = Fleet::of(&expected, &question.stations);
    let reach = Reach::new(&expected, &question.stations, &[]);
    let limits: Vec<Millis> = question
        .bands
        .iter()
        .map(|minutes| Millis::from_seconds(minutes * 60.0))
        .collect();
    let bands = bands(&question.bands);
    let band_of = |due: FirstDue| limits.partition_point(|limit| due.time(question.clock) > *limit);
    let reached = limits.len() + 1;

    let grid = CountyGrid::over(&scenario.county.boundary, ACROSS);
    let plane = grid.lattice.plane;
    let spot = |at: [f64; 2]| Spot::of(&reach, &fleet, plane.unproject(at));
    let spots = grid.at_each(spot);
    // What is reached, level by level, and where nobody arrives.
    let cut = |reached: usize, level: &(dyn Fn(FirstDue) -> usize + Sync)| {
        let levels: Vec<Option<u32>> = spots
            .iter()
            .map(|spot| Some(spot.as_ref()?.arrival.level(reached, level) as u32))
            .collect();
        let mut areas = grid.partition(reached as u32 + 2, &levels, |at| {
            spot(at).arrival.level(reached, level) as u32
        });
        let [no_road, not_reached] =
            [(); 2].map(|()| areas.pop().unwrap_or_else(|| MultiPolygon(Vec::new())));
        (areas, [not_reached, no_road])
    };
    let stations = fleet.stations().len();
    let (bands_cut, [not_reached, no_road]) = cut(reached, &band_of);
    // Where nobody arrives does not depend on how the rest is cut.
    let (districts, _) = cut(stations, &|due| due.in_fleet.index());
    let areas = CoverageAreas {
        plane,
        bands: bands_cut,
        districts,
        not_reached,
        no_road,
    };

    let first_two: Vec<[Option<FirstDue>; 2]> = DemandPointId::all(scenario.county.demand.len())
        .map(|point| reach.first_two(&fleet, point))
        .collect();
    let grid_points_of_town =
        grid_points_by_town(scenario, &grid, &spots, bands.len(), |arrival| {
            arrival.level(reached, band_of)
        });
    let figures = Figures {
        expected: &expected,
        reach: &reach,
        fleet: &fleet,
        clock: question.clock,
        bands: &bands,
        first: first_two.iter().map(|[first, _]| *first).collect(),
        level: &|due| due.map_or(reached, band_of),
    };
    let band_areas: Vec<f64> = areas
        .of_all_bands()
        .map(|area| grid.square_kilometres(area))
        .collect();
    let towns = scenario
        .county
        .towns
        .iter()
        .enumerate()
        .map(|(number, town)| {
            let of_town = |band: usize| {
                let all: usize = grid_points_of_town.iter().map(|town| town[band]).sum();
                band_areas[band] * grid_points_of_town[number][band] as f64 / all.max(1) as f64
            };
            TownCoverage {
                id: town.id.clone(),
                name: town.name.clone(),
                figures: figures.of(
                    Some(TownId::at(number)),
                    &(0..bands.len()).map(of_town).collect::<Vec<_>>(),
                ),
            }
        });
    let (before_travel_seconds, turnout) = before_travel(&expected, &fleet, question.clock);
    let coverage = Coverage {
        format: Format,
        scenario: CoverageScenario {
            file: scenario.about.file.clone(),
            name: scenario.about.name.clone(),
            alternative: question.alternative.clone(),
            brigade_version: env!("CARGO_PKG_VERSION"),
        },
        clock: question.clock,
        before_travel_seconds,
        turnout,
        bands: bands.clone(),
        grid: GridNote {
            step_metres: grid.lattice.step,
            grid_points: grid.inside.iter().filter(|inside| **inside).count(),
            border_metres: grid.lattice.step / f64::from(1 << partition::HALVINGS),
            road_limit_metres: scenario.network.pace.limit.0,
            road_limit_without_lanes_metres: (scenario.network.road_limit_without_lanes())
                .map(|limit| limit.0),
            town_area_basis: Basis::Estimated,
            town_area_rule: TownAreaRule::NearestDemandPoint,
        },
        county: figures.of(None, &band_areas),
        towns: towns.collect(),
        standards: scenario
            .rules
            .standards
            .iter()
            .map(StandardSummary::of)
            .collect(),
        stations: station_figures(scenario, &fleet, &figures.first, &areas, &grid),
        points: point_figures(scenario, question, &first_two),
        closures: (!question.closed.is_empty())
            .then(|| Closures::new(&expected, &fleet, question, &figures.first)),
        critical_links: (question.critical > 0)
            .then(|| CriticalLinks::new(&expected, &fleet, question)),
        data_basis: scenario.about.data_basis.clone(),
        attribution: scenario.about.attribution.clone(),
    };
    (coverage, areas)
}

/// What a clock counts before the travel, and the turnout of each station where they leave differently.
fn before_travel(
    expected: &Expected<'_>,
    fleet: &Fleet,
    clock: Clock,
) -> (Option<f64>, Vec<StationTurnout>) {
    let before = BeforeTravel::of(expected, fleet);
    // Turnout does not matter where only travel is counted.
    let alike = match clock {
        Clock::Travel => Some(Millis(0)),
        Clock::Response | Clock::Dispatch => before.alike,
    };
    if let Some(turnout) = alike {
        let seconds = clock.time(before.handling, turnout, Millis(0)).seconds();
        return (Some(seconds), Vec::new());
    }
    let stations = &expected.scenario.stations;
    let turnout = before.turnout.iter().map(|of| StationTurnout {
        station: stations.station(of.station).id.clone(),
        seconds: of.mean.seconds(),
    });
    (None, turnout.collect())
}

/// The bands between the limits, then "later", "not reached" and "no road".
fn bands(limits: &[f64]) -> Vec<Band> {
    let froms = std::iter::once(0.0).chain(limits.iter().copied()).map(Some);
    let tos = limits.iter().copied().map(Some).chain([None]);
    froms
        .zip(tos)
        .map(|(from_minutes, to_minutes)| Band {
            reach: BandReach::Reached,
            from_minutes,
            to_minutes,
        })
        .chain([Band::NOT_REACHED, Band::NO_ROAD])
        .collect()
}

/// A spot of the map.
struct Spot {
    /// The demand point to which it belongs; `None` where there is none at all.
    point: Option<DemandPointId>,
    arrival: Arrival,
}

/// Who is first at a spot.
#[derive(Clone, Copy)]
enum Arrival {
    First(FirstDue),
    Nobody,
    NoRoad,
}

impl Spot {
    fn of(reach: &Reach<'_>, fleet: &Fleet, position: LonLat) -> Self {
        let location = reach.location(position);
        let arrival = match &location {
            Some(location) if location.has_road() => reach
                .first_at(fleet, location)
                .map_or(Arrival::Nobody, Arrival::First),
            Some(_) => Arrival::NoRoad,
            None => Arrival::Nobody,
        };
        Self {
            point: location.map(|location| location.point),
            arrival,
        }
    }
}

impl Arrival {
    /// Its level in a partition in which `reached` levels have an arrival.
    fn level(self, reached: usize, level: impl Fn(FirstDue) -> usize) -> usize {
        match self {
            Self::First(due) => level(due),
            Self::Nobody => reached,
            Self::NoRoad => reached + 1,
        }
    }
}

/// How many grid points of the county belong to each town and band: `[town][band]`.
fn grid_points_by_town(
    scenario: &Scenario,
    grid: &CountyGrid,
    spots: &[Option<Spot>],
    bands: usize,
    level: impl Fn(Arrival) -> usize,
) -> Vec<Vec<usize>> {
    let mut count = vec![vec![0; bands]; scenario.county.towns.len()];
    let inside = spots.iter().zip(&grid.inside);
    for (spot, _) in inside.filter(|(_, inside)| **inside) {
        if let Some(Spot {
            point: Some(point),
            arrival,
        }) = spot
        {
            let town = scenario.county.point(*point).town;
            count[town.index()][level(*arrival)] += 1;
        }
    }
    count
}

struct Figures<'a> {
    expected: &'a Expected<'a>,
    reach: &'a Reach<'a>,
    fleet: &'a Fleet,
    clock: Clock,
    bands: &'a [Band],
    /// The first station at each demand point.
    first: Vec<Option<FirstDue>>,
    level: &'a dyn Fn(Option<FirstDue>) -> usize,
}

impl Figures<'_> {
    /// The figures of a town, or of the county, which has these areas by band.
    fn of(&self, town: Option<TownId>, band_areas: &[f64]) -> AreaCoverage {
        let scenario = self.expected.scenario;
        let mut by_band: Vec<BandFigures> = self
            .bands
            .iter()
            .zip(band_areas)
            .map(|(band, area)| BandFigures {
                band: *band,
                residents: 0.0,
                incidents_a_year: 0.0,
                area_km2: *area,
            })
            .collect();
        let (mut residents, mut incidents) = (0.0, 0.0);
        let (mut reached, mut seconds) = (0.0, 0.0);
        let mut within = vec![0.0; scenario.rules.standards.len()];
        let points = scenario.county.demand.iter().zip(&self.first).enumerate();
        let of_area = points.filter(|(_, (p, _))| town.is_none_or(|town| p.town == town));
        for (number, (point, first)) in of_area {
            let rate = point.incidents_a_year();
            residents += point.residents;
            incidents += rate;
            // Of a demand point that is answered for some needs alone, the others are not reached.
            let missed = first.map_or(1.0, |first| 1.0 - first.answered);
            for (level, share) in [
                ((self.level)(*first), 1.0 - missed),
                ((self.level)(None), missed),
            ] {
                by_band[level].residents += point.residents * share;
                by_band[level].incidents_a_year += rate * share;
            }
            let id = DemandPointId::at(number);
            let answered = self.reach.answered(self.fleet, id, self.clock);
            reached += rate * answered.share;
            seconds += rate * answered.seconds;
            for (within, share) in within.iter_mut().zip(answered.within) {
                *within += point.residents * share;
            }
        }
        let ids = scenario
            .rules
            .standards
            .iter()
            .map(|standard| standard.id.clone());
        AreaCoverage {
            residents,
            incidents_a_year: incidents,
            area_km2: band_areas.iter().sum(),
            mean_seconds: (reached > 0.0).then(|| seconds / reached),
            by_band,
            within: ids
                .zip(within)
                .map(|(id, within)| (id, (residents > 0.0).then(|| within / residents)))
                .collect(),
        }
    }
}

fn station_figures(
    scenario: &Scenario,
    fleet: &Fleet,
    first: &[Option<FirstDue>],
    areas: &CoverageAreas,
    grid: &CountyGrid,
) -> Vec<StationCoverage> {
    let ids = fleet.stations().iter();
    let mut stations: Vec<StationCoverage> = ids
        .zip(&areas.districts)
        .map(|(id, area)| {
            let station = scenario.stations.station(*id);
            let role = scenario.stations.role(*id);
            StationCoverage {
                id: station.id.clone(),
                name: station.name.clone(),
                lon: station.position.lon,
                lat: station.position.lat,
                engines: station.engines,
                existing: !matches!(role, Role::Candidate(_)),
                is_aid: matches!(role, Role::Neighbour(_)),
                residents: 0.0,
                incidents_a_year: 0.0,
                area_km2: grid.square_kilometres(area),
            }
        })
        .collect();
    for (point, first) in scenario.county.demand.iter().zip(first) {
        if let Some(first) = first {
            let station = &mut stations[first.in_fleet.index()];
            station.residents += point.residents * first.answered;
            station.incidents_a_year += point.incidents_a_year() * first.answered;
        }
    }
    stations
}

fn point_figures(
    scenario: &Scenario,
    question: &CoverageQuestion,
    first_two: &[[Option<FirstDue>; 2]],
) -> Vec<PointCoverage> {
    let figures = |due: FirstDue| DueFigures {
        station: scenario.stations.station(due.station).id.clone(),
        seconds: due.seconds(question.clock),
        answered: due.answered,
    };
    let points = scenario.county.demand_points().iter().zip(first_two);
    points
        .map(|(point, [first, second])| {
            let town = &scenario.county.towns[point.town.index()];
            PointCoverage {
                id: point.id.clone(),
                name: point.name.clone(),
                town: town.id.clone(),
                lon: point.position.lon,
                lat: point.position.lat,
                residents: point.residents,
                incidents_a_year: point.incidents_a_year(),
                first: first.map(figures),
                second: second.map(figures),
                basis: point.basis,
            }
        })
        .collect()
}
