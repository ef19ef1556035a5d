//! What is given and takes no part, mostly by a slip: tables under another name than the county's, and candidates of a
//! group that no alternative chooses from.

use std::collections::{BTreeMap, HashSet};

use crate::brigades::SiteId;
use crate::characters::{nearest, slips};
use crate::files::Source;
use crate::scenario::Scenario;
use crate::scenario::file::{AlternativesKey, Tables};
use crate::scenario::warnings::Warning;

/// Files in the folder of a county whose names are nearly those of tables that it need not have and does not have: they
/// are not read.
pub(super) fn tables(county_folder: &Source, tables: &Tables) -> Vec<Warning> {
    let optional = [
        ("barriers.geojson", tables.barriers.is_some()),
        ("hydrants.csv", tables.hydrants.is_some()),
        ("kept_clear.csv", tables.kept_clear.is_some()),
        ("candidates.csv", tables.candidates.is_some()),
        ("severities.csv", tables.severities.is_some()),
        ("weekdays.csv", tables.weekdays.is_some()),
        ("months.csv", tables.months.is_some()),
        ("calendar.csv", tables.calendar.is_some()),
        ("prices.csv", tables.prices.is_some()),
    ];
    let names = county_folder.file_names();
    let missing = optional
        .into_iter()
        .filter(|(table, is_named)| !is_named && !county_folder.join(table).is_there());
    let missing = missing.map(|(table, _)| table);
    let look_alike = missing.filter_map(|table| {
        // A longer name may have two slips; more make it another, or a copy.
        let most = (table.chars().count() / 6).min(2);
        let near = |name: &&String| slips(&name.to_lowercase(), table) <= most;
        let name = names.iter().find(near)?;
        Some(Warning::NotRead {
            file: county_folder.join(name).to_string(),
            meant: table.to_owned(),
        })
    });
    look_alike.collect()
}

/// Groups of candidates from which no alternative chooses though it was probably meant to: those that are called nearly
/// as one from which some choose, and candidates that have a group of their own. Whole groups that a scenario leaves out
/// are left out on purpose.
pub(super) fn groups(scenario: &Scenario, wanted: &AlternativesKey) -> Vec<Warning> {
    let chosen = wanted.choose.iter().map(|choose| choose.group.as_str());
    let alternatives = scenario.alternatives.iter();
    let competing: HashSet<SiteId> = alternatives
        .flat_map(|of| of.sites.iter().copied())
        .collect();
    let mut idle: BTreeMap<&str, usize> = BTreeMap::new();
    for id in SiteId::all(scenario.stations.sites.len()) {
        let site = scenario.stations.site(id);
        // What an optimization proposed is grouped by towns.
        if !competing.contains(&id) && !site.at_junction && !wanted.choose.is_empty() {
            *idle.entry(&site.group).or_default() += 1;
        }
    }
    let warnings = idle
        .into_iter()
        .map(|(group, candidates)| Warning::NeverChosen {
            group: group.to_owned(),
            candidates,
            meant: nearest(group, chosen.clone()).map(str::to_owned),
        });
    warnings.collect()
}
