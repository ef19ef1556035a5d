//! Whether so many sites reach everybody, or all but a few: what set cover and p-center ask again and
//! again.
//!
//! Where some may be left behind, or sites have capacities, that is a median problem with a goal: a
//! choice that leaves out no more.

use std::time::Duration;

use super::answer::{Clock, Effort, Found, Why};
use super::constraints::Constraints;
use super::cover_search::cover;
use super::maximum_coverage::fill_up;
use super::median::{Median, find};
use super::problem::{ProblemError, Rules};
use super::reach::Reach;

/// The rules without capacities, where they have any: what endless room does not do, less room does not.
pub(super) fn with_endless_room(rules: &Rules) -> Option<Rules> {
    rules.capacity.as_ref().map(|_| Rules {
        capacity: None,
        ..rules.clone()
    })
}

/// Whether so many sites reach everything, or all but a weight of `aside`.
pub(super) struct Question {
    reach: Reach,
    aside: u64,
    /// Without needless sites.
    rules: Rules,
    needless: Vec<usize>,
}

impl Question {
    pub(super) fn new(reach: Reach, aside: u64, given: &Rules) -> Self {
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
        let mut rules = given.clone();
        rules.forbidden.extend(&needless);
        Self {
            reach,
            aside,
            rules,
            needless,
        }
    }

    /// Sites that do it; infeasible where none do.
    pub(super) fn ask(
        &self,
        most: Option<usize>,
        clock: &Clock,
        effort: &Effort<'_>,
    ) -> Result<Found, ProblemError> {
        let rules = Rules {
            most,
            ..self.rules.clone()
        };
        let found = match (self.aside, &rules.capacity) {
            (0, None) => self.all(&rules, clock),
            _ => self.most(&rules, clock, effort)?,
        };
        Ok(match found {
            Found::Sites(mut sites, loads) => {
                fill_up(&mut sites, &self.needless, most);
                Found::Sites(sites, loads)
            }
            other => other,
        })
    }

    fn all(&self, rules: &Rules, clock: &Clock) -> Found {
        let sites = self.reach.sites();
        let Some((constraints, fixing)) = Constraints::new(rules, sites) else {
            return Found::None(Why::Rules);
        };
        let most = rules.most.unwrap_or(sites);
        cover(&self.reach.sets(), (&constraints, &fixing), most, clock)
    }

    fn most(
        &self,
        rules: &Rules,
        clock: &Clock,
        effort: &Effort<'_>,
    ) -> Result<Found, ProblemError> {
        let (costs, weight) = self.reach.costs(1);
        let problem = Median {
            costs,
            weight,
            unserved: Some(1),
            levels: None,
        };
        let left = |limit: Duration| limit.saturating_sub(clock.began.elapsed());
        let effort = Effort {
            time_limit: effort.time_limit.map(left),
            progress: None,
        };
        Ok(find(&problem, rules, &effort, self.aside)?.into())
    }
}
