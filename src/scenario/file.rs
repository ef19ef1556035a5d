//! The scenario file (TOML) as the planner wrote it, before it is held against the tables.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::basis::Basis;
use crate::distribution::Shape;
use crate::roads::class::RoadClass;
use crate::units::{KmPerHour, Metres, Millis};

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
    /// Tables that are not the county's own.
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
    /// What `brigade optimize` is asked, where the command line does not say it.
    #[serde(default)]
    pub siting: SitingKey,
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

/// Tables in place of the county's own, as paths from the folder of the scenario file.
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
    /// The order in which stations are asked, by town or demand point: `zone,order`.
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

/// The span that is simulated.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HorizonKey {
    /// Its first day.
    pub start: toml::value::Datetime,
    /// How many years it lasts.
    pub years: u16,
    /// How often it is simulated, with other random draws each time.
    pub replications: u32,
    /// The first days, which are played but not counted, until the engines are as busy as they will
    /// be.
    #[serde(default)]
    pub warm_up_days: u32,
    /// One long replication is counted in so many batches of equal length, each as if it were a
    /// replication (batch means: Law and Carson 1979).
    pub batches: Option<u32>,
}

/// The stages of a response.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagesKey {
    /// From the call to the dispatch order.
    pub call_handling: SpreadKey,
    /// From the dispatch order to the engine's leaving, with full-time crews.
    pub turnout: SpreadKey,
    /// The same with part-time crews.
    pub turnout_part_time: Option<SpreadKey>,
    /// The same with volunteers.
    pub turnout_volunteer: Option<SpreadKey>,
    /// Hours in which the turnout takes longer, or is quicker: crews asleep, or called from home.
    #[serde(default)]
    pub shift: Vec<ShiftKey>,
    /// How trips differ from the expected travel time.
    pub traffic: TrafficKey,
    /// The way back to the station.
    pub return_trip: ReturnTripKey,
    /// From an engine's being back until it stands ready: water, hoses, cylinders; no time where
    /// nothing is given.
    pub restocking: Option<SpreadKey>,
    /// How long it takes to bring water on the fire; first-water times are left out where nothing is
    /// given.
    pub water: Option<WaterKey>,
}

/// From an engine's arrival at a fire to first water.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaterKey {
    /// As far as an engine's hoses reach from a hydrant.
    pub hose_reach: Metres,
    /// Where a hydrant stands within that reach.
    pub with_hydrant: SpreadKey,
    /// Elsewhere: a relay from a pond, or tenders that go to and fro.
    pub without_hydrant: SpreadKey,
    /// Elsewhere, where an engine of the kind `tender` comes: from when it and another, or it alone,
    /// is there.
    pub with_tender: Option<SpreadKey>,
    /// The kind of engine that brings water.
    pub tender: Option<String>,
    /// How the reach is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A duration that differs from time to time; each shape has its own keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpreadKey {
    /// Its shape: lognormal where none is given.
    #[serde(default)]
    pub distribution: Shape,
    pub mean: Option<Millis>,
    /// Its standard deviation.
    pub sd: Option<Millis>,
    /// Its least value.
    pub low: Option<Millis>,
    /// Its most likely value.
    pub mode: Option<Millis>,
    /// Its largest value.
    pub high: Option<Millis>,
    /// A table of observed values.
    pub file: Option<String>,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

impl SpreadKey {
    pub fn span(&self, key: &str) -> Option<Millis> {
        match key {
            "mean" => self.mean,
            "sd" => self.sd,
            "low" => self.low,
            "mode" => self.mode,
            "high" => self.high,
            _ => None,
        }
    }
}

