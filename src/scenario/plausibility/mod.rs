//! Well-formed nonsense: fields that are each as they should be and together hardly true. Each check has
//! its threshold and its reason in the catalogue, `data/plausibility.csv`; none stops a run.

mod catalogue;
mod figures;
pub mod finding;
mod places;
mod roads;
mod tables;

use crate::scenario::Scenario;

use finding::Doubt;
pub(super) use places::boundary_elsewhere;
pub use tables::ScenarioTables;

/// Everything that is doubted of a scenario.
pub fn doubts(scenario: &Scenario, tables: &ScenarioTables) -> Vec<Doubt> {
    let mut doubts = places::doubts(scenario, tables);
    doubts.extend(figures::doubts(scenario, tables));
    doubts.extend(roads::doubts(scenario, tables));
    doubts
}
