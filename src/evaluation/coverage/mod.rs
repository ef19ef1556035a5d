//! Coverage without simulation: who is reached within which minute when every engine is at home
//! and every stage takes its mean.
//!
//! | file | job |
//! | --- | --- |
//! | [`question`] | which stations, clock, bands and closed links are meant |
//! | [`reach`] | which station is first and second, and by when |
//! | [`partition`] | the county cut into areas by band and by first-due station |
//! | [`closures`] | what closing some links changes |
//! | [`critical_links`] | the links of which the closing hurts most |

pub mod closures;
pub mod critical_links;
mod forest;
pub mod partition;
pub mod question;
pub mod reach;

use std::collections::BTreeMap;

use geo::{Area, MultiPolygon};
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};
use serde::Serialize;

use crate::basis::Basis;
use crate::evaluation::comparison::StandardSummary;
use crate::geography::Plane;
use crate::language::{Language, Name};
use crate::scenario::standards::Clock;
use crate::scenario::{BasisNote, Scenario};
use crate::units::Millis;

use closures::Closures;
use critical_links::CriticalLinks;
use partition::Spots;
use question::Question;
use reach::{Due, Reach};

/// Spots along the longer side of the county: 100 m apart in a county of 50 km.
pub const ACROSS: usize = 500;

/// Who is reached by when. It is what `coverage.json` holds, and what every table is made from.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// What was asked.
    pub scenario: CoverageScenario,
    /// The clock of every time and band.
    pub clock: Clock,
    /// What the clock counts before the travel: the means of call handling and turnout, or part.
    pub before_travel_seconds: f64,
    /// The bands; the last two are "later" and "not reached".
    pub bands: Vec<Band>,
    /// How areas were measured.
    pub grid: GridNote,
    /// The whole county.
    pub county: AreaCoverage,
    /// Each town.
    pub towns: Vec<TownCoverage>,
    /// The standards of the scenario, each on its own clock.
    pub standards: Vec<StandardSummary>,
    /// The chosen stations, with the districts in which each is first.
    pub stations: Vec<StationCoverage>,
    /// Each demand point.
    pub points: Vec<PointCoverage>,
    /// What closing the links that were named changes.
    pub closures: Option<Closures>,
    /// The links of which the closing hurts most.
    pub critical_links: Option<CriticalLinks>,
    /// What the answer rests on.
    pub data_basis: Vec<BasisNote>,
    /// Sources to be named wherever the answer is shown.
    pub attribution: Vec<String>,
}

/// What was asked.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageScenario {
    /// The scenario file.
    pub file: String,
    /// Its question.
    #[serde(flatten)]
    pub name: Name,
    /// The alternative, where one was named.
    pub alternative: Option<String>,
    /// The program that answered.
    pub brigade_version: &'static str,
}

/// A band of minutes on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// It begins after this; `None` for what is not reached.
    pub from_minutes: Option<f64>,
    /// It ends with this; `None` for what is later than all limits, or not reached.
    pub to_minutes: Option<f64>,
}

impl Band {
    /// The band in words: `0–5`, `> 30`, `not reached`.
    #[must_use]
    pub fn label(self, language: Language) -> String {
        match (self.from_minutes, self.to_minutes) {
            (Some(from), Some(to)) => format!("{from}–{to}"),
            (Some(from), None) => format!("> {from}"),
            (None, _) => language.pick("不可达", "not reached").to_owned(),
        }
    }
}

/// How areas were measured.
#[derive(Clone, Debug, Serialize)]
pub struct GridNote {
    /// Metres between spots.
    pub step_metres: f64,
    /// Spots in the county.
    pub spots: usize,
    /// Borders between spots are found to this many metres.
    pub border_metres: f64,
    /// How the areas by town are known.
    pub town_area_basis: Basis,
    /// By which rule.
    pub town_area_rule: Name,
}

/// Figures of an area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaCoverage {
    /// Residents of its demand points.
    pub residents: f64,
    /// Incidents a year, of every type.
    pub incidents_a_year: f64,
    /// Its area.
    pub area_km2: f64,
    /// Mean time to the first engine over incidents, on the clock, where one arrives.
    pub mean_seconds: Option<f64>,
    /// The same by band, in the order of the bands.
    pub by_band: Vec<BandFigures>,
    /// Share of residents within each standard, on its own clock; `None` without residents.
    pub within: BTreeMap<String, Option<f64>>,
}

/// Figures of a band in an area.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BandFigures {
    /// The band.
    #[serde(flatten)]
    pub band: Band,
    /// Residents of the demand points reached in it.
    pub residents: f64,
    /// Their incidents a year.
    pub incidents_a_year: f64,
    /// The area reached in it.
    pub area_km2: f64,
}

/// Figures of a town.
#[derive(Clone, Debug, Serialize)]
pub struct TownCoverage {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Its figures.
    #[serde(flatten)]
    pub figures: AreaCoverage,
}

/// A chosen station and the district in which it is first.
#[derive(Clone, Debug, Serialize)]
pub struct StationCoverage {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Engines that stand there.
    pub engines: u16,
    /// Whether it stands today.
    pub existing: bool,
    /// Residents of the demand points at which it is first.
    pub residents: f64,
    /// Their incidents a year.
    pub incidents_a_year: f64,
    /// The area in which it is first.
    pub area_km2: f64,
}

/// A demand point with the stations that are first and second.
#[derive(Clone, Debug, Serialize)]
pub struct PointCoverage {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// The id of its town.
    pub town: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Its residents.
    pub residents: f64,
    /// Its incidents a year.
    pub incidents_a_year: f64,
    /// The station that is first; none where no road leads.
    pub first: Option<DueFigures>,
    /// The station that is second.
    pub second: Option<DueFigures>,
    /// How its position and residents are known, at worst.
    pub basis: Basis,
}

/// A station and its time to a demand point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueFigures {
    /// The id of the station.
    pub station: String,
    /// Its time, on the clock.
    pub seconds: f64,
}

/// The areas of a coverage, on the plane.
#[derive(Clone, Debug)]
pub struct Areas {
    /// The plane.
    pub plane: Plane,
    /// One for each band.
    pub bands: Vec<MultiPolygon>,
    /// One for each station, and one more for where none arrives.
    pub districts: Vec<MultiPolygon>,
}

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
