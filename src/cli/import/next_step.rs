//! What has to be done after the import of a county before its sites can be compared.

use std::path::Path;

use crate::county::incident_types;
use crate::files::Source;
use crate::table::TableError;

/// What the map said of stations and settlements.
pub(super) struct Found {
    pub stations: usize,
    /// Engines that every station is assumed to have.
    pub engines: u32,
    pub settlements: usize,
}

/// What to do next in a folder that was imported with the embedded county's types of incident, which stand in `types`
/// and `hours`.
///
/// # Errors
/// When these cannot be read.
pub(super) fn next_step(
    folder: &Path,
    [types, hours]: [&Source; 2],
    found: &Found,
) -> Result<String, TableError> {
    let types = incident_types::read(types, hours, None, None, None)?;
    let severities = types.iter().flat_map(|of_type| &of_type.severities);
    let needed = severities.map(|of| u32::from(of.engines)).max();
    let (needed, there) = (needed.unwrap_or(0), found.stations as u32 * found.engines);
    let mut lacking = Vec::new();
    if found.settlements == 0 {
        lacking.push(
            "the map has no village or town where people live: write yours into demand.csv and towns.csv".to_owned(),
        );
    }
    if found.stations == 0 {
        lacking.push("the map has no fire station: write yours into stations.csv".to_owned());
    } else if there < needed {
        lacking.push(format!(
            "an incident of incident_types.csv can need {needed} engines, and the map's stations are assumed to have \
             {there}: give them theirs in stations.csv, or incidents fewer"
        ));
    }
    let lacking: String = (lacking.iter())
        .map(|lacking| format!("before anything can be run: {lacking}\n"))
        .collect();
    let step = "profiles of engines, incident types, hours and standards are assumptions: replace them by your \
                own, write your sites into candidates.csv, as scenario.toml says, then run";
    let scenario = folder.join("scenario.toml");
    Ok(format!(
        "{lacking}{step}\n  brigade compare {}",
        scenario.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_said_before_the_command() {
        let embedded = Source::Embedded("data/wuhua".into());
        let tables = ["incident_types.csv", "hours.csv"].map(|file| embedded.join(file));
        let said = |stations: usize, engines: u32, settlements: usize| {
            let found = Found {
                stations,
                engines,
                settlements,
            };
            let said = next_step(Path::new("a"), [&tables[0], &tables[1]], &found);
            said.unwrap().matches("before anything").count()
        };
        // The embedded county's building fire needs up to six.
        assert_eq!(said(1, 6, 9), 0);
        assert_eq!(said(1, 5, 9), 1);
        assert_eq!(said(0, 6, 9), 1);
        assert_eq!(said(0, 6, 0), 2);
    }
}
