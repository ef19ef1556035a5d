//! What incidents need of engines and people, and whether the engines of each alternative can meet it.

use crate::brigades::apparatus::{self, ANY, MAX_APPARATUS};
use crate::brigades::{Site, Station};
use crate::county::County;
use crate::county::incident_types::{self, IncidentType};
use crate::scenario::alternatives::Alternative;
use crate::scenario::error::ScenarioError;
use crate::scenario::loading::Loader;

impl Loader<'_> {
    /// The apparatus that stations have or incidents need, by name.
    pub(super) fn apparatus(
        &self,
        county: &County,
        stations: &[Station],
        sites: &[Site],
    ) -> Result<Vec<String>, ScenarioError> {
        let all = stations
            .iter()
            .chain(sites.iter().map(|site| &site.station));
        let have = all.flat_map(|station| &station.apparatus);
        let types = county.incident_types.iter();
        let need = types.flat_map(|of| &of.severities).flat_map(|s| &s.needs);
        let mut names: Vec<String> = have.chain(need).map(|(name, _)| name.clone()).collect();
        names.retain(|name| name != ANY);
        names.sort_unstable();
        names.dedup();
        if names.len() >= MAX_APPARATUS {
            return Err(self.key(
                "tables.severities",
                format!(
                    "{} apparatus are told apart ({}), and {} can be; give fewer names",
                    names.len(),
                    names.join(", "),
                    MAX_APPARATUS - 1
                ),
            ));
        }
        Ok(names)
    }

    /// Sends as many engines as bring the people whom incidents need.
    pub(super) fn bring_people(&self, types: &mut [IncidentType]) -> Result<(), ScenarioError> {
        let mut severities = types.iter().flat_map(|of| &of.severities);
        let are_needed = severities.any(|severity| severity.people.is_some());
        let key = "dispatch.people_per_engine";
        match self.wanted.dispatch.people_per_engine {
            None if are_needed => Err(self.key(
                key,
                "severities.csv says how many people incidents need; say how many an engine brings, such \
                 as 6",
            )),
            Some(0) => Err(self.key(key, "it should be at least 1, such as 6")),
            Some(_) if !are_needed => Err(self.key(
                key,
                "it has no meaning where severities.csv has no column `people`; leave it out, or say how \
                 many people incidents need",
            )),
            Some(each) => incident_types::bring_people(types, each).map_err(|(id, people)| {
                self.key(
                    key,
                    format!(
                        "an incident of type `{id}` needs {people} people, more than 100 engines bring; \
                         give fewer people, or more to an engine"
                    ),
                )
            }),
            None => Ok(()),
        }
    }

    /// An incident that needs more engines than there are would wait for ever.
    pub(super) fn check_fleets(
        &self,
        county: &County,
        (stations, sites): (&[Station], &[Site]),
        names: &[String],
        alternatives: &[Alternative],
    ) -> Result<(), ScenarioError> {
        for alternative in alternatives {
            let added = alternative
                .sites
                .iter()
                .map(|site| &sites[site.index()].station);
            let mut fleet = [0_u32; MAX_APPARATUS];
            for station in stations.iter().chain(added) {
                let named = apparatus::by_apparatus(&station.apparatus, names);
                for (have, more) in fleet.iter_mut().zip(named) {
                    *have += u32::from(more);
                }
                if station.apparatus.is_empty() {
                    fleet[0] += u32::from(station.engines);
                }
            }
            for incident_type in &county.incident_types {
                let needed = incident_type.severities.iter();
                let needed = needed.map(|severity| apparatus::by_apparatus(&severity.needs, names));
                let Some(needs) = needed.into_iter().find(|n| !apparatus::can_meet(&fleet, n))
                else {
                    continue;
                };
                return Err(self.key(
                    "tables.incident_types",
                    format!(
                        "an incident of type `{}` can need the engines {}, and the alternative `{}` \
                         has {}; give its stations more engines or the type fewer",
                        incident_type.id,
                        words(&needs.map(u32::from), names),
                        alternative.id,
                        words(&fleet, names),
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// Counts by apparatus as they are written in a table.
fn words(counts: &[u32; MAX_APPARATUS], names: &[String]) -> String {
    let names = std::iter::once(ANY).chain(names.iter().map(String::as_str));
    let named = counts.iter().zip(names).filter(|(count, _)| **count > 0);
    let words = named.map(|(count, name)| format!("{name}:{count}"));
    words.collect::<Vec<_>>().join(" ")
}
