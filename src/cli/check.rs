//! `brigade check`: reads a scenario as a run would, and prints what it found.

use std::path::PathBuf;

use super::console::counted;
use super::data_words;
use super::failure::Failure;
use crate::county::County;
use crate::files::{Source, read_outside};
use crate::language::Language;
use crate::report::basis_words::input_words;
use crate::report::warning_words::warning_words;
use crate::roads::gmns;
use crate::roads::snapping::Location;
use crate::scenario::Scenario;
use crate::scenario::listed_calls::ListedCalls;
use crate::scenario::loading::locate;
use crate::units::Metres;

/// Check a scenario and every table it names, and print what was found
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A scenario file, or the name of an embedded one [default: wuhua]
    #[arg(value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
}

impl Args {
    /// Runs the command.
    ///
    /// # Errors
    /// When anything in the scenario cannot be used.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let source = locate(self.scenario.as_deref());
        let scenario = Scenario::load(&source)?;
        scenario.travel_times()?;
        let county = &scenario.county;
        let existing = scenario.stations.existing.len();
        let points = county.demand_points();
        let residents: f64 = points.iter().map(|point| point.residents).sum();
        let a_year: f64 = points.iter().map(|point| point.incidents_a_year()).sum();
        outln_folded!("{} ({})", scenario.about.name.local, scenario.about.file);
        outln_folded!(
            "roads         {}, {}, {}",
            counted(scenario.network.roads.graph().node_count(), "junction"),
            counted(scenario.network.roads.roads().len(), "road"),
            scenario.network.roads.total_length()
        );
        let account = &scenario.network.account;
        if let Some(units) = &account.units {
            outln_folded!("              {}", data_words::units(units));
        }
        if account.shorter_than_straight > 0 {
            outln_folded!(
                "              {} shorter than the straight line between the ends by more than {}",
                counted(account.shorter_than_straight as usize, "link"),
                gmns::ROUNDING
            );
        }
        let barriers = &scenario.network.barriers;
        if !barriers.is_empty() {
            outln_folded!(
                "barriers      {} and {} between demand points and roads",
                counted(barriers.lines.len(), "line"),
                counted(barriers.areas.len(), "area")
            );
        }
        outln_folded!(
            "county        {}, {}, {residents:.0} residents, all reached",
            counted(county.towns.len(), "town"),
            counted(county.in_table, "demand point")
        );
        let horizon = scenario.incidents.horizon;
        let years = counted(horizon.years as usize, "year");
        if scenario.incidents.is_replay {
            outln_folded!(
                "incidents     {}, none drawn; {years} from {}",
                counted(scenario.incidents.listed.len(), "listed call"),
                horizon.start
            );
        } else {
            outln_folded!(
                "incidents     {a_year:.1} a year; {:.0} in {years} from {}{}",
                scenario.expected_incidents(),
                horizon.start,
                match scenario.incidents.special_days.len() {
                    0 => "",
                    _ => ", and more on special days",
                }
            );
        }
        for list in scenario.listed_calls() {
            show_list(&list, county)?;
        }
        outln_folded!(
            "stations      {existing} existing, {}, {}",
            counted(scenario.stations.sites.len(), "candidate site"),
            counted(scenario.alternatives.len(), "alternative")
        );
        outln_folded!(
            "to the road   {} at most from stations and sites, {} from demand points",
            farthest(scenario.stations.driving.iter().map(|of| &of.location)),
            farthest(
                scenario
                    .network
                    .profiles
                    .iter()
                    .flat_map(|profile| &profile.demand_points[..county.in_table])
            )
        );
        outln_folded!("rests on");
        for note in &scenario.about.data_basis {
            let input = input_words(&note.input, Language::Chinese);
            outln_folded!("  {:<9}  {input}", note.basis.word());
        }
        if let Source::Disk(folder) = source.resolved().folder() {
            for file in read_outside(&folder) {
                outln_folded!(
                    "outside       {} is read, outside the folder of the scenario",
                    file.display()
                );
            }
        }
        for warning in &scenario.about.warnings {
            let warning = warning_words(warning, Language::English);
            outln_folded!("warning: {warning}");
        }
        Ok(())
    }
}

/// What a list of calls holds.
fn show_list(list: &ListedCalls, county: &County) -> Result<(), Failure> {
    outln_folded!(
        "  {}  {} from {} to {}",
        list.file,
        counted(list.calls, "call"),
        list.first.strftime("%Y-%m-%d %H:%M"),
        list.last.strftime("%Y-%m-%d %H:%M")
    );
    let by_type: Vec<String> = (list.by_type.iter())
        .map(|(of, count)| format!("{} {count}", county.incident_types[of.index()].id))
        .collect();
    let by_town: Vec<String> = (list.by_town.iter())
        .map(|(of, count)| format!("{} {count}", county.towns[of.index()].name.local))
        .collect();
    outln_folded!("  by type     {}", by_type.join(", "));
    outln_folded!("  by town     {}", by_town.join(", "));
    if list.at_positions > 0 {
        outln_folded!(
            "  to the road {} on average from {}, {} at most",
            list.mean_access,
            counted(list.at_positions, "position"),
            list.most_access
        );
    }
    Ok(())
}

/// The longest way from a location to its road.
fn farthest<'p>(locations: impl Iterator<Item = &'p Location>) -> Metres {
    Metres(
        locations
            .map(|location| location.nearest.access.0)
            .fold(0.0, f64::max),
    )
}
