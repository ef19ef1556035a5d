//! The figures of `data/import.toml`: what the import assumes where the map is silent.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::roads::class::RoadClass;
use crate::units::{KmPerHour, Metres};

/// All figures, as the program carries them.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    /// Kinds of settlement.
    pub kinds: Kinds,
    /// Settlements.
    pub settlements: Settlements,
    /// In which buildings people live.
    pub buildings: Buildings,
    /// How much floor a person has.
    pub floor_space: FloorSpace,
    /// How people stand on land.
    pub land: Land,
    /// Along which streets people live.
    pub streets: Streets,
    /// How people are put together.
    pub demand_points: DemandPoints,
    /// What can be right.
    pub plausible: Plausible,
    /// Fire stations.
    pub stations: Stations,
    /// Sites that are proposed.
    pub sites: Sites,
    pub roads: Roads,
    /// The outline of the county where none is given.
    pub outline: Outline,
    /// Rivers and lakes.
    pub waters: Waters,
}

/// Which waters part a location from its road.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waters {
    /// An area of water smaller than this, across the box around it, is walked around.
    pub walked_around: Metres,
}

/// What is assumed of each kind of settlement and of part of one.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    pub city: Kind,
    pub town: Kind,
    pub village: Kind,
    pub hamlet: Kind,
    pub isolated_dwelling: Kind,
    pub farm: Kind,
    pub suburb: Kind,
    pub quarter: Kind,
    pub neighbourhood: Kind,
}

/// What is assumed of a kind.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// People where the map gives no population.
    pub residents: u64,
    /// Larger numbers are not believed.
    pub most: u64,
    /// How far it reaches for homes.
    pub reach: Metres,
    /// So many homes say where its people live.
    pub buildings: usize,
}

/// How settlements are told apart.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlements {
    /// Within it, settlements of one name are one.
    pub namesake: Metres,
    /// So many villages stand for towns.
    pub stand_in_towns: usize,
    /// Administrative areas from this level on are municipalities.
    pub municipality_level: u8,
    /// So many times what is expected of its settlements, the population of a large area is that of more than is in the
    /// file.
    pub most_times_expected: u64,
}

/// In which buildings people live, and on how many floors.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buildings {
    /// Floors by the kind of building.
    pub floors: BTreeMap<String, f64>,
    pub most_floors: f64,
    /// Keys of a building of any kind that say that nobody lives there.
    pub other_use: Vec<String>,
    /// Uses of land on which nobody lives.
    pub land_of_work: Vec<String>,
    pub least_m2: f64,
    /// Of a building of any kind.
    pub most_m2_of_any: f64,
}

/// How much floor a person has.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorSpace {
    /// Square metres of dwelling a person, where nothing is known of the country.
    pub elsewhere: f64,
    /// The same by ISO 3166-1.
    pub countries: BTreeMap<String, f64>,
    /// What of the floors as they are drawn is lived in.
    pub dwelling_share: f64,
    /// So many settlements of known population say it themselves,
    pub settlements_needed: usize,
    /// each with so many homes.
    pub homes_needed: usize,
    /// Less floor a resident is that of a part of the homes,
    pub least_m2: f64,
    /// and so are fewer homes on each km of street.
    pub least_homes_a_km: f64,
}

/// How people stand on residential land on which no home is drawn.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Land {
    pub apart: Metres,
    /// On one area at most.
    pub most_points: f64,
}

/// Along which streets people live where no building says it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Streets {
    /// So long a piece is one home.
    pub stretch: Metres,
    pub classes: Vec<RoadClass>,
    /// How far from their settlement, by its reach.
    pub times_reach: f64,
}

/// How people are put together into demand points.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandPoints {
    /// The width of a cell.
    pub cell: Metres,
    /// With more points, cells are widened,
    pub most: usize,
    /// up to this width.
    pub widest: Metres,
}

/// Between which figures people, homes and roads fit together.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plausible {
    pub least_per_km: f64,
    pub most_per_km: f64,
    pub least_per_building: f64,
    pub most_per_building: f64,
    /// How far from a road people are reached.
    pub from_road: Metres,
}

/// How stations are told apart.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stations {
    /// Within it, two objects are one station.
    pub merge: Metres,
    /// Parts of a name or operator that say that the crew is called.
    pub called: Vec<String>,
    /// The same as words of their own.
    pub called_for_short: Vec<String>,
    /// Engines that such a crew mans.
    pub called_engines: u32,
}

/// Where sites are proposed.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sites {
    /// How far the nearest junction may be.
    pub to_the_road: Metres,
    pub most: usize,
}

/// What words about roads mean in figures.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roads {
    /// The speed of `maxspeed=walk`.
    pub walking_pace: KmPerHour,
    /// So many roundabouts have to be there to say on which side traffic keeps,
    pub roundabouts_needed: u64,
    /// and this share of them has to agree.
    pub roundabouts_agree: f64,
}

/// How the outline of the county is found where none is given.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// The share of the length of road that an outline of the map has to hold.
    pub road_share: f64,
    /// So far outside it a settlement or station may lie; it is taken in.
    pub beyond_edge: Metres,
    /// Around what is taken in.
    pub spare: Metres,
    /// How far a simplified line may lie from the true one.
    pub tolerance: Metres,
    /// Gaps between roads up to twice this are closed.
    pub gap: Metres,
    /// Around roads that have no other outline.
    pub margin: Metres,
}

/// The figures of the program's own `data/import.toml`.
pub static ASSUMED: LazyLock<Assumptions> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/import.toml"))
        .expect("the program's own data/import.toml is right, as a test asserts")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_figures_are_read() {
        assert_eq!(ASSUMED.kinds.village.residents, 800);
        assert_eq!(ASSUMED.stations.merge, Metres(150.0));
    }
}
