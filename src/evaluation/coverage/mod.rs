//! Coverage without simulation: who is reached within which minute when every engine is at home
//! and every stage takes its mean.
//!
//! | file | job |
//! | --- | --- |
//! | [`question`] | which stations, clock, bands and closed links are meant |
//! | [`reach`] | which station is first and second, and by when |
//! | [`partition`] | the county cut into areas by band and by first-due station |
//! | [`answer`] | the figures and areas of an answer |
//! | [`closures`] | what closing some links changes |
//! | [`critical_links`] | the links of which the closing hurts most |

pub mod answer;
pub mod closures;
pub mod critical_links;
mod forest;
pub mod partition;
pub mod question;
pub mod reach;

use geo::Area;
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use crate::basis::Basis;
use crate::evaluation::comparison::StandardSummary;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::standards::Clock;
use crate::units::Millis;

pub use answer::{
    AreaCoverage, Areas, Band, BandFigures, Coverage, CoverageScenario, DueFigures, GridNote,
    PointCoverage, StationCoverage, TownCoverage,
};
use closures::Closures;
use critical_links::CriticalLinks;
use partition::Spots;
use question::Question;
use reach::{Due, Reach};

/// Spots along the longer side of the county: 100 m apart in a county of 50 km.
pub const ACROSS: usize = 500;

/// The mean time that a clock counts before the travel.
#[must_use]
pub fn before_travel(scenario: &Scenario, clock: Clock) -> Millis {
    let stages = &scenario.stages;
    match clock {
        Clock::Response => stages.call_handling.mean + stages.turnout.mean,
        Clock::Dispatch => stages.turnout.mean,
        Clock::Travel => Millis(0),
    }
}

/// Answers a question.
#[must_use]
pub fn cover(scenario: &Scenario, question: &Question) -> (Coverage, Areas) {
    let reach = Reach::new(scenario, &question.bases, &[]);
    let before = before_travel(scenario, question.clock);
    let limits: Vec<Millis> = question
        .bands
        .iter()
        .map(|minutes| Millis::from_seconds(minutes * 60.0))
        .collect();
    let bands = bands(&question.bands);
    let level = |due: Option<Due>| -> usize {
        let Some(due) = due else {
            return limits.len() + 1;
        };
        limits.partition_point(|limit| before + due.travel > *limit)
    };

    let spots = Spots::over(&scenario.county.boundary, ACROSS);
    let plane = spots.lattice.plane;
    let first_at = |at: [f64; 2]| reach.first_at(plane.unproject(at));
    let due = spots.at_each(first_at);
    let cut = |count: usize, level: &(dyn Fn(Option<Due>) -> usize + Sync)| {
        let levels: Vec<Option<u32>> = due
            .iter()
            .map(|due| due.map(|due| level(due) as u32))
            .collect();
        spots.partition(count as u32, &levels, |at| level(first_at(at)) as u32)
    };
    let stations = question.bases.len();
    let areas = Areas {
        plane,
        bands: cut(bands.len(), &level),
        districts: cut(stations + 1, &|due| due.map_or(stations, |due| due.station)),
    };

    let first_two: Vec<[Option<Due>; 2]> = (0..scenario.county.demand.len())
        .map(|point| reach.first_two(point))
        .collect();
    let town_spots = spots_by_town(scenario, &spots, &due, bands.len(), level);
    let figures = Figures {
        scenario,
        question,
        bands: &bands,
        first: first_two.iter().map(|[first, _]| *first).collect(),
        level: &level,
    };
    let band_areas: Vec<f64> = areas
        .bands
        .iter()
        .map(|area| area.unsigned_area() / 1e6)
        .collect();
    let towns = scenario
        .county
        .towns
        .iter()
        .enumerate()
        .map(|(number, town)| {
            let of_town = |band: usize| {
                let all: usize = town_spots.iter().map(|town| town[band]).sum();
                band_areas[band] * town_spots[number][band] as f64 / all.max(1) as f64
            };
            TownCoverage {
                id: town.id.clone(),
                name: town.name.clone(),
                figures: figures.of(
                    Some(number),
                    &(0..bands.len()).map(of_town).collect::<Vec<_>>(),
                ),
            }
        });
    let coverage = Coverage {
        scenario: CoverageScenario {
            file: scenario.file.clone(),
            name: scenario.name.clone(),
            alternative: question.alternative.clone(),
            brigade_version: env!("CARGO_PKG_VERSION"),
        },
        clock: question.clock,
        before_travel_seconds: before.seconds(),
        bands: bands.clone(),
        grid: GridNote {
            step_metres: spots.lattice.step,
            spots: spots.inside.iter().filter(|inside| **inside).count(),
            border_metres: spots.lattice.step / f64::from(1 << partition::HALVINGS),
            town_area_basis: Basis::Estimated,
            town_area_rule: Name {
                local: "无镇界数据：县界内每个格点归最近需求点所在的镇".to_owned(),
                english: "no outlines of towns are known: a spot belongs to the town of its \
                          nearest demand point"
                    .to_owned(),
            },
        },
        county: figures.of(None, &band_areas),
        towns: towns.collect(),
        standards: scenario.standards.iter().map(StandardSummary::of).collect(),
        stations: station_figures(scenario, question, &figures.first, &areas),
        points: point_figures(scenario, question, &first_two, before),
        closures: (!question.closed.is_empty())
            .then(|| Closures::new(scenario, question, &figures.first, before)),
        critical_links: (question.critical > 0).then(|| CriticalLinks::new(scenario, question)),
        data_basis: scenario.data_basis.clone(),
        attribution: scenario.attribution.clone(),
    };
    (coverage, areas)
}

