//! Why a question or a request has no answer. Errors name the options of `brigade optimize`.

use super::question::MAX_CHOICES;
use crate::county::towns::TownId;
use crate::scenario::error::ScenarioError;
use crate::siting::problem::ProblemError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// A town has too few junctions.
    #[error("{wanted} of the main-road junctions in a town are wanted, and it has {junctions}")]
    TooFewJunctions {
        /// `None` for the county.
        town: Option<TownId>,
        /// How many brigades are wanted there.
        wanted: usize,
        /// How many junctions it has.
        junctions: usize,
    },
    /// Some incidents need what no station has that reaches them.
    #[error(
        "incidents at the demand point `{point}` need engines that no station has that stands in any case \
         and reaches it, so that no mean can be told; give a station such engines, or the type \
         other needs"
    )]
    Unanswered {
        /// The demand point.
        point: String,
    },
    /// Nothing ever happens.
    #[error("no incident is expected anywhere, so that no site is better than another")]
    NoIncidents,
    /// The scenario cannot be used.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The sums are too large.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The years are not in order.
    #[error(
        "--phase {year}: it is not after {before}, the phase before; give each year once, in order"
    )]
    PhaseOrder { year: u16, before: u16 },
    /// The first phase is not what is asked for.
    #[error(
        "--phase {year}={brigades}: the first phase is the choice that is asked for, of {wanted} \
         brigades; give {year}={wanted}, or name other towns with --within"
    )]
    FirstPhase {
        year: u16,
        brigades: usize,
        wanted: usize,
    },
    /// Years and fixed sites.
    #[error(
        "--phase cannot be used with --fixed: what stands by a year begins with what stands now"
    )]
    PhaseFixed,
    /// No such town.
    #[error("{key}: there is no town `{town}`; the towns are {known}, or `anywhere` alone")]
    UnknownTown {
        key: String,
        town: String,
        known: String,
    },
    /// No such candidate.
    #[error("{key} {id}: no candidate of {file} has this id; there are {known}")]
    UnknownSite {
        key: String,
        id: String,
        file: String,
        known: String,
    },
    /// No such standard.
    #[error("{key} {id}: {file} has no such standard; there are {known}")]
    UnknownStandard {
        key: String,
        id: String,
        file: String,
        known: String,
    },
    /// A budget without prices.
    #[error(
        "--budget needs prices: {file} has no table `prices.csv`; `brigade init` writes an example"
    )]
    NoPrices { file: String },
    /// Too little money.
    #[error(
        "--budget {budget}: {wanted} brigades cost {cost:.0} yuan a year together, {each:.0} each; the \
         budget is enough for {enough}. Ask for fewer towns or engines, or raise it"
    )]
    OverBudget {
        budget: f64,
        wanted: usize,
        cost: f64,
        each: f64,
        enough: usize,
    },
    /// A town has too few junctions.
    #[error(
        "{key}: {wanted} brigades are wanted in {town}, which has {junctions} junctions of three or \
         more road ends on {classes}; name more classes with --on, such as --on unclassified"
    )]
    TooFewJunctions {
        key: String,
        town: String,
        wanted: usize,
        junctions: usize,
        classes: String,
    },
    /// A state that changes nothing known.
    #[error(
        "--under {state}: `{key}` is no condition; give a scenario, or weather=…, band=… or close=… \
         (a link of the network), several with commas"
    )]
    UnknownCondition { state: String, key: String },
    /// A state of another county.
    #[error(
        "--under {state}: its demand points are not those of {file}; only scenarios of one county can \
         be held against each other"
    )]
    OtherCounty { state: String, file: String },
    /// A state without a site that stands in any case.
    #[error(
        "--under {state}: it has no candidate `{id}`, which --fixed names; add it to its candidates"
    )]
    NoSuchSite { state: String, id: String },
    /// Shares of time that do not add up.
    #[error(
        "--under {state}: shares of time are given to every state or to none, and together are less than \
         1, such as weather=rain@0.2; the rest is the scenario as it is asked about"
    )]
    Shares { state: String },
    /// Too many choices to work each out.
    #[error(
        "--under: {choices:.0} choices are too many to be worked out in every state (at most \
         {MAX_CHOICES:.0}); name fewer classes of road with --on, or fewer towns"
    )]
    TooManyChoices { choices: f64 },
    /// A scenario cannot be used.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The question has no answer.
    #[error(transparent)]
    Question(QuestionError),
}

impl From<QuestionError> for RequestError {
    fn from(error: QuestionError) -> Self {
        match error {
            QuestionError::Scenario(error) => Self::Scenario(error),
            error => Self::Question(error),
        }
    }
}
