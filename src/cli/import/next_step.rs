//! What can be done with a county that was just imported.

use std::path::Path;

/// What the map said of stations and settlements.
pub(super) struct Found {
    pub stations: usize,
    /// Sites that are proposed.
    pub sites: Vec<String>,
    pub settlements: usize,
}

/// What to do next in a folder that was imported.
pub(super) fn next_step(folder: &Path, found: &Found) -> String {
    let mut lacking = Vec::new();
    if found.settlements == 0 {
        lacking.push(
            "the map has no village or town where people live: write yours into demand.csv and towns.csv",
        );
    }
    if found.stations + found.sites.len() == 0 {
        lacking.push(
            "the map has no fire station, and no town for which a site could be proposed: write yours into stations.csv \
             or candidates.csv",
        );
    }
    let lacking: String = (lacking.iter())
        .map(|lacking| format!("before anything can be run: {lacking}\n"))
        .collect();
    let scenario = folder.join("scenario.toml");
    let commands = ["check", "compare", "coverage", "optimize"];
    // Where nobody stands today, it is the first site that covers something.
    let bare = found.sites.first().filter(|_| found.stations == 0);
    let commands = commands.map(|command| {
        let of = bare.filter(|_| command == "coverage");
        let of = of.map_or_else(String::new, |site| format!(" --alternative {site}"));
        format!("\n  brigade {command} {}{of}", scenario.display())
    });
    format!(
        "{lacking}profiles of engines, crews, incident types, hours, standards and proposed sites are assumptions: replace \
         them by your own, as scenario.toml says; these can be run as they are:{}",
        commands.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_said_before_the_commands() {
        let said = |stations, sites: &[&str], settlements| {
            let found = Found {
                stations,
                sites: sites.iter().map(|site| (*site).to_owned()).collect(),
                settlements,
            };
            next_step(Path::new("a"), &found)
        };
        let lacking = |said: &str| said.matches("before anything").count();
        assert_eq!(lacking(&said(1, &[], 9)), 0);
        assert!(said(1, &["s"], 9).contains("coverage a/scenario.toml\n"));
        let bare = said(0, &["s", "t"], 9);
        assert_eq!(lacking(&bare), 0);
        assert!(
            bare.contains("coverage a/scenario.toml --alternative s\n"),
            "{bare}"
        );
        assert_eq!(lacking(&said(0, &[], 9)), 1);
        assert_eq!(lacking(&said(0, &[], 0)), 2);
    }
}