/// Hours of the day with another turnout.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftKey {
    /// Its first hour.
    pub from: u8,
    /// The hour in which it is over; a shift may go past midnight.
    pub to: u8,
    /// Turnout then, over that of other hours.
    pub turnout_factor: f64,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A factor on each trip's travel time: lognormal with mean 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrafficKey {
    /// Its standard deviation.
    pub sd: f64,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// How much longer the way back takes than the way out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnTripKey {
    /// Time back over time out.
    pub factor: f64,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// Who is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatchKey {
    /// What becomes of an incident for which no engine stands ready.
    #[serde(default)]
    pub when_none_is_ready: Overload,
    /// Engines on their way back are sent from where they are, where that is expected to be quicker.
    #[serde(default)]
    pub redirect: bool,
    /// Engines on their way to an incident are sent on to a graver one, where that is expected to be
    /// quicker.
    #[serde(default)]
    pub reroute: bool,
    /// Where a station has no engine ready, one comes to stand by from the nearest that has at least
    /// so many.
    #[serde(rename = "cover")]
    pub move_up: Option<u32>,
    /// How many people an engine brings: where `severities.csv` says how many are needed, further
    /// engines bring those who are missing.
    pub people_per_engine: Option<u16>,
}

impl DispatchKey {
    /// Whether engines can be sent while they are on the road between a station and an incident, which
    /// takes the times between any two demand points.
    pub fn takes_times_between_points(&self) -> bool {
        self.redirect || self.reroute
    }
}

/// Engines of a neighbouring county, which come when none of the county's own stands ready.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutualAidKey {
    /// Its id, as that of a station.
    pub id: String,
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// Degrees east of where its engines enter the county, in WGS 84.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// How many engines it can send.
    pub engines: u16,
    /// From the request until they are there, besides the turnout.
    pub delay: Millis,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What becomes of an incident for which no engine stands ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overload {
    /// It waits, first come first served.
    #[default]
    Queue,
    /// Somebody else answers, who is not simulated.
    Loss,
}

/// How locations join the roads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadsKey {
    /// The speed between a location and the road it joins.
    pub access_speed: KmPerHour,
    /// A station or site farther than this from any road is refused.
    pub site_limit: Metres,
    /// A demand point farther than this from any road is refused.
    pub demand_limit: Metres,
    /// The kind of engine at stations that name none, as a file of the folder `profiles`.
    pub profile: Option<String>,
    /// The time band, as the profile names it; a free road where none is given.
    pub band: Option<String>,
    /// Hours of the day with another time band: the morning rush, the night. Maps and expected figures
    /// are means over the hours of the calls.
    #[serde(default)]
    pub hours: Vec<HoursKey>,
    /// The weather, as the profile names it; dry where none is given.
    pub weather: Option<String>,
    /// Links of the network that are closed: a landslide, a bridge out.
    #[serde(default)]
    pub close: Vec<String>,
}

/// Hours of the day with a time band.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursKey {
    /// The first hour.
    pub from: u8,
    /// The hour in which they are over; they may go past midnight.
    pub to: u8,
    /// The time band, as the profile names it.
    pub band: String,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A town's rates times a factor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateMultiplierKey {
    /// Id or name of the town.
    pub town: String,
    /// Types of incident; all where none is given.
    #[serde(default)]
    pub types: Vec<String>,
    pub factor: f64,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// Days on which incidents are more frequent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDayKey {
    /// What happens then.
    pub name: String,
    /// The days.
    #[serde(default)]
    pub dates: Vec<toml::value::Datetime>,
    /// Days of the calendar (`tables.calendar`) that have this name: a festival that moves.
    pub calendar: Option<String>,
    /// Id or name of the town; the whole county where none is given.
    pub town: Option<String>,
    /// Types of incident; all where none is given.
    #[serde(default)]
    pub types: Vec<String>,
    /// The rate of such a day over that of an ordinary one; at least 1.
    pub factor: f64,
    /// How it is known.
    #[serde(deserialize_with = "basis")]
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

fn basis<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Basis, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|known| serde::de::Error::custom(format!("`{text}` is no basis; it is {known}")))
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

/// The places of all types in `wanted`; of every type where `wanted` is empty.
///
/// # Errors
/// The first type that the county does not have.
pub fn type_indices(wanted: &[String], known: &[&str]) -> Result<Vec<usize>, String> {
    if wanted.is_empty() {
        return Ok((0..known.len()).collect());
    }
    let places: BTreeMap<&str, usize> = known.iter().copied().zip(0..).collect();
    wanted
        .iter()
        .map(|id| places.get(id.as_str()).copied().ok_or_else(|| id.clone()))
        .collect()
}
