//! What a planner should look at, though it does not stop the run.

use crate::brigades::Site;
use crate::scenario::Scenario;

/// Demand points and stations outside the boundary, sites too near to what is kept clear.
pub(super) fn warnings(scenario: &Scenario) -> Vec<String> {
    let mut warnings = Vec::new();
    let county = &scenario.county;
    let outside: Vec<&str> = county
        .demand
        .iter()
        .filter(|point| !county.boundary.contains(point.position))
        .map(|point| point.id.as_str())
        .collect();
    if let Some(first) = outside.first() {
        warnings.push(format!(
            "{} of {} demand points lie outside the boundary, the first is `{first}`; they are \
             counted all the same",
            outside.len(),
            county.demand.len()
        ));
    }
    for station in scenario.stations.of_county() {
        let station = scenario.stations.station(station);
        if !county.boundary.contains(station.position) {
            warnings.push(format!(
                "`{}` ({}) lies outside the boundary",
                station.id, station.name.local
            ));
        }
    }
    for site in &scenario.stations.sites {
        let Site { station, .. } = site;
        let near = county.clearances.iter();
        for kept_clear in near.filter(|kept_clear| kept_clear.forbids(station.position)) {
            warnings.push(format!(
                "`{}` ({}) is {:.0} m from {} (`{}`); {} asks for {:.0} m",
                station.id,
                station.name.local,
                kept_clear.position.distance(station.position).0,
                kept_clear.name,
                kept_clear.id,
                kept_clear.source,
                kept_clear.distance.0
            ));
        }
    }
    warnings
}
