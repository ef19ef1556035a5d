//! Other states of the world in which a choice has to do: a scenario of its own, or other conditions on
//! the roads.

use std::collections::BTreeMap;
use std::path::Path;

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

/// Another state of the world.
#[derive(Debug)]
pub(super) struct OtherState {
    pub(super) name: String,
    /// In what share of all time it is so, where that is said.
    pub(super) share: Option<f64>,
    pub(super) scenario: Scenario,
    /// Where the sites that stand in any case are in its list.
    pub(super) fixed: Vec<SiteId>,
}

/// Changes a condition of the roads; `false` where there is none of this name.
fn change(file: &mut ScenarioFile, key: &str, value: &str) -> bool {
    let roads = &mut file.roads;
    match key {
        "weather" => roads.weather = Some(value.to_owned()),
        "band" => roads.band = Some(value.to_owned()),
        "close" => roads.close.push(value.to_owned()),
        _ => return false,
    }
    true
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

/// The scenario of a state: a scenario of its own, or the one that is `asked` about, of the file `usual`,
/// under other conditions.
fn scenario_of(state: &str, usual: &Source, asked: &Scenario) -> Result<Scenario, RequestError> {
    if !state.contains('=') || Path::new(state).exists() {
        return Ok(Scenario::load(&locate(Some(Path::new(state))))?);
    }
    let mut conditions = Vec::new();
    for part in state.split(',') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        conditions.push((key.trim(), value.trim()));
    }
    let mut unknown = None;
    let scenario = Scenario::load_changed(usual, |file| {
        for (key, value) in conditions {
            if !change(file, key, value) {
                unknown = Some(key.to_owned());
            }
        }
    });
    if let Some(key) = unknown {
        let state = state.to_owned();
        return Err(RequestError::UnknownCondition { state, key });
    }
    let mut scenario = scenario?;
    scenario.stations.known_times = known_times_under(asked, &scenario);
    Ok(scenario)
}

/// Times that are known better than from the roads are those of the scenario that is asked about: under
/// other conditions they grow by as much as those along the roads do.
fn known_times_under(asked: &Scenario, under: &Scenario) -> Vec<KnownTime> {
    let mut known_times = under.stations.known_times.clone();
    let mut of_station: BTreeMap<StationId, Vec<&mut KnownTime>> = BTreeMap::new();
    for known in &mut known_times {
        of_station.entry(known.station).or_default().push(known);
    }
    for (station, known_times) in of_station {
        let on_roads = |scenario: &Scenario| {
            let driven = (scenario.network).profile(scenario.stations.profile(station));
            let points = known_times.iter();
            let points = points.map(|known| driven.demand_points[known.point.index()].into());
            let points: Vec<TripEnd> = points.collect();
            let origin = scenario.stations.location(station).into();
            driven.roadway.times(&[origin], &points)
        };
        let [before, now] = [on_roads(asked), on_roads(under)];
        for (place, known) in known_times.into_iter().enumerate() {
            known.time = known_when_closed(known.time, before.get(0, place), now.get(0, place));
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
            let other = scenario_of(name, usual, scenario)?;
            let (state, file) = (name.to_owned(), scenario.about.file.clone());
            let [here, there] = [scenario, &other].map(|of| of.county.demand.iter());
            if !here.map(|point| &point.id).eq(there.map(|point| &point.id)) {
                return Err(RequestError::OtherCounty { state, file });
            }
            let fixed = question.fixed.iter().map(|site| {
                let id = &scenario.stations.site(*site).station.id;
                let place = (other.stations.sites.iter()).position(|site| site.station.id == *id);
                place
                    .map(SiteId::at)
                    .ok_or_else(|| RequestError::NoSuchSite {
                        state: name.to_owned(),
                        id: id.clone(),
                    })
            });
            let fixed = fixed.collect::<Result<_, _>>()?;
            Ok(Self {
                name: state,
                share,
                scenario: other,
                fixed,
            })
        });
        states.collect()
    }
}
