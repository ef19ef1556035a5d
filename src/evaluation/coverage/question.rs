//! What is asked of a coverage: which stations, on which clock, in which bands, and which links
//! are closed for comparison. What a person wrote is held against the scenario here.

use crate::brigades::StationId;
use crate::roads::road::RoadId;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Clock;
use crate::units::Millis;

/// More bands than this cannot be told apart on a map.
pub const MAX_BANDS: usize = 10;
/// No band ends later, in minutes: a week.
const LONGEST_BAND: f64 = 7.0 * 24.0 * 60.0;

/// What is asked.
#[derive(Clone, Debug)]
pub struct CoverageQuestion {
    /// The chosen stations and sites.
    pub stations: Vec<StationId>,
    /// The alternative that they are, where one was named.
    pub alternative: Option<String>,
    /// From when times are counted.
    pub clock: Clock,
    /// Rising limits of the bands in minutes on the clock.
    pub bands: Vec<f64>,
    /// Links that are closed for comparison.
    pub closed: Vec<RoadId>,
    /// How many critical links are listed.
    pub critical: usize,
    /// What an incident that no engine reaches counts in the ranking of links.
    pub cut_off_counts: Millis,
}

/// The stations of the alternative with this id.
///
/// # Errors
/// When the scenario has none: what would be right.
pub fn stations_of_alternative(scenario: &Scenario, id: &str) -> Result<Vec<StationId>, String> {
    Ok(scenario.stations.standing(alternative(scenario, id)?))
}

/// The alternative with this id.
///
/// # Errors
/// When the scenario has none: what would be right.
pub fn alternative<'s>(scenario: &'s Scenario, id: &str) -> Result<&'s Alternative, String> {
    let found = scenario.alternatives.iter().find(|a| a.id == id);
    found.ok_or_else(|| {
        let ids = scenario.alternatives.iter().map(|a| a.id.as_str());
        format!(
            "there is no alternative `{id}`; the scenario has {}",
            some_of(ids)
        )
    })
}

/// The stations and sites with these ids, in the order of the tables.
///
/// # Errors
/// When one is not known, or none is given: what would be right.
pub fn stations_named(scenario: &Scenario, ids: &[String]) -> Result<Vec<StationId>, String> {
    let id_of = |station: StationId| scenario.stations.station(station).id.as_str();
    let mut stations = Vec::with_capacity(ids.len());
    for id in ids {
        let mut county = scenario.stations.of_county();
        match county.find(|station| id_of(*station) == id.trim()) {
            Some(station) => stations.push(station),
            None => {
                return Err(format!(
                    "there is no station or site `{id}`; the scenario has {}",
                    some_of(scenario.stations.of_county().map(id_of))
                ));
            }
        }
    }
    stations.sort_unstable();
    stations.dedup();
    if stations.is_empty() {
        return Err("name at least one station or site".to_owned());
    }
    Ok(stations)
}

/// The links with these ids.
///
/// # Errors
/// When the network does not have one: what would be right.
pub fn links(scenario: &Scenario, ids: &[String]) -> Result<Vec<RoadId>, String> {
    let ids = ids.iter().map(|id| id.trim());
    let mut closed = scenario.network.roads.roads_of(ids).map_err(|id| {
        format!(
            "there is no link `{id}` in the network; name a link_id of link.csv, and give the \
             scenario before --close"
        )
    })?;
    closed.sort_unstable();
    closed.dedup();
    Ok(closed)
}

/// Limits of bands in minutes, such as `5,10,15`.
///
/// # Errors
/// When they are no numbers above 0, do not rise, or are too many: what would be right.
pub fn bands(text: &[String]) -> Result<Vec<f64>, String> {
    let right = "give rising numbers of minutes, such as 5,10,15,20,30";
    let limits: Vec<f64> = text
        .iter()
        .map(|limit| match limit.trim().parse::<f64>() {
            Ok(minutes) if minutes > 0.0 && minutes <= LONGEST_BAND => Ok(minutes),
            _ => Err(format!(
                "`{limit}` is no limit of a band: {right}, each at most {LONGEST_BAND}"
            )),
        })
        .collect::<Result<_, _>>()?;
    if limits.is_empty() || limits.len() > MAX_BANDS {
        return Err(format!(
            "{} limits: {right}, and at most {MAX_BANDS} of them",
            limits.len()
        ));
    }
    if let Some([a, b]) = limits.array_windows().find(|[a, b]| a >= b) {
        return Err(format!("{b} comes after {a}: {right}"));
    }
    Ok(limits)
}

/// The first of a list, and how many more there are.
fn some_of<'i>(ids: impl Iterator<Item = &'i str>) -> String {
    const SHOWN: usize = 12;
    let ids: Vec<&str> = ids.collect();
    match ids.len().checked_sub(SHOWN) {
        None | Some(0) => ids.join(", "),
        Some(more) => format!("{} and {more} more", ids[..SHOWN].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<f64>, String> {
        bands(&text.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn bands_rise_and_are_minutes() {
        assert_eq!(read("5, 7.5,10"), Ok(vec![5.0, 7.5, 10.0]));
        for (wrong, said) in [
            ("5,5", "5 comes after 5"),
            ("10,5", "5 comes after 10"),
            ("0,5", "`0` is no limit"),
            ("5,x", "`x` is no limit"),
            ("nan", "`nan` is no limit"),
            ("inf", "`inf` is no limit"),
            ("1,2,3,4,5,6,7,8,9,10,11", "at most 10"),
        ] {
            let error = read(wrong).unwrap_err();
            assert!(error.contains(said) && error.contains("such as"), "{error}");
        }
    }
}