/// The bands between the limits, then "later" and "not reached".
fn bands(limits: &[f64]) -> Vec<Band> {
    let froms = std::iter::once(0.0).chain(limits.iter().copied()).map(Some);
    let tos = limits.iter().copied().map(Some).chain([None]);
    let unreached = Band {
        from_minutes: None,
        to_minutes: None,
    };
    froms
        .zip(tos)
        .map(|(from_minutes, to_minutes)| Band {
            from_minutes,
            to_minutes,
        })
        .chain([unreached])
        .collect()
}

/// How many spots of the county belong to each town and band: `[town][band]`.
fn spots_by_town(
    scenario: &Scenario,
    spots: &Spots,
    due: &[Option<Option<Due>>],
    bands: usize,
    level: impl Fn(Option<Due>) -> usize,
) -> Vec<Vec<usize>> {
    let plane = spots.lattice.plane;
    let places = scenario.county.demand.iter().enumerate();
    let points = RTree::bulk_load(
        places
            .map(|(number, point)| GeomWithData::new(plane.project(point.position), number))
            .collect(),
    );
    let mut count = vec![vec![0; bands]; scenario.county.towns.len()];
    for (spot, due) in due
        .iter()
        .enumerate()
        .filter(|(spot, _)| spots.inside[*spot])
    {
        let at = spots.lattice.at(spot);
        // Of points equally near, the first in the table.
        let nearest = points.nearest_neighbors(&at).into_iter().min_by(|a, b| {
            let far = |point: &GeomWithData<[f64; 2], usize>| point.distance_2(&at);
            far(a).total_cmp(&far(b)).then(a.data.cmp(&b.data))
        });
        if let (Some(nearest), Some(due)) = (nearest, due) {
            let town = scenario.county.demand[nearest.data].town;
            count[town.index()][level(*due)] += 1;
        }
    }
    count
}

struct Figures<'a> {
    scenario: &'a Scenario,
    question: &'a Question,
    bands: &'a [Band],
    /// The first station at each demand point.
    first: Vec<Option<Due>>,
    level: &'a dyn Fn(Option<Due>) -> usize,
}

impl Figures<'_> {
    /// The figures of a town, or of the county, which has these areas by band.
    fn of(&self, town: Option<usize>, band_areas: &[f64]) -> AreaCoverage {
        let scenario = self.scenario;
        let before = before_travel(scenario, self.question.clock);
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
        let mut within = vec![0.0; scenario.standards.len()];
        let points = scenario.county.demand.iter().zip(&self.first);
        for (point, first) in points.filter(|(p, _)| town.is_none_or(|t| p.town.index() == t)) {
            let rate = point.incidents_a_year();
            residents += point.residents;
            incidents += rate;
            let band = &mut by_band[(self.level)(*first)];
            band.residents += point.residents;
            band.incidents_a_year += rate;
            let Some(first) = first else { continue };
            reached += rate;
            seconds += rate * (before + first.travel).seconds();
            for (within, standard) in within.iter_mut().zip(&scenario.standards) {
                let time = before_travel(scenario, standard.clock) + first.travel;
                if time <= standard.threshold {
                    *within += point.residents;
                }
            }
        }
        let ids = scenario
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
    question: &Question,
    first: &[Option<Due>],
    areas: &Areas,
) -> Vec<StationCoverage> {
    let mut stations: Vec<StationCoverage> = question
        .bases
        .iter()
        .zip(&areas.districts)
        .map(|(base, area)| {
            let station = scenario.base(*base);
            StationCoverage {
                id: station.id.clone(),
                name: station.name.clone(),
                lon: station.position.lon,
                lat: station.position.lat,
                engines: station.engines,
                existing: *base < scenario.stations.len(),
                residents: 0.0,
                incidents_a_year: 0.0,
                area_km2: area.unsigned_area() / 1e6,
            }
        })
        .collect();
    for (point, first) in scenario.county.demand.iter().zip(first) {
        if let Some(first) = first {
            stations[first.station].residents += point.residents;
            stations[first.station].incidents_a_year += point.incidents_a_year();
        }
    }
    stations
}

fn point_figures(
    scenario: &Scenario,
    question: &Question,
    first_two: &[[Option<Due>; 2]],
    before: Millis,
) -> Vec<PointCoverage> {
    let figures = |due: Due| DueFigures {
        station: scenario.base(question.bases[due.station]).id.clone(),
        seconds: (before + due.travel).seconds(),
    };
    let points = scenario.county.demand.iter().zip(first_two);
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
