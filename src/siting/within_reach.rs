//! Whether so many sites reach everybody, or all but a few: what set cover and p-center ask again and
//! again.
//!
//! Where some may be left behind, or sites have capacities, that is a median problem with a goal: a
//! choice that leaves out no more.

use std::time::Duration;

use super::answer::{Clock, Effort, Found, Why};
use super::feasibility::Feasibility;
use super::maximum_coverage::fill_up;
use super::median::{Median, find};
use super::problem::{Constraints, ProblemError};
use super::reach::Reach;
use super::set_cover_search::find_set_cover;

/// The constraints without capacities, where they have any: what endless room does not do, less room does not.
pub(super) fn with_endless_room(constraints: &Constraints) -> Option<Constraints> {
    constraints.capacity.as_ref().map(|_| Constraints {
        capacity: None,
        ..constraints.clone()
    })
}

/// Whether so many sites reach everything, or all but a weight of `aside`.
pub(super) struct WithinReach {
    reach: Reach,
    aside: u64,
    /// Without needless sites.
    constraints: Constraints,
    needless: Vec<usize>,
}

impl WithinReach {
    pub(super) fn new(reach: Reach, aside: u64, given: &Constraints) -> Self {
        // Who is reached whenever others are, and who does as well as another, matters as soon as there
        // is room for so much.
        let has_room = given.capacity.is_none();
        let reach = match aside == 0 && has_room {
            true => reach.hardest(),
            false => reach,
        };
        let needless = match has_room {
            true => reach.needless(given),
            false => Vec::new(),
        };
        let mut constraints = given.clone();
        constraints.forbidden.extend(&needless);
        Self {
            reach,
            aside,
            constraints,
            needless,
        }
    }

    /// Sites that do it; infeasible where none do.
    pub(super) fn ask(
        &self,
        most: Option<usize>,
        clock: &Clock,
        effort: &Effort,
    ) -> Result<Found, ProblemError> {
        let constraints = Constraints {
            most,
            ..self.constraints.clone()
        };
        let found = match (self.aside, &constraints.capacity) {
            (0, None) => self.all(&constraints, clock),
            _ => self.most(&constraints, clock, effort)?,
        };
        Ok(match found {
            Found::Sites(mut sites, loads) => {
                fill_up(&mut sites, &self.needless, most);
                Found::Sites(sites, loads)
            }
            other => other,
        })
    }

    fn all(&self, constraints: &Constraints, clock: &Clock) -> Found {
        let sites = self.reach.sites();
        let Some((feasibility, fixing)) = Feasibility::new(constraints, sites) else {
            return Found::None(Why::Constraints);
        };
        let most = constraints.most.unwrap_or(sites);
        find_set_cover(&self.reach.sets(), (&feasibility, &fixing), most, clock)
    }

    fn most(
        &self,
        constraints: &Constraints,
        clock: &Clock,
        effort: &Effort,
    ) -> Result<Found, ProblemError> {
        let (costs, weight) = self.reach.costs(1);
        let problem = Median {
            costs,
            weight,
            unserved: Some(1),
            levels: None,
        };
        let left = |limit: Duration| limit.saturating_sub(clock.began.elapsed());
        let effort = Effort::within(effort.time_limit.map(left));
        Ok(find(&problem, constraints, &effort, self.aside)?.into())
    }
}
