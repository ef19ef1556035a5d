//! Reads the tables of a question, solves it, and says which sites it means.

use super::decimal::Decimal;
use super::demand::Demand;
use super::error::InstanceError;
use super::question::{InstanceQuestion, Objective};
use super::travel_times::TravelTimeTable;
use crate::files::Source;
use crate::siting::answer::{Answer, Effort, Progress};

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

/// The best sites. `progress` hears of the best value so far and of the bound.
///
/// # Errors
/// When an option or a table is wrong, or the sums are too large.
pub fn locate(
    question: &InstanceQuestion,
    progress: &(dyn Fn(Option<Decimal>, Decimal) + Sync),
) -> Result<Located, InstanceError> {
    let model = question.model()?;
    let demand = Demand::read(&Source::Disk(question.demand.clone()))?;
    let table = TravelTimeTable::read(&question.times, &demand)?;
    let constraints = question.constraints(&table.sites, demand.places)?;
    let places = model.places(demand.places);
    let figure = |units: u64| Decimal {
        units: u128::from(units),
        places,
    };
    let report = |so_far: Progress| progress(so_far.value.map(figure), figure(so_far.bound));
    let effort = Effort {
        time_limit: question.time_limit,
        progress: Some(&report),
    };
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
