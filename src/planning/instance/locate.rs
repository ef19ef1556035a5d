//! Reads the tables of a question, solves it, and says which sites it means.

use super::demand::Demand;
use super::error::InstanceError;
use super::question::{InstanceQuestion, Objective};
use super::travel_times::TravelTimeTable;
use crate::files::Source;
use crate::progress::Search;
use crate::siting::answer::{Answer, Effort};

/// An answer with the ids of what it speaks of.
#[derive(Debug)]
pub struct Located {
    /// The model.
    pub objective: Objective,
    /// What the solver says; sites and points are indices in the tables.
    pub answer: Answer,
    /// How many digits of a value stand behind the point.
    pub places: u32,
    /// The ids of the chosen sites.
    pub sites: Vec<String>,
    /// The ids of the points that the model leaves out as no site reaches them.
    pub unreached: Vec<String>,
    /// The demand, for the ids of its points.
    pub demand: Demand,
}

/// The best sites.
///
/// # Errors
/// When an option or a table is wrong, or the sums are too large.
pub fn locate(question: &InstanceQuestion) -> Result<Located, InstanceError> {
    let model = question.model()?;
    let demand = Demand::read(&Source::Disk(question.demand.clone()))?;
    let table = TravelTimeTable::read(&question.times, &demand)?;
    let constraints = question.constraints(&table.sites, demand.places)?;
    let places = model.places(demand.places);
    let search = Search {
        name: "siting",
        decimals: Some(places),
    };
    let effort = Effort::within(question.time_limit).telling(search);
    let (answer, unreached) = model.solve(table.times, &demand.weights, &constraints, &effort)?;
    let ids = |indices: &[usize], of: &[String]| -> Vec<String> {
        indices.iter().map(|index| of[*index].clone()).collect()
    };
    Ok(Located {
        objective: question.objective,
        sites: ids(&answer.sites, &table.sites),
        unreached: ids(&unreached, &demand.ids),
        answer,
        places,
        demand,
    })
}
