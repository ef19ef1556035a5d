//! The scenario file (TOML) as the planner wrote it, before it is held against the tables.

mod dispatch;
mod incidents;
mod ranking;
mod roads;
mod stages;

use serde::Deserialize;

use crate::roads::class::RoadClass;

pub use dispatch::{DispatchKey, MutualAidKey, Overload};
pub use incidents::{HorizonKey, RateMultiplierKey, SpecialDayKey};
pub use ranking::{IndifferenceKey, RankingKey};
pub use roads::{LanesKey, RoadsKey};
pub use stages::{ReturnTripKey, ShiftKey, SpreadKey, StagesKey, TrafficKey, WaterKey};

/// Everything a scenario file can say; a key that is not here is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// The question, in one line.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// The folder of the county, from the folder of this file.
    pub county: String,
    /// Everything random follows from it.
    pub seed: u64,
    /// Sources to be named on every map and report.
    #[serde(default)]
    pub attribution: Vec<String>,
    /// Review number (审图号) that the public use of a map requires.
    pub map_review_number: Option<String>,
    /// Tables in place of those of the county.
    #[serde(default)]
    pub tables: Tables,
    /// What is compared.
    #[serde(default)]
    pub alternatives: AlternativesKey,
    /// How long is simulated, and how often.
    pub horizon: HorizonKey,
    /// How long the stages of a response take.
    pub stages: StagesKey,
    /// How locations join the roads.
    pub roads: RoadsKey,
    /// What `brigade optimize` is to answer, where the command line does not say it.
    #[serde(default)]
    pub siting: SitingKey,
    /// How alternatives are ranked.
    #[serde(default)]
    pub ranking: RankingKey,
    /// Who is sent.
    #[serde(default)]
    pub dispatch: DispatchKey,
    /// Engines of neighbouring counties.
    #[serde(default)]
    pub mutual_aid: Vec<MutualAidKey>,
    /// Towns where incidents are more, or less, frequent than residents alone would say.
    #[serde(default)]
    pub rate_multiplier: Vec<RateMultiplierKey>,
    /// Days on which incidents are more frequent.
    #[serde(default)]
    pub special_day: Vec<SpecialDayKey>,
}

/// Where the best sites are looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SitingKey {
    /// The towns in which brigades are wanted, one or several in each.
    #[serde(default)]
    pub within: Several,
    /// The classes of road that make a junction a candidate.
    #[serde(default, deserialize_with = "classes")]
    pub on: Vec<RoadClass>,
    /// Engines of each new brigade.
    pub engines: Option<u16>,
    /// Candidates that stand in any case.
    #[serde(default)]
    pub fixed: Vec<String>,
    /// The standard within which residents are counted.
    pub standard: Option<String>,
}

/// One name or several: of towns, or of files.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Several {
    One(String),
    /// Each that is named, as often as it is.
    Each(Vec<String>),
}

impl Default for Several {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl Several {
    /// Every name.
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Each(names) => names,
        }
    }
}

/// Tables in place of those of the county, as paths from the folder of the scenario file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// In place of `towns.csv`.
    pub towns: Option<String>,
    /// In place of `boundary.geojson`.
    pub boundary: Option<String>,
    /// In place of `barriers.geojson`, which a county need not have: what nobody crosses on the way
    /// from a location to its road.
    pub barriers: Option<String>,
    /// In place of the folder `network`.
    pub network: Option<String>,
    /// In place of `demand.csv`.
    pub demand: Option<String>,
    /// In place of `hydrants.csv`, which a county need not have: `id,lon,lat,basis`.
    pub hydrants: Option<String>,
    /// In place of `kept_clear.csv`, which a county need not have: `id,name,kind,lon,lat,basis`, places
    /// from which stations keep their distance.
    pub kept_clear: Option<String>,
    /// In place of `clearances.csv`, which stands beside them: `kind,distance,basis,source`.
    pub clearances: Option<String>,
    /// In place of `stations.csv`.
    pub stations: Option<String>,
    /// In place of `candidates.csv`; several tables are read one after the other.
    pub candidates: Option<Several>,
    /// In place of the folder `profiles`.
    pub profiles: Option<String>,
    /// In place of `incident_types.csv`.
    pub incident_types: Option<String>,
    /// In place of `severities.csv`, which a county need not have: `type,share,needs,on_scene_mean,
    /// on_scene_sd,basis`.
    pub severities: Option<String>,
    /// In place of `hours.csv`.
    pub hours: Option<String>,
    /// In place of `weekdays.csv`, which a county need not have.
    pub weekdays: Option<String>,
    /// In place of `months.csv`, which a county need not have.
    pub months: Option<String>,
    /// Incidents one by one, instead of drawn ones.
    pub incidents: Option<String>,
    /// Incidents one by one, besides the drawn ones.
    pub extra_incidents: Option<String>,
    /// In place of `calendar.csv`, which a county need not have: `date,name`, days whose dates move
    /// from year to year.
    pub calendar: Option<String>,
    /// In place of `prices.csv`, which a county need not have: `item,unit,value,life_years,basis,
    /// reason`.
    pub prices: Option<String>,
    /// In place of `brigade_classes.csv`, which stands beside the prices: what a brigade of each class
    /// needs.
    pub brigade_classes: Option<String>,
    /// In place of `standards.csv`.
    pub standards: Option<String>,
    /// The order in which stations are called, by town or demand point: `zone,order`.
    pub running_card: Option<String>,
    /// Travel times that are known better than from the roads: `station,demand,seconds`.
    pub travel_times: Option<String>,
}

/// Which choices of sites are compared; none leaves the baseline alone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlternativesKey {
    /// Sites that stand in every alternative but the baseline.
    #[serde(default)]
    pub keep: Vec<String>,
    /// How many sites each alternative takes from each group; every combination is compared.
    #[serde(default)]
    pub choose: Vec<ChooseKey>,
}

/// So many sites from a group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChooseKey {
    /// The group, as in the table of candidates.
    pub group: String,
    /// How many of its sites.
    #[serde(default = "one")]
    pub count: usize,
}

fn one() -> usize {
    1
}

fn classes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<RoadClass>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let classes = texts.iter().map(|text| {
        text.parse().map_err(|_| {
            let known = RoadClass::known();
            serde::de::Error::custom(format!("`{text}` is no class of road; it is {known}"))
        })
    });
    classes.collect()
}
