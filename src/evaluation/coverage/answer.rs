//! The answer to a question of coverage: plain figures, and the areas behind them.

use std::collections::BTreeMap;

use geo::MultiPolygon;
use serde::Serialize;

use crate::basis::Basis;
use crate::evaluation::comparison::StandardSummary;
use crate::format::Format;
use crate::geography::Plane;
use crate::language::Name;
use crate::scenario::inputs::BasisNote;
use crate::scenario::standards::Clock;

use super::closures::Closures;
use super::critical_links::CriticalLinks;

/// Who is reached by when. It is what `coverage.json` holds, and what every table is made from.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The version of this file.
    pub format: Format<3>,
    /// What was asked.
    pub scenario: CoverageScenario,
    /// The clock of every time and band.
    pub clock: Clock,
    /// What the clock counts before the travel: call handling and turnout, or part of them; none where
    /// the county's crews leave differently, or do so at other hours.
    pub before_travel_seconds: Option<f64>,
    /// Where they do, from the order until each station's engines leave, over the hours of all calls.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub turnout: Vec<StationTurnout>,
    /// The bands; the last three are "later", "not reached" and "no road".
    pub bands: Vec<Band>,
    /// How areas were measured.
    pub grid: GridNote,
    /// The whole county.
    pub county: AreaCoverage,
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

/// How long a station's engines take to leave, on average over the hours of all calls.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StationTurnout {
    /// The id of the station.
    pub station: String,
    /// From the order until they leave, a neighbour's delay included.
    pub seconds: f64,
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

/// A band of minutes on the clock, or what is in none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    pub reach: BandReach,
    /// It begins after this; `None` for what is not reached.
    pub from_minutes: Option<f64>,
    /// It ends with this; `None` for what is later than all limits, or not reached.
    pub to_minutes: Option<f64>,
}

/// Whether an engine gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BandReach {
    Reached,
    /// There is a road, but no engine comes who would do.
    NotReached,
    /// There is no road so near that an engine gets there.
    NoRoad,
}

impl Band {
    /// What no engine reaches.
    pub const NOT_REACHED: Self = Self::without_minutes(BandReach::NotReached);
    /// Where there is no road.
    pub const NO_ROAD: Self = Self::without_minutes(BandReach::NoRoad);

    const fn without_minutes(reach: BandReach) -> Self {
        Self {
            reach,
            from_minutes: None,
            to_minutes: None,
        }
    }
}

/// How areas were measured.
#[derive(Clone, Debug, Serialize)]
pub struct GridNote {
    /// Metres between grid points.
    pub step_metres: f64,
    /// Grid points in the county.
    pub grid_points: usize,
    /// Borders between grid points are found to this many metres.
    pub border_metres: f64,
    /// What is farther than this from every road it can join has none.
    pub road_limit_metres: f64,
    /// The same where lanes are missing from the network, if that is farther.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub road_limit_without_lanes_metres: Option<f64>,
    /// How the areas by town are known.
    pub town_area_basis: Basis,
    pub town_area_rule: TownAreaRule,
}

/// To which town an area belongs, as no outlines of towns are known.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TownAreaRule {
    NearestDemandPoint,
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
    /// Share of residents within each standard, on its own clock; `None` without residents. `expected.within` of
    /// `comparison.json` is of incidents.
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
    pub incidents_a_year: f64,
    /// The area reached in it.
    pub area_km2: f64,
}

/// Figures of a town.
#[derive(Clone, Debug, Serialize)]
pub struct TownCoverage {
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
    /// Whether it is a neighbour's, who is asked when too few of the county's engines come.
    #[serde(rename = "neighbour", skip_serializing_if = "std::ops::Not::not")]
    pub is_aid: bool,
    /// Residents of the demand points at which it is first.
    pub residents: f64,
    pub incidents_a_year: f64,
    /// The area in which it is first.
    pub area_km2: f64,
}

/// A demand point with the stations that are first and second.
#[derive(Clone, Debug, Serialize)]
pub struct PointCoverage {
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
    pub residents: f64,
    pub incidents_a_year: f64,
    /// The station that is first; none where nobody comes who would do.
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
    /// What share of the point's incidents that is told of, where some need what nobody has who
    /// reaches it.
    #[serde(rename = "answered_share", skip_serializing_if = "is_all")]
    pub answered: f64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_all(share: &f64) -> bool {
    *share == 1.0
}

/// The areas of a coverage, on the plane.
#[derive(Clone, Debug)]
pub struct CoverageAreas {
    pub plane: Plane,
    /// One for each band in which an engine arrives: between the limits, then later.
    pub bands: Vec<MultiPolygon>,
    /// One for each station.
    pub districts: Vec<MultiPolygon>,
    /// Where none arrives.
    pub not_reached: MultiPolygon,
    /// Where there is no road.
    pub no_road: MultiPolygon,
}

impl CoverageAreas {
    /// One for each of [`Coverage::bands`].
    pub fn of_all_bands(&self) -> impl Iterator<Item = &MultiPolygon> {
        self.bands.iter().chain([&self.not_reached, &self.no_road])
    }
}
