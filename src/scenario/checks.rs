//! What is looked at in a scenario that has been read, so that a planner hears of it.

use crate::county::demand::DemandPoint;
use crate::scenario::Scenario;
use crate::scenario::never_complete::never_complete;
use crate::scenario::plausibility::{self, ScenarioTables};
use crate::scenario::warnings::Warning;

/// Everything to look at in a scenario: lists that were not sorted, whatever is hardly true, rules that do
/// away with a stage, incidents that need more engines than there are, demand points and stations outside the boundary, sites too near to what is kept clear.
pub(super) fn warnings(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Warning> {
    let Scenario {
        county,
        stations,
        rules,
        incidents,
        ..
    } = scenario;
    let mut warnings = Vec::new();
    for list in &incidents.lists {
        warnings.extend(list.out_of_order.clone().map(Warning::ListSorted));
    }
    for list in scenario.listed_calls() {
        warnings.extend(list.warning());
    }
    let notes = scenario.network.account.notes();
    warnings.extend(notes.into_iter().map(Warning::Network));
    let doubts = plausibility::doubts(scenario, tables);
    warnings.extend(doubts.into_iter().map(Warning::Doubt));
    if rules.dispatch.redirect && rules.stages.restocking.is_some() {
        warnings.push(Warning::SentOnUnrestocked);
    }
    if stations.existing.is_empty() {
        warnings.push(Warning::NoStationToday);
    }
    warnings.extend(never_complete(scenario));
    warnings.extend(outside(scenario, tables));
    for site in &stations.sites {
        let station = &site.station;
        let near = county.clearances.iter();
        for kept_clear in near.filter(|kept_clear| kept_clear.forbids(station.position)) {
            warnings.push(Warning::TooNear {
                id: station.id.clone(),
                name: station.name.clone(),
                distance: kept_clear.position.distance(station.position),
                of: kept_clear.name.clone(),
                of_id: kept_clear.id.clone(),
                source: kept_clear.source.clone(),
                asked: kept_clear.distance,
            });
        }
    }
    warnings
}

/// Demand points and stations outside the boundary; of a boundary elsewhere only that.
fn outside(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Warning> {
    let (county, stations) = (&scenario.county, &scenario.stations);
    let is_outside = |position| !county.boundary.contains(position);
    let points = county.demand_points().iter();
    let points: Vec<&DemandPoint> = points.filter(|point| is_outside(point.position)).collect();
    let (outside, all) = (points.len(), county.in_table);
    if let Some(doubt) = plausibility::boundary_elsewhere(outside, all, tables) {
        return vec![Warning::Doubt(doubt)];
    }
    let points = points.first().map(|first| Warning::DemandOutside {
        outside,
        all,
        first: first.id.clone(),
    });
    let stations = stations.of_county().map(|id| stations.station(id));
    let stations = stations.filter(|station| is_outside(station.position));
    let stations = stations.map(|station| Warning::StationOutside {
        id: station.id.clone(),
        name: station.name.clone(),
    });
    points.into_iter().chain(stations).collect()
}
