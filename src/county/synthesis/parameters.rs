//! The figures of the procedure, from `synthesis.toml`.

use serde::{Deserialize, Deserializer};

use crate::complaints::of_toml;
use crate::files::Source;
use crate::roads::class::RoadClass;
use crate::units::Metres;

use super::error::SynthesisError;

/// All figures of the procedure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Names the streams of random draws.
    pub seed: u64,
    /// Main roads from the source table.
    pub main_roads: MainRoads,
    /// Where villages stand.
    pub villages: Villages,
    /// Roads between villages.
    pub village_roads: VillageRoads,
    /// Public hydrants.
    pub hydrants: Hydrants,
    /// Further junctions, for networks larger than the county's.
    pub junctions: Junctions,
}

/// Public hydrants.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hydrants {
    /// How many each town has.
    pub a_town: usize,
}

/// Main roads from the source table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MainRoads {
    /// Length along the ground over length of the straight line.
    pub detour: f64,
    /// Longest piece of an ordinary main road, along the ground.
    pub piece: Metres,
    /// Class where `road_facts.csv` has none.
    #[serde(deserialize_with = "road_class")]
    pub class: RoadClass,
    /// Length of the ramp at a toll gate.
    pub gate_ramp: Metres,
    /// Class of the ramp at a toll gate.
    #[serde(deserialize_with = "road_class")]
    pub gate_ramp_class: RoadClass,
    /// Class of the road from a seat to the nearest main road.
    #[serde(deserialize_with = "road_class")]
    pub seat_link_class: RoadClass,
}

/// Where villages stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Villages {
    /// Least distance between two villages.
    pub spacing: Metres,
    /// Distance from the seat at which the pull of the seat has halved.
    pub seat_scale: Metres,
    /// The same for a former town.
    pub former_town_scale: Metres,
    /// The same for a main road.
    pub road_scale: Metres,
    /// The same for an urban community and its seat.
    pub community_scale: Metres,
    /// Share of the density that the seat makes.
    pub seat_share: f64,
    /// Share of the density that the main roads make.
    pub road_share: f64,
    /// Share of the density that is the same everywhere.
    pub open_share: f64,
    /// Least distance from every seat of a former market place whose position is not known.
    pub market_place_distance: Metres,
    /// Residents of an urban community, in median villages.
    pub community_weight: u64,
    /// Standard deviation of the logarithm of a village's residents, before they are scaled to the town's.
    pub size_sd: f64,
    /// Share of that distribution that is left out at each end.
    pub size_tail: f64,
    /// Draws for one village before the search is given up.
    pub most_draws: u32,
}

/// Roads between villages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VillageRoads {
    /// Length along the ground over length of the straight line.
    pub detour: f64,
    /// Longest straight line of a road that is not needed to reach a village.
    pub longest: Metres,
    /// Distance from a seat within which a village road is a street.
    pub street_radius: Metres,
    /// Class of such a street.
    #[serde(deserialize_with = "road_class")]
    pub street_class: RoadClass,
    /// Class of the other village roads.
    #[serde(deserialize_with = "road_class")]
    pub class: RoadClass,
}

/// Further junctions, for networks larger than the county's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Junctions {
    /// Least distance between two, over the side of the square of land that each would have.
    pub spacing_share: f64,
}

fn road_class<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RoadClass, D::Error> {
    let word = String::deserialize(deserializer)?;
    word.parse().map_err(|_| {
        serde::de::Error::custom(format!(
            "`{word}` is not a class of road: write one of {}",
            RoadClass::known()
        ))
    })
}

impl Parameters {
    /// Reads and checks `synthesis.toml`.
    ///
    /// # Errors
    /// When a key is missing, unknown or out of range.
    pub fn read(source: &Source) -> Result<Self, SynthesisError> {
        let parameters: Self =
            toml::from_str(&source.read_text()?).map_err(|error| SynthesisError::Parameters {
                file: source.to_string(),
                problem: of_toml(&error),
            })?;
        let wrong = parameters.out_of_range();
        match wrong {
            None => Ok(parameters),
            Some(problem) => Err(SynthesisError::Parameters {
                file: source.to_string(),
                problem: problem.to_owned(),
            }),
        }
    }

    /// The first figure that cannot be used, and what would be right.
    fn out_of_range(&self) -> Option<&'static str> {
        let positive = [
            self.main_roads.piece,
            self.villages.spacing,
            self.villages.seat_scale,
            self.villages.former_town_scale,
            self.villages.road_scale,
            self.villages.community_scale,
        ];
        let shares = [
            self.villages.seat_share,
            self.villages.road_share,
            self.villages.open_share,
        ];
        let detours = [self.main_roads.detour, self.village_roads.detour];
        if detours.iter().any(|detour| !(1.0..=10.0).contains(detour)) {
            Some("`detour` is between 1 (straight) and 10")
        } else if positive.iter().any(|length| length.0 < 1.0) {
            Some("`piece`, `spacing` and the scales are at least \"1 m\"")
        } else if shares.iter().any(|share| !(0.0..=1.0).contains(share))
            || (shares.iter().sum::<f64>() - 1.0).abs() > 1e-9
        {
            Some("`seat_share`, `road_share` and `open_share` are at least 0 and sum to 1")
        } else if !(1..=1000).contains(&self.villages.community_weight) {
            Some("`community_weight` is from 1 to 1000")
        } else if !(0.0..=2.0).contains(&self.villages.size_sd) {
            Some("`size_sd` is between 0 (all villages alike) and 2")
        } else if !(0.001..0.5).contains(&self.villages.size_tail) {
            Some("`size_tail` is at least 0.001 and below 0.5")
        } else if !(0.0..=0.6).contains(&self.junctions.spacing_share) {
            // Points dropped at random jam at some 0.83.
            Some("`spacing_share` is between 0 and 0.6, or not all junctions find room")
        } else {
            None
        }
    }
}
