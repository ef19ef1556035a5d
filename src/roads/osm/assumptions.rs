//! The figures of `data/import.toml`: what the import assumes where the map is silent.

use std::sync::LazyLock;

use crate::units::{KmPerHour, Metres};

/// All figures, as the program carries them.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    /// People in a settlement of unknown size.
    pub residents: Residents,
    /// Settlements.
    pub settlements: Settlements,
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

/// People in a settlement of which the map gives no population.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residents {
    pub city: u64,
    pub town: u64,
    pub village: u64,
    pub hamlet: u64,
    /// Larger numbers are not believed.
    pub most: u64,
}

/// How settlements are told apart.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlements {
    /// Within it, settlements of one name are one.
    pub namesake: Metres,
    /// So many villages stand for towns.
    pub stand_in_towns: usize,
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
    /// No station is as near to the middle of the town.
    pub apart: Metres,
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
        assert_eq!(ASSUMED.residents.village, 800);
        assert_eq!(ASSUMED.stations.merge, Metres(150.0));
    }
}
