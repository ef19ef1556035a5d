//! What a check of the catalogue finds, typed: the report says it in words.

use crate::language::Name;
use crate::units::Metres;

/// Something that is well-formed and hardly true.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub file: String,
    /// The line of the first, where it stands in a table.
    pub line: Option<u64>,
    pub finding: Finding,
}

/// What hardly can be. Where several rows have it, the first is named and all are counted.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Ids as a spreadsheet shows large numbers.
    SpreadsheetId { id: String, rows: usize },
    /// A price, with what is plausible.
    Price {
        item: &'static str,
        unit: &'static str,
        value: f64,
        least: f64,
        most: f64,
        /// Whether it is plausible in 10,000 yuan.
        in_wan: bool,
    },
    /// A stage before the first arrival, by its key.
    LongStage {
        key: String,
        minutes: f64,
        most: f64,
    },
    /// The mean time at the scene of a type.
    LongOnScene { id: String, hours: f64, most: f64 },
    /// Residents over the area of the county.
    ResidentsPerArea { per_km2: f64, least: f64, most: f64 },
    /// Residents over towns.
    ResidentsPerTown { each: f64, least: f64 },
    /// Incidents a year over residents.
    CallsPerResidents {
        per_10_000: f64,
        least: f64,
        most: f64,
    },
    /// The posted speed of main roads.
    PostedSpeed { median: f64, least: f64 },
    /// The speed of a profile on a class of road, a surface or the like.
    ProfileSpeed {
        key: String,
        speed: f64,
        least: f64,
        most: f64,
    },
    /// The speed between locations and roads.
    AccessSpeed { speed: f64, least: f64, most: f64 },
    /// Known travel times that are too short for the straight line.
    KnownTimeSpeed {
        station: String,
        point: String,
        speed: f64,
        most: f64,
        rows: usize,
    },
    /// Links longer than their lines.
    LongLinks {
        id: String,
        length: Metres,
        line: Metres,
        rows: usize,
        of: usize,
    },
    /// Positions far from the county.
    Elsewhere {
        id: String,
        distance: Metres,
        rows: usize,
    },
    /// A boundary that does not hold the demand points.
    BoundaryElsewhere { outside: usize, of: usize },
    /// Demand points far from those of their town.
    FarFromTown {
        id: String,
        name: Name,
        town: Name,
        distance: Metres,
        usual: Metres,
        rows: usize,
    },
    /// Towns with other residents than their demand points together.
    TownResidents {
        town: Name,
        stated: f64,
        of_points: f64,
        rows: usize,
    },
}
