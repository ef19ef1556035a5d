//! Other states of the world in which a choice has to do: a scenario of its own, or other conditions on
//! the roads.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::RequestError;
use super::question::Question;
use crate::brigades::{SiteId, StationId};
use crate::expected::closed_roads::known_when_closed;
use crate::files::Source;
use crate::roads::trip::TripEnd;
use crate::scenario::Scenario;
use crate::scenario::file::ScenarioFile;
use crate::scenario::loading::locate;
use crate::scenario::stations::KnownTime;

/// In what a state of the world differs from the scenario that is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Circumstances {
    AsRequested,
    /// Another scenario of the same county, as it is named.
    Scenario(String),
    Roads(Vec<RoadCondition>),
}

/// A condition on the roads, by the name that profiles and networks have for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoadCondition {
    Weather(String),
    Band(String),
    Close(String),
}

/// Another state of the world.
#[derive(Debug)]
pub(super) struct OtherState {
    pub(super) circumstances: Circumstances,
    /// In what share of all time it is so, where that is given.
    pub(super) share: Option<f64>,
    pub(super) scenario: Scenario,
    /// Where the sites that stand in any case are in its list.
    pub(super) fixed: Vec<SiteId>,
}

impl RoadCondition {
    /// A condition such as `weather=rain`; `Err` with its key where there is none of this name.
    fn parse(condition: &str) -> Result<Self, &str> {
        let (key, value) = condition.split_once('=').unwrap_or((condition, ""));
        let value = value.trim().to_owned();
        match key.trim() {
            "weather" => Ok(Self::Weather(value)),
            "band" => Ok(Self::Band(value)),
            "close" => Ok(Self::Close(value)),
            unknown => Err(unknown),
        }
    }

    fn set(self, file: &mut ScenarioFile) {
        let roads = &mut file.roads;
        match self {
            Self::Weather(weather) => roads.weather = Some(weather),
            Self::Band(band) => roads.band = Some(band),
            Self::Close(link) => roads.close.push(link),
        }
    }
}

impl Circumstances {
    /// What a state names: a file, or conditions with commas between them.
    fn parse(state: &str) -> Result<Self, RequestError> {
        if !state.contains('=') || Path::new(state).exists() {
            return Ok(Self::Scenario(state.to_owned()));
        }
        let unknown = |key: &str| RequestError::UnknownCondition {
            state: state.to_owned(),
            key: key.to_owned(),
        };
        Self::roads(state).map_err(unknown)
    }

    fn roads(state: &str) -> Result<Self, &str> {
        let conditions = state.split(',').map(RoadCondition::parse);
        Ok(Self::Roads(conditions.collect::<Result<_, _>>()?))
    }

    /// Whether a request that names `state` can mean these.
    pub(super) fn are_of(&self, state: &str) -> bool {
        let (state, _) = with_share(state);
        match self {
            Self::AsRequested => false,
            Self::Scenario(name) => name == state,
            Self::Roads(_) => Self::roads(state).as_ref() == Ok(self),
        }
    }

    /// The scenario of this state, of which `requested` of the file `usual` is the one that is asked about.
    fn scenario(&self, usual: &Source, requested: &Scenario) -> Result<Scenario, RequestError> {
        let conditions = match self {
            Self::AsRequested => return Ok(requested.clone()),
            Self::Scenario(name) => return Ok(Scenario::load(&locate(Some(Path::new(name))))?),
            Self::Roads(conditions) => conditions,
        };
        let mut scenario = Scenario::load_changed(usual, |file| {
            for condition in conditions.clone() {
                condition.set(file);
            }
        })?;
        scenario.stations.known_times = known_times_under(requested, &scenario);
        Ok(scenario)
    }
}

