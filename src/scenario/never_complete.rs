//! Whether the engines of each alternative can meet what incidents need.

use crate::brigades::apparatus::{self, ANY, ByApparatus, MAX_APPARATUS};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::warnings::Warning;

/// Types of incident that can need more engines than an alternative has: such incidents are never complete.
pub(super) fn never_complete(scenario: &Scenario) -> Vec<Warning> {
    let stations = &scenario.stations;
    let fleets = scenario.alternatives.iter().map(|alternative| {
        let mut fleet = [0_u32; MAX_APPARATUS];
        for id in stations.fleet(alternative) {
            let station = stations.station(id);
            let named = apparatus::by_apparatus(&station.apparatus, &stations.apparatus);
            let engines = apparatus::of_station(station.engines, named);
            for (have, more) in fleet.iter_mut().zip(engines) {
                *have += u32::from(more);
            }
        }
        (alternative, fleet)
    });
    // Where no engine is, no call at all is complete.
    let fleets = fleets.filter(|(_, fleet)| *fleet != [0; MAX_APPARATUS]);
    let fleets: Vec<(&Alternative, [u32; MAX_APPARATUS])> = fleets.collect();
    let types = scenario.county.incident_types.iter();
    let concerned = types.filter_map(|of_type| {
        let severities = of_type.severities.iter();
        let needs: Vec<ByApparatus> = severities
            .map(|severity| apparatus::by_apparatus(&severity.needs, &stations.apparatus))
            .collect();
        let unmet = |fleet: &[u32; MAX_APPARATUS]| {
            let mut needs = needs.iter();
            needs.find(|needs| apparatus::met_by(fleet, needs) != **needs)
        };
        let mut short = (fleets.iter()).filter_map(|(of, fleet)| Some((of, fleet, unmet(fleet)?)));
        let (first, fleet, needs) = short.next()?;
        Some(Warning::NeverComplete {
            id: of_type.id.clone(),
            name: of_type.name.clone(),
            needs: words(&needs.map(u32::from), &stations.apparatus),
            alternatives: 1 + short.count(),
            all: fleets.len(),
            first: first.id.clone(),
            has: words(fleet, &stations.apparatus),
        })
    });
    concerned.collect()
}

/// Counts by apparatus as they are written in a table.
fn words(counts: &[u32; MAX_APPARATUS], names: &[String]) -> String {
    let names = std::iter::once(ANY).chain(names.iter().map(String::as_str));
    let named = counts.iter().zip(names).filter(|(count, _)| **count > 0);
    let words: Vec<String> = named
        .map(|(count, name)| format!("{name}:{count}"))
        .collect();
    match words.is_empty() {
        true => format!("{ANY}:0"),
        false => words.join(" "),
    }
}
