//! What a planner should look at, though it does not stop the run.

use crate::county::County;
use crate::language::Name;
use crate::roads::gmns::NetworkNote;
use crate::scenario::rules::Rules;
use crate::scenario::stations::Stations;
use crate::units::Metres;

/// One such thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Demand points outside the boundary: so many of so many, and the id of the first.
    DemandOutside {
        outside: usize,
        all: usize,
        first: String,
    },
    /// A station outside the boundary.
    StationOutside { id: String, name: Name },
    /// A site too near to what is kept clear of stations.
    TooNear {
        id: String,
        name: Name,
        distance: Metres,
        /// Name and id of what is kept clear.
        of: String,
        of_id: String,
        /// Which rule asks for more, and for how much.
        source: String,
        asked: Metres,
    },
    /// Engines are sent on from their way back though the scenario has a restocking at the station.
    SentOnUnrestocked,
    /// A list whose calls are mostly at midnight.
    ListAtMidnight {
        file: String,
        midnight: usize,
        calls: usize,
    },
    /// What the network leaves open, and how it is taken.
    Network(NetworkNote),
    /// The network could not be kept for the next run; the error says why.
    NotKept(String),
}

/// Demand points and stations outside the boundary, sites too near to what is kept clear, rules that
/// do away with a stage.
pub(super) fn warnings(county: &County, stations: &Stations, rules: &Rules) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if rules.dispatch.redirect && rules.stages.restocking.is_some() {
        warnings.push(Warning::SentOnUnrestocked);
    }
    let mut outside = (county.demand_points().iter())
        .filter(|point| !county.boundary.contains(point.position))
        .peekable();
    if let Some(first) = outside.peek() {
        warnings.push(Warning::DemandOutside {
            first: first.id.clone(),
            outside: outside.count(),
            all: county.in_table,
        });
    }
    for station in stations.of_county() {
        let station = stations.station(station);
        if !county.boundary.contains(station.position) {
            warnings.push(Warning::StationOutside {
                id: station.id.clone(),
                name: station.name.clone(),
            });
        }
    }
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