/// A state and its share of all time, such as `weather=rain@0.2`.
fn with_share(state: &str) -> (&str, Option<f64>) {
    let parts = state.rsplit_once('@');
    let read = parts.and_then(|(name, share)| {
        let share = share.parse().ok();
        Some((
            name,
            share.filter(|share: &f64| (0.0..=1.0).contains(share))?,
        ))
    });
    read.map_or((state, None), |(name, share)| (name, Some(share)))
}

/// Times that are known better than from the roads are those of the scenario that is asked about: under
/// other conditions they grow by as much as those along the roads do.
fn known_times_under(requested: &Scenario, under: &Scenario) -> Vec<KnownTime> {
    let mut known_times = under.stations.known_times.clone();
    let mut of_station: BTreeMap<StationId, Vec<&mut KnownTime>> = BTreeMap::new();
    for known in &mut known_times {
        of_station.entry(known.station).or_default().push(known);
    }
    for (station, known_times) in of_station {
        let on_roads = |scenario: &Scenario| {
            let driven = (scenario.network).profile(scenario.stations.profile(station));
            let points = known_times.iter();
            let points =
                points.map(|known| TripEnd::from(&driven.demand_points[known.point.index()]));
            let points: Vec<TripEnd> = points.collect();
            let origin = scenario.stations.location(station).into();
            driven.roadway.times(&[origin], &points)
        };
        let [before, now] = [on_roads(requested), on_roads(under)];
        for (index, known) in known_times.into_iter().enumerate() {
            known.time = known_when_closed(known.time, before.get(0, index), now.get(0, index));
        }
    }
    known_times
}

impl OtherState {
    /// The states that are named, each of the county of the scenario.
    pub(super) fn all(
        named: &[String],
        usual: &Source,
        scenario: &Scenario,
        question: &Question,
    ) -> Result<Vec<Self>, RequestError> {
        let named = named.iter().map(|state| with_share(state));
        let mut left = 1.0;
        let all_have = named.clone().all(|(_, share)| share.is_some());
        for (state, share) in named.clone() {
            left -= share.unwrap_or(0.0);
            if left <= 1e-9 || share.is_some() != all_have {
                let state = state.to_owned();
                return Err(RequestError::Shares { state });
            }
        }
        let states = named.map(|(name, share)| {
            let circumstances = Circumstances::parse(name)?;
            let other = circumstances.scenario(usual, scenario)?;
            let (state, file) = (name.to_owned(), scenario.about.file.clone());
            let [here, there] = [scenario, &other].map(|of| of.county.demand.iter());
            if !here.map(|point| &point.id).eq(there.map(|point| &point.id)) {
                return Err(RequestError::OtherCounty { state, file });
            }
            let fixed = question.fixed.iter().map(|site| {
                let id = &scenario.stations.site(*site).station.id;
                let index = (other.stations.sites.iter()).position(|site| site.station.id == *id);
                index
                    .map(SiteId::at)
                    .ok_or_else(|| RequestError::NoSuchSite {
                        state: name.to_owned(),
                        id: id.clone(),
                    })
            });
            let fixed = fixed.collect::<Result<_, _>>()?;
            Ok(Self {
                circumstances,
                share,
                scenario: other,
                fixed,
            })
        });
        states.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_by_the_conditions_that_name_it() {
        let rainy_night = Circumstances::parse("weather=rain, band=night").unwrap();
        let conditions = [
            RoadCondition::Weather("rain".to_owned()),
            RoadCondition::Band("night".to_owned()),
        ];
        assert_eq!(rainy_night, Circumstances::Roads(conditions.to_vec()));
        let rain = Circumstances::parse("weather=rain").unwrap();
        assert!(rain.are_of("weather=rain@0.2") && rain.are_of("weather=rain"));
        assert!(!rain.are_of("weather=snow") && !rain.are_of("wuhua.toml"));
        assert!(Circumstances::Scenario("wuhua.toml".to_owned()).are_of("wuhua.toml@0.5"));
        assert!(Circumstances::parse("snow=much").is_err());
    }
}
