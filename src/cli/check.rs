//! `brigade check`: reads a scenario as a run would, and prints what it found.

use std::path::PathBuf;

use super::console::counted;
use super::failure::Failure;
use crate::language::Language;
use crate::report::basis_words::input_words;
use crate::report::warning_words::warning_words;
use crate::roads::snapping::Location;
use crate::scenario::Scenario;
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
        let scenario = Scenario::load(&locate(self.scenario.as_deref()))?;
        scenario.travel_times()?;
        let county = &scenario.county;
        let existing = scenario.stations.existing.len();
        let residents: f64 = county.demand.iter().map(|point| point.residents).sum();
        let a_year: f64 = county.demand.iter().map(|p| p.incidents_a_year()).sum();
        outln_folded!("{} ({})", scenario.about.name.local, scenario.about.file);
        outln_folded!(
            "roads         {}, {}, {}",
            counted(scenario.network.roads.graph().node_count(), "junction"),
            counted(scenario.network.roads.roads().len(), "road"),
            scenario.network.roads.total_length()
        );
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
            counted(county.demand.len(), "demand point")
        );
        outln_folded!(
            "incidents     {a_year:.1} a year; {:.0} in {} from {}",
            scenario.expected_incidents(),
            counted(scenario.incidents.horizon.years as usize, "year"),
            scenario.incidents.horizon.start
        );
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
                    .flat_map(|profile| &profile.demand_points)
            )
        );
        outln_folded!("rests on");
        for note in &scenario.about.data_basis {
            let input = input_words(&note.input, Language::Chinese);
            outln_folded!("  {:<9}  {input}", note.basis.word());
        }
        for warning in &scenario.about.warnings {
            let warning = warning_words(warning, Language::English);
            outln_folded!("warning: {warning}");
        }
        Ok(())
    }
}

/// The longest way from a location to its road.
fn farthest<'p>(locations: impl Iterator<Item = &'p Location>) -> Metres {
    Metres(
        locations
            .map(|location| location.access.0)
            .fold(0.0, f64::max),
    )
}
