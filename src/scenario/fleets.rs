//! What incidents need of engines and people.

use crate::brigades::apparatus::{ANY, MAX_APPARATUS};
use crate::brigades::{Site, Station};
use crate::county::County;
use crate::county::incident_types::{self, IncidentType};
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
}
