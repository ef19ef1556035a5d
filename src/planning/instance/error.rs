//! What can be wrong with what is asked of an instance, in the words of the options of `brigade locate`.

// The variants say what their fields are.

use super::decimal::Decimal;
use crate::siting::problem::ProblemError;
use crate::table::TableError;

/// Why an instance has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// The model needs an option.
    #[error("--{option} is missing: {objective} needs {what}")]
    Missing {
        option: &'static str,
        objective: &'static str,
        what: &'static str,
    },
    /// The model does not know the option.
    #[error("--{option} has no meaning for {objective}; leave it out, or choose {instead}")]
    Needless {
        option: &'static str,
        objective: &'static str,
        instead: &'static str,
    },
    /// The option has no such value.
    #[error("--{option} {value}: it should be {expected}")]
    Value {
        option: &'static str,
        value: String,
        expected: &'static str,
    },
    /// A site that has no travel times.
    #[error("--{option} {id}: no origin of {file} has this id; there are {known}")]
    UnknownSite {
        option: &'static str,
        id: String,
        file: String,
        known: String,
    },
    /// A site that both stands and must not.
    #[error("the site {id} is given to both --fixed and --forbid; give it to one of them")]
    FixedAndForbidden { id: String },
    /// More sites than there are.
    #[error(
        "--p {p}: {file} has {sites} sites, of which {usable} may be chosen; --p can be {usable} at most"
    )]
    TooManySites {
        p: usize,
        file: String,
        sites: usize,
        usable: usize,
    },
    /// More sites stand than are wanted.
    #[error("--p {p}: {fixed} sites are --fixed, which count; --p should be at least {fixed}")]
    TooManyFixed { p: usize, fixed: usize },
    /// No group with a number.
    #[error("--choose {text}: it should be a group and how many of it, such as --choose north=1")]
    Choose { text: String },
    /// A group with two numbers.
    #[error("--choose {group}: the group is asked about twice; give it one number")]
    GroupTwice { group: String },
    /// A group that no site is in.
    #[error("--choose {group}: {file} has no site in this group; there are {known}")]
    UnknownGroup {
        group: String,
        file: String,
        known: String,
    },
    /// A group with too few sites.
    #[error("--choose {group}={wanted}: the group has {sites} sites")]
    GroupTooSmall {
        group: String,
        wanted: usize,
        sites: usize,
    },
    /// The rule needs a column.
    #[error("--{option} needs {what}, and {file} has none")]
    NoColumn {
        option: &'static str,
        what: &'static str,
        file: String,
    },
    /// Too little money for any site.
    #[error("--budget {budget} buys no site: the cheapest costs {cheapest}")]
    BuysNothing { budget: f64, cheapest: Decimal },
    /// Capacities where several sites count for one point.
    #[error(
        "{file}: column `capacity` has no meaning for mexclp and with --backup, where several sites count \
         for one point; leave it out, or choose p-median, p-center, mclp or lscp"
    )]
    NoRoom { file: String },
    /// A budget without costs.
    #[error("--budget needs --sites, a table with a column `cost`")]
    BudgetWithoutSites,
    /// A table is wrong.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The numbers cannot be solved.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}
